//! `circular-support`: objectives of which each supports itself by way of the others.

use std::collections::{HashMap, VecDeque};

use crate::audit::workspace::{Across, Reports, Sight, Workspace};
use crate::audit::{Axis, Level, Place, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "circular-support",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Focus,
    rank: 6,
    since: "0.1.0",
    docs: include_str!("circular_support.md"),
    check: |_, _| {},
};

pub(super) static ACROSS: Across = Across {
    rule: &RULE,
    sight: Sight::Links,
    check,
};

/// The most objectives on the way round that are named.
const MOST_NAMED: usize = 3;

fn check(workspace: &Workspace<'_>, reports: &mut Reports) {
    for circle in &workspace.alignment.circles {
        let is_looked_at = |at: &usize| {
            let (plan, _) = workspace.place(*at);
            workspace.settings(plan).is_some()
        };
        // A link from a higher level to a lower one is the one that is wrong.
        let down = circle.iter().find_map(|at| {
            let parents = workspace.alignment.objectives[*at].parents.iter();
            let mut inside = parents.filter(|parent| circle.binary_search(parent).is_ok());
            let parent = inside.find(|parent| leads_down(workspace, *at, **parent))?;
            Some((*at, *parent))
        });
        let first = down.map(|(at, _)| at).filter(is_looked_at);
        let Some(first) = first.or_else(|| circle.iter().copied().find(is_looked_at)) else {
            continue;
        };
        let (plan, element) = workspace.place(first);
        let round = way_round(workspace, first, circle);
        let mut names: Vec<String> = round
            .iter()
            .take(MOST_NAMED)
            .map(|at| workspace.name(*at, plan))
            .collect();
        if round.len() > MOST_NAMED {
            names.push(format!("{} more", round.len() - MOST_NAMED));
        }
        let message = match &names[..] {
            [] => "objective supports itself".to_owned(),
            [one] => format!("objective supports itself by way of {one}"),
            [some @ .., last] => {
                format!(
                    "objective supports itself by way of {} and {last}",
                    some.join(", ")
                )
            }
        };
        let help = match down {
            _ if names.is_empty() => "take the link out".to_owned(),
            Some((at, parent)) => format!(
                "take out the link from {} to {}: links lead upwards",
                workspace.name(at, plan),
                workspace.name(parent, plan)
            ),
            None => "take one of these links out: the one from the broader goal to the narrower"
                .to_owned(),
        };
        reports
            .report(plan, &RULE, element, message)
            .at(Place::Field("supports"))
            .label("leads round in a circle")
            .help(help);
    }
}

fn leads_down(workspace: &Workspace<'_>, child: usize, parent: usize) -> bool {
    let level = |at: usize| workspace.level(workspace.place(at).0);
    matches!((level(child), level(parent)), (Some(child), Some(parent)) if child < parent)
}

/// Returns the shortest way round from an objective to itself, without its ends.
fn way_round(workspace: &Workspace<'_>, first: usize, circle: &[usize]) -> Vec<usize> {
    let mut came_from: HashMap<usize, usize> = HashMap::new();
    let mut open = VecDeque::from([first]);
    while let Some(at) = open.pop_front() {
        for parent in &workspace.alignment.objectives[at].parents {
            if *parent == first {
                let mut way = Vec::new();
                let mut here = at;
                while here != first {
                    way.push(here);
                    here = came_from[&here];
                }
                way.reverse();
                return way;
            }
            if circle.binary_search(parent).is_ok() && !came_from.contains_key(parent) {
                came_from.insert(*parent, at);
                open.push_back(*parent);
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::audit::testing::check_across;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_across(&RULE, Sight::Links, text, expected);
    }

    #[test]
    fn a_circle_is_told_once_with_the_way_round() {
        check(
            "<!-- a.md -->\n## Objective: A\n\n- Supports: [B](b.md#objective-b)\n\
             <!-- b.md -->\n## Objective: B\n\n- Supports: [C](c.md), [D](c.md#objective-d)\n\n## Objective: D\n\n- Supports: [B](#objective-b)\n\
             <!-- c.md -->\n## Objective: C\n\n- Supports: [A](a.md)\n",
            &[
                "error a.md 1: objective supports itself by way of objective 1 of b.md and objective 1 of c.md; take one \
               of these links out: the one from the broader goal to the narrower",
            ],
        );
        check(
            "<!-- a.md -->\n## Objective: A\n\n- Supports: [A](#objective-a)\n",
            &["error a.md 1: objective supports itself; take the link out"],
        );
    }

    #[test]
    fn the_link_that_leads_down_is_the_wrong_one() {
        check(
            "<!-- ar.md -->\n---\nlevel: team\n---\n\n## Objective: A\n\n- Supports: [B](company.md)\n\
             <!-- company.md -->\n---\nlevel: company\n---\n\n## Objective: B\n\n- Supports: [A](ar.md)\n",
            &[
                "error company.md 1: objective supports itself by way of objective 1 of ar.md; take out the link from \
               objective 1 to objective 1 of ar.md: links lead upwards",
            ],
        );
    }

    #[test]
    fn a_long_way_round_is_shortened() {
        let mut text = String::new();
        for at in 0..6 {
            let next = (at + 1) % 6;
            let _ = write!(
                text,
                "<!-- p{at}.md -->\n## Objective: O{at}\n\n- Supports: [O](p{next}.md)\n"
            );
        }
        check(
            &text,
            &[
                "error p0.md 1: objective supports itself by way of objective 1 of p1.md, objective 1 of p2.md, \
               objective 1 of p3.md and 2 more; take one of these links out: the one from the broader goal to the \
               narrower",
            ],
        );
    }
}
