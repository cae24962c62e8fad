//! Nothing that stands in a sheet is lost: it is in the plan, or the account says what became of it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use okr_render::import::{Import, ImportOptions, read};
use proptest::prelude::*;

/// Sheets of many layouts, in which words are put where there was nothing or something else.
const LAYOUTS: &[&str] = &[
    "Objective,Key result,Owner,Start,Target,Due\nPay on time,Late invoices,Ann,9,4,2026-12-31\n,Days to pay,Bob,30,20,2026-11-30\nClose faster,Days to close,Ann,7,4,2026-12-31\n",
    "Payroll desk\nTeam: Payroll,,Q4 2026\n\nObjective,Key result,Owner,Target\nPay on time,Late invoices,Ann,4\n,Days to pay,Bob,20\nTotal,,,24\n",
    "Objective 1: Pay on time\nKey result,Start,Target,Owner\nLate invoices,9,4,Ann\nDays to pay,30,20,Bob\n\nObjective 2: Close faster\nKey result,Start,Target,Owner\nDays to close,7,4,Ann\n",
    "Objective 1: Pay on time\nKey result,Start,Target,Owner\nLate invoices,9,4,Ann\n\nObjective 2: Close faster\nOwner,Key result,Target,Start\nAnn,Days to close,4,7\n",
    "Type,Title,Owner,Target,Due\nObjective,Pay on time,Ann,,\nKey result,Late invoices,Ann,4,2026-12-31\nInitiative,Call them,Bob,,2026-11-30\nObjective,Close faster,Bob,,\nKey result,Days to close,Bob,4,\n",
    "O1,Pay on time,Ann,\nKR1.1,Late invoices,Ann,9\nKR1.2,Days to pay,Bob,30\nO2,Close faster,Bob,\nKR2.1,Days to close,Ann,7\n",
    "Objective 1,Pay on time\n,KR1,Late invoices,9,4\n,KR2,Days to pay,30,20\nObjective 2,Close faster\n,KR1,Days to close,7,4\n",
    "Team,Payroll\nQuarter,Q1\nObjective 1,Pay on time\nKR,Late invoices,from 9 to 4\nKR,Days to pay,from 30 to 20\nObjective 2,Close faster\nKR,Days to close,7 -> 4\n",
    "Objective:,Pay on time\nKey result 1:,Late invoices\nStart:,9\nOwner:,Ann\nKey result 2:,Days to pay\nStart:,30\n",
    "Field,1,2\nObjective,Pay on time,\nKey result,Late invoices,Days to pay\nStart,9,30\nTarget,4,20\nOwner,Ann,Bob\n",
    "Objective,KR1,KR1 target,KR2,KR2 target\nPay on time,Late invoices,4,Days to pay,20\nClose faster,Days to close,4,Journals,60\n",
    "Objective,Key result,Target,Oct,Nov,Dec\nPay on time,Late invoices,4,9,8,7\n,Days to pay,20,30,28,25\n",
    "Objective,Key result,Q1 2026,,Q2 2026,\n,,Target,Actual,Target,Actual\nPay on time,Days payable,40,42,38,39\n,Late invoices,9,8,7,6\n",
    "Level 1,Level 2,Owner,Target\nPay on time,,Ann,\n,Late invoices,Ann,4\n,Days to pay,Bob,20\n",
    "Objective,Pay on time\nOwner,Ann\n\nKey result,Target,Status\nLate invoices,4,on track\nDays to pay,20,at risk\n\nActions\nCall them\nWrite to them\n",
    "Objectives\nPay on time\n  Late invoices from 9 to 4\n  Days to pay from 30 to 20\nClose faster\n  Days to close from 7 to 4\n",
];

fn rows(layout: &str) -> Vec<Vec<String>> {
    let rows = layout.lines();
    rows.map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

/// A word that stands nowhere else, where it is put, and how.
fn put() -> impl Strategy<Value = (usize, usize, usize)> {
    (0_usize..12, 0_usize..8, 0_usize..7)
}

fn sheet(layout: usize, puts: &[(usize, usize, usize)]) -> (String, Vec<String>) {
    let mut rows = rows(LAYOUTS[layout]);
    let mut words = Vec::new();
    for (at, (row, column, how)) in puts.iter().enumerate() {
        let word = match how {
            6 => format!("73{at}1"),
            _ => format!("word{}", char::from(b'a' + u8::try_from(at).unwrap())),
        };
        let row = *row % (rows.len() + 1);
        if *how == 5 || row == rows.len() {
            rows.insert(row, vec![String::new(); *column]);
        }
        let cells = &mut rows[row];
        if cells.len() <= *column {
            cells.resize(*column + 1, String::new());
        }
        let cell = &mut cells[*column];
        if cell.is_empty() {
            *cell = match how {
                0 | 6 => word.clone(),
                1 => format!("Ask {word} about it"),
                2 => format!("{word}: yes"),
                3 => format!("{word} 12"),
                _ => format!("see {word}"),
            };
        } else if *how < 2 {
            // What is read in another way than before is told in another way.
            write!(cell, " {word}").unwrap();
        } else {
            continue;
        }
        words.push(word);
    }
    let lines = rows.iter().map(|row| row.join(",") + "\n");
    (lines.collect(), words)
}

/// Returns all that a user is told of a sheet: the plan, and what became of the rest.
fn told(import: &Import) -> String {
    let (plan, diagnostics) = import.plan(jiff::civil::date(2026, 11, 22));
    let mut told = okr_core::print(&plan);
    let account = &import.account;
    for diagnostic in import.diagnostics.iter().chain(&diagnostics) {
        writeln!(told, "{}", diagnostic.message).unwrap();
    }
    for column in &account.columns {
        writeln!(told, "{}", column.heading).unwrap();
    }
    for left in &account.left_out {
        writeln!(told, "{}: {}", left.place, left.text).unwrap();
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]


    #[test]
    fn every_word_of_a_sheet_is_kept_or_told(
        layout in 0..LAYOUTS.len(),
        puts in prop::collection::vec(put(), 1..4),
    ) {
        let (text, words) = sheet(layout, &puts);
        let options = ImportOptions::new(jiff::civil::date(2026, 11, 22));
        if let Ok(import) = read(text.as_bytes(), &options) {
            let told = told(&import);
            // The thousands of a number may be parted.
            let plain = told.replace(',', "");
            for word in words {
                prop_assert!(plain.contains(&word), "{word} of\n{text}\nis not in\n{told}");
            }
        }
    }
}
