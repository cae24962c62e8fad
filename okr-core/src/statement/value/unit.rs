//! The unit of a number, before or behind it: `€5`, `4.2/5`, `90-day`, `five working days`.

use std::borrow::Cow;

use super::units::{CURRENCIES, LONG_UNITS, UNITS};
use super::{Form, Value};
use crate::statement::lexicon::Class;
use crate::statement::token::TokenKind;
use crate::statement::words::Words;

pub(super) fn leading_currency(words: &Words<'_, '_>, at: usize) -> (Option<&'static str>, usize) {
    let word = words.word(at);
    if word == "us" && words.word(at + 1) == "$" && words.tokens[at + 1].is_glued {
        return (Some("USD"), at + 2);
    }
    let is_sign = |name: &str| name.chars().count() == 1 || name.len() == 3 && name.is_ascii();
    let code = CURRENCIES
        .iter()
        .find(|(_, names)| names.iter().any(|name| *name == word && is_sign(name)));
    match code {
        Some((code, _)) => (Some(code), at + 1),
        None => (None, at),
    }
}

pub(super) fn unit(words: &Words<'_, '_>, value: &mut Value) {
    if value.form != Form::Plain {
        return;
    }
    let at = value.end;
    let Some(token) = words.tokens.get(at) else {
        return;
    };
    if let Some((name, len)) = unit_at(words, at) {
        // A letter for a unit stands right behind digits or after a blank, in lower case.
        let one_letter = token.lower.len() == 1 && token.is_word();
        let is_name =
            one_letter && (!value.is_digits || token.text != token.lower && token.text != "X");
        let is_glued_word = token.is_glued && token.is_word();
        if is_name && is_glued_word {
            value.form = Form::Name;
            return;
        }
        if !is_name && value.unit.is_none() {
            value.unit = Some(Cow::Borrowed(name));
            value.unit_at = Some((at, at + len));
            value.end = at + len;
            return;
        }
        // `$3 dollars`, or a code behind the sign.
        if !is_name && value.has_unit(name) {
            value.end = at + len;
            return;
        }
    }
    if token.is("-")
        && token.is_glued
        && words
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.is_glued && next.is_word())
    {
        let word = words.word(at + 1);
        if word == "fold" {
            value.form = Form::Factor;
            value.unit = Some(Cow::Borrowed("x"));
        } else {
            value.form = Form::Compound;
            if let Some((name, _)) = unit_at(words, at + 1) {
                value.unit = Some(Cow::Borrowed(name));
                value.unit_at = Some((at + 1, at + 2));
            }
        }
        value.end = at + 2;
        return;
    }
    if token.is("/")
        && token.is_glued
        && let Some(TokenKind::Number(whole)) = words.tokens.get(at + 1).map(|token| token.kind)
    {
        // `4.2/5` is a score; `24/7` and `30/60/90` are names.
        let is_score = value.amount <= whole && words.word(at + 2) != "/" && value.unit.is_none();
        value.end = at + 2;
        if is_score {
            value.unit = Some(Cow::Owned(format!("/{}", whole.normalize())));
            value.unit_at = Some((at, at + 2));
        } else {
            value.form = Form::Name;
            if words.word(at + 2) == "/" {
                value.end = (at + 4).min(words.tokens.len());
            }
        }
        return;
    }
    if token.is("/") && value.unit.is_none() && token.is_glued {
        return;
    }
    // `a 360° view`; a temperature bears its scale.
    if token.is("°") && token.is_glued && !matches!(words.word(at + 1), "c" | "f") {
        value.form = Form::Name;
        value.end = at + 1;
        return;
    }
    if token.is("times") {
        let compares = matches!(
            words.word(at + 1),
            "as" | "more" | "the" | "higher" | "larger"
        );
        if compares {
            value.form = Form::Factor;
            value.unit = Some(Cow::Borrowed("x"));
            value.end = at + 1;
        }
        return;
    }
    if token.is_glued && token.is_word() {
        value.form = Form::Name;
        value.end = at + 1;
        return;
    }
    far_unit(words, value);
}

/// Reads a unit with one word before it, which does no harm: `five working days`.
fn far_unit(words: &Words<'_, '_>, value: &mut Value) {
    let at = value.end;
    let Some(token) = words.tokens.get(at) else {
        return;
    };
    let next = words.word(at + 1);
    let is_far = token.is_word()
        && !words.is(Class::Link, at)
        && !words.is(Class::UnitBar, at)
        && value.unit.is_none()
        && words
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.is_word() && next.lower.len() > 3);
    if is_far && let Some((name, len)) = unit_at(words, at + 1) {
        let is_stuff = !matches!(name, "points" | "%" | "x") && next != "pound";
        let is_singular = TIMES_SINGULAR.contains(&next);
        if is_stuff && !is_singular {
            value.unit = Some(Cow::Borrowed(name));
            value.unit_at = Some((at + 1, at + 1 + len));
            value.end = at + 1 + len;
        }
    }
}

const TIMES_SINGULAR: &[&str] = &["second", "minute", "hour", "day", "week", "month", "year"];

/// Returns the unit that starts at a token, and how many tokens it has.
fn unit_at(words: &Words<'_, '_>, at: usize) -> Option<(&'static str, usize)> {
    let first = words.tokens.get(at)?;
    for (name, unit) in LONG_UNITS {
        let mut words_here = unit.iter().enumerate();
        if words_here.all(|(ahead, word)| words.word(at + ahead) == *word) {
            return Some((name, unit.len()));
        }
    }
    if first.is("%") {
        return Some(("%", 1));
    }
    // What is divided by is dropped: `kg/tonne`.
    let word = first.lower.split('/').next()?;
    let word = word.trim_end_matches('.');
    let unit = UNITS.iter().chain(CURRENCIES);
    let mut found = unit.filter(|(name, also)| also.contains(&word) || *name == word);
    let (name, _) = found.next()?;
    Some((name, 1))
}
