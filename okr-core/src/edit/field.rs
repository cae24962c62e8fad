//! Fields: of the front matter for the plan, of the list under its heading for any other element.

use super::placing::{Aim, first_that_means, without_lines};
use super::{EditError, Kind, key_result_mut, objective_mut};
use crate::Parsed;
use crate::fields::{HasFields, is_same_field, is_same_name, set_unknown};
use crate::locations::{ElementPlace, FieldPlace};
use crate::model::{ElementId, Fields, Inline, KeyResult, Objective, Plan};
use crate::syntax::{Entry, SEPARATOR, front_matter_value, needs_separator, without_controls};
use crate::text::{Span, TextEdit, is_blank};

pub(super) fn apply(
    plan: &mut Plan,
    element: ElementId,
    name: &str,
    value: &Inline,
) -> Result<(), EditError> {
    match element {
        ElementId::Plan => {
            let Some(field) = Plan::field(name) else {
                if value.is_empty() {
                    plan.front_matter.retain(|key, _| !is_same_name(key, name));
                } else {
                    set_unknown(&mut plan.front_matter, name, value.plain().into_owned());
                }
                return Ok(());
            };
            (field.read)(plan, value)
                .map_err(|message| EditError::value(message, field.expects))?;
            plan.front_matter
                .retain(|key, _| !is_same_field::<Plan>(key, name));
            Ok(())
        }
        ElementId::Objective(_) => {
            let objective =
                objective_mut(plan, element).ok_or_else(|| EditError::no_element(element))?;
            set(objective, |objective| &mut objective.fields, name, value)
        }
        ElementId::KeyResult(..) => {
            let key_result =
                key_result_mut(plan, element).ok_or_else(|| EditError::no_element(element))?;
            set(key_result, |key_result| &mut key_result.fields, name, value)
        }
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => Err(EditError {
            kind: Box::new(Kind::NoField(element)),
        }),
    }
}

fn set<E: HasFields>(
    element: &mut E,
    others: impl Fn(&mut E) -> &mut Fields,
    name: &str,
    value: &Inline,
) -> Result<(), EditError> {
    let Some(field) = E::field(name) else {
        if value.is_empty() {
            others(element).retain(|other, _| !is_same_name(other, name));
            return Ok(());
        }
        if let Some(kept) = E::kept_field(name) {
            (kept.check)(&value.plain())
                .map_err(|message| EditError::value(message, kept.expects))?;
        }
        set_unknown(others(element), name, value.clone());
        return Ok(());
    };
    (field.read)(element, value).map_err(|message| EditError::value(message, field.expects))?;
    // A value that could not be read was kept under the field's name; it gives way now.
    others(element).retain(|other, _| !is_same_field::<E>(other, name));
    Ok(())
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    element: ElementId,
    name: &str,
    value: &Inline,
) -> Result<TextEdit, EditError> {
    if element == ElementId::Plan {
        if value.is_empty() {
            let candidates = without_entry(parsed, name);
            return Ok(first_that_means(parsed, changed, candidates));
        }
        return Ok(edit_front_matter(parsed, name, &value.plain()));
    }
    let place = parsed
        .locations
        .element(element)
        .ok_or_else(|| EditError::no_element(element))?;
    match (changed.objective(element), changed.key_result(element)) {
        (Some(_), _) if value.is_empty() => {
            let candidates = without_item::<Objective>(parsed, place, name);
            Ok(first_that_means(parsed, changed, candidates))
        }
        (Some(objective), _) => Ok(edit_item(parsed, place, objective, name, value)),
        (_, Some(key_result)) => {
            let is_baseline = is_same_field::<KeyResult>(name, "Baseline");
            let with_reminder = |mut edit: TextEdit| {
                if is_baseline {
                    edit.merge(refresh_reminder(place, key_result, parsed));
                }
                edit
            };
            if value.is_empty() {
                let candidates = without_item::<KeyResult>(parsed, place, name);
                let candidates = candidates.into_iter().map(with_reminder);
                return Ok(first_that_means(parsed, changed, candidates));
            }
            let edit = edit_item(parsed, place, key_result, name, value);
            Ok(with_reminder(edit))
        }
        _ => Err(EditError::no_element(element)),
    }
}

/// Returns the patches that clear an entry of the front matter: without its line, and with the key alone where a
/// comment stands behind the value.
fn without_entry(parsed: &Parsed, name: &str) -> Vec<TextEdit> {
    let text = parsed.document.text();
    let entries = parsed.document.front_matter().map(|it| &it.entries);
    let entry = entries.into_iter().flatten();
    let Some(entry) = entry
        .into_iter()
        .find(|entry| is_same_field::<Plan>(&entry.key, name))
    else {
        return vec![TextEdit::none()];
    };
    let behind = &text[entry.value_span.end()..entry.line_span.end()];
    let mut candidates = Vec::new();
    if is_blank(behind) || entry.value_span.is_empty() {
        candidates.push(TextEdit::replace(entry.line_span, ""));
    }
    candidates.push(replace_value(text, entry.value_span, String::new()));
    candidates
}

/// Returns the patches that clear a field: without its line; with the name alone, which for a field that okr knows
/// means the same; and with something left that keeps what was nested in it, or keeps the lists on both sides apart.
fn without_item<E: HasFields>(parsed: &Parsed, place: &ElementPlace, name: &str) -> Vec<TextEdit> {
    let document = &parsed.document;
    let Some(there) = place.field(|other| is_same_field::<E>(other, name)) else {
        return vec![TextEdit::none()];
    };
    let (text, end) = (document.text(), document.line_end());
    let emptied = replace_value(text, there.value, String::new());
    let lines = document.whole_lines(there.item);
    let apart = format!("{SEPARATOR}{end}");
    vec![
        without_lines(document, there.item),
        emptied,
        TextEdit::replace(lines, nested_as_quote(parsed, there)),
        TextEdit::replace(lines, apart),
    ]
}

/// Returns what is nested in the item of a field as a quote, which is how it is read.
fn nested_as_quote(parsed: &Parsed, field: &FieldPlace) -> String {
    let document = &parsed.document;
    let (text, end) = (document.text(), document.line_end());
    let lines = document.whole_lines(field.item);
    let indent = field.label.start() - lines.start();
    let mut quote = String::new();
    for line in lines.of(text).lines().skip(1) {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        let line = format!("> {}", &line[blanks.min(indent)..]);
        quote.extend([line.trim_end(), end]);
    }
    format!("{end}{quote}{end}")
}

fn edit_front_matter(parsed: &Parsed, name: &str, value: &str) -> TextEdit {
    let document = &parsed.document;
    let written = front_matter_value(value);
    let end = document.line_end();
    let Some(front_matter) = document.front_matter() else {
        let key = Plan::field(name).map_or(name, |field| field.name);
        let start = document.body_start();
        let block = format!(
            "---{end}{}{end}---{end}{end}",
            format!("{key}: {written}").trim_end_matches(' ')
        );
        return TextEdit::insert(start, block);
    };
    // The value belongs right behind the colon, before a comment that may stand there.
    let behind_colon = |entry: &Entry| {
        let line = entry.line_span.of(document.text());
        let colon = line
            .get(entry.key.len()..)
            .and_then(|rest| rest.find(':'))
            .unwrap_or(0);
        let at = entry.line_span.start() + entry.key.len() + colon + 1;
        TextEdit::insert(at, format!(" {written}"))
    };
    match front_matter
        .entries
        .iter()
        .find(|entry| is_same_field::<Plan>(&entry.key, name))
    {
        Some(entry) if entry.value_span.is_empty() => behind_colon(entry),
        // A list below its key gives way to a value on the line of the key.
        Some(entry) if entry.value_span.of(document.text()).contains('\n') => {
            let value = entry.value_span.of(document.text());
            let first_line = value.lines().next().map_or(0, str::len);
            let list = Span::new(
                entry.value_span.start() + first_line,
                entry.value_span.end(),
            );
            let mut edit = behind_colon(entry);
            edit.push(list, "");
            edit
        }
        Some(entry) => TextEdit::replace(entry.value_span, written),
        None => {
            let key = Plan::field(name).map_or(name, |field| field.name);
            TextEdit::insert(
                front_matter.end,
                format!("{}{end}", format!("{key}: {written}").trim_end_matches(' ')),
            )
        }
    }
}

fn edit_item<E: HasFields>(
    parsed: &Parsed,
    place: &ElementPlace,
    element: &E,
    name: &str,
    value: &Inline,
) -> TextEdit {
    let field = E::field(name);
    // What the field says of itself includes the reminder behind a relative target.
    let canonical = field.and_then(|field| (field.write)(element));
    let written = canonical.unwrap_or_else(|| value.as_markdown().to_owned());
    if let Some(there) = place.field(|other| is_same_field::<E>(other, name)) {
        return replace_value(parsed.document.text(), there.value, written);
    }
    let key = field.map_or(name, |field| field.name);
    let line = format!("{key}: {written}").trim_end_matches(' ').to_owned();
    insert_item::<E>(parsed, place, key, &line)
}

fn replace_value(text: &str, span: Span, written: String) -> TextEdit {
    if written.is_empty() {
        // The blank behind the colon goes with the value.
        let start = text[..span.start()].trim_end_matches([' ', '\t']).len();
        return TextEdit::replace(Span::new(start, span.end()), written);
    }
    if span.is_empty() {
        TextEdit::insert(span.start(), format!(" {written}"))
    } else {
        TextEdit::replace(span, written)
    }
}

/// Adds an item to the list under a heading: behind the last field that comes before it in the usual
/// order, else before the first item, else in a list of its own.
fn insert_item<E: HasFields>(
    parsed: &Parsed,
    place: &ElementPlace,
    key: &str,
    line: &str,
) -> TextEdit {
    let document = &parsed.document;
    let text = document.text();
    let end = document.line_end();
    let rank = |name: &str| {
        let position = E::field(name)
            .and_then(|field| E::FIELDS.iter().position(|other| other.name == field.name));
        position.unwrap_or(E::FIELDS.len())
    };
    // Other than a known field, an unknown one is read only in the list right behind the heading.
    let is_known = E::field(key).is_some();
    let suits = |item: Span| is_known || place.list.is_some_and(|list| list.contains(item));
    let fields = || place.fields.iter().filter(|field| suits(field.item));
    let before = fields().rfind(|other| rank(&other.name) <= rank(key));
    if let Some(sibling) = before {
        let lines = document.whole_lines(sibling.item);
        let lead = &text[lines.start()..sibling.label.start()];
        let item = format!("{}{line}", bullet(lead));
        return if lines.of(text).ends_with('\n') {
            // A paragraph right behind the list would become a part of the new item.
            let next = text[lines.end()..].lines().next().unwrap_or("");
            let gap = if is_blank(next) || needs_separator(next) {
                ""
            } else {
                end
            };
            TextEdit::insert(lines.end(), format!("{item}{end}{gap}"))
        } else {
            TextEdit::insert(lines.end(), format!("{end}{item}"))
        };
    }
    let first_field = fields()
        .map(|field| (field.item, field.label.start()))
        .min();
    let initiatives = place
        .initiatives
        .iter()
        .filter(|initiative| suits(initiative.item));
    let first_initiative = initiatives
        .map(|initiative| (initiative.item, initiative.task.start()))
        .min();
    if let Some((item, words)) = first_field.into_iter().chain(first_initiative).min() {
        let start = document.whole_lines(item).start();
        let lead = &text[start..words];
        return TextEdit::insert(start, format!("{}{line}{end}", bullet(lead)));
    }
    let after = document.whole_lines(place.heading).end();
    let heading_ends = text[..after].ends_with('\n');
    let rest = &text[after..];
    let next = rest
        .lines()
        .find(|line| !crate::text::is_blank(line))
        .unwrap_or("");
    let next = without_controls(next);
    let is_indented = next.starts_with("  ") || next.starts_with(['\t']) || next.starts_with(" \t");
    let mut block = String::new();
    if !heading_ends {
        block.push_str(end);
    }
    block.extend([end, "- ", line, end]);
    if is_indented {
        block.extend([end, SEPARATOR, end]);
    }
    if !rest.is_empty() && !rest.starts_with(['\r', '\n']) {
        block.push_str(end);
    }
    TextEdit::insert(after, block)
}

/// Returns the indentation and bullet at the start of an item, with the blanks behind the bullet.
pub(super) fn bullet(lead: &str) -> &str {
    let marker = lead.trim_start_matches([' ', '\t']);
    let marker_end = marker.find([' ', '\t']).unwrap_or(marker.len());
    let blanks =
        marker[marker_end..].len() - marker[marker_end..].trim_start_matches([' ', '\t']).len();
    &lead[..lead.len() - marker.len() + marker_end + blanks]
}

/// Brings the reminder behind a relative target up to date with the baseline.
fn refresh_reminder(place: &ElementPlace, key_result: &KeyResult, parsed: &Parsed) -> TextEdit {
    let Some(field) = KeyResult::field("Target") else {
        return TextEdit::none();
    };
    let Some(there) = place.field(|other| is_same_field::<KeyResult>(other, field.name)) else {
        return TextEdit::none();
    };
    let is_change = key_result
        .measure
        .target
        .as_ref()
        .is_some_and(crate::model::Target::is_change);
    let written = (field.write)(key_result)
        .filter(|written| is_change && written != there.value.of(parsed.document.text()));
    written.map_or_else(TextEdit::none, |written| {
        replace_value(parsed.document.text(), there.value, written)
    })
}
