//! How far a key result should be on a day.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::{Commitment, days_between};

/// The days that a key result has: the first and the last both count.
///
/// The last is never before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timeline {
    start: Date,
    due: Date,
}

impl Timeline {
    /// Returns the days from `start` to `due`, both inside, or nothing when `due` comes first.
    #[must_use]
    pub fn new(start: Date, due: Date) -> Option<Self> {
        (start <= due).then_some(Self { start, due })
    }

    /// Returns the first day, which is inside.
    #[must_use]
    pub const fn start(self) -> Date {
        self.start
    }

    /// Returns the last day, which is inside.
    #[must_use]
    pub const fn due(self) -> Date {
        self.due
    }

    /// Returns the number of days, at least 1.
    #[must_use]
    pub fn days(self) -> i32 {
        days_between(self.start, self.due) + 1
    }

    /// Returns which day of it `day` is, the first being 1: 0 before the first, and the number of days after the
    /// last.
    #[must_use]
    pub fn day_number(self, day: Date) -> i32 {
        (days_between(self.start, day).saturating_add(1)).clamp(0, self.days())
    }

    /// Returns the part of the days that is over at the end of `day`, from 0 to 1.
    ///
    /// The publicly known straight line of Ally.io and Engagedly: days elapsed, with this one, by all days.
    #[must_use]
    pub fn elapsed(self, day: Date) -> Decimal {
        Decimal::from(self.day_number(day)) / Decimal::from(self.days())
    }

    /// Returns the part of the days that comes after `day`, from 0 to 1.
    #[must_use]
    pub fn left(self, day: Date) -> Decimal {
        Decimal::from(self.days() - self.day_number(day)) / Decimal::from(self.days())
    }
}

/// Returns the progress that is asked for at the end: 1, or 0.7 of what is aspirational.
///
/// Google's OKR Playbook expects 0.7 of aspirational goals on average; a goal without a type is taken at
/// its word.
#[must_use]
pub fn bar(commitment: Option<Commitment>) -> Decimal {
    match commitment {
        Some(Commitment::Aspirational) => Decimal::new(7, 1),
        _ => Decimal::ONE,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn both_ends_count() {
        let quarter = Timeline::new(date(2026, 4, 1), date(2026, 6, 30)).unwrap();
        assert_eq!(quarter.days(), 91);
        assert_eq!(quarter.day_number(date(2026, 5, 10)), 40);
        assert_eq!(
            quarter.elapsed(date(2026, 5, 10)).round_dp(2).to_string(),
            "0.44"
        );
        assert_eq!(quarter.elapsed(date(2026, 6, 30)), Decimal::ONE);
        assert_eq!(quarter.elapsed(date(2026, 7, 30)), Decimal::ONE);
        assert_eq!(quarter.elapsed(date(2026, 3, 31)), Decimal::ZERO);
        assert_eq!(quarter.left(date(2026, 6, 30)), Decimal::ZERO);
    }

    #[test]
    fn one_day_is_a_timeline_and_none_is_not() {
        let day = date(2026, 4, 1);
        assert_eq!(Timeline::new(day, day).unwrap().elapsed(day), Decimal::ONE);
        assert_eq!(Timeline::new(day, date(2026, 3, 31)), None);
    }

    #[test]
    fn the_ends_of_the_calendar_are_days_like_others() {
        let all = Timeline::new(Date::MIN, Date::MAX).unwrap();
        assert_eq!(all.elapsed(Date::MAX), Decimal::ONE);
    }
}
