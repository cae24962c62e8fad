//! What about a key result is for people to decide.

use super::{Reporting, Track};
use crate::model::Status;

/// Why somebody has to decide about a key result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Decision {
    /// It is off track.
    OffTrack,
    /// It is at risk for so many check-ins in a row, which are too many: back on track, or off track and get help.
    YellowRun(usize),
    /// Its owner says the opposite of what the numbers say: on track and off track.
    Disagreement,
    /// Check-ins have failed to come for two slots or more, or never began.
    Silent,
    /// Its last day is over, and nobody has said what became of it.
    NoLastWord,
}

impl Decision {
    /// Returns the name for it in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OffTrack => "off-track",
            Self::YellowRun(_) => "yellow-run",
            Self::Disagreement => "disagreement",
            Self::Silent => "silent",
            Self::NoLastWord => "no-last-word",
        }
    }
}

impl Track<'_> {
    /// Returns whether check-ins have failed to come for so long that what the last one says is old.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        matches!(
            self.reporting(),
            Some(Reporting::Stale | Reporting::Abandoned | Reporting::NeverStarted)
        )
    }

    /// Returns whether its owner has put it aside or closed it, so that nothing is owed.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        let status = self.latest_status().map(|(_, status)| status);
        self.is_closed() || status == Some(Status::Paused)
    }

    /// Returns whether its owner says on track and the numbers say off track, or the other way around; numbers that
    /// are old say nothing.
    #[must_use]
    pub fn disagrees(&self) -> bool {
        let counting = self.counting();
        if counting.is_auto || self.is_silent() {
            return false;
        }
        let is_good = |status| matches!(status, Status::OnTrack | Status::Achieved);
        match (counting.status, self.standing().status) {
            (Some(said), Some(Status::OffTrack)) => is_good(said),
            (Some(Status::OffTrack), Some(computed)) => is_good(computed),
            _ => false,
        }
    }

    /// Returns what is to be decided, with at most `yellows` check-ins in a row that may be at risk; in the order of
    /// [`Decision`].
    #[must_use]
    pub fn decisions(&self, yellows: usize) -> Vec<Decision> {
        let mut decisions = Vec::new();
        if self.is_at_rest() {
            // Achieved against the numbers is a claim that somebody should look at.
            decisions.extend(self.disagrees().then_some(Decision::Disagreement));
            return decisions;
        }
        // After the last day it is the last word that counts, and no update.
        if self.due().is_some_and(|due| self.today() > due) {
            return vec![Decision::NoLastWord];
        }
        if self.counting().status == Some(Status::OffTrack) {
            decisions.push(Decision::OffTrack);
        }
        let run = self.yellow_runs().pop();
        let run = run.filter(|run| run.is_open && run.length > yellows);
        if let (Some(run), false) = (run, self.is_silent()) {
            decisions.push(Decision::YellowRun(run.length));
        }
        if self.disagrees() {
            decisions.push(Decision::Disagreement);
        }
        if self.is_silent() {
            decisions.push(Decision::Silent);
        }
        decisions
    }
}
