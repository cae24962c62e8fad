//! Fields that are kept as they are written and have a meaning where something is computed.
//!
//! Every format carries them as it carries a field of the user's own, so that a new one is an entry here and a method
//! that reads it.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{date, is_same_name};
use crate::model::{Fields, KeyResult, Objective, Plan, PlanLevel, Quantity, Unit, parse_date};

/// A field that is kept as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// The name as it stands in a plan.
    pub name: &'static str,
    /// What may stand in it, as a phrase that follows "write".
    pub expects: &'static str,
    /// Says what is wrong with a text that cannot be read, as a phrase.
    pub check: fn(&str) -> Result<(), String>,
}

/// The field of a key result that says from which baseline it was moved, and when.
pub const BASELINE_CHANGED: &str = "Baseline changed";

/// The field of a key result that says from which target it was moved, and when.
pub const TARGET_CHANGED: &str = "Target changed";

/// The field that says how much an objective or a key result counts beside the others.
pub const WEIGHT: &str = "Weight";

/// The field of a key result with the value that is promised, short of the target.
pub const COMMIT: &str = "Commit";

/// The field of a key result with the value that would be more than the target.
pub const STRETCH: &str = "Stretch";

/// The field of a key result that says that it must not get worse and earns nothing.
pub const GUARDRAIL: &str = "Guardrail";

/// The field of an objective or a key result that links to where it was carried over from.
pub const CARRIED_FROM: &str = "Carried from";

/// The field that lists tags: of a plan, an objective or a key result; `internal` keeps it from outsiders.
pub const TAGS: &str = "Tags";

/// The field of an objective with the last day that a spreadsheet gives it; what is due is a key result, so that
/// nothing is computed with it.
pub const OBJECTIVE_DUE: &str = "Due";

/// The field of an objective with the status that a spreadsheet gives it; how it stands shows in its key results,
/// so that nothing is computed with it.
pub const OBJECTIVE_STATUS: &str = "Status";

/// The key of a plan that says on which level of the organisation it stands.
pub const LEVEL: &str = "level";

/// The key of a plan that says which plan it carries on.
pub const CONTINUES: &str = "continues";

/// The key of a plan that says when it was closed.
pub const CLOSED: &str = "closed";

const ANYTHING: fn(&str) -> Result<(), String> = |_| Ok(());

const WEIGHT_FIELD: Kept = Kept {
    name: WEIGHT,
    expects: "a number like 2 or 0.5; 0 leaves it out",
    check: |text| {
        weight(text)
            .map(drop)
            .ok_or_else(|| format!("`{text}` is no weight"))
    },
};

const CARRIED_FROM_FIELD: Kept = Kept {
    name: CARRIED_FROM,
    expects: "a link to where it was carried over from",
    check: ANYTHING,
};

const TAGS_FIELD: Kept = Kept {
    name: TAGS,
    expects: "words like internal, parted by commas",
    check: ANYTHING,
};

/// What is kept for a plan.
pub(super) const PLAN: &[Kept] = &[
    Kept {
        name: LEVEL,
        expects: "company, department, team or person",
        check: |text| {
            PlanLevel::parse(text)
                .map(drop)
                .ok_or_else(|| format!("`{text}` is no level"))
        },
    },
    Kept {
        name: CONTINUES,
        expects: "the file of the plan that it carries on",
        check: ANYTHING,
    },
    Kept {
        name: CLOSED,
        expects: "a date like 2026-12-31",
        check: |text| date(text).map(drop),
    },
    Kept {
        name: "tags",
        ..TAGS_FIELD
    },
];

/// What is kept for an objective.
pub(super) const OBJECTIVE: &[Kept] = &[
    WEIGHT_FIELD,
    Kept {
        name: OBJECTIVE_DUE,
        expects: "a date like 2026-12-31",
        check: |text| date(text).map(drop),
    },
    Kept {
        name: OBJECTIVE_STATUS,
        expects: "a word like on track",
        check: ANYTHING,
    },
    CARRIED_FROM_FIELD,
    TAGS_FIELD,
];

/// What is kept for a key result.
pub(super) const KEY_RESULT: &[Kept] = &[
    WEIGHT_FIELD,
    Kept {
        name: COMMIT,
        expects: "a number with its unit, like 80%",
        check: quantity,
    },
    Kept {
        name: STRETCH,
        expects: "a number with its unit, like 90%",
        check: quantity,
    },
    Kept {
        name: GUARDRAIL,
        expects: "yes or no",
        check: |text| {
            yes(text)
                .map(drop)
                .ok_or_else(|| format!("`{text}` is neither yes nor no"))
        },
    },
    Kept {
        name: BASELINE_CHANGED,
        expects: "changes like 2026-11-10 from 68%, parted by semicolons",
        check: ANYTHING,
    },
    Kept {
        name: TARGET_CHANGED,
        expects: "changes like 2026-11-10 from 85%, parted by semicolons",
        check: ANYTHING,
    },
    CARRIED_FROM_FIELD,
    TAGS_FIELD,
];

/// A baseline or a target that stood in a plan before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The day on which it was changed.
    pub date: Date,
    /// What stood there before.
    pub before: String,
}

impl Moved {
    /// Reads the changes that a field records, like `2026-11-10 from 85%`, parted by semicolons; what is no such
    /// change is passed over.
    #[must_use]
    pub fn parse_list(text: &str) -> Vec<Self> {
        let change = |part: &str| {
            let (date, before) = part.trim().split_once(' ')?;
            let before = before.trim().strip_prefix("from ")?.trim();
            Some(Self {
                date: parse_date(date)?,
                before: before.to_owned(),
            })
        };
        text.split(';').filter_map(change).collect()
    }
}

impl Plan {
    /// Returns on which level of the organisation the plan stands, where it says so.
    #[must_use]
    pub fn level(&self) -> Option<PlanLevel> {
        PlanLevel::parse(self.kept(LEVEL)?)
    }

    /// Returns the file of the plan that this one carries on.
    #[must_use]
    pub fn continues(&self) -> Option<&str> {
        self.kept(CONTINUES)
    }

    /// Returns the day on which the plan was closed.
    #[must_use]
    pub fn closed(&self) -> Option<Date> {
        parse_date(self.kept(CLOSED)?)
    }

    fn kept(&self, name: &str) -> Option<&str> {
        let mut entries = self.front_matter.iter();
        let (_, value) = entries.find(|(other, _)| is_same_name(other, name))?;
        Some(value)
    }
}

impl Objective {
    /// Returns the last day that a spreadsheet gave it.
    #[must_use]
    pub fn due(&self) -> Option<Date> {
        parse_date(&kept(&self.fields, OBJECTIVE_DUE)?)
    }

    /// Returns the status that a spreadsheet gave it, as plain words.
    #[must_use]
    pub fn status(&self) -> Option<Cow<'_, str>> {
        kept(&self.fields, OBJECTIVE_STATUS)
    }

    /// Returns how much the objective counts, where it says so.
    #[must_use]
    pub fn stated_weight(&self) -> Option<Decimal> {
        stated_weight(&self.fields)
    }

    /// Returns how much the objective counts beside the others of its plan: 1 unless it says so.
    #[must_use]
    pub fn weight(&self) -> Decimal {
        weight_of(&self.fields)
    }
}

impl KeyResult {
    /// Returns how much the key result counts, where it says so.
    #[must_use]
    pub fn stated_weight(&self) -> Option<Decimal> {
        stated_weight(&self.fields)
    }

    /// Returns how much the key result counts beside the others of its objective: 1 unless it says so.
    #[must_use]
    pub fn weight(&self) -> Decimal {
        weight_of(&self.fields)
    }

    /// Returns the value that is promised, short of the target; a bare number has the unit of the measure.
    #[must_use]
    pub fn commit(&self) -> Option<Quantity> {
        self.level(COMMIT)
    }

    /// Returns the value that would be more than the target; a bare number has the unit of the measure.
    #[must_use]
    pub fn stretch(&self) -> Option<Quantity> {
        self.level(STRETCH)
    }

    /// Returns whether it is a guardrail: it must not get worse, and earns no progress.
    #[must_use]
    pub fn is_guardrail(&self) -> bool {
        kept(&self.fields, GUARDRAIL).is_some_and(|text| yes(&text) == Some(true))
    }

    /// Returns what stood in a field before, as [`TARGET_CHANGED`] or [`BASELINE_CHANGED`] records it.
    #[must_use]
    pub fn moved(&self, field: &str) -> Vec<Moved> {
        kept(&self.fields, field).map_or_else(Vec::new, |text| Moved::parse_list(&text))
    }

    fn level(&self, name: &str) -> Option<Quantity> {
        let mut level = Quantity::parse(&kept(&self.fields, name)?).ok()?;
        if let (Unit::None, Some(unit)) = (&level.unit, self.measure.unit()) {
            level.unit = unit.clone();
        }
        Some(level)
    }
}

fn kept<'f>(fields: &'f Fields, name: &str) -> Option<Cow<'f, str>> {
    if fields.is_empty() {
        return None;
    }
    let mut fields = fields.iter();
    let (_, value) = fields.find(|(other, _)| is_same_name(other, name))?;
    Some(value.plain())
}

fn stated_weight(fields: &Fields) -> Option<Decimal> {
    kept(fields, WEIGHT).and_then(|text| weight(&text))
}

fn weight_of(fields: &Fields) -> Decimal {
    stated_weight(fields).unwrap_or(Decimal::ONE)
}

/// The greatest weight: sums of weights stay far from what a decimal holds.
pub const MOST_WEIGHT: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

fn weight(text: &str) -> Option<Decimal> {
    let weight: Decimal = text.trim().parse().ok()?;
    (weight >= Decimal::ZERO && weight <= MOST_WEIGHT).then_some(weight)
}

fn quantity(text: &str) -> Result<(), String> {
    Quantity::parse(text)
        .map(drop)
        .map_err(|error| format!("`{text}` is no number with a unit: {error}"))
}

fn yes(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" | "" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    fn key_result(fields: &str) -> KeyResult {
        let text = format!("## Objective: o\n\n### Key result: k\n\n{fields}");
        let plan = crate::parse(text).plan;
        plan.objectives[0].key_results[0].clone()
    }

    #[test]
    fn kept_fields_are_read_where_they_count() {
        let key_result = key_result(
            "- Baseline: 68%\n- Target: 85%\n- weight: 2.5\n- Commit: 80%\n- Stretch: 90\n- Guardrail: yes\n",
        );
        assert_eq!(key_result.weight(), Decimal::new(25, 1));
        assert_eq!(key_result.commit().unwrap().to_string(), "80%");
        assert_eq!(key_result.stretch().unwrap().to_string(), "90%");
        assert!(key_result.is_guardrail());
    }

    #[test]
    fn what_is_not_stated_is_usual() {
        let key_result = key_result("- Owner: Sam\n");
        assert_eq!(key_result.weight(), Decimal::ONE);
        assert_eq!((key_result.commit(), key_result.stretch()), (None, None));
        assert!(!key_result.is_guardrail());
    }

    #[test]
    fn what_cannot_be_read_is_reported_and_kept() {
        let text = "---\nclosed: soon\nlevel: galaxy\n---\n\n## Objective: o\n\n- Weight: heavy\n\n### Key result: k\n\n\
                    - Commit: a lot\n- Guardrail: perhaps\n- Weight: -1\n";
        let parsed = crate::parse(text);
        let reported: Vec<_> = parsed
            .diagnostics
            .iter()
            .map(|found| (found.severity == Severity::Error, found.message.as_str()))
            .collect();
        let expected = [
            "`soon` is no date",
            "`galaxy` is no level",
            "`heavy` is no weight",
            "`a lot` is no number with a unit: it has no number",
            "`perhaps` is neither yes nor no",
            "`-1` is no weight",
        ];
        assert_eq!(reported, expected.map(|message| (true, message)));
        let key_result = &parsed.plan.objectives[0].key_results[0];
        assert_eq!(key_result.weight(), Decimal::ONE);
        assert_eq!(key_result.fields["Weight"].plain(), "-1");
    }

    #[test]
    fn the_level_of_a_plan_is_a_word() {
        let level = |word: &str| {
            let plan = crate::parse(format!("---\nlevel: {word}\n---\n")).plan;
            plan.level().map(PlanLevel::word)
        };
        assert_eq!(level("Team"), Some("team"));
        assert_eq!(level("organization"), Some("company"));
        assert_eq!(level("division"), Some("department"));
        assert_eq!(level("galaxy"), None);
        assert!(PlanLevel::ALL.is_sorted(), "the highest first");
    }

    #[test]
    fn what_was_moved_is_a_list() {
        let key_result = key_result(
            "- Target: 80%\n- Target changed: 2026-11-10 from 85%; 2026-10-16 from 90%; who knows\n",
        );
        let moved = key_result.moved(TARGET_CHANGED);
        let shown: Vec<_> = moved
            .iter()
            .map(|moved| format!("{} {}", moved.date, moved.before))
            .collect();
        assert_eq!(shown, ["2026-11-10 85%", "2026-10-16 90%"]);
    }
}
