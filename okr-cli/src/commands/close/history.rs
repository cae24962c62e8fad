//! What the history of a Git repository knows of moved targets.

mod git;

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;
use okr_core::closing::Goalpost;
use okr_core::diff::diff;
use okr_core::model::{ElementId, Inline, KeyResult, Plan, Quantity, Target};

use self::git::Version;

/// The most versions of a plan that are read: one a day for a year and a leap day.
const MOST_READ: usize = 366;

/// The baselines and targets that were moved, as the versions of a plan show it.
#[derive(Debug, Default)]
pub(super) struct History {
    moved: Vec<(ElementId, Goalpost, Date, String)>,
    /// Whether Git could not tell, perhaps as there is no repository.
    pub(super) is_unknown: bool,
}

impl History {
    /// Looks at the versions of a plan, and last at the plan as it is; without Git, and outside a repository, there
    /// are none.
    ///
    /// What was moved since the last version was moved by `today`.
    pub(super) fn of(path: &Path, plan: &Plan, today: Date) -> Self {
        let (Some(folder), Some(file)) = (path.parent(), path.file_name()) else {
            return Self::default();
        };
        let mut history = Self::default();
        let mut before = HashMap::new();
        let Some(versions) = git::versions(folder, file) else {
            history.is_unknown = true;
            return history;
        };
        let versions = counting(versions, plan);
        if versions.is_empty() {
            return history;
        }
        git::read(folder, versions, |text, date| {
            history.look_at(&okr_core::parse(text).plan, plan, date, &mut before);
        });
        history.look_at(plan, plan, today, &mut before);
        history
    }

    /// Compares one version with the one before, by the elements of the plan as it is today.
    fn look_at(
        &mut self,
        version: &Plan,
        plan: &Plan,
        date: Date,
        before: &mut HashMap<(ElementId, Goalpost), Option<String>>,
    ) {
        for matched in diff(version, plan).matches {
            let Some(key_result) = version.key_result(matched.old) else {
                continue;
            };
            for what in Goalpost::ALL {
                let now = stated(key_result, what);
                let last = before.insert((matched.new, what), now.clone());
                if let Some(Some(last)) = last
                    && now.as_ref() != Some(&last)
                {
                    self.moved.push((matched.new, what, date, last));
                }
            }
        }
    }

    /// Returns the plan with what the history knows and the plan does not tell itself.
    pub(super) fn told(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        // What each key result tells itself stands for one move each.
        let mut own: HashMap<(ElementId, Goalpost), Vec<String>> = HashMap::new();
        for (element, what, date, before) in &self.moved {
            let ElementId::KeyResult(o, k) = *element else {
                continue;
            };
            let objective = plan.objectives.get_mut(o);
            let Some(key_result) = objective.and_then(|objective| objective.key_results.get_mut(k))
            else {
                continue;
            };
            let told = key_result.moved(what.field());
            let own = own.entry((*element, *what)).or_insert_with(|| {
                let own = told.iter();
                own.map(|moved| normal(*what, &moved.before)).collect()
            });
            if let Some(at) = own.iter().position(|own| own == before) {
                own.swap_remove(at);
                continue;
            }
            let all: Vec<String> = told
                .iter()
                .map(|moved| format!("{} from {}", moved.date, moved.before))
                .chain([format!("{date} from {before}")])
                .collect();
            let spelled = key_result
                .fields
                .keys()
                .find(|name| name.eq_ignore_ascii_case(what.field()))
                .cloned()
                .unwrap_or_else(|| what.field().to_owned());
            key_result
                .fields
                .insert(spelled, Inline::from_plain(&all.join("; ")));
        }
        plan
    }
}

/// Returns the versions that count, the oldest first: the last one of each day, and of those up to the first day of
/// the plan only the last.
fn counting(mut versions: Vec<Version>, plan: &Plan) -> Vec<Version> {
    // They come with the newest first, so that the first one of a day is the last that was made.
    versions.dedup_by_key(|version| version.date);
    let begins = plan.period.map(|period| period.start());
    let is_before = |version: &Version| begins.is_some_and(|begins| version.date <= begins);
    if let Some(at) = versions.iter().position(is_before) {
        versions.truncate(at + 1);
    }
    versions.truncate(MOST_READ);
    versions.reverse();
    versions
}

/// Returns a baseline or a target as this version of okr writes it, where it can be read.
fn normal(what: Goalpost, text: &str) -> String {
    let read = match what {
        Goalpost::Baseline => Quantity::parse(text).ok().map(|it| it.to_string()),
        Goalpost::Target => Target::parse(text).ok().map(|it| it.to_string()),
    };
    read.unwrap_or_else(|| text.to_owned())
}

/// Returns what a key result states, as a record of it would say.
fn stated(key_result: &KeyResult, what: Goalpost) -> Option<String> {
    let measure = &key_result.measure;
    match what {
        Goalpost::Baseline => measure.start.as_ref().map(ToString::to_string),
        Goalpost::Target => measure.target.as_ref().map(ToString::to_string),
    }
}
