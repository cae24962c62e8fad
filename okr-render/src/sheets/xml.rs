//! Reads XML as a stream in little memory, whatever the XML says.
//!
//! No piece of it, be it a tag, a text or a comment, may be longer than [`MAX_PIECE`], so that the
//! buffer stays small; what a part may hold in sum is counted in a [`Budget`] that its whole file
//! shares. A document type is refused, and with it all entities but the five of XML itself.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::error::{Error, ErrorKind};

/// The most bytes between two tags, or within one; a full cell of 32,767 letters has less than half.
const MAX_PIECE: usize = 512 * 1024;

/// Tags within tags; spreadsheets need about ten.
const MAX_DEPTH: usize = 200;

/// How many bytes may still be unpacked.
#[derive(Debug)]
pub(crate) struct Budget(Cell<u64>);

impl Budget {
    /// Returns a budget of that many bytes.
    pub(crate) const fn new(bytes: u64) -> Self {
        Self(Cell::new(bytes))
    }
}

/// Bytes of a part, counted while they are read.
struct Counted<'b, R> {
    inner: BufReader<R>,
    budget: &'b Budget,
    /// How many bytes this part may still have.
    left: u64,
    /// How many bytes have been read since the last piece ended.
    piece: usize,
    /// Why reading stopped, where that is a limit and not broken XML.
    refusal: Option<&'static str>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece > MAX_PIECE {
            self.refusal = Some("a single text or tag is longer than any cell can be");
        } else if self.left == 0 || self.budget.0.get() == 0 {
            self.refusal = Some("it unpacks to more than is read");
        }
        if self.refusal.is_some() {
            return Err(io::Error::other("a limit is reached"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
        self.piece += count;
        self.left = self.left.saturating_sub(count as u64);
        let budget = self.budget.0.get();
        self.budget.0.set(budget.saturating_sub(count as u64));
    }
}

/// XML of a part of a file, as a stream of events.
pub(crate) struct Xml<'b, R: Read> {
    reader: Reader<Counted<'b, R>>,
    buffer: Vec<u8>,
    depth: usize,
    /// What the part is called in messages.
    part: String,
}

impl<'b, R: Read> Xml<'b, R> {
    /// Reads from `inner`, of which at most `limit` bytes are read.
    pub(crate) fn new(inner: R, part: &str, limit: u64, budget: &'b Budget) -> Self {
        let mut reader = Reader::from_reader(Counted {
            inner: BufReader::with_capacity(64 * 1024, inner),
            budget,
            left: limit,
            piece: 0,
            refusal: None,
        });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::with_capacity(1024),
            depth: 0,
            part: part.to_owned(),
        }
    }

    /// Returns the next event; empty elements come as a start and an end.
    ///
    /// # Errors
    ///
    /// The XML is broken or breaks off, is not UTF-8, has a document type, or is beyond a limit.
    pub(crate) fn next(&mut self) -> Result<Event<'_>, Error> {
        self.buffer.clear();
        self.reader.get_mut().piece = 0;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => {
                return Err(match self.reader.get_mut().refusal {
                    Some(refusal) => too_large(&self.part, refusal),
                    None => broken(&self.part, &error.to_string()),
                });
            }
        };
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(too_large(&self.part, "its tags are nested too deeply"));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => {
                return Err(broken(&self.part, "it breaks off in the middle"));
            }
            Event::DocType(_) => {
                return Err(broken(
                    &self.part,
                    "it has a document type, which no spreadsheet program writes",
                ));
            }
            _ => {}
        }
        Ok(event)
    }

    /// Returns how many elements are open.
    pub(crate) const fn depth(&self) -> usize {
        self.depth
    }

    /// Passes over what is within the element that was just opened, and its end.
    ///
    /// # Errors
    ///
    /// As [`Xml::next`].
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// Adds the text within the element that was just opened to `text`, and passes over its end; what
    /// is in elements within it is left out.
    ///
    /// # Errors
    ///
    /// As [`Xml::next`]; or the text is longer than a cell can be.
    pub(crate) fn text(&mut self, text: &mut String) -> Result<(), Error> {
        let inside = self.depth;
        while self.depth >= inside {
            let is_direct = self.depth == inside;
            let event = self.next()?;
            if is_direct {
                push_text(&event, text);
            }
            if text.len() > MAX_PIECE {
                return Err(too_large(
                    &self.part,
                    "a text is longer than any cell can be",
                ));
            }
        }
        Ok(())
    }
}

/// Adds the text of an event, if it has some, with the line ends of XML.
pub(crate) fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(words) => text.push_str(&words.xml10_content()),
        Event::CData(words) => text.push_str(&words.xml10_content()),
        Event::GeneralRef(reference) => push_reference(reference, text),
        _ => {}
    }
}

/// Adds what a reference such as `&amp;` or `&#10;` stands for; one that stands for nothing is added
/// as it is written.
fn push_reference(reference: &BytesRef<'_>, text: &mut String) {
    let name: &str = reference.as_ref();
    let character = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    };
    match character {
        Some(character) => text.push(character),
        None => text.extend(["&", name, ";"]),
    }
}

/// Returns the name of an element without its prefix.
pub(crate) fn name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    element.local_name().into_inner()
}

/// Returns the value of an attribute, by its name without prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == wanted)?;
    let raw: &str = &found.value;
    if raw.contains('&') {
        Some(
            quick_xml::escape::unescape(raw)
                .map_or_else(|_| raw.to_owned(), |value| value.into_owned()),
        )
    } else {
        Some(raw.to_owned())
    }
}

/// Returns the attribute as a number.
pub(crate) fn number(element: &BytesStart<'_>, wanted: &str) -> Option<usize> {
    attribute(element, wanted)?.trim().parse().ok()
}

/// Returns whether an attribute says yes.
pub(crate) fn is_true(element: &BytesStart<'_>, wanted: &str) -> bool {
    attribute(element, wanted).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}

fn too_large(part: &str, why: &str) -> Error {
    ErrorKind::TooLarge(format!(
        "its part `{part}` is too large: {why}; if the file is what it should be, save the sheet alone as .csv"
    ))
    .into()
}

/// Returns the error for a part that cannot be understood.
pub(crate) fn broken(part: &str, why: &str) -> Error {
    ErrorKind::Unreadable(format!(
        "its part `{part}` is broken: {why}; open the file in the program that wrote it, save it again and try once more"
    ))
    .into()
}
