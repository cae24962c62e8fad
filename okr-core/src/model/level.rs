//! On which level of an organisation a plan stands.

use std::fmt;

/// The level of an organisation on which a plan stands; the higher is the lesser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PlanLevel {
    /// The organisation as a whole, above which there is nothing.
    Company,
    /// What has teams below it.
    Department,
    /// A team.
    Team,
    /// One person.
    Person,
}

impl PlanLevel {
    /// Every level, the highest first.
    pub const ALL: [Self; 4] = [Self::Company, Self::Department, Self::Team, Self::Person];

    /// Returns the word that stands in a plan.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Department => "department",
            Self::Team => "team",
            Self::Person => "person",
        }
    }

    /// Returns the word as it stands in a heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Company => "Company",
            Self::Department => "Department",
            Self::Team => "Team",
            Self::Person => "Person",
        }
    }

    /// Reads the word in upper or lower case; an `organisation` is a company, and a `division` is a department.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase();
        let same = |level: &Self| level.word() == word;
        Self::ALL.into_iter().find(same).or(match word.as_str() {
            "organisation" | "organization" => Some(Self::Company),
            "division" => Some(Self::Department),
            _ => None,
        })
    }
}

impl fmt::Display for PlanLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
