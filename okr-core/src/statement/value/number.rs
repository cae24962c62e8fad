//! The number itself, in digits or in words, and its multiplier: `1,200`, `two-thirds`, `€1.2M`.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::unit::leading_currency;
use super::{Form, Value};
use crate::statement::token::TokenKind;
use crate::statement::words::Words;

/// Reads the number itself, in digits or in words.
pub(super) fn core(words: &Words<'_, '_>, at: usize) -> Option<Value> {
    let token = words.tokens.get(at)?;
    let new = |end, amount, form, is_digits| Value {
        first: at,
        end,
        amount,
        high: None,
        scale: None,
        unit: None,
        unit_at: None,
        form,
        sign: None,
        is_digits,
    };
    if let TokenKind::Number(amount) = token.kind {
        // Part of a name or a time of day: `24/7`, `14:00`, `3-way`.
        if at > 0 && token.is_glued && matches!(words.word(at - 1), ":" | "#") {
            return Some(new(at + 1, amount, Form::Name, true));
        }
        if words.word(at + 1) == ":" && words.tokens[at + 1].is_glued {
            let minutes = words.tokens.get(at + 2).filter(|token| token.is_glued);
            if let Some(TokenKind::Number(_)) = minutes.map(|token| token.kind) {
                return Some(new(at + 3, amount, Form::Name, true));
            }
        }
        return Some(new(at + 1, amount, Form::Plain, true));
    }
    if token.is("×")
        && let Some(TokenKind::Number(amount)) = words.tokens.get(at + 1).map(|token| token.kind)
    {
        let mut value = new(at + 2, amount, Form::Factor, true);
        value.unit = Some(Cow::Borrowed("x"));
        value.unit_at = Some((at, at + 1));
        return Some(value);
    }
    if !token.is_word() {
        return None;
    }
    in_words(words, at)
}

/// Reads a number in words: `three`, `twenty-five`, `a dozen`, `half a million`, `two-thirds`.
fn in_words(words: &Words<'_, '_>, at: usize) -> Option<Value> {
    let word = words.word(at);
    let plain = |end: usize, amount: Decimal, form: Form| {
        Some(Value {
            first: at,
            end,
            amount,
            high: None,
            scale: None,
            unit: (form == Form::Factor).then_some(Cow::Borrowed("x")),
            unit_at: None,
            form,
            sign: None,
            is_digits: false,
        })
    };
    let next = |ahead: usize| words.word(at + ahead);
    let is_article = matches!(word, "a" | "an");
    match (word, next(1), next(2)) {
        ("half", "a", "million") => return plain(at + 3, 500_000.into(), Form::Plain),
        ("half", "a", "billion") => return plain(at + 3, 500_000_000.into(), Form::Plain),
        ("half", "a", "dozen") => return plain(at + 3, 6.into(), Form::Plain),
        ("a", "quarter", "of") if next(3) == "a" && next(4) == "million" => {
            return plain(at + 5, 250_000.into(), Form::Plain);
        }
        ("a", "dozen", _) => return plain(at + 2, 12.into(), Form::Plain),
        ("a", "hundred", _) => return plain(at + 2, 100.into(), Form::Plain),
        ("a" | "one", "million", _) => return plain(at + 2, 1_000_000.into(), Form::Plain),
        ("a", "thousand", _) => return plain(at + 2, 1_000.into(), Form::Plain),
        ("twice", ..) => return plain(at + 1, 2.into(), Form::Factor),
        ("half", "as", "many" | "much") => {
            return plain(at + 3, Decimal::new(5, 1), Form::Factor);
        }
        // `the half` is a time, `half of …` and `by half` are a part.
        ("half", following, _)
            if following != "year"
                && following != "-"
                && (following == "of"
                    || !at.checked_sub(1).is_some_and(|before| {
                        matches!(
                            words.word(before),
                            "the" | "this" | "next" | "first" | "second" | "each" | "last" | "per"
                        )
                    })) =>
        {
            return plain(at + 1, 50.into(), Form::Fraction);
        }
        _ => {}
    }
    if let Some(factor) = word
        .strip_suffix("fold")
        .map(|rest| rest.trim_end_matches('-'))
    {
        return plain(at + 1, small(factor)?, Form::Factor);
    }
    // A fraction: `a third`, `two-thirds`, `three quarters`.
    let fraction = |numerator: Decimal, name: &str, end: usize| {
        let (_, denominator) = FRACTIONS.iter().find(|(word, _)| *word == name)?;
        let is_plural = name.ends_with('s');
        let fits = is_plural != (numerator == Decimal::ONE);
        let percent = (numerator * Decimal::ONE_HUNDRED).checked_div((*denominator).into())?;
        plain(end, percent.round_dp(2).normalize(), Form::Fraction).filter(|_| fits)
    };
    if is_article {
        return fraction(Decimal::ONE, next(1), at + 2).filter(|_| {
            // `a quarter` is three months unless something is changed by it or taken of it.
            next(1) != "quarter"
                || matches!(
                    next(2),
                    "" | "of" | "by" | "before" | "within" | "in" | "," | "."
                )
        });
    }
    if let Some((numerator, name)) = word.split_once('-')
        && let Some(found) = small(numerator).and_then(|number| fraction(number, name, at + 1))
    {
        return Some(found);
    }
    let mut amount = small(word)?;
    if let Some(found) = fraction(amount, next(1), at + 2) {
        return Some(found);
    }
    let mut end = at + 1;
    if next(1) == "dozen" {
        return plain(at + 2, amount * Decimal::from(12), Form::Plain);
    }
    if next(1) == "hundred" {
        (amount, end) = (amount * Decimal::ONE_HUNDRED, at + 2);
        let skip = usize::from(words.word(end) == "and");
        if let Some(rest) = small(words.word(end + skip)) {
            (amount, end) = (amount + rest, end + skip + 1);
        }
    } else if amount >= Decimal::from(20) && !word.contains('-') {
        let rest = small(next(1)).filter(|rest| *rest < Decimal::TEN && !rest.is_zero());
        if let Some(rest) = rest {
            (amount, end) = (amount + rest, at + 2);
        }
    }
    // `one` alone is seldom a number.
    plain(end, amount, Form::Plain)
}

/// Returns the number that a word up to ninety-nine names.
fn small(word: &str) -> Option<Decimal> {
    let simple = |word: &str| {
        SMALL
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, n)| *n)
    };
    let number = match word.split_once('-') {
        Some((tens, ones)) => {
            let (tens, ones) = (simple(tens)?, simple(ones)?);
            (tens >= 20 && tens % 10 == 0 && (1..10).contains(&ones)).then_some(tens + ones)?
        }
        None => simple(word)?,
    };
    Some(number.into())
}

pub(super) fn multiplier(words: &Words<'_, '_>, value: &mut Value) {
    let Some(token) = words.tokens.get(value.end) else {
        return;
    };
    // What is divided by is dropped: `2k/month`.
    let word = token.lower.split('/').next().unwrap_or_default();
    let is_letter = word.len() <= 2;
    let fits = match word {
        "k" | "bn" | "mn" | "mio" => true,
        // Letters that also abbreviate other things belong to money, or are capitals right behind.
        "m" => value.is_money() || token.text.starts_with('M') && token.is_glued,
        "b" => token.text == "B" && (token.is_glued || value.is_money()),
        _ => !is_letter,
    };
    let found = MULTIPLIERS.iter().find(|(name, _)| *name == word);
    if let Some((_, factor)) = found.filter(|_| fits && value.form == Form::Plain) {
        let factor = Decimal::from(*factor);
        if let Some(amount) = value.amount.checked_mul(factor) {
            value.amount = amount.normalize();
            value.scale = Some(factor);
            value.end += 1;
            // `1,5 Mio. €`.
            if words.word(value.end) == "." && leading_currency(words, value.end + 1).0.is_some() {
                value.end += 1;
            }
        }
    }
}

const MULTIPLIERS: &[(&str, i64)] = &[
    ("k", 1_000),
    ("thousand", 1_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mio", 1_000_000),
    ("million", 1_000_000),
    ("millions", 1_000_000),
    ("b", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
];

const SMALL: &[(&str, i64)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const FRACTIONS: &[(&str, i64)] = &[
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("sixth", 6),
    ("sixths", 6),
    ("eighth", 8),
    ("eighths", 8),
    ("tenth", 10),
    ("tenths", 10),
];
