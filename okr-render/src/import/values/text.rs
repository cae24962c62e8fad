//! Words of a cell: one line of them, without marks, bullets and units in brackets.

use std::borrow::Cow;

use okr_core::model::one_line;

use super::number;
use crate::import::words;
use crate::sheets::guard::unguard;
use crate::table::{Cell, Value};

/// What kind of element a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// The plan itself.
    Plan,
    /// An objective.
    Objective,
    /// A key result.
    KeyResult,
    /// An initiative.
    Initiative,
    /// A remark on the row above.
    Note,
}

/// Returns the words of a cell as they stand there, without an apostrophe that an exporter put in front.
pub(crate) fn words_of(cell: &Cell) -> Cow<'_, str> {
    match &cell.value {
        Value::Text(text) => Cow::Borrowed(unguard(text)),
        Value::Empty => Cow::Borrowed(""),
        other => Cow::Owned(other.to_string()),
    }
}

/// Returns the words of a cell on one line; nothing where there are none, or where they only say so.
pub(crate) fn line_of(cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Text(text) => {
            let text = unguard(text);
            let line = if is_tidy(text) {
                text.to_owned()
            } else {
                one_line(&text.replace(['\u{a0}', '\u{202f}', '\u{200b}', '\u{feff}'], " "))
            };
            (!line.is_empty()).then_some(line)
        }
        Value::Empty | Value::Error(_) => None,
        other => Some(other.to_string()),
    }
}

/// Returns whether a text is on one line already.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && !bytes[0].is_ascii_whitespace()
        && !bytes[bytes.len() - 1].is_ascii_whitespace()
        && bytes
            .windows(2)
            .all(|two| !two[1].is_ascii_whitespace() || (two[1] == b' ' && two[0] != b' '))
        && text.is_ascii()
}

/// Returns whether a text says that there is no value: `n/a`, `TBD`, a dash, `#DIV/0!`.
pub(crate) fn is_no_value(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 40 {
        return false;
    }
    if text.starts_with('#') && text.ends_with(['!', '?', 'A']) && text.len() > 2 {
        return text[1..]
            .chars()
            .all(|c| c.is_ascii_uppercase() || matches!(c, '/' | '0' | '!' | '?'));
    }
    let normal = words::normal(text);
    if normal.is_empty() {
        return !text.is_empty()
            && text
                .chars()
                .all(|c| "-–—−?.…/*_~·'".contains(c) || c.is_whitespace());
    }
    words::is("none", &normal)
}

/// Returns whether a cell says that there is no value, rather than being empty.
pub(crate) fn says_no_value(cell: &Cell) -> bool {
    match &cell.value {
        Value::Error(_) => true,
        Value::Text(text) => is_no_value(unguard(text)),
        _ => false,
    }
}

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
    if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        return Marked {
            rest: rest.trim_start(),
            ..none
        };
    }
    unmark_inner(text).unwrap_or(none)
}

fn unmark_inner(text: &str) -> Option<Marked<'_>> {
    let (open, body) = match text.strip_prefix(['[', '(']) {
        Some(body) => (true, body),
        None => (false, text),
    };
    let digits_at = body.find(|c: char| c.is_ascii_digit());
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
    let reference = body[..at + length].trim();
    let (rest, is_closed) = match rest.strip_prefix([']', ')']) {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    if open && !is_closed {
        return None;
    }
    let after = rest.trim_start();
    let (after, has_sign) = match after.strip_prefix([':', '–', '—', '|', '-', '.', '→']) {
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
    let is_mark = match kind {
        Some(_) => has_sign || has_blank,
        // A bare number is a mark when a sign closes it, or when it has dots: `1.`, `1)`, `1.1 `.
        None => {
            let is_dotted = number.contains('.') && has_blank && number.split('.').count() > 1;
            is_closed
                || (has_sign && rest_begins_list(rest) && (is_closed || after.len() < rest.len()))
                || (is_dotted && after.starts_with(char::is_uppercase) && !looks_like_amount(after))
        }
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
        Some('.' | ':' | ')') => chars.next().is_some_and(char::is_whitespace),
        Some(' ') => {
            let after = rest.trim_start();
            after.starts_with("- ") || after.starts_with("– ")
        }
        _ => true,
    }
}

fn looks_like_amount(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or_default();
    number::money(word).is_some() || words::is("unit-word", &words::normal(word))
}

/// Returns the kind of element that a word in its normal form names, a type or a mark.
pub(crate) fn kind_of_word(normal: &str) -> Option<Kind> {
    let singular = normal.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    for word in [normal, singular] {
        for (class, kind) in [
            ("type-objective", Kind::Objective),
            ("type-key-result", Kind::KeyResult),
            ("type-initiative", Kind::Initiative),
            ("type-note", Kind::Note),
            ("type-plan", Kind::Plan),
        ] {
            if words::is(class, word) {
                return Some(kind);
            }
        }
    }
    None
}

/// Returns the kind of element that a mark in a cell of its own names: `O1`, `KR1.1`, `Init`.
pub(crate) fn kind_of_mark(text: &str) -> Option<Kind> {
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

/// Returns a title without a unit in brackets at its end, and the unit.
///
/// Only words that are known as units are taken off: `DSO (days)`, `Error rate (%)`.
pub(crate) fn split_unit(title: &str) -> Option<(&str, String)> {
    let (open, close) = match title.chars().last()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return None,
    };
    let at = title.rfind(open)?;
    let inner = title[at + 1..].strip_suffix(close)?;
    let before = title[..at].trim_end();
    if before.is_empty() {
        return None;
    }
    is_unit(inner).then(|| number::unit(inner).map(|unit| (before, unit)))?
}

/// Returns whether a text is a unit that everybody knows.
pub(crate) fn is_unit(text: &str) -> bool {
    let text = text.trim();
    let text = text
        .strip_prefix("in ")
        .or_else(|| text.strip_prefix("# of "))
        .unwrap_or(text);
    if text == "%" || number::money(text).is_some() {
        return true;
    }
    let normal = words::normal(text);
    if normal.is_empty() || text.chars().count() > 30 {
        return false;
    }
    let mut words = normal.split(' ');
    let first = words.next().unwrap_or_default();
    words::is("unit-word", &normal)
        || words::is("unit-percent", &normal)
        || (matches!(first, "per" | "pro" | "par" | "por") && words.next().is_some())
        || (text.starts_with('/') && normal.len() <= 12)
        || (words::is("unit-word", first)
            && matches!(
                normal.split(' ').nth(1),
                Some("per" | "pro" | "par" | "por")
            ))
}

/// Splits a cell into its items: lines, bullets, numbered lines.
///
/// A semicolon parts items only where something else, such as a second line, shows that it is a list;
/// inside one sentence it stays.
pub(crate) fn items(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    for line in text.split(['\n', '\r', '\u{b}', '\u{2028}']) {
        for piece in line.split(['•', '▪', '●', '‣', '◦', '■', '\u{f0b7}']) {
            let piece = one_line(&piece.replace(['\u{a0}', '\u{202f}', '\u{200b}'], " "));
            let piece = piece.trim_end_matches([';']).trim();
            let piece = unmark(piece).rest;
            let piece = strip_box(piece);
            if !piece.is_empty() && !is_no_value(piece) {
                items.push(piece.to_owned());
            }
        }
    }
    items
}

/// Takes a box to tick off the front: `[ ]`, `[x]`, `☐`.
fn strip_box(text: &str) -> &str {
    for mark in ["[ ] ", "[x] ", "[X] ", "[] "] {
        if let Some(rest) = text.strip_prefix(mark) {
            return rest.trim();
        }
    }
    text
}

/// Returns the title that two spellings share: without case, accents, punctuation and a `(cont.)` tail.
pub(crate) fn title_key(title: &str) -> String {
    let mut text = title.trim();
    if let Some(at) = text.rfind(['(', '[', '–', '-', '…'])
        && words::is("continued", &words::normal(&text[at..]))
    {
        text = text[..at].trim_end();
    }
    words::normal(text)
}

/// Returns the title without a `(cont.)` tail.
pub(crate) fn without_tail(title: &str) -> &str {
    if let Some(at) = title.rfind(['(', '[', '–', '…'])
        && words::is("continued", &words::normal(&title[at..]))
    {
        return title[..at].trim_end();
    }
    title
}

/// Returns the names in an owner's cell as one text; nothing where nobody is named.
///
/// Lists by line or semicolon come out with commas; an id behind a name (`Ben (10000002)`) is left off.
pub(crate) fn owner(cell: &Cell) -> Option<String> {
    let text = match &cell.value {
        Value::Text(text) => unguard(text).trim(),
        _ => return None,
    };
    if text.is_empty() || is_no_value(text) {
        return None;
    }
    let is_plain = !text.contains([';', '\n', '\r', '(', '\u{a0}'])
        && !(text.contains(',') && text.contains('@'));
    if is_plain {
        return Some(if is_tidy(text) {
            text.to_owned()
        } else {
            one_line(text)
        });
    }
    let is_list_of_mail = text.matches('@').count() > 1;
    let names: Vec<String> = text
        .split(|c: char| matches!(c, ';' | '\n' | '\r') || (c == ',' && is_list_of_mail))
        .map(|name| one_line(&name.replace('\u{a0}', " ")))
        .map(|name| without_id(&name).to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Returns a name without the number of its account behind it.
fn without_id(name: &str) -> &str {
    let inner = name
        .strip_suffix(')')
        .and_then(|open| open.rsplit_once('('));
    match inner {
        Some((before, id)) if id.len() >= 3 && id.bytes().all(|b| b.is_ascii_digit()) => {
            before.trim_end()
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kind: Option<Kind>, reference: &str, rest: &str) {
        assert_eq!(
            unmark(text),
            Marked {
                kind,
                reference,
                rest
            }
        );
    }

    #[test]
    fn marks_come_off_titles() {
        check(
            "O1: Feel at home",
            Some(Kind::Objective),
            "O1",
            "Feel at home",
        );
        check(
            "KR1.1 Satisfaction",
            Some(Kind::KeyResult),
            "KR1.1",
            "Satisfaction",
        );
        check("KR 1.2 – Keys", Some(Kind::KeyResult), "KR 1.2", "Keys");
        check(
            "Objective 2: Pay",
            Some(Kind::Objective),
            "Objective 2",
            "Pay",
        );
        check("Objective: Pay", Some(Kind::Objective), "", "Pay");
        check("[KR2] Pay", Some(Kind::KeyResult), "KR2", "Pay");
        check("1. Pay", None, "1", "Pay");
        check("1) Pay", None, "1", "Pay");
        check("1.2 Pay", None, "1.2", "Pay");
        check("• Pay", None, "", "Pay");
        check("- Pay", None, "", "Pay");
    }

    #[test]
    fn what_only_begins_like_a_mark_stays() {
        for text in [
            "3 new sites",
            "+1 from each site joins",
            "100% of orders",
            "1.5 days to post",
            "24/7 support",
            "Old: new",
            "2026 in review",
            "4.5 stars",
            "Payroll: right the first time",
        ] {
            check(text, None, "", text);
        }
    }

    #[test]
    fn units_come_off_titles_where_they_are_known() {
        assert_eq!(split_unit("DSO (days)"), Some(("DSO", "days".to_owned())));
        assert_eq!(
            split_unit("Error rate (%)"),
            Some(("Error rate", "%".to_owned()))
        );
        assert_eq!(split_unit("Disputes (Germany)"), None);
        assert_eq!(split_unit("Cost (€)"), Some(("Cost", "EUR".to_owned())));
    }

    #[test]
    fn a_cell_may_hold_several_items() {
        let list = |text: &str| items(text).join(" | ");
        assert_eq!(list("• Move\n• Call"), "Move | Call");
        assert_eq!(list("1. Move\r\n2. Call"), "Move | Call");
        assert_eq!(list("Schnittstelle; Abgleich"), "Schnittstelle; Abgleich");
        assert_eq!(list("—"), "");
        assert_eq!(list("tbd"), "");
    }

    #[test]
    fn owners_are_kept_as_written() {
        let owner = |text: &str| owner(&Cell::text(text));
        assert_eq!(owner("Ben (10000002)").as_deref(), Some("Ben"));
        assert_eq!(owner("Lindqvist, Per").as_deref(), Some("Lindqvist, Per"));
        assert_eq!(
            owner("a@x.org,b@x.org").as_deref(),
            Some("a@x.org, b@x.org")
        );
        assert_eq!(
            owner("Lena Fox <l@x.org>").as_deref(),
            Some("Lena Fox <l@x.org>")
        );
        assert_eq!(owner("TBD"), None);
    }

    #[test]
    fn nothing_is_said_in_many_ways() {
        for text in [
            "n/a", "TBD", "-", "—", "?", "#DIV/0!", "#N/A", "k. A.", "n.d.", "onbekend",
        ] {
            assert!(is_no_value(text), "{text}");
        }
        for text in ["0", "Go live", "-5%", "#1 in the market"] {
            assert!(!is_no_value(text), "{text}");
        }
    }
}
