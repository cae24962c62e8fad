//! Sheets in which check-ins are logged: a day, a key result, a value.

use std::collections::HashMap;

use jiff::civil::Date;
use okr_core::model::{CheckIn, Inline};

use super::draft::{Draft, SaidStatus};
use super::headings::{self, Headings};
use super::layout::{Field, Layout};
use super::options::Mapped;
use super::sayings::{self, Sayings};
use super::values::text::{line_of, title_key, unmark};
use super::values::{confidence, date, number, status};
use super::{discover, profile};
use crate::table::{Table, Value};

/// Returns whether a layout is that of a log: each row a day, a key result and what was seen of it, and
/// nothing that is stated once for a whole period.
pub(crate) fn is_log(layout: &Layout) -> bool {
    let has = |field| layout.columns.iter().any(|(_, place)| place.field == field);
    let is_stated_once = [
        Field::Objective,
        Field::Start,
        Field::Target,
        Field::StartAndTarget,
        Field::Initiative,
    ]
    .into_iter()
    .any(has);
    (has(Field::Due) || has(Field::StartDate)) && has(Field::KeyResult) && !is_stated_once
}

/// Finds the headings and the layout of a sheet when it is a log.
pub(crate) fn find(table: &Table) -> Option<(Headings, Layout)> {
    let headings = headings::find(table)?;
    let profiles = profile::of(table, &headings);
    let mut layout = discover::layout(&headings, &profiles, Mapped::default()).layout;
    // `Value` is a word of logs alone.
    for (column, heading) in headings.columns.iter().enumerate() {
        let is_free = !layout.columns.iter().any(|(known, _)| *known == column);
        let is_value = matches!(
            heading.normal().as_str(),
            "value"
                | "values"
                | "wert"
                | "valeur"
                | "valor"
                | "valore"
                | "waarde"
                | "new value"
                | "reading"
        );
        if is_free && is_value {
            layout
                .columns
                .push((column, super::layout::Place::of_row(Field::Current)));
        }
    }
    is_log(&layout).then_some((headings, layout))
}

/// Returns the later of what was known and what a row says.
fn latest_of(
    known: Option<&(Date, SaidStatus)>,
    day: Date,
    status: SaidStatus,
) -> (Date, SaidStatus) {
    match known {
        Some((before, known)) if *before > day => (*before, *known),
        _ => (day, status),
    }
}

/// Adds the rows of a log to the key results that they name; returns how many were added.
pub(crate) fn read(
    table: &Table,
    headings: &Headings,
    layout: &Layout,
    draft: &mut Draft,
    sayings: &mut Sayings,
) -> usize {
    let column = |field: Field| {
        layout
            .columns
            .iter()
            .find(|(_, place)| place.field == field)
            .map(|(column, _)| *column)
    };
    let (Some(day_column), Some(title_column)) = (
        column(Field::Due).or_else(|| column(Field::StartDate)),
        column(Field::KeyResult),
    ) else {
        return 0;
    };
    let mut known: HashMap<String, (usize, usize)> = HashMap::new();
    for (o, objective) in draft.objectives.iter().enumerate() {
        for (k, key_result) in objective.key_results.iter().enumerate() {
            known.entry(title_key(&key_result.title)).or_insert((o, k));
            if let Some(reference) = &key_result.reference {
                known.entry(title_key(reference)).or_insert((o, k));
            }
        }
    }
    let context = date::Context {
        order: Some(date::DateOrder::DayFirst),
        period: draft.period,
        year: None,
    };
    // The status of the latest day, in the words of all files alike.
    let mut latest: HashMap<(usize, usize), (Date, SaidStatus)> = HashMap::new();
    let mut count = 0;
    for row in headings.last + 1..table.rows.len() {
        let Some(title) = line_of(table.cell(row, title_column)) else {
            continue;
        };
        let day = match &table.cell(row, day_column).value {
            Value::Date(day) => Some(*day),
            Value::Number(number) => date::of_serial(*number),
            Value::Text(text) => match date::read(text, &context) {
                date::Said::Day(day, _) => Some(day),
                _ => None,
            },
            _ => None,
        };
        let place = known
            .get(&title_key(&title))
            .or_else(|| known.get(&title_key(unmark(&title).rest)));
        let (Some(day), Some((o, k))) = (day, place) else {
            let place = format!(
                "{}!{}",
                table.name,
                crate::table::address(title_column, row)
            );
            sayings.say_at(&sayings::LOG_UNKNOWN, &place, &title);
            continue;
        };
        let key_result = &mut draft.objectives[*o].key_results[*k];
        let mut check_in = CheckIn::new(day);
        if let Some(column) = column(Field::Current).or_else(|| column(Field::Value)) {
            let number = number::of_cell(table.cell(row, column), number::Decimals::default());
            check_in.value = number.map(|number| {
                number.quantity(number.unit.as_deref().or(key_result.unit.as_deref()))
            });
        }
        if let Some(column) = column(Field::Status)
            && let status::Said::Status(status, _) =
                status::read(&table.cell(row, column).to_text(), &[])
        {
            check_in.status = Some(status.status().0);
            latest.insert((*o, *k), latest_of(latest.get(&(*o, *k)), day, status));
        }
        if let Some(column) = column(Field::Confidence) {
            check_in.confidence = confidence::read(table.cell(row, column), confidence::Scale::Ten);
        }
        if let Some(column) = column(Field::Note) {
            check_in.note = line_of(table.cell(row, column)).map(|line| Inline::from_plain(&line));
        }
        key_result.check_ins.push(check_in);
        count += 1;
    }
    for (o, objective) in draft.objectives.iter_mut().enumerate() {
        for (k, key_result) in objective.key_results.iter_mut().enumerate() {
            key_result.check_ins.sort_by_key(|check_in| check_in.date);
            // An older status says nothing of the latest day.
            let last = key_result.check_ins.last().map(|check_in| check_in.date);
            let status = latest.get(&(o, k)).filter(|(day, _)| Some(*day) == last);
            key_result.status = key_result.status.or(status.map(|(_, status)| *status));
            if key_result.current.is_none() {
                key_result.current = key_result
                    .check_ins
                    .iter()
                    .rev()
                    .find_map(|check_in| check_in.value.clone());
            }
        }
    }
    count
}
