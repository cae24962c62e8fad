//! A key result that goes, with its initiatives and check-ins.

use super::numbers::Numbers;
use super::placing::{Aim, first_that_means, without};
use super::{EditError, key_result_mut, objective_mut};
use crate::Parsed;
use crate::model::{ElementId, Plan};
use crate::text::{Span, TextEdit};

pub(super) fn apply(plan: &mut Plan, key_result: ElementId) -> Result<(), EditError> {
    let missing = || EditError::no_element(key_result);
    key_result_mut(plan, key_result).ok_or_else(missing)?;
    let ElementId::KeyResult(o, k) = key_result else {
        return Err(missing());
    };
    let objective = objective_mut(plan, ElementId::Objective(o)).ok_or_else(missing)?;
    objective.key_results.remove(k);
    Ok(())
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    key_result: ElementId,
) -> Result<TextEdit, EditError> {
    let missing = || EditError::no_element(key_result);
    let place = parsed.locations.element(key_result).ok_or_else(missing)?;
    let ElementId::KeyResult(o, k) = key_result else {
        return Err(missing());
    };
    let document = &parsed.document;
    let heading = document.whole_lines(place.heading);
    let ends = place.own.iter().map(|own| own.end());
    let lines = Span::new(heading.start(), ends.fold(heading.end(), usize::max));
    let count = parsed
        .locations
        .objectives
        .get(o)
        .map_or(0, |places| places.key_results.len());
    let behind =
        (k + 1..count).map(|k| (ElementId::KeyResult(o, k), ElementId::KeyResult(o, k - 1)));
    let candidates = Numbers::new(parsed, behind).with(without(document, lines));
    Ok(first_that_means(parsed, changed, candidates))
}
