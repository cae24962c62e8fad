//! SARIF 2.1.0, the form in which code hosts and editors take the findings of checkers.

use okr_core::audit::{Applicability, Level, Rule};
use serde_json::{Map, Value, json};

use super::json::pretty;
use super::{Entry, FixEntry, PlanReport, Region, ReportFormat};

pub(super) static REPORT: ReportFormat = ReportFormat {
    name: "sarif",
    head,
    plan: results,
    tells_changes: true,
    between: ",",
    tail: |_| "\n      ]\n    }\n  ]\n}\n".to_owned(),
};

/// The schema by which programs know the version.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn head(rules: &[&Rule]) -> String {
    let driver = json!({
        "name": "okr",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    });
    format!(
        "{{\n  \"$schema\": \"{SCHEMA}\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {{\n      \
         \"tool\": {},\n      \"columnKind\": \"utf16CodeUnits\",\n      \"results\": [",
        pretty(&json!({ "driver": driver }), 6)
    )
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": plain(rule.reason()) },
        "help": { "text": rule.docs, "markdown": rule.docs },
        "defaultConfiguration": { "level": level(rule.level) },
        "properties": { "axis": rule.axis.name(), "tier": rule.tier.name() },
    })
}

/// Returns a paragraph with its sentences on one line.
fn plain(markdown: &str) -> String {
    markdown.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn results(rules: &[&Rule], plan: &PlanReport) -> String {
    let uri = uri(&plan.path);
    let results: Vec<String> = plan
        .entries
        .iter()
        .map(|entry| format!("\n        {}", pretty(&result(rules, entry, &uri), 8)))
        .collect();
    results.join(",")
}

fn result(rules: &[&Rule], entry: &Entry, uri: &str) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(entry.rule));
    if let Some(index) = rules.iter().position(|rule| rule.id == entry.rule) {
        result.insert("ruleIndex".to_owned(), json!(index));
    }
    result.insert("level".to_owned(), json!(level(entry.level)));
    result.insert("message".to_owned(), json!({ "text": message(entry) }));
    let mut physical = Map::new();
    physical.insert("artifactLocation".to_owned(), json!({ "uri": uri }));
    if let Some(at) = &entry.region {
        physical.insert("region".to_owned(), region(at));
    }
    let mut location = Map::new();
    location.insert("physicalLocation".to_owned(), Value::Object(physical));
    if let Some(element) = &entry.element {
        let logical = json!([{ "fullyQualifiedName": element }]);
        location.insert("logicalLocations".to_owned(), logical);
    }
    result.insert("locations".to_owned(), json!([location]));
    if let Some(fix) = entry
        .fix
        .as_ref()
        // Programs make a fix without a look at it, and one with a gap is not fit for that.
        .filter(|fix| fix.applicability != Applicability::Display && !fix.replacements.is_empty())
    {
        result.insert("fixes".to_owned(), json!([self::fix(fix, uri)]));
    }
    // One result with suppressions asks for them in all: none says that it counts.
    let suppressions = entry
        .dismissed
        .iter()
        .map(|reason| json!({ "kind": "inSource", "status": "accepted", "justification": reason }));
    result.insert("suppressions".to_owned(), suppressions.collect());
    Value::Object(result)
}

fn message(entry: &Entry) -> String {
    let question = entry.question.as_ref().map(|question| &*question.text);
    let mut message = entry.message.clone();
    if !entry.help.is_empty() {
        message.push_str("; ");
        message.push_str(&entry.help);
    }
    if let Some(question) = question {
        message.push_str(if message.ends_with('?') { " " } else { ". " });
        message.push_str(question);
    }
    message
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        Level::Info => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

fn region(region: &Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.utf16,
        "endLine": region.end.line,
        "endColumn": region.end.utf16,
        "byteOffset": region.span.start(),
        "byteLength": region.span.len(),
    })
}

fn fix(fix: &FixEntry, uri: &str) -> Value {
    let replacements = fix.replacements.iter().map(|(at, replacement)| {
        json!({
            "deletedRegion": region(at),
            "insertedContent": { "text": replacement.text },
        })
    });
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri },
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

/// Returns a path as a relative reference, or as an absolute one of the scheme `file`.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let path = path.strip_prefix("./").unwrap_or(&path);
    let has_drive = path.as_bytes().get(1) == Some(&b':') && cfg!(windows);
    let mut uri = String::new();
    if has_drive {
        uri.push_str("file:///");
    } else if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                uri.push('%');
                uri.push(char::from(DIGITS[usize::from(byte >> 4)]));
                uri.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("./plans/our plan.md"), "plans/our%20plan.md");
        assert_eq!(uri("größe.md"), "gr%C3%B6%C3%9Fe.md");
        assert_eq!(uri("a:b%.md"), "a%3Ab%25.md");
        assert_eq!(uri("/tmp/a.md"), "file:///tmp/a.md");
    }
}
