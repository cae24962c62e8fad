//! What a copy of a plan brings to the plan, which went on meanwhile.

use okr_core::diff::{diff, merge, overlay};
use okr_core::model::Plan;
use okr_core::print;
use proptest::prelude::*;

use super::config;
use super::diff::{Step, check_made, sound, steps, with_titles_apart, work_on};
use crate::support::strategies::plan;

/// Returns a plan after somebody has worked on it.
fn worked_on(plan: &Plan, other: &Plan, steps: &[Step]) -> Plan {
    let mut plan = plan.clone();
    for step in steps {
        work_on(&mut plan, other, *step);
    }
    plan
}

fn tidy(plan: Plan) -> Plan {
    sound(with_titles_apart(plan))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_copy_that_says_the_same_brings_nothing(
        base in plan(),
        other in plan(),
        steps in steps(),
    ) {
        let ours = sound(worked_on(&base, &other, &steps));
        let base = sound(base);
        let merge = merge(&base, &ours, &ours);
        prop_assert!(merge.diff.is_empty(), "{:#?}", merge.diff.differences);
        prop_assert!(merge.conflicts.is_empty(), "{:#?}", merge.conflicts);
    }

    #[test]
    fn a_copy_that_nobody_touched_brings_nothing(
        base in plan(),
        other in plan(),
        steps in steps(),
    ) {
        let ours = tidy(worked_on(&base, &other, &steps));
        let base = tidy(base);
        let merge = merge(&base, &ours, &base);
        let context = || format!("=== base\n{}\n=== ours\n{}", print(&base), print(&ours));
        prop_assert!(merge.diff.is_empty(), "{:#?}\n{}", merge.diff.differences, context());
        prop_assert!(merge.conflicts.is_empty(), "{:#?}\n{}", merge.conflicts, context());
    }

    #[test]
    fn a_plan_that_nobody_touched_becomes_the_copy(
        base in plan(),
        other in plan(),
        steps in steps(),
    ) {
        let theirs = tidy(worked_on(&base, &other, &steps));
        let base = tidy(base);
        let merge = merge(&base, &base, &theirs);
        prop_assert!(merge.conflicts.is_empty(), "{:#?}", merge.conflicts);
        let made = check_made(&base, &merge.diff.changes());
        let left = diff(&made, &theirs);
        let carried: Vec<_> = left.differences.iter().filter(|one| one.is_carried).collect();
        prop_assert!(
            carried.is_empty(),
            "{carried:#?}\n=== base\n{}\n=== theirs\n{}\n=== made\n{}",
            print(&base), print(&theirs), print(&made),
        );
    }

    #[test]
    fn what_both_changed_is_told_and_not_made(
        base in plan(),
        other in plan(),
        another in plan(),
        our_steps in steps(),
        their_steps in steps(),
    ) {
        let ours = sound(worked_on(&base, &other, &our_steps));
        let theirs = sound(worked_on(&base, &another, &their_steps));
        let base = sound(base);
        let merge = merge(&base, &ours, &theirs);
        for conflict in &merge.conflicts {
            prop_assert!(!merge.diff.differences.contains(conflict), "{conflict:#?}");
        }
        check_made(&ours, &merge.diff.changes());
    }

    #[test]
    fn plans_that_have_nothing_in_common_merge_without_harm(
        base in plan(),
        ours in plan(),
        theirs in plan(),
    ) {
        let (base, ours, theirs) = (sound(base), sound(ours), sound(theirs));
        check_made(&ours, &merge(&base, &ours, &theirs).diff.changes());
    }

    #[test]
    fn a_file_of_unknown_origin_takes_nothing_away(
        ours in plan(),
        other in plan(),
        steps in steps(),
    ) {
        let theirs = sound(worked_on(&ours, &other, &steps));
        let ours = sound(ours);
        let made = check_made(&ours, &overlay(&ours, &theirs, |_| true).changes());
        prop_assert!(made.objectives.len() >= ours.objectives.len());
        prop_assert!(made.key_results().count() >= ours.key_results().count());
        let initiatives = |plan: &Plan| -> usize {
            let own = plan.objectives.iter().map(|objective| objective.initiatives.len());
            let below = plan.key_results().map(|(_, key_result)| key_result.initiatives.len());
            own.sum::<usize>() + below.sum::<usize>()
        };
        prop_assert!(initiatives(&made) >= initiatives(&ours));
        let check_ins = |plan: &Plan| -> usize {
            plan.key_results().map(|(_, key_result)| key_result.check_ins.len()).sum()
        };
        prop_assert!(check_ins(&made) >= check_ins(&ours));
    }
}
