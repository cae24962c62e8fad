//! An objective on the page.

use std::collections::BTreeMap;

use okr_core::closing::Closing;
use okr_core::completion::Completed;
use okr_core::model::{Commitment, Link, Objective, Status};
use okr_core::progress::ObjectiveOverview;
use rust_decimal::Decimal;
use serde::Serialize;

use super::check_ins::StatusView;
use super::initiatives::InitiativesView;
use super::key_result::KeyResultView;
use super::standing::{Shown, StandingView, is_weight};
use super::verdict::OutcomeView;
use super::{Fact, further, or_untitled};
use crate::formats::html::figure::Day;
use crate::formats::html::text::{self, Anchors, Html, Links};

#[derive(Debug, Serialize)]
pub(super) struct ObjectiveView {
    number: String,
    anchor: String,
    title: String,
    title_html: Html,
    owner: Option<String>,
    commitment: Option<&'static str>,
    progress: Option<StandingView>,
    /// What it came to, where the plan is closed, and how many of its key results were met.
    outcome: Option<OutcomeView>,
    met: usize,
    weight: Option<String>,
    supports: Vec<LinkView>,
    /// Those of other plans that serve it, where they are known.
    pub(super) children: Vec<ChildView>,
    facts: Vec<Fact>,
    initiatives: Option<InitiativesView>,
    text_html: Html,
    key_results: Vec<KeyResultView>,
    /// Whether what stands above its key results may be broken between two sheets of paper.
    is_long: bool,
    /// How many of its key results stand how.
    standing: Vec<Standing>,
    /// The earliest and the latest date by which something is still to be done.
    first_due: Option<Day>,
    last_due: Option<Day>,
}

#[derive(Debug, Serialize)]
struct LinkView {
    text: String,
    href_html: Option<String>,
}

/// An objective of another plan that serves this one.
#[derive(Debug, Serialize)]
pub(crate) struct ChildView {
    title: String,
    plan: String,
    href: String,
    status: Option<StatusView>,
    progress: Option<String>,
}

#[derive(Debug, Serialize)]
struct Standing {
    count: usize,
    status: StatusView,
}

impl ObjectiveView {
    pub(super) fn new(
        objective: &Objective,
        completed: &[Completed],
        at: usize,
        it: &ObjectiveOverview<'_>,
        shown: &Shown<'_>,
        anchors: &mut Anchors,
    ) -> Self {
        let links = shown.links;
        let number = it.id.to_string();
        let weight = shown.of_objective(objective);
        let title = objective.title.plain().into_owned();
        let anchor = anchors.name(&format!("Objective {number} {title}"));
        let text_html = text::blocks(&objective.text, 3, links, anchors);
        let initiatives = InitiativesView::new(&objective.initiatives, false, 4, links, anchors);
        let mut facts = Vec::new();
        facts.extend(further(&objective.fields, links, |name| {
            is_weight(name, weight.as_ref())
        }));
        let key_results = objective.key_results.iter().zip(completed);
        let key_results = key_results
            .zip(&it.key_results)
            .map(|((key_result, completed), it)| {
                KeyResultView::new(key_result, completed, it, shown, anchors)
            })
            .collect();
        let mut counts = BTreeMap::new();
        let statuses = it.key_results.iter().map(|it| it.counting.status);
        for status in statuses.flatten().filter(|_| shown.is_begun) {
            let order = Status::ALL.iter().position(|other| *other == status);
            counts.entry(order).or_insert((0, status)).0 += 1;
        }
        let open_work = objective
            .key_results
            .iter()
            .flat_map(|key_result| &key_result.initiatives);
        let open_work = objective
            .initiatives
            .iter()
            .chain(open_work)
            .filter(|initiative| !initiative.done);
        let graded = shown.closing;
        let dates = completed.iter().filter_map(|completed| completed.due);
        let dates = dates.chain(open_work.filter_map(|initiative| initiative.due));
        Self {
            number,
            anchor,
            title: or_untitled(title),
            title_html: text::inline(&objective.title, links),
            owner: it
                .owner
                .map(text::clean)
                .filter(|name| !name.trim().is_empty()),
            commitment: objective.commitment.map(Commitment::word),
            progress: StandingView::of_objective(it, shown.is_begun),
            outcome: graded.and_then(|closing| OutcomeView::of_objective(closing, at)),
            met: graded.map_or(0, |closing| met(closing, at)),
            weight,
            supports: objective
                .supports
                .iter()
                .map(|link| LinkView::new(link, links))
                .collect(),
            children: Vec::new(),
            facts,
            initiatives,
            text_html,
            key_results,
            is_long: objective.text.lines().count() + objective.initiatives.len() > 12,
            standing: counts
                .into_values()
                .map(|(count, status)| Standing {
                    count,
                    status: StatusView::new(status),
                })
                .collect(),
            first_due: dates.clone().min().map(Day::new),
            last_due: dates.max().map(Day::new),
        }
    }
}

/// Returns how many key results of an objective were met.
fn met(closing: &Closing, at: usize) -> usize {
    let key_results = closing.objectives.get(at).map(|it| it.key_results.iter());
    key_results.map_or(0, |all| all.filter(|it| it.outturn.is_met).count())
}

impl ChildView {
    /// Returns an objective of the plan `plan` that is found at `href`; `done` is in percents.
    pub(crate) fn new(
        title: &str,
        plan: &str,
        href: String,
        status: Option<Status>,
        done: Option<Decimal>,
    ) -> Self {
        Self {
            title: or_untitled(text::clean(title)),
            plan: text::clean(plan),
            href,
            status: status.map(StatusView::new),
            progress: done.map(crate::words::percent),
        }
    }
}

impl LinkView {
    fn new(link: &Link, links: Links<'_>) -> Self {
        let text = if link.text.trim().is_empty() {
            &link.target
        } else {
            &link.text
        };
        Self {
            text: text::clean(text),
            href_html: links.href(&link.target),
        }
    }
}
