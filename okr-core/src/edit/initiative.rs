//! Initiatives: the check box, and the parenthesis with owner and date.

use super::EditError;
use super::placing::Aim;
use crate::Parsed;
use crate::lower::has_trailer;
use crate::model::{ElementId, Initiative, Plan, one_line};
use crate::print::{initiative_line, initiative_trailer};
use crate::syntax::trailer_start;
use crate::text::{Span, TextEdit};

pub(super) fn find_mut(plan: &mut Plan, id: ElementId) -> Option<&mut Initiative> {
    match id {
        ElementId::ObjectiveInitiative(o, i) => plan.objectives.get_mut(o)?.initiatives.get_mut(i),
        ElementId::Initiative(o, k, i) => plan
            .objectives
            .get_mut(o)?
            .key_results
            .get_mut(k)?
            .initiatives
            .get_mut(i),
        _ => None,
    }
}

pub(super) fn get_mut(plan: &mut Plan, id: ElementId) -> Result<&mut Initiative, EditError> {
    find_mut(plan, id).ok_or_else(|| EditError::no_element(id))
}

/// Returns names as they come back from a plan: parted by a comma and a blank, none of them empty.
pub(super) fn normal_owner(owner: &str) -> String {
    let owner = one_line(owner);
    let names: Vec<_> = owner
        .split(',')
        .map(|name| name.trim().trim_start_matches('@').trim_start())
        .filter(|name| !name.is_empty())
        .collect();
    names.join(", ")
}

/// Returns the initiatives of an objective or a key result.
pub(super) fn list_mut(plan: &mut Plan, element: ElementId) -> Option<&mut Vec<Initiative>> {
    match element {
        ElementId::Objective(o) => Some(&mut plan.objectives.get_mut(o)?.initiatives),
        ElementId::KeyResult(o, k) => Some(
            &mut plan
                .objectives
                .get_mut(o)?
                .key_results
                .get_mut(k)?
                .initiatives,
        ),
        _ => None,
    }
}

pub(super) fn edit_done(parsed: &Parsed, id: ElementId, done: bool) -> Result<TextEdit, EditError> {
    let place = parsed
        .locations
        .initiative(id)
        .ok_or_else(|| EditError::no_element(id))?;
    // The sign between the brackets is the only byte that changes.
    let sign = Span::new(place.task.start() + 1, place.task.end() - 1);
    Ok(TextEdit::replace(sign, if done { "x" } else { " " }))
}

pub(super) fn edit_trailer(
    parsed: &Parsed,
    changed: &Aim<'_>,
    id: ElementId,
) -> Result<TextEdit, EditError> {
    let place = parsed
        .locations
        .initiative(id)
        .ok_or_else(|| EditError::no_element(id))?;
    let initiative = changed
        .initiative(id)
        .ok_or_else(|| EditError::no_element(id))?;
    let due = initiative.due.map(|due| due.to_string());
    let trailer = initiative_trailer(initiative.owner.as_deref(), due);
    if place.is_mixed {
        return Ok(TextEdit::replace(place.title, initiative_line(initiative)));
    }
    Ok(match place.trailer {
        Some(span) if trailer.is_empty() => {
            let mut edit = TextEdit::replace(Span::new(place.title.end(), span.end()), "");
            // The title may end in a parenthesis that would now be read as owner and date.
            let title = place.title.of(parsed.document.text());
            let open = trailer_start(title).filter(|open| has_trailer(title, *open));
            if let Some(open) = open {
                edit.push(Span::empty(place.title.start() + open), "\\");
            }
            edit
        }
        Some(span) => TextEdit::replace(span, trailer),
        // Behind the last line of several, the parenthesis could turn that line into something else.
        None if place.title.of(parsed.document.text()).contains('\n') => {
            TextEdit::replace(place.title, initiative_line(initiative))
        }
        None => TextEdit::insert(place.title.end(), format!(" {trailer}")),
    })
}
