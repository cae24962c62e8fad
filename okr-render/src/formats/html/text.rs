//! Plan text as markup: whatever this file does not write itself, it escapes.
//!
//! There is a writer of its own here rather than pulldown-cmark's, because every tag and attribute
//! that can reach the page should be readable in one place.

use std::collections::HashMap;

use okr_core::model::Inline;
use okr_core::syntax::MARKDOWN;
use pulldown_cmark::{Alignment, Event, LinkType, Parser, Tag, TagEnd};
use serde::Serialize;

/// Markup that may stand in a page as it is; templates pass it through `safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[cfg(test)]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The names of places in one page, each given out once.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// Each name with the number to try next when it is wanted again.
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// Returns the names of a page that uses `reserved` for itself.
    pub(super) fn new(reserved: &[&str]) -> Self {
        Self {
            taken: reserved
                .iter()
                .map(|name| ((*name).to_owned(), 1))
                .collect(),
        }
    }

    /// Returns a name for the heading `plain`, made as code hosts make theirs, so that a link which
    /// works beside the Markdown file works in the page as well.
    pub(super) fn name(&mut self, plain: &str) -> String {
        let mut name = String::with_capacity(plain.len());
        for c in plain.chars() {
            if c.is_alphanumeric() {
                name.extend(c.to_lowercase());
            } else if matches!(c, '-' | '_') {
                name.push(c);
            } else if c == ' ' {
                name.push('-');
            }
        }
        if name.is_empty() {
            name.push_str("part");
        }
        while let Some(number) = self.taken.get_mut(&name) {
            let again = format!("{name}-{number}");
            *number += 1;
            if !self.taken.contains_key(&again) {
                name = again;
            }
        }
        self.taken.insert(name.clone(), 1);
        name
    }
}

/// Returns `text` without control characters and other code points that HTML forbids; line ends and
/// tabs stay.
pub(super) fn clean(text: &str) -> String {
    let keeps = |c: &char| {
        let is_noncharacter =
            (*c as u32) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(c);
        matches!(c, '\n' | '\t') || !(c.is_control() || is_noncharacter)
    };
    text.chars().filter(keeps).collect()
}

/// Returns where a link may lead, ready to stand in an attribute, or nothing when it may not.
///
/// `http`, `https`, `mailto` and relative targets are let through.
/// A target that begins with `//` takes the scheme of whatever page it stands in, and browsers read a
/// backslash as a slash and drop control characters, so all three are refused.
pub(super) fn href(target: &str) -> Option<String> {
    let target = target.trim_matches(' ');
    let is_odd = |c: char| c.is_control() || c == '\\';
    if target.is_empty() || target.starts_with("//") || target.contains(is_odd) {
        return None;
    }
    if let Some((scheme, rest)) = target.split_once(':')
        && !scheme.contains(['/', '?', '#'])
    {
        let is = |name: &str| scheme.eq_ignore_ascii_case(name);
        let has_host = || {
            rest.strip_prefix("//")
                .is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#', ':']))
        };
        let is_allowed =
            (is("http") || is("https")) && has_host() || is("mailto") && !rest.is_empty();
        if !is_allowed {
            return None;
        }
    }
    let mut out = String::with_capacity(target.len());
    let mut rest = target;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let is_encoded =
            c == '%' && after.len() >= 2 && after.bytes().take(2).all(|b| b.is_ascii_hexdigit());
        if c == '&' {
            out.push_str("&amp;");
        } else if c.is_alphanumeric() || "-._~:/?#@!$()*+,;=".contains(c) || is_encoded {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let digit = |four: u8| char::from(b"0123456789ABCDEF"[usize::from(four & 15)]);
                out.extend(['%', digit(byte >> 4), digit(byte)]);
            }
        }
        rest = after;
    }
    Some(out)
}

/// Returns `text` with the five characters escaped that mean something in HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// Returns words that are no Markdown as markup.
pub(super) fn plain(text: &str) -> Html {
    Html(escape(&clean(text)))
}

/// Returns one line of Markdown as markup.
pub(super) fn inline(text: &Inline) -> Html {
    if text.is_empty() {
        return Html::default();
    }
    // The lead keeps the parser from taking the beginning of a line for a list or a heading.
    let line = format!("{LEAD}{}", clean(text.as_markdown()));
    let mut writer = Writer::new(Anchors::default(), 6);
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
pub(super) fn blocks(text: &str, level: usize, anchors: &mut Anchors) -> Html {
    if text.trim().is_empty() {
        return Html::default();
    }
    let text = clean(text);
    let events: Vec<_> = Parser::new_ext(&text, MARKDOWN).collect();
    let mut writer = Writer::new(std::mem::take(anchors), level);
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

/// Writes events as markup.
struct Writer {
    out: String,
    anchors: Anchors,
    /// The level on the page of the text's highest headings.
    base: usize,
    /// The levels in the text of the headings that are open around this place.
    outline: Vec<usize>,
    /// Where the heading that is being read began, and its words so far.
    heading: Option<(usize, String)>,
    /// For each open link, whether it leads anywhere.
    links: Vec<bool>,
    /// The targets of the images that are open, and how many bytes were written before each.
    images: Vec<(String, usize)>,
    /// Images within a link, to be linked behind it: a link cannot stand in a link.
    postponed: Vec<String>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    raw: Option<String>,
}

impl Writer {
    fn new(anchors: Anchors, base: usize) -> Self {
        Self {
            out: String::new(),
            anchors,
            base,
            outline: Vec::new(),
            heading: None,
            links: Vec::new(),
            images: Vec::new(),
            postponed: Vec::new(),
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            raw: None,
        }
    }

    fn finish(self) -> (String, Anchors) {
        (self.out, self.anchors)
    }

    fn text(&mut self, text: &str) {
        if let Some((_, words)) = &mut self.heading {
            words.push_str(text);
        }
        push_escaped(&mut self.out, text);
    }

    fn event(&mut self, event: Event<'_>, has_marker: bool) {
        match event {
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::InlineHtml(html) => self.text(&without_comments(&html)),
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => self.text(&without_comments(&html)),
            },
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.out.push_str(task_marker(done)),
            Event::Start(tag) => self.start(tag, has_marker),
            Event::End(tag) => self.end(tag),
            // The parser is not asked for any of these.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, has_marker: bool) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p dir=\"auto\">"),
            Tag::Heading { .. } => self.heading = Some((self.out.len(), String::new())),
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(_) => self.out.push_str("<pre><code>"),
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                self.out
                    .extend(["<ol start=\"", &first.to_string(), "\">\n"]);
            }
            Tag::Item if has_marker => self.out.push_str("<li class=\"task\" dir=\"auto\">"),
            Tag::Item => self.out.push_str("<li dir=\"auto\">"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.out.push_str("<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                let element = if self.in_head {
                    "th scope=\"col\""
                } else {
                    "td"
                };
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    _ => "",
                };
                self.column += 1;
                self.out.extend(["<", element, class, " dir=\"auto\">"]);
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let scheme = if link_type == LinkType::Email {
                    "mailto:"
                } else {
                    ""
                };
                let href =
                    href(&format!("{scheme}{dest_url}")).filter(|_| !self.links.contains(&true));
                if let Some(href) = &href {
                    self.out.extend(["<a href=\"", href, "\">"]);
                }
                self.links.push(href.is_some());
            }
            Tag::Image { dest_url, .. } => {
                self.images.push((dest_url.into_string(), self.out.len()));
            }
            // The parser is not asked for any of these.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => self.end_heading(level as usize),
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::HtmlBlock => {
                let raw = without_comments(&self.raw.take().unwrap_or_default());
                if !raw.trim().is_empty() {
                    self.out.push_str("<pre><code>");
                    self.text(raw.trim());
                    self.out.push_str("</code></pre>\n");
                }
            }
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self
                .out
                .push_str(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.out.push_str("</a>");
                }
                if !self.links.contains(&true) {
                    for href in std::mem::take(&mut self.postponed) {
                        self.out.extend([" (<a href=\"", &href, "\">image</a>)"]);
                    }
                }
            }
            TagEnd::Image => self.end_image(),
            TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn end_heading(&mut self, level: usize) {
        let Some((start, words)) = self.heading.take() else {
            return;
        };
        while self.outline.last().is_some_and(|open| *open >= level) {
            self.outline.pop();
        }
        let shown = (self.base + self.outline.len()).min(6);
        self.outline.push(level);
        let id = escape(&self.anchors.name(&words));
        self.out
            .insert_str(start, &format!("<h{shown} id=\"{id}\" dir=\"auto\">"));
        self.out.extend(["</h", &shown.to_string(), ">\n"]);
    }

    /// Puts a link in the place of an image, because a page that loads nothing shows no images.
    fn end_image(&mut self) {
        let Some((target, start)) = self.images.pop() else {
            return;
        };
        if self.out.len() == start {
            self.text("image");
        }
        let Some(href) = href(&target) else { return };
        if self.links.contains(&true) || !self.images.is_empty() {
            self.postponed.push(href);
        } else {
            self.out
                .insert_str(start, &format!("<a class=\"image\" href=\"{href}\">"));
            self.out.push_str("</a>");
            for href in std::mem::take(&mut self.postponed) {
                self.out.extend([" (<a href=\"", &href, "\">image</a>)"]);
            }
        }
    }
}

/// A box that is ticked or not, with the same in words for those who do not see it.
const fn task_marker(done: bool) -> &'static str {
    if done {
        "<svg class=\"mark done\" aria-hidden=\"true\"><use href=\"#mark-done\"/></svg>\
         <span class=\"unseen\">Done: </span>"
    } else {
        "<svg class=\"mark\" aria-hidden=\"true\"><use href=\"#mark-open\"/></svg>\
         <span class=\"unseen\">Open: </span>"
    }
}

/// Takes comments out of raw HTML; one that does not end is no comment.
fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        let Some((_, behind)) = after.split_once("-->") else {
            break;
        };
        out.push_str(before);
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, html: &str) {
        assert_eq!(blocks(markdown, 3, &mut Anchors::default()).as_str(), html);
    }

    #[test]
    fn links_lead_to_the_web_to_mail_and_to_neighbours() {
        for target in [
            "https://example.org/a?b=1",
            "HTTP://example.org",
            "mailto:a@b.c",
            "company.md#goal",
            "#top",
        ] {
            assert_eq!(href(target).as_deref(), Some(target));
        }
        assert_eq!(href("a b\".md").as_deref(), Some("a%20b%22.md"));
        assert_eq!(href("x?a=1&b='2'").as_deref(), Some("x?a=1&amp;b=%272%27"));
        assert_eq!(href("100%.md").as_deref(), Some("100%25.md"));
    }

    #[test]
    fn other_links_are_words() {
        let targets = [
            "",
            " ",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "javascript&colon;alert(1):",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "//example.org",
            "\\\\example.org",
            "/\\example.org",
            "http:example.org",
            "https://",
            "https:///x",
            "mailto:",
        ];
        for target in targets {
            assert_eq!(href(target), None, "{target:?}");
        }
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
            inline(&Inline::parse("# *a* [b](c.md)")).as_str(),
            "# <em>a</em> <a href=\"c.md\">b</a>"
        );
        assert_eq!(
            inline(&Inline::parse("<script>")).as_str(),
            "&lt;script&gt;"
        );
        assert_eq!(inline(&Inline::default()).as_str(), "");
    }

    #[test]
    fn tables_and_tasks_have_words_for_everyone() {
        let html = blocks(
            "| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] c\n- d",
            3,
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
