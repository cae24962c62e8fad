//! Stretches of a text that are cut out, and what stands in their place.

use std::borrow::Cow;

use crate::syntax::{Node, NodeKind, Piece, SEPARATOR};
use crate::text::{Span, TextEdit};

/// A stretch that is cut out.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) span: Span,
    /// What comes in its place.
    pub(super) text: String,
}

impl Cut {
    pub(super) fn new(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }

    /// Cuts words out of a line; where no others stand on it, the line goes as well, since a blank one would end
    /// the paragraph.
    pub(super) fn words(text: &str, span: Span) -> Self {
        let line = line_start(text, span.start());
        let end = text[span.end()..]
            .find('\n')
            .map_or(text.len(), |at| span.end() + at + 1);
        let is_alone = is_lead(&text[line..span.start()])
            && text[span.end()..end].trim().is_empty()
            && end < text.len();
        if is_alone {
            return Self::new(Span::new(line, end), "");
        }
        // Of the blanks on both sides one is enough.
        let is_doubled = text[..span.start()].ends_with(' ') && text[span.end()..].starts_with(' ');
        let span = Span::new(span.start(), span.end() + usize::from(is_doubled));
        Self::new(span, "")
    }

    /// Cuts blocks that are nested in another; a comment keeps those around them apart, unless they are the last.
    pub(super) fn nested(text: &str, first: &Node, last: &Node, is_last: bool) -> Self {
        let span = first.span.cover(last.span);
        // Blanks before a comment could make code of it.
        if is_last || first.kind == NodeKind::Code {
            Self::new(whole_lines(text, span), "")
        } else {
            Self::new(span, SEPARATOR)
        }
    }

    /// Cuts an item of a list or a row of a table.
    pub(super) fn part(text: &str, part: &Node) -> Self {
        Self::new(whole_lines(text, part.span), "")
    }
}

/// Cuts that do not touch each other, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Cuts(Vec<Cut>);

impl Cuts {
    pub(super) fn new(mut cuts: Vec<Cut>) -> Self {
        // Of two that begin at one place the longer one comes first.
        cuts.sort_by_key(|cut| (cut.span.start(), std::cmp::Reverse(cut.span.end())));
        let mut kept: Vec<Cut> = Vec::with_capacity(cuts.len());
        for cut in cuts {
            match kept.last_mut() {
                Some(last) if last.span.contains(cut.span) => {}
                Some(last) if cut.span.start() < last.span.end() => {
                    last.span = last.span.cover(cut.span);
                }
                _ => kept.push(cut),
            }
        }
        Self(kept)
    }

    /// Returns whether nothing of a place is left.
    pub(super) fn cover(&self, place: Span) -> bool {
        let behind = self
            .0
            .partition_point(|cut| cut.span.start() <= place.start());
        behind > 0 && self.0[behind - 1].span.contains(place)
    }

    /// Returns whether anything of a place is cut out.
    pub(super) fn touch(&self, place: Span) -> bool {
        let behind = self
            .0
            .partition_point(|cut| cut.span.end() <= place.start());
        self.0
            .get(behind)
            .is_some_and(|cut| cut.span.start() < place.end())
    }

    /// Returns what is left of a piece of words, with what stands in the place of the rest.
    fn left_of<'p>(&self, piece: &'p Piece, text: &str) -> Cow<'p, str> {
        let behind = self
            .0
            .partition_point(|cut| cut.span.end() <= piece.span.start());
        let touching = self.0[behind..]
            .iter()
            .take_while(|cut| cut.span.start() < piece.span.end());
        let mut left = Cow::Borrowed(&*piece.text);
        let mut edit = TextEdit::none();
        for cut in touching {
            if cut.span.contains(piece.span) {
                return Cow::Borrowed("");
            }
            let start = cut.span.start().max(piece.span.start()) - piece.span.start();
            let end = cut.span.end().min(piece.span.end()) - piece.span.start();
            edit.push(Span::new(start, end), cut.text.clone());
        }
        if !edit.is_empty() && piece.span.of(text) == piece.text {
            left = Cow::Owned(edit.apply(&left));
        }
        left
    }

    pub(super) fn edit(&self) -> TextEdit {
        let mut edit = TextEdit::none();
        for cut in &self.0 {
            edit.push(cut.span, cut.text.clone());
        }
        edit
    }
}

/// Returns the start of the line of a place.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// Returns the lines of a part of a block, with the last line end; from its own start, and without the last line end,
/// where something else than blanks and signs of quotes stands before it.
fn whole_lines(text: &str, span: Span) -> Span {
    let start = line_start(text, span.start());
    if !is_lead(&text[start..span.start()]) {
        return span;
    }
    let end = text[span.end()..]
        .find('\n')
        .map_or(text.len(), |at| span.end() + at + 1);
    Span::new(start, end)
}

/// Returns whether a text is what may stand before the first words of a nested line.
fn is_lead(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '>'))
}

/// What a block and all that is nested in it come to, for telling whether cuts have changed what is left.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape(Vec<(usize, NodeKind, String)>);

impl Shape {
    /// Returns the shape of a block without what is cut out.
    pub(super) fn of(text: &str, node: &Node, cuts: &Cuts) -> Self {
        let mut shape = Self(Vec::new());
        shape.add(text, node, cuts, 0);
        shape
    }

    fn add(&mut self, text: &str, node: &Node, cuts: &Cuts, depth: usize) {
        // A cell stays as long as its row does.
        let is_gone = node.kind != NodeKind::Cell && cuts.cover(node.span);
        if is_gone || is_separator(text, node) {
            return;
        }
        let has_words = !matches!(node.kind, NodeKind::Html | NodeKind::Code);
        let mut words = String::new();
        for piece in node.words.pieces.iter().filter(|_| has_words) {
            let left = cuts.left_of(piece, text);
            words.extend(left.chars().filter(|c| !c.is_whitespace()));
        }
        self.0.push((depth, node.kind, words));
        for child in &node.children {
            self.add(text, child, cuts, depth + 1);
        }
    }
}

/// Returns whether a block is a comment that says nothing.
pub(super) fn is_separator(text: &str, node: &Node) -> bool {
    node.kind == NodeKind::Html && node.span.of(text) == SEPARATOR
}
