//! What stands behind a number and says which way it goes: `25% more`, `a 10% uplift`, `60% of today's level`.

use super::better::is_lower_better;
use super::{NOUN_REACH, Way};
use crate::statement::lexicon::Class;
use crate::statement::token::TokenKind;
use crate::statement::value::{Form, Value, value_at};
use crate::statement::words::Words;

/// Reads what stands beside a number: which way it goes, and whether it is a part of today's level.
pub(super) fn beside(
    words: &Words<'_, '_>,
    values: &[Value],
    value: &Value,
    after: usize,
    end: usize,
) -> (Option<Way>, bool) {
    let next = words.word(after);
    // `60% of today's level`, `a third of its 2025 level`.
    if next == "of" {
        let owner = words.word(after + 1);
        let is_today = owner.starts_with("today")
            || owner.starts_with("yesterday")
            || (after + 1..(after + 6).min(words.tokens.len())).any(|at| {
                matches!(
                    words.word(at),
                    "level"
                        | "levels"
                        | "value"
                        | "baseline"
                        | "figure"
                        | "volume"
                        | "size"
                        | "total"
                )
            }) && (matches!(
                owner,
                "the"
                    | "its"
                    | "their"
                    | "our"
                    | "last"
                    | "this"
                    | "current"
                    | "what"
                    | "present"
                    | "baseline"
                    | "previous"
                    | "original"
                    | "prior"
                    | "a"
            ) || owner.chars().all(|c| c.is_ascii_digit()))
            || matches!(
                (owner, words.word(after + 2)),
                (
                    "the" | "its" | "our" | "their",
                    "current" | "present" | "original" | "existing" | "baseline" | "previous"
                )
            )
            || matches!(owner, "last" | "current" | "present")
                && words.word(after + 2).ends_with("'s")
            || matches!((owner, words.word(after + 2)), ("what", "it"));
        return (None, is_today);
    }
    // `25% more`, `10 days faster`.
    if words.is(Class::More, after) && !is_tail_than(words, after) {
        return (Some(Way::Up), false);
    }
    if words.is(Class::Fewer, after) && !is_tail_than(words, after) {
        return (Some(Way::Down), false);
    }
    if matches!(next, "up" | "above" | "better")
        && value.unit.is_some()
        && words.word(after + 1) != "to"
        && words.word(after + 1) != "from"
    {
        let compares =
            words.word(after + 1) == "on" || words.word(after + 1) == "last" || next == "better";
        if compares {
            return (Some(Way::Up), false);
        }
    }
    // The noun at the end of the phrase: `12% cost reduction`, `a 10% uplift`.
    let mut head = None;
    let mut at = after;
    while at < end && at < after + 5 {
        let is_value = value_at(values, at).is_some_and(|value| value.first == at);
        if !words.can_be_noun(at) || is_value {
            break;
        }
        head = Some(at);
        at += 1;
    }
    let Some(head) = head else {
        return (None, false);
    };
    let takes_change = value.unit.is_some() || matches!(value.form, Form::Factor | Form::Fraction);
    let way = if !takes_change {
        None
    } else if words.is(Class::Rise, head) {
        Some(Way::Up)
    } else if words.is(Class::Fall, head) {
        Some(Way::Down)
    } else if words.is(Class::Gain, head) {
        // An improvement goes the way that is better for what it is of.
        Some(
            if is_lower_better(words, head + 2, end.min(head + 2 + NOUN_REACH)) {
                Way::Down
            } else {
                Way::Up
            },
        )
    } else {
        None
    };
    // `growth rate` and `growth in` differ: the noun of change must end the phrase.
    (way, false)
}

/// Returns whether a comparative belongs to a bound: `more than`.
fn is_tail_than(words: &Words<'_, '_>, at: usize) -> bool {
    words.word(at + 1) == "than"
        && words
            .tokens
            .get(at + 2)
            .is_some_and(|token| matches!(token.kind, TokenKind::Number(_)))
}
