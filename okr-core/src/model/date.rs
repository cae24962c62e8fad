//! Days of the calendar: as plans write them, in words, and how far apart they are.

use jiff::civil::Date;

/// Reads a date written `YYYY-MM-DD`; every other spelling is refused.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    // The library's parser also takes `20260930` and date-times.
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |number, digit| {
            digit
                .is_ascii_digit()
                .then(|| number * 10 + i16::from(digit - b'0'))
        })
    };
    let year = number(&[y1, y2, y3, y4]).filter(|year| *year >= 1000)?;
    let part = |digits| i8::try_from(number(digits)?).ok();
    Date::new(year, part(&[m1, m2])?, part(&[d1, d2])?).ok()
}

/// Returns a date in words: `31 December 2026`.
#[must_use]
pub fn date_in_words(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{} {month} {}", date.day(), date.year())
}

pub(super) fn day_month_year(date: Date) -> String {
    let month = &MONTHS[usize::from(date.month().unsigned_abs()) - 1][..3];
    format!("{} {month} {}", date.day(), date.year())
}

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the last day of the `months` months that begin with the month of `start`.
pub(super) fn last_of_months(start: Date, months: i8) -> Date {
    let month = start.month() - 1 + months - 1;
    Date::constant(start.year() + i16::from(month / 12), month % 12 + 1, 1).last_of_month()
}

/// Returns how many days `end` is after `start`, negative when it is before.
pub(crate) fn days_between(start: Date, end: Date) -> i32 {
    start.until(end).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_one_spelling() {
        assert!(parse_date("2026-09-30").is_some());
        for text in [
            "20260930",
            "2026-9-30",
            "2026-02-30",
            "2026-09-30T00:00:00",
            " 2026-09-30",
        ] {
            assert_eq!(parse_date(text), None, "{text:?}");
        }
    }
}
