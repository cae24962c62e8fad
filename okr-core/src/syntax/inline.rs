//! One line of Markdown, in a normal form.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};
use smol_str::SmolStr;

use super::MARKDOWN;

/// One line of Markdown text: words with their emphasis, code and links, but no blocks.
///
/// It is kept in a normal form, so that two spellings of the same thing are equal: escapes where
/// they are needed and nowhere else, `*` for emphasis, reference links resolved, white space folded.
/// It never holds a line break, a control character or a comment.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Inline {
    /// Most lines are a few words, which need no memory of their own.
    source: SmolStr,
}

impl Inline {
    /// Returns the text `plain` as it stands: what looks like Markdown in it is escaped.
    #[must_use]
    pub fn from_plain(plain: &str) -> Self {
        // Nearly all words are as they should be.
        if is_settled(plain) {
            return Self::settled(plain.trim_end_matches(' '));
        }
        let mut builder = Builder::default();
        builder.text(plain);
        Self {
            source: builder.finish().into(),
        }
    }

    /// Returns the Markdown of [`Inline::from_plain`], in the memory of `plain` where nothing is to escape.
    pub(crate) fn plain_to_markdown(mut plain: String) -> String {
        if is_settled(&plain) {
            plain.truncate(plain.trim_end_matches(' ').len());
            return plain;
        }
        Self::from_plain(&plain).source.into()
    }

    /// Reads Markdown; line breaks count as blanks, and blocks such as headings as plain words.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        if is_plain(source) {
            return Self::from_plain(source);
        }
        let line = format!("{LEAD}{}", source.replace(['\n', '\r'], " "));
        let events: Vec<_> = Parser::new_ext(&line, MARKDOWN)
            .into_offset_iter()
            .collect();
        Self::from_events(&line, &events, LEAD.len()..line.len())
    }

    /// Returns `text`, taken as it stands, as a link to `target`.
    #[must_use]
    pub fn link(text: &str, target: &str) -> Self {
        let mut builder = Builder::default();
        builder.open("[", target.to_owned(), "");
        builder.text(text);
        builder.close();
        Self::parse(&builder.finish())
    }

    /// Returns the words piece by piece: those of each link with where it leads, and those between
    /// links with nothing.
    #[must_use]
    pub fn links(&self) -> Vec<(String, Option<String>)> {
        let line = format!("{LEAD}{}", self.source);
        let within = LEAD.len()..line.len();
        let events: Vec<_> = Parser::new_ext(&line, MARKDOWN)
            .into_offset_iter()
            .collect();
        let mut pieces = Vec::new();
        let mut between = within.start;
        let mut first = 0;
        for (index, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::Link { .. }) => {
                    let before = plain_of(&line, &events[first..index], &(between..range.start));
                    pieces.push((before, None));
                    (between, first) = (range.start, index);
                }
                Event::End(TagEnd::Link) => {
                    let Event::Start(Tag::Link { dest_url, .. }) = &events[first].0 else {
                        continue;
                    };
                    let words = plain_of(&line, &events[first..index], range);
                    pieces.push((words, Some(dest_url.to_string())));
                    (between, first) = (range.end, index);
                }
                _ => {}
            }
        }
        pieces.push((
            plain_of(&line, &events[first..], &(between..within.end)),
            None,
        ));
        pieces
    }

    /// Returns words that are in normal form, as they stand.
    pub(super) fn settled(words: &str) -> Self {
        Self {
            source: words.into(),
        }
    }

    /// Returns the words as they stand, without blanks behind them, when they are in normal form already.
    pub(super) fn from_settled(words: &str) -> Option<Self> {
        let words = words.trim_end_matches(' ');
        (!words.is_empty() && is_settled(words)).then(|| Self::settled(words))
    }

    /// Returns the words of `events` that lie within `range` of `text`, which the events speak of.
    pub(crate) fn from_events(
        text: &str,
        events: &[(Event<'_>, Range<usize>)],
        range: Range<usize>,
    ) -> Self {
        // Most lines are one piece of plain words.
        if let [(Event::Text(value), place)] = events
            && let Some(inline) = Self::from_settled(cut(text, value, place, &range))
        {
            return inline;
        }
        let mut builder = Builder::default();
        builder.events(text, events, &range);
        let formatted = builder.formatted;
        let inline = Self {
            source: builder.finish().into(),
        };
        if !formatted {
            return inline;
        }
        // Emphasis depends on its neighbours in ways that an escape can upset. Where the normal form
        // does not read back, the words are kept and their formatting is not.
        let again = {
            let line = format!("{LEAD}{}", inline.source);
            let events: Vec<_> = Parser::new_ext(&line, MARKDOWN)
                .into_offset_iter()
                .collect();
            let mut builder = Builder::default();
            builder.events(&line, &events, &(LEAD.len()..line.len()));
            builder.finish()
        };
        if again == inline.source {
            inline
        } else {
            Self::from_plain(&plain_of(text, events, &range))
        }
    }

    /// Returns the Markdown, on one line.
    #[must_use]
    pub fn as_markdown(&self) -> &str {
        &self.source
    }

    /// Returns the words alone: escapes resolved, links and emphasis reduced to their text.
    #[must_use]
    pub fn plain(&self) -> Cow<'_, str> {
        if is_plain(&self.source) {
            return Cow::Borrowed(&self.source);
        }
        let line = format!("{LEAD}{}", self.source);
        let events: Vec<_> = Parser::new_ext(&line, MARKDOWN)
            .into_offset_iter()
            .collect();
        Cow::Owned(plain_of(&line, &events, &(LEAD.len()..line.len())))
    }

    /// Returns whether what stands at a byte of a line of Markdown is among its words, and not in code or in the target
    /// of a link, where an escape would be one more character.
    pub(crate) fn is_word_at(source: &str, at: usize) -> bool {
        if is_plain(source) {
            return true;
        }
        let line = format!("{LEAD}{source}");
        let at = at + LEAD.len();
        Parser::new_ext(&line, MARKDOWN)
            .into_offset_iter()
            .any(|(event, range)| matches!(event, Event::Text(_)) && range.contains(&at))
    }

    /// Returns whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.source.is_empty()
    }
}

impl fmt::Display for Inline {
    /// Writes the words alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

impl fmt::Debug for Inline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.source, f)
    }
}

impl From<&str> for Inline {
    /// The same as [`Inline::from_plain`].
    fn from(plain: &str) -> Self {
        Self::from_plain(plain)
    }
}

/// Put before a text to keep a parser from taking its beginning for a list, a heading or a table.
pub(super) const LEAD: &str = "a ";

/// Puts a blank in place of a control character.
fn visible(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

/// Returns whether words are in normal form as they stand: nothing to fold and nothing to escape.
pub(super) fn is_settled(words: &str) -> bool {
    let mut previous = b' ';
    words.bytes().all(|b| {
        let is_blank = b == b' ' && previous == b' ';
        previous = b;
        !is_blank && !is_special(b)
    })
}

/// Returns whether a byte may be more than words.
pub(super) fn is_special(byte: u8) -> bool {
    SPECIAL[usize::from(byte)]
}

/// Returns the same without looking it up, for many bytes at once.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches, one instruction does it for several bytes"
)]
pub(super) const fn is_special_by_range(byte: u8) -> bool {
    // These are the signs from `[` to `]`, `_` and a backtick, `~` and DEL. 0xC2 begins the control
    // characters beyond ASCII, and some others.
    (byte < b' ')
        | (byte.wrapping_sub(b'[') < 3)
        | (byte.wrapping_sub(b'_') < 2)
        | (byte.wrapping_sub(b'~') < 2)
        | (byte == b'*')
        | (byte == b'&')
        | (byte == b'<')
        | (byte == 0xc2)
}

/// The bytes that may be more than words.
///
/// This is a table because each byte of a plan is looked up, and most of them more than once.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0_u8;
    loop {
        special[byte as usize] = is_special_by_range(byte);
        if byte == u8::MAX {
            break special;
        }
        byte += 1;
    }
};

/// Returns whether a piece of HTML is a comment.
pub(super) fn is_comment(html: &str) -> bool {
    html.starts_with("<!--")
}

fn is_plain(source: &str) -> bool {
    let may_be_markdown = |b: u8| is_special(b) || b == b'!';
    if !source.bytes().any(may_be_markdown) {
        return true;
    }
    // Control characters are no Markdown, and neither is what begins with 0xC2.
    let is_markdown = |b: u8| may_be_markdown(b) && !b.is_ascii_control() && b != 0xc2;
    !source.bytes().any(is_markdown)
}

/// Cuts `range`, the place of an event, to `within`, and `value` with it.
///
/// A text event whose value differs from its slice (an entity, say) is taken whole or not at all.
fn cut<'v>(text: &str, value: &'v str, range: &Range<usize>, within: &Range<usize>) -> &'v str {
    let start = range.start.max(within.start);
    let end = range.end.min(within.end);
    if start >= end {
        return "";
    }
    if (start, end) == (range.start, range.end) || text.get(range.clone()) != Some(value) {
        return value;
    }
    value
        .get(start - range.start..end - range.start)
        .unwrap_or("")
}

fn plain_of(text: &str, events: &[(Event<'_>, Range<usize>)], within: &Range<usize>) -> String {
    let mut plain = String::new();
    for (event, range) in events {
        match event {
            Event::Text(value) => plain.push_str(cut(text, value, range, within)),
            Event::Code(value) if within.start <= range.start && range.end <= within.end => {
                plain.push_str(value);
            }
            Event::InlineHtml(value) if within.contains(&range.start) && !is_comment(value) => {
                plain.push_str(value);
            }
            Event::SoftBreak | Event::HardBreak if within.contains(&range.start) => plain.push(' '),
            _ => {}
        }
    }
    crate::text::one_line(&plain.chars().map(visible).collect::<String>())
}

/// Writes the normal form.
#[derive(Default)]
pub(super) struct Builder {
    out: String,
    /// Words that are not written yet.
    words: String,
    /// Whether anything but words and escapes was written.
    formatted: bool,
    /// The targets and titles of the links that are open.
    links: Vec<(String, String)>,
}

impl Builder {
    fn events(&mut self, text: &str, events: &[(Event<'_>, Range<usize>)], within: &Range<usize>) {
        for (event, range) in events {
            if let Event::Text(value) = event {
                self.text(cut(text, value, range, within));
                continue;
            }
            if range.start < within.start || range.end > within.end {
                continue;
            }
            match event {
                Event::Code(value) => self.code(value),
                Event::SoftBreak | Event::HardBreak => self.text(" "),
                // A comment belongs to the file; it says nothing to a reader.
                Event::InlineHtml(value) if is_comment(value) => {}
                Event::InlineHtml(value) => self.text(value),
                Event::Start(tag) => self.start(tag),
                Event::End(tag) => self.end(*tag),
                _ => {}
            }
        }
    }

    /// Opens a formatting.
    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.mark("*"),
            Tag::Strong => self.mark("**"),
            Tag::Strikethrough => self.mark("~~"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let scheme = if *link_type == LinkType::Email {
                    "mailto:"
                } else {
                    ""
                };
                self.open("[", format!("{scheme}{dest_url}"), title);
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.open("![", dest_url.to_string(), title);
            }
            _ => {}
        }
    }

    /// Closes the formatting that was opened last.
    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.mark("*"),
            TagEnd::Strong => self.mark("**"),
            TagEnd::Strikethrough => self.mark("~~"),
            TagEnd::Link | TagEnd::Image => self.close(),
            _ => {}
        }
    }

    fn mark(&mut self, mark: &str) {
        self.flush();
        self.formatted = true;
        self.out.push_str(mark);
    }

    fn open(&mut self, bracket: &str, target: String, title: &str) {
        self.mark("");
        if bracket == "[" && self.out.ends_with('!') && !self.out.ends_with("\\!") {
            self.out.insert(self.out.len() - 1, '\\');
        }
        self.out.push_str(bracket);
        self.links.push((target, title.to_owned()));
    }

    fn close(&mut self) {
        self.flush();
        let Some((target, title)) = self.links.pop() else {
            return;
        };
        self.out.push_str("](");
        let bare = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#@!$'+,;=%".contains(&b);
        if !target.is_empty() && target.bytes().all(bare) {
            self.out.push_str(&target);
        } else {
            self.out.push('<');
            for c in target.chars() {
                if matches!(c, '<' | '>' | '\\' | '&') {
                    self.out.push('\\');
                }
                self.out.push(c);
            }
            self.out.push('>');
        }
        if !title.is_empty() {
            self.out.push_str(" \"");
            for c in crate::text::one_line(&title).chars() {
                if matches!(c, '"' | '\\' | '&') {
                    self.out.push('\\');
                }
                self.out.push(c);
            }
            self.out.push('"');
        }
        self.out.push(')');
    }

    pub(super) fn code(&mut self, value: &str) {
        self.mark("");
        // Browsers show a run of blanks in code as one, and a line break in it may come as two.
        let mut folded = String::with_capacity(value.len());
        for c in value.chars().map(|c| {
            if c.is_ascii_whitespace() {
                ' '
            } else {
                visible(c)
            }
        }) {
            if !(c == ' ' && folded.ends_with(' ')) {
                folded.push(c);
            }
        }
        let value = folded;
        let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let is_padded =
            value.starts_with(' ') && value.ends_with(' ') && !value.trim_ascii().is_empty();
        let pad = if value.starts_with('`') || value.ends_with('`') || is_padded {
            " "
        } else {
            ""
        };
        self.out.extend([&fence, pad, &value, pad, &fence]);
    }

    /// Adds plain words; they are written when something else comes, so that a word that a parser gives
    /// in pieces is escaped as a whole.
    pub(super) fn text(&mut self, text: &str) {
        self.words.push_str(text);
    }

    /// Writes the words that wait, with white space folded and escapes where Markdown would read more
    /// into them.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if is_settled(&words) && !self.out.ends_with(' ') {
            // Nearly all words are as they should be, and most stand alone.
            if self.out.is_empty() {
                self.out = words;
            } else {
                self.out.push_str(&words);
            }
            return;
        }
        let mut previous = self.out.chars().next_back();
        let last_closing = words.rfind('>').unwrap_or(0);
        let mut rest = words
            .char_indices()
            .map(|(at, c)| (at, visible(c)))
            .peekable();
        while let Some((at, c)) = rest.next() {
            if c.is_ascii_whitespace() {
                if previous.is_some_and(|c| c != ' ') {
                    self.out.push(' ');
                    previous = Some(' ');
                }
                continue;
            }
            let next = rest.peek().map(|(_, c)| *c);
            let escape = match c {
                '\\' | '`' | '*' | '[' | ']' => true,
                '_' => {
                    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    !(inside(previous) && inside(next))
                }
                '<' => next.is_some_and(|c| {
                    let may_be_address = at < last_closing && !c.is_ascii_whitespace();
                    may_be_address || c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')
                }),
                '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
                // A tilde that stands behind a word could end a deletion; without an end there is none.
                '~' => previous.is_some_and(|c| c != ' '),
                _ => false,
            };
            if escape {
                self.out.push('\\');
            }
            self.out.push(c);
            previous = Some(c);
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.flush();
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, normal: &str, plain: &str) {
        let inline = Inline::parse(source);
        assert_eq!(inline.as_markdown(), normal);
        assert_eq!(inline.plain(), plain);
        assert_eq!(Inline::parse(normal), inline, "the normal form reads back");
        let from_plain = Inline::from_plain(plain);
        assert_eq!(from_plain.plain(), plain);
        assert_eq!(Inline::parse(from_plain.as_markdown()), from_plain);
    }

    #[test]
    fn words_stay_words() {
        check(
            "Raise the collection rate by 25%",
            "Raise the collection rate by 25%",
            "Raise the collection rate by 25%",
        );
        check("# no heading", "# no heading", "# no heading");
        check("- no item", "- no item", "- no item");
        check("< 5 & > 3", "< 5 & > 3", "< 5 & > 3");
        check("on_time_rate", "on_time_rate", "on_time_rate");
    }

    #[test]
    fn two_spellings_of_the_same_words_are_equal() {
        check("5 \\* 3 &amp; more", "5 \\* 3 & more", "5 * 3 & more");
        check("_really_  now", "*really* now", "really now");
        check("a\nb", "a b", "a b");
    }

    #[test]
    fn links_and_code_are_kept() {
        check(
            "see [the list](https://example.org/a(b))",
            "see [the list](<https://example.org/a(b)>)",
            "see the list",
        );
        check(
            "<https://example.org>",
            "[https://example.org](https://example.org)",
            "https://example.org",
        );
        check("run `a b` **now**", "run `a b` **now**", "run a b now");
    }

    #[test]
    fn html_is_words_and_comments_are_nothing() {
        check("a <b>c</b>", "a \\<b>c\\</b>", "a <b>c</b>");
        check("a <!-- okr: note --> b", "a b", "a b");
    }

    #[test]
    fn control_characters_are_harmless() {
        check("a\u{1b}[31mred", "a \\[31mred", "a [31mred");
    }
}
