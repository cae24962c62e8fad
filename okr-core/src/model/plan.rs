//! The plan and what it is made of.

use std::fmt;

use indexmap::IndexMap;
use jiff::civil::Date;

use super::{CheckIn, FiscalYear, Inline, Measure, Period};

/// Fields that the plan format does not know, by name, in the order in which they were written.
pub type Fields = IndexMap<String, Inline>;

/// The objectives of one team or role for one period.
///
/// Whatever the plan does not state is absent, never guessed.
/// Block texts (`text`) are Markdown with LF line ends, without blank lines at either end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What the plan is called in its front matter.
    pub name: Option<String>,
    /// The heading that opens the document.
    pub title: Option<Inline>,
    /// The time that the plan is for.
    pub period: Option<Period>,
    /// The team that it belongs to.
    pub team: Option<String>,
    /// Who answers for the plan as a whole.
    pub owner: Option<String>,
    /// How often its key results are checked.
    pub cadence: Option<Cadence>,
    /// The role template that it was made from.
    pub template: Option<String>,
    /// When the fiscal year begins and which year names it; periods written `FY…` follow it.
    pub fiscal_year: FiscalYear,
    /// Front matter keys that the plan format does not know, in the order of the plan.
    pub front_matter: IndexMap<String, String>,
    /// Free text before the first objective or section.
    pub text: String,
    /// The objectives, in the order of the plan.
    pub objectives: Vec<Objective>,
    /// Headings that are no objective, in the order of the plan.
    pub sections: Vec<Section>,
}

impl Plan {
    /// Returns what to call the plan: its name, else its title without formatting, else `Plan`.
    #[must_use]
    pub fn display_name(&self) -> String {
        match (&self.name, &self.title) {
            (Some(name), _) => name.clone(),
            (None, Some(title)) => title.plain().into_owned(),
            (None, None) => "Plan".to_owned(),
        }
    }
}

/// Where a team wants to be at the end of the period; its key results are the evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objective {
    /// The objective itself.
    pub title: Inline,
    /// A name that outlives a change of the title.
    pub id: Option<String>,
    /// The one person who answers for it.
    pub owner: Option<String>,
    /// How a result below the target is to be judged.
    pub commitment: Option<Commitment>,
    /// The objectives elsewhere that this one serves.
    pub supports: Vec<Link>,
    /// Fields that the plan format does not know.
    pub fields: Fields,
    /// Initiatives that serve the objective as a whole.
    pub initiatives: Vec<Initiative>,
    /// Free text: why it matters.
    pub text: String,
    /// Its key results, in the order of the plan.
    pub key_results: Vec<KeyResult>,
}

/// The evidence that an objective was reached: a measure with a target, a date and an owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyResult {
    /// The statement.
    pub title: Inline,
    /// A name that outlives a change of the title.
    pub id: Option<String>,
    /// The one person who answers for it.
    pub owner: Option<String>,
    /// What is counted, from where and to where.
    pub measure: Measure,
    /// The last day on which the target may be met.
    pub due: Option<Date>,
    /// Fields that the plan format does not know.
    pub fields: Fields,
    /// The work that is meant to move the measure.
    pub initiatives: Vec<Initiative>,
    /// Free text.
    pub text: String,
    /// Its check-ins, in the order of the plan.
    pub check_ins: Vec<CheckIn>,
}

/// A piece of work; it never counts as progress.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Initiative {
    /// What is to be done.
    pub title: Inline,
    /// Whether it is done.
    pub done: bool,
    /// Who does it; several names stand in one text, parted by commas.
    pub owner: Option<String>,
    /// The last day for it.
    pub due: Option<Date>,
    /// Whatever is nested under it.
    pub text: String,
}

/// A heading of level 1 or 2 that is no objective, with everything below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: Inline,
    /// Free text, with headings of its own.
    pub text: String,
    /// How many objectives stand before it in the plan.
    pub position: usize,
}

/// A Markdown link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The words that are shown, without formatting.
    pub text: String,
    /// Where it leads; may be relative, and may be empty when nothing was linked.
    pub target: String,
}

impl Link {
    /// Reads links from a line: each Markdown link is one, and so is each piece of other text between
    /// commas or semicolons.
    #[must_use]
    pub fn parse_list(line: &Inline) -> Vec<Self> {
        let mut links = Vec::new();
        for (text, target) in line.links() {
            match target {
                Some(target) => links.push(Self { text, target }),
                None => links.extend(
                    text.split([',', ';'])
                        .map(str::trim)
                        .filter(|text| !text.is_empty())
                        .map(|text| Self {
                            text: text.to_owned(),
                            target: String::new(),
                        }),
                ),
            }
        }
        links
    }

    /// Returns the link as Markdown; a text without target stands alone where it can.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let stands_alone = self.target.is_empty() && !self.text.contains([',', ';']);
        let line = if stands_alone {
            Inline::from_plain(&self.text)
        } else {
            Inline::link(&self.text, &self.target)
        };
        line.as_markdown().to_owned()
    }
}

/// How a result below the target is to be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Commitment {
    /// Must be met in full.
    Committed,
    /// A stretch: seven tenths of the way is a good result.
    Aspirational,
    /// Met when a question is answered with evidence.
    Learning,
}

impl Commitment {
    /// Every commitment, the strictest first.
    pub const ALL: [Self; 3] = [Self::Committed, Self::Aspirational, Self::Learning];

    /// Returns the word that stands in a plan.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Aspirational => "aspirational",
            Self::Learning => "learning",
        }
    }

    /// Reads the word in upper or lower case; `stretch` is aspirational.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase();
        let same = |commitment: &Self| commitment.word() == word;
        Self::ALL
            .into_iter()
            .find(same)
            .or((word == "stretch").then_some(Self::Aspirational))
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// How often key results are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cadence {
    /// Every week.
    Weekly,
    /// Every two weeks.
    TwoWeekly,
    /// Every month.
    Monthly,
}

impl Cadence {
    /// Every cadence, the shortest first.
    pub const ALL: [Self; 3] = [Self::Weekly, Self::TwoWeekly, Self::Monthly];

    /// Returns the word that stands in a plan.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::TwoWeekly => "two-weekly",
            Self::Monthly => "monthly",
        }
    }

    /// Reads the word in upper or lower case; `fortnightly` is two-weekly.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase().replace([' ', '_'], "-");
        let same = |cadence: &Self| cadence.word() == word;
        Self::ALL.into_iter().find(same).or(match word.as_str() {
            "fortnightly" | "every-two-weeks" | "every-2-weeks" => Some(Self::TwoWeekly),
            _ => None,
        })
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
