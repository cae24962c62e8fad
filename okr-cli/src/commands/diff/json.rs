//! What `okr diff` says to programs, `okr-diff/1`; `docs/diff.schema.json` documents it.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use okr_core::diff::{Diff, Difference, Match, Matched, What};
use okr_core::model::{CheckIn, ElementId, Inline};
use serde::Serialize;

use super::picture::Counts;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    old: &'a str,
    new: &'a str,
    counts: CountsEntry,
    matches: Vec<MatchEntry>,
    differences: Vec<DifferenceEntry>,
}

#[derive(Serialize)]
struct CountsEntry {
    changed: usize,
    added: usize,
    removed: usize,
}

#[derive(Serialize)]
struct MatchEntry {
    old: String,
    new: String,
    by: &'static str,
    is_sure: bool,
    /// Of similar words: how alike they are, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    likeness: Option<u8>,
}

#[derive(Serialize)]
struct DifferenceEntry {
    what: &'static str,
    old_element: Option<String>,
    new_element: Option<String>,
    title: String,
    /// The field, or the heading of the section.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Value>,
}

/// What stood there, or stands there now.
#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Done(bool),
    CheckIn(CheckInEntry),
}

#[derive(Serialize)]
struct CheckInEntry {
    date: String,
    value: Option<String>,
    status: Option<&'static str>,
    confidence: Option<u8>,
    note: Option<String>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    fields: serde_json::Map<String, serde_json::Value>,
}

impl CheckInEntry {
    fn new(check_in: &CheckIn) -> Self {
        let markdown = |inline: &Inline| inline.as_markdown().to_owned();
        Self {
            date: check_in.date.to_string(),
            value: check_in.value.as_ref().map(ToString::to_string),
            status: check_in.status.map(|status| status.word()),
            confidence: check_in.confidence,
            note: check_in.note.as_ref().map(markdown),
            fields: check_in
                .fields
                .iter()
                .map(|(name, value)| (name.clone(), markdown(value).into()))
                .collect(),
        }
    }
}

impl MatchEntry {
    fn new(one: &Match) -> Self {
        let (by, likeness) = match one.matched {
            Matched::Id => ("id", None),
            Matched::Anchor => ("anchor", None),
            Matched::Title => ("title", None),
            Matched::KeyResults => ("key-results", None),
            Matched::Words(likeness) => ("words", Some(likeness)),
            _ => ("other", None),
        };
        Self {
            old: one.old.to_string(),
            new: one.new.to_string(),
            by,
            is_sure: one.matched.is_sure(),
            likeness,
        }
    }
}

impl DifferenceEntry {
    fn new(difference: &Difference) -> Self {
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        let title = |title: &Option<Inline>| {
            let title = title.as_ref();
            title.map(|title| Value::Text(title.as_markdown().to_owned()))
        };
        let row = |check_in: &CheckIn| Some(Value::CheckIn(CheckInEntry::new(check_in)));
        let (what, name, old, new) = match &difference.what {
            What::Added => ("added", None, None, None),
            What::Removed => ("removed", None, None, None),
            What::Moved => ("moved", None, None, None),
            What::Title { old, new } => ("title", None, title(old), title(new)),
            What::Field { name, old, new } => ("field", Some(name.clone()), text(old), text(new)),
            What::Done { done } => {
                let value = |done| Some(Value::Done(done));
                ("done", None, value(!done), value(*done))
            }
            What::CheckInAdded { check_in } => ("check-in-added", None, None, row(check_in)),
            What::CheckInChanged { old, new, .. } => ("check-in-changed", None, row(old), row(new)),
            What::CheckInRemoved { check_in, .. } => {
                ("check-in-removed", None, row(check_in), None)
            }
            What::Text { old, new } => {
                let value = |text: &String| Some(Value::Text(text.clone()));
                ("text", None, value(old), value(new))
            }
            What::Section { heading, old, new } => {
                let what = match (old, new) {
                    (None, _) => "section-added",
                    (_, None) => "section-removed",
                    _ => "section-changed",
                };
                (what, Some(heading.to_string()), text(old), text(new))
            }
            _ => ("other", None, None, None),
        };
        let element = |id: Option<ElementId>| id.map(|id| id.to_string());
        Self {
            what,
            old_element: element(difference.old),
            new_element: element(difference.new),
            title: difference.title.to_string(),
            name,
            old,
            new,
        }
    }
}

/// Returns the whole answer, with a line feed at its end.
pub(super) fn document(old: &str, new: &str, diff: &Diff<'_>) -> anyhow::Result<String> {
    let counts = Counts::of(diff);
    let document = Document {
        schema: "okr-diff/1",
        old,
        new,
        counts: CountsEntry {
            changed: counts.changed,
            added: counts.added,
            removed: counts.removed,
        },
        matches: diff.matches.iter().map(MatchEntry::new).collect(),
        differences: diff.differences.iter().map(DifferenceEntry::new).collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
