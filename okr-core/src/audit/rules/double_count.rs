//! `double-count`: what counts twice for one goal, in two plans or by two ways.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use crate::alignment::lead::key;
use crate::audit::rules::duplicate_goal::{key as measure_key, statement_key};
use crate::audit::workspace::{Across, KeyResultExtract, Reports, Sight, Workspace};
use crate::audit::{Axis, Level, Place, Question, Rule, Tier};
use crate::model::{ElementId, Target, Unit};
use crate::statement::Lexicon;

pub(super) static RULE: Rule = Rule {
    id: "double-count",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Focus,
    rank: 28,
    since: "0.1.0",
    docs: include_str!("double_count.md"),
    check: |_, _| {},
};

pub(super) static ACROSS: Across = Across {
    rule: &RULE,
    sight: Sight::Several,
    check,
};

/// With how many key results of one target each is compared: more have a target that says little.
const MOST_COMPARED: usize = 32;
/// How many objectives above one are looked at.
const MOST_ABOVE: usize = 1000;

fn check(workspace: &Workspace<'_>, reports: &mut Reports) {
    same_result(workspace, reports);
    two_ways(workspace, reports);
}

/// A key result that serves a goal by way of its objective.
struct Case<'w> {
    objective: usize,
    key_result: &'w KeyResultExtract,
    /// What it counts by its field and by its statement.
    counted: OnceCell<(Option<String>, Option<String>)>,
}

impl Case<'_> {
    fn counted(&self, lexicon: &Lexicon) -> &(Option<String>, Option<String>) {
        self.counted.get_or_init(|| {
            let measure = self.key_result.measure.as_deref().and_then(measure_key);
            (measure, statement_key(&self.key_result.title, lexicon))
        })
    }

    /// Returns whether both count the same thing up to the same target, as far as their words say.
    fn is_same(&self, other: &Self, lexicon: &Lexicon) -> bool {
        let (one, two) = (self.key_result, other.key_result);
        let differ = |one: Option<String>, two: Option<String>| matches!((one, two), (Some(one), Some(two)) if one != two);
        let source = |it: &KeyResultExtract| it.source.as_deref().map(key);
        let start = |it: &KeyResultExtract| it.start.as_ref().map(|it| it.value);
        let have_start = start(one).is_some() && start(two).is_some();
        if unit(&one.target) != unit(&two.target)
            || differ(source(one), source(two))
            || have_start && start(one) != start(two)
        {
            return false;
        }
        let ((measure, title), (other_measure, other_title)) =
            (self.counted(lexicon), other.counted(lexicon));
        let is_titled = title.is_some() && title == other_title;
        match (measure, other_measure) {
            // Each may count its own part by one measure; where it starts tells that it is one number.
            (Some(one), Some(two)) => one == two && (have_start || is_titled),
            _ => is_titled,
        }
    }
}

/// Tells key results of two plans that count the same for one goal.
fn same_result(workspace: &Workspace<'_>, reports: &mut Reports) {
    let mut told: HashSet<(usize, usize)> = HashSet::new();
    for parent in 0..workspace.alignment.objectives.len() {
        let children = &workspace.alignment.objectives[parent].children;
        let is_open = |at: &&usize| !workspace.plans[workspace.place(**at).0].is_closed;
        let mut by_target: HashMap<Option<(bool, Decimal)>, Vec<Case<'_>>> = HashMap::new();
        for objective in children.iter().filter(is_open) {
            let (plan, _) = workspace.place(*objective);
            let Some(settings) = workspace.settings(plan) else {
                continue;
            };
            for key_result in &workspace.objective(*objective).key_results {
                let case = Case {
                    objective: *objective,
                    key_result,
                    counted: OnceCell::new(),
                };
                let alike = by_target.entry(size(&key_result.target)).or_default();
                let others = alike.iter().take(MOST_COMPARED).filter(|other| {
                    let (other, _) = workspace.place(other.objective);
                    other != plan && workspace.meet(plan, other)
                });
                let mut same = others.filter(|other| case.is_same(other, &settings.lexicon));
                if let Some(other) = same.next()
                    && told.insert((*objective, key_result.position))
                {
                    report(workspace, reports, &case, other, parent);
                }
                drop(same);
                alike.push(case);
            }
        }
    }
}

fn report(
    workspace: &Workspace<'_>,
    reports: &mut Reports,
    case: &Case<'_>,
    other: &Case<'_>,
    parent: usize,
) {
    let element = |case: &Case<'_>| {
        let position = workspace.alignment.objectives[case.objective].position;
        ElementId::KeyResult(position, case.key_result.position)
    };
    let plan = |case: &Case<'_>| workspace.place(case.objective).0;
    let message = format!(
        "counts the same as key result {} of {}, and both serve {}",
        element(other),
        workspace.path(plan(other), plan(case)),
        workspace.name(parent, plan(case)),
    );
    reports
        .report(plan(case), &RULE, element(case), message)
        .help("count it in one of the two plans alone; if each counts a part of its own, say in both which part");
}

fn size(target: &Target) -> Option<(bool, Decimal)> {
    match target {
        Target::Value { value, .. } => Some((false, value.value)),
        Target::Between { low, .. } => Some((false, low.value)),
        Target::Relative(percent) => Some((true, *percent)),
        Target::Change(change) => Some((true, change.value)),
        Target::Done | Target::FirstValue => None,
    }
}

fn unit(target: &Target) -> Option<&Unit> {
    match target {
        Target::Value { value, .. } => Some(&value.unit),
        Target::Between { low, .. } => Some(&low.unit),
        Target::Change(change) => Some(&change.unit),
        Target::Relative(_) | Target::Done | Target::FirstValue => None,
    }
}

/// Tells objectives that serve a goal directly and by way of another that they serve.
fn two_ways(workspace: &Workspace<'_>, reports: &mut Reports) {
    for plan in workspace.open_plans() {
        for at in workspace.objectives_of(plan) {
            let parents = &workspace.alignment.objectives[at].parents;
            if parents.len() < 2 {
                continue;
            }
            let found = parents.iter().find_map(|by| {
                let others = parents.iter().filter(|it| *it != by);
                let above = above(workspace, *by);
                // Of a circle nobody knows which is above.
                let mut goals = others
                    .filter(|it| above.contains(it) && !self::above(workspace, **it).contains(by));
                Some((*goals.next()?, *by))
            });
            if let Some((goal, by)) = found {
                report_ways(workspace, reports, at, goal, by);
            }
        }
    }
}

fn report_ways(
    workspace: &Workspace<'_>,
    reports: &mut Reports,
    at: usize,
    goal: usize,
    by: usize,
) {
    let (plan, element) = workspace.place(at);
    let name = |at: usize| workspace.name(at, plan);
    let message = format!(
        "supports {} directly and by way of {}",
        name(goal),
        name(by)
    );
    // What has key results of its own passes nothing on of what serves it.
    let level = if workspace.objective(by).has_key_results {
        Level::Info
    } else {
        Level::Warning
    };
    let direct = workspace.link_to(at, goal);
    let help = match direct {
        Some(link) => format!("leave out `{}`", link.to_markdown()),
        None => format!("leave out the link to {}", name(goal)),
    };
    reports
        .report(plan, &RULE, element, message)
        .level(level)
        .at(Place::Field("supports"))
        .label("one goal by two ways")
        .help(help)
        .ask(Question {
            text: "Which of the two does it serve?".to_owned(),
            element,
            field: Some("supports"),
            offer: direct.map(|link| workspace.supports_with(at, link, None)),
        });
}

/// Returns the objectives that one serves, directly or by way of others, as far as they are looked at.
fn above(workspace: &Workspace<'_>, at: usize) -> HashSet<usize> {
    let mut found = HashSet::new();
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        for parent in &workspace.alignment.objectives[at].parents {
            if found.len() < MOST_ABOVE && found.insert(*parent) {
                open.push(*parent);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::audit::testing::check_across;

    /// Checks what is found in two plans that serve one goal, of one key result each with its fields.
    #[track_caller]
    fn check(one: &str, two: &str, expected: &[&str]) {
        let mut text = "<!-- company.md -->\n## Objective: Grow\n".to_owned();
        for (path, key_result) in [("a.md", one), ("b.md", two)] {
            let (title, fields) = key_result.split_once(';').unwrap_or((key_result, ""));
            let _ = write!(
                text,
                "<!-- {path} -->\n## Objective: {path}\n\n- Supports: [Grow](company.md)\n\n\
                 ### Key result: {title}\n\n"
            );
            for field in fields.split(';').filter(|field| !field.is_empty()) {
                let _ = writeln!(text, "- {}", field.trim());
            }
        }
        check_across(&RULE, Sight::Several, &text, expected);
    }

    const SAME: &str = "warning b.md 1.1: counts the same as key result 1.1 of a.md, and both serve objective 1 of \
                        company.md; count it in one of the two plans alone; if each counts a part of its own, say in \
                        both which part";

    #[test]
    fn the_same_number_in_two_plans_is_told() {
        check("Win 40 new accounts", "Win 40 new accounts", &[SAME]);
        check(
            "Cut DSO;Measure: days sales outstanding;Baseline: 53 days;Target: 47 days",
            "Get paid within 47 days;Measure: days sales outstanding;Baseline: 53 days;Target: 47 days",
            &[SAME],
        );
        check(
            "Obtain the ISO 27001 certificate;Target: done",
            "Obtain the ISO 27001 certificate;Target: done",
            &[SAME],
        );
    }

    #[test]
    fn what_counts_something_else_is_not() {
        for (one, two) in [
            ("Win 40 new accounts", "Win 30 new accounts"),
            (
                "Win 40 new accounts in the north",
                "Win 40 new accounts in the south",
            ),
            (
                "Win 40 new accounts;Source: list of the north",
                "Win 40 new accounts;Source: list of the south",
            ),
            ("Raise it from 50% to 80%", "Raise it from 60% to 80%"),
            (
                "Raise it to 80%;Target: 80%",
                "Raise it to 80 points;Target: 80 points",
            ),
            (
                "Raise the share in Lyon to 80%;Measure: share paid in time",
                "Raise the share in Nice to 80%;Measure: share paid in time",
            ),
            ("Win 40 new accounts;Guardrail: yes", "Win 40 new accounts"),
        ] {
            check(one, two, &[]);
        }
        let text = "<!-- company.md -->\n## Objective: Grow\n\n## Objective: Last\n\
                    <!-- a.md -->\n## Objective: A\n\n- Supports: Grow\n\n### Key result: Win 40 new accounts\n\
                    <!-- b.md -->\n## Objective: B\n\n- Supports: Last\n\n### Key result: Win 40 new accounts\n";
        check_across(&RULE, Sight::Several, text, &[]);
        let quarters = text
            .replace("Supports: Last", "Supports: Grow")
            .replace("a.md -->\n", "a.md -->\n---\nperiod: 2026-Q3\n---\n\n");
        let quarters = quarters.replace("b.md -->\n", "b.md -->\n---\nperiod: 2026-Q4\n---\n\n");
        check_across(&RULE, Sight::Several, &quarters, &[]);
    }

    const WAYS: &str = "<!-- company.md -->\n## Objective: Grow\n\
                        <!-- ops.md -->\n## Objective: Deliver\n\n- Supports: [Grow](company.md)\n\n\
                        <!-- hall.md -->\n## Objective: Find it\n\n- Supports: [Grow](company.md), [Deliver](ops.md)\n";

    #[test]
    fn a_goal_is_served_by_one_way() {
        check_across(
            &RULE,
            Sight::Several,
            WAYS,
            &[
                "warning hall.md 1: supports objective 1 of company.md directly and by way of objective 1 of ops.md; \
               leave out `[Grow](company.md)`",
            ],
        );
        // Key results of its own keep what is below from being counted again.
        let own = WAYS.replace(
            "<!-- hall",
            "### Key result: Deliver 90% in time\n\n<!-- hall",
        );
        check_across(
            &RULE,
            Sight::Several,
            &own,
            &[
                "info hall.md 1: supports objective 1 of company.md directly and by way of objective 1 of ops.md; \
               leave out `[Grow](company.md)`",
            ],
        );
        let circle = WAYS.replace(
            "Objective: Grow\n",
            "Objective: Grow\n\n- Supports: [Deliver](ops.md)\n",
        );
        check_across(&RULE, Sight::Several, &circle, &[]);
        let two = WAYS.replace(
            "- Supports: [Grow](company.md)\n\n<",
            "- Supports: our own wish\n\n<",
        );
        check_across(&RULE, Sight::Several, &two, &[]);
    }
}
