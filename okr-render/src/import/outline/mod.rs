//! Outlines: plans as text, without cells.
//!
//! Loose Markdown and lists in YAML or JSON become a table with a column of types, which is read like
//! any other; so their dates, numbers, statuses and owners are understood in the same way.
//! A row of that table stands for a line of the text, and is named so in what is said of it.

mod data;
mod markdown;

use okr_core::diagnostic::{Diagnostic, Location};

use super::values::text::Kind;
use super::words::{self, Plainness};
use super::{Import, layout::Field};
use crate::error::Error;
use crate::table::{Cell, Table};

/// What a text is an outline of.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Lines above the first element: a title, a period, a team.
    preamble: Vec<(usize, String)>,
    /// The elements in the order of the text.
    entries: Vec<Entry>,
}

/// An element of an outline.
#[derive(Debug)]
struct Entry {
    /// The number of its line, from 1.
    line: usize,
    kind: Kind,
    title: String,
    /// What is said of it, by headings as the text has them.
    fields: Vec<(String, String)>,
}

/// A table made of an outline, and the line of the text that each of its rows stands for.
pub(super) struct Lined {
    pub(super) table: Table,
    lines: Vec<usize>,
}

/// Reads Markdown or plain text as an outline; nothing where no element can be made out.
pub(super) fn markdown(text: &str) -> Option<Lined> {
    markdown::read(text)
}

/// Reads YAML or JSON as an outline; nothing where it holds no objectives.
///
/// # Errors
///
/// The text is neither, or uses what could make a small file a large one.
pub(super) fn data(text: &str) -> Result<Option<Lined>, Error> {
    Ok(data::read(text)?.and_then(Outline::into_table))
}

impl Outline {
    fn push(&mut self, line: usize, kind: Kind, title: impl Into<String>) {
        self.entries.push(Entry {
            line,
            kind,
            title: title.into(),
            fields: Vec::new(),
        });
    }

    /// Adds what is said of the last element; above the first one it belongs to the plan.
    fn say(&mut self, line: usize, name: &str, value: &str) {
        let Some(entry) = self.entries.last_mut() else {
            self.preamble.push((line, format!("{name}: {value}")));
            return;
        };
        match entry.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => {
                known.push('\n');
                known.push_str(value);
            }
            None => entry.fields.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Returns the outline as a table with the columns `Type`, `Title` and one for each field.
    fn into_table(self) -> Option<Lined> {
        if !self
            .entries
            .iter()
            .any(|entry| matches!(entry.kind, Kind::Objective | Kind::KeyResult))
        {
            return None;
        }
        let mut lines = Vec::new();
        let mut rows = Vec::new();
        for (line, text) in self.preamble {
            lines.push(line);
            rows.push(vec![Cell::text(text)]);
        }
        let mut names: indexmap::IndexSet<String> = indexmap::IndexSet::new();
        for (name, _) in self.entries.iter().flat_map(|entry| &entry.fields) {
            if !names.contains(name) {
                names.insert(name.clone());
            }
        }
        let headings = ["Type", "Title"].into_iter().map(str::to_owned);
        lines.push(self.entries.first().map_or(1, |entry| entry.line));
        rows.push(
            headings
                .chain(names.iter().cloned())
                .map(Cell::text)
                .collect(),
        );
        for entry in self.entries {
            let mut row = vec![Cell::EMPTY; 2 + names.len()];
            row[0] = Cell::text(type_word(entry.kind));
            row[1] = Cell::text(entry.title);
            for (name, value) in entry.fields {
                if let Some(at) = names.get_index_of(&name) {
                    row[2 + at] = Cell::text(value);
                }
            }
            lines.push(entry.line);
            rows.push(row);
        }
        let table = Table {
            rows,
            ..Table::default()
        };
        Some(Lined { table, lines })
    }
}

const fn type_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Plan => "Plan",
        Kind::Objective => "Objective",
        Kind::KeyResult => "Key result",
        Kind::Initiative => "Initiative",
        Kind::Note => "Note",
    }
}

impl Lined {
    /// Renames the places of what was read: a cell of the table is a line of the text.
    pub(super) fn name_lines(&self, import: &mut Import) {
        for objective in &mut import.draft.objectives {
            self.rename(&mut objective.cell);
            for key_result in &mut objective.key_results {
                self.rename(&mut key_result.cell);
            }
            for initiative in &mut objective.initiatives {
                self.rename(&mut initiative.cell);
            }
        }
        let account = &mut import.account;
        // The columns are ours, and nobody sees them.
        account.columns.clear();
        for row in &mut account.rows {
            row.number = self.line(row.number).unwrap_or(row.number);
        }
        account.rows.retain(|row| row.became != "headings");
        for left in &mut account.left_out {
            self.rename(&mut left.place);
        }
        for Diagnostic { location, .. } in &mut import.diagnostics {
            if let Location::Cell(cell) = location {
                self.rename(cell);
            }
        }
    }

    /// Returns the line for which a row stands; rows count from 1.
    fn line(&self, row: usize) -> Option<usize> {
        self.lines.get(row.checked_sub(1)?).copied()
    }

    fn rename(&self, cell: &mut String) {
        let first = cell.split(':').next().unwrap_or_default();
        let digits = first.trim_start_matches(|c: char| c.is_ascii_uppercase());
        if let Some(line) = digits.parse().ok().and_then(|row| self.line(row)) {
            *cell = format!("line {line}");
        }
    }
}

/// Returns what is said of an element in a line like `Owner: Dana`: the name and the value.
fn field(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    if name.len() > 40 || name.is_empty() || value.is_empty() || value.starts_with("//") {
        return None;
    }
    is_field(name).then_some((name, value))
}

/// Returns whether a word or phrase names something that is said of an element.
fn is_field(name: &str) -> bool {
    let candidates = words::heading(&words::normal(name));
    candidates.first().is_some_and(|candidate| {
        candidate.plainness == Plainness::Whole
            && !matches!(
                candidate.field,
                Field::Objective
                    | Field::KeyResult
                    | Field::Initiative
                    | Field::Title
                    | Field::Type
                    | Field::Reference
            )
    })
}

/// Returns the kind of elements that a heading such as `Key Results` or `Initiatives` announces.
fn announced(text: &str) -> Option<Kind> {
    let text = text.trim().trim_end_matches(':');
    let normal = words::normal(text);
    let is_plain = |field| {
        words::heading(&normal)
            .iter()
            .any(|candidate| candidate.field == field && candidate.plainness == Plainness::Whole)
    };
    if is_plain(Field::KeyResult) {
        Some(Kind::KeyResult)
    } else if is_plain(Field::Initiative) {
        Some(Kind::Initiative)
    } else if is_plain(Field::Objective) {
        Some(Kind::Objective)
    } else {
        None
    }
}
