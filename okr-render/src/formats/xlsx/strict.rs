//! What Excel is strict about, held against the parts of workbooks.
//!
//! Excel offers to repair a file that breaks one of these rules, and drops what it does not understand.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::format::WriteOptions;

/// A plan with everything that a plan can hold, awkwardly.
const PLAN: &str = concat!(
    "---\nplan: \"=SUM(A1) & <b>\"\nperiod: 2026-Q4\nteam: '@team'\nowner: Dana\nBudget: 5\nProgress: own\n---\n\n",
    "# Accounts & more\n\ntext\n\n## Objective: =1+2\n\n- Owner: @ada\n- Type: aspirational\n- Budget: 5\n- [ ] '-5 (@kim, due 2026-11-15)\n\n",
    "### KR: way\n\n- Baseline: 68%\n- Target: +25%\n- Due: 2026-12-31\n- [x] Train\n\n",
    "| Date | Value | Status | Confidence | Note | Mood | value |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    "| 2026-10-09 | 70% | at risk | 4 | =1+1 | :) | x |\n| 2026-10-16 | 72% | on track | 7 | | | |\n\n",
    "### KR: range\n- Baseline: 8 days\n- Target: between 2 and 4 days\n\n| Date | Value |\n| --- | --- |\n| 2026-10-09 | 6 days |\n\n",
    "### KR: keep\n- Target: at most 2%\n### KR: kept range\n- Target: between 2 and 4\n### KR: milestone\n- Target: done\n",
    "### KR: money\n- Baseline: EUR 1200.50\n- Target: EUR 0\n### KR: words alone\n",
    "## Between\n\n## Objective: learn\n\n- Type: learning\n\n### KR: question\n- Target: done\n",
);

/// The order of the elements of a sheet, as far as they are written here (ECMA-376, part 1, 18.3.1.99).
const ORDER: [&str; 19] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetProtection",
    "protectedRanges",
    "autoFilter",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "ignoredErrors",
    "extLst",
];

/// Every function that stands in a formula; all are in Excel 2007 and in LibreOffice.
const FUNCTIONS: [&str; 16] = [
    "AND", "COUNT", "COUNTA", "COUNTIFS", "IF", "IFERROR", "INDEX", "INT", "ISNUMBER", "MATCH",
    "MAX", "MIN", "N", "OR", "SUM", "SUMIFS",
];

type Parts = BTreeMap<String, String>;

fn parts(text: &str, is_plain: bool) -> Parts {
    let plan = okr_core::parse(text).plan;
    let options = WriteOptions {
        plain: is_plain,
        ..WriteOptions::default()
    };
    let bytes = super::write::plan(&plan, &options).expect("is written");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("is a ZIP file");
    (0..archive.len())
        .map(|index| {
            let mut text = String::new();
            let mut part = archive.by_index(index).expect("is listed");
            let name = part.name().expect("is a name").into_owned();
            part.read_to_string(&mut text).expect("is text");
            (name, text)
        })
        .collect()
}

/// An element with its path, its attributes and the text right in it.
struct Element {
    path: Vec<String>,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Element {
    fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// Reads the elements in the order in which they begin.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let begin = |start: &BytesStart<'_>, open: &[usize], found: &mut Vec<Element>| {
        let name = start.name().as_ref().to_owned();
        let mut path = open
            .last()
            .map_or_else(Vec::new, |parent| found[*parent].path.clone());
        path.push(name);
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("is an attribute");
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .expect("has no unknown entity");
            let key = attribute.key.as_ref().to_owned();
            (key, value.into_owned())
        });
        let attributes = attributes.collect();
        found.push(Element {
            path,
            attributes,
            text: String::new(),
        });
        found.len() - 1
    };
    loop {
        match reader.read_event().expect("is well-formed") {
            Event::Start(start) => {
                let index = begin(&start, &open, &mut found);
                open.push(index);
            }
            Event::Empty(start) => {
                begin(&start, &open, &mut found);
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                if let Some(index) = open.last() {
                    found[*index].text.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                if let Some(index) = open.last() {
                    let sign = match &*name {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        _ => "?",
                    };
                    found[*index].text.push_str(sign);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn sheets(parts: &Parts) -> Vec<(&String, Vec<Element>)> {
    parts
        .iter()
        .filter(|(name, _)| name.starts_with("xl/worksheets/sheet"))
        .map(|(name, xml)| (name, elements(xml)))
        .collect()
}

#[test]
fn the_elements_of_a_sheet_stand_in_their_order() {
    for (name, elements) in sheets(&parts(PLAN, false)) {
        let places: Vec<usize> = elements
            .iter()
            .filter(|element| element.path.len() == 2)
            .map(|element| {
                let place = ORDER.iter().position(|known| *known == element.name());
                place.unwrap_or_else(|| panic!("{name}: {} has a place", element.name()))
            })
            .collect();
        assert!(places.is_sorted(), "{name}: {places:?}");
        let mut rows = elements.iter().filter(|element| element.name() == "row");
        let mut last = 0;
        assert!(
            rows.all(|row| {
                let number: u32 = row.attribute("r").parse().expect("is a number");
                let is_next = number > last;
                last = number;
                is_next
            }),
            "{name}: rows ascend"
        );
    }
}

#[test]
fn nothing_is_merged_linked_or_run() {
    for plain in [false, true] {
        let parts = parts(PLAN, plain);
        assert!(!parts.keys().any(|name| {
            name.contains("vba")
                || name.contains("externalLink")
                || name.contains("sheet1.xml.rels")
        }));
        for (name, elements) in sheets(&parts) {
            assert!(
                !elements.iter().any(|element| matches!(
                    element.name(),
                    "mergeCell" | "hyperlink" | "tableParts"
                )),
                "{name}"
            );
        }
    }
}

#[test]
fn formulas_name_known_functions_and_hold_no_words_of_the_plan() {
    for (name, elements) in sheets(&parts(PLAN, false)) {
        for element in elements.iter().filter(|element| element.name() == "f") {
            let formula = &element.text;
            assert!(formula.len() <= 8192, "{name}: {formula}");
            let mut word = String::new();
            let mut in_text = false;
            for sign in formula.chars() {
                match sign {
                    '"' => in_text = !in_text,
                    '(' if !in_text && !word.is_empty() => {
                        assert!(FUNCTIONS.contains(&&*word), "{name}: {word} in {formula}");
                    }
                    _ => {}
                }
                if sign.is_ascii_alphabetic() && !in_text {
                    word.push(sign);
                } else {
                    word.clear();
                }
            }
            for words in ["SUM(A1)", "1+2", "ada", "Train", "Dana"] {
                assert!(!formula.contains(words), "{name}: {words} in {formula}");
            }
            let depth = formula.chars().scan(0_i32, |depth, sign| {
                *depth += i32::from(sign == '(') - i32::from(sign == ')');
                Some(*depth)
            });
            let depths: Vec<_> = depth.collect();
            assert_eq!(depths.last(), Some(&0), "{formula}");
            assert!(depths.iter().all(|depth| (0..=64).contains(depth)));
        }
    }
}

#[test]
fn every_formula_has_a_result_of_its_type() {
    for (name, elements) in sheets(&parts(PLAN, false)) {
        for pair in elements.windows(3) {
            let [cell, formula, value] = pair else {
                continue;
            };
            if cell.name() != "c" || formula.name() != "f" {
                continue;
            }
            assert_eq!(value.name(), "v", "{name}: {}", formula.text);
            let is_number = value.text.parse::<f64>().is_ok();
            let expected = if is_number { "" } else { "str" };
            assert_eq!(cell.attribute("t"), expected, "{name}: {}", formula.text);
        }
    }
}

#[test]
fn rules_of_input_keep_their_lengths() {
    let mut kinds = BTreeSet::new();
    for (name, elements) in sheets(&parts(PLAN, false)) {
        for rule in elements
            .iter()
            .filter(|element| element.name() == "dataValidation")
        {
            kinds.insert(rule.attribute("type").to_owned());
            for (attribute, most) in [
                ("error", 255),
                ("prompt", 255),
                ("errorTitle", 32),
                ("promptTitle", 32),
            ] {
                let length = rule.attribute(attribute).chars().count();
                assert!(length <= most, "{name}: {attribute} of {length}");
            }
        }
        let formulas = elements
            .iter()
            .filter(|element| matches!(element.name(), "formula1" | "formula2"));
        for formula in formulas {
            assert!(formula.text.chars().count() <= 255, "{}", formula.text);
        }
        for element in &elements {
            if matches!(element.name(), "oddHeader" | "oddFooter") {
                assert!(
                    element.text.chars().count() <= 255,
                    "{name}: {}",
                    element.text
                );
            }
        }
    }
    let expected = ["date", "decimal", "list", "whole"].map(str::to_owned);
    assert_eq!(kinds, BTreeSet::from(expected));
}

#[test]
fn the_sheet_to_fill_in_is_protected_but_for_its_inputs() {
    let parts = parts(PLAN, false);
    let sheets = sheets(&parts);
    let is_protected: Vec<_> = sheets
        .iter()
        .map(|(_, elements)| {
            let protection = elements
                .iter()
                .find(|element| element.name() == "sheetProtection");
            protection.map(|protection| protection.attribute("password").to_owned())
        })
        .collect();
    let none = Some(String::new());
    assert_eq!(is_protected, [none.clone(), None, none, None, None]);
    let styles = elements(&parts["xl/styles.xml"]);
    let in_cells = |element: &&Element| element.path.get(1).is_some_and(|name| name == "cellXfs");
    let mut unlocked = HashSet::new();
    let mut style = None;
    for element in styles.iter().filter(in_cells) {
        match element.name() {
            "xf" => style = Some(style.map_or(0, |style| style + 1)),
            "protection" if element.attribute("locked") == "0" => {
                unlocked.extend(style);
            }
            _ => {}
        }
    }
    let cells = sheets[2].1.iter().filter(|element| element.name() == "c");
    let open: Vec<&str> = cells
        .filter(|cell| {
            let style: usize = cell.attribute("s").parse().unwrap_or_default();
            unlocked.contains(&style)
        })
        .map(|cell| cell.attribute("r"))
        .collect();
    assert_eq!(open[..5], ["B3", "I6", "J6", "K6", "L6"]);
    assert_eq!(open.len(), 1 + 4 * 8);
}

#[test]
fn headings_are_unique_and_names_of_sheets_are_fixed() {
    let parts = parts(PLAN, false);
    let workbook = elements(&parts["xl/workbook.xml"]);
    let names: Vec<_> = workbook
        .iter()
        .filter(|element| element.name() == "sheet")
        .map(|element| element.attribute("name"))
        .collect();
    assert_eq!(
        names,
        ["Overview", "Key results", "Check-in", "History", "okr"]
    );
    let shared: Vec<Element> = elements(&parts["xl/sharedStrings.xml"]);
    let texts: Vec<_> = shared
        .iter()
        .filter(|element| element.name() == "t")
        .map(|element| element.text.to_lowercase())
        .collect();
    for (name, heading_row) in [("sheet2", "1"), ("sheet3", "5"), ("sheet4", "1")] {
        let sheet = elements(&parts[&format!("xl/worksheets/{name}.xml")]);
        let mut seen = HashSet::new();
        for pair in sheet.windows(2) {
            let [cell, value] = pair else { continue };
            let row = cell
                .attribute("r")
                .trim_start_matches(|c: char| c.is_ascii_uppercase());
            if cell.name() == "c" && value.name() == "v" && row == heading_row {
                let index: usize = value.text.parse().expect("is an index");
                assert!(
                    seen.insert(texts[index].clone()),
                    "{name}: {}",
                    texts[index]
                );
            }
        }
        assert!(seen.len() >= 8, "{name}");
    }
}

#[test]
fn a_plain_workbook_has_no_ornament() {
    let parts = parts(PLAN, true);
    let sheets = sheets(&parts);
    assert_eq!(sheets.len(), 1);
    for element in &sheets[0].1 {
        assert!(
            !matches!(
                element.name(),
                "f" | "pane"
                    | "autoFilter"
                    | "conditionalFormatting"
                    | "dataValidations"
                    | "sheetProtection"
                    | "mergeCells"
                    | "cols"
                    | "extLst"
            ),
            "{}",
            element.name()
        );
        assert_eq!(element.attribute("hidden"), "");
    }
    assert!(!parts["xl/workbook.xml"].contains("definedName"));
    let styles = elements(&parts["xl/styles.xml"]);
    let count = |name: &str| {
        styles
            .iter()
            .find(|element| element.name() == name)
            .map(|element| element.attribute("count").to_owned())
    };
    assert_eq!(count("fonts").as_deref(), Some("1"));
    assert_eq!(count("borders").as_deref(), Some("1"));
}
