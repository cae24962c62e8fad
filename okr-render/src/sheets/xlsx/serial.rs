//! Days that are stored as numbers.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// The day from which a workbook counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1900-01-01, and day 60 is a 29 February that never was.
    From1900,
    /// Day 0 is 1904-01-01, as in workbooks from old Macs.
    From1904,
}

impl Epoch {
    /// Returns the day of a number, whose fraction is the time of the day; nothing where it is a time
    /// alone, or no day that the calendar has.
    pub(super) fn day(self, number: Decimal) -> Option<Date> {
        let days = number.floor().to_i32()?;
        let start = match (self, days) {
            (Self::From1900, 1..=59) => date(1899, 12, 31),
            (Self::From1900, 61..) => date(1899, 12, 30),
            (Self::From1904, 1..) => date(1904, 1, 1),
            _ => return None,
        };
        start.checked_add(days.days()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(epoch: Epoch, number: &str, day: &str) {
        let found = epoch.day(number.parse().unwrap());
        assert_eq!(found.map_or_else(String::new, |day| day.to_string()), day);
    }

    #[test]
    fn days_are_counted_from_the_epoch_of_the_file() {
        check(Epoch::From1900, "46203", "2026-06-30");
        check(Epoch::From1900, "46203.75", "2026-06-30");
        check(Epoch::From1904, "44741", "2026-06-30");
        check(Epoch::From1900, "1", "1900-01-01");
        check(Epoch::From1900, "59", "1900-02-28");
        check(Epoch::From1900, "61", "1900-03-01");
        check(Epoch::From1900, "2958465", "9999-12-31");
    }

    #[test]
    fn other_numbers_are_no_days() {
        for number in [
            "0.5",
            "60",
            "-3",
            "2958466",
            "79228162514264337593543950335",
        ] {
            check(Epoch::From1900, number, "");
        }
        check(Epoch::From1904, "0.25", "");
    }
}
