//! Definitions of links, such as `[page]: page.md`.

use std::collections::HashSet;

use super::cuts::{Cut, Cuts};
use super::leads::Fate;
use super::outline::Outline;
use super::tags::is_tagged;
use super::walk::Links;
use crate::syntax::{Node, NodeKind, normal_label};
use crate::text::Span;

/// The definitions of a plan, by what becomes of the links that use them.
pub(super) struct Definitions {
    /// Labels that stay in use.
    pub(super) needed: HashSet<String>,
    /// Labels that only what goes has used.
    useless: HashSet<String>,
}

impl Definitions {
    pub(super) fn new(outline: &Outline<'_>, gone: &Cuts) -> Self {
        let mut definitions = Self {
            needed: HashSet::new(),
            useless: HashSet::new(),
        };
        for node in &outline.nodes {
            definitions.add(node, gone);
        }
        let needed = &definitions.needed;
        definitions.useless.retain(|label| !needed.contains(label));
        definitions
    }

    fn add(&mut self, node: &Node, gone: &Cuts) {
        for link in &node.words.links {
            let Some(label) = &link.label else { continue };
            let labels = if gone.cover(link.span) {
                &mut self.useless
            } else {
                &mut self.needed
            };
            labels.insert(label.clone());
        }
        for child in &node.children {
            self.add(child, gone);
        }
    }

    /// Returns the cuts of definitions between blocks: of those that are tagged, lead to something internal or have
    /// been used only by what goes.
    pub(super) fn cuts(
        &self,
        outline: &Outline<'_>,
        gone: &Cuts,
        links: Option<Links<'_>>,
    ) -> Vec<Cut> {
        let text = outline.text();
        let mut leaves = Vec::new();
        for node in &outline.nodes {
            add_leaves(node, &mut leaves);
        }
        let mut cuts = Vec::new();
        let mut at = outline.parsed.document.body_start();
        for leaf in leaves.into_iter().chain([Span::empty(text.len())]) {
            let gap = Span::new(at, leaf.start().max(at));
            at = at.max(leaf.end());
            if gap.of(text).contains("]:") && !gone.cover(gap) {
                cuts.extend(self.gap_cuts(outline, gap, links));
            }
        }
        cuts
    }

    fn gap_cuts(&self, outline: &Outline<'_>, gap: Span, links: Option<Links<'_>>) -> Vec<Cut> {
        let text = outline.text();
        let is_bad = |place: Span| {
            let raw = place.of(text);
            let opening = raw.find("]:");
            let (label, rest) = opening.map_or(("", raw), |at| (&raw[..at], &raw[at + 2..]));
            let label = label.split_once('[').map_or("", |(_, label)| label);
            let target = rest.trim_start();
            let is_end = |c: char| c.is_whitespace() || c == '>';
            let inside = target.strip_prefix('<').unwrap_or(target);
            let end = inside.find(is_end).unwrap_or(inside.len());
            let title = &inside[end..];
            let target = &inside[..end];
            let goes = |links: Links<'_>| links.leads.fate(target, label, links.from) == Fate::Goes;
            self.useless.contains(&normal_label(label))
                || is_tagged(label)
                || is_tagged(title)
                || title.contains("]:")
                || links.is_some_and(goes)
        };
        let own: Vec<Span> = outline
            .definitions
            .iter()
            .map(|definition| definition.span)
            .filter(|span| gap.contains(*span))
            .collect();
        // What is no definition that counts may be one of a label that another has.
        let mut rest = Vec::new();
        let mut at = gap.start();
        for span in own.iter().copied().chain([Span::empty(gap.end())]) {
            let place = Span::new(at, span.start().max(at));
            let raw = place.of(text);
            let start = place.start() + raw.len() - raw.trim_start().len();
            rest.push(Span::new(start, start + raw.trim().len()));
            at = at.max(span.end());
        }
        let others = rest
            .into_iter()
            .filter(|place| place.of(text).contains("]:"));
        let bad = own.iter().copied().filter(|place| is_bad(*place));
        let others = others.filter(|place| pieces(text, *place).any(is_bad));
        bad.chain(others)
            .map(|place| Cut::words(text, place))
            .collect()
    }
}

/// Returns what stands in a place from each line on that begins with a label.
fn pieces(text: &str, place: Span) -> impl Iterator<Item = Span> {
    let mut starts = vec![place.start()];
    let mut at = place.start();
    for line in place.of(text).split_inclusive('\n') {
        let lead = line.split('[').next().unwrap_or_default();
        if lead.len() < line.len() && !lead.contains(char::is_alphanumeric) && at > place.start() {
            starts.push(at);
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts[1..].iter().copied().chain([place.end()]).collect();
    let pieces = starts.into_iter().zip(ends);
    pieces.map(|(start, end)| Span::new(start, end))
}

/// Adds the places of blocks that hold words, in the order of the text.
fn add_leaves(node: &Node, leaves: &mut Vec<Span>) {
    match node.kind {
        NodeKind::Quote | NodeKind::List | NodeKind::Item => {
            for child in &node.children {
                add_leaves(child, leaves);
            }
        }
        _ => leaves.push(node.span),
    }
}
