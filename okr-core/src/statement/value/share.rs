//! A part of a whole, or a score: `9 out of 10`, `one in five`, `4.2 of 5 stars`.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::number::{core, multiplier};
use super::unit::unit;
use super::{Form, Value};
use crate::statement::lexicon::Class;
use crate::statement::words::Words;

/// Reads `9 out of 10`, `18 of 24` and `one in five`.
pub(super) fn share(words: &Words<'_, '_>, value: &mut Value) {
    if value.unit.is_some() || value.scale.is_some() {
        return;
    }
    let at = value.end;
    let skip = match (words.word(at), words.word(at + 1)) {
        ("out", "of") => 2,
        ("of" | "in", _) => 1,
        _ => return,
    };
    let is_in = words.word(at) == "in";
    let Some(whole) = core(words, at + skip).filter(|whole| whole.form == Form::Plain) else {
        return;
    };
    // `5 in 2026` and `40 of 2025` name a year; `3 in 10 days` a time.
    let is_year = whole.is_digits && whole.amount >= 1900.into() && whole.amount <= 2100.into();
    let mut unit_probe = whole.clone();
    multiplier(words, &mut unit_probe);
    unit(words, &mut unit_probe);
    if is_year
        || whole.amount < value.amount
        || whole.amount.is_zero()
        || (is_in && value.amount != Decimal::ONE && !is_round_whole(&whole))
        || unit_probe.unit.is_some()
        || unit_probe.form != Form::Plain
    {
        return;
    }
    let after = words.word(whole.end);
    let has_population = words
        .tokens
        .get(whole.end)
        .is_some_and(|token| token.is_word())
        && !words.is_link(whole.end)
        && !words.is(Class::Rating, whole.end);
    let before = value
        .first
        .checked_sub(1)
        .map_or("", |before| words.word(before));
    let rates = !is_in
        && !has_population
        && (words.is(Class::Rating, whole.end)
            || value.amount.scale() > 0
            || matches!(before, "to" | "at" | "of" | "→")
            || rates_near(words, value.first));
    if rates {
        value.unit = Some(Cow::Owned(format!("/{}", whole.amount.normalize())));
        value.unit_at = Some((at, whole.end));
        value.end = whole.end + usize::from(after == "stars");
        return;
    }
    let percent = value
        .amount
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|amount| amount.checked_div(whole.amount));
    if let Some(percent) = percent {
        value.amount = percent.round_dp(2).normalize();
        value.unit = Some(Cow::Borrowed("%"));
        value.form = Form::Share;
        value.end = whole.end;
    }
}

/// So many tokens before and behind a share are looked at for what it rates.
const RATING_REACH: usize = 30;

fn rates_near(words: &Words<'_, '_>, at: usize) -> bool {
    let first = at.saturating_sub(RATING_REACH);
    (first..first + 2 * RATING_REACH).any(|at| words.is(Class::Rating, at))
}

/// Returns whether a whole is one of which shares are told: `9 in 10`, `95 in 100`.
fn is_round_whole(whole: &Value) -> bool {
    whole.amount == Decimal::TEN || whole.amount == Decimal::ONE_HUNDRED
}
