//! `okr checkin`; what happens at a terminal is in `tests/tools/walk.rs`.

use snapbox::str;

use super::{BY_HAND, THREE_HEADINGS};
use crate::support::sandbox::Sandbox;

/// A plan with one key result of each kind.
pub(super) const PLAN: &str = "\
---
period: 2026-Q4
---

# Cash

## Objective 1: Get paid sooner

- Owner: Dana Reyes

### Key result 1.1: Raise on-time payments from 60% to 80%

| Date       | Value | Status   | Confidence | Note                   |
| ---------- | ----: | -------- | ---------: | ---------------------- |
| 2026-11-06 |   70% | on track |          7 | First reminder run out |
| 2026-11-13 |   71% | at risk  |          5 | Bank file is late      |

### Key result 1.2: Sign 20 accounts up for direct debit

- Id: debit
- Baseline: 0 accounts
- Target: 20 accounts

### Key result 1.3: Publish the refund guide

- Target: done

### Key result 1.4: Keep credit notes at or below 2% of billings

- Direction: keep
- Target: at most 2%

## Objective 2: Nobody waits for cash

### Key result 2.1: Move net cash from EUR -40k to EUR 10k

- Baseline: EUR -40,000
- Target: to EUR 10,000

### Key result 2.2: Raise the collection rate by 25%

- Unit: %
- Target: +25%

### Key result 2.3: Answer reminders

- Unit: reminders
";

pub(super) fn sandbox() -> Sandbox {
    Sandbox::with(&[("plan.md", PLAN)])
}

/// Checks what is written for a key result: its line in the plan, without the blanks that line it up.
#[track_caller]
fn check(arguments: &str, expected: &str) {
    let sandbox = sandbox();
    let run = sandbox.okr(&format!("checkin plan.md {arguments}"));
    let after = sandbox.read("plan.md");
    let new: Vec<String> = after
        .lines()
        .filter(|line| line.starts_with("| 2") && !PLAN.contains(line))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(new, [expected], "{}", run.err());
    assert_eq!(sandbox.list(), ["plan.md"]);
}

/// Returns what is said of several runs, each in a plan of its own, in which nothing changes.
#[track_caller]
pub(super) fn refused(arguments: &[&str]) -> String {
    let mut said = String::new();
    for arguments in arguments {
        let sandbox = sandbox();
        let run = sandbox.okr(&format!("checkin plan.md {arguments}"));
        run.failure().prints_nothing();
        assert_eq!(sandbox.read("plan.md"), PLAN, "{arguments}");
        said.push_str(&format!(
            "$ okr checkin plan.md {arguments}\n{}\n",
            run.err()
        ));
    }
    said
}

#[test]
fn a_check_in_is_one_row_and_no_other_byte() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 1.1 72% 'first reminder run out'")
        .success()
        .prints_nothing()
        .says(str![[r#"
plan.md: 1.1 71% → 72%; 60% of the way, expected 57% (72%);
  the numbers say + on track; next check-in by 2026-11-27

"#]]);
    let row = "| 2026-11-22 |   72% |          |            | first reminder run out |\n";
    let last = "| 2026-11-13 |   71% | at risk  |          5 | Bank file is late      |\n";
    let expected = PLAN.replace(last, &format!("{last}{row}"));
    assert_eq!(sandbox.read("plan.md"), expected);
    let sandbox = Sandbox::with(&[("plan.md", BY_HAND)]);
    sandbox.okr("checkin plan.md 1.1 72").success();
    let expected = BY_HAND.replacen(
        "| 2026-10-09 | 70% |\r\n",
        "| 2026-10-09 | 70% |\r\n| 2026-11-22 | 72% |\r\n",
        1,
    );
    assert_eq!(sandbox.read("plan.md"), expected);
}

#[test]
fn a_value_is_in_the_unit_of_its_measure() {
    check("1.1 72", "| 2026-11-22 | 72% | | | |");
    check("1.1 '72 %'", "| 2026-11-22 | 72% | | | |");
    check("1.2 7", "| 2026-11-22 | 7 accounts | | | |");
    check("1.2 '1 account'", "| 2026-11-22 | 1 accounts | | | |");
    check("2.1 '€5k'", "| 2026-11-22 | EUR 5000 | | | |");
    check("2.3 12", "| 2026-11-22 | 12 reminders | | | |");
}

#[test]
fn a_step_starts_from_what_was_last() {
    check("1.1 +3", "| 2026-11-22 | 74% | | | |");
    check("1.1 -2", "| 2026-11-22 | 69% | | | |");
    check("1.1 '+1.5 points'", "| 2026-11-22 | 72.5% | | | |");
    check("1.1 +1 --date 2026-11-10", "| 2026-11-10 | 71% | | | |");
    check("1.2 +3", "| 2026-11-22 | 3 accounts | | | |");
    check("2.1 +5000", "| 2026-11-22 | EUR -35,000 | | | |");
    check("2.1 -31k", "| 2026-11-22 | EUR -71,000 | | | |");
    check("2.1 =-15k", "| 2026-11-22 | EUR -15,000 | | | |");
    check("2.3 +2", "| 2026-11-22 | 2 reminders | | | |");
}

#[test]
fn a_step_where_values_may_be_below_zero_says_what_it_was_read_as() {
    let sandbox = sandbox();
    let run = sandbox.okr("checkin plan.md 2.1 -31k");
    run.success();
    let said = run.err();
    let hint = "warning: `-31k` was read as a step, from EUR -40,000 to EUR -71,000\n\
                help: the value itself is written =-31k\n";
    assert!(said.contains(hint), "{said}");
    let corrected = sandbox.okr("checkin plan.md 2.1 =-31k --correct");
    corrected.success();
    assert!(!corrected.err().contains("step"), "{}", corrected.err());
    // A step that leads below zero, where nothing was before.
    let said = sandbox.okr("checkin plan.md 1.2 -4").err();
    assert!(said.contains("=-4"), "{said}");
    let said = sandbox.okr("checkin plan.md 1.1 -2").err();
    assert!(!said.contains("read as a step"), "{said}");
}

#[test]
fn a_milestone_is_done_or_not() {
    check("1.3 done", "| 2026-11-22 | 1 | achieved | | |");
    check(
        "1.3 'not done' 'two chapters'",
        "| 2026-11-22 | 0 | | | two chapters |",
    );
    check("1.3 1", "| 2026-11-22 | 1 | achieved | | |");
    snapbox::assert_data_eq!(
        refused(&["1.3 50%", "1.3 +1", "1.1 done"]),
        str![[r#"
$ okr checkin plan.md 1.3 50%
error: key result 1.3 is done or it is not, and `50%` is neither
help: write done or not done; how far it is can stand in the note

$ okr checkin plan.md 1.3 +1
error: key result 1.3 is done or it is not, and `+1` is neither
help: write done or not done; how far it is can stand in the note

$ okr checkin plan.md 1.1 done
error: key result 1.1 counts something, and `done` is no number
help: write a value like 71%; with - for the value and --status achieved it is closed


"#]]
    );
}

#[test]
fn steps_count_when_they_are_ticked() {
    let steps = "- Target: done\n- [x] Step: Draft it\n- [ ] Step: Have it read\n";
    let plan = PLAN.replacen("- Target: done\n", steps, 1);
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    let mut said = String::new();
    for arguments in ["1.3 50% 'draft is out'", "1.3 done", "1.3 70%"] {
        let run = sandbox.okr(&format!("checkin plan.md {arguments}"));
        said.push_str(&format!(
            "$ okr checkin plan.md {arguments}\n{}\n",
            run.err()
        ));
    }
    sandbox.okr("set plan.md 1.3.2 done yes").success();
    let run = sandbox.okr("checkin plan.md 1.3 done");
    run.success();
    said.push_str(&format!("$ okr checkin plan.md 1.3 done\n{}\n", run.err()));
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.3 50% 'draft is out'
plan.md: 1.3 50%; 50% of the way, expected 57%; the numbers say + on track;
  next check-in by 2026-11-27

$ okr checkin plan.md 1.3 done
error: the steps of key result 1.3 that are ticked come to 50%, and `done` says something else
help: tick what is done, as in `okr set PLAN 1.3.2 done yes`; without a value, what is ticked is recorded

$ okr checkin plan.md 1.3 70%
error: the steps of key result 1.3 that are ticked come to 50%, and `70%` says something else
help: tick what is done, as in `okr set PLAN 1.3.2 done yes`; without a value, what is ticked is recorded

$ okr checkin plan.md 1.3 done
plan.md: 1.3 50% → 100%; target met, 100% of the way, expected 57%;
  you and the numbers say * achieved
warning: 2026-11-22 has a check-in already: 50%, "draft is out"; the last one counts
help: use --correct to put one in its place


"#]]
    );
}

#[test]
fn without_a_period_nothing_is_expected_and_nothing_is_due() {
    let plan = PLAN.replacen("---\nperiod: 2026-Q4\n---\n", "", 1);
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    sandbox
        .okr("checkin plan.md 1.1 72 late -s yellow")
        .success()
        .says(str![[r#"
plan.md: 1.1 71% → 72%; 60% of the way; you say ! at risk

"#]]);
}

#[test]
fn what_is_to_be_learnt_is_done_when_its_owner_says_so() {
    let plan = PLAN.replacen("- Owner: Dana Reyes\n", "- Type: learning\n", 1);
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    let mut said = String::new();
    for arguments in ["1.1 72", "1.1 done 'the form is too long'"] {
        let run = sandbox.okr(&format!("checkin plan.md {arguments}"));
        run.success();
        said.push_str(&format!(
            "$ okr checkin plan.md {arguments}\n{}\n",
            run.err()
        ));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 72
plan.md: 1.1 71% → 72%; next check-in by 2026-11-27

$ okr checkin plan.md 1.1 done 'the form is too long'
plan.md: 1.1 72% as before; you and the numbers say * achieved
warning: 2026-11-22 has a check-in already: 72%; the last one counts
help: use --correct to put one in its place


"#]]
    );
}

#[test]
fn what_is_no_value_is_refused_with_what_to_write() {
    let said = refused(&[
        "1.1 '4 days'",
        "1.1 many",
        "1.1 72%x7",
        "1.2 €5",
        "1.1 '+3 days'",
        "1.1 +",
        "1.1 ++3",
        "2.2 +3",
        "1.1 --stauts",
        "1.1",
        "1.1 -",
        "1.1 99999999999999999999999999999",
    ]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 '4 days'
error: 4 days does not fit a measure in %
help: write it like 68%

$ okr checkin plan.md 1.1 many
error: there is no number in `many`
help: write it like 68%

$ okr checkin plan.md 1.1 72%x7
error: `72%x7` is more than a number and its unit
help: write it like 68%

$ okr checkin plan.md 1.2 €5
error: EUR 5 does not fit a measure in accounts
help: write it like 12 accounts

$ okr checkin plan.md 1.1 '+3 days'
error: 3 days does not fit a measure in %
help: write a step like +3, or a value like 68%; one below zero is written =-2

$ okr checkin plan.md 1.1 +
error: `+` is no step
help: write a step like +3, or a value like 68%; one below zero is written =-2

$ okr checkin plan.md 1.1 ++3
error: `++3` is no step
help: write a step like +3, or a value like 68%; one below zero is written =-2

$ okr checkin plan.md 2.2 +3
error: there is no value yet from which `+3` could be a step
help: write the value itself, like 68%; one below zero is written =-2

$ okr checkin plan.md 1.1 --stauts
error: there is no option `--stauts`
help: `okr help checkin` lists them

$ okr checkin plan.md 1.1
error: there is nothing to record for key result 1.1
help: write a value like 71%, or give --status, --confidence or --note

$ okr checkin plan.md 1.1 -
error: there is nothing to record for key result 1.1
help: write a value like 71%, or give --status, --confidence or --note

$ okr checkin plan.md 1.1 99999999999999999999999999999
error: the number has more than 28 digits
help: write it like 68%


"#]]
    );
}

#[test]
fn a_key_result_is_named_by_number_letters_anchor_and_id() {
    check("on-time 72", "| 2026-11-22 | 72% | | | |");
    check("ON-TIME 72", "| 2026-11-22 | 72% | | | |");
    check(
        "'#key-result-11-raise-on-time-payments-from-60-to-80' 72",
        "| 2026-11-22 | 72% | | | |",
    );
    check("debit 5", "| 2026-11-22 | 5 accounts | | | |");
    let said = refused(&[
        "raise 5",
        "1 5",
        "plan 5",
        "9.1 5",
        "nothing 5",
        "#nowhere 5",
    ]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md raise 5
error: `raise` may mean 2 things in this plan
help: name one by its number:
  1.1  Raise on-time payments from 60% to 80%
  2.2  Raise the collection rate by 25%

$ okr checkin plan.md 1 5
error: `1` is an objective, and check-ins are of key results
help: name a key result:
  1.1  Raise on-time payments from 60% to 80%
  1.2  Sign 20 accounts up for direct debit
  1.3  Publish the refund guide
  1.4  Keep credit notes at or below 2% of billings

$ okr checkin plan.md plan 5
error: `plan` is the plan, and check-ins are of key results
help: name a key result:
  1.1  Raise on-time payments from 60% to 80%
  1.2  Sign 20 accounts up for direct debit
  1.3  Publish the refund guide
  1.4  Keep credit notes at or below 2% of billings
  2.1  Move net cash from EUR -40k to EUR 10k
  2.2  Raise the collection rate by 25%
  2.3  Answer reminders

$ okr checkin plan.md 9.1 5
error: the plan has no element 9.1
help: it has 2 objectives

$ okr checkin plan.md nothing 5
error: no element of the plan is called `nothing`
help: name it by its number, such as 1.2, or by a few letters of its title

$ okr checkin plan.md #nowhere 5
error: no heading of the plan has the anchor `#nowhere`


"#]]
    );
}

#[test]
fn status_confidence_and_note_need_no_value() {
    check(
        "1.1 - --status red --note 'bank | IT'",
        "| 2026-11-22 | | off track | | bank \\| IT |",
    );
    check("1.1 --status g -c 8", "| 2026-11-22 | | on track | 8 | |");
    check(
        "1.1 --note '*no* news'",
        "| 2026-11-22 | | | | \\*no\\* news |",
    );
    check(
        "1.1 72 --status on-track",
        "| 2026-11-22 | 72% | on track | | |",
    );
    let said = refused(&["1.1 72 --status fine", "1.1 72 -c 11", "1.1 72 a --note b"]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 72 --status fine
error: invalid value 'fine' for '--status <STATUS>': write green, yellow or red; on-track, at-risk, off-track, achieved, paused or cancelled

$ okr checkin plan.md 1.1 72 -c 11
error: invalid value '11' for '--confidence <NUMBER>': 11 is not in 0..=10

$ okr checkin plan.md 1.1 72 a --note b
error: the argument '[NOTE]' cannot be used with '--note <NOTE>'

Usage: okr checkin <PLAN> <ELEMENT> <VALUE> <NOTE>


"#]]
    );
}

#[test]
fn what_each_kind_is_told() {
    let mut said = String::new();
    for arguments in [
        "1.1 72 'run out' -s green",
        "1.1 80",
        "1.1 85",
        "1.1 - 'no news'",
        "1.1 72 -c 3",
        "1.2 +3",
        "1.3 done",
        "1.3 'not done'",
        "1.4 1.5%",
        "1.4 3%",
        "2.1 =-15k",
        "2.3 12",
        "1.1 72 --date 2026-11-20 -s yellow",
    ] {
        let run = sandbox().okr(&format!("checkin plan.md {arguments}"));
        run.success().prints_nothing();
        said.push_str(&format!(
            "$ okr checkin plan.md {arguments}\n{}\n",
            run.err()
        ));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr checkin plan.md 1.1 72 'run out' -s green
plan.md: 1.1 71% → 72%; 60% of the way, expected 57% (72%);
  you and the numbers say + on track; next check-in by 2026-11-27

$ okr checkin plan.md 1.1 80
plan.md: 1.1 71% → 80%; target met, 100% of the way, expected 57% (72%);
  the numbers say * achieved; next check-in by 2026-11-27

$ okr checkin plan.md 1.1 85
plan.md: 1.1 71% → 85%; target met, 125% of the way, expected 57% (72%);
  the numbers say * achieved; next check-in by 2026-11-27

$ okr checkin plan.md 1.1 - 'no news'
plan.md: 1.1 71% as before; 55% of the way, expected 57% (72%);
  the numbers say + on track; next check-in by 2026-11-27

$ okr checkin plan.md 1.1 72 -c 3
plan.md: 1.1 71% → 72%; 60% of the way, expected 57% (72%);
  confidence 3 stands for x off track, the numbers say + on track;
  next check-in by 2026-11-27

$ okr checkin plan.md 1.2 +3
plan.md: 1.2 3 accounts; 15% of the way, expected 57% (12 accounts);
  the numbers say x off track; next check-in by 2026-11-27

$ okr checkin plan.md 1.3 done
plan.md: 1.3 done; you and the numbers say * achieved

$ okr checkin plan.md 1.3 'not done'
plan.md: 1.3 not done; next check-in by 2026-11-27

$ okr checkin plan.md 1.4 1.5%
plan.md: 1.4 1.5%; inside the target; the numbers say + on track;
  next check-in by 2026-11-27

$ okr checkin plan.md 1.4 3%
plan.md: 1.4 3%; outside the target; the numbers say ! at risk;
  next check-in by 2026-11-27

$ okr checkin plan.md 2.1 =-15k
plan.md: 2.1 EUR -15,000; 50% of the way, expected 57% (EUR -11,196);
  the numbers say + on track; next check-in by 2026-11-27

$ okr checkin plan.md 2.3 12
plan.md: 2.3 12 reminders; next check-in by 2026-11-27

$ okr checkin plan.md 1.1 72 --date 2026-11-20 -s yellow
plan.md: 1.1 on 2026-11-20: 71% → 72%;
  60% of the way, expected 57% (72%) by today;
  you say ! at risk, the numbers say + on track; next check-in by 2026-11-27
notice: at risk for 2 in a row: the next check-in must be on track or off track
warning: at risk without a note
help: say what blocks, what is next and who helps: the same again with --correct and --note "…"


"#]]
    );
}

#[test]
fn the_sign_of_a_change_is_its_own_and_none_of_a_step() {
    let plan = "---\nplan: Desk\nperiod: 2026-Q4\n---\n\n## Objective 1: Fewer disputes\n\n\
                ### Key result 1.1: Cut disputes by 25%\n\n| Date | Value |\n| --- | --- |\n\
                | 2026-11-06 | -16% |\n";
    for (value, now) in [("-19%", "-19%"), ("+3%", "3%"), ("=-20%", "-20%")] {
        let sandbox = Sandbox::with(&[("plan.md", plan)]);
        let run = sandbox.okr(&format!("checkin plan.md 1.1 {value}"));
        assert!(!run.err().contains("read as a step"), "{}", run.err());
        let text = sandbox.read("plan.md");
        let row = text.lines().rfind(|line| line.starts_with("| 2026-11-22"));
        assert!(
            row.is_some_and(|row| row.contains(&format!(" {now} "))),
            "{value}: {text}"
        );
    }
}

#[test]
fn a_value_without_a_baseline_is_kept_and_said_to_mean_nothing_yet() {
    let sandbox = sandbox();
    sandbox
        .okr("checkin plan.md 2.2 72")
        .findings()
        .prints_nothing()
        .says(str![[r#"
plan.md: 2.2 72%; next check-in by 2026-11-27
warning: the target is +25% of a baseline that nobody knows, so the value is held against nothing
help: say where it started: `okr set plan.md 2.2 baseline VALUE`

"#]]);
    assert!(sandbox.read("plan.md").contains("| 2026-11-22 |   72% |"));
    // The statement says so as well.
    let sandbox = Sandbox::with(&[("plan.md", THREE_HEADINGS)]);
    let run = sandbox.okr("checkin plan.md 1.1 72%");
    run.findings();
    let said = run.err().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("288% of the way"), "{said}");
    assert!(
        said.contains("so 72% is taken for the change itself"),
        "{said}"
    );
    // What is told here and what stands in the overview are one.
    let status = sandbox.okr("status plan.md --json").out();
    assert!(status.contains("\"percent\": 288"), "{status}");
    let bare = Sandbox::with(&[("plan.md", THREE_HEADINGS)]);
    let run = bare.okr("checkin plan.md 1.1 340");
    run.findings();
    assert!(!run.err().contains("of the way"), "{}", run.err());
    let status = bare.okr("status plan.md --json").out();
    assert!(status.contains("\"value\": \"340\"") && !status.contains("1360"));
    sandbox.okr("set plan.md 1.1 baseline 60%").success();
    sandbox.okr("checkin plan.md 1.1 73%").success();
}
