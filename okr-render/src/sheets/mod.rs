//! Files that hold tables: bytes to a workbook, and a workbook to bytes.

pub(crate) mod guard;
pub(crate) mod records;
