//! The numbers in headings, where elements before them come or go.

use super::tidy::heading_labels;
use crate::Parsed;
use crate::model::ElementId;
use crate::text::{Span, TextEdit};

/// Returns whether the heading of an element has a number.
pub(super) fn is_numbered(parsed: &Parsed, element: ElementId) -> bool {
    let place = parsed.locations.element(element);
    place.is_some_and(|place| {
        let labels = heading_labels(parsed);
        let label = labels.get(&place.heading);
        label.is_some_and(|label| label.name.ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// The numbers that elements get in the place of those that they have.
#[derive(Default)]
pub(super) struct Numbers {
    replacements: Vec<(Span, String)>,
}

impl Numbers {
    /// Returns what gives each of the elements the number of another; a number that was not the right one
    /// stays as it is.
    pub(super) fn new(
        parsed: &Parsed,
        elements: impl IntoIterator<Item = (ElementId, ElementId)>,
    ) -> Self {
        let labels = heading_labels(parsed);
        let text = parsed.document.text();
        let replacements = elements.into_iter().filter_map(|(old, new)| {
            let label = labels.get(&parsed.locations.element(old)?.heading)?;
            let number = old.to_string();
            let before = label.span.of(text).strip_suffix(&*number)?;
            // Of `Objective 11`, the last digit is no number of its own.
            if before.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
                return None;
            }
            let start = label.span.start() + before.len();
            Some((Span::new(start, start + number.len()), new.to_string()))
        });
        Self {
            replacements: replacements.collect(),
        }
    }

    /// Returns the patches, each of them with the new numbers first, and then without.
    pub(super) fn with(
        self,
        patches: impl IntoIterator<Item = TextEdit>,
    ) -> impl Iterator<Item = TextEdit> {
        patches.into_iter().flat_map(move |plain| {
            let mut numbered = plain.clone();
            for (span, number) in &self.replacements {
                numbered.push(*span, number.clone());
            }
            [numbered, plain]
        })
    }
}

/// Returns the objectives from `first` on with their key results, each with what it is when objectives from
/// there on move by one: behind, or before.
pub(super) fn objectives_from(
    parsed: &Parsed,
    first: usize,
    is_behind: bool,
) -> Vec<(ElementId, ElementId)> {
    let objectives = parsed.plan.objectives.iter().enumerate().skip(first);
    let mut moved = Vec::new();
    for (o, objective) in objectives {
        let to = if is_behind {
            o + 1
        } else {
            o.saturating_sub(1)
        };
        moved.push((ElementId::Objective(o), ElementId::Objective(to)));
        let key_results = 0..objective.key_results.len();
        moved
            .extend(key_results.map(|k| (ElementId::KeyResult(o, k), ElementId::KeyResult(to, k))));
    }
    moved
}
