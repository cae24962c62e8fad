//! Free text: what is left of a region when everything understood is taken out.

use crate::syntax::{Block, OtherKind, SEPARATOR, dedent, needs_separator};
use crate::text::Span;

/// Returns the stretches of `region` between the whole lines in `understood`, none of them blank.
pub(super) fn pieces(text: &str, region: Span, understood: &[Span]) -> Vec<(Span, usize)> {
    let mut pieces = Vec::new();
    let mut at = region.start();
    let mut push = |start: usize, end: usize| {
        if start < end && !text[start..end].trim().is_empty() {
            pieces.push((Span::new(start, end), 0));
        }
    };
    for span in understood {
        push(at, span.start());
        at = at.max(span.end());
    }
    push(at, region.end());
    pieces
}

/// Returns the pieces as one text: with LF line ends, moved to the left, and kept apart where they
/// would grow together.
///
/// `last` is the last block of the document when the region reaches to its end: there a code block or
/// a comment may lack its closing line, and gets it, so that the text can stand before other text.
pub(super) fn join(text: &str, pieces: &[(Span, usize)], last: Option<&Block>) -> String {
    let mut out = String::new();
    for (span, width) in pieces {
        let piece = span.of(text);
        let width = if *width > 0 { *width } else { small_indentation(piece) };
        let piece: String =
            dedent(piece, width).chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        append(&mut out, &piece);
    }
    if let (Some(Block::Other { span, kind }), Some((piece, _))) = (last, pieces.last()) {
        if piece.contains(*span) {
            if let Some(closing) = missing_end(span.of(text), *kind) {
                out.push('\n');
                out.push_str(&closing);
            }
        }
    }
    out
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

/// Returns how far the first words are indented, when that is not far enough to mean code.
fn small_indentation(piece: &str) -> usize {
    let Some(line) = piece.lines().find(|line| !line.trim().is_empty()) else { return 0 };
    let blanks = line.bytes().take_while(|b| *b == b' ').count();
    if blanks <= 3 { blanks } else { 0 }
}

fn missing_end(block: &str, kind: OtherKind) -> Option<String> {
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
            let is_closed = match *end {
                tag if tag.starts_with("</") => ends[3..7].iter().any(|(_, end)| lower.contains(end)),
                end => lower.get(2..).is_some_and(|rest| rest.contains(end)),
            };
            (!is_closed).then(|| (*end).to_owned())
        }
        OtherKind::Any => None,
    }
}
