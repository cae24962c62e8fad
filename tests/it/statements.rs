//! Labelled statements and objectives are read as they are labelled.
//!
//! `tests/fixtures/statements/README.md` says where the labels come from and what they mean.

use std::collections::BTreeSet;
use std::fs;

use okr_core::model::{FiscalYear, Period};
use okr_core::statement::{Lexicon, read, read_objective};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::support::root;

/// Numbers are equal when they differ by at most this.
const TOLERANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

fn records(file: &str) -> Vec<Value> {
    let path = root().join("tests/fixtures/statements").join(file);
    let text = fs::read_to_string(&path).unwrap();
    let records: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(records.len() >= 50, "{file} is nearly empty");
    records
}

/// Returns the names of the fields that were read otherwise than they are labelled.
fn wrong_fields(record: &Value) -> Vec<String> {
    let text = record["text"].as_str().unwrap();
    let period = Period::parse(record["period"].as_str().unwrap(), FiscalYear::default()).unwrap();
    let reading = read(text, Some(period), &Lexicon::default());
    let mut wrong = Vec::new();
    let mut compare = |field: &str, found: String| {
        let label = match &record[field] {
            Value::Null => "nothing".to_owned(),
            Value::String(label) => label.clone(),
            label => label.to_string(),
        };
        if label != found {
            wrong.push(format!("{field}: {found} instead of {label}"));
        }
    };
    let or_nothing = |found: Option<String>| found.unwrap_or_else(|| "nothing".to_owned());
    compare("kind", reading.kind.to_string());
    compare("direction", reading.direction.to_string());
    compare(
        "unit",
        or_nothing(reading.unit.as_ref().map(ToString::to_string)),
    );
    compare(
        "deadline",
        or_nothing(reading.deadline.map(|date| date.to_string())),
    );
    compare("is_outcome", reading.is_outcome.to_string());
    compare("measurable", reading.is_measurable().to_string());
    for (field, found) in [("start", reading.start), ("target", reading.target)] {
        let label = record[field]
            .as_number()
            .map(|label| label.to_string().parse::<Decimal>().unwrap());
        let same = match (label, found) {
            (Some(label), Some(found)) => (label - found).abs() <= TOLERANCE,
            (label, found) => label == found,
        };
        if !same {
            wrong.push(format!("{field}: {found:?} instead of {label:?}"));
        }
    }
    wrong
}

#[track_caller]
fn check_statements(file: &str) {
    let mut failures = String::new();
    for (number, record) in records(file).iter().enumerate() {
        for wrong in wrong_fields(record) {
            failures.push_str(&format!(
                "{file}:{}: {}\n    {wrong}\n",
                number + 1,
                record["text"]
            ));
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn statements_are_read_as_they_are_labelled() {
    check_statements("examples.jsonl");
}

#[test]
fn statements_on_other_topics_are_read_as_they_are_labelled() {
    check_statements("more-examples.jsonl");
}

#[test]
fn every_wording_that_the_labels_define_is_read() {
    check_statements("wordings.jsonl");
}

/// Returns the issues of an objective under the names of the labels.
fn issues(text: &str) -> BTreeSet<&'static str> {
    read_objective(text, &Lexicon::default())
        .issues()
        .into_iter()
        .collect()
}

#[track_caller]
fn check_objectives(file: &str) {
    let mut failures = String::new();
    for (number, record) in records(file).iter().enumerate() {
        let labels: BTreeSet<&str> = record["issues"]
            .as_array()
            .unwrap()
            .iter()
            .map(|issue| issue.as_str().unwrap())
            .collect();
        let found = issues(record["text"].as_str().unwrap());
        if found != labels {
            failures.push_str(&format!(
                "{file}:{}: {}\n    {found:?} instead of {labels:?}\n",
                number + 1,
                record["text"]
            ));
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn objectives_have_the_issues_that_they_are_labelled_with() {
    check_objectives("objectives.jsonl");
    check_objectives("more-objectives.jsonl");
}
