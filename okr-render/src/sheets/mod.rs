//! Files that hold tables: bytes to a workbook, and a workbook to bytes.
//!
//! What a file is, its bytes tell, and not its name: a `.csv` may hold tabs in UTF-16, and a `.xls` a
//! web page. Everything here expects hostile files; each reader says which of its limits keep it in
//! little memory.

pub(crate) mod guard;
pub(crate) mod records;
pub(crate) mod text;

mod currency;
mod decimal;
mod format_code;
mod grid;
mod ods;
mod package;
#[cfg(test)]
mod showing;
#[cfg(test)]
mod tests;
mod xlsx;
mod xml;

use crate::error::{Error, ErrorKind};
use crate::formats::MAX_BYTES;
use crate::table::{Visibility, Workbook};
use package::Package;

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
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return read_package(bytes, options);
    }
    match FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)) {
        Some((_, message)) => Err(ErrorKind::Unreadable((*message).to_owned()).into()),
        None if ods::is_flat(bytes) => ods::read_flat(bytes, options),
        None => text::read(bytes, options),
    }
}

/// Returns whether a file that begins so is text, or else for [`read`] to tell.
pub(crate) fn is_text(head: &[u8]) -> bool {
    !(head.starts_with(b"PK\x03\x04")
        || head.starts_with(b"PK\x05\x06")
        || FOREIGN.iter().any(|(start, _)| head.starts_with(start))
        || ods::is_flat(head))
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
        b"{\\rtf",
        "it is a text document (RTF): save its table as .xlsx or .csv",
    ),
];

/// Kinds of ZIP files: a part that they have, and what to do.
const FOREIGN_PACKAGES: &[(&str, &str)] = &[
    (
        "xl/workbook.bin",
        "it is a binary Excel workbook (.xlsb): open it in Excel or LibreOffice, save it as .xlsx and try again",
    ),
    (
        "word/document.xml",
        "it is a Word document: copy its table into a spreadsheet and save that as .xlsx",
    ),
    (
        "ppt/presentation.xml",
        "it is a presentation: copy its table into a spreadsheet and save that as .xlsx",
    ),
    (
        "index/document.iwa",
        "it is a spreadsheet of Apple Numbers: choose File, Export To, Excel there, and try the exported file",
    ),
];

/// Reads a ZIP file.
fn read_package(bytes: &[u8], options: &SheetOptions) -> Result<Workbook, Error> {
    let mut package = Package::open(bytes)?;
    if let Some((_, message)) = FOREIGN_PACKAGES.iter().find(|(part, _)| package.has(part)) {
        return Err(ErrorKind::Unreadable((*message).to_owned()).into());
    }
    if package.has("xl/workbook.xml") || package.names().iter().any(|name| name.starts_with("xl/"))
    {
        return xlsx::read(&mut package, options);
    }
    let kind = package.start_of("mimetype", 200).unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind);
    let is_open_document = package.has("content.xml");
    if kind.starts_with(ods::KIND) || (kind.is_empty() && is_open_document) {
        return ods::read(&mut package, options);
    }
    if is_open_document {
        let message = "it is a document of LibreOffice and no spreadsheet: copy its table into one and save that";
        return Err(ErrorKind::Unreadable(message.to_owned()).into());
    }
    let message = "it is a ZIP file without a spreadsheet in it: unpack it, or save the sheet as .xlsx or .csv";
    Err(ErrorKind::Unreadable(message.to_owned()).into())
}

/// Returns, for each sheet, whether it is to be read: the one that was asked for, or all that show.
///
/// Upper and lower case of the name do not count unless two sheets differ in them alone.
fn wanted(sheets: &[(&str, Visibility)], options: &SheetOptions) -> Result<Vec<bool>, Error> {
    let Some(wanted) = &options.sheet else {
        return Ok(sheets
            .iter()
            .map(|(_, visibility)| *visibility == Visibility::Visible)
            .collect());
    };
    let folded = wanted.trim().to_lowercase();
    let found = sheets
        .iter()
        .position(|(name, _)| name == wanted)
        .or_else(|| {
            sheets
                .iter()
                .position(|(name, _)| name.trim().to_lowercase() == folded)
        });
    let Some(found) = found else {
        let names: Vec<_> = sheets.iter().map(|(name, _)| format!("`{name}`")).collect();
        let message = format!(
            "it has no sheet `{wanted}`; its sheets are {}",
            names.join(", ")
        );
        return Err(ErrorKind::Unreadable(message).into());
    };
    Ok((0..sheets.len()).map(|at| at == found).collect())
}

/// Returns what a file holds beside cells, by the beginnings of the names of its parts.
fn untouched(package: &Package<'_>, kinds: &[(&str, &str)]) -> Vec<String> {
    let names = package.names();
    let mut found: Vec<String> = Vec::new();
    for (start, what) in kinds {
        if names.iter().any(|name| name.starts_with(start))
            && !found.iter().any(|kind| kind == what)
        {
            found.push((*what).to_owned());
        }
    }
    found
}
