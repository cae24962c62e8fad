//! Sheets with a name in one cell and its value beside it: `Key result: | Days to close`.

use super::{Lined, Outline};
use crate::import::headings::normal_heading;
use crate::import::layout::Field;
use crate::import::values::date::{self, Context, Said};
use crate::import::values::number::{self, Decimals};
use crate::import::values::text::{Kind, line_of};
use crate::import::words::{self, Plainness};
use crate::table::{Cell, Table, Value};

/// Names beyond these are none: a sheet with more columns in use is no form.
const CELLS: usize = 4;
/// A form is filled in by hand; a longer sheet is something else.
const ROWS: usize = 2000;

/// Reads a sheet with elements side by side, and the names of what is said of them in front.
fn side_by_side(table: &Table) -> Option<Lined> {
    let mut outline = Outline::default();
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let front = (0..width).find(|column| {
        let filled = |row: usize| !table.cell(row, *column).is_blank();
        (0..table.rows.len()).filter(|row| filled(*row)).count() * 2 > table.rows.len()
    })?;
    let names: Vec<Option<String>> = (0..table.rows.len())
        .map(|row| line_of(table.cell(row, front)))
        .collect();
    for (row, name) in names.iter().enumerate() {
        let is_alone =
            (0..width).all(|column| column == front || table.cell(row, column).is_blank());
        if let Some(name) = name.as_ref().filter(|_| is_alone) {
            outline.preamble.push((row + 1, name.clone()));
        }
    }
    for (row, cells) in table.rows.iter().enumerate() {
        for words in cells.iter().take(front).filter_map(line_of) {
            outline.preamble.push((row + 1, words));
        }
    }
    let (mut cells, mut said) = (0_usize, 0_usize);
    for column in front + 1..width {
        for (row, name) in names.iter().enumerate() {
            let Some(value) = line_of(table.cell(row, column)) else {
                continue;
            };
            let Some(name) = name else {
                outline.say(row + 1, "Note", &value);
                continue;
            };
            // A row of numbers above the elements is no field of them.
            if outline.entries.is_empty() && field(name).is_none() {
                if value.parse::<u8>().is_err() {
                    outline.say(row + 1, name, &value);
                }
                continue;
            }
            cells += 1;
            let name = name.trim_end_matches([':', ' ']);
            let is_goal = field(name)
                .is_some_and(|field| matches!(field, Field::Objective | Field::KeyResult));
            // Columns of days and numbers behind goals: their names stand in front, and are no form.
            if is_goal && is_value(table.cell(row, column)) {
                return None;
            }
            said += usize::from(add(&mut outline, row + 1, name, &value));
        }
    }
    finish(outline, said, cells)
}

/// Returns whether a cell holds a day or a number, which is the name of no goal.
fn is_value(cell: &Cell) -> bool {
    matches!(cell.value, Value::Number(_) | Value::Date(_))
        || line_of(cell).is_some_and(|text| {
            number::read(&text, Decimals::Dot).is_some()
                || !matches!(date::read(&text, &Context::default()), Said::Nothing)
        })
}

/// Reads a sheet as a form; nothing where it names no key result, or most of its rows are something else.
pub(in crate::import) fn form(table: &Table) -> Option<Lined> {
    let many = |row: &&Vec<Cell>| row.iter().filter(|cell| !cell.is_blank()).count() > 2;
    let used = table.rows.iter().filter(|row| !row.is_empty()).count();
    if used > ROWS {
        return None;
    }
    if table.rows.iter().filter(many).count() * 2 > used {
        return side_by_side(table);
    }
    let mut outline = Outline::default();
    let (mut rows, mut named) = (0_usize, 0_usize);
    for (number, row) in table.rows.iter().enumerate() {
        let line = number + 1;
        let filled: Vec<String> = row.iter().filter_map(line_of).collect();
        let Some(first) = filled.first() else {
            continue;
        };
        rows += 1;
        let name = first.trim_end_matches([':', ' ']);
        let (name, value) = match &filled[1..] {
            [] => match first.split_once(": ") {
                Some((name, value)) => (name, value.trim()),
                None if outline.entries.is_empty() => {
                    outline.preamble.push((line, first.clone()));
                    rows -= 1;
                    continue;
                }
                None => {
                    outline.say(line, "Note", first);
                    continue;
                }
            },
            [value, ..] if filled.len() <= CELLS => (name, value.as_str()),
            _ => {
                outline.say(line, "Note", &filled.join(" | "));
                continue;
            }
        };
        named += usize::from(add(&mut outline, line, name, value));
        further(&mut outline, line, filled.get(2..).unwrap_or_default());
    }
    finish(outline, named, rows)
}

/// Adds what stands behind a name and its value: more names with values, or words that have none.
fn further(outline: &mut Outline, line: usize, cells: &[String]) {
    let mut cells = cells;
    while let [name, rest @ ..] = cells {
        let is_name = field(name).is_some_and(|field| {
            !matches!(
                field,
                Field::Objective | Field::KeyResult | Field::Initiative
            )
        });
        cells = match rest {
            [value, rest @ ..] if is_name => {
                outline.say(line, name.trim_end_matches([':', ' ']), value);
                rest
            }
            _ => {
                outline.say(line, "Note", name);
                rest
            }
        };
    }
}

/// Returns the outline as a table, when most of what was added has a name that sheets use.
fn finish(outline: Outline, named: usize, all: usize) -> Option<Lined> {
    let has_key_results = outline
        .entries
        .iter()
        .any(|entry| entry.kind == Kind::KeyResult);
    if !has_key_results || named * 10 < all * 7 {
        return None;
    }
    let mut lined = outline.into_table()?;
    lined.noun = "row";
    Some(lined)
}

/// Returns the field that a name in front of a value names: `Key result 1:`.
pub(super) fn field(name: &str) -> Option<Field> {
    let normal = normal_heading(name);
    let bare = normal.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    words::heading(bare)
        .first()
        .filter(|candidate| candidate.plainness != Plainness::Contained)
        .map(|candidate| candidate.field)
}

/// Adds what a row says, and returns whether its name is one that sheets use.
fn add(outline: &mut Outline, line: usize, name: &str, value: &str) -> bool {
    let field = field(name);
    let kind = match field {
        Some(Field::Objective) => Some(Kind::Objective),
        Some(Field::KeyResult) => Some(Kind::KeyResult),
        Some(Field::Initiative) => Some(Kind::Initiative),
        _ => None,
    };
    match kind {
        Some(kind) => outline.push(line, kind, outline.has_key_result(), value),
        None => outline.say(line, name, value),
    }
    field.is_some()
}

#[cfg(test)]
mod tests {
    use crate::import::{ImportOptions, read};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let options = ImportOptions::new(jiff::civil::date(2026, 11, 22));
        let draft = read(text.as_bytes(), &options).unwrap().draft;
        let mut shown = Vec::new();
        for objective in &draft.objectives {
            shown.push(objective.title.clone());
            for key_result in &objective.key_results {
                let start = key_result.start.as_ref().map(ToString::to_string);
                let owner = key_result.owner.clone().unwrap_or_default();
                shown.push(format!(
                    "{} {} {owner}",
                    key_result.title,
                    start.unwrap_or_default()
                ));
            }
        }
        assert_eq!(shown.join("; "), expected);
    }

    #[test]
    fn names_may_stand_in_front_of_their_values() {
        check(
            "Objective:,Close faster\nKey result 1:,Days to close\nStart:,7\nOwner:,Ann\n\
             Key result 2:,Journals\nStart:,120\n",
            "Close faster; Days to close 7 Ann; Journals 120 ",
        );
    }

    #[test]
    fn elements_may_stand_side_by_side() {
        check(
            "Field,1,2\nObjective,Close faster,\nKey result,Days to close,Journals\n\
             Start,7,120\nTarget,4,60\nOwner,Ann,Bob\n",
            "Close faster; Days to close 7 Ann; Journals 120 Bob",
        );
    }
}
