//! Initiatives on the page.

use okr_core::model::Initiative;
use rust_decimal::Decimal;
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
    /// Of a step, without the word that makes it one.
    title_html: Html,
    /// That of a step which counts for more or less than one.
    weight: Option<String>,
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
            title_html: without_step(initiative, text::inline(&initiative.title, links)),
            weight: initiative
                .step()
                .filter(|step| counts_by_steps && step.weight != Decimal::ONE)
                .map(|step| step.weight.normalize().to_string()),
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

/// Returns the title of a step without what marks it as one, where that stands in no formatting.
fn without_step(initiative: &Initiative, title: Html) -> Html {
    let Some((mark, words)) = title.as_str().split_once(':') else {
        return title;
    };
    if initiative.step().is_none() || mark.contains(['<', '&']) {
        return title;
    }
    Html::written(words.trim_start().to_owned())
}
