//! What key results come to together.

use rust_decimal::Decimal;

use super::percent_shown;
use crate::model::Status;

/// One part of a whole: a key result of an objective, or an objective of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// How much it counts beside the others; 0 leaves it out. 1 unless its owner says otherwise.
    pub weight: Decimal,
    /// How much of the way it is, not clamped; nothing where that is not known.
    pub progress: Option<Decimal>,
    /// Whether its target is met.
    pub is_met: bool,
    /// Whether anything has been recorded of it.
    pub is_reporting: bool,
    /// The status that counts for it.
    pub status: Option<Status>,
    /// Whether it is a guardrail: it earns no progress, but its status counts.
    pub is_guardrail: bool,
}

/// What the parts come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollUp {
    /// The weighted mean of the clamped progress, from 0 to 1; nothing where no part counts.
    pub progress: Option<Decimal>,
    /// Whether every part that counts, and every guardrail, is met.
    pub is_met: bool,
    /// How many parts have recorded anything.
    pub reporting: usize,
    /// How many parts there are.
    pub parts: usize,
    /// The worst status of the parts that are open; of none that is open, what became of them. Nothing where those that
    /// are open have none.
    pub status: Option<Status>,
}

impl Default for Part {
    /// Returns a part of which nothing is known, with the weight 1.
    fn default() -> Self {
        Self {
            weight: Decimal::ONE,
            progress: None,
            is_met: false,
            is_reporting: false,
            status: None,
            is_guardrail: false,
        }
    }
}

impl RollUp {
    /// Puts parts together.
    ///
    /// `sum(weight * clamp(progress)) / sum(weight)`: each part is cut to 0 and 1 before, so that what is more than
    /// done does not pay for what fails. A part without progress counts as nothing done. Where all weights are 0
    /// they all count the same. The status is that of the worst open part and never an average, which would
    /// hide it, as Viva Goals and Perdoo have it.
    #[must_use]
    pub fn new(parts: &[Part]) -> Self {
        let counting = || parts.iter().filter(|part| !part.is_guardrail);
        let has_weights = counting().any(|part| part.weight > Decimal::ZERO);
        let (mut sum, mut weights) = (Decimal::ZERO, Decimal::ZERO);
        let mut is_met = true;
        for part in counting() {
            let weight = if has_weights {
                part.weight.max(Decimal::ZERO)
            } else {
                Decimal::ONE
            };
            if weight.is_zero() {
                continue;
            }
            let progress = part.progress.unwrap_or_default();
            let progress = progress.clamp(Decimal::ZERO, Decimal::ONE);
            sum = sum.saturating_add(weight.saturating_mul(progress));
            weights = weights.saturating_add(weight);
            is_met &= part.is_met;
        }
        let progress = sum.checked_div(weights);
        is_met &= progress.is_some();
        is_met &= parts
            .iter()
            .all(|part| !part.is_guardrail || !part.is_reporting || part.is_met);
        Self {
            progress,
            is_met,
            reporting: parts.iter().filter(|part| part.is_reporting).count(),
            parts: parts.len(),
            status: status_of(parts),
        }
    }

    /// Returns the progress in whole percents as it is shown, from 0 to 100; 100 only when all is met.
    #[must_use]
    pub fn percent_shown(&self) -> Option<Decimal> {
        Some(percent_shown(self.progress?, self.is_met))
    }
}

/// Returns the status of a whole: what is open and says nothing keeps it from being closed.
fn status_of(parts: &[Part]) -> Option<Status> {
    let all_say = parts.iter().all(|part| part.status.is_some());
    let worst = worst(parts.iter().filter_map(|part| part.status))?;
    (all_say || !worst.is_last_word()).then_some(worst)
}

/// Returns the worst of the statuses that are open; of none that is open, achieved when any is, else paused, else
/// cancelled; nothing of none.
///
/// Off track is worse than at risk, that is worse than not started, and on track is best.
#[must_use]
pub fn worst(statuses: impl IntoIterator<Item = Status>) -> Option<Status> {
    let badness = |status: &Status| match status {
        Status::OffTrack => 6,
        Status::AtRisk => 5,
        Status::NotStarted => 4,
        Status::OnTrack => 3,
        Status::Achieved => 2,
        Status::Paused => 1,
        Status::Cancelled => 0,
    };
    statuses.into_iter().max_by_key(badness)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(progress: &str) -> Part {
        let progress: Decimal = progress.parse().unwrap();
        Part {
            progress: Some(progress),
            is_met: progress >= Decimal::ONE,
            is_reporting: true,
            ..Part::default()
        }
    }

    #[test]
    fn what_is_open_without_a_status_keeps_the_whole_open() {
        let status = |statuses: &[Option<Status>]| {
            let parts = statuses.iter().map(|status| Part {
                status: *status,
                ..Part::default()
            });
            RollUp::new(&parts.collect::<Vec<_>>()).status
        };
        let achieved = Some(Status::Achieved);
        assert_eq!(status(&[achieved, Some(Status::Cancelled)]), achieved);
        assert_eq!(status(&[achieved, None]), None);
        let on_track = Some(Status::OnTrack);
        assert_eq!(status(&[achieved, None, on_track]), on_track);
    }

    fn weighted(weight: i64, progress: &str) -> Part {
        Part {
            weight: Decimal::from(weight),
            ..part(progress)
        }
    }

    #[track_caller]
    fn check(parts: &[Part], expected: &str) {
        let roll_up = RollUp::new(parts);
        let progress = roll_up.progress.map(|progress| progress.round_dp(4));
        let shown = roll_up.percent_shown();
        let text = match (progress, shown) {
            (Some(progress), Some(shown)) => format!("{} {shown}%", progress.normalize()),
            _ => "no data".to_owned(),
        };
        assert_eq!(text, expected);
    }

    #[test]
    fn every_part_is_clamped_before_the_mean() {
        check(&[part("0.625"), part("-0.25"), part("1.125")], "0.5417 54%");
        let weights = [
            weighted(2, "0.625"),
            weighted(1, "-0.25"),
            weighted(1, "1.125"),
        ];
        check(&weights, "0.5625 56%");
    }

    #[test]
    fn a_weight_of_zero_leaves_out_and_all_zero_is_a_plain_mean() {
        check(&[weighted(0, "1"), weighted(3, "0.5")], "0.5 50%");
        check(&[weighted(0, "1"), weighted(0, "0.5")], "0.75 75%");
    }

    #[test]
    fn no_parts_are_no_data_and_a_silent_part_is_nothing_done() {
        check(&[], "no data");
        let silent = Part::default();
        check(&[part("1"), part("0.5"), silent], "0.5 50%");
        let roll_up = RollUp::new(&[part("1"), part("0.5"), silent]);
        assert_eq!((roll_up.reporting, roll_up.parts), (2, 3));
    }

    #[test]
    fn a_guardrail_earns_nothing_and_its_break_counts() {
        let guardrail = |is_met| Part {
            is_guardrail: true,
            is_met,
            status: Some(if is_met {
                Status::OnTrack
            } else {
                Status::OffTrack
            }),
            ..part("0")
        };
        check(&[part("1"), guardrail(true)], "1 100%");
        check(&[part("1"), guardrail(false)], "1 99%");
        let broken = RollUp::new(&[part("1"), guardrail(false)]);
        assert_eq!(broken.status, Some(Status::OffTrack));
        check(&[guardrail(true)], "no data");
    }

    #[test]
    fn the_worst_open_status_is_the_status() {
        use Status::{Achieved, AtRisk, Cancelled, NotStarted, OffTrack, OnTrack, Paused};
        assert_eq!(worst([OnTrack, OffTrack, Achieved]), Some(OffTrack));
        assert_eq!(worst([OnTrack, AtRisk]), Some(AtRisk));
        assert_eq!(worst([OnTrack, NotStarted]), Some(NotStarted));
        assert_eq!(worst([Achieved, OnTrack, Cancelled]), Some(OnTrack));
        assert_eq!(worst([Achieved, Cancelled]), Some(Achieved));
        assert_eq!(worst([]), None);
        assert_eq!(worst([Paused, Cancelled]), Some(Paused));
    }

    fn any_part() -> impl Strategy<Value = Part> {
        let status = prop::option::of(prop::sample::select(Status::ALL.to_vec()));
        (
            0_i64..5,
            prop::option::of(-300_i64..300),
            any::<bool>(),
            status,
        )
            .prop_map(|(weight, percent, is_guardrail, status)| {
                let progress = percent.map(|percent| Decimal::new(percent, 2));
                Part {
                    weight: Decimal::from(weight),
                    progress,
                    is_met: progress.is_some_and(|progress| progress > Decimal::ONE),
                    is_reporting: progress.is_some(),
                    status,
                    is_guardrail,
                }
            })
    }

    proptest! {
        #[test]
        fn nothing_unmet_shows_100(parts in prop::collection::vec(any_part(), 1..8)) {
            let roll_up = RollUp::new(&parts);
            if let Some(shown) = roll_up.percent_shown() {
                prop_assert!(shown >= Decimal::ZERO && shown <= Decimal::ONE_HUNDRED);
                prop_assert_eq!(shown == Decimal::ONE_HUNDRED, roll_up.is_met);
            }
        }

        #[test]
        fn a_whole_is_never_better_than_its_worst_open_part(
            parts in prop::collection::vec(any_part(), 1..8),
        ) {
            use Status::{AtRisk, NotStarted, OffTrack, OnTrack};
            let from_worst = [OffTrack, AtRisk, NotStarted, OnTrack];
            let has = |status| parts.iter().any(|part| part.status == Some(status));
            let worst = from_worst.into_iter().find(|status| has(*status));
            if worst.is_some() {
                prop_assert_eq!(RollUp::new(&parts).status, worst);
            }
        }

        #[test]
        fn progress_lies_between_its_parts(parts in prop::collection::vec(any_part(), 1..8)) {
            if let Some(progress) = RollUp::new(&parts).progress {
                let clamped = parts
                    .iter()
                    .filter(|part| !part.is_guardrail)
                    .map(|part| part.progress.unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE));
                let tolerance = Decimal::new(1, 9);
                let least = clamped.clone().min().unwrap() - tolerance;
                let most = clamped.max().unwrap() + tolerance;
                prop_assert!(least <= progress && progress <= most);
            }
        }
    }
}
