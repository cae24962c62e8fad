//! The cells of a sheet.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::strings::{read_item, unescape};
use super::xml::{attribute, broken, is_true, name, number};
use super::{Grid, Shared};
use crate::error::Error;
use crate::sheets::decimal::decimal;
use crate::sheets::format_code::Time;
use crate::sheets::xml::Xml;
use crate::table::{Cell, Formula, NumberFormat, Range, Value, address};

/// What a cell says about itself before its value comes.
struct Head {
    row: usize,
    column: usize,
    style: usize,
    kind: Kind,
}

/// How the value of a cell is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    /// The number of a shared text.
    Shared,
    /// A text as it stands, which is what a formula comes to.
    Text,
    /// A text in an element of its own.
    Inline,
    Bool,
    Error,
    /// A day as text, in ISO 8601.
    Date,
}

/// Reads a sheet into a grid.
pub(super) fn read<R: Read>(
    xml: &mut Xml<'_, R>,
    part: &str,
    shared: &Shared,
    grid: &mut Grid<'_>,
) -> Result<(), Error> {
    let mut reader = Reader {
        part,
        shared,
        row: 0,
        column: 0,
        text: String::new(),
    };
    loop {
        let event = xml.next()?;
        let element = match &event {
            Event::Start(element) => element,
            Event::Eof => return Ok(()),
            _ => continue,
        };
        match name(element) {
            "c" => {
                let head = reader.head(element)?;
                reader.cell(xml, &head, grid)?;
            }
            "row" => {
                // Rows and cells may leave out where they stand; then they follow one another.
                reader.row = number(element, "r").unwrap_or(reader.row + 1);
                reader.column = 0;
                if is_true(element, "hidden") && reader.row > 0 {
                    grid.hide_rows(reader.row - 1, reader.row - 1);
                }
            }
            "col" if is_true(element, "hidden") => {
                if let (Some(first), Some(last)) = (number(element, "min"), number(element, "max"))
                    && first > 0
                {
                    grid.hide_columns(first - 1, last.saturating_sub(1));
                }
            }
            "mergeCell" => {
                if let Some(range) = attribute(element, "ref").as_deref().and_then(range) {
                    grid.merge(range)?;
                }
            }
            _ => {}
        }
    }
}

struct Reader<'s> {
    part: &'s str,
    shared: &'s Shared,
    /// The row that is being read, from 1; 0 before the first.
    row: usize,
    /// The column behind the last cell, from 0.
    column: usize,
    text: String,
}

impl Reader<'_> {
    fn head(&mut self, element: &BytesStart<'_>) -> Result<Head, Error> {
        let mut head = Head {
            row: self.row.saturating_sub(1),
            column: self.column,
            style: 0,
            kind: Kind::Number,
        };
        let mut attributes = element.attributes();
        for found in attributes.with_checks(false).flatten() {
            let value: &str = &found.value;
            match found.key.into_inner() {
                "r" => {
                    let Some((row, column)) = place(value) else {
                        let why = format!("a cell of it has the place `{}`", shortened(value));
                        return Err(broken(self.part, &why));
                    };
                    (head.row, head.column) = (row, column);
                }
                "s" => head.style = value.parse().unwrap_or_default(),
                "t" => {
                    head.kind = match value {
                        "s" => Kind::Shared,
                        "inlineStr" => Kind::Inline,
                        "b" => Kind::Bool,
                        "e" => Kind::Error,
                        "d" => Kind::Date,
                        "n" => Kind::Number,
                        _ => Kind::Text,
                    }
                }
                _ => {}
            }
        }
        self.column = head.column + 1;
        Ok(head)
    }

    /// Reads what is in a cell, and puts it into its place.
    fn cell<R: Read>(
        &mut self,
        xml: &mut Xml<'_, R>,
        head: &Head,
        grid: &mut Grid<'_>,
    ) -> Result<(), Error> {
        let inside = xml.depth();
        let mut has_formula = false;
        let mut has_value = false;
        self.text.clear();
        while xml.depth() >= inside {
            let event = xml.next()?;
            let Event::Start(element) = &event else {
                continue;
            };
            match name(element) {
                "v" if head.kind != Kind::Inline => {
                    has_value = true;
                    xml.text(&mut self.text)?;
                }
                "is" => {
                    has_value = true;
                    read_item(xml, &mut self.text)?;
                }
                "f" => {
                    has_formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        // A formula that comes to an empty text has been worked out; other values are never empty.
        let is_saved = has_value && (!self.text.is_empty() || head.kind == Kind::Text);
        let formula = match (has_formula, is_saved) {
            (false, _) => Formula::None,
            (true, true) => Formula::Saved,
            (true, false) => Formula::Unsaved,
        };
        if let Some(colour) = self.shared.styles.fill(head.style) {
            grid.fill(head.row, head.column, colour);
        }
        if self.text.is_empty() && !has_formula {
            return Ok(());
        }
        let (value, format) = self.value(head)?;
        let cell = Cell {
            value,
            format,
            formula,
        };
        grid.put(head.row, head.column, cell)
    }

    fn value(&mut self, head: &Head) -> Result<(Value, NumberFormat), Error> {
        if self.text.is_empty() {
            return Ok((Value::Empty, NumberFormat::General));
        }
        let shown = self.shared.styles.get(head.style);
        let value = match head.kind {
            Kind::Number => match decimal(self.text.trim()) {
                Some(number) => return Ok(self.number(number, head.style)),
                // A number beyond all measure stays as it is written.
                None => Value::Text(self.text.as_str().into()),
            },
            Kind::Shared => {
                let number = self.text.trim().parse().ok();
                let Some(words) = number.and_then(|number| self.shared.strings.get(number)) else {
                    let place = address(head.column, head.row);
                    let why = format!("the text of its cell {place} is missing from the file");
                    return Err(broken(self.part, &why));
                };
                Value::Text(words.clone())
            }
            Kind::Text => {
                unescape(&mut self.text, 0);
                Value::Text(self.text.as_str().into())
            }
            Kind::Inline => Value::Text(self.text.as_str().into()),
            Kind::Bool => match self.text.trim() {
                "1" | "true" | "TRUE" => Value::Bool(true),
                "0" | "false" | "FALSE" => Value::Bool(false),
                other => Value::Text(other.into()),
            },
            Kind::Error => Value::Error(self.text.trim().into()),
            Kind::Date => match self.text.get(..10).and_then(|day| day.parse().ok()) {
                Some(day) => Value::Date(day),
                None => Value::Text(self.text.as_str().into()),
            },
        };
        if matches!(&value, Value::Text(words) if words.is_empty()) {
            return Ok((Value::Empty, NumberFormat::General));
        }
        let format = match (&value, &shown.format) {
            (Value::Text(_), NumberFormat::Text) => NumberFormat::Text,
            _ => NumberFormat::General,
        };
        Ok((value, format))
    }

    /// Returns a number as its style shows it: as a day, or with a sign.
    fn number(&self, number: Decimal, style: usize) -> (Value, NumberFormat) {
        let shown = self.shared.styles.get(style);
        if shown.time == Time::Day
            && let Some(day) = self.shared.epoch.day(number)
        {
            return (Value::Date(day), NumberFormat::General);
        }
        (Value::Number(number), shown.format.clone())
    }
}

/// Returns row and column of a place such as `B7`, counted from 0.
fn place(text: &str) -> Option<(usize, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 || letters > 6 {
        return None;
    }
    let column = text[..letters].bytes().fold(0_usize, |column, letter| {
        column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let digits = &text[letters..];
    if digits.len() > 10 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let row: usize = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// Returns a range such as `B7:C9`.
fn range(text: &str) -> Option<Range> {
    let (first, last) = text.split_once(':')?;
    let (first, last) = (place(first)?, place(last)?);
    Some(Range {
        first_row: first.0,
        first_column: first.1,
        last_row: last.0,
        last_column: last.1,
    })
}

/// Returns the beginning of a text, for a message.
fn shortened(text: &str) -> String {
    text.chars().take(20).collect()
}
