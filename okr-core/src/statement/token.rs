//! Cuts a statement into words, numbers and signs, each with its place.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::text::Span;

/// One word, number or sign of a statement.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    /// As it stands.
    pub(super) text: &'t str,
    /// In lower case, with every arrow as `→`.
    pub(super) lower: Cow<'t, str>,
    /// Where it stands.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: TokenKind,
    /// Whether nothing parts it from the token before it.
    pub(super) is_glued: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, with digits, apostrophes, hyphens and slashes among them.
    Word,
    /// Digits with what parts thousands and decimals, by its value.
    Number(Decimal),
    /// Anything else: one sign, or an arrow or comparison of two.
    Sign,
}

impl Token<'_> {
    /// Returns whether it is this word or sign; `word` is in lower case.
    pub(super) fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Returns whether it is a word that begins with a capital letter.
    pub(super) fn is_capitalised(&self) -> bool {
        self.is_word() && self.text.starts_with(char::is_uppercase)
    }

    /// Returns whether a phrase ends at it.
    pub(super) fn is_stop(&self) -> bool {
        matches!(
            &*self.lower,
            "," | ";" | "(" | ")" | "[" | "]" | "." | "!" | "?" | "—" | "–" | ":" | "|"
        ) && self.kind == TokenKind::Sign
    }
}

/// Signs of more than one character, the longer first.
const LONG_SIGNS: [&str; 6] = ["-->", "==>", "->", "=>", ">=", "<="];

/// Signs that lead from one value to another.
const ARROWS: [&str; 15] = [
    "→", "->", "=>", "-->", "==>", "➜", "➔", "➝", "➞", "➡", "⇒", "⟶", "⟹", "»", "↗",
];

/// Cuts a text into tokens; what is between them is white space.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(text.len() / 5 + 4);
    let mut at = 0;
    let mut end_of_last = usize::MAX;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() || first.is_control() {
            at += first.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let (len, kind) = if first.is_ascii_digit() {
            let (len, value) = number(rest);
            // More digits than a decimal holds make a name, such as an account number.
            (len, value.map_or(TokenKind::Word, TokenKind::Number))
        } else if first.is_alphabetic() {
            (word(rest), TokenKind::Word)
        } else {
            let long = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign));
            (
                long.map_or(first.len_utf8(), |sign| sign.len()),
                TokenKind::Sign,
            )
        };
        let text = &rest[..len];
        let lower = match kind {
            TokenKind::Word => lower(text),
            TokenKind::Sign if ARROWS.contains(&text) => Cow::Borrowed("→"),
            _ => Cow::Borrowed(text),
        };
        tokens.push(Token {
            text,
            lower,
            span: Span::new(at, at + len),
            kind,
            is_glued: end_of_last == at,
        });
        at += len;
        end_of_last = at;
    }
    tokens
}

/// Returns a word in lower case with straight apostrophes.
fn lower(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(text)
    } else if text.is_ascii() {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Owned(text.replace('’', "'").to_lowercase())
    }
}

/// Returns how many bytes the word at the start of `text` has; it begins with a letter.
fn word(text: &str) -> usize {
    let mut len = 0;
    let mut last = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let belongs = match c {
            _ if c.is_alphanumeric() => true,
            // Marks that complete a letter, and joiners between letters.
            '\u{300}'..='\u{36f}' => true,
            '\'' | '’' | '&' => last.is_alphanumeric() && next.is_alphabetic(),
            '-' | '\u{2011}' => last.is_alphanumeric() && next.is_alphanumeric(),
            '/' => last.is_alphabetic() && next.is_alphabetic(),
            '.' => last.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        };
        if !belongs {
            break;
        }
        len = at + c.len_utf8();
        last = c;
    }
    len.max(1)
}

/// Returns how many bytes the number at the start of `text` has, and its value if a decimal holds it.
///
/// Commas, blanks and apostrophes before exactly three digits part thousands; a comma before any other
/// number of digits is a decimal comma.
fn number(text: &str) -> (usize, Option<Decimal>) {
    let digits = |from: usize| {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let separator = |at: usize| {
        let c = text[at..].chars().next()?;
        matches!(
            c,
            ',' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}'
        )
        .then_some(c)
    };
    let mut end = digits(0);
    let mut clean = text[..end].to_owned();
    if (1..=3).contains(&end)
        && !text.starts_with('0')
        && let Some(first) = separator(end)
    {
        while separator(end) == Some(first) && digits(end + first.len_utf8()) == 3 {
            let from = end + first.len_utf8();
            clean.push_str(&text[from..from + 3]);
            end = from + 3;
        }
    }
    if let Some(groups) = dotted_groups(text, end) {
        clean.extend(text[end..end + 4 * groups].chars().filter(|c| *c != '.'));
        end += 4 * groups;
    }
    let mark = text.as_bytes().get(end).copied();
    let decimals = digits(end + 1);
    let is_decimal = match mark {
        Some(b'.') => decimals > 0 && text.as_bytes().get(end + 1 + decimals) != Some(&b'.'),
        Some(b',') => decimals > 0 && decimals != 3,
        _ => false,
    };
    if is_decimal {
        clean.push('.');
        clean.push_str(&text[end + 1..end + 1 + decimals]);
        end += 1 + decimals;
    }
    (end, Decimal::from_str_exact(&clean).ok())
}

/// Returns how many groups of a dot and three digits follow the digits that end at `end`, where the dots
/// part thousands: there are two groups or more, or a currency follows.
fn dotted_groups(text: &str, end: usize) -> Option<usize> {
    if !(1..=3).contains(&end) || text.starts_with('0') {
        return None;
    }
    let rest = text.as_bytes().get(end..)?;
    let is_group = |group: &&[u8]| group[0] == b'.' && group[1..].iter().all(u8::is_ascii_digit);
    let groups = rest.chunks_exact(4).take(8).take_while(is_group).count();
    let behind = text.get(end + 4 * groups..)?;
    if groups == 0 || behind.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let behind = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let is_code = |code: &&str| {
        let found = behind.get(..code.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(code))
    };
    let is_money = behind.starts_with(['€', '$', '£', '¥', '₹'])
        || ["EUR", "USD", "GBP", "CHF", "JPY", "INR", "SEK"]
            .iter()
            .any(is_code);
    (groups > 1 || is_money).then_some(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = tokens(text);
        assert_eq!(
            found.iter().map(|token| token.text).collect::<Vec<_>>(),
            expected
        );
        for token in found {
            assert_eq!(token.span.of(text), token.text);
        }
    }

    #[test]
    fn words_numbers_and_signs_are_parted() {
        check(
            "Cut p95 from 1,200 ms",
            &["Cut", "p95", "from", "1,200", "ms"],
        );
        check(
            "mid-Q2, €1.2M (−20%)",
            &["mid-Q2", ",", "€", "1.2", "M", "(", "−", "20", "%", ")"],
        );
        check("28% → 40%", &["28", "%", "→", "40", "%"]);
        check("9 500 and 90-day", &["9 500", "and", "90", "-", "day"]);
        check("LTV/CAC 4,7% v3.2", &["LTV/CAC", "4,7", "%", "v3.2"]);
        check("accounts' 3.", &["accounts", "'", "3", "."]);
    }

    #[test]
    fn numbers_have_their_values() {
        let value = |text| match tokens(text)[0].kind {
            TokenKind::Number(value) => value.to_string(),
            _ => panic!("{text} is no number"),
        };
        assert_eq!(value("1'200"), "1200");
        assert_eq!(value("4,7"), "4.7");
        assert_eq!(value("1,200,000.5"), "1200000.5");
        assert_eq!(value("12,50"), "12.50");
        assert_eq!(value("1.500.000"), "1500000");
        assert_eq!(value("900.000 €"), "900000");
        assert_eq!(value("900.000 EUR"), "900000");
        assert_eq!(value("1.200"), "1.200");
        assert_eq!(value("1.500.0001"), "1");
    }
}
