//! `unserved-goal`: a goal of the top that no plan supports, beside others that are.

use crate::audit::workspace::{Across, Reports, Sight, Workspace};
use crate::audit::{Axis, Level, Rule, Tier};
use crate::model::PlanLevel;

pub(super) static RULE: Rule = Rule {
    id: "unserved-goal",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 67,
    since: "0.1.0",
    docs: include_str!("unserved_goal.md"),
    check: |_, _| {},
};

pub(super) static ACROSS: Across = Across {
    rule: &RULE,
    sight: Sight::Folder,
    check,
};

/// How many plans support one before it is what they all look up to.
const SERVED: usize = 2;

fn check(workspace: &Workspace<'_>, reports: &mut Reports) {
    for plan in workspace.open_plans() {
        let is_top = match workspace.level(plan) {
            Some(level) => level == PlanLevel::Company,
            None => workspace.supported[plan].is_empty(),
        };
        if !is_top || workspace.supporting[plan].len() < SERVED {
            continue;
        }
        for at in workspace.objectives_of(plan) {
            let it = &workspace.alignment.objectives[at];
            // What serves another goal of its own plan is a part of that.
            if !it.children.is_empty() || !it.parents.is_empty() {
                continue;
            }
            let (_, element) = workspace.place(at);
            reports
                .report(plan, &RULE, element, "no other plan supports this objective, while others here are supported")
                .help("ask whose work serves it and let an objective of theirs support it, or drop it for this period");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check_across;

    const TEXT: &str = "<!-- company.md -->\n## Objective 1: Grow\n\n## Objective 2: Last\n\n\
                        ## Objective 3: A part\n\n- Supports: [Grow](#objective-1-grow)\n\
                        <!-- a.md -->\n## Objective 1: A\n\n- Supports: [Grow](company.md#objective-1-grow)\n\n\
                        ## Objective 2: No top\n\
                        <!-- b.md -->\n## Objective 1: B\n\n- Supports: [Grow](company.md#objective-1-grow)\n";

    #[test]
    fn a_goal_of_the_top_beside_others_is_told_where_all_is_seen() {
        let expected = [
            "info company.md 2: no other plan supports this objective, while others here are supported; ask whose \
             work serves it and let an objective of theirs support it, or drop it for this period",
        ];
        check_across(&RULE, Sight::Folder, TEXT, &expected);
        check_across(&RULE, Sight::Several, TEXT, &[]);
    }

    #[test]
    fn one_plan_below_is_no_workspace() {
        let (text, _) = TEXT.split_once("<!-- b.md").unwrap();
        check_across(&RULE, Sight::Folder, text, &[]);
        let closed = TEXT.replace(
            "company.md -->\n",
            "company.md -->\n---\nclosed: 2026-10-01\n---\n\n",
        );
        check_across(&RULE, Sight::Folder, &closed, &[]);
    }
}
