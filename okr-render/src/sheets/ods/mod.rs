//! Spreadsheets of LibreOffice and others (.ods, and .fods, which is the same without a ZIP file).
//!
//! All sheets stand in one part, `content.xml`, behind the styles that they use; it is read once, as a
//! stream. A row or a cell may say that it is there a million times: blank ones are only counted, and
//! the others are put into the grid one by one, which has limits.

mod cell;
mod content;
mod styles;

use super::SheetOptions;
use super::package::{MAX_PART, MAX_SMALL_PART, Package, locked};
use super::xml::{Budget, Xml, broken};
use crate::error::Error;
use crate::table::Workbook;

/// How the name of this kind of file begins, where a file says it.
pub(super) const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Parts that are not read, by how their names begin, and what they are called.
const UNTOUCHED: &[(&str, &str)] = &[
    ("basic/", "macros"),
    ("scripts/", "macros"),
    ("object ", "charts and embedded objects"),
    ("pictures/", "pictures"),
];

/// Reads a spreadsheet.
///
/// # Errors
///
/// It is locked with a password, a part is missing, broken or too large, or no sheet has the name that
/// was asked for.
pub(super) fn read(package: &mut Package<'_>, options: &SheetOptions) -> Result<Workbook, Error> {
    let manifest = package.start_of("META-INF/manifest.xml", MAX_SMALL_PART);
    if manifest.is_some_and(|manifest| contains(&manifest, b"encryption-data")) {
        return Err(locked());
    }
    let mut styles = styles::Styles::default();
    if let Some(mut xml) = package.xml("styles.xml", MAX_SMALL_PART)? {
        content::read(&mut xml, &mut styles)?;
    }
    let Some(mut xml) = package.xml("content.xml", MAX_PART)? else {
        return Err(broken("content.xml", "it is missing"));
    };
    let mut content = content::Content::new(options);
    content.read(&mut xml, &mut styles)?;
    drop(xml);
    let mut workbook = content.finish(options)?;
    workbook
        .untouched
        .extend(super::untouched(package, UNTOUCHED));
    Ok(workbook)
}

/// Reads a spreadsheet that is a single XML file.
///
/// # Errors
///
/// It is broken or too large, or no sheet has the name that was asked for.
pub(super) fn read_flat(bytes: &[u8], options: &SheetOptions) -> Result<Workbook, Error> {
    let budget = Budget::new(MAX_PART);
    let mut xml = Xml::new(bytes, "office:document", MAX_PART, &budget);
    let mut content = content::Content::new(options);
    content.read(&mut xml, &mut styles::Styles::default())?;
    content.finish(options)
}

/// Returns whether a file is a spreadsheet in a single XML file, by how it begins.
pub(super) fn is_flat(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(16 * 1024)];
    contains(start, b"<office:document") && contains(start, KIND.as_bytes())
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use crate::sheets::showing::show;
    use crate::sheets::{SheetOptions, read};

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let shown = match read(bytes, &SheetOptions::default()) {
            Ok(workbook) => show(&workbook),
            Err(error) => format!("{error}\n"),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_libreoffice_makes_of_a_workbook_is_read_alike() {
        // LibreOffice keeps 15 digits of what a formula comes to.
        check(
            include_bytes!(concat!(
                "../../../../tests/fixtures/",
                "exports/ar-q1-merged.ods"
            )),
            include_str!(concat!(
                "../../../../tests/fixtures/",
                "sheets/cells/ar-q1-merged.ods.txt"
            )),
        );
        check(
            include_bytes!(concat!(
                "../../../../tests/fixtures/",
                "exports/disputes-wide-1904.ods"
            )),
            include_str!(concat!(
                "../../../../tests/fixtures/",
                "sheets/cells/disputes-wide-1904.txt"
            )),
        );
    }
}
