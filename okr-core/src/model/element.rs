//! Positions of elements in a plan.

use std::fmt;

use super::{Initiative, KeyResult, Objective, Plan};

/// Names one element of a plan by its position.
///
/// Positions start at 0 here and at 1 wherever a person sees them: the display of
/// `KeyResult(0, 2)` is `1.3`.
/// An id may name an element that a plan does not have; looking it up then gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementId {
    /// The plan itself.
    Plan,
    /// An objective.
    Objective(usize),
    /// A key result: its objective, then its position under that objective.
    KeyResult(usize, usize),
    /// An initiative that stands directly under an objective.
    ObjectiveInitiative(usize, usize),
    /// An initiative under a key result: objective, key result, position in the list.
    Initiative(usize, usize, usize),
}

impl fmt::Display for ElementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Plan => f.write_str("plan"),
            Self::Objective(o) => write!(f, "{}", o + 1),
            Self::KeyResult(o, k) => write!(f, "{}.{}", o + 1, k + 1),
            Self::ObjectiveInitiative(o, i) => write!(f, "{}.0.{}", o + 1, i + 1),
            Self::Initiative(o, k, i) => write!(f, "{}.{}.{}", o + 1, k + 1, i + 1),
        }
    }
}

impl ElementId {
    /// Reads a position as people write it: `plan`, `1`, `1.2`, `1.2.3`; `1.0.2` is the second
    /// initiative that stands directly under objective 1.
    ///
    /// Returns nothing for any other text and for a position of 0 where there is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("plan") {
            return Some(Self::Plan);
        }
        let mut numbers = [0_usize; 3];
        let mut count = 0;
        for part in text.split('.') {
            if count == 3 || part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            numbers[count] = part.parse().ok()?;
            count += 1;
        }
        match (count, numbers.map(|n| n.checked_sub(1))) {
            (1, [Some(o), ..]) => Some(Self::Objective(o)),
            (2, [Some(o), Some(k), _]) => Some(Self::KeyResult(o, k)),
            (3, [Some(o), Some(k), Some(i)]) => Some(Self::Initiative(o, k, i)),
            (3, [Some(o), None, Some(i)]) => Some(Self::ObjectiveInitiative(o, i)),
            _ => None,
        }
    }

    /// Returns the objective or key result that an initiative stands under; any other element itself.
    #[must_use]
    pub const fn goal(self) -> Self {
        match self {
            Self::ObjectiveInitiative(o, _) => Self::Objective(o),
            Self::Initiative(o, k, _) => Self::KeyResult(o, k),
            other => other,
        }
    }
}

impl Plan {
    /// Returns the objective that `id` names, or nothing when it names none of this plan.
    #[must_use]
    pub fn objective(&self, id: ElementId) -> Option<&Objective> {
        let ElementId::Objective(o) = id else {
            return None;
        };
        self.objectives.get(o)
    }

    /// Returns the key result that `id` names, or nothing when it names none of this plan.
    #[must_use]
    pub fn key_result(&self, id: ElementId) -> Option<&KeyResult> {
        let ElementId::KeyResult(o, k) = id else {
            return None;
        };
        self.objectives.get(o)?.key_results.get(k)
    }

    /// Returns the initiative that `id` names, or nothing when it names none of this plan.
    #[must_use]
    pub fn initiative(&self, id: ElementId) -> Option<&Initiative> {
        match id {
            ElementId::ObjectiveInitiative(o, i) => self.objectives.get(o)?.initiatives.get(i),
            ElementId::Initiative(o, k, i) => self
                .objectives
                .get(o)?
                .key_results
                .get(k)?
                .initiatives
                .get(i),
            _ => None,
        }
    }

    /// Returns every key result with its position, in the order of the plan.
    pub fn key_results(&self) -> impl Iterator<Item = (ElementId, &KeyResult)> {
        self.objectives
            .iter()
            .enumerate()
            .flat_map(|(o, objective)| {
                let key_results = objective.key_results.iter().enumerate();
                key_results.map(move |(k, key_result)| (ElementId::KeyResult(o, k), key_result))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_read_back_as_they_are_shown() {
        for text in ["plan", "1", "2.3", "1.2.3", "4.0.1"] {
            assert_eq!(
                ElementId::parse(text).map(|id| id.to_string()).as_deref(),
                Some(text)
            );
        }
    }

    #[test]
    fn other_texts_are_no_positions() {
        for text in [
            "",
            "0",
            "1.",
            ".1",
            "1.0",
            "1.0.0",
            "1.2.3.4",
            "+1",
            "99999999999999999999",
        ] {
            assert_eq!(ElementId::parse(text), None, "{text:?}");
        }
    }
}
