//! The sheet of all check-ins, a row each.

use okr_core::model::{CheckIn, Quantity, Status, Unit};
use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign, Worksheet};

use super::book::{Book, Entry};
use super::figures::{decimals, number_format, stored};
use super::key_results::status_rules;
use super::paper::{Paper, done, lines};
use super::style::{Look, TEXT, rule_below, to_the_right};
use super::{HISTORY, page};
use crate::error::Error;

/// The headings that the sheet always has; those of fields stand behind them.
pub(super) const HEADINGS: [&str; 8] = [
    "Ref",
    "Key result",
    "Date",
    "Value",
    "Unit",
    "Status",
    "Confidence",
    "Note",
];

const WIDTHS: [f64; 8] = [11.0, 46.0, 11.0, 12.0, 10.0, 12.0, 12.0, 60.0];
const FIELD_WIDTH: f64 = 18.0;

const REF: u16 = 0;
const KEY_RESULT: u16 = 1;
pub(super) const DATE: u16 = 2;
pub(super) const VALUE: u16 = 3;
const UNIT: u16 = 4;
const STATUS: u16 = 5;
const CONFIDENCE: u16 = 6;
const NOTE: u16 = 7;
const FIRST_FIELD: u16 = 8;

/// The row of the first check-in, below the headings.
pub(super) const FIRST_ROW: u32 = 1;

/// Stands before the name of a field that is also the name of a column.
const FIELD: &str = "Field: ";

/// Returns the heading over the values of a field.
pub(super) fn heading_of(field: &str) -> String {
    let is_taken = |name: &str| {
        HEADINGS
            .iter()
            .any(|heading| heading.eq_ignore_ascii_case(name))
    };
    if field.trim().is_empty() || is_taken(field.trim()) || field.starts_with(FIELD) {
        format!("{FIELD}{field}")
    } else {
        field.to_owned()
    }
}

/// Returns the name of the field whose values stand under a heading.
pub(super) fn field_of(heading: &str) -> &str {
    heading.strip_prefix(FIELD).unwrap_or(heading)
}

/// The formats of the cells, made once: there may be many rows.
struct Formats {
    text: Format,
    words: Format,
    date: Format,
    general: Format,
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), Error> {
    let mut paper = Paper::new(sheet, HISTORY)?;
    let heading = Look::Heading.format();
    let right = to_the_right(heading.clone());
    let names = book.check_in_fields.iter().map(|name| heading_of(name));
    let headings = HEADINGS.iter().map(|name| (*name).to_owned()).chain(names);
    for (column, name) in (0..).zip(headings) {
        let format = if column == VALUE { &right } else { &heading };
        paper.text(0, column, &name, format)?;
        let width = *WIDTHS.get(usize::from(column)).unwrap_or(&FIELD_WIDTH);
        let width = if column == VALUE {
            book.width(width)
        } else {
            width
        };
        done(paper.sheet.set_column_width(column, width))?;
    }
    done(paper.sheet.set_row_height(0, 20))?;
    let row = Look::Plain.format();
    let formats = Formats {
        text: row.clone().set_num_format(TEXT),
        words: row.clone().set_num_format(TEXT).set_text_wrap(),
        date: row
            .clone()
            .set_num_format(super::style::DATE)
            .set_align(FormatAlign::Left),
        general: row.clone().set_align(FormatAlign::Left),
    };
    let own = [
        (REF, &formats.text),
        (KEY_RESULT, &formats.words),
        (DATE, &formats.date),
        (UNIT, &formats.text),
        (STATUS, &formats.text),
        (CONFIDENCE, &formats.general),
        (NOTE, &formats.words),
    ];
    let of_fields = (FIRST_FIELD..).zip(&book.check_in_fields);
    let of_fields = of_fields.map(|(column, _)| (column, &formats.words));
    for (column, format) in own.into_iter().chain(of_fields) {
        done(paper.sheet.set_column_format(column, format))?;
    }
    let mut last = 0;
    for entry in &book.key_results {
        let title = entry.key_result.title.plain();
        let values = entry
            .key_result
            .check_ins
            .iter()
            .filter_map(|check_in| check_in.value.as_ref());
        // The numbers of one key result are shown with the same decimals, so that they stand under each other.
        let places = values
            .map(|value| decimals(value.value))
            .max()
            .unwrap_or_default();
        let mut formats_of_values: Vec<(Unit, Format)> = Vec::new();
        for (row, check_in) in entry.history.clone().zip(&entry.key_result.check_ins) {
            let note = check_in
                .note
                .as_ref()
                .map(|note| note.plain())
                .unwrap_or_default();
            let lines = lines(&title, WIDTHS[1]).max(lines(&note, WIDTHS[7]));
            if lines > 1 {
                paper.height(row, lines)?;
            }
            paper.text_of_column(row, REF, &entry.reference)?;
            paper.text_of_column(row, KEY_RESULT, &title)?;
            line(&mut paper, row, check_in, &formats)?;
            if let Some(value) = &check_in.value {
                let known = formats_of_values
                    .iter()
                    .position(|(unit, _)| *unit == value.unit);
                let at = known.unwrap_or_else(|| {
                    let format = to_the_right(Look::Plain.format())
                        .set_num_format(number_format(&value.unit, places));
                    formats_of_values.push((value.unit.clone(), format));
                    formats_of_values.len() - 1
                });
                self::value(&mut paper, row, value, &formats_of_values[at].1, &formats)?;
            }
            fields(&mut paper, row, check_in, book)?;
            last = row;
        }
    }
    let right = HEADINGS.len() + book.check_in_fields.len() - 1;
    let right = u16::try_from(right).unwrap_or(u16::MAX);
    done(paper.sheet.autofilter(0, 0, last, right))?;
    done(paper.sheet.set_freeze_panes(1, 0))?;
    status_rules(paper.sheet, FIRST_ROW, last.max(FIRST_ROW), STATUS)?;
    // One rule draws the lines, as most cells of a long history are empty and would have to be written for them.
    let lines = ConditionalFormatFormula::new()
        .set_rule("=TRUE")
        .set_format(rule_below(Format::new()));
    done(
        paper
            .sheet
            .add_conditional_format(FIRST_ROW, 0, last.max(FIRST_ROW), right, &lines),
    )?;
    page::set_up(paper.sheet, &book.plan.display_name(), 0)
}

fn line(
    paper: &mut Paper<'_>,
    row: u32,
    check_in: &CheckIn,
    formats: &Formats,
) -> Result<(), Error> {
    match super::paper::serial(check_in.date) {
        Some(serial) => paper.number_of_column(row, DATE, serial)?,
        None => paper.date(row, DATE, check_in.date, &formats.text)?,
    }
    if let Some(status) = check_in.status {
        paper.text_of_column(row, STATUS, Status::word(status))?;
    }
    if let Some(confidence) = check_in.confidence {
        paper.number_of_column(row, CONFIDENCE, f64::from(confidence))?;
    }
    let note = check_in.note.as_ref().map(|note| note.plain());
    if let Some(note) = note.filter(|note| !note.is_empty()) {
        paper.text_of_column(row, NOTE, &note)?;
    }
    Ok(())
}

fn value(
    paper: &mut Paper<'_>,
    row: u32,
    value: &Quantity,
    format: &Format,
    formats: &Formats,
) -> Result<(), Error> {
    let is_percent = value.unit == Unit::Percent;
    if let Some(number) = stored(value.value, is_percent) {
        paper.number(row, VALUE, number, format)?;
    } else {
        let sign = if is_percent { "%" } else { "" };
        let exact = format!("{}{sign}", value.value);
        paper.text(row, VALUE, &exact, &formats.text)?;
    }
    let unit = value.unit.word();
    if !unit.is_empty() {
        paper.text_of_column(row, UNIT, unit)?;
    }
    Ok(())
}

fn fields(
    paper: &mut Paper<'_>,
    row: u32,
    check_in: &CheckIn,
    book: &Book<'_>,
) -> Result<(), Error> {
    if check_in.fields.is_empty() {
        return Ok(());
    }
    for (column, name) in (FIRST_FIELD..).zip(&book.check_in_fields) {
        let words = check_in.fields.get(name).map(|words| words.plain());
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            paper.text_of_column(row, column, &words)?;
        }
    }
    Ok(())
}

/// Returns the rows of a key result as they stand in formulas.
pub(super) fn dates(book: &Book<'_>) -> String {
    let last = book
        .key_results
        .last()
        .map_or(FIRST_ROW, |entry: &Entry<'_>| entry.history.end);
    format!("{HISTORY}!$C$2:$C${}", last.saturating_add(200))
}
