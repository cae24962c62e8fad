//! A sheet to write on: places that are told in messages, text that is never cut, one error.

use jiff::civil::{Date, date};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet, XlsxError};

use super::style::{DATE, LINE, TEXT};
use crate::error::{Error, ErrorKind};
use crate::table::address;

/// The most that a cell holds, in UTF-16 code units.
const MOST_TEXT: usize = 32_767;

/// The first day that all programs number alike: they disagree on whether 1900 had a 29 February.
const FIRST_DAY: Date = date(1900, 3, 1);

/// The room above and below the lines of a row, in points.
const AIR: f64 = 3.75;
/// How many letters take the room of a digit, by which widths are counted.
const LETTERS: f64 = 1.12;
/// The most lines to which a row grows.
const MOST_LINES: usize = 30;

/// A sheet that is being written; rows and columns count from 0.
pub(super) struct Paper<'w> {
    pub(super) sheet: &'w mut Worksheet,
}

/// What stands in a computed cell before anybody computes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    Nothing,
    Number(f64),
    Text(String),
}

impl<'w> Paper<'w> {
    pub(super) fn new(sheet: &'w mut Worksheet, name: &str) -> Result<Self, Error> {
        sheet.set_name(name).map_err(|error| failed(&error))?;
        // A formula that comes to nothing shows nothing; else it would be 0 until somebody computes it.
        sheet.set_formula_result_default("");
        Ok(Self { sheet })
    }

    /// Writes words, which are never a formula; nothing where there are none.
    ///
    /// # Errors
    ///
    /// A cell cannot hold so many.
    pub(super) fn text(
        &mut self,
        row: u32,
        column: u16,
        words: &str,
        format: &Format,
    ) -> Result<(), Error> {
        self.refuse_what_is_cut(row, column, words)?;
        done(
            self.sheet
                .write_string_with_format(row, column, words, format),
        )
    }

    /// Writes words in the format of the column, which need not be looked up for every cell.
    ///
    /// # Errors
    ///
    /// A cell cannot hold so many.
    pub(super) fn text_of_column(
        &mut self,
        row: u32,
        column: u16,
        words: &str,
    ) -> Result<(), Error> {
        self.refuse_what_is_cut(row, column, words)?;
        done(self.sheet.write_string(row, column, words))
    }

    /// Writes a number in the format of the column.
    pub(super) fn number_of_column(
        &mut self,
        row: u32,
        column: u16,
        number: f64,
    ) -> Result<(), Error> {
        done(self.sheet.write_number(row, column, number))
    }

    fn refuse_what_is_cut(&self, row: u32, column: u16, words: &str) -> Result<(), Error> {
        // Counting bytes first spares the count of what is short anyway.
        if words.len() <= MOST_TEXT || words.encode_utf16().count() <= MOST_TEXT {
            return Ok(());
        }
        let cell = address(usize::from(column), row as usize);
        let sheet = self.sheet.name();
        let message = format!(
            "cell {cell} of the sheet `{sheet}` would have more than the {MOST_TEXT} characters that a cell holds: \
             shorten the text, or write json, which holds all of it"
        );
        Err(ErrorKind::Write(message).into())
    }

    pub(super) fn number(
        &mut self,
        row: u32,
        column: u16,
        number: f64,
        format: &Format,
    ) -> Result<(), Error> {
        done(
            self.sheet
                .write_number_with_format(row, column, number, format),
        )
    }

    /// Writes a day, as text where programs would not agree on it.
    pub(super) fn date(
        &mut self,
        row: u32,
        column: u16,
        day: Date,
        format: &Format,
    ) -> Result<(), Error> {
        match serial(day) {
            Some(serial) => self.number(row, column, serial, &format.clone().set_num_format(DATE)),
            None => self.text(
                row,
                column,
                &day.to_string(),
                &format.clone().set_num_format(TEXT),
            ),
        }
    }

    pub(super) fn blank(&mut self, row: u32, column: u16, format: &Format) -> Result<(), Error> {
        done(self.sheet.write_blank(row, column, format))
    }

    /// Writes a formula with its result, which programs show that do not compute.
    ///
    /// No text of a plan ever becomes a part of `formula`.
    pub(super) fn formula(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        outcome: &Outcome,
        format: &Format,
    ) -> Result<(), Error> {
        let result = match outcome {
            Outcome::Nothing => String::new(),
            Outcome::Number(number) => number.to_string(),
            Outcome::Text(words) => words.clone(),
        };
        let formula = Formula::new(formula).set_result(result);
        done(
            self.sheet
                .write_formula_with_format(row, column, formula, format),
        )
    }

    /// Makes a row high enough for so many lines, and no higher than a screen.
    ///
    /// Programs do not agree on whether they do so themselves when they open a file.
    pub(super) fn height(&mut self, row: u32, lines: usize) -> Result<(), Error> {
        let lines = u32::try_from(lines.clamp(1, MOST_LINES)).unwrap_or(1);
        done(
            self.sheet
                .set_row_height(row, f64::from(lines) * LINE + AIR),
        )
    }

    pub(super) fn widths(&mut self, widths: &[f64]) -> Result<(), Error> {
        for (column, width) in (0..).zip(widths) {
            done(self.sheet.set_column_width(column, *width))?;
        }
        Ok(())
    }
}

/// Returns how many lines a text takes in a column of so many characters.
pub(super) fn lines(text: &str, width: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "widths of columns are small and above 1"
    )]
    let width = (width * LETTERS).max(1.0) as usize;
    text.lines()
        .map(|line| line.chars().count().div_ceil(width).max(1))
        .sum::<usize>()
        .max(1)
}

impl Outcome {
    pub(super) fn of(number: Option<f64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

/// Returns the number that stands for a day.
pub(super) fn serial(day: Date) -> Option<f64> {
    let year = u16::try_from(day.year()).ok()?;
    let month = u8::try_from(day.month()).ok()?;
    let number = u8::try_from(day.day()).ok()?;
    let serial = ExcelDateTime::from_ymd(year, month, number).ok()?;
    (day >= FIRST_DAY).then(|| serial.to_excel())
}

/// Returns the one error for whatever the library refuses.
pub(super) fn failed(error: &XlsxError) -> Error {
    ErrorKind::Write(format!("it cannot be written as XLSX: {error}")).into()
}

/// Drops what the library gives back to go on with.
pub(super) fn done<T>(result: Result<T, XlsxError>) -> Result<(), Error> {
    result.map(drop).map_err(|error| failed(&error))
}
