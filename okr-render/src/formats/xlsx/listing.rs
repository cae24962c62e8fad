//! Tables of many plans as a workbook to filter and sort.

use std::borrow::Cow;

use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::Worksheet;

use super::page;
use super::paper::{Paper, done, failed};
use super::style::{self, DATE, Look, PART, TEXT, status_colours, to_the_right};
use super::write::workbook;
use crate::error::Error;
use crate::formats::listing::{Field, Listing};

/// The most characters of a cell; nobody reads more in a table, and a cell does not hold any length.
const MOST_TEXT: usize = 1_000;

/// Returns a workbook with a sheet for each table; long texts are cut.
///
/// # Errors
///
/// There are more rows than a sheet has.
pub(crate) fn write<'a>(
    title: &str,
    listings: impl IntoIterator<Item = Listing<'a>>,
) -> Result<Vec<u8>, Error> {
    let mut workbook = workbook(title)?;
    done(workbook.set_default_format(&style::base(), 17, 64))?;
    for listing in listings {
        sheet(workbook.add_worksheet(), title, listing)?;
    }
    workbook.save_to_buffer().map_err(|error| failed(&error))
}

fn sheet(sheet: &mut Worksheet, title: &str, listing: Listing<'_>) -> Result<(), Error> {
    let mut paper = Paper::new(sheet, listing.name)?;
    let widths: Vec<f64> = listing.columns.iter().map(|column| column.width).collect();
    paper.widths(&widths)?;
    let heading = Look::Heading.format();
    let over_numbers = to_the_right(heading.clone());
    for (at, column) in (0..).zip(listing.columns) {
        let format = if column.is_number {
            &over_numbers
        } else {
            &heading
        };
        paper.text(0, at, column.heading, format)?;
    }
    let row = Look::Row.format();
    let text = row.clone().set_num_format(TEXT);
    let count = to_the_right(row.clone());
    let percent = count.clone().set_num_format(PART);
    let day = row.clone().set_num_format(DATE);
    let mut last = 0;
    for (at, fields) in (1..).zip(listing.rows) {
        for (column, field) in (0..).zip(fields) {
            match field {
                Field::Nothing => paper.blank(at, column, &row)?,
                Field::Words(words) => paper.text(at, column, &short(&words), &text)?,
                Field::Count(number) => {
                    paper.number(at, column, number.to_f64().unwrap_or_default(), &count)?;
                }
                Field::Percent(number) => {
                    let part = number.to_f64().unwrap_or_default() / 100.0;
                    paper.number(at, column, part, &percent)?;
                }
                Field::Day(date) => paper.date(at, column, date, &day)?,
            }
        }
        last = at;
    }
    let right = u16::try_from(widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let status = listing
        .columns
        .iter()
        .position(|column| column.heading == "Status");
    if let Some(status) = status.and_then(|at| u16::try_from(at).ok()) {
        for (_, rule) in status_colours() {
            done(
                paper
                    .sheet
                    .add_conditional_format(1, status, last.max(1), status, &rule),
            )?;
        }
    }
    done(paper.sheet.autofilter(0, 0, last, right))?;
    done(paper.sheet.set_freeze_panes(1, 2))?;
    page::set_up(paper.sheet, title, 0)
}

fn short(words: &str) -> Cow<'_, str> {
    match words.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => Cow::Owned(format!("{}…", &words[..end])),
        None => Cow::Borrowed(words),
    }
}
