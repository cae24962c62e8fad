//! Words on their way to a terminal.

use okr_render::words::is_harmful;
use std::borrow::Cow;
use std::fmt::Write;

use anstyle::Style;
use unicode_width::UnicodeWidthChar;

/// Words with styles, in which every control character is shown instead of sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    ansi: String,
}

impl Text {
    /// Returns no words.
    pub(crate) const fn new() -> Self {
        Self {
            ansi: String::new(),
        }
    }

    /// Returns what annotate-snippets has drawn; what went into it must have been [`shown`] before.
    pub(crate) const fn drawn(ansi: String) -> Self {
        Self { ansi }
    }

    /// Adds words; line feeds stay.
    pub(crate) fn push(&mut self, words: &str) -> &mut Self {
        self.ansi.push_str(&shown(words));
        self
    }

    /// Adds words in a style.
    pub(crate) fn styled(&mut self, style: Style, words: &str) -> &mut Self {
        // Writing to a string does not fail.
        let _ = write!(self.ansi, "{style}{}{style:#}", shown(words));
        self
    }

    /// Adds words with their styles.
    pub(crate) fn append(&mut self, other: &Self) -> &mut Self {
        self.ansi.push_str(&other.ansi);
        self
    }

    /// Returns how many columns the words take.
    pub(crate) fn columns(&self) -> usize {
        columns(&self.plain())
    }

    /// Returns the words with the codes of their styles.
    pub(crate) fn ansi(&self) -> &str {
        &self.ansi
    }

    /// Returns whether any words have a style.
    pub(crate) fn is_styled(&self) -> bool {
        self.ansi.as_bytes().contains(&b'\x1b')
    }

    /// Returns the words alone.
    pub(crate) fn plain(&self) -> String {
        anstream::adapter::strip_str(&self.ansi).to_string()
    }
}

impl<T: AsRef<str>> From<T> for Text {
    fn from(words: T) -> Self {
        let mut text = Self::new();
        text.push(words.as_ref());
        text
    }
}

/// Returns `words` with every character that could steer a terminal shown harmlessly: `␛` for ESC,
/// `U+202E` in brackets for one that turns the direction of writing.
///
/// Line feeds and tabs stay.
pub(crate) fn shown(words: &str) -> Cow<'_, str> {
    if is_plain(words) || !words.contains(is_harmful) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match c {
            '\u{7f}' => out.push('␡'),
            c if is_harmful(c) && u32::from(c) < 0x20 => {
                out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('�'));
            }
            c if is_harmful(c) => {
                let _ = write!(out, "[U+{:04X}]", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Returns whether there is nothing but what every terminal shows: letters, digits and signs of ASCII, blanks
/// and line ends. Most words are so, and this is a quick look.
pub(crate) fn is_plain(words: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    words.bytes().all(is_plain)
}

/// Returns `word` as a shell takes it: in quotation marks where it needs them.
///
/// They are double ones, which every shell knows, unless the word has something in it that would mean
/// more in them.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    // A backslash parts the folders of Windows; at the end it would take the quotation mark with it.
    if word.contains(['"', '$', '`', '!']) || word.contains("\\\\") || word.ends_with('\\') {
        return format!("'{}'", word.replace('\'', "'\\''"));
    }
    format!("\"{word}\"")
}

/// Breaks `words` into lines of at most `width` columns, where no single word is longer.
pub(crate) fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in words.split_whitespace() {
        let columns = columns(word);
        if used > 0 && used + 1 + columns > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += columns;
    }
    if used > 0 {
        lines.push(line);
    }
    lines
}

/// Puts `parts` behind each other, parted by `between`, in lines of at most `width` columns that are broken
/// between parts alone; those behind the first begin with two blanks.
pub(crate) fn flow(parts: &[Text], between: &str, width: usize) -> Text {
    flow_below(parts, between, width, 0, 2)
}

/// Does the same where the first line has `used` columns already; those behind it begin with `indent` blanks.
pub(crate) fn flow_below(
    parts: &[Text],
    between: &str,
    width: usize,
    used: usize,
    indent: usize,
) -> Text {
    let mut text = Text::new();
    let mut used = used;
    // A comma stands at the end of a line, and a dot between blanks only within one.
    let at_end = if between.starts_with(' ') {
        ""
    } else {
        between.trim_end()
    };
    for (index, part) in parts.iter().enumerate() {
        let columns = part.columns();
        if index > 0 {
            let is_last = index + 1 == parts.len();
            let tail = if is_last { 0 } else { self::columns(at_end) };
            if used + self::columns(between) + columns + tail > width {
                text.push(at_end).push("\n").push(&" ".repeat(indent));
                used = indent;
            } else {
                text.push(between);
                used += self::columns(between);
            }
        }
        text.append(part);
        used += columns;
    }
    text
}

/// Returns how many columns words take as they are shown.
pub(crate) fn columns(word: &str) -> usize {
    shown(word).chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(
            shown("plain, ünïcode → ok\n\tand\n"),
            "plain, ünïcode → ok\n\tand\n"
        );
        assert_eq!(
            shown("\u{1b}[31mred\u{1b}]0;title\u{7}"),
            "␛[31mred␛]0;title␇"
        );
        assert_eq!(shown("a\rb\u{8}\u{0}\u{7f}"), "a␍b␈␀␡");
        assert_eq!(shown("\u{9b}31m \u{85}"), "[U+009B]31m [U+0085]");
        assert_eq!(shown("abc\u{202e}fed\u{2066}"), "abc[U+202E]fed[U+2066]");
    }

    #[test]
    fn no_control_character_but_line_feed_and_tab_passes() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let word = c.to_string();
            assert!(
                !shown(&word).contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')),
                "{c:?}"
            );
        }
    }

    #[test]
    fn styles_can_be_taken_away() {
        let mut text = Text::from("a\u{1b}[1m");
        text.styled(Style::new().bold(), "b");
        assert_eq!(text.plain(), "a␛[1mb");
        assert_eq!(text.ansi(), "a␛[1m\u{1b}[1mb\u{1b}[0m");
    }

    #[test]
    fn file_names_are_quoted_where_a_shell_would_split_them() {
        assert_eq!(
            quoted("accounts-team-2026-Q4.md"),
            "accounts-team-2026-Q4.md"
        );
        assert_eq!(quoted("our plan.md"), "\"our plan.md\"");
        assert_eq!(quoted("68%"), "\"68%\"");
        assert_eq!(quoted(r"plans\our plan.md"), r#""plans\our plan.md""#);
        assert_eq!(quoted("Dana's.md"), "\"Dana's.md\"");
        assert_eq!(quoted("$HOME's"), "'$HOME'\\''s'");
    }

    #[test]
    fn parts_stay_whole() {
        let parts = ["one two", "three", "four"].map(Text::from);
        assert_eq!(flow(&parts, "; ", 40).plain(), "one two; three; four");
        assert_eq!(flow(&parts, "; ", 15).plain(), "one two; three;\n  four");
        assert_eq!(flow(&parts, "; ", 4).plain(), "one two;\n  three;\n  four");
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("immeasurable x", 4), ["immeasurable", "x"]);
        assert!(wrap("  ", 4).is_empty());
    }
}
