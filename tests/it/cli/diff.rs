//! `okr diff`

use snapbox::str;

use super::BY_HAND;
use crate::reports::{diff_schema, valid};
use crate::support::sandbox::Sandbox;

const OLD: &str = "\
---
plan: Finance
period: 2026-Q4
---

# Finance

## Objective 1: Get paid sooner

- Owner: Dana Reyes
- Colour: blue

Why it matters.
And why now.

### Key result 1.1: Raise the collection rate by 25%

- Baseline: to be measured
- Target: +25%
- [ ] Train the team on collection calls
- [ ] Bring in software (@kim)
- [ ] Print the terms

| Date       | Value | Note |
| ---------- | ----: | ---- |
| 2026-10-09 |   70% |      |
| 2026-10-16 |   71% | x    |

### Key result 1.2: Cut disputes by 10%

### Key result 1.3: Reply within a day

## Objective 2: Close the books in three days

### Key result 2.1: Reconcile ten accounts a day

## Notes

Old words.
";

const NEW: &str = "\
---
plan: Finance
period: 2027-Q1
---

# Finance

## Objective 1: Hire

### Key result 1.1: Five people by June

### Key result 1.2: Reply within a day

## Objective 2: Get paid sooner

- Owner: Sam Ortiz

Why it matters.
And why not later.

### Key result 2.1: Raise the collection rate from 68% to 85%

- Baseline: 68%
- Target: +25% (68% → 85%)
- [x] Train the team on collection calls
- [ ] Bring in the software (@kim, due 2027-02-01)
- [ ] Offer a discount

| Date       | Value | Note      |
| ---------- | ----: | --------- |
| 2026-10-09 |   70% | corrected |
| 2026-10-23 |   74% | \\| *y*    |

### Key result 2.2: Cut disputes by 10%

## Notes

New words.
";

#[test]
fn what_changed_is_told_in_terms_of_the_plan() {
    let sandbox = Sandbox::with(&[("old.md", OLD), ("new.md", NEW)]);
    sandbox
        .okr("diff old.md new.md")
        .findings()
        .says_nothing()
        .prints(str![[r#"
Finance
    period: 2026-Q4 → 2027-Q1
    section "Notes"
    - Old words.
    + New words.

+ Objective 1: Hire
  + Key result 1.1: Five people by June
  Key result 1.2: Reply within a day (was 1.3)
      moved from Objective 1: Get paid sooner

Objective 2: Get paid sooner (was 1)
    owner: Dana Reyes → Sam Ortiz
    colour: blue → (empty)
    text
    - And why now.
    + And why not later.
  Key result 2.1: Raise the collection rate from 68% to 85% (was 1.1)
      probably the same as Key result 1.1: Raise the collection rate by 25% (74% alike)
      baseline: (empty) → 68%
      initiative "Train the team on collection calls": done
      probably the same initiative: Bring in software → Bring in the software
      initiative "Bring in the software": due: (empty) → 2027-02-01
    + initiative "Offer a discount"
    - initiative "Print the terms"
      check-in 2026-10-09: 70% → 70%, "corrected"
    - check-in 2026-10-16: 71%, "x"
    + check-in 2026-10-23: 74%, "| y"

- Objective 2: Close the books in three days
  - Key result 2.1: Reconcile ten accounts a day

12 changed, 3 added, 3 removed

"#]]);
}

#[test]
fn from_the_new_one_to_the_old_one_is_the_way_back() {
    let sandbox = Sandbox::with(&[("old.md", OLD), ("new.md", NEW)]);
    sandbox
        .okr("diff new.md old.md")
        .findings()
        .prints(str![[r#"
Finance
    period: 2027-Q1 → 2026-Q4
    section "Notes"
    - New words.
    + Old words.

- Objective 1: Hire
  - Key result 1.1: Five people by June

Objective 1: Get paid sooner (was 2)
    owner: Sam Ortiz → Dana Reyes
    colour: (empty) → blue
    text
    - And why not later.
    + And why now.
  Key result 1.1: Raise the collection rate by 25% (was 2.1)
      probably the same as Key result 2.1: Raise the collection rate from 68% to 85% (74% alike)
      baseline: 68% → (empty)
      initiative "Train the team on collection calls": not done any more
      probably the same initiative: Bring in the software → Bring in software
      initiative "Bring in software": due: 2027-02-01 → (empty)
    + initiative "Print the terms"
    - initiative "Offer a discount"
      check-in 2026-10-09: 70%, "corrected" → 70%
    + check-in 2026-10-16: 71%, "x"
    - check-in 2026-10-23: 74%, "| y"
  Key result 1.3: Reply within a day (was 1.2)
      moved from Objective 1: Hire

+ Objective 2: Close the books in three days
  + Key result 2.1: Reconcile ten accounts a day

12 changed, 3 added, 3 removed

"#]]);
}

#[test]
fn spelling_and_order_mean_nothing() {
    let tidied = okr_core::print(&okr_core::parse(BY_HAND).plan);
    let sandbox = Sandbox::with(&[("a.md", BY_HAND), ("b.md", &tidied)]);
    sandbox
        .okr("diff a.md b.md")
        .success()
        .prints_nothing()
        .says(str![[r#"
a.md and b.md say the same

"#]]);
    let json = sandbox.okr("diff --json a.md b.md");
    let json = valid(&json.success().out(), diff_schema());
    assert_eq!(json["differences"].as_array().map(Vec::len), Some(0));
}

#[test]
fn plans_in_two_formats_are_compared_as_far_as_both_carry_them() {
    let sandbox = Sandbox::with(&[("old.md", OLD), ("new.md", NEW)]);
    for ending in ["csv", "json", "html"] {
        sandbox
            .okr(&format!("render new.md -o new.{ending}"))
            .success();
        sandbox
            .okr(&format!("diff new.md new.{ending}"))
            .success()
            .prints_nothing();
    }
    sandbox.okr("diff new.md new.csv").says(str![[r#"
new.md and new.csv say the same
formatting within a line and check-ins are not compared: CSV cannot carry them

"#]]);
    let by_hand = sandbox.okr("diff old.md new.md").out();
    assert_eq!(
        sandbox.okr("diff old.md new.json").findings().out(),
        by_hand
    );
}

#[test]
fn one_of_the_plans_may_be_standard_input() {
    let sandbox = Sandbox::with(&[("new.md", NEW)]);
    let run = sandbox.okr_reading("diff - new.md", NEW.as_bytes());
    run.success().says(str![[r#"
<stdin> and new.md say the same

"#]]);
    let csv = sandbox.okr("render new.md --to csv").out();
    sandbox
        .okr_reading("diff --from csv new.md -", csv.as_bytes())
        .success();
    sandbox.okr("diff - -").failure().says(str![[r#"
error: standard input cannot be both plans
help: name a file for one of them

"#]]);
}

#[test]
fn what_cannot_be_read_is_a_failure() {
    let sandbox = Sandbox::with(&[("new.md", NEW), ("new.plan", NEW)]);
    sandbox
        .okr("diff old.md new.md")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: cannot read old.md: there is no such file or folder
help: did you mean new.md?

"#]]);
    sandbox
        .okr("diff new.md new.plan")
        .failure()
        .prints_nothing()
        .says(str![[r#"
error: no format has the ending `.plan`; there are csv, html, json, markdown, xlsx
help: say which format it is, as in --from markdown

"#]]);
    sandbox.okr("diff --from md new.md new.plan").success();
}

#[test]
fn programs_get_json_that_obeys_its_schema() {
    let sandbox = Sandbox::with(&[("old.md", OLD), ("new.md", NEW)]);
    for line in ["diff --json old.md new.md", "diff --json new.md old.md"] {
        let json = valid(&sandbox.okr(line).findings().out(), diff_schema());
        assert_eq!(json["schema"], "okr-diff/1");
    }
    let json = sandbox.okr("diff --json old.md new.md").out();
    let mut json = valid(&json, diff_schema());
    let kinds: std::collections::BTreeSet<String> = json["differences"]
        .as_array()
        .expect("is a list")
        .iter()
        .map(|one| one["what"].as_str().expect("is a word").to_owned())
        .collect();
    let kinds: Vec<String> = kinds.into_iter().collect();
    snapbox::assert_data_eq!(
        kinds.join("\n"),
        str![[r#"
added
check-in-added
check-in-changed
check-in-removed
done
field
moved
removed
section-changed
text
title
"#]]
    );
    json["differences"][0]["more"] = true.into();
    assert!(!diff_schema().is_valid(&json), "nothing else is allowed");
}

#[test]
fn a_plan_cannot_steer_the_terminal() {
    let hostile = NEW
        .replace("Hire", "Hire\u{1b}[31m")
        .replace("New words", "New\u{1b}]0;x\u{7}");
    let sandbox = Sandbox::with(&[("old.md", OLD), ("new.md", &hostile)]);
    let run = sandbox.okr("diff old.md new.md");
    assert!(!run.findings().out().contains('\u{1b}'));
}
