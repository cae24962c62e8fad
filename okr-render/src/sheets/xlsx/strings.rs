//! The texts that the cells of a workbook share, and the pieces that any text is made of.

use std::io::Read;

use quick_xml::events::Event;
use smol_str::SmolStr;

use super::xml::{attribute, name};
use super::{MAX_PART, Package};
use crate::error::{Error, ErrorKind};
use crate::sheets::xml::Xml;

/// Bytes of all shared texts.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Shared texts.
const MAX_STRINGS: usize = 4_000_000;

/// Texts, by number; cells with one of them have it together.
#[derive(Debug, Default)]
pub(super) struct Strings {
    texts: Vec<SmolStr>,
}

impl Strings {
    /// Returns a text by its number, from 0.
    pub(super) fn get(&self, number: usize) -> Option<&SmolStr> {
        self.texts.get(number)
    }
}

/// Reads the shared texts; a workbook may have none.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Strings, Error> {
    let mut strings = Strings::default();
    let Some(mut xml) = package.xml(part, MAX_PART)? else {
        return Ok(strings);
    };
    let mut item = String::new();
    let mut bytes = 0;
    loop {
        let is_item = match xml.next()? {
            Event::Start(element) => name(&element) == "si",
            Event::Eof => return Ok(strings),
            _ => false,
        };
        if !is_item {
            continue;
        }
        item.clear();
        read_item(&mut xml, &mut item)?;
        strings.texts.push(item.as_str().into());
        bytes += item.len();
        if bytes > MAX_BYTES || strings.texts.len() > MAX_STRINGS {
            let message = "its cells hold more than 64 MB of text or 4,000,000 texts; save the sheet alone as .csv";
            return Err(ErrorKind::TooLarge(message.to_owned()).into());
        }
    }
}

/// Reads the text within the element that was just opened: plain, or in pieces that look different.
/// How it is pronounced, in Japanese workbooks, is left out.
pub(super) fn read_item<R: Read>(xml: &mut Xml<'_, R>, text: &mut String) -> Result<(), Error> {
    let inside = xml.depth();
    while xml.depth() >= inside {
        let event = xml.next()?;
        let Event::Start(element) = &event else {
            continue;
        };
        match name(element) {
            "t" => {
                let is_kept = attribute(element, "space").is_some_and(|value| value == "preserve");
                let start = text.len();
                xml.text(text)?;
                if !is_kept {
                    trim(text, start);
                }
                unescape(text, start);
            }
            "r" => {}
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// Takes blanks off both ends of what stands behind `start`, as Excel does unless it is told to keep them.
fn trim(text: &mut String, start: usize) {
    const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];
    let end = text[start..].trim_end_matches(BLANKS).len() + start;
    text.truncate(end);
    let words = text[start..].trim_start_matches(BLANKS).len();
    text.replace_range(start..text.len() - words, "");
}

/// Puts signs in place of their numbers, such as `_x000D_`, in what stands behind `start`.
pub(super) fn unescape(text: &mut String, start: usize) {
    if !text[start..].contains("_x") {
        return;
    }
    let mut plain = String::with_capacity(text.len() - start);
    let mut rest = &text[start..];
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest
            .get(2..7)
            .and_then(|code| code.strip_suffix('_'))
            .filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let Some(sign) = code {
            // A line end within a cell is one sign here.
            if sign != '\r' {
                plain.push(sign);
            }
            rest = &rest[7..];
        } else {
            plain.push_str("_x");
            rest = &rest[2..];
        }
    }
    plain.push_str(rest);
    text.truncate(start);
    text.push_str(&plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_signs_become_signs() {
        let check = |text: &str, expected: &str| {
            let mut text = format!("_x0041_{text}");
            unescape(&mut text, 7);
            assert_eq!(&text[7..], expected);
        };
        check("a_x000D_\nb", "a\nb");
        check("_x005F_x000D_", "_x000D_");
        check("_x00_é_x", "_x00_é_x");
        check("max_x1", "max_x1");
    }

    #[test]
    fn blanks_at_the_ends_go() {
        let mut text = "a  b \n ".to_owned();
        trim(&mut text, 1);
        assert_eq!(text, "ab");
    }
}
