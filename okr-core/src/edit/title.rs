//! The words of an element.

use super::EditError;
use crate::Parsed;
use crate::lower::{escape_end, title_of};
use crate::model::{ElementId, Initiative, Inline};
use crate::print::{initiative_line, initiative_title};
use crate::syntax::Block;
use crate::text::{Span, TextEdit};

pub(super) fn edit(
    parsed: &Parsed,
    element: ElementId,
    title: &Inline,
) -> Result<TextEdit, EditError> {
    let span = parsed
        .locations
        .title(element)
        .ok_or_else(|| EditError::no_element(element))?;
    let written = match element {
        ElementId::Plan => {
            // In an underlined heading the words begin the line, where a `#` or a `-` would mean something.
            let text = parsed.document.text();
            let heading = parsed
                .document
                .blocks()
                .iter()
                .find_map(|block| match block {
                    Block::Heading(heading) if heading.span.contains(span) => Some(heading),
                    _ => None,
                });
            if let Some(heading) =
                heading.filter(|heading| span.is_empty() || heading.is_underlined(text))
            {
                let start = parsed.document.whole_lines(heading.span).start();
                let heading = Span::new(start, heading.span.end());
                return Ok(TextEdit::replace(heading, format!("# {}", title_of(title))));
            }
            title_of(title).into_owned()
        }
        ElementId::Objective(_) | ElementId::KeyResult(..) => {
            escape_end(title.as_markdown()).into_owned()
        }
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            let place = parsed.locations.initiative(element);
            match parsed.plan.initiative(element) {
                Some(initiative) if place.is_some_and(|place| place.is_mixed) => {
                    initiative_line(&Initiative {
                        title: title.clone(),
                        ..initiative.clone()
                    })
                }
                _ => initiative_title(title, place.is_some_and(|place| place.trailer.is_some())),
            }
        }
    };
    Ok(if span.is_empty() {
        TextEdit::insert(span.start(), format!(" {written}"))
    } else {
        TextEdit::replace(span, written)
    })
}
