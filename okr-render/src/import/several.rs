//! Workbooks with a sheet for each objective, and perhaps a cover.

use super::choose;
use super::headings::{self, Headings};
use super::layout::{Field, Tree};
use super::options::Mapped;
use super::preamble::{self, Below, Preamble};
use super::sayings::Sayings;
use super::values::period;
use super::values::text::{Kind, line_of, title_key, unmark};
use super::{discover, profile};
use crate::table::{Table, Visibility, Workbook};

/// A cover is no longer than this.
const COVER: usize = 30;

/// So many key results of a sheet are compared with those of others.
const TITLES: usize = 200;

/// One of several sheets that are read as one plan.
pub(super) struct OneOf {
    /// Its position among the sheets.
    pub(super) position: usize,
    pub(super) headings: Headings,
}

/// Returns the sheets that have one objective each, in the order of the workbook, where the first of those that
/// look like plans is one of several; else none.
///
/// Their headings are about the same, and each names an objective above them that no other names.
pub(super) fn of_objectives(
    workbook: &Workbook,
    plans: &[(usize, &Headings)],
    mapped: Mapped<'_>,
) -> Vec<OneOf> {
    let Some((chosen, known)) = plans.first() else {
        return Vec::new();
    };
    if plans.len() < 2 || read(&workbook.tables[*chosen], known, mapped).is_none() {
        return Vec::new();
    }
    let mut found: Vec<(OneOf, Sheet)> = plans
        .iter()
        .filter(|(_, headings)| are_same(known, headings))
        .filter_map(|(position, headings)| {
            let table = &workbook.tables[*position];
            let read = read(table, headings, mapped)?;
            let sheet = OneOf {
                position: *position,
                headings: (*headings).clone(),
            };
            Some((sheet, read))
        })
        .collect();
    found.sort_by_key(|(sheet, _)| sheet.position);
    let mut keys: Vec<String> = found
        .iter()
        .map(|(_, read)| title_key(&read.objective))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let are_apart = found.iter().enumerate().all(|(at, (_, one))| {
        let others = found[at + 1..].iter();
        others.into_iter().all(|(_, other)| !one.is_copy(other))
    });
    let mut periods: Vec<_> = found
        .iter()
        .filter_map(|(sheet, read)| {
            let name = &workbook.tables[sheet.position].name;
            let said = [period::read(&read.objective), period::read(name)];
            said.into_iter().find_map(|said| said.period.or(said.weak))
        })
        .collect();
    periods.dedup();
    if !are_apart || keys.len() < 2 || keys.len() < found.len() || periods.len() > 1 {
        return Vec::new();
    }
    found.into_iter().map(|(sheet, _)| sheet).collect()
}

/// What is read of a sheet in order to know whether it is that of one objective.
struct Sheet {
    /// The words of the objective, or the name of the sheet where nothing else names it.
    objective: String,
    /// The words of its key results, as titles are compared.
    key_results: Vec<String>,
}

impl Sheet {
    /// Returns whether a sheet is another state of the same: half of its key results are there as well.
    fn is_copy(&self, other: &Self) -> bool {
        let is_there = |title: &&String| other.key_results.contains(title);
        let same = self.key_results.iter().filter(is_there).count();
        same > 0 && same * 2 >= self.key_results.len().min(other.key_results.len())
    }
}

/// Reads a sheet of one objective; nothing where it has several, names them in a column, or has no name for it.
fn read(table: &Table, headings: &Headings, mapped: Mapped<'_>) -> Option<Sheet> {
    let profiles = profile::of(table, headings);
    let layout = discover::layout(headings, &profiles, mapped).layout;
    if layout.tree != Tree::Blocks {
        return None;
    }
    let mut columns = layout.columns.iter();
    let (titles, _) = columns.find(|(_, place)| place.field == Field::KeyResult)?;
    let rows = headings.last + 1..table.rows.len();
    let is_another = |row: usize| {
        let mut filled = table.rows[row].iter().filter(|cell| !cell.is_blank());
        let line = filled.next().and_then(line_of).unwrap_or_default();
        unmark(&line).kind == Some(Kind::Objective) || headings::is_repeated(table, row, headings)
    };
    if rows.clone().any(is_another) {
        return None;
    }
    let below = Below {
        is_block: true,
        has_marked: false,
        is_one_of_several: true,
    };
    let named = preamble::read(table, headings, below, &mut Sayings::default()).objective;
    let objective = match named {
        Some(named) => named.words,
        None if is_default_name(&table.name) => return None,
        None => table.name.clone(),
    };
    let title = |row: usize| Some(title_key(&line_of(table.cell(row, *titles))?));
    Some(Sheet {
        objective,
        key_results: rows.filter_map(title).take(TITLES).collect(),
    })
}

/// Returns whether a program gave a sheet its name: `Sheet1`, `Tabelle 2`.
fn is_default_name(name: &str) -> bool {
    const WORDS: [&str; 9] = [
        "sheet", "tabelle", "feuil", "feuille", "hoja", "foglio", "blad", "planilha", "folha",
    ];
    let name = name.trim().to_lowercase();
    let word = name
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end();
    word.is_empty() || word.len() < name.len() && WORDS.contains(&word)
}

/// Returns whether nearly all headings stand in both of two rows of them.
fn are_same(one: &Headings, other: &Headings) -> bool {
    let names = |headings: &Headings| -> Vec<String> {
        let names = headings.columns.iter().map(headings::Heading::normal);
        names.filter(|name| !name.is_empty()).collect()
    };
    let (one, other) = (names(one), names(other));
    let same = one.iter().filter(|name| other.contains(name)).count();
    same >= 2 && same * 4 >= one.len().max(other.len()) * 3
}

/// Returns the cover in front of a sheet, with what it says of the plan.
pub(super) fn cover(workbook: &Workbook, first: usize) -> Option<(usize, Preamble)> {
    let tables = workbook.tables.iter().enumerate().take(first);
    tables
        .filter(|(_, table)| {
            table.visibility == Visibility::Visible
                && (1..=COVER).contains(&table.rows.len())
                && !choose::has_headings(table)
        })
        .find_map(|(position, table)| {
            let all = Headings {
                first: table.rows.len(),
                last: table.rows.len(),
                ..Headings::default()
            };
            let read = preamble::read(table, &all, Below::default(), &mut Sayings::default());
            read.title.is_some().then_some((position, read))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each sheet is its name and its rows.
    #[track_caller]
    fn check(sheets: &[(&str, &str)], expected: &[usize]) {
        let table = |(name, text): &(&str, &str)| Table {
            name: (*name).to_owned(),
            rows: crate::sheets::records::rows(text, ',').unwrap(),
            ..Table::default()
        };
        let workbook = Workbook {
            tables: sheets.iter().map(table).collect(),
            ..Workbook::default()
        };
        let tables = workbook.tables.iter();
        let found: Vec<Headings> = tables.filter_map(headings::find).collect();
        let plans: Vec<_> = found.iter().enumerate().collect();
        let read = of_objectives(&workbook, &plans, Mapped::default());
        let positions: Vec<usize> = read.iter().map(|sheet| sheet.position).collect();
        assert_eq!(positions, expected, "{sheets:?}");
    }

    const PAY: &str = "Key result,Start,Target\nLate payments,9,3\nDays to pay,20,10\n";
    const SELL: &str =
        "Key result,Start,Target,Note\nCalls to customers,9,30\nNew customers,2,10\n";

    #[test]
    fn sheets_of_one_objective_each_belong_together() {
        check(&[("Pay on time", PAY), ("Sell more", SELL)], &[0, 1]);
        let (pay, sell) = (
            format!("Pay on time\n\n{PAY}"),
            format!("Sell more\n\n{SELL}"),
        );
        check(&[("Sheet1", &pay), ("Sheet2", &sell)], &[0, 1]);
    }

    #[test]
    fn other_sheets_do_not() {
        // An older state of the same.
        check(&[("Plan", PAY), ("Plan (old)", PAY)], &[]);
        check(&[("Q1 2026", PAY), ("Q2 2026", SELL)], &[]);
        check(&[("Sheet1", PAY), ("Sheet2", SELL)], &[]);
        check(
            &[
                ("A", "Objective,Key result,Start,Target\na,b,1,2\n"),
                ("B", "Objective,Key result,Start,Target\nc,d,1,2\n"),
            ],
            &[],
        );
    }
}
