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
    asks_one_of: &[],
    days: 1,
    dates_payments: false,
    start: |terms| Box::new(PastDue::new(terms, 0, Since::Due)),
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

/// From which day the age of an invoice counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    /// The day by which it is to be paid.
    Due,
    /// The day on which it was sent.
    Issued,
}

/// What is open of invoices that are older than so many days.
pub(super) struct PastDue {
    terms: Terms,
    since: Since,
    /// What was due, or issued, before this day is so old.
    before: Date,
    sum: Decimal,
}

impl PastDue {
    pub(super) fn new(terms: Terms, days: i32, since: Since) -> Self {
        Self {
            terms,
            since,
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
        let (start, young) = match self.since {
            Since::Due => (entry.due, Left::NOT_PAST_DUE),
            Since::Issued => (entry.issued, Left::NOT_SO_OLD),
        };
        if start.is_none_or(|start| start >= self.before) {
            return Some(Err(young));
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
