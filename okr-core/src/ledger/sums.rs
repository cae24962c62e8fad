//! What all measures add up in the same way.

use rust_decimal::Decimal;

use super::entry::{Window, days_between, working_days_between};
use jiff::civil::Date;

/// For which days a measure counts, and how it counts them.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The days that count.
    pub window: Window,
    /// Whether lengths of time count Monday to Friday only.
    pub working_days: bool,
}

impl Terms {
    /// Returns how long something took, from one day to another: nothing on the same day.
    pub(super) fn length(self, start: Date, end: Date) -> i32 {
        if self.working_days {
            working_days_between(start, end)
        } else {
            days_between(start, end)
        }
    }
}

/// Why a row that was understood does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Left(
    /// A phrase that goes on from a number of rows: `issued outside the period`.
    pub &'static str,
);

impl Left {
    pub(super) const CREDIT: Self = Self("credit notes");
    pub(super) const OUTSIDE: Self = Self("issued outside the period");
    pub(super) const LATER: Self = Self("issued after the last day");
    pub(super) const DUE_OUTSIDE: Self = Self("due outside the period");
    pub(super) const NOT_OPEN: Self = Self("nothing open on the last day");
    pub(super) const NOT_PAST_DUE: Self = Self("not past due so long");
}

/// What the rows come to, before it is divided and rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// What stands above the line.
    pub numerator: Decimal,
    /// What stands below it, if anything does.
    pub denominator: Option<Decimal>,
    /// What the quotient is multiplied by: the days of the period, 100 for percents, else 1.
    pub times: Decimal,
}

impl Tally {
    pub(super) const fn of(sum: Decimal) -> Self {
        Self {
            numerator: sum,
            denominator: None,
            times: Decimal::ONE,
        }
    }

    pub(super) const fn share(part: Decimal, whole: Decimal) -> Self {
        Self {
            numerator: part,
            denominator: Some(whole),
            times: Decimal::ONE_HUNDRED,
        }
    }

    pub(super) const fn mean(sum: Decimal, count: Decimal) -> Self {
        Self {
            numerator: sum,
            denominator: Some(count),
            times: Decimal::ONE,
        }
    }

    /// Returns the value, unrounded; nothing where what it is divided by is nothing or less, which no share of
    /// it can be taken of.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        let Some(denominator) = self.denominator else {
            return Some(self.numerator);
        };
        if denominator <= Decimal::ZERO {
            return None;
        }
        // Multiplied first, so that a whole share is a whole number.
        match self.numerator.checked_mul(self.times) {
            Some(product) => product.checked_div(denominator),
            None => self
                .numerator
                .checked_div(denominator)?
                .checked_mul(self.times),
        }
    }
}

/// Adds to a sum; nothing when it grows beyond 28 digits.
pub(super) fn add(sum: &mut Decimal, more: Decimal) -> Option<()> {
    *sum = sum.checked_add(more)?;
    Some(())
}
