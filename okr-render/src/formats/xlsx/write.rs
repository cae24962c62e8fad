//! From a plan to a workbook.

use okr_core::completion::complete;
use okr_core::model::Plan;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::book::Book;
use super::paper::{done, failed};
use super::{base, check_in, history, key_results, overview, plain, style};
use crate::error::Error;
use crate::format::WriteOptions;

/// How hard parts are compressed, from 1 to 9.
const COMPRESSION: u8 = 2;

/// Writes a plan as a workbook for people, or as one plain sheet.
///
/// # Errors
///
/// A text is longer than a cell holds, or there are more rows or columns than a sheet has.
pub(crate) fn plan(plan: &Plan, options: &WriteOptions) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    if !options.plain {
        // Widths of columns count digits of this face.
        done(workbook.set_default_format(&style::base(), 17, 64))?;
    }
    // The clock has no place in a file: the same plan is the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| failed(&error))?;
    let properties = DocProperties::new()
        .set_title(plan.display_name())
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    // A little larger, and much sooner there.
    workbook.set_zip_compression_level(COMPRESSION);
    if options.plain {
        plain::write(workbook.add_worksheet(), plan)?;
    } else {
        // What the words of key results say is shown and computed with, and is no part of the base.
        let completed = complete(plan.clone(), &options.lexicon);
        let book = Book::new(&completed, plan);
        overview::write(workbook.add_worksheet(), &book)?;
        key_results::write(workbook.add_worksheet(), &book)?;
        check_in::write(workbook.add_worksheet(), &book)?;
        history::write(workbook.add_worksheet(), &book)?;
        overview::name_cells(&mut workbook)?;
        base::write(workbook.add_worksheet(), plan)?;
    }
    workbook.save_to_buffer().map_err(|error| failed(&error))
}
