//! Sheets without headings whose rows begin with marks: `Key result 1 | Days to close | Ann | 4`.
//!
//! What a column holds is guessed from its cells, and told as a guess.

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use super::{Lined, Outline};
use crate::import::Import;
use crate::import::headings::normal_heading;
use crate::import::values::date::{self, Context, Said as SaidDay};
use crate::import::values::number::{self, Decimals};
use crate::import::values::status::{self, Said as SaidStatus};
use crate::import::values::text::{Kind, kind_of_mark, line_of, unmark};
use crate::import::words::{self, Plainness};
use crate::table::{Cell, Table, Value, column_name};

/// A sheet without headings is kept by hand; a longer one is something else.
const ROWS: usize = 2000;

/// What the cells of a column look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Day,
    Number,
    Status,
    Words,
}

/// Returns whether the first row of a sheet is an element with its mark in front, and no headings.
pub(in crate::import) fn begins_with_mark(table: &Table) -> bool {
    let Some(first) = (0..table.rows.len()).find(|row| !table.is_blank_row(*row)) else {
        return false;
    };
    if (0..width(table)).any(|column| line_alone(table, first, column).is_some()) {
        return table.rows.len() < ROWS && rows(table).is_some();
    }
    let mut cells = table.rows[first].iter().filter(|cell| !cell.is_blank());
    let is_mark = cells.next().is_some_and(|cell| kind(cell).is_some());
    let mut behind = cells.peekable();
    // `Objective | Key result | Owner` are headings.
    let is_heading = |cell: &Cell| {
        let words = line_of(cell).unwrap_or_default();
        words::heading(&normal_heading(&words))
            .first()
            .is_some_and(|candidate| candidate.plainness != Plainness::Contained)
    };
    is_mark && behind.peek().is_some() && behind.filter(|cell| is_heading(cell)).count() < 2
}

/// Reads a sheet whose rows begin with marks; nothing where most begin with something else.
///
/// Also returns what each column was taken for, by their positions.
pub(in crate::import) fn rows(table: &Table) -> Option<(Lined, Vec<(usize, &'static str)>)> {
    if table.rows.len() > ROWS {
        return None;
    }
    let mark = (0..width(table))
        .find(|column| (0..table.rows.len()).any(|row| kind(table.cell(row, *column)).is_some()))?;
    let filled = table.rows.iter().filter(|row| !row.is_empty()).count();
    let marked: Vec<(usize, Kind)> = (0..table.rows.len())
        .filter_map(|row| Some((row, kind(table.cell(row, mark))?)))
        .collect();
    let alone = (0..table.rows.len()).filter(|row| line_alone(table, *row, mark).is_some());
    if (marked.len() + alone.count()) * 10 < filled * 7
        || !marked.iter().any(|(_, kind)| *kind == Kind::KeyResult)
    {
        return None;
    }
    let title = mark + 1;
    let columns = fields(table, title + 1, &marked);
    let mut outline = Outline::default();
    let mut kinds = marked.iter().copied().peekable();
    for row in 0..table.rows.len() {
        let line = row + 1;
        if let Some(words) = line_alone(table, row, mark) {
            outline.push(line, Kind::Objective, false, words);
            continue;
        }
        let words = line_of(table.cell(row, title));
        let own = kinds.next_if(|(marked, _)| *marked == row);
        match (own, words) {
            (Some((_, kind)), Some(words)) => {
                outline.push(line, kind, outline.has_key_result(), words);
            }
            (Some((_, _)), None) => return None,
            (None, words) => {
                let words = line_of(table.cell(row, mark)).or(words);
                if let Some(words) = words {
                    outline.say(line, "Note", &words);
                }
                if outline.entries.is_empty() {
                    continue;
                }
            }
        }
        for (column, name) in &columns {
            let text = table.cell(row, *column).to_text();
            if !text.trim().is_empty() {
                outline.say(line, name, &text);
            }
        }
    }
    let mut lined = outline.into_table()?;
    lined.noun = "row";
    Some((lined, columns))
}

/// Tells what the columns were taken for.
pub(in crate::import) fn say(columns: &[(usize, &'static str)], import: &mut Import) {
    let Some((first, _)) = columns.first() else {
        return;
    };
    let taken: Vec<String> = columns
        .iter()
        .map(|(column, name)| format!("column {} as {}", column_name(*column), name.to_lowercase()))
        .collect();
    let message = format!(
        "no row names the columns, and what their cells look like was taken: {}",
        taken.join(", ")
    );
    let place = Location::Cell(column_name(*first));
    let guess = Diagnostic::new("guessed-column", Severity::Warning, place, message)
        .with_help("write a row of headings above them where that is wrong");
    import.diagnostics.insert(0, guess);
}

fn width(table: &Table) -> usize {
    table.rows.iter().map(Vec::len).max().unwrap_or(0)
}

/// Returns the kind of element that a cell with nothing but its mark names.
fn kind(cell: &Cell) -> Option<Kind> {
    let text = line_of(cell)?;
    kind_of_mark(&text).filter(|kind| !matches!(kind, Kind::Plan | Kind::Note))
}

/// Returns the words of an objective whose mark and words are all that stands in a row: `Objective 1: Cash sooner`.
fn line_alone(table: &Table, row: usize, column: usize) -> Option<String> {
    let mut filled = table.rows.get(row)?.iter().filter(|cell| !cell.is_blank());
    let (cell, None) = (filled.next()?, filled.next()) else {
        return None;
    };
    if !std::ptr::eq(cell, table.cell(row, column)) {
        return None;
    }
    let line = line_of(cell)?;
    let marked = unmark(&line);
    (marked.kind == Some(Kind::Objective)).then(|| marked.rest.to_owned())
}

/// Returns a name for each column behind the titles that has any cells.
fn fields(table: &Table, first: usize, marked: &[(usize, Kind)]) -> Vec<(usize, &'static str)> {
    let looks: Vec<(usize, Look)> = (first..width(table))
        .filter_map(|column| {
            let cells = marked.iter().map(|(row, _)| table.cell(*row, column));
            Some((column, look(cells)?))
        })
        .collect();
    let numbers = looks.iter().filter(|(_, look)| *look == Look::Number);
    // A number alone is what is to be reached; of two the first is where it began.
    let mut numbers = match numbers.count() {
        1 => ["Target", "Note", "Note"],
        2 => ["Start", "Target", "Note"],
        _ => ["Start", "Target", "Current"],
    }
    .into_iter();
    let mut owner = Some("Owner");
    let mut due = Some("Due");
    let mut said = Some("Status");
    looks
        .into_iter()
        .map(|(column, look)| {
            let name = match look {
                Look::Day => due.take(),
                Look::Number => numbers.next(),
                Look::Status => said.take(),
                Look::Words => owner.take().filter(|_| is_named(table, column, marked)),
            };
            (column, name.unwrap_or("Note"))
        })
        .collect()
}

/// Returns what most cells of a column look like; nothing where all are blank.
fn look<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<Look> {
    let looks: Vec<Look> = cells.filter_map(look_of).collect();
    [Look::Day, Look::Number, Look::Status, Look::Words]
        .into_iter()
        .find(|look| {
            let same = looks.iter().filter(|other| *other == look).count();
            same > 0 && same * 10 >= looks.len() * 7
        })
        .or_else(|| (!looks.is_empty()).then_some(Look::Words))
}

fn look_of(cell: &Cell) -> Option<Look> {
    if matches!(cell.value, Value::Date(_)) {
        return Some(Look::Day);
    }
    let text = line_of(cell)?;
    let decimals = number::evidence(&text).unwrap_or(Decimals::Dot);
    Some(if number::of_cell(cell, decimals).is_some() {
        Look::Number
    } else if !matches!(date::read(&text, &Context::default()), SaidDay::Nothing) {
        Look::Day
    } else if matches!(status::read(&text, &[]), SaidStatus::Status(..)) {
        Look::Status
    } else {
        Look::Words
    })
}

/// Returns whether the cells of a column are short enough for names of people.
fn is_named(table: &Table, column: usize, marked: &[(usize, Kind)]) -> bool {
    marked
        .iter()
        .filter_map(|(row, _)| line_of(table.cell(*row, column)))
        .all(|words| words.split_whitespace().count() <= 3 && words.len() <= 40)
}

#[cfg(test)]
mod tests {
    use crate::import::{ImportOptions, read};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let options = ImportOptions::new(jiff::civil::date(2026, 11, 22));
        let import = read(text.as_bytes(), &options).unwrap();
        let shown: Vec<String> = import
            .draft
            .objectives
            .iter()
            .flat_map(|objective| {
                let key_results = objective.key_results.iter().map(|key_result| {
                    let owner = key_result.owner.clone().unwrap_or_default();
                    let due = key_result
                        .due
                        .map(|due| due.to_string())
                        .unwrap_or_default();
                    let target = key_result.target.as_ref().map(ToString::to_string);
                    let target = target.unwrap_or_default();
                    format!("{} | {owner} | {due} | {target}", key_result.title)
                });
                std::iter::once(objective.title.clone()).chain(key_results)
            })
            .collect();
        assert_eq!(shown.join("; "), expected);
        assert_eq!(import.diagnostics[0].code, "guessed-column");
    }

    #[test]
    fn columns_without_headings_are_what_their_cells_look_like() {
        check(
            "Objective 1|Close faster|Ann|31.12.2026||on track\n\
             Key Result 1|Days to close|Ann|31.12.2026|4|on track\n\
             Key Result 2|Journals by hand|Bob|30.11.2026|60|at risk\n",
            "Close faster; Days to close | Ann | 2026-12-31 | 4; \
             Journals by hand | Bob | 2026-11-30 | 60",
        );
    }

    #[test]
    fn an_objective_may_stand_in_one_cell_above_its_key_results() {
        check(
            "Objective 1: Close faster,,,,\nKR 1.1,Days to close,7,4,6\n\
             Objective 2: No surprises,,,,\nKR 2.1,Open findings,9,0,3\n",
            "Close faster; Days to close |  |  | 4; No surprises; Open findings |  |  | 0",
        );
    }

    #[test]
    fn the_first_of_two_numbers_is_where_it_began() {
        check(
            "O,Close faster,,\nKR,Days to close,7,4\nKR,Journals by hand,120,60\n",
            "Close faster; Days to close |  |  | 4; Journals by hand |  |  | 60",
        );
    }
}
