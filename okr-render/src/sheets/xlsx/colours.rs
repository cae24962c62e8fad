//! The colours that fill cells: spelled out, by the number of an old palette, or by that of a theme.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::xml::{attribute, name, number};
use super::{MAX_SMALL_PART, Package};
use crate::error::Error;
use crate::sheets::decimal::decimal;
use crate::sheets::xml::Xml;
use crate::table::Colour;

/// Fills that are kept; Excel has room for 65,490 styles, and few have a fill of their own.
const MAX_FILLS: usize = 10_000;

/// How a file names a colour.
#[derive(Clone, Copy, Debug)]
pub(super) enum Paint {
    /// No colour, or a pattern or gradient of several.
    None,
    Plain(Colour),
    /// A colour of the theme by its number, and how much lighter it is made, in thousandths.
    Theme(usize, i32),
}

/// Reads the fills within the element that was just opened.
pub(super) fn paints<R: Read>(xml: &mut Xml<'_, R>) -> Result<Vec<Paint>, Error> {
    let inside = xml.depth();
    let mut paints = Vec::new();
    while xml.depth() >= inside {
        let event = xml.next()?;
        let Event::Start(element) = &event else {
            continue;
        };
        match name(element) {
            "fill" if paints.len() < MAX_FILLS => paints.push(Paint::None),
            "fgColor" => {
                if let Some(last) = paints.last_mut() {
                    *last = paint(element);
                }
            }
            "patternFill" if attribute(element, "patternType").as_deref() == Some("solid") => {}
            "fill" | "bgColor" => {}
            // Thin patterns are decoration.
            _ => xml.skip()?,
        }
    }
    Ok(paints)
}

fn paint(element: &BytesStart<'_>) -> Paint {
    if let Some(colour) = attribute(element, "rgb").and_then(|text| Colour::parse(&text)) {
        return Paint::Plain(colour);
    }
    if let Some(theme) = number(element, "theme") {
        let tint = attribute(element, "tint").and_then(|text| decimal(&text));
        let tint = tint.and_then(|tint| tint.checked_mul(Decimal::ONE_THOUSAND)?.to_i32());
        return Paint::Theme(theme, tint.unwrap_or_default());
    }
    match number(element, "indexed").and_then(indexed) {
        Some(colour) => Paint::Plain(colour),
        None => Paint::None,
    }
}

/// Returns the colour of each fill; white and what is not known are none.
pub(super) fn resolve(
    paints: &[Paint],
    package: &mut Package<'_>,
    part: &str,
) -> Result<Vec<Option<Colour>>, Error> {
    let has_theme = paints.iter().any(|paint| matches!(paint, Paint::Theme(..)));
    let theme = if has_theme {
        theme(package, part)?
    } else {
        Vec::new()
    };
    let colour = |paint: &Paint| match paint {
        Paint::None => None,
        Paint::Plain(colour) => Some(*colour),
        Paint::Theme(at, tint) => Some(theme.get(*at).copied().flatten()?.tinted(*tint)),
    };
    let shown = |paint: &Paint| colour(paint).filter(|colour| *colour != Colour::WHITE);
    Ok(paints.iter().map(shown).collect())
}

/// Reads the colours of a theme in the order in which styles count them.
fn theme(package: &mut Package<'_>, part: &str) -> Result<Vec<Option<Colour>>, Error> {
    const ORDER: [&str; 12] = [
        "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5",
        "accent6", "hlink", "folHlink",
    ];
    let mut colours = vec![None; ORDER.len()];
    let Some(mut xml) = package.xml(part, MAX_SMALL_PART)? else {
        return Ok(colours);
    };
    let mut at = None;
    loop {
        let event = xml.next()?;
        let element = match &event {
            Event::Start(element) => element,
            Event::Eof => return Ok(colours),
            Event::End(element) if element.local_name().into_inner() == "clrScheme" => {
                return Ok(colours);
            }
            _ => continue,
        };
        let value = match name(element) {
            "srgbClr" => attribute(element, "val"),
            "sysClr" => attribute(element, "lastClr"),
            other => {
                at = ORDER.iter().position(|name| *name == other).or(at);
                continue;
            }
        };
        if let (Some(at), Some(value)) = (at, value) {
            colours[at] = Colour::parse(&value);
        }
    }
}

/// Returns a colour of the palette that Excel had before themes.
fn indexed(at: usize) -> Option<Colour> {
    const PALETTE: [u32; 56] = [
        0x00_0000, 0xff_ffff, 0xff_0000, 0x00_ff00, 0x00_00ff, 0xff_ff00, 0xff_00ff, 0x00_ffff,
        0x80_0000, 0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xc0_c0c0, 0x80_8080,
        0x99_99ff, 0x99_3366, 0xff_ffcc, 0xcc_ffff, 0x66_0066, 0xff_8080, 0x00_66cc, 0xcc_ccff,
        0x00_0080, 0xff_00ff, 0xff_ff00, 0x00_ffff, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00ff,
        0x00_ccff, 0xcc_ffff, 0xcc_ffcc, 0xff_ff99, 0x99_ccff, 0xff_99cc, 0xcc_99ff, 0xff_cc99,
        0x33_66ff, 0x33_cccc, 0x99_cc00, 0xff_cc00, 0xff_9900, 0xff_6600, 0x66_6699, 0x96_9696,
        0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
    ];
    // The first eight come twice.
    let at = if at < 8 { at } else { at - 8 };
    let [_, red, green, blue] = PALETTE.get(at)?.to_be_bytes();
    Some(Colour([red, green, blue]))
}
