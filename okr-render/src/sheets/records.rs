//! Splits text into rows and cells.
//!
//! The csv crate does the splitting. It passes over blank lines, which count as rows in a sheet, and
//! takes a quote that is never closed for the rest of the file; both are seen to here.

use std::io::Read as _;

use csv::{ReaderBuilder, StringRecord};

use crate::error::{Error, ErrorKind};
use crate::table::{Cell, address};

/// As many rows as Excel has, rounded down.
const MAX_ROWS: usize = 1_000_000;
/// As many columns as Excel has.
const MAX_COLUMNS: usize = 16_384;
/// Bounds the memory that rows of many short cells take.
const MAX_CELLS: usize = 1_200_000;

/// Stands behind the text; when it does not come back as a row of its own, a quote was left open.
const END: &str = "\u{1}end of the file\u{1}";

/// Returns the cells of the first row of `text` that is not blank.
pub(crate) fn header(text: &str, delimiter: char) -> Vec<String> {
    let mut found = Vec::new();
    // An error is reported when the rows are read.
    let _ = each_record(text, delimiter, &mut |_, record| {
        found = record.iter().map(str::to_owned).collect();
        Ok(found.iter().all(|cell: &String| cell.trim().is_empty()))
    });
    found
}

/// Returns how many cells each of the first rows of `text` has, at most `rows` of them; blank rows have
/// none, and are left out.
pub(crate) fn widths(text: &str, delimiter: char, rows: usize) -> Vec<usize> {
    let mut widths = Vec::new();
    // An error is reported when the rows are read.
    let _ = each_record(text, delimiter, &mut |_, record| {
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            widths.push(record.len());
        }
        Ok(widths.len() < rows)
    });
    widths
}

/// Returns every row of `text`, the blank ones too; cells without text are empty, and those at the
/// end of a row are left out.
///
/// # Errors
///
/// A quote is never closed, or there are too many rows or cells.
pub(crate) fn rows(text: &str, delimiter: char) -> Result<Vec<Vec<Cell>>, Error> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut count = 0;
    each_record(text, delimiter, &mut |row, record| {
        if record.len() > MAX_COLUMNS {
            let message = format!("row {} has more than {MAX_COLUMNS} cells", row + 1);
            return Err(ErrorKind::TooLarge(message).into());
        }
        let kept = (0..record.len())
            .rev()
            .find(|at| !record[*at].is_empty())
            .map_or(0, |last| last + 1);
        count += kept;
        if row >= MAX_ROWS || count > MAX_CELLS {
            let message = format!(
                "it has more than {MAX_ROWS} rows or {MAX_CELLS} cells; split it into smaller files"
            );
            return Err(ErrorKind::TooLarge(message).into());
        }
        rows.resize(row, Vec::new());
        rows.push(record.iter().take(kept).map(Cell::text).collect());
        Ok(true)
    })?;
    Ok(rows)
}

type EachRecord<'v> = dyn FnMut(usize, &StringRecord) -> Result<bool, Error> + 'v;

/// Calls `visit` with each record and the number of its row, from 0, until it returns `false`.
fn each_record(text: &str, delimiter: char, visit: &mut EachRecord<'_>) -> Result<(), Error> {
    let end = format!("\r\n{END}");
    let mut reader = ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(64 * 1024)
        .from_reader(text.as_bytes().chain(end.as_bytes()));
    let mut record = StringRecord::new();
    let mut row = 0;
    loop {
        let at = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        // The reader stops between the two signs of a line end.
        let is_inside = text.get(..at).is_some_and(|done| done.ends_with('\r'));
        let rest = text.get(at..).unwrap_or("");
        row += blank_lines(if is_inside {
            rest.strip_prefix('\n').unwrap_or(rest)
        } else {
            rest
        });
        let is_read = reader
            .read_record(&mut record)
            .map_err(|error| ErrorKind::Unreadable(error.to_string()))?;
        if !is_read || (record.len() == 1 && &record[0] == END) {
            return Ok(());
        }
        if let Some(column) = record.iter().position(|cell| cell.ends_with(END)) {
            let place = address(column, row);
            let message =
                format!("the quote that opens cell {place} is never closed; close it with `\"`");
            return Err(ErrorKind::Unreadable(message).into());
        }
        if !visit(row, &record)? {
            return Ok(());
        }
        row += 1;
    }
}

/// Returns how many blank lines `text` begins with.
fn blank_lines(text: &str) -> usize {
    // There are none behind nearly every row.
    if !text.starts_with(['\r', '\n']) {
        return 0;
    }
    let ends = &text[..text
        .bytes()
        .take_while(|b| matches!(b, b'\r' | b'\n'))
        .count()];
    ends.matches('\n').count() + ends.replace("\r\n", "").matches('\r').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let rows = rows(text, ',').unwrap();
        let rows: Vec<Vec<_>> = rows
            .iter()
            .map(|row| row.iter().map(Cell::to_text).collect())
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn rows_and_cells_are_told_apart() {
        check("a,b\r\nc,\"d\"\r\n", &[&["a", "b"], &["c", "d"]]);
        check("a\n\nb", &[&["a"], &[], &["b"]]);
        check("a\rb,,\n", &[&["a"], &["b"]]);
        check("\"a\"\"b,\nc\",d", &[&["a\"b,\nc", "d"]]);
        check("\"a\"b,c\"d", &[&["ab", "c\"d"]]);
        check("", &[]);
    }

    #[test]
    fn an_open_quote_is_refused_with_its_cell() {
        let error = rows("a,b\n\nc,\"d\n", ',').unwrap_err();
        assert_eq!(
            error.to_string(),
            "the quote that opens cell B3 is never closed; close it with `\"`"
        );
    }
}
