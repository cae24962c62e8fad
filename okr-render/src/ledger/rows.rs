//! The rows of a ledger, from a stream of text or from the sheets of a workbook.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_8};

use super::records::{Record, Records};
use crate::error::{Error, ErrorKind};
use crate::formats::MAX_BYTES;
use crate::sheets::{self, SheetOptions};
use crate::table::{Cell, Table, Visibility, address, column_name};

/// A file that can be read several times from its beginning.
pub trait LedgerFile {
    /// Opens it at its beginning.
    ///
    /// # Errors
    ///
    /// It cannot be opened.
    fn open(&self) -> io::Result<Box<dyn Read + '_>>;
}

impl LedgerFile for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.as_slice()))
    }
}

/// How many bytes are enough to tell encoding and delimiter.
const HEAD: usize = 128 * 1024;

/// A file of rows.
pub(super) struct Source<'f> {
    file: &'f dyn LedgerFile,
    content: Content,
    /// What was guessed about its bytes, a phrase each.
    pub(super) guesses: Vec<String>,
}

enum Content {
    Text(sheets::text::Sniffed),
    Sheets(Vec<Table>),
}

/// A row of it.
#[derive(Clone, Copy)]
pub(super) enum Row<'r> {
    Text(Record<'r>),
    Cells(&'r [Cell], u64),
}

/// A cell of a row, as it stands there.
#[derive(Clone, Copy)]
pub(crate) enum Raw<'r> {
    Bytes(&'r [u8]),
    Cell(&'r Cell),
}

impl<'r> Row<'r> {
    /// Returns a cell; behind the last one all are empty.
    #[inline]
    pub(super) fn cell(self, column: usize) -> Raw<'r> {
        static EMPTY: Cell = Cell::EMPTY;
        match self {
            Self::Text(record) => Raw::Bytes(record.get(column).trim_ascii()),
            Self::Cells(cells, _) => Raw::Cell(cells.get(column).unwrap_or(&EMPTY)),
        }
    }

    /// Returns how many cells there are.
    pub(super) fn len(self) -> usize {
        match self {
            Self::Text(record) => record.len(),
            Self::Cells(cells, _) => cells.len(),
        }
    }

    /// Returns the line of text that it begins in, or the number of the row of the sheet, from 1.
    pub(super) const fn line(self) -> u64 {
        match self {
            Self::Text(record) => record.line,
            Self::Cells(_, line) => line,
        }
    }

    /// Returns what messages call a cell of it: `cell D12` in a sheet, `line 12, column D` in text, where a quoted
    /// line end can put the two apart.
    pub(super) fn place(self, column: usize) -> String {
        match self {
            Self::Text(record) => format!("line {}, column {}", record.line, column_name(column)),
            Self::Cells(_, line) => {
                let row = usize::try_from(line)
                    .unwrap_or(usize::MAX)
                    .saturating_sub(1);
                format!("cell {}", address(column, row))
            }
        }
    }
}

impl Raw<'_> {
    /// Returns the words of the cell, without blanks around them; bytes that are no text become `�`.
    pub(super) fn text(self) -> String {
        match self {
            Self::Bytes(bytes) => String::from_utf8_lossy(bytes).trim().to_owned(),
            Self::Cell(cell) => cell.to_text().trim().to_owned(),
        }
    }

    /// Returns whether nothing stands in the cell.
    #[inline]
    pub(super) fn is_blank(self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Cell(cell) => cell.is_blank(),
        }
    }
}

impl<'f> Source<'f> {
    /// Looks at the beginning of a file, and reads all of it when it is no text.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is of a kind that is not read.
    pub(super) fn new(file: &'f dyn LedgerFile, options: &SheetOptions) -> Result<Self, Error> {
        let mut head = Vec::with_capacity(HEAD);
        let stream = file.open().map_err(|error| unreadable(&error))?;
        stream
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|error| unreadable(&error))?;
        if sheets::is_text(&head) {
            let sniffed = sheets::text::sniff(&head, head.len() == HEAD, options)?;
            let guesses = sniffed.guesses.iter().map(told).collect();
            return Ok(Self {
                file,
                content: Content::Text(sniffed),
                guesses,
            });
        }
        let mut bytes = Vec::new();
        let stream = file.open().map_err(|error| unreadable(&error))?;
        stream
            .take(MAX_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(&error))?;
        let workbook = sheets::read(&bytes, options)?;
        let tables: Vec<Table> = workbook
            .tables
            .into_iter()
            .filter(|table| {
                let is_wanted = options.sheet.is_some() || table.visibility == Visibility::Visible;
                is_wanted && !table.rows.is_empty()
            })
            .collect();
        Ok(Self {
            file,
            content: Content::Sheets(tables),
            guesses: workbook.guesses.iter().map(told).collect(),
        })
    }

    /// Returns the names of its sheets; a file of text has one without a name.
    pub(super) fn sheets(&self) -> Vec<&str> {
        match &self.content {
            Content::Text(_) => vec![""],
            Content::Sheets(tables) => tables.iter().map(|table| table.name.as_str()).collect(),
        }
    }

    /// Shows `visit` each row of a sheet, until it returns `false`.
    ///
    /// # Errors
    ///
    /// The file cannot be read on, or `visit` fails.
    pub(super) fn each(
        &self,
        sheet: usize,
        mut visit: impl FnMut(Row<'_>) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        match &self.content {
            Content::Text(sniffed) => {
                let stream = self.file.open().map_err(|error| unreadable(&error))?;
                if sniffed.encoding == UTF_8 {
                    return each_record(Records::new(stream, sniffed.delimiter), &mut visit);
                }
                let decoding = Decoding {
                    source: stream,
                    decoder: sniffed.encoding.new_decoder_with_bom_removal(),
                    raw: vec![0; 64 * 1024],
                    at: 0,
                    filled: 0,
                    is_over: false,
                };
                each_record(Records::new(decoding, sniffed.delimiter), &mut visit)
            }
            Content::Sheets(tables) => {
                let rows = tables.get(sheet).map_or(&[][..], |table| &table.rows);
                for (number, cells) in (1..).zip(rows) {
                    let is_blank = cells.iter().all(Cell::is_blank);
                    if !is_blank && !visit(Row::Cells(cells, number))? {
                        break;
                    }
                }
                Ok(())
            }
        }
    }
}

fn each_record<R: Read>(
    mut records: Records<R>,
    visit: &mut impl FnMut(Row<'_>) -> Result<bool, Error>,
) -> Result<(), Error> {
    while let Some(record) = records.next()? {
        if !visit(Row::Text(record))? {
            break;
        }
    }
    Ok(())
}

fn told(guess: &crate::table::Guess) -> String {
    format!("{}: {}", guess.what, guess.taken_for)
}

fn unreadable(error: &io::Error) -> Error {
    ErrorKind::Unreadable(error.to_string()).into()
}

/// Text in another encoding, as UTF-8.
struct Decoding<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    at: usize,
    filled: usize,
    is_over: bool,
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.at == self.filled && !self.is_over {
                self.at = 0;
                self.filled = self.source.read(&mut self.raw)?;
                self.is_over = self.filled == 0;
            }
            let raw = &self.raw[self.at..self.filled];
            let (result, read, written) =
                self.decoder
                    .decode_to_utf8_without_replacement(raw, into, self.is_over);
            self.at += read;
            if let DecoderResult::Malformed(..) = result {
                let message = "some bytes of it are no text in its encoding; save it as UTF-8 (in Excel: \"CSV UTF-8\") and try again";
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
            if written > 0 || self.is_over {
                return Ok(written);
            }
        }
    }
}
