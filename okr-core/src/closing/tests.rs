//! Plans at their end.

use super::*;
use crate::edit::{Change, edit};

const PLAN: &str = "\
---
plan: Accounts
period: 2026-Q2
---

## Objective 1: Get paid sooner

- Type: committed
- Weight: 3

### Key result 1.1: Raise the collection rate

- Baseline: 60%
- Target: 80%
- Target changed: 2026-06-01 from 100%; 2026-03-01 from 90%

| Date       | Value | Status   |
| ---------- | ----: | -------- |
| 2026-06-26 |   76% | at risk  |

### Key result 1.2: Answer every dispute

- Baseline: 20 days
- Target: 12 days

| Date       |   Value |
| ---------- | ------: |
| 2026-06-26 | 11 days |

## Objective 2: Trust the ledger

### Key result 2.1: Close in both ledgers | for a start

- Target: done
";

fn closing(text: &str) -> Closing {
    let day = jiff::civil::date(2026, 6, 30);
    Closing::of(
        &crate::parse(text).plan,
        day,
        &Lexicon::default(),
        &Schedules::default(),
    )
}

#[test]
fn objectives_have_the_mean_of_what_is_not_rounded() {
    let closing = closing(PLAN);
    let grades: Vec<_> = closing
        .key_results()
        .map(|key_result| key_result.outturn.grade().to_string())
        .collect();
    assert_eq!(grades, ["0.8", "1.0", "0.0"]);
    let grade = |at: usize| closing.objectives[at].roll_up.grade().unwrap().to_string();
    assert_eq!((grade(0), grade(1)), ("0.9".to_owned(), "0.0".to_owned()));
    // (3 * 0.9 + 0) / 4.
    assert_eq!(closing.roll_up.grade().unwrap().to_string(), "0.7");
}

#[test]
fn what_was_committed_and_missed_owes_a_reason() {
    let graded = closing(PLAN);
    let owing: Vec<_> = graded
        .in_want_of_a_reason()
        .map(|key_result| key_result.element.to_string())
        .collect();
    assert_eq!(owing, ["1.1"]);
    let promised = PLAN.replace("- Target: 80%\n", "- Target: 80%\n- Commit: 75%\n");
    assert_eq!(closing(&promised).in_want_of_a_reason().count(), 0);
}

#[test]
fn what_was_moved_after_the_start_is_graded_against_both() {
    let closing = closing(PLAN);
    let moved = &closing.objectives[0].key_results[0].moved;
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].moved.before, "100%");
    assert_eq!(moved[0].grade_before.unwrap().to_string(), "0.4");
}

#[test]
fn the_section_is_a_part_of_the_plan() {
    let parsed = crate::parse(PLAN);
    let said = Said {
        reasons: vec![(
            ElementId::KeyResult(0, 0),
            "the bank file was *blocked*".to_owned(),
        )],
        learned: vec!["## ask the bank first".to_owned(), "a\nb".to_owned()],
    };
    let change = Change::AddSection {
        section: Box::new(section(&closing(PLAN), &said)),
    };
    let after = edit(&parsed, &change).unwrap().apply(PLAN);
    assert!(after.starts_with(PLAN));
    let added = &after[PLAN.len()..];
    let expected = r"
## Closing

Closed on 30 June 2026. The plan as a whole has 0.7 of 1.0.

|                                             |    From | Came to |  Target |   Grade | Verdict                    |
| ------------------------------------------- | ------: | ------: | ------: | ------: | -------------------------- |
| **1. Get paid sooner**                      |         |         |         | **0.9** | red                        |
| 1.1 Raise the collection rate               |     60% |     76% |     80% |     0.8 | red, committed and not met |
| 1.2 Answer every dispute                    | 20 days | 11 days | 12 days |     1.0 | green, met                 |
| **2. Trust the ledger**                     |         |         |         | **0.0** | red                        |
| 2.1 Close in both ledgers \| for a start    |         |         |    done |     0.0 | red, never recorded        |

### Why it was not met

- 1.1 Raise the collection rate: the bank file was \*blocked\*

### Moved goalposts

- 1.1 Raise the collection rate: the target was 100% until 2026-06-01; held against that, the grade is 0.4

### What was learned

- \## ask the bank first
- a b
";
    // The width of columns is the table writer's.
    let squeezed = |text: &str| {
        let words: Vec<_> = text.split_whitespace().collect();
        words.join(" ").replace('-', "")
    };
    assert_eq!(squeezed(added), squeezed(expected));
    let again = crate::parse(after).plan;
    assert_eq!(again.objectives, parsed.plan.objectives);
    assert_eq!(again.sections.len(), 1);
}
