//! A check-in that goes: its row, and nothing else.

use super::placing::{self, Aim};
use super::{EditError, key_result_mut};
use crate::Parsed;
use crate::model::{ElementId, Plan};
use crate::text::{Span, TextEdit};

pub(super) fn apply(
    plan: &mut Plan,
    key_result: ElementId,
    position: usize,
) -> Result<(), EditError> {
    let there = key_result_mut(plan, key_result);
    let there = &mut there
        .ok_or_else(|| EditError::no_element(key_result))?
        .check_ins;
    if position >= there.len() {
        return Err(EditError::no_check_in(key_result, position));
    }
    there.remove(position);
    Ok(())
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    key_result: ElementId,
    position: usize,
) -> Result<TextEdit, EditError> {
    let missing = || EditError::no_check_in(key_result, position);
    let place = parsed.locations.element(key_result).ok_or_else(missing)?;
    let row = *place.check_ins.get(position).ok_or_else(missing)?;
    let document = &parsed.document;
    let text = document.text();
    let lines = document.whole_lines(row);
    // A row at the very end goes with the line end before it, so that the text ends as it did.
    let lines = if lines.of(text).ends_with('\n') {
        lines
    } else {
        let before = &text[..lines.start()];
        let before = before.strip_suffix('\n').unwrap_or(before);
        let before = before.strip_suffix('\r').unwrap_or(before);
        Span::new(before.len(), lines.end())
    };
    Ok(placing::first_that_means(
        parsed,
        changed,
        [TextEdit::replace(lines, "")],
    ))
}
