//! `over-30`, `over-60` and `over-90`: what has been past due for long.

use super::overdue::{PastDue, TAKES};
use super::{Column, LedgerMeasure, MeasureUnit};

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
            days: 1,
            dates_payments: false,
            start: |terms| Box::new(PastDue::new(terms, $days)),
        }
    };
}

pub(super) static OVER_30: LedgerMeasure = over!("over-30", 30);
pub(super) static OVER_60: LedgerMeasure = over!("over-60", 60);
pub(super) static OVER_90: LedgerMeasure = over!("over-90", 90);
