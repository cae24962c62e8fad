//! An initiative that goes.

use super::EditError;
use super::initiative::{find_mut, list_mut};
use super::placing::{Aim, first_that_means, without_lines};
use crate::Parsed;
use crate::model::{ElementId, Plan};
use crate::syntax::SEPARATOR;
use crate::text::TextEdit;

pub(super) fn apply(plan: &mut Plan, initiative: ElementId) -> Result<(), EditError> {
    let missing = || EditError::no_element(initiative);
    find_mut(plan, initiative).ok_or_else(missing)?;
    let (element, position) = match initiative {
        ElementId::ObjectiveInitiative(o, i) => (ElementId::Objective(o), i),
        ElementId::Initiative(o, k, i) => (ElementId::KeyResult(o, k), i),
        _ => return Err(missing()),
    };
    list_mut(plan, element)
        .ok_or_else(missing)?
        .remove(position);
    Ok(())
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    initiative: ElementId,
) -> Result<TextEdit, EditError> {
    let place = parsed.locations.initiative(initiative);
    let place = place.ok_or_else(|| EditError::no_element(initiative))?;
    let document = &parsed.document;
    let end = document.line_end();
    let lines = document.whole_lines(place.item);
    let candidates = [
        without_lines(document, place.item),
        TextEdit::replace(lines, ""),
        TextEdit::replace(lines, end),
        TextEdit::replace(lines, format!("{end}{SEPARATOR}{end}{end}")),
    ];
    Ok(first_that_means(parsed, changed, candidates))
}
