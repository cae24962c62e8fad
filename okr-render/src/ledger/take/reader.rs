//! What stands in a row.

use std::collections::HashSet;

use jiff::civil::Date;
use okr_core::ledger::{Column, Payment};
use rust_decimal::Decimal;

use super::super::LedgerOptions;
use super::super::cells::{self, Facts};
use super::super::columns::Columns;
use super::super::rows::{Raw, Row};
use super::super::words;
use super::payments::Payments;
use super::{Wrong, key};
use crate::import::words as common;

/// Reads rows into entries.
pub(super) struct Reader<'o> {
    pub(super) columns: &'o Columns,
    pub(super) facts: Facts,
    pub(super) options: &'o LedgerOptions,
    pub(super) payments: Option<Payments>,
    pub(super) corrected: HashSet<Vec<u8>>,
    pub(super) kind: Said,
    pub(super) status: Said,
}

/// A row with what stands in it.
pub(super) struct Taken {
    pub(super) is_credit: bool,
    pub(super) amount: Decimal,
    pub(super) money: Option<String>,
    pub(super) issued: Option<Date>,
    pub(super) due: Option<Date>,
    pub(super) payment: Option<Payment>,
    pub(super) begun: Option<Date>,
    pub(super) disputed: Option<Date>,
    pub(super) settled: Option<Date>,
    pub(super) is_corrected: bool,
}

impl Reader<'_> {
    #[inline]
    fn day(&self, row: Row<'_>, column: Column) -> Result<Option<Date>, Wrong> {
        let Some(at) = self.columns.at(column) else {
            return Ok(None);
        };
        cells::day(row.cell(at), self.facts).map_err(|message| Wrong {
            column: Some(at),
            message,
        })
    }

    #[inline]
    fn amount(&self, row: Row<'_>, column: Column) -> Result<Option<cells::Amount>, Wrong> {
        let Some(at) = self.columns.at(column) else {
            return Ok(None);
        };
        cells::amount(row.cell(at), self.facts).map_err(|message| Wrong {
            column: Some(at),
            message,
        })
    }

    /// Returns that a cell is empty that must not be.
    fn missing(&self, column: Column) -> Wrong {
        let what = match column {
            Column::Issued => "the day of the invoice is missing",
            Column::Due => "the due date is missing",
            Column::Amount => "the amount is missing",
            _ => "something is missing",
        };
        Wrong {
            column: self.columns.at(column),
            message: what.to_owned(),
        }
    }

    fn needs(&self, column: Column) -> bool {
        self.options.measure.needs.contains(&column)
    }

    /// Reads a row.
    pub(super) fn read(&mut self, row: Row<'_>) -> Result<Taken, Wrong> {
        let amount = self.amount(row, Column::Amount)?;
        if amount.is_none() && self.needs(Column::Amount) {
            return Err(self.missing(Column::Amount));
        }
        let (mut value, money) =
            amount.map_or((Decimal::ZERO, None), |read| (read.value, read.money));
        let says_credit = match self.columns.at(Column::Kind) {
            Some(at) => self.kind.says(row.cell(at), "credit-note"),
            None => false,
        };
        if says_credit && value.is_sign_positive() {
            value = -value;
        }
        let is_credit = says_credit || (value.is_sign_negative() && !value.is_zero());
        let issued = self.day(row, Column::Issued)?;
        if issued.is_none() && self.needs(Column::Issued) {
            return Err(self.missing(Column::Issued));
        }
        let mut due = self.day(row, Column::Due)?;
        if due.is_none()
            && let (Some(days), Some(issued)) = (self.options.payment_days, issued)
        {
            due = issued
                .checked_add(jiff::Span::new().days(i64::from(days)))
                .ok();
        }
        if due.is_none() && self.needs(Column::Due) && !is_credit {
            return Err(self.missing(Column::Due));
        }
        let payment = self.payment(row, value)?;
        Ok(Taken {
            is_credit,
            amount: value,
            money,
            issued,
            due,
            payment,
            begun: self.day(row, Column::Begun)?,
            disputed: self.day(row, Column::Disputed)?,
            settled: self.day(row, Column::Settled)?,
            is_corrected: self.is_corrected(row),
        })
    }

    /// Returns what the row itself says came in for it: the amount that was paid, or what is no more open, or, where
    /// only a day stands there, all of it.
    fn payment(&self, row: Row<'_>, value: Decimal) -> Result<Option<Payment>, Wrong> {
        let on = self.day(row, Column::Paid)?;
        let paid = self.amount(row, Column::PaidAmount)?;
        // Credit notes are written with their sign or without.
        let signed = |amount: Decimal| {
            if value.is_sign_negative() && amount.is_sign_positive() {
                -amount
            } else {
                amount
            }
        };
        let amount = if let Some(paid) = paid {
            signed(paid.value)
        } else if let Some(balance) = self.amount(row, Column::Balance)? {
            value.checked_sub(signed(balance.value)).unwrap_or(value)
        } else if on.is_some() {
            value
        } else {
            Decimal::ZERO
        };
        if amount.is_zero() {
            return Ok(None);
        }
        if on.is_none() && self.options.measure.dates_payments {
            return Err(Wrong {
                column: self
                    .columns
                    .at(Column::Paid)
                    .or(self.columns.at(Column::PaidAmount))
                    .or(self.columns.at(Column::Balance)),
                message: format!("{amount} was paid, and no day says when"),
            });
        }
        Ok(Some(Payment { on, amount }))
    }

    fn is_corrected(&self, row: Row<'_>) -> bool {
        let is_said = self.columns.at(Column::Corrected).is_some_and(|at| {
            let cell = row.cell(at);
            if cell.is_blank() {
                return false;
            }
            let text = cell.text();
            !cells::is_nothing(&text) && !words::says("no", &text)
        });
        is_said
            || (!self.corrected.is_empty()
                && self
                    .columns
                    .at(Column::Number)
                    .is_some_and(|at| self.corrected.contains(&key(row.cell(at)))))
    }

    /// Returns whether a row is the sum of those above it: its first words say so, and it has no day.
    pub(super) fn is_total(&self, row: Row<'_>) -> bool {
        let days = [Column::Issued, Column::Due, Column::Disputed];
        let has_day = days
            .iter()
            .filter_map(|column| self.columns.at(*column))
            .any(|at| !row.cell(at).is_blank());
        let first = (0..row.len())
            .map(|at| row.cell(at))
            .find(|cell| !cell.is_blank());
        !has_day && first.is_some_and(|cell| common::may_begin_total(&cell.text()))
    }
}

/// What the last cell of a column said, as the next one mostly says the same.
#[derive(Default)]
pub(super) struct Said {
    cell: Vec<u8>,
    says: bool,
    is_set: bool,
}

impl Said {
    /// Returns whether a cell says one of the words of a class, which is always the same one.
    pub(super) fn says(&mut self, cell: Raw<'_>, class: &str) -> bool {
        let Raw::Bytes(bytes) = cell else {
            return words::says(class, &cell.text());
        };
        if !self.is_set || self.cell != bytes {
            self.cell.clear();
            self.cell.extend_from_slice(bytes);
            self.says = words::says(class, &cell.text());
            self.is_set = true;
        }
        self.says
    }
}
