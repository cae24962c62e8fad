//! Several plans side by side, for the rules that look at more than one.
//!
//! A rule sees a [`Workspace`] and reports on any plan of it. What it finds goes into the audit of that plan, by
//! [`audit_beside`], so that it is dismissed, counted and told like all else.
//!
//! [`audit_beside`]: super::audit_beside

mod extract;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use super::rules::ACROSS;
use super::{Finding, Findings, Level, Rule, Settings, wording};
use crate::alignment::Alignment;
use crate::alignment::lead::{self, Lead};
use crate::carry::way;
use crate::model::{ElementId, Inline, Link, PlanLevel};

pub use extract::Extract;
pub(super) use extract::KeyResultExtract;

/// How much of a workspace is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sight {
    /// A plan, and what its links lead to.
    Links,
    /// Several plans, of which nobody says that they are all.
    Several,
    /// All plans of a folder.
    Folder,
}

impl Sight {
    /// Returns the word under which it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Several => "plans",
            Self::Folder => "folder",
        }
    }
}

/// A rule that looks at several plans at once.
pub(super) struct Across {
    pub(super) rule: &'static Rule,
    /// The least that is to be seen for the rule to look.
    pub(super) sight: Sight,
    pub(super) check: fn(&Workspace<'_>, &mut Reports),
}

/// What looking at several plans brought to light about one of them.
#[derive(Clone, Debug)]
pub struct Beside {
    /// How much was seen.
    pub sight: Sight,
    /// What was found in the plan.
    pub findings: Vec<Finding>,
}

/// What was found in each plan so far.
pub(super) struct Reports(Vec<Findings>);

impl Reports {
    /// Adds a finding of a plan, as [`Findings::report`] does.
    pub(super) fn report(
        &mut self,
        plan: usize,
        rule: &'static Rule,
        element: ElementId,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.0[plan].report(rule, element, message)
    }
}

/// Plans side by side, with what serves what among them.
///
/// Plans count by their position: those that are looked at, then those to which their links lead. Objectives count by
/// their position in the alignment.
pub struct Workspace<'e> {
    pub(super) plans: Vec<&'e Extract>,
    settings: &'e [&'e Settings],
    /// Markdown files to which links lead, and which are no plans.
    pub(super) documents: &'e HashSet<String>,
    pub(super) sight: Sight,
    pub(super) alignment: Alignment,
    /// The plans that each plan supports, without itself, ascending.
    pub(super) supported: Vec<BTreeSet<usize>>,
    /// The plans that support each plan, without itself, ascending.
    pub(super) supporting: Vec<BTreeSet<usize>>,
}

impl<'e> Workspace<'e> {
    /// Puts plans side by side.
    ///
    /// `plans` are those that are looked at, each with its settings, and `linked` those to which their links lead
    /// beyond. `documents` are the ways to Markdown files to which links lead and which are no plans.
    ///
    /// # Panics
    ///
    /// There are not as many settings as plans.
    #[must_use]
    pub fn new(
        plans: &'e [&'e Extract],
        settings: &'e [&'e Settings],
        linked: &'e [Extract],
        documents: &'e HashSet<String>,
        sight: Sight,
    ) -> Self {
        assert_eq!(plans.len(), settings.len(), "each plan has its settings");
        let plans: Vec<&Extract> = plans.iter().copied().chain(linked).collect();
        let members: Vec<_> = plans.iter().map(|plan| &plan.member).collect();
        let alignment = Alignment::new(&members);
        let mut supported = vec![BTreeSet::new(); plans.len()];
        let mut supporting = vec![BTreeSet::new(); plans.len()];
        for bond in &alignment.bonds {
            let plan = |at: usize| alignment.objectives[at].plan;
            let (child, parent) = (plan(bond.child), plan(bond.parent));
            if child != parent {
                supported[child].insert(parent);
                supporting[parent].insert(child);
            }
        }
        Self {
            plans,
            settings,
            documents,
            sight,
            alignment,
            supported,
            supporting,
        }
    }

    /// Returns what was found in each plan that is looked at, in their order, and in each what helps most first, before
    /// any dismissals.
    #[must_use]
    pub fn findings(&self) -> Vec<Vec<Finding>> {
        let mut reports = Reports(vec![Findings::default(); self.plans.len()]);
        for across in ACROSS {
            let is_wanted = self.settings.iter().any(|it| it.runs(across.rule));
            if is_wanted && self.sight >= across.sight {
                (across.check)(self, &mut reports);
            }
        }
        let looked = reports.0.into_iter().zip(self.settings);
        looked
            .map(|(found, settings)| {
                let mut found = found.into_vec();
                found.retain(|finding| settings.runs(finding.rule));
                for finding in &mut found {
                    wording::shorten(finding);
                    if let Some(level) = settings.levels.get(finding.rule.id) {
                        finding.level = *level;
                    }
                }
                found.retain(|finding| finding.level != Level::Off);
                found.sort_by_key(Finding::order);
                found
            })
            .collect()
    }

    /// Returns the positions of the plans that are looked at and not over.
    pub(super) fn open_plans(&self) -> impl Iterator<Item = usize> {
        (0..self.settings.len()).filter(|plan| !self.plans[*plan].is_closed)
    }

    /// Returns the settings of a plan; nothing where it is not looked at.
    pub(super) fn settings(&self, plan: usize) -> Option<&Settings> {
        self.settings.get(plan).copied()
    }

    /// Returns the plan of an objective, and the objective in it.
    pub(super) fn place(&self, at: usize) -> (usize, ElementId) {
        let it = &self.alignment.objectives[at];
        (it.plan, ElementId::Objective(it.position))
    }

    /// Returns what is known of an objective.
    pub(super) fn objective(&self, at: usize) -> &extract::ObjectiveExtract {
        let it = &self.alignment.objectives[at];
        &self.plans[it.plan].objectives[it.position]
    }

    /// Returns the links in `Supports` of an objective.
    pub(super) fn links(&self, at: usize) -> &[Link] {
        let it = &self.alignment.objectives[at];
        self.plans[it.plan].member.supports(it.position)
    }

    /// Returns the objectives of a plan.
    pub(super) fn objectives_of(&self, plan: usize) -> impl Iterator<Item = usize> {
        // The alignment has them plan by plan.
        let all = &self.alignment.objectives;
        let first = all.partition_point(|it| it.plan < plan);
        first..first + self.plans[plan].objectives.len()
    }

    /// Returns the level of a plan, where it says so.
    pub(super) fn level(&self, plan: usize) -> Option<PlanLevel> {
        self.plans[plan].level
    }

    /// Returns whether two plans have a day in common, or might.
    pub(super) fn meet(&self, one: usize, other: usize) -> bool {
        match (self.plans[one].period, self.plans[other].period) {
            (Some(one), Some(other)) => one.start() <= other.end() && other.start() <= one.end(),
            _ => true,
        }
    }

    /// Returns whether a plan stands in the folder of another, or below it.
    pub(super) fn is_in_folder_of(&self, plan: usize, other: usize) -> bool {
        let path = self.plans[other].path();
        let folder = path.rfind('/').map_or("", |at| &path[..=at]);
        self.plans[plan].path().starts_with(folder)
    }

    /// Returns what to call an objective in the plan `from`: `objective 2`, or `objective 2 of company.md`.
    pub(super) fn name(&self, at: usize, from: usize) -> String {
        let (plan, element) = self.place(at);
        if plan == from {
            format!("objective {element}")
        } else {
            format!("objective {element} of {}", self.path(plan, from))
        }
    }

    /// Returns what to call the file of a plan in the plan `from`, as [`Workspace::file`] does.
    pub(super) fn path(&self, plan: usize, from: usize) -> Cow<'_, str> {
        self.file(self.plans[plan].path(), from)
    }

    /// Returns what to call a file in the plan `from`: by its way from the root of the workspace, or where it is outside of
    /// that, by its way from the plan, as in a link.
    pub(super) fn file<'p>(&self, path: &'p str, from: usize) -> Cow<'p, str> {
        if path.starts_with("../") {
            way(self.plans[from].path(), path).into()
        } else {
            path.into()
        }
    }

    /// Returns the link to an objective, or to a key result of it, as it stands in the plan `from`.
    pub(super) fn link(&self, at: usize, key_result: Option<usize>, from: usize) -> Link {
        let (plan, _) = self.place(at);
        let position = self.alignment.objectives[at].position;
        let name = self.plans[plan].member.name_of(position, key_result);
        let path = if plan == from {
            String::new()
        } else {
            way(self.plans[from].path(), self.plans[plan].path())
        };
        Link {
            text: self.objective(at).title.clone(),
            target: format!("{path}#{}", name.unwrap_or_default()),
        }
    }

    /// Returns the link in `Supports` of an objective that leads to another one.
    pub(super) fn link_to(&self, at: usize, parent: usize) -> Option<&Link> {
        let from = self.plans[self.alignment.objectives[at].plan].path();
        let it = &self.alignment.objectives[parent];
        let goal = &self.plans[it.plan].member;
        self.links(at)
            .iter()
            .find(|link| match lead::lead(link, from) {
                Lead::Elsewhere => false,
                Lead::Words(words) => words == lead::key(&self.objective(parent).title),
                Lead::Plan { path, anchor } => {
                    let is_it = |anchor: &str| {
                        let mut names = goal.names().filter(|(name, ..)| *name == anchor);
                        names
                            .next()
                            .is_some_and(|(_, position, _)| position == it.position)
                    };
                    path == goal.path() && anchor.is_none_or(|anchor| is_it(&anchor))
                }
            })
    }

    /// Returns what `Supports` of an objective says with another link in the place of `old`, or without `old`.
    pub(super) fn supports_with(&self, at: usize, old: &Link, new: Option<&Link>) -> Inline {
        let links = self.links(at).iter();
        let links = links.filter_map(|link| if link == old { new } else { Some(link) });
        let links: Vec<String> = links.map(Link::to_markdown).collect();
        Inline::parse(&links.join(", "))
    }
}
