//! The numbers of a workbook, as LibreOffice computes them, against those of `okr status`.
#![expect(
    clippy::disallowed_methods,
    reason = "workbooks are files in a temporary folder"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::fods::{self, Cell};
use crate::sample::{convert, okr_on};
use crate::tool::Tool;
use crate::workbook::{compute, differences, fill};
use crate::{Check, no_faults, scratch};

const SHEET: &[Tool] = &[Tool::LibreOffice];

/// The day of the last check-in, for which the workbook speaks.
const DAY: &str = "2026-11-20";

/// Returns the checks; each has the spreadsheet compute a plan of its own.
pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("agreement::every_kind", SHEET, every_kind),
        Check::new("agreement::a_later_day", SHEET, a_later_day),
        Check::new("agreement::what_is_changed_there", SHEET, changed),
    ]
}

/// Fields of a key result, with values that it may have: short of its target, at its end, beyond it.
const MEASURES: [(&str, [&str; 3]); 34] = [
    ("- Baseline: 3\n- Target: done\n", ["50%", "100%", "0%"]),
    ("- Baseline: 68%\n- Target: 85%\n", ["60%", "76.5%", "90%"]),
    (
        "- Baseline: 20 days\n- Target: 12 days\n",
        ["22 days", "15 days", "11 days"],
    ),
    (
        "- Baseline: 20 days\n- Target: below 12 days\n",
        ["15 days", "12 days", "11.9 days"],
    ),
    (
        "- Baseline: 80%\n- Target: above 95%\n",
        ["90%", "95%", "96%"],
    ),
    (
        "- Baseline: 70%\n- Target: at least 95%\n",
        ["90%", "95%", "96%"],
    ),
    (
        "- Baseline: 9 days\n- Target: at most 4 days\n",
        ["9.5 days", "4 days", "3 days"],
    ),
    (
        "- Baseline: 0 accounts\n- Target: 20 accounts\n",
        ["5 accounts", "20 accounts", "31"],
    ),
    (
        "- Baseline: 96%\n- Target: at least 95%\n",
        ["94.9%", "95%", "97%"],
    ),
    ("- Target: at most 2%\n", ["2.1%", "2%", "1%"]),
    ("- Target: below 2%\n", ["2%", "1.9%", "1%"]),
    (
        "- Target: between 2 and 4 days\n",
        ["5 days", "2 days", "3.5 days"],
    ),
    (
        "- Baseline: 8 days\n- Target: between 2 and 4 days\n",
        ["6 days", "4 days", "1 day"],
    ),
    (
        "- Target: between 2 and 4 days\n- Direction: decrease\n",
        ["6 days", "4 days", "1 day"],
    ),
    ("- Target: done\n", ["0", "1", "0.5"]),
    ("- Target: done\n", ["50%", "100%", "0%"]),
    ("- Baseline: 68%\n- Target: +25%\n", ["70%", "85%", "90%"]),
    ("- Target: +25%\n", ["10%", "25", "30%"]),
    ("- Target: -20%\n", ["5%", "-20%", "-30%"]),
    (
        "- Baseline: 8 days\n- Target: -3 days\n",
        ["7 days", "5 days", "4 days"],
    ),
    ("- Target: -3 days\n", ["7 days", "5 days", "4 days"]),
    ("- Target: first value\n", ["7 days", "5 days", "0 days"]),
    ("- Baseline: 95%\n- Target: 95%\n", ["94%", "95%", "96%"]),
    (
        "- Baseline: 95%\n- Target: 95%\n- Direction: increase\n",
        ["94%", "95%", "96%"],
    ),
    (
        "- Target: 98%\n- Direction: increase\n",
        ["97%", "98%", "99%"],
    ),
    ("- Target: 98%\n", ["97%", "98%", "99%"]),
    (
        "- Baseline: EUR -40k\n- Target: EUR 10k\n",
        ["EUR -15k", "EUR 10k", "USD 5"],
    ),
    (
        "- Baseline: 12 errors\n- Target: 0 errors\n",
        ["13 errors", "0 errors", "4 errors"],
    ),
    (
        "- Baseline: to be measured\n- Target: 4 days\n",
        ["5 days", "4 days", "3 days"],
    ),
    (
        "- Baseline: 68%\n- Target: 85%\n- Commit: 80%\n- Stretch: 90%\n",
        ["70%", "80%", "85%"],
    ),
    (
        "- Baseline: 68%\n- Target: 85%\n- Commit: 60%\n",
        ["70%", "80%", "85%"],
    ),
    (
        "- Baseline: 8 days\n- Target: between 2 and 4 days\n- Commit: 5 days\n",
        ["6 days", "5 days", "3 days"],
    ),
    (
        "- Target: at most 2%\n- Guardrail: yes\n",
        ["2.1%", "2%", "1%"],
    ),
    (
        "- Baseline: 4 days\n- Direction: decrease\n- Guardrail: yes\n",
        ["5 days", "4 days", "3 days"],
    ),
];

/// Steps of milestones.
const STEPS: [&str; 4] = [
    "- [x] Step: one\n- [ ] Step: two\n- [ ] Step: three\n",
    "- Due: 2026-12-15\n- [x] Step (weight 2): one (due 2026-11-01)\n- [ ] Step: two (due 2026-11-20)\n- [ ] Step: three (due 2026-12-01)\n",
    "- Target: done\n- Commit: 60%\n- Due: 2026-11-10\n- [x] Step (weight 0.5): one\n- [ ] step: two\n- [x] tell them\n",
    "- [x] Step: one (due 2026-11-01)\n- [x] Step: two\n",
];

/// What the check-ins of a key result say; `{0}` to `{2}` are its values.
const HISTORIES: [&[&str]; 6] = [
    &["2026-10-09 | {0} | on track", "2026-11-20 | {1} |"],
    &["2026-11-13 | {2} | achieved"],
    &[],
    &["2026-10-09 | {1} |", "2026-11-06 | | cancelled"],
    &["2026-11-06 | | at risk"],
    &[
        "2026-11-06 | {2} | on track",
        "2026-11-06 | {0} | at risk",
        "2026-10-09 | {1} | on track",
    ],
];

const TYPES: [&str; 5] = [
    "",
    "- Type: committed\n",
    "- Type: aspirational\n",
    "- Weight: 2.5\n",
    "- Type: learning\n- Weight: 0\n",
];

/// Returns a plan with every kind of key result in every state.
fn plan() -> String {
    let mut key_results = Vec::new();
    for (fields, values) in MEASURES {
        for history in HISTORIES {
            key_results.push(key_result(fields, "", history, values));
        }
    }
    for steps in STEPS {
        for history in HISTORIES {
            let (fields, boxes) = steps.split_at(steps.find("- [").unwrap_or_default());
            key_results.push(key_result(fields, boxes, history, ["20%", "50%", "100%"]));
        }
    }
    let mut text = format!(
        "---\nperiod: 2026-Q4\n---\n\n# Every kind\n\n## Objective: The day\n\n### Key result: Cut the days from 52 to 44 by 15 December 2026\n\n| Date | Value |\n| --- | --- |\n| {DAY} | 50 days |\n"
    );
    // Steps of a whole number that shares nothing with six, so that states and kinds mix in each objective.
    for (at, group) in (0..).zip(mixed(&key_results).chunks(4)) {
        let kind = TYPES[at % TYPES.len()];
        let _ = write!(text, "\n## Objective: o{at}\n\n{kind}");
        for (number, (fields, rest)) in group.iter().enumerate() {
            let weight = match (at % 4, number) {
                (1, 1) => "- Weight: 3\n",
                (1, 2) | (3, _) => "- Weight: 0\n",
                (2, 0) => "- Weight: 0.50\n",
                _ => "",
            };
            let _ = write!(
                text,
                "\n### Key result: k{number}\n\n{fields}{weight}{rest}"
            );
        }
    }
    text.push_str("\n## Objective: Nothing below it\n\n## Objective: All given up\n");
    for at in 0..2 {
        let _ = write!(
            text,
            "\n### Key result: c{at}\n\n- Baseline: 1 day\n- Target: 3 days\n\n| Date | Value | Status |\n| --- | --- | --- |\n| 2026-11-02 | 2 days | cancelled |\n"
        );
    }
    text
}

/// Takes every seventh, and so on until all are taken.
fn mixed<T>(all: &[T]) -> Vec<&T> {
    (0..7)
        .flat_map(|from| all.iter().skip(from).step_by(7))
        .collect()
}

fn key_result(fields: &str, boxes: &str, history: &[&str], values: [&str; 3]) -> (String, String) {
    let mut rest = boxes.to_owned();
    if !history.is_empty() {
        rest.push_str("\n| Date | Value | Status |\n| --- | --- | --- |\n");
    }
    for row in history {
        let mut row = (*row).to_owned();
        for (at, value) in values.iter().enumerate() {
            row = row.replace(&format!("{{{at}}}"), value);
        }
        let _ = writeln!(rest, "| {row} |");
    }
    (fields.to_owned(), rest)
}

/// What is recalculated is what was stored, and that is what `okr status` says.
fn every_kind() -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    fs::write(folder.join("kinds.md"), plan())?;
    convert(folder, "kinds.md", "kinds.xlsx")?;
    compute(folder, &["kinds"], "")?;
    let (mut faults, formulas) = differences(folder, "kinds")?;
    if formulas < 2000 {
        faults.push(format!("there are {formulas} formulas"));
    }
    for when in ["stored", "computed"] {
        faults.extend(against_status(folder, when, "kinds", DAY)?);
    }
    no_faults(&faults)
}

/// Another day in `As of` is another day of `okr status`.
fn a_later_day() -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    fs::write(folder.join("kinds.md"), plan())?;
    convert(folder, "kinds.md", "kinds.xlsx")?;
    let mut faults = Vec::new();
    for day in ["2026-12-10", "2027-01-05"] {
        let change = fill(&[("Overview", "B9", day)]);
        let _ = fs::remove_dir_all(folder.join("computed"));
        compute(folder, &["kinds"], &change)?;
        faults.extend(against_status(folder, "computed", "kinds", day)?);
    }
    no_faults(&faults)
}

/// What a person changes in the workbook is the same change in the plan: a step, a weight, a guardrail, a value, and a
/// key result that is new.
fn changed() -> Result<(), Failed> {
    const PLAN: &str = "---\nperiod: 2026-Q4\n---\n\n## Objective: o\n\n### Key result: a\n\n- Weight: 1\n- Guardrail: no\n\
        - Baseline: 0\n- Target: 10\n\n| Date | Value |\n| --- | --- |\n| 2026-11-20 | 4 |\n\n### Key result: b\n\n\
        - [ ] Step: one\n- [ ] Step: two (due 2026-11-30)\n\n### Key result: c\n\n- Target: at most 2\n- Guardrail: yes\n\n\
        | Date | Value |\n| --- | --- |\n| 2026-11-20 | 1 |\n";
    let then = PLAN
        .replace("Weight: 1", "Weight: 3")
        .replace("[ ] Step: one", "[x] Step: one")
        .replace("Guardrail: yes", "Guardrail: no")
        .replace("2026-11-20 | 4", "2026-11-20 | 5")
        + "\n### Key result: d\n";
    let folder = scratch()?;
    let folder = folder.path();
    fs::write(folder.join("now.md"), PLAN)?;
    convert(folder, "now.md", "now.xlsx")?;
    compute(folder, &["now"], "")?;
    let mut faults = against_status(folder, "computed", "now", DAY)?;
    let cell =
        |sheet: &str, heading: &str, reference: &str| place(folder, sheet, heading, reference);
    let cells = [
        (cell("Key results", "Weight", "O1-KR1")?, "3"),
        (cell("Key results", "Status", "O1-KR2-I1")?, "done"),
        (cell("Key results", "Guardrail", "O1-KR3")?, "no"),
    ];
    let mut typed: Vec<_> = cells
        .iter()
        .map(|(cell, words)| ("Key results", cell.as_str(), *words))
        .collect();
    typed.push(("Check-in", "I6", "5"));
    // A row that is added counts as nothing done.
    let parent = parent_of_new(folder)?;
    for (cell, words) in [
        ("A9", "O1-KR4"),
        ("B9", "Key result"),
        ("C9", "d"),
        (parent.as_str(), "O1"),
    ] {
        typed.push(("Key results", cell, words));
    }
    fs::remove_dir_all(folder.join("computed"))?;
    compute(folder, &["now"], &fill(&typed))?;
    fs::write(folder.join("now.md"), then)?;
    faults.extend(against_status(folder, "computed", "now", DAY)?);
    no_faults(&faults)
}

/// Returns the name of the cell for the parent of a row below all others.
fn parent_of_new(folder: &Path) -> Result<String, Failed> {
    let last = place(folder, "Key results", "Parent", "O1-KR3")?;
    let letters = last.trim_end_matches(|c: char| c.is_ascii_digit());
    Ok(format!("{letters}9"))
}

/// Returns the name of the cell in the row of that Ref.
fn place(folder: &Path, sheet: &str, heading: &str, reference: &str) -> Result<String, Failed> {
    let text = fs::read_to_string(folder.join("stored/now.fods"))?;
    let sheets: BTreeMap<_, _> = fods::sheets(&text).into_iter().collect();
    let rows = sheets.get(sheet).ok_or("there is such a sheet")?;
    let column = rows[0].iter().position(|cell| cell.text == heading);
    let row = rows.iter().position(|row| row[0].text == reference);
    let (column, row) = column.zip(row).ok_or("there is such a cell")?;
    let letter = char::from(b'A' + u8::try_from(column)?);
    Ok(format!("{letter}{}", row + 1))
}

/// Stands behind the name of what is looked up on the sheet of key results.
const AMONG: &str = " among the key results";

/// Returns where the numbers of a workbook are not those of `okr status --today DAY`.
fn against_status(folder: &Path, when: &str, name: &str, day: &str) -> Result<Vec<String>, Failed> {
    // Steps have no history, so that a past day would leave out what is ticked today.
    let said = okr_on(day, folder, &["status", &format!("{name}.md"), "--json"])?;
    let json: Value = serde_json::from_str(&said.stdout)?;
    let plan = &json["plans"][0];
    let text = fs::read_to_string(folder.join(format!("{when}/{name}.fods")))?;
    let sheets: BTreeMap<_, _> = fods::sheets(&text).into_iter().collect();
    let mut faults = Vec::new();
    let mut checked = 0;
    let mut check = |row: &Row<'_>, of: &Value, place: &str| {
        checked += 1;
        for (heading, key, tolerance) in [
            ("Progress", "percent", 1e-9),
            ("Expected", "expected_percent", 1e-9),
            ("Exact progress", "progress", 1e-6),
            ("Reporting", "reporting", 1e-9),
        ] {
            let Some(cell) = row.cell(heading) else {
                continue;
            };
            // What an objective comes to exactly stands on the overview alone.
            if place.ends_with(AMONG) && heading == "Exact progress" {
                continue;
            }
            let own = cell.value.parse::<f64>().ok();
            let said = match &of[key] {
                Value::Number(number) if key == "reporting" => number.as_f64(),
                Value::Number(number) => number.as_f64().map(|percent| percent / 100.0),
                Value::String(text) if key == "progress" => text.parse().ok(),
                _ => None,
            };
            let is_same = match (own, said) {
                (Some(own), Some(said)) => (own - said).abs() <= tolerance,
                (own, said) => own.is_none() && said.is_none(),
            };
            if !is_same {
                faults.push(format!(
                    "{when} {place}, {heading}: {own:?}, and okr status says {said:?}"
                ));
            }
        }
    };
    let overview = Table::new(&sheets, "Overview", "Ref")?;
    let key_results = Table::new(&sheets, "Key results", "Ref")?;
    check(
        &overview.row("Objective", "All objectives")?,
        plan,
        "the plan",
    );
    check(
        &key_results.row("Ref", "P")?,
        plan,
        &format!("the plan{AMONG}"),
    );
    for objective in plan["objectives"].as_array().into_iter().flatten() {
        let reference = format!("O{}", objective["element"].as_str().unwrap_or_default());
        check(&overview.row("Ref", &reference)?, objective, &reference);
        let inner = format!("{reference}{AMONG}");
        check(&key_results.row("Ref", &reference)?, objective, &inner);
        for one in objective["key_results"].as_array().into_iter().flatten() {
            let element = one["element"].as_str().unwrap_or_default();
            let reference = format!("O{}", element.replace('.', "-KR"));
            check(&key_results.row("Ref", &reference)?, one, &reference);
        }
    }
    if checked < 5 {
        faults.push("there is nothing to hold against each other".to_owned());
    }
    Ok(faults)
}

/// A table with its headings.
struct Table<'s> {
    headings: Vec<&'s str>,
    rows: &'s [Vec<Cell>],
}

struct Row<'s> {
    table: &'s Table<'s>,
    cells: &'s [Cell],
}

impl<'s> Table<'s> {
    fn new(
        sheets: &'s BTreeMap<String, Vec<Vec<Cell>>>,
        name: &str,
        first: &str,
    ) -> Result<Self, Failed> {
        let rows = sheets.get(name).ok_or("there is such a sheet")?;
        let is_header = |row: &Vec<Cell>| row.first().is_some_and(|cell| cell.text == first);
        let header = rows.iter().position(is_header).ok_or("it has headings")?;
        Ok(Self {
            headings: rows[header].iter().map(|cell| cell.text.as_str()).collect(),
            rows: &rows[header + 1..],
        })
    }

    fn row(&'s self, heading: &str, text: &str) -> Result<Row<'s>, Failed> {
        let column = self.headings.iter().position(|other| *other == heading);
        let column = column.ok_or("there is such a column")?;
        let is_it = |row: &&Vec<Cell>| row.get(column).is_some_and(|cell| cell.text == text);
        let cells = self.rows.iter().find(is_it);
        let cells = cells.ok_or_else(|| format!("there is no row of {text}"))?;
        Ok(Row { table: self, cells })
    }
}

impl Row<'_> {
    /// Returns the cell below a heading; nothing where the sheet has no such heading.
    fn cell(&self, heading: &str) -> Option<Cell> {
        let mut headings = self.table.headings.iter();
        let column = headings.position(|other| *other == heading)?;
        Some(self.cells.get(column).cloned().unwrap_or_default())
    }
}
