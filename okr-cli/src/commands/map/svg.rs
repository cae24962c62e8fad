//! The map as a drawing for browsers.

use okr_core::progress::percent_shown;
use okr_render::map;

use super::{Goal, Map};

/// Returns the document, with a line end behind it.
pub(super) fn document(map: &Map) -> anyhow::Result<String> {
    let goals = map.goals.iter().enumerate();
    let goals: Vec<map::Goal> = goals
        .map(|(at, goal)| map::Goal {
            number: goal.element.clone(),
            plan: goal.plan.clone(),
            level: goal.level,
            title: goal.title.clone(),
            owner: goal.owner.clone(),
            status: goal.status(),
            percent: goal.percent_shown(),
            expected: expected(goal),
            weakest: map.weakest(at),
            href: Some(goal.path.clone()),
        })
        .collect();
    Ok(map::Map::new(&goals, &map.alignment).to_svg()?)
}

/// Returns what is expected of its own key results, in percents; nothing where it shows what others come to.
fn expected(goal: &Goal) -> Option<rust_decimal::Decimal> {
    goal.own.percent_shown()?;
    goal.expected.map(|part| percent_shown(part, true))
}
