//! The history, and what was filled in since.

use std::collections::HashSet;

use jiff::civil::Date;
use okr_core::completion::Completed;
use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::model::{CheckIn, Inline, Unit};
use okr_core::statement::Lexicon;

use super::super::check_in::DATE_LABEL;
use super::super::history::{HEADINGS, field_of};
use super::cells::{Grid, confidence, quantity, status};
use super::{Index, Reader, at};
use crate::dialects::tidy;
use crate::table::{Cell, Table};

const STATUS_HELP: &str =
    "write not started, on track, at risk, off track, achieved, paused or cancelled";
const NUMBER_HELP: &str = "write the number alone, or with its unit, like 72% or 1200";

/// What a column of the history is.
enum Part {
    Value,
    Status,
    Confidence,
    Note,
    Field(String),
}

/// Reads the sheet of all check-ins.
pub(super) fn history(reader: &mut Reader<'_>, index: &Index, table: &Table) {
    let Some(grid) = Grid::with_headings(table, &["Ref", "Date", "Value"]) else {
        return;
    };
    let [reference, title, date, _, unit, ..] = HEADINGS.map(|heading| grid.column(heading));
    let parts = parts(&grid);
    for row in grid.header + 1..table.rows.len() {
        if table.is_blank_row(row) {
            continue;
        }
        let name = grid.text(row, reference);
        let Some(found) = index.find(&name, &grid.text(row, title)) else {
            let message = match &*name {
                "" => "the row names no key result, so that it is not read".to_owned(),
                name => format!("`{name}` names no key result, so that the row is not read"),
            };
            let help = "write the Ref of a key result";
            let place = at(table, row, reference.unwrap_or_default());
            reader
                .notes
                .push(error("unknown-parent", place, message, help));
            continue;
        };
        let day = match tidy::date(grid.cell(row, date)) {
            Ok(day) => day,
            Err(message) => {
                let message = if grid.cell(row, date).is_white() {
                    "the check-in has no date, so that it is not read".to_owned()
                } else {
                    format!("{message}, so that the row is not read")
                };
                let help = "write a date like 2026-10-09";
                let place = at(table, row, date.unwrap_or_default());
                reader
                    .notes
                    .push(error("unreadable-cell", place, message, help));
                continue;
            }
        };
        let mut check_in = CheckIn::new(day);
        let own_unit = grid.text(row, unit);
        let parsed = Unit::parse(&own_unit);
        if parsed.is_none() {
            let message = format!("`{own_unit}` is no unit");
            let place = at(table, row, unit.unwrap_or_default());
            let help = "write a unit like %, days, EUR or invoices";
            reader
                .notes
                .push(error("unreadable-cell", place, message, help));
        }
        let own_unit = parsed.unwrap_or(Unit::None);
        for (column, part) in &parts {
            let cell = grid.cell(row, Some(*column));
            if cell.is_white() {
                continue;
            }
            if let Err((message, help)) = fill(&mut check_in, part, cell, &own_unit) {
                let place = at(table, row, *column);
                reader
                    .notes
                    .push(error("unreadable-cell", place, message, help));
            }
        }
        if let Some(key_result) = reader.key_result(found) {
            key_result.check_ins.push(check_in);
        }
    }
}

/// Returns the columns whose cells go into a check-in; of two with the same heading, the first.
fn parts(grid: &Grid<'_>) -> Vec<(usize, Part)> {
    let mut seen = HashSet::new();
    let headings = grid.headings();
    let columns = headings.iter().enumerate();
    columns
        .filter_map(|(column, heading)| {
            let name = heading.trim();
            let known = HEADINGS
                .iter()
                .find(|known| known.eq_ignore_ascii_case(name));
            let part = match known.copied() {
                Some("Value") => Part::Value,
                Some("Status") => Part::Status,
                Some("Confidence") => Part::Confidence,
                Some("Note") => Part::Note,
                Some(_) => return None,
                None if name.is_empty() => return None,
                None => {
                    let field = field_of(heading);
                    let field = if field.len() < heading.len() {
                        field
                    } else {
                        name
                    };
                    Part::Field(field.to_owned())
                }
            };
            seen.insert(heading.clone()).then_some((column, part))
        })
        .collect()
}

/// Puts a cell into a check-in; what cannot be read is kept among its fields, as it is when a plan document says it.
fn fill(
    check_in: &mut CheckIn,
    part: &Part,
    cell: &Cell,
    unit: &Unit,
) -> Result<(), (String, &'static str)> {
    let mut keep = |name: &str, message: String, help| {
        let words = Inline::from_plain(&cell.to_text());
        check_in.fields.insert(name.to_owned(), words);
        Err((message, help))
    };
    match part {
        Part::Value => match quantity(cell, unit) {
            Ok(value) => check_in.value = Some(value),
            Err(message) => return keep("Value", message, NUMBER_HELP),
        },
        Part::Status => match status(cell) {
            Ok(status) => check_in.status = Some(status),
            Err(message) => return keep("Status", message, STATUS_HELP),
        },
        Part::Confidence => match confidence(cell) {
            Ok(confidence) => check_in.confidence = Some(confidence),
            Err(message) => {
                return keep("Confidence", message, "write a whole number from 0 to 10");
            }
        },
        Part::Note => check_in.note = Some(Inline::from_plain(&cell.to_text())),
        Part::Field(name) => {
            let words = Inline::from_plain(&cell.to_text());
            check_in.fields.insert(name.clone(), words);
        }
    }
    Ok(())
}

/// The day for which new values speak.
pub(super) struct Day {
    /// What the workbook says.
    pub(super) written: Option<Date>,
    /// What counts where it says nothing.
    pub(super) today: Option<Date>,
    /// The cell in which it says so.
    pub(super) cell: Option<Location>,
}

impl Day {
    /// Returns the day, or nothing where nobody has said one.
    pub(super) fn get(&self) -> Option<Date> {
        self.written.or(self.today)
    }
}

/// Returns the place of the day in the form: right of the word, above the headings.
fn day_place(table: &Table) -> Option<(usize, usize)> {
    let grid = Grid::with_headings(table, &["Ref", "New value"])?;
    (0..grid.header).find_map(|row| {
        let cells = table.rows.get(row)?;
        let is_label = |cell: &Cell| cell.to_text().trim().eq_ignore_ascii_case(DATE_LABEL);
        Some((row, cells.iter().position(is_label)? + 1))
    })
}

/// Returns the cell in which the form has the day.
pub(super) fn day_cell(table: &Table) -> Location {
    day_place(table).map_or(Location::Whole, |(row, column)| at(table, row, column))
}

/// Reads the day that the form says.
pub(super) fn day(reader: &mut Reader<'_>, table: &Table) -> Option<Date> {
    let (row, column) = day_place(table)?;
    let cell = table.cell(row, column);
    if cell.is_white() {
        return None;
    }
    match tidy::date(cell) {
        Ok(day) => Some(day),
        Err(message) => {
            let help = "write a date like 2026-10-09";
            let place = at(table, row, column);
            reader
                .notes
                .push(error("unreadable-cell", place, message, help));
            None
        }
    }
}

/// Which key results have a row that was filled in.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) key_results: HashSet<usize>,
}

/// Reads the rows of the form that were filled in.
pub(super) fn form(reader: &mut Reader<'_>, index: &Index, table: &Table, day: &Day) -> Filled {
    let mut filled = Filled::default();
    let Some(grid) = Grid::with_headings(table, &["Ref", "New value"]) else {
        return filled;
    };
    let [reference, title, value, new_status, note] =
        ["Ref", "Key result", "New value", "New status", "Note"]
            .map(|heading| grid.column(heading));
    let headings = grid.headings();
    let sure = headings
        .iter()
        .position(|heading| heading.trim().to_lowercase().starts_with("confidence"));
    let inputs = [value, new_status, sure, note];
    let mut count = 0_usize;
    for row in grid.header + 1..table.rows.len() {
        if inputs
            .iter()
            .all(|column| grid.cell(row, *column).is_white())
        {
            continue;
        }
        let name = grid.text(row, reference);
        let Some(found) = index.find(&name, &grid.text(row, title)) else {
            let message = format!("`{name}` names no key result, so that the row is not read");
            let place = at(table, row, reference.unwrap_or_default());
            let help = "write the Ref of a key result";
            reader
                .notes
                .push(error("unknown-parent", place, message, help));
            continue;
        };
        filled.key_results.insert(found);
        count += 1;
        let Some(date) = day.get() else { continue };
        let unit = unit_of(reader, found);
        let mut check_in = CheckIn::new(date);
        let parts = [Part::Value, Part::Status, Part::Confidence, Part::Note];
        for (column, part) in inputs.into_iter().zip(parts) {
            let cell = grid.cell(row, column);
            if cell.is_white() {
                continue;
            }
            if let Err((message, help)) = fill(&mut check_in, &part, cell, &unit) {
                let place = at(table, row, column.unwrap_or_default());
                reader
                    .notes
                    .push(error("unreadable-cell", place, message, help));
            }
        }
        if let Some(key_result) = reader.key_result(found) {
            key_result.check_ins.push(check_in);
        }
    }
    say_day(reader, day, count);
    filled
}

/// Returns the unit in which new values of a key result are.
pub(super) fn unit_of(reader: &mut Reader<'_>, key_result: usize) -> Unit {
    let period = reader.plan.period;
    let key_result = reader.key_result(key_result);
    let unit = key_result.and_then(|key_result| {
        let completed = Completed::new(key_result, period, &Lexicon::default());
        completed.measure.unit().cloned()
    });
    unit.unwrap_or(Unit::None)
}

/// Says which day counts for so many new check-ins, where the workbook does not.
fn say_day(reader: &mut Reader<'_>, day: &Day, count: usize) {
    if count == 0 || day.written.is_some() {
        return;
    }
    let rows = if count == 1 {
        "1 row".to_owned()
    } else {
        format!("{count} rows")
    };
    let help = "write the day for which the new values speak into this cell";
    let place = day.cell.clone().unwrap_or(Location::Whole);
    let note = if let Some(today) = day.today {
        let message = format!("no date is filled in, so that {today} counts for {rows}");
        Diagnostic::new("unstated-date", Severity::Info, place, message).with_help(help)
    } else {
        let message =
            format!("no date is filled in, so that {rows} with new values cannot be read");
        error("unstated-date", place, message, help)
    };
    reader.notes.push(note);
}

pub(super) fn error(
    code: &'static str,
    place: Location,
    message: impl Into<String>,
    help: &str,
) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, place, message).with_help(help)
}
