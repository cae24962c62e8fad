//! One key result on one day: its check-ins, held against its target and its schedule.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::status::final_status;
use super::{
    CHECK_IN_DAY, Outcome, Scale, Schedule, Slot, SlotColour, Standing, Timeline, YellowRun, bar,
    default_cadence, flapping, status_of_confidence, status_of_gap, yellow_runs,
};
use crate::model::{Cadence, CheckIn, Commitment, Measure, Period, Quantity, Status, days_between};

/// What is known of a key result.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What it counts.
    pub measure: &'a Measure,
    /// Its check-ins, in any order.
    pub check_ins: &'a [CheckIn],
    /// The type of its objective.
    pub commitment: Option<Commitment>,
    /// The period of its plan.
    pub period: Option<Period>,
    /// Its last day, where that is not the last day of the period.
    pub due: Option<Date>,
    /// How often its plan is checked, where that does not follow from the length of the period.
    pub cadence: Option<Cadence>,
}

/// One key result as of one day; check-ins of later days do not count.
#[derive(Clone, Debug)]
pub struct Track<'a> {
    today: Date,
    commitment: Option<Commitment>,
    scale: Option<Scale>,
    due: Option<Date>,
    timeline: Option<Timeline>,
    schedule: Option<Schedule>,
    entries: Vec<Entry<'a>>,
    slots: Vec<SlotRecord>,
}

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
    /// The positions of its check-ins among [`Track::entries`]; empty when none came.
    entries: Range<usize>,
}

/// Whether check-ins come as they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reporting {
    /// None is owed: it is achieved, cancelled or paused, the last slot is closed, or the first one is not open.
    Over,
    /// The current one is there.
    Current,
    /// The current one is due in two days or more.
    Upcoming,
    /// The current one is due today or tomorrow.
    Due,
    /// The current one is in its days of grace, or one is missed.
    Late,
    /// Two are missed: 14 days of silence at a weekly cadence, where OKRs Tool draws the line.
    Stale,
    /// Three or more are missed; Tability closes such a goal.
    Abandoned,
    /// There is none at all, 7 days or more after the first was due.
    NeverStarted,
}

/// How many days after the first check-in was due a key result without any counts as never started.
const DAYS_TO_START: i32 = 7;

impl<'a> Track<'a> {
    /// Puts together what is known of a key result as of `today`.
    ///
    /// Its days run from the start of the period to its own due date, else to the end of the period. Without a
    /// period, or with a due date before it, there is no schedule. What is learning is a milestone.
    #[must_use]
    pub fn new(facts: &Facts<'a>, today: Date) -> Self {
        let due = facts.due.or(facts.period.map(Period::end));
        let timeline = facts
            .period
            .zip(due)
            .and_then(|(period, due)| Timeline::new(period.start(), due));
        let schedule = timeline.zip(facts.period).map(|(timeline, period)| {
            let cadence = facts.cadence.unwrap_or(default_cadence(period.days()));
            Schedule::new(timeline, cadence, CHECK_IN_DAY)
        });
        let scale = if facts.commitment == Some(Commitment::Learning) {
            Some(Scale::milestone())
        } else {
            Scale::of(facts.measure)
        };
        let entries = entries(facts.check_ins, today);
        let slots = schedule
            .as_ref()
            .map_or_else(Vec::new, |schedule| records(schedule, &entries, today));
        Self {
            today,
            commitment: facts.commitment,
            scale,
            due,
            timeline,
            schedule,
            entries,
            slots,
        }
    }

    /// Returns the day for which it speaks.
    #[must_use]
    pub const fn today(&self) -> Date {
        self.today
    }

    /// Returns what values are held against.
    #[must_use]
    pub const fn scale(&self) -> Option<&Scale> {
        self.scale.as_ref()
    }

    /// Returns the last day: its own, else the last of the period.
    #[must_use]
    pub const fn due(&self) -> Option<Date> {
        self.due
    }

    /// Returns the days that it has.
    #[must_use]
    pub const fn timeline(&self) -> Option<Timeline> {
        self.timeline
    }

    /// Returns when its check-ins are due.
    #[must_use]
    pub const fn schedule(&self) -> Option<&Schedule> {
        self.schedule.as_ref()
    }

    /// Returns the check-ins that say something, by their dates.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// Returns the slots that have opened.
    #[must_use]
    pub fn slots(&self) -> &[SlotRecord] {
        &self.slots
    }

    /// Returns the last check-in of a slot, which is the one that counts.
    #[must_use]
    pub fn entry_of(&self, slot: &SlotRecord) -> Option<&Entry<'a>> {
        self.entries.get(slot.entries.clone())?.last()
    }

    /// Returns the last check-in.
    #[must_use]
    pub fn latest(&self) -> Option<&Entry<'a>> {
        self.entries.last()
    }

    /// Returns the last check-in that has a status, with that status.
    #[must_use]
    pub fn latest_status(&self) -> Option<(&Entry<'a>, Status)> {
        let mut entries = self.entries.iter().rev();
        entries.find_map(|entry| Some((entry, entry.check_in.status?)))
    }

    /// Returns whether its owner has said that nothing more is to come of it: achieved or cancelled.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let status = self.latest_status().map(|(_, status)| status);
        matches!(status, Some(Status::Achieved | Status::Cancelled))
    }

    /// Returns whether check-ins come as they should; nothing without a schedule.
    #[must_use]
    pub fn reporting(&self) -> Option<Reporting> {
        let slots = self.schedule.as_ref()?.slots();
        let is_paused = self
            .latest_status()
            .is_some_and(|(_, status)| status == Status::Paused);
        let last = self.slots.last();
        let is_past = slots.last().is_some_and(|slot| slot.closes < self.today);
        let (Some(current), false) = (last, self.is_closed() || is_paused || is_past) else {
            return Some(Reporting::Over);
        };
        let first = &slots[0];
        if self.entries.is_empty() && days_between(first.due, self.today) >= DAYS_TO_START {
            return Some(Reporting::NeverStarted);
        }
        if !current.entries.is_empty() {
            return Some(Reporting::Current);
        }
        let due = current.slot.due;
        Some(match self.missed() {
            0 if self.today > due => Reporting::Late,
            0 if self.today.saturating_add(1.day()) >= due => Reporting::Due,
            0 => Reporting::Upcoming,
            1 => Reporting::Late,
            2 => Reporting::Stale,
            _ => Reporting::Abandoned,
        })
    }

    /// Returns how many slots in a row were missed before the one that is open.
    #[must_use]
    pub fn missed(&self) -> usize {
        let closed = self
            .slots
            .iter()
            .rev()
            .skip_while(|slot| slot.outcome == Outcome::Open);
        closed
            .take_while(|slot| slot.outcome == Outcome::Missed)
            .count()
    }

    /// Returns where the numbers stand today.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing_on(self.today)
    }

    /// Returns where the numbers stood on a day, from the check-ins up to it.
    ///
    /// - A way is held against the straight line to the bar; without any check-in it counts as nothing done,
    ///   once the first one was due.
    /// - What is to be kept is on track inside, at risk at the first slot outside, and off track at the second in a
    ///   row and when it is due.
    /// - A milestone has no status before it is due, unless it is done.
    #[must_use]
    pub fn standing_on(&self, day: Date) -> Standing {
        let known = self
            .entries
            .partition_point(|entry| entry.check_in.date <= day);
        let known = &self.entries[..known];
        let nothing = Standing {
            progress: None,
            is_met: None,
            expected: None,
            status: known.is_empty().then_some(Status::NotStarted),
        };
        let Some(scale) = &self.scale else {
            return nothing;
        };
        let is_over = self.due.is_some_and(|due| day > due);
        if scale.is_milestone() {
            return self.milestone_standing(known, is_over);
        }
        let value = known.last().and_then(|entry| entry.value);
        let is_met = value.and_then(|value| scale.is_met(value));
        let mut progress = value.and_then(|value| scale.progress(value));
        if scale.is_kept() {
            let status = is_met.map(|is_met| self.kept_status(is_met, day));
            return Standing {
                progress,
                is_met,
                expected: None,
                status: status.or(nothing.status),
            };
        }
        let is_asked_for = self
            .schedule
            .as_ref()
            .is_some_and(|schedule| schedule.slots()[0].due <= day);
        if known.is_empty() && is_asked_for {
            progress = Some(Decimal::ZERO);
        }
        let expected = self
            .timeline
            .map(|timeline| bar(self.commitment) * timeline.elapsed(day));
        let standing = Standing {
            progress,
            is_met,
            expected,
            status: None,
        };
        let status = match (is_met, standing.gap()) {
            (Some(true), _) => Some(Status::Achieved),
            _ if is_over && progress.is_some() => Some(final_status(progress, self.commitment)),
            (_, Some(gap)) => Some(status_of_gap(gap, expected.unwrap_or_default())),
            _ => nothing.status,
        };
        Standing { status, ..standing }
    }

    fn milestone_standing(&self, known: &[Entry<'_>], is_over: bool) -> Standing {
        let mut statuses = known.iter().rev().filter_map(|entry| entry.check_in.status);
        let said = statuses.next() == Some(Status::Achieved);
        let milestone = Scale::milestone();
        // What is learning may have numbers beside it; only its owner says that the question is answered.
        let counts = self.commitment != Some(Commitment::Learning);
        let value = known
            .last()
            .and_then(|entry| entry.value)
            .filter(|_| counts);
        let shown = value.and_then(|value| milestone.is_met(value)) == Some(true);
        let is_met = said || shown;
        let status = match (is_met, is_over, known.is_empty()) {
            (true, ..) => Some(Status::Achieved),
            (false, true, _) => Some(Status::OffTrack),
            (false, false, true) => Some(Status::NotStarted),
            (false, false, false) => None,
        };
        Standing {
            progress: Some(if is_met { Decimal::ONE } else { Decimal::ZERO }),
            is_met: Some(is_met),
            expected: None,
            status,
        }
    }

    /// Returns the status of a value to be kept, whose latest one is or is not inside.
    fn kept_status(&self, is_inside: bool, day: Date) -> Status {
        let is_due = self.due.is_some_and(|due| day >= due);
        let is_over = self.due.is_some_and(|due| day > due);
        match is_inside {
            true if is_over => Status::Achieved,
            true => Status::OnTrack,
            false if is_due || self.was_outside_before(day) => Status::OffTrack,
            false => Status::AtRisk,
        }
    }

    /// Returns whether the slot before the last one with a value, up to a day, had a value outside too.
    fn was_outside_before(&self, day: Date) -> bool {
        let values = self.slots.iter().rev().filter_map(|slot| {
            let entries = self.entries.get(slot.entries.clone())?;
            let mut known = entries.iter().filter(|entry| entry.check_in.date <= day);
            known.rfind(|entry| entry.check_in.value.is_some())?.value
        });
        let is_outside = |value: &Quantity| {
            self.scale.as_ref().and_then(|scale| scale.is_met(value)) == Some(false)
        };
        values.skip(1).take(1).any(is_outside)
    }

    /// Returns the status of a check-in: as its owner says, else as the confidence says, else as the numbers say.
    #[must_use]
    pub fn status_of(&self, entry: &Entry<'_>) -> Option<Status> {
        let check_in = entry.check_in;
        let confident = || {
            let confidence = check_in.confidence?;
            Some(status_of_confidence(confidence, self.commitment))
        };
        check_in
            .status
            .or_else(confident)
            .or_else(|| self.standing_on(check_in.date).status)
    }

    /// Returns what each slot that has opened shows; its last check-in counts.
    #[must_use]
    pub fn colours(&self) -> Vec<SlotColour> {
        let colour = |slot: &SlotRecord| {
            let entry = self.entry_of(slot);
            let progress = entry
                .and_then(|entry| entry.value)
                .and_then(|value| self.scale.as_ref()?.progress(value));
            SlotColour {
                status: entry.and_then(|entry| self.status_of(entry)),
                progress,
            }
        };
        self.slots.iter().map(colour).collect()
    }

    /// Returns the runs of yellow slots, the first one first.
    #[must_use]
    pub fn yellow_runs(&self) -> Vec<YellowRun> {
        yellow_runs(&self.colours())
    }

    /// Returns the second of two runs of yellow that only a green without progress parts.
    #[must_use]
    pub fn flapping(&self) -> Option<YellowRun> {
        flapping(&self.colours())
    }
}

/// Returns the check-ins up to a day that say something, by date; those of one day in the order of the plan.
fn entries(check_ins: &[CheckIn], today: Date) -> Vec<Entry<'_>> {
    let says_something = |check_in: &CheckIn| {
        check_in.value.is_some()
            || check_in.status.is_some()
            || check_in.confidence.is_some()
            || check_in.note.as_ref().is_some_and(|note| !note.is_empty())
    };
    let mut entries: Vec<_> = check_ins
        .iter()
        .enumerate()
        .filter(|(_, check_in)| check_in.date <= today && says_something(check_in))
        .map(|(index, check_in)| Entry {
            index,
            check_in,
            value: check_in.value.as_ref(),
        })
        .collect();
    entries.sort_by_key(|entry| entry.check_in.date);
    let mut value = None;
    for entry in &mut entries {
        value = entry.value.or(value);
        entry.value = value;
    }
    entries
}

/// Returns the slots that have opened, each with the check-ins of its window.
fn records(schedule: &Schedule, entries: &[Entry<'_>], today: Date) -> Vec<SlotRecord> {
    let opened = schedule
        .slots()
        .iter()
        .take_while(|slot| slot.opens <= today);
    opened
        .map(|slot| {
            let start = entries.partition_point(|entry| entry.check_in.date < slot.opens);
            let end = entries.partition_point(|entry| entry.check_in.date <= slot.closes);
            let first = entries.get(start..end).and_then(<[_]>::first);
            SlotRecord {
                slot: *slot,
                outcome: slot.outcome(first.map(|entry| entry.check_in.date), today),
                entries: start..end,
            }
        })
        .collect()
}
