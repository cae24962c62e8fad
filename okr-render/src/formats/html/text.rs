//! Plan text as markup: whatever is not written here, it escapes.
//!
//! There is a writer of its own here rather than pulldown-cmark's, because every tag and attribute
//! that can reach the page should be readable in one place.

mod anchors;
mod href;
mod writer;

use std::io;

use okr_core::model::Inline;
use okr_core::syntax::MARKDOWN;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::Serialize;

use self::writer::Writer;

pub(crate) use self::anchors::Anchors;
pub(crate) use self::href::{Links, href};

/// Markup that may stand in a page as it is; templates pass it through `safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Html(String);

impl Html {
    /// Takes what was written with care: all words in it are escaped.
    pub(crate) fn written(markup: String) -> Self {
        Self(markup)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns `text` without control characters and other code points that HTML forbids; line ends and
/// tabs stay.
pub(crate) fn clean(text: &str) -> String {
    let keeps = |c: &char| {
        let is_noncharacter =
            (*c as u32) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(c);
        matches!(c, '\n' | '\t') || !(c.is_control() || is_noncharacter)
    };
    // Nothing is to be taken out of most texts.
    let is_kept = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if text.bytes().all(is_kept) {
        return text.to_owned();
    }
    text.chars().filter(keeps).collect()
}

/// Returns `text` with the five characters escaped that mean something in HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    push_escaped(&mut out, text);
    out
}

/// Adds `text`, escaped as [`escape`] does it.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for (plain, escaped) in pieces(text) {
        out.extend([plain, escaped]);
    }
}

/// Writes `text`, escaped as [`escape`] does it.
///
/// # Errors
///
/// It cannot be written.
pub(crate) fn write_escaped(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    pieces(text).try_for_each(|(plain, escaped)| {
        out.write_all(plain.as_bytes())?;
        out.write_all(escaped.as_bytes())
    })
}

/// Cuts a text before and behind each of the five characters: what stands as it is, and what stands for the character
/// behind it, which is nothing at the end.
fn pieces(text: &str) -> impl Iterator<Item = (&str, &'static str)> {
    let mut rest = text;
    let next = move || {
        if rest.is_empty() {
            return None;
        }
        let found = rest
            .bytes()
            .position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\''));
        let Some(at) = found else {
            return Some((std::mem::take(&mut rest), ""));
        };
        let escaped = match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        };
        let plain = &rest[..at];
        rest = &rest[at + 1..];
        Some((plain, escaped))
    };
    std::iter::from_fn(next)
}

/// Returns words that are no Markdown as markup.
pub(crate) fn plain(text: &str) -> Html {
    Html(escape(&clean(text)))
}

/// Adds what [`inline`] makes of a text.
pub(crate) fn push_inline(out: &mut String, text: &Inline, links: Links<'_>) {
    match plain_words(text) {
        Some(words) => out.push_str(words),
        None => out.push_str(inline(text, links).as_str()),
    }
}

/// Returns a text that is letters and a few signs of ASCII alone, which stand for themselves.
fn plain_words(text: &Inline) -> Option<&str> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;%?".contains(&byte);
    let words = text.as_markdown();
    words.bytes().all(is_word).then(|| words.trim())
}

/// Returns one line of Markdown as markup.
pub(crate) fn inline(text: &Inline, links: Links<'_>) -> Html {
    if text.is_empty() {
        return Html::default();
    }
    // Most lines are words alone, which say the same in any language.
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | ';' | '%' | '?');
    if let Some(words) = plain_words(text) {
        return Html(words.to_owned());
    }
    let words = text.as_markdown();
    if words.chars().all(is_word) {
        return plain(words.trim());
    }
    // The lead keeps the parser from taking the beginning of a line for a list or a heading.
    let line = format!("{LEAD}{}", clean(text.as_markdown()));
    let mut writer = Writer::new(Anchors::default(), 6, links);
    let mut led = false;
    for event in Parser::new_ext(&line, MARKDOWN) {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Text(words) if !led => {
                led = true;
                writer.text(words.strip_prefix(LEAD).unwrap_or(""));
            }
            event => writer.event(event, false),
        }
    }
    Html(writer.finish().0)
}

const LEAD: &str = "a ";

/// Returns Markdown blocks as markup, with their highest headings at `level`.
///
/// However deep or uneven the headings of the text are, those of the page leave no level out.
pub(crate) fn blocks(text: &str, level: usize, links: Links<'_>, anchors: &mut Anchors) -> Html {
    if text.trim().is_empty() {
        return Html::default();
    }
    let text = clean(text);
    let events: Vec<_> = Parser::new_ext(&text, MARKDOWN).collect();
    let mut writer = Writer::new(std::mem::take(anchors), level, links);
    for (at, event) in events.iter().enumerate() {
        let is_task = |event: Option<&Event<'_>>| matches!(event, Some(Event::TaskListMarker(_)));
        let is_loose = matches!(events.get(at + 1), Some(Event::Start(Tag::Paragraph)));
        let has_marker = is_task(events.get(at + 1)) || is_loose && is_task(events.get(at + 2));
        writer.event(event.clone(), has_marker);
    }
    let (html, taken) = writer.finish();
    *anchors = taken;
    Html(html.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, html: &str) {
        assert_eq!(
            blocks(markdown, 3, Links::default(), &mut Anchors::default()).as_str(),
            html
        );
    }

    #[test]
    fn links_that_may_lead_nowhere_are_words() {
        check("[a](javascript:alert(1))", "<p dir=\"auto\">a</p>");
        check("[a](&#106;avascript:alert(1))", "<p dir=\"auto\">a</p>");
        check("[a][b]\n\n[b]: <java\tscript:x>", "<p dir=\"auto\">a</p>");
    }

    #[test]
    fn raw_html_is_words() {
        check(
            "a <b onclick=\"x\">c</b>",
            "<p dir=\"auto\">a &lt;b onclick=&quot;x&quot;&gt;c&lt;/b&gt;</p>",
        );
        check(
            "<script>alert(1)</script>",
            "<pre><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>",
        );
    }

    #[test]
    fn comments_vanish_and_what_is_behind_them_stays() {
        check("a <!-- b --> c", "<p dir=\"auto\">a  c</p>");
        check("<!-- okr: allow x: y -->", "");
        check("<!-- a --> b", "<pre><code>b</code></pre>");
        check("<!-- a", "<pre><code>&lt;!-- a</code></pre>");
    }

    #[test]
    fn images_are_links() {
        check(
            "![a](b.png)",
            "<p dir=\"auto\"><a class=\"image\" href=\"b.png\">a</a></p>",
        );
        check("![](data:image/png,x)", "<p dir=\"auto\">image</p>");
        check(
            "[![a](b.png)](c.md)",
            "<p dir=\"auto\"><a href=\"c.md\">a</a> (<a href=\"b.png\">image</a>)</p>",
        );
    }

    #[test]
    fn headings_leave_no_level_out() {
        check(
            "#### a\n\n###### b\n\n# c\n\n## a",
            "<h3 id=\"a\" dir=\"auto\">a</h3>\n<h4 id=\"b\" dir=\"auto\">b</h4>\n\
             <h3 id=\"c\" dir=\"auto\">c</h3>\n<h4 id=\"a-1\" dir=\"auto\">a</h4>",
        );
    }

    #[test]
    fn five_characters_are_escaped() {
        for (text, escaped) in [
            ("", ""),
            ("é & ü", "é &amp; ü"),
            ("<\"a\">'b'", "&lt;&quot;a&quot;&gt;&#39;b&#39;"),
            ("&&", "&amp;&amp;"),
        ] {
            let mut written = Vec::new();
            write_escaped(text, &mut written).unwrap();
            assert_eq!((&*escape(text), &*written), (escaped, escaped.as_bytes()));
        }
    }

    #[test]
    fn control_characters_are_gone() {
        check(
            "a\u{1b}[31m\u{0}b\u{85}\u{ffff}",
            "<p dir=\"auto\">a[31m\u{fffd}b</p>"
                .replace('\u{fffd}', "")
                .as_str(),
        );
    }

    #[test]
    fn one_line_is_read_as_one_line() {
        assert_eq!(
            inline(&Inline::parse("# *a* [b](c.md)"), Links::default()).as_str(),
            "# <em>a</em> <a href=\"c.md\">b</a>"
        );
        assert_eq!(
            inline(&Inline::parse("<script>"), Links::default()).as_str(),
            "&lt;script&gt;"
        );
        assert_eq!(inline(&Inline::default(), Links::default()).as_str(), "");
    }

    #[test]
    fn tables_and_tasks_have_words_for_everyone() {
        let html = blocks(
            "| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] c\n- d",
            3,
            Links::default(),
            &mut Anchors::default(),
        );
        assert!(
            html.as_str()
                .contains("<th scope=\"col\" class=\"right\" dir=\"auto\">b</th>")
        );
        assert!(html.as_str().contains("<li class=\"task\" dir=\"auto\">"));
        assert!(html.as_str().contains("Done: </span>c</li>"));
        assert!(html.as_str().contains("<li dir=\"auto\">d</li>"));
    }
}
