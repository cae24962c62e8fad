//! A page with everything that can be looked for, and the list that its script looks through.

use std::fmt::Write as _;

use serde::Serialize;

use super::nav::Nav;
use super::places::relative;
use super::{File, Site};
use crate::error::{Error, ErrorKind};
use crate::formats::html::text::clean;

/// Where the page lies.
pub(super) const PATH: &str = "search.html";

#[derive(Debug, Serialize)]
struct SearchView {
    plans: Vec<Entry>,
    people: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    href: String,
}

/// Returns the page, which lists plans and people also where no script runs.
pub(super) fn page(site: &Site) -> Result<File, Error> {
    let entry = |name: &str, path: &str| Entry {
        name: clean(name),
        href: relative(PATH, path),
    };
    let plans = site.members.iter().zip(&site.pages);
    let mut people: Vec<Entry> = site
        .owners
        .iter()
        .map(|owner| entry(&owner.name, &owner.path))
        .collect();
    people.sort_by_cached_key(|person| person.name.to_lowercase());
    let view = SearchView {
        plans: plans
            .map(|(member, page)| entry(&member.name, page))
            .collect(),
        people,
    };
    let nav = Nav {
        title: "Search",
        about: "Every plan and everybody who owns something, and a search through all goals",
        part: "search",
        ..Nav::default()
    };
    site.fill(PATH, "site-search.html", &view, nav)
}

/// Returns a script that holds what is looked through: plans, each with its page and its goals.
///
/// It is a script and not data, because a page that was opened from a folder may load nothing else. `lead` returns what
/// the address of a place on a page begins with.
pub(super) fn script(site: &Site, lead: impl Fn(&str) -> String) -> Result<String, Error> {
    let mut out = String::from("okrSearch([");
    for (at, (member, page)) in site.members.iter().zip(&site.pages).enumerate() {
        out.push_str(if at == 0 { "\n[" } else { ",\n[" });
        let _ = write!(
            out,
            "{},{},[",
            json(&clean(&member.name))?,
            json(&lead(page))?
        );
        let objectives = member
            .objectives
            .iter()
            .map(|it| (&it.number, &it.title, &it.owner));
        let key_results = member
            .key_results
            .iter()
            .map(|it| (&it.number, &it.title, &it.owner));
        for (at, (number, title, owner)) in objectives.chain(key_results).enumerate() {
            let owner = owner.as_deref().unwrap_or("");
            let comma = if at == 0 { "" } else { "," };
            let (number, title, owner) =
                (json(number)?, json(&clean(title))?, json(&clean(owner))?);
            let _ = write!(out, "{comma}{number},{title},{owner}");
        }
        out.push_str("]]");
    }
    out.push_str("\n]);\n");
    Ok(out)
}

fn json(text: &str) -> Result<String, Error> {
    serde_json::to_string(text).map_err(|error| ErrorKind::Write(error.to_string()).into())
}
