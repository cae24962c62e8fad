//! One key result on one day: its check-ins, held against its target and its schedule.

use std::cell::OnceCell;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::record::{entries, records};
use super::values::in_percent;
use super::{
    Entry, Form, Scale, Schedule, Schedules, SlotColour, SlotRecord, Steps, Timeline, YellowRun,
    bar, closes_run, default_cadence, flapping, status_of_confidence, yellow_runs,
};
use crate::model::{Cadence, Commitment, KeyResult, Measure, Period, Quantity, Status, Target};

/// What is known of a key result.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'m, 'a> {
    /// The key result as it is written; its check-ins may come in any order.
    pub key_result: &'a KeyResult,
    /// What it counts: as it is written, or completed from its words.
    pub measure: &'m Measure,
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
    pub(super) commitment: Option<Commitment>,
    scale: Option<Scale>,
    steps: Option<Steps>,
    pub(super) ticked: Option<Quantity>,
    bar: Decimal,
    due: Option<Date>,
    timeline: Option<Timeline>,
    schedule: Option<Arc<Schedule>>,
    entries: Vec<Entry<'a>>,
    slots: Vec<SlotRecord>,
    colours: OnceCell<Vec<SlotColour>>,
}

impl<'a> Track<'a> {
    /// Puts together what is known of a key result as of `today`.
    ///
    /// Its days run from the start of the period to its own due date, else to the end of the period. Without a
    /// period, or with a due date before it, there is no schedule. What is learning is a milestone, and what has
    /// steps and no number to reach counts by them.
    #[must_use]
    pub fn new(facts: &Facts<'_, 'a>, today: Date) -> Self {
        Self::among(facts, today, &Schedules::default())
    }

    /// Puts together the same, with a schedule of which others may have the like.
    #[must_use]
    pub fn among(facts: &Facts<'_, 'a>, today: Date, schedules: &Schedules) -> Self {
        let due = facts.due.or(facts.period.map(Period::end));
        let timeline = facts
            .period
            .zip(due)
            .and_then(|(period, due)| Timeline::new(period.start(), due));
        let schedule = timeline.zip(facts.period).map(|(timeline, period)| {
            let cadence = facts.cadence.unwrap_or(default_cadence(period.days()));
            schedules.of(timeline, cadence)
        });
        let is_learning = facts.commitment == Some(Commitment::Learning);
        let is_state = matches!(facts.measure.target, None | Some(Target::Done));
        let steps = Some(facts.key_result)
            .filter(|_| is_state && !is_learning)
            .and_then(Steps::of);
        let scale = if is_learning {
            Some(Scale::milestone())
        } else if steps.is_some() {
            Some(Scale::steps())
        } else if facts.key_result.is_guardrail() {
            Scale::of_guardrail(facts.measure)
        } else {
            Scale::of(facts.measure)
        };
        let promised = facts
            .key_result
            .commit()
            .and_then(|commit| scale.as_ref()?.progress(&commit))
            .filter(|part| *part > Decimal::ZERO && *part <= Decimal::ONE);
        let entries = entries(&facts.key_result.check_ins, today);
        let slots = schedule
            .as_ref()
            .map_or_else(Vec::new, |schedule| records(schedule, &entries, today));
        Self {
            today,
            commitment: facts.commitment,
            scale,
            ticked: steps.as_ref().map(|steps| in_percent(steps.done())),
            steps,
            bar: promised.unwrap_or_else(|| bar(facts.commitment)),
            due,
            timeline,
            schedule,
            entries,
            slots,
            colours: OnceCell::new(),
        }
    }

    /// Leaves out what is ticked now, which nobody knows of a day of the past: steps count as they were recorded.
    #[must_use]
    pub fn as_recorded(mut self) -> Self {
        self.ticked = None;
        self
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

    /// Returns the steps that it counts by, where it does.
    #[must_use]
    pub const fn steps(&self) -> Option<&Steps> {
        self.steps.as_ref()
    }

    /// Returns the progress that is asked for on the last day: that of the promised value, where one is stated and
    /// lies on the way, else [`bar`] of the type.
    #[must_use]
    pub const fn bar(&self) -> Decimal {
        self.bar
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
    pub fn schedule(&self) -> Option<&Schedule> {
        self.schedule.as_deref()
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
        self.entries_of(slot).last()
    }

    /// Returns the check-ins of a slot, by their dates.
    #[must_use]
    pub fn entries_of(&self, slot: &SlotRecord) -> &[Entry<'a>] {
        self.entries.get(slot.entries.clone()).unwrap_or_default()
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

    /// Returns the last word of its owner: the last check-in with a status, or with a confidence that stands for one.
    ///
    /// What is achieved, paused or cancelled stays so until a check-in says another status.
    #[must_use]
    pub fn last_word(&self) -> Option<(&Entry<'a>, Status)> {
        let said = self.latest_status();
        if said.is_some_and(|(_, status)| status.is_last_word()) {
            return said;
        }
        let mut entries = self.entries.iter().rev();
        entries.find_map(|entry| Some((entry, self.said(entry)?)))
    }

    /// Returns what its owner says in a check-in: the status, else what the confidence stands for.
    #[must_use]
    pub fn said(&self, entry: &Entry<'_>) -> Option<Status> {
        let check_in = entry.check_in;
        check_in.status.or_else(|| {
            let confidence = check_in.confidence?;
            Some(status_of_confidence(confidence, self.commitment))
        })
    }

    /// Returns whether nothing more is to come of it: its owner says that it is achieved or cancelled, or a milestone,
    /// all of its steps or a first value is there and nobody says otherwise with it.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let status = self.latest_status().map(|(_, status)| status);
        matches!(status, Some(Status::Achieved | Status::Cancelled)) || self.is_there()
    }

    /// Returns whether it is done for good by what was recorded last, as no value of a measure is.
    fn is_there(&self) -> bool {
        let form = self.scale().map(Scale::form);
        let is_state = matches!(form, Some(Form::Milestone | Form::FirstValue | Form::Steps));
        is_state
            && self
                .latest()
                .is_some_and(|entry| entry.check_in.status.is_none())
            && self.standing().is_met == Some(true)
    }

    /// Returns the status of a check-in: as its owner says, else as the confidence says, else as the numbers say.
    #[must_use]
    pub fn status_of(&self, entry: &Entry<'_>) -> Option<Status> {
        self.said(entry)
            .or_else(|| self.standing_on(entry.check_in.date).status)
    }

    /// Returns what each slot that has opened shows; its last check-in counts.
    #[must_use]
    pub fn colours(&self) -> &[SlotColour] {
        let colour = |slot: &SlotRecord| {
            let entry = self.entry_of(slot);
            let progress = entry
                .and_then(|entry| self.counted(entry))
                .and_then(|value| self.scale.as_ref()?.progress(value));
            SlotColour {
                status: entry.and_then(|entry| self.status_of(entry)),
                progress,
            }
        };
        self.colours
            .get_or_init(|| self.slots.iter().map(colour).collect())
    }

    /// Returns whether any check-in can be yellow: it says so, or leaves it to its confidence or numbers.
    fn may_be_yellow(&self) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| matches!(entry.check_in.status, None | Some(Status::AtRisk)))
    }

    /// Returns the runs of yellow slots, the first one first.
    #[must_use]
    pub fn yellow_runs(&self) -> Vec<YellowRun> {
        if !self.may_be_yellow() {
            return Vec::new();
        }
        let mut runs = yellow_runs(self.colours());
        if let Some(run) = runs.last_mut().filter(|run| run.is_open) {
            run.is_open = !self.is_decided_after_all_slots();
        }
        runs
    }

    /// Returns whether a check-in behind the last slot, which counts for none, says what closes a run.
    fn is_decided_after_all_slots(&self) -> bool {
        let Some(last) = self.schedule().and_then(|schedule| schedule.slots().last()) else {
            return false;
        };
        let entries = self.entries.iter().rev();
        let mut behind = entries.take_while(|entry| entry.check_in.date > last.closes);
        behind.any(|entry| closes_run(self.status_of(entry)))
    }

    /// Returns the second of two runs of yellow that only a green without progress parts.
    #[must_use]
    pub fn flapping(&self) -> Option<YellowRun> {
        if !self.may_be_yellow() {
            return None;
        }
        flapping(self.colours())
    }
}
