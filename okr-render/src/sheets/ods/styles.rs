//! The number formats and colours of a spreadsheet, by the name of the style that a cell has.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, ErrorKind};
use crate::sheets::format_code;
use crate::sheets::xml::{Xml, attribute, name};
use crate::table::{Colour, NumberFormat};

/// Styles of all kinds.
const MAX_STYLES: usize = 100_000;
/// Styles that build on one another.
const MAX_PARENTS: usize = 8;
/// Bytes of a number format, written as a code.
const MAX_CODE: usize = 1_000;

/// The styles that were read so far.
#[derive(Debug, Default)]
pub(super) struct Styles {
    cells: HashMap<String, CellStyle>,
    numbers: HashMap<String, Number>,
    /// The colours of styles that have one, of their own or from the style on which they build.
    fills: HashMap<String, Colour>,
    /// Names of styles whose sheets are hidden.
    hidden: HashSet<String>,
    /// Formats of cell styles that were asked for.
    found: HashMap<String, NumberFormat>,
}

/// Where the format of a cell style is to be found.
#[derive(Debug)]
struct CellStyle {
    number: Option<String>,
    parent: Option<String>,
}

/// A number format, written as a code of Excel, so that both are read by the same rules.
#[derive(Debug, Default)]
struct Number {
    code: String,
    /// The name of the format for positive numbers, where this is the one for negative ones.
    positive: Option<String>,
}

impl Styles {
    /// Returns how the cells of a style show a number; one that is not known shows it as it is.
    pub(super) fn format(&mut self, style: &str) -> NumberFormat {
        if let Some(found) = self.found.get(style) {
            return found.clone();
        }
        let found = self.look_up(style);
        if self.found.len() < MAX_STYLES {
            self.found.insert(style.to_owned(), found.clone());
        }
        found
    }

    fn look_up(&self, style: &str) -> NumberFormat {
        let mut style = style;
        for _ in 0..MAX_PARENTS {
            let Some(cell) = self.cells.get(style) else {
                break;
            };
            let number = cell
                .number
                .as_ref()
                .and_then(|number| self.numbers.get(number));
            if let Some(number) = number {
                let positive = number.positive.as_ref();
                let positive = positive.and_then(|positive| self.numbers.get(positive));
                return format_code::read(&positive.unwrap_or(number).code).format;
            }
            let Some(parent) = &cell.parent else {
                break;
            };
            style = parent;
        }
        NumberFormat::General
    }

    /// Returns the colour that fills the cells of a style; nothing for white.
    pub(super) fn fill(&self, style: &str) -> Option<Colour> {
        if self.fills.is_empty() {
            return None;
        }
        self.fills.get(style).copied()
    }

    /// Returns whether the sheets of a style are hidden.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// Reads the style that was just opened; returns `false`, without reading on, if it is none.
    pub(super) fn read<R: Read>(
        &mut self,
        xml: &mut Xml<'_, R>,
        opened: &Opened,
    ) -> Result<bool, Error> {
        if self.cells.len() + self.numbers.len() + self.hidden.len() > MAX_STYLES {
            let message =
                format!("it has more than {MAX_STYLES} styles; save the sheet alone as .csv");
            return Err(ErrorKind::TooLarge(message).into());
        }
        match opened {
            Opened::Cell(name, number, parent) => {
                let (number, parent) = (number.clone(), parent.clone());
                let fill = match read_fill(xml)? {
                    Some(named) => Colour::parse(&named).filter(|colour| *colour != Colour::WHITE),
                    None => parent
                        .as_ref()
                        .and_then(|parent| self.fills.get(parent).copied()),
                };
                if let Some(colour) = fill {
                    self.fills.insert(name.clone(), colour);
                }
                self.cells
                    .insert(name.clone(), CellStyle { number, parent });
            }
            Opened::Sheet(name) => {
                if is_hidden_sheet(xml)? {
                    self.hidden.insert(name.clone());
                }
            }
            Opened::Number(name, is_percent) => {
                let number = read_number(xml, *is_percent)?;
                self.numbers.insert(name.clone(), number);
            }
            Opened::Other => return Ok(false),
        }
        Ok(true)
    }
}

/// A style, as its opening tag describes it.
pub(super) enum Opened {
    /// A style of cells: its name, its number format, the style that it builds on.
    Cell(String, Option<String>, Option<String>),
    /// A style of sheets.
    Sheet(String),
    /// A number format, and whether it is one of percentages.
    Number(String, bool),
    /// No style of interest.
    Other,
}

impl Opened {
    /// Returns what a tag opens.
    pub(super) fn new(element: &BytesStart<'_>) -> Self {
        let called = || attribute(element, "name").unwrap_or_default();
        match name(element) {
            "style" => match attribute(element, "family").as_deref() {
                Some("table-cell") => Self::Cell(
                    called(),
                    attribute(element, "data-style-name"),
                    attribute(element, "parent-style-name"),
                ),
                Some("table") => Self::Sheet(called()),
                _ => Self::Other,
            },
            "percentage-style" => Self::Number(called(), true),
            "number-style" | "currency-style" | "text-style" => Self::Number(called(), false),
            _ => Self::Other,
        }
    }
}

/// Reads how a style of cells names its colour, which may be `transparent`; nothing where it names none.
fn read_fill<R: Read>(xml: &mut Xml<'_, R>) -> Result<Option<String>, Error> {
    let inside = xml.depth();
    let mut fill = None;
    while xml.depth() >= inside {
        if let Event::Start(element) = xml.next()?
            && name(&element) == "table-cell-properties"
            && let Some(colour) = attribute(&element, "background-color")
        {
            fill = Some(colour);
        }
    }
    Ok(fill)
}

fn is_hidden_sheet<R: Read>(xml: &mut Xml<'_, R>) -> Result<bool, Error> {
    let inside = xml.depth();
    let mut is_hidden = false;
    while xml.depth() >= inside {
        if let Event::Start(element) = xml.next()? {
            is_hidden |= attribute(&element, "display").is_some_and(|display| display == "false");
        }
    }
    Ok(is_hidden)
}

fn read_number<R: Read>(xml: &mut Xml<'_, R>, is_percent: bool) -> Result<Number, Error> {
    let inside = xml.depth();
    let mut number = Number::default();
    let mut words = String::new();
    while xml.depth() >= inside {
        let event = xml.next()?;
        let Event::Start(element) = &event else {
            continue;
        };
        match name(element) {
            _ if number.code.len() > MAX_CODE => xml.skip()?,
            "number" | "scientific-number" | "fraction" => {
                number.code.push('0');
                let factor = attribute(element, "display-factor");
                if factor.is_some_and(|factor| factor.len() > 3) {
                    number.code.push(',');
                }
            }
            "text-content" => number.code.push('@'),
            "text" | "currency-symbol" => {
                let is_money = name(element) == "currency-symbol";
                words.clear();
                xml.text(&mut words)?;
                // Neither sign can be within what it encloses.
                let words = words.replace(['"', ']'], "");
                if number.code.len() + words.len() > MAX_CODE || words.is_empty() {
                    continue;
                }
                if is_money {
                    number.code.extend(["[$", &words, "]"]);
                } else if is_percent && words.contains('%') {
                    number.code.push('%');
                } else {
                    number.code.extend(["\"", &words, "\""]);
                }
            }
            "map" if number.positive.is_none() => {
                number.positive = attribute(element, "apply-style-name");
            }
            _ => {}
        }
    }
    Ok(number)
}
