//! Tables of initiatives, each with the number or the words of what it serves: on a sheet of their own, or below
//! the plan.

use std::collections::HashMap;

use super::draft::Draft;
use super::elements::Maker;
use super::headings::{self, Headings};
use super::layout::{Field, Layout, Place};
use super::options::Mapped;
use super::reader::Reader;
use super::sayings::{self, Sayings};
use super::values::date;
use super::values::number::{self, Decimals};
use super::values::text::{Kind, line_of, split_unit, title_key, unmark};
use super::words::{Candidate, Plainness};
use super::{
    Account, ImportOptions, Part, RowRead, Served as ServedBy, below, discover, facts, profile,
};
use crate::table::{Cell, Table, Value, address};

/// The headings of such a sheet stand near its top.
const ROWS: usize = 12;

/// What an initiative serves: an objective, and perhaps one of its key results.
type Served = (usize, Option<usize>);

/// Sheets with a table of initiatives below the plan are no longer than this.
const SHEET: usize = 2000;

/// Adds the initiatives of another sheet to the draft; returns how many were added, none where the sheet is
/// no table of initiatives.
pub(super) fn read(
    table: &Table,
    draft: &mut Draft,
    options: &ImportOptions,
    sayings: &mut Sayings,
) -> usize {
    let place = format!("{}!", table.name);
    *sayings = std::mem::take(sayings).of_sheet(&table.name);
    let added = add(table, 0, &place, draft, options, sayings);
    *sayings = std::mem::take(sayings).of_sheet("");
    added.len()
}

/// Adds the initiatives of the table that begins in a row below the plan; returns whether there were any.
pub(super) fn read_below(
    table: &Table,
    start: usize,
    draft: &mut Draft,
    account: &mut Account,
    options: &ImportOptions,
    sayings: &mut Sayings,
) -> bool {
    let part = below::only(table, start, table.rows.len());
    let added = add(&part, start, "", draft, options, sayings);
    let Some(((first, _), (last, _))) = added.first().zip(added.last()) else {
        return false;
    };
    sayings.say(&sayings::STEPS_BELOW, start, 0, "");
    let read = |row: usize, became| RowRead {
        number: row + 1,
        became,
    };
    let above = (start..*first).filter(|row| !table.is_blank_row(*row));
    account
        .rows
        .extend(above.map(|row| read(row, "headings".into())));
    let between = (*first..=*last).filter(|row| !table.is_blank_row(*row));
    account.rows.extend(between.map(|row| {
        let found = added.iter().find(|(at, _)| *at == row);
        let became = match found {
            Some((_, (objective, Some(key_result)))) => {
                let served = ServedBy::KeyResult(objective + 1, key_result + 1);
                Part::Initiatives(1, served).into()
            }
            Some(_) => Part::Initiatives(1, ServedBy::Above).into(),
            None => "left out: it serves nothing of the plan".into(),
        };
        read(row, became)
    }));
    true
}

/// Returns the row in which a table of initiatives seems to begin below the plan: its headings, or the line right
/// above them.
pub(super) fn begin_below(table: &Table, plan: &Headings) -> Option<usize> {
    if table.rows.len() > SHEET {
        return None;
    }
    let known: Vec<String> = plan.columns.iter().map(headings::Heading::normal).collect();
    let row = (plan.last + 1..table.rows.len()).find(|row| {
        let cells = &table.rows[*row];
        let is_words = cells
            .iter()
            .all(|cell| matches!(cell.value, Value::Text(_) | Value::Empty));
        is_words && {
            let own = headings::at(table, *row);
            let names: Vec<String> = own.columns.iter().map(headings::Heading::normal).collect();
            let names: Vec<&String> = names.iter().filter(|name| !name.is_empty()).collect();
            let same = names.iter().filter(|name| known.contains(name)).count();
            same * 4 < names.len() * 3 && is_headed(&own) && !cells.iter().any(is_value)
        }
    })?;
    let is_plan_again =
        (row + 1..table.rows.len()).any(|row| headings::is_repeated(table, row, plan));
    if is_plan_again {
        return None;
    }
    let is_line = |row: &usize| {
        let mut filled = table.rows[*row].iter().filter(|cell| !cell.is_blank());
        let line = filled.next().and_then(line_of).unwrap_or_default();
        filled.next().is_none() && unmark(&line).kind.is_none() && *row > plan.last
    };
    Some(row.checked_sub(1).filter(is_line).unwrap_or(row))
}

/// Returns whether a cell holds a number or a day, which headings of initiatives do not.
fn is_value(cell: &Cell) -> bool {
    let Value::Text(text) = &cell.value else {
        return false;
    };
    text.starts_with(|c: char| c.is_ascii_digit())
        && (number::read(text, Decimals::Dot).is_some()
            || date::read(text, &date::Context::default()) != date::Said::Nothing)
}

/// Adds the initiatives of a table that begins in a row; returns the rows with what they serve.
fn add(
    table: &Table,
    start: usize,
    place: &str,
    draft: &mut Draft,
    options: &ImportOptions,
    sayings: &mut Sayings,
) -> Vec<(usize, Served)> {
    let known = known(draft);
    let mut added = Vec::new();
    let Some((headings, layout, title, tie)) = find(table, start, &known) else {
        return added;
    };
    let mut facts = facts::of(table, &headings, &layout, options, facts::Around::default());
    facts.set_period(draft.period, None);
    let mut reader = Reader::new(table, &headings, &layout, facts);
    reader.sayings = std::mem::take(sayings);
    for row in headings.last + 1..table.rows.len() {
        let Some(line) = reader.words(row, title) else {
            continue;
        };
        let shown = line_of(table.cell(row, tie)).unwrap_or_default();
        let Some((objective, key_result)) = served(&known, &shown) else {
            reader
                .sayings
                .say(&sayings::STEP_UNKNOWN, row, title, &line);
            continue;
        };
        let values = reader.values(row, Kind::Initiative, 0, true);
        let mut initiative = Maker::initiative(unmark(&line).rest, (row, title), values);
        initiative.key_result = key_result;
        initiative.cell = format!("{place}{}", address(title, row));
        draft.objectives[objective].initiatives.push(initiative);
        added.push((row, (objective, key_result)));
    }
    *sayings = std::mem::take(&mut reader.sayings);
    added
}

/// Returns the elements of the draft by their numbers and words.
fn known(draft: &Draft) -> HashMap<String, Served> {
    let mut known = HashMap::new();
    for (o, objective) in draft.objectives.iter().enumerate() {
        let names = objective.reference.iter().chain([&objective.title]);
        for name in names {
            known.entry(title_key(name)).or_insert((o, None));
        }
        for (k, key_result) in objective.key_results.iter().enumerate() {
            let names = key_result.reference.iter().chain([&key_result.title]);
            for name in names {
                known.entry(title_key(name)).or_insert((o, Some(k)));
            }
        }
    }
    known
}

fn served(known: &HashMap<String, Served>, words: &str) -> Option<Served> {
    let marked = unmark(words);
    // The unit in brackets behind a title is no part of it.
    let bare = split_unit(words).map_or("", |(title, _)| title);
    [words, marked.reference, marked.rest, bare]
        .iter()
        .filter(|words| !words.is_empty())
        .find_map(|words| known.get(&title_key(words)))
        .copied()
}

/// Finds the headings of a sheet of initiatives, its layout, the column of their words, and that which says what
/// they serve.
fn find(
    table: &Table,
    start: usize,
    known: &HashMap<String, Served>,
) -> Option<(Headings, Layout, usize, usize)> {
    let headings = (start..table.rows.len().min(start + ROWS))
        .map(|row| headings::at(table, row))
        .find(is_headed)?;
    let profiles = profile::of(table, &headings);
    let mut layout = discover::layout(&headings, &profiles, Mapped::default()).layout;
    let title = layout
        .columns
        .iter()
        .find(|(_, place)| place.field == Field::Initiative)
        .map(|(column, _)| *column)?;
    let ties = |column: &usize| {
        let cells = table.rows.iter().skip(headings.last + 1);
        let lines: Vec<String> = cells
            .filter_map(|row| row.get(*column).and_then(line_of))
            .collect();
        let hits = lines
            .iter()
            .filter(|line| served(known, line).is_some())
            .count();
        hits > 0 && hits * 2 >= lines.len()
    };
    let tie = (0..headings.columns.len())
        .filter(|column| *column != title)
        .find(ties)?;
    layout.columns.retain(|(column, _)| *column != tie);
    layout.columns.push((tie, Place::of_row(Field::Ignored)));
    for (_, place) in &mut layout.columns {
        place.of = None;
    }
    Some((headings, layout, title, tie))
}

/// Returns whether headings are those of a table of initiatives.
fn is_headed(headings: &Headings) -> bool {
    let names = |field: Field| {
        headings.columns.iter().any(|heading| {
            headings::candidates(heading)
                .first()
                .is_some_and(|one| one.field == field && one.plainness == Plainness::Whole)
        })
    };
    // `Finish` may be a number to reach or a day.
    let is_target = |heading: &headings::Heading| {
        let found = headings::candidates(heading);
        let is_first =
            |one: &Candidate| one.field == Field::Target && one.plainness == Plainness::Whole;
        found.first().is_some_and(is_first) && found.iter().all(|one| one.field != Field::Due)
    };
    names(Field::Initiative)
        && !headings.columns.iter().any(is_target)
        && (names(Field::Owner) || names(Field::Due) || names(Field::Status))
}
