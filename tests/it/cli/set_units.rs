//! `okr set` with numbers that state no unit.

use crate::support::sandbox::Sandbox;

const PLAN: &str = "\
---
period: 2027-Q1
---

## Objective 1: Get paid sooner

### Key result 1.1: Cut DSO from 52 to 44 days

### Key result 1.2: Raise on-time payments

- Baseline: 60%
- Target: at least 80%

### Key result 1.3: Sign accounts up

- Unit: accounts
- Target: 20
";

/// Checks what is said of a change, and that the field stands in the plan as it says.
#[track_caller]
fn check(arguments: &str, said: &str, line: &str) {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let run = sandbox.okr(&format!("set plan.md {arguments}"));
    run.success();
    let err = run.err();
    assert!(err.contains(said), "{arguments}: {err}");
    let plan = sandbox.read("plan.md");
    assert!(plan.lines().any(|one| one == line), "{arguments}: {plan}");
}

#[test]
fn a_bare_number_keeps_the_unit_of_its_measure() {
    check(
        "1.1 target 46",
        "1.1 target: 44 days in its words → 46 days",
        "- Target: 46 days",
    );
    check(
        "1.1 baseline 50",
        "1.1 baseline: 52 days in its words → 50 days",
        "- Baseline: 50 days",
    );
    check(
        "1.2 target 'at least 82'",
        "at least 80% → at least 82%",
        "- Target: at least 82%",
    );
    check(
        "1.2 target 'between 70 and 75'",
        "between 70 and 75%",
        "- Target: between 70 and 75%",
    );
    check("1.2 commit 75", "→ 75%", "- Commit: 75%");
    check("1.2 stretch 90", "→ 90%", "- Stretch: 90%");
    check(
        "1.2 target 0.85",
        "0.85% is less than 1%; did you mean 85%?",
        "- Target: 0.85%",
    );
}

#[test]
fn a_unit_that_is_stated_and_a_plan_that_states_it_elsewhere_stay_as_they_are() {
    check("1.1 target '7 weeks'", "→ 7 weeks", "- Target: 7 weeks");
    check("1.3 target 25", "20 → 25", "- Target: 25");
    check("1.2 target +5", "→ +5", "- Target: +5 (60% → 65%)");
    check("1.2 target done", "→ done", "- Target: done");
}

#[test]
fn a_baseline_in_a_unit_of_which_a_plain_target_knows_nothing_is_refused() {
    let plan = "## Objective: o\n\n### Key result: Have no invoices unpaid\n";
    let sandbox = Sandbox::with(&[("plan.md", plan)]);
    let run = sandbox.okr("set plan.md 1.1 baseline '3 weeks'");
    run.failure();
    let err = run.err();
    assert!(err.contains("3 weeks does not fit key result 1.1"), "{err}");
    assert!(
        err.contains("write 3, or give the target its unit"),
        "{err}"
    );
    assert_eq!(sandbox.read("plan.md"), plan);
    // What is counted is no unit of its own.
    let run = sandbox.okr("set plan.md 1.1 baseline '12 invoices'");
    run.success();
    assert!(sandbox.read("plan.md").contains("- Baseline: 12\n"));
}
