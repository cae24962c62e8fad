//! Takes out of a sheet what the words of key results say anyway.

use std::borrow::Cow;

use super::super::wording::{COLUMNS_OF_WORDS, HEADING, line, tells};
use super::cells::Grid;
use crate::dialects::tidy::{COLUMNS, Column};
use crate::table::{Cell, Table};

/// Returns the sheet without what the words of key results say, where nobody has changed it.
pub(super) fn take_back(table: &Table) -> Cow<'_, Table> {
    let Some(grid) = Grid::with_headings(table, &["Type", "Title", HEADING]) else {
        return Cow::Borrowed(table);
    };
    let place = |column: Column| grid.column(COLUMNS[column as usize].heading);
    let told_in = grid.column(HEADING);
    let mut left = table.clone();
    for row in grid.header + 1..table.rows.len() {
        let told = grid.cell(row, told_in).to_text();
        let is_same = |column: Column| {
            let line = line(column, grid.cell(row, place(column)));
            told.lines().any(|other| other.trim_end() == line)
        };
        let is_told = |column: &Column| tells(&told, *column as usize);
        let told_columns = COLUMNS_OF_WORDS.into_iter().filter(is_told);
        let is_changed = told_columns.clone().any(|column| !is_same(column));
        for column in told_columns {
            // A number that was changed keeps the unit that it was seen in.
            if !is_same(column) || is_changed && column == Column::Unit {
                continue;
            }
            let cells = left.rows.get_mut(row);
            let own = cells
                .zip(place(column))
                .and_then(|(cells, at)| cells.get_mut(at));
            if let Some(own) = own {
                *own = Cell::EMPTY;
            }
        }
    }
    Cow::Owned(left)
}
