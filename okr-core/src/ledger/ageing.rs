//! `over-30`, `over-60` and `over-90`: what has been past due for long, and the same from the invoice date.

use super::overdue::{PastDue, Since, TAKES};
use super::{Column, LedgerMeasure, MeasureUnit};

/// What balances by age from the invoice date take.
const TAKES_INVOICED: &[Column] = &[
    Column::Number,
    Column::Kind,
    Column::Paid,
    Column::PaidAmount,
    Column::Balance,
    Column::Currency,
    Column::Status,
];

/// Makes the measure of what is more than so many days past due: at 60, from the 61st day on, so that the
/// buckets of an ageing report, 31 to 60 and 61 to 90, add up to it.
macro_rules! over {
    ($name:literal, $days:literal) => {
        LedgerMeasure {
            name: $name,
            title: concat!("balance more than ", $days, " days past due"),
            formula: concat!(
                "What is open at the end of the last day of invoices that were due more than ",
                $days,
                " days before it."
            ),
            numerator: concat!("open and more than ", $days, " days past due"),
            denominator: None,
            unit: MeasureUnit::Money,
            source: "https://www.plooto.com/blog/ar-aging-report-how-to-read",
            needs: &[Column::Amount, Column::Due],
            takes: TAKES,
            asks_one_of: &[],
            days: 1,
            dates_payments: false,
            start: |terms| Box::new(PastDue::new(terms, $days, Since::Due)),
        }
    };
}

/// Makes the same of what is older than so many days, counted from the invoice date.
macro_rules! over_invoiced {
    ($name:literal, $days:literal) => {
        LedgerMeasure {
            name: $name,
            title: concat!("balance more than ", $days, " days after the invoice date"),
            formula: concat!(
                "What is open at the end of the last day of invoices that were sent more than ",
                $days,
                " days before it."
            ),
            numerator: concat!("open more than ", $days, " days after the invoice date"),
            denominator: None,
            unit: MeasureUnit::Money,
            source: "https://www.plooto.com/blog/ar-aging-report-how-to-read",
            needs: &[Column::Amount, Column::Issued],
            takes: TAKES_INVOICED,
            asks_one_of: &[],
            days: 1,
            dates_payments: false,
            start: |terms| Box::new(PastDue::new(terms, $days, Since::Issued)),
        }
    };
}

pub(super) static OVER_30: LedgerMeasure = over!("over-30", 30);
pub(super) static OVER_30_INVOICED: LedgerMeasure = over_invoiced!("over-30-invoiced", 30);
pub(super) static OVER_60: LedgerMeasure = over!("over-60", 60);
pub(super) static OVER_60_INVOICED: LedgerMeasure = over_invoiced!("over-60-invoiced", 60);
pub(super) static OVER_90: LedgerMeasure = over!("over-90", 90);
pub(super) static OVER_90_INVOICED: LedgerMeasure = over_invoiced!("over-90-invoiced", 90);
