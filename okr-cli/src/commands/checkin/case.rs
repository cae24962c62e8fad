//! A key result on a day, as its check-ins have left it.

use jiff::civil::Date;
use okr_core::completion::Completed;
use okr_core::model::{ElementId, KeyResult, Measure, Plan, Quantity, Status, Target, Unit};
use okr_core::progress::{Entry, Facts, Form, Reporting, Scale, Schedules, Standing, Track};
use okr_core::statement::Lexicon;
use rust_decimal::Decimal;

/// The most values that a trend shows.
const TREND: usize = 8;

/// How a value is held against a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// There or not: a milestone, a first value, something to learn.
    State,
    /// Inside or outside.
    Kept,
    /// Some part of the way.
    Way,
}

/// Check-ins in a row that are at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Yellows {
    pub(super) length: usize,
    /// The day of the first of them.
    pub(super) since: Date,
    /// Whether nothing has closed the run.
    pub(super) is_open: bool,
}

/// What check-ins are judged by.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) lexicon: Lexicon,
    /// How many in a row may be at risk.
    pub(super) yellows: usize,
    /// When check-ins are due.
    pub(super) schedules: Schedules,
    pub(super) today: Date,
}

/// A key result on a day; check-ins of later days do not count.
pub(super) struct Case<'p> {
    pub(super) plan: &'p Plan,
    pub(super) id: ElementId,
    pub(super) key_result: &'p KeyResult,
    /// The day on which its plan was closed, where it was.
    pub(super) closed: Option<Date>,
    /// What it counts, as its fields and its words say.
    pub(super) measure: Measure,
    pub(super) track: Track<'p>,
    /// Whether it is a day of the past, of which nobody knows which boxes were ticked.
    is_past: bool,
}

impl<'p> Case<'p> {
    /// Returns the key result of `plan` that `id` names; nothing when it names none.
    pub(super) fn new(plan: &'p Plan, id: ElementId, rules: &Rules, day: Date) -> Option<Self> {
        let key_result = plan.key_result(id)?;
        let ElementId::KeyResult(objective, _) = id else {
            return None;
        };
        let completed = Completed::new(key_result, plan.period, &rules.lexicon);
        let facts = Facts {
            key_result,
            measure: &completed.measure,
            commitment: plan.objectives.get(objective)?.commitment,
            period: plan.period,
            due: completed.due,
            cadence: plan.cadence,
        };
        Some(Self {
            plan,
            id,
            key_result,
            closed: plan.closed(),
            track: Track::among(&facts, day, &rules.schedules),
            measure: completed.measure,
            is_past: day < rules.today,
        })
    }

    /// Returns whether it is done or not, without a number or steps to count.
    pub(super) fn is_milestone(&self) -> bool {
        self.measure.target == Some(Target::Done) && self.track.steps().is_none()
    }

    /// Returns whether its owner says when it is done: a milestone, or something to learn.
    pub(super) fn can_be_done(&self) -> bool {
        let form = self.track.scale().map(Scale::form);
        self.is_milestone() || form == Some(Form::Milestone)
    }

    /// Returns how a value is held against the target.
    pub(super) fn shape(&self) -> Shape {
        match self.track.scale() {
            Some(scale) if scale.is_milestone() => Shape::State,
            Some(scale) if scale.is_kept() => Shape::Kept,
            _ => Shape::Way,
        }
    }

    /// Returns the unit that values have.
    pub(super) fn unit(&self) -> Option<&Unit> {
        match self.track.steps() {
            Some(_) => Some(&Unit::Percent),
            None => self.measure.unit(),
        }
    }

    /// Returns whether it is reached in steps.
    pub(super) const fn has_steps(&self) -> bool {
        self.track.steps().is_some()
    }

    /// Returns the part of its steps that is ticked on the day, where it has any and the day is not over.
    pub(super) fn ticked(&self) -> Option<&Quantity> {
        self.track.ticked().filter(|_| !self.is_past)
    }

    /// Returns whether its target is a change of a baseline that nobody knows, so that a value says less than it seems to.
    pub(super) fn lacks_baseline(&self) -> bool {
        let is_change = self.measure.target.as_ref().is_some_and(Target::is_change);
        is_change && self.measure.start.is_none() && !self.can_be_done()
    }

    /// Returns the value that is known on the day: what is ticked of steps, else the one that was recorded last.
    pub(super) fn value(&self) -> Option<&Quantity> {
        self.ticked().or_else(|| self.recorded())
    }

    /// Returns the value that was recorded last.
    pub(super) fn recorded(&self) -> Option<&'p Quantity> {
        self.track.latest()?.value
    }

    /// Returns the check-in that recorded a value last.
    pub(super) fn measured(&self) -> Option<&Entry<'p>> {
        let mut entries = self.track.entries().iter().rev();
        entries.find(|entry| entry.check_in.value.is_some())
    }

    /// Returns where its numbers stand.
    pub(super) fn standing(&self) -> Standing {
        self.track.standing()
    }

    /// Returns whether what is recorded is the change since the beginning, and not where it stands.
    pub(super) fn counts_change(&self) -> bool {
        let unit = self.unit();
        let is_change = self.track.scale().is_some_and(|scale| scale.is_change());
        is_change && unit.is_none_or(|unit| *unit == Unit::Percent)
    }

    /// Returns whether a value is taken for the change itself, as nobody knows the start.
    pub(super) fn takes_change(&self, value: &Quantity) -> bool {
        let scale = self.track.scale().filter(|scale| scale.is_change());
        scale.is_some_and(|scale| scale.is_met(value).is_some())
    }

    /// Returns the value that is expected today: so much of the way from the start to the target.
    pub(super) fn expected(&self) -> Option<Quantity> {
        self.expected_on(self.track.today())
    }

    /// Returns the value that is expected of a day.
    pub(super) fn expected_on(&self, day: Date) -> Option<Quantity> {
        let part = self.track.standing_on(day).expected?;
        let scale = self.track.scale()?;
        let Form::Way { start, goal } = scale.form() else {
            return None;
        };
        let start = start?;
        let low = goal.low.filter(|edge| start < edge.at);
        let edge = low.or(goal.high.filter(|edge| start > edge.at))?.at;
        let way = edge.checked_sub(start)?;
        let value = start.checked_add(way.checked_mul(part)?)?;
        // A way of few steps, such as from 4.1 to 4.4, is shown finer than its ends are.
        let finest = start.normalize().scale().max(edge.normalize().scale());
        let is_short = way.abs() < Decimal::new(10, finest);
        let value = value.round_dp(finest + u32::from(is_short)).normalize();
        let unit = match self.unit() {
            Some(unit) if !scale.is_change() => unit,
            _ => scale.unit(),
        };
        Some(Quantity::new(value, unit.clone()))
    }

    /// Returns the last values, the newest at the end.
    pub(super) fn trend(&self) -> Vec<Decimal> {
        let values = self.track.values().into_iter();
        let values: Vec<Decimal> = values.map(|one| one.value.value).collect();
        values[values.len().saturating_sub(TREND)..].to_vec()
    }

    /// Returns the status of the last check-in: as its owner says, else as its confidence or its numbers say.
    pub(super) fn status(&self) -> Option<Status> {
        self.track.status_of(self.track.latest()?)
    }

    /// Returns the day on which the next check-in is due; nothing when none is.
    pub(super) fn next_due(&self) -> Option<Date> {
        if self.track.reporting()? == Reporting::Over {
            return None;
        }
        let schedule = self.track.schedule()?;
        let position = schedule.position(self.track.today())?;
        let is_there = self
            .track
            .slots()
            .get(position)
            .is_some_and(|slot| self.track.entry_of(slot).is_some());
        let slot = schedule.slots().get(position + usize::from(is_there))?;
        Some(slot.due)
    }

    /// Returns the run of slots at risk in which that of a day is; nothing when that one is not at risk, or is not known.
    ///
    /// What was missed or paused between them does not count.
    pub(super) fn yellows(&self, day: Date) -> Option<Yellows> {
        let position = self.track.schedule()?.position(day)?;
        let colours = self.track.colours();
        if colours.get(position)?.status != Some(Status::AtRisk) {
            return None;
        }
        let runs = self.track.yellow_runs();
        let run = runs
            .into_iter()
            .find(|run| (run.first..=run.last).contains(&position))?;
        let first = self.track.entry_of(self.track.slots().get(run.first)?)?;
        Some(Yellows {
            length: run.length,
            since: first.check_in.date,
            is_open: run.is_open,
        })
    }

    /// Returns its last day, where that is over and its owner has not said what became of it; nothing in a plan that is
    /// closed.
    pub(super) fn owes_last_word(&self) -> Option<Date> {
        let today = self.track.today();
        let is_closed = self.closed.is_some_and(|closed| closed <= today);
        let due = self.track.due().filter(|due| today > *due)?;
        (!is_closed && !self.track.is_at_rest()).then_some(due)
    }

    /// Returns whether a check-in is owed: its time has come, or has passed.
    pub(super) fn owed(&self) -> Option<Reporting> {
        let reporting = self.track.reporting()?;
        let is_owed = !matches!(reporting, Reporting::Over | Reporting::Current);
        is_owed.then_some(reporting)
    }
}
