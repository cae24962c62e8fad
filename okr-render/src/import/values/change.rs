//! Targets that say by how much a measure is to change: `by 25%`, `+10 pp`, `um 15 % senken`.

use okr_core::model::Unit;
use rust_decimal::Decimal;

use super::number::{self, Decimals, Number};
use crate::import::words;

/// A change, and which way it goes as far as its words say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    /// Its size; negative for less.
    pub(crate) number: Number,
    /// Whether a sign or a word says which way it goes.
    pub(crate) has_way: bool,
}

/// Reads a change; nothing where a text does not say that it is one.
///
/// A number with a sign alone may be a value as well, unless it counts points of a hundred.
pub(crate) fn read(text: &str, decimals: Decimals) -> Option<Change> {
    let text = text.trim();
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    if text.len() > 60 {
        return None;
    }
    let sign = text[..digit].trim_end().trim_end_matches(['.', ',']);
    let lead = sign.trim_end_matches(['+', '-', '−', '–', '~', ' ']);
    let lead_words = words::normal(lead);
    let (figure, tail) = parts(&text[lead.len()..]);
    let (is_by, leads) = way(&lead_words)?;
    let (is_tail, tails) = way(&words::normal(tail))?;
    let mut number = number::read(figure.trim(), decimals)?;
    let is_points = number.is_signed && unit(&number) == Some(Unit::Points);
    // Words that are no part of it: `5% or less`.
    if !(is_by || is_tail || is_points) || number.remark.is_some() {
        return None;
    }
    let is_less = leads.or(tails);
    if is_less == Some(true) && !number.value.is_sign_negative() {
        number.value = -number.value;
    }
    Some(Change {
        has_way: is_less.is_some() || number.is_signed,
        number,
    })
}

/// Returns the unit of a number as plans know it.
pub(crate) fn unit(number: &Number) -> Option<Unit> {
    let words = number.unit.as_deref()?;
    if words::is("unit-points", &words::normal(words)) {
        return Some(Unit::Points);
    }
    Unit::parse(words)
}

/// Parts a number with its unit from the word behind it that says which way.
fn parts(text: &str) -> (&str, &str) {
    let trimmed = text.trim_end();
    // The words may be two: `25 % de moins`.
    let mut at = trimmed.len();
    let mut found = None;
    for _ in 0..2 {
        let Some(before) = trimmed[..at].rfind(char::is_whitespace) else {
            break;
        };
        at = before;
        // A sign such as `%` belongs to the number.
        let tail = trimmed[at..].trim_start();
        if tail.starts_with(char::is_alphabetic)
            && way(&words::normal(tail)).is_some_and(|(is_change, _)| is_change)
        {
            found = Some(at);
        }
    }
    match found {
        Some(at) => trimmed.split_at(at),
        None => (trimmed, ""),
    }
}

/// Returns whether words say that a number is a change, and whether it is one to less; nothing for words
/// that say something else.
fn way(normal: &str) -> Option<(bool, Option<bool>)> {
    if normal.is_empty() {
        return Some((false, None));
    }
    [("by", None), ("more", Some(false)), ("less", Some(true))]
        .into_iter()
        .find(|(class, _)| words::is(class, normal))
        .map(|(_, is_less)| (true, is_less))
}

/// Returns a change that has been said with a sign or by a word, in percents or in a unit.
pub(crate) fn target(change: &Number) -> okr_core::model::Target {
    use okr_core::model::{Quantity, Target};
    match unit(change) {
        Some(Unit::Percent) => Target::Relative(change.value),
        unit => Target::Change(Quantity::new(change.value, unit.unwrap_or(Unit::None))),
    }
}

/// Turns the way of a change round, for a measure of which less is better.
pub(crate) fn downwards(change: &mut Change) {
    if !change.has_way && change.number.value > Decimal::ZERO {
        change.number.value = -change.number.value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match read(text, Decimals::Dot) {
            Some(change) if change.has_way => target(&change.number).to_string(),
            Some(change) => format!("by {}", target(&change.number)),
            None => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_target_may_be_a_change() {
        check("by 25%", "by +25%");
        check("by +25%", "+25%");
        check("up by 12.5 %", "+12.5%");
        check("reduce by 30%", "-30%");
        check("30% less", "-30%");
        check("um 15 % senken", "-15%");
        check("20 % mehr", "+20%");
        check("25 % de moins", "-25%");
        check("+10 pp", "+10 points");
        check("-5 Prozentpunkte", "-5 points");
        check("by 3 days", "by +3 days");
    }

    #[test]
    fn what_may_be_a_value_is_no_change() {
        for text in [
            "+25%",
            "-5%",
            "10 pp",
            "25%",
            "by May 5",
            "by 2026-03-31",
            "less than 5%",
            "5% or less",
            "62 → 45 days",
            "more than 3",
        ] {
            check(text, "nothing");
        }
    }
}
