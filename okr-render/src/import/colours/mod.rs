//! Statuses that only the colours of cells tell.
//!
//! Where a legend says what its colours mean, they count in the column of statuses and, where there is none,
//! in whatever cell of a key result's row. Without a legend nothing counts but red, amber and green in
//! a column of statuses that has no words at all.

mod legend;

use super::SaidStatus;
use super::layout::{Field, Layout};
use super::profile::Profile;
use super::sayings::{self, Sayings};
use super::values::text::Kind;
pub(super) use legend::{Explained, Legend, explained};

use crate::table::{Colour, Hue, Table};

/// What the colour of a cell says of its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    row: usize,
    column: usize,
    colour: Colour,
    status: SaidStatus,
    /// The element of which the column tells, where it is not the main one of its row.
    of: Option<Kind>,
    /// Whether the cell stands in a column of statuses.
    is_in_column: bool,
}

/// The statuses that colours tell, sorted by row.
#[derive(Clone, Debug, Default)]
pub(super) struct Statuses {
    told: Vec<Told>,
    has_legend: bool,
}

impl Statuses {
    /// Finds what the colours below the headings tell.
    pub(super) fn of(
        table: &Table,
        layout: &Layout,
        profiles: &[Profile],
        legend: &Legend,
        sayings: &mut Sayings,
    ) -> Self {
        let mut statuses = Self {
            told: Vec::new(),
            has_legend: !legend.is_empty(),
        };
        if table.fills.is_empty() {
            return statuses;
        }
        let columns: Vec<_> = layout
            .columns
            .iter()
            .filter(|(_, place)| place.field == Field::Status && place.group == 0)
            .collect();
        let first = layout.headings.map_or(0, |(_, last)| last + 1);
        let is_below = |row: usize| row >= first && row < table.rows.len();
        if legend.is_empty() && columns.iter().any(|(at, _)| has_words(profiles, *at)) {
            return statuses;
        }
        for fill in table.fills.iter().filter(|fill| is_below(fill.row)) {
            let place = columns.iter().find(|(at, _)| *at == fill.column);
            let is_in_column = place.is_some();
            if is_in_column && !table.cell(fill.row, fill.column).is_blank()
                || !is_in_column && !columns.is_empty()
            {
                continue;
            }
            let status = match (legend.is_empty(), is_in_column) {
                (false, _) => legend.status(fill.colour),
                (true, true) if !is_band(table, fill.row, fill.column) => by_hue(fill.colour),
                (true, _) => continue,
            };
            match status {
                Some(status) => statuses.told.push(Told {
                    row: fill.row,
                    column: fill.column,
                    colour: fill.colour,
                    status,
                    of: place.and_then(|(_, place)| place.of),
                    is_in_column,
                }),
                None if is_in_column && !table.is_blank_row(fill.row) => {
                    let name = fill.colour.name();
                    sayings.say(&sayings::COLOUR_UNKNOWN, fill.row, fill.column, name);
                }
                None => {}
            }
        }
        statuses
    }

    /// Returns whether no colour tells anything.
    pub(super) const fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// Returns the status that the colours of a row tell of an element; none where they differ.
    pub(super) fn status(
        &self,
        row: usize,
        kind: Kind,
        is_main: bool,
        sayings: &mut Sayings,
    ) -> Option<SaidStatus> {
        let start = self.told.partition_point(|told| told.row < row);
        let mut of_row = self.told[start..]
            .iter()
            .take_while(|told| told.row == row)
            .filter(|told| match told.of {
                Some(of) => of == kind,
                // The rows of objectives are often coloured to part the blocks.
                None => is_main && (told.is_in_column || kind != Kind::Objective),
            });
        let told = of_row.next()?;
        if of_row.any(|other| other.status != told.status) {
            return None;
        }
        let topic = if self.has_legend {
            &sayings::STATUS_BY_COLOUR
        } else {
            &sayings::STATUS_BY_HUE
        };
        let (name, word) = (told.colour.name(), told.status.phrase());
        sayings.say_as(topic, row, told.column, name, &word);
        Some(told.status)
    }
}

fn has_words(profiles: &[Profile], column: usize) -> bool {
    profiles
        .get(column)
        .is_some_and(|profile| profile.filled > 0)
}

/// Returns whether a cell has the colour of the one before it, as all of a striped row have.
fn is_band(table: &Table, row: usize, column: usize) -> bool {
    let before = column.checked_sub(1);
    before.is_some_and(|before| table.fill(row, before) == table.fill(row, column))
}

/// Returns what a colour of a traffic light means to nearly everybody; blue means different things.
fn by_hue(colour: Colour) -> Option<SaidStatus> {
    match colour.hue()? {
        Hue::Red => Some(SaidStatus::OffTrack),
        Hue::Amber => Some(SaidStatus::AtRisk),
        Hue::Green => Some(SaidStatus::OnTrack),
        Hue::Blue => None,
    }
}
