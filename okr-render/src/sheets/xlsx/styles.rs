//! The number formats and the colours of a workbook, by the number of the style that a cell names.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::colours::{self, Paint};
use super::xml::{attribute, name, number};
use super::{MAX_SMALL_PART, Package};
use crate::error::{Error, ErrorKind};
use crate::sheets::format_code::{self, Shown};
use crate::table::Colour;

/// Styles of cells; Excel has room for 65,490.
const MAX_STYLES: usize = 100_000;

/// How the cells of each style show their numbers, and what fills them.
#[derive(Debug, Default)]
pub(super) struct Styles {
    shown: Vec<Shown>,
    /// The colour of each style; empty where none has one.
    fills: Vec<Option<Colour>>,
}

impl Styles {
    /// Returns how a style shows a number; a style that is not there shows it as it is.
    pub(super) fn get(&self, style: usize) -> &Shown {
        static PLAIN: Shown = Shown::PLAIN;
        self.shown.get(style).unwrap_or(&PLAIN)
    }

    /// Returns the colour that fills the cells of a style; nothing for white.
    pub(super) fn fill(&self, style: usize) -> Option<Colour> {
        self.fills.get(style).copied().flatten()
    }
}

/// Reads the styles; a workbook may have none.
pub(super) fn read(package: &mut Package<'_>, part: &str, theme: &str) -> Result<Styles, Error> {
    let mut styles = Styles::default();
    // The paints that there are, and for each style the number of its own.
    let (mut paints, mut numbers): (Vec<Paint>, Vec<usize>) = (Vec::new(), Vec::new());
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
                "fills" => paints = colours::paints(&mut xml)?,
                "cellXfs" => is_cell_style = true,
                "xf" if is_cell_style => {
                    let id = number(element, "numFmtId").unwrap_or_default();
                    let shown = formats
                        .get(&id)
                        .cloned()
                        .unwrap_or_else(|| format_code::read(built_in(id)));
                    styles.shown.push(shown);
                    numbers.push(number(element, "fillId").unwrap_or_default());
                    if styles.shown.len() > MAX_STYLES {
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
            Event::Eof => break,
            _ => {}
        }
    }
    drop(xml);
    let known = colours::resolve(&paints, package, theme)?;
    if known.iter().any(Option::is_some) {
        let fill = |number: &usize| known.get(*number).copied().flatten();
        styles.fills = numbers.iter().map(fill).collect();
    }
    Ok(styles)
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
