//! The fields of plans, objectives and key results: the one list that reading, writing and editing share.
//!
//! A new field is a member of the model and an entry here.

mod kept;

pub use kept::{
    BASELINE_CHANGED, CARRIED_FROM, CLOSED, COMMIT, CONTINUES, GUARDRAIL, Kept, LEVEL, MOST_WEIGHT,
    Moved, OBJECTIVE_DUE, OBJECTIVE_STATUS, STRETCH, TAGS, TARGET_CHANGED, WEIGHT,
};

use indexmap::IndexMap;
use jiff::civil::Date;

use crate::model::{
    Cadence, Commitment, Direction, FiscalYear, Inline, KeyResult, Link, Objective, Period, Plan,
    Quantity, Target, Unit, YearLabel, parse_date,
};

/// A field of `E`: its name, and how its text becomes a value of `E` and back.
#[derive(Debug)]
pub struct Field<E: 'static> {
    /// The name as it stands in a plan.
    pub name: &'static str,
    /// Other names that are read as the same; lower case.
    pub aliases: &'static [&'static str],
    /// What may stand in it, as a phrase that follows "write".
    pub expects: &'static str,
    /// Sets the field from Markdown of one line; an empty text clears it.
    ///
    /// # Errors
    ///
    /// The message says what is wrong, as a phrase; the element is unchanged then.
    pub read: fn(&mut E, &Inline) -> Result<(), String>,
    /// Returns the field as Markdown of one line, or nothing when it is absent.
    pub write: fn(&E) -> Option<String>,
}

/// An element that has fields.
pub trait HasFields: Sized + 'static {
    /// Its fields, in the order in which they are written.
    const FIELDS: &'static [Field<Self>];

    /// Fields that are kept as they stand, like those that nobody knows, but have a meaning where something is
    /// computed.
    const KEPT: &'static [Kept];

    /// Returns the field of that name, in upper or lower case, with blanks, hyphens or underscores.
    #[must_use]
    fn field(name: &str) -> Option<&'static Field<Self>> {
        // Names of fields are ASCII, so that one of ASCII and of another length is not the same.
        let is_ascii = name.is_ascii();
        let is_it =
            |known: &str| (!is_ascii || known.len() == name.len()) && is_same_name(known, name);
        let is_named = |field: &&Field<Self>| {
            is_it(field.name) || field.aliases.iter().any(|alias| is_it(alias))
        };
        Self::FIELDS.iter().find(is_named)
    }

    /// Returns the kept field of that name, in upper or lower case, with blanks, hyphens or underscores.
    #[must_use]
    fn kept_field(name: &str) -> Option<&'static Kept> {
        Self::KEPT.iter().find(|kept| is_same_name(kept.name, name))
    }

    /// Returns the name among the fields that is most like `name`, if any is.
    #[must_use]
    fn nearest_field(name: &str) -> Option<&'static str> {
        let known = Self::FIELDS.iter().map(|field| field.name);
        nearest(name, known.chain(Self::KEPT.iter().map(|kept| kept.name)))
    }
}

/// Returns the letters of a name as they are for all its spellings.
fn normal_letters(name: &str) -> impl Iterator<Item = char> {
    let normal = |c: char| if matches!(c, '-' | '_') { ' ' } else { c };
    name.chars().map(normal).flat_map(char::to_lowercase)
}

pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        let normal = |b: u8| {
            if matches!(b, b'-' | b'_') {
                b' '
            } else {
                b.to_ascii_lowercase()
            }
        };
        return one.len() == other.len()
            && one
                .bytes()
                .zip(other.bytes())
                .all(|(one, other)| normal(one) == normal(other));
    }
    normal_letters(one).eq(normal_letters(other))
}

/// Returns one name for all names and spellings of a field of `E`, a known one or not.
pub(crate) fn identity<E: HasFields>(field: Option<&Field<E>>, name: &str) -> String {
    normal_letters(field.map_or(name, |field| field.name)).collect()
}

/// Returns whether two names stand for the same field of `E`, a known one or not.
pub(crate) fn is_same_field<E: HasFields>(one: &str, other: &str) -> bool {
    match (E::field(one), E::field(other)) {
        (Some(one), Some(other)) => one.name == other.name,
        (None, None) => is_same_name(one, other),
        _ => false,
    }
}

/// Sets an unknown field, in the place of one whose name differs only in spelling.
pub(crate) fn set_unknown<V>(fields: &mut IndexMap<String, V>, name: &str, value: V) {
    match fields
        .iter_mut()
        .find(|(other, _)| is_same_name(other, name))
    {
        Some((_, slot)) => *slot = value,
        None => {
            fields.insert(name.to_owned(), value);
        }
    }
}

/// Returns the candidate that is most like `word`, if one is like it at all.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    let likeness =
        |candidate: &str| strsim::normalized_damerau_levenshtein(&word, &candidate.to_lowercase());
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = likeness(candidate);
        if likeness >= 0.5 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

impl HasFields for Plan {
    const KEPT: &'static [Kept] = kept::PLAN;

    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "plan",
            aliases: &[],
            expects: "what the plan is called",
            read: |plan, value| set_words(&mut plan.name, value),
            write: |plan| plan.name.clone(),
        },
        Field {
            name: "period",
            aliases: &[],
            expects: "a period like 2026-Q4, 2026-H2, 2026, 2026-11, FY2027-Q1 or 2026-10-01..2026-12-31",
            read: |plan, value| {
                let fiscal = plan.fiscal_year;
                set_with(&mut plan.period, value, |text| {
                    Period::parse(text, fiscal).map_err(|error| error.reason().to_owned())
                })
            },
            write: |plan| plan.period.map(|period| period.to_string()),
        },
        Field {
            name: "team",
            aliases: &[],
            expects: "the name of the team",
            read: |plan, value| set_words(&mut plan.team, value),
            write: |plan| plan.team.clone(),
        },
        Field {
            name: "owner",
            aliases: &[],
            expects: "the name of the person who answers for the plan",
            read: |plan, value| set_words(&mut plan.owner, value),
            write: |plan| plan.owner.clone(),
        },
        Field {
            name: "cadence",
            aliases: &[],
            expects: "weekly, two-weekly or monthly",
            read: |plan, value| {
                set_with(&mut plan.cadence, value, |text| {
                    Cadence::parse(text).ok_or_else(|| format!("`{text}` is no cadence"))
                })
            },
            write: |plan| plan.cadence.map(|cadence| cadence.word().to_owned()),
        },
        Field {
            name: "template",
            aliases: &[],
            expects: "the name of a role template",
            read: |plan, value| set_words(&mut plan.template, value),
            write: |plan| plan.template.clone(),
        },
        Field {
            name: "fiscal-year-start",
            aliases: &[],
            expects: "the month in which the fiscal year begins, like April",
            read: |plan, value| {
                let text = value.plain();
                let month = if text.is_empty() {
                    Some(1)
                } else {
                    FiscalYear::parse_month(&text)
                };
                let fiscal =
                    month.and_then(|month| FiscalYear::new(month, plan.fiscal_year.label()));
                set_fiscal_year(plan, fiscal.ok_or_else(|| format!("`{text}` is no month"))?);
                Ok(())
            },
            write: |plan| {
                let fiscal = plan.fiscal_year;
                (fiscal.start_month() != 1).then(|| fiscal.start_month_name().to_owned())
            },
        },
        Field {
            name: "fiscal-year-label",
            aliases: &[],
            expects: "end or start: which calendar year gives the fiscal year its number",
            read: |plan, value| {
                let text = value.plain().to_lowercase();
                let label = match text.as_str() {
                    "" | "end" => YearLabel::End,
                    "start" => YearLabel::Start,
                    _ => return Err(format!("`{text}` names no end of a year")),
                };
                if let Some(fiscal) = FiscalYear::new(plan.fiscal_year.start_month(), label) {
                    set_fiscal_year(plan, fiscal);
                }
                Ok(())
            },
            write: |plan| {
                (plan.fiscal_year.label() == YearLabel::Start).then(|| "start".to_owned())
            },
        },
    ];
}

impl HasFields for Objective {
    const KEPT: &'static [Kept] = kept::OBJECTIVE;

    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "Id",
            aliases: &[],
            expects: "a name that outlives a change of the title",
            read: |objective, value| set_words(&mut objective.id, value),
            write: |objective| objective.id.as_deref().map(escaped),
        },
        Field {
            name: "Owner",
            aliases: &["dri", "lead"],
            expects: "the name of one person",
            read: |objective, value| set_words(&mut objective.owner, value),
            write: |objective| objective.owner.as_deref().map(escaped),
        },
        Field {
            name: "Type",
            aliases: &["commitment"],
            expects: "committed, aspirational or learning",
            read: |objective, value| {
                set_with(&mut objective.commitment, value, |text| {
                    Commitment::parse(text)
                        .ok_or_else(|| format!("`{text}` is no type of objective"))
                })
            },
            write: |objective| {
                objective
                    .commitment
                    .map(|commitment| commitment.word().to_owned())
            },
        },
        Field {
            name: "Supports",
            aliases: &[],
            expects: "links to the objectives that it serves, like [Grow](company.md#objective-1-grow)",
            read: |objective, value| {
                objective.supports = Link::parse_list(value);
                Ok(())
            },
            write: |objective| {
                let links: Vec<_> = objective.supports.iter().map(Link::to_markdown).collect();
                (!links.is_empty()).then(|| links.join(", "))
            },
        },
    ];
}

impl HasFields for KeyResult {
    const KEPT: &'static [Kept] = kept::KEY_RESULT;

    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "Id",
            aliases: &[],
            expects: "a name that outlives a change of the title",
            read: |key_result, value| set_words(&mut key_result.id, value),
            write: |key_result| key_result.id.as_deref().map(escaped),
        },
        Field {
            name: "Owner",
            aliases: &["dri", "lead"],
            expects: "the name of one person",
            read: |key_result, value| set_words(&mut key_result.owner, value),
            write: |key_result| key_result.owner.as_deref().map(escaped),
        },
        Field {
            name: "Measure",
            aliases: &["metric"],
            expects: "what is counted",
            read: |key_result, value| set_inline(&mut key_result.measure.name, value),
            write: |key_result| markdown(key_result.measure.name.as_ref()),
        },
        Field {
            name: "Unit",
            aliases: &[],
            expects: "a unit like %, days, EUR or invoices",
            read: |key_result, value| {
                set_with(&mut key_result.measure.unit, value, |text| {
                    Unit::parse(text).ok_or_else(|| format!("`{text}` is no unit"))
                })
            },
            write: |key_result| {
                key_result
                    .measure
                    .unit
                    .as_ref()
                    .map(|unit| escaped(unit.word()))
            },
        },
        Field {
            name: "Direction",
            aliases: &[],
            expects: "increase, decrease or keep",
            read: |key_result, value| {
                set_with(&mut key_result.measure.direction, value, |text| {
                    Direction::parse(text).ok_or_else(|| format!("`{text}` is no direction"))
                })
            },
            write: |key_result| {
                key_result
                    .measure
                    .direction
                    .map(|direction| direction.word().to_owned())
            },
        },
        Field {
            name: "Baseline",
            aliases: &["start", "from"],
            expects: "a number with its unit, like 68% or 44 days, or `to be measured`",
            read: |key_result, value| {
                if is_unknown(&value.plain()) {
                    key_result.measure.start = None;
                    return Ok(());
                }
                set_with(&mut key_result.measure.start, value, |text| {
                    Quantity::parse(text)
                        .map_err(|error| format!("`{text}` is no number with a unit: {error}"))
                })
            },
            write: |key_result| match (&key_result.measure.start, &key_result.measure.target) {
                (Some(start), _) => Some(escaped(start.to_string())),
                (None, Some(target)) if !matches!(target, Target::Done | Target::FirstValue) => {
                    Some(TO_BE_MEASURED.to_owned())
                }
                (None, _) => None,
            },
        },
        Field {
            name: "Baseline question",
            aliases: &["question"],
            expects: "the question whose answer is the baseline",
            read: |key_result, value| set_inline(&mut key_result.measure.question, value),
            write: |key_result| markdown(key_result.measure.question.as_ref()),
        },
        Field {
            name: "Target",
            aliases: &["to"],
            expects: "a target like 85%, at least 95%, between 2 and 4 days, +25%, -3 days, done or a first value",
            read: |key_result, value| {
                set_with(&mut key_result.measure.target, value, |text| {
                    Target::parse(text).map_err(|error| format!("`{text}` is no target: {error}"))
                })
            },
            write: |key_result| {
                let measure = &key_result.measure;
                let target = measure.target.as_ref()?;
                Some(escaped(target.with_start(measure.start.as_ref())))
            },
        },
        Field {
            name: "Due",
            aliases: &["due date", "deadline"],
            expects: "a date like 2026-12-31",
            read: |key_result, value| set_with(&mut key_result.due, value, date),
            write: |key_result| key_result.due.map(|due| due.to_string()),
        },
        Field {
            name: "Source",
            aliases: &["evidence"],
            expects: "where the number can be read",
            read: |key_result, value| set_inline(&mut key_result.measure.source, value),
            write: |key_result| markdown(key_result.measure.source.as_ref()),
        },
    ];
}

/// What stands for a baseline that nobody knows yet.
pub const TO_BE_MEASURED: &str = "to be measured";

fn is_unknown(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        TO_BE_MEASURED | "unknown" | "?" | "tbd" | "n/a" | "-" | "–" | "—"
    )
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every field is read by a function that may refuse"
)]
fn set_words(slot: &mut Option<String>, value: &Inline) -> Result<(), String> {
    let words = value.plain();
    *slot = (!words.is_empty()).then(|| words.into_owned());
    Ok(())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every field is read by a function that may refuse"
)]
fn set_inline(slot: &mut Option<Inline>, value: &Inline) -> Result<(), String> {
    *slot = (!value.is_empty()).then(|| value.clone());
    Ok(())
}

fn set_with<T>(
    slot: &mut Option<T>,
    value: &Inline,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<(), String> {
    let words = value.plain();
    *slot = if words.is_empty() {
        None
    } else {
        Some(parse(&words)?)
    };
    Ok(())
}

fn set_fiscal_year(plan: &mut Plan, fiscal: FiscalYear) {
    plan.fiscal_year = fiscal;
    let relabel = |period: Period| match period.fiscal_year() {
        Some(_) => Period::parse(&period.to_string(), fiscal).unwrap_or(period),
        None => period,
    };
    plan.period = plan.period.map(relabel);
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| format!("`{text}` is no date"))
}

fn escaped(plain: impl Into<String>) -> String {
    Inline::plain_to_markdown(plain.into())
}

fn markdown(inline: Option<&Inline>) -> Option<String> {
    inline.map(|inline| inline.as_markdown().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_spelling() {
        assert_eq!(
            KeyResult::field("baseline QUESTION").map(|field| field.name),
            Some("Baseline question")
        );
        assert_eq!(
            Plan::field("Fiscal year start").map(|field| field.name),
            Some("fiscal-year-start")
        );
        assert_eq!(KeyResult::field("colour").map(|field| field.name), None);
    }

    #[test]
    fn the_nearest_name_is_offered() {
        assert_eq!(KeyResult::nearest_field("Onwer"), Some("Owner"));
        assert_eq!(KeyResult::nearest_field("Baselin"), Some("Baseline"));
        assert_eq!(KeyResult::nearest_field("Xylophone"), None);
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        fn check<E: HasFields>() {
            for field in E::FIELDS {
                for name in field.aliases.iter().chain([&field.name]) {
                    assert_eq!(E::field(name).map(|found| found.name), Some(field.name));
                }
            }
            for kept in E::KEPT {
                assert!(E::field(kept.name).is_none(), "{}", kept.name);
            }
        }
        check::<Plan>();
        check::<Objective>();
        check::<KeyResult>();
    }
}
