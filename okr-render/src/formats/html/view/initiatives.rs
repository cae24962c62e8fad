//! Initiatives on the page.

use okr_core::model::Initiative;
use serde::Serialize;

use super::stated;
use crate::formats::html::figure::Day;
use crate::formats::html::text::{self, Anchors, Html, Links};

#[derive(Debug, Serialize)]
pub(super) struct InitiativesView {
    /// What they are: steps of a milestone, work, or both.
    name: &'static str,
    done: usize,
    count: usize,
    items: Vec<InitiativeView>,
}

#[derive(Debug, Serialize)]
struct InitiativeView {
    done: bool,
    title_html: Html,
    owner: Option<String>,
    due: Option<Day>,
    text_html: Html,
}

impl InitiativesView {
    pub(super) fn new(
        initiatives: &[Initiative],
        counts_by_steps: bool,
        level: usize,
        links: Links<'_>,
        anchors: &mut Anchors,
    ) -> Option<Self> {
        if initiatives.is_empty() {
            return None;
        }
        let view = |initiative: &Initiative| InitiativeView {
            done: initiative.done,
            title_html: text::inline(&initiative.title, links),
            owner: stated(initiative.owner.as_ref()),
            due: initiative.due.map(Day::new),
            text_html: text::blocks(&initiative.text, level, links, anchors),
        };
        let steps = initiatives.iter().filter(|it| it.step().is_some()).count();
        let name = match (counts_by_steps, steps == initiatives.len()) {
            (true, true) => "Steps",
            (true, false) => "Steps and initiatives",
            (false, _) => "Initiatives",
        };
        Some(Self {
            name,
            done: initiatives
                .iter()
                .filter(|initiative| initiative.done)
                .count(),
            count: initiatives.len(),
            items: initiatives.iter().map(view).collect(),
        })
    }
}
