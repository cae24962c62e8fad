//! Laws that hold for every format, written once and run over all of them.

/// The JSON schema of plans.
mod schema;

use std::collections::HashSet;
use std::fs;

use okr_core::diagnostic::Severity;
use okr_core::model::Plan;
use okr_core::parse;
use okr_render::{Carries, FORMATS, Format, Part, ReadOptions, WriteOptions};
use proptest::prelude::*;
use serde_json::Value;

pub(crate) use self::schema::full_plan;
use self::schema::validator;
use crate::formulas::assert_no_formula;
use crate::support::root;
use crate::support::strategies::{plan, source, source_with_elements};

#[track_caller]
pub(crate) fn assert_same(left: &Plan, right: &Plan, context: &str) {
    if left == right {
        return;
    }
    let (left, right) = (format!("{left:#?}"), format!("{right:#?}"));
    let differing: Vec<_> = left
        .lines()
        .zip(right.lines())
        .filter(|(left, right)| left != right)
        .take(8)
        .collect();
    panic!("{context}\n=== the plans differ: {differing:#?}");
}

/// Many cases take long; `PROPTEST_CASES` asks for more of them.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(150);
    ProptestConfig {
        cases,
        ..ProptestConfig::default()
    }
}

pub(crate) fn written(format: &Format, plan: &Plan) -> Vec<u8> {
    (format.write)(plan, &WriteOptions::default())
        .unwrap_or_else(|error| panic!("{}: {error}", format.name))
}

/// Checks that what a format carries of a plan comes back, and that its bytes are always the same.
///
/// Returns the gravest thing that is said on reading.
#[track_caller]
fn check_round_trip(format: &Format, plan: &Plan) -> Option<Severity> {
    let carried = format.carries.reduce(plan);
    assert_same(
        &format.carries.reduce(&carried),
        &carried,
        &format!("{}: reducing twice is reducing once", format.name),
    );
    let mut gravest = None;
    for byte_order_mark in [false, true] {
        let mut options = WriteOptions::default();
        options.byte_order_mark = byte_order_mark;
        let bytes = (format.write)(plan, &options)
            .unwrap_or_else(|error| panic!("{}: {error}", format.name));
        assert!(
            (format.write)(plan, &options).is_ok_and(|again| again == bytes),
            "{}: the same bytes twice",
            format.name
        );
        let shown = std::str::from_utf8(&bytes).unwrap_or_default();
        let context = format!("{}\n{shown}", format.name);
        let read = (format.read)(&bytes, &ReadOptions::default())
            .unwrap_or_else(|error| panic!("{error}: {context}"));
        assert_same(&read.plan, &carried, &context);
        gravest = gravest.max(
            read.diagnostics
                .iter()
                .map(|diagnostic| diagnostic.severity)
                .max(),
        );
    }
    gravest
}

/// Checks that a reader takes any bytes, and that what it makes of them is a plan like any other.
fn check_any_bytes(bytes: &[u8]) {
    for format in FORMATS {
        if let Ok(read) = (format.read)(bytes, &ReadOptions::default()) {
            for other in FORMATS {
                // A cell of a workbook does not hold every text.
                let _ = (other.write)(&read.plan, &WriteOptions::default());
            }
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_a_format_carries_of_a_plan_comes_back(plan in plan()) {
        for format in FORMATS {
            let gravest = check_round_trip(format, &plan);
            // Free text may look like what it is not, and a document that says so is right.
            prop_assert!(format.name == "markdown" || gravest < Some(Severity::Error), "{}: what was just written is understood", format.name);
        }
    }

    #[test]
    fn what_a_format_carries_of_a_document_comes_back(text in source_with_elements()) {
        let plan = parse(text).plan;
        for format in FORMATS {
            check_round_trip(format, &plan);
        }
    }

    #[test]
    fn json_is_as_its_schema_says(plan in plan(), text in source_with_elements()) {
        for plan in [plan, parse(text).plan] {
            let json = written(named("json"), &plan);
            let json: Value = serde_json::from_slice(&json).expect("is JSON");
            let faults: Vec<_> = validator().iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
            prop_assert!(faults.is_empty(), "{faults:#?}\n{json:#}");
        }
    }

    #[test]
    fn no_cell_of_any_table_is_a_formula(plan in plan(), text in source_with_elements()) {
        assert_no_formula(&written(named("csv"), &plan));
        assert_no_formula(&written(named("csv"), &parse(text).plan));
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in any::<Vec<u8>>()) {
        check_any_bytes(&bytes);
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>(), source in source()) {
        check_any_bytes(text.as_bytes());
        check_any_bytes(source.as_bytes());
    }

    #[test]
    fn no_damage_makes_a_reader_panic(
        plan in plan(),
        places in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..9, prop::sample::select(&b"\"',;\n\r\t{}[]<>\\=-0\xff\x00"[..])), 1..4),
    ) {
        for format in FORMATS {
            let mut bytes = written(format, &plan);
            for (place, length, byte) in &places {
                if !bytes.is_empty() {
                    let at = place.index(bytes.len());
                    let end = (at + length).min(bytes.len());
                    bytes.splice(at..end, [*byte]);
                }
            }
            check_any_bytes(&bytes);
        }
    }

    #[test]
    fn no_table_makes_the_reader_panic(
        headings in prop::collection::vec(prop::sample::select(&["Ref", "Type", "Title", "Parent", "Due", "Target", "Target rule", "Start", "Unit", "Period", "After", "Status", "", "x", "Field: Title"][..]), 1..8),
        rows in prop::collection::vec(prop::collection::vec(prop::sample::select(&["", "P", "O1", "O1-KR1", "O1-KR1-I1", "O0", "O99999999999999999999", "S1", "Plan", "Objective", "key result", "Initiative", "Section", "5", "5%", "-", "31.12.2026", "2026-13-40", "by +25%", "done", "'=x", "\u{feff}", "\"", "1e9", "2026-M11"][..]), 0..9), 0..9),
        separator in prop::sample::select(&[",", ";", "\t"][..]),
    ) {
        let mut text = headings.join(separator);
        for row in rows {
            text.push_str("\r\n");
            text.push_str(&row.join(separator));
        }
        check_any_bytes(text.as_bytes());
    }
}

pub(crate) fn named(name: &str) -> &'static Format {
    Format::named(name).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn formats_are_sorted_and_each_has_a_name_an_ending_and_a_document() {
    assert!(FORMATS.is_sorted_by_key(|format| format.name));
    let mut taken = HashSet::new();
    for format in FORMATS {
        let name = format.name;
        assert!(!format.extensions.is_empty(), "{name} has an ending");
        let known: HashSet<&str> = std::iter::once(name)
            .chain(format.extensions.iter().copied())
            .collect();
        for word in known {
            assert!(
                word.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
                "{word} is in lower case"
            );
            assert!(taken.insert(word), "{word} means one format");
            assert_eq!(named(word).name, name);
            assert_eq!(named(&word.to_uppercase()).name, name);
        }
        for extension in format.extensions {
            let file = format!("a.b.{}", extension.to_uppercase());
            assert_eq!(
                Format::of_file_name(&file).map(|format| format.name).ok(),
                Some(name)
            );
        }
        assert!(
            format.docs.lines().count() > 3,
            "{name}: its document says something"
        );
        let lost: Vec<_> = format.carries.missing().collect();
        if !lost.is_empty() {
            assert!(
                format.docs.contains("## What does not come back"),
                "{name} loses {lost:?}, and its document tells"
            );
        }
    }
}

#[test]
fn markdown_html_and_json_carry_everything() {
    for name in ["markdown", "html", "json"] {
        assert_eq!(named(name).carries, Carries::ALL, "{name}");
    }
    assert!(
        Part::ALL
            .iter()
            .any(|part| !named("csv").carries.contains(*part)),
        "CSV is a table, and says what it loses"
    );
}

#[test]
fn what_is_not_carried_is_really_lost() {
    let text = "## Objective: *a*\n\n### Key result: b\n\n- Baseline: 68\n- Target: 85%\n- Colour:\n\n| Date | Value |\n| - | - |\n| 2026-10-09 | 70% |\n";
    let plan = parse(text).plan;
    for format in FORMATS {
        let read = (format.read)(&written(format, &plan), &ReadOptions::default())
            .expect("is of its format")
            .plan;
        for part in format.carries.missing() {
            assert_ne!(
                Carries::ALL.without(part).reduce(&plan),
                plan,
                "the plan has {part}"
            );
            assert_eq!(
                Carries::ALL.without(part).reduce(&read),
                read,
                "{}: {part} does not come back",
                format.name
            );
        }
    }
}

#[test]
fn an_empty_plan_comes_back_from_every_format() {
    for format in FORMATS {
        assert_eq!(
            check_round_trip(format, &Plan::default()),
            None,
            "{}",
            format.name
        );
    }
}

#[test]
fn the_plans_of_the_fixtures_come_back_from_every_format() {
    let folder = root().join("tests/fixtures/plans/valid");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("is there") {
        let path = entry.expect("is readable").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let plan = parse(fs::read_to_string(&path).expect("is UTF-8")).plan;
            for format in FORMATS {
                check_round_trip(format, &plan);
            }
            count += 1;
        }
    }
    assert!(count > 0, "there are plans");
}
