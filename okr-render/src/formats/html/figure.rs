//! Quantities and dates as people read them.

use jiff::civil::Date;
use okr_core::model::{Quantity, Unit};
use rust_decimal::Decimal;
use serde::Serialize;

use super::text;

/// A quantity in its parts, so that the number can be set larger than its unit.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    pub(super) before: String,
    pub(super) number: String,
    pub(super) after: String,
    /// Whether it needs smaller type.
    pub(super) is_long: bool,
}

impl Figure {
    pub(crate) fn new(quantity: &Quantity) -> Self {
        let number = || grouped(&digits(&quantity.value));
        if matches!(quantity.unit, Unit::None | Unit::Percent) {
            return Self::of("", number(), quantity.unit.word());
        }
        let shown = text::clean(&quantity.to_string());
        let (before, after) = shown.split_once(&quantity.number()).unwrap_or(("", ""));
        Self::of(before.trim(), number(), after)
    }

    pub(super) fn words(words: &str) -> Self {
        Self::of("", words.to_owned(), "")
    }

    pub(super) fn of(before: &str, number: String, after: &str) -> Self {
        let is_long = before.chars().count() + number.chars().count() > 11;
        Self {
            before: before.to_owned(),
            number,
            after: after.to_owned(),
            is_long,
        }
    }

    pub(crate) fn text(&self) -> String {
        let gap = if self.before.is_empty() { "" } else { "\u{a0}" };
        [&*self.before, gap, &self.number, &self.after].concat()
    }
}

/// Returns the digits of a number, as [`Decimal`] shows them.
fn digits(value: &Decimal) -> String {
    let mantissa = value.mantissa();
    match u64::try_from(mantissa) {
        // The sign of a zero, and its places, are a matter of their own.
        Ok(number) if number > 0 => {
            let mut out = String::with_capacity(16);
            push_digits(&mut out, number, value.scale());
            out
        }
        _ => value.to_string(),
    }
}

/// Adds a number whose last `places` digits stand behind a point, with at least one before it.
///
/// There are many numbers on a page, and this takes a fraction of the time of `write!`.
pub(crate) fn push_digits(out: &mut String, number: u64, places: u32) {
    // The digits of the largest number, and as many behind a point as a decimal can have.
    let mut buffer = [b'0'; 64];
    let (mut rest, mut at, mut written) = (number, buffer.len(), 0);
    while rest > 0 || written <= places {
        if written == places && places > 0 {
            at -= 1;
            buffer[at] = b'.';
        }
        at -= 1;
        buffer[at] = b"0123456789"[usize::try_from(rest % 10).unwrap_or_default()];
        rest /= 10;
        written += 1;
    }
    out.extend(buffer[at..].iter().map(|byte| char::from(*byte)));
}

/// Returns a date as machines read it: `2026-12-31`.
pub(crate) fn iso(date: Date) -> String {
    let Ok(year) = u64::try_from(date.year()) else {
        return date.to_string();
    };
    let mut out = String::with_capacity(10);
    for (part, width) in [(year, 4), (part(date.month()), 2), (part(date.day()), 2)] {
        if width == 2 {
            out.push('-');
        }
        for step in (1..width).rev() {
            if part < 10_u64.pow(step) {
                out.push('0');
            }
        }
        push_digits(&mut out, part, 0);
    }
    out
}

fn part(number: i8) -> u64 {
    u64::from(number.unsigned_abs())
}

/// Parts the thousands of plain decimal digits, and sets a true minus sign.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |digits| ("\u{2212}", digits));
    let (whole, fraction) = digits
        .find('.')
        .map_or((digits, ""), |at| digits.split_at(at));
    if sign.is_empty() && whole.len() < 4 {
        return [whole, fraction].concat();
    }
    let mut out = String::from(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(fraction);
    out
}

/// A date, for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Day {
    /// `2026-12-31`
    pub(super) iso: String,
    /// `31 Dec 2026`
    text: String,
    /// `31 Dec`
    short: String,
    year: i16,
}

impl Day {
    pub(crate) fn new(date: Date) -> Self {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
        let mut text = String::with_capacity(16);
        push_digits(&mut text, part(date.day()), 0);
        text.extend(["\u{a0}", month]);
        let short = text.clone();
        text.push('\u{a0}');
        match u64::try_from(date.year()) {
            Ok(year) => push_digits(&mut text, year, 0),
            Err(_) => text.push_str(&date.year().to_string()),
        }
        Self {
            iso: iso(date),
            text,
            short,
            year: date.year(),
        }
    }

    /// Returns the day as people read it: `31 Dec 2026`.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the same, with nothing else of it.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!(grouped("1200000.50"), "1,200,000.50");
        assert_eq!(grouped("-999"), "\u{2212}999");
        assert_eq!(grouped("1000"), "1,000");
    }

    #[test]
    fn numbers_and_dates_are_as_they_show_themselves() {
        for text in [
            "0",
            "0.00",
            "-0.5",
            "7",
            "0.07",
            "10.0",
            "120.50",
            "-3",
            "0.0000000000000000000000000001",
            "18446744073709551615",
            "1844674407370955161.5",
            "79228162514264337593543950335",
        ] {
            let value: Decimal = text.parse().unwrap();
            assert_eq!(digits(&value), value.to_string());
        }
        for date in [
            Date::MIN,
            date(0, 1, 1),
            date(7, 1, 9),
            date(-5, 10, 1),
            date(987, 12, 31),
            date(2026, 11, 6),
            Date::MAX,
        ] {
            assert_eq!(iso(date), date.to_string());
            assert!(
                Day::new(date)
                    .text()
                    .ends_with(&format!("\u{a0}{}", date.year()))
            );
        }
    }

    #[test]
    fn a_figure_is_a_number_with_its_unit() {
        let text = |quantity| Figure::new(&Quantity::parse(quantity).unwrap()).text();
        assert_eq!(text("EUR 1200000"), "EUR\u{a0}1,200,000");
        assert_eq!(text("1 day"), "1 day");
        assert_eq!(text("4.2/5"), "4.2/5");
    }
}
