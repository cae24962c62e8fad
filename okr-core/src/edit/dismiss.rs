//! A dismissal: a comment in the free text of an element.

use super::placing::{self, Aim};
use super::{EditError, initiative, key_result_mut, objective_mut};
use crate::Parsed;
use crate::dismissals::{Dismissal, Fingerprint, normal_reason, read};
use crate::lower::missing_end;
use crate::model::{ElementId, Plan};
use crate::syntax::{Block, blocks, indent, without_controls};
use crate::text::{Span, TextEdit};

pub(super) fn apply(
    plan: &mut Plan,
    element: ElementId,
    rule: &str,
    reason: &str,
) -> Result<(), EditError> {
    let dismissal = Dismissal {
        rule: rule.to_lowercase(),
        pin: Fingerprint::of_element(plan, element),
        reason: normal_reason(reason),
    };
    let missing = || EditError::no_element(element);
    let text = text_mut(plan, element).ok_or_else(missing)?;
    if let Some((message, expects)) = dismissal.fault() {
        return Err(EditError::value(message, expects));
    }
    match standing(text, &dismissal.rule) {
        Some((_, there)) if there == dismissal => {}
        Some((place, _)) => text.replace_range(place.start()..place.end(), &dismissal.to_string()),
        None => append(text, &dismissal),
    }
    Ok(())
}

/// Returns the dismissal of a rule that counts: the first one.
fn standing(text: &str, rule: &str) -> Option<(Span, Dismissal)> {
    read(text).into_iter().find(|(_, there)| there.rule == rule)
}

fn append(text: &mut String, dismissal: &Dismissal) {
    // Nested text may end in a block that only the end of its item closes.
    if let Some(Block::Other { span, kind }) = blocks(text, 0).last()
        && let Some(closing) = missing_end(span.of(text), *kind)
    {
        text.push('\n');
        text.push_str(&closing);
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(&dismissal.to_string());
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

fn text_of(plan: &Plan, element: ElementId) -> Option<&str> {
    match element {
        ElementId::Plan => Some(&plan.text),
        ElementId::Objective(_) => Some(&plan.objective(element)?.text),
        ElementId::KeyResult(..) => Some(&plan.key_result(element)?.text),
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            Some(&plan.initiative(element)?.text)
        }
    }
}

pub(super) fn edit(
    parsed: &Parsed,
    changed: &Aim<'_>,
    element: ElementId,
    rule: &str,
) -> Result<TextEdit, EditError> {
    let missing = || EditError::no_element(element);
    let rule = rule.to_lowercase();
    let before = text_of(&parsed.plan, element).ok_or_else(missing)?;
    let after = text_of(changed, element).ok_or_else(missing)?;
    let (_, dismissal) = standing(after, &rule).ok_or_else(missing)?;
    let item = parsed.locations.initiative(element).map(|place| place.item);
    let own = match &item {
        Some(item) => std::slice::from_ref(item),
        None => parsed.locations.own(element).ok_or_else(missing)?,
    };
    let candidates: Vec<TextEdit> = if let Some((place, _)) = standing(before, &rule) {
        replacements(parsed, own, place.of(before), &dismissal)
    } else if let Some(item) = item {
        let added = after.strip_prefix(before).unwrap_or(after);
        nested(parsed, element, item, added)
    } else {
        let own = *own.last().ok_or_else(missing)?;
        placing::append(&parsed.document, own, &dismissal.to_string())
    };
    Ok(placing::first_that_means(parsed, changed, candidates))
}

/// Puts the new comment in the place of each one that is spelled like the old one.
fn replacements(parsed: &Parsed, own: &[Span], old: &str, dismissal: &Dismissal) -> Vec<TextEdit> {
    // Free text has blanks in the place of control characters.
    let text = &*without_controls(parsed.document.text());
    let old = old.replace('\n', parsed.document.line_end());
    let mut candidates = Vec::new();
    for stretch in own {
        for (at, _) in stretch.of(text).match_indices(&*old) {
            let start = stretch.start() + at;
            let there = Span::new(start, start + old.len());
            candidates.push(TextEdit::replace(there, dismissal.to_string()));
        }
    }
    candidates
}

/// Puts lines at the end of an initiative's item, as far to the right as its words stand.
fn nested(parsed: &Parsed, element: ElementId, item: Span, added: &str) -> Vec<TextEdit> {
    let document = &parsed.document;
    let text = document.text();
    let end = document.line_end();
    let Some(place) = parsed.locations.initiative(element) else {
        return Vec::new();
    };
    let line = document.whole_lines(Span::empty(item.start())).start();
    let lead = Span::new(line, place.task.start()).of(text);
    let block = indent(added.trim_start_matches('\n'), lead.chars().count()).replace('\n', end);
    let words = item.start() + placing::words_end(item.of(text));
    let at = document.whole_lines(Span::empty(words)).end();
    // Blanks at the end of the item mean nothing; between two blocks they would be text.
    let blanks = Span::new(words, at).of(text).trim_end_matches(['\n', '\r']);
    let blanks = Span::new(words, words + blanks.len());
    let put = |before: &str, after: &str| {
        let written = if text[..at].ends_with('\n') {
            format!("{before}{block}{end}{after}")
        } else {
            format!("{end}{before}{block}")
        };
        let mut edit = TextEdit::insert(at, written);
        if !blanks.is_empty() {
            edit.push(blanks, "");
        }
        edit
    };
    // A comment right behind the words of the item leaves its list without blank lines.
    vec![put("", ""), put(end, ""), put(end, end)]
}
