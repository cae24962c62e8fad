//! Measures of a ledger: a file of invoices, and perhaps one of payments, to a value with its account.
//!
//! Rows are read one at a time, and nothing of them is kept but sums, so that a file of any length takes the same
//! memory; payments in a file of their own, and the numbers of invoices that credit notes correct, are kept, as
//! they come in any order. What is no text, such as XLSX, is read whole, within the limits of all sheets.

pub(crate) mod cells;
mod columns;
mod records;
pub(crate) mod rows;
mod take;
#[cfg(test)]
mod tests;
mod words;

use okr_core::ledger::{LedgerMeasure, Tally, Terms};
use okr_core::model::Quantity;

pub use columns::TakenColumn;
pub use rows::LedgerFile;
pub use take::measure;

use crate::import::{DateOrder, Decimals};

/// What is to be measured, and what is known of the files that they do not say.
#[derive(Clone, Debug)]
pub struct LedgerOptions {
    /// What is measured.
    pub measure: &'static LedgerMeasure,
    /// For which days.
    pub terms: Terms,
    /// Columns and what they hold, such as `Net amount=amount`.
    pub maps: Vec<String>,
    /// The order of day and month; without it, it is found out.
    pub dates: Option<DateOrder>,
    /// The sign before decimals; without it, it is found out.
    pub decimals: Option<Decimals>,
    /// The one currency that counts.
    pub currency: Option<String>,
    /// In how many days an invoice without a due date is due.
    pub payment_days: Option<u16>,
    /// The name of the sheet of a workbook.
    pub sheet: Option<String>,
    /// How many of the rows that cannot be read are listed.
    pub most_faults: usize,
}

/// What a ledger comes to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Measured {
    /// The value, unrounded; nothing where what it is divided by is nothing.
    pub value: Option<Quantity>,
    /// What it is made of.
    pub tally: Tally,
    /// How many rows count.
    pub counted: u64,
    /// How many rows were read, those that count and the others.
    pub rows: u64,
    /// Why other rows do not count, and how many, the most frequent first.
    pub left_out: Vec<(&'static str, u64)>,
    /// How many rows cannot be read, and do not count.
    pub faulty: u64,
    /// The first of them.
    pub faults: Vec<Fault>,
    /// What the columns of the invoices were taken for.
    pub columns: Vec<TakenColumn>,
    /// What the columns of the payments were taken for.
    pub payment_columns: Vec<TakenColumn>,
    /// How many payments name no invoice that was read.
    pub unmatched_payments: u64,
    /// The sheet that was read, where the file has several.
    pub sheet: Option<String>,
    /// What was guessed about the bytes of the invoices, a phrase each.
    pub guesses: Vec<String>,
}

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Which file it is in: `invoices` or `payments`.
    pub file: &'static str,
    /// The line of text, or row of the sheet, from 1.
    pub line: u64,
    /// Where the cell is: `cell D12` in a sheet, `line 12, column D` in text.
    pub place: String,
    /// What is wrong with it, a phrase.
    pub message: String,
}
