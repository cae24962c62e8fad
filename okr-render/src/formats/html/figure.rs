//! Quantities and dates as people read them.

use jiff::civil::Date;
use okr_core::model::{Quantity, Unit};
use serde::Serialize;

use super::text;

/// A quantity in its parts, so that the number can be set larger than its unit.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    pub(super) before: String,
    pub(super) number: String,
    pub(super) after: String,
    /// Whether it needs smaller type.
    is_long: bool,
}

impl Figure {
    pub(crate) fn new(quantity: &Quantity) -> Self {
        let number = || grouped(&quantity.value.to_string());
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
        format!("{}{gap}{}{}", self.before, self.number, self.after)
    }
}

/// Parts the thousands of plain decimal digits, and sets a true minus sign.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits), |digits| ("\u{2212}", digits));
    let (whole, fraction) = digits
        .find('.')
        .map_or((digits, ""), |at| digits.split_at(at));
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
    iso: String,
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
        let short = [&*date.day().to_string(), "\u{a0}", month].concat();
        Self {
            iso: date.to_string(),
            text: [&*short, "\u{a0}", &date.year().to_string()].concat(),
            short,
            year: date.year(),
        }
    }

    /// Returns the day as people read it: `31 Dec 2026`.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!(grouped("1200000.50"), "1,200,000.50");
        assert_eq!(grouped("-999"), "\u{2212}999");
        assert_eq!(grouped("1000"), "1,000");
    }

    #[test]
    fn a_figure_is_a_number_with_its_unit() {
        let text = |quantity| Figure::new(&Quantity::parse(quantity).unwrap()).text();
        assert_eq!(text("EUR 1200000"), "EUR\u{a0}1,200,000");
        assert_eq!(text("1 day"), "1 day");
        assert_eq!(text("4.2/5"), "4.2/5");
    }
}
