//! What stands before a statement and is no part of it: `KR2.1:`, a bullet, a check box.

use crate::statement::token::{Token, TokenKind};

/// Returns how many tokens a label such as `KR2.1:` or a bullet has.
pub(in crate::statement) fn label(tokens: &[Token<'_>]) -> usize {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is(word));
    let is_number = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| matches!(token.kind, TokenKind::Number(_)))
    };
    let mut at = 0;
    while ["-", "*", "•", "–", "—", "·", "‣", "▪", "●"]
        .iter()
        .any(|bullet| is(at, bullet))
        && tokens.get(at + 1).is_some_and(|next| !next.is_glued)
    {
        at += 1;
    }
    // A check box.
    if is(at, "[") && (is(at + 1, "]") || is(at + 2, "]")) {
        at += if is(at + 1, "]") { 2 } else { 3 };
    }
    let start = at;
    let name = tokens.get(at).map_or("", |token| &*token.lower);
    let mut is_named = false;
    if matches!(name, "key") && is(at + 1, "result") {
        (at, is_named) = (at + 2, true);
    } else if name == "objective" {
        (at, is_named) = (at + 1, true);
    } else if let Some(rest) = name.strip_prefix("kr").or_else(|| name.strip_prefix('o')) {
        let is_label = rest.chars().all(|c| c.is_ascii_digit() || c == '.');
        if is_label && (!rest.is_empty() || name == "kr" || is(at + 1, ":")) {
            (at, is_named) = (at + 1, true);
        }
    }
    if is(at, "#") {
        at += 1;
        is_named = true;
    }
    // Its number, in one piece or in several: `2.1`, `1.2.3`, `3)`.
    while is_number(at) && at < start + 6 {
        let ends = [":", ")", "-", "–", "—", "."]
            .iter()
            .any(|end| is(at + 1, end));
        let is_decimal = tokens[at].text.contains('.');
        if !(is_named || ends || is_decimal) {
            break;
        }
        // `-` between numbers is a range.
        let is_range = ["-", "–", "—"].iter().any(|end| is(at + 1, end))
            && tokens[at + 1].is_glued
            && is_number(at + 2);
        if is_range && !is_named {
            break;
        }
        if !is_named && !ends && tokens.get(at + 1).is_none_or(|next| !next.is_capitalised()) {
            break;
        }
        at += 1;
        is_named = true;
        if is(at, ".") && is_number(at + 1) {
            at += 1;
            continue;
        }
        break;
    }
    if at == start {
        return start;
    }
    if is_named {
        let ends = [":", ")", ".", "-", "–", "—", "|"];
        if ends.iter().any(|end| is(at, end)) {
            return at + 1;
        }
        // `KR1 Reduce …`, `#4 Reduce …` bear no sign.
        let follows = tokens.get(at).is_some_and(|token| token.is_word());
        return if follows { at } else { start };
    }
    start
}
