//! The second number of a range: `10–15%`, `between 10 and 15`.

use std::borrow::Cow;

use super::number::{core, multiplier};
use super::unit::{leading_currency, unit};
use super::{Form, Value};
use crate::statement::words::Words;

/// Reads the second number of a range: `10–15%`, `8 to 12%`, `between 10 and 15`.
pub(super) fn range(words: &Words<'_, '_>, value: &mut Value, is_verb: &dyn Fn(usize) -> bool) {
    if value.form != Form::Plain || value.high.is_some() {
        return;
    }
    let at = value.end;
    let before = value
        .first
        .checked_sub(1)
        .map_or("", |before| words.word(before));
    let link = words.word(at);
    let fits = match link {
        "–" | "-" | "‑" | "—" => true,
        "and" => before == "between",
        "to" => !is_from(words, value.first),
        _ => false,
    };
    if !fits {
        return;
    }
    let (currency, start) = leading_currency(words, at + 1);
    let Some(mut high) = core(words, start).filter(|high| high.form == Form::Plain) else {
        return;
    };
    if let Some(code) = currency {
        high.unit = Some(Cow::Borrowed(code));
    }
    multiplier(words, &mut high);
    unit(words, &mut high);
    if high.form != Form::Plain || high.amount < value.amount && high.scale.is_none() {
        return;
    }
    // `20% to €2.3M` is a change and a value, not a range.
    if value.unit.is_some() && high.unit.is_some() && value.unit != high.unit {
        return;
    }
    // Behind a bare noun, `NPS 32 to 45` goes from one to the other.
    let stands_free = match value.first.checked_sub(1) {
        None => true,
        Some(at) => is_verb(at) || matches!(before, "up" | "on" | "back"),
    };
    let is_introduced = matches!(
        before,
        "by" | "about"
            | "roughly"
            | "around"
            | "between"
            | "a"
            | "an"
            | "to"
            | "of"
            | "at"
            | "least"
            | "another"
    );
    if link == "to" && !stands_free && !is_introduced {
        return;
    }
    if let (None, Some(scale)) = (value.scale, high.scale) {
        value.amount = value
            .amount
            .checked_mul(scale)
            .unwrap_or(value.amount)
            .normalize();
    }
    if high.amount < value.amount {
        return;
    }
    value.scale = value.scale.or(high.scale);
    value.high = Some(high.amount);
    value.unit = value.unit.take().or(high.unit);
    value.unit_at = value.unit_at.or(high.unit_at);
    value.end = high.end;
}

/// Returns whether `from` stands before a value, with nothing but small words between.
fn is_from(words: &Words<'_, '_>, first: usize) -> bool {
    words.tokens[..first]
        .iter()
        .rev()
        .take(3)
        .map(|token| &*token.lower)
        .find(|word| {
            !matches!(
                *word,
                "a" | "an" | "the" | "about" | "roughly" | "around" | "some" | "~"
            )
        })
        == Some("from")
}
