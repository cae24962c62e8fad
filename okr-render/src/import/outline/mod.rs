//! Outlines: plans as text, without cells.
//!
//! Loose Markdown and lists in YAML or JSON become a table with a column of types, which is read like
//! any other; so their dates, numbers, statuses and owners are understood in the same way.
//! A row of that table stands for a line of the text, and is named so in what is said of it.

mod aside;
mod data;
mod form;
mod markdown;
mod rows;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use okr_core::diagnostic::{Diagnostic, Location, Severity};

use super::renamed::renamed;
use super::values::text::{Kind, unmark};
use super::words::{self, Plainness};
use super::{Certainty, Import, layout::Field};
use crate::error::Error;
use crate::table::{Cell, Table, Workbook};

/// What a text is an outline of.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Lines above the first element: a title, a period, a team.
    preamble: Vec<(usize, String)>,
    /// The elements in the order of the text.
    entries: Vec<Entry>,
    /// The level of the heading that is a key result, to which the lists below it belong; a line of words
    /// counts as the lowest level.
    key_result_level: Option<u8>,
}

/// An element of an outline.
#[derive(Debug)]
struct Entry {
    /// The number of its line, from 1.
    line: usize,
    kind: Kind,
    /// How deep it stands: 1 for an objective, 2 for what belongs to one, 3 for what belongs to a key result.
    indent: u8,
    title: String,
    /// What is said of it, by headings as the text has them.
    fields: Vec<(String, String)>,
}

/// A table made of an outline, and the line of the text that each of its rows stands for.
pub(super) struct Lined {
    table: Table,
    lines: Vec<usize>,
    /// What a line is called.
    noun: &'static str,
}

pub(super) use form::form;
pub(super) use rows::{begins_with_mark, rows, say as say_rows};

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

impl Entry {
    /// Takes who answers for it and until when out of the brackets behind its words, where nothing else tells it.
    fn take_aside(&mut self) {
        if let Some((title, labels)) = aside::labels(&self.title) {
            let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
            self.fields
                .extend(labels.into_iter().map(owned).collect::<Vec<_>>());
            self.title = title.to_owned();
            return;
        }
        let Some(aside::Aside { title, owner, due }) = aside::read(&self.title) else {
            return;
        };
        let said = [("Owner", owner), ("Due", due)];
        let is_new = |name: &str| {
            let fields = self.fields.iter();
            let named = fields.filter_map(|(known, _)| form::field(known));
            !named
                .into_iter()
                .any(|known| Some(known) == form::field(name))
        };
        if said
            .iter()
            .any(|(name, value)| value.is_some() && !is_new(name))
        {
            return;
        }
        let fields = said
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        self.fields.extend(fields.collect::<Vec<_>>());
        self.title = title.to_owned();
    }
}

impl Outline {
    /// Adds an element; an initiative belongs to the key result above it where `is_nested`.
    fn push(&mut self, line: usize, kind: Kind, is_nested: bool, title: impl Into<String>) {
        let indent = match kind {
            Kind::Plan | Kind::Objective => 1,
            Kind::Initiative if is_nested => 3,
            _ => 2,
        };
        self.entries.push(Entry {
            line,
            kind,
            indent,
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
        let normal = words::normal(name);
        let is_same = |known: &&mut (String, String)| words::normal(&known.0) == normal;
        match entry.fields.iter_mut().find(is_same) {
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
        let mut entries = self.entries;
        entries.iter_mut().for_each(Entry::take_aside);
        // By their normal form, so that `Owner` and `owner` are one column.
        let mut names: IndexMap<String, String> = IndexMap::new();
        for (name, _) in entries.iter().flat_map(|entry| &entry.fields) {
            names
                .entry(words::normal(name))
                .or_insert_with(|| name.clone());
        }
        let headings = OWN.into_iter().map(str::to_owned);
        lines.push(entries.first().map_or(1, |entry| entry.line));
        rows.push(
            headings
                .chain(names.values().cloned())
                .map(Cell::text)
                .collect(),
        );
        for entry in entries {
            let mut row = vec![Cell::EMPTY; OWN.len() + names.len()];
            row[0] = Cell::text(type_word(entry.kind));
            row[1] = Cell::text(entry.indent.to_string());
            row[2] = Cell::text(entry.title);
            for (name, value) in entry.fields {
                if let Some(at) = names.get_index_of(&words::normal(&name)) {
                    row[OWN.len() + at] = Cell::text(value);
                }
            }
            lines.push(entry.line);
            rows.push(row);
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
}

/// The headings of the columns that every outline has.
const OWN: [&str; 3] = ["Type", "Indent", "Title"];

const fn type_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Plan => "Plan",
        Kind::Objective => "Objective",
        Kind::KeyResult => "Key result",
        Kind::Initiative => "Initiative",
        Kind::Note => "Note",
    }
}

/// Returns whether the lines of a text begin as those of Markdown do: with headings, bullets and strokes.
pub(super) fn looks_like_markdown(text: &str) -> bool {
    let mut lines = 0_usize;
    let mut marked = 0_usize;
    for line in text.lines().take(400) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        lines += 1;
        if lines <= 12 && is_header(line) {
            return false;
        }
        let is_numbered = || {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "))
        };
        let is_heading = || line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
        let is_label = || {
            let is_cells = [":,", ":;", ":\t"].iter().any(|end| line.contains(end));
            !is_cells
                && (field(line).is_some()
                    || matches!(unmark(line).kind, Some(kind) if kind != Kind::Note))
        };
        let is_marked = ["- ", "* ", "+ ", "• ", "| ", "|-", "|:", "**", "> ", "---"]
            .iter()
            .any(|mark| line.starts_with(mark))
            || is_heading()
            || is_numbered()
            || is_label();
        // A table of text has its delimiters in nearly every line, quoted or not.
        let has_delimiters = !line.starts_with(['|', '#', '-', '*'])
            && [';', '\t', ',', '|']
                .iter()
                .any(|sign| line.matches(*sign).count() >= 2);
        marked += usize::from(is_marked && !has_delimiters);
    }
    marked * 2 > lines
}

/// Returns whether a line is the row of headings of a table: words of headings between delimiters.
fn is_header(line: &str) -> bool {
    if line.starts_with(['|', '-', '*']) {
        return false;
    }
    [',', ';', '\t', '|'].into_iter().any(|delimiter| {
        let is_heading = |cell: &&str| {
            let normal = words::normal(cell);
            words::heading(&normal)
                .first()
                .is_some_and(|candidate| candidate.plainness == Plainness::Whole)
        };
        line.split(delimiter).filter(is_heading).count() >= 3
    })
}

/// Returns whether most lines of a text are keys and items as YAML writes them, with a key for
/// objectives or key results among them.
pub(super) fn looks_like_data(text: &str) -> bool {
    let (mut lines, mut fitting) = (0_usize, 0_usize);
    let mut names_elements = false;
    for line in text.lines().take(2000) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        lines += 1;
        if lines <= 12 && is_header(line) {
            return false;
        }
        let item = line.trim_start_matches(['-', ' ']);
        let key = item.split_once(':').filter(|(key, rest)| {
            let is_word = !key.is_empty() && !key.contains([',', ';', '\t', '|']);
            is_word && (rest.is_empty() || rest.starts_with(' '))
        });
        fitting += usize::from(key.is_some() || item.len() < line.len());
        names_elements |= key.is_some_and(|(key, rest)| {
            rest.trim().is_empty() && data::names_elements(key.trim_matches(['"', '\'']))
        });
    }
    names_elements && fitting * 3 >= lines * 2
}

impl Lined {
    /// Returns a workbook with the table alone.
    pub(super) fn workbook(&self) -> Workbook {
        Workbook {
            tables: vec![self.table.clone()],
            ..Workbook::default()
        }
    }

    /// Renames the places of what was read: a cell of the table is a line of the text.
    pub(super) fn name_lines(&self, import: &mut Import) {
        for objective in &mut import.draft.objectives {
            for cell in objective.cells_mut() {
                self.rename(cell);
            }
        }
        let account = &mut import.account;
        account.is_outline = true;
        // The columns are ours, and nobody sees them; but the names of fields are those of the file.
        for column in account.columns.drain(..) {
            if let Some(field) = column
                .field
                .filter(|_| column.certainty != Certainty::Certain)
            {
                let message = format!("`{}` was read as {field}", column.heading);
                let place = Location::Cell(format!("{}1", column.letters));
                let guess = Diagnostic::new("guessed-field", Severity::Info, place, message);
                import.diagnostics.push(guess);
            }
        }
        for row in &mut account.rows {
            if row.became.is_words("above the table") {
                row.became = "above the first element".into();
            }
            row.number = self.line(row.number).unwrap_or(row.number);
        }
        account.rows.retain(|row| !row.became.is_words("headings"));
        account.rows.sort_by_key(|row| row.number);
        for left in &mut account.left_out {
            self.rename(&mut left.place);
        }
        for Diagnostic {
            location, message, ..
        } in &mut import.diagnostics
        {
            if let Location::Cell(cell) = location {
                self.rename(cell);
            }
            *message = renamed(message, &|_, cell| {
                let mut line = cell.to_owned();
                self.rename(&mut line);
                line
            });
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
            *cell = format!("{} {line}", self.noun);
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
