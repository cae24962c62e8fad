//! How the values of a key result have changed.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Measured, Track};
use crate::model::Quantity;

/// A value of a day, and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The day of the value before; nothing for a first value.
    pub since: Option<Date>,
    /// The value before; nothing for a first value.
    pub from: Option<&'a Quantity>,
    /// The value.
    pub to: &'a Quantity,
    /// By how much of the way progress has grown, below 0 where it has shrunk; nothing where one of the two values is
    /// not on the scale.
    pub progress: Option<Decimal>,
}

impl Change<'_> {
    /// Returns the value less the one before, in the unit of the value; nothing for a first value, and for values
    /// in different units.
    #[must_use]
    pub fn amount(&self) -> Option<Quantity> {
        let from = self.from.filter(|from| from.is_like(self.to))?;
        let amount = self.to.value.checked_sub(from.value)?.normalize();
        Some(Quantity::new(amount, self.to.unit.clone()))
    }
}

impl Track<'_> {
    /// Returns what was measured after a day, held against what was known on it; nothing where nothing was measured
    /// since.
    #[must_use]
    pub fn change_after(&self, day: Date) -> Option<Change<'_>> {
        self.change_among(&self.values(), day)
    }

    /// Returns the last value, held against what was known before its slot opened; without a slot, before its day.
    #[must_use]
    pub fn last_change(&self) -> Option<Change<'_>> {
        let values = self.values();
        let date = values.last()?.date;
        let slot = self
            .schedule()
            .and_then(|schedule| Some(schedule.slots()[schedule.position(date)?]));
        let opens = slot.map_or(date, |slot| slot.opens);
        self.change_among(&values, opens.saturating_sub(1.day()))
    }

    fn change_among<'s>(&self, values: &[Measured<'s>], day: Date) -> Option<Change<'s>> {
        let last = values.last().filter(|last| last.date > day)?;
        let before = values.iter().rev().find(|one| one.date <= day);
        let (from, to) = (before.map(|one| one.value), last.value);
        let progress = |value: &Quantity| self.scale()?.progress(value);
        let grown = from.and_then(|from| progress(to)?.checked_sub(progress(from)?));
        Some(Change {
            since: before.map(|one| one.date),
            from,
            to,
            progress: grown,
        })
    }
}
