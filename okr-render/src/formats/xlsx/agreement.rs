//! A workbook says what `okr status` says: a law over plans of every kind.

use std::fmt::Write as _;

use jiff::civil::{Date, Weekday};
use okr_core::completion::complete;
use okr_core::model::Plan;
use okr_core::progress::{ObjectiveOverview, Overview, percent_shown};
use okr_core::statement::Lexicon;
use proptest::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{KEY_RESULTS, OVERVIEW, write};
use crate::format::WriteOptions;
use crate::sheets::{self, SheetOptions};
use crate::table::{Cell, Table, Value};

/// Rows of a sheet below the row whose first cell is `Ref`.
struct Rows<'t> {
    headings: Vec<String>,
    rows: &'t [Vec<Cell>],
}

impl<'t> Rows<'t> {
    fn new(table: &'t Table) -> Self {
        let mut rows = table.rows.iter();
        let is_header = |row: &Vec<Cell>| row.first().is_some_and(|cell| cell.to_text() == "Ref");
        let header = rows.position(is_header).expect("has headings");
        Self {
            headings: table.rows[header].iter().map(Cell::to_text).collect(),
            rows: &table.rows[header + 1..],
        }
    }

    fn cell(&self, row: &'t [Cell], heading: &str) -> &'t Cell {
        let mut headings = self.headings.iter();
        let column = headings.position(|other| other == heading);
        let column = column.expect("has such a column");
        row.get(column).unwrap_or(&Cell::EMPTY)
    }

    fn find(&self, heading: &str, text: &str) -> &'t [Cell] {
        let mut rows = self.rows.iter();
        let row = rows.find(|row| self.cell(row, heading).to_text() == text);
        row.expect("has such a row")
    }

    fn number(&self, row: &'t [Cell], heading: &str) -> Option<f64> {
        match &self.cell(row, heading).value {
            Value::Number(number) => number.to_f64(),
            Value::Empty => None,
            other => panic!("{heading} is {other:?}"),
        }
    }

    /// Returns the sums of two columns over the rows of a parent.
    fn sums(&self, parent: &str, [one, other]: [&str; 2]) -> (f64, f64) {
        let is_own = |row: &&Vec<Cell>| self.cell(row, "Parent").to_text() == parent;
        let own = || self.rows.iter().filter(is_own);
        let sum = |heading| own().filter_map(|row| self.number(row, heading)).sum();
        (sum(one), sum(other))
    }
}

#[track_caller]
fn same(actual: Option<f64>, expected: Option<f64>, what: &str, text: &str) {
    let is_same = match (actual, expected) {
        (Some(actual), Some(expected)) => (actual - expected).abs() < 1e-9,
        (actual, expected) => actual.is_none() && expected.is_none(),
    };
    assert!(is_same, "{what}: {actual:?}, not {expected:?}, in\n{text}");
}

fn part(number: Option<Decimal>) -> Option<f64> {
    number?.to_f64()
}

fn percent(number: Option<Decimal>) -> Option<f64> {
    Some(number?.to_f64()? / 100.0)
}

fn expected_percent(part: Option<Decimal>) -> Option<f64> {
    percent(Some(percent_shown(part?, true)))
}

/// Checks the rows of an objective and of its key results.
#[track_caller]
fn check_objective(
    o: usize,
    objective: &ObjectiveOverview<'_>,
    (whole, key_results): (&Rows<'_>, &Rows<'_>),
    text: &str,
) {
    let reference = format!("O{}", o + 1);
    let row = whole.find("Ref", &reference);
    let of = |heading: &str| whole.number(row, heading);
    let roll_up = &objective.roll_up;
    let exact = of("Exact progress");
    same(exact, part(roll_up.progress), &reference, text);
    same(
        of("Exact expected"),
        part(objective.expected),
        &reference,
        text,
    );
    same(
        of("Progress"),
        percent(roll_up.percent_shown()),
        &reference,
        text,
    );
    let shown = expected_percent(objective.expected);
    same(of("Expected"), shown, &reference, text);
    let reporting = roll_up.reporting.to_f64();
    same(of("Reporting"), reporting, &reference, text);
    let inner = key_results.find("Ref", &reference);
    for heading in ["Progress", "Expected"] {
        same(
            key_results.number(inner, heading),
            of(heading),
            &reference,
            text,
        );
    }
    // What is folded away comes to it.
    let (counted, counts) = key_results.sums(&reference, ["Counted", "Counts"]);
    same(
        (counts > 0.0).then(|| counted / counts),
        exact,
        &reference,
        text,
    );
    let (expected, _) = key_results.sums(&reference, ["Counted expected", "Counts"]);
    if objective.expected.is_some() {
        let mean = Some(expected / counts);
        same(mean, of("Exact expected"), &reference, text);
    }
    let (short, reports) = key_results.sums(&reference, ["Short of 100%", "Reports"]);
    same(Some(short), of("Short of 100%"), &reference, text);
    same(Some(reports), reporting, &reference, text);
    let is_met = short == 0.0 && exact.is_some();
    assert_eq!(is_met, roll_up.is_met, "{reference} in\n{text}");
    for (k, it) in objective.key_results.iter().enumerate() {
        let reference = format!("{reference}-KR{}", k + 1);
        let row = key_results.find("Ref", &reference);
        let of = |heading: &str| key_results.number(row, heading);
        let progress = part(it.standing.progress);
        same(of("Exact progress"), progress, &reference, text);
        same(
            of("Exact expected"),
            part(it.standing.expected),
            &reference,
            text,
        );
        same(
            of("Progress"),
            percent(it.percent_shown()),
            &reference,
            text,
        );
        let shown = expected_percent(it.standing.expected);
        same(of("Expected"), shown, &reference, text);
    }
}

/// Checks every number of a workbook of a plan against the overview of its day.
#[track_caller]
fn check(text: &str) {
    check_on(text, &WriteOptions::default());
}

/// Checks the same with other options.
#[track_caller]
fn check_on(text: &str, options: &WriteOptions) {
    let plan: Plan = okr_core::parse(text).plan;
    let bytes = write::plan(&plan, options).expect("is written");
    let book = sheets::read(&bytes, &SheetOptions::default()).expect("is a workbook");
    let sheet = |name: &str| {
        let mut tables = book.tables.iter();
        tables.find(|table| table.name == name).expect("is there")
    };
    let (first, second) = (sheet(OVERVIEW), sheet(KEY_RESULTS));
    let mut facts = first.rows.iter();
    let as_of = facts.find(|row| row.first().is_some_and(|cell| cell.to_text() == "As of"));
    let as_of: Date = as_of.expect("has a day")[1]
        .to_text()
        .parse()
        .expect("is a day");
    let plan = complete(plan, &Lexicon::default());
    let overview = Overview::new(&plan, as_of, &options.schedules());
    let (whole, key_results) = (Rows::new(first), Rows::new(second));
    for (o, objective) in overview.objectives.iter().enumerate() {
        check_objective(o, objective, (&whole, &key_results), text);
    }
    let row = whole.find("Objective", "All objectives");
    let of = |heading: &str| whole.number(row, heading);
    same(
        of("Exact progress"),
        part(overview.roll_up.progress),
        "the plan",
        text,
    );
    same(
        of("Exact expected"),
        part(overview.expected),
        "the plan",
        text,
    );
    same(
        of("Progress"),
        percent(overview.roll_up.percent_shown()),
        "the plan",
        text,
    );
    same(
        of("Reporting"),
        overview.roll_up.reporting.to_f64(),
        "the plan",
        text,
    );
    let mean = |heading| {
        let counts = of("Counts").filter(|counts| *counts > 0.0)?;
        Some(of(heading)? / counts)
    };
    same(mean("Counted"), of("Exact progress"), "the plan", text);
    if overview.expected.is_some() {
        let expected = of("Exact expected");
        same(mean("Counted expected"), expected, "the plan", text);
    }
    let is_met = of("Short of 100%") == Some(0.0) && of("Exact progress").is_some();
    assert_eq!(is_met, overview.roll_up.is_met, "the plan in\n{text}");
}

fn number() -> impl Strategy<Value = String> {
    (-400_i64..4000, 0_u32..3).prop_map(|(digits, scale)| Decimal::new(digits, scale).to_string())
}

/// The fields of a measure, in days or percent.
fn measure() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec!["", " days", "%"]);
    (0_usize..14, number(), number(), number(), sign).prop_map(|(kind, a, b, c, unit)| {
        let (from, to) = if a.len() < b.len() {
            (&a, &b)
        } else {
            (&b, &a)
        };
        match kind {
            0..=3 => format!("- Baseline: {a}{unit}\n- Target: {b}{unit}\n"),
            4 => format!("- Baseline: {a}{unit}\n- Target: at least {b}{unit}\n"),
            5 => format!("- Baseline: {a}{unit}\n- Target: below {b}{unit}\n"),
            6 => format!("- Target: above {b}{unit}\n"),
            7 => format!("- Baseline: {c}{unit}\n- Target: between {from} and {to}{unit}\n"),
            8 => "- Target: done\n".to_owned(),
            9 => "- Target: first value\n".to_owned(),
            10 => format!(
                "- Baseline: {a}{unit}\n- Target: +{}%\n",
                b.trim_start_matches('-')
            ),
            11 => format!("- Target: -{}%\n", b.trim_start_matches('-')),
            12 => format!("- Baseline: {a}{unit}\n- Target: {b}{unit}\n- Commit: {c}{unit}\n"),
            _ => format!("- Baseline: {a}{unit}\n- Direction: decrease\n"),
        }
    })
}

fn steps() -> impl Strategy<Value = String> {
    let step = (any::<bool>(), 0_u32..4, prop::option::of(1_u32..31)).prop_map(
        |(is_done, weight, day)| {
            let mark = if is_done { "x" } else { " " };
            let weight = match weight {
                0 => String::new(),
                weight => format!(" (weight {weight})"),
            };
            let due = day.map_or(String::new(), |day| format!(" (due 2026-11-{day:02})"));
            format!("- [{mark}] Step{weight}: one{due}\n")
        },
    );
    prop::collection::vec(step, 1..4).prop_map(|steps| steps.concat())
}

fn check_ins() -> impl Strategy<Value = String> {
    let status = prop::sample::select(vec!["", "on track", "at risk", "achieved", "cancelled"]);
    let unit = prop::sample::select(vec!["", "", " days", "%"]);
    let row =
        (1_u32..28, prop::option::of((number(), unit)), status).prop_map(|(day, value, status)| {
            let value = value.map_or(String::new(), |(number, unit)| format!("{number}{unit}"));
            format!("| 2026-11-{day:02} | {value} | {status} |\n")
        });
    prop::collection::vec(row, 0..4).prop_map(|rows| match rows.as_slice() {
        [] => String::new(),
        rows => format!(
            "\n| Date | Value | Status |\n| --- | --- | --- |\n{}",
            rows.concat()
        ),
    })
}

fn weight() -> impl Strategy<Value = &'static str> {
    let weights = ["", "", "- Weight: 0\n", "- Weight: 2\n", "- Weight: 0.50\n"];
    prop::sample::select(weights.to_vec())
}

fn key_result() -> impl Strategy<Value = String> {
    let fields = prop_oneof![6 => measure(), 2 => steps(), 1 => Just(String::new())];
    let guardrail = prop::sample::select(vec!["", "", "", "- Guardrail: yes\n"]);
    let due = prop::sample::select(vec!["", "", "- Due: 2026-11-10\n", "- Due: 2026-12-01\n"]);
    (fields, weight(), guardrail, due, check_ins()).prop_map(
        |(fields, weight, guardrail, due, check_ins)| {
            format!("\n### Key result: k\n\n{weight}{guardrail}{due}{fields}{check_ins}")
        },
    )
}

fn plan() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec!["", "", "- Type: aspirational\n", "- Type: learning\n"]);
    let key_results = prop::collection::vec(key_result(), 0..5);
    let objective = (kind, weight(), key_results);
    prop::collection::vec(objective, 1..5).prop_map(|objectives| {
        let mut text = "---\nperiod: 2026-Q4\n---\n".to_owned();
        for (kind, weight, key_results) in objectives {
            let _ = write!(
                text,
                "\n## Objective: o\n\n{kind}{weight}{}",
                key_results.concat()
            );
        }
        text
    })
}

#[test]
fn steps_weights_and_guardrails_count_as_they_do_in_status() {
    check(
        "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n- Weight: 2\n\n### Key result: steps\n\n\
         - [x] Step (weight 2): a (due 2026-11-01)\n- [ ] Step: b\n\n### Key result: heavy\n\n- Weight: 3\n\
         - Baseline: 20 days\n- Target: below 12 days\n\n| Date | Value |\n| --- | --- |\n| 2026-11-20 | 12 days |\n\n\
         ### Key result: guarded\n\n- Guardrail: yes\n- Target: at most 2%\n\n| Date | Value |\n| --- | --- |\n\
         | 2026-11-20 | 3% |\n\n## Objective: nothing below it\n",
    );
}

#[test]
fn the_day_of_check_ins_says_who_is_silent() {
    let options = WriteOptions {
        check_in_day: Some(Weekday::Wednesday),
        ..WriteOptions::default()
    };
    let text = "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: Sign 20 accounts\n\n\
                ### Key result: Cut disputes from 20 to 10\n\n\
                | Date | Value |\n| --- | --- |\n| 2026-10-07 | 18 |\n";
    check_on(text, &options);
    check(text);
}

proptest! {
    #[test]
    fn a_workbook_says_what_status_says(text in plan()) {
        check(&text);
    }
}
