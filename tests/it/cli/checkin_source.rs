//! `okr checkin --from-source`

use snapbox::str;

use crate::reports::{checkin_schema, valid};
use crate::support::sandbox::Sandbox;

const PLAN: &str = "\
---
period: 2026-Q4
---

# Cash

## Objective 1: Get paid sooner

### Key result 1.1: Cut DSO from 60 days to 30 days

- Source: measure dso from ar.csv

### Key result 1.2: Cut what is overdue from EUR 900 to EUR 500

- Source: log.csv, last of Overdue, dated Day

### Key result 1.3: Fewer questions

- Target: 5 questions
- Source: the inbox, on Mondays

### Key result 1.4: Cut disputes from 9 to 2 disputes

- Source: gone.csv, cell A2

### Key result 1.5: Move net cash from EUR -400 to EUR 100

- Source: log.csv, last of Net, dated Day
";

const AR: &str = "\
Number,Invoice date,Due date,Amount,Paid on
1,2026-10-05,2026-11-04,600,2026-11-02
2,2026-11-05,2026-12-05,300,
";

const LOG: &str = "\
Day,Overdue,Net
2026-11-13,800,-200
2026-11-20,720,-150
";

fn sandbox() -> Sandbox {
    Sandbox::with(&[("plan.md", PLAN), ("ar.csv", AR), ("log.csv", LOG)])
}

/// Returns the rows of all check-ins, without the blanks that line them up.
fn rows(sandbox: &Sandbox) -> Vec<String> {
    let text = sandbox.read("plan.md");
    let rows = text.lines().filter(|line| line.starts_with("| 2"));
    rows.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn a_source_gives_the_value_its_day_and_its_place() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 1.2 --from-source")
        .success()
        .prints_nothing()
        .says(str![[r#"
plan.md: 1.2 on 2026-11-20: EUR 720;
  45% of the way, expected 57% (EUR 670) by today; the numbers say ! at risk;
  next check-in by 2026-11-27

"#]]);
    assert_eq!(
        rows(&sandbox),
        ["| 2026-11-20 | EUR 720 | | | source: log.csv, last of Overdue, 2 rows, 2026-11-20 |",]
    );
    // Nothing has changed in the file, and so nothing changes in the plan.
    let before = sandbox.read("plan.md");
    let run = sandbox.okr("checkin plan.md 1.2 --from-source");
    run.success();
    assert!(run.err().contains("says so already"), "{}", run.err());
    assert_eq!(sandbox.read("plan.md"), before);
}

#[test]
fn words_and_source_both_stand_in_the_note() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 1.2 --from-source --note 'two big payers' --status yellow -c 6")
        .success();
    assert_eq!(
        rows(&sandbox),
        [
            "| 2026-11-20 | EUR 720 | at risk | 6 | two big payers (source: log.csv, last of Overdue, 2 rows, 2026-11-20) |",
        ]
    );
    // Where a value comes from does not say what is in the way.
    let run = sandbox.okr("checkin plan.md 1.1 --from-source --status red");
    run.success();
    let said = run.err();
    assert!(said.contains("off track without a note"), "{said}");
}

#[test]
fn a_value_below_zero_is_no_step() {
    let plan = "## Objective 1: A\n\n### Key result 1.1: Raise the score from -10 to 10\n\n- Source: a.csv, cell A2\n\n| Date | Value |\n| --- | --- |\n| 2026-11-13 | -7 |\n";
    let sandbox = Sandbox::with(&[("plan.md", plan), ("a.csv", "Score\n-3\n")]);
    sandbox.okr("checkin plan.md 1.1 --from-source").success();
    assert_eq!(
        rows(&sandbox)[1],
        "| 2026-11-22 | -3 | source: a.csv, cell A2, 2026-11-22 |"
    );
}

#[test]
fn a_day_in_the_past_is_measured_as_of_that_day() {
    let sandbox = sandbox();
    // On the last day of October all that was invoiced was still open, over 90 days.
    sandbox
        .okr("checkin plan.md 1.1 --from-source --date 2026-10-31")
        .success();
    sandbox.okr("checkin plan.md 1.1 --from-source").success();
    assert_eq!(
        rows(&sandbox),
        [
            "| 2026-10-31 | 90 days | | | source: dso from ar.csv, 1 row, 2026-10-31 |",
            "| 2026-11-22 | 30 days | | | source: dso from ar.csv, 2 rows, 2026-11-22 |",
        ]
    );
    // Of what a file says of later days nothing is taken.
    let run = sandbox.okr("checkin plan.md 1.2 --from-source --date 2026-11-15");
    run.success();
    assert_eq!(
        rows(&sandbox)[2],
        "| 2026-11-15 | EUR 800 | | | source: log.csv, last of Overdue, 1 row, 2026-11-13 |"
    );
    let run = sandbox.okr("checkin plan.md 1.2 --from-source --date 2026-11-10");
    run.failure().prints_nothing().says(str![[r#"
error: cannot take it from log.csv: no row is of 2026-11-10 or before; the first is of 2026-11-13

"#]]);
}

#[test]
fn what_somebody_wrote_beside_a_value_of_a_source_keeps_it_from_being_taken_twice() {
    let sandbox = sandbox();
    sandbox.okr("checkin plan.md 1.2 --from-source").success();
    let plan = sandbox.read("plan.md");
    let by_hand = plan.replace(
        "source: log.csv, last of Overdue, 2 rows, 2026-11-20",
        "two big payers",
    );
    assert_ne!(plan, by_hand);
    sandbox.write("plan.md", &by_hand);
    let again = sandbox.okr("checkin plan.md 1.2 --from-source");
    again.success().says(str![[r#"
plan.md: 1.2 says so already on 2026-11-20: EUR 720, "two big payers"; plan.md is as it was

"#]]);
    assert_eq!(rows(&sandbox).len(), 1);
    let more = sandbox.okr("checkin plan.md 1.2 --from-source --note 'and a third'");
    more.success();
    assert_eq!(rows(&sandbox).len(), 2);
}

#[test]
fn a_number_that_can_be_two_is_refused_with_both() {
    let sandbox = sandbox();
    sandbox.write("gone.csv", "Open\n\"118,500\"\n");
    let run = sandbox.okr("checkin plan.md 1.4 --from-source");
    run.failure().says(str![[r#"
error: cannot take it from gone.csv: cell A2: `118,500` can be a thousand or more, or have three decimals; write 118500 or 118.5

"#]]);
}

#[test]
fn all_sources_are_taken_and_one_that_fails_stops_no_other() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md --from-source")
        .findings()
        .prints_nothing()
        .says(str![[r#"
plan.md: 1.1 30 days; target met, 100% of the way, expected 57% (43 days);
  the numbers say * achieved; next check-in by 2026-11-27
plan.md: 1.2 on 2026-11-20: EUR 720;
  45% of the way, expected 57% (EUR 670) by today; the numbers say ! at risk;
  next check-in by 2026-11-27
warning: plan.md: 1.4 not recorded: cannot read ./gone.csv: No such file or directory (os error 2)
plan.md: 1.5 on 2026-11-20: EUR -150;
  50% of the way, expected 57% (EUR -112) by today; the numbers say + on track;
  next check-in by 2026-11-27

"#]]);
    assert_eq!(
        rows(&sandbox),
        [
            "| 2026-11-22 | 30 days | | | source: dso from ar.csv, 2 rows, 2026-11-22 |",
            "| 2026-11-20 | EUR 720 | | | source: log.csv, last of Overdue, 2 rows, 2026-11-20 |",
            "| 2026-11-20 | EUR -150 | | | source: log.csv, last of Net, 2 rows, 2026-11-20 |",
        ]
    );
    sandbox.write("gone.csv", "Open\n4\n");
    sandbox
        .okr("checkin plan.md --from-source --note 'after the call'")
        .success();
    assert_eq!(rows(&sandbox).len(), 7);
}

#[test]
fn dry_runs_show_all_and_json_obeys_its_schema() {
    let sandbox = sandbox();
    let out = sandbox
        .okr("checkin plan.md --from-source --dry-run")
        .findings()
        .out();
    let added = out.lines().filter(|line| line.starts_with("+| 2026"));
    assert_eq!(added.count(), 3, "{out}");
    let json = sandbox
        .okr("checkin plan.md --from-source --dry-run --json")
        .findings()
        .out();
    let json = valid(&json, checkin_schema());
    assert_eq!(json["check_ins"][1]["row"]["value"], "EUR 720");
    assert_eq!(json["check_ins"][1]["written"], false);
    assert_eq!(json["failed"][0]["element"], "1.4");
    assert_eq!(sandbox.read("plan.md"), PLAN);
    let json = sandbox
        .okr("checkin plan.md 1.2 --from-source --json")
        .success()
        .out();
    let json = valid(&json, checkin_schema());
    assert_eq!(
        json["row"]["note"],
        "source: log.csv, last of Overdue, 2 rows, 2026-11-20"
    );
    let json = sandbox
        .okr("checkin plan.md --from-source --json")
        .findings()
        .out();
    let json = valid(&json, checkin_schema());
    assert_eq!(json["check_ins"][0]["written"], true);
    assert_eq!(json["check_ins"][1]["deed"], "unchanged");
}

#[test]
fn a_plan_that_comes_through_a_pipe_goes_on() {
    let sandbox = sandbox();
    let piped = sandbox
        .okr_reading("checkin - --from-source", PLAN.as_bytes())
        .findings()
        .out();
    let single = sandbox
        .okr_reading("checkin - 1.2 --from-source", PLAN.as_bytes())
        .success()
        .out();
    sandbox.okr("checkin plan.md --from-source").findings();
    assert_eq!(piped, sandbox.read("plan.md"));
    assert!(single.contains("EUR 720"), "{single}");
}

#[test]
fn what_has_no_source_is_told() {
    let sandbox = sandbox();
    sandbox.write("bare.md", "## Objective 1: A\n\n### Key result 1.1: B\n");
    for (line, expected) in [
        (
            "checkin plan.md 1.3 --from-source",
            "key result 1.3 has no source that okr can read",
        ),
        (
            "checkin bare.md --from-source",
            "no key result of bare.md has a source to read",
        ),
        ("checkin plan.md 1.2 5 --from-source", "cannot be used with"),
        ("checkin plan.md --note late", "not provided"),
    ] {
        let run = sandbox.okr(line);
        run.failure().prints_nothing();
        assert!(run.err().contains(expected), "{line}: {}", run.err());
    }
    assert_eq!(sandbox.read("plan.md"), PLAN);
}

#[test]
fn a_third_yellow_asks_for_a_call_and_stops_no_other() {
    let table = "| Date | Value | Status |\n| --- | --- | --- |\n| 2026-11-06 | EUR 700 | at risk |\n| 2026-11-13 | EUR 700 | at risk |\n";
    let plan = format!(
        "---\nperiod: 2026-Q4\n---\n\n## Objective 1: A\n\n### Key result 1.1: Cut what is overdue from EUR 1000 to EUR 370\n\n- Source: log.csv, last of Overdue, dated Day\n\n{table}\n### Key result 1.2: Cut what is overdue from EUR 900 to EUR 500\n\n- Source: log.csv, last of Overdue, dated Day\n"
    );
    let sandbox = Sandbox::with(&[("plan.md", &plan), ("log.csv", LOG)]);
    let run = sandbox.okr("checkin plan.md --from-source");
    run.findings();
    let said = run.err();
    assert!(
        said.contains("1.1 not recorded: this would make 3 check-ins in a row at risk"),
        "{said}"
    );
    assert_eq!(rows(&sandbox).len(), 3);
}
