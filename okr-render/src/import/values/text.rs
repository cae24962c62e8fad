//! Words of a cell: one line of them, without marks, bullets and units in brackets.

use std::borrow::Cow;

use okr_core::model::one_line;

pub(crate) use super::mark::{kind_of_mark, kind_of_word, unmark};
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
    // No such phrase is long, and none begins with a number.
    if text.len() > 24 || text.starts_with(|c: char| c.is_ascii_digit()) {
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
    words::is_none(&normal)
}

/// Returns whether a cell says that there is no value, rather than being empty.
pub(crate) fn says_no_value(cell: &Cell) -> bool {
    match &cell.value {
        Value::Error(_) => true,
        Value::Text(text) => is_no_value(unguard(text)),
        _ => false,
    }
}

/// Returns a title without a unit in brackets at its end, and the unit.
///
/// Only words that are known as units are taken off: `DSO (days)`, `Error rate (%)`. Where the unit is part of the
/// sentence, it stays: `Forecast error in %`.
pub(crate) fn split_unit(title: &str) -> Option<(&str, String)> {
    let in_words = [" in ", " en "]
        .iter()
        .find_map(|word| title.rsplit_once(word));
    if let Some((_, unit)) = in_words
        && !unit.contains(' ')
        && (unit == "%" || number::money(unit).is_some() || is_thousands(unit))
    {
        return number::unit(unit).map(|unit| (title, unit));
    }
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
    // `(in %)`
    let bare = inner.trim();
    let bare = bare.strip_prefix("in ").unwrap_or(bare);
    is_unit(bare).then(|| number::unit(bare).map(|unit| (before, unit)))?
}

/// Returns whether a text names thousands or millions of a currency: `T€`, `kEUR`, `M$`.
fn is_thousands(text: &str) -> bool {
    let money = text.strip_prefix(['T', 't', 'k', 'K', 'M']);
    money.is_some_and(|money| number::money(money).is_some())
}

/// Returns whether a text is a unit that everybody knows.
pub(crate) fn is_unit(text: &str) -> bool {
    let text = text.trim();
    let text = text
        .strip_prefix("in ")
        .or_else(|| text.strip_prefix("# of "))
        .unwrap_or(text);
    if text == "%" || number::money(text).is_some() || is_thousands(text) {
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
///
/// A line that goes on in small letters, or below a list whose items are marked, belongs to the item above.
pub(crate) fn items(text: &str) -> Vec<String> {
    const BULLETS: [char; 7] = ['•', '▪', '●', '‣', '◦', '■', '\u{f0b7}'];
    // Most cells hold one item on one line.
    if is_tidy(text) && !text.ends_with(';') {
        let item = strip_box(unmark(text).rest);
        let is_item = !item.is_empty() && !is_no_value(item);
        return is_item.then(|| item.to_owned()).into_iter().collect();
    }
    let mut items: Vec<String> = Vec::new();
    let lines: Vec<String> = text
        .split(['\n', '\r', '\u{b}', '\u{2028}'])
        .map(|line| one_line(&line.replace(['\u{a0}', '\u{202f}', '\u{200b}'], " ")))
        .collect();
    let is_marked =
        |line: &str| line.starts_with(BULLETS) || strip_box(unmark(line).rest).len() < line.len();
    let filled = || lines.iter().filter(|line| !line.is_empty());
    let begins_marked = lines.len() > 1 && filled().next().is_some_and(|line| is_marked(line));
    let begins_large = filled()
        .next()
        .is_some_and(|line| line.starts_with(char::is_uppercase));
    let mut is_after_gap = true;
    for line in &lines {
        if line.is_empty() {
            is_after_gap = true;
            continue;
        }
        let goes_on = !is_after_gap
            && !is_marked(line)
            && (begins_marked || begins_large && line.starts_with(char::is_lowercase));
        is_after_gap = false;
        if goes_on
            && let Some(last) = items.last_mut()
            && !last.ends_with([';', '.', '!', '?'])
        {
            last.push(' ');
            last.push_str(line.trim_end_matches(';'));
            continue;
        }
        for piece in line.split(BULLETS) {
            let piece = piece.trim();
            let piece = unmark(piece).rest;
            let piece = strip_box(piece);
            if !piece.trim_end_matches(';').is_empty() && !is_no_value(piece) {
                items.push(piece.to_owned());
            }
        }
    }
    for item in &mut items {
        item.truncate(item.trim_end_matches(';').trim_end().len());
    }
    items
}

/// Splits a cell of titles into its lines, where each of them but blank ones is marked as an item of a list.
///
/// A title that only goes on in a second line is one.
pub(crate) fn marked_lines(text: &str) -> Option<Vec<String>> {
    if !text.contains(['\n', '\r']) {
        return None;
    }
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let marked = unmark(line);
        if marked.rest.len() == line.len() {
            return None;
        }
        lines.push(line.to_owned());
    }
    (lines.len() > 1).then_some(lines)
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
    let is_list = text.contains([';', '\n', '\r', '(', '\u{a0}'])
        || (text.contains(',') && text.contains('@'));
    if !is_list {
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
    use super::super::mark::Marked;
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
        check("1.2 Kunder med e-post", None, "1.2", "Kunder med e-post");
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
            "1.5 Tage bis zur Antwort",
            "-> 240",
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
        assert_eq!(
            list("Ask a second pair\nof eyes"),
            "Ask a second pair of eyes"
        );
        assert_eq!(list("move\ncall"), "move | call");
        assert_eq!(list("Move;\ncall"), "Move | call");
        assert_eq!(
            list("- Move all\nTuesday lists\n- Call"),
            "Move all Tuesday lists | Call"
        );
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
