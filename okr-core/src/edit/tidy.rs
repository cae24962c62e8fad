//! Tidying: what a careful person would straighten, and nothing that could change the meaning.

use crate::Parsed;
use crate::fields::HasFields;
use crate::locations::ElementPlace;
use crate::model::{KeyResult, Objective};
use crate::syntax::{Block, Document, Heading, Table, table};
use crate::text::{Span, TextEdit};

/// Returns the patch that tidies a plan: numbers of objectives and key results in order, names of fields
/// in their usual spelling, reminders behind relative targets up to date, check-in tables aligned, blank
/// lines around headings, a line end at the end.
///
/// Reading the patched text gives the same plan, and tidying it again changes nothing.
#[must_use]
pub fn tidy(parsed: &Parsed) -> TextEdit {
    let mut edit = renumber(parsed);
    for (objective, places) in parsed
        .plan
        .objectives
        .iter()
        .zip(&parsed.locations.objectives)
    {
        straighten_fields::<Objective>(&mut edit, parsed, &places.element, objective);
        for (key_result, place) in objective.key_results.iter().zip(&places.key_results) {
            straighten_fields::<KeyResult>(&mut edit, parsed, place, key_result);
        }
    }
    let rows: Vec<Span> = parsed
        .locations
        .objectives
        .iter()
        .flat_map(|places| &places.key_results)
        .flat_map(|place| place.check_ins.iter().copied())
        .collect();
    for block in parsed.document.blocks() {
        match block {
            // Headings in free text are the user's own.
            Block::Heading(heading) if is_ours(parsed, heading) => {
                space_heading(&mut edit, &parsed.document, heading);
            }
            // A row that was not read is free text, and keeps its table as it is.
            Block::Table(found)
                if found.rows.iter().all(|(row, _)| rows.contains(row))
                    && !found.rows.is_empty() =>
            {
                align(&mut edit, &parsed.document, found);
            }
            _ => {}
        }
    }
    let text = parsed.document.text();
    if !text.is_empty() && !text.ends_with('\n') {
        edit.push(Span::empty(text.len()), parsed.document.line_end());
    }
    edit
}

/// Returns the patch that numbers objectives and key results by their position.
#[must_use]
pub fn renumber(parsed: &Parsed) -> TextEdit {
    let mut edit = TextEdit::none();
    let mut number = |place: &ElementPlace, written: String| {
        let heading = parsed
            .document
            .blocks()
            .iter()
            .find_map(|block| match block {
                Block::Heading(heading) if heading.span == place.heading => Some(heading),
                _ => None,
            });
        let Some(label) = heading.and_then(|heading| heading.line.label.as_ref()) else {
            return;
        };
        // A label with formatting in it has no place of its own for the number.
        if label.span.of(parsed.document.text()).trim_end() == label.name && label.name != written {
            edit.push(
                Span::new(label.span.start(), label.span.start() + label.name.len()),
                written,
            );
        }
    };
    for (o, places) in parsed.locations.objectives.iter().enumerate() {
        number(&places.element, format!("Objective {}", o + 1));
        for (k, place) in places.key_results.iter().enumerate() {
            number(place, format!("Key result {}.{}", o + 1, k + 1));
        }
    }
    edit
}

fn is_ours(parsed: &Parsed, heading: &Heading) -> bool {
    let locations = &parsed.locations;
    let is_element = |place: &ElementPlace| place.heading == heading.span;
    locations.title == Some(heading.line.span)
        || locations.sections.contains(&heading.line.span)
        || locations
            .objectives
            .iter()
            .any(|places| is_element(&places.element) || places.key_results.iter().any(is_element))
}

fn straighten_fields<E: HasFields>(
    edit: &mut TextEdit,
    parsed: &Parsed,
    place: &ElementPlace,
    element: &E,
) {
    let text = parsed.document.text();
    for there in &place.fields {
        let Some(field) = E::field(&there.name) else {
            continue;
        };
        if there.label.of(text) == there.name && there.name != field.name {
            edit.push(there.label, field.name);
        }
        if field.name == "Target" {
            let written = (field.write)(element).filter(|written| {
                // Only the reminder is the tool's own; other spellings of a target are the user's.
                written.contains(['(', 'o'])
                    && !there.value.is_empty()
                    && there.value.of(text).starts_with(['+', '-', '−'])
            });
            if let Some(written) = written.filter(|written| written != there.value.of(text)) {
                edit.push(there.value, written);
            }
        }
    }
}

fn space_heading(edit: &mut TextEdit, document: &Document, heading: &Heading) {
    let text = document.text();
    let lines = document.whole_lines(heading.span);
    let end = document.line_end();
    let before = &text[document.body_start()..lines.start()];
    let is_blank_before = before.is_empty()
        || before.trim_end_matches([' ', '\t']).ends_with("\n\n")
        || before.trim_end_matches([' ', '\t']).ends_with("\n\r\n")
        || before.trim_ascii().is_empty();
    // What comes before an underlined heading may be what makes its words a heading.
    if !is_blank_before && !heading.is_underlined(text) {
        edit.push(Span::empty(lines.start()), end);
    }
    let after = &text[lines.end()..];
    let next_line = after.split('\n').next().unwrap_or("");
    if !after.is_empty() && !next_line.trim_ascii().is_empty() {
        // The next block may be a heading, which then already gets its blank line from above.
        let next_is_heading = document.blocks().iter().any(|block| {
            matches!(block, Block::Heading(next) if document.whole_lines(next.span).start() == lines.end())
        });
        if !next_is_heading {
            edit.push(Span::empty(lines.end()), end);
        }
    }
}

fn align(edit: &mut TextEdit, document: &Document, found: &Table) {
    let text = document.text();
    let source = |span: Span| span.of(text).to_owned();
    let header: Vec<String> = found.header.iter().map(|cell| source(cell.span)).collect();
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let right: Vec<bool> = names
        .iter()
        .map(|name| matches!(*name, "Value" | "Confidence"))
        .collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (_, cells) in &found.rows {
        let mut row: Vec<String> = cells.iter().map(|cell| source(cell.span)).collect();
        row.resize(names.len(), String::new());
        rows.push(row);
    }
    let lines = document.whole_lines(found.span);
    let is_indented = lines.start() != found.span.start();
    let written = table(&names, &right, &rows).replace('\n', document.line_end());
    if !is_indented && written != found.span.of(text) {
        edit.push(found.span, written);
    }
}
