//! From a workbook to a plan.
//!
//! The sheet of key results is the plan; the history and what was filled in become its check-ins. The
//! sheets are known by their headings, so that a new name does no harm.

mod cells;
mod check_ins;
mod typed;
mod wording;

use okr_core::diagnostic::Location;
use okr_core::model::{KeyResult, Plan};

use self::cells::{Grid, Notes};
use super::{CHECK_IN, HISTORY, KEY_RESULTS};
use crate::dialects::tidy::{self, COLUMNS, Column, KeyResultRow};
use crate::error::{Error, ErrorKind};
use crate::format::{Imported, ReadOptions};
use crate::sheets::{self, SheetOptions};
use crate::table::{Table, Visibility, Workbook};

/// Reads a workbook that was written here, changed by people or not.
///
/// # Errors
///
/// The bytes are no workbook, or none of its sheets has the columns `Type` and `Title`.
pub(crate) fn plan(bytes: &[u8], options: &ReadOptions) -> Result<Imported, Error> {
    if !bytes.starts_with(b"PK") {
        let message = "it is no XLSX workbook";
        return Err(ErrorKind::Unreadable(message.to_owned()).into());
    }
    let workbook = whole(bytes)?;
    let find = |name: &str, headings: &[&str]| find(&workbook, name, headings);
    let table = find(KEY_RESULTS, &["Type", "Title"]).ok_or_else(not_ours)?;
    let table = &*wording::take_back(table);
    let (mut imported, rows) = tidy::read_with_rows(table);
    let several = workbook.tables.len() > 1;
    if several {
        for diagnostic in &mut imported.diagnostics {
            if let Location::Cell(cell) = &mut diagnostic.location {
                *cell = format!("{}!{cell}", quoted(&table.name));
            }
        }
    }
    let Some(history) = find(HISTORY, &["Ref", "Date", "Value"]) else {
        return Ok(imported);
    };
    // The check-ins are at hand, so that what follows from them is no loss.
    imported
        .diagnostics
        .retain(|diagnostic| diagnostic.code != "derived-column");
    let mut reader = Reader {
        plan: &mut imported.plan,
        sheet: Grid::new(table),
        rows: &rows,
        notes: Notes::default(),
    };
    let key_results = reader.index();
    check_ins::history(&mut reader, &key_results, history);
    let form = find(CHECK_IN, &["Ref", "New value"]);
    let day = form.and_then(|form| check_ins::day(&mut reader, form));
    let day = check_ins::Day {
        written: day,
        today: options.today,
        cell: form.map(check_ins::day_cell),
    };
    let filled = match form {
        Some(form) => check_ins::form(&mut reader, &key_results, form, &day),
        None => check_ins::Filled::default(),
    };
    typed::read(&mut reader, &filled, &day);
    let notes = reader.notes.into_diagnostics();
    imported.diagnostics.extend(notes);
    Ok(imported)
}

/// What is read into, and from where.
pub(super) struct Reader<'r> {
    plan: &'r mut Plan,
    /// The sheet of key results.
    sheet: Grid<'r>,
    /// Where its key results stand, there and in the plan.
    rows: &'r [KeyResultRow],
    notes: Notes,
}

/// The key results by their references in upper case, as positions among the rows; and by their titles, where no two
/// have the same.
struct Index {
    by_reference: std::collections::HashMap<String, usize>,
    by_title: std::collections::HashMap<String, Option<usize>>,
}

impl Reader<'_> {
    /// Returns the key result of a row, which is counted among those with key results.
    fn key_result(&mut self, at: usize) -> Option<&mut KeyResult> {
        let row = self.rows.get(at)?;
        self.plan
            .objectives
            .get_mut(row.objective)?
            .key_results
            .get_mut(row.key_result)
    }

    fn index(&mut self) -> Index {
        let mut index = Index {
            by_reference: std::collections::HashMap::new(),
            by_title: std::collections::HashMap::new(),
        };
        let columns = [Column::Ref, Column::Title].map(|column| {
            let heading = COLUMNS[column as usize].heading;
            self.sheet.column(heading)
        });
        for (at, row) in self.rows.iter().enumerate() {
            let [reference, title] = columns.map(|column| self.sheet.text(row.row, column));
            if !reference.is_empty() {
                index
                    .by_reference
                    .entry(reference.to_uppercase())
                    .or_insert(at);
            }
            index
                .by_title
                .entry(title)
                .and_modify(|other| *other = None)
                .or_insert(Some(at));
        }
        index
    }
}

impl Index {
    /// Returns the key result of that reference, else the one of that title.
    fn find(&self, reference: &str, title: &str) -> Option<usize> {
        let by_title = || {
            let found = self.by_title.get(title).copied().flatten();
            found.filter(|_| !title.is_empty())
        };
        self.by_reference
            .get(&reference.to_uppercase())
            .copied()
            .or_else(by_title)
    }
}

/// Reads all sheets, those of ours too that somebody has hidden.
fn whole(bytes: &[u8]) -> Result<Workbook, Error> {
    let mut workbook = sheets::read(bytes, &SheetOptions::default())?;
    for name in [KEY_RESULTS, CHECK_IN, HISTORY] {
        let hidden = |table: &Table| table.name == name && table.visibility != Visibility::Visible;
        let Some(at) = workbook.tables.iter().position(hidden) else {
            continue;
        };
        let options = SheetOptions {
            sheet: Some(name.to_owned()),
            ..SheetOptions::default()
        };
        let asked_for = sheets::read(bytes, &options)?;
        if let Some(table) = asked_for.tables.into_iter().find(hidden) {
            workbook.tables[at] = table;
        }
    }
    Ok(workbook)
}

/// Returns the sheet that has all those headings in one of its first rows; of several, the one of that name.
fn find<'w>(workbook: &'w Workbook, name: &str, headings: &[&str]) -> Option<&'w Table> {
    let mut found = workbook
        .tables
        .iter()
        .filter(|table| Grid::with_headings(table, headings).is_some());
    let first = found.clone().next();
    found.find(|table| table.name == name).or(first)
}

fn not_ours() -> Error {
    let message = "none of its sheets has the columns Type and Title of a plan";
    ErrorKind::Unreadable(message.to_owned()).into()
}

/// Returns the name of a sheet as it stands before a cell of it.
fn quoted(name: &str) -> String {
    if name.chars().all(char::is_alphanumeric) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "''"))
    }
}

/// Makes diagnostics whose place is a cell of a sheet.
fn at(table: &Table, row: usize, column: usize) -> Location {
    let cell = crate::table::address(column, row);
    Location::Cell(format!("{}!{cell}", quoted(&table.name)))
}
