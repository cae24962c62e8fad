//! What a rule is.

use std::fmt;

use super::rules::{across, is_about_dismissals};
use super::{Context, Findings, Sight};

/// One thing that the audit looks for.
///
/// A rule reads values and names elements of the plan; where they stand is the runner's business.
/// So it works on a plan from a sheet, where a place is a cell, too.
#[derive(Debug)]
pub struct Rule {
    /// What it is called; it reads after "allow", such as `no-owner`.
    pub id: &'static str,
    /// When it runs.
    pub tier: Tier,
    /// How bad its findings are, unless it or the user says otherwise.
    pub level: Level,
    /// Which score its findings lower.
    pub axis: Axis,
    /// Findings of a lower rank help more, so they come first among those of one level.
    pub rank: u8,
    /// The version that brought it.
    pub since: &'static str,
    /// Its documentation, in Markdown, with the headings `What it checks`, `Why it matters`,
    /// `Example` and `Use instead`, in this order; the two examples run as its test.
    pub docs: &'static str,
    /// Finds what there is to find.
    pub(crate) check: fn(&Context<'_>, &mut Findings),
}

impl Rule {
    /// Returns whether a comment in a plan may silence it; not so the rules about such comments.
    #[must_use]
    pub fn can_be_dismissed(&self) -> bool {
        !is_about_dismissals(self.id)
    }

    /// Returns how much the rule has to see where it looks at several plans at once; nothing where it looks at each plan
    /// alone.
    #[must_use]
    pub fn sight(&self) -> Option<Sight> {
        across(self).map(|across| across.sight)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// When a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Always.
    Basic,
    /// When a strict audit is asked for, or the rule by name.
    Strict,
}

impl Tier {
    /// Returns the name under which it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Strict => "strict",
        }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Off,
    /// Worth knowing; never fails a check.
    Info,
    /// Probably wrong; fails a strict check.
    Warning,
    /// Wrong; fails every check.
    Error,
}

impl Level {
    /// Every level, the mildest first.
    pub const ALL: [Self; 4] = [Self::Off, Self::Info, Self::Warning, Self::Error];

    /// Returns the word that stands in `okr.toml`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Reads the word; `warn` is a warning.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let same = |level: &Self| level.name() == text;
        let warn = (text == "warn").then_some(Self::Warning);
        Self::ALL.into_iter().find(same).or(warn)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A side of a plan that is scored on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Few goals, each said once and briefly.
    Focus,
    /// Numbers with a start, a target and a unit.
    Measurable,
    /// Results rather than work.
    Outcome,
    /// One name for each goal.
    Owned,
    /// A day for each goal.
    Dated,
    /// Check-ins that come in time and are honest.
    Tracked,
}

impl Axis {
    /// Every axis, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Focus,
        Self::Measurable,
        Self::Outcome,
        Self::Owned,
        Self::Dated,
        Self::Tracked,
    ];

    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Focus => "focus",
            Self::Measurable => "measurable",
            Self::Outcome => "outcome",
            Self::Owned => "owned",
            Self::Dated => "dated",
            Self::Tracked => "tracked",
        }
    }
}
