//! Places in text and changes to text; knows nothing of Markdown.

mod anchor;
mod edit;
mod line_index;
mod span;

pub use anchor::{Anchors, anchor};
pub use edit::{Replacement, TextEdit};
pub use line_index::{LineColumn, LineIndex};
pub use span::Span;

/// Returns `text` on one line: white space folded to single blanks, ends trimmed, control characters gone.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_ascii_whitespace()) {
        let start = out.len();
        if start > 0 {
            out.push(' ');
        }
        let before = out.len();
        out.extend(word.chars().filter(|c| !c.is_control()));
        if out.len() == before {
            out.truncate(start);
        }
    }
    out
}

/// Returns whether `text` shows nothing: blanks, line ends and control characters.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_whitespace() || c.is_control())
}
