//! What `okr checkin` says of other days than today, of what is corrected, and of what cannot be.

use snapbox::str;

use super::checkin::{PLAN, refused, sandbox};
use crate::reports::{checkin_schema, valid};
use crate::support::sandbox::Sandbox;

/// Says what several runs say, one after the other in the same plan.
fn said(runs: &[&str]) -> String {
    let sandbox = sandbox();
    let runs = runs.iter().map(|arguments| {
        let run = sandbox.okr(&format!("checkin plan.md {arguments}"));
        format!("$ okr checkin plan.md {arguments}\n{}\n", run.err())
    });
    runs.collect()
}

#[test]
fn a_day_that_others_have_followed_is_told_apart_from_today() {
    let said = said(&[
        "1.1 65 --date 2026-11-10",
        "1.1 66 --date 2026-11-11 -c 5",
        "1.3 'not done' --date 2026-11-13",
        "1.3 'not done' --date 2026-11-06",
    ]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 65 --date 2026-11-10
plan.md: 1.1 on 2026-11-10: 70% → 65%;
  on that day 25% of the way, expected 44% (69%); the numbers say ! at risk;
  today 71% of 2026-11-13, 55% of the way, expected 57% (72%);
  a check-in was due 2026-11-20

$ okr checkin plan.md 1.1 66 --date 2026-11-11 -c 5
plan.md: 1.1 on 2026-11-11: 65% → 66%;
  on that day 30% of the way, expected 45% (69%);
  confidence 5 stands for ! at risk, the numbers say ! at risk;
  today 71% of 2026-11-13, 55% of the way, expected 57% (72%);
  a check-in was due 2026-11-20

$ okr checkin plan.md 1.3 'not done' --date 2026-11-13
plan.md: 1.3 on 2026-11-13: not done; a check-in was due 2026-11-20

$ okr checkin plan.md 1.3 'not done' --date 2026-11-06
plan.md: 1.3 on 2026-11-06: not done; today not done of 2026-11-13;
  a check-in was due 2026-11-20


"#]]
    );
}

#[test]
fn json_tells_where_the_numbers_stood_on_the_day() {
    let sandbox = sandbox();
    let said = sandbox.okr("checkin plan.md 1.1 65 --date 2026-11-10 --json");
    let said = valid(&said.success().out(), checkin_schema());
    assert_eq!(said["percent"], 55);
    assert_eq!(said["on_day"]["percent"], 25);
    assert_eq!(said["on_day"]["expected_percent"], 44);
}

#[test]
fn a_run_of_yellows_that_is_over_asks_for_nothing_more() {
    let sandbox = sandbox();
    let record = |arguments: &str| {
        let run = sandbox.okr(&format!("checkin plan.md 1.2 {arguments}"));
        run.success().err()
    };
    record("3 hm --date 2026-10-09 -s yellow");
    record("6 hm --date 2026-10-23 -s green");
    let second = record("4 hm --date 2026-10-16 -s yellow");
    assert!(!second.contains("notice"), "{second}");
}

#[test]
fn a_correction_says_what_it_changes_and_leaves_one_trace_a_day() {
    let said = said(&[
        "1.1 72 --correct",
        "1.1 72 --correct",
        "1.1 73 --correct --note 'The file came'",
        "1.1 73 --correct --note 'The file came'",
        "1.1 --correct --confidence 6",
        "1.1 --correct --note ''",
        "1.1 --correct --note ''",
        "1.1 - '' --correct --status red",
    ]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 72 --correct
plan.md: 1.1 on 2026-11-13 corrected: 71% → 72%;
  60% of the way, expected 57% (72%) by today;
  you say ! at risk, the numbers say + on track; a check-in was due 2026-11-20

$ okr checkin plan.md 1.1 72 --correct
plan.md: 1.1 says so already on 2026-11-13: 72%, at risk, confidence 5, "Bank file is late (corrected 2026-11-22: was 71%)"; plan.md is as it was

$ okr checkin plan.md 1.1 73 --correct --note 'The file came'
plan.md: 1.1 on 2026-11-13 corrected: 72% → 73%, another note;
  65% of the way, expected 57% (72%) by today;
  you say ! at risk, the numbers say + on track; a check-in was due 2026-11-20

$ okr checkin plan.md 1.1 73 --correct --note 'The file came'
plan.md: 1.1 says so already on 2026-11-13: 73%, at risk, confidence 5, "The file came (corrected 2026-11-22: was 71%, then 72%, "Bank file is late")"; plan.md is as it was

$ okr checkin plan.md 1.1 --correct --confidence 6
plan.md: 1.1 on 2026-11-13 corrected: confidence 5 → 6; 73% stays;
  65% of the way, expected 57% (72%) by today;
  you say ! at risk, the numbers say + on track; a check-in was due 2026-11-20

$ okr checkin plan.md 1.1 --correct --note ''
plan.md: 1.1 on 2026-11-13 corrected: no note any more; 73% stays;
  65% of the way, expected 57% (72%) by today;
  you say ! at risk, the numbers say + on track; a check-in was due 2026-11-20
warning: at risk without a note
help: say what blocks, what is next and who helps: the same again with --correct and --note "…"

$ okr checkin plan.md 1.1 --correct --note ''
plan.md: 1.1 says so already on 2026-11-13: 73%, at risk, confidence 6, "(corrected 2026-11-22: was 71%, then 72%, "Bank file is late", then confidence 5, then "The file came")"; plan.md is as it was

$ okr checkin plan.md 1.1 - '' --correct --status red
plan.md: 1.1 on 2026-11-13 corrected: at risk → off track; 73% stays;
  65% of the way, expected 57% (72%) by today;
  you say x off track, the numbers say + on track; a check-in was due 2026-11-20
warning: off track without a note
help: say what blocks, what is next and who helps: the same again with --correct and --note "…"
warning: you say off track, and the numbers say on track
help: say in the note what the numbers do not know


"#]]
    );
}

#[test]
fn after_the_last_day_a_last_word_is_asked_for() {
    let said = said(&[
        "1.1 78 -s green --date 2026-12-31 --today 2027-01-04",
        "1.1 - -s achieved --today 2027-01-04",
        "1.3 done --today 2027-01-04",
    ]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 78 -s green --date 2026-12-31 --today 2027-01-04
plan.md: 1.1 on 2026-12-31: 71% → 78%;
  90% of the way, expected 100% (80%) by today;
  you say + on track, the numbers say x off track
notice: its last day was 2026-12-31: a last word is owed, which is achieved, cancelled or paused

$ okr checkin plan.md 1.1 - -s achieved --today 2027-01-04
plan.md: 1.1 78% as before; 90% of the way, expected 100% (80%);
  you say * achieved, the numbers say x off track

$ okr checkin plan.md 1.3 done --today 2027-01-04
plan.md: 1.3 done; you and the numbers say * achieved


"#]]
    );
    let sandbox = sandbox();
    let run = sandbox.okr("checkin plan.md --today 2027-01-04 --json");
    let due = valid(&run.findings().out(), checkin_schema());
    assert_eq!(due["due"][0]["reporting"], "over");
    assert_eq!(due["due"][0]["due"], "2026-12-31");
    let closed = PLAN.replacen("period: 2026-Q4", "period: 2026-Q4\nclosed: 2027-01-02", 1);
    sandbox.write("plan.md", &closed);
    let run = sandbox.okr("checkin plan.md --today 2027-01-04");
    run.success().prints(str![[r#"
no check-in is due in plan.md: it was closed on 2027-01-02

"#]]);
}

#[test]
fn what_cannot_be_is_recorded_with_a_warning() {
    let said = said(&["1.1 620%", "1.1 =-5 --correct", "1.2 -4", "2.1 =-50k"]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 620%
plan.md: 1.1 71% → 620%; target met, 2800% of the way, expected 57% (72%);
  the numbers say * achieved; next check-in by 2026-11-27
warning: 620% is more than all of it
help: if it is a slip: `okr checkin plan.md 1.1 VALUE --correct`

$ okr checkin plan.md 1.1 =-5 --correct
plan.md: 1.1 on 2026-11-22 corrected: 620% → -5%;
  -325% of the way, expected 57% (72%); the numbers say x off track;
  next check-in by 2026-11-27
warning: a share of -5% is less than none
help: if it is a slip: `okr checkin plan.md 1.1 VALUE --correct`

$ okr checkin plan.md 1.2 -4
plan.md: 1.2 -4 accounts; -20% of the way, expected 57% (12 accounts);
  the numbers say x off track; next check-in by 2026-11-27
warning: `-4` was read as a step, from 0 accounts to -4 accounts
help: the value itself is written =-4
warning: -4 accounts is less than none
help: if it is a slip: `okr checkin plan.md 1.2 VALUE --correct`

$ okr checkin plan.md 2.1 =-50k
plan.md: 2.1 EUR -50,000; -20% of the way, expected 57% (EUR -11,196);
  the numbers say x off track; next check-in by 2026-11-27


"#]]
    );
}

#[test]
fn a_plain_number_takes_no_unit_of_something_else() {
    let plan = PLAN
        .replace("- Baseline: 0 accounts\n", "")
        .replace("- Target: 20 accounts\n", "");
    let sandbox = sandbox();
    sandbox.write("plan.md", &plan);
    let mut said = String::new();
    for value in ["'3 weeks'", "5%", "'+2 weeks'", "'EUR 4'"] {
        let run = sandbox.okr(&format!("checkin plan.md 1.2 {value}"));
        said.push_str(&run.failure().err());
        said.push('\n');
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
error: 3 weeks does not fit key result 1.2, which counts without a unit
help: write 3, or give the target its unit: `okr set PLAN 1.2 unit UNIT`

error: 5% does not fit key result 1.2, which counts without a unit
help: write 5, or give the target its unit: `okr set PLAN 1.2 unit UNIT`

error: 2 weeks does not fit key result 1.2, which counts without a unit
help: write 2, or give the target its unit: `okr set PLAN 1.2 unit UNIT`

error: EUR 4 does not fit key result 1.2, which counts without a unit
help: write 4, or give the target its unit: `okr set PLAN 1.2 unit UNIT`


"#]]
    );
    sandbox.okr("checkin plan.md 1.2 '3 accounts'").success();
    sandbox.okr("checkin plan.md 1.2 +1").success();
    let text = sandbox.read("plan.md");
    let rows: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("| 2026-11-22"))
        .collect();
    assert!(
        rows[0].contains(" 3 ") && rows[1].contains(" 4 "),
        "{rows:?}"
    );
}

#[test]
fn days_to_come_are_refused() {
    snapbox::assert_data_eq!(
        refused(&["1.1 72 --date 2026-11-27", "1.1 72 --date soon"]),
        str![[r#"
$ okr checkin plan.md 1.1 72 --date 2026-11-27
error: 2026-11-27 is still to come: today is 2026-11-22
help: write the day for which it speaks, or --force if that is it

$ okr checkin plan.md 1.1 72 --date soon
error: invalid value 'soon' for '--date <DATE>': write a date like 2026-11-22


"#]]
    );
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 1.1 72 --date 2026-11-27 --force")
        .success()
        .says(str![[r#"
plan.md: 1.1 on 2026-11-27: 71% → 72%; 60% of the way, expected 63% (73%);
  the numbers say + on track; next check-in by 2026-12-04
warning: 2026-11-27 is still to come, and the check-in counts from that day on

"#]]);
    sandbox
        .okr("checkin plan.md 1.1 62 --date 2026-09-27")
        .success()
        .says(str![[r#"
plan.md: 1.1 on 2026-09-27: 62%; on that day 10% of the way, expected 0% (60%);
  the numbers say + on track;
  today 71% of 2026-11-13, 55% of the way, expected 57% (72%);
  a check-in was due 2026-11-20
warning: 2026-09-27 is before 2026-10-01, the first day of the plan

"#]]);
}

#[test]
fn a_status_may_stand_in_the_place_of_a_value_and_a_unit_behind_it() {
    let plan = "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: Cut DSO from 52 to 44 days\n";
    let row = |arguments: &str| {
        let sandbox = Sandbox::with(&[("plan.md", plan)]);
        let run = sandbox.okr(&format!("checkin plan.md 1.1 {arguments}"));
        let after = sandbox.read("plan.md");
        let row = after.lines().find(|line| line.starts_with("| 2026"));
        let row = row.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "));
        row.unwrap_or_else(|| run.err())
    };
    assert_eq!(
        row("y 'two payers are late'"),
        "| 2026-11-22 | | at risk | | two payers are late |"
    );
    assert_eq!(row("50 days"), "| 2026-11-22 | 50 days | | | |");
    assert_eq!(
        row("50 'days go by'"),
        "| 2026-11-22 | 50 days | | | days go by |"
    );
    let refused = row("50 weeks");
    assert!(
        refused.contains("50 weeks does not fit a measure in days"),
        "{refused}"
    );
}

#[test]
fn a_plan_that_is_closed_owes_no_check_in() {
    let plan = "---\nperiod: 2026-Q4\nclosed: 2026-11-20\n---\n\n## Objective: o\n\n### Key result: Cut DSO from 52 to 44 days\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let run = sandbox.okr("checkin plan.md");
    run.success();
    assert_eq!(
        run.out(),
        "no check-in is due in plan.md: it was closed on 2026-11-20\n"
    );
}

#[test]
fn a_value_that_is_far_off_and_one_without_a_start_are_told() {
    let plan = "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: Cut errors from 8% to 6%\n\n### Key result: Follow the procedure\n\n- Baseline: to be measured\n- Direction: increase\n- Target: 95%\n";
    let said = |arguments: &str| {
        let sandbox = Sandbox::with(&[("plan.md", plan)]);
        let run = sandbox.okr(&format!("checkin plan.md {arguments}"));
        run.success();
        run.err()
    };
    let slip = said("1.1 72");
    assert!(
        slip.contains("warning: 72% would be -3200% of the way, which is far off\n"),
        "{slip}"
    );
    assert!(
        slip.contains("`okr checkin plan.md 1.1 VALUE --correct`"),
        "{slip}"
    );
    assert!(!said("1.1 17").contains("far off"));
    let open = said("1.2 70%");
    assert!(
        open.starts_with("plan.md: 1.2 70%; no baseline to count from; next"),
        "{open}"
    );
}
