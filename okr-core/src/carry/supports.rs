//! Links of `Supports` that lead to a plan of a period that is over, and on to the plan that carries it on.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::links::escaped;
use crate::Parsed;
use crate::alignment::lead::{Lead, lead};
use crate::fields::CARRIED_FROM;
use crate::headings::{Heading, headings};
use crate::model::{ElementId, Fields, Link, Objective, Period, Plan};

/// Another plan of the workspace.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// Where it is, from the root of the workspace, with `/` between folders.
    pub path: String,
    /// What it says.
    pub parsed: Parsed,
}

impl Neighbour {
    /// Returns whether the period of the plan ends before another begins; a plan without one is never over.
    #[must_use]
    pub fn is_over(&self, period: Period) -> bool {
        let own = self.parsed.plan.period;
        own.is_some_and(|own| own.end() < period.start())
    }
}

/// Returns the paths of the plans to which the links of `Supports` lead, from the root of the workspace, as `path` is
/// that of the plan itself.
#[must_use]
pub fn supported_plans(plan: &Plan, path: &str) -> BTreeSet<String> {
    let links = plan.objectives.iter().flat_map(|it| &it.supports);
    let paths = links.filter_map(|link| match lead(link, path) {
        Lead::Plan { path, .. } => Some(path),
        _ => None,
    });
    paths.collect()
}

/// A link of `Supports` that still leads to a plan of a period that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// The objective that has it, by its position in the new plan.
    pub objective: ElementId,
    /// The path of the plan to which it leads, from the root of the workspace.
    pub path: String,
    /// The path of the plan that carries that one on, but not what the link names; nothing where there is none.
    pub next: Option<String>,
}

/// Where links lead to on the way through the plans of a workspace.
pub(super) struct Successors<'n> {
    /// The path of the plan that is made.
    path: &'n str,
    period: Period,
    neighbours: &'n [Neighbour],
    headings: Vec<HashMap<ElementId, Heading>>,
}

/// Why a link stays as it is.
enum Stays {
    /// It leads to nothing of a period that is over.
    Rightly,
    /// There is nothing yet to which it could lead; the path of a plan that could have had it.
    Outdated { next: Option<String> },
}

impl<'n> Successors<'n> {
    pub(super) fn new(path: &'n str, period: Period, neighbours: &'n [Neighbour]) -> Self {
        let headings = neighbours.iter().map(|neighbour| {
            let headings = headings(&neighbour.parsed).into_iter();
            headings.map(|it| (it.element, it)).collect()
        });
        Self {
            path,
            period,
            neighbours,
            headings: headings.collect(),
        }
    }

    /// Returns the links of an objective of the new plan, each to what it leads to in the new period, and whether any
    /// is another than before; adds to `outdated` what is left.
    pub(super) fn links(
        &self,
        objective: &Objective,
        position: usize,
        outdated: &mut Vec<Outdated>,
    ) -> (Vec<Link>, bool) {
        let mut has_changed = false;
        let links = objective.supports.iter().map(|link| {
            let Lead::Plan { path, anchor } = lead(link, self.path) else {
                return link.clone();
            };
            match self.follow(link, &path, anchor.as_deref()) {
                Ok(new) => {
                    has_changed = true;
                    new
                }
                Err(Stays::Rightly) => link.clone(),
                Err(Stays::Outdated { next }) => {
                    let objective = ElementId::Objective(position);
                    outdated.push(Outdated {
                        objective,
                        path,
                        next,
                    });
                    link.clone()
                }
            }
        });
        (links.collect(), has_changed)
    }

    fn follow(&self, link: &Link, path: &str, anchor: Option<&str>) -> Result<Link, Stays> {
        let old = self.neighbours.iter().position(|it| it.path == path);
        let old = old.ok_or(Stays::Rightly)?;
        if !self.is_over(old) {
            return Err(Stays::Rightly);
        }
        let element = self.element(old, anchor).ok_or(Stays::Rightly)?;
        let mut seen = HashSet::new();
        let (new, found) = self.successor(old, element, &mut seen)?;
        let id = |at: usize, element| self.id(at, element);
        let has_id = anchor.is_some_and(|anchor| id(old, element) == Some(anchor));
        let is_whole = anchor.is_none() && self.neighbours[new].parsed.plan.objectives.len() == 1;
        let anchor = match id(new, found).filter(|_| has_id) {
            _ if is_whole => None,
            Some(id) => Some(id.to_owned()),
            None => {
                let heading = self.headings[new].get(&found);
                Some(heading.ok_or(Stays::Rightly)?.anchor.clone())
            }
        };
        let way = way(self.path, &self.neighbours[new].path);
        Ok(Link {
            text: self.words(&link.text, (old, element), (new, found)),
            target: anchor.map_or(way.clone(), |anchor| format!("{way}#{anchor}")),
        })
    }

    fn is_over(&self, at: usize) -> bool {
        self.neighbours[at].is_over(self.period)
    }

    /// Returns the plan that carries another on into the new period, and what carries its element on there. Plans
    /// between the two may be over as well.
    fn successor(
        &self,
        at: usize,
        element: ElementId,
        seen: &mut HashSet<usize>,
    ) -> Result<(usize, ElementId), Stays> {
        let mut next = None;
        if !seen.insert(at) {
            return Err(Stays::Outdated { next });
        }
        for (other, neighbour) in self.neighbours.iter().enumerate() {
            if !self.continues(other, at) {
                continue;
            }
            match self.carried(other, at, element) {
                Some(found) if self.is_over(other) => match self.successor(other, found, seen) {
                    Err(Stays::Outdated { next: further }) => next = further.or(next),
                    result => return result,
                },
                Some(found) if self.is_of_new_period(other) => return Ok((other, found)),
                None if self.is_of_new_period(other) => next = Some(neighbour.path.clone()),
                _ => {}
            }
        }
        Err(Stays::Outdated { next })
    }

    fn is_of_new_period(&self, at: usize) -> bool {
        let period = self.neighbours[at].parsed.plan.period;
        period.is_some_and(|period| period.contains(self.period.start()))
    }

    /// Returns whether the front matter of a plan says that it carries another on.
    fn continues(&self, at: usize, old: usize) -> bool {
        let Some(target) = self.neighbours[at].parsed.plan.continues() else {
            return false;
        };
        // A path in front matter is no link: nothing in it is escaped.
        let target = target.split('/').map(escaped).collect::<Vec<_>>().join("/");
        let path = &self.neighbours[old].path;
        matches!(self.lead(&target, at), Lead::Plan { path: to, .. } if to == *path)
    }

    /// Returns where a link leads that stands in a neighbour.
    fn lead(&self, target: &str, from: usize) -> Lead {
        let link = Link {
            text: String::new(),
            target: target.to_owned(),
        };
        lead(&link, &self.neighbours[from].path)
    }

    /// Returns what in a plan carries on an element of an older one: by its link to it, else by the same id.
    fn carried(&self, at: usize, old: usize, element: ElementId) -> Option<ElementId> {
        let comes_from = |fields: &Fields| {
            let mut fields = fields.iter();
            let field = fields.find(|(name, _)| name.eq_ignore_ascii_case(CARRIED_FROM));
            let targets = field.into_iter().flat_map(|(_, line)| line.links());
            let mut leads = targets.filter_map(|(_, target)| Some(self.lead(&target?, at)));
            leads.any(|lead| match lead {
                Lead::Plan { path, anchor } if path == self.neighbours[old].path => {
                    self.element(old, anchor.as_deref()) == Some(element)
                }
                _ => false,
            })
        };
        let plan = &self.neighbours[at].parsed.plan;
        let by_link = elements(plan).find(|(_, _, fields)| comes_from(fields));
        let id = self.id(old, element);
        let by_id = || elements(plan).find(|(_, own, _)| id.is_some() && *own == id);
        by_link.or_else(by_id).map(|(found, _, _)| found)
    }

    /// Returns what an anchor or an id leads to; without one, the only objective of the plan.
    fn element(&self, at: usize, anchor: Option<&str>) -> Option<ElementId> {
        let plan = &self.neighbours[at].parsed.plan;
        let Some(anchor) = anchor else {
            return (plan.objectives.len() == 1).then_some(ElementId::Objective(0));
        };
        let by_heading = self.headings[at].values().find(|it| it.anchor == anchor);
        let by_id = || elements(plan).find(|(_, id, _)| *id == Some(anchor));
        let by_heading = by_heading.map(|heading| heading.element);
        by_heading.or_else(|| by_id().map(|(element, _, _)| element))
    }

    fn id(&self, at: usize, element: ElementId) -> Option<&'n str> {
        let plan = &self.neighbours[at].parsed.plan;
        let mut elements = elements(plan);
        elements.find(|(id, _, _)| *id == element)?.1
    }

    /// Returns the words of a link: those of the new heading where they were those of the old one.
    fn words(&self, text: &str, old: (usize, ElementId), new: (usize, ElementId)) -> String {
        let title = |(at, element): (usize, ElementId)| {
            let plan = &self.neighbours[at].parsed.plan;
            let objective = plan.objective(element).map(|it| &it.title);
            let title = objective.or_else(|| plan.key_result(element).map(|it| &it.title));
            title.map(|title| title.plain().into_owned())
        };
        let heading = |(at, element): (usize, ElementId)| {
            let heading = self.headings[at].get(&element);
            heading.map(|heading| heading.words.clone())
        };
        let is_it = |words: &Option<String>| words.as_deref() == Some(text);
        let words = if is_it(&title(old)) {
            title(new)
        } else if is_it(&heading(old)) {
            heading(new)
        } else {
            None
        };
        words.unwrap_or_else(|| text.to_owned())
    }
}

/// Returns the objectives and key results of a plan with their ids and fields, in the order of the text.
fn elements(plan: &Plan) -> impl Iterator<Item = (ElementId, Option<&str>, &Fields)> {
    let objectives = plan.objectives.iter().enumerate();
    objectives.flat_map(|(o, objective)| {
        let id = objective.id.as_deref();
        let own = (ElementId::Objective(o), id, &objective.fields);
        let key_results = objective.key_results.iter().enumerate();
        let below = key_results.map(move |(k, it)| {
            let id = it.id.as_deref();
            (ElementId::KeyResult(o, k), id, &it.fields)
        });
        std::iter::once(own).chain(below)
    })
}

/// Returns the way from one file to another, both from the root of the workspace, as it may stand in a link.
pub(crate) fn way(from: &str, to: &str) -> String {
    let here: Vec<&str> = from.split('/').collect();
    let there: Vec<&str> = to.split('/').collect();
    let (folders, _) = here.split_at(here.len() - 1);
    let same = folders
        .iter()
        .zip(&there[..there.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    let up = folders[same..].iter().map(|_| "..".into());
    let down = there[same..].iter().map(|part| escaped(part));
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FiscalYear;

    const OLD: &str = "---\nperiod: 2026-Q3\n---\n\n## Objective 1: Leave\n\n## Objective 2: Grow\n\n- Id: grow\n\n\
                       ### Key result 2.1: Sign 20 accounts\n";
    const NEW: &str = "---\nperiod: 2026-Q4\ncontinues: ../2026 Q3/company.md\n---\n\n\
                       ## Objective 1: Grow on\n\n- Id: grow\n\n### Key result 1.1: Sign 30 accounts\n\n\
                       - Carried from: [old](../2026%20Q3/company.md#key-result-21-sign-20-accounts)\n";

    /// Checks to what a link of `2026-Q4/teams/ar.md` becomes, and what is said where it stays.
    #[track_caller]
    fn check(neighbours: &[(&str, &str)], link: &str, expected: &str, said: Option<&str>) {
        let neighbours = neighbours.iter().map(|(path, text)| Neighbour {
            path: (*path).to_owned(),
            parsed: crate::parse(*text),
        });
        let neighbours: Vec<Neighbour> = neighbours.collect();
        let period = Period::parse("2026-Q4", FiscalYear::default()).unwrap();
        let successors = Successors::new("2026-Q4/teams/ar.md", period, &neighbours);
        let text = format!("## Objective: Get paid\n\n- Supports: {link}\n");
        let plan = crate::parse(text).plan;
        let mut outdated = Vec::new();
        let (links, has_changed) = successors.links(&plan.objectives[0], 0, &mut outdated);
        let shown: Vec<String> = links.iter().map(Link::to_markdown).collect();
        assert_eq!(shown.join(", "), expected);
        assert_eq!(has_changed, expected != link);
        let words = outdated.iter().map(|it| {
            let next = it.next.as_deref().unwrap_or("nothing");
            format!("{} {}: {next}", it.objective, it.path)
        });
        assert_eq!(words.collect::<Vec<_>>().first().map(String::as_str), said);
    }

    const BOTH: [(&str, &str); 2] = [("2026 Q3/company.md", OLD), ("2026-Q4/company.md", NEW)];

    #[test]
    fn a_link_leads_to_what_carries_on_what_it_named() {
        let old = "../../2026%20Q3/company.md";
        let anchor = "#key-result-21-sign-20-accounts";
        check(
            &BOTH,
            &format!("[Accounts]({old}{anchor})"),
            "[Accounts](../company.md#key-result-11-sign-30-accounts)",
            None,
        );
        // Words that were those of the goal are those of the new one.
        check(
            &BOTH,
            &format!("[Grow]({old}#grow), [here](#x), [site](https://a.b/c.md#grow)"),
            "[Grow on](../company.md#grow), [here](#x), [site](https://a.b/c.md#grow)",
            None,
        );
        check(
            &BOTH,
            &format!("[Objective 2: Grow]({old}#objective-2-grow)"),
            "[Objective 1: Grow on](../company.md#objective-1-grow-on)",
            None,
        );
    }

    #[test]
    fn plans_between_the_two_are_followed() {
        let first = OLD.replace("2026-Q3", "2026-Q1");
        let second = NEW
            .replace("2026-Q4", "2026-Q2")
            .replace("../2026 Q3/company.md", "../q1.md")
            .replace("../2026%20Q3/company.md", "../q1.md");
        let third = "---\nperiod: 2026\ncontinues: q2/plan.md\n---\n\n## Objective: Grow more\n\n- Id: grow\n";
        let plans = [
            ("q1.md", &*first),
            ("year.md", third),
            ("q2/plan.md", &second),
        ];
        check(
            &plans,
            "[Up](../../q1.md#grow)",
            "[Up](../../year.md#grow)",
            None,
        );
        // The goal of the year is named by the file alone, as it was.
        let alone = "---\nperiod: 2026-Q2\n---\n\n## Objective: Grow\n\n- Id: grow\n";
        check(
            &[("q2/plan.md", alone), ("year.md", third)],
            "[Up](../../q2/plan.md)",
            "[Up](../../year.md)",
            None,
        );
    }

    #[test]
    fn what_leads_nowhere_new_stays() {
        let link = "[Leave](../../2026%20Q3/company.md#objective-1-leave)";
        check(
            &BOTH,
            link,
            link,
            Some("1 2026 Q3/company.md: 2026-Q4/company.md"),
        );
        check(
            &BOTH[..1],
            link,
            link,
            Some("1 2026 Q3/company.md: nothing"),
        );
        let circle = OLD.replace(
            "period: 2026-Q3\n",
            "period: 2026-Q3\ncontinues: company.md\n",
        );
        check(
            &[("2026 Q3/company.md", &circle)],
            link,
            link,
            Some("1 2026 Q3/company.md: nothing"),
        );
    }

    #[test]
    fn a_plan_that_still_runs_is_supported_on() {
        let year = OLD.replace("2026-Q3", "2026");
        let plans = [("2026 Q3/company.md", &*year), ("2026-Q4/company.md", NEW)];
        let link = "[Grow](../../2026%20Q3/company.md#grow)";
        check(&plans, link, link, None);
        let missing = "[Grow](../../2025/company.md#grow)";
        check(&BOTH, missing, missing, None);
    }
}
