//! What all sheets of a workbook need to know of a plan, found once.

use std::ops::Range;

use jiff::civil::Date;
use okr_core::model::{CheckIn, Commitment, KeyResult, Period, Plan, Status, Unit};
use okr_core::progress::{Scale, Timeline};
use rust_decimal::prelude::ToPrimitive;

use super::columns::Columns;
use super::figures::{decimals, number_format, stored, width};

use super::sums::{Cells, Sum, Values};
use super::{check_in, history, wording};
use crate::dialects::tidy::{self, Column, Kind};
use crate::formats::latest;
use crate::table::{Cell, Table, Value, address};

/// How many rows below the last one formulas, lists and colours reach, for rows that people add.
const SPARE_ROWS: u32 = 200;

/// A plan on its way into a workbook.
pub(super) struct Book<'p> {
    pub(super) plan: &'p Plan,
    /// The tidy table, whose rows are those of the sheet of key results.
    pub(super) table: Table,
    /// For each row of the table, which of its cells have what the words of the key result say.
    pub(super) told: Vec<String>,
    pub(super) columns: Columns,
    pub(super) key_results: Vec<Entry<'p>>,
    /// The day for which the workbook speaks: that of the last check-in, else the first of the plan.
    pub(super) as_of: Option<Date>,
    /// The names of the fields of check-ins that the plan format does not know, each once.
    pub(super) check_in_fields: Vec<String>,
}

/// A key result with its places in the sheets; all rows count from 0.
pub(super) struct Entry<'p> {
    pub(super) key_result: &'p KeyResult,
    pub(super) objective: usize,
    pub(super) commitment: Option<Commitment>,
    pub(super) reference: String,
    /// Its row in the sheet of key results.
    pub(super) row: u32,
    /// Its row in the sheet of check-ins to come.
    pub(super) form_row: u32,
    /// The rows of its check-ins in the history.
    pub(super) history: Range<u32>,
    pub(super) unit: Unit,
    /// How its numbers are shown.
    pub(super) number_format: String,
    pub(super) sum: Sum,
    pub(super) cells: Cells,
    pub(super) values: Values,
    /// The latest value, in its unit, or as the check-in has it.
    pub(super) last_value: Cell,
    pub(super) last_date: Option<Date>,
    /// How many characters its widest number takes.
    width: f64,
}

impl<'p> Book<'p> {
    /// Takes a plan with what its words say, and as it was stated.
    pub(super) fn new(plan: &'p Plan, stated: &Plan) -> Self {
        let (mut table, completed) = (tidy::write(stated), tidy::write(plan));
        let rows = table.rows.iter_mut().zip(&completed.rows);
        let told: Vec<String> = rows.map(|(row, other)| wording::fill(row, other)).collect();
        let has_told = told.iter().any(|told| !told.is_empty());
        let columns = Columns::new(&table, has_told);
        let as_of = plan
            .key_results()
            .flat_map(|(_, key_result)| key_result.check_ins.iter().map(|check_in| check_in.date))
            .max()
            .or(plan.period.map(Period::start));
        let rows: Vec<u32> = (0..)
            .zip(&table.rows)
            .filter(|(_, cells)| kind(cells) == Some(Kind::KeyResult))
            .map(|(row, _)| row)
            .collect();
        let all = plan
            .objectives
            .iter()
            .enumerate()
            .flat_map(|(o, objective)| {
                objective
                    .key_results
                    .iter()
                    .map(move |key_result| (o, objective.commitment, key_result))
            });
        let mut key_results = Vec::new();
        let mut history_row = history::FIRST_ROW;
        for ((objective, commitment, key_result), (row, form_row)) in
            all.zip(rows.into_iter().zip(check_in::FIRST_ROW..))
        {
            let count = u32::try_from(key_result.check_ins.len()).unwrap_or(u32::MAX);
            let history = history_row..history_row.saturating_add(count);
            history_row = history.end;
            let place = Place {
                objective,
                commitment,
                row,
                form_row,
                history,
            };
            let cells = table.rows.get(row as usize).map_or(&[][..], Vec::as_slice);
            key_results.push(entry(plan, &columns, key_result, cells, place, as_of));
        }
        let mut check_in_fields: Vec<String> = Vec::new();
        let names: indexmap::IndexSet<&String> = plan
            .key_results()
            .flat_map(|(_, key_result)| &key_result.check_ins)
            .flat_map(|check_in| check_in.fields.keys())
            .collect();
        check_in_fields.extend(names.into_iter().cloned());
        Self {
            plan,
            table,
            told,
            columns,
            key_results,
            as_of,
            check_in_fields,
        }
    }

    /// Returns the last row of the sheet of key results for which formulas, lists and colours hold.
    pub(super) fn last_row(&self) -> u32 {
        u32::try_from(self.table.rows.len())
            .unwrap_or(u32::MAX)
            .saturating_add(SPARE_ROWS)
    }

    /// Returns the name of all cells of a column of the sheet of key results, for formulas of any sheet.
    pub(super) fn range(&self, column: u16) -> String {
        let name = crate::table::column_name(usize::from(column));
        format!(
            "'{}'!${name}$2:${name}${}",
            super::KEY_RESULTS,
            self.last_row()
        )
    }

    /// Returns how wide a column has to be for the numbers of all key results, and no less than `least`.
    pub(super) fn width(&self, least: f64) -> f64 {
        self.key_results
            .iter()
            .fold(least, |most, entry| most.max(entry.width))
    }

    /// Returns the key results of an objective.
    pub(super) fn of(&self, objective: usize) -> &[Entry<'p>] {
        let start = self
            .key_results
            .partition_point(|entry| entry.objective < objective);
        let end = self
            .key_results
            .partition_point(|entry| entry.objective <= objective);
        &self.key_results[start..end]
    }
}

/// Where a key result stands.
struct Place {
    objective: usize,
    commitment: Option<Commitment>,
    row: u32,
    form_row: u32,
    history: Range<u32>,
}

fn entry<'p>(
    plan: &Plan,
    columns: &Columns,
    key_result: &'p KeyResult,
    cells: &[Cell],
    place: Place,
    as_of: Option<Date>,
) -> Entry<'p> {
    let cell = |column: Column| cells.get(column as usize).unwrap_or(&Cell::EMPTY);
    let unit = Unit::parse(&cell(Column::Unit).to_text()).unwrap_or(Unit::None);
    let is_percent = unit == Unit::Percent;
    let number = |cell: &Cell| match &cell.value {
        Value::Number(value) => stored(*value, is_percent),
        _ => None,
    };
    let numbers = [Column::Start, Column::Target, Column::Current].map(cell);
    let places = numbers.iter().filter_map(|cell| match &cell.value {
        Value::Number(value) => Some(decimals(*value)),
        _ => None,
    });
    let places = places.max().unwrap_or_default();
    let number_format = number_format(&unit, places);
    let widths = numbers.iter().filter_map(|cell| match &cell.value {
        Value::Number(value) => Some(width(*value, &unit, places)),
        _ => None,
    });
    let width = widths.fold(0.0, f64::max);
    let scale = Scale::of(&key_result.measure);
    let (start, target) = ends(scale.as_ref());
    let in_cell = |column: Column| address(usize::from(columns.tidy(column)), place.row as usize);
    // A number that the table has no column for stands in the formula itself.
    let operand = |column: Column, known: Option<rust_decimal::Decimal>| {
        let own = cell(column);
        match known
            .filter(|_| own.is_white())
            .and_then(|at| stored(at, is_percent))
        {
            Some(number) => (number.to_string(), Some(number)),
            None => (in_cell(column), number(own)),
        }
    };
    let (start_cell, start) = operand(Column::Start, start);
    let (target_cell, target) = operand(Column::Target, target);
    let last = latest(&key_result.check_ins, |check_in| check_in.value.as_ref());
    let last_value = match (cell(Column::Current), last) {
        (own, _) if !own.is_white() => own.clone(),
        (_, Some(value)) => Cell::text(value.to_string()),
        _ => Cell::EMPTY,
    };
    let due = key_result.due.or(plan.period.map(Period::end));
    let timeline = plan
        .period
        .zip(due)
        .and_then(|(period, due)| Timeline::new(period.start(), due));
    let elapsed = timeline
        .zip(as_of)
        .and_then(|(timeline, day)| timeline.elapsed(day).to_f64());
    Entry {
        key_result,
        objective: place.objective,
        commitment: place.commitment,
        reference: cell(Column::Ref).to_text(),
        sum: Sum::of(scale.as_ref(), place.commitment, is_percent),
        cells: Cells {
            start: start_cell,
            target: target_cell,
            current: in_cell(Column::Current),
            status: in_cell(Column::Status),
            due: in_cell(Column::DueDate),
            expected: address(usize::from(columns.expected), place.row as usize),
        },
        values: Values {
            start,
            target,
            current: number(&last_value),
            status: latest(&key_result.check_ins, |check_in| check_in.status),
            elapsed,
        },
        last_value,
        last_date: key_result
            .check_ins
            .iter()
            .map(|check_in| check_in.date)
            .max(),
        row: place.row,
        form_row: place.form_row,
        history: place.history,
        unit,
        number_format,
        width,
    }
}

/// Returns where a scale starts and, where it is one number, where it ends.
fn ends(scale: Option<&Scale>) -> (Option<rust_decimal::Decimal>, Option<rust_decimal::Decimal>) {
    use okr_core::progress::Form;
    let one = |goal: okr_core::progress::Goal| goal.low.or(goal.high).map(|edge| edge.at);
    match scale.map(Scale::form) {
        Some(Form::Keep(goal)) => (None, one(goal)),
        Some(Form::Way { start, goal }) => (start, one(goal)),
        _ => (None, None),
    }
}

/// Returns what a row of the tidy table stands for.
pub(super) fn kind(cells: &[Cell]) -> Option<Kind> {
    Kind::parse(&cells.get(Column::Type as usize)?.to_text())
}

impl Entry<'_> {
    /// Returns the status that the latest check-in with one says.
    pub(super) fn status(&self) -> Option<Status> {
        self.values.status
    }

    /// Returns whether a line through its values tells how they went: there are at least two, in the order of their
    /// days, all of one kind of number.
    ///
    /// A line along an axis of days would mind no order, but LibreOffice 7.4 breaks down on it.
    pub(super) fn has_trend(&self) -> bool {
        let check_ins = &self.key_result.check_ins;
        let is_percent = |check_in: &CheckIn| {
            let value = check_in.value.as_ref()?;
            Some(value.unit == Unit::Percent)
        };
        let kinds: Vec<bool> = check_ins.iter().filter_map(is_percent).collect();
        kinds.len() > 1
            && kinds.iter().all(|kind| *kind == kinds[0])
            && check_ins.is_sorted_by_key(|check_in| check_in.date)
    }
}
