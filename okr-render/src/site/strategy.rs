//! The page of the strategy map: which objectives of the plans that run serve which.

use okr_core::alignment::{self, Alignment};
use okr_core::model::Status;
use okr_core::progress::worst;
use serde::Serialize;

use super::links::address;
use super::nav::Nav;
use super::{File, Site};
use crate::error::Error;
use crate::formats::html::text::clean;
use crate::map::{Goal, Map};

/// Where the page lies.
pub(super) const PATH: &str = "map.html";

#[derive(Serialize)]
struct MapPage {
    map: Map,
    /// How many objectives there are.
    objectives: usize,
}

/// Returns the page.
pub(super) fn page(site: &Site) -> Result<File, Error> {
    let plans = &site.spans.get(0).members;
    let members: Vec<&alignment::Member> = plans
        .iter()
        .map(|plan| &site.members[*plan].aligned)
        .collect();
    let alignment = Alignment::new(&members);
    // Their positions among all objectives of the site.
    let all: Vec<usize> = plans
        .iter()
        .flat_map(|plan| {
            (0..site.members[*plan].objectives.len()).map(|at| site.firsts[*plan] + at)
        })
        .collect();
    let goals: Vec<Goal> = all
        .iter()
        .zip(&alignment.objectives)
        .map(|(at, aligned)| goal(site, *at, &aligned.children, &all))
        .collect();
    let page = MapPage {
        objectives: goals.len(),
        map: Map::new(&goals, &alignment),
    };
    let nav = Nav {
        title: "Strategy map",
        about: "Which objectives serve which, with where they stand",
        part: "map",
        ..Nav::default()
    };
    site.fill(PATH, "site-map.html", &page, nav)
}

/// Returns an objective as the map shows it; `children` are positions in `all`.
fn goal(site: &Site, at: usize, children: &[usize], all: &[usize]) -> Goal {
    let it = site.objective(at);
    let plan = site.alignment.objectives[at].plan;
    let through = site.through[at].and_then(|through| through.percent_shown());
    Goal {
        number: it.number.clone(),
        plan: clean(&site.members[plan].name),
        level: site.members[plan].level,
        title: clean(&it.title),
        owner: it.owner.as_deref().map(clean),
        status: site.status_of(at),
        percent: it.standing.done.or(through),
        expected: it.standing.expected,
        weakest: weakest(site, it.status, children, all),
        href: Some(address(PATH, &site.pages[plan], &it.number)),
    }
}

/// Returns the weakest of those that serve an objective, where it is worse off than the objective itself.
fn weakest(site: &Site, own: Option<Status>, children: &[usize], all: &[usize]) -> Option<usize> {
    let is_worse = |one: Status, other: Status| one != other && worst([one, other]) == Some(one);
    let with_status = children
        .iter()
        .filter_map(|child| Some((*child, site.status_of(all[*child])?)));
    let (child, status) =
        with_status.reduce(|one, other| if is_worse(other.1, one.1) { other } else { one })?;
    let is_news = own.is_none_or(|own| is_worse(status, own));
    (is_news && matches!(status, Status::AtRisk | Status::OffTrack)).then_some(child)
}
