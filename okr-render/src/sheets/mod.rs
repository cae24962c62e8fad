//! Files that hold tables: bytes to a workbook, and a workbook to bytes.
//!
//! What a file is, its bytes tell, and not its name: a `.csv` may hold tabs in UTF-16, and a `.xls` a
//! web page. Everything here expects hostile files; each reader says which of its limits keep it in
//! little memory.

pub(crate) mod guard;
pub(crate) mod records;
pub(crate) mod text;

use crate::error::{Error, ErrorKind};
use crate::formats::MAX_BYTES;
use crate::table::Workbook;

/// What may be said about a file of tables that it does not say itself, or says wrongly.
#[derive(Clone, Debug, Default)]
pub(crate) struct SheetOptions {
    /// The sign between the cells of a file of text.
    pub(crate) delimiter: Option<char>,
    /// The encoding of a file of text, by its name on the web, such as `windows-1252`, `utf-16le`.
    pub(crate) encoding: Option<String>,
    /// The name of the one sheet that is wanted, which is read even when it is hidden.
    pub(crate) sheet: Option<String>,
}

/// Reads a file of tables, whatever its kind.
///
/// All sheets are listed. A hidden one has no rows unless it was asked for by name, and when a sheet
/// was asked for, the others have none.
///
/// # Errors
///
/// The file is of a kind that is not read, broken, or larger than is read; no sheet has the name that
/// was asked for; or no encoding has.
pub(crate) fn read(bytes: &[u8], options: &SheetOptions) -> Result<Workbook, Error> {
    if bytes.len() > MAX_BYTES {
        let message = format!("it has {} bytes; at most {MAX_BYTES} are read", bytes.len());
        return Err(ErrorKind::TooLarge(message).into());
    }
    refuse_foreign(bytes)?;
    text::read(bytes, options)
}

/// Kinds of files that people call spreadsheets, or pick by mistake: how they begin, and what to do.
const FOREIGN: &[(&[u8], &str)] = &[
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "it is either protected with a password or an old Excel file (.xls): open it in Excel or LibreOffice, \
         remove the password, save it as .xlsx and try again",
    ),
    (
        b"%PDF-",
        "it is a PDF, which shows a table but does not hold one: take the spreadsheet that it was made from",
    ),
    (
        b"PK\x03\x04",
        "it is a ZIP file without a spreadsheet in it: unpack it, or save the sheet as .xlsx or .csv",
    ),
    (
        b"{\\rtf",
        "it is a text document (RTF): save its table as .xlsx or .csv",
    ),
];

/// Refuses what can be told by its first bytes and is no table.
fn refuse_foreign(bytes: &[u8]) -> Result<(), Error> {
    match FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)) {
        Some((_, message)) => Err(ErrorKind::Unreadable((*message).to_owned()).into()),
        None => Ok(()),
    }
}
