//! What the words and bars of pages mean, said once for all of them.

use serde::Serialize;

use super::nav::Nav;
use super::{File, Site};
use crate::error::Error;
use crate::formats::html::view::Fact;

/// Where the page would lie that says it.
pub(super) const PATH: &str = "key.html";

/// What is to be said, each thing once.
#[derive(Default, Serialize)]
pub(super) struct Key {
    facts: Vec<Fact>,
}

impl Key {
    /// Adds what a page needs to have said and no page before it did.
    pub(super) fn add(&mut self, facts: Vec<Fact>) {
        for fact in facts {
            if self.facts.iter().all(|known| known.name() != fact.name()) {
                self.facts.push(fact);
            }
        }
    }

    /// Returns the page that says it.
    pub(super) fn page(&self, site: &Site) -> Result<File, Error> {
        let nav = Nav {
            title: "How to read these pages",
            about: "What the words and the bars of these pages mean",
            part: "key",
            ..Nav::default()
        };
        site.fill(PATH, "site-key.html", self, nav)
    }
}
