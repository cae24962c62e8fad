//! Ledgers in workbooks: the same rows as in the text beside the README, behind a sheet of another year.

use std::fmt::Write as _;
use std::io::{self, Cursor};

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A ledger of another year, with fewer columns.
const OTHER: &str =
    "Invoice,Invoice date,Due date,Amount,Currency\nB1,2025-09-01,2025-10-01,77,EUR\n";

/// What a cell of a ledger is.
enum Cell<'t> {
    Day(Date),
    Number(f64),
    Words(&'t str),
}

fn cell(text: &str) -> Cell<'_> {
    if let Ok(day) = text.parse() {
        return Cell::Day(day);
    }
    text.parse().map_or(Cell::Words(text), Cell::Number)
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().map(|line| line.split(',').collect())
}

/// Returns an XLSX file with days and numbers, in sheets of these names.
fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let of_day = Format::new().set_num_format("dd.mm.yyyy");
    for (name, text) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(rows(text)) {
            for (column, text) in (0..).zip(cells) {
                match cell(text) {
                    Cell::Day(day) => {
                        let (year, month, day) = (day.year(), day.month(), day.day());
                        let day = ExcelDateTime::from_ymd(
                            year.unsigned_abs(),
                            month.unsigned_abs(),
                            day.unsigned_abs(),
                        );
                        sheet
                            .write_with_format(row, column, day.unwrap(), &of_day)
                            .unwrap();
                    }
                    Cell::Number(number) => {
                        sheet.write(row, column, number).unwrap();
                    }
                    Cell::Words("") => {}
                    Cell::Words(words) => {
                        sheet.write(row, column, words).unwrap();
                    }
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Returns an ODS file of the same.
fn ods(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut tables = String::new();
    for (name, text) in sheets {
        let _ = write!(tables, "<table:table table:name=\"{name}\">");
        for cells in rows(text) {
            tables.push_str("<table:table-row>");
            for text in cells {
                let cell = match cell(text) {
                    Cell::Day(day) => format!(
                        "<table:table-cell office:value-type=\"date\" office:date-value=\"{day}\"/>"
                    ),
                    Cell::Number(_) => format!(
                        "<table:table-cell office:value-type=\"float\" office:value=\"{text}\"/>"
                    ),
                    Cell::Words("") => "<table:table-cell/>".to_owned(),
                    Cell::Words(words) => format!(
                        "<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>"
                    ),
                };
                tables.push_str(&cell);
            }
            tables.push_str("</table:table-row>");
        }
        tables.push_str("</table:table>");
    }
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text) in [("mimetype", kind), ("content.xml", &content)] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_comes_to_what_its_text_does() {
    let sheets = [("2025", OTHER), ("2026", small())];
    for book in [xlsx(&sheets), ods(&sheets)] {
        for (name, expected) in BY_HAND {
            let options = options(name);
            let measured = measure(&book, None, &options).unwrap();
            assert_eq!(shown(&measured, &options), *expected, "{name}");
            assert_eq!(measured.sheet.as_deref(), Some("2026"), "{name}");
            assert_eq!(measured.rows, 12, "{name}");
        }
    }
}

#[test]
fn a_sheet_may_be_named() {
    let sheets = [("2025", OTHER), ("2026", small())];
    for book in [xlsx(&sheets), ods(&sheets)] {
        let of = |sheet: &str| {
            let options = LedgerOptions {
                sheet: Some(sheet.to_owned()),
                ..options("overdue")
            };
            match measure(&book, None, &options) {
                Ok(measured) => shown(&measured, &options),
                Err(error) => error.to_string(),
            }
        };
        assert_eq!(of("2025"), "EUR 77");
        assert_eq!(of("2026"), "EUR 1350.5");
        assert_eq!(
            of("2027"),
            "it has no sheet `2027`; its sheets are `2025`, `2026`"
        );
    }
}
