//! `okr due`

use serde_json::{Value, json};
use snapbox::str;

use crate::reports::{due_schema, valid};
use crate::support::sandbox::Sandbox;

/// A plan of which something is late, something due, and something in time.
const PLAN: &str = "\
---
plan: Accounts
period: 2026-Q4
owner: Dana Reyes
---

## Objective 1: Get paid sooner

- [ ] Hire a collector (due 2026-11-20)

### Key result 1.1: Raise on-time payments from 60% to 80%

- Owner: Sam Ortiz
- [x] Train the team (due 2026-11-01)
- [ ] Write the letters (@kim, due 2026-11-23)

| Date | Value | Status | Note |
| --- | --- | --- | --- |
| 2026-10-30 | 65% | on track | |
| 2026-11-06 | 70% | off track | *Bank* file blocked |

### Key result 1.2: Cut DSO from 52 to 44 days

| Date | Value | Status |
| --- | --- | --- |
| 2026-11-13 | 51 days | on track |
| 2026-11-20 | 50 days | on track |

### Key result 1.3: Publish the guide by 15 November 2026

- Target: done

| Date | Status |
| --- | --- |
| 2026-11-13 | on track |
";

#[test]
fn the_most_overdue_comes_first() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    sandbox
        .okr("due --format text")
        .success()
        .prints(str![[r#"
9 days late    Sam Ortiz   1.1 Raise on-time payments from 60% to 80%
                           check-in; since 2026-11-13
7 days late    Dana Reyes  1.3 Publish the guide by 15 November 2026
                           last word: achieved, cancelled or paused;
                           since 2026-11-15
2 days late    Dana Reyes  1.0.1 Hire a collector
                           initiative; since 2026-11-20
tomorrow       kim         1.1.2 Write the letters
                           initiative

"#]])
        .says(str![[r#"
late: 1 check-in, 1 last word, 1 initiative; 1 due soon

"#]]);
}

#[test]
fn a_pipe_gets_lines_with_tabs() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    sandbox
        .okr("due")
        .success()
        .prints(str![[r#"
days_late	due	kind	owner	path	element	title
9	2026-11-13	check-in	Sam Ortiz	plan.md	1.1	Raise on-time payments from 60% to 80%
7	2026-11-15	last-word	Dana Reyes	plan.md	1.3	Publish the guide by 15 November 2026
2	2026-11-20	initiative	Dana Reyes	plan.md	1.0.1	Hire a collector
-1	2026-11-23	initiative	kim	plan.md	1.1.2	Write the letters

"#]])
        .says_nothing();
}

#[test]
fn one_owner_and_a_few_days_ahead() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let titles = |line: &str| -> Vec<String> {
        let out = sandbox.okr(line).success().out();
        let lines = out.lines().skip(1);
        lines
            .map(|line| line.rsplit('\t').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(titles("due --owner Kim"), ["Write the letters"]);
    assert_eq!(
        titles("due --owner sam"),
        ["Raise on-time payments from 60% to 80%"]
    );
    assert!(titles("due --owner kim --ahead 0").is_empty());
    sandbox.okr("due --owner Pat").failure().says(str![[r#"
error: nothing belongs to Pat in these plans
help: `okr status --by owner` shows who owns what

"#]]);
}

#[test]
fn what_programs_get_obeys_its_schema() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let due = valid(&sandbox.okr("due --json").success().out(), due_schema());
    let kinds: Vec<&Value> = due["due"]
        .as_array()
        .expect("is a list")
        .iter()
        .map(|item| &item["kind"])
        .collect();
    assert_eq!(kinds, ["check-in", "last-word", "initiative", "initiative"]);
    assert_eq!(due["due"][3]["days_late"], -1);
    let mut wrong = due.clone();
    wrong["due"][0]["kind"] = json!("other");
    assert!(!due_schema().is_valid(&wrong));
}

#[test]
fn a_closed_plan_and_one_without_check_ins_to_come_owe_nothing() {
    let closed = PLAN.replacen("owner:", "closed: 2026-11-21\nowner:", 1);
    let sandbox = Sandbox::with(&[("plan.md", &closed)]);
    sandbox.okr("due --format text").success().prints(str![[r#"
nothing is owed

"#]]);
}

#[test]
fn the_digest_tells_the_week() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    sandbox
        .okr("due --format md")
        .success()
        .prints(str![[r#"
## OKRs, week to 22 November 2026

- **Accounts, Q4 2026**: on track, 25% done where 71% is expected; net confidence +100: 2 green, 0 yellow, 0 red, 1 silent

### What moved

- **1.2** Cut DSO from 52 to 44 days: 51 days → 50 days, 25% done where 57% is expected

### What needs a decision

- **1.2** Cut DSO from 52 to 44 days: said to be on track, off track by the numbers; Dana Reyes
- **1.3** Publish the guide by 15 November 2026: ended on 2026-11-15 and is neither achieved, cancelled nor paused; Dana Reyes

### What is late

- **Sam Ortiz**: check-in of 1.1 Raise on-time payments from 60% to 80%, 9 days late
- **Dana Reyes**: last word (achieved, cancelled or paused) of 1.3 Publish the guide by 15 November 2026, 7 days late
- **Dana Reyes**: initiative 1.0.1 Hire a collector, 2 days late

"#]])
        .says_nothing();
}

#[test]
fn the_digest_tells_first_values_and_what_people_said() {
    let key_result = |title: &str, fields: &str, value: &str, note: &str| {
        format!(
            "### Key result: {title}\n\n{fields}\n\n| Date | Value | Status | Note |\n\
             | --- | --- | --- | --- |\n| 2026-11-20 | {value} | red | {note} |\n\n"
        )
    };
    let plan = [
        "---\nperiod: 2026-Q4\n---\n\n## Objective: Fewer disputes\n\n- Owner: Kim\n\n".to_owned(),
        key_result(
            "Know the rate of disputes",
            "- Target: a first value",
            "4%",
            "source: log.csv, cell B2, 2026-11-20",
        ),
        key_result(
            "Cut open invoices from 9 to 0",
            "- Unit: invoices",
            "1 invoices",
            "IT is late (source: log.csv, cell B2, 2026-11-20) (corrected 2026-11-21: was 2 invoices)",
        ),
        key_result("Publish the guide", "- Target: done", "1", ""),
    ];
    let sandbox = Sandbox::with(&[("plan.md", &plan.concat())]);
    sandbox
        .okr("due --format md")
        .success()
        .prints(str![[r#"
## OKRs, week to 22 November 2026

- **Plan, Q4 2026**: off track, 96% done where 19% is expected; net confidence -100: 0 green, 0 yellow, 3 red, 0 silent

### What moved

- **1.1** Know the rate of disputes: 4%, the first value
- **1.2** Cut open invoices from 9 to 0: 1 invoice, the first value, 88% done where 57% is expected
- **1.3** Publish the guide: done

### What needs a decision

- **1.1** Know the rate of disputes: off track; said to be off track, achieved by the numbers; Kim
- **1.2** Cut open invoices from 9 to 0: off track; said to be off track, on track by the numbers; Kim: “IT is late”
- **1.3** Publish the guide: off track; said to be off track, achieved by the numbers; Kim

### What is late

Nothing.

"#]])
        .says_nothing();
}

#[test]
fn a_calendar_is_the_same_each_time_and_has_the_days_of_the_plan() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let run = sandbox.okr("due --format ics");
    let text = String::from_utf8(run.success().stdout.clone()).expect("is UTF-8");
    assert_eq!(
        text,
        String::from_utf8(sandbox.okr("due --format ics").stdout).unwrap()
    );
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"),
        "{text}"
    );
    assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"), "{text}");
    let uids = |text: &str| -> Vec<String> {
        let lines = text.replace("\r\n ", "");
        lines
            .lines()
            .filter_map(|line| Some(line.strip_prefix("UID:")?.to_owned()))
            .collect()
    };
    let names = uids(&text);
    // Thirteen weekly slots, that of 15 November, the middle and the end.
    assert_eq!(names.len(), 16, "{names:?}");
    assert_eq!(names[0], "accounts-2026-q4-2026-10-09-check-in@okr");
    let later =
        String::from_utf8(sandbox.okr("due --format ics --today 2026-12-01").stdout).unwrap();
    assert_eq!(uids(&later), names);
    assert!(later.contains("DTSTAMP:20261201T000000Z"), "{later}");
    sandbox.write("copy.md", PLAN);
    let both = String::from_utf8(sandbox.okr("due --format ics").stdout).unwrap();
    let mut all = uids(&both);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 32);
    sandbox.write("none.md", "## Objective: o\n\n### Key result: k\n");
    sandbox
        .okr("due none.md --format ics")
        .failure()
        .says(str![[r#"
error: no plan says for which period it is, so it has no days
help: write one, such as: okr set PLAN plan period 2026-Q4

"#]]);
}

#[test]
fn steps_are_told_from_initiatives() {
    let plan = "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: The ledger is new\n\n- Owner: Kim\n- Target: done\n- [ ] Step (weight 2): Contract signed (due 2026-11-13)\n- [ ] Call the vendor (due 2026-11-20)\n\n| Date | Status |\n| --- | --- |\n| 2026-11-20 | on track |\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let run = sandbox.okr("due plan.md --format text");
    run.success();
    let (out, all) = (run.out(), run.out() + &run.err());
    assert!(out.contains("1.1.1 Contract signed\n"), "{out}");
    assert!(out.contains("step; since 2026-11-13"), "{out}");
    assert!(out.contains("initiative; since 2026-11-20"), "{out}");
    assert!(all.contains("late: 1 initiative, 1 step\n"), "{all}");
    let digest = sandbox.okr("due plan.md --format md");
    assert!(
        digest
            .out()
            .contains(": step 1.1.1 Contract signed, 9 days late"),
        "{}",
        digest.out()
    );
    // Programs get the words as they stand in the plan.
    let table = sandbox.okr("due plan.md --format table").out();
    assert!(
        table.contains("\tinitiative\tKim\tplan.md\t1.1.1\tStep (weight 2): Contract signed\n"),
        "{table}"
    );
}
