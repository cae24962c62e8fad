//! `overdue-share`: how much of what is open is past its due date.

use rust_decimal::Decimal;

use super::overdue::TAKES;
use super::sums::{Left, Tally, Terms, add};
use super::{Accumulator, Column, Entry, LedgerMeasure, MeasureUnit};

/// What is past due / all that is open.
pub(super) static MEASURE: LedgerMeasure = LedgerMeasure {
    name: "overdue-share",
    title: "share of what is open that is past due",
    formula: "What is open at the end of the last day of invoices that were due before it, divided by what is open of all invoices.",
    numerator: "open and past due",
    denominator: Some("open at the end of the last day"),
    unit: MeasureUnit::Percent,
    source: "http://wisdomschema.com/2016/05/ar-percentage-of-overdue/",
    needs: &[Column::Amount, Column::Due],
    takes: TAKES,
    days: 1,
    dates_payments: false,
    start,
};

struct Sums {
    terms: Terms,
    late: Decimal,
    open: Decimal,
}

fn start(terms: Terms) -> Box<dyn Accumulator> {
    Box::new(Sums {
        terms,
        late: Decimal::ZERO,
        open: Decimal::ZERO,
    })
}

impl Accumulator for Sums {
    fn add(&mut self, entry: &Entry<'_>) -> Option<Result<(), Left>> {
        if entry.is_credit {
            return Some(Err(Left::CREDIT));
        }
        let last = self.terms.window.to();
        if entry.issued.is_some_and(|issued| issued > last) {
            return Some(Err(Left::LATER));
        }
        let owed = entry.owed(last)?;
        if owed.is_zero() {
            return Some(Err(Left::NOT_OPEN));
        }
        add(&mut self.open, owed)?;
        if entry.due.is_some_and(|due| due < last) {
            add(&mut self.late, owed)?;
        }
        Some(Ok(()))
    }

    fn tally(&self) -> Tally {
        Tally::share(self.late, self.open)
    }
}
