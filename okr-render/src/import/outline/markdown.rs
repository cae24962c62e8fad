//! Loose Markdown: headings, nested bullets, tables under headings, in any mixture.

use indexmap::IndexMap;
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

impl Form {
    /// Returns the level of a heading, below which a line of words and an item stand.
    const fn level(self) -> u8 {
        match self {
            Self::Heading(level) => level,
            Self::Item(_) | Self::Line => u8::MAX,
        }
    }

    /// Returns how many items the piece stands in, itself counted.
    const fn depth(self) -> u8 {
        match self {
            Self::Item(depth) => depth,
            Self::Heading(_) | Self::Line => 0,
        }
    }
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

/// Returns the tables of the text that have objectives and key results in columns as one table, below all
/// else that stands in the text.
fn whole_table(parts: &[Part]) -> Option<Lined> {
    let is_whole = |grid: &Grid| {
        grid.rows.first().is_some_and(|(_, headings)| {
            column(headings, Field::Objective).is_some()
                && column(headings, Field::KeyResult).is_some()
        })
    };
    // Columns by their headings, and of equal headings by which of them it is.
    let mut columns: IndexMap<(String, usize), String> = IndexMap::new();
    let mut above = Vec::new();
    let mut rows = Vec::new();
    let mut line_of_headings = None;
    for part in parts {
        match part {
            Part::Piece(piece) => above.push((piece.line, vec![Cell::text(one_line(&piece.text))])),
            Part::Grid(grid) if is_whole(grid) => {
                let (line, headings) = grid.rows.first()?;
                line_of_headings = line_of_headings.or(Some(*line));
                let mut places = Vec::new();
                for heading in headings {
                    let normal = words::normal(heading);
                    let mut key = (normal, 0);
                    while columns
                        .get_index_of(&key)
                        .is_some_and(|at| places.contains(&at))
                    {
                        key.1 += 1;
                    }
                    let entry = columns.entry(key);
                    places.push(entry.index());
                    entry.or_insert_with(|| heading.clone());
                }
                for (line, cells) in grid.rows.iter().skip(1) {
                    let mut row = vec![Cell::EMPTY; columns.len()];
                    for (place, cell) in places.iter().zip(cells) {
                        row[*place] = Cell::text(cell.clone());
                    }
                    rows.push((*line, row));
                }
            }
            Part::Grid(grid) => above.extend(
                grid.rows
                    .iter()
                    .map(|(line, cells)| (*line, vec![Cell::text(cells.join(" | "))])),
            ),
        }
    }
    let headings = columns.into_values().map(Cell::text).collect();
    above.push((line_of_headings?, headings));
    above.extend(rows);
    let (lines, rows) = above.into_iter().unzip();
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

/// Returns the name and value of a line such as `Weather: fine`, without a number in it.
fn unknown_field(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(": ")?;
    let (name, value) = (name.trim(), value.trim());
    let is_short = name.split(' ').count() <= 3 && name.len() <= 30 && !value.is_empty();
    (is_short && !text.contains(|c: char| c.is_ascii_digit())).then_some((name, value))
}

/// Returns whether a line says where a key result starts, is or is to go.
fn is_measure(text: &str) -> bool {
    let measures = [Field::Start, Field::Target, Field::StartAndTarget];
    field(text).is_some_and(|(name, _)| measures.iter().any(|measure| names(name, *measure)))
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
    /// The level of the headings below which a start or target stands, so that they are key results.
    key_result_level: Option<u8>,
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
        let mut key_result_level = None;
        let mut levels = Vec::new();
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
                                above = Some(heading).filter(|_| unmark(&text).kind.is_none());
                                levels.extend(above);
                            }
                        }
                        Form::Item(_) | Form::Line if is_measure(&text) => {
                            key_result_level = above.or(key_result_level);
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
        if let Some(below) = key_result_level {
            // What a key result belongs to stands one heading higher.
            level = levels.into_iter().filter(|level| *level < below).max();
            if level.is_none() && !has_marks {
                level = key_result_level.take();
            }
        }
        Self {
            has_marks,
            level,
            key_result_level,
            nests,
            has_headings,
        }
    }

    fn outline(&self, parts: Vec<Part>) -> Outline {
        let mut outline = Outline::default();
        let mut section = None;
        let mut said_at = None;
        let is_list_next: Vec<bool> = (0..parts.len())
            .map(|at| {
                matches!(parts.get(at + 1), Some(Part::Piece(next)) if next.form == Form::Item(1))
            })
            .collect();
        for (part, is_list_next) in parts.into_iter().zip(is_list_next) {
            match part {
                Part::Grid(grid) => grid_rows(&mut outline, grid),
                Part::Piece(piece) => {
                    let form = piece.form;
                    let state = (&mut section, said_at == Some(form));
                    let is_said = self.piece(&mut outline, state, &piece, is_list_next);
                    said_at = is_said.then_some(form);
                }
            }
        }
        outline
    }

    /// Adds a piece; returns whether it is a field of the element above it.
    ///
    /// `state` is the kind of elements that was announced, and whether the piece before, in the same
    /// list, is a field.
    fn piece(
        &self,
        outline: &mut Outline,
        (section, is_after_field): (&mut Option<(Kind, u8)>, bool),
        piece: &Piece,
        is_list_next: bool,
    ) -> bool {
        let text = one_line(&piece.text);
        // A list within an item that announces elements ends with that item.
        if let (Form::Item(depth), Some((_, above))) = (piece.form, *section)
            && depth <= above
        {
            *section = None;
        }
        if let Some(kind) = announced(&text) {
            *section = Some((kind, piece.form.depth()));
            // At the height of the key results or above, it speaks of the objective.
            if outline
                .key_result_level
                .is_some_and(|level| piece.form.level() <= level)
            {
                outline.key_result_level = None;
            }
            return false;
        }
        let marked = unmark(&text);
        if let Some(kind) = marked.kind
            && kind != Kind::Note
        {
            if kind == Kind::Objective {
                *section = None;
            }
            let reference = marked.reference.to_owned();
            element(outline, *section, piece, kind, marked.rest);
            if !reference.is_empty() {
                outline.say(piece.line, "Id", &reference);
            }
            return false;
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
                return true;
            }
            // Among fields, a name that nobody knows is a field too.
            if is_after_field
                && piece.done.is_none()
                && let Some((name, value)) = unknown_field(&text)
            {
                outline.say(piece.line, name, value);
                return true;
            }
        }
        match self.kind(outline, *section, piece, is_list_next) {
            Some(kind) => {
                if kind == Kind::Objective {
                    *section = None;
                }
                element(outline, *section, piece, kind, marked.rest);
            }
            None if outline.entries.is_empty() => outline.preamble.push((piece.line, text)),
            None => outline.say(piece.line, "Description", &text),
        }
        false
    }

    /// Returns what a piece without a mark is; nothing where it only says something of what is above it.
    fn kind(
        &self,
        outline: &Outline,
        section: Option<(Kind, u8)>,
        piece: &Piece,
        is_list_next: bool,
    ) -> Option<Kind> {
        let last = outline.entries.last().map(|entry| entry.kind);
        match piece.form {
            Form::Heading(level) if self.key_result_level == Some(level) && last.is_some() => {
                Some(Kind::KeyResult)
            }
            Form::Heading(level) => match (self.has_marks, self.level) {
                (false, Some(objective)) if level == objective => Some(Kind::Objective),
                (true, _) if section.is_some_and(|(kind, _)| kind == Kind::KeyResult) => {
                    Some(Kind::KeyResult)
                }
                _ => None,
            },
            Form::Item(depth) => {
                let top = match (section, self.has_headings || self.has_marks) {
                    (Some((kind, _)), _) => kind,
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
                let outer = section.map_or(0, |(_, depth)| depth);
                Some((outer + 1..depth).fold(top, |kind, _| below(kind)))
            }
            Form::Line => {
                let is_head = is_list_next && !self.has_headings && !self.has_marks && !self.nests;
                is_head.then_some(Kind::Objective)
            }
        }
    }
}

/// Adds an element, with what its own line says of it behind dashes, dots and bars.
fn element(
    outline: &mut Outline,
    section: Option<(Kind, u8)>,
    piece: &Piece,
    kind: Kind,
    text: &str,
) {
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
        Form::Item(depth) => {
            let outer = section.map_or(0, |(_, depth)| depth);
            depth > outer + 1 || outline.key_result_level.is_some()
        }
        Form::Heading(_) | Form::Line => false,
    };
    outline.push(piece.line, kind, is_nested, rest);
    if !matches!(piece.form, Form::Item(_)) {
        let level = piece.form.level();
        outline.key_result_level = (kind == Kind::KeyResult).then_some(level);
    }
    for (name, value) in said.into_iter().rev() {
        outline.say(piece.line, name, value);
    }
    if piece.done == Some(true) {
        outline.say(piece.line, "Status", "done");
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
