//! A cell: what its tag says, what stands in it, and what that comes to.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use crate::error::{Error, ErrorKind};
use crate::sheets::currency;
use crate::sheets::decimal::decimal;
use crate::sheets::grid::{MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS};
use crate::sheets::xml::{Xml, name, number, push_text};
use crate::table::{NumberFormat, Value};

/// Bytes of the words in a cell while they are read; the grid has the limit in characters.
const MAX_WORDS: usize = 8 * MAX_CHARACTERS;

/// What the tag of a cell says.
#[derive(Default)]
pub(super) struct Head {
    pub(super) repeated: usize,
    pub(super) columns_spanned: usize,
    pub(super) rows_spanned: usize,
    pub(super) style: Option<String>,
    kind: String,
    /// The number, day, time or truth value.
    value: String,
    /// Words that are not those that are shown.
    words: Option<String>,
    currency: Option<String>,
    pub(super) has_formula: bool,
    is_error: bool,
}

impl Head {
    /// Reads the tag of a cell.
    pub(super) fn new(element: &BytesStart<'_>) -> Self {
        let mut head = Self {
            repeated: 1,
            columns_spanned: 1,
            rows_spanned: 1,
            ..Self::default()
        };
        let mut attributes = element.attributes();
        for found in attributes.with_checks(false).flatten() {
            let raw: &str = &found.value;
            let text = || {
                quick_xml::escape::unescape(raw)
                    .map_or_else(|_| raw.to_owned(), |text| text.into_owned())
            };
            match found.key.local_name().into_inner() {
                "number-columns-repeated" => head.repeated = count(raw, MAX_COLUMNS),
                "number-columns-spanned" => head.columns_spanned = count(raw, MAX_COLUMNS),
                "number-rows-spanned" => head.rows_spanned = count(raw, MAX_ROWS),
                "style-name" => head.style = Some(text()),
                // Its own type says that a formula came to an error, the standard's says a text.
                "value-type" if raw == "error" => head.is_error = true,
                "value-type" if head.kind.is_empty() => head.kind = text(),
                "value" | "date-value" | "time-value" | "boolean-value" => head.value = text(),
                "string-value" => head.words = Some(text()),
                "currency" => head.currency = Some(text()),
                "formula" => head.has_formula = true,
                _ => {}
            }
        }
        head
    }
}

/// Returns the value of a cell, or nothing where it has none, and how it is shown.
pub(super) fn value(
    head: Head,
    shown: String,
    format: &mut dyn FnMut() -> NumberFormat,
) -> (Option<Value>, NumberFormat) {
    let plain = NumberFormat::General;
    let words = |words: String| {
        if words.is_empty() {
            Value::Empty
        } else {
            Value::Text(words.into())
        }
    };
    if head.is_error {
        return (Some(Value::Error(shown.into())), plain);
    }
    match head.kind.as_str() {
        "" if shown.is_empty() => (None, plain),
        "float" | "percentage" | "currency" => {
            let Some(number) = decimal(head.value.trim()) else {
                let written = if head.value.is_empty() {
                    shown
                } else {
                    head.value
                };
                return (Some(words(written)), plain);
            };
            // LibreOffice shows an error of a formula behind a number that is 0.
            if head.has_formula && (shown.starts_with("Err:") || shown.starts_with('#')) {
                return (Some(Value::Error(shown.into())), plain);
            }
            let format = match head.kind.as_str() {
                "percentage" => NumberFormat::Percent,
                "currency" => match head.currency {
                    Some(code) => {
                        let known = currency::code(&code, None).map(str::to_owned);
                        NumberFormat::Currency(known.unwrap_or(code).into())
                    }
                    None => format(),
                },
                _ => format(),
            };
            (Some(Value::Number(number)), format)
        }
        "date" => match head.value.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) => (Some(Value::Date(day)), plain),
            None => (Some(words(shown)), plain),
        },
        "time" => match days(&head.value) {
            Some(days) => (Some(Value::Number(days)), plain),
            None => (Some(words(shown)), plain),
        },
        "boolean" => match head.value.as_str() {
            "true" => (Some(Value::Bool(true)), plain),
            "false" => (Some(Value::Bool(false)), plain),
            _ => (Some(words(shown)), plain),
        },
        _ => {
            let value = words(
                head.words
                    .filter(|words| !words.is_empty())
                    .unwrap_or(shown),
            );
            let format = match format() {
                NumberFormat::Text if value != Value::Empty => NumberFormat::Text,
                _ => plain,
            };
            (Some(value), format)
        }
    }
}

/// Returns a time such as `PT12H30M00S` in days.
fn days(text: &str) -> Option<Decimal> {
    let mut seconds = Decimal::ZERO;
    let mut rest = text.strip_prefix("PT")?;
    while let Some(at) = rest.find(['H', 'M', 'S']) {
        let number: Decimal = rest[..at].parse().ok()?;
        let unit = match rest.as_bytes().get(at)? {
            b'H' => 3600,
            b'M' => 60,
            _ => 1,
        };
        seconds = seconds.checked_add(number.checked_mul(Decimal::from(unit))?)?;
        rest = &rest[at + 1..];
    }
    Some(seconds.checked_div(Decimal::from(86_400))?.normalize())
}

/// Reads the paragraphs of a cell, parted by line ends; returns whether a comment hangs on it.
pub(super) fn read_words<R: Read>(xml: &mut Xml<'_, R>, words: &mut String) -> Result<bool, Error> {
    let inside = xml.depth();
    let mut has_comment = false;
    let mut is_first = true;
    while xml.depth() >= inside {
        let event = xml.next()?;
        let Event::Start(element) = &event else {
            continue;
        };
        match name(element) {
            "p" | "h" => {
                if !is_first {
                    words.push('\n');
                }
                is_first = false;
                read_paragraph(xml, words)?;
            }
            "annotation" => {
                has_comment = true;
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
        if words.len() > MAX_WORDS {
            let message = format!("a cell of it has more than {MAX_CHARACTERS} characters");
            return Err(ErrorKind::TooLarge(message).into());
        }
    }
    Ok(has_comment)
}

fn read_paragraph<R: Read>(xml: &mut Xml<'_, R>, words: &mut String) -> Result<(), Error> {
    let inside = xml.depth();
    let start = words.len();
    let mut text = String::new();
    while xml.depth() >= inside && words.len() <= MAX_WORDS {
        let event = xml.next()?;
        let Event::Start(element) = &event else {
            text.clear();
            push_text(&event, &mut text);
            push_folded(&text, words, start);
            continue;
        };
        match name(element) {
            // Blanks beyond one have an element of their own.
            "s" => {
                let count = number(element, "c").unwrap_or(1).min(MAX_CHARACTERS);
                words.extend(std::iter::repeat_n(' ', count));
            }
            "tab" => words.push('\t'),
            "line-break" => words.push('\n'),
            "note" | "ruby-text" | "annotation" => xml.skip()?,
            _ if element
                .name()
                .prefix()
                .is_some_and(|prefix| prefix.into_inner() == "draw") =>
            {
                xml.skip()?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Adds text in which any white space is one blank, and none begins a paragraph.
fn push_folded(text: &str, words: &mut String, start: usize) {
    for sign in text.chars() {
        if !matches!(sign, ' ' | '\t' | '\r' | '\n') {
            words.push(sign);
        } else if words.len() > start && !words.ends_with(' ') {
            words.push(' ');
        }
    }
}

/// Returns how often something is there: at least once, and not more often than a sheet has room for.
pub(super) fn count(text: &str, most: usize) -> usize {
    text.trim().parse().unwrap_or(1).clamp(1, most)
}
