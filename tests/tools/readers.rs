//! Workbooks, as two programs read them that know nothing of each other, nor of okr.
#![expect(
    clippy::disallowed_methods,
    reason = "workbooks are files in a temporary folder"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::process;
use crate::sample::SAMPLES;
use crate::tool::{self, Tool};
use crate::{Check, found, no_faults, scratch};

const BOTH: &[Tool] = &[Tool::Node, Tool::Openpyxl, Tool::SheetJs];

/// Returns the checks.
pub(crate) fn checks() -> Vec<Check> {
    vec![
        Check::new("readers::see_the_same", BOTH, see_the_same),
        Check::new("readers::sees_faults", BOTH, sees_faults),
    ]
}

/// Both open every workbook without a complaint, and find the same cells and as many formulas in it.
fn see_the_same() -> Result<(), Failed> {
    let folder = scratch()?;
    let folder = folder.path();
    let mut faults = Vec::new();
    let mut formulas = 0;
    for sample in SAMPLES {
        sample.render(folder, "xlsx")?;
        let path = folder.join(format!("{}.xlsx", sample.name));
        let (first, second) = (openpyxl(&path)?, sheet_js(&path)?);
        let name = sample.name;
        if first["complaints"] != serde_json::json!([]) {
            faults.push(format!("{name}: {}", first["complaints"]));
        }
        if first["formulas"] != second["formulas"] {
            faults.push(format!(
                "{name}: {} formulas, or {}",
                first["formulas"], second["formulas"]
            ));
        }
        formulas += first["formulas"].as_u64().unwrap_or(0);
        let sheets = first["sheets"].as_object().ok_or("no sheets")?;
        let others = second["sheets"].as_object().ok_or("no sheets")?;
        if sheets.keys().ne(others.keys()) {
            faults.push(format!("{name}: other sheets"));
        }
        for (sheet, cells) in sheets {
            faults.extend(differences(name, sheet, cells, &others[sheet]));
        }
        // The sheets that are no place to write in, and the lists to choose from.
        let is_guarded = first["protected"]
            .as_array()
            .is_some_and(|sheets| sheets.iter().any(|sheet| sheet == "Overview"));
        if !is_guarded || first["choices"] == 0 {
            faults.push(format!("{name}: nothing is guarded, or nothing to choose"));
        }
    }
    if formulas < 500 {
        faults.push(format!("there are {formulas} formulas"));
    }
    no_faults(&faults)
}

/// A workbook of which a part is missing would be refused.
fn sees_faults() -> Result<(), Failed> {
    let folder = scratch()?;
    let sample = SAMPLES.first().ok_or("there is a plan")?;
    sample.render(folder.path(), "xlsx")?;
    let path = folder.path().join(format!("{}.xlsx", sample.name));
    let bytes = fs::read(&path)?;
    fs::write(&path, &bytes[..bytes.len() / 2])?;
    if openpyxl(&path).is_ok() || sheet_js(&path).is_ok() {
        return Err("half a workbook was read without a complaint".into());
    }
    Ok(())
}

/// Returns where two programs see different values; numbers are the same as far as they are stored.
fn differences(name: &str, sheet: &str, cells: &Value, others: &Value) -> Vec<String> {
    let (Some(cells), Some(others)) = (cells.as_object(), others.as_object()) else {
        return vec![format!("{name}, {sheet}: no cells")];
    };
    let is_same = |one: &Value, other: &Value| match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-12 * one.abs().max(1.0),
        _ => one == other,
    };
    let places = cells
        .keys()
        .chain(others.keys().filter(|place| !cells.contains_key(*place)));
    let different = places.filter_map(|place| {
        let (one, other) = (
            cells.get(place).unwrap_or(&Value::Null),
            others.get(place).unwrap_or(&Value::Null),
        );
        (!is_same(one, other)).then(|| format!("{name}, {sheet} {place}: {one}, or {other}"))
    });
    different.take(5).collect()
}

fn openpyxl(path: &Path) -> Result<Value, Failed> {
    let script = tool::folder().join("readers.py");
    read(Command::new(found(Tool::Openpyxl)?).arg(script).arg(path))
}

fn sheet_js(path: &Path) -> Result<Value, Failed> {
    let script = tool::folder().join("readers.mjs");
    read(Command::new(found(Tool::Node)?).arg(script).arg(path))
}

/// Returns what a program found; an error where it refuses the file.
fn read(command: &mut Command) -> Result<Value, Failed> {
    let output = process::run(command)?;
    if !output.status.success() {
        return Err(format!("{}{}", output.stdout, output.stderr).into());
    }
    Ok(serde_json::from_str(&output.stdout)?)
}
