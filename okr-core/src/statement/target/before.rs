//! What stands before a number and belongs to it: `a further`, `at least`, `up`.

use super::Way;
use super::better::is_lower_better;
use super::bound::{BoundAt, bound_before};
use crate::statement::clause::Clause;
use crate::statement::lexicon::Class;
use crate::statement::value::Value;
use crate::statement::words::Words;

/// What stands before a number and belongs to it.
pub(super) struct Before {
    /// Where the words that belong to the number begin.
    pub(super) at: usize,
    pub(super) bound: Option<BoundAt>,
    /// Which way words such as `additional` say that it goes.
    pub(super) comparative: Option<Way>,
    /// Which way `up` or `down` behind the measure says that it goes.
    pub(super) heading: Option<Way>,
}

impl Before {
    pub(super) fn of(words: &Words<'_, '_>, value: &Value, clause: &Clause<'_>) -> Self {
        // Words that say about how much; `or` only within `at or below`, which is read as one.
        let skip_small = |mut at: usize| {
            while at > clause.first && words.is(Class::Approximate, at - 1) {
                at -= 1;
            }
            at
        };
        let mut at = skip_small(value.first);
        let is_more = |at: usize| matches!(words.word(at), "additional" | "extra" | "further");
        let comparative = (at..value.first).any(is_more).then_some(Way::Up);
        let bound = bound_before(words, at, clause.first);
        let bound = bound.map(|(from, bound)| {
            let end = at;
            at = skip_small(from);
            (bound, Some((from, end)))
        });
        if at > clause.first && words.word(at - 1) == "between" {
            at -= 1;
        }
        if at > clause.first + 1 && words.word(at - 1) == "to" && words.word(at - 2) == "up" {
            // `by up to 15%` is a change; `up to 78%` alone is a value to arrive at.
            let is_change = at >= 3 && words.word(at - 3) == "by";
            at = skip_small(at - usize::from(is_change) * 2);
        }
        Self {
            at,
            bound,
            comparative,
            // `Error rate down to 1%`, `On-time payments up 20%`.
            heading: heading(words, at, clause),
        }
    }
}

/// Returns which way `up` or `down` behind a measure says that a number goes, which begins at a token or
/// behind a `to` there.
fn heading(words: &Words<'_, '_>, at: usize, clause: &Clause<'_>) -> Option<Way> {
    let link = at.checked_sub(1)?;
    let is_to = words.word(link) == "to";
    let at = link.checked_sub(usize::from(is_to))?;
    let way = match words.word(at) {
        "up" => Way::Up,
        "down" => Way::Down,
        _ => return None,
    };
    // A verb before it makes it a particle: `push churn down`, `follow up`.
    let is_free = clause.verb.as_ref().is_none_or(|verb| verb.at > at) && at > clause.first;
    let behind_noun = is_free
        && at < words.tokens.len()
        && words.tokens[at - 1].is_word()
        && !words.is_link(at - 1);
    behind_noun.then_some(way)
}

/// Returns which way a noun of change goes that a number behind `of` belongs to: `a drop of 10%`,
/// `an improvement in accuracy of 5 pp`.
pub(super) fn named_change(words: &Words<'_, '_>, of: usize, clause: &Clause<'_>) -> Option<Way> {
    let from = clause.first.max(of.saturating_sub(8));
    let noun = (from..of).rev().find(|at| {
        words.is(Class::Rise, *at) || words.is(Class::Fall, *at) || words.is(Class::Gain, *at)
    })?;
    // It names the change itself: right before `of`, or with `in` behind it and an article before it.
    let is_head = noun + 1 == of || matches!(words.word(noun + 1), "in" | "of" | "to");
    let before = noun.checked_sub(1).map_or("", |before| words.word(before));
    let is_verb = clause.verb.as_ref().is_some_and(|verb| verb.at == noun);
    if !is_head
        || is_verb && noun + 1 != of
        || !matches!(before, "a" | "an" | "the" | "" | "further")
            && noun + 1 != of
            && noun != clause.first
    {
        return None;
    }
    if words.is(Class::Gain, noun) {
        let lower = is_lower_better(words, noun + 1, of);
        return Some(if lower { Way::Down } else { Way::Up });
    }
    Some(if words.is(Class::Rise, noun) {
        Way::Up
    } else {
        Way::Down
    })
}
