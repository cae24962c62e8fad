//! Marks that stand alone in the column of titles, with their words in the next: `KR1.1`, and what it is beside it.

use super::headings::{Heading, Headings};
use super::layout::Field;
use super::values::mark;
use super::values::text::{Kind, line_of};
use super::words;
use crate::table::{Cell, Table, Value};

/// A mark is no longer than this.
const LONGEST: usize = 8;

/// Marks are looked for in so many rows.
const ROWS: usize = 200;

/// Returns the table with the words behind each mark in one cell; nothing where no column is of this kind.
///
/// In such a column objectives have their words beside their marks, and key results have marks alone. Rows count from
/// `first`; a column that its heading calls one of references stays one.
pub(super) fn with_words(table: &Table, headings: &Headings) -> Option<Table> {
    let is_reference = |column: usize| {
        let heading = headings.columns.get(column).map(Heading::normal);
        let fields = words::heading(&heading.unwrap_or_default());
        fields
            .first()
            .is_some_and(|found| found.field == Field::Reference)
    };
    joined(table, headings.last + 1, is_reference)
}

fn joined(table: &Table, first: usize, is_reference: impl Fn(usize) -> bool) -> Option<Table> {
    let rows = || table.rows.iter().skip(first).take(ROWS);
    let column = (0..2)
        .filter(|column| !is_reference(*column))
        .find(|column| {
            let next = column + 1;
            let (mut marks, mut lines) = (0, 0);
            for row in rows().filter(|row| row.get(*column).is_some_and(|cell| !cell.is_blank())) {
                let words = row.get(next).and_then(words_of);
                if is_bare(&row[*column]) {
                    if words.is_none() {
                        return false;
                    }
                    marks += 1;
                } else if words.is_none() && row[*column].to_text().contains(' ') {
                    lines += 1;
                }
            }
            marks >= 2 && lines >= 1
        })?;
    let mut joined = table.clone();
    for row in joined.rows.iter_mut().skip(first) {
        if !row.get(column).is_some_and(is_bare) {
            continue;
        }
        if let Some(words) = row.get(column + 1).and_then(words_of) {
            let mark = row[column].to_text().trim().to_owned();
            // A letter says nothing of what it stands for.
            let is_letter = !mark.contains(|c: char| c.is_ascii_digit());
            let text = if is_letter {
                words
            } else {
                format!("{}: {words}", mark.trim_end_matches(':'))
            };
            row[column].value = Value::Text(text.into());
            row[column + 1] = Cell::default();
        }
    }
    Some(joined)
}

/// Returns whether a cell has the mark of a key result in it and nothing else: `KR 1.1`, `a)`.
fn is_bare(cell: &Cell) -> bool {
    let Value::Text(text) = &cell.value else {
        return false;
    };
    let text = text.trim();
    if text.len() > LONGEST {
        return false;
    }
    let is_letter = || {
        let letter = text.strip_suffix([')', '.']);
        letter.is_some_and(|letter| {
            letter.len() == 1 && letter.starts_with(|c: char| c.is_alphabetic())
        })
    };
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    has_digit && mark::kind_of_mark(text) == Some(Kind::KeyResult) || is_letter()
}

/// Returns the line of a cell where it has words in it.
fn words_of(cell: &Cell) -> Option<String> {
    line_of(cell).filter(|line| line.chars().filter(|c| c.is_alphabetic()).count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let table = |text: &str| Table {
            rows: crate::sheets::records::rows(text, ';').unwrap(),
            ..Table::default()
        };
        let joined = joined(&table(text), 0, |_| false).map(|table| table.rows);
        let texts = |rows: Vec<Vec<Cell>>| -> Vec<Vec<String>> {
            let texts = |row: Vec<Cell>| row.iter().map(Cell::to_text).collect();
            rows.into_iter().map(texts).collect()
        };
        assert_eq!(
            joined.map(texts),
            expected.map(|text| texts(table(text).rows))
        );
    }

    #[test]
    fn marks_get_the_words_beside_them() {
        check(
            "O1 Answer fast;;\nKR1.1;Days to answer;14\nKR1.2;Asked again;8%\n",
            Some("O1 Answer fast;;\nKR1.1: Days to answer;;14\nKR1.2: Asked again;;8%\n"),
        );
        check(
            "The clinic runs on time;;\na);Patients seen at once;52%\nb);Clinics that start late;9\n",
            Some(
                "The clinic runs on time;;\nPatients seen at once;;52%\nClinics that start late;;9\n",
            ),
        );
    }

    #[test]
    fn a_column_of_references_stays_one() {
        check(
            "O1;Answer fast\nKR1.1;Days to answer\nKR1.2;Asked again\n",
            None,
        );
        check("Answer fast;\nKR1.1;14\nKR1.2;8%\n", None);
        check("Answer fast;\nDays to answer;14\nAsked again;8%\n", None);
    }
}
