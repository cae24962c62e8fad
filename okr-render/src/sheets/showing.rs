//! Shows workbooks as text, for tests.

use crate::table::{Cell, Formula, NumberFormat, Range, Value, Visibility, Workbook, address};

/// Returns what a workbook holds: a line for each sheet, for what is merged or hidden in it, for each
/// cell that is not empty, and for what was not touched.
pub(crate) fn show(workbook: &Workbook) -> String {
    let mut lines = Vec::new();
    for table in &workbook.tables {
        let visibility = match table.visibility {
            Visibility::Visible => "",
            Visibility::Hidden => " (hidden)",
            Visibility::VeryHidden => " (very hidden)",
        };
        lines.push(format!("# {}{visibility}", table.name));
        if !table.merges.is_empty() {
            let ranges: Vec<_> = table.merges.iter().map(range).collect();
            lines.push(format!("merged: {}", ranges.join(" ")));
        }
        if !table.hidden_rows.is_empty() {
            let rows = table.hidden_rows.iter().map(|row| (row + 1).to_string());
            lines.push(format!(
                "hidden rows: {}",
                rows.collect::<Vec<_>>().join(" ")
            ));
        }
        if !table.hidden_columns.is_empty() {
            let columns = table.hidden_columns.iter().map(|column| {
                let name = address(*column, 0);
                name.trim_end_matches('1').to_owned()
            });
            lines.push(format!(
                "hidden columns: {}",
                columns.collect::<Vec<_>>().join(" ")
            ));
        }
        for (row, cells) in table.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                if *cell != Cell::EMPTY {
                    lines.push(format!("{}: {}", address(column, row), shown(cell)));
                }
            }
        }
    }
    if !workbook.untouched.is_empty() {
        lines.push(format!("untouched: {}", workbook.untouched.join(", ")));
    }
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

fn range(range: &Range) -> String {
    let first = address(range.first_column, range.first_row);
    let last = address(range.last_column, range.last_row);
    format!("{first}:{last}")
}

fn shown(cell: &Cell) -> String {
    let value = match &cell.value {
        Value::Empty => "nothing".to_owned(),
        Value::Text(words) => format!("{words:?}"),
        Value::Error(words) => format!("error {words}"),
        other => other.to_string(),
    };
    let format = match &cell.format {
        NumberFormat::General => String::new(),
        NumberFormat::Percent => " as percent".to_owned(),
        NumberFormat::PercentPoints => " as points".to_owned(),
        NumberFormat::Currency(code) => format!(" in {code}"),
        NumberFormat::Suffix(word) => format!(" with {word:?}"),
        NumberFormat::Text => " as text".to_owned(),
    };
    let formula = match cell.formula {
        Formula::None => "",
        Formula::Saved => " from a formula",
        Formula::Unsaved => " from a formula that was not worked out",
    };
    format!("{value}{format}{formula}")
}
