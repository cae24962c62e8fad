//! Lines above blocks of key results, and what stands in them.

use super::columns::Titles;
use super::layout::Field;
use super::reader::{Reader, Values};
use super::values::text::{self, Kind};
use super::{headings, labels, skip, words};
use crate::table::Value;

/// Returns whether only one cell of a row has something in it.
pub(super) fn is_lone(reader: &Reader<'_>, row: usize) -> bool {
    reader.table.rows[row]
        .iter()
        .filter(|cell| !cell.is_blank())
        .count()
        == 1
}

/// Returns whether nothing but lines that stand alone follows below a row.
pub(super) fn ends_table(reader: &Reader<'_>, row: usize) -> bool {
    // The last rows of a table are few; what goes on for longer is no footer.
    (row + 1..reader.table.rows.len().min(row + 20))
        .all(|next| reader.table.is_blank_row(next) || is_lone(reader, next))
        && row + 20 > reader.table.rows.len()
}

/// Returns whether no key result or initiative follows before the next objective.
pub(super) fn has_no_children(reader: &Reader<'_>, titles: &Titles, row: usize) -> bool {
    for next in row + 1..reader.table.rows.len().min(row + 50) {
        let has = |column: &usize| !reader.table.cell(next, *column).is_blank();
        if titles.objective.iter().any(has) {
            return true;
        }
        if titles.key_result.iter().chain(&titles.initiatives).any(has) {
            return false;
        }
    }
    true
}

/// Returns the line above a block that names its objective, and its column.
///
/// It stands alone in its row or is marked, and headings or key results follow.
pub(super) fn block_line(reader: &Reader<'_>, row: usize) -> Option<(String, usize)> {
    let cells = reader.table.rows.get(row)?;
    let filled: Vec<usize> = (0..cells.len())
        .filter(|at| !cells[*at].is_blank())
        .collect();
    let first = *filled.first()?;
    let line = text::line_of(&cells[first])?;
    if let Some(named) = labels::objective(cells) {
        return Some(named);
    }
    let marked = text::unmark(&line);
    if marked.kind == Some(Kind::Objective) {
        return Some((line, first));
    }
    if marked.kind == Some(Kind::KeyResult) {
        return None;
    }
    let spans = reader.table.merges.iter().any(|range| {
        range.first_row == row
            && range.first_column <= first
            && range.last_column > range.first_column + 1
    });
    if filled.len() > 1 && !spans {
        return None;
    }
    // A line alone names an objective when headings or rows of key results come next.
    let is_further =
        |next: &usize| !reader.table.is_blank_row(*next) && !labels::is_row(reader.table, *next);
    let next = (row + 1..reader.table.rows.len().min(row + 6)).find(is_further)?;
    let is_headed = headings::is_repeated(reader.table, next, reader.headings)
        || reader
            .layout
            .headings
            .is_some_and(|(first, _)| first == next);
    let is_followed = reader.table.rows[next]
        .iter()
        .filter(|cell| !cell.is_blank())
        .count()
        > 1
        && next == row + 1;
    (is_headed || is_followed && !skip::is_remark(&line)).then_some((line, first))
}

/// Returns whether what stands behind the words of a block's objective are labels with values, and not values
/// in the columns of the table.
pub(super) fn has_labels(reader: &Reader<'_>, row: usize, from: usize) -> bool {
    let cells = reader.table.rows[row].iter().enumerate().skip(from + 1);
    let mut filled = cells.filter(|(_, cell)| !cell.is_blank());
    filled.clone().next().is_none()
        || filled.any(|(column, cell)| {
            let line = text::line_of(cell).unwrap_or_default();
            // The name of another field than that of its column: `Owner` below `Due`.
            let is_label = || {
                let place = reader.places.get(column).copied().flatten();
                words::heading(&words::normal(&line))
                    .first()
                    .is_some_and(|candidate| {
                        candidate.plainness != words::Plainness::Contained
                            && place.is_none_or(|place| place.field != candidate.field)
                    })
            };
            line.contains(':') || is_label()
        })
}

/// Reads `Owner:` and its name, and the like, from a column on: behind the words of a block's objective, or in a row
/// of their own.
pub(super) fn label_values(reader: &Reader<'_>, row: usize, from: usize, values: &mut Values) {
    let cells = &reader.table.rows[row];
    let mut at = from;
    while at < cells.len() {
        let Some(line) = text::line_of(&cells[at]) else {
            at += 1;
            continue;
        };
        let (label, inline) = match line.split_once(':') {
            Some((label, value)) => (label.to_owned(), value.trim().to_owned()),
            None => (line.clone(), String::new()),
        };
        let field = words::heading(&words::normal(&label))
            .first()
            .filter(|candidate| candidate.plainness != words::Plainness::Contained)
            .map(|candidate| candidate.field);
        let value = if inline.is_empty() {
            at += 1;
            cells.get(at).cloned().unwrap_or_default()
        } else {
            crate::table::Cell::text(inline)
        };
        match field {
            Some(Field::Owner) => values.owner = text::owner(&value),
            Some(Field::Status) => {
                if let super::values::status::Said::Status(status, _) =
                    super::values::status::read(&value.to_text(), &reader.layout.statuses)
                {
                    values.status = Some(status);
                }
            }
            Some(Field::Due) => {
                values.due = match value.value {
                    Value::Date(day) => Some(day),
                    _ => match super::values::date::read(
                        &value.to_text(),
                        &reader.facts.dates.first().copied().unwrap_or_default(),
                    ) {
                        super::values::date::Said::Day(day, _) => Some(day),
                        _ => None,
                    },
                };
            }
            _ if line.contains(':') || !value.is_blank() => {
                values
                    .notes
                    .push(if line.contains(':') && !line.ends_with(':') {
                        line
                    } else {
                        format!("{}: {}", label.trim(), value.to_text())
                    });
            }
            _ => values.notes.push(line),
        }
        at += 1;
    }
}
