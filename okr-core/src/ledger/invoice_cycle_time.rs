//! `invoice-cycle-time`: how long it takes from a delivery to its invoice.

use rust_decimal::Decimal;

use super::sums::{Left, Tally, Terms};
use super::{Accumulator, Column, Entry, LedgerMeasure, MeasureUnit};

/// Sum of the days from delivery to invoice / invoices sent in the period.
///
/// For suppliers' invoices, `begun` is the day on which one came in and `issued` the day of its approval.
pub(super) static MEASURE: LedgerMeasure = LedgerMeasure {
    name: "invoice-cycle-time",
    title: "average days from delivery to invoice",
    formula: "The mean of the days from delivery to sending, over the invoices that were sent in the period; the same day is 0.",
    numerator: "days from delivery to invoice, all together",
    denominator: Some("invoices that were sent in the period"),
    unit: MeasureUnit::Days,
    source: "https://www.apqc.org/what-we-do/benchmarking/open-standards-benchmarking/measures/cycle-time-days-between-transmission",
    needs: &[Column::Begun, Column::Issued],
    takes: &[Column::Kind, Column::Amount, Column::Status],
    days: 28,
    dates_payments: false,
    start,
};

struct Sums {
    terms: Terms,
    days: i64,
    count: u64,
}

fn start(terms: Terms) -> Box<dyn Accumulator> {
    Box::new(Sums {
        terms,
        days: 0,
        count: 0,
    })
}

impl Accumulator for Sums {
    fn add(&mut self, entry: &Entry<'_>) -> Option<Result<(), Left>> {
        if entry.is_credit {
            return Some(Err(Left::CREDIT));
        }
        let Some(issued) = entry
            .issued
            .filter(|issued| self.terms.window.contains(*issued))
        else {
            return Some(Err(Left::OUTSIDE));
        };
        let Some(begun) = entry.begun else {
            return Some(Err(Left("without a day of delivery")));
        };
        // What is billed ahead counts with the days that it came too soon.
        self.days += i64::from(self.terms.length(begun, issued));
        self.count += 1;
        Some(Ok(()))
    }

    fn tally(&self) -> Tally {
        Tally::mean(Decimal::from(self.days), self.count.into())
    }
}
