//! The JSON of `okr due --format json`, `okr-due/1`; `docs/due.schema.json` documents it.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use jiff::civil::Date;
use serde::Serialize;

use super::items::Item;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    today: String,
    due: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    path: &'a str,
    plan: &'a str,
    element: String,
    title: &'a str,
    owner: Option<&'a str>,
    due: String,
    days_late: i32,
}

/// Returns the whole document, with a line feed at its end.
pub(super) fn document(items: &[Item], today: Date) -> anyhow::Result<String> {
    let entries = items.iter().map(|item| Entry {
        kind: item.kind.name(),
        path: &item.path,
        plan: &item.plan,
        element: item.element.to_string(),
        title: &item.title,
        owner: item.owner.as_deref(),
        due: item.due.to_string(),
        days_late: item.days_late,
    });
    let document = Document {
        schema: "okr-due/1",
        today: today.to_string(),
        due: entries.collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
