//! Whole plans in files: good ones are read in full, and each bad one has its message and its place.
//!
//! `tests/README.md` says how a file is added.

use std::fs;
use std::path::{Path, PathBuf};

use okr_core::edit::tidy;
use okr_core::{parse, print};

use crate::support::expected::{differences, is_accepting};
use crate::support::reading::{diagnostics, reading};
use crate::support::root;

const VALID: &str = "tests/fixtures/plans/valid";
const INVALID: &str = "tests/fixtures/invalid";

#[test]
fn valid_plans_are_read_without_a_word() {
    for_each_plan(VALID, |text| {
        let said = diagnostics(text);
        if said.is_empty() { Ok(()) } else { Err(said) }
    });
}

#[test]
fn valid_plans_have_their_reading() {
    compare(VALID, "reading", reading);
}

#[test]
fn valid_plans_keep_their_meaning_when_printed_and_tidied() {
    for_each_plan(VALID, |text| {
        let parsed = parse(text);
        let printed = print(&parsed.plan);
        if parse(printed.clone()).plan != parsed.plan {
            return Err(format!("the printed plan is another\n{printed}"));
        }
        let tidied = tidy(&parsed).apply(text);
        if parse(tidied.clone()).plan != parsed.plan {
            return Err(format!("the tidied plan is another\n{tidied}"));
        }
        Ok(())
    });
}

#[test]
fn invalid_plans_have_their_message() {
    compare(INVALID, "said", diagnostics);
}

#[test]
fn an_invalid_plan_has_one_mistake_and_is_named_after_it() {
    let mut failures = Vec::new();
    for path in plans(INVALID) {
        let parsed = parse(text(&path));
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match &parsed.diagnostics[..] {
            [only] if name.starts_with(only.code) => {}
            [only] => failures.push(format!(
                "{}: begin its name with `{}`",
                shown(&path),
                only.code
            )),
            all => failures.push(format!(
                "{}: {} messages, expected 1",
                shown(&path),
                all.len()
            )),
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[test]
fn every_message_is_in_the_specification() {
    let specification =
        fs::read_to_string(root().join("docs/plan-format.md")).expect("the file is there");
    for path in plans(INVALID) {
        for diagnostic in parse(text(&path)).diagnostics {
            let code = format!("| `{}` |", diagnostic.code);
            assert!(
                specification.contains(&code),
                "docs/plan-format.md: no row for `{}`",
                diagnostic.code
            );
        }
    }
}

/// Compares what `make` makes of every plan in `folder` with the file of that extension beside it.
#[track_caller]
fn compare(folder: &str, extension: &str, make: fn(&str) -> String) {
    let mut failures = Vec::new();
    for path in plans(folder) {
        let beside = path.with_extension(extension);
        let expected = fs::read_to_string(&beside)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        let actual = make(&text(&path));
        if actual == expected {
            continue;
        }
        if is_accepting() {
            fs::write(&beside, actual).expect("the expected output can be written");
        } else {
            let differences = differences(&expected, &actual);
            let name = shown(&beside);
            failures.push(format!(
                "{name}:1: UPDATE=1 accepts it (- expected, + actual)\n{differences}"
            ));
        }
    }
    for orphan in files(folder, extension)
        .iter()
        .filter(|path| !path.with_extension("md").exists())
    {
        failures.push(format!("{}: there is no plan of that name", shown(orphan)));
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[track_caller]
fn for_each_plan(folder: &str, check: impl Fn(&str) -> Result<(), String>) {
    let mut failures = Vec::new();
    for path in plans(folder) {
        if let Err(message) = check(&text(&path)) {
            failures.push(format!("{}: {message}", shown(&path)));
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[track_caller]
fn plans(folder: &str) -> Vec<PathBuf> {
    let plans = files(folder, "md");
    assert!(!plans.is_empty(), "{folder} has no plan");
    plans
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|other| other == extension))
        .collect();
    files.sort();
    files
}

/// Returns a plan byte for byte; its line ends may be what it is there for.
fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}
