//! Makes elements of a draft of what was read.

use okr_core::model::{Bound, Period, Quantity, Target, Unit};
use okr_core::statement::{self, Lexicon};

use super::draft::{DraftInitiative, DraftKeyResult, DraftObjective};
use super::reader::{Reader, Values};
use super::sayings;
use super::values::change::{self, Change};
use super::values::number::{self, Decimals, Number};
use super::values::{pair, text};
use super::words;
use crate::table::address;

/// Where an element stands: its row and the column of its title.
pub(crate) type At = (usize, usize);

/// Makes the elements of one table.
pub(crate) struct Maker<'l> {
    /// The words with which titles are read.
    pub(crate) lexicon: &'l Lexicon,
    /// The period of the plan, where it is known before.
    pub(crate) period: Option<Period>,
    /// Whether the table has columns for start or target.
    pub(crate) has_measures: bool,
}

impl Maker<'_> {
    /// Returns an objective with what its row says.
    pub(crate) fn objective(title: &str, at: At, values: Values) -> DraftObjective {
        let mut notes = values.notes;
        notes.extend(values.progress.map(|(_, note)| note));
        for (name, number) in [
            ("Start", &values.start),
            ("Target", &values.target),
            ("Current", &values.current),
        ] {
            // Platforms give an objective a scale of its own, of which a plan knows nothing.
            if let Some(number) = number {
                notes.push(format!(
                    "{name}: {}",
                    number.quantity(number.unit.as_deref())
                ));
            }
        }
        notes.extend(values.remark.map(|remark| format!("Note: {remark}")));
        notes.extend(values.source.map(|source| format!("Source: {source}")));
        notes.extend(
            values
                .confidence
                .map(|confidence| format!("Confidence: {confidence}")),
        );
        DraftObjective {
            title: text::without_tail(title).to_owned(),
            cell: address(at.1, at.0),
            reference: values.reference,
            owner: values.owner,
            start_date: values.start_date,
            due: values.due,
            weight: values.weight,
            status: values.status,
            description: values.description,
            notes,
            ..DraftObjective::default()
        }
    }

    /// Returns an initiative with what its row says.
    pub(crate) fn initiative(title: &str, at: At, values: Values) -> DraftInitiative {
        let mut notes = values.notes;
        notes.extend(values.progress.map(|(_, note)| note));
        for (name, number) in [
            ("Start", &values.start),
            ("Target", &values.target),
            ("Current", &values.current),
        ] {
            if let Some(number) = number {
                notes.push(format!(
                    "{name}: {}",
                    number.quantity(number.unit.as_deref())
                ));
            }
        }
        notes.extend(values.description);
        notes.extend(values.remark.map(|remark| format!("Note: {remark}")));
        notes.extend(values.source.map(|source| format!("Source: {source}")));
        DraftInitiative {
            title: title.to_owned(),
            cell: address(at.1, at.0),
            owner: values.owner,
            start_date: values.start_date,
            due: values.due,
            status: values.status,
            notes,
            ..DraftInitiative::default()
        }
    }

    /// Returns a key result with what its row, and where that is silent its words, say.
    pub(crate) fn key_result(
        &self,
        reader: &mut Reader<'_>,
        title: &str,
        at: At,
        mut values: Values,
    ) -> DraftKeyResult {
        let mut key_result = DraftKeyResult {
            title: title.to_owned(),
            cell: address(at.1, at.0),
            reference: values.reference.take(),
            owner: values.owner.take(),
            start_date: values.start_date,
            due: values.due,
            weight: values.weight,
            status: values.status,
            confidence: values.confidence,
            source: values.source.take(),
            remark: values.remark.take(),
            check_ins: std::mem::take(&mut values.check_ins),
            ..DraftKeyResult::default()
        };
        key_result.notes = std::mem::take(&mut values.notes);
        if !values.has_measure
            && let Some(description) = values.description.clone()
            && describe(
                &description,
                &mut values,
                reader.facts.decimals.first().copied().unwrap_or_default(),
            )
        {
            reader
                .sayings
                .say(&sayings::FROM_DESCRIPTION, at.0, at.1, title);
        }
        key_result.description = values.description.take();
        if values.is_binary && values.target.is_none() {
            key_result.target = Some(Target::Done);
        }
        let is_numbered = values.range.is_some()
            || values.start.is_some()
            || values.target.is_some()
            || values.change.is_some();
        if !is_numbered && !values.has_measure && !values.is_binary {
            self.read_words(reader, at, &mut key_result, &mut values);
        }
        if let Some((number, note)) = values.progress.take() {
            if values.current.is_none() && lies_between(&number, &values) {
                values.current = Some(number);
            } else {
                key_result.notes.push(note);
            }
        }
        self.units(reader, at, &mut key_result, values);
        key_result
    }

    /// Reads start, target and unit out of the sentence of a title.
    fn read_words(
        &self,
        reader: &mut Reader<'_>,
        at: At,
        key_result: &mut DraftKeyResult,
        values: &mut Values,
    ) {
        if !key_result.title.contains(|c: char| c.is_ascii_digit()) {
            return;
        }
        let reading = statement::read(&key_result.title, self.period, self.lexicon);
        // Sentences are read in English; two numbers say the same in other languages, and with other decimals.
        let decimals = reader.facts.decimals.get(at.1).copied();
        if let Some(sentence) = pair::in_sentence(&key_result.title, reader.facts.shown)
            && (sentence.is_foreign || reading.start.is_none() || decimals == Some(Decimals::Comma))
        {
            (values.start, values.target) = (Some(sentence.start), Some(sentence.target));
            reader
                .sayings
                .say(&sayings::FROM_WORDS, at.0, at.1, &key_result.title);
            return;
        }
        if reading.start.is_none()
            && let Some(target) = pair::target_in_sentence(&key_result.title, reader.facts.shown)
        {
            values.target = Some(target);
            reader
                .sayings
                .say(&sayings::FROM_WORDS, at.0, at.1, &key_result.title);
            return;
        }
        let unit = reading.unit.as_deref().and_then(number::unit);
        let number = |value| Number {
            value,
            unit: unit.clone(),
            bound: reading.bound.unwrap_or(Bound::Reach),
            is_multiplied: false,
            is_approximate: false,
            is_signed: false,
            remark: None,
        };
        match reading.kind {
            statement::Kind::None | statement::Kind::Milestone => return,
            statement::Kind::RelativeChange | statement::Kind::AbsoluteChange => {
                // A change is a target of its own kind, which the plan reads out of the words again.
                return;
            }
            _ => {}
        }
        let Some(target) = reading.target else { return };
        values.start = reading.start.map(|start| Number {
            bound: Bound::Reach,
            ..number(start)
        });
        values.target = Some(number(target));
        if key_result.due.is_none() && !reading.is_deadline_ambiguous {
            key_result.due = reading.deadline;
        }
        reader
            .sayings
            .say(&sayings::FROM_WORDS, at.0, at.1, &key_result.title);
    }

    /// Returns the target where it says by how much the measure is to change, and takes it out of the values.
    fn change(
        &self,
        reader: &mut Reader<'_>,
        at: At,
        title: &str,
        values: &mut Values,
    ) -> Option<Target> {
        let mut change = match (values.change.take(), &values.target) {
            (Some(change), _) => change,
            (None, Some(target)) if is_relative(target, values) => Change {
                number: values.target.take()?,
                has_way: true,
            },
            _ => return None,
        };
        let reading = statement::read(title, self.period, self.lexicon);
        if reading.direction == statement::Direction::Decrease {
            change::downwards(&mut change);
        }
        let target = change::target(&change.number);
        let shown = target.to_string();
        reader.sayings.say(&sayings::CHANGE, at.0, at.1, &shown);
        Some(target)
    }

    /// Decides the unit of a key result, and gives it to its numbers.
    #[expect(
        clippy::too_many_lines,
        reason = "the places of a unit, one after the other"
    )]
    fn units(
        &self,
        reader: &mut Reader<'_>,
        at: At,
        key_result: &mut DraftKeyResult,
        mut values: Values,
    ) {
        let change = self.change(reader, at, &key_result.title, &mut values);
        let (low, high) = values.range.clone().unzip();
        let numbers = [&values.start, &values.target, &low, &high, &values.current];
        let shown = numbers
            .iter()
            .copied()
            .flatten()
            .find_map(|number| number.unit.clone());
        let mut unit = values
            .unit
            .or_else(|| shown.clone())
            .or(values.unit_kind)
            .or(values.heading_unit);
        if let Some((title, in_title)) = text::split_unit(&key_result.title) {
            let is_same = unit
                .as_deref()
                .is_none_or(|unit| same_unit(unit, &in_title));
            if is_same {
                if unit.is_none() {
                    if !reader.has_units {
                        reader
                            .sayings
                            .say(&sayings::UNIT_FROM_TITLE, at.0, at.1, &in_title);
                    }
                    unit = Some(in_title);
                }
                key_result.title = title.to_owned();
            }
        } else if unit.is_none()
            && !reader.has_units
            && self.has_measures
            && values.target.is_some()
        {
            reader
                .sayings
                .say(&sayings::NO_UNIT, at.0, at.1, &key_result.title);
        }
        let is_percent = unit.as_deref() == Some("%");
        if is_percent
            && reader.facts.has_fractions
            && let Some(number) = numbers
                .iter()
                .copied()
                .flatten()
                .find(|number| number.unit.is_none())
        {
            let shown = number.value.to_string();
            reader.sayings.say(&sayings::FRACTIONS, at.0, at.1, &shown);
        }
        let parsed = unit.as_deref().and_then(Unit::parse).unwrap_or(Unit::None);
        let quantity = |number: &Number| -> Quantity {
            let mut quantity = match number.unit.as_deref() {
                Some(own) if unit.as_deref() != Some(own) => number.quantity(Some(own)),
                _ => Quantity::new(number.value, parsed.clone()),
            };
            if is_percent
                && number.unit.is_none()
                && reader.facts.has_fractions
                && let Some(points) = quantity
                    .value
                    .checked_mul(rust_decimal::Decimal::ONE_HUNDRED)
            {
                quantity.value = points.normalize();
            }
            quantity
        };
        key_result.start = values.start.as_ref().map(quantity);
        key_result.current = values.current.as_ref().map(quantity);
        if let Some(target) = &values.target {
            key_result.target = Some(Target::Value {
                bound: target.bound,
                value: quantity(target),
            });
        }
        if change.is_some() && key_result.start.is_none() && key_result.current.is_some() {
            // `Today: 40, target: +25%` counts from today.
            key_result.start.clone_from(&key_result.current);
            reader
                .sayings
                .say(&sayings::START_FROM_CURRENT, at.0, at.1, &key_result.title);
        }
        key_result.target = change.or(key_result.target.take());
        if let (Some(low), Some(high)) = (&low, &high) {
            key_result.target = Some(Target::Between {
                low: quantity(low),
                high: quantity(high),
            });
        }
        for check_in in &mut key_result.check_ins {
            if let Some(value) = &mut check_in.value
                && value.unit == okr_core::model::Unit::None
                && let Some(unit) = unit.as_deref().and_then(okr_core::model::Unit::parse)
            {
                value.unit = unit;
            }
        }
        if numbers.iter().copied().flatten().any(|number| {
            number
                .unit
                .as_deref()
                .is_some_and(|own| unit.as_deref().is_some_and(|unit| !same_unit(own, unit)))
        }) {
            reader
                .sayings
                .say(&sayings::UNITS, at.0, at.1, &key_result.title);
        }
        key_result.unit = unit;
    }
}

/// Returns whether a number can be no share of the way, but lies on it: 49 between 52 and 44 days.
fn lies_between(number: &Number, values: &Values) -> bool {
    let (Some(start), Some(target)) = (&values.start, &values.target) else {
        return false;
    };
    let (low, high) = (start.value.min(target.value), start.value.max(target.value));
    let is_whole = low.is_zero() && high == rust_decimal::Decimal::ONE_HUNDRED;
    let is_share = number.unit.as_deref() == Some("%");
    !is_share && !is_whole && number.value >= low && number.value <= high
}

/// Returns whether a target with a sign and in percents is a change, as the measure is in no percents.
fn is_relative(target: &Number, values: &Values) -> bool {
    let is_percent = |unit: &Option<String>| unit.as_deref() == Some("%");
    let numbers = [&values.start, &values.current];
    let is_share = numbers
        .into_iter()
        .flatten()
        .any(|number| is_percent(&number.unit))
        || [&values.unit, &values.unit_kind, &values.heading_unit]
            .into_iter()
            .any(is_percent);
    target.is_signed && is_percent(&target.unit) && target.bound == Bound::Reach && !is_share
}

/// Returns whether two spellings are of one unit.
fn same_unit(one: &str, two: &str) -> bool {
    let (plain, other) = (words::normal(one), words::normal(two));
    // `1 dia`, `3 dias`
    one == two
        || plain == other
        || plain.strip_suffix('s') == Some(&*other)
        || other.strip_suffix('s') == Some(&*plain)
        || okr_core::model::Unit::parse(one) == okr_core::model::Unit::parse(two)
}

/// Reads `Start: 52`, `Target: 44`, `Unit: days` out of a description, on lines or between commas.
fn describe(text: &str, values: &mut Values, decimals: number::Decimals) -> bool {
    let mut is_read = false;
    for piece in text.split(['\n', ';', '|']) {
        let parts: Vec<&str> = piece
            .split(", ")
            .flat_map(|part| part.split(" / "))
            .collect();
        for part in parts {
            let (name, value) = match part.split_once([':', '=']) {
                Some(parts) => parts,
                None => match part.trim().split_once(' ') {
                    Some(parts) => parts,
                    None => continue,
                },
            };
            let (name, value) = (words::normal(name), value.trim());
            if words::is("description-unit", &name) {
                if value.len() <= 30 && !text::is_no_value(value) {
                    values.unit = values.unit.take().or_else(|| number::unit(value));
                }
                continue;
            }
            let slot = if words::is("description-start", &name) {
                &mut values.start
            } else if words::is("description-target", &name) {
                &mut values.target
            } else if words::is("description-current", &name) {
                &mut values.current
            } else {
                continue;
            };
            if slot.is_none()
                && let Some(number) = number::read(value, decimals)
            {
                *slot = Some(number);
                is_read = true;
            }
        }
    }
    is_read
}
