//! `okr close` of what is to be kept, and on the days of a workspace.

use crate::support::sandbox::Sandbox;

const PLAN: &str = "\
---
period: 2026-Q3
---

## Objective 1: Get paid sooner

- Type: committed

### Key result 1.1: Keep credit notes at or below 2% of billings

| Date       | Value |
| ---------- | ----: |
| 2026-09-11 |  1.9% |
| 2026-09-18 |  2.4% |
| 2026-09-25 |  1.8% |
";

#[test]
fn what_was_to_be_kept_says_how_often_it_held() {
    let sandbox = Sandbox::with(&[("plan.md", PLAN)]);
    let run = sandbox.okr("close plan.md --reason '1.1=the promotion'");
    run.success();
    let said = run.err();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let way = "committed and not met; held at 2 of 3 check-ins";
    assert!(said.contains(way), "{said}");
    let plan = sandbox.read("plan.md");
    let verdict = "red, committed and not met, held at 2 of 3 check-ins";
    assert!(plan.contains(verdict), "{plan}");
    let kept = PLAN.replace("2.4%", "2.0%");
    let sandbox = Sandbox::with(&[("plan.md", &kept)]);
    let run = sandbox.okr("close plan.md");
    run.success();
    assert!(!run.err().contains("held at"), "{}", run.err());
}

#[test]
fn the_day_of_check_ins_is_that_of_the_workspace() {
    // Due on Fridays, the two values are of two check-ins; due on Wednesdays, of one, whose last value counts.
    let rows = "| 2026-09-12 |  2.4% |\n| 2026-09-15 |  1.8% |\n";
    let (head, _) = PLAN.split_once("| 2026-09-11").unwrap();
    let plan = format!("{head}{rows}");
    let sandbox = Sandbox::with(&[("plan.md", &plan)]);
    sandbox.okr("close plan.md").failure();
    sandbox.write("okr.toml", "check-in-day = \"Wednesday\"\n");
    sandbox.okr("close plan.md").success();
}
