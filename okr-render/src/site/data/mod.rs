//! The data behind a site, to be taken along.

mod json;
mod tables;

use super::Site;
use crate::error::Error;
use crate::formats::csv::listing as csv;
use crate::formats::xlsx::listing as xlsx;

pub(super) use json::json;

/// Returns all key results as CSV, a row each; no cell of it is a formula to a spreadsheet.
pub(super) fn csv(site: &Site) -> Result<Vec<u8>, Error> {
    csv::write(tables::key_results(site))
}

/// Returns a workbook with a sheet of all plans and one of all key results.
pub(super) fn workbook(site: &Site) -> Result<Vec<u8>, Error> {
    let sheets = [tables::plans(site), tables::key_results(site)];
    xlsx::write(&site.settings.title, sheets)
}
