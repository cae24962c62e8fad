//! Our own table: one row for each element, in columns that carry the whole plan.

mod columns;
mod from_table;
mod measure;
mod to_table;
mod tree;
mod values;

use crate::table::Table;

pub(crate) use columns::{COLUMNS, COMPUTED, Column, Heading, Kind};
pub(crate) use from_table::{plan as read, plan_with_rows as read_with_rows};
pub(crate) use to_table::table as write;
pub(crate) use tree::KeyResultRow;
pub(crate) use values::{date, number};

/// Returns whether the headings of a table are ours: a table kept by hand may have a `Type` and a `Title`,
/// but not our names for what belongs under what.
pub(crate) fn is_ours(table: &Table) -> bool {
    let header = (0..table.rows.len()).find(|row| !table.is_blank_row(*row));
    let headings: Vec<_> = header
        .and_then(|row| table.rows.get(row))
        .into_iter()
        .flatten()
        .map(|cell| Heading::parse(&cell.to_text()))
        .collect();
    [Column::Ref, Column::Type, Column::Title, Column::Parent]
        .into_iter()
        .all(|column| headings.contains(&Heading::Known(column)))
}
