//! What somebody else changed in a copy of a plan, while the plan itself went on.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{Diff, Difference, Match, What, diff, diff_where};
use crate::model::{CheckIn, ElementId, Plan};

/// What a copy brings to a plan.
#[derive(Clone, Debug)]
pub struct Merge<'p> {
    /// What is to be changed in the plan; its [`Diff::changes`] leave alone what was changed in the plan
    /// only.
    pub diff: Diff<'p>,
    /// What was changed in both, differently; it is not part of the changes, and the plan keeps its own.
    pub conflicts: Vec<Difference>,
}

/// What of an element is different.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Spot {
    Element,
    Place,
    Title,
    Field(String),
    Done,
    CheckIn(Date),
    Text,
    Section(String),
}

/// Where something is different: the element in the plan that both came from, and what of it.
type Key = (ElementId, Spot);

/// Returns what was changed from `base` to `theirs`, as changes of `ours`, which came from `base` too.
///
/// A difference between `ours` and `theirs` is
///
/// - a change, where only `theirs` differs from `base`;
/// - a conflict, where both differ from it and from each other;
/// - left out, where only `ours` differs.
///
/// What was removed on one side is a conflict where the other side changed anything of it, and so is what
/// was moved by them and changed in ours.
///
/// ```
/// use okr_core::diff::merge;
///
/// let plan = |owner: &str, due: &str| {
///     okr_core::parse(format!("## Objective: Get paid\n\n### KR: Rate\n\n- Owner: {owner}\n- Due: {due}\n")).plan
/// };
/// let base = plan("Dana", "2026-12-31");
/// let (ours, theirs) = (plan("Sam", "2026-12-31"), plan("Dana", "2026-11-30"));
/// let merge = merge(&base, &ours, &theirs);
/// assert_eq!(merge.diff.changes().len(), 1);
/// assert!(merge.conflicts.is_empty());
/// ```
#[must_use]
pub fn merge<'p>(base: &Plan, ours: &'p Plan, theirs: &'p Plan) -> Merge<'p> {
    merge_where(base, ours, theirs, |_| true)
}

/// Returns what [`merge`] does, where of the matches of `ours` and `theirs` that are not sure only those
/// count that `accepts` takes.
#[must_use]
pub fn merge_where<'p>(
    base: &Plan,
    ours: &'p Plan,
    theirs: &'p Plan,
    accepts: impl Fn(&Match) -> bool,
) -> Merge<'p> {
    let to_theirs = Since::new(base, theirs);
    let to_ours = Since::new(base, ours);
    let mut diff = diff_where(ours, theirs, accepts);
    let mut conflicts = Vec::new();
    diff.differences
        .retain(|difference| match judge(difference, &to_theirs, &to_ours) {
            Verdict::Theirs => true,
            Verdict::Ours => false,
            Verdict::Both => {
                conflicts.push(difference.clone());
                false
            }
        });
    Merge { diff, conflicts }
}

/// Returns what a file says that a plan does not, where nobody knows what the file was made from.
///
/// Such a file may hold less than a plan can, so that what is not in it is not gone: there are only values
/// that it gives, check-ins that say something new, and elements that it adds. Titles stay as the plan has
/// them, and so does the place of each element.
#[must_use]
pub fn overlay<'p>(ours: &'p Plan, theirs: &'p Plan, accepts: impl Fn(&Match) -> bool) -> Diff<'p> {
    let mut diff = diff_where(ours, theirs, accepts);
    diff.differences
        .retain(|difference| match &difference.what {
            What::Added | What::Done { done: true } => true,
            What::Field { new, .. } => new.as_ref().is_some_and(|new| !new.is_empty()),
            What::CheckInAdded { check_in } => {
                let key_result = difference.old.and_then(|old| ours.key_result(old));
                key_result.is_none_or(|key_result| says_more(check_in, &key_result.check_ins))
            }
            What::CheckInChanged { old, new, .. } => says_more(new, std::slice::from_ref(old)),
            _ => false,
        });
    diff
}

/// Returns whether a check-in says anything that the latest of others does not say already.
fn says_more(check_in: &CheckIn, others: &[CheckIn]) -> bool {
    let Some(last) = others.iter().max_by_key(|other| other.date) else {
        return true;
    };
    let number = |check_in: &CheckIn| check_in.value.as_ref().map(|value| value.value);
    (check_in.value.is_some() && number(check_in) != number(last))
        || (check_in.status.is_some() && check_in.status != last.status)
        || (check_in.confidence.is_some() && check_in.confidence != last.confidence)
        || (check_in.note.is_some() && check_in.note != last.note)
}

/// Whose change a difference is.
enum Verdict {
    Theirs,
    Ours,
    Both,
}

/// What one side changed.
struct Since {
    keys: HashSet<Key>,
    /// The elements of the base that the side has changed, or of which it has changed something below.
    touched: HashSet<ElementId>,
    /// The element of the base that an element of the side was.
    was: HashMap<ElementId, ElementId>,
}

impl Since {
    fn new(base: &Plan, side: &Plan) -> Self {
        let changed = diff(base, side);
        let mut was: HashMap<_, _> = changed
            .matches
            .iter()
            .map(|one| (one.new, one.old))
            .collect();
        was.insert(ElementId::Plan, ElementId::Plan);
        let mut keys = HashSet::new();
        let mut touched = HashSet::new();
        for difference in &changed.differences {
            let element = difference.old.or_else(|| {
                // What is new touches what it was put under.
                difference
                    .new
                    .and_then(parent)
                    .and_then(|new| was.get(&new).copied())
            });
            let Some(element) = element else {
                continue;
            };
            if difference.old.is_some() {
                keys.insert((element, spot(&difference.what)));
            }
            let mut above = Some(element);
            while let Some(element) = above {
                touched.insert(element);
                above = parent(element);
            }
        }
        Self { keys, touched, was }
    }

    fn has(&self, element: ElementId, spot: &Spot) -> bool {
        self.keys.contains(&(element, spot.clone()))
    }
}

fn judge(difference: &Difference, theirs: &Since, ours: &Since) -> Verdict {
    let was_theirs = difference.new.and_then(|new| theirs.was.get(&new).copied());
    let was_ours = difference.old.and_then(|old| ours.was.get(&old).copied());
    match &difference.what {
        What::Added => match was_theirs {
            None => Verdict::Theirs,
            // It was there, and we removed it.
            Some(element) if theirs.touched.contains(&element) => Verdict::Both,
            Some(_) => Verdict::Ours,
        },
        What::Removed => match was_ours {
            None => Verdict::Ours,
            // It is in theirs, where no likeness to ours was seen.
            Some(element) if !theirs.has(element, &Spot::Element) => Verdict::Ours,
            Some(element) if ours.touched.contains(&element) => Verdict::Both,
            Some(_) => Verdict::Theirs,
        },
        what => {
            let Some(element) = was_theirs.or(was_ours) else {
                // Both made an element that is not in the base, and made it differently.
                return Verdict::Both;
            };
            let spot = spot(what);
            let is_ours = if spot == Spot::Place {
                // What moves comes with everything it has on their side.
                ours.touched.contains(&element)
            } else {
                ours.has(element, &spot)
            };
            match (theirs.has(element, &spot), is_ours) {
                (true, true) => Verdict::Both,
                (true, false) => Verdict::Theirs,
                (false, _) => Verdict::Ours,
            }
        }
    }
}

fn spot(what: &What) -> Spot {
    match what {
        What::Added | What::Removed => Spot::Element,
        What::Moved => Spot::Place,
        What::Title { .. } => Spot::Title,
        What::Field { name, .. } => Spot::Field(name.to_lowercase()),
        What::Done { .. } => Spot::Done,
        What::CheckInAdded { check_in } | What::CheckInRemoved { check_in, .. } => {
            Spot::CheckIn(check_in.date)
        }
        What::CheckInChanged { new, .. } => Spot::CheckIn(new.date),
        What::Text { .. } => Spot::Text,
        What::Section { heading, .. } => Spot::Section(heading.plain().into_owned()),
    }
}

/// Returns the element that one stands under.
const fn parent(element: ElementId) -> Option<ElementId> {
    match element {
        ElementId::Plan => None,
        ElementId::Objective(_) => Some(ElementId::Plan),
        ElementId::KeyResult(objective, _) | ElementId::ObjectiveInitiative(objective, _) => {
            Some(ElementId::Objective(objective))
        }
        ElementId::Initiative(objective, key_result, _) => {
            Some(ElementId::KeyResult(objective, key_result))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::edit_all;

    const BASE: &str = "## Objective: Get paid\n\n- Owner: Dana\n\n### KR: Rate\n\n- Owner: Sam\n- Baseline: 60%\n- Target: 80%\n\n\
         | Date       | Value |\n| ---------- | ----: |\n| 2026-10-09 |   62% |\n\n### KR: Days\n\n- Target: 44 days\n";

    /// Changes the base twice and merges; shows the plan afterwards, and what was in conflict.
    #[track_caller]
    fn check(
        ours: &[(&str, &str)],
        theirs: &[(&str, &str)],
        expected: &[(&str, &str)],
        conflicts: usize,
    ) {
        let changed = |changes: &[(&str, &str)]| {
            changes.iter().fold(BASE.to_owned(), |text, (from, to)| {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            })
        };
        let (ours, theirs) = (changed(ours), changed(theirs));
        let plan = |text: &str| crate::parse(text).plan;
        let (base_plan, ours_plan, theirs_plan) = (plan(BASE), plan(&ours), plan(&theirs));
        let merge = merge(&base_plan, &ours_plan, &theirs_plan);
        let merged = edit_all(&ours, &merge.diff.changes()).unwrap();
        assert_eq!(plan(&merged), plan(&changed(expected)), "{merged}");
        assert_eq!(merge.conflicts.len(), conflicts, "{:?}", merge.conflicts);
    }

    const ROW: &str = "| 2026-10-09 |   62% |\n";
    const TWO: &str = "| 2026-10-09 |   62% |\n| 2026-10-16 |   64% |\n";
    const OTHER: &str = "| 2026-10-09 |   62% |\n| 2026-10-23 |   66% |\n";

    #[test]
    fn changes_of_both_sides_stand_together() {
        let (sam, target) = (("Owner: Sam", "Owner: Kim"), ("80%", "85%"));
        check(&[sam], &[target], &[sam, target], 0);
        check(&[(ROW, TWO)], &[target], &[(ROW, TWO), target], 0);
        let three = "| 2026-10-09 |   62% |\n| 2026-10-16 |   64% |\n| 2026-10-23 |   66% |\n";
        check(&[(ROW, TWO)], &[(ROW, OTHER)], &[(ROW, three)], 0);
        check(&[sam], &[sam], &[sam], 0);
    }

    #[test]
    fn what_both_changed_differently_is_left_and_told() {
        let (kim, lee) = (("Owner: Sam", "Owner: Kim"), ("Owner: Sam", "Owner: Lee"));
        check(&[kim], &[lee], &[kim], 1);
        let (low, high) = (
            (ROW, "| 2026-10-09 |   61% |\n"),
            (ROW, "| 2026-10-09 |   63% |\n"),
        );
        check(&[low], &[high], &[low], 1);
    }

    #[test]
    fn what_one_side_removed_is_gone_unless_the_other_changed_it() {
        let days = "\n### KR: Days\n\n- Target: 44 days\n";
        check(&[], &[(days, "")], &[(days, "")], 0);
        check(&[(days, "")], &[], &[(days, "")], 0);
        let fewer = ("44 days", "40 days");
        check(&[fewer], &[(days, "")], &[fewer], 1);
        check(&[(days, "")], &[fewer], &[(days, "")], 1);
    }

    #[test]
    fn what_one_side_added_stays() {
        let more = (
            "- Target: 44 days\n",
            "- Target: 44 days\n\n### KR: Calls\n\n- Target: 20\n",
        );
        check(&[], &[more], &[more], 0);
        check(&[more], &[("80%", "85%")], &[more, ("80%", "85%")], 0);
    }
}
