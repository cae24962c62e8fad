//! A page with everything that can be looked for, and the list that its script looks through.

use std::io::{self, Write};

use okr_core::model::Status;
use serde::Serialize;

use super::nav::Nav;
use super::places::relative;
use super::{File, Site, refused};
use crate::error::Error;
use crate::formats::html::text::clean;
use crate::formats::html::view::StatusView;

/// Where the page lies.
pub(super) const PATH: &str = "search.html";

#[derive(Debug, Serialize)]
struct SearchView {
    /// Those that are open, and those that are closed.
    plans: Vec<Entry>,
    closed: Vec<Entry>,
    people: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    href: String,
    /// How a plan stands, or what it came to.
    slug: Option<&'static str>,
    word: Option<&'static str>,
}

/// Returns the page, which lists plans and people also where no script runs.
pub(super) fn page(site: &Site) -> Result<File, Error> {
    let entry = |name: &str, path: &str| Entry {
        name: clean(name),
        href: relative(PATH, path),
        slug: None,
        word: None,
    };
    let plans = |is_closed: bool| -> Vec<Entry> {
        let members = site.members.iter().zip(&site.pages);
        let these = members.filter(|(member, _)| member.is_closed == is_closed);
        let with_mark = these.map(|(member, page)| {
            let status = member.status.map(StatusView::new);
            let (slug, word) = match (&member.outcome, status) {
                (Some(outcome), _) => (Some(outcome.slug), Some(outcome.word)),
                (None, status) => (
                    status.map(StatusView::slug),
                    member.status.map(Status::word),
                ),
            };
            Entry {
                slug,
                word,
                ..entry(&member.name, page)
            }
        });
        with_mark.collect()
    };
    let mut people: Vec<Entry> = site
        .owners
        .iter()
        .map(|owner| entry(&owner.name, &owner.path))
        .collect();
    people.sort_by_cached_key(|person| person.name.to_lowercase());
    let view = SearchView {
        plans: plans(false),
        closed: plans(true),
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

/// Writes a script that holds what is looked through: plans, each with its page and its goals.
///
/// It is a script and not data, because a page that was opened from a folder may load nothing else. `lead` returns what
/// the address of a place on a page begins with.
///
/// # Errors
///
/// `out` takes no more.
pub(super) fn script(
    site: &Site,
    lead: impl Fn(&str) -> String,
    out: &mut dyn Write,
) -> Result<(), Error> {
    written(site, lead, out).map_err(|error| refused(&error))
}

fn written(site: &Site, lead: impl Fn(&str) -> String, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"okrSearch([")?;
    for (at, (member, page)) in site.members.iter().zip(&site.pages).enumerate() {
        out.write_all(if at == 0 { b"\n[" } else { b",\n[" })?;
        json(&clean(&member.name), out)?;
        out.write_all(b",")?;
        json(&lead(page), out)?;
        out.write_all(b",[")?;
        let objectives = member
            .objectives
            .iter()
            .map(|it| (&it.number, &it.title, &it.owner));
        let key_results = member
            .key_results
            .iter()
            .map(|it| (&it.number, &it.title, &it.owner));
        for (at, (number, title, owner)) in objectives.chain(key_results).enumerate() {
            if at > 0 {
                out.write_all(b",")?;
            }
            json(number, out)?;
            out.write_all(b",")?;
            json(&clean(title), out)?;
            out.write_all(b",")?;
            json(&clean(owner.as_deref().unwrap_or("")), out)?;
        }
        out.write_all(b"]]")?;
    }
    out.write_all(b"\n]);\n")
}

fn json(text: &str, out: &mut dyn Write) -> io::Result<()> {
    Ok(serde_json::to_writer(out, text)?)
}
