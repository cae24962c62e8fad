//! No more than two yellows in a row: yellow is a short stay, after which somebody decides.

use rust_decimal::Decimal;

use crate::model::Status;

/// What a slot shows: its status, and the progress as it was known then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlotColour {
    /// The status; nothing where the check-in was missed, or spoke for none.
    pub status: Option<Status>,
    /// The progress, if it is known.
    pub progress: Option<Decimal>,
}

/// A run of yellow slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YellowRun {
    /// The position of its first slot.
    pub first: usize,
    /// The position of its last yellow slot.
    pub last: usize,
    /// How many of its slots are yellow, at least 1.
    pub length: usize,
    /// Whether nothing has closed it.
    pub is_open: bool,
}

/// Returns the runs of yellow slots, the first one first; only the last one can be open.
///
/// Tability's rule of two yellows counts them. Green, red, achieved and cancelled close a run. Whatever is missed
/// or paused, or has not started, leaves it as it is: silence neither cures nor extends.
#[must_use]
pub fn yellow_runs(slots: &[SlotColour]) -> Vec<YellowRun> {
    let mut runs: Vec<YellowRun> = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        let open = runs.last_mut().filter(|run| run.is_open);
        match (slot.status, open) {
            (Some(Status::AtRisk), Some(run)) => {
                run.last = at;
                run.length += 1;
            }
            (Some(Status::AtRisk), None) => runs.push(YellowRun {
                first: at,
                last: at,
                length: 1,
                is_open: true,
            }),
            (status, Some(run)) if closes_run(status) => run.is_open = false,
            _ => {}
        }
    }
    runs
}

/// Returns whether a status closes a run of yellows.
pub(super) const fn closes_run(status: Option<Status>) -> bool {
    matches!(
        status,
        Some(Status::OnTrack | Status::OffTrack | Status::Achieved | Status::Cancelled)
    )
}

/// Returns the second of the last two runs that are two yellows long or more, when a single green slot parts
/// them and progress did not rise at it: the green looks like a dodge.
///
/// Returns nothing as well when progress is not known.
#[must_use]
pub fn flapping(slots: &[SlotColour]) -> Option<YellowRun> {
    let runs = yellow_runs(slots);
    let pairs = runs.windows(2).rev();
    pairs
        .map(|pair| (pair[0], pair[1]))
        .find(|(before, after)| {
            if before.length < 2 || after.length < 2 {
                return false;
            }
            let mut between = slots[before.last + 1..after.first]
                .iter()
                .filter(|slot| slot.status.is_some());
            let (Some(green), None) = (between.next(), between.next()) else {
                return false;
            };
            let rose = match (slots[before.last].progress, green.progress) {
                (Some(yellow), Some(green)) => green > yellow,
                _ => true,
            };
            green.status == Some(Status::OnTrack) && !rose
        })
        .map(|(_, after)| after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slot(letter: char) -> SlotColour {
        let status = match letter {
            'G' => Some(Status::OnTrack),
            'Y' => Some(Status::AtRisk),
            'R' => Some(Status::OffTrack),
            'A' => Some(Status::Achieved),
            'C' => Some(Status::Cancelled),
            'P' => Some(Status::Paused),
            _ => None,
        };
        SlotColour {
            status,
            progress: Some(Decimal::ZERO),
        }
    }

    fn slots(letters: &str) -> Vec<SlotColour> {
        letters.chars().map(slot).collect()
    }

    /// Checks the lengths of the runs; an open one is written with `+`.
    #[track_caller]
    fn check(letters: &str, expected: &str) {
        let runs = yellow_runs(&slots(letters));
        let shown: Vec<_> = runs
            .iter()
            .map(|run| format!("{}{}", run.length, if run.is_open { "+" } else { "" }))
            .collect();
        assert_eq!(shown.join(" "), expected, "{letters}");
    }

    #[test]
    fn runs_are_counted() {
        check("GYYG", "2");
        check("YYR", "2");
        check("YYY", "3+");
        check("YYYY", "4+");
        check("YY-Y", "3+");
        check("YYGYY", "2 2+");
        check("YPY", "2+");
        check("YAYCY", "1 1 1+");
        check("", "");
    }

    #[test]
    fn a_single_green_without_progress_is_a_dodge() {
        assert_eq!(flapping(&slots("YYGYY")).map(|run| run.first), Some(3));
        assert_eq!(flapping(&slots("YY-G-YY")).map(|run| run.first), Some(5));
        assert_eq!(flapping(&slots("YYGGYY")), None);
        assert_eq!(flapping(&slots("YYRYY")), None);
        assert_eq!(flapping(&slots("YGYY")), None);
    }

    #[test]
    fn a_green_with_progress_is_none() {
        let mut rising = slots("YYGYY");
        rising[2].progress = Some(Decimal::ONE);
        assert_eq!(flapping(&rising), None);
        rising[1].progress = None;
        assert_eq!(flapping(&rising), None);
    }

    proptest! {
        #[test]
        fn silence_changes_no_run(letters in "[GYRAC]{0,20}", at in 0_usize..20) {
            let mut with_silence = letters.clone();
            with_silence.insert(at.min(letters.len()), '-');
            let lengths = |letters: &str| -> Vec<_> {
                yellow_runs(&slots(letters)).iter().map(|run| (run.length, run.is_open)).collect()
            };
            prop_assert_eq!(lengths(&letters), lengths(&with_silence));
        }

        #[test]
        fn every_yellow_is_in_one_run(letters in "[GYRACP-]{0,20}") {
            let total: usize = yellow_runs(&slots(&letters)).iter().map(|run| run.length).sum();
            prop_assert_eq!(total, letters.matches('Y').count());
        }
    }
}
