//! A whole file, read.

use std::sync::OnceLock;

use super::{Block, FrontMatter, outline};
use crate::text::{LineColumn, LineIndex, Span};

/// A Markdown file, read: its text, unchanged, and what stands where in it.
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    /// Read when the first place is asked for.
    lines: OnceLock<LineIndex>,
    front_matter: Option<FrontMatter>,
    blocks: Vec<Block>,
}

impl Document {
    /// Reads a text; every text is a document.
    ///
    /// ```
    /// use okr_core::syntax::Document;
    ///
    /// let document = Document::parse("# Any text\r\n");
    /// assert_eq!(document.text(), "# Any text\r\n");
    /// ```
    #[must_use]
    pub fn parse(text: impl Into<String>) -> Self {
        let text = text.into();
        let front_matter = FrontMatter::read(&text);
        let mark = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let base = front_matter
            .as_ref()
            .map_or(mark, |front_matter| front_matter.span.end());
        let blocks = outline::read(&text, base);
        Self {
            text,
            lines: OnceLock::new(),
            front_matter,
            blocks,
        }
    }

    /// Returns the text as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the front matter, if the file begins with one.
    #[must_use]
    pub const fn front_matter(&self) -> Option<&FrontMatter> {
        self.front_matter.as_ref()
    }

    /// Returns the top-level blocks after the front matter, in the order of the text.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns where the text after the front matter begins.
    #[must_use]
    pub fn body_start(&self) -> usize {
        let mark = if self.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        self.front_matter
            .as_ref()
            .map_or(mark, |front_matter| front_matter.span.end())
    }

    /// Returns the line and column of a byte offset.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let lines = self.lines.get_or_init(|| LineIndex::new(&self.text));
        lines.line_column(&self.text, offset)
    }

    /// Returns the line end that the file uses: `\r\n` when its first line ends so, else `\n`.
    #[must_use]
    pub fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// Returns `span` grown to whole lines, the line end of the last one included.
    #[must_use]
    pub fn whole_lines(&self, span: Span) -> Span {
        let start = self.text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
        let start = start.max(self.body_start().min(span.start()));
        let end = self.text[span.end()..]
            .find('\n')
            .map_or(self.text.len(), |at| span.end() + at + 1);
        Span::new(start, end)
    }
}
