//! What an audit found, for other programs.
//!
//! A [`ReportFormat`] writes a report piece by piece: its head, each plan, its tail.
//! A piece depends on its plan alone, so that plans can be written in any order, or at once, and
//! nobody holds the whole report.
//!
//! ```
//! use okr_render::report::{PlanReport, ReportFormat, Totals};
//!
//! let plan = PlanReport { path: "plan.md".to_owned(), ..PlanReport::default() };
//! let json = ReportFormat::named("json")?;
//! let report = [(json.head)(&[]), (json.plan)(&[], &plan), (json.tail)(&Totals::default())].concat();
//! assert!(report.starts_with("{\n  \"schema\": \"okr-check/1\""));
//! # Ok::<(), okr_render::Error>(())
//! ```

mod concise;
mod github;
mod json;
mod region;
mod sarif;

pub use region::{Position, Region, Regions};

use okr_core::audit::{Applicability, Axis, Level, Rule};
use okr_core::text::Replacement;

use crate::error::{Error, ErrorKind};

/// A way to write what an audit found.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReportFormat {
    /// The name on the command line.
    pub name: &'static str,
    /// Writes what stands before the first plan; the rules are those that can be named in it.
    pub head: fn(&[&Rule]) -> String,
    /// Writes what was found in one plan; an empty text says nothing, and takes no separator.
    pub plan: fn(&[&Rule], &PlanReport) -> String,
    /// Whether it tells what a fix changes in the text, which takes time to work out.
    pub tells_changes: bool,
    /// What stands between the texts of two plans that say something.
    pub between: &'static str,
    /// Writes what stands after the last plan.
    pub tail: fn(&Totals) -> String,
}

/// Every report format, by name.
pub static REPORTS: &[&ReportFormat] = &[
    &concise::REPORT,
    &github::REPORT,
    &json::REPORT,
    &sarif::REPORT,
];

impl ReportFormat {
    /// Returns the report format of that name.
    ///
    /// # Errors
    ///
    /// None has the name; the message lists those there are.
    pub fn named(name: &str) -> Result<&'static Self, Error> {
        let is_it = |format: &&&Self| format.name == name;
        REPORTS.iter().find(is_it).copied().ok_or_else(|| {
            let names: Vec<_> = REPORTS.iter().map(|format| format.name).collect();
            let names = names.join(", ");
            ErrorKind::UnknownFormat(format!(
                "there is no report format `{name}`; there are {names}"
            ))
            .into()
        })
    }
}

/// What was found in one plan.
#[derive(Clone, Debug, Default)]
pub struct PlanReport {
    /// The file, as the user knows it; `-` for standard input.
    pub path: String,
    /// What was found, in the order in which it is to be told.
    pub entries: Vec<Entry>,
    /// How much of it is in order.
    pub score: Shares,
}

impl PlanReport {
    /// Returns the entries that count, because nobody has dismissed them.
    pub fn counting(&self) -> impl Iterator<Item = &Entry> + Clone {
        self.entries.iter().filter(|it| it.dismissed.is_none())
    }
}

/// A percentage for each axis; nothing where there is nothing to look at.
pub type Shares = Vec<(Axis, Option<usize>)>;

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The id of the rule, or the code of a message about reading.
    pub rule: String,
    /// How bad it is.
    pub level: Level,
    /// Which score it lowers; messages about reading lower none.
    pub axis: Option<Axis>,
    /// The number of the element, such as `1.2`, or `plan`.
    pub element: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What is to be seen at its place; may be empty.
    pub label: String,
    /// What to do; may be empty.
    pub help: String,
    /// Where; nothing says that it is about the file as a whole.
    pub region: Option<Region>,
    /// What to write instead.
    pub fix: Option<FixEntry>,
    /// What only the user knows.
    pub question: Option<QuestionEntry>,
    /// Why it does not count, where the user has dismissed it.
    pub dismissed: Option<String>,
}

/// What to write instead.
#[derive(Clone, Debug)]
pub struct FixEntry {
    /// What it does, as a command.
    pub title: String,
    /// Who may make it.
    pub applicability: Applicability,
    /// What changes in the text; none where it has not been worked out.
    pub replacements: Vec<(Region, Replacement)>,
}

/// What only the user knows.
#[derive(Clone, Debug)]
pub struct QuestionEntry {
    /// The question, with its question mark.
    pub text: String,
    /// Whose field the answer is.
    pub element: String,
    /// The field; nothing where the answer is a new wording.
    pub field: Option<String>,
    /// An answer to offer.
    pub offer: Option<String>,
}

/// What was found in all plans.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// How many plans were looked at.
    pub plans: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are for information.
    pub infos: usize,
    /// How many were dismissed.
    pub dismissed: usize,
    /// How many can be fixed without changing the meaning.
    pub fixable: usize,
    /// How many come with a suggestion that may change it.
    pub suggested: usize,
    /// How much of all plans is in order.
    pub score: Shares,
}

impl Totals {
    /// Counts one more finding.
    pub fn count(&mut self, entry: &Entry) {
        if entry.dismissed.is_some() {
            self.dismissed += 1;
            return;
        }
        match entry.level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Info => self.infos += 1,
            Level::Off => return,
        }
        match entry.fix.as_ref().map(|fix| fix.applicability) {
            Some(Applicability::Safe) => self.fixable += 1,
            Some(Applicability::Unsafe) => self.suggested += 1,
            _ => {}
        }
    }

    /// Adds what was counted elsewhere; the scores stay.
    pub fn add(&mut self, other: &Self) {
        self.plans += other.plans;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.dismissed += other.dismissed;
        self.fixable += other.fixable;
        self.suggested += other.suggested;
    }

    /// Returns how many findings there are that nobody has dismissed.
    #[must_use]
    pub const fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

/// Returns words on one line, without anything that could steer a terminal or a log.
fn line(words: &str) -> String {
    let words = okr_core::text::one_line(words);
    let steers =
        |c: char| matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    words.replace(steers, "\u{fffd}")
}

/// Returns the name of a file on one line.
fn name(path: &str) -> String {
    let shown: String = path
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    line(&shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formats_are_sorted() {
        assert!(REPORTS.is_sorted_by_key(|format| format.name));
        for format in REPORTS {
            assert!(std::ptr::eq(
                ReportFormat::named(format.name).unwrap(),
                *format
            ));
        }
        assert!(ReportFormat::named("xml").is_err_and(|error| error.is_unknown_format()));
    }
}
