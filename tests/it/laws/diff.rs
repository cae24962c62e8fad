//! What two plans differ in, and the changes that make one of the other.

use okr_core::diff::diff;
use okr_core::edit::{Change, edit_all};
use okr_core::model::{Inline, Plan};
use okr_core::{parse, print};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{assert_same, config};
use crate::support::strategies::{plan, source_with_elements};

/// A way in which somebody may have worked on a plan; the indexes choose where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step(u8, Index, Index);

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0_u8..16, any::<Index>(), any::<Index>());
    prop::collection::vec(
        step.prop_map(|(kind, one, other)| Step(kind, one, other)),
        0..6,
    )
}

/// Works on a plan, with pieces of another one.
pub(super) fn work_on(plan: &mut Plan, other: &Plan, Step(kind, one, two): Step) {
    match kind {
        0 => {
            plan.name.clone_from(&other.name);
            plan.period = other.period;
            plan.fiscal_year = other.fiscal_year;
            plan.team.clone_from(&other.team);
            plan.owner.clone_from(&other.owner);
        }
        1 => {
            plan.title.clone_from(&other.title);
            plan.text.clone_from(&other.text);
            plan.sections.clone_from(&other.sections);
        }
        2 => plan.objectives.extend(other.objectives.first().cloned()),
        3 if !other.objectives.is_empty() => {
            let new = one.get(&other.objectives).clone();
            plan.objectives
                .insert(two.index(plan.objectives.len() + 1), new);
        }
        _ => {}
    }
    let count = plan.objectives.len();
    if count == 0 {
        return;
    }
    let (o, p) = (one.index(count), two.index(count));
    match kind {
        4 => plan.objectives.swap(o, p),
        5 => drop(plan.objectives.remove(o)),
        6 => {
            let objective = &mut plan.objectives[o];
            objective.title = Inline::parse(&format!("{} at once", objective.title.as_markdown()));
            objective.owner = Some("Kim".to_owned());
            objective.fields.clear();
        }
        _ => {}
    }
    let Some(k) = plan
        .objectives
        .get(o)
        .map(|objective| objective.key_results.len())
    else {
        return;
    };
    let Some(k) = (k > 0).then(|| two.index(k)) else {
        return;
    };
    let others: Vec<_> = other
        .key_results()
        .map(|(_, key_result)| key_result)
        .collect();
    match kind {
        7 => {
            let key_result = plan.objectives[o].key_results.remove(k);
            plan.objectives[p].key_results.insert(0, key_result);
        }
        8 => drop(plan.objectives[o].key_results.remove(k)),
        9 => plan.objectives[o].key_results.reverse(),
        _ => {}
    }
    let Some(key_result) = plan.objectives[o].key_results.get_mut(k) else {
        return;
    };
    let material = (!others.is_empty()).then(|| *one.get(&others));
    match (kind, material) {
        (10, _) => {
            let title = format!("{} by half", key_result.title.as_markdown());
            key_result.title = Inline::parse(&title);
        }
        (11, Some(other)) => {
            let title = key_result.title.clone();
            *key_result = other.clone();
            key_result.title = title;
        }
        (12, Some(other)) => key_result
            .initiatives
            .extend(other.initiatives.iter().cloned()),
        (13, _) => {
            for initiative in &mut key_result.initiatives {
                initiative.done = !initiative.done;
                initiative.due = None;
            }
        }
        (14, Some(other)) => key_result.check_ins.extend(other.check_ins.iter().cloned()),
        (15, _) => {
            key_result.check_ins.reverse();
            if let Some(check_in) = key_result.check_ins.first_mut() {
                check_in.note = Some(Inline::from_plain("new | note"));
            }
            if key_result.check_ins.len() > 1 {
                key_result.check_ins.pop();
            }
        }
        _ => {}
    }
}

/// Makes the plan one that a text can be: no section stands behind more objectives than there are.
pub(super) fn sound(mut plan: Plan) -> Plan {
    let count = plan.objectives.len();
    for section in &mut plan.sections {
        section.position = section.position.min(count);
    }
    plan.sections.sort_by_key(|section| section.position);
    parse(print(&plan)).plan
}

/// Gives each element words that none beside it has.
pub(super) fn with_titles_apart(mut plan: Plan) -> Plan {
    fn apart<'p>(titles: impl Iterator<Item = &'p mut Inline>) {
        let mut seen = std::collections::HashSet::new();
        for title in titles {
            while title.is_empty() || !seen.insert(title.clone()) {
                *title = Inline::parse(&format!("{} again", title.as_markdown()));
            }
        }
    }
    apart(
        plan.objectives
            .iter_mut()
            .map(|objective| &mut objective.title),
    );
    for objective in &mut plan.objectives {
        apart(
            objective
                .initiatives
                .iter_mut()
                .map(|initiative| &mut initiative.title),
        );
        apart(
            objective
                .key_results
                .iter_mut()
                .map(|key_result| &mut key_result.title),
        );
        for key_result in &mut objective.key_results {
            apart(
                key_result
                    .initiatives
                    .iter_mut()
                    .map(|initiative| &mut initiative.title),
            );
        }
    }
    plan
}

/// Checks that the changes can be made, to the values and to the text; returns what they make.
#[track_caller]
fn check_changes(old: &Plan, new: &Plan) -> Plan {
    check_made(old, &diff(old, new).changes())
}

/// Checks that changes can be made, to a plan and to its text alike; returns what they make.
#[track_caller]
pub(super) fn check_made(old: &Plan, changes: &[Change]) -> Plan {
    let mut made = old.clone();
    for change in changes {
        change.apply(&mut made).expect("each change can be made");
    }
    let text = print(old);
    let written = edit_all(&text, changes).expect("each change can be made");
    let context = format!("{changes:#?}\n=== before\n{text}\n=== after\n{written}");
    assert_same(&parse(written).plan, &made, &context);
    made
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_plan_differs_from_itself_in_nothing(plan in plan()) {
        let diff = diff(&plan, &plan);
        prop_assert!(diff.is_empty(), "{:#?}", diff.differences);
        prop_assert!(diff.changes().is_empty());
    }

    #[test]
    fn the_changes_make_the_differences_that_are_carried(
        old in plan(),
        other in plan(),
        steps in steps(),
    ) {
        let mut new = old.clone();
        for step in &steps {
            work_on(&mut new, &other, *step);
        }
        let (old, new) = (with_titles_apart(old), with_titles_apart(new));
        let (old, new) = (sound(old), sound(new));
        let made = check_changes(&old, &new);
        let left = diff(&made, &new);
        let carried: Vec<_> = left.differences.iter().filter(|one| one.is_carried).collect();
        prop_assert!(
            carried.is_empty(),
            "{carried:#?}\n=== old\n{}\n=== new\n{}\n=== made\n{}",
            print(&old), print(&new), print(&made),
        );
    }

    #[test]
    fn the_changes_can_be_made(old in plan(), other in plan(), steps in steps()) {
        let mut new = old.clone();
        for step in &steps {
            work_on(&mut new, &other, *step);
        }
        let (old, new) = (sound(old), sound(new));
        check_changes(&old, &new);
    }

    #[test]
    fn plans_that_have_nothing_in_common_differ_without_harm(
        old in source_with_elements(),
        new in source_with_elements(),
    ) {
        let (old, new) = (parse(old).plan, parse(new).plan);
        check_changes(&old, &new);
    }
}
