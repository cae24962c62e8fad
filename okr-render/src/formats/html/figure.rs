//! Quantities and dates as people read them.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::civil::Date;
use okr_core::model::{Quantity, Unit};
use rust_decimal::Decimal;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::text;

/// A quantity in its parts, so that the number can be set larger than its unit.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Figure {
    pub(super) before: String,
    pub(super) number: String,
    pub(super) after: Cow<'static, str>,
    /// Whether it needs smaller type.
    pub(super) is_long: bool,
}

impl Figure {
    pub(crate) fn new(quantity: &Quantity) -> Self {
        let mut number = String::with_capacity(16);
        push_number(&mut number, &quantity.value);
        match quantity.unit {
            Unit::None => return Self::of("", number, ""),
            Unit::Percent => return Self::of("", number, "%"),
            _ => {}
        }
        let shown = text::clean(&quantity.to_string());
        let (before, after) = shown.split_once(&quantity.number()).unwrap_or(("", ""));
        Self::of(before.trim(), number, after.to_owned())
    }

    pub(super) fn words(words: &str) -> Self {
        Self::of("", words.to_owned(), "")
    }

    pub(super) fn of(before: &str, number: String, after: impl Into<Cow<'static, str>>) -> Self {
        let is_long = before.chars().count() + number.chars().count() > 11;
        Self {
            before: before.to_owned(),
            number,
            after: after.into(),
            is_long,
        }
    }

    pub(crate) fn text(&self) -> String {
        let gap = if self.before.is_empty() { "" } else { "\u{a0}" };
        [&*self.before, gap, &self.number, &self.after].concat()
    }
}

/// Adds a number as people read it: with a true minus sign, and its thousands parted.
pub(super) fn push_number(out: &mut String, value: &Decimal) {
    let start = out.len();
    push_value(out, value);
    let digits = &out[start..];
    let whole = digits.find('.').unwrap_or(digits.len());
    if whole > 3 || digits.starts_with('-') {
        let grouped = grouped(digits);
        out.truncate(start);
        out.push_str(&grouped);
    }
}

/// Adds the digits of a number, as [`Decimal`] shows them.
fn push_value(out: &mut String, value: &Decimal) {
    match u64::try_from(value.mantissa()) {
        // The sign of a zero, and its places, are a matter of their own.
        Ok(number) if number > 0 => push_digits(out, number, value.scale()),
        _ => {
            let _ = write!(out, "{value}");
        }
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
    let mut out = String::with_capacity(10);
    push_iso(&mut out, date);
    out
}

/// Adds a date as machines read it.
pub(super) fn push_iso(out: &mut String, date: Date) {
    let Ok(year) = u64::try_from(date.year()) else {
        let _ = write!(out, "{date}");
        return;
    };
    for (part, width) in [(year, 4), (part(date.month()), 2), (part(date.day()), 2)] {
        if width == 2 {
            out.push('-');
        }
        for step in (1..width).rev() {
            if part < 10_u64.pow(step) {
                out.push('0');
            }
        }
        push_digits(out, part, 0);
    }
}

/// Adds a date as people read it: `31 Dec 2026`.
pub(super) fn push_text(out: &mut String, date: Date) {
    push_short(out, date);
    out.push('\u{a0}');
    match u64::try_from(date.year()) {
        Ok(year) => push_digits(out, year, 0),
        Err(_) => {
            let _ = write!(out, "{}", date.year());
        }
    }
}

/// Adds a date without its year: `31 Dec`.
fn push_short(out: &mut String, date: Date) {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    push_digits(out, part(date.day()), 0);
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    out.extend(["\u{a0}", month]);
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

/// A date, for machines and for people: `iso`, `text` and `short` where a template shows it, and its `year`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(super) date: Date,
    /// `31 Dec 2026`
    text: String,
}

impl Day {
    pub(crate) fn new(date: Date) -> Self {
        let mut text = String::with_capacity(16);
        push_text(&mut text, date);
        Self { date, text }
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

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut short = String::with_capacity(8);
        push_short(&mut short, self.date);
        let mut day = serializer.serialize_struct("Day", 4)?;
        day.serialize_field("iso", &iso(self.date))?;
        day.serialize_field("text", &self.text)?;
        day.serialize_field("short", &short)?;
        day.serialize_field("year", &self.date.year())?;
        day.end()
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
            let mut digits = String::new();
            push_value(&mut digits, &value);
            assert_eq!(digits, value.to_string());
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
