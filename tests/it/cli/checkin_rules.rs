//! What the rules, many at once and other programs make of `okr checkin`.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use snapbox::str;

use super::checkin::{PLAN, refused, sandbox};
use super::{BY_HAND, THREE_HEADINGS};
use crate::reports::checkin_schema;
use crate::support::sandbox::{Sandbox, wait};

#[test]
fn the_third_yellow_in_a_row_asks_for_a_call() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 1.1 72 'late again' -s yellow")
        .success()
        .says(str![[r#"
plan.md: 1.1 71% → 72%; 60% of the way, expected 57% (72%);
  you say ! at risk, the numbers say + on track; next check-in by 2026-11-27
notice: at risk for 2 in a row: the next check-in must be on track or off track

"#]]);
    let before = sandbox.read("plan.md");
    let third = "checkin plan.md 1.1 70 'still late' --today 2026-11-27";
    sandbox
        .okr(&format!("{third} -s yellow"))
        .failure()
        .says(str![[r#"
error: this would make 3 check-ins in a row at risk, since 2026-11-13; nothing was written
help: decide: --status red (the numbers say at risk) or --status green, with a note on what blocks and who helps; --force records yellow all the same

"#]]);
    // Confidence and numbers that are yellow are no way around it.
    sandbox.okr(&format!("{third} -c 5")).failure();
    sandbox.okr(third).failure();
    // Where the numbers are on track, that is what is proposed.
    sandbox
        .okr(&third.replace("70", "79").replace("late'", "late' -s yellow"))
        .failure()
        .says(str![[r#"
error: this would make 3 check-ins in a row at risk, since 2026-11-13; nothing was written
help: decide: --status green (the numbers say on track) or --status red, with a note on what blocks and who helps; --force records yellow all the same

"#]]);
    assert_eq!(sandbox.read("plan.md"), before);
    let run = sandbox.okr(&format!("{third} -s yellow --force"));
    run.success().says(str![[r#"
plan.md: 1.1 72% → 70%; 50% of the way, expected 63% (73%);
  you and the numbers say ! at risk; next check-in by 2026-12-04
warning: at risk for 3 check-ins in a row, which okr check reports as an error

"#]]);
    let run = sandbox.okr("check plan.md --select yellow-run --today 2026-11-27");
    run.findings();
    // A missed week neither cures nor counts.
    sandbox.write("plan.md", &before);
    let later = third.replace("11-27", "12-11");
    sandbox.okr(&format!("{later} -s yellow")).failure();
    sandbox.okr(&format!("{later} -s red")).success();
    // Another of the same week is no third one.
    sandbox.write("plan.md", &before);
    sandbox
        .okr("checkin plan.md 1.1 72 again -s yellow --date 2026-11-21")
        .success();
}

#[test]
fn a_check_in_of_a_day_before_may_make_the_third() {
    let sandbox = sandbox();
    let line = "checkin plan.md 1.1 72 why -s yellow";
    sandbox.okr(&format!("{line} --today 2026-11-27")).success();
    sandbox
        .okr(&format!("{line} --today 2026-11-27 --date 2026-11-20"))
        .failure();
    sandbox.okr(&format!("{line} --date 2026-10-30")).success();
}

#[test]
fn a_yellow_or_red_without_a_note_is_told() {
    sandbox()
        .okr("checkin plan.md 1.2 4 -s red")
        .success()
        .says(str![[r#"
plan.md: 1.2 4 accounts; 20% of the way, expected 57% (12 accounts);
  you and the numbers say x off track; next check-in by 2026-11-27
warning: off track without a note
help: say what blocks, what is next and who helps: the same again with --correct and --note "…"

"#]]);
}

#[test]
fn a_correction_leaves_a_trace() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 1.1 70% --correct")
        .success()
        .says(str![[r#"
plan.md: 1.1 on 2026-11-13 corrected: 71% → 70%;
  50% of the way, expected 57% (72%) by today;
  you say ! at risk, the numbers say + on track; a check-in was due 2026-11-20

"#]]);
    let row = "at risk  |          5 | Bank file is late (corrected 2026-11-22: was 71%) |\n";
    assert!(
        sandbox.read("plan.md").contains(row),
        "{}",
        sandbox.read("plan.md")
    );
    sandbox
        .okr("checkin plan.md 1.1 --correct --date 2026-11-06 -s red -c 3 --note 'not out yet'")
        .success()
        .says(str![[r#"
plan.md: 1.1 on 2026-11-06 corrected: on track → off track, confidence 7 → 3, another note;
  70% stays; on that day 50% of the way, expected 40% (68%);
  you say x off track, the numbers say + on track;
  today 70% of 2026-11-13, 50% of the way, expected 57% (72%);
  a check-in was due 2026-11-20

"#]]);
    let after = sandbox.read("plan.md");
    assert!(
        after.contains("was on track, confidence 7, \"First reminder run out\")"),
        "{after}"
    );
    sandbox
        .okr("checkin plan.md 1.1 70% --correct")
        .success()
        .says(str![[r#"
plan.md: 1.1 says so already on 2026-11-13: 70%, at risk, confidence 5, "Bank file is late (corrected 2026-11-22: was 71%)"; plan.md is as it was

"#]]);
    assert_eq!(sandbox.read("plan.md"), after);
    let said = refused(&[
        "1.1 70% --correct --date 2026-11-20",
        "1.1 +1 --correct",
        "1.1 --correct",
        "1.2 7 --correct",
    ]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 70% --correct --date 2026-11-20
error: key result 1.1 has no check-in of 2026-11-20
help: the last ones are of 2026-11-06, 2026-11-13

$ okr checkin plan.md 1.1 +1 --correct
error: `+1` is a step, from nobody knows where
help: write the value as it should be, like 71%

$ okr checkin plan.md 1.1 --correct
error: there is nothing to record for key result 1.1
help: write a value like 71%, or give --status, --confidence or --note

$ okr checkin plan.md 1.2 7 --correct
error: key result 1.2 has no check-in
help: record one first, without --correct and --remove


"#]]
    );
}

#[test]
fn what_is_added_and_removed_leaves_the_same_bytes() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 1.1 72% news -s green")
        .success();
    snapbox::assert_data_eq!(
        sandbox.okr("checkin plan.md 1.1 --remove").failure().err(),
        str![[r#"
error: nobody is at a terminal to agree to the removal
help: add --yes to remove it, or --dry-run to see it

"#]]
    );
    sandbox
        .okr("checkin plan.md 1.1 --remove --dry-run")
        .success()
        .prints(str![[r#"
--- plan.md
+++ plan.md
@@ -14,7 +14,6 @@
 | ---------- | ----: | -------- | ---------: | ---------------------- |
 | 2026-11-06 |   70% | on track |          7 | First reminder run out |
 | 2026-11-13 |   71% | at risk  |          5 | Bank file is late      |
-| 2026-11-22 |   72% | on track |            | news                   |
 
 ### Key result 1.2: Sign 20 accounts up for direct debit
 

"#]]);
    sandbox
        .okr("checkin plan.md 1.1 --remove --yes")
        .success()
        .says(str![[r#"
plan.md: 1.1 check-in of 2026-11-22 removed: 72%, on track, "news"; the last value is 71%;
  a check-in was due 2026-11-20

"#]]);
    assert_eq!(sandbox.read("plan.md"), PLAN);
    snapbox::assert_data_eq!(
        refused(&["1.1 --remove --yes --date 2026-11-14", "1.2 --remove --yes"]),
        str![[r#"
$ okr checkin plan.md 1.1 --remove --yes --date 2026-11-14
error: key result 1.1 has no check-in of 2026-11-14
help: the last ones are of 2026-11-06, 2026-11-13

$ okr checkin plan.md 1.2 --remove --yes
error: key result 1.2 has no check-in
help: record one first, without --correct and --remove


"#]]
    );
}

#[test]
fn of_one_day_all_stay_and_the_last_counts() {
    let sandbox = sandbox();
    sandbox.okr("checkin plan.md 1.1 72").success();
    sandbox
        .okr("checkin plan.md 1.1 73")
        .success()
        .says(str![[r#"
plan.md: 1.1 72% → 73%; 65% of the way, expected 57% (72%);
  the numbers say + on track; next check-in by 2026-11-27
warning: 2026-11-22 has a check-in already: 72%; the last one counts
help: use --correct to put one in its place

"#]]);
    let before = sandbox.read("plan.md");
    sandbox
        .okr("checkin plan.md 1.1 73")
        .success()
        .says(str![[r#"
plan.md: 1.1 says so already on 2026-11-22: 73%; plan.md is as it was

"#]]);
    assert_eq!(sandbox.read("plan.md"), before);
}

#[test]
fn a_dry_run_shows_the_row() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 1.1 72 --dry-run")
        .success()
        .prints(str![[r#"
--- plan.md
+++ plan.md
@@ -14,6 +14,7 @@
 | ---------- | ----: | -------- | ---------: | ---------------------- |
 | 2026-11-06 |   70% | on track |          7 | First reminder run out |
 | 2026-11-13 |   71% | at risk  |          5 | Bank file is late      |
+| 2026-11-22 |   72% |          |            |                        |
 
 ### Key result 1.2: Sign 20 accounts up for direct debit
 

"#]]);
    assert_eq!(sandbox.read("plan.md"), PLAN);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let sandbox = Sandbox::new();
    let run = sandbox.okr_reading("checkin - 1.1 72", PLAN.as_bytes());
    run.success().says(str![[r#"
1.1 71% → 72%; 60% of the way, expected 57% (72%); the numbers say + on track;
  next check-in by 2026-11-27

"#]]);
    let added = run.out().len() - PLAN.len();
    assert_eq!(
        added,
        "| 2026-11-22 |   72% |          |            |                        |\n".len()
    );
    let run = sandbox.okr_reading("checkin - 1.1 72 --json", PLAN.as_bytes());
    run.failure().prints_nothing();
    let run = sandbox.okr_reading("checkin -", PLAN.as_bytes());
    run.findings();
}

#[test]
fn what_is_due_is_listed_with_what_to_type() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md")
        .findings()
        .prints(str![[r#"
7 check-ins are due in plan.md

1.1  Raise on-time payments from 60% to 80%
  was due 2026-11-20; last 71% on 2026-11-13; ! at risk; _#;
  ======|----- 55% of the way, expected 57% (72%)
  okr checkin plan.md 1.1 VALUE

1.2  Sign 20 accounts up for direct debit
  never started, was due 2026-11-20; no value yet, baseline 0 accounts;
  ------|----- 0% of the way, expected 57% (12 accounts)
  okr checkin plan.md 1.2 VALUE

1.3  Publish the refund guide
  never started, was due 2026-11-20; a milestone, done or not done
  okr checkin plan.md 1.3 VALUE

1.4  Keep credit notes at or below 2% of billings
  never started, was due 2026-11-20; no value yet
  okr checkin plan.md 1.4 VALUE

2.1  Move net cash from EUR -40k to EUR 10k
  never started, was due 2026-11-20; no value yet, baseline EUR -40,000;
  ------|----- 0% of the way, expected 57% (EUR -11,196)
  okr checkin plan.md 2.1 VALUE

2.2  Raise the collection rate by 25%
  never started, was due 2026-11-20; no value yet
  okr checkin plan.md 2.2 VALUE

2.3  Answer reminders
  never started, was due 2026-11-20; no value yet
  okr checkin plan.md 2.3 VALUE

"#]])
        .says_nothing();
    assert_eq!(sandbox.read("plan.md"), PLAN);
    for (number, value) in [
        ("1.1", "72"),
        ("1.2", "4"),
        ("1.3", "'not done'"),
        ("1.4", "1"),
        ("2.1", "0"),
        ("2.3", "4"),
    ] {
        sandbox
            .okr(&format!("checkin plan.md {number} {value}"))
            .success();
    }
    sandbox.okr("checkin plan.md 2.2 70").findings();
    sandbox
        .okr("checkin plan.md")
        .success()
        .prints(str![[r#"
no check-in is due in plan.md

"#]])
        .says_nothing();
    let early = sandbox.okr("checkin plan.md --today 2026-11-23");
    early.success().prints(str![[r#"
no check-in is due in plan.md before 2026-11-27

"#]]);
    let json = sandbox.okr("checkin plan.md --today 2026-11-23 --json");
    assert!(json.success().out().contains("\"reporting\": \"upcoming\""));
    sandbox.okr("checkin plan.md --today 2026-11-26").findings();
    sandbox.okr("checkin plan.md --today 2027-02-01").findings();
}

#[test]
fn only_a_plan_has_check_ins() {
    let sandbox = Sandbox::with(&[
        ("notes.md", "# Notes\n"),
        ("plan.csv", "a,b\n"),
        ("bare.md", THREE_HEADINGS),
    ]);
    let mut said = String::new();
    for line in [
        "checkin notes.md",
        "checkin plan.csv 1.1 5",
        "checkin none.md 1.1 5",
    ] {
        let run = sandbox.okr(line);
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr {line}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin notes.md
error: notes.md is no plan: it has no objective

$ okr checkin plan.csv 1.1 5
error: plan.csv is no Markdown file, and check-ins go into Markdown plans only
help: name the .md file; `okr import` brings check-ins from a workbook

$ okr checkin none.md 1.1 5
error: cannot read none.md: there is no such file or folder
help: did you mean notes.md?


"#]]
    );
    sandbox.okr("checkin bare.md").success().prints(str![[r#"
no check-in is due in bare.md: it has no period, which would tell the days

"#]]);
}

#[test]
fn json_obeys_its_schema() {
    let sandbox = sandbox();
    for (line, code) in [
        ("1.1 72 note -s green -c 8 --json", 0),
        ("1.1 72 note -s green -c 8 --json", 0),
        ("1.1 71 --correct --json", 0),
        ("1.2 4 -s yellow --json --dry-run", 0),
        ("1.1 --remove --yes --json", 0),
        ("2.2 72 --json", 1),
        ("1.3 done --json", 0),
        ("--json", 1),
    ] {
        let run = sandbox.okr(&format!("checkin plan.md {line}"));
        if code == 0 {
            run.success();
        } else {
            run.findings();
        }
        run.says_nothing();
        let json: serde_json::Value = serde_json::from_str(&run.out()).expect("is JSON");
        let faults: Vec<_> = checkin_schema()
            .iter_errors(&json)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{line}: {faults:#?}\n{}", run.out());
    }
    sandbox
        .okr("checkin plan.md 1.1 74 'second run' -s yellow --json")
        .success()
        .prints(str![[r#"
{
  "schema": "okr-checkin/1",
  "path": "plan.md",
  "element": "1.1",
  "title": "Raise on-time payments from 60% to 80%",
  "deed": "added",
  "written": true,
  "row": {
    "date": "2026-11-22",
    "value": "74%",
    "status": "at risk",
    "confidence": null,
    "note": "second run"
  },
  "before": "71%",
  "after": "74%",
  "percent": 70,
  "met": false,
  "expected_percent": 57,
  "expected": "72%",
  "computed": "on track",
  "on_day": null,
  "status": "at risk",
  "next": "2026-11-27",
  "yellows": 2,
  "notice": "at risk for 2 in a row: the next check-in must be on track or off track",
  "warnings": []
}

"#]]);
}

#[test]
fn words_of_a_plan_reach_no_terminal_as_codes() {
    let plan = PLAN.replace("Publish the refund guide", "Publish \u{1b}[31mit\u{1b}[0m");
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    let run = sandbox.okr("checkin plan.md --color always");
    assert!(!run.out().contains("\u{1b}[31mit"), "{:?}", run.out());
    let run = sandbox.okr("checkin plan.md 1.1 72 \u{1b}[31mred");
    assert!(!run.err().contains('\u{1b}'), "{:?}", run.err());
}

/// Two hundred processes at once; a machine of two cores takes some ten seconds for them.
#[test]
fn two_hundred_check_ins_at_once_all_land() {
    const PROCESSES: usize = 200;
    /// How long all of them may take.
    const PATIENCE: Duration = Duration::from_secs(240);
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    let start = Instant::now();
    let children: Vec<_> = (0..PROCESSES)
        .map(|number| {
            let key_result = if number % 2 == 0 { "1.1" } else { "1.2" };
            let line = format!("checkin plan.md {key_result} {number}% 'number {number}'");
            let mut command = sandbox.command(&line);
            command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::piped());
            command.spawn().expect("starts")
        })
        .collect();
    for mut child in children {
        let status = wait(&mut child, PATIENCE.saturating_sub(start.elapsed()));
        let mut said = String::new();
        if let Some(mut stderr) = child.stderr.take() {
            std::io::Read::read_to_string(&mut stderr, &mut said).expect("is UTF-8");
        }
        // A target without a baseline is something to look at.
        let code = status.and_then(|status| status.code());
        assert!(matches!(code, Some(0 | 1)), "{status:?}: {said}");
    }
    let after = sandbox.read("plan.md");
    let plan = okr_core::parse(after.clone()).plan;
    let mut numbers: Vec<String> = plan
        .key_results()
        .flat_map(|(_, key_result)| &key_result.check_ins)
        .filter_map(|row| row.note.as_ref())
        .map(|note| note.plain().into_owned())
        .collect();
    numbers.sort_unstable();
    let mut expected: Vec<String> = (0..PROCESSES)
        .map(|number| format!("number {number}"))
        .collect();
    expected.sort_unstable();
    assert_eq!(numbers, expected);
    // Every other line is as it was; the table has one more column.
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let others = |text: &str| -> Vec<String> {
        let lines = text.split_inclusive('\n').filter(|line| !is_row(line));
        lines
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(others(&after), others(BY_HAND));
    assert_eq!(sandbox.list(), ["plan.md"]);
    assert!(fs::metadata(sandbox.path("plan.md")).is_ok_and(|file| file.len() > 0));
}

#[test]
fn a_check_in_into_a_closed_plan_is_told_that_it_is_closed() {
    let plan = "---\nperiod: 2026-Q4\nclosed: 2026-11-20\n---\n\n## Objective: Get paid\n\n\
                ### Key result: Raise on-time payments from 60% to 80%\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let run = sandbox.okr("checkin plan.md 1.1 70%");
    let said = run.err();
    assert!(
        said.contains(
            "the plan was closed on 2026-11-20, and what its closing says stays as it is"
        ),
        "{said}"
    );
    assert!(sandbox.read("plan.md").contains("2026-11-22"));
}
