//! A new objective.

use super::EditError;
use super::numbers::{Numbers, is_numbered, objectives_from};
use super::placing::{self, Aim};
use crate::Parsed;
use crate::model::{ElementId, Objective, Plan};
use crate::print::print_objective;
use crate::text::TextEdit;

pub(super) fn apply(
    plan: &mut Plan,
    position: usize,
    objective: &Objective,
) -> Result<(), EditError> {
    if objective.title.is_empty() {
        return Err(EditError::no_title());
    }
    let count = plan.objectives.len();
    if position > count {
        return Err(EditError::no_element(ElementId::Objective(position)));
    }
    let has_title = |other: &Objective| other.title == objective.title;
    if plan.objectives.iter().any(has_title) {
        return Ok(());
    }
    let normal = normal(objective).ok_or_else(|| {
        let message = "free text of the objective holds headings of the plan".to_owned();
        EditError::value(message, "free text that is no part of the plan")
    })?;
    plan.objectives.insert(position, normal);
    // Sections behind the last objective stay behind it; between two, a new one stands right before the next.
    let first_behind = if position == count {
        count
    } else {
        position + 1
    };
    for section in &mut plan.sections {
        if section.position >= first_behind {
            section.position += 1;
        }
    }
    Ok(())
}

/// Returns the objective as it comes back from a text, or nothing when it comes back as something else.
fn normal(objective: &Objective) -> Option<Objective> {
    let mut plan = Plan {
        objectives: vec![objective.clone()],
        ..Plan::default()
    };
    let mut read = crate::parse(crate::print(&plan)).plan;
    let objective = read.objectives.pop()?;
    let count = objective.key_results.len();
    let is_whole = plan.objectives.pop()?.key_results.len() == count;
    (is_whole && read == plan).then_some(objective)
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    position: usize,
) -> Result<TextEdit, EditError> {
    let id = ElementId::Objective(position);
    let missing = || EditError::no_element(id);
    let objective = changed.objective(id).ok_or_else(missing)?;
    let count = parsed.plan.objectives.len();
    let has_numbers = match count.checked_sub(1) {
        Some(last) => is_numbered(parsed, ElementId::Objective(last)),
        None => true,
    };
    let mut block = String::new();
    print_objective(&mut block, has_numbers.then_some(position + 1), objective);
    let block = block.trim_end_matches('\n');
    let document = &parsed.document;
    let places = &parsed.locations.objectives;
    let candidates = if let Some(next) = places.get(position) {
        let at = document.whole_lines(next.element.heading).start();
        placing::before(document, at, block)
    } else {
        let last = match places.last() {
            Some(last) => {
                let elements = std::iter::once(&last.element).chain(&last.key_results);
                elements
                    .flat_map(|place| &place.own)
                    .max_by_key(|own| own.end())
            }
            None => parsed.locations.own.last(),
        };
        placing::append(document, *last.ok_or_else(missing)?, block)
    };
    let candidates = Numbers::new(parsed, objectives_from(parsed, position, true)).with(candidates);
    Ok(placing::first_that_means(parsed, changed, candidates))
}
