//! Free text: what is said about an element in blocks of Markdown.

use super::placing::{self, Aim};
use super::{EditError, initiative, key_result_mut, objective_mut};
use crate::Parsed;
use crate::model::{ElementId, Initiative, KeyResult, Objective, Plan, Section};
use crate::syntax::{Document, SEPARATOR, indent, without_controls};
use crate::text::{Span, TextEdit, is_blank};

pub(super) fn apply(plan: &mut Plan, element: ElementId, text: &str) -> Result<(), EditError> {
    let normal = normal(plan, element, text).ok_or_else(no_text)?;
    *text_mut(plan, element).ok_or_else(|| EditError::no_element(element))? = normal;
    Ok(())
}

pub(super) fn apply_to_section(
    plan: &mut Plan,
    section: usize,
    text: &str,
) -> Result<(), EditError> {
    let normal = normal_of_section(text).ok_or_else(no_text)?;
    let section = plan.sections.get_mut(section);
    let section = section.ok_or_else(EditError::no_section)?;
    section.text = normal;
    Ok(())
}

fn no_text() -> EditError {
    let message = "the text holds headings or lines that belong to the plan".to_owned();
    EditError::value(message, "free text that is no part of the plan")
}

/// Returns a text as it comes back when it is that of an element, or nothing when it comes back as
/// something else.
pub(crate) fn normal(plan: &Plan, element: ElementId, text: &str) -> Option<String> {
    let own = || text.to_owned();
    let initiative = || Initiative {
        title: crate::model::Inline::from_plain("x"),
        text: own(),
        ..Initiative::default()
    };
    let mut scratch = Plan::default();
    match element {
        ElementId::Plan => {
            scratch.title.clone_from(&plan.title);
            scratch.text = own();
        }
        ElementId::Objective(_) => scratch.objectives.push(Objective {
            text: own(),
            ..Objective::default()
        }),
        ElementId::ObjectiveInitiative(..) => scratch.objectives.push(Objective {
            initiatives: vec![initiative()],
            ..Objective::default()
        }),
        ElementId::KeyResult(..) | ElementId::Initiative(..) => {
            let mut key_result = KeyResult::default();
            if let ElementId::Initiative(..) = element {
                key_result.initiatives.push(initiative());
            } else {
                key_result.text = own();
            }
            scratch.objectives.push(Objective {
                key_results: vec![key_result],
                ..Objective::default()
            });
        }
    }
    // In the scratch plan the element is the first of its kind.
    let there = match element {
        ElementId::Plan => ElementId::Plan,
        ElementId::Objective(_) => ElementId::Objective(0),
        ElementId::ObjectiveInitiative(..) => ElementId::ObjectiveInitiative(0, 0),
        ElementId::KeyResult(..) => ElementId::KeyResult(0, 0),
        ElementId::Initiative(..) => ElementId::Initiative(0, 0, 0),
    };
    let mut read = crate::parse(crate::print(&scratch)).plan;
    let normal = std::mem::take(text_mut(&mut read, there)?);
    text_mut(&mut scratch, there)?.clear();
    (read == scratch).then_some(normal)
}

/// Returns a text as it comes back when it is that of a section, or nothing when it comes back as
/// something else.
pub(crate) fn normal_of_section(text: &str) -> Option<String> {
    let mut scratch = Plan::default();
    scratch.sections.push(Section {
        title: crate::model::Inline::from_plain("x"),
        text: text.to_owned(),
        position: 0,
    });
    let mut read = crate::parse(crate::print(&scratch)).plan;
    let normal = std::mem::take(&mut read.sections.first_mut()?.text);
    scratch.sections.first_mut()?.text.clear();
    (read == scratch).then_some(normal)
}

fn text_mut(plan: &mut Plan, element: ElementId) -> Option<&mut String> {
    match element {
        ElementId::Plan => Some(&mut plan.text),
        ElementId::Objective(_) => Some(&mut objective_mut(plan, element)?.text),
        ElementId::KeyResult(..) => Some(&mut key_result_mut(plan, element)?.text),
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            Some(&mut initiative::find_mut(plan, element)?.text)
        }
    }
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    element: ElementId,
) -> Result<TextEdit, EditError> {
    let missing = || EditError::no_element(element);
    let candidates = match element {
        ElementId::Plan => {
            let own = parsed.locations.own.last().ok_or_else(missing)?;
            patches(
                &parsed.document,
                &parsed.locations.text,
                *own,
                &changed.text,
            )
        }
        ElementId::Objective(_) | ElementId::KeyResult(..) => {
            let place = parsed.locations.element(element).ok_or_else(missing)?;
            let own = *place.own.first().ok_or_else(missing)?;
            let of_objective = changed.objective(element).map(|objective| &objective.text);
            let of_key_result = || {
                changed
                    .key_result(element)
                    .map(|key_result| &key_result.text)
            };
            let text = of_objective.or_else(of_key_result).ok_or_else(missing)?;
            patches(&parsed.document, &place.text, own, text)
        }
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            let text = changed
                .initiative(element)
                .map(|initiative| &initiative.text);
            nested(parsed, element, text.ok_or_else(missing)?)
        }
    };
    Ok(placing::first_that_means(parsed, changed, candidates))
}

pub(super) fn edit_section(
    parsed: &Parsed,
    changed: &Aim<'_>,
    section: usize,
) -> Result<TextEdit, EditError> {
    let place = parsed.locations.sections.get(section);
    let place = place.ok_or_else(EditError::no_section)?;
    let now = changed.sections.get(section);
    let text = now.map_or("", |section| &section.text);
    let candidates = patches(&parsed.document, &place.text, place.own, text);
    Ok(placing::first_that_means(parsed, changed, candidates))
}

/// Returns the patches that make a text of what stands in `there`: of the lines that differ alone, of all
/// of it, and at the end of `own`.
fn patches(document: &Document, there: &[Span], own: Span, text: &str) -> Vec<TextEdit> {
    let source = document.text();
    let there: Vec<Span> = there.iter().map(|span| filled(source, *span)).collect();
    let mut candidates = Vec::new();
    if !there.is_empty() {
        let lines = lines(source, &there);
        candidates.push(of_lines(document, &lines, text, true));
        candidates.push(of_lines(document, &lines, text, false));
        if !text.is_empty() {
            let apart = format!("{SEPARATOR}\n\n{text}");
            candidates.push(of_lines(document, &lines, &apart, false));
        }
    }
    if !text.is_empty() {
        let mut without = TextEdit::none();
        for span in &there {
            without.push(*span, "");
        }
        for block in [text.to_owned(), format!("{SEPARATOR}\n\n{text}")] {
            for patch in placing::append(document, own, &block) {
                let mut both = without.clone();
                if both.merge(patch) {
                    candidates.push(both);
                }
            }
        }
    }
    candidates
}

/// Returns a stretch of whole lines without the blank ones at both ends.
fn filled(source: &str, span: Span) -> Span {
    let mut start = span.start();
    let mut end = span.start();
    let mut at = span.start();
    for line in span.of(source).split_inclusive('\n') {
        if is_blank(line) {
            start = if end == span.start() {
                at + line.len()
            } else {
                start
            };
        } else {
            end = at + line.len();
        }
        at += line.len();
    }
    Span::new(start.min(end), end)
}

/// A line of free text: where it stands, with its line end, and what it says.
struct Line {
    span: Span,
    words: String,
}

/// Returns the lines of the stretches; between two of them stands an empty one that is nowhere.
fn lines(source: &str, there: &[Span]) -> Vec<Line> {
    let mut lines = Vec::new();
    for span in there {
        if !lines.is_empty() {
            lines.push(Line {
                span: Span::empty(span.start()),
                words: String::new(),
            });
        }
        let mut at = span.start();
        for line in span.of(source).split_inclusive('\n') {
            let words = without_controls(line.trim_end_matches(['\r', '\n']));
            lines.push(Line {
                span: Span::new(at, at + line.len()),
                words: words.trim_end_matches(' ').to_owned(),
            });
            at += line.len();
        }
    }
    lines
}

/// Returns the patch that puts a text in the place of lines; of those that are the same at both ends
/// nothing is touched, where `is_least` asks for it.
fn of_lines(document: &Document, lines: &[Line], text: &str, is_least: bool) -> TextEdit {
    let source = document.text();
    let end = document.line_end();
    let new: Vec<&str> = text.lines().collect();
    let is_same = |(line, new): &(&Line, &&str)| line.words == new.trim_end_matches(' ');
    let (mut head, mut tail) = (0, 0);
    if is_least {
        head = lines.iter().zip(&new).take_while(is_same).count();
        let rest = lines[head..].iter().rev().zip(new[head..].iter().rev());
        tail = rest.take_while(is_same).count();
    }
    let gone = &lines[head..lines.len() - tail];
    let come = &new[head..new.len() - tail];
    let mut edit = TextEdit::none();
    let mut written: String = come.iter().flat_map(|line| [line, end]).collect();
    let Some(first) = gone.first() else {
        // Only more lines: behind the last that stays, which may lack its line end.
        let before = head.checked_sub(1).map(|last| lines[last].span);
        let at = match before {
            Some(before) if !before.of(source).ends_with('\n') => {
                written = format!("{end}{}", written.trim_end_matches(['\r', '\n']));
                before.end()
            }
            Some(before) => before.end(),
            None => lines.first().map_or(0, |line| line.span.start()),
        };
        return TextEdit::insert(at, written);
    };
    let is_unended = gone
        .last()
        .is_some_and(|last| !last.span.is_empty() && !last.span.of(source).ends_with('\n'));
    if is_unended {
        written.truncate(written.trim_end_matches(['\r', '\n']).len());
    }
    edit.push(first.span, written);
    for line in &gone[1..] {
        edit.push(line.span, "");
    }
    if come.is_empty() && tail == 0 {
        // The blank lines around what is gone would stand together.
        let at = gone.last().map_or(first.span.end(), |last| last.span.end());
        let blank: usize = source[at..]
            .split_inclusive('\n')
            .take_while(|line| is_blank(line))
            .map(str::len)
            .sum();
        if blank > 0 && placing::ends_blank(&source[..first.span.start()]) {
            edit.push(Span::new(at, at + blank), "");
        }
    }
    edit
}

/// Returns the patches that nest a text in an initiative.
fn nested(parsed: &Parsed, element: ElementId, text: &str) -> Vec<TextEdit> {
    let document = &parsed.document;
    let source = document.text();
    let end = document.line_end();
    let Some(place) = parsed.locations.initiative(element) else {
        return Vec::new();
    };
    let words = place
        .trailer
        .map_or(place.title.end(), |trailer| trailer.end());
    let start = document.whole_lines(Span::empty(words)).end();
    let filled_to = place.item.start() + placing::words_end(place.item.of(source));
    let there = Span::new(
        start,
        document
            .whole_lines(Span::empty(filled_to))
            .end()
            .max(start),
    );
    let line = document
        .whole_lines(Span::empty(place.item.start()))
        .start();
    let lead = Span::new(line, place.task.start())
        .of(source)
        .chars()
        .count();
    let block = indent(text, lead).replace('\n', end);
    let written = |before: &str, after: &str| {
        let ends = source[..there.end()].ends_with('\n');
        let opened = if source[..start].ends_with('\n') {
            ""
        } else {
            end
        };
        let closed = if ends { end } else { "" };
        if text.is_empty() {
            TextEdit::replace(there, "")
        } else {
            TextEdit::replace(there, format!("{opened}{before}{block}{closed}{after}"))
        }
    };
    vec![written(end, ""), written("", ""), written(end, end)]
}
