//! Sheets of initiatives, each with the number or the words of what it serves.

use std::collections::HashMap;

use super::draft::Draft;
use super::elements::Maker;
use super::headings::{self, Headings};
use super::layout::{Field, Layout, Place};
use super::options::Mapped;
use super::reader::Reader;
use super::sayings::{self, Sayings};
use super::values::text::{Kind, line_of, title_key, unmark};
use super::words::Plainness;
use super::{ImportOptions, discover, facts, profile};
use crate::table::{Table, address};

/// The headings of such a sheet stand near its top.
const ROWS: usize = 12;

/// What an initiative serves: an objective, and perhaps one of its key results.
type Served = (usize, Option<usize>);

/// Adds the initiatives of a sheet to the draft; returns how many were added, none where the sheet is another.
pub(super) fn read(
    table: &Table,
    draft: &mut Draft,
    options: &ImportOptions,
    sayings: &mut Sayings,
) -> usize {
    let known = known(draft);
    let Some((headings, layout, title, tie)) = find(table, &known) else {
        return 0;
    };
    let mut facts = facts::of(table, &headings, &layout, options);
    facts.set_period(draft.period, None);
    let mut reader = Reader::new(table, &headings, &layout, facts);
    reader.sayings = std::mem::take(sayings).of_sheet(&table.name);
    let mut count = 0;
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
        initiative.cell = format!("{}!{}", table.name, address(title, row));
        draft.objectives[objective].initiatives.push(initiative);
        count += 1;
    }
    *sayings = std::mem::take(&mut reader.sayings).of_sheet("");
    count
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
    [words, marked.reference, marked.rest]
        .iter()
        .filter(|words| !words.is_empty())
        .find_map(|words| known.get(&title_key(words)))
        .copied()
}

/// Finds the headings of a sheet of initiatives, its layout, the column of their words, and that which says what
/// they serve.
fn find(
    table: &Table,
    known: &HashMap<String, Served>,
) -> Option<(Headings, Layout, usize, usize)> {
    let headings = (0..table.rows.len().min(ROWS))
        .map(|row| headings::at(table, row))
        .find(|headings| {
            let names = |field: Field| {
                headings.columns.iter().any(|heading| {
                    headings::candidates(heading)
                        .first()
                        .is_some_and(|one| one.field == field && one.plainness == Plainness::Whole)
                })
            };
            names(Field::Initiative)
                && !names(Field::Target)
                && (names(Field::Owner) || names(Field::Due) || names(Field::Status))
        })?;
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
