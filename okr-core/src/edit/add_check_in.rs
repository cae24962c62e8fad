//! A new check-in: one more row of the table, in the order of the dates.

use jiff::civil::Date;

use super::check_in_table::{Row, Sheet, normal, sheets};
use super::placing::{self, Aim};
use super::{EditError, key_result_mut};
use crate::Parsed;
use crate::model::{CheckIn, ElementId, Plan};
use crate::print::check_in_table;
use crate::text::{Span, TextEdit};

pub(super) fn apply(
    plan: &mut Plan,
    key_result: ElementId,
    check_in: &CheckIn,
) -> Result<(), EditError> {
    let there = key_result_mut(plan, key_result);
    let there = &mut there
        .ok_or_else(|| EditError::no_element(key_result))?
        .check_ins;
    let normal = normal(check_in, there)?;
    if !there.contains(&normal) {
        there.insert(position(there, normal.date), normal);
    }
    Ok(())
}

/// Returns where a check-in of that day goes: behind the last one that is not later; in a table with the
/// newest on top, before the first one that is not later.
fn position(check_ins: &[CheckIn], date: Date) -> usize {
    let is_newest_first = match check_ins {
        [first, .., last] => first.date > last.date,
        _ => false,
    };
    let is_before = |other: &CheckIn| other.date <= date;
    if is_newest_first {
        let first = check_ins.iter().position(is_before);
        return first.unwrap_or(check_ins.len());
    }
    check_ins.iter().rposition(is_before).map_or(0, |at| at + 1)
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    key_result: ElementId,
) -> Result<TextEdit, EditError> {
    let missing = || EditError::no_element(key_result);
    let place = parsed.locations.element(key_result).ok_or_else(missing)?;
    let before = &parsed
        .plan
        .key_result(key_result)
        .ok_or_else(missing)?
        .check_ins;
    let after = &changed
        .key_result(key_result)
        .ok_or_else(missing)?
        .check_ins;
    let same = before
        .iter()
        .zip(after)
        .take_while(|(one, other)| one == other);
    let position = same.count();
    let added = after.get(position).ok_or_else(missing)?;

    let document = &parsed.document;
    let tables = sheets(parsed, place);
    let row_of = |position: usize| place.check_ins.get(position).copied();
    let holding = |row: Span| tables.iter().find(|sheet| sheet.holds(row));
    // Behind the row that comes before it, or before the first one.
    let neighbour = match position.checked_sub(1) {
        Some(last) => row_of(last).and_then(|row| Some((holding(row)?, Row::Behind(row)))),
        None => row_of(0).and_then(|row| Some((holding(row)?, Row::Before(row)))),
    };
    let empty = || {
        let tables: &[Sheet<'_>] = if place.check_ins.is_empty() {
            &tables
        } else {
            &[]
        };
        tables.first().map(|sheet| (sheet, Row::First))
    };
    let in_table = neighbour.or_else(empty).into_iter();
    let in_table = in_table.flat_map(|(sheet, row)| sheet.write(document, row, None, added));

    let table = check_in_table(std::slice::from_ref(added));
    let own = *place.own.first().ok_or_else(missing)?;
    let items = place.fields.iter().map(|field| field.item);
    let items = items.chain(place.initiatives.iter().map(|initiative| initiative.item));
    let list_end = items.map(|item| item.end()).filter(|end| *end <= own.end());
    let list_end = list_end.fold(own.start(), usize::max);
    let rows_end = place.check_ins.iter().map(|row| row.end());
    let rows_end = rows_end
        .filter(|end| *end <= own.end())
        .fold(own.start(), usize::max);
    let places = [
        Span::new(own.start(), list_end.max(rows_end)),
        Span::empty(own.start()),
        own,
    ];
    let of_its_own = places
        .into_iter()
        .flat_map(|place| placing::append(document, place, &table));
    Ok(placing::first_that_means(
        parsed,
        changed,
        in_table.chain(of_its_own),
    ))
}
