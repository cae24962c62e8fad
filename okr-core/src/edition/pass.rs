//! One look through a plan, and its text without what goes.

use super::cuts::{Cut, Cuts, Shape, is_separator, line_start};
use super::definitions::Definitions;
use super::leads::Fate;
use super::outline::{Of, Outline};
use super::walk::{Found, Links, coarsen, look};
use super::{front_cuts, is_tagged_in_front, record};
use crate::Parsed;
use crate::syntax::{Document, NodeKind, SEPARATOR, destinations, tree};
use crate::text::{Span, TextEdit};

/// Returns the text of a plan without what goes; the inner `None` where nothing does, and the outer one where the plan
/// as a whole goes.
#[expect(
    clippy::option_option,
    reason = "each of the two says something of its own"
)]
pub(super) fn cut(parsed: &Parsed, links: Option<Links<'_>>) -> Option<Option<String>> {
    let outline = Outline::new(parsed);
    let mut found = look(&outline, links);
    if found.is_whole || is_tagged_in_front(parsed) {
        return None;
    }
    if links.is_some() {
        record::look(&outline, &mut found);
    }
    // Each round cuts at least one block more, and after a few there is no use in being fine.
    for round in 0.. {
        let cuts = all_cuts(&outline, &found, links);
        let new = cuts.edit().apply(outline.text());
        if new == outline.text() {
            break;
        }
        let shapes = shapes(&outline, &cuts);
        let Some(first) = first_difference(&shapes, &new) else {
            return Some(Some(new));
        };
        if !cut_more(&outline, &mut found, first, round > MOST_ROUNDS) {
            return Some(Some(new));
        }
    }
    Some(None)
}

/// After so many rounds, all blocks with cuts in them go.
const MOST_ROUNDS: usize = 16;

/// Returns all cuts: of the front matter, of blocks, within blocks, of definitions, and of anchors.
fn all_cuts(outline: &Outline<'_>, found: &Found, links: Option<Links<'_>>) -> Cuts {
    let text = outline.text();
    let mut cuts: Vec<Cut> = front_cuts(outline.parsed).collect();
    let kept = outline.nodes.iter().zip(&found.gone).zip(&found.cuts);
    for ((_, gone), inner) in kept {
        if !gone {
            cuts.extend(inner.iter().cloned());
        }
    }
    let blocks = block_cuts(outline, found);
    let gone = Cuts::new(cuts.iter().chain(&blocks).cloned().collect());
    let definitions = Definitions::new(outline, &gone);
    let moves = links.map_or_else(Vec::new, |links| moves(outline, links));
    for mut block in blocks {
        for definition in &outline.definitions {
            if block.span.contains(definition.span)
                && definitions.needed.contains(&definition.label)
            {
                block.text.push_str("\n\n");
                block
                    .text
                    .push_str(moved(text, definition.span, &moves).trim());
            }
        }
        block.text.push_str("\n\n");
        cuts.push(block);
    }
    cuts.extend(definitions.cuts(outline, &gone, links));
    cuts.extend(moves.into_iter().filter(|cut| !gone.touch(cut.span)));
    Cuts::new(cuts)
}

/// Returns what gives links the new anchors of what they lead to.
fn moves(outline: &Outline<'_>, links: Links<'_>) -> Vec<Cut> {
    let text = outline.text();
    let mut moves = Vec::new();
    for place in destinations(text, outline.parsed.document.body_start()) {
        let target = place.of(text);
        if let Fate::Moves(anchor) = links.leads.fate(target, "", links.from) {
            let path = target.split('#').next().unwrap_or_default();
            moves.push(Cut::new(place, format!("{path}#{anchor}")));
        }
    }
    moves
}

/// Returns a stretch of the text with the new anchors in it.
fn moved(text: &str, place: Span, moves: &[Cut]) -> String {
    let mut edit = TextEdit::none();
    for cut in moves.iter().filter(|cut| place.contains(cut.span)) {
        let start = cut.span.start() - place.start();
        edit.push(Span::new(start, start + cut.span.len()), cut.text.clone());
    }
    edit.apply(place.of(text))
}

/// Returns the cuts of blocks at the top level that go as a whole.
fn block_cuts(outline: &Outline<'_>, found: &Found) -> Vec<Cut> {
    let text = outline.text();
    let mut cuts = Vec::new();
    for (at, node) in outline.nodes.iter().enumerate() {
        if !found.gone[at] {
            continue;
        }
        let start = line_start(text, node.span.start()).max(outline.parsed.document.body_start());
        let next = outline.nodes.get(at + 1);
        let end = match next.filter(|_| found.is_tail[at]) {
            Some(next) => line_start(text, next.span.start()),
            None if found.is_tail[at] => text.len(),
            None => node.span.end(),
        };
        cuts.push(Cut::new(Span::new(start, end), SEPARATOR));
    }
    cuts
}

/// Returns what the blocks that stay come to, with their positions.
fn shapes(outline: &Outline<'_>, cuts: &Cuts) -> Vec<(usize, Shape)> {
    let text = outline.text();
    let nodes = outline.nodes.iter().enumerate();
    let kept = nodes.filter(|(_, node)| !cuts.cover(node.span) && !is_separator(text, node));
    kept.map(|(at, node)| (at, Shape::of(text, node, cuts)))
        .collect()
}

/// Returns the position of the first block that has become something else in the new text.
fn first_difference(shapes: &[(usize, Shape)], new: &str) -> Option<usize> {
    let parsed = Document::parse(new);
    let (nodes, _) = tree(new, parsed.body_start());
    let none = Cuts::default();
    let mut nodes = nodes.iter().filter(|node| !is_separator(new, node));
    for (at, shape) in shapes {
        let same = nodes.next().map(|node| Shape::of(new, node, &none));
        if same.as_ref() != Some(shape) {
            return Some(*at);
        }
    }
    nodes.next().and_then(|_| shapes.last().map(|(at, _)| *at))
}

/// Cuts more of the first block with cuts at or before `first`, else behind it; returns whether there was one.
fn cut_more(outline: &Outline<'_>, found: &mut Found, first: usize, is_rough: bool) -> bool {
    let is_open = |at: &usize| !found.gone[*at] && !found.cuts[*at].is_empty();
    let at = (0..=first).rev().find(is_open);
    let Some(at) = at.or_else(|| (first..outline.nodes.len()).find(is_open)) else {
        return false;
    };
    let all: Vec<usize> = if is_rough {
        (0..outline.nodes.len()).filter(is_open).collect()
    } else {
        vec![at]
    };
    for at in all {
        let node = &outline.nodes[at];
        if !is_rough && coarsen(outline.text(), node, &mut found.cuts[at]) {
            continue;
        }
        if matches!(node.kind, NodeKind::Heading(_))
            && let Some(heading) = outline.heading_before(at + 1)
            && outline.marks[heading].of != Of::Title
        {
            found.leave_out(outline.below(heading));
        }
        found.gone[at] = true;
    }
    true
}
