//! An objective that goes, with its key results.

use super::numbers::{Numbers, objectives_from};
use super::placing::{Aim, first_that_means, without};
use super::{EditError, objective_mut};
use crate::Parsed;
use crate::model::{ElementId, Plan};
use crate::text::{Span, TextEdit};

pub(super) fn apply(plan: &mut Plan, objective: usize) -> Result<(), EditError> {
    let id = ElementId::Objective(objective);
    objective_mut(plan, id).ok_or_else(|| EditError::no_element(id))?;
    plan.objectives.remove(objective);
    for section in &mut plan.sections {
        if section.position > objective {
            section.position -= 1;
        }
    }
    Ok(())
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    objective: usize,
) -> Result<TextEdit, EditError> {
    let missing = || EditError::no_element(ElementId::Objective(objective));
    let place = parsed.locations.objectives.get(objective);
    let place = place.ok_or_else(missing)?;
    let document = &parsed.document;
    let heading = document.whole_lines(place.element.heading);
    let elements = std::iter::once(&place.element).chain(&place.key_results);
    let ends = elements.flat_map(|place| &place.own).map(|own| own.end());
    let lines = Span::new(heading.start(), ends.fold(heading.end(), usize::max));
    let numbers = Numbers::new(parsed, objectives_from(parsed, objective + 1, false));
    let candidates = numbers.with(without(document, lines));
    Ok(first_that_means(parsed, changed, candidates))
}
