//! Workbooks there and back again.

use std::fmt::Write as _;

use jiff::civil::date;
use okr_core::diagnostic::Location;
use okr_core::model::ElementId;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::{read, write};
use crate::format::{ReadOptions, WriteOptions};

const PLAN: &str = "---\nperiod: 2026-Q4\n---\n\n# Cash\n\n## Objective 1: Get paid\n\n### Key result 1.1: On time\n\n\
     - Baseline: 68%\n- Target: 85%\n\n| Date | Value | Status | Mood |\n| --- | --- | --- | --- |\n| 2026-10-09 | 70% | on track | :) |\n\n\
     ### Key result 1.2: Fast\n\n- Baseline: 9 days\n- Target: 4 days\n";

/// Shows what is said of a workbook, a line each.
fn said(diagnostics: &[okr_core::diagnostic::Diagnostic]) -> String {
    let mut said = String::new();
    for diagnostic in diagnostics {
        let place = match &diagnostic.location {
            Location::Cell(cell) => cell.as_str(),
            _ => "-",
        };
        let _ = writeln!(said, "{place}: {}", diagnostic.message);
    }
    said
}

/// Fills sheets of a workbook by hand, reads it, and shows the check-ins, then what was said.
#[track_caller]
fn check(today: bool, fill: impl FnOnce(&mut Sheets), expected: &str) {
    let mut sheets = Sheets::new();
    fill(&mut sheets);
    let options = ReadOptions {
        today: today.then_some(date(2026, 11, 22)),
    };
    let read = read::plan(&sheets.bytes(), &options).expect("is a workbook");
    let mut actual = String::new();
    for (id, key_result) in read.plan.key_results() {
        let ElementId::KeyResult(objective, number) = id else {
            continue;
        };
        for check_in in &key_result.check_ins {
            let value = check_in.value.as_ref().map(ToString::to_string);
            let parts = [
                Some(format!("{}.{}", objective + 1, number + 1)),
                Some(check_in.date.to_string()),
                value,
                check_in.status.map(|status| status.to_string()),
                check_in.confidence.map(|confidence| confidence.to_string()),
                check_in.note.as_ref().map(|note| note.plain().into_owned()),
            ];
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            actual.push_str(&parts.join(" "));
            actual.push('\n');
        }
    }
    actual.push_str(&said(&read.diagnostics));
    assert_eq!(actual, expected);
}

/// A workbook as another program saves it: the same cells, other styles, no formulas.
struct Sheets {
    workbook: Workbook,
}

impl Sheets {
    fn new() -> Self {
        let mut workbook = Workbook::new();
        let percent = Format::new().set_num_format("0%");
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let rows = |sheet: &mut Worksheet, rows: &[&[&str]]| {
            for (row, cells) in (0..).zip(rows) {
                for (column, words) in (0..).zip(*cells) {
                    sheet.write_string(row, column, *words).expect("fits");
                }
            }
        };
        let sheet = workbook
            .add_worksheet()
            .set_name("Key results")
            .expect("fits");
        rows(
            sheet,
            &[
                &[
                    "Ref", "Type", "Title", "Start", "Target", "Unit", "Current", "Status",
                    "Progress", "Expected", "Trend",
                ],
                &["O1", "Objective", "Get paid"],
                &[
                    "O1-KR1",
                    "Key result",
                    "On time",
                    "",
                    "",
                    "%",
                    "",
                    "on track",
                ],
                &["O1-KR2", "Key result", "Fast", "", "", "days"],
            ],
        );
        for (column, number) in [(3, 0.68), (4, 0.85), (6, 0.7)] {
            sheet
                .write_number_with_format(2, column, number, &percent)
                .expect("fits");
        }
        sheet.write_number(3, 3, 9).expect("fits");
        sheet.write_number(3, 4, 4).expect("fits");
        sheet.write_number(2, 8, 0.1).expect("fits");
        let sheet = workbook.add_worksheet().set_name("Check-in").expect("fits");
        rows(sheet, &[&["Check-in"], &["Date"], &[]]);
        rows_at(
            sheet,
            3,
            &[
                "Ref",
                "Key result",
                "New value",
                "New status",
                "Confidence 0–10",
                "Note",
            ],
        );
        rows_at(sheet, 4, &["O1-KR1", "On time"]);
        rows_at(sheet, 5, &["O1-KR2", "Fast"]);
        let sheet = workbook.add_worksheet().set_name("History").expect("fits");
        rows(
            sheet,
            &[
                &[
                    "Ref",
                    "Key result",
                    "Date",
                    "Value",
                    "Unit",
                    "Status",
                    "Confidence",
                    "Note",
                ],
                &["O1-KR1", "On time", "", "", "%", "on track"],
            ],
        );
        let october = ExcelDateTime::from_ymd(2026, 10, 9).expect("is a day");
        sheet
            .write_datetime_with_format(1, 2, &october, &day)
            .expect("fits");
        sheet
            .write_number_with_format(1, 3, 0.7, &percent)
            .expect("fits");
        Self { workbook }
    }

    fn sheet(&mut self, name: &str) -> &mut Worksheet {
        self.workbook.worksheet_from_name(name).expect("is there")
    }

    fn text(&mut self, sheet: &str, row: u32, column: u16, words: &str) -> &mut Self {
        self.sheet(sheet)
            .write_string(row, column, words)
            .expect("fits");
        self
    }

    fn number(
        &mut self,
        sheet: &str,
        row: u32,
        column: u16,
        number: f64,
        format: &str,
    ) -> &mut Self {
        let format = Format::new().set_num_format(format);
        self.sheet(sheet)
            .write_number_with_format(row, column, number, &format)
            .expect("fits");
        self
    }

    fn bytes(&mut self) -> Vec<u8> {
        self.workbook.save_to_buffer().expect("is written")
    }
}

fn rows_at(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, words) in (0..).zip(cells) {
        sheet.write_string(row, column, *words).expect("fits");
    }
}

const HISTORY: &str = "1.1 2026-10-09 70% on track\n";

#[test]
fn what_is_not_touched_says_nothing_new() {
    check(false, |_| {}, HISTORY);
}

#[test]
fn filled_rows_are_check_ins_of_the_date_above() {
    check(
        false,
        |sheets| {
            sheets
                .number("Check-in", 1, 1, 46346.0, "yyyy-mm-dd")
                .number("Check-in", 4, 2, 0.72, "0%")
                .text("Check-in", 4, 3, "at risk")
                .number("Check-in", 5, 2, 6.5, "General")
                .number("Check-in", 5, 4, 7.0, "0")
                .text("Check-in", 5, 5, "=better");
        },
        "1.1 2026-10-09 70% on track\n1.1 2026-11-20 72% at risk\n1.2 2026-11-20 6.5 days 7 =better\n",
    );
}

#[test]
fn without_a_date_the_day_of_reading_counts() {
    let fill = |sheets: &mut Sheets| {
        sheets.number("Check-in", 4, 2, 0.72, "0%");
    };
    check(
        true,
        fill,
        "1.1 2026-10-09 70% on track\n1.1 2026-11-22 72%\n\
         'Check-in'!B2: no date is filled in, so that 2026-11-22 counts for 1 row\n",
    );
    check(
        false,
        fill,
        "1.1 2026-10-09 70% on track\n\
         'Check-in'!B2: no date is filled in, so that 1 row with new values cannot be read\n",
    );
}

#[test]
fn what_is_filled_in_wrongly_is_told_with_its_cell() {
    check(
        true,
        |sheets| {
            sheets
                .text("Check-in", 1, 1, "soon")
                .text("Check-in", 4, 2, "a lot")
                .number("Check-in", 5, 2, 3.0, "[$$-409]#,##0")
                .text("Check-in", 5, 3, "fine")
                .number("Check-in", 5, 4, 11.0, "0");
        },
        "1.1 2026-10-09 70% on track\n1.1 2026-11-22\n1.2 2026-11-22 3 days\n\
         'Check-in'!B2: `soon` is no date like 2026-12-31\n\
         'Check-in'!C5: `a lot` is no number: it has no number\n\
         'Check-in'!D6: `fine` is no status\n\
         'Check-in'!E6: `11` is no confidence from 0 to 10\n\
         'Check-in'!B2: no date is filled in, so that 2026-11-22 counts for 2 rows\n",
    );
}

#[test]
fn a_value_written_over_the_last_one_is_a_check_in() {
    check(
        true,
        |sheets| {
            sheets
                .number("Key results", 2, 6, 0.75, "0%")
                .text("Key results", 3, 7, "off track");
        },
        "1.1 2026-10-09 70% on track\n1.1 2026-11-22 75%\n1.2 2026-11-22 off track\n\
         'Key results'!G3: `75%` was written here, and is read as a check-in of 2026-11-22\n\
         'Key results'!H4: `off track` was written here, and is read as a check-in of 2026-11-22\n",
    );
    check(
        true,
        |sheets| {
            sheets
                .number("Key results", 2, 6, 0.75, "0%")
                .number("Check-in", 4, 2, 0.72, "0%")
                .text("Check-in", 1, 1, "2026-11-20");
        },
        "1.1 2026-10-09 70% on track\n1.1 2026-11-20 72%\n\
         'Key results'!G3: `75%` is not read, because new values are filled in on the sheet for them\n",
    );
}

#[test]
fn a_percent_without_its_format_is_doubted() {
    check(
        true,
        |sheets| {
            sheets
                .number("Check-in", 4, 2, 0.72, "General")
                .text("Check-in", 1, 1, "2026-11-20");
        },
        "1.1 2026-10-09 70% on track\n1.1 2026-11-20\n\
         'Check-in'!C5: `0.72` may be 0.72% or a part of 1: its cell does not show percents any more\n",
    );
}

#[test]
fn a_row_of_the_history_may_be_added_or_lose_its_key_result() {
    check(
        false,
        |sheets| {
            sheets
                .text("History", 2, 0, "gone")
                .text("History", 2, 1, "Fast")
                .text("History", 2, 2, "2026-10-16")
                .text("History", 2, 3, "8 days")
                .text("History", 3, 0, "O9-KR9")
                .text("History", 3, 2, "2026-10-16")
                .text("History", 4, 0, "O1-KR1")
                .text("History", 4, 3, "5");
        },
        "1.1 2026-10-09 70% on track\n1.2 2026-10-16 8 days\n\
         History!A4: `O9-KR9` names no key result, so that the row is not read\n\
         History!C5: the check-in has no date, so that it is not read\n",
    );
}

#[test]
fn a_hidden_sheet_is_not_lost() {
    check(
        false,
        |sheets| {
            sheets.sheet("History").set_hidden(true);
        },
        HISTORY,
    );
}

#[test]
fn a_workbook_comes_back_without_a_word() {
    let plan = okr_core::parse(PLAN).plan;
    let bytes = write::plan(&plan, &WriteOptions::default()).expect("is written");
    let read = read::plan(&bytes, &ReadOptions::default()).expect("is a workbook");
    assert_eq!(said(&read.diagnostics), "");
    assert_eq!(read.plan, super::FORMAT.carries.reduce(&plan));
}

#[test]
fn a_plain_workbook_comes_back_without_its_check_ins() {
    let plan = okr_core::parse(PLAN).plan;
    let options = WriteOptions {
        plain: true,
        ..WriteOptions::default()
    };
    let bytes = write::plan(&plan, &options).expect("is written");
    let read = read::plan(&bytes, &ReadOptions::default()).expect("is a workbook");
    let carried = super::FORMAT
        .carries
        .without(crate::carries::Part::CheckIns)
        .reduce(&plan);
    assert_eq!(read.plan, carried);
    assert_eq!(
        said(&read.diagnostics),
        "-: Current and Status of key results are not read, because they follow from check-ins\n"
    );
}

#[test]
fn a_text_that_no_cell_holds_is_refused_with_its_place() {
    let plan = okr_core::parse(format!("## Objective: a\n\n{}\n", "x".repeat(40_000))).plan;
    let error = write::plan(&plan, &WriteOptions::default()).expect_err("is too long");
    assert_eq!(
        error.to_string(),
        "cell N3 of the sheet `Key results` would have more than the 32767 characters that a cell holds: \
         shorten the text, or write json, which holds all of it"
    );
}

#[test]
fn what_is_no_workbook_of_ours_is_refused() {
    let refused = |bytes: &[u8]| {
        let error = read::plan(bytes, &ReadOptions::default()).expect_err("is none");
        error.to_string()
    };
    assert_eq!(refused(b"Type,Title\n"), "it is no XLSX workbook");
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .write_string(0, 0, "Notes")
        .expect("fits");
    let bytes = workbook.save_to_buffer().expect("is written");
    assert_eq!(
        refused(&bytes),
        "none of its sheets has the columns Type and Title of a plan"
    );
}
