//! `owner-overload`: one person with more key results than a person can move.

use indexmap::IndexMap;

use crate::audit::words::folded;
use crate::audit::{Axis, Context, Findings, Level, Place, Question, Rule, Tier};
use crate::model::{ElementId, one_line};

pub(super) static RULE: Rule = Rule {
    id: "owner-overload",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Owned,
    rank: 26,
    since: "0.1.0",
    docs: include_str!("owner_overload.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let mut owned: IndexMap<String, Vec<(&str, ElementId)>> = IndexMap::new();
    for case in cx.key_results() {
        if let Some(name) = case.owner.one() {
            owned.entry(folded(name)).or_default().push((name, case.id));
        }
    }
    let limits = &cx.settings.limits;
    let all = cx.key_results().count();
    // The plan of one person, or one that has not been shared out yet, is as large as any plan may be.
    if owned.len() == 1 && all <= limits.objectives.saturating_mul(limits.key_results) {
        return;
    }
    let most = limits.key_results_of_owner;
    for key_results in owned.values() {
        let Some((name, first_over)) = key_results.get(most).copied() else {
            continue;
        };
        let count = key_results.len();
        let name = one_line(name);
        findings
            .report(
                &RULE,
                first_over,
                format!("{name} owns {count} of {all} key results, more than {most}"),
            )
            .at(Place::Field("owner"))
            .help("share them with those who do the work")
            .ask(Question {
                text: format!("Who could take this one from {name}?"),
                element: first_over,
                field: Some("owner"),
                offer: None,
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    use crate::audit::testing::check;

    fn plan(owners: &[&str]) -> String {
        let mut text = "## Objective: Get paid sooner\n".to_owned();
        for owner in owners {
            let _ = write!(text, "\n### Key result: Cut DSO\n\n- Owner: {owner}\n");
        }
        text
    }

    #[test]
    fn the_fifth_of_one_owner_is_reported_once() {
        check(&RULE, &plan(&["Ana", "Ana", "Ana", "Ana", "Bo"]), &[]);
        check(
            &RULE,
            &plan(&["Ana", "Bo", "ana", "Ana ", "*Ana*", "Ana (AR)", "Ana"]),
            &["warning 1.6: Ana owns 6 of 7 key results, more than 4"],
        );
    }

    #[test]
    fn groups_and_nobody_are_no_owners() {
        check(
            &RULE,
            &plan(&["Bo", "tbd", "tbd", "tbd", "tbd", "tbd"]),
            &[],
        );
        check(
            &RULE,
            &plan(&["Bo", "all", "all", "all", "all", "all"]),
            &[],
        );
    }

    #[test]
    fn a_plan_of_one_person_may_be_as_large_as_a_plan() {
        check(&RULE, &plan(&["Ana"; 16]), &[]);
        check(
            &RULE,
            &plan(&["Ana"; 17]),
            &["warning 1.5: Ana owns 17 of 17 key results, more than 4"],
        );
    }
}
