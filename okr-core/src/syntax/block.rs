//! What a file is made of: its blocks and lines, each with its place.

use super::Inline;
use super::table::Table;
use crate::text::Span;

/// A block at the top level of the file; what is nested in lists and quotes is not looked into,
/// except for the items of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of any level, written with `#` or underlined.
    Heading(Heading),
    /// A list of any kind.
    List(List),
    /// A table with its header.
    Table(Table),
    /// Anything else.
    Other {
        /// All of it, without the line end after it.
        span: Span,
        /// What it is.
        kind: OtherKind,
    },
}

impl Block {
    /// Returns the place of the whole block, without the line end after it.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Heading(heading) => heading.span,
            Self::List(list) => list.span,
            Self::Table(table) => table.span,
            Self::Other { span, .. } => *span,
        }
    }
}

/// Which block it is that is not looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherKind {
    /// A code block between fences.
    Fence,
    /// A block of HTML, comments included.
    Html,
    /// Whatever is left: paragraphs, quotes, indented code, rules.
    Any,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// All of it: the `#` signs or the underline too.
    pub span: Span,
    /// 1 for the largest, up to 6.
    pub level: u8,
    /// Its words.
    pub line: Line,
}

impl Heading {
    /// Returns whether the heading is marked by a line under its words rather than by `#`.
    #[must_use]
    pub fn is_underlined(&self, text: &str) -> bool {
        self.span.of(text).contains('\n')
    }
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// All of it.
    pub span: Span,
    /// Its items; those of nested lists are not among them.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// All of it: from its bullet to the end of what is nested in it.
    pub span: Span,
    /// The check box, if it has one.
    pub task: Option<Task>,
    /// Its first paragraph; an item may begin with another block, or be empty.
    pub line: Option<Line>,
    /// What follows the first paragraph, from its first to its last byte.
    pub rest: Option<Span>,
}

/// A check box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// Whether it is ticked.
    pub done: bool,
    /// The three bytes `[ ]` or `[x]`.
    pub span: Span,
}

/// The words of a heading or an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Where the words stand; may reach over several lines.
    pub span: Span,
    /// The words; empty in an item without a check box that is a label, whose words are its value.
    pub inline: Inline,
    /// The words before and after a colon, when the line is a label with a value.
    pub label: Option<Box<Label>>,
    /// The parenthesis that ends an item with a check box.
    pub trailer: Option<Box<Trailer>>,
}

/// A line of the form `Name: value`; the name may be emphasised, with the colon or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The words before the colon, without formatting.
    pub name: String,
    /// Where they stand.
    pub span: Span,
    /// The words after the colon.
    pub value: Inline,
    /// Where they stand; empty, behind the colon, where there are none.
    pub value_span: Span,
}

/// A parenthesis at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trailer {
    /// All of it, with both signs.
    pub span: Span,
    /// What stands in it, without formatting.
    pub text: String,
    /// The words before it.
    pub before: Inline,
}
