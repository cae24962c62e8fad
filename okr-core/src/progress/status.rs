//! The status that numbers, or an owner's confidence, speak for.

use rust_decimal::Decimal;

use super::Grade;
use crate::model::{Commitment, Status};

/// What two parts of a way may differ by and still be the same: thirds have no exact decimal.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// Where the numbers of a key result stand on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How much of the way it is, not clamped; nothing without a value on a scale.
    pub progress: Option<Decimal>,
    /// Whether the target is met; nothing when that cannot be told.
    pub is_met: Option<bool>,
    /// The progress to be expected of the day, from 0 to the bar; nothing without a timeline, and of what is to be
    /// kept.
    pub expected: Option<Decimal>,
    /// The status that the numbers speak for; nothing where they say nothing.
    pub status: Option<Status>,
}

/// The status that counts for a key result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// The status; nothing where neither the owner nor the numbers say one.
    pub status: Option<Status>,
    /// Whether the numbers speak, and not the owner.
    pub is_auto: bool,
}

impl Standing {
    /// Returns by how much progress falls short of what is expected; below 0 when it is ahead.
    #[must_use]
    pub fn gap(&self) -> Option<Decimal> {
        self.expected?.checked_sub(self.progress?)
    }

    /// Returns whether progress falls short by more than `limit`, a part of the way.
    #[must_use]
    pub fn is_behind_by_more_than(&self, limit: Decimal) -> bool {
        self.gap()
            .is_some_and(|gap| gap > limit.saturating_add(TOLERANCE))
    }
}

/// Returns the status of a target that is not met, before it is due.
///
/// It stands between the fixed gaps of Engagedly and the ratios of Mooncamp: on track with at most 0.10
/// behind, at risk with at most 0.20 behind or three tenths of what is expected, whichever is more, both
/// ends included.
#[must_use]
pub fn status_of_gap(gap: Decimal, expected: Decimal) -> Status {
    let at_most = |limit: Decimal| gap <= limit.saturating_add(TOLERANCE);
    let wide = Decimal::new(3, 1)
        .saturating_mul(expected)
        .max(Decimal::new(2, 1));
    if at_most(Decimal::new(1, 1)) {
        Status::OnTrack
    } else if at_most(wide) {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}

/// Returns the status of a target that is not met after it was due.
///
/// Google's bands: an aspirational key result is on track from a grade of 0.7, at risk from 0.4. Any
/// other is off track.
pub(super) fn final_status(progress: Option<Decimal>, commitment: Option<Commitment>) -> Status {
    let Some(progress) = progress.filter(|_| commitment == Some(Commitment::Aspirational)) else {
        return Status::OffTrack;
    };
    Grade::new(progress, false).band().status()
}

/// Returns the status that a confidence from 0 to 10 stands for.
///
/// After Koan's scale: 7 and more is on track, 4 to 6 at risk; an aspirational key result, which is meant to have
/// even odds, is on track from 5 and at risk from 3.
#[must_use]
pub fn status_of_confidence(confidence: u8, commitment: Option<Commitment>) -> Status {
    let (green, yellow) = match commitment {
        Some(Commitment::Aspirational) => (5, 3),
        _ => (7, 4),
    };
    if confidence >= green {
        Status::OnTrack
    } else if confidence >= yellow {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::progress::{Timeline, bar};

    const QUARTER: (Date, Date) = (date(2026, 4, 1), date(2026, 6, 30));

    #[track_caller]
    fn check(day: Date, commitment: Option<Commitment>, progress: &str, status: Status) {
        let quarter = Timeline::new(QUARTER.0, QUARTER.1).unwrap();
        let expected = quarter.elapsed(day) * bar(commitment);
        let gap = expected - progress.parse::<Decimal>().unwrap();
        assert_eq!(
            status_of_gap(gap, expected),
            status,
            "{progress} of {expected}"
        );
    }

    #[test]
    fn thresholds_of_a_committed_key_result_on_day_40_of_91() {
        let day = date(2026, 5, 10);
        check(day, None, "0.34", Status::OnTrack);
        check(day, None, "0.33", Status::AtRisk);
        check(day, None, "0.24", Status::AtRisk);
        check(day, None, "0.23", Status::OffTrack);
    }

    #[test]
    fn thresholds_of_an_aspirational_one() {
        let day = date(2026, 5, 10);
        let aspirational = Some(Commitment::Aspirational);
        check(day, aspirational, "0.21", Status::OnTrack);
        check(day, aspirational, "0.20", Status::AtRisk);
        check(day, aspirational, "0.11", Status::AtRisk);
        check(day, aspirational, "0.10", Status::OffTrack);
    }

    #[test]
    fn nothing_moves_in_a_quarter() {
        check(date(2026, 4, 7), None, "0", Status::OnTrack);
        check(date(2026, 4, 14), None, "0", Status::AtRisk);
        check(date(2026, 4, 21), None, "0", Status::OffTrack);
    }

    #[test]
    fn thresholds_at_the_end() {
        check(QUARTER.1, None, "0.9", Status::OnTrack);
        check(QUARTER.1, None, "0.7", Status::AtRisk);
        check(QUARTER.1, None, "0.69", Status::OffTrack);
        let aspirational = Some(Commitment::Aspirational);
        check(QUARTER.1, aspirational, "0.6", Status::OnTrack);
        check(QUARTER.1, aspirational, "0.49", Status::AtRisk);
        check(QUARTER.1, aspirational, "0.48", Status::OffTrack);
    }

    #[test]
    fn after_the_end_only_a_stretch_has_bands() {
        let at = |text: &str| Some(text.parse().unwrap());
        let aspirational = Some(Commitment::Aspirational);
        assert_eq!(final_status(at("0.99"), None), Status::OffTrack);
        assert_eq!(final_status(at("0.65"), aspirational), Status::OnTrack);
        assert_eq!(final_status(at("0.64"), aspirational), Status::AtRisk);
        assert_eq!(final_status(at("0.34"), aspirational), Status::OffTrack);
    }

    #[test]
    fn confidence_stands_for_a_status() {
        let of = |confidence| status_of_confidence(confidence, None);
        assert_eq!(
            [of(7), of(6), of(4), of(3)].map(Status::word),
            ["on track", "at risk", "at risk", "off track"]
        );
        let stretch = |confidence| status_of_confidence(confidence, Some(Commitment::Aspirational));
        assert_eq!(
            [stretch(5), stretch(4), stretch(3), stretch(2)].map(Status::word),
            ["on track", "at risk", "at risk", "off track"]
        );
    }
}
