//! The check-ins of a key result, by date and by slot.

use std::ops::Range;

use jiff::civil::Date;

use super::{Outcome, Schedule, Slot};
use crate::model::{CheckIn, Quantity};

/// A check-in that says something.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its position among the check-ins of its key result.
    pub index: usize,
    /// The check-in.
    pub check_in: &'a CheckIn,
    /// The value as it was known then: this check-in's own, else the last one before it.
    pub value: Option<&'a Quantity>,
}

/// A slot of the schedule with the check-ins that came in its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRecord {
    /// The slot.
    pub slot: Slot,
    /// What came of it.
    pub outcome: Outcome,
    /// The positions of its check-ins among [`super::Track::entries`]; empty when none came.
    pub(super) entries: Range<usize>,
}

/// Returns the check-ins up to a day that say something, by date; those of one day in the order of the plan, or
/// against it where the newest stand on top.
pub(super) fn entries(check_ins: &[CheckIn], today: Date) -> Vec<Entry<'_>> {
    let says_something = |check_in: &CheckIn| {
        check_in.value.is_some()
            || check_in.status.is_some()
            || check_in.confidence.is_some()
            || check_in.note.as_ref().is_some_and(|note| !note.is_empty())
    };
    let counting = check_ins
        .iter()
        .enumerate()
        .filter(|(_, check_in)| check_in.date <= today && says_something(check_in));
    let mut entries = Vec::with_capacity(check_ins.len());
    entries.extend(counting.map(|(index, check_in)| Entry {
        index,
        check_in,
        value: check_in.value.as_ref(),
    }));
    if matches!(check_ins, [first, .., last] if first.date > last.date) {
        entries.reverse();
    }
    entries.sort_by_key(|entry| entry.check_in.date);
    let mut value = None;
    for entry in &mut entries {
        value = entry.value.or(value);
        entry.value = value;
    }
    entries
}

/// Returns the slots that have opened, each with the check-ins of its window.
pub(super) fn records(schedule: &Schedule, entries: &[Entry<'_>], today: Date) -> Vec<SlotRecord> {
    let slots = schedule.slots();
    let opened = slots.partition_point(|slot| slot.opens <= today);
    // Both are in the order of time, so that each check-in is passed once.
    let (mut start, mut end) = (0, 0);
    let passed = |from: usize, is_before: &dyn Fn(Date) -> bool| {
        let left = entries[from..].iter();
        let passed = left.take_while(|entry| is_before(entry.check_in.date));
        from + passed.count()
    };
    slots[..opened]
        .iter()
        .map(|slot| {
            start = passed(start, &|date| date < slot.opens);
            end = passed(end, &|date| date <= slot.closes);
            let first = entries.get(start..end).and_then(<[_]>::first);
            SlotRecord {
                slot: *slot,
                outcome: slot.outcome(first.map(|entry| entry.check_in.date), today),
                entries: start..end,
            }
        })
        .collect()
}
