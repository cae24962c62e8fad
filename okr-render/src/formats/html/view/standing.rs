//! Where an element stands on the page: the numbers of `okr status`.

use jiff::civil::Date;
use okr_core::closing::Closing;
use okr_core::fields::{GUARDRAIL, WEIGHT};
use okr_core::model::{KeyResult, Objective};
use okr_core::progress::{KeyResultOverview, ObjectiveOverview, Overview, percent_shown};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::formats::html::text::Links;
use crate::words::percent;

/// What an element comes to, in percents as people read them.
#[derive(Debug, Serialize)]
pub(super) struct StandingView {
    /// `62%`
    progress: String,
    /// What is expected of the day for which the page speaks; empty where nothing is.
    expected: String,
}

/// What is to be shown of all elements or of none.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is so or not on its own"
)]
pub(super) struct Shown<'l> {
    /// Where links of the plan lead.
    pub(super) links: Links<'l>,
    /// Whether charts and tables of check-ins are given in parts rather than as markup.
    pub(super) in_parts: bool,
    /// The day for which the page speaks, where it is told one.
    pub(super) day: Option<Date>,
    /// What the plan came to, where it is closed.
    pub(super) closing: Option<&'l Closing>,
    /// Whether there is a check-in or a step that is done, so that there is progress to tell of.
    pub(super) is_begun: bool,
    of_objectives: bool,
    of_key_results: bool,
}

impl StandingView {
    /// Returns what a plan comes to; nothing where there is neither a check-in nor a step that is done.
    pub(super) fn of_plan(overview: &Overview<'_>) -> Option<Self> {
        let shown = overview.roll_up.percent_shown();
        let is_begun = overview.key_results().any(KeyResultOverview::is_reporting);
        Self::new(shown, overview.expected, is_begun)
    }

    /// Returns what an objective of a plan comes to, where the plan has begun.
    pub(super) fn of_objective(it: &ObjectiveOverview<'_>, is_begun: bool) -> Option<Self> {
        Self::new(it.roll_up.percent_shown(), it.expected, is_begun)
    }

    /// Returns what a key result of a plan comes to, where the plan has begun.
    pub(super) fn of_key_result(it: &KeyResultOverview<'_>, is_begun: bool) -> Option<Self> {
        Self::new(it.percent_shown(), it.standing.expected, is_begun)
    }

    fn new(shown: Option<Decimal>, expected: Option<Decimal>, is_begun: bool) -> Option<Self> {
        let progress = percent(shown.filter(|_| is_begun)?);
        let expected = expected.map(|part| percent(percent_shown(part, true)));
        Some(Self {
            progress,
            expected: expected.unwrap_or_default(),
        })
    }
}

impl<'l> Shown<'l> {
    /// Finds out what is to be shown; weights only where they are not all 1.
    pub(super) fn new(
        overview: &Overview<'_>,
        closing: Option<&'l Closing>,
        links: Links<'l>,
        in_parts: bool,
    ) -> Self {
        let mut objectives = overview.objectives.iter();
        Self {
            links,
            in_parts,
            day: None,
            closing,
            is_begun: overview.key_results().any(KeyResultOverview::is_reporting),
            of_objectives: objectives.any(|it| it.objective.weight() != Decimal::ONE),
            of_key_results: overview
                .key_results()
                .any(|it| it.key_result.weight() != Decimal::ONE),
        }
    }

    /// Returns whether any weight is shown.
    pub(super) fn has_weights(&self) -> bool {
        self.of_objectives || self.of_key_results
    }

    /// Returns the weight of an objective, where not all are alike.
    pub(super) fn of_objective(&self, objective: &Objective) -> Option<String> {
        let weight = || objective.weight().normalize().to_string();
        self.of_objectives.then(weight)
    }

    /// Returns the weight of a key result, where not all are alike; a guardrail has none.
    pub(super) fn of_key_result(&self, key_result: &KeyResult) -> Option<String> {
        let weight = || key_result.weight().normalize().to_string();
        (self.of_key_results && !key_result.is_guardrail()).then(weight)
    }
}

/// Returns whether a field is shown as a weight that counts.
pub(super) fn is_weight(name: &str, weight: Option<&String>) -> bool {
    weight.is_some() && name.eq_ignore_ascii_case(WEIGHT)
}

/// Returns whether a field is shown as the mark of a guardrail.
pub(super) fn is_guardrail(name: &str, key_result: &KeyResult) -> bool {
    key_result.is_guardrail() && name.eq_ignore_ascii_case(GUARDRAIL)
}
