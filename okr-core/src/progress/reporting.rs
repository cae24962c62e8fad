//! Whether check-ins come as they should.

use std::iter::Sum;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Outcome, Track};
use crate::model::{Status, days_between};

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

/// How many of the check-ins that were to come have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Discipline {
    /// How many came, in time or in the days of grace.
    pub kept: usize,
    /// How many slots are closed.
    pub closed: usize,
}

impl Sum for Discipline {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            kept: sum.kept + one.kept,
            closed: sum.closed + one.closed,
        })
    }
}

impl Reporting {
    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Current => "current",
            Self::Upcoming => "upcoming",
            Self::Due => "due",
            Self::Late => "late",
            Self::Stale => "stale",
            Self::Abandoned => "abandoned",
            Self::NeverStarted => "never started",
        }
    }
}

/// How many days after the first check-in was due a key result without any counts as never started.
const DAYS_TO_START: i32 = 7;

impl Track<'_> {
    /// Returns whether check-ins come as they should; nothing without a schedule.
    #[must_use]
    pub fn reporting(&self) -> Option<Reporting> {
        let slots = self.schedule()?.slots();
        let is_paused = self
            .latest_status()
            .is_some_and(|(_, status)| status == Status::Paused);
        let last = self.slots().last();
        let is_past = slots.last().is_some_and(|slot| slot.closes < self.today());
        let (Some(current), false) = (last, self.is_closed() || is_paused || is_past) else {
            return Some(Reporting::Over);
        };
        let first = &slots[0];
        if self.entries().is_empty() && days_between(first.due, self.today()) >= DAYS_TO_START {
            return Some(Reporting::NeverStarted);
        }
        if !current.entries.is_empty() {
            return Some(Reporting::Current);
        }
        let due = current.slot.due;
        Some(match self.missed() {
            0 if self.today() > due => Reporting::Late,
            0 if self.today().saturating_add(1.day()) >= due => Reporting::Due,
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
            .slots()
            .iter()
            .rev()
            .skip_while(|slot| slot.outcome == Outcome::Open);
        closed
            .take_while(|slot| slot.outcome == Outcome::Missed)
            .count()
    }

    /// Returns the day on which the next check-in is due, which has passed where one is late; nothing when none is
    /// to come.
    #[must_use]
    pub fn next_check_in(&self) -> Option<Date> {
        if self.reporting()? == Reporting::Over {
            return None;
        }
        let last = self.slots().last()?;
        if last.entries.is_empty() {
            return Some(last.slot.due);
        }
        let next = self.schedule()?.slots().get(self.slots().len())?;
        Some(next.due)
    }

    /// Returns the day since which a check-in is owed: that on which the first one was due of those that failed to
    /// come in a row; nothing when none is late.
    #[must_use]
    pub fn owed_since(&self) -> Option<Date> {
        let is_late = matches!(
            self.reporting()?,
            Reporting::Late | Reporting::Stale | Reporting::Abandoned | Reporting::NeverStarted
        );
        let missing = self.slots().iter().rev();
        let missing = missing.take_while(|slot| slot.entries.is_empty());
        let first = missing.last().filter(|_| is_late)?;
        Some(first.slot.due)
    }

    /// Returns how many of the slots that are closed were kept; what its owner has put aside or closed owes none
    /// afterwards.
    #[must_use]
    pub fn discipline(&self) -> Discipline {
        let rest = self.latest_status().filter(|_| self.is_at_rest());
        let last = rest.map_or(self.today(), |(entry, _)| entry.check_in.date);
        let slots = self.slots().iter();
        let closed =
            slots.filter(|slot| slot.slot.closes < self.today() && slot.slot.opens <= last);
        closed.fold(Discipline::default(), |sum, slot| Discipline {
            kept: sum.kept + usize::from(slot.outcome != Outcome::Missed),
            closed: sum.closed + 1,
        })
    }
}
