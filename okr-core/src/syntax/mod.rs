//! What stands where in a Markdown file; knows nothing of OKRs.

mod block;
mod document;
mod front_matter;
mod inline;
mod links;
mod outline;
mod rewrite;
mod table;
mod tree;
mod write;

pub use block::{Block, Heading, Item, Label, Line, List, OtherKind, Task, Trailer};
pub use document::Document;
pub use front_matter::{Entry, FrontMatter, FrontMatterProblem};
pub use inline::Inline;
pub(crate) use links::destinations;
pub(crate) use outline::{read as blocks, trailer_start};
pub(crate) use rewrite::Part;
pub(crate) use table::append;
pub use table::{Cell, Table};
pub(crate) use tree::{Definition, Node, NodeKind, Piece, Words, normal_label, tree};
pub use write::{
    SEPARATOR, dedent, escape_cell, front_matter_value, indent, needs_separator, table,
};
pub(crate) use write::{add_table, without_controls};

use pulldown_cmark::Options;

/// The dialect that code hosts share: CommonMark with tables, task lists and strikethrough.
pub const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH);
