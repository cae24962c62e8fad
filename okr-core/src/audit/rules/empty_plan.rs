//! `empty-plan`: a plan without objectives, or an objective without key results.

use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};
use crate::model::ElementId;

pub(super) static RULE: Rule = Rule {
    id: "empty-plan",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Measurable,
    rank: 1,
    since: "0.1.0",
    docs: include_str!("empty_plan.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    if cx.objectives.is_empty() {
        findings
            .report(&RULE, ElementId::Plan, "plan has no objective")
            .help(
                "write a heading like `## Objective: …`; `okr templates` lists plans to start from",
            );
    }
    for objective in &cx.objectives {
        if objective.key_results.is_empty() {
            findings
                .report(&RULE, objective.id, "objective has no key result")
                .help(
                    "write a heading like `### Key result: …` for each number that would show it; \
                     `okr templates` can offer some",
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, plan};

    #[test]
    fn each_empty_objective_is_named() {
        check(&RULE, "", &["error plan: plan has no objective"]);
        check(&RULE, "# Notes\n", &["error plan: plan has no objective"]);
        check(&RULE, &plan(&[1]), &[]);
        check(
            &RULE,
            &plan(&[0, 1, 0]),
            &[
                "error 1: objective has no key result",
                "error 3: objective has no key result",
            ],
        );
    }

    #[test]
    fn initiatives_are_no_key_results() {
        check(
            &RULE,
            "## Objective: Get paid sooner\n\n- [ ] Call the oldest accounts\n",
            &["error 1: objective has no key result"],
        );
    }
}
