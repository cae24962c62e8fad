//! Tables that stand below each other on one sheet, each with headings of its own.

use std::borrow::Cow;

use super::beside::{Part, Place};
use super::headings::{self, Headings, normal_heading};
use super::labels;
use super::preamble::Named;
use super::sayings::{self, Sayings};
use super::values::text::line_of;
use super::words;
use crate::table::{Cell, Table, Value};

/// Sheets in blocks are no longer than this.
const ROWS: usize = 2000;

/// Cuts a table where the same headings come again in another order, or with other units in brackets.
///
/// A block begins at the line above its headings. Headings that say the same as the first do not cut.
pub(super) fn parts(part: Part<'_>) -> Vec<Part<'_>> {
    let starts = starts(&part.table, &part.headings);
    let Some((end, _)) = starts.first() else {
        return vec![part];
    };
    let mut parts = vec![Part {
        table: Cow::Owned(only(&part.table, 0, *end)),
        headings: part.headings.clone(),
        ..part
    }];
    for (position, (start, row)) in starts.iter().enumerate() {
        let next = starts.get(position + 1).map(|(next, _)| *next);
        let end = next.unwrap_or(part.table.rows.len());
        let table = only(&part.table, *start, end);
        let headings = headings::at(&table, *row);
        parts.push(Part {
            table: Cow::Owned(table),
            headings: Cow::Owned(headings),
            first: part.first,
            place: Place::Below,
        });
    }
    parts
}

/// Returns where each further block begins, and the row of its headings.
fn starts(table: &Table, first: &Headings) -> Vec<(usize, usize)> {
    let known = names(first.columns.iter().map(|heading| &*heading.words));
    let mut starts = Vec::new();
    let mut last = first.last;
    // The headings of the block that goes on.
    let mut current = Cow::Borrowed(first);
    if known.len() < 3 || table.rows.len() > ROWS {
        return starts;
    }
    for row in first.last + 1..table.rows.len() {
        let cells = &table.rows[row];
        let is_words = cells
            .iter()
            .all(|cell| matches!(cell.value, Value::Text(_) | Value::Empty));
        if !is_words {
            continue;
        }
        let lines: Vec<String> = cells.iter().filter_map(line_of).collect();
        let own = names(lines.iter().map(String::as_str));
        let same = own.iter().filter(|name| known.contains(name)).count();
        if same < 3 || same * 4 < own.len().max(known.len()) * 3 {
            continue;
        }
        let above = (last + 1..row)
            .rev()
            .find(|above| !table.is_blank_row(*above) && !labels::is_row(table, *above))
            .filter(|above| row - above <= 5 && is_line(table, *above))
            .filter(|above| is_near(table, *above, row));
        last = row;
        if !headings::is_repeated(table, row, &current) {
            starts.push((above.unwrap_or(row), row));
            current = Cow::Owned(headings::at(table, row));
        }
    }
    starts
}

/// Returns headings as they are compared.
fn names<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
    words
        .map(normal_heading)
        .filter(|name| !name.is_empty())
        .collect()
}

fn is_line(table: &Table, row: usize) -> bool {
    let filled = table.rows[row].iter().filter(|cell| !cell.is_blank());
    filled.count() <= 2
}

/// Returns whether no more than one blank row in a run stands between a line and the headings below it.
fn is_near(table: &Table, line: usize, headings: usize) -> bool {
    !(line + 1..headings).any(|row| table.is_blank_row(row) && table.is_blank_row(row + 1))
}

/// Returns the line above the headings of a block that names its objective.
pub(super) fn objective(part: &Part<'_>) -> Option<Named> {
    let rows = (0..part.headings.first).filter(|row| !part.table.is_blank_row(*row));
    let (labels, lines): (Vec<usize>, Vec<usize>) =
        rows.partition(|row| labels::is_row(&part.table, *row));
    let row = *lines.last()?;
    let cells = &part.table.rows[row];
    let (words, column) = labels::objective(cells).or_else(|| {
        let mut cells = cells.iter().enumerate();
        let (column, cell) = cells.find(|(_, cell)| !cell.is_blank())?;
        Some((line_of(cell)?, column))
    })?;
    Some(Named {
        words,
        at: (row, column),
        labels,
    })
}

/// Returns the table with nothing but some of its rows, which keep their places.
pub(super) fn only(table: &Table, start: usize, end: usize) -> Table {
    let mut part = table.clone();
    part.rows.truncate(end);
    for row in part.rows.iter_mut().take(start) {
        row.clear();
    }
    part.merges
        .retain(|merge| merge.first_row >= start && merge.first_row < end);
    part.hidden_rows.retain(|row| (start..end).contains(row));
    part
}

/// Returns the table with the cell above in the place of each that only says that it counts again; nothing
/// where no cell of the rows from `first` says so.
pub(super) fn without_dittos(table: &Table, first: usize, sayings: &mut Sayings) -> Option<Table> {
    let mut rows = table.rows.iter().skip(first);
    if !rows.any(|row| row.iter().any(is_ditto)) {
        return None;
    }
    let mut filled = table.clone();
    let width = filled.rows.iter().map(Vec::len).max().unwrap_or(0);
    // What stands above, a cell to a column.
    let mut above = vec![Cell::default(); width];
    for (at, row) in filled.rows.iter_mut().enumerate().skip(first) {
        for (column, (cell, above)) in row.iter_mut().zip(&mut above).enumerate() {
            if is_ditto(cell) && !above.is_blank() {
                sayings.say(&sayings::DITTO, at, column, &cell.to_text());
                cell.clone_from(above);
            } else if !cell.is_blank() {
                above.clone_from(cell);
            }
        }
    }
    Some(filled)
}

/// Returns whether a cell says that the one above counts: `"`, `ditto`, `idem`.
fn is_ditto(cell: &Cell) -> bool {
    const SIGNS: [char; 8] = ['"', '\'', '„', '″', '”', '“', '〃', '〟'];
    let Value::Text(text) = &cell.value else {
        return false;
    };
    // Nearly all cells are longer or begin with another letter.
    let begins = |c: char| SIGNS.contains(&c) || c.is_ascii_alphabetic();
    if text.len() > 16 || !text.starts_with(begins) {
        return false;
    }
    let text = text.trim();
    text != "'" && text.chars().all(|c| SIGNS.contains(&c))
        || words::may_be_ditto(text) && words::is("ditto", &words::normal(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table {
            rows: crate::sheets::records::rows(text, ',').unwrap(),
            ..Table::default()
        }
    }

    #[test]
    fn headings_in_another_order_begin_a_table() {
        let table = table(
            "Objective 1: a\nKR,Start,Target\nb,1,2\n\nObjective 2: c\nKR,Target,Start\nd,4,3\n",
        );
        let headings = headings::at(&table, 1);
        assert_eq!(starts(&table, &headings), [(4, 5)]);
    }

    #[test]
    fn the_first_headings_begin_a_table_behind_others() {
        let table =
            table("KR,Start,Target\nb,1,2\nKR,Target,Start\nd,4,3\nKR,Start,Target\ne,5,6\n");
        let headings = headings::at(&table, 0);
        assert_eq!(starts(&table, &headings), [(2, 2), (4, 4)]);
    }

    #[test]
    fn the_same_headings_begin_none() {
        let table = table("KR,Start,Target\nb,1,2\nKR,Start,Target\nd,4,3\n");
        let headings = headings::at(&table, 0);
        assert_eq!(starts(&table, &headings), []);
    }

    #[test]
    fn a_sign_may_stand_for_the_cell_above() {
        let table = table("Objective,Owner\na,Ada\n\"\"\"\",idem\nb,''\n");
        let mut sayings = Sayings::default();
        let filled = without_dittos(&table, 1, &mut sayings).unwrap();
        let shown: Vec<String> = filled.rows[2..]
            .iter()
            .map(|row| format!("{} {}", row[0].to_text(), row[1].to_text()))
            .collect();
        assert_eq!(shown, ["a Ada", "b Ada"]);
        assert!(without_dittos(&filled, 1, &mut sayings).is_none());
    }
}
