//! Writes the parts of a Markdown text as markup.
//!
//! Every tag and attribute that can come from the text of a plan stands in this file.

use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};

use super::anchors::Anchors;
use super::href::Links;
use super::{escape, push_escaped};

/// The beginning of a column's heading.
const EMPTY_HEADING: &str = "<th scope=\"col\" dir=\"auto\">";

/// Writes events as markup.
pub(super) struct Writer<'l> {
    /// Where links lead.
    leads: Links<'l>,
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

impl<'l> Writer<'l> {
    pub(super) fn new(anchors: Anchors, base: usize, leads: Links<'l>) -> Self {
        Self {
            leads,
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

    pub(super) fn finish(self) -> (String, Anchors) {
        (self.out, self.anchors)
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, words)) = &mut self.heading {
            words.push_str(text);
        }
        push_escaped(&mut self.out, text);
    }

    pub(super) fn event(&mut self, event: Event<'_>, has_marker: bool) {
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
                let href = self.leads.href(&format!("{scheme}{dest_url}"));
                let href = href.filter(|_| !self.links.contains(&true));
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
            TagEnd::TableCell if self.in_head => match self.out.strip_suffix(EMPTY_HEADING) {
                // A heading without words would head nothing.
                Some(before) => {
                    self.out.truncate(before.len());
                    self.out.push_str("<td></td>");
                }
                None => self.out.push_str("</th>"),
            },
            TagEnd::TableCell => self.out.push_str("</td>"),
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
        let Some(href) = self.leads.href(&target) else {
            return;
        };
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
