//! The columns of the sheet of key results: which are shown, in which order, and how wide.

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
    Counted,
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
    pub(super) expected: u16,
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

/// The width of the columns that are folded away.
const FOLDED_WIDTH: f64 = 18.0;

impl Columns {
    /// Returns the columns for a tidy table, and one for the wording of key results where that is asked
    /// for.
    pub(super) fn new(table: &Table, has_wording: bool) -> Self {
        let mut contents: Vec<Content> = SHOWN
            .iter()
            .map(|(content, _)| *content)
            .filter(|content| match content {
                // Only some plans have rules for their targets.
                Content::Tidy(index) if *index == Column::TargetRule as usize => {
                    let mut rows = table.rows.iter().skip(1);
                    rows.any(|row| row.get(*index).is_some_and(|cell| !cell.is_white()))
                }
                Content::Wording => has_wording,
                _ => true,
            })
            .collect();
        let shown = contents.len();
        let all = table.rows.first().map_or(COLUMNS.len(), Vec::len);
        let rest = (0..all)
            .map(Content::Tidy)
            .chain([Content::ExpectedValue, Content::Counted]);
        for content in rest {
            if !contents.contains(&content) {
                contents.push(content);
            }
        }
        let own = table.rows.first().map_or(&[][..], Vec::as_slice);
        let headings = contents
            .iter()
            .map(|content| match content {
                Content::Tidy(index) => own.get(*index).map(Cell::to_text).unwrap_or_default(),
                Content::Progress => COMPUTED[0].to_owned(),
                Content::Expected => COMPUTED[1].to_owned(),
                Content::Trend => COMPUTED[2].to_owned(),
                Content::ExpectedValue => COMPUTED[3].to_owned(),
                Content::Counted => COMPUTED[4].to_owned(),
                Content::Wording => wording::HEADING.to_owned(),
            })
            .collect();
        let mut columns = Self {
            contents,
            headings,
            shown,
            expected: 0,
        };
        columns.expected = columns.place(Content::Expected);
        columns
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

    pub(super) fn counted(&self) -> u16 {
        self.place(Content::Counted)
    }

    pub(super) fn width(&self, column: usize) -> f64 {
        let content = self.contents.get(column);
        let shown = SHOWN.iter().find(|(other, _)| Some(other) == content);
        shown
            .filter(|_| column < self.shown)
            .map_or(FOLDED_WIDTH, |(_, width)| *width)
    }
}

impl Content {
    /// Returns whether numbers stand there.
    pub(super) fn is_number(self) -> bool {
        matches!(
            self,
            Content::Progress | Content::Expected | Content::ExpectedValue | Content::Counted
        ) || [Column::Start, Column::Target, Column::Current]
            .iter()
            .any(|column| self == Content::Tidy(*column as usize))
    }
}
