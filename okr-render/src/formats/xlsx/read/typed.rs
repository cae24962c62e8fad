//! Values and statuses that somebody wrote over those of the plan.
//!
//! The two columns follow from the check-ins, by formulas. Whoever does not look for the sheet to fill
//! in writes the new number there, and it is not to be lost.

use okr_core::diagnostic::{Diagnostic, Severity};
use okr_core::model::{CheckIn, Quantity, Status};

use super::cells::{quantity, status};
use super::check_ins::{Day, Filled, error, unit_of};
use super::{Reader, at};
use crate::dialects::tidy::{COLUMNS, Column};
use crate::table::{Cell, Formula};

/// Reads what was written there as check-ins of the day.
pub(super) fn read(reader: &mut Reader<'_>, filled: &Filled, day: &Day) {
    let [current, state] = [Column::Current, Column::Status]
        .map(|column| reader.sheet.column(COLUMNS[column as usize].heading));
    for place in 0..reader.rows.len() {
        let row = reader.rows[place].row;
        let (value, state_cell) = (
            reader.sheet.cell(row, current).clone(),
            reader.sheet.cell(row, state).clone(),
        );
        let value = new_value(reader, place, &value);
        let status = new_status(reader, place, &state_cell);
        let column = match (&value, &status) {
            (None, None) => continue,
            (Some(_), _) => current,
            (None, Some(_)) => state,
        };
        let cell = at(reader.sheet.table, row, column.unwrap_or_default());
        let said = [
            value.as_ref().map(Quantity::to_string),
            status.map(|status| status.to_string()),
        ];
        let said = said.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if filled.key_results.contains(&place) {
            let message = format!(
                "`{said}` is not read, because new values are filled in on the sheet for them"
            );
            let note = Diagnostic::new("derived-column", Severity::Warning, cell, message);
            reader.notes.push(note.with_help("write it there instead"));
            continue;
        }
        let Some(date) = day.get() else {
            let message =
                format!("`{said}` was written here without a date, so that it is not read");
            let help = "fill it in on the sheet Check-in, with a date";
            reader
                .notes
                .push(error("unstated-date", cell, message, help));
            continue;
        };
        let message = format!("`{said}` was written here, and is read as a check-in of {date}");
        reader.notes.push(Diagnostic::new(
            "derived-column",
            Severity::Info,
            cell,
            message,
        ));
        let mut check_in = CheckIn::new(date);
        check_in.value = value;
        check_in.status = status;
        if let Some(key_result) = reader.key_result(place) {
            key_result.check_ins.push(check_in);
        }
    }
}

/// Returns a value that no check-in has.
fn new_value(reader: &mut Reader<'_>, place: usize, cell: &Cell) -> Option<Quantity> {
    if cell.is_blank() || cell.formula != Formula::None {
        return None;
    }
    let unit = unit_of(reader, place);
    let value = quantity(cell, &unit).ok()?;
    let check_ins = &reader.key_result(place)?.check_ins;
    let is_same = |known: &Quantity| known.value == value.value && known.is_like(&value);
    let mut known = check_ins
        .iter()
        .filter_map(|check_in| check_in.value.as_ref());
    (!known.any(is_same)).then_some(value)
}

/// Returns a status that no check-in has.
fn new_status(reader: &mut Reader<'_>, place: usize, cell: &Cell) -> Option<Status> {
    if cell.is_blank() || cell.formula != Formula::None {
        return None;
    }
    let status = status(cell).ok()?;
    let check_ins = &reader.key_result(place)?.check_ins;
    let is_known = check_ins
        .iter()
        .any(|check_in| check_in.status == Some(status));
    (!is_known).then_some(status)
}
