//! Workbooks with a sheet for each objective, and perhaps a cover.

use super::choose;
use super::headings::{self, Headings};
use super::layout::Tree;
use super::options::Mapped;
use super::preamble::{self, Below, Preamble};
use super::sayings::Sayings;
use super::values::period;
use super::values::text::{Kind, line_of, title_key, unmark};
use super::{discover, profile};
use crate::table::{Table, Visibility, Workbook};

/// A cover is no longer than this.
const COVER: usize = 30;

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
    if plans.len() < 2 || objective(&workbook.tables[*chosen], known, mapped).is_none() {
        return Vec::new();
    }
    let mut found: Vec<(OneOf, String)> = plans
        .iter()
        .filter(|(_, headings)| are_same(known, headings))
        .filter_map(|(position, headings)| {
            let table = &workbook.tables[*position];
            let words = objective(table, headings, mapped)?;
            let sheet = OneOf {
                position: *position,
                headings: (*headings).clone(),
            };
            Some((sheet, words))
        })
        .collect();
    found.sort_by_key(|(sheet, _)| sheet.position);
    let mut keys: Vec<String> = found.iter().map(|(_, words)| title_key(words)).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut periods: Vec<_> = found
        .iter()
        .filter_map(|(sheet, words)| {
            let name = &workbook.tables[sheet.position].name;
            let said = [period::read(words), period::read(name)];
            said.into_iter().find_map(|said| said.period.or(said.weak))
        })
        .collect();
    periods.dedup();
    if keys.len() < 2 || keys.len() < found.len() || periods.len() > 1 {
        return Vec::new();
    }
    found.into_iter().map(|(sheet, _)| sheet).collect()
}

/// Returns the words of the one objective of a sheet; nothing where it has several, or names them in a column.
fn objective(table: &Table, headings: &Headings, mapped: Mapped<'_>) -> Option<String> {
    let profiles = profile::of(table, headings);
    let layout = discover::layout(headings, &profiles, mapped).layout;
    if layout.tree != Tree::Blocks {
        return None;
    }
    let is_another = |row: usize| {
        let mut filled = table.rows[row].iter().filter(|cell| !cell.is_blank());
        let line = filled.next().and_then(line_of).unwrap_or_default();
        unmark(&line).kind == Some(Kind::Objective) || headings::is_repeated(table, row, headings)
    };
    if (headings.last + 1..table.rows.len()).any(is_another) {
        return None;
    }
    let below = Below {
        is_block: true,
        is_one_of_several: true,
    };
    let named = preamble::read(table, headings, below, &mut Sayings::default()).objective;
    Some(named.map_or_else(|| table.name.clone(), |named| named.words))
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
