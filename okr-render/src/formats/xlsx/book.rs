//! What all sheets of a workbook need to know of a plan, found once.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use okr_core::fields::{GUARDRAIL, WEIGHT};
use okr_core::model::{CheckIn, KeyResult, Period, Plan, Quantity, Status, Unit};
use okr_core::progress::{Form, Goal, KeyResultOverview, Overview, Scale, Schedules};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::columns::{Columns, Content};
use super::figures::{decimals, number_format, stored, width};
use super::paper::serial;
use super::results::{Part, Standings, Whole};
use super::sums::{Bar, Cells, Ranges, Sum, Weight};
use super::{check_in, history, wording};
use crate::dialects::tidy::{self, Column, Kind};
use crate::formats::latest;
use crate::table::{Cell, Table, Value, address, column_name};

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
    pub(super) ranges: Ranges,
    pub(super) key_results: Vec<Entry<'p>>,
    /// The weights of the steps of milestones, by their rows in the sheet of key results.
    pub(super) steps: BTreeMap<u32, f64>,
    /// What each objective comes to, in the order of the plan.
    pub(super) objectives: Vec<Whole>,
    /// What the plan comes to.
    pub(super) whole: Whole,
    /// The day for which the workbook speaks: that of the last check-in, else the first of the plan.
    pub(super) as_of: Option<Date>,
    /// The names of the fields of check-ins that the plan format does not know, each once.
    pub(super) check_in_fields: Vec<String>,
}

/// A key result with its places in the sheets; all rows count from 0.
pub(super) struct Entry<'p> {
    pub(super) key_result: &'p KeyResult,
    pub(super) objective: usize,
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
    pub(super) bar: Bar,
    pub(super) cells: Cells,
    pub(super) part: Part,
    /// Start and target as numbers of cells, where there are any.
    pub(super) ends: (Option<f64>, Option<f64>),
    pub(super) status: Option<Status>,
    /// The latest value, in its unit, or as the check-in has it.
    pub(super) last_value: Cell,
    /// The day of the last check-in that says something.
    pub(super) last_date: Option<Date>,
    /// How many characters its widest number takes.
    width: f64,
}

impl<'p> Book<'p> {
    /// Takes a plan with what its words say, and as it was stated.
    pub(super) fn new(plan: &'p Plan, stated: &Plan, schedules: &Schedules) -> Self {
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
        // Without any day nothing is due yet, as the formulas have it.
        let overview = Overview::new(plan, as_of.unwrap_or(Date::MIN), schedules);
        let results = Standings::new(&overview);
        let mut key_results = Vec::with_capacity(rows.len());
        let mut steps = BTreeMap::new();
        let mut history_row = history::FIRST_ROW;
        let all = overview.objectives.iter().enumerate();
        let all =
            all.flat_map(|(objective, of)| of.key_results.iter().map(move |it| (objective, it)));
        for (((objective, it), part), (row, form_row)) in all
            .zip(results.key_results)
            .zip(rows.into_iter().zip(check_in::FIRST_ROW..))
        {
            let count = u32::try_from(it.key_result.check_ins.len()).unwrap_or(u32::MAX);
            let history = history_row..history_row.saturating_add(count);
            history_row = history.end;
            if it.track.steps().is_some() {
                // Its initiatives stand below it.
                let rows = (row + 1..).zip(&it.key_result.initiatives);
                let weights = rows.filter_map(|(row, it)| Some((row, it.step()?.weight.to_f64()?)));
                steps.extend(weights);
            }
            let place = Place {
                objective,
                row,
                form_row,
                history,
            };
            let cells = table.rows.get(row as usize).map_or(&[][..], Vec::as_slice);
            key_results.push(entry(&columns, plan, it, part, cells, place));
        }
        let ranges = ranges(&columns, last_row(&table));
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
            ranges,
            columns,
            key_results,
            steps,
            objectives: results.objectives,
            whole: results.plan,
            as_of,
            check_in_fields,
        }
    }

    /// Returns the last row of the sheet of key results for which formulas, lists and colours hold.
    pub(super) fn last_row(&self) -> u32 {
        last_row(&self.table)
    }

    /// Returns the name of all cells of a column of the sheet of key results, for formulas of any sheet.
    pub(super) fn range(&self, column: u16) -> String {
        let name = column_name(usize::from(column));
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

fn last_row(table: &Table) -> u32 {
    u32::try_from(table.rows.len())
        .unwrap_or(u32::MAX)
        .saturating_add(SPARE_ROWS)
}

/// Returns the columns that formulas of the sheet of key results take together.
fn ranges(columns: &Columns, last_row: u32) -> Ranges {
    let range = |column: u16| {
        let name = column_name(usize::from(column));
        format!("${name}$2:${name}${last_row}")
    };
    let tidy = |column: Column| range(columns.tidy(column));
    Ranges {
        parent: tidy(Column::Parent),
        types: tidy(Column::Type),
        status: tidy(Column::Status),
        due: tidy(Column::DueDate),
        own_weight: range(columns.place(Content::OwnWeight)),
        counts: range(columns.place(Content::Counts)),
    }
}

/// Where a key result stands.
struct Place {
    objective: usize,
    row: u32,
    form_row: u32,
    history: Range<u32>,
}

fn entry<'p>(
    columns: &Columns,
    plan: &Plan,
    it: &KeyResultOverview<'p>,
    part: Part,
    cells: &[Cell],
    place: Place,
) -> Entry<'p> {
    let (key_result, scale) = (it.key_result, it.track.scale());
    let commitment = plan.objectives[place.objective].commitment;
    let cell = |column: Column| cells.get(column as usize).unwrap_or(&Cell::EMPTY);
    let last = latest(&key_result.check_ins, |check_in| check_in.value.as_ref());
    let unit = unit(cells, scale, last);
    let is_percent = unit == Unit::Percent;
    let last_value = last_value(last, scale, is_percent, cell(Column::Current));
    let number = |cell: &Cell| match &cell.value {
        Value::Number(value) => stored(*value, is_percent),
        _ => None,
    };
    let numbers = [cell(Column::Start), cell(Column::Target), &last_value];
    let numbers = || {
        let numbers = numbers.iter();
        numbers.filter_map(|cell| match &cell.value {
            Value::Number(value) => Some(*value),
            _ => None,
        })
    };
    let places = numbers().map(decimals).max().unwrap_or_default();
    let number_format = number_format(&unit, places);
    let widths = numbers().map(|value| width(value, &unit, places));
    let width = widths.fold(0.0, f64::max);
    let (start, target) = ends(scale);
    let row = place.row as usize;
    let in_cell = |column: Column| address(usize::from(columns.tidy(column)), row);
    // A number that the table has no column for stands in the formula itself.
    let operand = |column: Column, known: Option<Decimal>| {
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
    let promised = key_result
        .commit()
        .filter(|value| scale.is_some_and(|scale| scale.progress(value).is_some()));
    let due_cell = in_cell(Column::DueDate);
    let due = key_result.due.filter(|_| cell(Column::DueDate).is_white());
    let due = due.and_then(serial);
    let due = due.map_or("N(PlanEnd)".to_owned(), |day| day.to_string());
    let computed = |content: Content| address(usize::from(columns.place(content)), row);
    Entry {
        key_result,
        objective: place.objective,
        reference: cell(Column::Ref).to_text(),
        sum: Sum::of(scale, commitment, is_percent),
        bar: Bar::of(
            commitment,
            promised.map(|value| value.value),
            is_percent || it.track.steps().is_some(),
        ),
        cells: Cells {
            reference: format!("$A{}", row + 1),
            parent: format!("${}", in_cell(Column::Parent)),
            start: start_cell,
            target: target_cell,
            current: in_cell(Column::Current),
            status: in_cell(Column::Status),
            due: format!("IF(ISNUMBER({due_cell}),{due_cell},{due})"),
            check_ins: check_in::check_ins(place.form_row),
            first_due: it
                .track
                .schedule()
                .and_then(|schedule| serial(schedule.slots().first()?.due)),
            weight: columns
                .field(WEIGHT, &key_result.fields)
                .map(|column| Weight {
                    cell: address(usize::from(column), row),
                    otherwise: otherwise(key_result.weight()),
                }),
            guardrail: columns
                .field(GUARDRAIL, &key_result.fields)
                .map(|column| address(usize::from(column), row)),
            progress: computed(Content::ExactProgress),
            expected: computed(Content::ExactExpected),
            own_weight: computed(Content::OwnWeight),
            counts: computed(Content::Counts),
            reports: computed(Content::Reports),
        },
        part,
        ends: (start, target),
        status: latest(&key_result.check_ins, |check_in| check_in.status),
        last_value,
        last_date: it.track.latest().map(|entry| entry.check_in.date),
        row: place.row,
        form_row: place.form_row,
        history: place.history,
        unit,
        number_format,
        width,
    }
}

/// Returns the unit of the numbers of a key result: that of its row, else percent where its values alone are in percent.
fn unit(cells: &[Cell], scale: Option<&Scale>, last: Option<&Quantity>) -> Unit {
    let cell = |column: Column| cells.get(column as usize).unwrap_or(&Cell::EMPTY);
    let counts_percent = scale.is_some_and(|scale| match scale.form() {
        Form::Milestone | Form::Steps => last.is_some_and(|value| value.unit == Unit::Percent),
        _ => *scale.unit() == Unit::Percent,
    });
    // A start or target in no unit is to come back in none.
    let has_ends = [Column::Start, Column::Target].map(|column| !cell(column).is_white());
    match Unit::parse(&cell(Column::Unit).to_text()) {
        Some(unit) if unit != Unit::None => unit,
        _ if !has_ends.contains(&true) && counts_percent => Unit::Percent,
        _ => Unit::None,
    }
}

/// Returns the latest value as a number, where it is one on the scale, else as its check-in has it.
fn last_value(
    last: Option<&Quantity>,
    scale: Option<&Scale>,
    is_percent: bool,
    current: &Cell,
) -> Cell {
    let Some(value) = last else {
        return Cell::EMPTY;
    };
    let is_milestone = scale.is_some_and(|scale| scale.form() == Form::Milestone);
    if is_milestone && value.unit == Unit::Percent && !is_percent {
        // Done is 1 there.
        return Value::Number(value.value / Decimal::ONE_HUNDRED).into();
    }
    let is_number = match scale {
        // A bare number beside a change in percent is what is measured, and not the change.
        Some(scale) if scale.is_change() => value.unit == Unit::Percent,
        Some(scale) => value.is_like(&Quantity::new(Decimal::ZERO, scale.unit().clone())),
        None => !current.is_white(),
    };
    if is_number {
        Value::Number(value.value).into()
    } else if value.unit == Unit::None && scale.is_some() {
        // Digits alone would be stored as a number, and be computed with.
        Cell::text(format!("{value} (no %)"))
    } else {
        Cell::text(value.to_string())
    }
}

/// Returns what a weight is where its cell has no number: the weight itself where a cell has it as text, else 1.
pub(super) fn otherwise(weight: Decimal) -> f64 {
    let is_in_cell = stored_weight(&weight.to_string()).is_some();
    let weight = if is_in_cell { None } else { weight.to_f64() };
    weight.unwrap_or(1.0)
}

/// Returns a weight as the number of a cell that reads back as the same text; nothing for any other text.
pub(super) fn stored_weight(text: &str) -> Option<f64> {
    let weight: Decimal = text.parse().ok()?;
    let is_plain = weight.normalize().to_string() == text && weight >= Decimal::ZERO;
    stored(weight, false).filter(|_| is_plain)
}

/// Returns where a scale starts and, where it is one number, where it ends.
fn ends(scale: Option<&Scale>) -> (Option<Decimal>, Option<Decimal>) {
    let one = |goal: Goal| goal.low.or(goal.high).map(|edge| edge.at);
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
