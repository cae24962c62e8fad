//! `unlinked-plan`: a plan of which no objective supports anything, though there are plans above it.

use crate::audit::rules::not_aligned;
use crate::audit::workspace::{Across, Reports, Sight, Workspace};
use crate::audit::{Axis, Level, Question, Rule, Tier};
use crate::model::{ElementId, PlanLevel};

pub(super) static RULE: Rule = Rule {
    id: "unlinked-plan",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 63,
    since: "0.1.0",
    docs: include_str!("unlinked_plan.md"),
    check: |_, _| {},
};

pub(super) static ACROSS: Across = Across {
    rule: &RULE,
    sight: Sight::Several,
    check,
};

/// How many plans hang together before one that does not stands out.
const LINKED: usize = 3;

fn check(workspace: &Workspace<'_>, reports: &mut Reports) {
    let linked = (0..workspace.plans.len()).filter(|plan| {
        !workspace.supporting[*plan].is_empty() || !workspace.supported[*plan].is_empty()
    });
    let linked: Vec<usize> = linked.collect();
    for plan in workspace.open_plans() {
        let mut objectives = workspace.objectives_of(plan).peekable();
        let Some(first) = objectives.peek().copied() else {
            continue;
        };
        // Each objective by itself is asked for then.
        let is_asked = |it: &crate::audit::Settings| it.has_parents && it.runs(&not_aligned::RULE);
        let is_linked = objectives.any(|at| !workspace.links(at).is_empty());
        if is_linked || workspace.settings(plan).is_some_and(is_asked) {
            continue;
        }
        let above = match workspace.level(plan) {
            Some(PlanLevel::Company) => None,
            Some(level) => higher(workspace, plan, level),
            None => unlike_others(workspace, plan, &linked),
        };
        let Some(above) = above else { continue };
        let path = workspace.path(above, plan);
        let message = format!("no objective supports one of a higher plan, such as {path}");
        let example = workspace.objectives_of(above).next();
        let link = example.map(|at| workspace.link(at, None, plan).to_markdown());
        reports
            .report(plan, &RULE, ElementId::Plan, message)
            .help(format!(
                "link what an objective serves, such as `- Supports: {}`",
                link.unwrap_or_default()
            ))
            .ask(Question {
                text: format!("Which objective of {path} does it serve?"),
                element: workspace.place(first).1,
                field: Some("supports"),
                offer: None,
            });
    }
}

/// Returns the plan of a higher level that is nearest: by its folder, then by its level.
fn higher(workspace: &Workspace<'_>, plan: usize, level: PlanLevel) -> Option<usize> {
    let others = (0..workspace.plans.len()).filter(|other| {
        workspace.level(*other).is_some_and(|other| other < level)
            && workspace.meet(plan, *other)
            && !workspace.plans[*other].objectives.is_empty()
    });
    others.max_by_key(|other| {
        let is_near = workspace.is_in_folder_of(plan, *other);
        (is_near, workspace.level(*other), std::cmp::Reverse(*other))
    })
}

/// Returns the plan that most others support, where all hang together but this one; `linked` are those that do.
fn unlike_others(workspace: &Workspace<'_>, plan: usize, linked: &[usize]) -> Option<usize> {
    if workspace.sight < Sight::Folder || !workspace.supporting[plan].is_empty() {
        return None;
    }
    let linked = linked.iter().copied();
    let met: Vec<usize> = linked.filter(|it| workspace.meet(plan, *it)).collect();
    if met.len() < LINKED {
        return None;
    }
    let most = |it: &usize| (workspace.supporting[*it].len(), std::cmp::Reverse(*it));
    met.into_iter().max_by_key(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Settings;
    use crate::audit::testing::{check_across, check_across_with};

    const COMPANY: &str = "<!-- company.md -->\n---\nlevel: company\n---\n\n## Objective 1: Grow\n";

    #[test]
    fn a_level_says_that_there_is_something_above() {
        let text = format!(
            "{COMPANY}<!-- it/plan.md -->\n---\nlevel: department\n---\n\n## Objective: A\n\n## Objective: B\n\
             <!-- it/dev.md -->\n---\nlevel: team\n---\n\n## Objective: C\n"
        );
        let expected = [
            "info it/plan.md plan: no objective supports one of a higher plan, such as company.md; link what an \
             objective serves, such as `- Supports: [Grow](../company.md#objective-1-grow)`",
            "info it/dev.md plan: no objective supports one of a higher plan, such as it/plan.md; link what an \
             objective serves, such as `- Supports: [A](plan.md#objective-a)`",
        ];
        check_across(&RULE, Sight::Several, &text, &expected);
        check_across(&RULE, Sight::Links, &text, &[]);
        // Then each objective is asked for.
        let settings = Settings {
            has_parents: true,
            ..Settings::default()
        };
        check_across_with(&RULE, &settings, Sight::Several, &text, &[]);
    }

    #[test]
    fn what_is_over_of_another_time_or_has_words_is_left_alone() {
        for plan in [
            "level: team\nclosed: 2026-10-01\n---\n\n## Objective: A\n",
            "level: team\n---\n\n## Objective: A\n\n## Objective: B\n\n- Supports: our own wish\n",
            "level: team\n---\n\n# Nothing yet\n",
            "plan: x\n---\n\n## Objective: A\n",
        ] {
            let text = format!("{COMPANY}<!-- a.md -->\n---\n{plan}");
            check_across(&RULE, Sight::Folder, &text, &[]);
        }
        let text = "<!-- company.md -->\n---\nlevel: company\nperiod: 2026-Q3\n---\n\n## Objective 1: Grow\n\
                    <!-- a.md -->\n---\nlevel: team\nperiod: 2026-Q4\n---\n\n## Objective: A\n";
        check_across(&RULE, Sight::Folder, text, &[]);
    }

    #[test]
    fn without_levels_one_that_hangs_in_the_air_stands_out() {
        let text = "<!-- company.md -->\n## Objective 1: Grow\n\
                    <!-- a.md -->\n## Objective 1: A\n\n- Supports: [Grow](company.md)\n\
                    <!-- b.md -->\n## Objective 1: B\n\n- Supports: [Grow](company.md)\n\
                    <!-- c.md -->\n## Objective 1: C\n";
        check_across(
            &RULE,
            Sight::Folder,
            text,
            &[
                "info c.md plan: no objective supports one of a higher plan, such as company.md; link what an \
               objective serves, such as `- Supports: [Grow](company.md#objective-1-grow)`",
            ],
        );
        check_across(&RULE, Sight::Several, text, &[]);
    }
}
