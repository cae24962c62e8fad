//! One sheet without ornament, for programs that take no more.

use okr_core::model::{Plan, Unit};
use rust_xlsxwriter::{Format, Worksheet};

use super::PLAIN;
use super::book::kind;
use super::figures::{decimals, number_format, stored};
use super::paper::Paper;
use super::style::{DATE, TEXT};
use crate::dialects::tidy::{self, Column, Kind};
use crate::error::Error;
use crate::table::{Cell, Value};

/// Writes the tidy table, typed, with headings in the first row.
pub(super) fn write(sheet: &mut Worksheet, plan: &Plan) -> Result<(), Error> {
    let mut paper = Paper::new(sheet, PLAIN)?;
    let (general, text) = (Format::new(), Format::new().set_num_format(TEXT));
    let date = Format::new().set_num_format(DATE);
    for (row, cells) in (0..).zip(&tidy::write(plan).rows) {
        let is_key_result = kind(cells) == Some(Kind::KeyResult);
        let unit = cells
            .get(Column::Unit as usize)
            .filter(|_| is_key_result)
            .and_then(|cell| Unit::parse(&cell.to_text()))
            .unwrap_or(Unit::None);
        let is_percent = unit == Unit::Percent;
        for (column, cell) in (0..).zip(cells) {
            match &cell.value {
                Value::Empty => {}
                Value::Number(number) => match stored(*number, is_percent) {
                    Some(stored) if is_percent => {
                        let format =
                            Format::new().set_num_format(number_format(&unit, decimals(*number)));
                        paper.number(row, column, stored, &format)?;
                    }
                    Some(stored) => paper.number(row, column, stored, &general)?,
                    None => paper.text(row, column, &exact(cell, is_percent), &text)?,
                },
                Value::Date(day) => paper.date(row, column, *day, &date)?,
                words if row == 0 => paper.text(row, column, &words.to_string(), &general)?,
                words => paper.text(row, column, &words.to_string(), &text)?,
            }
        }
    }
    Ok(())
}

fn exact(cell: &Cell, is_percent: bool) -> String {
    let sign = if is_percent { "%" } else { "" };
    format!("{}{sign}", cell.to_text())
}
