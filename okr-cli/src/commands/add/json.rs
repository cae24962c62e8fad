//! The JSON of `okr add --json`, `okr-add/1`; `docs/add.schema.json` documents it.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use serde::Serialize;

use super::Added;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    path: &'a str,
    kind: &'static str,
    element: String,
    title: &'a str,
    anchor: Option<&'a str>,
    deed: &'static str,
    written: bool,
    baseline: Option<&'a str>,
    target: Option<&'a str>,
    owner: Option<&'a str>,
    due: Option<String>,
    warnings: &'a [String],
}

/// Returns the document, with a line feed at its end.
pub(super) fn document(added: &Added, path: &str, written: bool) -> anyhow::Result<String> {
    let document = Document {
        schema: "okr-add/1",
        path,
        kind: added.what.name(),
        element: added.element.to_string(),
        title: &added.title,
        anchor: added.anchor.as_deref(),
        deed: if added.is_new { "added" } else { "unchanged" },
        written,
        baseline: added.baseline.as_deref(),
        target: added.target.as_deref(),
        owner: added.owner.as_deref(),
        due: added.due.map(|due| due.to_string()),
        warnings: &added.warnings,
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}
