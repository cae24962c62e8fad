//! From a workbook to a plan.

use crate::error::{Error, ErrorKind};
use crate::format::{Imported, ReadOptions};

/// Reads a workbook that was written here, changed by people or not.
pub(crate) fn plan(_bytes: &[u8], _options: &ReadOptions) -> Result<Imported, Error> {
    Err(ErrorKind::Unreadable("not yet".to_owned()).into())
}
