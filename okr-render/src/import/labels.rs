//! Lines of labels with values above a table: `Owner: Ada`, `Due` and a day beside it.

use super::headings::normal_heading;
use super::layout::Field;
use super::values::text::{items, line_of};
use super::words::{self, Plainness};
use crate::table::{Cell, Table, Value};

/// A line of labels has no more cells than this.
const CELLS: usize = 8;

/// Returns the field that a label names.
pub(super) fn field(label: &str) -> Option<Field> {
    let normal = normal_heading(label);
    let found = words::heading(&normal);
    let first = found.first()?;
    let is_whole = first.plainness != Plainness::Contained;
    (is_whole && normal.split(' ').count() <= 4).then_some(first.field)
}

/// Returns whether a row tells of the objective above it in labels with values, and of nothing else.
pub(super) fn is_row(table: &Table, row: usize) -> bool {
    const FIELDS: [Field; 7] = [
        Field::Owner,
        Field::Due,
        Field::StartDate,
        Field::Status,
        Field::Weight,
        Field::Team,
        Field::Period,
    ];
    let named = |label: &str| field(label).is_some_and(|field| FIELDS.contains(&field));
    let Some(cells) = table.rows.get(row) else {
        return false;
    };
    let filled: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_blank()).collect();
    if filled.is_empty() || filled.len() > CELLS {
        return false;
    }
    let mut at = 0;
    while at < filled.len() {
        let line = line_of(filled[at]).unwrap_or_default();
        at += 1;
        match line.split_once(':') {
            Some((label, _)) if !named(label) => return false,
            Some((_, value)) if !value.trim().is_empty() => continue,
            None if !named(&line) => return false,
            _ => {}
        }
        // The value stands in the next cell; where that is a label as well, this is a row of headings.
        let value = filled.get(at).and_then(|cell| line_of(cell));
        if value.is_none_or(|value| named(value.trim_end_matches(':'))) {
            return false;
        }
        at += 1;
    }
    true
}

/// Returns the objective that a row names behind a label, with the column of its words: `Objective:` in one
/// cell, its words in the next.
pub(super) fn objective(cells: &[Cell]) -> Option<(String, usize)> {
    let mut filled = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_blank());
    let (first, (column, next)) = (filled.next()?.1, filled.next()?);
    let line = line_of(first)?;
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ':' | ' ' | '#');
    let label = line.trim_end_matches(is_number);
    let is_objective = words::heading(&normal_heading(label))
        .first()
        .is_some_and(|found| {
            found.field == Field::Objective && found.plainness == Plainness::Whole
        });
    let is_label = is_objective && (line.ends_with(':') || line.len() <= 14);
    is_label.then(|| Some((line_of(next)?, column)))?
}

/// Returns the initiatives that a row names behind a label, with the columns in which they stand: `Actions` in
/// one cell and a list in the next, or both in one; none where the label stands alone.
pub(super) fn initiatives(cells: &[Cell]) -> Option<Vec<(String, usize)>> {
    let mut filled = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_blank());
    let (at, first) = filled.next()?;
    // Most rows have more cells, and are not looked at closely.
    if filled.clone().take(3).count() > 2 {
        return None;
    }
    let Value::Text(words) = &first.value else {
        return None;
    };
    let head = words.split([':', '\n']).next().unwrap_or_default();
    if head.len() > 40 || field(head) != Some(Field::Initiative) {
        return None;
    }
    let own = words[head.len()..].trim_start_matches([':', ' ']);
    let mut found: Vec<(String, usize)> = items(own).into_iter().map(|item| (item, at)).collect();
    for (column, cell) in filled {
        let Value::Text(words) = &cell.value else {
            return None;
        };
        if words.split_whitespace().count() < 2 && !words.starts_with(['-', '–', '•']) {
            return None;
        }
        found.extend(items(words).into_iter().map(|item| (item, column)));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(row: &str, expected: bool) {
        let table = Table {
            rows: crate::sheets::records::rows(row, '\t').unwrap(),
            ..Table::default()
        };
        assert_eq!(is_row(&table, 0), expected, "{row}");
    }

    #[test]
    fn labels_have_values() {
        check("Owner: Ada", true);
        check("Verantwortlich:\tAda\tFrist:\t31.12.2026", true);
        check("\tResponsable : Lise Morin", true);
        check("Due\t2026-12-31", true);
        check("Owner", false);
        check("Owner:", false);
        check("Owner\tDue\tStatus", false);
        check("Objective: Pay on time", false);
        check("Days to approve\t9", false);
        check("Owner: Ada\tDays to approve", false);
    }

    #[test]
    fn initiatives_stand_behind_their_label() {
        let named = |row: &str| {
            let rows = crate::sheets::records::rows(row, '\t').unwrap();
            let found = initiatives(&rows[0])?;
            let found: Vec<_> = found.into_iter().map(|(item, _)| item).collect();
            Some(found.join(", "))
        };
        let found = |items: &str| Some(items.to_owned());
        assert_eq!(
            named("Maßnahmen\t\"– Leute schulen\n– Kunden anrufen\""),
            found("Leute schulen, Kunden anrufen")
        );
        assert_eq!(
            named("\"Actions:\n- Train them\n- Call\""),
            found("Train them, Call")
        );
        assert_eq!(named("Next steps:"), found(""));
        assert_eq!(named("Actions\t4\t5"), None);
        assert_eq!(named("Days to approve\tTrain them"), None);
    }

    #[test]
    fn an_objective_stands_behind_its_label() {
        let named = |row: &str| {
            let rows = crate::sheets::records::rows(row, '\t').unwrap();
            objective(&rows[0])
        };
        let pay = Some(("Pay on time".to_owned(), 1));
        assert_eq!(named("Objective 1:\tPay on time"), pay);
        assert_eq!(named("Objectif :\tPay on time"), pay);
        assert_eq!(named("Owner:\tAda"), None);
        assert_eq!(named("Objective:"), None);
    }
}
