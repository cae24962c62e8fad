//! `okr status`

use std::fmt::Write as _;

use okr_cli::{Env, ExitStatus, run};
use okr_core::model::parse_date;
use serde_json::{Value, json};
use snapbox::str;

use crate::reports::{status_schema, valid};
use crate::support::sandbox::{Sandbox, TODAY, words};

/// A plan in the middle of its quarter, with one key result of each kind.
const PLAN: &str = "\
---
plan: Accounts
period: 2026-Q4
owner: Dana Reyes
---

# Accounts

## Objective 1: Get paid sooner

- Type: committed

### Key result 1.1: Raise on-time payments from 60% to 80%

- Owner: Sam Ortiz

| Date | Value | Status | Note |
| --- | --- | --- | --- |
| 2026-10-09 | 61% | on track | |
| 2026-10-16 | 63% | on track | |
| 2026-10-23 | 65% | on track | |
| 2026-11-06 | 68% | at risk | |
| 2026-11-13 | 70% | at risk | |
| 2026-11-20 | 71% | at risk | Bank file blocked |

### Key result 1.2: Cut DSO from 52 to 44 days

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-13 | 52 days | on track |
| 2026-11-20 | 52 days | on track |

### Key result 1.3: Keep credit notes at or below 2% of billings

| Date | Value |
| --- | --- |
| 2026-11-20 | 1.7% |

## Objective 2: Close in three days

### Key result 2.1: The close calendar is signed

- Target: done

### Key result 2.2: Sign 20 accounts

- Baseline: 0
- Target: 20

| Date | Value | Status |
| --- | --- | --- |
| 2026-10-30 | 12 | on track |
| 2026-11-20 | 21 | achieved |
";

#[test]
fn what_has_changed_is_written_as_values_are() {
    let since = |values: &str, first: &str, last: &str| {
        let table = format!(
            "| Date | Value |\n| --- | --- |\n| 2026-11-13 | {first} |\n| 2026-11-20 | {last} |\n"
        );
        let plan = format!(
            "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: k\n\n{values}\n\n{table}"
        );
        let sandbox = Sandbox::with(&[("plan.md", &plan)]);
        let out = sandbox.okr("status plan.md --format text").success().out();
        let (before, _) = out.split_once(" since ").unwrap_or_else(|| panic!("{out}"));
        let fact = before.rsplit("; ").next().unwrap_or_default();
        fact.lines().last().unwrap_or_default().trim().to_owned()
    };
    let money = "- Baseline: EUR 611,000\n- Target: EUR 400,000";
    assert_eq!(since(money, "EUR 611,000", "EUR 628,500"), "+EUR 17,500");
    assert_eq!(since(money, "EUR 611,000", "EUR 600,000"), "-EUR 11,000");
    assert_eq!(
        since("- Baseline: 60%\n- Target: 80%", "60%", "58%"),
        "-2 points"
    );
    assert_eq!(
        since("- Baseline: 9 days\n- Target: 4 days", "9 days", "8 days"),
        "-1 day"
    );
    assert_eq!(since("- Baseline: 9\n- Target: 4", "9", "8"), "-1");
}

/// Another plan, of which nothing is known yet.
const NEW: &str = "---\nplan: Billing\nperiod: 2026-Q4\n---\n\n## Objective: No errors\n\n### Key result: Cut errors from 5% to 1%\n\n- Owner: sam ortiz\n";

#[test]
fn one_plan_is_shown_in_full() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    sandbox
        .okr("status --format text")
        .success()
        .prints(str![[r#"
Accounts, Q4 2026                                             ! at risk
==========|---------  50%  expected 50%; day 53 of 92; 4 of 5 reporting;
                           net confidence +67 (2 silent); 7 of 30 check-ins came

1  Get paid sooner                                            ! at risk
   ==========----|-----  51%  expected 71%; 3 of 3 reporting; committed;
     Dana Reyes
  1.1  Raise on-time payments from 60% to 80%                 ! at risk
       ===========|--------  55%  expected 57%  _.-=##
       71%, target 80%; numbers say + on track; 3rd at risk in a row;
       forecast 81%: hit; slowing; +1 point since 2026-11-13;
       check-in in 5 days; Sam Ortiz
  1.2  Cut DSO from 52 to 44 days                             + on track
       -----------|--------   0%  expected 57%  --
       52 days, target 44 days; numbers say x off track;
       forecast 52 days: miss (2 values); unchanged since 2026-11-13;
       check-in in 5 days
  1.3  Keep credit notes at or below 2% of billings           + on track auto
       ====================       inside
       1.7%, target at most 2%; check-in in 5 days

2  Close in three days
   =====|====----------  50%  expected 28%; 1 of 2 reporting; Dana Reyes
  2.1  The close calendar is signed                           no status
       --------------------   0%  milestone
       never checked in
  2.2  Sign 20 accounts                                       * achieved
       ===========|======== 105%  expected 57%  _#
       21, target 20; +9 since 2026-10-30

To decide
  1.1  3rd check-in in a row at risk
  1.2  said to be on track, off track by the numbers
  2.1  never checked in

"#]])
        .says(str![[r#"
next: okr checkin plan.md

"#]]);
}

#[test]
fn several_plans_are_a_line_each() {
    let sandbox = Sandbox::with(&[("a.md", PLAN), ("b.md", NEW), ("README.md", "# Plans\n")]);
    sandbox
        .okr("status --format text")
        .success()
        .prints(str![[r#"
! at risk      ==========|---------  50%  Accounts, Q4 2026; 4 of 5 reporting;
                                          1 check-in late; 3 to decide
x off track    -----------|--------   0%  Billing, Q4 2026; 0 of 1 reporting;
                                          1 check-in late; 1 to decide

2 plans; ! 1 at risk; x 1 off track; 6 key results;
  net confidence +67 (3 silent); 7 of 36 check-ins came; 2 check-ins late;
  4 to decide

"#]])
        .says_nothing();
}

#[test]
fn owners_have_their_key_results_of_all_plans() {
    let sandbox = Sandbox::with(&[("a.md", PLAN), ("b.md", NEW)]);
    sandbox
        .okr("status --by owner --format text")
        .success()
        .prints(str![[r#"
Dana Reyes  4 key results
  1.2  Cut DSO from 52 to 44 days                             + on track
       -----------|--------   0%  expected 57%  --
       52 days, target 44 days; numbers say x off track;
       forecast 52 days: miss (2 values); unchanged since 2026-11-13;
       check-in in 5 days; Accounts, Q4 2026
  1.3  Keep credit notes at or below 2% of billings           + on track auto
       ====================       inside
       1.7%, target at most 2%; check-in in 5 days; Accounts, Q4 2026
  2.1  The close calendar is signed                           no status
       --------------------   0%  milestone
       never checked in; Accounts, Q4 2026
  2.2  Sign 20 accounts                                       * achieved
       ===========|======== 105%  expected 57%  _#
       21, target 20; +9 since 2026-10-30; Accounts, Q4 2026

Sam Ortiz  2 key results
  1.1  Raise on-time payments from 60% to 80%                 ! at risk
       ===========|--------  55%  expected 57%  _.-=##
       71%, target 80%; numbers say + on track; 3rd at risk in a row;
       forecast 81%: hit; slowing; +1 point since 2026-11-13;
       check-in in 5 days; Accounts, Q4 2026
  1.1  Cut errors from 5% to 1%                               x off track auto
       -----------|--------   0%  expected 57%              target 1%
       never checked in; Billing, Q4 2026

"#]])
        .says_nothing();
}

#[test]
fn a_pipe_gets_lines_with_tabs() {
    let sandbox = Sandbox::with(&[("a.md", PLAN), ("b.md", NEW)]);
    let out = sandbox.okr("status a.md").success().out();
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert!(
        lines.iter().all(|cells| cells.len() == lines[0].len()),
        "{out}"
    );
    let at = |name: &str| {
        lines[0]
            .iter()
            .position(|cell| *cell == name)
            .expect("is a column")
    };
    let elements: Vec<&str> = lines[1..]
        .iter()
        .map(|cells| cells[at("element")])
        .collect();
    assert_eq!(
        elements,
        ["plan", "1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"]
    );
    let cell = |row: usize, name: &str| lines[row][at(name)];
    assert_eq!(cell(3, "said"), "at risk");
    assert_eq!(cell(3, "computed"), "on track");
    assert_eq!((cell(3, "percent"), cell(3, "expected")), ("55", "57"));
    assert_eq!(cell(3, "decide"), "yellow-run");
    assert_eq!(
        (cell(4, "status"), cell(4, "decide")),
        ("on track", "disagreement")
    );
    assert_eq!(cell(5, "auto"), "auto");
    // 44 days since the first Friday.
    assert_eq!(
        (cell(7, "days_late"), cell(7, "reporting")),
        ("44", "never started")
    );
    let plans = sandbox.okr("status").success().out();
    assert_eq!(plans.lines().count(), 3, "{plans}");
    let owners = sandbox.okr("status --by owner").success().out();
    let names: Vec<&str> = owners
        .lines()
        .skip(1)
        .map(|line| line.split('\t').nth(17).unwrap())
        .collect();
    assert!(
        names.is_sorted_by_key(|name| name.to_lowercase()),
        "{names:?}"
    );
    assert_eq!(names.len(), 6);
}

#[test]
fn what_programs_get_obeys_its_schema() {
    let sandbox = Sandbox::with(&[
        ("a.md", PLAN),
        ("b.md", NEW),
        ("c.md", "## Objective: Alone\n"),
    ]);
    let status = valid(
        &sandbox.okr("status --json").success().out(),
        status_schema(),
    );
    assert_eq!(status["totals"]["plans"], 3);
    let first = &status["plans"][0]["objectives"][0]["key_results"][0];
    assert_eq!(first["percent"], 55);
    assert_eq!(
        first["said"],
        json!({ "date": "2026-11-20", "status": "at risk" })
    );
    assert_eq!(first["decide"], json!(["yellow-run"]));
    assert_eq!(first["change"]["from"], "70%");
    assert_eq!(first["forecast"]["method"], "Theil–Sen");
    let kept = &status["plans"][0]["objectives"][0]["key_results"][2];
    assert_eq!(
        (&kept["met"], &kept["expected_percent"]),
        (&json!(true), &Value::Null)
    );
    for (place, wrong) in [
        ("schema", json!("okr-status/2")),
        ("plans", json!([{}])),
        ("x", json!(1)),
    ] {
        let mut status = status.clone();
        status[place] = wrong;
        assert!(!status_schema().is_valid(&status), "{place}");
    }
    sandbox.write("none/x.txt", "");
    let run = sandbox.okr("status none --json");
    run.failure();
}

#[test]
fn the_state_as_of_a_day_knows_nothing_of_later_check_ins() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let at = |line: &str| -> Value {
        serde_json::from_str(&sandbox.okr(line).success().out()).expect("is JSON")
    };
    let then = at("status --json --at 2026-10-24");
    assert_eq!(then["today"], "2026-10-24");
    let first = &then["plans"][0]["objectives"][0]["key_results"][0];
    assert_eq!(
        (&first["value"], &first["status"]),
        (&json!("65%"), &json!("on track"))
    );
    assert_eq!(then, at("status --json --today 2026-10-24"));
    let text = sandbox
        .okr("status --format text --at 2026-10-24")
        .success()
        .out();
    assert!(
        text.contains("as of 24 October 2026; later check-ins do not count"),
        "{text}"
    );
}

#[test]
fn check_ins_may_be_due_on_another_day() {
    let sandbox = Sandbox::with(&[
        ("plan.md", PLAN),
        ("okr.toml", "check-in-day = \"Monday\"\n"),
    ]);
    let out = sandbox.okr("status --json").success().out();
    let status: Value = serde_json::from_str(&out).expect("is JSON");
    let first = &status["plans"][0]["objectives"][0]["key_results"][0];
    // That of 20 November came in the slot of Monday the 23rd.
    assert_eq!(first["next_check_in"], "2026-11-30");
    // The check lays the same slots out.
    let late = |text: &str| text.contains("never-started");
    assert!(late(
        &sandbox
            .okr("check --select never-started --today 2026-10-20 --format concise")
            .out()
    ));
    sandbox.write("okr.toml", "check-in-day = \"Mo\"\n");
    sandbox.okr("status").failure();
}

#[test]
fn pages_and_workbooks_know_the_day_of_check_ins() {
    let plan = "---\nperiod: 2026-Q4\n---\n\n## Objective: Fewer disputes\n\n### Key result: Sign 20 accounts\n\n\
                ### Key result: Cut disputes from 20 to 10\n\n\
                | Date | Value |\n| --- | --- |\n| 2026-10-07 | 18 |\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let written = |name: &str| {
        let line = format!("render plan.md --force -o {name}");
        sandbox.okr(&line).success();
        sandbox.bytes(name)
    };
    let (page, book) = (written("plan.html"), written("plan.xlsx"));
    assert_eq!(
        (&page, &book),
        (&written("plan.html"), &written("plan.xlsx"))
    );
    // Whoever said nothing by Wednesday the 7th is silent then, and not on Friday the 9th.
    sandbox.write("okr.toml", "check-in-day = \"Wednesday\"\n");
    assert_ne!(page, written("plan.html"));
    assert_ne!(book, written("plan.xlsx"));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_shown() {
    let sandbox = Sandbox::with(&[("a.md", PLAN)]);
    sandbox.write("b.md", b"caf\xe9");
    let run = sandbox.okr("status a.md b.md missing.md --by plan");
    run.failure();
    assert!(run.out().contains("a.md\tplan\tat risk"), "{}", run.out());
    sandbox.okr("status b.md").failure();
    sandbox.write("c.md", "# Nothing\n");
    let run = sandbox.okr("status c.md");
    run.success();
    assert!(run.err().contains("c.md is no plan"), "{}", run.err());
    let run = sandbox.okr_reading("status - --by plan", PLAN.as_bytes());
    assert!(run.success().out().contains("-\tplan\tat risk"));
}

/// Runs `okr` as if a person looked on.
fn at_a_terminal(sandbox: &Sandbox, line: &str, is_dumb: bool) -> String {
    let today = parse_date(TODAY).expect("is a date");
    let (mut env, captured) = Env::captured(today, sandbox.folder(), b"");
    env.stdout_is_terminal = true;
    env.is_dumb = is_dumb;
    let words = std::iter::once("okr".to_owned()).chain(words(line));
    assert_eq!(run(words, &env), ExitStatus::Success);
    captured.stdout()
}

#[test]
fn signs_tell_statuses_apart_without_colour() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let drawn = at_a_terminal(&sandbox, "status --color never", false);
    for sign in [
        "▲ at risk",
        "● on track auto",
        "numbers say ● on track",
        "✓ achieved",
        "┼",
        "▁",
    ] {
        assert!(drawn.contains(sign), "{sign}: {drawn}");
    }
    let dumb = at_a_terminal(&sandbox, "status", true);
    assert!(dumb.is_ascii(), "{dumb}");
    assert!(dumb.contains("! at risk"), "{dumb}");
    let coloured = at_a_terminal(&sandbox, "status --color always", false);
    let plain = anstream_strip(&coloured);
    assert_eq!(plain, drawn);
    assert_ne!(coloured, drawn);
}

fn anstream_strip(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split('\u{1b}');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find('m').expect("a colour ends");
        out.push_str(&part[end + 1..]);
    }
    out
}

#[test]
fn hostile_words_and_ten_thousand_key_results_are_shown_harmlessly() {
    let long = "word ".repeat(40);
    let mut text = format!(
        "---\nplan: \"{long}\"\nperiod: 2026-Q4\nowner: a\u{1b}[31mb\u{202e}\n---\n\n## Objective: \u{1b}]0;x\u{7} {long}\n"
    );
    for number in 0..10_000 {
        let _ = write!(
            text,
            "\n### Key result: Raise {number} \u{9b}31m from 1 to 2\n\n| Date | Value |\n| --- | --- |\n| 2026-10-30 | 1.{number} |\n"
        );
    }
    let sandbox = Sandbox::with(&[("plan.md", &text)]);
    for line in [
        "status --format text",
        "status",
        "status --json",
        "status --by owner --format text",
        "due --format text",
        "due",
        "due --format md",
        "due --format ics",
    ] {
        let out = sandbox.okr(line).success().out();
        let is_raw = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
        let is_json = line.ends_with("--json");
        assert!(is_json || !out.contains(is_raw), "{line}");
        assert!(
            out.contains("Raise 9999") || line.contains("md") || line.contains("ics"),
            "{line}"
        );
    }
}

#[test]
fn a_closed_plan_asks_for_no_decision() {
    let open = "---\nperiod: 2026-Q3\n---\n\n## Objective: Get paid\n\n### Key result: Cut DSO from 52 to 44 days\n\n\
                | Date | Value |\n| --- | --- |\n| 2026-07-10 | 51 days |\n";
    let closed = open.replace("period: 2026-Q3\n", "period: 2026-Q3\nclosed: 2026-10-02\n");
    let sandbox = Sandbox::with(&[("open.md", open), ("closed.md", &closed)]);
    let decisions = |name: &str| {
        let run = sandbox.okr(&format!("status {name} --json"));
        valid(&run.success().out(), status_schema())["totals"]["decide"].clone()
    };
    assert_eq!(decisions("open.md"), 1);
    assert_eq!(decisions("closed.md"), 0);
}

#[test]
fn what_is_expected_takes_no_other_column_and_a_missing_baseline_is_told() {
    let key_result = |title: &str, fields: &str| {
        format!(
            "### Key result: {title}\n\n{fields}\n| Date | Value |\n| --- | ---: |\n| 2026-11-06 | 61% |\n| 2026-11-13 | 62% |\n\n"
        )
    };
    let plan = [
        "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n".to_owned(),
        key_result("a", "- Baseline: 60%\n- Target: 70%\n- Due: 2026-11-15\n"),
        key_result("b", "- Baseline: 60%\n- Target: 70%\n"),
        key_result(
            "c",
            "- Baseline: to be measured\n- Direction: increase\n- Target: 70%\n",
        ),
    ]
    .concat();
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    let run = sandbox.okr("status plan.md --format text");
    run.success();
    let out = run.out();
    let column = |line: &&str| line.find("_#");
    let rows: Vec<&str> = out
        .lines()
        .filter(|line| line.contains("expected"))
        .skip(2)
        .collect();
    assert_eq!(rows.len(), 3, "{out}");
    assert!(rows[0].contains("expected 100%"), "{out}");
    assert!(column(&rows[0]).is_some(), "{out}");
    assert!(
        rows.iter().all(|row| column(row) == column(&rows[0])),
        "{out}"
    );
    assert_eq!(out.matches("no baseline to count from").count(), 1, "{out}");
}
