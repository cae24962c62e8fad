//! Payments in a file of their own, by the number of the invoice that they are for.

use std::collections::HashMap;

use okr_core::ledger::{Column, Payment};

use super::super::columns::{Columns, Map, TakenColumn};
use super::super::rows::{LedgerFile, Row, Source};
use super::super::words::Kind;
use super::super::{LedgerOptions, cells};
use super::{Faults, Wrong, key, settle};
use crate::error::{Error, ErrorKind};
use crate::sheets::SheetOptions;

/// The most payments that are kept; each takes about a hundred bytes.
const MOST: usize = 5_000_000;

/// All payments of a file.
pub(super) struct Payments {
    by_number: HashMap<Vec<u8>, Paid>,
    columns: Columns,
}

#[derive(Default)]
struct Paid {
    payments: Vec<Payment>,
    is_matched: bool,
}

impl Payments {
    /// Reads a file of payments; rows that cannot be read are told of and do not count.
    ///
    /// # Errors
    ///
    /// The file cannot be read, a column is missing, or there are too many payments.
    pub(super) fn read(
        file: &dyn LedgerFile,
        options: &LedgerOptions,
        maps: &[Map],
        faults: &mut Faults,
    ) -> Result<Self, Error> {
        const NEEDS: [Column; 3] = [Column::Number, Column::Paid, Column::Amount];
        let source = Source::new(file, &SheetOptions::default())?;
        // What the user says of the columns of the invoices is not about this file, unless it is there.
        let columns = Columns::find(&source, Kind::Payments, &NEEDS, &NEEDS, &[])
            .or_else(|_| Columns::find(&source, Kind::Payments, &NEEDS, &NEEDS, maps))?;
        let facts = settle(&source, &columns, options)?;
        let mut read = Self {
            by_number: HashMap::new(),
            columns,
        };
        let mut count = 0;
        let columns = read.columns.clone();
        source.each(columns.sheet, |row| {
            if row.line() <= columns.line {
                return Ok(true);
            }
            match payment(row, &columns, facts) {
                Ok((number, payment)) => {
                    count += 1;
                    if count > MOST {
                        let message = format!(
                            "it has more than {MOST} payments; take those of the last years"
                        );
                        return Err(ErrorKind::TooLarge(message).into());
                    }
                    read.by_number
                        .entry(number)
                        .or_default()
                        .payments
                        .push(payment);
                }
                Err(wrong) => faults.add(Kind::Payments, row, wrong),
            }
            Ok(true)
        })?;
        Ok(read)
    }

    /// Returns the payments for an invoice; those for a credit note count against it, whatever their sign.
    pub(super) fn of(&mut self, number: &[u8], is_credit: bool) -> &[Payment] {
        let Some(paid) = self.by_number.get_mut(number) else {
            return &[];
        };
        if is_credit && !paid.is_matched {
            for payment in &mut paid.payments {
                payment.amount = -payment.amount.abs();
            }
        }
        paid.is_matched = true;
        &paid.payments
    }

    /// Returns how many payments no invoice has asked for.
    pub(super) fn unmatched(&self) -> u64 {
        let unmatched = self.by_number.values().filter(|paid| !paid.is_matched);
        unmatched.map(|paid| paid.payments.len() as u64).sum()
    }

    /// Returns what its columns were taken for.
    pub(super) fn columns(&self) -> Vec<TakenColumn> {
        self.columns.taken()
    }
}

fn payment(
    row: Row<'_>,
    columns: &Columns,
    facts: cells::Facts,
) -> Result<(Vec<u8>, Payment), Wrong> {
    let at = |column: Column| columns.at(column).unwrap_or_default();
    let wrong = |column: Column| {
        let column = Some(at(column));
        move |message: String| Wrong { column, message }
    };
    let missing = |column: Column, message: &str| Wrong {
        column: Some(at(column)),
        message: message.to_owned(),
    };
    let amount = cells::amount(row.cell(at(Column::Amount)), facts)
        .map_err(wrong(Column::Amount))?
        .ok_or_else(|| missing(Column::Amount, "the amount is missing"))?;
    let on = cells::day(row.cell(at(Column::Paid)), facts)
        .map_err(wrong(Column::Paid))?
        .ok_or_else(|| missing(Column::Paid, "the day of the payment is missing"))?;
    let number = key(row.cell(at(Column::Number)));
    if number.is_empty() {
        return Err(missing(Column::Number, "it names no invoice"));
    }
    let payment = Payment {
        on: Some(on),
        amount: amount.value,
    };
    Ok((number, payment))
}
