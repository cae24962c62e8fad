//! The record of a closed plan: its rows and lines about what is internal go, and the others get their new numbers.

use super::cuts::Cut;
use super::leads::{Numbers, title_key};
use super::outline::{Of, Outline};
use super::walk::Found;
use crate::closing::is_section;
use crate::model::ElementId;
use crate::syntax::{Node, NodeKind, Words};
use crate::text::Span;

/// An objective or a key result, and what becomes of it.
struct Fate {
    old: ElementId,
    /// What it is in the external edition; nothing where it is internal.
    new: Option<ElementId>,
    title: String,
}

/// Cuts what the closing of a plan says of objectives and key results that go.
///
/// The grade of the plan, and that of an objective of which a key result goes, go as well: they were computed with it.
pub(super) fn look(outline: &Outline<'_>, found: &mut Found) {
    let fates = fates(outline, found);
    if fates.iter().all(|fate| fate.new.is_some()) {
        return;
    }
    let sections = outline.parsed.plan.sections.iter();
    let is_section_mark =
        |at: &usize| outline.marks[*at].of == Of::Other && outline.marks[*at].level <= 2;
    let headings = (0..outline.marks.len()).filter(is_section_mark);
    for (section, heading) in sections.zip(headings) {
        if !is_section(section) {
            continue;
        }
        for at in outline.below(heading) {
            let cuts = section_cuts(outline.text(), &outline.nodes[at], &fates);
            found.cuts[at].extend(cuts);
        }
    }
}

fn fates(outline: &Outline<'_>, found: &Found) -> Vec<Fate> {
    let mut numbers = Numbers::default();
    let mut fates = Vec::new();
    for (mark, place) in outline.marks.iter().zip(&outline.places) {
        let Some(old) = mark.element else { continue };
        let plan = &outline.parsed.plan;
        let title = match mark.of {
            Of::Objective => plan.objective(old).map(|objective| &objective.title),
            _ => plan.key_result(old).map(|key_result| &key_result.title),
        };
        let new = if found.gone[*place] {
            None
        } else {
            numbers.next(Some(old))
        };
        fates.push(Fate {
            old,
            new,
            title: title.map_or_else(String::new, |title| title_key(&title.plain())),
        });
    }
    fates
}

fn section_cuts(text: &str, node: &Node, fates: &[Fate]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    match node.kind {
        NodeKind::Paragraph => {
            for piece in &node.words.pieces {
                let raw = piece.span.of(text);
                if let Some(at) = raw.find(" The plan as a whole") {
                    let start = piece.span.start() + at;
                    cuts.push(Cut::new(Span::new(start, piece.span.end()), ""));
                }
            }
        }
        NodeKind::Table => {
            for row in node.children.iter().filter(|row| row.kind == NodeKind::Row) {
                row_cuts(text, row, fates, &mut cuts);
            }
        }
        NodeKind::List => {
            for item in &node.children {
                let Some(first) = item.children.first() else {
                    continue;
                };
                match subject(&first.words, fates) {
                    Some(Fate { new: None, .. }) => cuts.push(Cut::part(text, item)),
                    Some(fate) => cuts.extend(renumbered(text, &first.words, fate)),
                    None => {}
                }
            }
        }
        _ => {}
    }
    cuts
}

fn row_cuts(text: &str, row: &Node, fates: &[Fate], cuts: &mut Vec<Cut>) {
    let Some(first) = row.children.first() else {
        return;
    };
    let Some(fate) = subject(&first.words, fates) else {
        return;
    };
    if fate.new.is_none() {
        cuts.push(Cut::part(text, row));
        return;
    }
    cuts.extend(renumbered(text, &first.words, fate));
    let is_part = |other: &Fate| match (fate.old, other.old) {
        (ElementId::Objective(own), ElementId::KeyResult(of, _)) => {
            own == of && other.new.is_none()
        }
        _ => false,
    };
    if fates.iter().any(is_part) {
        // The grade and the verdict; emphasis around a grade has no words of its own.
        for cell in row.children.iter().skip(4) {
            cuts.push(Cut::new(cell.span, " "));
        }
    }
}

/// Returns what a line of the record is about: what its words name, else what its number does.
fn subject<'f>(words: &Words, fates: &'f [Fate]) -> Option<&'f Fate> {
    let plain = words.plain();
    let (number, rest) = plain.trim().split_once(' ')?;
    let number = ElementId::parse(number.trim_end_matches('.'))?;
    let rest = title_key(rest);
    let is_named = |fate: &&Fate| {
        let is_it = !fate.title.is_empty() && rest.starts_with(&fate.title);
        let is_kind = matches!(fate.old, ElementId::Objective(_))
            == matches!(number, ElementId::Objective(_));
        is_it && is_kind
    };
    let internal = fates
        .iter()
        .filter(|fate| fate.new.is_none())
        .find(is_named);
    let named = internal.or_else(|| fates.iter().find(is_named));
    named.or_else(|| {
        let is_numbered = |fate: &&Fate| fate.old == number && fate.new.is_none();
        fates.iter().find(is_numbered)
    })
}

/// Puts the new number in the place of the old one.
fn renumbered(text: &str, words: &Words, fate: &Fate) -> Option<Cut> {
    let new = fate.new.filter(|new| *new != fate.old)?;
    let piece = words
        .pieces
        .iter()
        .find(|piece| !piece.text.trim().is_empty())?;
    let raw = piece.span.of(text);
    let rest = raw.strip_prefix(&*fate.old.to_string())?;
    let length = raw.len() - rest.len();
    let place = Span::new(piece.span.start(), piece.span.start() + length);
    Some(Cut::new(place, new.to_string()))
}
