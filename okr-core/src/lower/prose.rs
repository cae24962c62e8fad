//! Free text: what is left of a region when everything understood is taken out.

use crate::syntax::{Block, OtherKind, SEPARATOR, dedent, needs_separator, without_controls};
use crate::text::Span;

/// A stretch of text that was not understood.
pub(super) struct Piece {
    /// Where it stands.
    pub(super) span: Span,
    /// What is done to it, so that it stays text wherever it stands.
    pub(super) kind: PieceKind,
}

#[derive(Clone, Copy)]
pub(super) enum PieceKind {
    /// Text by itself.
    Plain,
    /// Blocks nested in a field, so many columns to the right; they become a quote, in which nothing is
    /// taken for an element of the plan.
    Nested(usize),
    /// A field that stands there a second time; the colon at that offset is escaped.
    Repeated(usize),
}

/// Returns the stretches of `region` between the whole lines in `understood`, none of them blank.
pub(super) fn pieces(text: &str, region: Span, understood: &[Span]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = region.start();
    let mut push = |start: usize, end: usize| {
        if start < end && !crate::text::is_blank(&text[start..end]) {
            pieces.push(Piece {
                span: Span::new(start, end),
                kind: PieceKind::Plain,
            });
        }
    };
    for span in understood {
        push(at, span.start());
        at = at.max(span.end());
    }
    push(at, region.end());
    pieces
}

/// Returns the pieces as one text: with LF line ends, and kept apart where they would grow together.
///
/// `last` is the last block of the document when the region reaches to its end: there a code block or
/// a comment may lack its closing line, and gets it, so that the text can stand before other text.
pub(super) fn join(text: &str, pieces: &[Piece], last: Option<&Block>) -> String {
    let mut out = String::new();
    for piece in pieces {
        let slice = piece.span.of(text);
        match piece.kind {
            PieceKind::Plain => append(&mut out, &dedent(slice, 0)),
            PieceKind::Nested(width) => append(&mut out, &quoted(&dedent(slice, width))),
            PieceKind::Repeated(colon) => {
                let (before, after) = slice.split_at(
                    colon.clamp(piece.span.start(), piece.span.end()) - piece.span.start(),
                );
                append(&mut out, &dedent(&format!("{before}\\{after}"), 0));
            }
        }
    }
    if let (Some(Block::Other { span, kind }), Some(piece)) = (last, pieces.last())
        && piece.span.contains(*span)
        && let Some(closing) = missing_end(span.of(text), *kind)
    {
        out.push('\n');
        out.push_str(&closing);
    }
    out
}

fn quoted(text: &str) -> String {
    let lines: Vec<_> = text
        .lines()
        .map(|line| format!("> {line}").trim_end_matches(' ').to_owned())
        .collect();
    lines.join("\n")
}

/// Puts `piece` behind `text`, as blocks of their own.
pub(super) fn append(text: &mut String, piece: &str) {
    if piece.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
        if needs_separator(piece) {
            text.push_str(SEPARATOR);
            text.push_str("\n\n");
        }
    }
    text.push_str(piece);
}

/// Returns how far text nested in an item is to be moved to the left: as far as its first words stand,
/// unless they stand so far behind the item's own, in column `content`, that they mean code.
pub(super) fn nested_width(nested: &str, content: usize) -> usize {
    let nested = without_controls(nested);
    let first = nested
        .lines()
        .find(|line| !crate::text::is_blank(line))
        .unwrap_or("");
    let blanks = first.len() - first.trim_start_matches([' ', '\t']).len();
    let first = super::indentation(first, blanks);
    if first <= content + 3 { first } else { content }
}

/// Returns the line that closes a block of code or HTML, or nothing where it is closed.
pub(crate) fn missing_end(block: &str, kind: OtherKind) -> Option<String> {
    match kind {
        OtherKind::Fence => {
            let mut lines = block.lines();
            let first = lines.next()?.trim_start();
            let sign = first.chars().next()?;
            let fence = &first[..first.len() - first.trim_start_matches(sign).len()];
            let is_end = |line: &str| {
                let line = line.trim_matches([' ', '\t', '\r']);
                line.len() >= fence.len() && line.chars().all(|c| c == sign)
            };
            (!lines.next_back().is_some_and(is_end)).then(|| fence.to_owned())
        }
        OtherKind::Html => {
            let lower = block.trim_start().to_ascii_lowercase();
            let ends = [
                ("<!--", "-->"),
                ("<?", "?>"),
                ("<![cdata[", "]]>"),
                ("<script", "</script>"),
                ("<pre", "</pre>"),
                ("<style", "</style>"),
                ("<textarea", "</textarea>"),
                ("<!", ">"),
            ];
            let (_, end) = ends.iter().find(|(start, _)| lower.starts_with(start))?;
            // The end of a comment may not overlap its start: `<!-->` is one, but is rare enough to close twice.
            let is_closed = lower.get(2..).is_some_and(|rest| rest.contains(end));
            (!is_closed).then(|| (*end).to_owned())
        }
        OtherKind::Any => None,
    }
}
