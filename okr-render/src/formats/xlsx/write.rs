//! From a plan to a workbook.

use std::thread;

use okr_core::completion::complete;
use okr_core::model::Plan;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use super::book::Book;
use super::paper::{done, failed};
use super::{base, check_in, history, key_results, overview, plain, style};
use crate::error::Error;
use crate::format::WriteOptions;

/// How hard parts are compressed, from 1 to 9.
pub(super) const COMPRESSION: u8 = 2;
/// The sheets of a workbook for people.
const SHEETS: usize = 5;

/// Writes a plan as a workbook for people, or as one plain sheet.
///
/// # Errors
///
/// A text is longer than a cell holds, or there are more rows or columns than a sheet has.
pub(crate) fn plan(plan: &Plan, options: &WriteOptions) -> Result<Vec<u8>, Error> {
    let mut workbook = workbook(&plan.display_name())?;
    if !options.plain {
        // Widths of columns count digits of this face.
        done(workbook.set_default_format(&style::base(), 17, 64))?;
    }
    if options.plain {
        plain::write(workbook.add_worksheet(), plan)?;
    } else {
        for _ in 0..SHEETS {
            workbook.add_worksheet();
        }
        // What the words of key results say is shown and computed with, and is no part of the base.
        let completed = complete(plan.clone(), &options.lexicon);
        let sheets = workbook.worksheets_mut().first_chunk_mut();
        let sheets = sheets.expect("they were just added");
        let book = Book::new(&completed, plan, &options.schedules());
        write_sheets(sheets, plan, &book)?;
        overview::name_cells(&mut workbook)?;
    }
    workbook.save_to_buffer().map_err(|error| failed(&error))
}

/// Returns an empty workbook of that title.
pub(super) fn workbook(title: &str) -> Result<Workbook, Error> {
    let mut workbook = Workbook::new();
    // The clock has no place in a file: the same plan is the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| failed(&error))?;
    let properties = DocProperties::new()
        .set_title(title)
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    // A little larger, and much sooner there.
    workbook.set_zip_compression_level(COMPRESSION);
    Ok(workbook)
}

/// Writes the sheets, that of the check-ins beside the others: it is often as large as all of them together.
///
/// No sheet knows of another until the workbook is saved, so that the bytes are the same in any case.
fn write_sheets(
    sheets: &mut [Worksheet; SHEETS],
    plan: &Plan,
    book: &Book<'_>,
) -> Result<(), Error> {
    let [first, second, third, fourth, fifth] = sheets;
    thread::scope(|scope| {
        let history = scope.spawn(|| history::write(fourth, book));
        let others = overview::write(first, book)
            .and_then(|()| key_results::write(second, book))
            .and_then(|()| check_in::write(third, book));
        let base = base::write(fifth, plan);
        let history = history
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        others.and(history).and(base)
    })
}
