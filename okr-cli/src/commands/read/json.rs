//! What `okr read` says to programs, `okr-read/1`; `docs/read.schema.json` documents it.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use okr_core::model::Period;
use okr_core::statement::{ObjectiveReading, Parts, Reading};
use okr_core::text::Span;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// A line of what is asked.
#[derive(Deserialize)]
pub(super) struct Line {
    pub(super) text: String,
    #[serde(default)]
    pub(super) period: Option<String>,
}

impl Line {
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        serde_json::from_str(line).map_err(|error| format!("not understood: {error}"))
    }
}

/// What was read, under the names of labelled sets of statements.
#[derive(Serialize)]
struct Fields<'a> {
    text: &'a str,
    period: Option<String>,
    kind: &'static str,
    direction: &'static str,
    start: Option<Number>,
    target: Option<Number>,
    unit: Option<&'a str>,
    deadline: Option<String>,
    is_outcome: bool,
    measurable: bool,
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, period: Option<Period>, reading: &'a Reading) -> Self {
        Self {
            text,
            period: period.map(|period| period.to_string()),
            kind: reading.kind.name(),
            direction: reading.direction.name(),
            start: reading.start.and_then(number),
            target: reading.target.and_then(number),
            unit: reading.unit.as_deref(),
            deadline: reading.deadline.map(|date| date.to_string()),
            is_outcome: reading.is_outcome,
            measurable: reading.is_measurable(),
        }
    }
}

fn number(value: Decimal) -> Option<Number> {
    let value = value.normalize();
    match value.to_i64().filter(|_| value.scale() == 0) {
        Some(whole) => Some(whole.into()),
        None => Number::from_f64(value.to_f64()?),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    fields: Fields<'a>,
    /// The words of each part with their place, in bytes of `text`.
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    name: &'static str,
    words: &'a str,
    start: usize,
    end: usize,
}

/// Returns the parts that were found, in the order of the text.
pub(super) fn parts(parts: &Parts) -> Vec<(&'static str, Span)> {
    let named = [
        ("label", parts.label),
        ("verb", parts.verb),
        ("measure", parts.measure),
        ("start", parts.start),
        ("target", parts.target),
        ("bound", parts.bound),
        ("unit", parts.unit),
        ("population", parts.population),
        ("deadline", parts.deadline),
        ("means", parts.means),
        ("purpose", parts.purpose),
        ("second target", parts.second_target),
        ("vague", parts.vague),
    ];
    let mut found: Vec<_> = named
        .into_iter()
        .filter_map(|(name, span)| Some((name, span?)))
        .collect();
    found.sort_by_key(|(_, span)| (span.start(), span.end()));
    found
}

/// Returns the whole answer for one statement, with a line feed at its end.
pub(super) fn document(
    text: &str,
    period: Option<Period>,
    reading: &Reading,
) -> anyhow::Result<String> {
    let parts = parts(&reading.parts)
        .into_iter()
        .map(|(name, span)| Part {
            name,
            words: span.of(text),
            start: span.start(),
            end: span.end(),
        })
        .collect();
    let document = Document {
        schema: "okr-read/1",
        fields: Fields::new(text, period, reading),
        parts,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// Returns the answer for one line, on one line.
pub(super) fn line(
    text: &str,
    period: Option<Period>,
    reading: &Reading,
) -> Result<String, String> {
    serde_json::to_string(&Fields::new(text, period, reading)).map_err(|error| error.to_string())
}

/// Returns the answer for a line that could not be read.
pub(super) fn failure(message: &str) -> anyhow::Result<String> {
    Ok(serde_json::to_string(
        &serde_json::json!({ "error": message }),
    )?)
}

#[derive(Serialize)]
struct Objective<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    text: &'a str,
    issues: Vec<&'static str>,
}

/// Returns the whole answer for one objective, with a line feed at its end.
pub(super) fn objective(text: &str, reading: &ObjectiveReading) -> anyhow::Result<String> {
    let objective = Objective {
        schema: Some("okr-read-objective/1"),
        text,
        issues: reading.issues(),
    };
    Ok(serde_json::to_string_pretty(&objective)? + "\n")
}

/// Returns the answer for one objective, on one line.
pub(super) fn objective_line(text: &str, reading: &ObjectiveReading) -> Result<String, String> {
    let objective = Objective {
        schema: None,
        text,
        issues: reading.issues(),
    };
    serde_json::to_string(&objective).map_err(|error| error.to_string())
}
