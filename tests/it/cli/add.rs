//! `okr add`.

use snapbox::str;

use crate::reports::{add_schema, valid};
use crate::support::sandbox::Sandbox;

const PLAN: &str = "\
---
period: 2026-Q4
---

# Cash

## Objective 1: Get paid sooner

* Owner : Dana Reyes

Why it matters.

### Key result 1.1: Cut disputes from 20 to 10

* [ ] Call them

| Date | Value |
|---|---|
| 2026-10-09 | 19 |

## Cadence

On Fridays.
";

fn sandbox() -> Sandbox {
    Sandbox::with(&[("plan.md", PLAN)])
}

/// Checks what stands in the plan besides what was there, and that all of that still stands there.
#[track_caller]
fn check(arguments: &str, behind: &str, expected: &str) {
    let sandbox = sandbox();
    let run = sandbox.okr(&format!("add plan.md {arguments}"));
    run.success().prints_nothing();
    let place = PLAN.find(behind).expect("stands in the plan") + behind.len();
    let whole = format!("{}{expected}{}", &PLAN[..place], &PLAN[place..]);
    assert_eq!(sandbox.read("plan.md"), whole);
    assert_eq!(sandbox.list(), ["plan.md"]);
}

#[test]
fn what_is_added_stands_behind_the_others() {
    check(
        "objective 'Nobody waits for cash' --owner 'Sam Ortiz'",
        "| 2026-10-09 | 19 |\n\n",
        "## Objective 2: Nobody waits for cash\n\n- Owner: Sam Ortiz\n\n",
    );
    check(
        "1 key-result 'Cut DSO from 52 to 44 days' --due 2026-11-30",
        "| 2026-10-09 | 19 |\n\n",
        "### Key result 1.2: Cut DSO from 52 to 44 days\n\n- Due: 2026-11-30\n\n",
    );
    check(
        "disputes initiative 'Train the team (@kim, due 2026-11-15)'",
        "* [ ] Call them\n",
        "* [ ] Train the team (@kim, due 2026-11-15)\n",
    );
    check(
        "1 initiative 'Train the team' --owner kim",
        "* Owner : Dana Reyes\n",
        "* [ ] Train the team (@kim)\n",
    );
    check(
        "'get paid' KR 'Raise *it* to 5%'",
        "| 2026-10-09 | 19 |\n\n",
        "### Key result 1.2: Raise \\*it\\* to 5%\n\n",
    );
}

#[test]
fn numbers_come_only_where_there_are_some() {
    let sandbox = Sandbox::with(&[(
        "plan.md",
        "## Objective: Grow\n\n### KR: Sign 20 accounts\n",
    )]);
    sandbox
        .okr("add plan.md 1 key-result 'Keep 95% of them'")
        .success();
    sandbox.okr("add plan.md objective Rest").success();
    assert_eq!(
        sandbox.read("plan.md"),
        "## Objective: Grow\n\n### KR: Sign 20 accounts\n\n### Key result: Keep 95% of them\n\n\
         ## Objective: Rest\n"
    );
}

#[test]
fn what_was_understood_is_said() {
    let sandbox = sandbox();
    let mut said = String::new();
    for arguments in [
        "objective 'Nobody waits for cash'",
        "2 key-result 'Cut DSO from 52 to 44 days by mid-Q4' --owner 'Sam Ortiz'",
        "2 key-result 'Raise the collection rate by 25%'",
        "2 key-result 'Better follow-up'",
        "2 key-result 'Publish the refund guide by 2027-01-15'",
        "2 key-result 'Keep credit notes at or below 2%'",
        "2.1 initiative 'Step: Contract signed (due 2026-11-15)'",
        "2.1 initiative 'Step: Contract signed'",
        "2 kr 'Better follow-up'",
        "objective 'Nobody waits for cash' --dry-run",
        "objective 'Sleep well' --dry-run",
    ] {
        let run = sandbox.okr(&format!("add plan.md {arguments}"));
        said.push_str(&format!(
            "$ okr add plan.md {arguments}\n{}{}",
            run.out(),
            run.err()
        ));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr add plan.md objective 'Nobody waits for cash'
plan.md: added 2: Nobody waits for cash
next: okr add plan.md 2 key-result "…"
$ okr add plan.md 2 key-result 'Cut DSO from 52 to 44 days by mid-Q4' --owner 'Sam Ortiz'
plan.md: added 2.1: Cut DSO from 52 to 44 days by mid-Q4
  baseline 52 days, target 44 days, owner Sam Ortiz, due 2026-11-15
$ okr add plan.md 2 key-result 'Raise the collection rate by 25%'
plan.md: added 2.2: Raise the collection rate by 25%
  baseline not known, target +25%
next: okr set plan.md 2.2 baseline 12
$ okr add plan.md 2 key-result 'Better follow-up'
plan.md: added 2.3: Better follow-up
  target not known
next: okr set plan.md 2.3 target 12
$ okr add plan.md 2 key-result 'Publish the refund guide by 2027-01-15'
plan.md: added 2.4: Publish the refund guide by 2027-01-15
  target done, due 2027-01-15
warning: 2027-01-15 lies outside Q4 2026, the period of the plan
$ okr add plan.md 2 key-result 'Keep credit notes at or below 2%'
plan.md: added 2.5: Keep credit notes at or below 2%
  target at most 2%
$ okr add plan.md 2.1 initiative 'Step: Contract signed (due 2026-11-15)'
plan.md: added 2.1.1: Step: Contract signed
  due 2026-11-15
$ okr add plan.md 2.1 initiative 'Step: Contract signed'
2.1.1 is there already: Step: Contract signed; plan.md is as it was
$ okr add plan.md 2 kr 'Better follow-up'
2.3 is there already: Better follow-up; plan.md is as it was
$ okr add plan.md objective 'Nobody waits for cash' --dry-run
2 is there already: Nobody waits for cash; plan.md is as it was
$ okr add plan.md objective 'Sleep well' --dry-run
--- plan.md
+++ plan.md
@@ -33,6 +33,8 @@
 
 ### Key result 2.5: Keep credit notes at or below 2%
 
+## Objective 3: Sleep well
+
 ## Cadence
 
 On Fridays.
plan.md: added 3: Sleep well
next: okr add plan.md 3 key-result "…"

"#]]
    );
}

#[test]
fn what_cannot_be_added_is_refused() {
    let sandbox = sandbox();
    let mut said = String::new();
    for arguments in [
        "1 objective x",
        "key-result x",
        "initiative x",
        "1.1 key-result x",
        "1.1.1 initiative x",
        "1 task x",
        "1 key-result ''",
        "objective x --due 2026-11-30",
        "3 key-result x",
        "objective",
    ] {
        let run = sandbox.okr(&format!("add plan.md {arguments}"));
        run.failure().prints_nothing();
        said.push_str(&format!("$ okr add plan.md {arguments}\n{}\n", run.err()));
    }
    snapbox::assert_data_eq!(
        said,
        str![[r#"
$ okr add plan.md 1 objective x
error: an objective goes into the plan, not under 1
help: leave the element out, as in okr add PLAN objective "…"

$ okr add plan.md key-result x
error: it is not said to which objective the key result belongs
help: name it, as in okr add PLAN 1 key-result "…"

$ okr add plan.md initiative x
error: it is not said to which goal the initiative belongs
help: name it, as in okr add PLAN 1.2 initiative "…"

$ okr add plan.md 1.1 key-result x
error: 1.1 is no objective
help: a key result goes under an objective, such as 1

$ okr add plan.md 1.1.1 initiative x
error: 1.1.1 is an initiative itself
help: name the objective or key result that it is to serve

$ okr add plan.md 1 task x
error: `task` is nothing that a plan has
help: write objective, key-result or initiative

$ okr add plan.md 1 key-result ''
error: a title may not be empty
help: write what is to be reached or done

$ okr add plan.md objective x --due 2026-11-30
error: an objective is due when its plan ends
help: leave --due out, and give its key results a date

$ okr add plan.md 3 key-result x
error: the plan has no element 3
help: it has 1 objective

$ okr add plan.md objective
error: 2 values required by '<ELEMENT> <WHAT> [WORDS]'; only 1 was provided

Usage: okr add [OPTIONS] <PLAN> [ELEMENT] <WHAT> <WORDS>


"#]]
    );
    assert_eq!(sandbox.read("plan.md"), PLAN);
}

#[test]
fn a_closed_plan_takes_more_with_a_warning() {
    let closed = PLAN.replace("2026-Q4\n", "2026-Q4\nclosed: 2026-12-31\n");
    let sandbox = Sandbox::with(&[("plan.md", &closed)]);
    let run = sandbox.okr("add plan.md 1 initiative 'Call again'");
    let said = run.success().err();
    assert!(
        said.contains("warning: the plan was closed on 2026-12-31"),
        "{said}"
    );
}

#[test]
fn json_says_what_was_added() {
    let sandbox = sandbox();
    let line = "add plan.md 1 key-result 'Cut DSO from 52 to 44 days by mid-Q4' --json";
    let run = sandbox.okr(line);
    let json = run.success().says_nothing().out();
    valid(&json, add_schema());
    snapbox::assert_data_eq!(
        json,
        str![[r#"
{
  "schema": "okr-add/1",
  "path": "plan.md",
  "kind": "key-result",
  "element": "1.2",
  "title": "Cut DSO from 52 to 44 days by mid-Q4",
  "anchor": "key-result-12-cut-dso-from-52-to-44-days-by-mid-q4",
  "deed": "added",
  "written": true,
  "baseline": "52 days",
  "target": "44 days",
  "owner": null,
  "due": "2026-11-15",
  "warnings": []
}

"#]]
    );
    let again = valid(&sandbox.okr(line).success().out(), add_schema());
    assert_eq!(again["deed"], "unchanged");
    assert_eq!(again["written"], false);
    let dry = sandbox.okr("add plan.md 1.1 initiative 'Ask (@kim)' --json --dry-run");
    let dry = valid(&dry.success().out(), add_schema());
    assert_eq!(
        (&dry["owner"], &dry["written"]),
        (&"kim".into(), &false.into())
    );
    sandbox.okr("add - objective x --json").failure();
}

#[test]
fn what_is_to_be_done_needs_no_number() {
    let next = |words: &str| {
        let sandbox = sandbox();
        let run = sandbox.okr(&format!("add plan.md 1 key-result '{words}'"));
        run.success();
        run.err().lines().last().unwrap_or_default().to_owned()
    };
    let done = next("The billing handbook is published");
    assert_eq!(done, "next: okr set plan.md 1.2 target done");
    let number = next("Better words in reminders");
    assert_eq!(number, "next: okr set plan.md 1.2 target 12");
}
