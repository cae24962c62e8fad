//! Places of a text, as other programs count them.

use okr_core::text::{LineIndex, Span};

/// A place: in bytes, and in lines with columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The bytes.
    pub span: Span,
    /// The first character.
    pub start: Position,
    /// The character after the last one.
    pub end: Position,
}

/// A line and the columns in it, all starting at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column in characters; a byte-order mark is not a column.
    pub column: usize,
    /// The column in code units of UTF-16, where characters beyond the first 65,536 count as two.
    pub utf16: usize,
}

/// Finds the regions of one text.
#[derive(Debug)]
pub struct Regions<'t> {
    text: &'t str,
    lines: LineIndex,
}

impl<'t> Regions<'t> {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            lines: LineIndex::new(text),
        }
    }

    /// Returns the region of a span, brought inside the text.
    #[must_use]
    pub fn region(&self, span: Span) -> Region {
        Region {
            span,
            start: self.position(span.start()),
            end: self.position(span.end()),
        }
    }

    fn position(&self, offset: usize) -> Position {
        let place = self.lines.line_column(self.text, offset);
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        Position {
            line: place.line,
            column: place.column,
            utf16: utf16_length(line) + 1,
        }
    }
}

/// Returns how many code units of UTF-16 a text has; most lines are ASCII, and are not looked into.
fn utf16_length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters_and_in_code_units() {
        let text = "\u{feff}a\r\n🎯 ä x";
        let regions = Regions::new(text);
        let at = text.find('x').unwrap();
        let region = regions.region(Span::new(at, at + 1));
        assert_eq!(
            (region.start.line, region.start.column, region.start.utf16),
            (2, 5, 6)
        );
        assert_eq!((region.end.column, region.end.utf16), (6, 7));
        let first = regions.region(Span::new(3, 4)).start;
        assert_eq!((first.line, first.column, first.utf16), (1, 1, 1));
        assert_eq!(regions.region(Span::new(99, 99)).start.line, 2);
    }
}
