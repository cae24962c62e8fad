//! Tables that stand side by side on one sheet.

use std::borrow::Cow;
use std::ops::Range;

use super::headings::{self, Headings, candidates};
use super::layout::Field;
use super::words::Plainness;
use crate::table::{Cell, Table};

/// One of the tables of a sheet: the sheet with nothing but its columns, and its headings.
///
/// Cells keep their places, so that what is said of them names them as they stand in the file.
pub(crate) struct Part<'t> {
    /// The sheet with nothing but the table.
    pub(crate) table: Cow<'t, Table>,
    /// Its headings.
    pub(crate) headings: Cow<'t, Headings>,
    /// The column in which it begins.
    pub(crate) first: usize,
    /// Where it stands to the first.
    pub(crate) place: Place,
}

/// Where one of several tables of a sheet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is the first.
    First,
    /// It begins in another column.
    Beside,
    /// It begins in another row.
    Below,
}

/// Returns the tables that stand side by side under one row of headings; mostly there is one.
///
/// Another table begins behind a blank column, or where the same headings begin again, and has objectives
/// and something about them of its own. The columns of a platform are always one table.
pub(crate) fn parts<'t>(
    table: &'t Table,
    headings: &'t Headings,
    is_platform: bool,
) -> Vec<Part<'t>> {
    let ranges = if is_platform {
        Vec::new()
    } else {
        ranges(table, headings)
    };
    if ranges.len() < 2 {
        return vec![Part {
            table: Cow::Borrowed(table),
            headings: Cow::Borrowed(headings),
            first: 0,
            place: Place::First,
        }];
    }
    ranges
        .into_iter()
        .map(|range| Part {
            table: Cow::Owned(only(table, &range)),
            headings: Cow::Owned(headings::only(headings, &range)),
            first: range.start,
            place: if range.start == 0 {
                Place::First
            } else {
                Place::Beside
            },
        })
        .collect()
}

/// Returns the columns of each table.
fn ranges(table: &Table, headings: &Headings) -> Vec<Range<usize>> {
    let columns = &headings.columns;
    // Of most sheets the headings alone say that there is one table.
    let objectives = (0..columns.len()).filter(|at| names_objectives(headings, *at));
    if objectives.count() < 2 {
        return Vec::new();
    }
    let is_blank = |column: usize| {
        let rows = table.rows.iter().skip(headings.first);
        rows.into_iter()
            .all(|row| row.get(column).is_none_or(Cell::is_blank))
    };
    let mut starts = vec![0];
    for at in 1..columns.len() {
        let last = starts[starts.len() - 1];
        let begins_again = at - last >= 3
            && (0..3).all(|step| {
                let words = |at: usize| columns.get(at + step).map(|heading| heading.normal());
                words(at).is_some_and(|here| !here.is_empty() && words(last) == Some(here))
            });
        let is_start = begins_again || is_blank(at - 1) && !is_blank(at);
        if is_start && is_table(headings, at) && is_table_before(headings, last..at) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| *start..end)
        .collect()
}

/// Returns whether a heading plainly names objectives.
fn names_objectives(headings: &Headings, at: usize) -> bool {
    headings.columns.get(at).is_some_and(|heading| {
        let is_objective = |candidate: &super::words::Candidate| {
            matches!(candidate.field, Field::Objective | Field::Title)
                && candidate.plainness != Plainness::Contained
        };
        heading.words.chars().count() <= 40 && candidates(heading).iter().any(is_objective)
    })
}

/// Returns whether a table begins in a column: one of its first two names objectives, and headings of
/// two other kinds stand behind it, up to the next blank one.
fn is_table(headings: &Headings, start: usize) -> bool {
    let end = (start..headings.columns.len())
        .find(|at| headings.columns[*at].words.is_empty())
        .unwrap_or(headings.columns.len());
    is_table_before(headings, start..end)
        && (start..end.min(start + 2)).any(|at| names_objectives(headings, at))
}

fn is_table_before(headings: &Headings, range: Range<usize>) -> bool {
    let mut fields: Vec<Field> = Vec::new();
    for at in range.clone() {
        let found = headings.columns.get(at).map(candidates).unwrap_or_default();
        if let Some(candidate) = found.first()
            && !fields.contains(&candidate.field)
        {
            fields.push(candidate.field);
        }
    }
    fields.len() >= 3 && range.clone().any(|at| names_objectives(headings, at))
}

/// Returns the table with nothing but some of its columns.
fn only(table: &Table, range: &Range<usize>) -> Table {
    let mut part = table.clone();
    for row in &mut part.rows {
        for (column, cell) in row.iter_mut().enumerate() {
            if !range.contains(&column) {
                *cell = Cell::default();
            }
        }
        while row.last().is_some_and(Cell::is_blank) {
            row.pop();
        }
    }
    part.merges
        .retain(|merge| range.contains(&merge.first_column));
    part.hidden_columns.retain(|column| range.contains(column));
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headings: &str, expected: &[usize]) {
        let text = format!("{headings}\n");
        let table = Table {
            rows: crate::sheets::records::rows(&text, ',').unwrap(),
            ..Table::default()
        };
        let headings = headings::at(&table, 0);
        let starts: Vec<_> = parts(&table, &headings, false)
            .iter()
            .map(|part| part.first)
            .collect();
        assert_eq!(starts, expected);
    }

    #[test]
    fn tables_stand_behind_a_blank_column_or_begin_again() {
        check(
            "Objective,Key result,Owner,,Objective,Key result,Owner",
            &[0, 4],
        );
        check(
            "Ziel,Kennzahl,Wer,Ziel,Kennzahl,Wer,Ziel,Kennzahl,Wer",
            &[0, 3, 6],
        );
        check("Objective,Key result,Owner,,Key result,Start,Target", &[0]);
        check("Objective,KR 1,Target,KR 2,Target", &[0]);
        check("Objective,Key result,Start,Goal,Owner", &[0]);
        check("Objective,Key result,,Notes,Goal", &[0]);
    }
}
