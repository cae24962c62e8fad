//! `dispute-time`: how long it takes to settle a dispute about an invoice.

use rust_decimal::Decimal;

use super::sums::{Left, Tally, Terms};
use super::{Accumulator, Column, Entry, LedgerMeasure, MeasureUnit};

/// Sum of the days from logging a dispute to its settlement / disputes settled in the period.
pub(super) static MEASURE: LedgerMeasure = LedgerMeasure {
    name: "dispute-time",
    title: "average days to settle a dispute",
    formula: "The mean of the days from logging a dispute to its settlement, over the disputes that were settled in the period; the same day is 0.",
    numerator: "days from log to settlement, all together",
    denominator: Some("disputes that were settled in the period"),
    unit: MeasureUnit::Days,
    source: "https://tennisfinance.com/blog/ar-dispute-resolution-metrics-a-complete-guide",
    needs: &[Column::Disputed, Column::Settled],
    takes: &[Column::Status],
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
        let Some(disputed) = entry.disputed else {
            return Some(Err(Left("not disputed")));
        };
        let last = self.terms.window.to();
        let Some(settled) = entry.settled.filter(|settled| *settled <= last) else {
            return Some(Err(Left("disputed and not settled by the last day")));
        };
        if settled < self.terms.window.from() {
            return Some(Err(Left("settled before the period")));
        }
        self.days += i64::from(self.terms.length(disputed, settled));
        self.count += 1;
        Some(Ok(()))
    }

    fn tally(&self) -> Tally {
        Tally::mean(Decimal::from(self.days), self.count.into())
    }
}
