//! Reads the top-level blocks of a file.

use std::borrow::Cow;
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Parser, Tag, TagEnd};

use super::block::{Block, Heading, Item, Label, Line, List, OtherKind, Task, Trailer};
use super::inline::is_comment;
use super::table::{self, Cell, Run, Table, append};
use super::write::{whole_characters, without_controls};
use super::{Inline, MARKDOWN};
use crate::text::Span;

/// Returns the top-level blocks of `text[base..]`, with places in `text`.
pub(crate) fn read(text: &str, base: usize) -> Vec<Block> {
    let body = without_controls(&text[base..]);
    // Where a control character counts as a blank, no words are as they stand.
    let taken = match body {
        Cow::Borrowed(body) => table::take_out(body, base),
        Cow::Owned(_) => None,
    };
    taken
        .and_then(|(rest, runs)| blocks(text, base, &rest, runs))
        .unwrap_or_else(|| {
            blocks(text, base, &body, Vec::new()).expect("there are no rows to be put back")
        })
}

/// Returns the blocks of `body`, which is `text[base..]` without `runs` of rows; nothing when these were not
/// all rows of a table.
pub(super) fn blocks(text: &str, base: usize, body: &str, runs: Vec<Run>) -> Option<Vec<Block>> {
    let mut reader = Reader {
        text,
        body,
        base,
        events: Parser::new_ext(body, MARKDOWN)
            .into_offset_iter()
            .peekable(),
        buffer: Vec::new(),
        runs,
        put_back: 0,
    };
    let mut blocks = Vec::new();
    while let Some((event, range)) = reader.events.next() {
        blocks.push(reader.block(&event, range));
    }
    (reader.put_back == reader.runs.len()).then_some(blocks)
}

struct Reader<'t> {
    text: &'t str,
    body: &'t str,
    base: usize,
    events: Peekable<OffsetIter<'t>>,
    /// The inline events of the line that is being read.
    buffer: Vec<(Event<'t>, Range<usize>)>,
    /// The rows that were taken out of `body`.
    runs: Vec<Run>,
    /// How many of the runs have come back into their tables.
    put_back: usize,
}

impl<'t> Reader<'t> {
    fn block(&mut self, event: &Event<'t>, range: Range<usize>) -> Block {
        let span = self.span(range.clone());
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.collect_until(|event| matches!(event, Event::End(TagEnd::Heading(_))));
                self.events.next();
                let line = self.line(LineKind::Heading).unwrap_or(Line {
                    span: Span::empty(span.end()),
                    ..Line::default()
                });
                Block::Heading(Heading {
                    span,
                    level: *level as u8,
                    line,
                })
            }
            Event::Start(Tag::List(_)) => {
                let mut items = Vec::new();
                while let Some((event, range)) = self.events.next() {
                    match event {
                        Event::Start(Tag::Item) => items.push(self.item(range)),
                        _ => break,
                    }
                }
                Block::List(List { span, items })
            }
            Event::Start(Tag::Table(_)) => self.table(range),
            Event::Start(tag) => {
                let kind = match tag {
                    Tag::CodeBlock(CodeBlockKind::Fenced(_)) => OtherKind::Fence,
                    Tag::HtmlBlock => OtherKind::Html,
                    _ => OtherKind::Any,
                };
                self.skip_to_end();
                Block::Other { span, kind }
            }
            _ => Block::Other {
                span,
                kind: OtherKind::Any,
            },
        }
    }

    fn item(&mut self, range: Range<usize>) -> Item {
        let span = self.span(range);
        if matches!(self.events.peek(), Some((Event::Start(Tag::Paragraph), _))) {
            self.events.next();
        }
        self.collect_until(|event| match event {
            Event::Start(tag) => !is_inline(tag),
            Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::Rule => true,
            _ => false,
        });
        let mut task = None;
        if let Some((Event::TaskListMarker(done), range)) = self.buffer.first() {
            task = Some(Task {
                done: *done,
                span: self.raw_span(range.clone()),
            });
            self.buffer.remove(0);
        }
        let line = self.line(match task {
            Some(_) => LineKind::Task,
            None => LineKind::Item,
        });
        let mut rest = None;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(TagEnd::Item) => break,
                Event::End(_) => {}
                Event::Start(_) => {
                    rest = rest.or(Some(range.start));
                    self.skip_to_end();
                }
                _ => rest = rest.or(Some(range.start)),
            }
        }
        let rest = rest.map(|start| {
            let rest = Span::new(self.place(start), span.end());
            whole_characters(self.text, rest)
        });
        Item {
            span,
            task,
            line,
            rest,
        }
    }

    fn table(&mut self, range: Range<usize>) -> Block {
        let mut table = Table {
            span: self.span(range.clone()),
            header: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
        };
        let mut is_in_head = true;
        while let Some((event, place)) = self.events.next() {
            match event {
                Event::Start(Tag::TableRow) => {
                    is_in_head = false;
                    self.put_back(&mut table, range.start..place.start);
                    table.rows.push(self.span(place));
                }
                Event::Start(Tag::TableCell) => {
                    let cell = self.cell(place.start);
                    let cells = if is_in_head {
                        &mut table.header
                    } else {
                        &mut table.cells
                    };
                    cells.push(cell);
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        self.put_back(&mut table, range);
        if let Some(last) = table.rows.last() {
            table.span = table.span.cover(*last);
        }
        Block::Table(table)
    }

    /// Puts the rows back into a table that stood behind a line of it within `range`, which begins with
    /// its head.
    fn put_back(&mut self, table: &mut Table, range: Range<usize>) {
        let is_next = |run: &&mut Run| {
            let is_under_head = range.start < run.before && run.before < range.end;
            is_under_head && run.columns == table.header.len()
        };
        while let Some(run) = self.runs.get_mut(self.put_back).filter(is_next) {
            append(&mut table.rows, std::mem::take(&mut run.rows));
            append(&mut table.cells, std::mem::take(&mut run.cells));
            self.put_back += 1;
        }
    }

    /// Reads a cell of a table that starts at `start`, up to its end.
    fn cell(&mut self, start: usize) -> Cell {
        self.buffer.clear();
        for (event, range) in self.events.by_ref() {
            if matches!(event, Event::End(TagEnd::TableCell)) {
                break;
            }
            self.buffer.push((event, range));
        }
        let Some(range) = self.words() else {
            return Cell::new(self.text, self.span(start..start), Inline::default());
        };
        let inline = Inline::from_events(self.body, &self.buffer, range.clone());
        Cell::new(self.text, self.raw_span(range), inline)
    }

    /// Takes events into the buffer, up to and without the one that `ends`.
    fn collect_until(&mut self, ends: impl Fn(&Event<'_>) -> bool) {
        self.buffer.clear();
        while let Some(event) = self.events.next_if(|(event, _)| !ends(event)) {
            self.buffer.push(event);
        }
    }

    /// Passes over everything up to the end of the block whose start was taken last.
    fn skip_to_end(&mut self) {
        let mut depth = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    /// Returns where the words of the buffered events stand, without a comment at their end; nothing when
    /// there are none.
    fn words(&mut self) -> Option<Range<usize>> {
        // A comment at the end stays behind what is written in the place of the words.
        let is_trailing = |(event, _): &&(Event<'_>, _)| match event {
            Event::InlineHtml(html) => is_comment(html),
            Event::Text(text) => text.trim_ascii().is_empty(),
            Event::SoftBreak => true,
            _ => false,
        };
        let kept = self.buffer.len() - self.buffer.iter().rev().take_while(is_trailing).count();
        self.buffer.truncate(kept);
        let start = self.buffer.iter().map(|(_, range)| range.start).min()?;
        let end = self.buffer.iter().map(|(_, range)| range.end).max()?;
        // Text behind an escape begins after the backslash.
        let start = if self.body[..start].ends_with('\\') {
            start - 1
        } else {
            start
        };
        Some(trim(self.body, start..end))
    }

    /// Makes a line of the buffered events; nothing when there are none.
    fn line(&mut self, kind: LineKind) -> Option<Line> {
        let range = self.words()?;
        let label = self.label(&range);
        let inline = match kind {
            LineKind::Item if label.is_some() => Inline::default(),
            _ => Inline::from_events(self.body, &self.buffer, range.clone()),
        };
        let trailer = match kind {
            LineKind::Task => self.trailer(&range),
            _ => None,
        };
        Some(Line {
            span: self.raw_span(range),
            inline,
            label: label.map(Box::new),
            trailer: trailer.map(Box::new),
        })
    }

    fn label(&self, line: &Range<usize>) -> Option<Label> {
        let mut name = String::new();
        let mut open: Option<usize> = None;
        for (event, range) in &self.buffer {
            match event {
                Event::Start(Tag::Strong | Tag::Emphasis) => open = open.or(Some(range.end)),
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => {
                    open = open.filter(|end| *end != range.end);
                }
                Event::Text(value) if self.body.get(range.clone()) == Some(&**value) => {
                    let Some(at) = value.find(':') else {
                        name.push_str(value);
                        if name.len() > MAX_NAME {
                            return None;
                        }
                        continue;
                    };
                    name.push_str(&value[..at]);
                    let colon = range.start + at;
                    let mut after = colon + 1;
                    if let Some(end) = open {
                        if !self.body[after..end]
                            .bytes()
                            .all(|b| matches!(b, b'*' | b'_'))
                        {
                            return None;
                        }
                        after = end;
                    }
                    let is_escaped = self.body[..colon].ends_with('\\');
                    let stands_alone = after >= line.end
                        || self.body[after..].starts_with(|c: char| c.is_ascii_whitespace());
                    let name = name.trim();
                    let is_name = name.starts_with(char::is_alphabetic)
                        && name.len() <= MAX_NAME
                        && name.chars().all(|c| {
                            c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.' | '_')
                        });
                    if is_escaped || !stands_alone || !is_name {
                        return None;
                    }
                    let value_range = trim(self.body, after.min(line.end)..line.end);
                    let value = Inline::from_events(self.body, &self.buffer, value_range.clone());
                    return Some(Label {
                        name: name.to_owned(),
                        span: self.raw_span(line.start..colon),
                        value,
                        value_span: self.raw_span(value_range),
                    });
                }
                _ => return None,
            }
        }
        None
    }

    fn trailer(&self, line: &Range<usize>) -> Option<Trailer> {
        let source = &self.body[line.clone()];
        let (last, _) = self.buffer.last()?;
        if !matches!(last, Event::Text(_)) {
            return None;
        }
        let open = trailer_start(source)?;
        let before = &source[..open];
        if before.trim_ascii().is_empty() || !before.ends_with(|c: char| c.is_ascii_whitespace()) {
            return None;
        }
        let open = line.start + open;
        let is_word = |(event, range): &(Event<'_>, Range<usize>)| {
            matches!(event, Event::Text(_)) && range.contains(&open)
        };
        if !self.buffer.iter().any(is_word) {
            return None;
        }
        let inside = Inline::from_events(self.body, &self.buffer, open + 1..line.end - 1);
        let before = Inline::from_events(self.body, &self.buffer, line.start..open);
        (!before.is_empty()).then(|| Trailer {
            span: self.raw_span(open..line.end),
            text: inside.plain().into_owned(),
            before,
        })
    }

    /// Returns the place of `range` in the whole text, without white space after it.
    fn span(&self, range: Range<usize>) -> Span {
        let kept = self.body[range.clone()]
            .trim_end_matches([' ', '\t', '\n', '\r'])
            .len();
        self.raw_span(range.start..range.start + kept)
    }

    fn raw_span(&self, range: Range<usize>) -> Span {
        // What ends, or is empty, where rows were taken out stood before them.
        let end = range
            .end
            .checked_sub(1)
            .map_or(self.base, |last| self.place(last) + 1);
        let span = if range.is_empty() {
            Span::empty(end)
        } else {
            Span::new(self.place(range.start), end)
        };
        whole_characters(self.text, span)
    }

    /// Returns the place of a byte in the whole text.
    fn place(&self, at: usize) -> usize {
        let runs = self.runs.partition_point(|run| run.at <= at);
        let missing = runs
            .checked_sub(1)
            .map_or(0, |last| self.runs[last].missing);
        self.base + at + missing
    }
}

/// What a line is a part of; it decides what is looked for in it.
#[derive(Clone, Copy)]
enum LineKind {
    Heading,
    Item,
    Task,
}

/// The length in bytes of the longest name of a label.
const MAX_NAME: usize = 40;

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let trimmed = slice.trim_matches([' ', '\t', '\n', '\r']);
    let start =
        range.start + (slice.len() - slice.trim_start_matches([' ', '\t', '\n', '\r']).len());
    if trimmed.is_empty() {
        range.start..range.start
    } else {
        start..start + trimmed.len()
    }
}

/// Returns where the parenthesis begins that ends `source`, with those inside it counted in pairs.
pub(crate) fn trailer_start(source: &str) -> Option<usize> {
    if !source.ends_with(')') {
        return None;
    }
    let mut depth = 0_usize;
    source.bytes().rposition(|b| {
        match b {
            b')' => depth += 1,
            b'(' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

const fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<Item> {
        let lists = read(text, 0).into_iter().filter_map(|block| match block {
            Block::List(list) => Some(list.items),
            _ => None,
        });
        lists.flatten().collect()
    }

    #[track_caller]
    fn check_label(text: &str, name: &str, value: &str) {
        let item = items(text).remove(0);
        let label = item.line.unwrap().label.expect("is a label");
        assert_eq!((&*label.name, label.value_span.of(text)), (name, value));
    }

    #[test]
    fn labels_may_be_emphasised() {
        check_label("- Owner: Dana Reyes", "Owner", "Dana Reyes");
        check_label("* **Owner:** Dana", "Owner", "Dana");
        check_label("+ **Due date**: 2026-12-31", "Due date", "2026-12-31");
        check_label("- _Owner_ : Dana", "Owner", "Dana");
        check_label("- Owner:", "Owner", "");
        check_label("- Measure: a\n  b", "Measure", "a\n  b");
    }

    #[test]
    fn other_lines_are_no_labels() {
        for text in [
            "- https://example.org",
            "- Owner\\: Dana",
            "- at 14:00 sharp",
            "- **Owner: Dana**",
            "- `a`: b",
            "- 1: b",
        ] {
            assert_eq!(
                items(text)[0].line.as_ref().unwrap().label,
                None,
                "{text:?}"
            );
        }
    }

    #[test]
    fn control_characters_are_blanks() {
        let blocks = read("a\r# b\r\n\u{b}\n## c", 0);
        assert!(
            matches!(&blocks[..], [Block::Other { .. }, Block::Heading(_)]),
            "{blocks:?}"
        );
    }

    #[test]
    fn a_check_box_is_three_bytes() {
        let text = "- [x] Done\n- [ ] Not (@kim)\n\n- [X] Loose\n";
        let tasks: Vec<_> = items(text).iter().filter_map(|item| item.task).collect();
        assert_eq!(
            tasks
                .iter()
                .map(|task| task.span.of(text))
                .collect::<Vec<_>>(),
            ["[x]", "[ ]", "[X]"]
        );
        assert_eq!(
            tasks.iter().map(|task| task.done).collect::<Vec<_>>(),
            [true, false, true]
        );
    }

    #[test]
    fn a_trailer_may_hold_parentheses() {
        let text = "- [ ] Call (twice) them (@kim (AR), due 2026-11-15)";
        let trailer = items(text)[0].line.clone().unwrap().trailer.unwrap();
        assert_eq!(trailer.text, "@kim (AR), due 2026-11-15");
        assert_eq!(trailer.before.as_markdown(), "Call (twice) them");
        assert_eq!(trailer.span.of(text), "(@kim (AR), due 2026-11-15)");
    }

    #[test]
    fn only_the_first_paragraph_is_the_line() {
        let text = "- Owner: Dana\n  - nested: x\n- b\n\n  c\n";
        let items = items(text);
        assert_eq!(items[0].rest.unwrap().of(text), "- nested: x");
        assert_eq!(items[1].rest.unwrap().of(text), "c");
        assert_eq!(items[1].line.as_ref().unwrap().span.of(text), "b");
    }

    #[test]
    fn an_indentation_does_not_end_within_a_control_character() {
        for text in ["- b\n\n    \0\u{85}c\n", "- b\n\n\t\u{b}\u{85}c"] {
            let rest = items(text)[0].rest.unwrap();
            assert_eq!(rest.of(text), "\u{85}c");
        }
    }

    #[test]
    fn headings_in_code_and_quotes_are_no_headings() {
        let text = "```\n# a\n```\n\n> # b\n\n    # c\n\n# d\n";
        let headings = read(text, 0)
            .into_iter()
            .filter(|block| matches!(block, Block::Heading(_)));
        assert_eq!(headings.count(), 1);
    }

    #[test]
    fn cells_may_hold_pipes() {
        let text = "| a | b |\n| - | - |\n| x \\| y | z |\n";
        let Block::Table(table) = &read(text, 0)[0] else {
            panic!("is a table")
        };
        assert_eq!(table.cells[0].plain(text), "x | y");
    }
}
