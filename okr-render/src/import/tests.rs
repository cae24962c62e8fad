//! What holds for every table.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{ImportOptions, workbook};
use crate::table::{Cell, Formula, NumberFormat, Range, Table, Value, Workbook};

/// Words that mean something in some place, and some that mean nothing.
const WORDS: &[&str] = &[
    "Objective",
    "Key result",
    "KR1",
    "KR1 Target",
    "KR2",
    "Owner",
    "Start",
    "Target",
    "Now",
    "Status",
    "Due",
    "Type",
    "ID",
    "Parent",
    "Initiatives",
    "W27",
    "Jan",
    "Goal",
    "What",
    "L1",
    "Main",
    "Indent",
    "Unit",
    "Notes",
    "Confidence",
    "Progress",
    "Period",
    "Team: Sales",
    "Q3 2026",
    "FY26",
    "O1",
    "O1: Grow",
    "KR1.1",
    "1.1",
    "1.10",
    "objective",
    "key result",
    "task",
    "note",
    "On track",
    "🟢",
    "🟢 on track 🟡 at risk",
    "done",
    "62 → 45 days",
    "from 5% to 7%",
    "€400k",
    "1.250",
    "4,2",
    "71%",
    "31.12.2026",
    "03/04/2026",
    "end of Sept",
    "Q3",
    "n/a",
    "TBD",
    "#DIV/0!",
    "Total",
    "Average",
    "Legend: G = good, R = bad",
    "• a\n• b",
    "Cut DSO from 52 to 44 days by June",
    "   indented words",
    "'=x",
    "'-5%",
    "Ann; Bob",
    "- [ ] x",
    "# x",
    "| a | b |",
    "<!-- okr -->",
    "(",
    "\u{301}",
    "１２",
];

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        2 => Just(Cell::EMPTY),
        6 => proptest::sample::select(WORDS).prop_map(Cell::text),
        1 => "\\PC{0,12}".prop_map(Cell::text),
        1 => (any::<i64>(), 0_u32..20, 0..5_u8).prop_map(|(number, scale, format)| Cell {
            value: Value::Number(Decimal::new(number, scale)),
            format: match format {
                0 => NumberFormat::Percent,
                1 => NumberFormat::PercentPoints,
                2 => NumberFormat::Currency("EUR".into()),
                3 => NumberFormat::Suffix("days".into()),
                _ => NumberFormat::General,
            },
            formula: Formula::Saved,
        }),
        1 => (1990_i16..2060, 1_i8..13, 1_i8..29)
            .prop_map(|(year, month, day)| Value::Date(jiff::civil::date(year, month, day)).into()),
        1 => Just(Cell { formula: Formula::Unsaved, ..Cell::EMPTY }),
        1 => Just(Value::Error("#N/A".into()).into()),
        1 => any::<bool>().prop_map(|truth| Value::Bool(truth).into()),
    ]
}

fn table() -> impl Strategy<Value = Table> {
    let rows = proptest::collection::vec(proptest::collection::vec(cell(), 0..9), 0..14);
    let heads = proptest::sample::subsequence(
        vec![
            "Objective",
            "Key result",
            "Title",
            "Type",
            "Owner",
            "Start",
            "Target",
            "Now",
            "Status",
            "Due",
            "ID",
            "Parent",
            "Initiatives",
            "W27",
            "Confidence",
            "Unit",
            "Level 1",
            "Level 2",
            "KR1",
            "KR2",
            "Indent",
        ],
        2..9,
    );
    let merges = proptest::collection::vec((0_usize..12, 0_usize..8, 0_usize..4, 0_usize..4), 0..3);
    (rows, heads, merges).prop_map(|(mut rows, heads, merges)| {
        rows.insert(rows.len() / 3, heads.into_iter().map(Cell::text).collect());
        Table {
            rows,
            merges: merges
                .into_iter()
                .map(|(row, column, down, right)| Range {
                    first_row: row,
                    first_column: column,
                    last_row: row + down,
                    last_column: column + right,
                })
                .collect(),
            ..Table::default()
        }
    })
}

proptest! {
    #[test]
    fn every_table_is_read_or_refused_and_its_plan_keeps_its_text(tables in proptest::collection::vec(table(), 1..3)) {
        let book = Workbook { tables, ..Workbook::default() };
        let today = jiff::civil::date(2026, 11, 22);
        if let Ok(import) = workbook(&book, &ImportOptions::new(today)) {
            for objective in &import.draft.objectives {
                for initiative in &objective.initiatives {
                    prop_assert!(initiative.key_result.is_none_or(|at| at < objective.key_results.len()));
                }
            }
            let (plan, _) = import.plan(today);
            let text = okr_core::print(&plan);
            let again = okr_core::parse(&*text).plan;
            prop_assert_eq!(&again, &plan);
            let count = |plan: &okr_core::model::Plan| plan.objectives.len();
            prop_assert_eq!(count(&plan), import.draft.objectives.len());
        }
    }
}

/// Returns the Markdown of the plan that a table of text comes to.
#[track_caller]
fn plan_of(table: &str) -> String {
    let today = jiff::civil::date(2026, 11, 22);
    let import = super::read(table.as_bytes(), &ImportOptions::new(today)).expect("is a table");
    okr_core::print(&import.plan(today).0)
}

#[test]
fn weights_are_numbers_and_percents_above_zero() {
    let text = plan_of(
        "Objective,Objective weight,Key result,KR weight,Target\n\
         Grow,2,A,0.50,5\n,,B,30%,5\n,,C,1,5\n,,D,0,5\n,,E,high,5\n,,F,-2,5\n",
    );
    let weights: Vec<_> = text
        .lines()
        .filter(|line| line.to_lowercase().contains("weight"))
        .collect();
    let expected = [
        "- Weight: 2",
        "- Weight: 0.5",
        "- Weight: 30",
        "KR weight: 0",
        "KR weight: high",
        "KR weight: -2",
    ];
    assert_eq!(weights, expected, "{text}");
}

#[test]
fn a_team_is_that_of_the_plan_where_all_rows_agree() {
    let table = |teams: [&str; 3]| {
        let [one, two, three] = teams;
        format!(
            "Objective,Key result,Department,Target\nGrow,A,{one},5\n,B,{two},6\n,C,{three},7\n"
        )
    };
    let text = plan_of(&table(["Ledger", "Ledger", "Ledger"]));
    assert!(text.starts_with("---\nteam: Ledger\n---\n"), "{text}");
    assert!(!text.contains("Department"), "{text}");
    let text = plan_of(&table(["Ledger", "Billing", "Ledger"]));
    assert!(!text.contains("team:"), "{text}");
    assert_eq!(text.matches("Department: ").count(), 3, "{text}");
    let text = plan_of(&table(["Ledger", "", ""]));
    assert!(!text.contains("team:"), "{text}");
    assert_eq!(text.matches("Department: Ledger").count(), 1, "{text}");
}

#[test]
fn current_values_are_of_the_day_in_their_heading() {
    let check = |above: &str, heading: &str, day: &str| {
        let plan = plan_of(&format!(
            "{above}Objective,Key result,Start,Target,{heading}\nGet paid,Cut DSO to 44 days,52 days,44 days,49 days\n"
        ));
        assert!(plan.contains(&format!("| {day} |")), "{heading}: {plan}");
    };
    let quarter = "Goals Q1 2026,,,,\n";
    check("", "Actual 31.03.2026", "2026-03-31");
    check("", "As of 31 March 2026", "2026-03-31");
    check(quarter, "Stand 31.03.", "2026-03-31");
    check(quarter, "Current (28 Feb)", "2026-02-28");
    // A month is no day, and a file without a year names none.
    check(quarter, "Actual March", "2026-11-22");
    check("", "Current (28 Feb)", "2026-11-22");
    let due = |rows: &str| {
        plan_of(&format!(
            "Objective,Key result,Target,As of 31 Mar,Due\nGet paid,Cut DSO to 44 days,44 days,49 days,{rows}"
        ))
    };
    assert!(due("2025-06-30\n").contains("| 2025-03-31 |"));
    let two = due("2025-06-30\n,Cut errors to 3,3,4,2026-06-30\n");
    assert!(!two.contains("-03-31"), "{two}");
}

#[test]
fn a_date_without_a_year_has_that_of_its_column() {
    let due = |first: &str, second: &str| {
        plan_of(&format!(
            "Objective,Key result,Target,Due\nGet paid,Cut DSO to 44 days,44 days,{first}\n,Raise cash to 9,9,{second}\n"
        ))
    };
    assert!(due("30 June 2026", "end of May").contains("- Due: 2026-05-31"));
    assert!(due("end of May", "2026-06-30").contains("- Due: 2026-05-31"));
    let plan = due(
        "30 June 2026\n,Cut errors to 3,3,30 June 2027",
        "end of May",
    );
    assert!(!plan.contains("05-31"), "{plan}");
}

#[test]
fn of_several_periods_the_last_target_counts_and_what_was_reached_is_a_check_in() {
    let text = "Objective,Key result,Q1 2026,,Q2 2026,\n,,Target,Actual,Target,Actual\n\
                Pay on time,Days payable,40,42,38,39\n";
    let options = ImportOptions::new(jiff::civil::date(2026, 11, 22));
    let import = super::read(text.as_bytes(), &options).unwrap();
    let key_result = &import.draft.objectives[0].key_results[0];
    let target = key_result.target.as_ref().map(ToString::to_string);
    assert_eq!(target.as_deref(), Some("38"));
    let days: Vec<String> = key_result
        .check_ins
        .iter()
        .map(|check_in| check_in.date.to_string())
        .collect();
    assert_eq!(days, ["2026-03-31", "2026-06-30"]);
    assert!(
        import
            .diagnostics
            .iter()
            .any(|it| it.code == "several-targets")
    );
}
