//! The columns of the table.

use std::fmt;

use Kind::{Initiative, KeyResult, Objective, Plan, Section};

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plan,
    Objective,
    KeyResult,
    Initiative,
    Section,
}

impl Kind {
    const ALL: [Self; 5] = [Plan, Objective, KeyResult, Initiative, Section];

    /// Returns the word in the column `Type`.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Plan => "Plan",
            Objective => "Objective",
            KeyResult => "Key result",
            Initiative => "Initiative",
            Section => "Section",
        }
    }

    /// Reads the word in upper or lower case, with blanks, hyphens or underscores; `KR` is a key result.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase().replace(['-', '_'], " ");
        let same = |kind: &Self| kind.word().to_lowercase() == word;
        Self::ALL
            .into_iter()
            .find(same)
            .or((word == "kr" || word == "keyresult").then_some(KeyResult))
    }

    /// Returns the word with its article, for the middle of a sentence.
    pub(super) const fn phrase(self) -> &'static str {
        match self {
            Plan => "the plan",
            Objective => "an objective",
            KeyResult => "a key result",
            Initiative => "an initiative",
            Section => "a section",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A column that the table always has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Ref,
    Type,
    Title,
    Parent,
    Owner,
    Start,
    Target,
    Current,
    Unit,
    StartDate,
    DueDate,
    Status,
    Description,
    TargetRule,
    StartAsWritten,
    Measure,
    Direction,
    Source,
    BaselineQuestion,
    Commitment,
    Supports,
    Id,
    After,
    Plan,
    Period,
    Team,
    Cadence,
    Template,
    FiscalYearStart,
    FiscalYearLabel,
}

/// What there is to know about a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnFacts {
    pub(crate) column: Column,
    /// The heading. Where a column holds a field of the plan format, that field goes by this name too.
    pub(crate) heading: &'static str,
    /// Other headings that are read as the same; lower case.
    pub(crate) aliases: &'static [&'static str],
    /// The rows in which something may stand.
    pub(crate) rows: &'static [Kind],
}

const fn facts(column: Column, heading: &'static str, rows: &'static [Kind]) -> ColumnFacts {
    ColumnFacts {
        column,
        heading,
        aliases: &[],
        rows,
    }
}

const fn also(facts: ColumnFacts, aliases: &'static [&'static str]) -> ColumnFacts {
    ColumnFacts { aliases, ..facts }
}

/// Every column, in the order in which they are written.
pub(crate) const COLUMNS: [ColumnFacts; 30] = [
    facts(Column::Ref, "Ref", &Kind::ALL),
    facts(Column::Type, "Type", &Kind::ALL),
    facts(Column::Title, "Title", &Kind::ALL),
    facts(
        Column::Parent,
        "Parent",
        &[Objective, KeyResult, Initiative, Section],
    ),
    facts(
        Column::Owner,
        "Owner",
        &[Plan, Objective, KeyResult, Initiative],
    ),
    also(facts(Column::Start, "Start", &[KeyResult]), &["baseline"]),
    facts(Column::Target, "Target", &[KeyResult]),
    facts(Column::Current, "Current", &[KeyResult]),
    facts(Column::Unit, "Unit", &[KeyResult]),
    facts(Column::StartDate, "Start date", &[Plan]),
    also(
        facts(Column::DueDate, "Due date", &[Plan, KeyResult, Initiative]),
        &["due", "deadline"],
    ),
    facts(Column::Status, "Status", &[KeyResult, Initiative]),
    facts(Column::Description, "Description", &Kind::ALL),
    facts(Column::TargetRule, "Target rule", &[KeyResult]),
    facts(Column::StartAsWritten, "Start as written", &[KeyResult]),
    facts(Column::Measure, "Measure", &[KeyResult]),
    facts(Column::Direction, "Direction", &[KeyResult]),
    facts(Column::Source, "Source", &[KeyResult]),
    also(
        facts(Column::BaselineQuestion, "Baseline question", &[KeyResult]),
        &["question"],
    ),
    facts(Column::Commitment, "Commitment", &[Objective]),
    facts(Column::Supports, "Supports", &[Objective]),
    facts(Column::Id, "Id", &[Objective, KeyResult]),
    facts(Column::After, "After", &[Section]),
    facts(Column::Plan, "Plan", &[Plan]),
    facts(Column::Period, "Period", &[Plan]),
    facts(Column::Team, "Team", &[Plan]),
    facts(Column::Cadence, "Cadence", &[Plan]),
    facts(Column::Template, "Template", &[Plan]),
    facts(Column::FiscalYearStart, "Fiscal year start", &[Plan]),
    facts(Column::FiscalYearLabel, "Fiscal year label", &[Plan]),
];

impl Column {
    pub(super) fn facts(self) -> &'static ColumnFacts {
        &COLUMNS[self as usize]
    }

    /// Returns whether the column holds a field of the plan format, as a plan document would.
    ///
    /// The others are read by code of their own.
    pub(super) const fn is_field(self) -> bool {
        matches!(
            self,
            Self::Owner
                | Self::Measure
                | Self::Direction
                | Self::Source
                | Self::BaselineQuestion
                | Self::Commitment
                | Self::Supports
                | Self::Id
                | Self::Plan
                | Self::Period
                | Self::Team
                | Self::Cadence
                | Self::Template
                | Self::FiscalYearStart
                | Self::FiscalYearLabel
        )
    }
}

/// Stands before the name of a field that is also the name of a column.
const FIELD: &str = "Field: ";

/// Columns that are computed from others in a workbook and say nothing of their own.
///
/// A table has them when it has the first three together: one of them alone is a field of that name.
pub(crate) const COMPUTED: [&str; 13] = [
    "Progress",
    "Expected",
    "Trend",
    "Expected value",
    "Counted",
    "From the wording",
    "Exact progress",
    "Exact expected",
    "Own weight",
    "Counts",
    "Counted expected",
    "Reports",
    "Short of 100%",
];

/// Returns whether the name is that of a computed column.
pub(super) fn is_computed(name: &str) -> bool {
    COMPUTED
        .iter()
        .any(|computed| computed.eq_ignore_ascii_case(name))
}

/// What a heading means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// A column of ours.
    Known(Column),
    /// A column that is computed from others.
    Computed,
    /// A field of that name.
    Field(String),
    /// Nothing, or a column that stands here a second time.
    Ignored,
}

impl Heading {
    /// Reads a heading; ours are known in upper or lower case, with blanks, hyphens or underscores.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        if text.is_empty() {
            return Self::Ignored;
        }
        match known(text) {
            Some(column) => Self::Known(column),
            None => Self::Field(text.strip_prefix(FIELD).unwrap_or(text).to_owned()),
        }
    }

    /// Returns the heading over the values of a field.
    pub(crate) fn of_field(name: &str) -> String {
        let is_taken = known(name).is_some() || is_computed(name) || name.starts_with(FIELD);
        if is_taken {
            format!("{FIELD}{name}")
        } else {
            name.to_owned()
        }
    }
}

fn known(text: &str) -> Option<Column> {
    let name = text.to_lowercase().replace(['-', '_'], " ");
    let name = name.trim();
    let is_named = |facts: &&ColumnFacts| {
        facts.heading.to_lowercase() == name || facts.aliases.contains(&name)
    };
    COLUMNS.iter().find(is_named).map(|facts| facts.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_stand_in_the_order_of_the_columns() {
        for (index, facts) in COLUMNS.iter().enumerate() {
            assert_eq!(facts.column as usize, index);
            assert_eq!(Heading::parse(facts.heading), Heading::Known(facts.column));
        }
    }

    #[test]
    fn fields_keep_their_names() {
        for name in [
            "Budget code",
            "Status",
            "due",
            "Field: x",
            "=cmd",
            "start_date",
            "Progress",
        ] {
            assert_eq!(
                Heading::parse(&Heading::of_field(name)),
                Heading::Field(name.to_owned())
            );
        }
        assert_eq!(Heading::of_field("Budget code"), "Budget code");
    }
}
