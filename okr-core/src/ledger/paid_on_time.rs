//! `paid-on-time`: the share of invoices that were paid in full by their due date.

use rust_decimal::Decimal;

use super::sums::{Left, Tally, Terms};
use super::{Accumulator, Column, Entry, LedgerMeasure, MeasureUnit};

/// Invoices due in the period and paid in full by their due date / invoices due in the period.
pub(super) static MEASURE: LedgerMeasure = LedgerMeasure {
    name: "paid-on-time",
    title: "share of invoices paid on time",
    formula: "Of the invoices that fell due in the period, the share by number that was paid in full on or before the due date.",
    numerator: "invoices paid in full by their due date",
    denominator: Some("invoices that fell due in the period"),
    unit: MeasureUnit::Percent,
    source: "https://www.apqc.org/resources/benchmarking/open-standards-benchmarking/measures/percentage-invoice-line-items-paid-time",
    needs: &[Column::Due, Column::Amount],
    takes: &[
        Column::Number,
        Column::Kind,
        Column::Issued,
        Column::Paid,
        Column::PaidAmount,
        Column::Balance,
        Column::Status,
    ],
    days: 28,
    dates_payments: true,
    start,
};

struct Sums {
    terms: Terms,
    on_time: u64,
    due: u64,
}

fn start(terms: Terms) -> Box<dyn Accumulator> {
    Box::new(Sums {
        terms,
        on_time: 0,
        due: 0,
    })
}

impl Accumulator for Sums {
    fn add(&mut self, entry: &Entry<'_>) -> Option<Result<(), Left>> {
        if entry.is_credit {
            return Some(Err(Left::CREDIT));
        }
        let Some(due) = entry.due.filter(|due| self.terms.window.contains(*due)) else {
            return Some(Err(Left::DUE_OUTSIDE));
        };
        self.due += 1;
        self.on_time += u64::from(entry.open(due)? <= Decimal::ZERO);
        Some(Ok(()))
    }

    fn tally(&self) -> Tally {
        Tally::share(self.on_time.into(), self.due.into())
    }
}
