//! A plan goes on in the next period.

use super::*;
use crate::model::FiscalYear;

const OLD: &str = "\
---
plan: Accounts
period: 2026-Q4
cadence: weekly
closed: 2026-12-31
---

# Accounts, 2026-Q4

## Objective 1: Get paid sooner

- Owner: Dana
- Carried from: [Old](old.md#objective-1)

Why it matters.

### Key result 1.1: Raise the collection rate by 25%

- Baseline: 68%
- Due: 2026-12-31
- Target changed: 2026-11-10 from 90%
- [x] Train the team
- [ ] Bring in software (@kim, due 2026-11-15)

| Date       | Value | Status   |
| ---------- | ----: | -------- |
| 2026-12-18 |   74% | at risk  |

### Key result 1.2: Cut DSO from 52 to 44 days by mid-Q4

| Date       |   Value |
| ---------- | ------: |
| 2026-12-18 | 43 days |

### Key result 1.3: Unapplied cash down to EUR 10k

- Weight: 2

## Planning cadence

On Fridays.

## Closing

Closed on 31 December 2026.
";

fn next<'a>(chosen: &'a [ElementId], words: &'a (Lexicon, Schedules)) -> Next<'a> {
    let (lexicon, schedules) = words;
    Next {
        period: Period::parse("2027-Q1", FiscalYear::default()).unwrap(),
        origin: "accounts-2026-Q4.md",
        path: "accounts-2027-Q1.md",
        neighbours: &[],
        chosen,
        day: jiff::civil::date(2026, 12, 31),
        lexicon,
        schedules,
    }
}

/// Returns the plan that carries some key results of a text on, as text.
fn carried_text(old: &str, chosen: &[ElementId]) -> String {
    let words = (Lexicon::default(), Schedules::default());
    crate::print(&carry_over(&crate::parse(old), &next(chosen, &words)).plan)
}

#[test]
fn links_within_the_plan_lead_to_what_became_of_it() {
    let old = OLD
        .replace(
            "Why it matters.",
            "See [software](#key-result-11-raise-the-collection-rate-by-25), [cash][c], [when](#planning-cadence) and \
             [DSO](#key-result-12-cut-dso-from-52-to-44-days-by-mid-q4).",
        )
        .replace("On Fridays.", "[c]: #key-result-13-unapplied-cash-down-to-eur-10k");
    let chosen = [ElementId::KeyResult(0, 0), ElementId::KeyResult(0, 2)];
    let new = carried_text(&old, &chosen);
    for expected in [
        // Numbered anew, with other words.
        "[software](#key-result-11-raise-the-collection-rate-to-85)",
        "[c]: #key-result-12-unapplied-cash-down-to-eur-10k",
        // A section goes on as it is, and what stays behind stands in the old plan alone.
        "[when](#planning-cadence)",
        "[DSO](accounts-2026-Q4.md#key-result-12-cut-dso-from-52-to-44-days-by-mid-q4)",
    ] {
        assert!(new.contains(expected), "no {expected} in\n{new}");
    }
}

#[test]
fn the_days_of_the_period_are_those_of_the_new_one() {
    let old = OLD.replace(
        "On Fridays.",
        "It runs from 1 October 2026 to 31 December 2026. We moved on 1 October 2026.",
    );
    let new = carried_text(&old, &[ElementId::KeyResult(0, 0)]);
    let expected = "It runs from 1 January 2027 to 31 March 2027. We moved on 1 October 2026.";
    assert!(new.contains(expected), "{new}");
}

#[test]
fn what_is_met_is_not_open() {
    let plan = crate::parse(OLD).plan;
    let day = jiff::civil::date(2026, 12, 31);
    let open = open_key_results(&plan, day, &Lexicon::default(), &Schedules::default());
    assert_eq!(
        open,
        [ElementId::KeyResult(0, 0), ElementId::KeyResult(0, 2)]
    );
}

#[test]
fn a_plan_goes_on_from_where_it_stands() {
    let lexicon = (Lexicon::default(), Schedules::default());
    let chosen = [0, 1, 2].map(|k| ElementId::KeyResult(0, k));
    let carried = carry_over(&crate::parse(OLD), &next(&chosen, &lexicon));
    let expected = "\
---
plan: Accounts
period: 2027-Q1
cadence: weekly
continues: accounts-2026-Q4.md
---

# Accounts, 2027-Q1

## Objective 1: Get paid sooner

- Owner: Dana
- Carried from: [Objective 1: Get paid sooner](accounts-2026-Q4.md#objective-1-get-paid-sooner)

Why it matters.

### Key result 1.1: Raise the collection rate to 85%

- Baseline: 74%
- Target: 85%
- Due: 2027-03-31
- Carried from: [Key result 1.1: Raise the collection rate by 25%](accounts-2026-Q4.md#key-result-11-raise-the-collection-rate-by-25)
- [ ] Bring in software (@kim)

### Key result 1.2: Cut DSO to 44 days

- Direction: decrease
- Baseline: 43 days
- Target: 44 days
- Due: 2027-02-15
- Carried from: [Key result 1.2: Cut DSO from 52 to 44 days by mid-Q4](accounts-2026-Q4.md#key-result-12-cut-dso-from-52-to-44-days-by-mid-q4)

### Key result 1.3: Unapplied cash down to EUR 10k

- Baseline: to be measured
- Target: EUR 10,000
- Weight: 2
- Carried from: [Key result 1.3: Unapplied cash down to EUR 10k](accounts-2026-Q4.md#key-result-13-unapplied-cash-down-to-eur-10k)

## Planning cadence

On Fridays.
";
    assert_eq!(crate::print(&carried.plan), expected);
    assert_eq!(carried.met, [ElementId::KeyResult(0, 1)]);
    assert_eq!(carried.unmeasured, [ElementId::KeyResult(0, 2)]);
    assert_eq!(carried.shortened, [ElementId::KeyResult(0, 1)]);
    assert!(!carried.has_moved_links);
}

#[test]
fn an_objective_without_anything_chosen_stays_behind() {
    let lexicon = (Lexicon::default(), Schedules::default());
    let carried = carry_over(&crate::parse(OLD), &next(&[], &lexicon));
    assert_eq!(carried.plan.objectives.len(), 0);
    assert_eq!(carried.plan.sections.len(), 1);
}

#[test]
fn a_plan_that_is_carried_over_reads_back() {
    let lexicon = (Lexicon::default(), Schedules::default());
    let chosen = [ElementId::KeyResult(0, 0)];
    let carried = carry_over(&crate::parse(OLD), &next(&chosen, &lexicon));
    let read = crate::parse(crate::print(&carried.plan));
    assert_eq!(read.plan, carried.plan);
    assert_eq!(read.diagnostics.len(), 0);
}

#[test]
fn a_change_of_the_old_period_is_no_baseline_of_the_new_one() {
    let old = "---\nplan: Cash\nperiod: 2026-Q4\n---\n\n## Objective 1: Fewer disputes\n\n\
               ### Key result 1.1: Cut disputes by 25%\n\n| Date | Value |\n| --- | --- |\n\
               | 2026-12-18 | -24% |\n";
    let text = carried_text(old, &[ElementId::KeyResult(0, 0)]);
    assert!(text.contains("Cut disputes by 25%"), "{text}");
    assert!(!text.contains("-24%") && !text.contains("-18%"), "{text}");
}

#[test]
fn a_start_at_a_strict_bound_is_named_no_more() {
    let plan = "---\nperiod: 2026-Q4\n---\n\n## Objective 1: Get paid\n\n\
                ### Key result 1.1: Cut the dispute cycle from 20 to 12 days\n\n- Target: below 12 days\n\n\
                | Date | Value |\n| --- | --- |\n| 2026-12-18 | 12 days |\n";
    let parsed = crate::parse(plan);
    let words = (Lexicon::default(), Schedules::default());
    let chosen = [ElementId::KeyResult(0, 0)];
    let carried = carry_over(&parsed, &next(&chosen, &words));
    let text = crate::print(&carried.plan);
    assert!(
        text.contains("### Key result 1.1: Cut the dispute cycle to 12 days\n"),
        "{text}"
    );
}
