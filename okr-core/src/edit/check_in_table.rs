//! A table of check-ins as somebody wrote it, and rows that go into it.

use super::EditError;
use crate::Parsed;
use crate::locations::ElementPlace;
use crate::lower::CHECK_IN_COLUMNS;
use crate::model::{CheckIn, Inline, KeyResult, Objective, Plan};
use crate::print::check_in_cell;
use crate::syntax::{Block, Document, Table, escape_cell, without_controls};
use crate::text::{Span, TextEdit};

/// Returns a check-in as it comes back from a table beside others: its columns in the spelling that they
/// have there.
///
/// # Errors
///
/// It does not come back: a name in it is that of another column.
pub(super) fn normal(check_in: &CheckIn, others: &[CheckIn]) -> Result<CheckIn, EditError> {
    let mut wanted = check_in.clone();
    let fields = std::mem::take(&mut wanted.fields);
    let names = || others.iter().flat_map(|other| other.fields.keys());
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        let name = Inline::from_plain(&name).plain().trim().to_owned();
        let there = names().find(|other| other.to_lowercase() == name.to_lowercase());
        wanted.fields.insert(there.cloned().unwrap_or(name), value);
    }
    let date = wanted.date;
    let mut plan = Plan {
        objectives: vec![Objective {
            key_results: vec![KeyResult {
                check_ins: vec![wanted],
                ..KeyResult::default()
            }],
            ..Objective::default()
        }],
        ..Plan::default()
    };
    let mut read = crate::parse(crate::print(&plan)).plan;
    let take = |plan: &mut Plan| {
        let objective = plan.objectives.first_mut()?;
        Some(std::mem::take(
            &mut objective.key_results.first_mut()?.check_ins,
        ))
    };
    take(&mut plan);
    match take(&mut read).as_deref() {
        Some([normal]) if normal.date == date && read == plan => Ok(normal.clone()),
        _ => Err(EditError::value(
            "the check-in cannot be written as a row of a table".to_owned(),
            "each column once, under a name of its own",
        )),
    }
}

/// A table of check-ins.
pub(super) struct Sheet<'p> {
    table: &'p Table,
    /// What its columns are headed, known ones in their usual spelling.
    headings: Vec<String>,
    /// The lines of the head, the rule below it, and the rows.
    lines: Vec<Span>,
}

/// Where a row goes.
#[derive(Clone, Copy)]
pub(super) enum Row {
    /// Behind another.
    Behind(Span),
    /// Before another.
    Before(Span),
    /// In the place of another.
    At(Span),
    /// Below the head of a table without rows.
    First,
}

/// Returns the tables under a key result whose first column is headed `Date`.
pub(super) fn sheets<'p>(parsed: &'p Parsed, place: &ElementPlace) -> Vec<Sheet<'p>> {
    let is_own = |table: &Table| place.own.iter().any(|own| own.contains(table.span));
    let tables = parsed
        .document
        .blocks()
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) if is_own(table) => Some(table),
            _ => None,
        });
    tables
        .filter_map(|table| Sheet::new(&parsed.document, table))
        .collect()
}

impl<'p> Sheet<'p> {
    fn new(document: &Document, table: &'p Table) -> Option<Self> {
        let headings: Vec<String> = table
            .header
            .iter()
            .map(|cell| heading(cell.plain(document.text()).trim()))
            .collect();
        if headings.first()? != "Date" {
            return None;
        }
        let head = document.whole_lines(Span::empty(table.span.start()));
        let rule = document.whole_lines(Span::empty(head.end()));
        let rows = table.rows.iter().map(|row| document.whole_lines(*row));
        Some(Self {
            table,
            headings,
            lines: [head, rule].into_iter().chain(rows).collect(),
        })
    }

    /// Returns whether a row stands in the table.
    pub(super) fn holds(&self, row: Span) -> bool {
        self.table.span.contains(row)
    }

    /// Returns the patches that write a row: in the manner of the table, and with strokes at both ends.
    ///
    /// Cells that say the same as `before` keep their bytes.
    /// A column that the row needs and the table lacks is added at the right.
    pub(super) fn write(
        &self,
        document: &Document,
        row: Row,
        before: Option<&CheckIn>,
        check_in: &CheckIn,
    ) -> Vec<TextEdit> {
        let missing = self.missing(check_in);
        let source = |column: usize, heading: &str| {
            let Row::At(there) = row else { return None };
            let before = before?;
            if check_in_cell(before, heading) != check_in_cell(check_in, heading) {
                return None;
            }
            let (_, cells) = self.table.rows().find(|(span, _)| *span == there)?;
            let cell = cells.get(column)?.span.of(document.text());
            Some(without_controls(cell).into_owned())
        };
        let headings = self.headings.iter().chain(&missing);
        let cells: Vec<String> = headings
            .enumerate()
            .map(|(column, heading)| {
                source(column, heading)
                    .unwrap_or_else(|| check_in_cell(check_in, heading).into_owned())
            })
            .collect();
        let neighbour = match row {
            Row::Behind(row) | Row::Before(row) | Row::At(row) => Some(document.whole_lines(row)),
            Row::First => None,
        };
        let mut style = Style::new(document, &self.lines, neighbour);
        for (name, cell) in missing.iter().zip(&cells[self.headings.len()..]) {
            style.widen(&head(name), cell, is_number(name));
        }
        let mut candidates = Vec::new();
        for has_strokes in [style.has_strokes, true] {
            let style = Style {
                has_strokes,
                ..style.clone()
            };
            let line = style.row(&cells);
            let mut patch = self.columns(document, &style, &missing, row);
            put(document, &mut patch, &self.lines, row, &line);
            candidates.push(patch);
        }
        candidates.dedup();
        candidates
    }

    /// Returns the headings of the cells of a check-in that have no column.
    fn missing(&self, check_in: &CheckIn) -> Vec<String> {
        let known = CHECK_IN_COLUMNS.iter().map(|name| (*name).to_owned());
        let others = check_in.fields.keys().cloned();
        let mut missing: Vec<String> = Vec::new();
        for name in known.chain(others) {
            let is_same = |other: &String| other.to_lowercase() == name.to_lowercase();
            let is_there = self.headings.iter().chain(&missing).any(is_same);
            if !is_there && !check_in_cell(check_in, &name).is_empty() {
                missing.push(name);
            }
        }
        missing
    }

    /// Returns the patch that adds columns to every line but the one that is written anew.
    fn columns(&self, document: &Document, style: &Style, names: &[String], row: Row) -> TextEdit {
        let there = self.headings.len();
        let mut patch = TextEdit::none();
        if names.is_empty() {
            return patch;
        }
        let text = document.text();
        for (index, line) in self.lines.iter().enumerate() {
            if matches!(row, Row::At(row) if line.contains(row)) {
                continue;
            }
            let words = line.of(text).trim_end_matches(['\n', '\r', ' ', '\t']);
            let is_closed = words.ends_with('|') && !words.ends_with("\\|");
            let mut added = String::new();
            let is_rule = index == 1;
            let has_blanks = if is_rule {
                style.has_rule_blanks
            } else {
                style.has_blanks
            };
            let blank = if has_blanks { " " } else { "" };
            for (column, name) in names.iter().enumerate().map(|(n, name)| (there + n, name)) {
                let width = style.width(column);
                let is_right = is_number(name);
                let written = match index {
                    0 => padded(&head(name), width, is_right),
                    1 => rule(width.max(3), is_right),
                    _ => " ".repeat(width),
                };
                match (is_closed, index) {
                    (true, _) => added.extend([blank, &*written, blank, "|"]),
                    (false, 0 | 1) => added.extend([blank, "|", blank, &*written]),
                    (false, _) => added.push_str(" |"),
                }
            }
            patch.push(Span::empty(line.start() + words.len()), added);
        }
        patch
    }
}

/// Adds the line of a row to a patch.
fn put(document: &Document, patch: &mut TextEdit, lines: &[Span], row: Row, line: &str) {
    let text = document.text();
    let end = document.line_end();
    let behind = match row {
        Row::At(row) => {
            let there = document.whole_lines(row);
            let words = there.of(text).trim_end_matches(['\n', '\r']).len();
            patch.push(Span::new(there.start(), there.start() + words), line);
            return;
        }
        Row::Before(row) => {
            let at = document.whole_lines(row).start();
            patch.push(Span::empty(at), format!("{line}{end}"));
            return;
        }
        Row::Behind(row) => document.whole_lines(row),
        Row::First => match lines.get(1) {
            Some(rule) => *rule,
            None => return,
        },
    };
    let written = if behind.of(text).ends_with('\n') {
        format!("{line}{end}")
    } else {
        format!("{end}{line}")
    };
    patch.push(Span::empty(behind.end()), written);
}

/// How the rows of a table are written.
#[derive(Clone)]
struct Style {
    /// What stands before each line.
    indent: String,
    /// Whether a line begins and ends with a stroke.
    has_strokes: bool,
    /// Whether words stand apart from the strokes.
    has_blanks: bool,
    /// Whether the rule below the head does.
    has_rule_blanks: bool,
    /// The width of each column, where the table is lined up.
    widths: Option<Vec<usize>>,
    /// Whether each column is aligned to the right.
    right: Vec<bool>,
}

impl Style {
    /// Reads how a table is written: from its head, the rule below it, and the row that the new one is next
    /// to.
    fn new(document: &Document, lines: &[Span], neighbour: Option<Span>) -> Self {
        let text = |line: Option<&Span>| {
            let line = line.map_or("", |line| line.of(document.text()));
            without_controls(line.trim_end_matches(['\n', '\r'])).into_owned()
        };
        let (head, rule) = (text(lines.first()), text(lines.get(1)));
        let widths = |line: &str| -> Vec<usize> {
            cells(line)
                .iter()
                .map(|cell| cell.chars().count())
                .collect()
        };
        let lined_up = widths(&head);
        let is_lined_up = lined_up == widths(&rule)
            && neighbour.is_none_or(|row| lined_up == widths(&text(Some(&row))));
        let words = head.trim_start_matches([' ', '\t']);
        let has_blanks = |line: &str| cells(line).first().is_some_and(|cell| cell.ends_with(' '));
        let (has_blanks, has_rule_blanks) = (has_blanks(&head), has_blanks(&rule));
        let blanks = if has_blanks { 2 } else { 0 };
        Self {
            indent: head[..head.len() - words.len()].to_owned(),
            has_strokes: words.starts_with('|'),
            has_blanks,
            has_rule_blanks,
            widths: is_lined_up.then(|| {
                let widths = lined_up.iter();
                widths.map(|width| width.saturating_sub(blanks)).collect()
            }),
            right: cells(&rule)
                .iter()
                .map(|cell| cell.trim())
                .map(|cell| cell.ends_with(':') && !cell.starts_with(':'))
                .collect(),
        }
    }

    /// Adds a column that has words in its head and in one cell.
    fn widen(&mut self, head: &str, cell: &str, is_right: bool) {
        let width = head.chars().count().max(cell.chars().count()).max(3);
        if let Some(widths) = &mut self.widths {
            widths.push(width);
        }
        self.right.push(is_right);
    }

    /// Returns how wide a column is at least, without the blanks beside the strokes.
    fn width(&self, column: usize) -> usize {
        let width = self.widths.as_ref().and_then(|widths| widths.get(column));
        width.copied().unwrap_or(0)
    }

    fn row(&self, cells: &[String]) -> String {
        let padded = cells.iter().enumerate().map(|(column, cell)| {
            let is_right = self.right.get(column).copied().unwrap_or(false);
            let mut written = padded(cell, self.width(column), is_right);
            // A stroke right behind a backslash would be a part of the cell.
            if written.ends_with('\\') && !self.has_blanks {
                written.push(' ');
            }
            written
        });
        let padded: Vec<String> = padded.collect();
        let blank = if self.has_blanks { " " } else { "" };
        let between = format!("{blank}|{blank}");
        let cells = padded.join(&between);
        if self.has_strokes {
            return format!("{}|{blank}{cells}{blank}|", self.indent);
        }
        format!("{}{}", self.indent, cells.trim_end())
    }
}

/// Returns what stands between the strokes of a line.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim_matches([' ', '\t']);
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let mut start = 0;
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        if c == '|' && !is_escaped {
            cells.push(&line[start..at]);
            start = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if start < line.len() {
        cells.push(&line[start..]);
    }
    cells
}

/// Returns a heading in its usual spelling, where it is a known one.
fn heading(written: &str) -> String {
    let is_same = |known: &&str| {
        known.eq_ignore_ascii_case(written)
            || *known == "Note" && written.eq_ignore_ascii_case("notes")
    };
    let known = CHECK_IN_COLUMNS.into_iter().find(|known| is_same(known));
    known.unwrap_or(written).to_owned()
}

/// Returns a heading as it stands in the head of a table.
fn head(name: &str) -> String {
    escape_cell(Inline::from_plain(name).as_markdown()).into_owned()
}

fn is_number(heading: &str) -> bool {
    matches!(heading, "Value" | "Confidence")
}

fn padded(cell: &str, width: usize, is_right: bool) -> String {
    let blanks = " ".repeat(width.saturating_sub(cell.chars().count()));
    if is_right {
        format!("{blanks}{cell}")
    } else {
        format!("{cell}{blanks}")
    }
}

fn rule(width: usize, is_right: bool) -> String {
    if is_right {
        format!("{}:", "-".repeat(width.saturating_sub(1)))
    } else {
        "-".repeat(width)
    }
}
