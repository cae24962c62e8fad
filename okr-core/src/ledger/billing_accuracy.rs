//! `billing-accuracy`: the share of invoices that needed no correction.

use super::sums::{Left, Tally, Terms};
use super::{Accumulator, Column, Entry, LedgerMeasure, MeasureUnit};

/// Invoices sent in the period that needed no correction / invoices sent in the period.
///
/// A credit note or a new issue corrects the invoice that it names, whenever it comes; the new issue is an
/// invoice of its own.
pub(super) static MEASURE: LedgerMeasure = LedgerMeasure {
    name: "billing-accuracy",
    title: "share of invoices that needed no correction",
    formula: "Of the invoices that were sent in the period, the share by number that no credit note and no new issue corrects so far.",
    numerator: "invoices that needed no correction",
    denominator: Some("invoices that were sent in the period"),
    unit: MeasureUnit::Percent,
    source: "https://www.hyperbots.com/glossary/billing-accuracy-rate",
    needs: &[Column::Issued],
    takes: &[
        Column::Number,
        Column::Kind,
        Column::Amount,
        Column::Corrected,
        Column::Corrects,
        Column::Status,
    ],
    days: 28,
    dates_payments: false,
    start,
};

struct Sums {
    terms: Terms,
    right: u64,
    sent: u64,
}

fn start(terms: Terms) -> Box<dyn Accumulator> {
    Box::new(Sums {
        terms,
        right: 0,
        sent: 0,
    })
}

impl Accumulator for Sums {
    fn add(&mut self, entry: &Entry<'_>) -> Option<Result<(), Left>> {
        if entry.is_credit {
            return Some(Err(Left::CREDIT));
        }
        if !entry
            .issued
            .is_some_and(|issued| self.terms.window.contains(issued))
        {
            return Some(Err(Left::OUTSIDE));
        }
        self.sent += 1;
        self.right += u64::from(!entry.is_corrected);
        Some(Ok(()))
    }

    fn tally(&self) -> Tally {
        Tally::share(self.right.into(), self.sent.into())
    }
}
