//! Marks in front of titles: `O1:`, `KR 1.1 –`, `1.`, `•`.

use super::number;
use super::text::Kind;
use crate::import::words;

/// As many bytes as the words of a mark have at most.
const LONGEST_MARK: usize = 28;

/// A mark in front of a title, and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked<'t> {
    /// What it says of the kind of element.
    pub(crate) kind: Option<Kind>,
    /// The mark as a reference: `O1`, `KR1.1`; empty for a bullet.
    pub(crate) reference: &'t str,
    /// The words behind it.
    pub(crate) rest: &'t str,
}

/// Takes a mark such as `O1:`, `KR 1.1 –`, `Objective 2:`, `1.` or `•` off the front of a title.
pub(crate) fn unmark(text: &str) -> Marked<'_> {
    let text = text.trim();
    let none = Marked {
        kind: None,
        reference: "",
        rest: text,
    };
    if let Some(rest) = text.strip_prefix([
        '•', '‣', '▪', '◦', '●', '–', '—', '➔', '→', '○', '■', '□', '☐', '☑', '✓', '✔', '\u{f0b7}',
        '·', '»',
    ]) {
        let rest = rest.trim_start();
        return if rest.is_empty() {
            none
        } else {
            Marked {
                rest,
                ..unmark_inner(rest).unwrap_or(none)
            }
        };
    }
    // `-> Call them` is an item; `-> 240` is where a number goes.
    let arrow = text
        .starts_with(['-', '=', '–', '>'])
        .then(|| {
            ["->", "=>", "-->", "–>", ">"]
                .iter()
                .find_map(|arrow| text.strip_prefix(arrow)?.strip_prefix(' '))
        })
        .flatten()
        .filter(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    if let Some(rest) = arrow
        .or_else(|| text.strip_prefix("- "))
        .or_else(|| text.strip_prefix("* "))
    {
        return Marked {
            rest: rest.trim_start(),
            ..none
        };
    }
    unmark_inner(text).unwrap_or(none)
}

/// Takes a letter in the place of a number off: `A) Cash sooner`.
fn lettered(text: &str) -> Option<Marked<'_>> {
    let (letter, rest) = text.split_once(") ")?;
    let is_letter = matches!(letter.as_bytes(), [b'A'..=b'Z' | b'a'..=b'z']);
    (is_letter && !rest.trim().is_empty()).then(|| Marked {
        kind: None,
        reference: letter,
        rest: rest.trim_start(),
    })
}

fn unmark_inner(text: &str) -> Option<Marked<'_>> {
    if let Some(marked) = lettered(text) {
        return Some(marked);
    }
    let (open, body) = match text.strip_prefix(['[', '(']) {
        Some(body) => (true, body),
        None => (false, text),
    };
    // A mark stands in front; what comes later in a sentence is none.
    let head = body.len().min(LONGEST_MARK);
    let digits_at = body.bytes().take(head).position(|b| b.is_ascii_digit());
    if digits_at.is_none() && !body.bytes().take(head).any(|b| b == b':') {
        return None;
    }
    // Words such as `Objective:` without a number.
    if let Some((head, rest)) = body.split_once(':')
        && head.len() <= 24
        && !head.contains(|c: char| c.is_ascii_digit())
        && let Some(kind) = kind_of_word(&words::normal(head))
        && !rest.trim().is_empty()
        && (head.chars().count() > 1 || head.chars().all(char::is_uppercase))
    {
        return Some(Marked {
            kind: Some(kind),
            reference: "",
            rest: rest.trim(),
        });
    }
    let at = digits_at?;
    let word = body[..at].trim_end_matches([' ', '.', '-', '_', '#', '\u{a0}']);
    // `Objectif n°1`, `Ziel Nr. 2`
    let bare = ["n°", "nº", "N°", "Nº", "nr", "Nr", "no", "No"]
        .iter()
        .find_map(|number| word.strip_suffix(number)?.strip_suffix([' ', '\u{a0}']));
    let word = bare.map_or(word, str::trim_end);
    let kind = if word.is_empty() {
        None
    } else {
        Some(kind_of_word(&words::normal(word)).filter(|_| word.len() <= 24)?)
    };
    let length = body[at..]
        .char_indices()
        .take_while(|(i, c)| {
            c.is_ascii_digit()
                || (matches!(c, '.' | '-')
                    && body[at + i + 1..].starts_with(|next: char| next.is_ascii_digit()))
                // `O1-KR2` and `O1.KR2`
                || c.is_ascii_uppercase() && kind.is_some()
                || (matches!(c, '.' | '-') && kind.is_some()
                    && body[at + i + 1..].starts_with(|next: char| next.is_ascii_uppercase()))
        })
        .map(|(i, c)| i + c.len_utf8())
        .last()?;
    let number = &body[at..at + length];
    let rest = &body[at + length..];
    // `O2C float` and `R2R` are words.
    if number.ends_with(char::is_alphabetic) && rest.starts_with(char::is_whitespace) {
        return None;
    }
    let reference = body[..at + length].trim();
    let (rest, is_closed) = match rest.strip_prefix([']', ')']) {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    if open && !is_closed {
        return None;
    }
    let after = rest.trim_start();
    let (after, has_sign) = match after.strip_prefix([':', '–', '—', '|', '-', '.', '→', '·', '•'])
    {
        Some(after) => (after.trim_start(), true),
        None => (after, is_closed),
    };
    if after.is_empty() || !after.starts_with(|c: char| !c.is_ascii_digit() || has_sign) {
        return None;
    }
    let kind = if reference.contains("KR") || reference.contains("kr") {
        Some(Kind::KeyResult)
    } else {
        kind
    };
    let has_blank = rest.starts_with(char::is_whitespace);
    let is_mark = if kind.is_some() {
        has_sign || has_blank
    } else {
        // A bare number is a mark when a sign closes it, or when it has dots: `1.`, `1)`, `1.1 `.
        let is_dotted = number.contains('.') && has_blank;
        let is_listed = has_sign && rest_begins_list(rest) && after.len() < rest.len();
        is_closed
            || is_listed
            || (is_dotted && after.starts_with(char::is_uppercase) && !looks_like_amount(after))
    };
    is_mark.then_some(Marked {
        kind,
        reference,
        rest: after,
    })
}

/// Returns whether what follows a bare number closes it as a list does: `1.`, `1)`, `1:`, `1 -`.
fn rest_begins_list(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        // `1. Calls`, but not `3-way match`.
        Some('.' | ':' | ')' | '-' | '–') => chars.next().is_some_and(char::is_whitespace),
        Some(' ') => {
            let after = rest.trim_start();
            after.starts_with("- ") || after.starts_with("– ")
        }
        _ => true,
    }
}

/// Returns whether words that begin with a capital go on an amount, as `1.5 Tage` does; most begin a title.
fn looks_like_amount(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or_default();
    number::money(word).is_some() || words::is("unit-noun", &words::normal(word))
}

/// Returns the kind of element that a word in its normal form names, a type or a mark.
pub(crate) fn kind_of_word(normal: &str) -> Option<Kind> {
    let singular = normal.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    words::kind(normal).or_else(|| words::kind(singular).filter(|_| singular.len() < normal.len()))
}

/// Returns the kind of element that a mark in a cell of its own names: `O1`, `KR1.1`, `Init`, `Iniz.`.
pub(crate) fn kind_of_mark(text: &str) -> Option<Kind> {
    kind_of_whole_mark(text).or_else(|| kind_of_short_word(text))
}

/// Returns the kind of element that a shortened word names: `Maßn.`, `Iniz. 2`.
fn kind_of_short_word(text: &str) -> Option<Kind> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | ':' | ')');
    let word = text.trim().trim_end_matches(is_number).strip_suffix('.')?;
    let is_word = (3..=12).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
    is_word.then(|| words::kind_abbreviated(&words::normal(word)))?
}

fn kind_of_whole_mark(text: &str) -> Option<Kind> {
    let text = text.trim().trim_end_matches([':', '.', ')']);
    let letters: String = text
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect::<String>()
        .to_lowercase();
    if letters.is_empty() || text.len() > 24 {
        return None;
    }
    // `O1-KR2-I1`: the last letters say it.
    let last = text
        .rsplit(|c: char| !c.is_alphabetic())
        .find(|part| !part.is_empty())?;
    let first = text
        .split(|c: char| !c.is_alphabetic())
        .find(|part| !part.is_empty())?;
    if last != first && text.split_whitespace().count() == 1 {
        return kind_of_word(&words::normal(last));
    }
    kind_of_word(&words::normal(text.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | '-' | ' ' | '#')
    })))
}
