//! Lines and columns.

use memchr::memchr_iter;

/// Line and column of a byte offset, as a person counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, starting at 1.
    pub line: usize,
    /// The column in characters, starting at 1; a byte-order mark is not a column.
    pub column: usize,
}

/// Knows where the lines of one text begin.
///
/// Lines end in LF; the CR of a CRLF is part of the line that it ends.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { starts }
    }

    /// Returns line and column of `offset` in `text`, which must be the text that was indexed.
    ///
    /// An offset past the end counts as the end, one inside a character as its beginning.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let before = &text.as_bytes()[start..offset];
        // Continuation bytes of UTF-8 look like 0b10xx_xxxx; the others begin a character.
        let characters = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let mark = usize::from(line == 1 && before.starts_with("\u{feff}".as_bytes()));
        LineColumn {
            line,
            column: characters - mark + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: usize, line: usize, column: usize) {
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text, offset), LineColumn { line, column });
    }

    #[test]
    fn counts_characters_from_one() {
        check("", 0, 1, 1);
        check("ab\ncd", 0, 1, 1);
        check("ab\ncd", 3, 2, 1);
        check("ab\r\ncd", 5, 2, 2);
        check("äöü x", 6, 1, 4);
    }

    #[test]
    fn a_byte_order_mark_is_not_a_column() {
        check("\u{feff}ab", 3, 1, 1);
        check("\u{feff}ab", 4, 1, 2);
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        check("ab", 99, 1, 3);
    }
}
