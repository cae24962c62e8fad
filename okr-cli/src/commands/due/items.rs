//! What is owed, and by whom.

use jiff::civil::Date;
use okr_core::model::{ElementId, Initiative};
use okr_core::progress::{Overview, OwedKind};
use okr_render::words::plan_name;

/// What is owed of a milestone that is reached in steps.
pub(super) const STEP: &str = "step";

/// Something that is owed.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) path: String,
    pub(super) plan: String,
    pub(super) element: ElementId,
    pub(super) title: String,
    pub(super) owner: Option<String>,
    pub(super) kind: OwedKind,
    /// The words of the step of a milestone, where it is one.
    pub(super) step: Option<String>,
    /// The day on which it was or will be due.
    pub(super) due: Date,
    /// For how many days it has been owed; below 0 when it is to come.
    pub(super) days_late: i32,
}

/// Returns what is owed of a plan, and what will be within `ahead` days; with a name, by that owner alone.
pub(super) fn of(path: &str, overview: &Overview<'_>, ahead: i32, only: Option<&str>) -> Vec<Item> {
    let plan = plan_name(overview);
    let is_theirs = |owner: Option<&str>| {
        only.is_none_or(|name| owner.is_some_and(|owner| is_same(owner, name)))
    };
    let owed = overview.owed(ahead).into_iter();
    owed.filter(|owed| is_theirs(owed.owner.as_deref()))
        .map(|owed| Item {
            path: path.to_owned(),
            plan: plan.clone(),
            element: owed.element,
            step: overview
                .plan
                .initiative(owed.element)
                .and_then(Initiative::step)
                .map(|step| step.words),
            title: owed.title,
            owner: owed.owner,
            kind: owed.kind,
            due: owed.due,
            days_late: owed.days_late,
        })
        .collect()
}

impl Item {
    /// Returns what is owed, as a phrase.
    pub(super) const fn what(&self) -> &'static str {
        match self.step {
            Some(_) => STEP,
            None => self.kind.words(),
        }
    }

    /// Returns its words, without what makes a step of them.
    pub(super) fn words(&self) -> &str {
        self.step.as_deref().unwrap_or(&self.title)
    }
}

/// Puts items in the order in which they are told: the most overdue first, those of one day as the plans have them.
pub(super) fn sort(items: &mut [Item]) {
    items.sort_by_key(|item| -item.days_late);
}

/// Returns whether anything in a plan belongs to a person.
pub(super) fn has_owner(overview: &Overview<'_>, name: &str) -> bool {
    let plan = overview.plan;
    let work = |initiatives: &[Initiative]| {
        let mut owners = initiatives.iter().filter_map(|one| one.owner.as_deref());
        owners.any(|owner| is_same(owner, name))
    };
    overview.objectives.iter().any(|it| {
        it.owner.is_some_and(|owner| is_same(owner, name)) || work(&it.objective.initiatives)
    }) || overview.key_results().any(|it| {
        it.owner.is_some_and(|owner| is_same(owner, name)) || work(&it.key_result.initiatives)
    }) || plan
        .owner
        .as_deref()
        .is_some_and(|owner| is_same(owner, name))
}

/// Returns whether `owner`, who may be several, has the name: each word of it, in upper or lower case.
pub(super) fn is_same(owner: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let text = text.to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-');
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let (owner, name) = (words(owner), words(name));
    !name.is_empty() && name.iter().all(|word| owner.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_by_its_words() {
        assert!(is_same("Dana Reyes", "dana"));
        assert!(is_same("@dana, Sam Ortiz", "Sam Ortiz"));
        assert!(is_same("Dana Reyes", "@Dana"));
        assert!(!is_same("Dana Reyes", "Dan"));
        assert!(!is_same("Dana Reyes", "Dana Ortiz"));
        assert!(!is_same("Dana Reyes", " "));
    }
}
