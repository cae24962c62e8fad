//! The blocks of a text with all that is nested in them, and the words of each.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, OffsetIter, Parser, Tag, TagEnd};

use super::MARKDOWN;
use super::inline::is_comment;
use super::write::{whole_characters, without_controls};
use crate::text::Span;

/// A block, or a part of one that is cut out as a whole: an item, a row, a cell.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// All of it, from its mark to its last byte that is no blank.
    pub(crate) span: Span,
    /// What is nested in it. The words of an item are a paragraph, whether or not blank lines make them one.
    pub(crate) children: Vec<Node>,
    /// Its own words; nothing where it has only nested blocks.
    pub(crate) words: Words,
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// Of this level.
    Heading(u8),
    Paragraph,
    Code,
    Html,
    Quote,
    List,
    Item,
    Table,
    /// The row of a table's headings.
    Head,
    Row,
    Cell,
    Rule,
    /// So deep within other blocks that it is not looked into.
    Deep,
}

/// How many blocks may stand within each other; real plans have a handful, and each takes some of the stack.
const MOST_DEPTH: usize = 64;

/// The words of a heading, a paragraph, a cell or a block of code.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// The words piece by piece, as a reader sees them.
    pub(crate) pieces: Vec<Piece>,
    /// Links and images, an inner one before the one around it.
    pub(crate) links: Vec<LinkPlace>,
    /// Comments between the words, with both of their ends.
    pub(crate) comments: Vec<Span>,
    /// Other HTML between the words.
    pub(crate) html: Vec<Span>,
}

/// A piece of words in which nothing is marked.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    pub(crate) text: String,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub(crate) struct LinkPlace {
    /// All of it, together with the emphasis around it that holds nothing else.
    pub(crate) span: Span,
    pub(crate) target: String,
    /// What shows when a pointer rests on it.
    pub(crate) title: String,
    /// The label of its definition, where it has its target from one.
    pub(crate) label: Option<String>,
}

impl Words {
    /// Returns the words as a reader sees them, on one line.
    pub(crate) fn plain(&self) -> String {
        self.pieces.iter().map(|piece| &*piece.text).collect()
    }

    /// Returns the words without those that lie in one of `cuts`.
    pub(crate) fn plain_without(&self, cuts: &[Span]) -> String {
        let is_kept = |piece: &&Piece| !cuts.iter().any(|cut| cut.contains(piece.span));
        let kept = self.pieces.iter().filter(is_kept);
        kept.map(|piece| &*piece.text).collect()
    }

    /// Returns the words within a place.
    pub(crate) fn plain_within(&self, place: Span) -> String {
        let within = self
            .pieces
            .iter()
            .filter(|piece| place.contains(piece.span));
        within.map(|piece| &*piece.text).collect()
    }
}

/// A definition such as `[page]: page.md`.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) label: String,
    pub(crate) span: Span,
}

/// Returns the blocks of `text` from `start` on, and the definitions of links that count; of two with one label the
/// first does.
pub(crate) fn tree(text: &str, start: usize) -> (Vec<Node>, Vec<Definition>) {
    let body = without_controls(&text[start..]);
    let parser = Parser::new_ext(&body, MARKDOWN);
    let mut definitions: Vec<Definition> = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| Definition {
            label: normal_label(label),
            span: Span::new(definition.span.start + start, definition.span.end + start),
        })
        .collect();
    definitions.sort_by_key(|definition| definition.span);
    let mut reader = Reader {
        text,
        body: &body,
        start,
        events: parser.into_offset_iter().peekable(),
        depth: 0,
    };
    (reader.blocks(), definitions)
}

/// Returns the label of a definition as it is for all its spellings.
pub(crate) fn normal_label(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

struct Reader<'t> {
    text: &'t str,
    /// The text from `start` on, without control characters.
    body: &'t str,
    start: usize,
    events: Peekable<OffsetIter<'t>>,
    depth: usize,
}

impl Reader<'_> {
    /// Reads blocks up to the end of the one around them, which is taken as well.
    fn blocks(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        while let Some((event, range)) = self.events.peek() {
            let range = range.clone();
            let kind = match event {
                Event::End(_) => {
                    self.events.next();
                    break;
                }
                Event::Rule => NodeKind::Rule,
                Event::Start(tag) => kind_of(tag).unwrap_or(NodeKind::Paragraph),
                _ => NodeKind::Paragraph,
            };
            let is_loose = !matches!(event, Event::Start(tag) if kind_of(tag).is_some());
            let node = if kind == NodeKind::Rule {
                self.events.next();
                self.node(kind, range, Vec::new(), Words::default())
            } else if is_loose {
                let (words, end) = self.words();
                let end = end.max(range.start);
                self.node(kind, range.start..end, Vec::new(), words)
            } else {
                self.events.next();
                self.opened(kind, range)
            };
            nodes.push(node);
        }
        nodes
    }

    /// Reads a block whose start was taken.
    fn opened(&mut self, kind: NodeKind, range: Range<usize>) -> Node {
        match kind {
            NodeKind::Heading(_)
            | NodeKind::Paragraph
            | NodeKind::Code
            | NodeKind::Html
            | NodeKind::Cell => {
                let (words, _) = self.words();
                // The end of the block itself.
                self.events.next();
                self.node(kind, range, Vec::new(), words)
            }
            _ if self.depth == MOST_DEPTH => {
                self.skip_to_end();
                self.node(NodeKind::Deep, range, Vec::new(), Words::default())
            }
            _ => {
                self.depth += 1;
                let children = self.blocks();
                self.depth -= 1;
                self.node(kind, range, children, Words::default())
            }
        }
    }

    /// Passes over everything up to the end of a block whose start was taken.
    fn skip_to_end(&mut self) {
        let mut depth = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    fn node(&self, kind: NodeKind, range: Range<usize>, children: Vec<Node>, words: Words) -> Node {
        let kept = self.body[range.clone()]
            .trim_end_matches([' ', '\t', '\n', '\r'])
            .len();
        let span = self.span(range.start..range.start + kept);
        // Blank lines behind the last nested block may hold the signs of a quote around it.
        let end = children.last().map(|child| child.span.end());
        let end = end.filter(|_| !matches!(kind, NodeKind::Head | NodeKind::Row));
        Node {
            kind,
            span: Span::new(span.start(), end.unwrap_or(span.end())),
            children,
            words,
        }
    }

    /// Reads words up to a block or the end of the one around them, and says where they end.
    fn words(&mut self) -> (Words, usize) {
        let mut words = Words::default();
        let mut open: Vec<Open> = Vec::new();
        let mut end = 0;
        loop {
            let is_over = match self.events.peek() {
                None | Some((Event::Rule, _)) => true,
                Some((Event::Start(tag), _)) => kind_of(tag).is_some(),
                Some((Event::End(tag), _)) => open.is_empty() && !is_inline_end(*tag),
                Some(_) => false,
            };
            let Some((event, range)) = self.events.next_if(|_| !is_over) else {
                return (words, end);
            };
            end = end.max(range.end);
            let span = self.span(range.clone());
            match event {
                Event::Start(tag) => open.push(Open::new(&tag, words.links.len())),
                Event::End(_) => {
                    if let Some(closed) = open.pop() {
                        // The parser leaves out the empty brackets of `[page][]`.
                        let rest = &self.body[range.end..];
                        let brackets = if closed.is_collapsed && rest.starts_with("[]") {
                            2
                        } else {
                            0
                        };
                        let span = Span::new(span.start(), span.end() + brackets);
                        closed.close(span, &mut words.links, open.last_mut());
                    }
                }
                Event::InlineHtml(html) if is_comment(&html) => words.comments.push(span),
                event => {
                    let text = match event {
                        Event::Text(text) | Event::Code(text) | Event::Html(text) => {
                            text.into_string()
                        }
                        Event::InlineHtml(html) => {
                            words.html.push(span);
                            html.into_string()
                        }
                        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
                        _ => String::new(),
                    };
                    if !text.trim().is_empty()
                        && let Some(open) = open.last_mut()
                    {
                        open.has_words = true;
                    }
                    words.pieces.push(Piece { span, text });
                }
            }
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        let span = Span::new(range.start + self.start, range.end + self.start);
        whole_characters(self.text, span)
    }
}

/// An emphasis or a link whose end has not come yet.
struct Open {
    /// The target, the title and the label of a link.
    link: Option<(String, String, Option<String>)>,
    /// Whether its label stands in the place of its words, with empty brackets behind.
    is_collapsed: bool,
    /// How many links there were before it.
    links: usize,
    /// Whether it has words of its own, outside of links in it.
    has_words: bool,
}

impl Open {
    fn new(tag: &Tag<'_>, links: usize) -> Self {
        let link = match tag {
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }
            | Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => {
                let has_label = !matches!(
                    link_type,
                    LinkType::Inline | LinkType::Autolink | LinkType::Email
                );
                let label = has_label.then(|| normal_label(id));
                Some((dest_url.to_string(), title.to_string(), label))
            }
            _ => None,
        };
        let is_collapsed = matches!(
            tag,
            Tag::Link {
                link_type: LinkType::Collapsed,
                ..
            } | Tag::Image {
                link_type: LinkType::Collapsed,
                ..
            }
        );
        Self {
            link,
            is_collapsed,
            links,
            has_words: false,
        }
    }

    fn close(self, span: Span, links: &mut Vec<LinkPlace>, around: Option<&mut Self>) {
        if let Some((target, title, label)) = self.link {
            links.push(LinkPlace {
                span,
                target,
                title,
                label,
            });
            return;
        }
        // Emphasis of nothing but one link goes where the link goes.
        if let (false, [only]) = (self.has_words, &mut links[self.links..]) {
            only.span = span;
        } else if let Some(around) = around {
            around.has_words |= self.has_words;
        }
    }
}

fn kind_of(tag: &Tag<'_>) -> Option<NodeKind> {
    Some(match tag {
        Tag::Paragraph => NodeKind::Paragraph,
        Tag::Heading { level, .. } => NodeKind::Heading(*level as u8),
        Tag::BlockQuote(_) => NodeKind::Quote,
        Tag::CodeBlock(_) => NodeKind::Code,
        Tag::HtmlBlock => NodeKind::Html,
        Tag::List(_) => NodeKind::List,
        Tag::Item => NodeKind::Item,
        Tag::Table(_) => NodeKind::Table,
        Tag::TableHead => NodeKind::Head,
        Tag::TableRow => NodeKind::Row,
        Tag::TableCell => NodeKind::Cell,
        _ => return None,
    })
}

const fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}
