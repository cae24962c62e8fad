//! Sheets without headings whose rows begin with marks: `Key result 1 | Days to close | Ann | 4`.
//!
//! What a column holds is guessed from its cells, and told as a guess.

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use super::{Lined, Outline};
use crate::import::Import;
use crate::import::headings::normal_heading;
use crate::import::preamble;
use crate::import::values::date::{self, Context, Said as SaidDay};
use crate::import::values::number::{self, Decimals};
use crate::import::values::pair;
use crate::import::values::status::{self, Said as SaidStatus};
use crate::import::values::text::{Kind, kind_of_mark, line_of, unmark};
use crate::import::words::{self, Plainness};
use crate::table::{Cell, Table, Value, column_name};

/// A sheet without headings is kept by hand; a longer one is something else.
const ROWS: usize = 2000;

/// How many rows of titles may stand above the first element.
const TITLES: usize = 6;

/// What the cells of a column look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Day,
    Number,
    Status,
    /// From where to where: `from 40 to 10`.
    Change,
    /// A number behind a word that says that it is today's: `now 30`.
    Now,
    Words,
}

/// Returns whether the first row of a sheet is an element with its mark in front, and no headings.
pub(in crate::import) fn begins_with_mark(table: &Table) -> bool {
    let cells = |row: usize| table.rows[row].iter().filter(|cell| !cell.is_blank());
    let is_objective = |row: usize| Marked::of(table, row).is_some_and(|it| it.title.is_none());
    // A title or two may stand above, and what the team and the quarter are.
    let is_above = |row: &usize| match cells(*row).count() {
        0 | 1 => !is_objective(*row),
        2..=4 => preamble::is_label(cells(*row).next().and_then(line_of).as_deref()),
        _ => false,
    };
    let first = (0..table.rows.len().min(TITLES)).find(|row| !is_above(row));
    let Some(first) = first else {
        return false;
    };
    if is_objective(first) {
        return rows(table).is_some();
    }
    let mut cells = cells(first);
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
    let marked: Vec<(usize, Marked)> = (0..table.rows.len())
        .filter_map(|row| Some((row, Marked::of(table, row)?)))
        .collect();
    let first = marked.first().map_or(0, |(row, _)| *row);
    let words = |row: usize| table.rows[row].iter().filter_map(line_of);
    let is_of_plan = |row: usize| row < first && preamble::is_label(words(row).next().as_deref());
    let filled = (0..table.rows.len()).filter(|row| !table.is_blank_row(*row) && !is_of_plan(*row));
    let is_heading = |words: &String| super::is_field(words);
    if (first..table.rows.len()).any(|row| words(row).filter(is_heading).count() > 2) {
        return None;
    }
    let is_key_result = |(_, marked): &(usize, Marked)| marked.kind == Kind::KeyResult;
    if marked.len() * 10 < filled.count() * 7 || !marked.iter().any(is_key_result) {
        return None;
    }
    let with_values = || marked.iter().filter(|(_, marked)| marked.title.is_some());
    let last_title = with_values().filter_map(|(_, marked)| marked.title).max()?;
    let rows: Vec<usize> = with_values().map(|(row, _)| *row).collect();
    let columns = fields(table, last_title + 1, &rows);
    let mut outline = Outline::default();
    let mut of_rows = marked.into_iter().peekable();
    for row in 0..table.rows.len() {
        let line = row + 1;
        let Some((_, marked)) = of_rows.next_if(|(marked, _)| *marked == row) else {
            let words: Vec<String> = table.rows[row].iter().filter_map(line_of).collect();
            if !outline.entries.is_empty() {
                if !words.is_empty() {
                    outline.say(line, "Note", &words.join(" | "));
                }
                continue;
            }
            let mut words = &*words;
            while let [first, rest @ ..] = words {
                let name = first.trim_end_matches([':', ' ']);
                words = match rest {
                    [value, rest @ ..] if preamble::is_label(Some(name)) => {
                        outline.preamble.push((line, format!("{name}: {value}")));
                        rest
                    }
                    _ => {
                        outline.preamble.push((line, first.clone()));
                        rest
                    }
                };
            }
            continue;
        };
        let is_nested = outline.has_key_result();
        outline.push(line, marked.kind, is_nested, marked.words);
        // Where the words of others stand, there may be more about this one.
        let beside = marked.title.map_or(0..0, |title| title + 1..last_title + 1);
        for words in beside.filter_map(|column| line_of(table.cell(row, column))) {
            outline.say(line, "Note", &words);
        }
        for (column, name) in &columns {
            let text = table.cell(row, *column).to_text();
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            match super::field(text) {
                Some((label, value)) => outline.say(line, label, value),
                None if *name == "Current" => outline.say(line, name, now(text).unwrap_or(text)),
                None => outline.say(line, name, text),
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

/// An element of which a row tells.
struct Marked {
    kind: Kind,
    words: String,
    /// The column of its words; nothing where mark and words are all that stands in the row.
    title: Option<usize>,
}

impl Marked {
    /// Reads a mark with its words behind it, each in a cell, or an objective with both in the only cell of the row:
    /// `Objective 1: Cash sooner`.
    fn of(table: &Table, row: usize) -> Option<Self> {
        let cells = table.rows.get(row)?.iter().enumerate();
        let mut filled = cells.filter(|(_, cell)| !cell.is_blank());
        let (_, first) = filled.next()?;
        let Some((column, next)) = filled.next() else {
            let line = line_of(first)?;
            let marked = unmark(&line);
            return (marked.kind == Some(Kind::Objective)).then(|| Self {
                kind: Kind::Objective,
                words: marked.rest.to_owned(),
                title: None,
            });
        };
        Some(Self {
            kind: kind(first)?,
            words: line_of(next)?,
            title: Some(column),
        })
    }
}

/// Returns a name for each column behind the titles that has any cells.
fn fields(table: &Table, first: usize, marked: &[usize]) -> Vec<(usize, &'static str)> {
    let looks: Vec<(usize, Look)> = (first..width(table))
        .filter_map(|column| {
            let cells = marked.iter().map(|row| table.cell(*row, column));
            Some((column, look(cells)?))
        })
        .collect();
    let numbers = looks.iter().filter(|(_, look)| *look == Look::Number);
    let has_change = looks.iter().any(|(_, look)| *look == Look::Change);
    let has_now = looks.iter().any(|(_, look)| *look == Look::Now);
    // A number alone is what is to be reached; of two the first is where it began.
    let mut numbers = match numbers.count() {
        _ if has_change && !has_now => ["Current", "Note", "Note"],
        _ if has_change => ["Note", "Note", "Note"],
        1 => ["Target", "Note", "Note"],
        2 => ["Start", "Target", "Note"],
        _ => ["Start", "Target", "Current"],
    }
    .into_iter();
    let mut owner = Some("Owner");
    let mut due = Some("Due");
    let mut said = Some("Status");
    let mut change = Some("Start → Target");
    let mut now = Some("Current");
    looks
        .into_iter()
        .map(|(column, look)| {
            let name = match look {
                Look::Day => due.take(),
                Look::Number => numbers.next(),
                Look::Status => said.take(),
                Look::Change => change.take(),
                Look::Now => now.take(),
                Look::Words => owner.take().filter(|_| is_named(table, column, marked)),
            };
            (column, name.unwrap_or("Note"))
        })
        .collect()
}

/// Returns what most cells of a column look like; nothing where all are blank.
fn look<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<Look> {
    let looks: Vec<Look> = cells.filter_map(look_of).collect();
    [
        Look::Day,
        Look::Number,
        Look::Status,
        Look::Change,
        Look::Now,
        Look::Words,
    ]
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
    // `Owner: Ann` tells itself what it is.
    if super::field(&text).is_some() {
        return None;
    }
    let decimals = number::evidence(&text).unwrap_or(Decimals::Dot);
    Some(if now(&text).is_some() {
        Look::Now
    } else if number::of_cell(cell, decimals).is_some() {
        Look::Number
    } else if !matches!(date::read(&text, &Context::default()), SaidDay::Nothing) {
        Look::Day
    } else if matches!(status::read(&text, &[]), SaidStatus::Status(..)) {
        Look::Status
    } else if matches!(pair::read(&text, decimals), Some((Some(_), Some(_)))) {
        Look::Change
    } else {
        Look::Words
    })
}

/// Returns the number behind a word that says that it is today's: `now 30`, `Ist: 12 %`.
fn now(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once([' ', ':'])?;
    let normal = words::normal(word);
    let is_now = words::is("description-current", &normal) || words::is("now", &normal);
    let rest = rest.trim_start_matches([':', ' ']);
    (is_now && rest.starts_with(|c: char| !c.is_alphabetic())).then_some(rest)
}

/// Returns whether the cells of a column are short enough for names of people.
fn is_named(table: &Table, column: usize, marked: &[usize]) -> bool {
    marked
        .iter()
        .filter_map(|row| line_of(table.cell(*row, column)))
        .all(|words| {
            let has_digit = words.contains(|c: char| c.is_ascii_digit());
            !has_digit && words.split_whitespace().count() <= 3 && words.len() <= 40
        })
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
    fn marks_of_key_results_may_stand_further_in() {
        check(
            "Payroll desk,,,,\nObjective 1,Close faster,,,\n,KR1,Days to close,from 7 to 4,Ann\n\
             ,KR2,Journals by hand,from 120 to 60,Bob\n",
            "Close faster; Days to close | Ann |  | 4; Journals by hand | Bob |  | 60",
        );
    }

    #[test]
    fn nothing_that_stands_there_is_lost() {
        let text = "Objective 1,Close faster,by the audit,,\n,KR1,Days to close,7,4\n,KR2,Journals,9,2\nCounted,in,May,2026,\n";
        let options = ImportOptions::new(jiff::civil::date(2026, 11, 22));
        let import = read(text.as_bytes(), &options).unwrap();
        let plan = okr_core::print(&import.plan(jiff::civil::date(2026, 11, 22)).0);
        for words in ["by the audit", "Counted | in | May | 2026"] {
            assert!(plan.contains(words), "{plan}");
        }
    }

    #[test]
    fn the_first_of_two_numbers_is_where_it_began() {
        check(
            "O,Close faster,,\nKR,Days to close,7,4\nKR,Journals by hand,120,60\n",
            "Close faster; Days to close |  |  | 4; Journals by hand |  |  | 60",
        );
    }
}
