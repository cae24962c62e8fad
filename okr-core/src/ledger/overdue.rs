//! `overdue`: what is past its due date.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::sums::{Left, Tally, Terms, add};
use super::{Accumulator, Column, Entry, LedgerMeasure, MeasureUnit};

/// What is open of invoices whose due date lies before the last day.
pub(super) static MEASURE: LedgerMeasure = LedgerMeasure {
    name: "overdue",
    title: "balance past due",
    formula: "What is open at the end of the last day of invoices that were due before it.",
    numerator: "open and past due",
    denominator: None,
    unit: MeasureUnit::Money,
    source: "http://wisdomschema.com/2016/05/ar-percentage-of-overdue/",
    needs: &[Column::Amount, Column::Due],
    takes: TAKES,
    days: 1,
    dates_payments: false,
    start: |terms| Box::new(PastDue::new(terms, 0)),
};

/// What balances by age take.
pub(super) const TAKES: &[Column] = &[
    Column::Number,
    Column::Kind,
    Column::Issued,
    Column::Paid,
    Column::PaidAmount,
    Column::Balance,
    Column::Currency,
    Column::Status,
];

/// What is open of invoices that have been due for more than so many days.
pub(super) struct PastDue {
    terms: Terms,
    /// What was due before this day is past due so long.
    before: Date,
    sum: Decimal,
}

impl PastDue {
    pub(super) fn new(terms: Terms, days: i32) -> Self {
        Self {
            terms,
            before: terms.window.to().saturating_sub(days.days()),
            sum: Decimal::ZERO,
        }
    }
}

impl Accumulator for PastDue {
    fn add(&mut self, entry: &Entry<'_>) -> Option<Result<(), Left>> {
        if entry.is_credit {
            return Some(Err(Left::CREDIT));
        }
        let last = self.terms.window.to();
        if entry.issued.is_some_and(|issued| issued > last) {
            return Some(Err(Left::LATER));
        }
        if entry.due.is_none_or(|due| due >= self.before) {
            return Some(Err(Left::NOT_PAST_DUE));
        }
        let owed = entry.owed(last)?;
        if owed.is_zero() {
            return Some(Err(Left::NOT_OPEN));
        }
        add(&mut self.sum, owed)?;
        Some(Ok(()))
    }

    fn tally(&self) -> Tally {
        Tally::of(self.sum)
    }
}
