//! The number formats of a workbook, by the number of the style that a cell names.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::format_code::{self, Shown};
use super::xml::{attribute, name, number};
use super::{MAX_SMALL_PART, Package};
use crate::error::{Error, ErrorKind};

/// Styles of cells; Excel has room for 65,490.
const MAX_STYLES: usize = 100_000;

/// How the cells of each style show their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Shown>);

impl Styles {
    /// Returns how a style shows a number; a style that is not there shows it as it is.
    pub(super) fn get(&self, style: usize) -> &Shown {
        static PLAIN: Shown = Shown::PLAIN;
        self.0.get(style).unwrap_or(&PLAIN)
    }
}

/// Reads the styles; a workbook may have none.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Styles, Error> {
    let mut styles = Styles::default();
    let Some(mut xml) = package.xml(part, MAX_SMALL_PART)? else {
        return Ok(styles);
    };
    let mut formats = HashMap::new();
    let mut is_cell_style = false;
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(element) => match name(element) {
                "numFmt" => {
                    let code = attribute(element, "formatCode").unwrap_or_default();
                    if let Some(id) = number(element, "numFmtId") {
                        formats.insert(id, format_code::read(&code));
                    }
                }
                "cellXfs" => is_cell_style = true,
                "xf" if is_cell_style => {
                    let id = number(element, "numFmtId").unwrap_or_default();
                    let shown = formats
                        .get(&id)
                        .cloned()
                        .unwrap_or_else(|| format_code::read(built_in(id)));
                    styles.0.push(shown);
                    if styles.0.len() > MAX_STYLES {
                        let message = format!(
                            "it has more than {MAX_STYLES} cell styles; save the sheet alone as .csv"
                        );
                        return Err(ErrorKind::TooLarge(message).into());
                    }
                }
                _ => {}
            },
            Event::End(element) if element.local_name().into_inner() == "cellXfs" => {
                is_cell_style = false;
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// Returns the code of a number format that a file need not spell out.
///
/// Money has the sign of the language of the program there; a program in another language than
/// English spells its own out.
const fn built_in(id: usize) -> &'static str {
    match id {
        5..=8 | 42 | 44 => "\"$\"#,##0",
        9 | 10 => "0%",
        14..=17 | 22 | 27..=36 | 50..=58 => "yyyy-mm-dd",
        18..=21 | 45..=47 => "h:mm",
        49 => "@",
        _ => "General",
    }
}
