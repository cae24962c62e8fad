//! The words of a statement in the next period.

use std::borrow::Cow;

use crate::model::{Quantity, Target};
use crate::statement::Reading;
use crate::text::Span;

/// What becomes of the start that a statement names.
#[derive(Clone, Copy, Debug)]
pub(super) enum Start<'q> {
    /// It is this value.
    At(&'q Quantity),
    /// It is named no more.
    Unsaid,
}

/// Returns a statement as it reads in the next period: with the new start in the place of the one that it names, with
/// the value in the place of a change, and without its deadline.
///
/// `start` and `goal` are what the key result has there. What the words do not say stays unsaid.
pub(super) fn carried<'t>(
    text: &'t str,
    reading: &Reading,
    start: Option<Start<'_>>,
    goal: Option<&Target>,
) -> Cow<'t, str> {
    let parts = &reading.parts;
    let mut patches: Vec<(Span, String)> = Vec::new();
    if let (Some(span), Some(start)) = (parts.start, start) {
        patches.push(match start {
            Start::At(start) => (span, like(span.of(text), start)),
            Start::Unsaid => (with_way(text, span), String::new()),
        });
    }
    if let (Some(span), Some(Target::Value { value, .. })) = (parts.target, goal)
        && let Some(change) = change(text, span)
    {
        patches.push((change, format!("to {value}")));
    }
    if let Some(deadline) = parts.deadline {
        patches.push((with_gap(text, deadline), String::new()));
    }
    if patches.is_empty() {
        return Cow::Borrowed(text);
    }
    patches.sort_by_key(|(span, _)| span.start());
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in patches {
        // Parts that overlap are left as they are: the first one counts.
        if span.start() < at {
            continue;
        }
        out.push_str(&text[at..span.start()]);
        out.push_str(&new);
        at = span.end();
    }
    out.push_str(&text[at..]);
    match out.trim() {
        "" => Cow::Borrowed(text),
        words => Cow::Owned(words.to_owned()),
    }
}

/// Returns a value in the form of the one that it replaces: without a unit where that has none.
fn like(old: &str, new: &Quantity) -> String {
    let is_bare = old
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−'));
    if is_bare {
        new.value.to_string()
    } else {
        new.to_string()
    }
}

/// Returns the words of a change, such as `by 25%`; nothing for a value to reach.
fn change(text: &str, target: Span) -> Option<Span> {
    const BY: &str = "by ";
    let words = target.of(text);
    if words
        .get(..BY.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(BY))
    {
        return Some(target);
    }
    let before = &text[..target.start()];
    let head = before.get(before.len().checked_sub(BY.len())?..)?;
    let is_word = before[..before.len() - BY.len()].ends_with(' ');
    (head.eq_ignore_ascii_case(BY) && is_word)
        .then(|| Span::new(target.start() - BY.len(), target.end()))
}

/// Returns a start with the words around it that lead from it to the target: `from` before it, an arrow behind it, and
/// the blanks up to the next word.
fn with_way(text: &str, start: Span) -> Span {
    const FROM: &str = "from ";
    let before = &text[..start.start()];
    let head = before.len().checked_sub(FROM.len());
    let head = head.filter(|at| {
        let words = text.get(*at..start.start());
        words.is_some_and(|words| words.eq_ignore_ascii_case(FROM))
    });
    let after = &text[start.end()..];
    let rest = after.trim_start();
    let rest = ["→", "->"]
        .iter()
        .find_map(|arrow| rest.strip_prefix(arrow))
        .unwrap_or(rest);
    Span::new(
        head.unwrap_or(start.start()),
        text.len() - rest.trim_start().len(),
    )
}

/// Returns a part with the blanks, and the comma, before it.
fn with_gap(text: &str, part: Span) -> Span {
    let before = text[..part.start()].trim_end();
    let before = before.strip_suffix(',').unwrap_or(before);
    Span::new(before.len(), part.end())
}
