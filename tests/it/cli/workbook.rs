//! Workbooks: written, filled in, and taken back.

use snapbox::str;

use crate::support::sandbox::Sandbox;

/// The plan from which the workbooks in `fixtures/workbooks/` were written.
const FILLED: &str = include_str!("../../fixtures/plans/valid/accounts-receivable.md");

/// Its workbook, filled in and saved by LibreOffice.
const FILLED_IN: &[u8] = include_bytes!("../../fixtures/workbooks/filled-in-libreoffice.xlsx");

#[test]
fn a_workbook_comes_back_with_its_check_ins() {
    let sandbox = Sandbox::with(&[("plan.md", FILLED)]);
    sandbox
        .okr("render plan.md -o plan.xlsx")
        .success()
        .says(str![[r#"
wrote plan.xlsx

"#]]);
    sandbox
        .okr("render plan.xlsx -o back.md")
        .success()
        .says(str![[r#"
wrote back.md

"#]]);
    let back = sandbox.read("back.md");
    assert!(back.contains("Reminders run since Monday"), "{back}");
    let again = sandbox.bytes("plan.xlsx");
    sandbox.okr("render plan.md -o again.xlsx").success();
    assert!(again == sandbox.bytes("again.xlsx"), "the same bytes twice");
}

#[test]
fn what_was_filled_in_becomes_check_ins() {
    let sandbox = Sandbox::with(&[("plan.md", FILLED)]);
    sandbox.write("filled.xlsx", FILLED_IN);
    sandbox.okr("render plan.md -o plan.xlsx").success();
    sandbox.okr("render plan.xlsx -o before.md").success();
    sandbox.okr("render filled.xlsx -o after.md").success();
    let before = sandbox.read("before.md");
    let after = sandbox.read("after.md");
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let known: Vec<_> = before.lines().map(words).collect();
    let added: Vec<_> = after
        .lines()
        .map(words)
        .filter(|line| !known.contains(line) && !line.starts_with("| -"))
        .collect();
    assert_eq!(
        added,
        [
            "| 2026-11-20 | 76% | on track | | |",
            "| 2026-11-20 | | | 6 | slow week |",
        ]
    );
}

#[test]
fn a_plain_workbook_does_not_take_the_place_of_a_plan_with_check_ins() {
    let sandbox = Sandbox::with(&[(
        "plan.md",
        "## Objective: a\n\n### KR: b\n\n| Date | Value |\n| --- | --- |\n| 2026-10-09 | 5 |\n",
    )]);
    sandbox.okr("render plan.md -o plan.xlsx --plain").success();
    sandbox
        .okr("render plan.xlsx -o plan.md --force")
        .failure()
        .says(str![[r#"
info[derived-column]: Current and Status of key results are not read, because they follow from check-ins
--> plan.xlsx
 = help: record a new value as a check-in of the plan
error: plan.md holds 1 check-in, which XLSX cannot carry: they would be lost
help: write to another file, as in -o plan-from-xlsx.md

"#]]);
    sandbox.okr("render plan.xlsx -o other.md").success();
}

#[test]
fn what_makes_no_sense_of_a_workbook_is_refused() {
    let sandbox = Sandbox::with(&[("plan.md", super::THREE_HEADINGS)]);
    let mut said = String::new();
    for line in [
        "render plan.md -o plan.csv --plain",
        "render plan.md -o plan.ods",
        "render plan.md -o plan.xls",
        "render plan.md --to ods",
        "render - --from xlsx --to md",
    ] {
        let run = sandbox.okr(line);
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr {line}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr render plan.md -o plan.csv --plain
error: --plain is of workbooks, not of csv
help: leave it out, or write a workbook with --to xlsx

$ okr render plan.md -o plan.ods
error: okr writes no .ods file
help: write plan.xlsx, which spreadsheet programs open

$ okr render plan.md -o plan.xls
error: okr writes no .xls file
help: write plan.xlsx, which spreadsheet programs open

$ okr render plan.md --to ods
error: okr writes no .ods file
help: write plan.xlsx, which spreadsheet programs open

$ okr render - --from xlsx --to md
error: cannot read <stdin> as xlsx: it is no XLSX workbook


"#]]
    );
    assert_eq!(sandbox.list(), ["plan.md"]);
}

#[test]
fn a_starter_plan_may_have_a_workbook_beside_it() {
    let sandbox = Sandbox::new();
    sandbox
        .okr("new accounts-team --period 2027-Q1 -o plan.md --also xlsx")
        .success();
    assert_eq!(sandbox.list(), ["plan.md", "plan.xlsx"]);
    sandbox.okr("render plan.xlsx -o back.md").success();
}
