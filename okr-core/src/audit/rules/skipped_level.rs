//! `skipped-level`: an objective that supports one far above it, and none of the plan between.

use std::collections::HashMap;

use crate::audit::workspace::{Across, Reports, Sight, Workspace};
use crate::audit::{Axis, Level, Place, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "skipped-level",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 68,
    since: "0.1.0",
    docs: include_str!("skipped_level.md"),
    check: |_, _| {},
};

pub(super) static ACROSS: Across = Across {
    rule: &RULE,
    sight: Sight::Several,
    check,
};

/// The most objectives that are named to be supported.
const MOST_NAMED: usize = 3;

fn check(workspace: &Workspace<'_>, reports: &mut Reports) {
    // Plans that say their level, by the folders whose plans they may stand above.
    let mut by_folder: HashMap<&str, Vec<usize>> = HashMap::new();
    for (plan, extract) in workspace.plans.iter().enumerate() {
        if workspace.level(plan).is_some() {
            by_folder
                .entry(folder(extract.path()))
                .or_default()
                .push(plan);
        }
    }
    for plan in workspace.open_plans() {
        let mut near: Vec<usize> = workspace.supported[plan].iter().copied().collect();
        for folder in folders(workspace.plans[plan].path()) {
            near.extend(by_folder.get(folder).into_iter().flatten());
        }
        for at in workspace.objectives_of(plan) {
            if let Some((parent, between)) = skipped(workspace, &near, at) {
                report(workspace, reports, at, parent, between);
            }
        }
    }
}

/// Returns what an objective supports past a plan, and that plan, which is one of `near`.
fn skipped(workspace: &Workspace<'_>, near: &[usize], at: usize) -> Option<(usize, usize)> {
    let (plan, _) = workspace.place(at);
    let parents = &workspace.alignment.objectives[at].parents;
    let plan_of = |at: &usize| workspace.place(*at).0;
    parents.iter().find_map(|parent| {
        let top = plan_of(parent);
        // What serves one on the way leaves nothing out.
        let is_by_way = |way: usize| is_between(workspace, plan, way, top);
        if parents.iter().any(|other| is_by_way(plan_of(other))) {
            return None;
        }
        let is_above = |between: &usize| {
            // A plan in whose folder all others stand is not more above the one than above the other.
            let path = workspace.plans[*between].path();
            let is_in_its_folder =
                |plan: usize| workspace.plans[plan].path().starts_with(folder(path));
            workspace.supported[plan].contains(between) || !is_in_its_folder(top)
        };
        let mut near = near.iter().copied().filter(|it| is_by_way(*it));
        Some((*parent, near.find(is_above)?))
    })
}

/// Returns the folder of a plan, with a `/` at its end where it is not the root.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// Returns the folder of a plan, and those above it, the nearest first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder(path)), |path| {
        let above = path.strip_suffix('/')?;
        Some(folder(above))
    })
}

/// Returns whether a plan stands between two others: by the levels of all three, else by what they support.
fn is_between(workspace: &Workspace<'_>, plan: usize, between: usize, top: usize) -> bool {
    if [plan, top].contains(&between)
        || workspace.plans[between].is_closed
        || !workspace.meet(plan, between)
    {
        return false;
    }
    let level = |plan: usize| workspace.level(plan);
    if let (Some(low), Some(middle), Some(high)) = (level(plan), level(between), level(top)) {
        return high < middle && middle < low;
    }
    workspace.supported[plan].contains(&between)
        && workspace.supported[between].contains(&top)
        && !workspace.supported[top].contains(&between)
        && !workspace.supported[between].contains(&plan)
}

fn report(
    workspace: &Workspace<'_>,
    reports: &mut Reports,
    at: usize,
    parent: usize,
    between: usize,
) {
    let (plan, element) = workspace.place(at);
    let path = workspace.path(between, plan);
    let what = match workspace.level(between) {
        Some(level) => format!("the {level}, {path}"),
        None => path.to_string(),
    };
    let message = format!(
        "supports {} directly, past {what}",
        workspace.name(parent, plan)
    );
    // What serves the same is likely to be what this helps.
    let serves = |at: &usize| {
        let parents = &workspace.alignment.objectives[*at].parents;
        parents.contains(&parent)
    };
    let links = workspace.objectives_of(between).filter(serves);
    let links: Vec<String> = links
        .take(MOST_NAMED)
        .map(|at| format!("`{}`", workspace.link(at, None, plan).to_markdown()))
        .collect();
    let help = match &links[..] {
        [] => format!("support an objective of {path}, or ask for one there"),
        [one] => format!("if this helps {one}, support that"),
        several => format!("if this helps {}, support that", several.join(" or ")),
    };
    reports
        .report(plan, &RULE, element, message)
        .at(Place::Field("supports"))
        .help(help);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check_across;

    const COMPANY: &str = "<!-- company.md -->\n---\nlevel: company\n---\n\n## Objective 1: Grow\n";
    const OPERATIONS: &str = "<!-- ops/plan.md -->\n---\nlevel: department\n---\n\n## Objective 1: Deliver\n\n\
                              - Supports: [Grow](../company.md)\n";

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_across(&RULE, Sight::Several, text, expected);
    }

    #[test]
    fn a_team_that_goes_past_its_department_is_told() {
        let team = "<!-- ops/hall.md -->\n---\nlevel: team\n---\n\n## Objective 1: Find it\n\n- Supports: [Grow](../company.md)\n";
        check(
            &format!("{COMPANY}{OPERATIONS}{team}"),
            &[
                "info ops/hall.md 1: supports objective 1 of company.md directly, past the department, ops/plan.md; \
               if this helps `[Deliver](plan.md#objective-1-deliver)`, support that",
            ],
        );
        // Elsewhere it is no department of theirs, and who serves both leaves nothing out.
        check(
            &format!(
                "{COMPANY}{OPERATIONS}{}",
                team.replace("ops/hall", "it/dev")
            ),
            &[],
        );
        let both = team.replace(
            "[Grow](../company.md)",
            "[Grow](../company.md), [Deliver](plan.md)",
        );
        check(&format!("{COMPANY}{OPERATIONS}{both}"), &[]);
        check(&format!("{COMPANY}{team}"), &[]);
    }

    #[test]
    fn without_levels_the_way_of_the_other_objectives_counts() {
        let text = "<!-- company.md -->\n## Objective 1: Grow\n\n## Objective 2: Last\n\
                    <!-- ops.md -->\n## Objective 1: Deliver\n\n- Supports: [Grow](company.md#objective-1-grow)\n\
                    <!-- hall.md -->\n## Objective 1: Find it\n\n- Supports: [Deliver](ops.md)\n\n\
                    ## Objective 2: Stay\n\n- Supports: [Last](company.md#objective-2-last)\n";
        check(
            text,
            &[
                "info hall.md 2: supports objective 2 of company.md directly, past ops.md; support an \
               objective of ops.md, or ask for one there",
            ],
        );
        let alone = text.replace("- Supports: [Deliver](ops.md)", "");
        check(&alone, &[]);
    }
}
