//! The sheet to fill in: a row for each key result, with cells for its next check-in.

use okr_core::model::{Status, Unit};
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, Format, FormatAlign, ProtectionOptions, Worksheet,
};

use super::book::{Book, Entry};
use super::figures::stored;
use super::key_results::{list, status_rules};
use super::paper::{Outcome, Paper, done, failed, lines, serial};
use super::style::{Look, TEXT, to_the_right};
use super::{CHECK_IN, page};
use crate::dialects::tidy::Column;
use crate::error::Error;
use crate::table::{Value, column_name};

/// The headings; those of cells to fill in are marked as such.
pub(super) const HEADINGS: [(&str, f64); 12] = [
    ("Ref", 11.0),
    ("Key result", 46.0),
    ("Owner", 15.0),
    ("Unit", 10.0),
    ("Last value", 11.0),
    ("Last date", 11.0),
    ("Last status", 12.0),
    ("Expected now", 11.0),
    ("New value", 12.0),
    ("New status", 13.0),
    ("Confidence 0–10", 12.0),
    ("Note", 44.0),
];

const REF: u16 = 0;
const TITLE: u16 = 1;
const OWNER: u16 = 2;
const UNIT: u16 = 3;
pub(super) const LAST_VALUE: u16 = 4;
const LAST_DATE: u16 = 5;
pub(super) const LAST_STATUS: u16 = 6;
const EXPECTED: u16 = 7;
pub(super) const NEW_VALUE: u16 = 8;
pub(super) const NEW_STATUS: u16 = 9;
const CONFIDENCE: u16 = 10;
const NOTE: u16 = 11;

/// The word before the cell with the day, and that cell.
pub(super) const DATE_LABEL: &str = "Date";
const DATE_ROW: u32 = 2;
const DATE_CELL: u16 = 1;

const HEADING_ROW: u32 = 4;
/// The row of the first key result.
pub(super) const FIRST_ROW: u32 = HEADING_ROW + 1;

/// The cell with the day, for formulas.
pub(super) fn date_cell() -> String {
    format!("'{CHECK_IN}'!$B${}", DATE_ROW + 1)
}

/// Returns the formula part that counts the cells of a row that speak of a check-in, made or to come.
pub(super) fn check_ins(row: u32) -> String {
    let cell = |column: u16| format!("${}${}", column_name(usize::from(column)), row + 1);
    format!(
        "COUNTA('{CHECK_IN}'!{},'{CHECK_IN}'!{}:{})",
        cell(LAST_DATE),
        cell(NEW_VALUE),
        cell(NOTE)
    )
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), Error> {
    let mut paper = Paper::new(sheet, CHECK_IN)?;
    top(&mut paper, book)?;
    for (column, (heading, width)) in (0..).zip(HEADINGS) {
        let look = if column >= NEW_VALUE {
            Look::InputHeading
        } else {
            Look::Heading
        };
        let format = match column {
            LAST_VALUE | EXPECTED | NEW_VALUE => to_the_right(look.format()),
            _ => look.format(),
        };
        paper.text(HEADING_ROW, column, heading, &format)?;
        let width = match column {
            LAST_VALUE | EXPECTED | NEW_VALUE => book.width(width),
            _ => width,
        };
        done(paper.sheet.set_column_width(column, width))?;
    }
    done(paper.sheet.set_row_height(HEADING_ROW, 28))?;
    for entry in &book.key_results {
        line(&mut paper, book, entry)?;
    }
    let last = book
        .key_results
        .last()
        .map_or(FIRST_ROW, |entry| entry.form_row);
    rules(&mut paper, last)?;
    status_rules(paper.sheet, FIRST_ROW, last, LAST_STATUS)?;
    status_rules(paper.sheet, FIRST_ROW, last, NEW_STATUS)?;
    done(paper.sheet.autofilter(HEADING_ROW, 0, last, NOTE))?;
    done(paper.sheet.set_freeze_panes(FIRST_ROW, 2))?;
    page::set_up(paper.sheet, &book.plan.display_name(), HEADING_ROW)?;
    paper.sheet.protect_with_options(&protection());
    done(
        paper
            .sheet
            .set_selection(DATE_ROW, DATE_CELL, DATE_ROW, DATE_CELL),
    )
}

/// Returns what may be done on a protected sheet: everything but changing what is not to be filled in.
pub(super) fn protection() -> ProtectionOptions {
    ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        sort: true,
        ..ProtectionOptions::new()
    }
}

fn top(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    let name = book.plan.display_name();
    paper.text(0, 0, &format!("Check-in: {name}"), &Look::Title.format())?;
    done(paper.sheet.set_row_height(0, 24))?;
    let hint = "Fill in the yellow cells, save the workbook and hand it back. Rows that are left empty are passed over.";
    paper.text(1, 0, hint, &Look::Quiet.format())?;
    paper.text(DATE_ROW, 0, DATE_LABEL, &Look::Plain.format().set_bold())?;
    let input = Look::Input
        .format()
        .set_num_format(super::style::DATE)
        .set_align(FormatAlign::Left);
    paper.blank(DATE_ROW, DATE_CELL, &input)?;
    let hint = "← the day for which the new values speak, such as 2026-11-20; when it is left empty, the day of reading counts";
    paper.text(DATE_ROW, 2, hint, &Look::Quiet.format())
}

fn line(paper: &mut Paper<'_>, book: &Book<'_>, entry: &Entry<'_>) -> Result<(), Error> {
    let row = entry.form_row;
    let format = Look::Row.format();
    let text = format.clone().set_num_format(TEXT);
    let wrapped = text.clone().set_text_wrap();
    let figure = to_the_right(format.clone()).set_num_format(&*entry.number_format);
    let title = entry.key_result.title.plain();
    let owner = entry.key_result.owner.as_deref().unwrap_or_default();
    let needed = lines(&title, HEADINGS[1].1).max(lines(owner, HEADINGS[2].1));
    paper.height(row, needed)?;
    paper.text(row, REF, &entry.reference, &text)?;
    paper.text(row, TITLE, &title, &wrapped)?;
    words(
        paper,
        row,
        OWNER,
        entry.key_result.owner.as_deref(),
        &wrapped,
    )?;
    words(paper, row, UNIT, Some(entry.unit.word()), &text)?;
    last_value(paper, entry, &figure, &text)?;
    match entry.last_date.map(|day| (day, serial(day))) {
        Some((day, Some(_))) => {
            paper.date(
                row,
                LAST_DATE,
                day,
                &format.clone().set_align(FormatAlign::Left),
            )?;
        }
        Some((day, None)) => paper.text(row, LAST_DATE, &day.to_string(), &text)?,
        None => paper.blank(row, LAST_DATE, &format)?,
    }
    words(
        paper,
        row,
        LAST_STATUS,
        entry.status.map(Status::word),
        &text,
    )?;
    expected(paper, book, entry, &figure)?;
    inputs(paper, entry)
}

fn words(
    paper: &mut Paper<'_>,
    row: u32,
    column: u16,
    words: Option<&str>,
    format: &Format,
) -> Result<(), Error> {
    match words.filter(|words| !words.is_empty()) {
        Some(words) => paper.text(row, column, words, format),
        None => paper.blank(row, column, format),
    }
}

fn last_value(
    paper: &mut Paper<'_>,
    entry: &Entry<'_>,
    figure: &Format,
    text: &Format,
) -> Result<(), Error> {
    let (row, is_percent) = (entry.form_row, entry.unit == Unit::Percent);
    match &entry.last_value.value {
        Value::Empty => paper.blank(row, LAST_VALUE, figure),
        Value::Number(number) => match stored(*number, is_percent) {
            Some(number) => paper.number(row, LAST_VALUE, number, figure),
            None => paper.text(row, LAST_VALUE, &number.to_string(), text),
        },
        other => paper.text(row, LAST_VALUE, &other.to_string(), text),
    }
}

/// Writes what is expected by now, which the sheet of key results computes.
fn expected(
    paper: &mut Paper<'_>,
    book: &Book<'_>,
    entry: &Entry<'_>,
    format: &Format,
) -> Result<(), Error> {
    let row = entry.form_row;
    let values = book.range(book.columns.expected_value());
    let references = book.range(book.columns.tidy(Column::Ref));
    let found = format!("INDEX({values},MATCH($A{},{references},0))", row + 1);
    let formula = format!("=IFERROR(IF(ISNUMBER({found}),{found},\"\"),\"\")");
    let expected = entry.part.expected;
    let outcome = Outcome::of(entry.sum.expected_value_now(entry.ends, expected));
    paper.formula(row, EXPECTED, &formula, &outcome, format)
}

fn inputs(paper: &mut Paper<'_>, entry: &Entry<'_>) -> Result<(), Error> {
    let row = entry.form_row;
    let input = Look::Input.format();
    let value = to_the_right(input.clone()).set_num_format(&*entry.number_format);
    paper.blank(row, NEW_VALUE, &value)?;
    paper.blank(row, NEW_STATUS, &input)?;
    let centred = input
        .clone()
        .set_num_format("0")
        .set_align(FormatAlign::Left);
    paper.blank(row, CONFIDENCE, &centred)?;
    paper.blank(row, NOTE, &input.set_num_format(TEXT).set_text_wrap())
}

/// What may be filled in, and what is said to whoever fills in something else.
fn rules(paper: &mut Paper<'_>, last: u32) -> Result<(), Error> {
    let said = |rule: DataValidation, title: &str, message: &str| {
        rule.set_error_title(title)
            .and_then(|rule| rule.set_error_message(message))
            .map_err(|error| failed(&error))
    };
    let first_day = serial(jiff::civil::date(2000, 1, 1)).unwrap_or_default();
    let last_day = serial(jiff::civil::date(2199, 12, 31)).unwrap_or_default();
    let day = DataValidation::new().allow_date_formula(DataValidationRule::Between(
        (&*format!("{first_day}")).into(),
        (&*format!("{last_day}")).into(),
    ));
    let day = said(
        day,
        "No date",
        "Write a date, such as 2026-11-20, or leave the cell empty.",
    )?
    .set_input_title("Date of the check-in")
    .and_then(|rule| {
        rule.set_input_message("The day for which the new values speak, such as 2026-11-20.")
    })
    .map_err(|error| failed(&error))?;
    let value =
        DataValidation::new().allow_decimal_number(DataValidationRule::Between(-1.0e15, 1.0e15));
    let value = said(
        value,
        "No number",
        "Write the number alone, in the unit of the row, such as 72% or 1200. Words go into the column Note.",
    )?;
    let statuses: Vec<_> = Status::ALL.into_iter().map(Status::word).collect();
    let status = list(
        &statuses,
        "Choose a status from the list, or leave the cell empty.",
    )?;
    let confidence = DataValidation::new().allow_whole_number(DataValidationRule::Between(0, 10));
    let confidence = said(
        confidence,
        "Not from 0 to 10",
        "Write a whole number from 0, no hope, to 10, certain.",
    )?;
    done(
        paper
            .sheet
            .add_data_validation(DATE_ROW, DATE_CELL, DATE_ROW, DATE_CELL, &day),
    )?;
    for (column, rule) in [
        (NEW_VALUE, &value),
        (NEW_STATUS, &status),
        (CONFIDENCE, &confidence),
    ] {
        done(
            paper
                .sheet
                .add_data_validation(FIRST_ROW, column, last, column, rule),
        )?;
    }
    Ok(())
}
