//! Laws that hold for the table of every platform.

use okr_core::model::{Plan, parse_date};
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

/// Returns what of a plan no table may lose: a line for each element.
fn outline(plan: &Plan) -> Vec<String> {
    let initiatives = |initiatives: &[okr_core::model::Initiative]| {
        let line = |initiative: &okr_core::model::Initiative| {
            let owner = initiative.owner.as_deref();
            format!(
                "{} {} {owner:?} {:?} {:?}",
                initiative.title, initiative.done, initiative.due, initiative.text
            )
        };
        initiatives.iter().map(line).collect::<Vec<_>>()
    };
    let mut lines = vec![
        format!("title {:?}", plan.title.as_ref().map(ToString::to_string)),
        format!("period {:?}", plan.period.map(|period| period.to_string())),
        format!("team {:?}", plan.team),
        format!("text {:?}", plan.text),
    ];
    for objective in &plan.objectives {
        lines.push(format!(
            "{} {:?} {:?} {:?} {:?}",
            objective.title, objective.owner, objective.commitment, objective.id, objective.text
        ));
        lines.extend(initiatives(&objective.initiatives));
        for key_result in &objective.key_results {
            let measure = &key_result.measure;
            lines.push(format!(
                "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                key_result.title,
                key_result.owner,
                key_result.due,
                measure.start,
                measure.target,
                measure.unit(),
                measure.name,
                measure.source,
                key_result.text,
            ));
            lines.extend(initiatives(&key_result.initiatives));
        }
    }
    lines
}

/// Returns whether a line came back: the same, or with a text behind which cells stand that a plan has no
/// place for, such as the dates that the platform wants for each row.
fn comes_back(expected: &str, back: &str) -> bool {
    let Some(text) = expected.strip_suffix('"') else {
        return expected == back;
    };
    back.strip_prefix(text).is_some_and(|more| {
        let cells = more.trim_end_matches('"').trim_start_matches("\\n\\n");
        let is_cell = |line: &str| {
            let names = ["Due: ", "Start date: ", "Status: ", "Teams: "];
            line.is_empty() || names.iter().any(|name| line.starts_with(name))
        };
        cells.split("\\n").all(is_cell)
    })
}

#[test]
fn what_is_written_of_a_role_template_is_read_again() {
    let sandbox = Sandbox::new();
    let mut faults = String::new();
    for (file, _) in TEMPLATES {
        let role = file.trim_end_matches(".md");
        let line = format!(
            "new {role} --period 2026-Q4 --all --owner dana@example.com --baseline 1.1=68% -o {file}"
        );
        sandbox.okr(&line).success();
        let plan = okr_core::parse(sandbox.read(file)).plan;
        for dialect in written() {
            let today = parse_date("2026-11-22").expect("is a date");
            let table = write(dialect, &plan).bytes;
            let import = import::read(&table, &ImportOptions::new(today)).expect("is a table");
            assert_eq!(import.account.dialect, Some(dialect.name));
            let back = outline(&import.plan(today).0);
            let expected = outline(&dialect.reduce(&plan, &WriteOptions::default()));
            let pairs = expected.iter().zip(&back);
            for (one, two) in pairs.filter(|(one, two)| !comes_back(one, two)) {
                faults.push_str(&format!("{} {role}:\n  {one}\n  {two}\n", dialect.name));
            }
            if expected.len() != back.len() {
                let (one, two) = (expected.len(), back.len());
                faults.push_str(&format!(
                    "{} {role}: {one} lines became {two}\n",
                    dialect.name
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
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
}
