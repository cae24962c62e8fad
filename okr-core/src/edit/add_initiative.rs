//! A new initiative, behind the others.

use jiff::civil::Date;

use super::EditError;
use super::field::bullet;
use super::initiative::{list_mut, normal_owner};
use super::placing::{Aim, ends_blank, first_that_means, words_end};
use crate::Parsed;
use crate::locations::ElementPlace;
use crate::model::{ElementId, Initiative, Inline, Plan};
use crate::print::{initiative_item, initiative_line};
use crate::syntax::{SEPARATOR, needs_separator};
use crate::text::{Span, TextEdit, is_blank};

pub(super) fn apply(
    plan: &mut Plan,
    element: ElementId,
    title: &Inline,
    owner: Option<&str>,
    due: Option<Date>,
) -> Result<(), EditError> {
    if title.is_empty() {
        return Err(EditError::no_title());
    }
    let list = list_mut(plan, element).ok_or_else(|| EditError::no_element(element))?;
    if list.iter().all(|initiative| initiative.title != *title) {
        list.push(Initiative {
            title: title.clone(),
            owner: owner.map(normal_owner).filter(|owner| !owner.is_empty()),
            due,
            ..Initiative::default()
        });
    }
    Ok(())
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    element: ElementId,
) -> Result<TextEdit, EditError> {
    let place = parsed.locations.element(element);
    let place = place.ok_or_else(|| EditError::no_element(element))?;
    let objective = changed.objective(element);
    let of_objective = objective.map(|objective| &objective.initiatives);
    let key_result = changed.key_result(element);
    let of_key_result = key_result.map(|key_result| &key_result.initiatives);
    let added = of_objective.or(of_key_result).and_then(|list| list.last());
    let added = added.ok_or_else(|| EditError::no_element(element))?;
    let initiatives = place.initiatives.iter();
    let initiatives: Vec<_> = initiatives
        .map(|there| (there.item, there.task.start()))
        .collect();
    let fields = place.fields.iter();
    let fields: Vec<_> = fields
        .map(|there| (there.item, there.label.start()))
        .collect();
    let line = initiative_line(added);
    let candidates = [&initiatives, &fields].into_iter().flat_map(|siblings| {
        let behind = |is_apart| behind(parsed, siblings, &line, is_apart);
        behind(false).into_iter().chain(behind(true))
    });
    let candidates =
        candidates.chain([false, true].map(|is_apart| list(parsed, place, added, is_apart)));
    Ok(first_that_means(parsed, changed, candidates))
}

/// Puts an item behind the last of `siblings`, which are items with the place of their words.
fn behind(
    parsed: &Parsed,
    siblings: &[(Span, usize)],
    line: &str,
    is_apart: bool,
) -> Option<TextEdit> {
    let document = &parsed.document;
    let text = document.text();
    let end = document.line_end();
    let (last, words) = *siblings.last()?;
    let lines_of = |item: Span| {
        let words = words_end(item.of(text)).max(1);
        document.whole_lines(Span::new(item.start(), item.start() + words))
    };
    let lines = lines_of(last);
    let lead = text.get(lines.start()..words)?;
    let first = lead.find('\n').map_or(lead, |at| &lead[..at]);
    let before = &text[..lines.start()];
    // Items with blank lines between them stay so.
    let is_loose = siblings.len() > 1 && ends_blank(before);
    let mut written = String::new();
    if !lines.of(text).ends_with('\n') {
        written.push_str(end);
    }
    if is_loose {
        written.push_str(end);
    }
    written.extend([bullet(first), "[ ] ", line]);
    if lines.of(text).ends_with('\n') {
        written.push_str(end);
    }
    let next = text[lines.end()..].lines().next().unwrap_or("");
    if !is_blank(next) && (is_apart || !needs_separator(next)) {
        // A paragraph right behind the list would become a part of the new item.
        written.push_str(end);
    }
    if is_apart {
        written.extend([end, SEPARATOR, end, end]);
    }
    Some(TextEdit::insert(lines.end(), written))
}

/// Puts a list of its own behind the heading.
fn list(parsed: &Parsed, place: &ElementPlace, added: &Initiative, is_apart: bool) -> TextEdit {
    let document = &parsed.document;
    let text = document.text();
    let end = document.line_end();
    let at = document.whole_lines(place.heading).end();
    let rest = &text[at..];
    let next = rest.lines().find(|line| !is_blank(line)).unwrap_or("");
    let mut written = String::new();
    if !text[..at].ends_with('\n') {
        written.push_str(end);
    }
    written.extend([end, &*initiative_item(added), end]);
    if is_apart || needs_separator(next) {
        written.extend([end, SEPARATOR, end]);
    }
    if !rest.is_empty() && !is_blank(rest.lines().next().unwrap_or("")) {
        written.push_str(end);
    }
    TextEdit::insert(at, written)
}
