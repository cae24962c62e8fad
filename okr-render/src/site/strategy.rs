//! The page of the strategy map: which objectives of the plans that run serve which.

use std::io::Write;

use okr_core::alignment::{self, Alignment};
use okr_core::model::Status;
use okr_core::progress::worst;
use serde::Serialize;

use super::links::address;
use super::nav::Nav;
use super::{File, Site, whole};
use crate::error::Error;
use crate::formats::html::text::clean;
use crate::formats::html::view::StatusView;
use crate::map::{Goal, Map};
use crate::words::percent;

/// Where the page lies.
pub(super) const PATH: &str = "map.html";

/// Stands for the map while its page is made, so that it is there once only; no words of a plan look like this, since
/// they are escaped.
const PLACE: &str = "<!-- map -->";

/// How many bytes of the map are handed on at once.
const PIECE: usize = 64 * 1024;

#[derive(Serialize)]
struct MapPage {
    /// The map, where a template of a theme may ask for any part of it.
    map: Option<Map>,
    /// The same as markup, where none does.
    map_html: &'static str,
    /// The same as lists, for screens on which a drawing is too wide.
    lists: Vec<ListView>,
    /// How many objectives there are.
    objectives: usize,
}

/// What stands in one column of the map.
#[derive(Serialize)]
struct ListView {
    heading: String,
    items: Vec<ItemView>,
}

#[derive(Serialize)]
struct ItemView {
    title: String,
    href: Option<String>,
    plan: String,
    owner: Option<String>,
    status: Option<StatusView>,
    done: Option<String>,
}

impl ItemView {
    fn new(goal: &Goal) -> Self {
        Self {
            title: goal.title.clone(),
            href: goal.href.clone(),
            plan: goal.plan.clone(),
            owner: goal.owner.clone(),
            status: goal.status.map(StatusView::new),
            done: goal.percent.map(percent),
        }
    }
}

/// Returns the page.
pub(super) fn page(site: &Site) -> Result<File, Error> {
    let mut bytes = Vec::new();
    write(site, &mut bytes)?;
    Ok(File {
        path: PATH.to_owned(),
        bytes,
    })
}

/// Writes the page, the map in pieces.
///
/// # Errors
///
/// A template of the theme does not work, or `out` takes no more.
pub(super) fn write(site: &Site, out: &mut dyn Write) -> Result<(), Error> {
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
    let map = Map::new(&goals, &alignment);
    let lists = map.groups.iter().map(|group| ListView {
        heading: group.heading.text.clone(),
        items: group
            .cards
            .iter()
            .map(|card| ItemView::new(&goals[card.goal]))
            .collect(),
    });
    let lists = lists.collect();
    let objectives = goals.len();
    // There may be as many of them as there are plans, and the map says all that is said.
    drop((goals, alignment));
    let in_parts = site.theme.has_templates();
    let nav = Nav {
        title: "Strategy map",
        about: "Which objectives serve which, with where they stand",
        part: "map",
        ..Nav::default()
    };
    let (given, drawn) = if in_parts {
        (Some(map), None)
    } else {
        (None, Some(map))
    };
    let page = MapPage {
        map: given,
        map_html: drawn.as_ref().map_or("", |_| PLACE),
        lists,
        objectives,
    };
    let page = site.filled(PATH, "site-map.html", &page, nav)?;
    let Some((map, (before, after))) = drawn.as_ref().zip(page.split_once(PLACE)) else {
        return whole(page.as_bytes(), out);
    };
    let mut piece = before.to_owned();
    map.draw(&mut piece, |piece| {
        if piece.len() >= PIECE {
            whole(piece.as_bytes(), out)?;
            piece.clear();
        }
        Ok::<_, Error>(())
    })?;
    piece.push_str(after);
    whole(piece.as_bytes(), out)
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
