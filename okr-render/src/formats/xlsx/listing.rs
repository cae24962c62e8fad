//! Tables of many plans as a workbook to filter and sort.
//!
//! There may be any number of plans, so their rows are written as they come. `rust_xlsxwriter` would keep all cells
//! until the end; it makes the workbook around them, with a row that shows how each kind of cell looks, and the rows
//! take the place of that one.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write};

use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::Worksheet;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::page;
use super::paper::{Paper, done, failed, serial};
use super::style::{self, DATE, Look, PART, TEXT, status_colours, to_the_right};
use super::write::{COMPRESSION, workbook};
use crate::error::{Error, ErrorKind};
use crate::formats::listing::{Field, Listing};
use crate::table::address;

/// The most characters of a cell; nobody reads more in a table, and a cell does not hold any length.
const MOST_TEXT: usize = 1_000;
/// The most rows of a sheet below its headings.
const MOST_ROWS: usize = 1_048_575;
/// How many bytes of rows are handed on at once.
const PIECE: usize = 32 * 1024;

/// Writes a workbook with a sheet for each table; long texts are cut.
///
/// # Errors
///
/// There are more rows than a sheet has, or `out` takes no more.
pub(crate) fn write<'a>(
    title: &str,
    listings: impl IntoIterator<Item = Listing<'a>>,
    mut out: impl Write,
) -> Result<(), Error> {
    let mut listings: Vec<_> = listings.into_iter().collect();
    let frame = frame(title, &listings)?;
    let mut frame = ZipArchive::new(Cursor::new(frame)).map_err(|error| broken(&error))?;
    // Compressed, a plan is a kilobyte.
    let mut bytes = Vec::new();
    let mut package = ZipWriter::new_stream(Cursor::new(&mut bytes));
    for at in 0..frame.len() {
        let mut part = frame.by_index(at).map_err(|error| broken(&error))?;
        let name = part.name().map_err(|error| broken(&error))?.into_owned();
        let sheet = name.strip_prefix("xl/worksheets/sheet");
        let number = sheet.and_then(|name| name.strip_suffix(".xml")?.parse::<usize>().ok());
        let listing = number.and_then(|number| listings.get_mut(number.checked_sub(1)?));
        let Some(listing) = listing else {
            package
                .raw_copy_file(part)
                .map_err(|error| broken(&error))?;
            continue;
        };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(i64::from(COMPRESSION)));
        let started = package.start_file(name, options);
        started.map_err(|error| broken(&error))?;
        let mut sheet = String::new();
        let read = part.read_to_string(&mut sheet);
        read.map_err(|error| broken(&error))?;
        written(&sheet, listing, &mut package)?;
    }
    package.finish().map_err(|error| broken(&error))?;
    out.write_all(&bytes).map_err(|error| broken(&error))
}

/// Returns the workbook with one row below the headings of each sheet: a cell of each kind, in the order of [`Styles`].
fn frame(title: &str, listings: &[Listing<'_>]) -> Result<Vec<u8>, Error> {
    let mut workbook = workbook(title)?;
    done(workbook.set_default_format(&style::base(), 17, 64))?;
    workbook.set_zip_compression_level(1);
    for listing in listings {
        sheet(workbook.add_worksheet(), title, listing)?;
    }
    workbook.save_to_buffer().map_err(|error| failed(&error))
}

fn sheet(sheet: &mut Worksheet, title: &str, listing: &Listing<'_>) -> Result<(), Error> {
    if listing.count > MOST_ROWS {
        let message = format!(
            "a sheet would have {} rows, and no more than {MOST_ROWS} fit into one",
            listing.count
        );
        return Err(ErrorKind::Write(message).into());
    }
    let mut paper = Paper::new(sheet, listing.name)?;
    let widths: Vec<f64> = listing.columns.iter().map(|column| column.width).collect();
    paper.widths(&widths)?;
    let heading = Look::Heading.format();
    let over_numbers = to_the_right(heading.clone());
    for (at, column) in (0..).zip(listing.columns) {
        let format = if column.is_number {
            &over_numbers
        } else {
            &heading
        };
        paper.text(0, at, column.heading, format)?;
    }
    let row = Look::Row.format();
    let count = to_the_right(row.clone());
    let styles = [
        row.clone(),
        row.clone().set_num_format(TEXT),
        count.clone(),
        count.set_num_format(PART),
        row.set_num_format(DATE),
    ];
    for (column, style) in (0..).zip(&styles) {
        paper.blank(1, column, style)?;
    }
    let last = u32::try_from(listing.count).unwrap_or(u32::MAX);
    let right = u16::try_from(widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let status = listing
        .columns
        .iter()
        .position(|column| column.heading == "Status");
    if let Some(status) = status.and_then(|at| u16::try_from(at).ok()) {
        for (_, rule) in status_colours() {
            done(
                paper
                    .sheet
                    .add_conditional_format(1, status, last.max(1), status, &rule),
            )?;
        }
    }
    done(paper.sheet.autofilter(0, 0, last, right))?;
    done(paper.sheet.set_freeze_panes(1, 2))?;
    page::set_up(paper.sheet, title, 0)
}

/// The numbers of the styles of a row, as the workbook counts them.
struct Styles {
    nothing: u32,
    words: u32,
    count: u32,
    percent: u32,
    day: u32,
}

impl Styles {
    /// Reads them off the cells of the row that shows them.
    fn read(row: &str) -> Option<Self> {
        let mut cells = row.split(" s=\"").skip(1);
        let mut next = || cells.next()?.split('"').next()?.parse().ok();
        Some(Self {
            nothing: next()?,
            words: next()?,
            count: next()?,
            percent: next()?,
            day: next()?,
        })
    }
}

/// Writes a sheet with the rows of a table in place of its second row.
fn written(sheet: &str, listing: &mut Listing<'_>, out: &mut impl Write) -> Result<(), Error> {
    let parts = || {
        let (head, rest) = sheet.split_once("<row r=\"2\"")?;
        let (row, tail) = rest.split_once("</row>")?;
        let (before, after) = head.split_once("<dimension ref=\"")?;
        let (_, after) = after.split_once('"')?;
        Some((before, after, Styles::read(row)?, tail))
    };
    let Some((before, head, styles, tail)) = parts() else {
        let message = "the workbook around the rows is not as it should be";
        return Err(ErrorKind::Write(message.to_owned()).into());
    };
    let corner = address(listing.columns.len().saturating_sub(1), listing.count);
    let mut piece = format!("{before}<dimension ref=\"A1:{corner}\"{head}");
    // The names of the columns, as cells name them.
    let letters: Vec<String> = (0..listing.columns.len())
        .map(|at| address(at, 0).trim_end_matches('1').to_owned())
        .collect();
    for (number, fields) in (2..).zip(&mut listing.rows) {
        let _ = write!(piece, "<row r=\"{number}\" spans=\"1:{}\">", letters.len());
        for (letters, field) in letters.iter().zip(fields) {
            let style = styles.of(&field);
            let _ = write!(piece, "<c r=\"{letters}{number}\" s=\"{style}\"");
            match field {
                Field::Nothing => piece.push_str("/>"),
                Field::Words(words) => push_words(&words, &mut piece),
                Field::Count(count) => {
                    let _ = write!(piece, "><v>{count}</v></c>");
                }
                Field::Percent(number) => {
                    let part = number.to_f64().unwrap_or_default() / 100.0;
                    let _ = write!(piece, "><v>{part}</v></c>");
                }
                Field::Day(day) => match serial(day) {
                    Some(serial) => {
                        let _ = write!(piece, "><v>{serial}</v></c>");
                    }
                    None => push_words(&day.to_string(), &mut piece),
                },
            }
        }
        piece.push_str("</row>");
        if piece.len() >= PIECE {
            out.write_all(piece.as_bytes())
                .map_err(|error| broken(&error))?;
            piece.clear();
        }
    }
    piece.push_str(tail);
    out.write_all(piece.as_bytes())
        .map_err(|error| broken(&error))
}

impl Styles {
    fn of(&self, field: &Field<'_>) -> u32 {
        match field {
            Field::Nothing => self.nothing,
            Field::Words(_) => self.words,
            Field::Count(_) => self.count,
            Field::Percent(_) => self.percent,
            Field::Day(day) if serial(*day).is_none() => self.words,
            Field::Day(_) => self.day,
        }
    }
}

/// Adds the rest of a cell with words, which are never a formula.
fn push_words(words: &str, out: &mut String) {
    if words.is_empty() {
        out.push_str("/>");
        return;
    }
    let words = short(words);
    let is_framed = |c: Option<char>| c.is_some_and(|c| c.is_ascii_whitespace());
    let keeps = if is_framed(words.chars().next()) || is_framed(words.chars().next_back()) {
        " xml:space=\"preserve\""
    } else {
        ""
    };
    out.extend([" t=\"inlineStr\"><is><t", keeps, ">"]);
    let mut rest = &*words;
    while let Some(at) = rest.find(is_special) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let c = rest.chars().next().unwrap_or_default();
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if !is_code(rest) => out.push('_'),
            // What no file of XML may hold, and what looks as if it stood for that.
            c => {
                let _ = write!(out, "_x{:04X}_", u32::from(c));
            }
        }
        rest = &rest[c.len_utf8()..];
    }
    out.extend([rest, "</t></is></c>"]);
}

/// Returns whether a sign cannot stand in a cell as it is.
fn is_special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '_' | '\u{fffe}' | '\u{ffff}')
        || c < ' ' && c != '\t' && c != '\n'
}

/// Returns whether a text begins with what stands for a sign by its number, such as `_x000D_`.
fn is_code(text: &str) -> bool {
    let code = text.as_bytes().first_chunk::<7>();
    code.is_some_and(|code| {
        code.starts_with(b"_x") && code[6] == b'_' && code[2..6].iter().all(u8::is_ascii_hexdigit)
    })
}

fn short(words: &str) -> Cow<'_, str> {
    match words.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => Cow::Owned(format!("{}…", &words[..end])),
        None => Cow::Borrowed(words),
    }
}

fn broken(error: &dyn std::error::Error) -> Error {
    ErrorKind::Write(error.to_string()).into()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::formats::listing::Column;
    use crate::sheets::{SheetOptions, read};
    use crate::table::Value;

    const COLUMNS: &[Column] = &[
        Column::new("Words", 10.0),
        Column::new("Status", 10.0),
        Column::of_numbers("Done", 10.0),
        Column::of_numbers("Count", 10.0),
        Column::new("Due", 10.0),
    ];

    /// Returns what stands in the cells of a workbook of one table, row by row.
    fn values(rows: Vec<Vec<Field<'_>>>) -> Vec<Vec<Value>> {
        let mut bytes = Vec::new();
        let listing = Listing::new("Rows", COLUMNS, rows.len(), rows.into_iter());
        write("A table", [listing], &mut bytes).unwrap();
        let workbook = read(&bytes, &SheetOptions::default()).unwrap();
        let rows = workbook.tables[0].rows.iter();
        rows.map(|row| row.iter().map(|cell| cell.value.clone()).collect())
            .collect()
    }

    #[test]
    fn words_come_back_as_they_are() {
        let awkward = [
            "=1+1",
            "a & <b> \"c\"",
            "a\u{1}b",
            "_x0041_ and _x_",
            "one\ntwo",
            "-",
        ];
        let rows = awkward.map(|words| vec![Field::Words(Cow::Borrowed(words))]);
        for (row, words) in values(rows.into()).iter().skip(1).zip(awkward) {
            assert_eq!(row[..], [Value::Text(words.into())]);
        }
    }

    #[test]
    fn each_kind_of_cell_is_what_it_says() {
        let row = vec![
            Field::Words(Cow::Borrowed("")),
            Field::Nothing,
            Field::Percent("62.5".parse().unwrap()),
            Field::Count(12),
            Field::Day(date(2026, 11, 6)),
        ];
        let rows = values(vec![row, Vec::new(), vec![Field::Count(3)]]);
        let shown: Vec<String> = rows[1].iter().map(|value| format!("{value:?}")).collect();
        assert_eq!(
            shown,
            [
                "Empty",
                "Empty",
                "Number(0.625)",
                "Number(12)",
                "Date(2026-11-06)"
            ]
        );
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn a_table_may_be_empty() {
        let rows = values(Vec::new());
        assert_eq!((rows.len(), rows[0].len()), (1, COLUMNS.len()));
    }
}
