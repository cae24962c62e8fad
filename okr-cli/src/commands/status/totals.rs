//! What several plans come to.

use okr_core::model::Status;
use okr_core::progress::{Discipline, NetConfidence, Overview};

/// What several plans come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    pub(super) plans: usize,
    /// How many key results they have.
    pub(super) key_results: usize,
    /// How many plans have which status, in the order of [`Status::ALL`].
    pub(super) statuses: [usize; Status::ALL.len()],
    pub(super) confidence: NetConfidence,
    pub(super) discipline: Discipline,
    /// How many check-ins are late.
    pub(super) owed: usize,
    /// How many key results have something to be decided.
    pub(super) decisions: usize,
}

impl Totals {
    pub(super) fn of(overview: &Overview<'_>, yellows: usize) -> Self {
        let mut statuses = [0; Status::ALL.len()];
        let status = overview.roll_up.status;
        if let Some(at) = Status::ALL.iter().position(|one| Some(*one) == status) {
            statuses[at] = 1;
        }
        let all = || overview.key_results();
        Self {
            plans: 1,
            key_results: all().count(),
            statuses,
            confidence: overview.confidence,
            discipline: overview.discipline,
            owed: all().filter(|it| it.owed_since().is_some()).count(),
            decisions: all().filter(|it| !it.decisions(yellows).is_empty()).count(),
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.plans += other.plans;
        self.key_results += other.key_results;
        for (sum, more) in self.statuses.iter_mut().zip(other.statuses) {
            *sum += more;
        }
        self.confidence.green += other.confidence.green;
        self.confidence.yellow += other.confidence.yellow;
        self.confidence.red += other.confidence.red;
        self.confidence.silent += other.confidence.silent;
        self.discipline.kept += other.discipline.kept;
        self.discipline.closed += other.discipline.closed;
        self.owed += other.owed;
        self.decisions += other.decisions;
    }
}
