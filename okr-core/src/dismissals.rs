//! Dismissals: comments in a plan that say which rule is to be silent about an element, and why.
//!
//! The form is `<!-- okr: allow RULE PIN: REASON -->`, where the pin is a [`Fingerprint`] of the words
//! that the dismissal covers. It may be absent.

use std::fmt;

use crate::model::{ElementId, Plan};
use crate::syntax::{Block, OtherKind, blocks};
use crate::text::{Span, one_line};

/// A comment that dismisses the findings of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissal {
    /// The rule, in lower case; there need not be one of that name.
    pub rule: String,
    /// The words that it covers; nothing when it was written by hand.
    pub pin: Option<Fingerprint>,
    /// Why, on one line; may be empty.
    pub reason: String,
}

/// A short check sum of an element's words: it changes when they do.
///
/// Formatting, upper and lower case and white space do not count.
///
/// ```
/// use okr_core::dismissals::Fingerprint;
///
/// let pin = Fingerprint::of("Get  paid sooner");
/// assert_eq!(pin, Fingerprint::of("get paid Sooner"));
/// assert_eq!(pin.to_string(), "905101f5");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(u32);

impl Fingerprint {
    /// Returns the check sum of words: FNV-1a of 32 bits over their UTF-8 in lower case, with one blank
    /// between words.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let mut sum = 0x811c_9dc5_u32;
        for (index, word) in words.to_lowercase().split_whitespace().enumerate() {
            let blank = (index > 0).then_some(b' ');
            for byte in blank.into_iter().chain(word.bytes()) {
                sum = (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }
        Self(sum)
    }

    /// Returns the check sum of the words of an element, which for the plan are what it is called.
    ///
    /// Returns nothing when the plan has no such element.
    #[must_use]
    pub fn of_element(plan: &Plan, element: ElementId) -> Option<Self> {
        let title = match element {
            ElementId::Plan => return Some(Self::of(&plan.display_name())),
            ElementId::Objective(_) => &plan.objective(element)?.title,
            ElementId::KeyResult(..) => &plan.key_result(element)?.title,
            ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
                &plan.initiative(element)?.title
            }
        };
        Some(Self::of(&title.plain()))
    }

    /// Reads eight hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_sum = text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let sum = u32::from_str_radix(text, 16).ok()?;
        is_sum.then_some(Self(sum))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl Dismissal {
    /// Reads what stands between `<!--` and `-->`; nothing when it is any other comment.
    fn parse(comment: &str) -> Option<Self> {
        let comment = one_line(comment);
        let rest = strip_word(comment.trim(), "okr")?.trim_start();
        let rest = rest.strip_prefix(':')?.trim_start();
        let rest = strip_word(rest, "allow")?;
        let (head, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let mut words = head.split_whitespace();
        let rule = words.next()?.to_lowercase();
        let pin = match (words.next(), words.next()) {
            (None, _) => None,
            (Some(pin), None) => Some(Fingerprint::parse(pin)?),
            _ => return None,
        };
        let reason = unescape(reason.trim());
        Some(Self { rule, pin, reason })
    }

    /// Returns why it does not stand in a plan as it is: as a phrase, and what to write.
    pub(crate) fn fault(&self) -> Option<(String, &'static str)> {
        let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_rule = self.rule.starts_with(|c: char| c.is_ascii_lowercase())
            && self.rule.bytes().all(is_name)
            && !self.rule.contains("--");
        if !is_rule {
            let message = format!("`{}` is no name of a rule", one_line(&self.rule));
            return Some((message, "a name like no-number"));
        }
        self.reason
            .is_empty()
            .then(|| ("dismissal has no reason".to_owned(), "why it is right here"))
    }
}

/// Returns a reason as it comes back from a plan: on one line, without blanks at its ends.
pub(crate) fn normal_reason(reason: &str) -> String {
    let line: String = one_line(reason);
    line.trim().to_owned()
}

impl fmt::Display for Dismissal {
    /// Writes the comment.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<!-- okr: allow {}", self.rule)?;
        if let Some(pin) = self.pin {
            write!(f, " {pin}")?;
        }
        if !self.reason.is_empty() {
            write!(f, ": {}", escape(&self.reason))?;
        }
        f.write_str(" -->")
    }
}

/// Returns the dismissals in the free text of an element, each with the place of its comment.
///
/// ```
/// use okr_core::dismissals::read;
///
/// let text = "Agreed.\n\n<!-- OKR: allow no-owner: we are\n     hiring -->";
/// let (place, dismissal) = &read(text)[0];
/// assert_eq!((&*dismissal.rule, &*dismissal.reason), ("no-owner", "we are hiring"));
/// assert_eq!(place.start(), 9);
/// ```
#[must_use]
pub fn read(text: &str) -> Vec<(Span, Dismissal)> {
    let mut found = Vec::new();
    // Nearly all texts have none, and need not be parsed.
    if !text.contains(START) {
        return found;
    }
    for block in blocks(text, 0) {
        let Block::Other {
            span,
            kind: OtherKind::Html,
        } = block
        else {
            continue;
        };
        let html = span.of(text);
        let mut at = 0;
        while let Some(start) = html[at..].find(START).map(|start| at + start) {
            let inside = start + START.len();
            let length = html[inside..].find(END).unwrap_or(html.len() - inside);
            let end = (inside + length + END.len()).min(html.len());
            if let Some(dismissal) = Dismissal::parse(&html[inside..inside + length]) {
                let place = Span::new(span.start() + start, span.start() + end);
                found.push((place, dismissal));
            }
            at = end;
        }
    }
    found
}

const START: &str = "<!--";
const END: &str = "-->";

/// Returns what follows `word`, in upper or lower case.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    (ends && head.eq_ignore_ascii_case(word)).then_some(rest)
}

/// Returns a reason in which no two hyphens follow each other, as they could end the comment.
fn escape(reason: &str) -> String {
    let mut out = String::with_capacity(reason.len());
    let mut rest = reason.chars().peekable();
    while let Some(c) = rest.next() {
        let is_escape = c == '\\' && matches!(rest.peek(), Some('\\' | '-'));
        if is_escape || (c == '-' && out.ends_with('-')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn unescape(reason: &str) -> String {
    let mut out = String::with_capacity(reason.len());
    let mut rest = reason.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.next_if(|next| c == '\\' && matches!(next, '\\' | '-'));
        out.push(next.unwrap_or(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let found = read(text);
        found
            .into_iter()
            .map(|(place, dismissal)| {
                assert!(place.of(text).starts_with(START));
                dismissal.to_string()
            })
            .collect()
    }

    #[test]
    fn dismissals_are_read_in_any_spelling() {
        for (text, expected) in [
            (
                "<!-- okr: allow a: b -->",
                &["<!-- okr: allow a: b -->"][..],
            ),
            (
                "<!--OKR:Allow A-B 5D41402A :b-->",
                &["<!-- okr: allow a-b 5d41402a: b -->"],
            ),
            ("<!-- okr : allow a -->", &["<!-- okr: allow a -->"]),
            (
                "<!-- okr: allow a:\n  b\n  c\n-->",
                &["<!-- okr: allow a: b c -->"],
            ),
            (
                "x\n\n<!-- okr: allow a: 1 --> <!-- okr: allow b: 2 -->\n<!-- okr: allow c: 3 -->",
                &[
                    "<!-- okr: allow a: 1 -->",
                    "<!-- okr: allow b: 2 -->",
                    "<!-- okr: allow c: 3 -->",
                ],
            ),
            ("<!-- okr: allow a: b", &["<!-- okr: allow a: b -->"]),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn other_comments_are_none() {
        for text in [
            "<!-- -->",
            "<!-- a note -->",
            "<!-- okr: disallow a -->",
            "<!-- okr: allowed a: b -->",
            "<!-- okr: allow -->",
            "<!-- okr: allow : b -->",
            "<!-- okr: allow a b: c -->",
            "words <!-- okr: allow a: b -->",
            "```\n<!-- okr: allow a: b -->\n```",
            "> <!-- okr: allow a: b -->",
        ] {
            assert_eq!(shown(text), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn no_reason_breaks_out_of_its_comment() {
        for reason in [
            "-->", "--", "---->", "--!>", "a--b", "\\", "\\-", "\\\\", "\\\\-->", "-\\-", "<!-- x",
            "- a", "> a", "a: b", "C:\\temp", "a -",
        ] {
            let dismissal = Dismissal {
                rule: "a".to_owned(),
                pin: Some(Fingerprint::of("x")),
                reason: reason.to_owned(),
            };
            let written = dismissal.to_string();
            let inside = &written[START.len()..written.len() - END.len()];
            assert!(!inside.contains("--"), "{written}");
            assert_eq!(read(&written)[0].1, dismissal, "{written}");
        }
    }

    #[test]
    fn a_fingerprint_has_eight_digits() {
        assert_eq!(Fingerprint::of("").to_string(), "811c9dc5");
        assert_eq!(Fingerprint::of("a").to_string(), "e40c292c");
        assert_eq!(Fingerprint::of("foobar").to_string(), "bf9cf968");
        assert_eq!(Fingerprint::of("  FOOBAR\n"), Fingerprint::of("foobar"));
        for text in ["", "123", "123456789", "+1234567", "xyzxyzxy"] {
            assert_eq!(Fingerprint::parse(text), None, "{text:?}");
        }
    }
}
