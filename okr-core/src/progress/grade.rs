//! What a key result or an objective is worth when its period is over.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Track;
use crate::model::{Commitment, Status};

/// A grade in tenths, from 0.0 to 1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(u8);

/// The three bands of Google's grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// 0.0 to 0.3.
    Red,
    /// 0.4 to 0.6.
    Yellow,
    /// 0.7 to 1.0.
    Green,
}

/// How a grade is to be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// The colour.
    pub band: Band,
    /// Whether a written reason is owed: what was committed is not met.
    pub needs_reason: bool,
}

/// What a key result has come to at the end, before it is rounded to a grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outturn {
    /// The progress, from 0 to 1; 0 where nothing was ever recorded.
    pub progress: Decimal,
    /// Whether the target is met.
    pub is_met: bool,
}

/// How often a value was where it is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// At how many check-ins it was inside.
    pub inside: u32,
    /// How many check-ins had a value; at least 1.
    pub all: u32,
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let check_ins = if self.all == 1 {
            "check-in"
        } else {
            "check-ins"
        };
        write!(f, "held at {} of {} {check_ins}", self.inside, self.all)
    }
}

impl Grade {
    /// Returns the grade of a progress: cut to 0 and 1, rounded half up to a tenth, and at most 0.9 for a target
    /// that is not met.
    ///
    /// Google's scale; that what is not met never has 1.0, so that 0.96 is 0.9, is our own rule.
    #[must_use]
    pub fn new(progress: Decimal, is_met: bool) -> Self {
        let tenths = progress
            .clamp(Decimal::ZERO, Decimal::ONE)
            .saturating_mul(Decimal::TEN)
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let most = if is_met { 10 } else { 9 };
        Self(u8::try_from(tenths).unwrap_or(0).min(most))
    }

    /// Returns the grade in tenths, from 0 to 10.
    #[must_use]
    pub const fn tenths(self) -> u8 {
        self.0
    }

    /// Returns the band that it lies in.
    #[must_use]
    pub const fn band(self) -> Band {
        match self.0 {
            ..=3 => Band::Red,
            4..=6 => Band::Yellow,
            _ => Band::Green,
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Band {
    /// Returns the colour as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Green => "green",
        }
    }

    /// Returns the status that has the colour.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Red => Status::OffTrack,
            Self::Yellow => Status::AtRisk,
            Self::Green => Status::OnTrack,
        }
    }
}

impl Verdict {
    /// Judges a grade: what is committed is green only when it is met, and owes a reason otherwise; anything else
    /// goes by the bands.
    ///
    /// Google's playbook and Doerr's site: 0.8 of what was committed is a miss, however close it felt.
    #[must_use]
    pub fn new(grade: Grade, is_met: bool, commitment: Option<Commitment>) -> Self {
        let is_committed = commitment == Some(Commitment::Committed);
        let band = match (is_committed, is_met) {
            (true, true) => Band::Green,
            (true, false) => Band::Red,
            (false, _) => grade.band(),
        };
        Self {
            band,
            needs_reason: is_committed && !is_met,
        }
    }
}

impl Track<'_> {
    /// Returns what the key result has come to as of today.
    ///
    /// - What is to be kept counts by the slots whose last value was inside, of those with a value; Profit.co
    ///   divides by all planned slots instead.
    /// - What is learning counts in full when its owner says that it is achieved and writes down why.
    /// - Anything else counts by its last value, and as nothing without one.
    #[must_use]
    pub fn outturn(&self) -> Outturn {
        let standing = self.standing();
        if self.commitment == Some(Commitment::Learning) {
            let is_answered = self.latest_status().is_some_and(|(entry, status)| {
                let note = entry.check_in.note.as_ref();
                status == Status::Achieved && note.is_some_and(|note| !note.is_empty())
            });
            return Outturn::all_or_nothing(is_answered);
        }
        if self.scale().is_some_and(|scale| scale.is_kept()) {
            return self.kept_outturn();
        }
        let is_met = standing.is_met == Some(true);
        let progress = standing.progress.unwrap_or_default();
        Outturn {
            progress: progress.clamp(Decimal::ZERO, Decimal::ONE),
            is_met,
        }
    }

    /// Returns at how many of its check-ins what is to be kept was inside: of the slots with a value, whose last one
    /// counts. Returns nothing for anything else, and without any such slot.
    #[must_use]
    pub fn held(&self) -> Option<Held> {
        let is_learning = self.commitment == Some(Commitment::Learning);
        if is_learning || !self.scale().is_some_and(|scale| scale.is_kept()) {
            return None;
        }
        let inside = |slot| {
            let entry = self.entries_of(slot).iter().rev();
            let value = entry
                .filter(|entry| entry.check_in.value.is_some())
                .find_map(|entry| entry.value)?;
            self.scale()?.is_met(value)
        };
        let (mut count, mut all) = (0_u32, 0_u32);
        for is_inside in self.slots().iter().filter_map(inside) {
            all += 1;
            count += u32::from(is_inside);
        }
        (all > 0).then_some(Held { inside: count, all })
    }

    fn kept_outturn(&self) -> Outturn {
        self.held().map_or_else(
            || Outturn::all_or_nothing(self.standing().is_met == Some(true)),
            |held| Outturn {
                progress: Decimal::from(held.inside) / Decimal::from(held.all),
                is_met: held.inside == held.all,
            },
        )
    }
}

impl Outturn {
    fn all_or_nothing(is_met: bool) -> Self {
        Self {
            progress: if is_met { Decimal::ONE } else { Decimal::ZERO },
            is_met,
        }
    }

    /// Returns its grade.
    #[must_use]
    pub fn grade(&self) -> Grade {
        Grade::new(self.progress, self.is_met)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(progress: &str, is_met: bool, expected: &str) {
        let grade = Grade::new(progress.parse().unwrap(), is_met);
        assert_eq!(
            format!("{grade} {}", grade.band().word()),
            expected,
            "{progress}"
        );
    }

    #[test]
    fn grades_are_rounded_once_and_fall_into_three_bands() {
        check("0", false, "0.0 red");
        check("-0.25", false, "0.0 red");
        check("0.349", false, "0.3 red");
        check("0.35", false, "0.4 yellow");
        check("0.64", false, "0.6 yellow");
        check("0.65", false, "0.7 green");
        check("0.94", false, "0.9 green");
        check("0.96", false, "0.9 green");
        check("1", false, "0.9 green");
        check("1", true, "1.0 green");
        check("1.125", true, "1.0 green");
    }

    #[test]
    fn what_is_committed_is_met_or_missed() {
        let verdict = |progress: &str, is_met, commitment| {
            let grade = Grade::new(progress.parse().unwrap(), is_met);
            let verdict = Verdict::new(grade, is_met, commitment);
            (verdict.band.word(), verdict.needs_reason)
        };
        let committed = Some(Commitment::Committed);
        assert_eq!(verdict("0.8", false, committed), ("red", true));
        assert_eq!(verdict("1", true, committed), ("green", false));
        let aspirational = Some(Commitment::Aspirational);
        assert_eq!(verdict("0.8", false, aspirational), ("green", false));
        assert_eq!(verdict("0.5", false, aspirational), ("yellow", false));
        assert_eq!(verdict("0.2", false, None), ("red", false));
    }

    proptest! {
        #[test]
        fn nothing_unmet_has_the_highest_grade(thousandths in -2000_i64..3000) {
            let progress = Decimal::new(thousandths, 3);
            prop_assert!(Grade::new(progress, false).tenths() <= 9);
            prop_assert!(Grade::new(progress, false) <= Grade::new(progress, true));
        }
    }
}
