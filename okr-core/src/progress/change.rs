//! How the values of a key result have changed.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Entry, Track};
use crate::model::Quantity;

/// A value that was recorded, and the one before.
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

impl<'a> Track<'a> {
    /// Returns the last check-in up to a day, that day included, that measured a value.
    #[must_use]
    pub fn measured_on(&self, day: Date) -> Option<&Entry<'a>> {
        let mut entries = self.entries().iter().rev();
        entries.find(|entry| entry.check_in.date <= day && entry.check_in.value.is_some())
    }

    /// Returns what was measured after a day, held against what was known on it; nothing where nothing was measured
    /// since.
    #[must_use]
    pub fn change_after(&self, day: Date) -> Option<Change<'a>> {
        let last = self.measured_on(self.today())?;
        if last.check_in.date <= day {
            return None;
        }
        let before = self.measured_on(day);
        let (from, to) = (before.and_then(|entry| entry.value), last.value?);
        let progress = |value: &Quantity| self.scale()?.progress(value);
        let grown = from.and_then(|from| progress(to)?.checked_sub(progress(from)?));
        Some(Change {
            since: before.map(|entry| entry.check_in.date),
            from,
            to,
            progress: grown,
        })
    }

    /// Returns the last value, held against what was known before its slot opened; without a slot, before its day.
    #[must_use]
    pub fn last_change(&self) -> Option<Change<'a>> {
        let date = self.measured_on(self.today())?.check_in.date;
        let slot = self
            .schedule()
            .and_then(|schedule| Some(schedule.slots()[schedule.position(date)?]));
        let opens = slot.map_or(date, |slot| slot.opens);
        self.change_after(opens.saturating_sub(1.day()))
    }
}
