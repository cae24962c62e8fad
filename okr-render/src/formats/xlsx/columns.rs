//! The columns of the sheet of key results: which are shown, in which order, and how wide.

use okr_core::fields::{GUARDRAIL, WEIGHT};
use okr_core::model::Fields;

use super::wording;
use crate::dialects::tidy::{COLUMNS, COMPUTED, Column};
use crate::table::{Cell, Table};

/// What stands in a column of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// What stands in that column of the tidy table.
    Tidy(usize),
    Progress,
    Expected,
    Trend,
    ExpectedValue,
    /// Progress as it is, where that shown is cut to whole percents.
    ExactProgress,
    ExactExpected,
    /// The weight of a key result that takes part in its objective, where the plan has weights.
    OwnWeight,
    /// What a key result counts for in its objective, and a step in its milestone.
    Counts,
    Counted,
    CountedExpected,
    Reports,
    /// Whether a key result keeps its objective from 100%.
    Short,
    /// Which cells of the row have what the words of the key result say.
    Wording,
}

/// Where each column of the tidy table stands in the sheet, and the computed ones.
pub(super) struct Columns {
    pub(super) contents: Vec<Content>,
    /// The headings, which are those of the tidy table.
    pub(super) headings: Vec<String>,
    /// How many of them are shown; the others are folded away to the right.
    pub(super) shown: usize,
}

/// The columns that people look at, with their widths in characters; the computed ones stand among them.
const SHOWN: &[(Content, f64)] = &[
    (Content::Tidy(Column::Ref as usize), 10.5),
    (Content::Tidy(Column::Type as usize), 9.5),
    (Content::Tidy(Column::Title as usize), 44.0),
    (Content::Tidy(Column::Owner as usize), 14.0),
    (Content::Tidy(Column::Start as usize), 9.5),
    (Content::Tidy(Column::Target as usize), 9.5),
    (Content::Tidy(Column::TargetRule as usize), 13.0),
    (Content::Tidy(Column::Current as usize), 9.5),
    (Content::Tidy(Column::Unit as usize), 9.0),
    (Content::Progress, 10.0),
    (Content::Expected, 10.0),
    (Content::Trend, 12.0),
    (Content::Tidy(Column::Status as usize), 11.5),
    (Content::Tidy(Column::DueDate as usize), 11.0),
    (Content::Wording, 18.0),
    (Content::Tidy(Column::Description as usize), 36.0),
];

/// The computed columns that are folded away, with their headings.
const FOLDED: [(Content, &str); 9] = [
    (Content::ExpectedValue, COMPUTED[3]),
    (Content::ExactProgress, COMPUTED[6]),
    (Content::ExactExpected, COMPUTED[7]),
    (Content::OwnWeight, COMPUTED[8]),
    (Content::Counts, COMPUTED[9]),
    (Content::Counted, COMPUTED[4]),
    (Content::CountedExpected, COMPUTED[10]),
    (Content::Reports, COMPUTED[11]),
    (Content::Short, COMPUTED[12]),
];

/// The fields that have a column among those that people look at, where a plan has them, with their widths.
const SHOWN_FIELDS: [(&str, f64); 2] = [(WEIGHT, 9.0), (GUARDRAIL, 11.0)];

/// The width of the columns that are folded away.
const FOLDED_WIDTH: f64 = 18.0;

impl Columns {
    /// Returns the columns for a tidy table, and one for the wording of key results where that is asked
    /// for.
    pub(super) fn new(table: &Table, has_wording: bool) -> Self {
        let own = table.rows.first().map_or(&[][..], Vec::as_slice);
        let is_field = |index: usize, name: &str| {
            let heading = own.get(index).map(Cell::to_text).unwrap_or_default();
            index >= COLUMNS.len() && heading.eq_ignore_ascii_case(name)
        };
        let mut contents = Vec::new();
        for (content, _) in SHOWN {
            let is_there = match content {
                // Only some plans have rules for their targets.
                Content::Tidy(index) if *index == Column::TargetRule as usize => {
                    let mut rows = table.rows.iter().skip(1);
                    rows.any(|row| row.get(*index).is_some_and(|cell| !cell.is_white()))
                }
                Content::Wording => has_wording,
                _ => true,
            };
            if is_there {
                contents.push(*content);
            }
            if *content == Content::Tidy(Column::DueDate as usize) {
                for (name, _) in SHOWN_FIELDS {
                    let fields = (0..own.len()).filter(|index| is_field(*index, name));
                    contents.extend(fields.map(Content::Tidy));
                }
            }
        }
        let shown = contents.len();
        let has_weights = (0..own.len()).any(|index| is_field(index, WEIGHT));
        let all = table.rows.first().map_or(COLUMNS.len(), Vec::len);
        let folded = FOLDED.iter().map(|(content, _)| *content);
        let folded = folded.filter(|content| has_weights || *content != Content::OwnWeight);
        for content in (0..all).map(Content::Tidy).chain(folded) {
            if !contents.contains(&content) {
                contents.push(content);
            }
        }
        let headings = contents
            .iter()
            .map(|content| match content {
                Content::Tidy(index) => own.get(*index).map(Cell::to_text).unwrap_or_default(),
                Content::Progress => COMPUTED[0].to_owned(),
                Content::Expected => COMPUTED[1].to_owned(),
                Content::Trend => COMPUTED[2].to_owned(),
                Content::Wording => wording::HEADING.to_owned(),
                folded => {
                    let mut all = FOLDED.iter();
                    let found = all.find(|(other, _)| other == folded);
                    found.map_or("", |(_, heading)| *heading).to_owned()
                }
            })
            .collect();
        Self {
            contents,
            headings,
            shown,
        }
    }

    pub(super) fn place(&self, content: Content) -> u16 {
        let index = self.contents.iter().position(|other| *other == content);
        u16::try_from(index.unwrap_or_default()).unwrap_or(u16::MAX)
    }

    /// Returns where a column of the tidy table stands.
    pub(super) fn tidy(&self, column: Column) -> u16 {
        self.place(Content::Tidy(column as usize))
    }

    pub(super) fn progress(&self) -> u16 {
        self.place(Content::Progress)
    }

    pub(super) fn expected_value(&self) -> u16 {
        self.place(Content::ExpectedValue)
    }

    /// Returns the column with the fields of that name, in capitals or not: that of an element with these
    /// `fields` where it has one, else the first one; nothing where the plan has none.
    pub(super) fn field(&self, name: &str, fields: &Fields) -> Option<u16> {
        let own = fields.keys().find(|own| own.eq_ignore_ascii_case(name));
        let mut places = self.contents.iter().zip(&self.headings);
        let place = places.position(|(content, heading)| {
            let is_field = matches!(content, Content::Tidy(index) if *index >= COLUMNS.len());
            is_field
                && match own {
                    Some(own) => heading == own,
                    None => heading.eq_ignore_ascii_case(name),
                }
        });
        u16::try_from(place?).ok()
    }

    /// Returns whether the plan states weights.
    pub(super) fn has_weights(&self) -> bool {
        self.contents.contains(&Content::OwnWeight)
    }

    /// Returns whether weights stand in a column of the tidy table.
    pub(super) fn is_weight(&self, column: usize) -> bool {
        let is_field = matches!(self.contents.get(column), Some(Content::Tidy(index)) if *index >= COLUMNS.len());
        is_field && self.headings[column].eq_ignore_ascii_case(WEIGHT)
    }

    pub(super) fn width(&self, column: usize) -> f64 {
        let content = self.contents.get(column);
        let shown = SHOWN.iter().find(|(other, _)| Some(other) == content);
        let field = || {
            let heading = self.headings.get(column)?;
            let mut fields = SHOWN_FIELDS.iter();
            fields.find(|(name, _)| heading.eq_ignore_ascii_case(name))
        };
        match shown.map(|(_, width)| *width) {
            _ if column >= self.shown => FOLDED_WIDTH,
            Some(width) => width,
            None => field().map_or(FOLDED_WIDTH, |(_, width)| *width),
        }
    }
}

impl Content {
    /// Returns whether numbers stand there.
    pub(super) fn is_number(self) -> bool {
        let is_words = matches!(self, Content::Tidy(_) | Content::Trend | Content::Wording);
        !is_words
            || [Column::Start, Column::Target, Column::Current]
                .iter()
                .any(|column| self == Content::Tidy(*column as usize))
    }
}
