//! `dso` and `dpo`: how many days of sales, or of purchases, are still unpaid.

use rust_decimal::Decimal;

use super::sums::{Left, Tally, Terms, add};
use super::{Accumulator, Column, Entry, LedgerMeasure, MeasureUnit};

/// Receivables at the end of the period / sales on credit in it × its days.
pub(super) static DSO: LedgerMeasure = LedgerMeasure {
    name: "dso",
    title: "days sales outstanding",
    formula: "What customers owe at the end of the last day, divided by what was invoiced in the period, times its days.",
    numerator: "open at the end of the last day",
    denominator: Some("invoiced in the period, less credit notes"),
    unit: MeasureUnit::Days,
    source: "https://quickbooks.intuit.ca/r/finance-accounting/days-sales-outstanding/",
    needs: NEEDS,
    takes: OPEN_TAKES,
    days: 90,
    dates_payments: false,
    start,
};

/// Payables at the end of the period / purchases in it × its days.
///
/// Public definitions divide by the cost of goods sold; a ledger knows purchases, which differ from it by what
/// was laid in store and by what is no goods.
pub(super) static DPO: LedgerMeasure = LedgerMeasure {
    name: "dpo",
    title: "days payable outstanding",
    formula: "What is owed to suppliers at the end of the last day, divided by what they invoiced in the period, times its days.",
    numerator: "open at the end of the last day",
    denominator: Some("invoiced by suppliers in the period, less credit notes"),
    unit: MeasureUnit::Days,
    source: "https://www.liveflow.com/financial-literacy/how-to-calculate-days-payable-outstanding",
    needs: NEEDS,
    takes: OPEN_TAKES,
    days: 90,
    dates_payments: false,
    start,
};

const NEEDS: &[Column] = &[Column::Issued, Column::Amount];
/// A due date says nothing here.
const OPEN_TAKES: &[Column] = &[
    Column::Number,
    Column::Kind,
    Column::Paid,
    Column::PaidAmount,
    Column::Balance,
    Column::Currency,
    Column::Status,
];

/// Both sums: what is open of all that was issued by the last day, older than the period or not, and what was
/// issued in the period. Credit notes take from both.
struct Sums {
    terms: Terms,
    open: Decimal,
    invoiced: Decimal,
}

fn start(terms: Terms) -> Box<dyn Accumulator> {
    Box::new(Sums {
        terms,
        open: Decimal::ZERO,
        invoiced: Decimal::ZERO,
    })
}

impl Accumulator for Sums {
    fn add(&mut self, entry: &Entry<'_>) -> Option<Result<(), Left>> {
        let window = self.terms.window;
        let Some(issued) = entry.issued.filter(|issued| *issued <= window.to()) else {
            return Some(Err(Left::LATER));
        };
        let open = entry.open(window.to())?;
        let is_inside = issued >= window.from();
        if open.is_zero() && !is_inside {
            return Some(Err(Left::NOT_OPEN));
        }
        add(&mut self.open, open)?;
        if is_inside {
            add(&mut self.invoiced, entry.amount)?;
        }
        Some(Ok(()))
    }

    fn tally(&self) -> Tally {
        Tally {
            numerator: self.open,
            denominator: Some(self.invoiced),
            times: self.terms.window.days().into(),
        }
    }
}
