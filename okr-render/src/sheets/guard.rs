//! Keeps spreadsheets from taking text for a formula, and gives the text back.

use std::borrow::Cow;

/// Returns `text` with an apostrophe in front where a spreadsheet could take it for a formula.
///
/// A number with its sign is none; a text that looks guarded already gets one apostrophe more, so
/// that [`unguard`] gives every text back.
pub(crate) fn guard(text: &str) -> Cow<'_, str> {
    let inner = text.trim_start_matches('\'');
    let is_quoted = inner.len() < text.len();
    if is_trigger(inner) && (is_quoted || !is_number(text)) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns `text` without the apostrophe that [`guard`] put in front of it.
pub(crate) fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_trigger(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Returns whether the first sign that shows is one that begins a formula.
fn is_trigger(text: &str) -> bool {
    let first = text
        .chars()
        .find(|c| !(c.is_whitespace() || c.is_control() || is_format(*c)));
    matches!(
        first,
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
    )
}

/// Returns whether `text` is a plain number: a sign, digits, a dot with digits, a percent sign.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let text = text.strip_suffix('%').unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_digits(whole) && is_digits(part)
}

/// Returns whether Unicode counts `c` among the format characters, which take no room (Cf).
fn is_format(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{890}'..='\u{891}'
            | '\u{8e2}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0001}'
            | '\u{e0020}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, guarded: &str) {
        assert_eq!(guard(text), guarded);
        assert_eq!(unguard(guarded), text);
    }

    #[test]
    fn what_could_be_a_formula_is_guarded() {
        check("=1+2", "'=1+2");
        check("- call the customer", "'- call the customer");
        check("@ada", "'@ada");
        check("+1 for each site", "'+1 for each site");
        check("\t\r\n=1", "'\t\r\n=1");
        check("\u{a0}\u{200b}=1", "'\u{a0}\u{200b}=1");
        check("＝1", "'＝1");
        check("-", "'-");
    }

    #[test]
    fn numbers_and_words_are_not() {
        for text in [
            "", "-5%", "+1", "-0.5", "85", "don't", "'tis", "''", "a=b", " 'x",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn what_looks_guarded_is_guarded_once_more() {
        check("'=1", "''=1");
        check("''@x", "'''@x");
        check("'-5", "''-5");
        check("' =1", "'' =1");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>()) {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), &text);
        }

        #[test]
        fn every_awkward_text_comes_back(text in "['=+@＝\u{200b}\t 0-9%.a-]{0,6}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), &text);
            prop_assert!(is_number(&text) || !is_trigger(&guarded));
        }
    }
}
