//! What is owed, and by whom.

use jiff::civil::Date;
use okr_core::model::{ElementId, Initiative};
use okr_core::progress::{KeyResultOverview, Overview, Reporting};

use crate::commands::plans::words::{Words as _, days_between, plan_name};

/// Something that is owed.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) path: String,
    pub(super) plan: String,
    pub(super) element: ElementId,
    pub(super) title: String,
    pub(super) owner: Option<String>,
    pub(super) kind: Kind,
    /// The day on which it was or will be due.
    pub(super) due: Date,
    /// For how many days it has been owed; below 0 when it is to come.
    pub(super) days_late: i32,
}

/// What is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// An update of a key result.
    CheckIn,
    /// What became of a key result whose last day is over.
    LastWord,
    /// An initiative or a step that is not done.
    Work,
}

impl Kind {
    /// Returns the name for it in data.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::LastWord => "last-word",
            Self::Work => "initiative",
        }
    }

    /// Returns what it is to a person.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::LastWord => "last word",
            Self::Work => "initiative",
        }
    }
}

/// Returns what is owed of a plan, and what will be within `ahead` days; a plan that is closed owes nothing.
pub(super) fn of(path: &str, overview: &Overview<'_>, ahead: i32, only: Option<&str>) -> Vec<Item> {
    let today = overview.today;
    if overview.plan.closed().is_some_and(|closed| closed <= today) {
        return Vec::new();
    }
    let mut items = Vec::new();
    let plan = plan_name(overview);
    let mut add = |element, title: String, owner: Option<&str>, kind, due| {
        let days_late = days_between(due, today);
        let is_near = days_late >= -ahead;
        let is_theirs = only.is_none_or(|name| owner.is_some_and(|owner| is_same(owner, name)));
        if is_near && is_theirs {
            items.push(Item {
                path: path.to_owned(),
                plan: plan.clone(),
                element,
                title,
                owner: owner.map(str::to_owned),
                kind,
                due,
                days_late,
            });
        }
    };
    for objective in &overview.objectives {
        let ElementId::Objective(position) = objective.id else {
            continue;
        };
        for (at, initiative) in open(&objective.objective.initiatives) {
            if let Some(due) = initiative.due {
                let owner = initiative.owner.as_deref().or(objective.owner);
                let element = ElementId::ObjectiveInitiative(position, at);
                let title = initiative.title.plain().into_owned();
                add(element, title, owner, Kind::Work, due);
            }
        }
        for it in &objective.key_results {
            if let Some((kind, due)) = owed(it) {
                add(it.id, it.title(), it.owner, kind, due);
            }
            if it.track.is_at_rest() {
                continue;
            }
            for (at, initiative) in open(&it.key_result.initiatives) {
                let (Some(due), ElementId::KeyResult(o, k)) = (initiative.due, it.id) else {
                    continue;
                };
                let owner = initiative.owner.as_deref().or(it.owner);
                let title = initiative.title.plain().into_owned();
                add(
                    ElementId::Initiative(o, k, at),
                    title,
                    owner,
                    Kind::Work,
                    due,
                );
            }
        }
    }
    items
}

/// Returns what is owed of a key result itself, and the day on which it was or will be due.
fn owed(it: &KeyResultOverview<'_>) -> Option<(Kind, Date)> {
    let due = it.track.due();
    let is_past = due.is_some_and(|due| it.track.today() > due);
    if is_past && !it.track.is_at_rest() {
        return Some((Kind::LastWord, due?));
    }
    if it.reporting == Some(Reporting::Current) {
        return None;
    }
    let day = it.track.owed_since().or_else(|| it.track.next_check_in())?;
    Some((Kind::CheckIn, day))
}

fn open(initiatives: &[Initiative]) -> impl Iterator<Item = (usize, &Initiative)> {
    let all = initiatives.iter().enumerate();
    all.filter(|(_, initiative)| !initiative.done)
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
