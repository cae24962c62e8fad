//! Workbooks, as LibreOffice takes them, computes them and gives them back.
#![expect(
    clippy::disallowed_methods,
    reason = "workbooks are files in a temporary folder"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Failed;

use crate::fods;
use crate::libreoffice;
use crate::sample::{SAMPLES, convert};
use crate::spreadsheet::{first_difference, office};
use crate::tool::Tool;
use crate::{Check, no_faults, scratch};

const SHEET: &[Tool] = &[Tool::LibreOffice];

/// The plan with check-ins, whose workbook a person fills in.
const FOLLOWED: &str = "check-ins";

/// Returns the checks of the workbooks of all plans; the spreadsheet takes them in one go.
pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("workbook::saved_again", SHEET, || {
            plans_come_back(&["xlsx"])
        }),
        Check::new("workbook::by_way_of_ods", SHEET, || {
            plans_come_back(&["ods", "xlsx"])
        }),
        Check::new("workbook::formulas_come_to_what_is_stored", SHEET, formulas),
        Check::new("workbook::sees_faults", SHEET, sees_faults),
        Check::new("workbook::what_is_filled_in_comes_back", SHEET, filled_in),
    ]
}

/// The plan is the same, whether it is read from okr's own workbook or from what became of it.
fn plans_come_back(steps: &[&str]) -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    for sample in SAMPLES {
        sample.render(folder, "xlsx")?;
    }
    let mut from = folder.to_owned();
    let mut extension = "xlsx";
    for step in steps {
        office(&from, "", "", step, extension, "next")?;
        from.push("next");
        extension = step;
    }
    let mut faults = Vec::new();
    for sample in SAMPLES {
        let name = sample.name;
        let saved = from.join(format!("{name}.xlsx"));
        let (ours, theirs) = (format!("{name}.ours.md"), format!("{name}.theirs.md"));
        let said = convert(folder, &format!("{name}.xlsx"), &ours)?.stderr;
        let said_then = convert(folder, &saved.display().to_string(), &theirs)?.stderr;
        let ours = fs::read_to_string(folder.join(ours))?;
        let theirs = fs::read_to_string(folder.join(theirs))?;
        if ours != theirs {
            let lines = first_difference(&ours, &theirs);
            faults.push(format!("{name}: {lines}\nfirst: {said}then: {said_then}"));
        }
    }
    no_faults(&faults)
}

/// Every formula comes to the result that okr stored with it.
fn formulas() -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    for sample in SAMPLES {
        sample.render(folder, "xlsx")?;
    }
    let mut faults = Vec::new();
    let mut count = 0;
    let names: Vec<_> = SAMPLES.iter().map(|sample| sample.name).collect();
    compute(folder, &names, "")?;
    for name in names {
        let (found, formulas) = differences(folder, name)?;
        faults.extend(found);
        count += formulas;
    }
    if count < 500 {
        faults.push(format!("there are {count} formulas"));
    }
    no_faults(&faults)
}

/// A number that is changed after the results were stored would be seen.
fn sees_faults() -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    let sample = SAMPLES.iter().find(|sample| sample.name == FOLLOWED);
    sample
        .ok_or("there is such a plan")?
        .render(folder, "xlsx")?;
    let change = fill(&[("Check-in", "I6", "80%")]);
    compute(folder, &[FOLLOWED], &change)?;
    let (found, _) = differences(folder, FOLLOWED)?;
    // The current value, its progress as it is and as it is shown, and what it counts for; the same of the objective
    // and the plan, and what of them stands among the key results.
    if (10..=14).contains(&found.len()) {
        Ok(())
    } else {
        Err(format!("a value changes, and this was seen: {found:#?}").into())
    }
}

/// What a person types into the sheet to fill in becomes exactly those check-ins.
fn filled_in() -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    let sample = SAMPLES.iter().find(|sample| sample.name == FOLLOWED);
    sample
        .ok_or("there is such a plan")?
        .render(folder, "xlsx")?;
    let typed = fill(&[
        ("Check-in", "B3", "2026-11-27"),
        ("Check-in", "I6", "80.5%"),
        ("Check-in", "J6", "on track"),
        ("Check-in", "K6", "8"),
        ("Check-in", "L6", "Both pay, and one more"),
        ("Check-in", "I7", "47"),
    ]);
    compute(folder, &[FOLLOWED], &typed)?;
    convert(folder, "check-ins.xlsx", "before.md")?;
    convert(folder, "computed/check-ins.xlsx", "after.md")?;
    let before = fs::read_to_string(folder.join("before.md"))?;
    let after = fs::read_to_string(folder.join("after.md"))?;
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    // Columns of a table may become wider, so that only the words of its lines count.
    let known: Vec<_> = before.lines().map(words).collect();
    let is_line = |line: &String| !line.starts_with("| -");
    let added: Vec<_> = after
        .lines()
        .map(words)
        .filter(|line| !known.contains(line) && is_line(line))
        .collect();
    let expected = [
        "| 2026-11-27 | 80.5% | on track | 8 | Both pay, and one more |",
        "| 2026-11-27 | 47 days | | | |",
    ];
    if added == expected && after.lines().count() == before.lines().count() + 2 {
        Ok(())
    } else {
        Err(format!("these lines are new: {added:#?}").into())
    }
}

/// Returns the commands that type words into cells, as a person does.
pub(crate) fn fill(cells: &[(&str, &str, &str)]) -> String {
    cells.iter().fold(String::new(), |mut text, (sheet, cell, words)| {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "doc.Sheets.getByName(\"{sheet}\").getCellRangeByName(\"{cell}\").FormulaLocal = \"{words}\""
        );
        text
    })
}

/// Has the spreadsheet store the workbooks of those names as it reads them (`stored/`), and, when
/// `change` was done to them and everything was computed anew, once more (`computed/`).
pub(crate) fn compute(folder: &Path, names: &[&str], change: &str) -> Result<(), Failed> {
    let profile = scratch()?;
    fs::create_dir(folder.join("computed"))?;
    let written = |folder: &str| -> Vec<PathBuf> {
        let file = |name: &&str| Path::new(folder).join(format!("{name}.fods"));
        names.iter().map(file).collect()
    };
    let mut arguments = ["--convert-to", "fods", "--outdir", "stored"]
        .map(str::to_owned)
        .to_vec();
    arguments.extend(names.iter().map(|name| format!("{name}.xlsx")));
    libreoffice::run(profile.path(), folder, &arguments, &written("stored"))?;
    // The first run has laid out a place for macros, with one module in it.
    let module = profile.path().join("user/basic/Standard/Module1.xba");
    fs::write(module, basic(folder, names, change))?;
    let arguments = ["macro:///Standard.Module1.Main".to_owned()];
    libreoffice::run(profile.path(), folder, &arguments, &written("computed"))
}

/// Returns the macro that opens each workbook, changes it, computes it and stores it twice.
fn basic(folder: &Path, names: &[&str], change: &str) -> String {
    let folder = folder.display();
    let names: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let code = format!(
        "Sub Main\n\
         Dim hidden(0) As New com.sun.star.beans.PropertyValue\n\
         hidden(0).Name = \"Hidden\"\n\
         hidden(0).Value = True\n\
         Dim filter(0) As New com.sun.star.beans.PropertyValue\n\
         filter(0).Name = \"FilterName\"\n\
         For Each name In Array({names})\n\
         doc = StarDesktop.loadComponentFromURL(\"file://{folder}/\" & name & \".xlsx\", \"_blank\", 0, hidden())\n\
         {change}\
         doc.calculateAll()\n\
         filter(0).Value = \"OpenDocument Spreadsheet Flat XML\"\n\
         doc.storeToURL(\"file://{folder}/computed/\" & name & \".fods\", filter())\n\
         filter(0).Value = \"Calc MS Excel 2007 XML\"\n\
         doc.storeToURL(\"file://{folder}/computed/\" & name & \".xlsx\", filter())\n\
         doc.close(True)\n\
         Next\n\
         End Sub\n",
        names = names.join(", "),
    );
    let code = code
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE script:module PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n\
         <script:module xmlns:script=\"http://openoffice.org/2000/script\" script:name=\"Module1\" script:language=\"StarBasic\">\n\
         {code}</script:module>\n"
    )
}

/// Returns the formulas that come to something else than what was stored, and how many formulas there are.
pub(crate) fn differences(folder: &Path, name: &str) -> Result<(Vec<String>, usize), Failed> {
    let read = |when: &str| -> Result<_, Failed> {
        let text = fs::read_to_string(folder.join(format!("{when}/{name}.fods")))?;
        Ok(fods::sheets(&text))
    };
    let (stored, computed) = (read("stored")?, read("computed")?);
    let mut found = Vec::new();
    let mut count = 0;
    for ((sheet, stored), (_, computed)) in stored.iter().zip(&computed) {
        if stored.len() != computed.len() {
            found.push(format!("{name}, {sheet}: has other rows"));
        }
        for (row, (stored, computed)) in (1..).zip(stored.iter().zip(computed)) {
            for (column, (ours, theirs)) in (1..).zip(stored.iter().zip(computed)) {
                if !ours.is_formula {
                    continue;
                }
                count += 1;
                let number = |cell: &fods::Cell| cell.value.parse::<f64>().ok();
                let is_same = match (number(ours), number(theirs)) {
                    (Some(ours), Some(theirs)) => (ours - theirs).abs() < 1e-9,
                    (None, None) => ours.value == theirs.value && ours.text == theirs.text,
                    _ => false,
                };
                if !is_same {
                    found.push(format!(
                        "{name}, {sheet}, row {row}, column {column}: {:?} {:?} became {:?} {:?}",
                        ours.value, ours.text, theirs.value, theirs.text
                    ));
                }
            }
        }
    }
    Ok((found, count))
}
