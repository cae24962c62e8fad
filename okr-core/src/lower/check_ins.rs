//! The table of check-ins under a key result.

use std::collections::HashSet;

use super::prose::{Piece, PieceKind};
use super::{Lowering, unreadable_cell};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{CheckIn, Quantity, Status, parse_date};
use crate::syntax::{Cell, Table, append};
use crate::text::Span;

/// What stands in a column of check-ins behind that of the days.
enum Column {
    Value,
    Status,
    Confidence,
    Note,
    /// Something that the plan format does not know.
    Other,
}

impl Column {
    /// Returns what stands below a heading, as it is written.
    fn of(heading: &str) -> Self {
        match heading {
            "Value" => Self::Value,
            "Status" => Self::Status,
            "Confidence" => Self::Confidence,
            "Note" => Self::Note,
            _ => Self::Other,
        }
    }
}

/// The columns of a check-in table, in the order in which they are written.
pub(crate) const COLUMNS: [&str; 5] = ["Date", "Value", "Status", "Confidence", "Note"];

impl Lowering<'_> {
    /// Returns the headings of a check-in table, in the spelling in which they are written; nothing for
    /// any other table, and for one with two columns of one name.
    fn headings(&mut self, table: &Table) -> Option<Vec<String>> {
        let text = self.document.text();
        let first = table.header.first()?.plain(text);
        if !first.trim().eq_ignore_ascii_case("date") {
            return None;
        }
        let mut headings: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        for cell in &table.header {
            let written = cell.plain(text).trim().to_owned();
            let is_same = |known: &str| known.eq_ignore_ascii_case(&written);
            let known = COLUMNS
                .into_iter()
                .find(|known| is_same(known) || (*known == "Note" && is_same("notes")));
            let heading = match known {
                Some(known) => known.to_owned(),
                // The spelling that came first under this key result is kept.
                None => self
                    .region
                    .columns
                    .entry(written.to_lowercase())
                    .or_insert(written)
                    .clone(),
            };
            if !seen.insert(heading.to_lowercase()) {
                self.diagnostics.push(unreadable_cell(
                    table,
                    cell.span,
                    format!("two columns are headed `{heading}`, so that the table is not read"),
                    "give each column a name of its own",
                ));
                return None;
            }
            headings.push(heading);
        }
        Some(headings)
    }

    /// Says so where a table of check-ins is a part of a list item, mostly as no empty line stands between them: its
    /// check-ins are read as words of the item, and would be missed without notice.
    pub(super) fn table_in_item(&mut self, item: Span) {
        let text = self.document.text();
        let is_code = |text: &str| text.contains("```") || text.contains("~~~");
        if is_code(item.of(text)) {
            return;
        }
        let mut start = item.start();
        let mut lines = item.of(text).split_inclusive('\n').map(|line| {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            (span, line.trim())
        });
        lines.next();
        let mut before: Option<Span> = None;
        for (span, line) in lines {
            let is_rule = line.contains('-') && line.bytes().all(|b| b"|:- \t".contains(&b));
            if let Some(header) = before.filter(|_| is_rule) {
                self.diagnostics.push(
                    Diagnostic::new(
                        "unreadable-check-in",
                        Severity::Error,
                        header.into(),
                        "table is a part of the list before it, so that its check-ins are not read",
                    )
                    .with_help(
                        "put an empty line before the table, and begin its lines at the margin",
                    ),
                );
                return;
            }
            let first = line
                .strip_prefix('|')
                .and_then(|line| line.split('|').next());
            let is_header = first.is_some_and(|cell| cell.trim().eq_ignore_ascii_case("date"));
            before = is_header.then_some(span);
        }
    }

    /// Reads a table whose first column is headed `Date`; any other table stays free text.
    ///
    /// A row without a date that can be read becomes a quote in the free text; a cell that cannot be read is kept
    /// among the fields of its check-in.
    pub(super) fn check_ins(&mut self, table: &Table) {
        let Some(headings) = self.headings(table) else {
            return;
        };
        let columns: Vec<Column> = headings.iter().map(|heading| Column::of(heading)).collect();
        let text = self.document.text();
        let mut check_ins = Vec::with_capacity(table.rows.len());
        let mut places = Vec::with_capacity(table.rows.len());
        let mut unread = Vec::new();
        for (span, cells) in table.rows() {
            let Some(first) = cells.first() else { continue };
            // A row of dashes says nothing, and among free text it could make a table of its neighbours.
            if cells.iter().all(|cell| {
                let mut bytes = cell.markdown(text).bytes();
                bytes.all(|b| matches!(b, b'-' | b':'))
            }) {
                continue;
            }
            let words = first.plain(text);
            let Some(date) = parse_date(&words).or_else(|| parse_date(words.trim())) else {
                unread.push(span);
                self.diagnostics.push(unreadable_cell(
                    table,
                    if first.span.is_empty() {
                        span
                    } else {
                        first.span
                    },
                    match &*words {
                        "" => "row has no date, so that it is not read".to_owned(),
                        words => format!("`{words}` is no date, so that the row is not read"),
                    },
                    "write a date like 2026-10-09",
                ));
                continue;
            };
            let end = cells.last().map_or(span.end(), |cell| cell.span.end());
            let rest = Span::new(end, span.end()).of(text);
            if rest.bytes().any(|b| !matches!(b, b'|' | b' ' | b'\t')) {
                unread.push(span);
                self.diagnostics.push(unreadable_cell(
                    table,
                    span,
                    "row has more cells than the table has columns, so that it is not read"
                        .to_owned(),
                    "write `\\|` for a stroke that is a part of a cell",
                ));
                continue;
            }
            let mut check_in = CheckIn::new(date);
            let behind = columns[1..].iter().zip(&headings[1..]).zip(&cells[1..]);
            for ((column, heading), cell) in behind {
                if let Err((message, help)) = read_cell(&mut check_in, column, heading, cell, text)
                {
                    self.diagnostics
                        .push(unreadable_cell(table, cell.span, message, help));
                    check_in.fields.insert(heading.clone(), cell.inline(text));
                }
            }
            check_ins.push(check_in);
            places.push(span);
        }
        self.understand(table.span);
        for span in unread {
            self.region.nested.push(Piece {
                span,
                kind: PieceKind::Nested(0),
            });
        }
        let objective = self
            .plan
            .objectives
            .last_mut()
            .and_then(|objective| objective.key_results.last_mut());
        let place = self
            .locations
            .objectives
            .last_mut()
            .and_then(|place| place.key_results.last_mut());
        if let (Some(key_result), Some(place)) = (objective, place) {
            append(&mut key_result.check_ins, check_ins);
            append(&mut place.check_ins, places);
        }
    }
}

fn read_cell(
    check_in: &mut CheckIn,
    column: &Column,
    heading: &str,
    cell: &Cell,
    text: &str,
) -> Result<(), (String, &'static str)> {
    if cell.is_empty() {
        return Ok(());
    }
    let words = cell.plain(text);
    match column {
        Column::Note => check_in.note = Some(cell.inline(text)),
        Column::Value => {
            let value = Quantity::parse(&words).map_err(|error| {
                (
                    format!("`{words}` is no number with a unit: {error}"),
                    "write a value like 72% or 44 days",
                )
            })?;
            check_in.value = Some(value);
        }
        Column::Status => {
            let status = Status::parse(&words).ok_or_else(|| {
                (
                    format!("`{words}` is no status"),
                    "write not started, on track, at risk, off track, achieved, paused or cancelled",
                )
            })?;
            check_in.status = Some(status);
        }
        Column::Confidence => {
            let of_ten = || {
                words
                    .strip_suffix("/10")
                    .unwrap_or(&words)
                    .trim()
                    .parse::<u8>()
            };
            let number = words.parse::<u8>().or_else(|_| of_ten());
            let confidence = number.ok().filter(|number| *number <= 10).ok_or_else(|| {
                (
                    format!("`{words}` is no confidence"),
                    "write a whole number from 0 to 10",
                )
            })?;
            check_in.confidence = Some(confidence);
        }
        Column::Other => {
            check_in
                .fields
                .insert(heading.to_owned(), cell.inline(text));
        }
    }
    Ok(())
}
