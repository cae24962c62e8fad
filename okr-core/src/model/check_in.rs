//! Check-ins: a day, a value, and what the owner says of it.

use std::fmt;

use jiff::civil::Date;

use super::{Fields, Inline, Quantity};

/// One update of a key result: a row of its check-in table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckIn {
    /// The day for which it speaks.
    pub date: Date,
    /// The value measured, if one was.
    pub value: Option<Quantity>,
    /// How the owner sees it.
    pub status: Option<Status>,
    /// How sure the owner is that the target will be met: 0 to 10, both included.
    pub confidence: Option<u8>,
    /// What happened, what is in the way, what is next.
    pub note: Option<Inline>,
    /// Cells of columns that the plan format does not know, by the column's heading.
    pub fields: Fields,
}

impl CheckIn {
    /// Returns a check-in of that day with nothing filled in.
    #[must_use]
    pub fn new(date: Date) -> Self {
        Self {
            date,
            value: None,
            status: None,
            confidence: None,
            note: None,
            fields: Fields::new(),
        }
    }
}

/// What an owner says of a key result at a check-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Nothing has been done yet.
    NotStarted,
    /// Green: will be met.
    OnTrack,
    /// Yellow: may be missed; a short stay.
    AtRisk,
    /// Red: will be missed unless something changes.
    OffTrack,
    /// The target is met.
    Achieved,
    /// Put aside for a while; unlike [`Status::Cancelled`] it is expected to go on.
    Paused,
    /// Given up.
    Cancelled,
}

impl Status {
    /// Every status, from the first to the last that a key result may pass.
    pub const ALL: [Self; 7] = [
        Self::NotStarted,
        Self::OnTrack,
        Self::AtRisk,
        Self::OffTrack,
        Self::Achieved,
        Self::Paused,
        Self::Cancelled,
    ];

    /// Returns the word that stands in a plan.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::OnTrack => "on track",
            Self::AtRisk => "at risk",
            Self::OffTrack => "off track",
            Self::Achieved => "achieved",
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
        }
    }

    /// Returns whether it ends what is owed of a key result: achieved, paused or cancelled.
    #[must_use]
    pub const fn is_last_word(self) -> bool {
        matches!(self, Self::Achieved | Self::Paused | Self::Cancelled)
    }

    /// Reads a status word: upper or lower case, with blanks, hyphens or underscores, or as a colour.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(status) = Self::ALL.into_iter().find(|status| status.word() == text) {
            return Some(status);
        }
        let word = text.to_lowercase().replace(['-', '_'], " ");
        let same = |status: &Self| status.word() == word;
        Self::ALL.into_iter().find(same).or(match word.as_str() {
            "green" => Some(Self::OnTrack),
            "yellow" | "amber" => Some(Self::AtRisk),
            "red" => Some(Self::OffTrack),
            "done" => Some(Self::Achieved),
            "canceled" => Some(Self::Cancelled),
            _ => None,
        })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_reads_back() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.word()), Some(status));
        }
        assert_eq!(Status::parse("On-Track"), Some(Status::OnTrack));
        assert_eq!(Status::parse("amber"), Some(Status::AtRisk));
        assert_eq!(Status::parse("fine"), None);
    }
}
