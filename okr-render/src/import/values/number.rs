//! Numbers as people type them, with what stands around them.

use okr_core::model::{Bound, Quantity, Unit, one_line};
use rust_decimal::Decimal;

use super::before::Before;
use super::digits::{digits, plain};
pub(crate) use super::digits::{evidence, is_ambiguous};
use crate::import::words;
use crate::sheets::guard::unguard;
use crate::table::{Cell, NumberFormat, Value};

/// Which sign stands before decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decimals {
    /// 1,234.5
    #[default]
    Dot,
    /// 1.234,5
    Comma,
}

/// A number, and what its cell says beside it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// The number; percents are in points of a hundred.
    pub(crate) value: Decimal,
    /// `%`, an ISO 4217 code, or the unit as it is written.
    pub(crate) unit: Option<String>,
    /// Which side of it will do.
    pub(crate) bound: Bound,
    /// Whether a letter or word multiplied it: `400k`.
    pub(crate) is_multiplied: bool,
    /// Whether it is said to be about so much.
    pub(crate) is_approximate: bool,
    /// Whether a plus or minus stands before it.
    pub(crate) is_signed: bool,
    /// Words in parentheses behind it.
    pub(crate) remark: Option<String>,
}

impl Number {
    /// Returns the number with its unit; a unit that cannot stand behind a number is left off.
    pub(crate) fn quantity(&self, unit: Option<&str>) -> Quantity {
        let unit = unit.and_then(Unit::parse).unwrap_or(Unit::None);
        Quantity::new(self.value, unit)
    }

    fn plain(value: Decimal, unit: Option<String>) -> Self {
        Self {
            value,
            unit,
            bound: Bound::Reach,
            is_multiplied: false,
            is_approximate: false,
            is_signed: false,
            remark: None,
        }
    }
}

/// Returns the number in a cell; nothing where there is none, or more than one.
pub(crate) fn of_cell(cell: &Cell, decimals: Decimals) -> Option<Number> {
    match &cell.value {
        Value::Number(number) => Some(match &cell.format {
            NumberFormat::Percent => Number::plain(
                number.checked_mul(Decimal::ONE_HUNDRED)?.normalize(),
                Some("%".to_owned()),
            ),
            NumberFormat::PercentPoints => Number::plain(*number, Some("%".to_owned())),
            NumberFormat::Currency(money) => Number::plain(*number, unit(money)),
            NumberFormat::Suffix(words) => Number::plain(*number, unit(words)),
            NumberFormat::General | NumberFormat::Text => Number::plain(*number, None),
        }),
        Value::Text(text) => read(text, decimals),
        Value::Empty | Value::Date(_) | Value::Bool(_) | Value::Error(_) => None,
    }
}

/// Returns a unit in the form that is compared: `%`, an ISO 4217 code, or the words as written.
pub(crate) fn unit(text: &str) -> Option<String> {
    let text = one_line(text.trim());
    if text.is_empty() {
        return None;
    }
    if text == "%" {
        return Some(text);
    }
    if let Some(code) = money(&text) {
        return Some(code.to_owned());
    }
    let normal = words::normal(&text);
    if words::is("unit-percent", &normal) {
        return Some("%".to_owned());
    }
    if normal.is_empty() && !text.contains('%') {
        // Dashes and dots are no unit.
        return None;
    }
    Some(text)
}

/// Signs of money that the plan format does not know, as it takes only those that mean one thing.
const SIGNS: &[(&str, &str)] = &[
    ("R$", "BRL"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("₺", "TRY"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₪", "ILS"),
    ("₴", "UAH"),
    ("₫", "VND"),
    ("Fr.", "CHF"),
    ("SFr.", "CHF"),
];

/// Returns the ISO 4217 code of a sign, code or word for money.
pub(crate) fn money(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if let Some(Unit::Currency(code)) = Unit::parse(text) {
        return Some(code);
    }
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| *sign == text) {
        return Some(code);
    }
    text.chars()
        .all(|c| c.is_alphabetic() || c == ' ')
        .then(|| words::money(&words::normal(text)))?
}

/// Reads a number with whatever may stand around it; the whole text must be about that number.
pub(crate) fn read(text: &str, decimals: Decimals) -> Option<Number> {
    if let Some(value) = plain(text) {
        return Some(Number::plain(value, None));
    }
    let text = unguard(text.trim()).trim();
    let text = text.strip_prefix('\'').unwrap_or(text);
    let outside = parentheses(text);
    let text = outside.as_deref().unwrap_or(text);
    let (text, is_negative) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (text, false),
    };
    let digit_at = text.find(|c: char| c.is_ascii_digit())?;
    let at = match text[..digit_at].strip_suffix(['.', ',']) {
        Some(before) if !before.ends_with(char::is_alphabetic) => before.len(),
        _ => digit_at,
    };
    let before = Before::read(&text[..at])?;
    let (digits, length) = digits(&text[at..], decimals)?;
    let mut value = Decimal::from_str_exact(&digits).ok()?;
    let rest = &text[at + length..];
    let (factor, rest) = factor(rest, before.money.is_some());
    if let Some(factor) = factor {
        value = value.checked_mul(factor)?.normalize();
    }
    let (unit, remark, bound) = behind(rest.trim())?;
    let unit = match (before.money, unit) {
        (Some(code), None) => Some(code.to_owned()),
        (Some(code), Some(unit)) if unit == code => Some(unit),
        (Some(_), Some(_)) => return None,
        (None, unit) => unit,
    };
    if before.is_negative != is_negative {
        value.set_sign_negative(!value.is_zero());
    }
    Some(Number {
        value,
        unit,
        bound: if bound == Bound::Reach {
            before.bound
        } else {
            bound
        },
        is_multiplied: factor.is_some(),
        is_approximate: before.is_approximate,
        is_signed: before.is_signed,
        remark,
    })
}

/// Returns a number below zero as accountants write it, `(8,200) €` or `$ (5)`, with a minus in place of its
/// parentheses; nothing where more than money or a percent stands around them.
fn parentheses(text: &str) -> Option<String> {
    let (before, rest) = text.split_once('(')?;
    let (inner, behind) = rest.split_once(')')?;
    let is_figures = inner.starts_with(|c: char| c.is_ascii_digit())
        && !inner.contains(|c: char| c.is_alphabetic() || c == '(');
    let is_around = |part: &str| part.is_empty() || part == "%" || money(part).is_some();
    (is_figures && is_around(before.trim()) && is_around(behind.trim()))
        .then(|| format!("{before}-{inner}{behind}"))
}

/// Reads a letter or word that multiplies, and returns what stands behind it.
fn factor(text: &str, has_money: bool) -> (Option<Decimal>, &str) {
    let trimmed = text.trim_start();
    let is_attached = trimmed.len() == text.len();
    let length = trimmed
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(trimmed.len());
    let (word, rest) = trimmed.split_at(length);
    if word.is_empty() {
        return (None, text);
    }
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let is_money = has_money || money(rest).is_some();
    let of = |word: &str| -> Option<Decimal> {
        let normal = words::normal(word);
        let is_short = word.chars().count() <= 2;
        let is_sure = match word {
            "k" | "K" | "M" => is_attached || is_money,
            "m" | "mm" | "t" | "T" => is_money,
            _ => true,
        };
        if !is_sure || (is_short && !is_attached && !is_money && normal != "mn" && normal != "bn") {
            return None;
        }
        if words::is("thousand", &normal) {
            Some(Decimal::ONE_THOUSAND)
        } else if words::is("million", &normal) {
            Some(Decimal::from(1_000_000))
        } else if words::is("billion", &normal) {
            Some(Decimal::from(1_000_000_000))
        } else {
            None
        }
    };
    if let Some(factor) = of(word) {
        return (Some(factor), rest);
    }
    // `400 kEUR`, `1.2MUSD`: the letter stands before a code.
    let first = word.chars().next().map_or(0, char::len_utf8);
    let (letter, code) = word.split_at(first);
    if code.len() == 3 && money(code).is_some() {
        let factor = match letter {
            "k" | "K" | "T" => Some(Decimal::ONE_THOUSAND),
            "M" | "m" => Some(Decimal::from(1_000_000)),
            _ => None,
        };
        if factor.is_some() {
            return (factor, &trimmed[first..]);
        }
    }
    (None, text)
}

/// Reads what stands behind the number: its unit, a remark in parentheses, `or more`.
fn behind(rest: &str) -> Option<(Option<String>, Option<String>, Bound)> {
    let (rest, remark) = match rest.split_once('(') {
        Some((before, remark)) => {
            let remark = remark.strip_suffix(')')?;
            (before.trim(), Some(remark.trim().to_owned()))
        }
        None => (rest, None),
    };
    if rest.is_empty() {
        return Some((None, remark, Bound::Reach));
    }
    if let Some(after) = rest.strip_prefix('%') {
        let after = after.trim();
        // `85 % of invoices` is still a share; a second number is another thing.
        let is_unit = !after.contains(|c: char| c.is_ascii_digit() || "→>–-;:".contains(c))
            && after.split_whitespace().count() <= 3;
        let remark = remark.or((!after.is_empty()).then(|| after.to_owned()));
        return is_unit.then(|| (Some("%".to_owned()), remark, Bound::Reach));
    }
    for (tail, bound) in [
        (" or more", Bound::AtLeast),
        ("or more", Bound::AtLeast),
        (" or less", Bound::AtMost),
        ("or less", Bound::AtMost),
        ("or fewer", Bound::AtMost),
        ("+", Bound::AtLeast),
    ] {
        if let Some(unit_before) = rest.strip_suffix(tail) {
            let unit_before = unit_before.trim();
            let unit = match unit_before {
                "" => None,
                words => Some(unit(words)?),
            };
            return Some((unit, remark, bound));
        }
    }
    if let Some(code) = money(rest) {
        return Some((Some(code.to_owned()), remark, Bound::Reach));
    }
    let normal = words::normal(rest);
    let first = normal.split(' ').next().unwrap_or_default();
    let is_rate = rest.starts_with('/') || matches!(first, "per" | "pro" | "par" | "por");
    let is_unit = rest.split_whitespace().count() <= 5
        && rest.chars().count() <= 40
        && (is_rate || !rest.contains(|c: char| c.is_ascii_digit()))
        && !rest.contains(['→', '>', ';', ':', '?', '!', '=', '\n', '–', '#'])
        && !rest.starts_with(['-', ',', '.', '*'])
        && (is_rate || rest.starts_with(|c: char| c.is_alphabetic() || c == '°' || c == '‰'))
        && !matches!(
            first,
            "to" | "of" | "from" | "and" | "or" | "auf" | "von" | "und" | "bis" | "by"
        );
    is_unit.then(|| (unit(rest), remark, Bound::Reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_with(text, Decimals::Dot, expected);
    }

    #[track_caller]
    fn check_with(text: &str, decimals: Decimals, expected: &str) {
        let shown = match read(text, decimals) {
            Some(number) => {
                let unit = number.unit.clone().unwrap_or_default();
                format!("{} {}{unit}", number.bound.words(), number.value)
                    .trim()
                    .to_owned()
            }
            None => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_number_may_have_company() {
        check("52", "52");
        check("62%", "62%");
        check("18 %", "18%");
        check("'-5%", "-5%");
        check("+1", "1");
        check("€1,240,500", "1240500EUR");
        check("€400k", "400000EUR");
        check("£1.2m", "1200000GBP");
        check("17.5 t", "17.5t");
        check("58 days", "58days");
        check("1.2 Mio. €", "1200000EUR");
        check("320 k€", "320000EUR");
        check("400 kEUR", "400000EUR");
        check("CHF 86'000", "86000CHF");
        check("(5)", "-5");
        check("(8,200) €", "-8200EUR");
        check("$ (1,500)", "-1500USD");
        check("(3.5)%", "-3.5%");
        check("-> 240", "nothing");
        check("-€5", "-5EUR");
        check("€ -5", "-5EUR");
        check(".5", "0.5");
        check("≥ 95%", "at least 95%");
        check("at least 90", "at least 90");
        check("ca. 40 Stück", "40Stück");
        check("4.2/5", "4.2/5");
        check("5 per 1,000 lines", "5per 1,000 lines");
        check("1 250 kg", "1250kg");
        check("1\u{a0}180 kg", "1180kg");
        check("90+", "at least 90");
        check("85% of invoices", "85%");
    }

    #[test]
    fn the_sign_before_decimals_decides() {
        check_with("1.250", Decimals::Comma, "1250");
        check_with("1.250", Decimals::Dot, "1.250");
        check_with("1,250", Decimals::Dot, "1250");
        check_with("1,250", Decimals::Comma, "1.250");
        check_with("218.400,50", Decimals::Dot, "218400.50");
        check_with("48.500,00 €", Decimals::Comma, "48500.00EUR");
        check("4,2", "4.2");
        assert_eq!(evidence("1.240.500"), Some(Decimals::Comma));
        assert_eq!(evidence("4,2 %"), Some(Decimals::Comma));
        assert_eq!(evidence("1.250"), None);
        assert!(is_ambiguous("1.250 kg"));
        assert!(!is_ambiguous("0.250"));
    }

    #[test]
    fn what_is_more_than_a_number_is_none() {
        for text in [
            "TBD",
            "from 5 to 3",
            "62 → 45 days",
            "3 of 5",
            "10-15",
            "31.07.2026",
            "Q3",
            "go live by May 5",
            "",
        ] {
            check(text, "nothing");
        }
    }
}
