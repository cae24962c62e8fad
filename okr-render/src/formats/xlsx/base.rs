//! What the plan said when the workbook was written.
//!
//! A workbook comes back after days, and the plan has gone on meanwhile. What was changed in the
//! workbook, what in the plan, and what in both differently can only be told from where both started.
//! So the plan is kept on a sheet that people do not see, as JSON in cells of its first column.

use okr_core::model::Plan;
use rust_xlsxwriter::{Format, Worksheet};

use super::FORMAT;
use super::paper::Paper;
use crate::error::Error;
use crate::format::ReadOptions;
use crate::formats::json;
use crate::sheets::{self, SheetOptions};
use crate::table::{Value, Workbook};

/// The name of the sheet.
const BASE: &str = "okr";

/// Stands above the JSON, for whoever finds the sheet.
const NOTE: &str = "What the plan said when this workbook was written. okr compares with it; please leave it as it is.";

/// The most bytes in a cell, which holds 32,767 characters.
const PIECE: usize = 32_000;

/// Writes what of the plan a workbook carries.
pub(super) fn write(sheet: &mut Worksheet, plan: &Plan) -> Result<(), Error> {
    let json = json::to_line(&FORMAT.carries.reduce(plan))?;
    sheet.set_very_hidden(true);
    let mut paper = Paper::new(sheet, BASE)?;
    let ordinary = Format::new();
    paper.text(0, 0, NOTE, &ordinary)?;
    let mut rest = json.as_str();
    let mut row = 1;
    while !rest.is_empty() {
        let mut end = PIECE.min(rest.len());
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, more) = rest.split_at(end);
        paper.text(row, 0, piece, &ordinary)?;
        (rest, row) = (more, row + 1);
    }
    Ok(())
}

/// Returns what the plan said when the workbook was written; nothing where the workbook does not tell.
pub(crate) fn read(workbook: &Workbook, bytes: &[u8]) -> Option<Plan> {
    workbook.tables.iter().find(|table| table.name == BASE)?;
    let options = SheetOptions {
        sheet: Some(BASE.to_owned()),
        ..SheetOptions::default()
    };
    let hidden = sheets::read(bytes, &options).ok()?;
    let table = hidden.tables.iter().find(|table| table.name == BASE)?;
    let pieces = table
        .rows
        .iter()
        .skip(1)
        .filter_map(|cells| match &cells.first()?.value {
            Value::Text(words) => Some(words.as_str()),
            _ => None,
        });
    let json: String = pieces.collect();
    let imported = (json::FORMAT.read)(json.as_bytes(), &ReadOptions::default()).ok()?;
    Some(imported.plan)
}
