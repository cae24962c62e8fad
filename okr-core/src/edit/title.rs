//! The words of an element.

use super::EditError;
use crate::Parsed;
use crate::lower::{escape_end, title_of};
use crate::model::{ElementId, Inline};
use crate::print::escape_trailer;
use crate::text::TextEdit;

pub(super) fn edit(parsed: &Parsed, element: ElementId, title: &Inline) -> Result<TextEdit, EditError> {
    let span = parsed.locations.title(element).ok_or_else(|| EditError::no_element(element))?;
    let written = match element {
        ElementId::Plan => title_of(title),
        ElementId::Objective(_) | ElementId::KeyResult(..) => escape_end(title.as_markdown().to_owned()),
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            let mut written = title.as_markdown().to_owned();
            let has_trailer = parsed.locations.initiative(element).is_some_and(|place| place.trailer.is_some());
            if !has_trailer {
                escape_trailer(&mut written);
            }
            written
        }
    };
    Ok(if span.is_empty() { TextEdit::insert(span.start(), format!(" {written}")) } else { TextEdit::replace(span, written) })
}
