//! What of a plan is owed, and by whom.

use jiff::civil::Date;

use super::{KeyResultOverview, Overview, Reporting};
use crate::model::{ElementId, Initiative};

/// Something that is owed, or will be soon.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Owed {
    /// Of which element.
    pub element: ElementId,
    /// Its words, without formatting.
    pub title: String,
    /// Who owes it: the owner of the element, else that of what it belongs to.
    pub owner: Option<String>,
    /// What is owed.
    pub kind: OwedKind,
    /// The day on which it was or will be due.
    pub due: Date,
    /// For how many days it has been owed; below 0 when it is to come.
    pub days_late: i32,
}

/// What is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwedKind {
    /// An update of a key result.
    CheckIn,
    /// What became of a key result whose last day is over.
    LastWord,
    /// An initiative or a step that is not done.
    Work,
}

impl OwedKind {
    /// Returns the name for it in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::LastWord => "last-word",
            Self::Work => "initiative",
        }
    }

    /// Returns what it is to a person.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::LastWord => "last word",
            Self::Work => "initiative",
        }
    }
}

impl Overview<'_> {
    /// Returns what is owed of the plan, and what will be within `ahead` days, in the order of the plan.
    ///
    /// A plan that is closed owes nothing, and a key result at rest owes neither check-ins nor initiatives.
    #[must_use]
    pub fn owed(&self, ahead: i32) -> Vec<Owed> {
        if self
            .plan
            .closed()
            .is_some_and(|closed| closed <= self.today)
        {
            return Vec::new();
        }
        let mut all = Vec::new();
        let mut add = |element, title: String, owner: Option<&str>, kind, due: Date| {
            let days_late = due.until(self.today).map_or(0, |span| span.get_days());
            if days_late >= -ahead {
                all.push(Owed {
                    element,
                    title,
                    owner: owner.map(str::to_owned),
                    kind,
                    due,
                    days_late,
                });
            }
        };
        for objective in &self.objectives {
            let ElementId::Objective(position) = objective.id else {
                continue;
            };
            for (at, initiative) in open(&objective.objective.initiatives) {
                if let Some(due) = initiative.due {
                    let owner = initiative.owner.as_deref().or(objective.owner);
                    let element = ElementId::ObjectiveInitiative(position, at);
                    let title = initiative.title.plain().into_owned();
                    add(element, title, owner, OwedKind::Work, due);
                }
            }
            for it in &objective.key_results {
                if let Some((kind, due)) = owed_itself(it) {
                    let title = it.key_result.title.plain().into_owned();
                    add(it.id, title, it.owner, kind, due);
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
                    let element = ElementId::Initiative(o, k, at);
                    add(element, title, owner, OwedKind::Work, due);
                }
            }
        }
        all
    }
}

/// Returns what is owed of a key result itself, and the day on which it was or will be due.
fn owed_itself(it: &KeyResultOverview<'_>) -> Option<(OwedKind, Date)> {
    let due = it.track.due();
    let is_past = due.is_some_and(|due| it.track.today() > due);
    if is_past && !it.track.is_at_rest() {
        return Some((OwedKind::LastWord, due?));
    }
    if it.reporting == Some(Reporting::Current) {
        return None;
    }
    let day = it.track.owed_since().or_else(|| it.track.next_check_in())?;
    Some((OwedKind::CheckIn, day))
}

fn open(initiatives: &[Initiative]) -> impl Iterator<Item = (usize, &Initiative)> {
    let all = initiatives.iter().enumerate();
    all.filter(|(_, initiative)| !initiative.done)
}
