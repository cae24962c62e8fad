//! Any sheet or outline as a plan, with an account of what became of each part of it.
//!
//! A file becomes a workbook; one of its sheets is chosen (`choose`); its headings are found and its
//! layout with them (`headings`, `discover`); what holds for whole columns is decided (`facts`);
//! and the rows are read (`columns`, `list`) into a [`Draft`], of which [`Draft::plan`] makes a plan.
//! All words stand in one file, `words.txt`.

mod account;
mod bare_marks;
mod became;
mod below;
mod beside;
mod blocks;
mod checklists;
mod choose;
mod codes;
mod colours;
mod columns;
mod corrections;
mod discover;
mod draft;
mod elements;
mod facts;
mod halves;
mod heading;
mod headings;
mod infer;
mod labels;
pub(crate) mod layout;
mod legend;
mod list;
mod log;
mod options;
mod outline;
mod own;
mod parents;
mod preamble;
mod profile;
mod reader;
mod reduced;
mod renamed;
mod sayings;
mod settle;
mod several;
mod sheet;
mod sideways;
mod skip;
mod steps;
mod take;
mod telling;
#[cfg(test)]
mod tests;
mod times;
mod to_plan;
pub(crate) mod values;
pub(crate) mod when;
pub(crate) mod words;

pub use account::{Account, Certainty, ColumnRead, LeftOut, RowRead, SheetRead};
pub use became::{Became, Part, Served};
pub use draft::{Draft, DraftInitiative, DraftKeyResult, DraftObjective, SaidStatus};
pub use options::ImportOptions;
pub use values::date::DateOrder;
pub use values::number::Decimals;

use okr_core::diagnostic::Diagnostic;
use okr_core::model::Plan;

use crate::carries::Carries;
use crate::error::{Error, ErrorKind};
use crate::sheets::{self, SheetOptions};
use crate::table::{Table, Value, Visibility, Workbook};

/// A sheet that was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Import {
    /// What it says.
    pub draft: Draft,
    /// What became of each part of it.
    pub account: Account,
    /// What is to be said about it, the gravest first.
    pub diagnostics: Vec<Diagnostic>,
    /// The plan itself, where the file is one of okr's own and carries the whole of it.
    pub plan: Option<Plan>,
    /// What the plan said when the file was written from it, where the file tells.
    pub base: Option<Plan>,
    /// What of a plan the file can hold, where it is one of okr's own.
    pub carries: Option<Carries>,
}

/// Reads a file of tables of whatever kind and layout, an outline, or a plan in a format of okr.
///
/// # Errors
///
/// The bytes are no file of tables, or too large; no sheet looks like a plan; or there is no sheet or
/// dialect of the name that was asked for.
pub fn read(bytes: &[u8], options: &ImportOptions) -> Result<Import, Error> {
    if bytes.trim_ascii().is_empty() {
        return Err(ErrorKind::Unreadable("there is nothing in it".to_owned()).into());
    }
    match own::read(bytes, options)? {
        Some(own::Text::Plan(import)) => return Ok(*import),
        Some(own::Text::Outline(lined)) => {
            let mut import = workbook(&without_controls(lined.workbook()), options)?;
            lined.name_lines(&mut import);
            return Ok(import);
        }
        None => {}
    }
    let sheet_options = SheetOptions {
        sheet: options.sheet.clone(),
        ..SheetOptions::default()
    };
    let sheets = sheets::read(bytes, &sheet_options)?;
    if let Some(import) = own::table(&sheets, bytes, options) {
        return Ok(import);
    }
    let sheets = if is_plain(bytes) {
        sheets
    } else {
        without_controls(sheets)
    };
    if let Some(import) = visible(&sheets, options)
        .filter(|table| outline::begins_with_mark(table))
        .find_map(|table| rows(table, options))
    {
        return Ok(import);
    }
    workbook(&sheets, options).or_else(|error| form(&sheets, options).ok_or(error))
}

/// Returns the sheets that may be read in other ways than as a table with headings.
fn visible<'a>(sheets: &'a Workbook, options: &ImportOptions) -> impl Iterator<Item = &'a Table> {
    let is_open = options.sheet.is_none() && options.dialect.is_none();
    sheets
        .tables
        .iter()
        .filter(move |table| is_open && table.visibility == Visibility::Visible)
}

/// Reads the first sheet whose rows begin with marks or names, where none has a row of headings.
fn form(sheets: &Workbook, options: &ImportOptions) -> Option<Import> {
    visible(sheets, options).find_map(|table| {
        rows(table, options).or_else(|| {
            let lined = outline::form(table)?;
            let mut import = workbook(&lined.workbook(), options).ok()?;
            lined.name_lines(&mut import);
            Some(import)
        })
    })
}

/// Reads a sheet without headings, whose rows begin with marks.
fn rows(table: &Table, options: &ImportOptions) -> Option<Import> {
    let (lined, columns) = outline::rows(table)?;
    let mut import = workbook(&lined.workbook(), options).ok()?;
    lined.name_lines(&mut import);
    outline::say_rows(&columns, &mut import);
    Some(import)
}

/// Returns whether there is nothing but letters, signs and line ends of ASCII, as in most tables of text.
fn is_plain(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|b| matches!(b, b' '..=b'~' | b'\t' | b'\r' | b'\n'))
}

/// Puts blanks in the place of control characters, which no line of a plan can hold.
fn without_controls(mut workbook: Workbook) -> Workbook {
    // Beyond ASCII, the control characters begin with 0xC2.
    let may_be_control = |b: u8| b < b' ' || b == 0x7f || b == 0xc2;
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let rows = workbook.tables.iter_mut().flat_map(|table| &mut table.rows);
    for cell in rows.flatten() {
        if let Value::Text(text) = &mut cell.value
            && text.bytes().any(may_be_control)
            && text.contains(is_control)
        {
            *text = text.replace(is_control, " ").into();
        }
    }
    workbook
}

/// Reads the sheet of a workbook that holds a plan.
///
/// # Errors
///
/// No sheet looks like a plan, or there is no sheet or dialect of the name that was asked for.
pub(crate) fn workbook(workbook: &Workbook, options: &ImportOptions) -> Result<Import, Error> {
    let explained = colours::explained(workbook);
    let workbook = explained.as_ref().map_or(workbook, |found| &found.workbook);
    let turned = sideways::turned(workbook);
    let workbook = turned.as_ref().map_or(workbook, |turned| &turned.workbook);
    let choice = choose::sheet(workbook, options)?;
    let mut import = sheet::read(workbook, &choice, explained.as_ref(), options);
    if let Some(turned) = &turned {
        turned.name_cells(&mut import);
    }
    Ok(import)
}
