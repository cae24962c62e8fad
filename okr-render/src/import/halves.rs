//! Reads the rows of a long table in two halves at once.
//!
//! The second half begins where a row names another objective than the row above, and is read as if it stood
//! alone. Whether what stands above it matters is seen when both are read; then it is read again, behind the first.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use super::columns::{self, Titles};
use super::elements::Maker;
use super::layout::Tree;
use super::reader::Reader;
use super::take::State;
use super::{Account, sayings};

/// The fewest rows that are worth a second thread.
const MANY: usize = 4000;

/// Reads these rows as [`columns::rows`] does.
pub(super) fn read(
    reader: &mut Reader<'_>,
    maker: &Maker<'_>,
    titles: &Titles,
    state: &mut State,
    rows: Range<usize>,
    account: &mut Account,
) {
    let Some(cut) = cut(reader, titles, &rows) else {
        columns::rows(reader, maker, titles, state, rows, account);
        return;
    };
    let mut other = reader.apart();
    let mut behind = State {
        is_after_blank: reader.table.is_blank_row(cut - 1),
        ..State::default()
    };
    let mut told = Account::default();
    thread::scope(|scope| {
        let second = scope.spawn(|| {
            let rows = cut..rows.end;
            columns::rows(&mut other, maker, titles, &mut behind, rows, &mut told);
        });
        columns::rows(reader, maker, titles, state, rows.start..cut, account);
        second.join().unwrap_or_else(|panic| resume_unwind(panic));
    });
    let is_known = |title: &String| state.by_title.contains_key(title);
    if state.is_after_total
        || other.sayings.is_said(&sayings::NO_OBJECTIVE)
        || behind.by_title.keys().any(is_known)
    {
        columns::rows(reader, maker, titles, state, cut..rows.end, account);
        return;
    }
    reader.sayings.append(other.sayings);
    let before = state.objectives.len();
    for row in &mut told.rows {
        row.became.move_behind(before);
    }
    account.rows.append(&mut told.rows);
    account.left_out.append(&mut told.left_out);
    state.objectives.append(&mut behind.objectives);
}

/// Returns the first row of the second half; nothing where the table is short or cannot be cut.
fn cut(reader: &Reader<'_>, titles: &Titles, rows: &Range<usize>) -> Option<usize> {
    if rows.len() < MANY || reader.layout.tree != Tree::Columns || reader.has_merged() {
        return None;
    }
    let column = titles.objective?;
    let words = |row| reader.table.cell(row, column);
    let middle = rows.start + rows.len() / 2;
    (middle..rows.end).find(|row| {
        let own = words(*row);
        !own.is_blank() && own.value != words(row - 1).value
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::{ImportOptions, workbook};
    use crate::table::{Cell, Range as Cells, Table, Workbook};

    /// A table with so many rows more than are worth it, these again and again, below headings.
    fn table(rows: &[[&str; 5]], more: usize) -> Table {
        let mut all = vec![["Objective", "Key result", "Target", "Status", "Initiatives"]];
        for number in 0..MANY + more {
            all.push(rows[number % rows.len()]);
        }
        let cells = |(number, row): (usize, &[&str; 5])| -> Vec<Cell> {
            let own = |words: &&str| Cell::text(words.replace('#', &(number / 3).to_string()));
            row.iter().map(own).collect()
        };
        Table {
            rows: all.iter().enumerate().map(cells).collect(),
            ..Table::default()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn two_halves_are_the_whole(
            rows in prop::collection::vec(
                prop::sample::select(vec![
                    ["Get paid # sooner", "Cut days to pay to # days", "44", "on track", ""],
                    ["Get paid # sooner", "Cut days to pay to # days", "44 days", "soso", "Call # first"],
                    ["Get paid # sooner", "", "", "", ""],
                    ["", "Raise the share of # to all", "85%", "TBD", "Write; call"],
                    ["", "", "", "", "Ask #"],
                    ["", "", "", "", ""],
                    ["Get Paid # Sooner", "Answer # calls", "about 5", "at risk", ""],
                    ["Total", "", "44", "", ""],
                    ["-", "Answer # calls", "5", "n/a", ""],
                    ["Objective", "Key result", "Target", "Status", "Initiatives"],
                ]),
                1..9,
            ),
            is_new in any::<bool>(),
            more in 1_usize..40,
        ) {
            let mut rows = rows;
            if is_new {
                rows.insert(0, ["Serve # better", "Answer # letters", "12", "on track", ""]);
            }
            let whole = table(&rows, more);
            // Cells that are merged somewhere below keep a table from being cut.
            let mut merged = whole.clone();
            let below = merged.rows.len() + 5;
            merged.merges.push(Cells { first_row: below, first_column: 0, last_row: below + 1, last_column: 0 });
            let read = |table: Table| {
                let sheets = Workbook { tables: vec![table], ..Workbook::default() };
                let today = jiff::civil::date(2026, 11, 22);
                workbook(&sheets, &ImportOptions::new(today)).map_err(|error| error.to_string())
            };
            match (read(whole), read(merged)) {
                (Ok(halves), Ok(whole)) => {
                    prop_assert!(halves.draft == whole.draft, "the drafts differ");
                    prop_assert!(halves.account == whole.account, "the accounts differ");
                    prop_assert_eq!(halves.diagnostics, whole.diagnostics);
                }
                (Err(halves), Err(whole)) => prop_assert_eq!(halves, whole),
                _ => prop_assert!(false, "only one of them was read"),
            }
        }
    }
}
