//! A new key result under an objective.

use super::numbers::{Numbers, is_numbered};
use super::placing::{self, Aim};
use super::{EditError, objective_mut};
use crate::Parsed;
use crate::model::{ElementId, KeyResult, Objective, Plan};
use crate::print::print_key_result;
use crate::text::TextEdit;

pub(super) fn apply(
    plan: &mut Plan,
    objective: usize,
    position: usize,
    key_result: &KeyResult,
) -> Result<(), EditError> {
    let id = ElementId::Objective(objective);
    let objective_there = objective_mut(plan, id).ok_or_else(|| EditError::no_element(id))?;
    let there = &mut objective_there.key_results;
    if key_result.title.is_empty() {
        return Err(EditError::no_title());
    }
    if position > there.len() {
        let missing = ElementId::KeyResult(objective, position);
        return Err(EditError::no_element(missing));
    }
    if there.iter().all(|other| other.title != key_result.title) {
        let normal = normal(key_result).ok_or_else(|| {
            let message = "free text of the key result holds headings of the plan".to_owned();
            EditError::value(message, "free text that is no part of the plan")
        })?;
        there.insert(position, normal);
    }
    Ok(())
}

/// Returns the key result as it comes back from a text, or nothing when it comes back as something else.
fn normal(key_result: &KeyResult) -> Option<KeyResult> {
    let plan = Plan {
        objectives: vec![Objective {
            key_results: vec![key_result.clone()],
            ..Objective::default()
        }],
        ..Plan::default()
    };
    let mut read = crate::parse(crate::print(&plan)).plan;
    let key_result = read.objectives.first_mut()?.key_results.pop()?;
    let mut rest = plan;
    rest.objectives.first_mut()?.key_results.clear();
    (read == rest).then_some(key_result)
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    objective: usize,
    position: usize,
) -> Result<TextEdit, EditError> {
    let id = ElementId::KeyResult(objective, position);
    let missing = || EditError::no_element(id);
    let key_result = changed.key_result(id).ok_or_else(missing)?;
    let places = parsed.locations.objectives.get(objective);
    let places = places.ok_or_else(missing)?;
    let sibling = match places.key_results.len().checked_sub(1) {
        Some(last) => ElementId::KeyResult(objective, last),
        None => ElementId::Objective(objective),
    };
    let number = is_numbered(parsed, sibling).then_some((objective + 1, position + 1));
    let mut block = String::new();
    print_key_result(&mut block, number, key_result);
    let block = block.trim_end_matches('\n');
    let document = &parsed.document;
    let candidates = if let Some(next) = places.key_results.get(position) {
        let at = document.whole_lines(next.heading).start();
        placing::before(document, at, block)
    } else {
        let last = places.key_results.last().unwrap_or(&places.element);
        placing::append(document, *last.own.first().ok_or_else(missing)?, block)
    };
    // The numbers of those behind it follow, where they were right.
    let behind = (position..places.key_results.len()).map(|k| {
        let id = |k: usize| ElementId::KeyResult(objective, k);
        (id(k), id(k + 1))
    });
    let candidates = Numbers::new(parsed, behind).with(candidates);
    Ok(placing::first_that_means(parsed, changed, candidates))
}
