//! The tables of the specification, as they should be.

use std::fmt::{Display, Write as _};

use okr_core::fields::{Field, HasFields};
use okr_core::model::{
    FiscalYear, KeyResult, Measure, Objective, Period, PeriodError, Plan, Quantity, Target,
    YearLabel,
};

/// Returns a table as it is to stand in a document, or nothing when no table is called `name`.
///
/// `there` is the table as it stands; where the first column says what is computed, it is kept.
pub(super) fn table(name: &str, there: &str) -> Option<String> {
    Some(match name {
        "fields of the plan" => table_of_fields::<Plan>(),
        "fields of an objective" => table_of_fields::<Objective>(),
        "fields of a key result" => table_of_fields::<KeyResult>(),
        "kept fields of the plan" => table_of_kept_fields::<Plan>(),
        "kept fields of a key result" => table_of_kept_fields::<KeyResult>(),
        "quantities" => completed(there, |written| vec![shown(Quantity::parse(written))]),
        "targets" => completed(there, target_cells),
        "periods" => completed(there, |written| {
            period_cells(written, FiscalYear::default())
        }),
        "periods of a year from April" => {
            let fiscal = FiscalYear::new(4, YearLabel::End)?;
            completed(there, |written| period_cells(written, fiscal))
        }
        _ => return None,
    })
}

fn table_of_fields<E: HasFields>() -> String {
    let mut table =
        "\n| Field | Also read as | What may stand in it |\n| --- | --- | --- |\n".to_owned();
    for Field {
        name,
        aliases,
        expects,
        ..
    } in E::FIELDS
    {
        let aliases: Vec<String> = aliases.iter().map(|alias| format!("`{alias}`")).collect();
        let aliases = aliases.join(", ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| `{name}` | {aliases} | {} |",
            expects.replace('|', "\\|")
        );
    }
    table.push('\n');
    table
}

fn table_of_kept_fields<E: HasFields>() -> String {
    let mut table = "\n| Field | What may stand in it |\n| --- | --- |\n".to_owned();
    for kept in E::KEPT {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| `{}` | {} |", kept.name, kept.expects);
    }
    table.push('\n');
    table
}

/// Returns the table with the cells behind the first one of each row computed from that one.
fn completed(table: &str, cells: impl Fn(&str) -> Vec<String>) -> String {
    let mut out = String::new();
    for line in table.split_inclusive('\n') {
        let written = line
            .strip_prefix("| `")
            .and_then(|rest| rest.split('`').next());
        match written {
            Some(written) => {
                // Writing to a string cannot fail.
                let _ = writeln!(out, "| `{written}` | {} |", cells(written).join(" | "));
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Returns a value as code, or why there is none.
fn shown(read: Result<impl Display, impl Display>) -> String {
    match read {
        Ok(value) => format!("`{value}`"),
        Err(error) => format!("not read: {error}"),
    }
}

fn target_cells(written: &str) -> Vec<String> {
    let target = Target::parse(written);
    let start = Quantity::parse("80").ok();
    let measure = Measure {
        start,
        target: target.clone().ok(),
        ..Measure::default()
    };
    vec![
        shown(target),
        measure
            .direction()
            .map_or_else(String::new, |direction| direction.to_string()),
        measure
            .target_value()
            .map_or_else(String::new, |value| value.to_string()),
    ]
}

fn period_cells(written: &str, fiscal: FiscalYear) -> Vec<String> {
    match Period::parse(written, fiscal) {
        Ok(period) => vec![
            shown(Ok::<_, PeriodError>(period)),
            period.start().to_string(),
            period.end().to_string(),
            period.middle().to_string(),
            period
                .previous()
                .map_or_else(String::new, |period| period.to_string()),
            period
                .next()
                .map_or_else(String::new, |period| period.to_string()),
        ],
        Err(error) => vec![format!("not read: {error}")],
    }
}
