//! Whether check-ins come as they should.

use jiff::ToSpan;

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
}
