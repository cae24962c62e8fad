//! Workbooks of Excel (.xlsx, and .xlsm without its macros).
//!
//! A workbook is a ZIP file of XML parts. Each part that matters is read once, as a stream: the cells
//! of a sheet with their number formats, formulas, merged ranges and what is hidden, all in one go.

mod colours;
mod parts;
mod serial;
mod sheet;
mod strings;
mod styles;

use super::SheetOptions;
use super::grid::{Grid, Usage};
use super::package::{MAX_PART, MAX_SMALL_PART, Package};
use super::xml::{self, broken};
use crate::error::Error;
use crate::table::{Table, Visibility, Workbook};

/// Parts that are not read, by how their names begin, and what they are called.
const UNTOUCHED: &[(&str, &str)] = &[
    ("xl/vbaproject.bin", "macros"),
    ("xl/externallinks/", "links to other workbooks"),
    ("xl/connections.xml", "connections to data elsewhere"),
    ("xl/querytables/", "queries of data elsewhere"),
    ("xl/embeddings/", "embedded objects"),
    ("xl/activex/", "controls"),
    ("xl/pivottables/", "pivot tables"),
    ("xl/comments", "comments on cells"),
    ("xl/threadedcomments/", "comments on cells"),
    ("xl/charts/", "charts"),
    ("xl/media/", "pictures"),
];

/// What is the same for all sheets of a workbook.
struct Shared {
    strings: strings::Strings,
    styles: styles::Styles,
    epoch: serial::Epoch,
}

/// Reads a workbook.
///
/// # Errors
///
/// A part is missing, broken or too large, or no sheet has the name that was asked for.
pub(crate) fn read(package: &mut Package<'_>, options: &SheetOptions) -> Result<Workbook, Error> {
    let book = parts::book(package)?;
    let shared = Shared {
        strings: strings::read(package, &book.strings)?,
        styles: styles::read(package, &book.styles, &book.theme)?,
        epoch: book.epoch,
    };
    let named: Vec<_> = book
        .sheets
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.visibility))
        .collect();
    let is_wanted = super::wanted(&named, options)?;
    let mut usage = Usage::default();
    let mut tables = Vec::new();
    for (place, is_wanted) in book.sheets.iter().zip(is_wanted) {
        let table = Table {
            name: place.name.clone(),
            visibility: place.visibility,
            ..Table::default()
        };
        if !is_wanted {
            tables.push(table);
            continue;
        }
        let Some(mut xml) = package.xml(&place.part, MAX_PART)? else {
            return Err(broken(&place.part, "it is missing"));
        };
        let mut grid = Grid::new(table, &mut usage);
        sheet::read(&mut xml, &place.part, &shared, &mut grid)?;
        tables.push(grid.finish()?);
    }
    Ok(Workbook {
        tables,
        guesses: Vec::new(),
        untouched: super::untouched(package, UNTOUCHED),
    })
}

#[cfg(test)]
mod tests {
    use crate::sheets::showing::show;
    use crate::sheets::{SheetOptions, read};

    #[track_caller]
    fn check(bytes: &[u8], sheet: Option<&str>, expected: &str) {
        let options = SheetOptions {
            sheet: sheet.map(str::to_owned),
            ..SheetOptions::default()
        };
        let shown = match read(bytes, &options) {
            Ok(workbook) => show(&workbook),
            Err(error) => format!("{error}\n"),
        };
        assert_eq!(shown, expected);
    }

    const AR: &[u8] = include_bytes!(concat!(
        "../../../../tests/fixtures/",
        "sheets/samples/handmade/ar-q1-merged.xlsx"
    ));
    const DISPUTES: &[u8] = include_bytes!(concat!(
        "../../../../tests/fixtures/",
        "sheets/samples/handmade/disputes-wide-1904.xlsx"
    ));

    #[test]
    fn sheets_kept_by_hand_are_read() {
        check(
            AR,
            None,
            include_str!(concat!(
                "../../../../tests/fixtures/",
                "sheets/cells/ar-q1-merged.txt"
            )),
        );
        check(
            DISPUTES,
            None,
            include_str!(concat!(
                "../../../../tests/fixtures/",
                "sheets/cells/disputes-wide-1904.txt"
            )),
        );
    }
}
