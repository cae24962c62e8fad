//! Words in a drawing: how wide they are, and where their lines break.
//!
//! A drawing cannot ask how wide its letters come out, so they are estimated. The estimate is that of a wide face, as
//! most are narrower; whatever is wider still is cut at the edge of its card.

use unicode_width::UnicodeWidthChar as _;

/// The most signs without a width of their own that are drawn upon one letter.
const MOST_MARKS: usize = 3;
/// What stands for the rest.
const ELLIPSIS: char = '…';

/// Returns words as one line: line ends and other control characters are blanks, blanks are folded, and what has no
/// form of its own but turns the letters around it is left out.
pub(super) fn line(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_left_out(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Returns whether a character turns the direction of its neighbours, or is none that a document may hold.
fn is_left_out(c: char) -> bool {
    let is_noncharacter = u32::from(c) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    );
    is_noncharacter || turns
}

/// Returns whether the first letter that has a direction runs to the left.
pub(super) fn runs_left(words: &str) -> bool {
    let runs_left = |c: char| {
        matches!(
            u32::from(c),
            0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff
        )
    };
    words
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(runs_left)
}

/// Returns how wide words come out in letters of this `size`, in the same unit, rounded up.
pub(super) fn width(words: &str, size: i32) -> i32 {
    let all = words.chars().fold(0_i32, |all, c| {
        all.saturating_add(thousandths(c).saturating_mul(size))
    });
    all.saturating_add(999) / 1000
}

/// Returns how wide a letter is, in thousandths of its size.
fn thousandths(c: char) -> i32 {
    match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '/' | '\\' | 'i' | 'j' | 'l' | 'I'
        | '·' => 310,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '-' | '"' | '*' | '`' => 400,
        's' | 'z' | 'c' | 'v' | 'x' | 'y' | 'k' | 'J' | '?' | '_' | '^' => 560,
        'a'..='z' if !matches!(c, 'm' | 'w') => 605,
        '0'..='9' | '$' | 'L' | 'F' | 'E' | 'T' => 620,
        'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' => 755,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 930,
        'A'..='Z' => 690,
        ' '..='~' => 800,
        ELLIPSIS => 1000,
        _ => match c.width().unwrap_or(0) {
            0 => 0,
            1 if c.is_lowercase() => 660,
            1 => 780,
            // Pictures stand out of their square, the letters of East Asia fill it.
            _ if c.is_alphanumeric() => 1000,
            _ => 1280,
        },
    }
}

/// Breaks words, which are one line already, into at most `most` lines of this `room`; the last one ends in an
/// ellipsis where there is more.
///
/// Lines break at blanks and between wide letters, and within a word only where it is wider than a line.
pub(super) fn wrap(words: &str, size: i32, room: i32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = words.trim_start();
    while !rest.is_empty() && lines.len() < most {
        let end = fitting(rest, size, room);
        if end == rest.len() || lines.len() + 1 < most {
            lines.push(drawn(rest[..end].trim_end()));
            rest = rest[end..].trim_start();
        } else {
            lines.push(shortened(rest, size, room));
            break;
        }
    }
    lines
}

/// Returns words in one line of this `room`, with an ellipsis where there is more.
pub(super) fn one_line(words: &str, size: i32, room: i32) -> String {
    wrap(words, size, room, 1).pop().unwrap_or_default()
}

/// Returns where the line ends that `words` begin with: how many bytes fit, at least one letter.
fn fitting(words: &str, size: i32, room: i32) -> usize {
    let mut used = 0;
    // Where the line may end: behind a word, and between letters.
    let (mut behind_word, mut behind_letter) = (None, None);
    let mut before: Option<char> = None;
    for (at, c) in words.char_indices() {
        let is_joined = before.is_none_or(|before| sticks(before, c));
        if !is_joined {
            behind_letter = Some(at);
            if c == ' ' || before.is_some_and(is_wide) && is_wide(c) {
                behind_word = Some(at);
            }
        }
        used += thousandths(c) * size;
        if used > room * 1000 && c != ' ' {
            return behind_word
                .or(behind_letter)
                .unwrap_or_else(|| letter(words));
        }
        before = Some(c);
    }
    words.len()
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

/// Returns whether a character belongs to the same letter as the one before it.
fn sticks(before: char, c: char) -> bool {
    let is_tone = ('\u{1f3fb}'..='\u{1f3ff}').contains(&c);
    c.width().unwrap_or(0) == 0 || before == '\u{200d}' || is_tone
}

/// Returns how many bytes the first letter takes, with all that stands upon it.
fn letter(words: &str) -> usize {
    let mut before = None;
    for (at, c) in words.char_indices() {
        if before.is_some_and(|before| !sticks(before, c)) {
            return at;
        }
        before = Some(c);
    }
    words.len()
}

/// Cuts words to one line that ends in an ellipsis.
fn shortened(words: &str, size: i32, room: i32) -> String {
    let room = room - width("…", size);
    let mut used = 0;
    let mut end = 0;
    let mut before: Option<char> = None;
    for (at, c) in words.char_indices() {
        if before.is_none_or(|before| !sticks(before, c)) {
            end = at;
        }
        used += thousandths(c) * size;
        if used > room * 1000 {
            break;
        }
        before = Some(c);
    }
    let mut line = drawn(words[..end].trim_end());
    line.push(ELLIPSIS);
    line
}

/// Returns a line without the marks that a letter has too many of.
fn drawn(line: &str) -> String {
    let mut marks = 0;
    let keeps = |c: &char| {
        marks = if c.width().unwrap_or(0) == 0 {
            marks + 1
        } else {
            0
        };
        marks <= MOST_MARKS
    };
    line.chars().filter(keeps).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &[&str]) {
        assert_eq!(wrap(&line(words), 10, 60, 3), expected);
    }

    #[test]
    fn lines_break_between_words_and_end_in_an_ellipsis() {
        check("", &[]);
        check("Grow", &["Grow"]);
        check("Grow our sales", &["Grow our", "sales"]);
        check(
            "Grow our sales in all of the north and south",
            &["Grow our", "sales in all", "of the nor…"],
        );
    }

    #[test]
    fn a_long_word_breaks_where_it_must() {
        check(
            "Donaudampfschifffahrtsgesellschaft",
            &["Donaudamp", "fschifffahrt", "sgesellsc…"],
        );
        check("a Donaudampfschiff", &["a", "Donaudamp", "fschiff"]);
    }

    #[test]
    fn letters_without_blanks_break_anywhere() {
        check(
            "営業利益を二倍にする計画",
            &["営業利益を二", "倍にする計画"],
        );
        check(
            "👩\u{200d}👩\u{200d}👧👍🏽👍🏽👍🏽",
            &["👩\u{200d}👩\u{200d}👧", "👍🏽👍🏽", "👍🏽"],
        );
    }

    #[test]
    fn what_turns_letters_is_left_out() {
        assert_eq!(line(" a\u{202e}b\u{7}\n c\u{2066}\u{fffe} "), "ab c");
        assert!(runs_left("1. שלום"));
        assert!(!runs_left("1. Grow שלום"));
        assert!(!runs_left(""));
    }

    #[test]
    fn a_letter_bears_few_marks() {
        let towering = format!("a{}", "\u{301}".repeat(10_000));
        let lines = wrap(&towering, 10, 60, 3);
        assert_eq!(lines, [format!("a{}", "\u{301}".repeat(MOST_MARKS))]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing_but_what_the_ellipsis_tells(words in "\\PC{0,80}", most in 1_usize..5) {
            let words = line(&words);
            let lines = wrap(&words, 10, 60, most);
            prop_assert!(lines.len() <= most);
            for one in &lines {
                // A single letter is never broken.
                let is_letter = letter(one) == one.trim_end_matches(ELLIPSIS).len();
                prop_assert!(width(one, 10) <= 60 || is_letter, "{one:?}");
            }
            let without = |text: &str| -> String {
                drawn(&text.chars().filter(|c| *c != ' ').collect::<String>())
            };
            let all = without(&lines.concat());
            if let Some(shown) = all.strip_suffix('…').filter(|_| !words.contains('…')) {
                prop_assert!(without(&words).starts_with(shown));
            } else if !words.contains('…') {
                prop_assert_eq!(all, without(&words));
            }
        }
    }
}
