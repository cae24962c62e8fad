//! Laws that hold for the table of every platform.

use okr_core::model::Plan;
use okr_render::{DIALECTS, Dialect, Exported, WriteOptions};
use okr_templates::TEMPLATES;
use proptest::prelude::*;

use crate::formats::{PAYLOADS, assert_same, formulas, plan_of};
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
