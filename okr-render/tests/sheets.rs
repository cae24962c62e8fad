//! Reads sheets that careful people have read, and compares.
//!
//! `tests/fixtures/sheets/samples/README.md` says how. A folder of other sheets with what is expected of
//! them beside can be named in the variable `SHEETS`; what differs is printed, and `--nocapture` shows
//! the score of each file.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads its fixtures from the disk, prints what it found, and fails by panicking"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use okr_core::model::Quantity;
use okr_render::import::{Draft, DraftKeyResult, Import, ImportOptions, SaidStatus, read};
use rust_decimal::Decimal;
use serde_json::{Value, json};

#[test]
fn samples_are_read_as_a_careful_person_reads_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/sheets/samples");
    let mut report = check_folder(&folder, true);
    report.push_str(&check_folder(&folder.join("handmade"), true));
    assert!(report.is_empty(), "{report}");
}

#[test]
fn sheets_of_many_kinds_are_read_as_a_careful_person_reads_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/sheets");
    let report: String = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
    ]
    .iter()
    .map(|name| check_folder(&folder.join(name), true))
    .collect();
    assert!(report.is_empty(), "{report}");
}

#[test]
fn other_sheets_can_be_measured() {
    if let Some(folder) = std::env::var_os("SHEETS") {
        let report = check_folder(Path::new(&folder), false);
        println!("{report}");
    }
}

/// Reads every sheet of a folder that has a file of expectations, and returns what differs.
fn check_folder(folder: &Path, with_messages: bool) -> String {
    let mut report = String::new();
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end != "json" && end != "md")
        })
        .collect();
    files.sort();
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let Ok(expected) = fs::read_to_string(path.with_extension("expected.json")) else {
            show(&path);
            continue;
        };
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let options = ImportOptions::new(jiff::civil::date(2026, 11, 22));
        let mut score = Score::default();
        match read(&fs::read(&path).unwrap(), &options) {
            Ok(import) => {
                compare(&import, &expected, &mut score);
                if with_messages {
                    check_messages(&name, &import, &expected, &mut score);
                } else if std::env::var_os("SAID").is_some() {
                    for diagnostic in &import.diagnostics {
                        println!("    {:?} {}", diagnostic.location, diagnostic.message);
                    }
                }
            }
            Err(error) => score.differ("", "a plan", &error.to_string()),
        }
        println!(
            "{name}: {} of {} right",
            score.right,
            score.right + score.wrong.len()
        );
        for line in score.wrong {
            let _ = writeln!(report, "{name}{line}");
        }
    }
    report
}

/// Prints what is read of a sheet of which nobody says what is expected.
fn show(path: &Path) {
    println!("== {}", path.display());
    match read(
        &fs::read(path).unwrap(),
        &ImportOptions::new(jiff::civil::date(2026, 11, 22)),
    ) {
        Ok(import) => {
            println!(
                "{}",
                okr_core::print(&import.plan(jiff::civil::date(2026, 11, 22)).0)
            );
            for column in &import.account.columns {
                println!(
                    "    {} {:?} {:?}: {}",
                    column.letters, column.heading, column.field, column.reason
                );
            }
            for diagnostic in &import.diagnostics {
                println!("    {:?} {}", diagnostic.location, diagnostic.message);
            }
        }
        Err(error) => println!("    {error}"),
    }
}

#[derive(Default)]
struct Score {
    right: usize,
    wrong: Vec<String>,
}

impl Score {
    fn differ(&mut self, place: &str, expected: &str, found: &str) {
        self.wrong
            .push(format!("{place}: expected {expected}, found {found}"));
    }
}

fn compare(import: &Import, expected: &Value, score: &mut Score) {
    let found = neutral(&import.draft);
    let accept = &expected["accept"];
    for part in ["plan", "objectives"] {
        same(
            &format!("/{part}"),
            &expected[part],
            &found[part],
            accept,
            score,
        );
    }
    for text in expected["must_not_appear"].as_array().into_iter().flatten() {
        let text = text.as_str().unwrap_or_default();
        let mut shown = Vec::new();
        strings(&found, &mut shown);
        if shown.iter().any(|shown| shown.contains(text)) {
            score.differ("", &format!("no `{text}`"), "it");
        }
    }
}

/// Compares two values by the rules of the samples.
fn same(place: &str, expected: &Value, found: &Value, accept: &Value, score: &mut Score) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(_)) => {
            for (name, expected) in expected {
                same(
                    &format!("{place}/{name}"),
                    expected,
                    &found[name],
                    accept,
                    score,
                );
            }
        }
        (Value::Array(expected), Value::Array(items)) if !place.ends_with("/owner") => {
            for at in 0..expected.len().max(items.len()) {
                let expected = expected.get(at).unwrap_or(&Value::Null);
                let found = items.get(at).unwrap_or(&Value::Null);
                same(&format!("{place}/{at}"), expected, found, accept, score);
            }
        }
        _ => {
            let others = accept[place].as_array().cloned().unwrap_or_default();
            if std::iter::once(expected)
                .chain(&others)
                .any(|one| is_equal(one, found))
            {
                score.right += 1;
            } else {
                score.differ(place, &expected.to_string(), &found.to_string());
            }
        }
    }
}

fn is_equal(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Number(one), Value::Number(two)) => {
            let (one, two) = (one.as_f64().unwrap(), two.as_f64().unwrap());
            (one - two).abs() <= 1e-9 * one.abs().max(two.abs())
        }
        (Value::String(one), Value::String(two)) => fold(one) == fold(two),
        _ => one == two,
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn strings(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| *name != "plan" && *name != "parent")
            .for_each(|(_, field)| strings(field, into)),
        _ => {}
    }
}

/// Checks that the report has what a careful person wants to be told, as `said.txt` puts it.
fn check_messages(name: &str, import: &Import, expected: &Value, score: &mut Score) {
    let points = expected["must_warn"].as_array().map_or(0, Vec::len);
    let file = include_str!("../../tests/fixtures/sheets/said.txt");
    let heading = format!("[{name}]");
    let wanted: Vec<&str> = file
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .collect();
    if wanted.len() != points {
        let lines = format!("{points} lines for {name} in said.txt");
        score.differ("", &lines, &wanted.len().to_string());
    }
    let report = report(import);
    for wanted in wanted.iter().filter(|wanted| !wanted.starts_with("- ")) {
        let is_said = report
            .iter()
            .any(|line| wanted.split(" & ").all(|word| line.contains(word)));
        if !is_said {
            let wanted = format!("a line with {wanted:?}");
            score.differ("", &wanted, &report.join("\n  "));
        }
    }
}

/// Returns what a user is told, a line for each thing.
fn report(import: &Import) -> Vec<String> {
    let account = &import.account;
    let messages = import.diagnostics.iter();
    let columns = account.columns.iter();
    let rows = account.rows.iter();
    let left_out = account.left_out.iter();
    messages
        .map(|diagnostic| diagnostic.message.clone())
        .chain(columns.map(|column| {
            let field = column.field.unwrap_or("kept as a note");
            format!("{}: {field}", column.heading)
        }))
        .chain(rows.map(|row| format!("row {}: {}", row.number, row.became)))
        .chain(left_out.map(|left| format!("{}: {}, {}", left.place, left.text, left.reason)))
        .collect()
}

/// Returns the draft in the neutral shape of the samples.
fn neutral(draft: &Draft) -> Value {
    let objectives: Vec<Value> = draft
        .objectives
        .iter()
        .map(|objective| {
            json!({
                "title": objective.title,
                "owner": objective.owner,
                "due": objective.due.map(|day| day.to_string()),
                "status": objective.status.map(SaidStatus::word),
                "parent": objective.parent,
                "key_results": objective.key_results.iter().map(key_result).collect::<Vec<_>>(),
                "initiatives": objective.initiatives.iter().map(|initiative| json!({
                    "title": initiative.title,
                    "key_result": initiative.key_result.map(|at| &objective.key_results[at].title),
                    "owner": initiative.owner,
                    "due": initiative.due.map(|day| day.to_string()),
                    "status": initiative.status.map(SaidStatus::word),
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "plan": {
            "title": draft.title,
            "period": draft.period.map(|period| period.to_string()),
            "team": draft.team,
        },
        "objectives": objectives,
    })
}

fn key_result(key_result: &DraftKeyResult) -> Value {
    let number = |quantity: &Quantity| number(quantity.value);
    // A change comes to a number where the baseline is known.
    let target = key_result.target.as_ref();
    let target = target.and_then(|target| target.value(key_result.start.as_ref()));
    json!({
        "title": key_result.title,
        "start": key_result.start.as_ref().map(number),
        "target": target.as_ref().map(number),
        "current": key_result.current.as_ref().map(number),
        "unit": key_result.unit,
        "owner": key_result.owner,
        "due": key_result.due.map(|day| day.to_string()),
        "status": key_result.status.map(SaidStatus::word),
    })
}

fn number(value: Decimal) -> Value {
    json!(value.normalize().to_string().parse::<f64>().unwrap())
}
