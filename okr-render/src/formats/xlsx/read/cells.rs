//! A sheet by its headings, and what its cells say.

use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::model::{Quantity, Status, Unit, one_line};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::dialects::tidy;
use crate::formats::MAX_DIAGNOSTICS;
use crate::table::{Cell, NumberFormat, Table, Value};

/// In how many rows from the top the headings are looked for.
const HEADING_ROWS: usize = 20;

/// A sheet with its row of headings.
pub(super) struct Grid<'t> {
    pub(super) table: &'t Table,
    /// The row of the headings.
    pub(super) header: usize,
}

impl<'t> Grid<'t> {
    /// Takes the first row that is not blank for the headings.
    pub(super) fn new(table: &'t Table) -> Self {
        let header = (0..table.rows.len()).find(|row| !table.is_blank_row(*row));
        Self {
            table,
            header: header.unwrap_or_default(),
        }
    }

    /// Takes the first row in which all those headings stand, upper and lower case alike.
    pub(super) fn with_headings(table: &'t Table, headings: &[&str]) -> Option<Self> {
        let last = table.rows.len().min(HEADING_ROWS);
        let header = (0..last).find(|row| {
            let grid = Self {
                table,
                header: *row,
            };
            headings
                .iter()
                .all(|heading| grid.column(heading).is_some())
        })?;
        Some(Self { table, header })
    }

    /// Returns the headings as they are written.
    pub(super) fn headings(&self) -> Vec<String> {
        let row = self.table.rows.get(self.header);
        row.into_iter().flatten().map(Cell::to_text).collect()
    }

    /// Returns the first column under a heading, upper and lower case alike.
    pub(super) fn column(&self, heading: &str) -> Option<usize> {
        let row = self.table.rows.get(self.header)?;
        row.iter().position(|cell| match &cell.value {
            Value::Text(words) => words.trim().eq_ignore_ascii_case(heading),
            _ => false,
        })
    }

    /// Returns a cell; without a column, an empty one.
    pub(super) fn cell(&self, row: usize, column: Option<usize>) -> &'t Cell {
        static EMPTY: Cell = Cell::EMPTY;
        column.map_or(&EMPTY, |column| self.table.cell(row, column))
    }

    /// Returns the words of a cell on one line.
    pub(super) fn text(&self, row: usize, column: Option<usize>) -> String {
        one_line(&self.cell(row, column).to_text())
    }
}

/// Reads a number in a unit; a unit beside the number must be the same.
///
/// # Errors
///
/// A phrase says what stands there instead.
pub(super) fn quantity(cell: &Cell, unit: &Unit) -> Result<Quantity, String> {
    let number = tidy::number(cell, false)?;
    match (&number.unit, unit) {
        (Unit::None, Unit::Percent) if is_part(cell) => Err(format!(
            "`{0}` may be {0}% or a part of 1: its cell does not show percents any more",
            number.value
        )),
        (Unit::None, unit) => Ok(Quantity::new(number.value, unit.clone())),
        (own, unit) if own == unit || *unit == Unit::None => Ok(number),
        (Unit::Percent, Unit::Points) => Ok(Quantity::new(number.value, Unit::Points)),
        (_, unit) => Err(format!(
            "`{}` is not in the unit `{}` of its row",
            one_line(&cell.to_text()),
            unit.word()
        )),
    }
}

/// Returns whether a number without a percent sign may be a part of 1 whose format was lost.
fn is_part(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(number) => {
            cell.format == NumberFormat::General
                && !number.is_zero()
                && number.abs() <= Decimal::ONE
        }
        _ => false,
    }
}

/// Reads the word of a status.
///
/// # Errors
///
/// A phrase says what stands there instead.
pub(super) fn status(cell: &Cell) -> Result<Status, String> {
    let text = cell.to_text();
    Status::parse(&text).ok_or_else(|| format!("`{}` is no status", one_line(&text)))
}

/// Reads a confidence from 0 to 10.
///
/// # Errors
///
/// A phrase says what stands there instead.
pub(super) fn confidence(cell: &Cell) -> Result<u8, String> {
    let number = match &cell.value {
        Value::Number(number) if number.is_integer() => number.to_u8(),
        _ => {
            let text = cell.to_text();
            let text = text.trim();
            text.strip_suffix("/10").unwrap_or(text).trim().parse().ok()
        }
    };
    number.filter(|number| *number <= 10).ok_or_else(|| {
        format!(
            "`{}` is no confidence from 0 to 10",
            one_line(&cell.to_text())
        )
    })
}

/// What is to be said, and how much more there would be.
#[derive(Default)]
pub(super) struct Notes {
    diagnostics: Vec<Diagnostic>,
    more: usize,
}

impl Notes {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.more += 1;
        }
    }

    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        if self.more > 0 {
            let message = format!("{} more cells or rows are not as they should be", self.more);
            let more = Diagnostic::new("more-problems", Severity::Error, Location::Whole, message);
            self.diagnostics
                .push(more.with_help("put those above in order and read the file again"));
        }
        self.diagnostics
    }
}
