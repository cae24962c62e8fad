//! What changed between two plans, in terms of the plan.
//!
//! ```
//! use okr_core::diff::{What, diff};
//!
//! let old = okr_core::parse("## Objective: Get paid sooner\n\n- Owner: Dana\n").plan;
//! let new = okr_core::parse("## Objective: Get paid sooner\n\n- Owner: Sam\n").plan;
//! let diff = diff(&old, &new);
//! let What::Field { name, old, new } = &diff.differences[0].what else {
//!     panic!("a field has changed");
//! };
//! assert_eq!((&**name, old.as_deref(), new.as_deref()), ("Owner", Some("Dana"), Some("Sam")));
//! ```

mod changes;
mod check_ins;
mod compare;
mod matching;
mod merge;
mod order;

pub use matching::{Match, Matched, SIMILAR, SIMILAR_ELSEWHERE};
pub use merge::{Merge, merge, merge_where, overlay};

use crate::edit::Change;
use crate::model::{CheckIn, ElementId, Inline, Plan};

/// What changed between two plans.
///
/// Not compared are the order of fields, of the rows of check-ins, and of sections; an unknown field that
/// is empty is as good as none.
#[derive(Clone, Debug)]
pub struct Diff<'p> {
    old: &'p Plan,
    new: &'p Plan,
    /// The differences: those of the plan itself first, then in the order of the new plan, with what was
    /// removed where it stood.
    ///
    /// Those that are taken out are not among the [`Diff::changes`]; but an objective or a key result that is
    /// added or moves comes with everything that it has in the new plan.
    pub differences: Vec<Difference>,
    /// Which element became which, for objectives, key results and initiatives, in the order of the old plan.
    pub matches: Vec<Match>,
}

/// One difference between two plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The element in the old plan; nothing for one that was added.
    pub old: Option<ElementId>,
    /// The element in the new plan; nothing for one that was removed.
    pub new: Option<ElementId>,
    /// What the element is called: in the new plan where it has one there, else in the old one.
    pub title: Inline,
    /// What is different.
    pub what: What,
    /// Whether [`Diff::changes`] has it.
    ///
    /// It has everything but: sections that come or go; free text that would be read as a part of the plan;
    /// the order of initiatives; a title of the document
    /// that comes or goes; an empty title; a value that its field cannot hold; and what is added beside
    /// another of the same words.
    pub is_carried: bool,
}

/// What is different about an element.
///
/// Values of fields are Markdown of one line, as a plan has them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// The element is new, with everything under it; what moved there from elsewhere is told as well.
    Added,
    /// The element is gone, with everything under it that did not move elsewhere.
    Removed,
    /// The element stands elsewhere among the others, or under another objective.
    Moved,
    /// Other words.
    Title {
        /// The words before; nothing only for a document without a title.
        old: Option<Inline>,
        /// The words now; nothing only for a document without a title.
        new: Option<Inline>,
    },
    /// A field, or owner or date of an initiative.
    Field {
        /// Its usual name.
        name: String,
        /// The value before, if there was one.
        old: Option<String>,
        /// The value now, if there is one.
        new: Option<String>,
    },
    /// An initiative was ticked, or the tick taken away.
    Done {
        /// Whether it is done now.
        done: bool,
    },
    /// A check-in is new.
    CheckInAdded {
        /// The check-in.
        check_in: Box<CheckIn>,
    },
    /// A check-in of the same day says something else.
    CheckInChanged {
        /// Its position in the old plan.
        position: usize,
        /// What it said.
        old: Box<CheckIn>,
        /// What it says now.
        new: Box<CheckIn>,
    },
    /// A check-in is gone.
    CheckInRemoved {
        /// Its position in the old plan.
        position: usize,
        /// What it said.
        check_in: Box<CheckIn>,
    },
    /// Free text, of the element or nested in an initiative.
    Text {
        /// The text before; may be empty.
        old: String,
        /// The text now; may be empty.
        new: String,
    },
    /// A section of the plan; one with another heading is another one.
    Section {
        /// Its heading.
        heading: Inline,
        /// Its text before, if it was there.
        old: Option<String>,
        /// Its text now, if it is there.
        new: Option<String>,
    },
}

/// Returns what changed from `old` to `new`.
///
/// Elements are matched as [`Matched`] tells; it takes time in proportion to the plans, and for titles that
/// are alike only a little more.
#[must_use]
pub fn diff<'p>(old: &'p Plan, new: &'p Plan) -> Diff<'p> {
    diff_where(old, new, |_| true)
}

/// Returns what changed from `old` to `new`, where of the matches that are not sure only those count that
/// `accepts` takes.
///
/// To ask a person, take the matches of [`diff()`] that are not sure, and accept here those which the person
/// took: without the others there may be new ones, which nobody was asked about.
#[must_use]
pub fn diff_where<'p>(old: &'p Plan, new: &'p Plan, accepts: impl Fn(&Match) -> bool) -> Diff<'p> {
    let matching = matching::Matching::new(old, new, &accepts);
    let (differences, matches) = compare::compare(old, new, matching, &accepts);
    Diff {
        old,
        new,
        differences,
        matches,
    }
}

impl Diff<'_> {
    /// Returns whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// Returns the plan before.
    #[must_use]
    pub const fn old_plan(&self) -> &Plan {
        self.old
    }

    /// Returns the plan afterwards.
    #[must_use]
    pub const fn new_plan(&self) -> &Plan {
        self.new
    }

    /// Returns how the element of the new plan was matched, or nothing for one that was added.
    #[must_use]
    pub fn match_of(&self, new: ElementId) -> Option<&Match> {
        self.matches.iter().find(|one| one.new == new)
    }

    /// Returns the changes that make the differences in the old plan, one after the other.
    ///
    /// Each of them can be made.
    /// Afterwards the plan differs from the new one in nothing but what is not carried: see
    /// [`Difference::is_carried`].
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        changes::changes(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Plan {
        crate::parse(text).plan
    }

    #[track_caller]
    fn check_matches(old: &str, new: &str, expected: &str) {
        let (old, new) = (plan(old), plan(new));
        let matches = diff(&old, &new).matches.into_iter();
        let shown: Vec<String> = matches
            .map(|one| format!("{} {} {:?}", one.old, one.new, one.matched))
            .collect();
        assert_eq!(shown.join("\n"), expected);
    }

    #[test]
    fn an_id_tells_more_than_the_words() {
        check_matches(
            "## Objective: a\n- Id: x\n## Objective: b\n",
            "## Objective: b\n- Id: x\n## Objective: a\n",
            "1 1 Id",
        );
    }

    #[test]
    fn a_key_result_is_found_under_another_objective() {
        check_matches(
            "## Objective: Get paid\n### KR: Reply at once\n### KR: Call\n## Objective: Hire\n",
            "## Objective: Get paid!\n### KR: Call\n## Objective: Hire\n### KR: *Reply* at once\n",
            "1 1 Anchor\n1.1 2.1 Anchor\n1.2 1.1 Anchor\n2 2 Anchor",
        );
    }

    #[test]
    fn the_same_words_under_two_objectives_stay_where_they_are() {
        check_matches(
            "## Objective: Get paid\n### KR: Reply\n## Objective: Hire\n### KR: Reply\n",
            "## Objective: New\n### KR: Reply\n## Objective: Get paid\n### KR: Reply\n\
             ## Objective: Hire\n### KR: Reply\n",
            "1 2 Anchor\n1.1 2.1 Title\n2 3 Anchor\n2.1 3.1 Title",
        );
    }

    #[test]
    fn an_objective_in_other_words_is_known_by_its_key_results() {
        check_matches(
            "## Objective: Get paid\n### KR: Reply\n### KR: Call\n",
            "## Objective: Our money comes in sooner\n### KR: Reply\n### KR: Call\n",
            "1 1 KeyResults\n1.1 1.1 Anchor\n1.2 1.2 Anchor",
        );
    }

    #[test]
    fn what_a_person_does_not_take_for_the_same_is_another() {
        let old = plan("## Objective: Get paid sooner\n");
        let new = plan("## Objective: Get paid even sooner\n");
        let kinds = |diff: Diff<'_>| -> Vec<What> {
            diff.differences.into_iter().map(|one| one.what).collect()
        };
        assert!(matches!(kinds(diff(&old, &new))[..], [What::Title { .. }]));
        let apart = diff_where(&old, &new, |_| false);
        assert_eq!(kinds(apart), [What::Added, What::Removed]);
    }

    #[test]
    fn a_difference_that_is_taken_out_is_not_made() {
        let old = plan("## Objective: a\n- Owner: Kim\n## Objective: Hire\n");
        let new = plan("## Objective: a\n- Owner: Sam\n## Objective: Sell more\n");
        let mut diff = diff(&old, &new);
        diff.differences.retain(|one| one.what != What::Removed);
        let mut made = old.clone();
        for change in diff.changes() {
            change.apply(&mut made).expect("can be made");
        }
        let titles: Vec<_> = made
            .objectives
            .iter()
            .map(|one| one.title.to_string())
            .collect();
        assert_eq!(titles, ["a", "Sell more", "Hire"]);
        assert_eq!(made.objectives[0].owner.as_deref(), Some("Sam"));
    }
}
