//! What the page templates are given: words, dates and positions, made from a plan.
//!
//! Fields whose name ends in `_html` hold markup; every other text is escaped by the templates.

mod chart;
pub(crate) mod check_ins;
mod initiatives;
mod key_result;
mod notes;
mod objective;
mod scale;
pub(crate) mod standing;
pub(crate) mod verdict;

use jiff::civil::Date;
use okr_core::closing::Closing;
use okr_core::completion::Completed;
use okr_core::model::{Cadence, Fields, Period, Plan, Section, Target};
use okr_core::progress::{Overview, Schedules};
use okr_core::statement::Lexicon;
use serde::Serialize;

use self::notes::{about, legend};
pub(crate) use self::objective::ChildView;
use self::objective::ObjectiveView;
use self::standing::{Shown, StandingView};
use self::verdict::{DecisionView, VerdictView};
use super::figure::Day;
use super::text::{self, Anchors, Html, Links};
use crate::words::{count, days_between};

pub(crate) use self::check_ins::StatusView;

/// Names of places that the templates use themselves.
const RESERVED: &[&str] = &["content", "top", "overview", "about", "okr-plan"];

/// What a page is made for.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// The words by which what a plan does not state is read from its sentences.
    pub(crate) lexicon: &'a Lexicon,
    /// When check-ins are owed.
    pub(crate) schedules: &'a Schedules,
    /// The day for which the page speaks; that of the last check-in where none is given.
    pub(crate) day: Option<Date>,
    /// Where the links of the plan lead.
    pub(crate) links: Links<'a>,
    /// Whether templates of a theme may ask for the parts of charts and of tables of check-ins; the built-in ones take
    /// these as markup, which saves most of the time that a page takes.
    pub(crate) in_parts: bool,
    /// How many check-ins in a row may be at risk before somebody has to decide, where what is to be decided is shown.
    pub(crate) yellows: Option<usize>,
}

/// A whole page.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    /// What the browser calls the page.
    title: String,
    heading_html: Html,
    /// The name of the plan, where the heading says something else.
    name: Option<String>,
    team: Option<String>,
    owner: Option<String>,
    cadence: Option<&'static str>,
    period: Option<PeriodView>,
    text_html: Html,
    figures: Figures,
    /// What the plan comes to; nothing where there is nothing done to tell of.
    standing: Option<StandingView>,
    /// The same in the lines above all others.
    verdict: Option<VerdictView>,
    is_closed: bool,
    /// What somebody has to decide, and how many slides show all that they show.
    decisions: Vec<DecisionView>,
    slides: usize,
    /// The day of the last check-in, for which what stands where on the page speaks.
    as_of: Option<Day>,
    objectives: usize,
    sections: usize,
    /// Objectives and sections, in the order of the plan.
    parts: Vec<Part>,
    /// What the words and bars of this page mean, as far as it uses them.
    legend: Vec<Fact>,
    /// What else the front matter says.
    about: Vec<Fact>,
}

/// How much of everything there is.
#[derive(Debug, Default, Serialize)]
struct Figures {
    objectives: usize,
    key_results: usize,
    /// Key results whose target needs a baseline or states one.
    measured: usize,
    baselines: usize,
    initiatives: usize,
    done: usize,
}

#[derive(Debug, Serialize)]
struct PeriodView {
    name: String,
    /// Whether the name already consists of the two dates.
    is_dates: bool,
    first: Day,
    last: Day,
    days: i32,
    /// How much of it is left on the day for which the page speaks, where it is told one.
    left: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Objective(Box<ObjectiveView>),
    Section(SectionView),
}

#[derive(Debug, Serialize)]
struct SectionView {
    anchor: String,
    title: String,
    title_html: Html,
    text_html: Html,
}

/// Something said about an element: a name and a value.
#[derive(Debug, Serialize)]
pub(crate) struct Fact {
    name: String,
    value_html: Html,
}

impl Page {
    /// Returns the page of a plan, with what it does not state read from its words.
    pub(crate) fn new(plan: &Plan, setting: &Setting<'_>) -> Self {
        let Setting {
            lexicon,
            schedules,
            links,
            ..
        } = *setting;
        let completed: Vec<Vec<Completed>> = plan
            .objectives
            .iter()
            .map(|objective| {
                let key_results = objective.key_results.iter();
                key_results
                    .map(|key_result| Completed::new(key_result, plan.period, lexicon))
                    .collect()
            })
            .collect();
        let whole = with(plan, &completed);
        let days = whole.key_results();
        let days = days.flat_map(|(_, it)| it.check_ins.iter().map(|check_in| check_in.date));
        let as_of = setting.day.or_else(|| days.max());
        // Without any day nothing is due yet, and steps count as they are ticked on all days.
        let overview = Overview::new(&whole, as_of.unwrap_or(Date::MIN), schedules);
        let mut anchors = Anchors::new(RESERVED);
        let display_name = text::clean(&plan.display_name());
        let heading = plan.title.as_ref().filter(|title| !title.is_empty());
        let heading_html = heading.map_or_else(
            || text::plain(&display_name),
            |title| text::inline(title, links),
        );
        let heading_plain =
            heading.map_or_else(|| display_name.clone(), |title| title.plain().into_owned());
        let name = plan
            .name
            .as_deref()
            // A plan is often called what its team is called; once is enough.
            .filter(|name| !heading_plain.contains(name) && plan.team.as_deref() != Some(*name))
            .map(text::clean);
        let text_html = text::blocks(&plan.text, 2, links, &mut anchors);
        let closed = verdict::closed(plan, setting.day);
        let closing = closed.map(|day| Closing::of(plan, day, lexicon, schedules));
        let closing = closing.as_ref();
        let decisions = setting
            .yellows
            .filter(|_| closing.is_none())
            .map(|yellows| verdict::decisions(&overview, yellows))
            .unwrap_or_default();
        let mut shown = Shown::new(&overview, closing, links, setting.in_parts);
        shown.day = setting.day;
        let parts = parts(plan, &completed, &overview, &shown, &mut anchors);
        Self {
            title: match plan.period {
                Some(period) if !heading_plain.contains(&period.name()) => {
                    format!("{heading_plain}, {}", period.name())
                }
                _ => heading_plain,
            },
            heading_html,
            name,
            team: stated(plan.team.as_ref()),
            owner: stated(plan.owner.as_ref()),
            cadence: plan.cadence.map(|cadence| match cadence {
                Cadence::Weekly => "every week",
                Cadence::TwoWeekly => "every two weeks",
                Cadence::Monthly => "every month",
                other => other.word(),
            }),
            period: plan
                .period
                .map(|period| PeriodView::new(period, setting.day)),
            text_html,
            figures: Figures::of(plan, &completed),
            standing: StandingView::of_plan(&overview),
            verdict: VerdictView::new(&overview, closing),
            is_closed: closing.is_some(),
            slides: 1
                + usize::from(plan.objectives.len() > 1)
                + usize::from(!decisions.is_empty())
                + plan.objectives.len(),
            decisions,
            as_of: as_of.map(Day::new),
            objectives: plan.objectives.len(),
            sections: plan.sections.len(),
            legend: legend(plan, &completed, &overview, closing),
            about: about(plan),
            parts,
        }
    }
}

impl Page {
    /// Returns what the browser calls the page.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// Takes what its words and bars mean away from it, for a place where that is said of several pages.
    pub(crate) fn take_legend(&mut self) -> Vec<Fact> {
        std::mem::take(&mut self.legend)
    }

    /// Shows with an objective those of other plans that serve it.
    pub(crate) fn add_children(&mut self, objective: usize, children: Vec<ChildView>) {
        let objectives = self.parts.iter_mut().filter_map(|part| match part {
            Part::Objective(objective) => Some(objective),
            Part::Section(_) => None,
        });
        if let Some(objective) = objectives.into_iter().nth(objective) {
            objective.children = children;
        }
    }
}

/// Returns the plan with what its key results do not state read from their words.
fn with(plan: &Plan, completed: &[Vec<Completed>]) -> Plan {
    let mut whole = plan.clone();
    let key_results = whole
        .objectives
        .iter_mut()
        .flat_map(|it| &mut it.key_results);
    for (key_result, completed) in key_results.zip(completed.iter().flatten()) {
        key_result.measure.clone_from(&completed.measure);
        key_result.due = completed.due;
    }
    whole
}

fn parts(
    plan: &Plan,
    completed: &[Vec<Completed>],
    overview: &Overview<'_>,
    shown: &Shown<'_>,
    anchors: &mut Anchors,
) -> Vec<Part> {
    let links = shown.links;
    let mut parts = Vec::with_capacity(plan.objectives.len() + plan.sections.len());
    let count = plan.objectives.len();
    for position in 0..=count {
        // A position behind the last objective means the end.
        let stands_here = |section: &&Section| section.position.min(count) == position;
        for section in plan.sections.iter().filter(stands_here) {
            let title = section.title.plain().into_owned();
            parts.push(Part::Section(SectionView {
                anchor: anchors.name(&title),
                title: or_untitled(title),
                title_html: text::inline(&section.title, links),
                text_html: text::blocks(&section.text, 3, links, anchors),
            }));
        }
        let objective = plan.objectives.get(position);
        let standing = completed
            .get(position)
            .zip(overview.objectives.get(position));
        if let Some((objective, (completed, it))) = objective.zip(standing) {
            parts.push(Part::Objective(Box::new(ObjectiveView::new(
                objective, completed, position, it, shown, anchors,
            ))));
        }
    }
    parts
}

impl Figures {
    fn of(plan: &Plan, completed: &[Vec<Completed>]) -> Self {
        let mut figures = Self {
            objectives: plan.objectives.len(),
            ..Self::default()
        };
        for objective in &plan.objectives {
            figures.key_results += objective.key_results.len();
            let initiatives = objective
                .key_results
                .iter()
                .flat_map(|key_result| &key_result.initiatives);
            for initiative in objective.initiatives.iter().chain(initiatives) {
                figures.initiatives += 1;
                figures.done += usize::from(initiative.done);
            }
        }
        for Completed { measure, .. } in completed.iter().flatten() {
            let is_state = matches!(measure.target, Some(Target::Done));
            figures.measured += usize::from(!is_state);
            figures.baselines += usize::from(!is_state && measure.start.is_some());
        }
        figures
    }
}

impl PeriodView {
    fn new(period: Period, day: Option<Date>) -> Self {
        Self {
            name: period.name(),
            is_dates: period.kind().is_none(),
            first: Day::new(period.start()),
            last: Day::new(period.end()),
            days: period.days(),
            left: day.map(|day| left(period, day)),
        }
    }
}

/// Returns how much of a period is left on a day, which counts.
pub(crate) fn left(period: Period, day: Date) -> String {
    let days = |from, to| count(usize::try_from(days_between(from, to)).unwrap_or(0), "day");
    if day < period.start() {
        format!("starts in {}", days(day, period.start()))
    } else if day > period.end() {
        format!("ended {} ago", days(period.end(), day))
    } else {
        let left = usize::try_from(days_between(day, period.end()) + 1).unwrap_or(0);
        format!("{} left", count(left, "day"))
    }
}

impl Fact {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    fn plain(name: &str, value: &str) -> Self {
        Self {
            name: text::clean(name),
            value_html: text::plain(value),
        }
    }
}

/// Returns the fields that stand nowhere else on the page.
fn further<'f>(
    fields: &'f Fields,
    links: Links<'f>,
    is_shown: impl Fn(&str) -> bool,
) -> impl Iterator<Item = Fact> {
    let fields = fields.iter().filter(move |(name, _)| !is_shown(name));
    fields.map(move |(name, value)| Fact {
        name: text::clean(name),
        value_html: text::inline(value, links),
    })
}

fn stated(text: Option<&String>) -> Option<String> {
    text.map(|text| text::clean(text))
        .filter(|text| !text.trim().is_empty())
}

fn or_untitled(title: String) -> String {
    if title.is_empty() {
        "Untitled".to_owned()
    } else {
        title
    }
}
