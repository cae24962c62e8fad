//! Laws that hold for the table of every platform.

use jiff::civil::Date;
use okr_core::model::{CheckIn, Inline, Plan, Status, parse_date};
use okr_render::import::{self, ImportOptions};
use okr_render::{DIALECTS, Dialect, Exported, WriteOptions};
use okr_templates::TEMPLATES;
use proptest::prelude::*;

use crate::formats::assert_same;
use crate::formulas::{PAYLOADS, formulas, plan_of};
use crate::support::sandbox::Sandbox;
use crate::support::strategies::plan;

fn written() -> impl Iterator<Item = &'static Dialect> {
    DIALECTS
        .iter()
        .copied()
        .filter(|dialect| dialect.is_written())
}

#[track_caller]
fn write(dialect: &Dialect, plan: &Plan) -> Exported {
    dialect
        .write(plan, &WriteOptions::default())
        .unwrap_or_else(|error| panic!("{}: {error}", dialect.name))
}

/// Returns the rows of a table; all must have as many cells as there are headings.
#[track_caller]
fn rows(table: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table);
    let records = reader
        .records()
        .map(|record| record.expect("rows are even"));
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn no_text_of_a_plan_is_a_formula_on_any_platform() {
    for dialect in written() {
        for payload in PAYLOADS {
            let exported = write(dialect, &plan_of(payload));
            // A name with an at sign calls nothing, and a platform may know people by it.
            let live: Vec<_> = formulas(&exported.bytes)
                .into_iter()
                .filter(|cell| cell != "@ada")
                .collect();
            assert_eq!(live, [""; 0], "{}: {payload:?}", dialect.name);
        }
    }
}

#[test]
fn what_is_guarded_is_told_with_its_cell() {
    for dialect in written() {
        let exported = write(dialect, &plan_of("- call the customer"));
        let rows = rows(&exported.bytes);
        let guarded = rows.iter().flatten().filter(|cell| cell.starts_with('\''));
        let told = exported
            .notes
            .iter()
            .filter(|note| note.kind.word() == "guarded");
        assert!(
            told.clone()
                .all(|note| note.help.contains("• call the customer")),
            "{}",
            dialect.name
        );
        assert_eq!(guarded.count(), told.count(), "{}", dialect.name);
    }
}

#[test]
fn numbers_and_handles_are_not_damaged() {
    let text = "## Objective: a\n- Owner: @ada\n### KR: b\n- Owner: @ben.o\n- Baseline: -5\n- Target: to -5%\n";
    let plan = okr_core::parse(text).plan;
    for dialect in written() {
        let table = String::from_utf8(write(dialect, &plan).bytes).expect("is text");
        assert!(!table.contains('\''), "{}: {table}", dialect.name);
    }
}

#[test]
fn every_role_template_is_written_for_every_platform() {
    let sandbox = Sandbox::new();
    for (file, _) in TEMPLATES {
        let role = file.trim_end_matches(".md");
        sandbox
            .okr(&format!(
                "new {role} --period 2026-Q4 --all --owner Dana -o {file}"
            ))
            .success();
        let plan = okr_core::parse(sandbox.read(file)).plan;
        for dialect in written() {
            let exported = write(dialect, &plan);
            let table = String::from_utf8(exported.bytes.clone()).expect("is text");
            rows(&exported.bytes);
            for (_, key_result) in plan.key_results() {
                let title = key_result.title.plain().replace('"', "\"\"");
                assert!(table.contains(&*title), "{}: {title}", dialect.name);
                for initiative in &key_result.initiatives {
                    let title = initiative.title.plain().replace('"', "\"\"");
                    assert!(table.contains(&*title), "{}: {title}", dialect.name);
                }
            }
            let options = WriteOptions::default();
            let reduced = dialect.reduce(&plan, &options);
            assert_same(&dialect.reduce(&reduced, &options), &reduced, dialect.name);
        }
    }
}

/// Returns lines in which two plans differ, with what stands on the left and on the right.
fn differences(left: &Plan, right: &Plan) -> String {
    let (left, right) = (okr_core::print(left), okr_core::print(right));
    let (left, right): (Vec<_>, Vec<_>) = (left.lines().collect(), right.lines().collect());
    let mut text = String::new();
    let only = |these: &[&str], others: &[&str], mark: &str, text: &mut String| {
        for line in these.iter().filter(|line| !others.contains(line)) {
            text.extend(["    ", mark, " ", line, "\n"]);
        }
    };
    only(&left, &right, "-", &mut text);
    only(&right, &left, "+", &mut text);
    text
}

/// Returns the plan with all that a platform may have a column for, and some of what none has.
fn lived_with(mut plan: Plan, today: Date) -> Plan {
    let field = |value: &str| Inline::from_plain(value);
    let statuses = ["on track", "at risk", "done", "blocked", "as it should be"];
    let mut number = 0;
    for (at, objective) in plan.objectives.iter_mut().enumerate() {
        let fields = &mut objective.fields;
        if at % 2 == 0 {
            fields.insert(
                "Status".to_owned(),
                field(statuses[at / 2 % statuses.len()]),
            );
            fields.insert("Due".to_owned(), field("2026-11-30"));
        }
        if at % 3 == 0 {
            fields.insert("Weight".to_owned(), field(["2", "0", "0.5"][at / 3 % 3]));
        }
        for key_result in &mut objective.key_results {
            number += 1;
            let fields = &mut key_result.fields;
            if number % 3 == 0 {
                fields.insert(
                    "Weight".to_owned(),
                    field(["3", "0", "1.5"][number / 3 % 3]),
                );
                fields.insert("Guardrail".to_owned(), field("yes"));
                key_result.due = okr_core::model::parse_date("2027-02-15");
            }
            let mut check_in = CheckIn::new(today);
            check_in.status = Some(Status::ALL[number % Status::ALL.len()]);
            check_in.value.clone_from(&key_result.measure.start);
            match number % 5 {
                0 => check_in.value = None,
                1 => check_in.status = None,
                2 => {
                    check_in.status = None;
                    if let Some(value) = &mut check_in.value {
                        value.value += rust_decimal::Decimal::ONE;
                    }
                }
                _ => {}
            }
            if check_in.value.is_some() || check_in.status.is_some() {
                key_result.check_ins.push(check_in);
            }
            for initiative in &mut key_result.initiatives {
                initiative.done = number % 2 == 0;
            }
        }
    }
    plan
}

#[test]
fn what_is_written_of_a_role_template_is_read_again() {
    let sandbox = Sandbox::new();
    let today = parse_date("2026-11-22").expect("is a date");
    let mut faults = String::new();
    for (file, _) in TEMPLATES {
        let role = file.trim_end_matches(".md");
        let line = format!(
            "new {role} --period 2026-Q4 --all --owner dana@example.com --baseline 1.1=68% -o {file}"
        );
        sandbox.okr(&line).success();
        let plan = okr_core::parse(sandbox.read(file)).plan;
        let lived = lived_with(plan.clone(), today);
        for (plan, dialect) in [&plan, &lived]
            .into_iter()
            .flat_map(|plan| written().map(move |dialect| (plan, dialect)))
        {
            let table = write(dialect, plan).bytes;
            let import = import::read(&table, &ImportOptions::new(today)).expect("is a table");
            assert_eq!(import.account.dialect, Some(dialect.name));
            let back = import.plan(today).0;
            let expected = dialect.reduce(plan, &WriteOptions::default());
            if back != expected {
                let lines = differences(&expected, &back);
                faults.push_str(&format!("{} {role}:\n{lines}", dialect.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// Plans of plain words with periods, teams, days, statuses, weights and check-ins of all kinds.
fn dated_plan() -> impl Strategy<Value = Plan> {
    const PERIODS: &[&str] = &[
        "2026-Q4",
        "2026",
        "2026-H2",
        "2026-T3",
        "2026-11",
        "FY2027-Q2",
        "2026-10-05..2026-12-18",
    ];
    let of =
        |values: &'static [&'static str]| proptest::option::of(proptest::sample::select(values));
    let day = || of(&["2026-11-30", "2026-12-31", "2027-01-31", "2026-10-31"]);
    let status = || {
        of(&[
            "on track", "At risk", "done", "blocked", "paused", "as it is",
        ])
    };
    let weight = || of(&["1", "2", "0", "0.50", "1000000"]);
    let check_in = (0..Status::ALL.len(), of(&["68%", "70%"]));
    let key_result = (day(), weight(), proptest::option::of(check_in));
    let objective = (
        day(),
        status(),
        weight(),
        proptest::collection::vec(key_result, 0..3),
    );
    let objectives = proptest::collection::vec(objective, 1..4);
    let team = of(&["Finance", "Alpha, Beta"]);
    let head = (of(PERIODS), team, of(&["Accounts", "Accounts 2026"]));
    (head, objectives).prop_map(|((period, team, title), objectives)| {
        let mut text = String::new();
        let line = |name: &str, value: Option<&str>| {
            value.map_or(String::new(), |value| format!("{name}: {value}\n"))
        };
        text.push_str("---\n");
        text.push_str(&line("period", period));
        text.push_str(&line("team", team));
        text.push_str("---\n\n");
        text.push_str(&line("#", title).replace("#:", "#"));
        for (at, (due, status, weight, key_results)) in objectives.into_iter().enumerate() {
            text.push_str(&format!("\n## Objective: Get better {at}\n\n"));
            for (name, value) in [("- Due", due), ("- Status", status), ("- Weight", weight)] {
                text.push_str(&line(name, value));
            }
            for (number, (due, weight, check_in)) in key_results.into_iter().enumerate() {
                text.push_str(&format!("\n### KR: Raise the rate {at} {number}\n\n"));
                text.push_str("- Baseline: 68%\n- Target: 85%\n");
                text.push_str(&line("- Due", due));
                text.push_str(&line("- Weight", weight));
                if let Some((status, value)) = check_in {
                    let status = Status::ALL[status].word();
                    let value = value.unwrap_or_default();
                    text.push_str("\n| Date | Value | Status |\n| --- | --- | --- |\n");
                    text.push_str(&format!("| 2026-11-22 | {value} | {status} |\n"));
                }
            }
        }
        okr_core::parse(text).plan
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_is_written_evenly_and_always_the_same(plan in plan()) {
        for dialect in written() {
            let exported = write(dialect, &plan);
            rows(&exported.bytes);
            prop_assert_eq!(&write(dialect, &plan).bytes, &exported.bytes, "{}", dialect.name);
            let live: Vec<_> = formulas(&exported.bytes)
                .into_iter()
                .filter(|cell| !cell.starts_with('@'))
                .collect();
            prop_assert!(live.is_empty(), "{}: {:?}", dialect.name, live);
        }
    }
    #[test]
    fn periods_days_statuses_and_weights_come_back_as_declared(plan in dated_plan()) {
        let today = parse_date("2026-11-22").expect("is a date");
        for dialect in written() {
            let table = write(dialect, &plan).bytes;
            let import = import::read(&table, &ImportOptions::new(today)).expect("is a table");
            let back = import.plan(today).0;
            let expected = dialect.reduce(&plan, &WriteOptions::default());
            let lines = differences(&expected, &back);
            prop_assert!(back == expected, "{}:\n{}", dialect.name, lines);
        }
    }
}
