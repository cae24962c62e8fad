//! A plan as a tree of blocks, with what its headings are of.

use std::collections::{HashMap, HashSet};

use crate::Parsed;
use crate::model::{ElementId, Inline};
use crate::syntax::{Block, Definition, Node, NodeKind, tree};
use crate::text::Span;

/// What a heading is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The plan.
    Title,
    Objective,
    KeyResult,
    /// A section, or a part of free text.
    Other,
}

/// A heading at the top level of a plan.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) of: Of,
    /// The objective or key result that it is of.
    pub(super) element: Option<ElementId>,
    pub(super) level: u8,
    /// All its words.
    pub(super) line: Inline,
}

/// The text of a plan, looked into.
pub(super) struct Outline<'p> {
    pub(super) parsed: &'p Parsed,
    pub(super) nodes: Vec<Node>,
    pub(super) definitions: Vec<Definition>,
    /// The headings among the nodes, in their order.
    pub(super) marks: Vec<Mark>,
    /// The position of each heading among the nodes.
    pub(super) places: Vec<usize>,
    /// The rows that are check-ins.
    pub(super) check_ins: HashSet<Span>,
}

impl<'p> Outline<'p> {
    pub(super) fn new(parsed: &'p Parsed) -> Self {
        let document = &parsed.document;
        let (nodes, definitions) = tree(document.text(), document.body_start());
        let is_heading = |node: &Node| matches!(node.kind, NodeKind::Heading(_));
        let places: Vec<usize> = (0..nodes.len())
            .filter(|at| is_heading(&nodes[*at]))
            .collect();
        let mut check_ins = HashSet::new();
        for objective in &parsed.locations.objectives {
            for key_result in &objective.key_results {
                check_ins.extend(key_result.check_ins.iter().copied());
            }
        }
        Self {
            marks: marks(parsed),
            parsed,
            nodes,
            definitions,
            places,
            check_ins,
        }
    }

    pub(super) fn text(&self) -> &'p str {
        self.parsed.document.text()
    }

    /// Returns the position of the last heading before a node.
    pub(super) fn heading_before(&self, node: usize) -> Option<usize> {
        self.places
            .partition_point(|place| *place < node)
            .checked_sub(1)
    }

    /// Returns the nodes that stand below a heading, with the heading itself.
    pub(super) fn below(&self, heading: usize) -> std::ops::Range<usize> {
        let end = below(&self.marks, heading);
        let end = self.places.get(end).copied().unwrap_or(self.nodes.len());
        self.places[heading]..end
    }
}

fn marks(parsed: &Parsed) -> Vec<Mark> {
    let mut elements = HashMap::new();
    for (o, place) in parsed.locations.objectives.iter().enumerate() {
        elements.insert(place.element.heading, ElementId::Objective(o));
        for (k, place) in place.key_results.iter().enumerate() {
            elements.insert(place.heading, ElementId::KeyResult(o, k));
        }
    }
    let headings = parsed
        .document
        .blocks()
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        });
    let marks = headings.map(|heading| {
        let element = elements.get(&heading.span).copied();
        let is_title = parsed.locations.title == Some(heading.line.span);
        Mark {
            of: match element {
                Some(ElementId::Objective(_)) => Of::Objective,
                Some(_) => Of::KeyResult,
                None if is_title => Of::Title,
                None => Of::Other,
            },
            element,
            level: heading.level,
            line: heading.line.inline.clone(),
        }
    });
    marks.collect()
}

/// Returns the position of the first heading behind `at` that does not stand below it.
///
/// What stands below is all up to the next heading of the same or a higher level; of an objective, a key result or a
/// section also what belongs to it where the levels are unusual.
pub(super) fn below(marks: &[Mark], at: usize) -> usize {
    let mark = &marks[at];
    let is_section = |next: &Mark| next.of == Of::Other && next.level <= 2;
    let behind = |ends: &dyn Fn(&Mark) -> bool| {
        let next = marks[at + 1..].iter().position(ends);
        next.map_or(marks.len(), |next| at + 1 + next)
    };
    let by_level = behind(&|next| next.level <= mark.level);
    let by_meaning = match mark.of {
        Of::Objective => behind(&|next| next.of == Of::Objective || is_section(next)),
        Of::KeyResult => {
            behind(&|next| next.of != Of::Other || is_section(next) || next.level == 3)
        }
        Of::Other if is_section(mark) => {
            behind(&|next| next.of == Of::Objective || is_section(next))
        }
        Of::Title | Of::Other => at + 1,
    };
    by_level.max(by_meaning)
}
