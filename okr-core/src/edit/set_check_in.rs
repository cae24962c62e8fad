//! A check-in that says something else: its row is written anew.

use super::check_in_table::{Row, normal, sheets};
use super::placing::{self, Aim};
use super::{EditError, key_result_mut};
use crate::Parsed;
use crate::model::{CheckIn, ElementId, Plan};
use crate::text::TextEdit;

pub(super) fn apply(
    plan: &mut Plan,
    key_result: ElementId,
    position: usize,
    check_in: &CheckIn,
) -> Result<(), EditError> {
    let there = key_result_mut(plan, key_result);
    let there = &mut there
        .ok_or_else(|| EditError::no_element(key_result))?
        .check_ins;
    if position >= there.len() {
        return Err(EditError::no_check_in(key_result, position));
    }
    let normal = normal(check_in, there)?;
    there[position] = normal;
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
    let check_in = |plan: &'_ Plan| -> Option<CheckIn> {
        plan.key_result(key_result)?
            .check_ins
            .get(position)
            .cloned()
    };
    let before = check_in(&parsed.plan).ok_or_else(missing)?;
    let after = check_in(changed).ok_or_else(missing)?;
    let row = *place.check_ins.get(position).ok_or_else(missing)?;
    let tables = sheets(parsed, place);
    let sheet = tables.iter().find(|sheet| sheet.holds(row));
    let candidates = sheet
        .into_iter()
        .flat_map(|sheet| sheet.write(&parsed.document, Row::At(row), Some(&before), &after));
    Ok(placing::first_that_means(parsed, changed, candidates))
}
