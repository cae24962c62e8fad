//! Which element of a plan is which after the plan has changed.

use std::collections::{HashMap, HashSet};

use okr_core::model::{ElementId, Inline, Plan};

/// Where the elements of a plan are in a later state of it.
#[derive(Debug)]
pub(super) struct Moves {
    places: HashMap<ElementId, ElementId>,
}

impl Moves {
    /// Compares two states of a plan.
    ///
    /// An element is known by its words and those of what it stands under, then by its own words alone,
    /// and only then by its place, which is right for the one that was reworded.
    pub(super) fn between(before: &Plan, after: &Plan) -> Self {
        let (old, new) = (elements(before), elements(after));
        let mut places = HashMap::from([(ElementId::Plan, ElementId::Plan)]);
        let mut taken = HashSet::new();
        let likenesses: [fn(&Element, &Element) -> bool; 4] = [
            |one, other| one.id == other.id && one.path == other.path,
            |one, other| one.path == other.path,
            |one, other| one.path.first() == other.path.first(),
            |one, other| one.id == other.id,
        ];
        for is_like in likenesses {
            for one in &old {
                if places.contains_key(&one.id) {
                    continue;
                }
                let is_it = |other: &&Element| {
                    one.path.len() == other.path.len()
                        && !taken.contains(&other.id)
                        && is_like(one, other)
                };
                if let Some(other) = new.iter().find(is_it) {
                    taken.insert(other.id);
                    places.insert(one.id, other.id);
                }
            }
        }
        Self { places }
    }

    /// Returns where an element is now; nothing where it is gone.
    pub(super) fn of(&self, element: ElementId) -> Option<ElementId> {
        self.places.get(&element).copied()
    }
}

/// An element, known by its words and those of what it stands under, its own first.
struct Element {
    id: ElementId,
    path: Vec<String>,
}

fn elements(plan: &Plan) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut add = |id: ElementId, words: &[&Inline]| {
        let path = words.iter().map(|words| words.plain().into_owned());
        let path = path.collect();
        elements.push(Element { id, path });
    };
    for (o, objective) in plan.objectives.iter().enumerate() {
        add(ElementId::Objective(o), &[&objective.title]);
        for (k, key_result) in objective.key_results.iter().enumerate() {
            let words = [&key_result.title, &objective.title];
            add(ElementId::KeyResult(o, k), &words);
            for (i, initiative) in key_result.initiatives.iter().enumerate() {
                let words = [&initiative.title, &key_result.title, &objective.title];
                add(ElementId::Initiative(o, k, i), &words);
            }
        }
        for (i, initiative) in objective.initiatives.iter().enumerate() {
            // One word more, so that it is not taken for a key result.
            let none = Inline::default();
            let words = [&initiative.title, &objective.title, &none, &none];
            add(ElementId::ObjectiveInitiative(o, i), &words);
        }
    }
    elements
}

/// Returns the words of an element; nothing where there is none, or the plan has no title.
pub(super) fn title(plan: &Plan, element: ElementId) -> Option<&Inline> {
    match element {
        ElementId::Plan => plan.title.as_ref(),
        ElementId::Objective(_) => Some(&plan.objective(element)?.title),
        ElementId::KeyResult(..) => Some(&plan.key_result(element)?.title),
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            Some(&plan.initiative(element)?.title)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "\
## Objective: Cash

- [ ] Call them

### Key result: Rate

- [ ] Train

### Key result: Disputes

## Objective: Books

### Key result: Days
";

    /// Checks where elements of [`PLAN`] are, after `changes` of its text.
    #[track_caller]
    fn check(changes: &[(&str, &str)], expected: &[(&str, &str)]) {
        let mut text = PLAN.to_owned();
        for (old, new) in changes {
            assert!(text.contains(old), "{old:?}");
            text = text.replacen(old, new, 1);
        }
        let moves = Moves::between(&okr_core::parse(PLAN).plan, &okr_core::parse(text).plan);
        for (old, new) in expected {
            let place = moves.of(ElementId::parse(old).unwrap());
            let place = place.map_or("gone".to_owned(), |place| place.to_string());
            assert_eq!(&place, new, "{old}");
        }
    }

    #[test]
    fn what_did_not_change_stays() {
        let all = ["plan", "1", "1.0.1", "1.1", "1.1.1", "1.2", "2", "2.1"];
        check(&[], &all.map(|id| (id, id)));
    }

    #[test]
    fn what_moved_is_known_by_its_words() {
        let added = "## Objective: New\n\n## Objective: Cash";
        let moved = [
            ("1", "2"),
            ("1.0.1", "2.0.1"),
            ("1.1.1", "2.1.1"),
            ("2.1", "3.1"),
        ];
        check(&[("## Objective: Cash", added)], &moved);
        let swapped = [
            ("Key result: Rate", "Key result: X"),
            ("Disputes", "Rate"),
            ("X", "Disputes"),
        ];
        check(&swapped, &[("1.1", "1.2"), ("1.2", "1.1")]);
        let parent = [
            ("Objective: Cash", "Objective: Money"),
            (
                "### Key result: Rate",
                "### Key result: A\n\n### Key result: Rate",
            ),
        ];
        check(&parent, &[("1", "1"), ("1.1", "1.2"), ("1.1.1", "1.2.1")]);
    }

    #[test]
    fn what_was_reworded_is_known_by_its_place() {
        check(
            &[("Rate", "The rate")],
            &[("1.1", "1.1"), ("1.1.1", "1.1.1"), ("1.2", "1.2")],
        );
    }

    #[test]
    fn what_is_gone_is_nowhere() {
        check(
            &[("\n### Key result: Disputes\n", "")],
            &[("1.2", "gone"), ("1.1", "1.1")],
        );
        let first = [("\n### Key result: Rate\n\n- [ ] Train\n", "")];
        check(
            &first,
            &[("1.1", "gone"), ("1.1.1", "gone"), ("1.2", "1.1")],
        );
    }
}
