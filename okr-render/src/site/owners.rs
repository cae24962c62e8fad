//! A page for each person: what is theirs, and what they owe.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher};

use serde::Serialize;

use super::front::{OwedView, StandingView, ToldView};
use super::links::address;
use super::member::KeyResultSummary;
use super::nav::Nav;
use super::places::{Names, relative, slug};
use super::{File, Site};
use crate::error::Error;
use crate::formats::html::figure::Day;
use crate::formats::html::text::clean;
use crate::formats::html::view::StatusView;
use crate::formats::html::view::verdict::OutcomeView;
use crate::site::Member;

/// Everybody to whom anything belongs, by name.
pub(super) struct Owners {
    all: Vec<Owner>,
    /// By the name in small letters.
    by_name: HashMap<String, usize>,
    /// A digest of the names and addresses of all.
    digest: u64,
}

pub(super) struct Owner {
    pub(super) name: String,
    pub(super) path: String,
    /// Their plans, by position.
    plans: Vec<usize>,
    /// Plan and position of their objectives, key results, of what is to be decided and what is owed.
    objectives: Vec<(usize, usize)>,
    key_results: Vec<(usize, usize)>,
    decisions: Vec<(usize, usize)>,
    owed: Vec<(usize, usize)>,
}

/// Returns the names that an owner consists of: `Dana Reyes, @sam` are two.
pub(super) fn names(owner: &str) -> impl Iterator<Item = &str> {
    let parts = owner.split([',', ';', '&', '+']);
    let parts = parts.flat_map(|part| part.split(" and "));
    let parts = parts.map(|part| part.trim().trim_start_matches('@').trim());
    parts.filter(|part| part.chars().any(char::is_alphanumeric))
}

impl Owners {
    pub(super) fn new(members: &[Member]) -> Self {
        let mut owners = Self {
            all: Vec::new(),
            by_name: HashMap::new(),
            digest: 0,
        };
        let mut paths = Names::default();
        for (plan, member) in members.iter().enumerate() {
            let mut each = |owner: Option<&String>, add: fn(&mut Owner, (usize, usize)), at| {
                for name in owner.into_iter().flat_map(|owner| names(owner)) {
                    add(owners.of(name, &mut paths), (plan, at));
                }
            };
            each(
                member.owner.as_ref(),
                |owner, (plan, _)| owner.plans.push(plan),
                0,
            );
            for (at, it) in member.objectives.iter().enumerate() {
                each(it.owner.as_ref(), |owner, it| owner.objectives.push(it), at);
            }
            for (at, it) in member.key_results.iter().enumerate() {
                each(
                    it.owner.as_ref(),
                    |owner, it| owner.key_results.push(it),
                    at,
                );
            }
            for (at, it) in member.decisions.iter().enumerate() {
                let of = &member.key_results[it.of];
                each(of.owner.as_ref(), |owner, it| owner.decisions.push(it), at);
            }
            for (at, it) in member.owed.iter().enumerate() {
                each(it.owner.as_ref(), |owner, it| owner.owed.push(it), at);
            }
        }
        let mut hasher = DefaultHasher::new();
        for owner in &owners.all {
            (&owner.name, &owner.path).hash(&mut hasher);
        }
        owners.digest = hasher.finish();
        owners
    }

    /// Returns a digest of the names and addresses of all.
    pub(super) const fn digest(&self) -> u64 {
        self.digest
    }

    fn of(&mut self, name: &str, paths: &mut Names) -> &mut Owner {
        let key = name.to_lowercase();
        let at = *self.by_name.entry(key).or_insert_with(|| {
            self.all.push(Owner {
                name: clean(name),
                path: paths.next(&format!("people/{}", slug(name)), ".html"),
                plans: Vec::new(),
                objectives: Vec::new(),
                key_results: Vec::new(),
                decisions: Vec::new(),
                owed: Vec::new(),
            });
            self.all.len() - 1
        });
        &mut self.all[at]
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Owner> {
        self.all.get(at)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Owner> {
        self.all.iter()
    }

    /// Returns the names of an owner, each with the way to its page from `from`.
    pub(super) fn people(&self, owner: Option<&str>, from: &str) -> Vec<PersonView> {
        let names = owner.into_iter().flat_map(names);
        names
            .map(|name| PersonView {
                name: clean(name),
                href: self
                    .by_name
                    .get(&name.to_lowercase())
                    .map(|at| relative(from, &self.all[*at].path)),
            })
            .collect()
    }
}

impl Owner {
    /// Takes into a digest what their page tells of their plans.
    pub(super) fn hash(&self, members: &[Member], hasher: &mut impl Hasher) {
        (&self.name, &self.plans).hash(hasher);
        let standing = |plan: usize| {
            let member = &members[plan];
            (member.is_closed, member.period, member.status)
        };
        for plan in &self.plans {
            (plan, standing(*plan), &members[*plan].outcome).hash(hasher);
        }
        for (plan, at) in &self.objectives {
            let it = &members[*plan].objectives[*at];
            (plan, standing(*plan), &members[*plan].outcome).hash(hasher);
            (&it.number, &it.title).hash(hasher);
            (it.status, it.standing, &it.outcome).hash(hasher);
        }
        for (plan, at) in &self.key_results {
            (plan, standing(*plan), &members[*plan].key_results[*at]).hash(hasher);
        }
        for (plan, at) in &self.decisions {
            let told = &members[*plan].decisions[*at];
            (plan, told, &members[*plan].key_results[told.of]).hash(hasher);
            let mut troubles = members[*plan].troubles.iter();
            troubles.find(|it| it.of == told.of).hash(hasher);
        }
        for (plan, at) in &self.owed {
            (plan, &members[*plan].owed[*at]).hash(hasher);
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct PersonView {
    name: String,
    href: Option<String>,
}

#[derive(Debug, Serialize)]
struct OwnerView {
    name: String,
    decisions: Vec<ToldView>,
    owed: Vec<OwedView>,
    /// What runs, and what is closed.
    now: Vec<PlanPart>,
    earlier: Vec<PlanPart>,
}

/// What of a plan is theirs.
#[derive(Debug, Serialize)]
struct PlanPart {
    /// How it stands, or what it came to.
    status: Option<StatusView>,
    outcome: Option<OutcomeView>,
    name: String,
    href: String,
    is_owner: bool,
    objectives: Vec<ToldView>,
    key_results: Vec<KeyResultView>,
}

/// A key result in a list.
#[derive(Debug, Serialize)]
pub(super) struct KeyResultView {
    number: String,
    title: String,
    href: String,
    standing: StandingView,
    by_numbers: Option<StatusView>,
    outcome: Option<OutcomeView>,
    value: Option<String>,
    target: Option<String>,
    due: Option<Day>,
    latest: Option<Day>,
}

impl KeyResultView {
    fn new(it: &KeyResultSummary, page: &str, from: &str) -> Self {
        Self {
            number: it.number.clone(),
            title: clean(&it.title),
            href: address(from, page, &it.number),
            standing: StandingView::new(it.status, it.standing),
            by_numbers: it.by_numbers.map(StatusView::new),
            outcome: it.outcome.clone(),
            value: it.value.as_deref().map(clean),
            target: it.target.as_deref().map(clean),
            due: it.due.map(Day::new),
            latest: it.latest.map(Day::new),
        }
    }
}

/// Returns the page of a person.
pub(super) fn page(site: &Site, at: usize) -> Result<File, Error> {
    let owner = &site.owners.all[at];
    let from = &owner.path;
    let mut plans: Vec<usize> = owner.plans.clone();
    let in_plans = owner.objectives.iter().chain(&owner.key_results);
    plans.extend(in_plans.map(|(plan, _)| *plan));
    plans.sort_unstable();
    plans.dedup();
    let part = |plan: &usize| {
        let member = &site.members[*plan];
        let page = &site.pages[*plan];
        // They were added plan by plan, so what is of one plan stands together.
        let of = |all: &[(usize, usize)]| -> Vec<usize> {
            let first = all.partition_point(|(its, _)| its < plan);
            let theirs = all[first..].iter().take_while(|(its, _)| its == plan);
            theirs.map(|(_, at)| *at).collect()
        };
        let objectives = of(&owner.objectives).into_iter().map(|at| {
            let it = &member.objectives[at];
            ToldView::of_objective(it, page, from)
        });
        let key_results = of(&owner.key_results).into_iter();
        let key_results =
            key_results.map(|at| KeyResultView::new(&member.key_results[at], page, from));
        PlanPart {
            status: member.status.map(StatusView::new),
            outcome: member.outcome.clone(),
            name: clean(&member.name),
            href: relative(from, page),
            is_owner: owner.plans.binary_search(plan).is_ok(),
            objectives: objectives.collect(),
            key_results: key_results.collect(),
        }
    };
    let is_over = |plan: &&usize| {
        let member = &site.members[**plan];
        let has_ended = |period: okr_core::model::Period| period.end() < site.settings.day;
        member.is_closed || member.period.is_some_and(has_ended)
    };
    let decisions = owner.decisions.iter().map(|(plan, at)| {
        let member = &site.members[*plan];
        ToldView::of_decision(site, *plan, &member.decisions[*at], from).without_people()
    });
    let mut owed: Vec<_> = owner.owed.clone();
    owed.sort_by_key(|(plan, at)| site.members[*plan].owed[*at].due);
    let owed = owed
        .iter()
        .map(|(plan, at)| OwedView::new(site, *plan, *at, from));
    let view = OwnerView {
        name: owner.name.clone(),
        decisions: decisions.collect(),
        owed: owed.collect(),
        now: plans
            .iter()
            .filter(|plan| !is_over(plan))
            .map(part)
            .collect(),
        earlier: plans.iter().filter(is_over).map(part).collect(),
    };
    let about = format!("What {} is responsible for, and what is due", owner.name);
    let nav = Nav {
        title: &owner.name,
        about: &about,
        trail: &[
            ("Where we stand", &site.spans.get(0).path),
            ("People", "search.html#people"),
        ],
        part: "people",
        ..Nav::default()
    };
    site.fill(from, "site-owner.html", &view, nav)
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_owner_may_be_several() {
        let several: Vec<_> = super::names("Dana Reyes, @sam & Kim Ortiz and Lee; -").collect();
        assert_eq!(several, ["Dana Reyes", "sam", "Kim Ortiz", "Lee"]);
    }
}
