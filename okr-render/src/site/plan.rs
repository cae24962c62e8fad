//! The page of a plan, and what of it can be taken along.

use okr_core::alignment::AlignedObjective;
use okr_core::model::ElementId;
use serde::Serialize;

use super::key::{self, Key};
use super::links::{Content, address};
use super::nav::Nav;
use super::places::relative;
use super::{File, Remark, Site, text};
use crate::error::Error;
use crate::formats::html::text::Links;
use crate::formats::html::text::clean;
use crate::formats::html::view::{ChildView, Page, Setting};
use crate::formats::html::write;
use crate::formats::json;

/// The page of a plan, and what stands on it beside the plan.
#[derive(Serialize)]
struct PlanPage<'a> {
    #[serde(flatten)]
    page: &'a Page,
    /// The plan that it goes on with, and the one that goes on with it.
    before: Option<PlanLink>,
    after: Option<PlanLink>,
    /// Where the data of the plan lie, if they do.
    json: Option<String>,
    /// Where its slides lie, if there are any.
    slides: Option<String>,
    /// Where it is said what words and bars mean, if that is not said on the page.
    key: Option<String>,
    /// What was found in the plan, where that is to be told.
    findings: Option<Vec<FindingView>>,
}

/// Something that was found in the plan.
#[derive(Serialize)]
struct FindingView {
    level: &'static str,
    rule: String,
    message: Vec<Piece>,
    help: Vec<Vec<Piece>>,
    /// What it is about, with where that stands.
    what: Option<String>,
    href: Option<String>,
}

/// Words, or code in them.
#[derive(Serialize)]
struct Piece {
    words: String,
    is_code: bool,
}

impl FindingView {
    /// Returns a finding of the plan whose page is at `path`.
    fn new(remark: &Remark, path: &str) -> Self {
        let element = remark.element.as_deref().and_then(ElementId::parse);
        let kind = match element {
            None | Some(ElementId::Plan) => None,
            Some(ElementId::Objective(_)) => Some("Objective"),
            Some(ElementId::KeyResult(..)) => Some("Key result"),
            Some(_) => Some("Initiative"),
        };
        let named = kind.zip(element);
        Self {
            level: remark.level.name(),
            rule: remark.rule.clone(),
            message: pieces(&remark.message),
            help: remark.help.iter().map(|help| pieces(help)).collect(),
            what: named.map(|(kind, it)| format!("{kind} {it}")),
            // What stands under a goal is to be found there.
            href: named.map(|(_, it)| address(path, path, &it.goal().to_string())),
        }
    }
}

/// Returns a phrase in which what stands between two backticks is code.
fn pieces(phrase: &str) -> Vec<Piece> {
    let pieces = phrase.split('`').enumerate();
    pieces
        .filter(|(_, words)| !words.is_empty())
        .map(|(at, words)| Piece {
            words: clean(words),
            is_code: at % 2 == 1,
        })
        .collect()
}

#[derive(Serialize)]
struct PlanLink {
    name: String,
    href: String,
}

/// Returns where the data of a plan lie, given where its page does.
pub(super) fn data(page: &str) -> String {
    format!("{}.json", page.trim_end_matches(".html"))
}

/// Returns where the slides of a plan lie, given where its page does: in a folder of their own, whose names are as
/// different as those of the pages.
pub(super) fn slides(page: &str) -> String {
    format!("slides/{}", page.trim_start_matches("plans/"))
}

impl Site {
    /// Returns the page of a plan and its data, with its slides where they are wanted; `content` is what the member was
    /// made of.
    ///
    /// # Errors
    ///
    /// A template of the theme does not work.
    pub fn plan(&self, member: usize, content: &Content) -> Result<Vec<File>, Error> {
        let data = data(&self.pages[member]);
        let page = self.plan_page(member, content, Some(&data), None)?;
        // On one line, as few people read it and all of them pay for the way.
        let mut json = json::to_line(&content.plan)?;
        json.push('\n');
        let mut files = vec![page, text(&data, json)];
        if self.settings.slides {
            files.push(self.slides(member, content)?);
        }
        Ok(files)
    }

    /// Returns the slides of a plan, whose links lead to its page.
    fn slides(&self, member: usize, content: &Content) -> Result<File, Error> {
        let page = &self.pages[member];
        let path = slides(page);
        let back = relative(&path, page);
        let lead = |target: &str| {
            let lead = self.lead(member, &content.anchors, target)?;
            let is_own = lead.starts_with('#');
            Some(if is_own {
                format!("{back}{lead}")
            } else {
                lead
            })
        };
        let view = self.view(content, Links::through(&lead), true);
        let plan_json = json::to_text(&content.plan)?;
        let files = &self.settings.theme;
        let slides = write::slides(&self.theme, files, &view, &plan_json, Some(&back))?;
        Ok(text(&path, slides))
    }

    /// Returns what the pages of a plan show of it.
    fn view(&self, content: &Content, links: Links<'_>, is_slides: bool) -> Page {
        let plan = &content.plan;
        let setting = Setting {
            lexicon: &self.settings.lexicon,
            schedules: &self.settings.schedules(),
            // What is closed stands as it was closed.
            day: Some(
                plan.closed()
                    .map_or(self.settings.day, |day| day.min(self.settings.day)),
            ),
            links,
            in_parts: self.theme.has_templates(),
            yellows: is_slides.then_some(self.settings.yellows),
        };
        Page::new(plan, &setting)
    }

    /// Returns the page of a plan, with a link to where its data lie. What its words and bars mean goes into `key`, where
    /// there is one, and stands on the page otherwise.
    pub(super) fn plan_page(
        &self,
        member: usize,
        content: &Content,
        data: Option<&str>,
        key: Option<&mut Key>,
    ) -> Result<File, Error> {
        let plan = &content.plan;
        let path = &self.pages[member];
        let lead = |target: &str| self.lead(member, &content.anchors, target);
        let mut page = self.view(content, Links::through(&lead), false);
        let has_key = key.is_some();
        if let Some(key) = key {
            key.add(page.take_legend());
        }
        let first = self.firsts[member];
        for at in 0..plan.objectives.len() {
            let AlignedObjective { children, .. } = &self.alignment.objectives[first + at];
            let children = children
                .iter()
                .map(|child| self.child(*child, path))
                .collect();
            page.add_children(at, children);
        }
        let link = |at: usize| PlanLink {
            name: clean(&self.members[at].name),
            href: relative(path, &self.pages[at]),
        };
        let this = &self.members[member];
        let before = this.continues.as_ref().and_then(|path| self.at.get(path));
        let view = PlanPage {
            page: &page,
            before: before.map(|at| link(*at)),
            after: self.next.get(&member).map(|at| link(*at)),
            slides: data
                .filter(|_| self.settings.slides)
                .map(|_| relative(path, &slides(path))),
            key: has_key.then(|| relative(path, key::PATH)),
            json: data.map(|data| relative(path, data)),
            findings: this.findings.as_ref().map(|found| {
                let views = found.iter().map(|remark| FindingView::new(remark, path));
                views.collect()
            }),
        };
        let about = format!("Objectives and key results of {}", this.name);
        let mut spans = self.spans.iter();
        let span = spans.rposition(|span| span.members.binary_search(&member).is_ok());
        let mut trail = vec![("Where we stand", &*self.spans.get(0).path)];
        if let Some(span) = span {
            let span = self.spans.get(span);
            trail.retain(|(_, path)| *path != span.path);
            trail.push((&span.name, &span.path));
        }
        let nav = Nav {
            title: page.title(),
            about: &about,
            span,
            trail: &trail,
            part: "plan",
        };
        self.fill(path, "site-plan.html", &view, nav)
    }

    /// Returns an objective that serves another, as it is shown there on the page at `from`.
    fn child(&self, at: usize, from: &str) -> ChildView {
        let objective = self.objective(at);
        let plan = self.alignment.objectives[at].plan;
        ChildView::new(
            &objective.title,
            &self.members[plan].name,
            address(from, &self.pages[plan], &objective.number),
            self.status_of(at),
            objective.standing.done,
        )
    }
}
