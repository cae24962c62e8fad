//! Tidying: what a careful person would straighten, and nothing that could change the meaning.

use std::collections::{HashMap, HashSet};

use crate::Parsed;
use crate::fields::HasFields;
use crate::locations::ElementPlace;
use crate::model::{KeyResult, Objective};
use crate::syntax::{Block, Document, Heading, Label, Table, table};
use crate::text::{Replacement, Span, TextEdit};

/// Returns the patch that tidies a plan: numbers of objectives and key results in order, names of fields
/// in their usual spelling, reminders behind relative targets up to date, check-in tables aligned, blank
/// lines around headings, a line end at the end.
///
/// Reading the patched text gives the same plan, and tidying it again changes nothing.
#[must_use]
pub fn tidy(parsed: &Parsed) -> TextEdit {
    let document = &parsed.document;
    let mut tidying = Tidying::default();
    number(&mut tidying, parsed);
    let mut headings: HashSet<Span> = HashSet::new();
    let mut rows: HashSet<Span> = HashSet::new();
    let objectives = parsed.plan.objectives.iter();
    for (objective, places) in objectives.zip(&parsed.locations.objectives) {
        headings.insert(places.element.heading);
        straighten_fields::<Objective>(&mut tidying, parsed, &places.element, objective);
        for (key_result, place) in objective.key_results.iter().zip(&places.key_results) {
            headings.insert(place.heading);
            rows.extend(&place.check_ins);
            straighten_fields::<KeyResult>(&mut tidying, parsed, place, key_result);
        }
    }
    let locations = &parsed.locations;
    let titles: HashSet<Span> = locations
        .sections
        .iter()
        .map(|section| section.heading)
        .chain(locations.title)
        .collect();
    let mut blocks = document.blocks().iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            // Headings in free text are the user's own.
            Block::Heading(heading)
                if headings.contains(&heading.span) || titles.contains(&heading.line.span) =>
            {
                let next = blocks.peek();
                let is_before_heading = next.is_some_and(|next| matches!(next, Block::Heading(_)));
                space_heading(&mut tidying, document, heading, is_before_heading);
            }
            // A row that was not read is free text, and keeps its table as it is.
            Block::Table(found)
                if !found.rows.is_empty() && found.rows.iter().all(|row| rows.contains(row)) =>
            {
                align(&mut tidying, document, found);
            }
            _ => {}
        }
    }
    let text = document.text();
    if !text.is_empty() && !text.ends_with('\n') {
        tidying.push(Span::empty(text.len()), document.line_end());
    }
    tidying.finish()
}

/// Returns the patch that numbers objectives and key results by their position.
#[must_use]
pub fn renumber(parsed: &Parsed) -> TextEdit {
    let mut tidying = Tidying::default();
    number(&mut tidying, parsed);
    tidying.finish()
}

/// Replacements in any order.
#[derive(Default)]
struct Tidying {
    replacements: Vec<Replacement>,
}

impl Tidying {
    fn push(&mut self, span: Span, text: impl Into<String>) {
        let text = text.into();
        self.replacements.push(Replacement { span, text });
    }

    fn finish(mut self) -> TextEdit {
        self.replacements
            .sort_by_key(|one| (one.span.start(), one.span.end()));
        let mut edit = TextEdit::none();
        for one in self.replacements {
            edit.push(one.span, one.text);
        }
        edit
    }
}

/// Returns what stands before the colon of each heading, by the place of the heading.
pub(super) fn heading_labels(parsed: &Parsed) -> HashMap<Span, &Label> {
    let blocks = parsed.document.blocks().iter();
    let labels = blocks.filter_map(|block| match block {
        Block::Heading(heading) => Some((heading.span, heading.line.label.as_deref()?)),
        _ => None,
    });
    labels.collect()
}

fn number(tidying: &mut Tidying, parsed: &Parsed) {
    let labels = heading_labels(parsed);
    let text = parsed.document.text();
    let mut number = |place: &ElementPlace, written: String| {
        let Some(label) = labels.get(&place.heading) else {
            return;
        };
        // A label with formatting in it has no place of its own for the number.
        if label.span.of(text).trim_end() == label.name && label.name != written {
            let start = label.span.start();
            tidying.push(Span::new(start, start + label.name.len()), written);
        }
    };
    for (o, places) in parsed.locations.objectives.iter().enumerate() {
        number(&places.element, format!("Objective {}", o + 1));
        for (k, place) in places.key_results.iter().enumerate() {
            number(place, format!("Key result {}.{}", o + 1, k + 1));
        }
    }
}

fn straighten_fields<E: HasFields>(
    tidying: &mut Tidying,
    parsed: &Parsed,
    place: &ElementPlace,
    element: &E,
) {
    let text = parsed.document.text();
    for there in &place.fields {
        let Some(field) = E::field(&there.name) else {
            continue;
        };
        let written = there.label.of(text);
        if written.trim_end() == there.name && written != field.name {
            tidying.push(there.label, field.name);
        }
        if field.name == "Target" {
            let written = (field.write)(element).filter(|written| {
                // Only the reminder is the tool's own; other spellings of a target are the user's.
                written.contains(['(', 'o'])
                    && !there.value.is_empty()
                    && there.value.of(text).starts_with(['+', '-', '−'])
            });
            if let Some(written) = written.filter(|written| written != there.value.of(text)) {
                tidying.push(there.value, written);
            }
        }
    }
}

fn space_heading(
    tidying: &mut Tidying,
    document: &Document,
    heading: &Heading,
    is_before_heading: bool,
) {
    let text = document.text();
    let lines = document.whole_lines(heading.span);
    let end = document.line_end();
    let before = &text[document.body_start()..lines.start()];
    let is_blank_before = before.is_empty()
        || before.trim_end_matches([' ', '\t']).ends_with("\n\n")
        || before.trim_end_matches([' ', '\t']).ends_with("\n\r\n")
        || crate::text::is_blank(before);
    // What comes before an underlined heading may be what makes its words a heading.
    if !is_blank_before && !heading.is_underlined(text) {
        tidying.push(Span::empty(lines.start()), end);
    }
    let after = &text[lines.end()..];
    let next_line = after.split('\n').next().unwrap_or("");
    if !after.is_empty() && !crate::text::is_blank(next_line) {
        // A heading that comes next gets its blank line from itself.
        if !is_before_heading {
            tidying.push(Span::empty(lines.end()), end);
        }
    }
}

fn align(tidying: &mut Tidying, document: &Document, found: &Table) {
    let text = document.text();
    let source = |span: Span| span.of(text).to_owned();
    let header: Vec<String> = found.header.iter().map(|cell| source(cell.span)).collect();
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let right: Vec<bool> = names
        .iter()
        .map(|name| matches!(*name, "Value" | "Confidence"))
        .collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (_, cells) in found.rows() {
        let mut row: Vec<String> = cells.iter().map(|cell| source(cell.span)).collect();
        row.resize(names.len(), String::new());
        rows.push(row);
    }
    let lines = document.whole_lines(found.span);
    let is_indented = lines.start() != found.span.start();
    let written = table(&names, &right, &rows).replace('\n', document.line_end());
    if !is_indented && written != found.span.of(text) {
        tidying.push(found.span, written);
    }
}
