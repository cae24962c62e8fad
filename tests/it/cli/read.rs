//! `okr read`

use std::fs;

use serde_json::{Value, json};

use crate::reports::{read_line_schema, read_schema, valid};
use crate::support::root;
use crate::support::sandbox::{Sandbox, finish};

/// Files of labelled statements.
const LABELLED: &[&str] = &["examples", "more-examples", "wordings"];

/// How many of them go through the program one by one.
const EVERY: usize = 20;

fn labelled() -> Vec<Value> {
    let folder = root().join("tests/fixtures/statements");
    let mut statements = Vec::new();
    for name in LABELLED {
        let text = fs::read_to_string(folder.join(format!("{name}.jsonl"))).expect("is there");
        let lines = text.lines();
        statements.extend(lines.map(|line| serde_json::from_str(line).expect("is JSON")));
    }
    statements
}

#[test]
fn what_was_understood_obeys_its_schema() {
    let sandbox = Sandbox::new();
    let sampled: Vec<Value> = labelled().into_iter().step_by(EVERY).collect();
    assert!(sampled.len() > 50, "only {} statements", sampled.len());
    for label in sampled {
        let mut command = sandbox.command("read --json");
        let text = label["text"].as_str().expect("has words");
        let period = label["period"].as_str().expect("has a period");
        command.args(["--period", period, "--", text]);
        let read = valid(&finish(command, b"").success().out(), read_schema());
        assert_eq!(read["schema"], "okr-read/1");
        for part in read["parts"].as_array().expect("is a list") {
            let at = |name: &str| usize::try_from(part[name].as_u64().expect("counts")).unwrap();
            assert_eq!(part["words"], text[at("start")..at("end")], "{text}");
        }
        for (name, value) in label.as_object().expect("has fields") {
            let is_same = match (value.as_f64(), read[name].as_f64()) {
                (Some(one), Some(other)) => (one - other).abs() < 1e-9,
                _ => read[name] == *value,
            };
            assert!(is_same, "{text}: {name} is {}, not {value}", read[name]);
        }
    }
}

#[test]
fn the_schema_has_every_part_and_refuses_what_it_does_not_know() {
    let sandbox = Sandbox::new();
    let line = "read --json --period 2026-Q2 KR1: Cut DSO from 52 to at most 44 days for big customers by mid-Q2 by calling earlier";
    let read = valid(&sandbox.okr(line).success().out(), read_schema());
    let parts = read["parts"].as_array().expect("is a list");
    assert!(parts.len() > 6, "{parts:?}");
    let none = valid(
        &sandbox.okr("read --json Soon").success().out(),
        read_schema(),
    );
    assert_eq!(
        (&none["kind"], &none["target"]),
        (&json!("none"), &Value::Null)
    );
    for (place, wrong) in [
        ("kind", json!("sum")),
        ("target", json!("44")),
        ("deadline", json!("mid-Q2")),
        ("schema", json!("okr-read/2")),
        ("parts", json!([{ "name": "verb" }])),
        ("other", json!(1)),
    ] {
        let mut read = read.clone();
        read[place] = wrong;
        assert!(!read_schema().is_valid(&read), "{place}");
    }
}

#[test]
fn every_line_of_many_obeys_the_schema() {
    let mut lines: Vec<String> = labelled().iter().map(ToString::to_string).collect();
    assert!(lines.len() > 1000, "only {} statements", lines.len());
    lines.push("no JSON".to_owned());
    lines.push(json!({ "text": "Cut DSO to 44 days", "period": "soon" }).to_string());
    lines.push(json!({ "text": "" }).to_string());
    let sandbox = Sandbox::new();
    let run = sandbox.okr_reading("read --jsonl", lines.join("\n").as_bytes());
    let out = run.failure().out();
    assert_eq!(out.lines().count(), lines.len());
    let read = out.lines().map(|line| valid(line, read_line_schema()));
    let wrong = read.filter(|line| line.get("error").is_some()).count();
    assert_eq!(wrong, 2);
}

#[test]
fn an_objective_is_read_line_by_line() {
    let folder = root().join("tests/fixtures/statements");
    let text = fs::read(folder.join("objectives.jsonl")).expect("is there");
    let sandbox = Sandbox::new();
    let out = finish(sandbox.command("read --objective --jsonl"), &text)
        .success()
        .out();
    let parse = |text: &str| -> Vec<Value> {
        let lines = text.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("is JSON"))
            .collect()
    };
    assert_eq!(parse(&out), parse(&String::from_utf8_lossy(&text)));
}

#[test]
fn what_is_wrong_with_an_objective_is_named_with_its_words() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command("read --objective --");
    command.arg("Raise NPS to 60 and rebuild the partner network");
    let out = finish(command, b"").success().out();
    assert!(out.contains("contains-metric     60  "), "{out}");
    assert!(out.contains("multiple-objectives and rebuild  "), "{out}");
}
