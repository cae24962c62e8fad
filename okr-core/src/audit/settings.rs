//! What a user may set about an audit.

use std::collections::HashMap;

use jiff::civil::Weekday;

use super::{Level, Library, Rule, Tier};
use crate::progress::Schedules;
use crate::statement::Lexicon;

/// What a user may set about an audit.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The level of rules, by their id; others have their own.
    pub levels: HashMap<&'static str, Level>,
    /// When not empty, only these rules run.
    pub select: Vec<&'static str>,
    /// These rules do not run.
    pub ignore: Vec<&'static str>,
    /// Whether the strict rules run too.
    pub strict: bool,
    /// The numbers that rules compare with.
    pub limits: Limits,
    /// The words that statements are read with.
    pub lexicon: Lexicon,
    /// The day of the week on which check-ins are due; without one it is [`crate::progress::CHECK_IN_DAY`].
    pub check_in_day: Option<Weekday>,
    /// Whether the workspace has plans of a higher level that objectives could support.
    pub has_parents: bool,
    /// Key results to propose where a plan has work in their place.
    pub library: Library,
}

impl Settings {
    /// Returns schedules whose check-ins are due on the day of the week that is set.
    #[must_use]
    pub fn schedules(&self) -> Schedules {
        self.check_in_day
            .map_or_else(Schedules::default, Schedules::on)
    }

    /// Returns whether a rule is to run.
    #[must_use]
    pub fn runs(&self, rule: &Rule) -> bool {
        let named = self.select.contains(&rule.id);
        let level = self.levels.get(rule.id).copied();
        !self.ignore.contains(&rule.id)
            && (named
                || (self.select.is_empty()
                    && level != Some(Level::Off)
                    && (rule.tier == Tier::Basic || self.strict || level.is_some())))
    }
}

/// The numbers that rules compare with.
///
/// Each is the most that passes, unless it says otherwise. Sources are in the rules' documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Objectives of a plan before it is a warning.
    pub objectives: usize,
    /// Objectives of a plan before it is an error.
    pub objectives_at_all: usize,
    /// Key results of an objective before it is a warning.
    pub key_results: usize,
    /// Key results of an objective before it is an error.
    pub key_results_at_all: usize,
    /// Key results of an objective at the least.
    pub key_results_at_least: usize,
    /// Key results of one owner.
    pub key_results_of_owner: usize,
    /// Words of an objective.
    pub objective_words: usize,
    /// Check-ins in a row that may be at risk.
    pub yellows_in_a_row: usize,
    /// Check-ins in a row whose status a note may explain against the numbers.
    pub explained_in_a_row: usize,
    /// Check-ins in a row that may have the same value.
    pub equal_values: usize,
    /// Points that confidence may fall by from one check-in to the next.
    pub confidence_drop: u8,
    /// Percent of the way that progress may be behind what is expected of the day.
    pub behind_percent: u8,
    /// Percent of the way that may be done with a third of the time left.
    pub early_percent: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            objectives: 4,
            objectives_at_all: 7,
            key_results: 4,
            key_results_at_all: 7,
            key_results_at_least: 2,
            key_results_of_owner: 4,
            objective_words: 15,
            yellows_in_a_row: 2,
            explained_in_a_row: 2,
            equal_values: 2,
            confidence_drop: 2,
            behind_percent: 25,
            early_percent: 80,
        }
    }
}
