//! Places in text and changes to text; knows nothing of Markdown.

mod edit;
mod line_index;
mod span;

pub use edit::{Replacement, TextEdit};
pub use line_index::{LineColumn, LineIndex};
pub use span::Span;
