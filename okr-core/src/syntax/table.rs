//! Tables, and their plain rows, which are read without a parser of Markdown.
//!
//! Nearly all lines of a plan that has run for a while are check-ins: rows of a table in which nothing
//! but words stands between the strokes. A parser makes a dozen events of each. So the rows are read
//! here and taken out of the text, and the parser is given what is left, with the head of the table.
//!
//! That changes nothing of what the parser finds elsewhere. A table ends at a line that is no row, and
//! begins with two lines that are left in the text: so a parser that has seen the line before the rows
//! as a part of a table under its head would take each of them for a row, and be where it was before
//! them. Whether it has seen the line so is asked afterwards, as only the parser knows what stands in a
//! list, a quote, code or HTML. Where the answer is no, the whole text is parsed.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

use super::Inline;
use super::inline::{is_settled, is_special, is_special_by_range};
use crate::text::Span;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// All of it.
    pub span: Span,
    /// The cells of its header.
    pub header: Vec<Cell>,
    /// The places of its rows.
    pub rows: Vec<Span>,
    /// The cells of its rows, as many for each row as in the header.
    pub cells: Vec<Cell>,
}

impl Table {
    /// Returns the rows: the place of each, and its cells.
    pub fn rows(&self) -> impl Iterator<Item = (Span, &[Cell])> {
        let cells = self.cells.chunks(self.header.len().max(1));
        self.rows.iter().copied().zip(cells)
    }
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Where its words stand; empty where it has none.
    pub span: Span,
    /// Its words, where they are not in normal form as they stand. Most are, and need no memory.
    formatted: Option<Box<Inline>>,
}

impl Cell {
    pub(super) fn new(text: &str, span: Span, inline: Inline) -> Self {
        let words = span.of(text);
        let stands = words == inline.as_markdown() && is_settled(words);
        Self {
            span,
            formatted: (!stands).then(|| Box::new(inline)),
        }
    }

    /// Returns whether it has no words.
    pub(crate) fn is_empty(&self) -> bool {
        let formatted = self.formatted.as_deref();
        formatted.map_or(self.span.is_empty(), Inline::is_empty)
    }

    /// Returns its words as Markdown in normal form; `text` is the text that the cell was read from.
    #[must_use]
    pub fn markdown<'c>(&'c self, text: &'c str) -> &'c str {
        let formatted = self.formatted.as_deref();
        formatted.map_or_else(|| self.span.of(text), Inline::as_markdown)
    }

    /// Returns its words without formatting; `text` is the text that the cell was read from.
    #[must_use]
    pub fn plain<'c>(&'c self, text: &'c str) -> Cow<'c, str> {
        let formatted = self.formatted.as_deref();
        formatted.map_or_else(|| Cow::Borrowed(self.span.of(text)), Inline::plain)
    }

    /// Returns its words; `text` is the text that the cell was read from.
    #[must_use]
    pub fn inline(&self, text: &str) -> Inline {
        let formatted = self.formatted.as_deref().cloned();
        formatted.unwrap_or_else(|| Inline::settled(self.span.of(text)))
    }
}

/// A text of this length bounds how often the parser resolves a link by a definition; a shorter one counts
/// as one of this length.
const BOUND_BY_LENGTH: usize = 100_000;

/// The most rows that there is room for before they have come.
const MAX_HINT: usize = 64;

/// Rows that were taken out of a text.
#[derive(Debug)]
pub(super) struct Run {
    /// Where they stood, in the text that is left.
    pub(super) at: usize,
    /// Where the line before them begins, in the text that is left.
    pub(super) before: usize,
    /// How many bytes are missing up to their end.
    pub(super) missing: usize,
    /// How many cells each of them has.
    pub(super) columns: usize,
    /// The place of each in the whole text.
    pub(super) rows: Vec<Span>,
    /// The cells of all of them.
    pub(super) cells: Vec<Cell>,
}

impl Run {
    /// Adds a row at `place` with its cells where those of the last row are.
    fn repeat(&mut self, place: usize) {
        let Some(last) = self.rows.last().copied() else {
            return;
        };
        let moved = |span: Span| {
            let from = span.start() - last.start() + place;
            Span::new(from, from + span.len())
        };
        self.rows.push(moved(last));
        let first = self.cells.len() - self.columns;
        self.cells.reserve(self.columns);
        for at in first..first + self.columns {
            let span = moved(self.cells[at].span);
            self.cells.push(Cell {
                span,
                formatted: None,
            });
        }
    }
}

/// Returns `body` without its plain rows, and these; nothing when there are none. Places count from `base`.
pub(super) fn take_out(body: &str, base: usize) -> Option<(String, Vec<Run>)> {
    if body.len() > BOUND_BY_LENGTH && body.contains("]:") {
        return None;
    }
    let mut runs: Vec<Run> = Vec::new();
    let mut rest = String::new();
    // What is not in `rest` yet begins at `kept`; the line before begins at `before`.
    let (mut kept, mut before) = (0, 0);
    // How many columns there are, behind a line that may be the one under the head of a table.
    let mut columns = None;
    // Whether the line before was taken out, and what it was.
    let (mut follows, mut last) = (false, "");
    // The cells of a row that begins a run.
    let mut first = Vec::new();
    for line in lines(body) {
        let words = without_end(&body[line.clone()]);
        if !words.starts_with('|') {
            (columns, follows) = (None, false);
            continue;
        }
        let place = base + line.start;
        if follows
            && let Some(run) = runs.last_mut()
            && has_layout_of(last.as_bytes(), words.as_bytes())
        {
            run.repeat(place);
            run.missing = line.end - run.at;
            (kept, last) = (line.end, words);
            continue;
        }
        let cells = match runs.last_mut().filter(|_| follows) {
            Some(run) => &mut run.cells,
            None => &mut first,
        };
        let Some(count) = columns.filter(|columns| add_cells(cells, words, place, *columns)) else {
            columns = columns.or_else(|| rule(words));
            (before, follows) = (line.start, false);
            continue;
        };
        if !follows {
            // The tables of a plan are about as long as each other.
            let hint = runs.last().map_or(0, |run| run.rows.len()).min(MAX_HINT);
            first.reserve(hint * count);
            rest.push_str(&body[kept..line.start]);
            runs.push(Run {
                at: rest.len(),
                before: rest.len() - (line.start - before),
                missing: 0,
                columns: count,
                rows: Vec::with_capacity(hint),
                cells: std::mem::take(&mut first),
            });
        }
        kept = line.end;
        (follows, last) = (true, words);
        if let Some(run) = runs.last_mut() {
            run.missing = kept - run.at;
            run.rows.push(Span::new(place, place + words.len()));
        }
    }
    if runs.is_empty() {
        return None;
    }
    rest.push_str(&body[kept..]);
    Some((rest, runs))
}

/// Adds `more` to a list; one that is empty is replaced, which moves nothing.
pub(crate) fn append<T>(list: &mut Vec<T>, more: Vec<T>) {
    if list.is_empty() {
        *list = more;
    } else {
        list.extend(more);
    }
}

/// Returns the places of the lines, each with its line end.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    ends.chain([text.len()])
        .map(move |end| std::mem::replace(&mut start, end)..end)
}

/// Returns a line without its end and the blanks before that.
fn without_end(line: &str) -> &str {
    let is_end = |byte: &u8| matches!(byte, b' ' | b'\r' | b'\n');
    let blanks = line.bytes().rev().take_while(|byte| is_end(byte)).count();
    &line[..line.len() - blanks]
}

/// How many bytes are compared at once.
const STEP: usize = 16;

/// Returns whether a row has its strokes and blanks where a plain one has them, and nothing but words else,
/// so that its cells are as far from its start.
///
/// Most rows of a table that was laid out are so, and many bytes can be compared at once, while the cells
/// of a row are found byte by byte.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches, one instruction does it for several bytes"
)]
fn has_layout_of(plain: &[u8], row: &[u8]) -> bool {
    let differs = |(one, other): (&u8, &u8)| {
        ((*one == b'|') ^ (*other == b'|'))
            | ((*one == b' ') ^ (*other == b' '))
            | is_special_by_range(*other)
    };
    let agree = |plain: &[u8], row: &[u8]| {
        let pairs = plain.iter().zip(row);
        !pairs.fold(false, |any, pair| any | differs(pair))
    };
    if plain.len() != row.len() || row.len() < STEP {
        return false;
    }
    let mut steps = plain.chunks_exact(STEP).zip(row.chunks_exact(STEP));
    let last = row.len() - STEP;
    steps.all(|(plain, row)| agree(plain, row)) && agree(&plain[last..], &row[last..])
}

/// Returns how many columns a line draws that can stand under the head of a table.
fn rule(line: &str) -> Option<usize> {
    let is_rule = line.contains('-') && line.bytes().all(|b| b"|-: ".contains(&b));
    is_rule.then(|| line.trim_matches('|').split('|').count())
}

/// Adds the cells of a row that stands at `place`, when there are so many and only words in them; returns
/// whether that was so.
fn add_cells(cells: &mut Vec<Cell>, row: &str, place: usize, columns: usize) -> bool {
    let known = cells.len();
    let is_plain = push_cells(cells, row, place) && cells.len() == known + columns;
    if !is_plain {
        cells.truncate(known);
    }
    is_plain
}

/// Adds the cells of a row up to the first that has more than words; returns whether there is none.
fn push_cells(cells: &mut Vec<Cell>, row: &str, place: usize) -> bool {
    if row.len() < 2 || !row.ends_with('|') {
        return false;
    }
    // Where the words of a cell begin and end; without any, both is right behind its stroke.
    let (mut start, mut end) = (1, 1);
    for at in 1..row.len() {
        match row.as_bytes()[at] {
            b'|' => {
                cells.push(Cell {
                    span: Span::new(place + start, place + end),
                    formatted: None,
                });
                (start, end) = (at + 1, at + 1);
            }
            b' ' => {}
            byte if is_special(byte) => return false,
            _ if start == end => (start, end) = (at, at + 1),
            // Several blanks between words count as one.
            _ if at > end + 1 => return false,
            _ => end = at + 1,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::syntax::{outline, without_controls};

    /// Lines that begin, continue and end tables, and what tables can be mistaken for or stand in.
    const LINES: &[&str] = &[
        "",
        "| a | b |",
        "| a | b |",
        "| c | d e |",
        "| - | - |",
        "| --- | --: |",
        "|---|---|",
        "|||",
        "||",
        "|",
        "|a|",
        "|-|",
        "| a | |",
        "|  | b |  ",
        "| a | b | c |",
        "|\ta | b |",
        "| a  b | c |",
        "| \u{e9} | \u{2013} |",
        "| \u{a0} | b |",
        "| a! | b: \"c\" |",
        "| 2026-01-09 | on track |",
        "| 2026-01-16 | at  risk |",
        "| 2026-01-23 | at a risk |",
        "| 2026-01-30 | off*tra* |",
        "| 2026-02-06 | \u{e9}n track |",
        "| *a* | b |",
        "| [l] | `b |",
        "| \\| | b |",
        "| <!-- x --> | &amp; |",
        "| a | b",
        "a | b",
        "- | -",
        " | a | b |",
        "  | - | - |",
        "    | a | b |",
        "\t| a | b |",
        "> | a | b |",
        "> | - | - |",
        "- | a | b |",
        "  | a | b |",
        "text",
        "- item",
        "1. item",
        "# Heading",
        "===",
        "---",
        "```",
        "    code",
        "<div>",
        "<!--",
        "-->",
        "[l]: /u",
        "[l]:",
        "[l",
        "]: /u",
        "\"title",
        "title\"",
        "\\",
        "a\rb",
    ];

    #[track_caller]
    fn check_rows(text: &str) {
        let body = without_controls(text);
        let slow = outline::blocks(text, 0, &body, Vec::new()).unwrap();
        assert_eq!(outline::read(text, 0), slow, "{text:?}");
    }

    #[test]
    fn rows_of_one_layout_have_their_cells_where_the_first_has_them() {
        let head = "| Date | Status |\n| - | - |\n";
        let rows = "| 2026-01-09 | on track |\n| 2026-01-16 | on track |\n| 2026-01-23 | at a risk |\n\
                    | 2026-01-30 | off*tra* |\n| 2026-02-06 | on track |  \r\n| 2026-02-13 | on track |\n";
        check_rows(&format!("{head}{rows}"));
        check_rows(&format!(
            "{head}{rows}| 2026-02-20 | on trac\u{e9}|\n| 2026-02-27|| on track |\n"
        ));
    }

    proptest! {
        #[test]
        fn plain_rows_are_read_as_by_the_parser(
            lines in prop::collection::vec((prop::sample::select(LINES), any::<bool>()), 0..24),
            is_ended in any::<bool>(),
        ) {
            let mut text = String::new();
            for (line, is_crlf) in lines {
                text.push_str(line);
                text.push_str(if is_crlf { "\r\n" } else { "\n" });
            }
            check_rows(if is_ended { &text } else { text.trim_end_matches(['\r', '\n']) });
        }

        #[test]
        fn any_text_is_read_as_by_the_parser(text in "(\\| a \\| b \\|\n\\|-\\|-\\|\n)?([|\\-: ab`<>*\\[\\]\n]|\\| a \\| b \\|\n){0,80}") {
            check_rows(&text);
        }
    }
}
