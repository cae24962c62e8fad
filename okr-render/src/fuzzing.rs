//! What fuzz targets call that has no public name of its own; no part of the interface.

use crate::error::Error;
use crate::sheets::{self, SheetOptions};

/// Reads a file of tables and returns how many rows its sheets have.
///
/// # Errors
///
/// The file is no table, broken, or beyond a limit.
pub fn read_sheets(bytes: &[u8]) -> Result<usize, Error> {
    let workbook = sheets::read(bytes, &SheetOptions::default())?;
    Ok(workbook.tables.iter().map(|table| table.rows.len()).sum())
}
