//! Splits a stream of text into records, one at a time and in little memory.
//!
//! The csv-core crate tells where cells end. Lines are counted here, so that a message names the right one also
//! behind blank lines and quoted line ends.

use std::io::Read;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::error::{Error, ErrorKind};

/// How many bytes are read at once.
const CHUNK: usize = 256 * 1024;
/// The most bytes that the cells of one record may have; a longer one is a quote that is never closed.
const MAX_RECORD: usize = 1024 * 1024;
/// As many columns as Excel has.
const MAX_COLUMNS: usize = 16_384;

/// A stream of records.
pub(super) struct Records<R> {
    source: R,
    core: Reader,
    chunk: Box<[u8]>,
    at: usize,
    filled: usize,
    is_over: bool,
    /// The line that the next unread byte stands in, from 1.
    line: u64,
    /// Whether the byte before the next one is the first half of a line end that may have two.
    after_return: bool,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

/// The cells of a record, without quotes.
#[derive(Clone, Copy)]
pub(super) struct Record<'r> {
    cells: &'r [u8],
    ends: &'r [usize],
    /// The line that it begins in, from 1.
    pub(super) line: u64,
}

impl<'r> Record<'r> {
    /// Returns the bytes of a cell; behind the last one all are empty.
    #[inline]
    pub(super) fn get(self, column: usize) -> &'r [u8] {
        let Some(end) = self.ends.get(column) else {
            return b"";
        };
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells[start..*end]
    }

    /// Returns how many cells there are.
    pub(super) const fn len(self) -> usize {
        self.ends.len()
    }
}

impl<R: Read> Records<R> {
    pub(super) fn new(source: R, delimiter: u8) -> Self {
        Self {
            source,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            chunk: vec![0; CHUNK].into_boxed_slice(),
            at: 0,
            filled: 0,
            is_over: false,
            line: 1,
            after_return: false,
            cells: vec![0; 4096],
            ends: vec![0; 64],
        }
    }

    /// Returns the next record; blank lines are passed over.
    ///
    /// # Errors
    ///
    /// The source cannot be read, or a record is longer than any can be.
    pub(super) fn next(&mut self) -> Result<Option<Record<'_>>, Error> {
        self.skip_line_ends()?;
        let line = self.line;
        let (mut written, mut ended) = (0, 0);
        loop {
            if self.at == self.filled && !self.is_over {
                self.fill()?;
            }
            let input = &self.chunk[self.at..self.filled];
            let (result, read, wrote, ends) =
                self.core
                    .read_record(input, &mut self.cells[written..], &mut self.ends[ended..]);
            self.count(read);
            self.at += read;
            // The reader gives the ends of cells from the start of the record, whatever it wrote to before.
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.cells.len() < MAX_RECORD => {
                    self.cells.resize(self.cells.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MAX_COLUMNS => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull => {
                    let message = format!(
                        "the row that begins in line {line} is longer than 1 MiB; is a quote in it never closed?"
                    );
                    return Err(ErrorKind::TooLarge(message).into());
                }
                ReadRecordResult::OutputEndsFull => {
                    let message = format!("line {line} has more than {MAX_COLUMNS} cells");
                    return Err(ErrorKind::TooLarge(message).into());
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        Ok(Some(Record {
            cells: &self.cells[..written],
            ends: &self.ends[..ended],
            line,
        }))
    }

    fn fill(&mut self) -> Result<(), Error> {
        self.at = 0;
        self.filled = loop {
            match self.source.read(&mut self.chunk) {
                Ok(read) => break read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(ErrorKind::Unreadable(error.to_string()).into()),
            }
        };
        self.is_over = self.filled == 0;
        Ok(())
    }

    /// Passes over line ends, and counts them.
    fn skip_line_ends(&mut self) -> Result<(), Error> {
        loop {
            if self.at == self.filled {
                if self.is_over {
                    return Ok(());
                }
                self.fill()?;
                continue;
            }
            if !matches!(self.chunk[self.at], b'\r' | b'\n') {
                return Ok(());
            }
            self.count(1);
            self.at += 1;
        }
    }

    /// Counts the line ends in the next bytes: a return and a feed are one.
    fn count(&mut self, bytes: usize) {
        let read = &self.chunk[self.at..self.at + bytes];
        let Some(last) = read.last() else {
            return;
        };
        let mut ends = 0;
        for at in memchr::memchr2_iter(b'\n', b'\r', read) {
            let is_second_half = read[at] == b'\n'
                && match at.checked_sub(1) {
                    Some(before) => read[before] == b'\r',
                    None => self.after_return,
                };
            ends += u64::from(!is_second_half);
        }
        self.line += ends;
        self.after_return = *last == b'\r';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that gives a few bytes at a time, as a pipe may.
    struct Slow<'b>(&'b [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let length = self.1.min(self.0.len()).min(into.len());
            into[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[(u64, &[&str])]) {
        for step in [1, 2, 3, 7, 10_000] {
            let mut records = Records::new(Slow(text.as_bytes(), step), b',');
            let mut found = Vec::new();
            while let Some(record) = records.next().unwrap() {
                let cells: Vec<String> = (0..record.len())
                    .map(|at| String::from_utf8_lossy(record.get(at)).into_owned())
                    .collect();
                found.push((record.line, cells));
            }
            let found: Vec<(u64, Vec<&str>)> = found
                .iter()
                .map(|(line, cells)| (*line, cells.iter().map(String::as_str).collect()))
                .collect();
            let expected: Vec<(u64, Vec<&str>)> = expected
                .iter()
                .map(|(line, cells)| (*line, cells.to_vec()))
                .collect();
            assert_eq!(found, expected, "{text:?} in steps of {step}");
        }
    }

    #[test]
    fn records_have_the_line_that_they_begin_in() {
        check("a,b\nc,d\n", &[(1, &["a", "b"]), (2, &["c", "d"])]);
        check("a,b\r\nc,d\r\n", &[(1, &["a", "b"]), (2, &["c", "d"])]);
        check("a\n\n\r\nb", &[(1, &["a"]), (4, &["b"])]);
        check("a\rb\rc", &[(1, &["a"]), (2, &["b"]), (3, &["c"])]);
        check("\"a\n\"\"x\",b\nc", &[(1, &["a\n\"x", "b"]), (3, &["c"])]);
        check("", &[]);
    }

    #[test]
    fn long_records_grow_and_endless_ones_are_refused() {
        let long = "x".repeat(300_000);
        check(&format!("{long},b\nc"), &[(1, &[&long, "b"]), (2, &["c"])]);
        let endless = format!("a\n\"{}", "x".repeat(2 * MAX_RECORD));
        let mut records = Records::new(endless.as_bytes(), b',');
        assert!(records.next().unwrap().is_some());
        let error = records.next().err().unwrap();
        assert!(error.is_too_large());
        assert!(error.to_string().contains("line 2"), "{error}");
        let wide = ",".repeat(MAX_COLUMNS);
        assert!(
            Records::new(wide.as_bytes(), b',')
                .next()
                .err()
                .unwrap()
                .is_too_large()
        );
    }
}
