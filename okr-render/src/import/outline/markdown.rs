//! Loose Markdown: headings, nested bullets, tables under headings, in any mixture.

use okr_core::model::one_line;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Lined, Outline, announced, field, is_field};
use crate::import::layout::Field;
use crate::import::values::text::{Kind, unmark};
use crate::import::words;
use crate::table::{Cell, Table};

/// Something that stands in the text, in its order.
enum Part {
    Piece(Piece),
    Grid(Grid),
}

/// A line of words.
struct Piece {
    line: usize,
    form: Form,
    text: String,
    done: Option<bool>,
}

impl Piece {
    const fn new(line: usize, form: Form) -> Self {
        Self {
            line,
            form,
            text: String::new(),
            done: None,
        }
    }
}

/// What a piece looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A heading, by its level from 1.
    Heading(u8),
    /// A list item, by how many items it stands in.
    Item(u8),
    /// A line of a paragraph.
    Line,
}

/// A table; its first row holds the headings.
struct Grid {
    rows: Vec<(usize, Vec<String>)>,
}

/// Reads a text; nothing where no element can be made out.
pub(super) fn read(text: &str) -> Option<Lined> {
    let parts = parts(text);
    if let Some(lined) = whole_table(&parts) {
        return Some(lined);
    }
    Sorter::new(&parts).outline(parts).into_table()
}

/// Finds what stands in the text.
fn parts(text: &str) -> Vec<Part> {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let line_of = |at: usize| starts.partition_point(|start| *start <= at);
    let mut parts = Vec::new();
    let mut open: Vec<Piece> = Vec::new();
    let mut depth = 0_u8;
    let mut grid: Option<Grid> = None;
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let line = line_of(range.start);
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                open.push(Piece::new(line, Form::Heading(number_of(level))));
            }
            Event::Start(Tag::Item) => {
                // What the outer item says ends where an inner one begins.
                flush(&mut open, &mut parts);
                depth = depth.saturating_add(1);
                open.push(Piece::new(line, Form::Item(depth)));
            }
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_)) => {
                let is_inside = open.last().is_some_and(|piece| piece.text.is_empty());
                if !is_inside {
                    open.push(Piece::new(line, Form::Line));
                }
            }
            Event::Start(Tag::Table(_)) => grid = Some(Grid { rows: Vec::new() }),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(grid) = &mut grid {
                    grid.rows.push((line, Vec::new()));
                }
            }
            Event::Start(Tag::TableCell) => open.push(Piece::new(line, Form::Line)),
            Event::End(TagEnd::TableCell) => {
                let text = open.pop().map(|piece| piece.text).unwrap_or_default();
                if let Some((_, row)) = grid.as_mut().and_then(|grid| grid.rows.last_mut()) {
                    row.push(one_line(&text));
                }
            }
            Event::End(TagEnd::Table) => parts.extend(grid.take().map(Part::Grid)),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock) => {
                flush(&mut open, &mut parts);
            }
            Event::End(TagEnd::Item) => {
                flush(&mut open, &mut parts);
                depth = depth.saturating_sub(1);
            }
            Event::TaskListMarker(done) => {
                if let Some(piece) = open.last_mut() {
                    piece.done = Some(done);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                let is_line = open.last().is_some_and(|piece| piece.form == Form::Line);
                if is_line && grid.is_none() {
                    flush(&mut open, &mut parts);
                    open.push(Piece::new(line + 1, Form::Line));
                } else if let Some(piece) = open.last_mut() {
                    piece.text.push('\n');
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if open.is_empty() {
                    open.push(Piece::new(line, Form::Line));
                }
                if let Some(piece) = open.last_mut() {
                    piece.text.push_str(&words);
                }
            }
            _ => {}
        }
    }
    flush(&mut open, &mut parts);
    parts
}

const fn number_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// Ends the pieces that are open.
fn flush(open: &mut Vec<Piece>, parts: &mut Vec<Part>) {
    for piece in open.drain(..) {
        if !piece.text.trim().is_empty() {
            parts.push(Part::Piece(piece));
        }
    }
}

/// Returns a table of the text that has objectives and key results in columns, with the lines above it.
fn whole_table(parts: &[Part]) -> Option<Lined> {
    let at = parts.iter().position(|part| match part {
        Part::Grid(grid) => grid.rows.first().is_some_and(|(_, headings)| {
            column(headings, Field::Objective).is_some()
                && column(headings, Field::KeyResult).is_some()
        }),
        Part::Piece(_) => false,
    })?;
    let mut lines = Vec::new();
    let mut rows = Vec::new();
    for part in &parts[..=at] {
        match part {
            Part::Piece(piece) => {
                lines.push(piece.line);
                rows.push(vec![Cell::text(one_line(&piece.text))]);
            }
            Part::Grid(grid) => {
                for (line, cells) in &grid.rows {
                    lines.push(*line);
                    rows.push(cells.iter().map(|cell| Cell::text(cell.clone())).collect());
                }
            }
        }
    }
    let table = Table {
        rows,
        ..Table::default()
    };
    Some(Lined {
        table,
        lines,
        noun: "line",
    })
}

/// Returns the first column whose heading says plainly what the field is.
fn column(headings: &[String], field: Field) -> Option<usize> {
    headings.iter().position(|heading| names(heading, field))
}

fn names(heading: &str, field: Field) -> bool {
    let candidates = words::heading(&words::normal(heading));
    candidates
        .first()
        .is_some_and(|candidate| candidate.field == field)
}

/// Tells what the pieces of one text are; what has no mark is told by where it stands.
struct Sorter {
    /// Whether headings or items say `Objective`, `O1`, `Goal`.
    has_marks: bool,
    /// The level of the headings that are objectives where none has a mark.
    level: Option<u8>,
    /// Whether list items stand within others.
    nests: bool,
    has_headings: bool,
}

impl Sorter {
    fn new(parts: &[Part]) -> Self {
        let mut has_marks = false;
        let mut nests = false;
        let mut has_headings = false;
        let mut level = None;
        let mut above = None;
        for part in parts {
            match part {
                Part::Piece(piece) => {
                    let text = one_line(&piece.text);
                    has_marks |= unmark(&text).kind == Some(Kind::Objective);
                    match piece.form {
                        Form::Heading(heading) => {
                            has_headings = true;
                            // A heading such as `Key results` belongs to the one above it.
                            if announced(&text).is_none() {
                                above = Some(heading);
                            }
                        }
                        Form::Item(depth) => {
                            nests |= depth > 1;
                            level = level.max(above);
                        }
                        Form::Line => {}
                    }
                }
                Part::Grid(_) => level = level.max(above),
            }
        }
        Self {
            has_marks,
            level,
            nests,
            has_headings,
        }
    }

    fn outline(&self, parts: Vec<Part>) -> Outline {
        let mut outline = Outline::default();
        let mut section = None;
        let is_list_next: Vec<bool> = (0..parts.len())
            .map(|at| {
                matches!(parts.get(at + 1), Some(Part::Piece(next)) if next.form == Form::Item(1))
            })
            .collect();
        for (part, is_list_next) in parts.into_iter().zip(is_list_next) {
            match part {
                Part::Grid(grid) => grid_rows(&mut outline, grid),
                Part::Piece(piece) => {
                    self.piece(&mut outline, &mut section, &piece, is_list_next);
                }
            }
        }
        outline
    }

    fn piece(
        &self,
        outline: &mut Outline,
        section: &mut Option<Kind>,
        piece: &Piece,
        is_list_next: bool,
    ) {
        let text = one_line(&piece.text);
        if let Some(kind) = announced(&text) {
            *section = Some(kind);
            return;
        }
        let marked = unmark(&text);
        if let Some(kind) = marked.kind
            && kind != Kind::Note
        {
            if kind == Kind::Objective {
                *section = None;
            }
            let reference = marked.reference.to_owned();
            Self::element(outline, piece, kind, marked.rest);
            if !reference.is_empty() {
                outline.say(piece.line, "Id", &reference);
            }
            return;
        }
        if !matches!(piece.form, Form::Heading(_)) {
            let mut is_said = false;
            for text in text.split(" | ") {
                if let Some((name, value)) = field(text) {
                    outline.say(piece.line, name, value);
                    is_said = true;
                }
            }
            if is_said {
                return;
            }
        }
        match self.kind(outline, *section, piece, is_list_next) {
            Some(kind) => {
                if kind == Kind::Objective {
                    *section = None;
                }
                Self::element(outline, piece, kind, marked.rest);
            }
            None if outline.entries.is_empty() => outline.preamble.push((piece.line, text)),
            None => outline.say(piece.line, "Description", &text),
        }
    }

    /// Returns what a piece without a mark is; nothing where it only says something of what is above it.
    fn kind(
        &self,
        outline: &Outline,
        section: Option<Kind>,
        piece: &Piece,
        is_list_next: bool,
    ) -> Option<Kind> {
        let last = outline.entries.last().map(|entry| entry.kind);
        match piece.form {
            Form::Heading(level) => match (self.has_marks, self.level) {
                (false, Some(objective)) if level == objective => Some(Kind::Objective),
                (true, _) if section == Some(Kind::KeyResult) => Some(Kind::KeyResult),
                _ => None,
            },
            Form::Item(depth) => {
                let top = match (section, self.has_headings || self.has_marks) {
                    (Some(kind), _) => kind,
                    (None, true) => {
                        last?;
                        let is_work = piece.done.is_some() || last == Some(Kind::Initiative);
                        if is_work && outline.has_key_result() {
                            Kind::Initiative
                        } else {
                            Kind::KeyResult
                        }
                    }
                    (None, false) if self.nests || last.is_none() => Kind::Objective,
                    (None, false) => Kind::KeyResult,
                };
                Some((1..depth).fold(top, |kind, _| below(kind)))
            }
            Form::Line => {
                let is_head = is_list_next && !self.has_headings && !self.has_marks && !self.nests;
                is_head.then_some(Kind::Objective)
            }
        }
    }

    /// Adds an element, with what its own line says of it behind dashes, dots and bars.
    fn element(outline: &mut Outline, piece: &Piece, kind: Kind, text: &str) {
        let mut rest = text;
        let mut said = Vec::new();
        while let Some((head, tail)) = [" — ", " – ", " · ", " | ", " - "]
            .iter()
            .filter_map(|sign| rest.rsplit_once(sign))
            .max_by_key(|(head, _)| head.len())
        {
            let Some(field) = field(tail) else {
                break;
            };
            said.push(field);
            rest = head.trim_end();
        }
        let is_nested = match piece.form {
            Form::Item(depth) => depth > 1 || outline.key_result_is_heading,
            Form::Heading(_) | Form::Line => false,
        };
        outline.push(piece.line, kind, is_nested, rest);
        if matches!(piece.form, Form::Heading(_)) {
            outline.key_result_is_heading = kind == Kind::KeyResult;
        }
        for (name, value) in said.into_iter().rev() {
            outline.say(piece.line, name, value);
        }
        if piece.done == Some(true) {
            outline.say(piece.line, "Status", "done");
        }
    }
}

/// Returns what stands within an element.
const fn below(kind: Kind) -> Kind {
    match kind {
        Kind::Plan => Kind::Objective,
        Kind::Objective => Kind::KeyResult,
        _ => Kind::Initiative,
    }
}

impl Outline {
    /// Returns whether the last objective has a key result.
    pub(super) fn has_key_result(&self) -> bool {
        let own = self
            .entries
            .iter()
            .rev()
            .take_while(|entry| entry.kind != Kind::Objective);
        own.into_iter().any(|entry| entry.kind == Kind::KeyResult)
    }
}

const fn kind_field(kind: Kind) -> Field {
    match kind {
        Kind::Initiative => Field::Initiative,
        Kind::Objective => Field::Objective,
        _ => Field::KeyResult,
    }
}

/// Adds the rows of a table under a heading: each is a key result, or what a column says it is.
fn grid_rows(outline: &mut Outline, grid: Grid) {
    let mut rows = grid.rows.into_iter();
    let Some((_, headings)) = rows.next() else {
        return;
    };
    let kinds = [
        (Field::KeyResult, Kind::KeyResult),
        (Field::Initiative, Kind::Initiative),
        (Field::Objective, Kind::Objective),
        (Field::Title, Kind::KeyResult),
    ];
    let rows: Vec<_> = rows.collect();
    let length = |at: usize| -> usize {
        let cells = rows.iter().filter_map(|(_, cells)| cells.get(at));
        cells.map(String::len).sum()
    };
    // Of `KR` and `Key result`, the one has numbers and the other words.
    let named = kinds.into_iter().find_map(|(field, kind)| {
        let columns = (0..headings.len()).filter(|at| names(&headings[*at], field));
        Some((columns.max_by_key(|at| length(*at))?, kind))
    });
    let widest = || {
        headings
            .iter()
            .position(|heading| !is_field(heading) && !heading.is_empty())
    };
    let Some((title, kind)) = named.or_else(|| Some((widest()?, Kind::KeyResult))) else {
        return;
    };
    for (line, cells) in rows {
        let words = cells.get(title).map(String::as_str).unwrap_or_default();
        if words.is_empty() {
            continue;
        }
        let marked = unmark(words);
        outline.push(line, marked.kind.unwrap_or(kind), true, marked.rest);
        if !marked.reference.is_empty() {
            outline.say(line, "Id", marked.reference);
        }
        for (index, cell) in cells.iter().enumerate() {
            if index == title || cell.is_empty() {
                continue;
            }
            let heading = headings.get(index).map(String::as_str);
            let heading =
                heading.filter(|heading| !heading.is_empty() && !names(heading, kind_field(kind)));
            outline.say(line, heading.unwrap_or("Id"), cell);
        }
    }
}
