//! The headings of a plan's elements, with their anchors.

use std::collections::HashMap;

use crate::Parsed;
use crate::model::ElementId;
use crate::syntax::Block;
use crate::text::Anchors;

/// The heading of an objective or a key result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// What it is of.
    pub element: ElementId,
    /// Its words, without formatting.
    pub words: String,
    /// Its anchor, as code hosts compute it among all headings of the document.
    pub anchor: String,
}

/// Returns the headings of objectives and key results, in the order of the text.
///
/// ```
/// let parsed = okr_core::parse("## Objective: Get paid\n\n## Notes\n\n## Objective: Get paid\n");
/// let anchors = okr_core::headings(&parsed).into_iter().map(|heading| heading.anchor);
/// assert_eq!(anchors.collect::<Vec<_>>(), ["objective-get-paid", "objective-get-paid-1"]);
/// ```
#[must_use]
pub fn headings(parsed: &Parsed) -> Vec<Heading> {
    let mut elements = HashMap::new();
    for (o, place) in parsed.locations.objectives.iter().enumerate() {
        elements.insert(place.element.heading, ElementId::Objective(o));
        for (k, place) in place.key_results.iter().enumerate() {
            elements.insert(place.heading, ElementId::KeyResult(o, k));
        }
    }
    let mut anchors = Anchors::default();
    let mut headings = Vec::new();
    for block in parsed.document.blocks() {
        let Block::Heading(heading) = block else {
            continue;
        };
        let words = heading.line.inline.plain().into_owned();
        // Every heading takes its anchor, so that those after it do not.
        let anchor = anchors.next(&words);
        if let Some(element) = elements.get(&heading.span) {
            headings.push(Heading {
                element: *element,
                words,
                anchor,
            });
        }
    }
    headings
}
