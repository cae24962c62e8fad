//! What the formulas of a workbook come to on the day for which it speaks: the numbers of `okr status`.

use okr_core::model::Status;
use okr_core::progress::{KeyResultOverview, ObjectiveOverview, Overview, RollUp, percent_shown};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Where all elements of a plan stand.
pub(super) struct Standings {
    pub(super) plan: Whole,
    /// In the order of the plan.
    pub(super) objectives: Vec<Whole>,
    /// In the order of the plan, those of all objectives.
    pub(super) key_results: Vec<Part>,
}

/// Where an objective stands, or a plan; parts of a whole are from 0 to 1.
pub(super) struct Whole {
    pub(super) progress: Option<f64>,
    pub(super) expected: Option<f64>,
    pub(super) expected_shown: Option<f64>,
    /// Progress as it is shown, in whole percents.
    pub(super) shown: Option<f64>,
    pub(super) reporting: usize,
    /// How many of its parts keep it from 100%.
    pub(super) short: usize,
    /// What it counts for in its plan.
    pub(super) counts: f64,
}

/// Where a key result stands.
pub(super) struct Part {
    /// Progress as it is, below 0 and above 1 too.
    pub(super) progress: Option<f64>,
    pub(super) expected: Option<f64>,
    pub(super) expected_shown: Option<f64>,
    /// Progress as it is shown, in whole percents.
    pub(super) shown: Option<f64>,
    /// Its own weight, where it takes part in its objective.
    pub(super) own_weight: Option<f64>,
    pub(super) counts: f64,
    pub(super) is_reporting: bool,
    /// Whether it keeps its objective from 100%.
    pub(super) is_short: bool,
}

impl Standings {
    /// Takes the numbers of an overview.
    pub(super) fn new(overview: &Overview<'_>) -> Self {
        let mut key_results = Vec::new();
        let mut objectives = Vec::new();
        let with_data = overview.objectives.iter();
        let with_data = with_data.filter(|it| it.roll_up.progress.is_some());
        let has_weights = with_data
            .clone()
            .any(|it| it.objective.weight() > Decimal::ZERO);
        for objective in &overview.objectives {
            let parts = parts(objective);
            let mut whole = Whole::new(&objective.roll_up, objective.expected);
            whole.short = parts.iter().filter(|part| part.is_short).count();
            if whole.progress.is_some() {
                whole.counts = if has_weights {
                    number(objective.objective.weight())
                } else {
                    1.0
                };
            }
            key_results.extend(parts);
            objectives.push(whole);
        }
        let mut plan = Whole::new(&overview.roll_up, overview.expected);
        let counting = objectives.iter().filter(|it| it.counts > 0.0);
        plan.short = counting.map(|it| it.short).sum();
        Self {
            plan,
            objectives,
            key_results,
        }
    }
}

impl Whole {
    fn new(roll_up: &RollUp, expected: Option<Decimal>) -> Self {
        Self {
            progress: roll_up.progress.map(number),
            expected: expected.map(number),
            expected_shown: expected.map(shown),
            shown: roll_up.percent_shown().map(part_of_percent),
            reporting: roll_up.reporting,
            short: 0,
            counts: 0.0,
        }
    }

    /// Returns its progress in that of its plan.
    pub(super) fn counted(&self) -> f64 {
        self.counts * self.progress.unwrap_or_default()
    }

    /// Returns what is expected of it in its plan; where nothing is, its progress.
    pub(super) fn counted_expected(&self) -> f64 {
        self.counts * self.expected.or(self.progress).unwrap_or_default()
    }
}

impl Part {
    /// Returns its progress in that of its objective.
    pub(super) fn counted(&self) -> f64 {
        self.counts * self.progress.unwrap_or_default().clamp(0.0, 1.0)
    }

    /// Returns what is expected of it in its objective; where nothing is, its progress.
    pub(super) fn counted_expected(&self) -> f64 {
        let expected = self.expected.or(self.progress).unwrap_or_default();
        self.counts * expected.clamp(0.0, 1.0)
    }
}

fn parts(objective: &ObjectiveOverview<'_>) -> Vec<Part> {
    let all = &objective.key_results;
    let is_cancelled = |it: &KeyResultOverview<'_>| it.counting.status == Some(Status::Cancelled);
    let is_any_left = !all.iter().all(is_cancelled);
    let is_in = |it: &KeyResultOverview<'_>| !(is_any_left && is_cancelled(it));
    let earns = |it: &KeyResultOverview<'_>| is_in(it) && !it.key_result.is_guardrail();
    let has_weights = all
        .iter()
        .any(|it| earns(it) && it.key_result.weight() > Decimal::ZERO);
    let part = |it: &KeyResultOverview<'_>| {
        let part = it.part();
        let counts = match (earns(it), has_weights) {
            (false, _) => 0.0,
            (true, true) => number(part.weight),
            (true, false) => 1.0,
        };
        let is_reporting = is_in(it) && part.is_reporting;
        // Without progress nothing is met: the mean is short of 1 then anyway.
        let is_met = part.is_met && part.progress.is_some();
        let is_guarding = it.key_result.is_guardrail() && is_reporting;
        Part {
            progress: part.progress.map(number),
            expected: it.standing.expected.map(number),
            expected_shown: it.standing.expected.map(shown),
            shown: it.percent_shown().map(part_of_percent),
            own_weight: earns(it).then(|| number(part.weight)),
            counts,
            is_reporting,
            is_short: !is_met && (counts > 0.0 || is_guarding),
        }
    };
    all.iter().map(part).collect()
}

fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// Returns what is shown of an expected part.
fn shown(part: Decimal) -> f64 {
    part_of_percent(percent_shown(part, true))
}

fn part_of_percent(percent: Decimal) -> f64 {
    number(percent / Decimal::ONE_HUNDRED)
}
