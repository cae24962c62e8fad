//! Reports for other programs: each obeys its schema, piece by piece.

use std::sync::LazyLock;

use jsonschema::Validator;
use okr_core::audit::{Applicability, Axis, Level, RULES};
use okr_core::text::{Replacement, Span};
use okr_render::report::{
    Entry, FixEntry, PlanReport, QuestionEntry, REPORTS, Regions, ReportFormat, Totals,
};
use serde_json::Value;

use crate::support::root;

/// Returns the schema of `okr check --json`.
pub(crate) fn check_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/check.schema.json"));
    &VALIDATOR
}

/// Returns the schema of the part of SARIF that is written.
pub(crate) fn sarif_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> =
        LazyLock::new(|| schema("tests/fixtures/schemas/sarif-part.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr add --json`.
pub(crate) fn add_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/add.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr explain --json`, with a rule and without one.
pub(crate) fn explain_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/explain.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr checkin --json`, with a key result and without one.
pub(crate) fn checkin_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/checkin.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr diff --json`.
pub(crate) fn diff_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/diff.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr dialects --json`, with a name and without one.
pub(crate) fn dialects_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/dialects.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr measure --json`, of all that it prints.
pub(crate) fn measure_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/measure.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr import --json`.
pub(crate) fn import_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/import.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr due --format json`.
pub(crate) fn due_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/due.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr map --json`.
pub(crate) fn map_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/map.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr status --json`.
pub(crate) fn status_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/status.schema.json"));
    &VALIDATOR
}

/// Returns the schema of `okr read --json`.
pub(crate) fn read_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| schema("docs/read.schema.json"));
    &VALIDATOR
}

/// Returns the schema of a line of `okr read --jsonl`.
pub(crate) fn read_line_schema() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
        let mut schema = schema_text("docs/read.schema.json");
        let definitions = schema["$defs"].take();
        let line = serde_json::json!({ "$ref": "#/$defs/line", "$defs": definitions });
        jsonschema::validator_for(&line).expect("is a schema")
    });
    &VALIDATOR
}

fn schema(path: &str) -> Validator {
    jsonschema::validator_for(&schema_text(path)).expect("is a schema")
}

fn schema_text(path: &str) -> Value {
    let text = std::fs::read_to_string(root().join(path)).expect("is there");
    let schema: Value = serde_json::from_str(&text).expect("is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "{path}");
    schema
}

/// Checks JSON against a schema, and returns it.
#[track_caller]
pub(crate) fn valid(text: &str, schema: &Validator) -> Value {
    let value: Value = serde_json::from_str(text).expect("is JSON");
    let faults: Vec<String> = schema
        .iter_errors(&value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}\n{text}");
    value
}

const TEXT: &str = "\u{feff}# 🎯\r\n\r\n## Objective: a\r\n";

/// Returns an entry with everything that an entry can have.
fn full() -> Entry {
    let regions = Regions::new(TEXT);
    let at = TEXT.find("Objective").expect("is there");
    let region = regions.region(Span::new(at, at + 9));
    Entry {
        rule: RULES[0].id.to_owned(),
        level: Level::Warning,
        axis: Some(Axis::Measurable),
        element: Some("1.2".to_owned()),
        message: "words\nwith a line end, 5% and ::error::".to_owned(),
        label: "here".to_owned(),
        help: "write \u{1b}[31mless".to_owned(),
        region: Some(region),
        fix: Some(FixEntry {
            title: "write it".to_owned(),
            applicability: Applicability::Safe,
            replacements: vec![(
                region,
                Replacement {
                    span: region.span,
                    text: "Goal".to_owned(),
                },
            )],
        }),
        question: Some(QuestionEntry {
            text: "Why?".to_owned(),
            element: "1.2".to_owned(),
            field: Some("owner".to_owned()),
            offer: Some("Dana".to_owned()),
        }),
        dismissed: None,
    }
}

/// Returns an entry with nothing that an entry can be without.
fn bare() -> Entry {
    Entry {
        rule: "unknown-field".to_owned(),
        level: Level::Info,
        axis: None,
        element: None,
        message: "words".to_owned(),
        label: String::new(),
        help: String::new(),
        region: None,
        fix: None,
        question: None,
        dismissed: None,
    }
}

fn dismissed() -> Entry {
    Entry {
        dismissed: Some("legal asked for it".to_owned()),
        ..full()
    }
}

fn plan(path: &str, entries: Vec<Entry>) -> PlanReport {
    PlanReport {
        path: path.to_owned(),
        entries,
        score: vec![(Axis::Focus, Some(50)), (Axis::Dated, None)],
    }
}

/// Writes a whole report, as the command does.
fn written(format: &ReportFormat, plans: &[PlanReport]) -> String {
    let mut totals = Totals {
        plans: plans.len(),
        ..Totals::default()
    };
    for entry in plans.iter().flat_map(|plan| &plan.entries) {
        totals.count(entry);
    }
    let pieces: Vec<String> = plans
        .iter()
        .map(|plan| (format.plan)(RULES, plan))
        .filter(|piece| !piece.is_empty())
        .collect();
    let pieces = pieces.join(format.between);
    format!("{}{pieces}{}", (format.head)(RULES), (format.tail)(&totals))
}

fn samples() -> Vec<Vec<PlanReport>> {
    let entries = || vec![full(), bare(), dismissed()];
    vec![
        vec![],
        vec![plan("a.md", vec![])],
        vec![plan("a.md", vec![]), plan("größe, 5%.md", entries())],
        vec![
            plan("-", entries()),
            plan("b.md", vec![]),
            plan("/c.md", entries()),
        ],
    ]
}

#[test]
fn json_obeys_its_schema() {
    let json = ReportFormat::named("json").expect("is one");
    for plans in samples() {
        let value = valid(&written(json, &plans), check_schema());
        assert_eq!(
            value["plans"].as_array().expect("is one").len(),
            plans.len()
        );
    }
    let value = valid(&written(json, &samples()[2]), check_schema());
    let found = &value["plans"][1];
    assert_eq!(found["dismissed"][0]["reason"], "legal asked for it");
    assert_eq!(found["findings"][0]["location"]["line"], 3);
    assert_eq!(found["score"]["focus"], 50);
    assert_eq!(found["score"].get("dated"), Some(&Value::Null));
    assert_eq!(value["summary"]["dismissed"], 1);
    assert_eq!(value["summary"]["fixable"], 1);
}

#[test]
fn sarif_obeys_its_schema() {
    let sarif = ReportFormat::named("sarif").expect("is one");
    for plans in samples() {
        let value = valid(&written(sarif, &plans), sarif_schema());
        let count: usize = plans.iter().map(|plan| plan.entries.len()).sum();
        let results = value["runs"][0]["results"].as_array().expect("is one");
        assert_eq!(results.len(), count);
        for result in results.iter().filter(|it| it["ruleIndex"].is_number()) {
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("counts")).unwrap();
            let rule = &value["runs"][0]["tool"]["driver"]["rules"][index];
            assert_eq!(rule["id"], result["ruleId"]);
        }
    }
    let value = valid(&written(sarif, &samples()[2]), sarif_schema());
    let result = &value["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "gr%C3%B6%C3%9Fe%2C%205%25.md"
    );
    assert_eq!(place["region"]["startColumn"], 4);
    let justification = &value["runs"][0]["results"][2]["suppressions"][0]["justification"];
    assert_eq!(justification, "legal asked for it");
}

#[test]
fn what_is_read_line_by_line_has_one_line_for_each_finding() {
    for (name, expected) in [
        (
            "concise",
            "a.md:3:4: warning[RULE] words with a line end, 5% and ::error::\na.md: info[unknown-field] words\n",
        ),
        (
            "github",
            "::warning file=a.md,line=3,endLine=3,col=4,endColumn=13,title=RULE::words with a line end, 5%25 and ::error::%0Awrite [31mless%0AWhy?\n::notice file=a.md,title=unknown-field::words\n",
        ),
    ] {
        let format = ReportFormat::named(name).expect("is one");
        let report = written(format, &[plan("a.md", vec![full(), bare(), dismissed()])]);
        assert_eq!(report, expected.replace("RULE", RULES[0].id));
    }
}

#[test]
fn names_of_files_end_no_line_and_begin_no_command() {
    for format in REPORTS {
        for path in [
            "a\n::error::b.md",
            "::error file=x::.md",
            "\u{1b}[31m.md",
            "a\u{2028}b.md",
        ] {
            let report = written(format, &[plan(path, vec![bare()])]);
            let is_command = |line: &str| line.trim_start().starts_with("::error");
            assert!(!report.lines().any(is_command), "{}: {report}", format.name);
            let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{2028}';
            let is_escaped = matches!(format.name, "json" | "sarif");
            assert!(is_escaped || !report.contains(steers), "{report:?}");
        }
    }
}
