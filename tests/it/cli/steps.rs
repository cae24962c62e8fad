//! Milestones in steps, week by week: every command goes by the same boxes.

use crate::support::sandbox::Sandbox;

const PLAN: &str = "\
---
period: 2026-Q4
---

# Ledger

## Objective 1: Trust the ledger

- Type: committed

### Key result 1.1: The new ledger carries the close

- Target: done
- [x] Step: Contract signed
- [ ] Step: First close run

| Date       | Value |
| ---------- | ----: |
| 2026-11-06 |   25% |
| 2026-11-20 |   70% |
";

#[test]
fn what_is_ticked_counts_whatever_was_typed() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let said = sandbox.okr("status plan.md --json").success().out();
    let plan: serde_json::Value = serde_json::from_str(&said).unwrap();
    let key_result = &plan["plans"][0]["objectives"][0]["key_results"][0];
    assert_eq!(key_result["percent"], 50);
    assert_eq!(key_result["change"]["to"], "50%");
    assert_eq!(key_result["change"]["since"], "2026-11-06");
    assert_eq!(key_result["change"]["from"], "25%");
    let said = sandbox
        .okr("close plan.md --force --dry-run --reason 1.1=late")
        .success()
        .out();
    let (_, grades) = said.split_once("+## Closing").unwrap();
    assert!(grades.contains("50% |   done |     0.5"), "{said}");
    assert!(!grades.contains("70%"), "{said}");
}

#[test]
fn without_a_value_a_check_in_records_what_is_ticked() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let run = sandbox.okr("checkin plan.md 1.1 --status yellow --note 'vendor is late'");
    run.success();
    let row = "| 2026-11-22 |   50% | at risk | vendor is late |";
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plan = sandbox.read("plan.md");
    assert!(squeezed(&plan).contains(&squeezed(row)), "{plan}");
    let past = "checkin plan.md 1.1 --date 2026-11-13 --note 'on holiday'";
    sandbox.okr(past).success();
    let plan = squeezed(&sandbox.read("plan.md"));
    assert!(
        plan.contains("| 2026-11-13 | | | on holiday |"),
        "boxes of a day of the past are not known: {plan}"
    );
}

#[test]
fn a_value_of_a_day_of_the_past_is_taken_as_it_is() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    sandbox
        .okr("checkin plan.md 1.1 30% --date 2026-11-13")
        .success();
    let run = sandbox.okr("checkin plan.md 1.1 'not done' --date 2026-11-14");
    run.failure();
    assert!(
        run.err().contains("how much was done on that day"),
        "{}",
        run.err()
    );
    let run = sandbox.okr("checkin plan.md 1.1 50% --correct --date 2026-11-20");
    run.success();
}
