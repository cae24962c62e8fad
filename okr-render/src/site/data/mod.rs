//! The data behind a site, to be taken along.

mod json;
mod tables;

use std::io::Write;

use super::Site;
use crate::error::Error;
use crate::formats::csv::listing as csv;
use crate::formats::xlsx::listing as xlsx;

pub(super) use json::json;

/// Writes all key results as CSV, a row each; no cell of it is a formula to a spreadsheet.
pub(super) fn csv(site: &Site, out: &mut dyn Write) -> Result<(), Error> {
    csv::write(tables::key_results(site), out)
}

/// Writes a workbook with a sheet of all plans and one of all key results.
pub(super) fn workbook(site: &Site, out: &mut dyn Write) -> Result<(), Error> {
    let sheets = [tables::plans(site), tables::key_results(site)];
    xlsx::write(&site.settings.title, sheets, out)
}
