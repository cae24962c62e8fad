//! Statuses, told apart by a sign, a word and a colour, so that none of the three is needed.

use anstyle::Style;
use okr_core::model::Status;

use crate::shell::{Text, style};

/// Returns the colour of a status.
pub(crate) const fn colour(status: Status) -> Style {
    match status {
        Status::OnTrack | Status::Achieved => style::GOOD,
        Status::AtRisk => style::WARNING,
        Status::OffTrack => style::ERROR,
        _ => style::DIM,
    }
}

/// Returns the sign of a status, of one column.
pub(crate) const fn sign(status: Status, is_ascii: bool) -> &'static str {
    match (status, is_ascii) {
        (Status::OnTrack, false) => "●",
        (Status::OnTrack, true) => "+",
        (Status::AtRisk, false) => "▲",
        (Status::AtRisk, true) => "!",
        (Status::OffTrack, false) => "■",
        (Status::OffTrack, true) => "x",
        (Status::Achieved, false) => "✓",
        (Status::Achieved, true) => "*",
        (Status::Paused, _) => "=",
        (Status::Cancelled, _) => "-",
        (_, false) => "○",
        (_, true) => "o",
    }
}

/// Returns a status as it is shown: its sign and its word, in its colour.
pub(crate) fn status(status: Status, is_ascii: bool) -> Text {
    let mut text = Text::new();
    let words = format!("{} {status}", sign(status, is_ascii));
    text.styled(colour(status), &words);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::columns;

    #[test]
    fn every_status_has_a_sign_of_its_own_that_is_one_column_wide() {
        for is_ascii in [false, true] {
            let mut signs = Status::ALL.map(|status| sign(status, is_ascii));
            assert!(signs.iter().all(|sign| columns(sign) == 1));
            assert!(!is_ascii || signs.iter().all(|sign| sign.is_ascii()));
            signs.sort_unstable();
            assert!(signs.windows(2).all(|pair| pair[0] != pair[1]), "{signs:?}");
        }
    }

    #[test]
    fn a_status_is_read_without_colour() {
        assert_eq!(status(Status::AtRisk, true).plain(), "! at risk");
        assert_eq!(status(Status::OnTrack, false).plain(), "● on track");
    }
}
