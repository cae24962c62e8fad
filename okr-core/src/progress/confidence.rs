//! What the owners' statuses say together.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::Status;

/// How many key results are green, yellow and red, and how many say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NetConfidence {
    /// On track or achieved.
    pub green: u32,
    /// At risk.
    pub yellow: u32,
    /// Off track.
    pub red: u32,
    /// Without a status, not started, paused or cancelled: left out of the score, but counted aloud.
    pub silent: u32,
}

impl NetConfidence {
    /// Counts the statuses of key results.
    #[must_use]
    pub fn of(statuses: impl IntoIterator<Item = Option<Status>>) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            let count = match status {
                Some(Status::OnTrack | Status::Achieved) => &mut counts.green,
                Some(Status::AtRisk) => &mut counts.yellow,
                Some(Status::OffTrack) => &mut counts.red,
                Some(Status::NotStarted | Status::Paused | Status::Cancelled) | None => {
                    &mut counts.silent
                }
            };
            *count += 1;
        }
        counts
    }

    /// Returns the score, from -100 to 100 and rounded to a whole number; nothing where none has a colour.
    ///
    /// Tability's Net Confidence Score: `100 * (green - red) / (green + yellow + red)`. One that stays at 100 hints
    /// at timid goals.
    #[must_use]
    pub fn score(&self) -> Option<Decimal> {
        let [green, yellow, red] = [self.green, self.yellow, self.red].map(Decimal::from);
        let score = ((green - red) * Decimal::ONE_HUNDRED).checked_div(green + yellow + red)?;
        Some(score.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(green: u32, yellow: u32, red: u32) -> NetConfidence {
        NetConfidence {
            green,
            yellow,
            red,
            silent: 0,
        }
    }

    #[test]
    fn the_score_is_greens_less_reds_of_all() {
        assert_eq!(counts(5, 2, 1).score(), Some(Decimal::from(50)));
        assert_eq!(counts(0, 0, 3).score(), Some(Decimal::from(-100)));
        assert_eq!(counts(2, 1, 0).score(), Some(Decimal::from(67)));
        assert_eq!(counts(0, 0, 0).score(), None);
    }

    #[test]
    fn whoever_says_nothing_is_counted_aloud() {
        let statuses = [
            Some(Status::OnTrack),
            Some(Status::Achieved),
            Some(Status::AtRisk),
            Some(Status::Paused),
            None,
        ];
        let counted = NetConfidence::of(statuses);
        assert_eq!(
            (counted.green, counted.yellow, counted.red, counted.silent),
            (2, 1, 0, 2)
        );
    }
}
