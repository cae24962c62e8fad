//! What a key result says in its words alone: shown in the cells of its numbers, and no part of the plan.
//!
//! A column beside them tells which cells those are, and what they said when the workbook was written.
//! A cell that still says so is empty to the reader, so that the plan keeps its words and gets no fields.

use crate::dialects::tidy::{self, COLUMNS, COMPUTED, Column};
use crate::table::{Cell, Value};

/// The columns that the words of a key result may fill.
pub(super) const COLUMNS_OF_WORDS: [Column; 6] = [
    Column::Start,
    Column::StartAsWritten,
    Column::Target,
    Column::TargetRule,
    Column::Unit,
    Column::DueDate,
];

/// The heading of the column that tells.
pub(super) const HEADING: &str = COMPUTED[5];

/// Puts into a row what `completed` has and the row has not; returns what is to be told of it: a line for
/// each cell.
///
/// Nothing is put where what is stated would read differently beside it.
pub(super) fn fill(row: &mut [Cell], completed: &[Cell]) -> String {
    let cell = |cells: &[Cell], column: Column| cells.get(column as usize).cloned();
    let is_kept = |column: &Column| {
        let own = cell(row, *column).unwrap_or(Cell::EMPTY);
        own.is_white() || cell(completed, *column) == Some(own)
    };
    if !COLUMNS_OF_WORDS.iter().all(is_kept) {
        return String::new();
    }
    let mut told = Vec::new();
    for column in COLUMNS_OF_WORDS {
        let Some(new) = cell(completed, column).filter(|cell| !cell.is_white()) else {
            continue;
        };
        if let Some(own) = row.get_mut(column as usize).filter(|own| own.is_white()) {
            told.push(line(column, &new));
            *own = new;
        }
    }
    told.join("\n")
}

/// Returns whether a line of what is told is about that column.
pub(super) fn tells(told: &str, column: usize) -> bool {
    let heading = COLUMNS.get(column).map(|facts| facts.heading);
    told.lines()
        .filter_map(|line| line.split_once(": "))
        .any(|(name, _)| Some(name) == heading)
}

/// Returns the line that tells what stands in a cell of that column.
pub(super) fn line(column: Column, cell: &Cell) -> String {
    format!("{}: {}", COLUMNS[column as usize].heading, said(cell))
}

/// Returns what a cell says, however a program has stored it.
fn said(cell: &Cell) -> String {
    if let Value::Date(_) = cell.value
        && let Ok(day) = tidy::date(cell)
    {
        return day.to_string();
    }
    match (&cell.value, tidy::number(cell, false)) {
        (Value::Number(_), Ok(number)) => number.value.normalize().to_string(),
        _ => cell.to_text().trim().to_owned(),
    }
}
