//! Whether a number names one of several things.

use crate::statement::lexicon::Class;
use crate::statement::value::{Form, Value};
use crate::statement::words::Words;

/// Returns whether a number names one of several things: `ISO 27001`, `phase 2`, `top 10`, `#4`.
pub(in crate::statement) fn is_name(words: &Words<'_, '_>, value: &Value) -> bool {
    if value.form != Form::Plain
        || value.unit.is_some()
        || value.scale.is_some()
        || value.sign.is_some()
    {
        return false;
    }
    let Some(before) = value.first.checked_sub(1) else {
        return false;
    };
    let token = &words.tokens[before];
    if token.is("top") || token.is("#") || token.is("no") && words.word(value.first) == "." {
        return true;
    }
    if !value.is_digits || !token.is_word() || words.is_taken[before] {
        return false;
    }
    if words.is(Class::NamedNoun, before)
        && !words.is(Class::Metric, before)
        && words.word(before) != "no"
    {
        return true;
    }
    // The first word is capital anyhow, and so may be a verb; metrics bear their value.
    let is_first = before == 0
        || words.is_taken[before - 1]
        || words.tokens[before - 1].is(":")
        || words.tokens[before - 1].is(".");
    // `Onboarding 2.0`, `k8s 1.27`: a decimal behind a name is its version.
    let text = words.tokens[value.first].text;
    let is_decimal = text.matches('.').count() == 1;
    let has_digit = token.text.contains(|c: char| c.is_ascii_digit());
    let is_version = is_decimal
        && !words.is(Class::Metric, before)
        && (has_digit
            || token.is_capitalised()
                && (text.ends_with(".0") || !is_first && token.lower.ends_with("ing")));
    is_version
        || token.is_capitalised()
            && !is_first
            && !words.is(Class::Metric, before)
            && words.verb(before).is_none()
}
