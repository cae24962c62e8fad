//! Reads the cells of numbers: start, target, current value, and both in one.

use okr_core::fields::MOST_WEIGHT;
use okr_core::model::{Bound, CheckIn};
use rust_decimal::Decimal;

use super::{Reader, Values};
use crate::import::layout::Field;
use crate::import::sayings::{self, Topic};
use crate::import::values::number::{self, Number};
use crate::import::values::{change, pair, text};
use crate::table::{Cell, Formula, Value};

impl Reader<'_> {
    pub(super) fn number(
        &mut self,
        row: usize,
        column: usize,
        cell: &Cell,
        values: &mut Values,
    ) -> Option<Number> {
        if cell.formula == Formula::Saved {
            self.sayings.say(&sayings::SAVED, row, column, "");
        }
        if matches!(cell.value, Value::Text(_) | Value::Error(_) | Value::Empty)
            && self.unless_empty(row, column, cell)
        {
            return None;
        }
        let decimals = self.facts.decimals.get(column).copied().unwrap_or_default();
        let number = number::of_cell(cell, decimals);
        let Some(mut number) = number else {
            if matches!(cell.value, Value::Bool(_)) {
                self.note(row, column, cell, values);
                return None;
            }
            self.sayings
                .say(&sayings::NOT_A_NUMBER, row, column, &cell.to_text());
            self.note(row, column, cell, values);
            return None;
        };
        if let Value::Text(words) = &cell.value {
            self.tell_number(row, column, words, &number);
        }
        if let Some(remark) = number.remark.take() {
            let name = &self.names[column];
            values.notes.push(format!("{name}: {remark}"));
        }
        if values.heading_unit.is_none() {
            values.heading_unit = self.heading_unit(column);
        }
        Some(number)
    }

    /// Reads how much an element counts: a plain number or a percentage above zero. Anything else is a note.
    pub(super) fn weight(&mut self, row: usize, column: usize, cell: &Cell, values: &mut Values) {
        let decimals = self.facts.decimals.get(column).copied().unwrap_or_default();
        let weight = number::of_cell(cell, decimals).filter(|number| {
            let is_share = matches!(number.unit.as_deref(), None | Some("%"));
            let is_plain = number.bound == Bound::Reach && number.remark.is_none();
            is_share && is_plain && number.value > Decimal::ZERO && number.value <= MOST_WEIGHT
        });
        match weight {
            Some(weight) => values.weight = Some(weight.value.normalize()),
            None => self.note(row, column, cell, values),
        }
    }

    pub(super) fn tell_number(&mut self, row: usize, column: usize, words: &str, number: &Number) {
        if words.starts_with('\'') {
            self.sayings.say(&sayings::APOSTROPHE, row, column, words);
        }
        if number.is_multiplied {
            let read = number.quantity(None).number();
            self.sayings
                .say_as(&sayings::FACTOR, row, column, words.trim(), &read);
        } else if words.len() > 4 && number::is_ambiguous(words) {
            let read = number.value.to_string();
            let topic: &'static Topic = if self.facts.is_decimal_shown {
                &sayings::DECIMAL_SIGN
            } else {
                &sayings::DECIMAL_GUESS
            };
            self.sayings.say_as(topic, row, column, words.trim(), &read);
        } else if is_local(words, number.value) {
            let read = number.value.normalize().to_string();
            self.sayings
                .say_as(&sayings::WRITTEN_OUT, row, column, words.trim(), &read);
        }
    }

    /// Returns the unit that stands in brackets in a heading: `Start (EUR)`.
    pub(super) fn heading_unit(&self, column: usize) -> Option<String> {
        let heading = self.headings.columns.get(column)?;
        text::split_unit(&heading.words)
            .or_else(|| text::split_unit(&heading.group))
            .map(|(_, unit)| unit)
            .or_else(|| heading.words.ends_with(" %").then(|| "%".to_owned()))
    }

    /// Reads a cell for one of the two, in which both may stand, or a range that will do.
    pub(super) fn start_or_target(
        &mut self,
        field: Field,
        row: usize,
        column: usize,
        cell: &Cell,
        values: &mut Values,
    ) {
        values.has_measure = true;
        let decimals = self.facts.decimals.get(column).copied().unwrap_or_default();
        if let Value::Text(words) = &cell.value
            && let Some(behind) = pair::behind_arrow(words)
        {
            // `-> 240`: the start stands elsewhere, or nowhere.
            return self.start_or_target(field, row, column, &Cell::text(behind), values);
        }
        if field == Field::Target
            && let Value::Text(words) = &cell.value
            && let Some(change) = change::read(words, decimals)
        {
            values.change = Some(change);
            return;
        }
        if let Value::Text(words) = &cell.value
            && number::of_cell(cell, decimals).is_none()
        {
            if field == Field::Target
                && let Some(range) = pair::range(words, decimals)
            {
                values.range = Some(range);
                return;
            }
            let other = if field == Field::Start {
                &values.target
            } else {
                &values.start
            };
            if other.is_none() && pair::read(words, decimals).is_some() {
                self.start_and_target(row, column, cell, values);
                return;
            }
        }
        let number = self.number(row, column, cell, values);
        let slot = if field == Field::Start {
            &mut values.start
        } else {
            &mut values.target
        };
        // A blank way to say that there is none does not undo what the other cell said of both.
        *slot = number.or_else(|| slot.take());
    }

    pub(super) fn start_and_target(
        &mut self,
        row: usize,
        column: usize,
        cell: &Cell,
        values: &mut Values,
    ) {
        values.has_measure = true;
        let decimals = self.facts.decimals.get(column).copied().unwrap_or_default();
        let words = text::words_of(cell);
        if let Some((start, target)) = pair::read(&words, decimals) {
            if start.is_none() || target.is_none() {
                self.sayings.say(&sayings::NO_VALUE, row, column, "?");
            }
            let (from, to) = pair::sides(&words).unwrap_or_default();
            for (side, number) in [(from, &start), (to, &target)] {
                if let Some(number) = number {
                    self.tell_number(row, column, side.trim(), number);
                }
            }
            values.start = start;
            values.target = target;
        } else {
            values.target = self.number(row, column, cell, values);
        }
    }

    /// Reads a value of one time as a check-in.
    pub(super) fn value(&mut self, row: usize, column: usize, cell: &Cell, values: &mut Values) {
        let Some(number) = self.number(row, column, cell, values) else {
            return;
        };
        if let Some(day) = self.days.get(column).copied().flatten() {
            let mut check_in = CheckIn::new(day);
            check_in.value = Some(number.quantity(number.unit.as_deref()));
            values.check_ins.push(check_in);
        } else {
            self.note(row, column, cell, values);
        }
        values.current = Some(number);
    }
}

/// Returns whether a number is not written as a program writes it, commas between thousands aside.
fn is_local(words: &str, value: Decimal) -> bool {
    // Accountants write what is below zero in parentheses.
    if value.is_sign_negative() && words.contains('(') {
        return true;
    }
    let has_signs = words
        .bytes()
        .any(|byte| matches!(byte, b',' | b'.' | b'\'' | b' ') || !byte.is_ascii());
    if !has_signs {
        return false;
    }
    let read = value.abs().normalize().to_string();
    !words.contains(&read) && !words.replace(',', "").contains(&read)
}
