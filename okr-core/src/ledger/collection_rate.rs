//! `collection-rate`: the share of the invoiced value that came in by its due date.

use rust_decimal::Decimal;

use super::sums::{Left, Tally, Terms, add};
use super::{Accumulator, Column, Entry, LedgerMeasure, MeasureUnit};

/// Money received by the due date / value of the invoices due in the period.
///
/// It counts money where `paid-on-time` counts invoices, so that a part payment is a part.
pub(super) static MEASURE: LedgerMeasure = LedgerMeasure {
    name: "collection-rate",
    title: "share of the value due that was collected in time",
    formula: "Of the value of the invoices that fell due in the period, the share that came in on or before their due dates.",
    numerator: "received by the due date",
    denominator: Some("value of the invoices that fell due in the period"),
    unit: MeasureUnit::Percent,
    source: "https://www.paraglide.ai/blog/how-to-calculate-collection-rate-in-accounts-receivable",
    needs: &[Column::Amount, Column::Due],
    takes: &[
        Column::Number,
        Column::Kind,
        Column::Issued,
        Column::Paid,
        Column::PaidAmount,
        Column::Balance,
        Column::Currency,
        Column::Status,
    ],
    days: 28,
    dates_payments: true,
    start,
};

struct Sums {
    terms: Terms,
    collected: Decimal,
    due: Decimal,
}

fn start(terms: Terms) -> Box<dyn Accumulator> {
    Box::new(Sums {
        terms,
        collected: Decimal::ZERO,
        due: Decimal::ZERO,
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
        // Who pays twice does not pay for another.
        add(&mut self.collected, entry.received(due)?.min(entry.amount))?;
        add(&mut self.due, entry.amount)?;
        Some(Ok(()))
    }

    fn tally(&self) -> Tally {
        Tally::share(self.collected, self.due)
    }
}
