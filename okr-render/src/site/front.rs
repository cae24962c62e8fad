//! The page of a period: where its plans stand.

use std::cmp::Reverse;

use okr_core::model::Status;
use okr_core::progress::{Discipline, NetConfidence, OwedKind, RollUp};
use rust_decimal::Decimal;
use serde::Serialize;

use super::confidence::ConfidenceView;
use super::links::address;
use super::member::{KeyResultSummary, Member, ObjectiveSummary, Percents, Told};
use super::nav::Nav;
use super::owners::PersonView;
use super::places::relative;
use super::tally::{self, Tally};
use super::{File, Site};
use crate::error::Error;
use crate::formats::html::figure::Day;
use crate::formats::html::text::clean;
use crate::formats::html::view::verdict::OutcomeView;
use crate::formats::html::view::{StatusView, left};
use crate::words::{count, percent};

/// The most lines of a list; of more it is said how many.
const MOST: usize = 25;
/// How many lines of a list are seen before it is opened.
const SEEN: usize = 6;

#[derive(Debug, Serialize)]
struct FrontView {
    name: String,
    /// How much of the period is over: `day 52 of 92, 41 days left`.
    time: Option<String>,
    /// Whether the period has ended, so that what there is nothing of is not asked for any more.
    is_past: bool,
    /// Whether all plans are closed, so that there is nothing but what they came to.
    is_over: bool,
    first: Option<Day>,
    last: Option<Day>,
    standing: StandingView,
    plans: Vec<PlanView>,
    objectives: usize,
    key_results: usize,
    /// How many plans stand how, the worst first; of those that are over, how many key results.
    counts: Vec<Tally>,
    /// Greens less reds of what owners say, and what they say.
    score: Option<String>,
    said: String,
    /// How many key results were met, of how many, where all is over.
    met: Option<(usize, usize)>,
    /// How many check-ins came, of how many.
    check_ins: Option<(usize, usize)>,
    decisions: List<ToldView>,
    troubles: List<ToldView>,
    late: List<OwedView>,
    moved: List<ToldView>,
    chart: Option<ConfidenceView>,
}

/// A list that is not longer than a page bears.
#[derive(Debug, Serialize)]
struct List<T> {
    /// What is seen at once, and what when the list is opened.
    items: Vec<T>,
    rest: Vec<T>,
    count: usize,
    more: usize,
}

impl<T> List<T> {
    /// Makes the first of what is to be listed, of which `seen` are seen at once, and counts the others.
    fn new<K>(all: impl Iterator<Item = K>, seen: usize, make: impl Fn(K) -> T) -> Self {
        let (mut items, mut count) = (Vec::new(), 0);
        for key in all {
            count += 1;
            if items.len() < MOST {
                items.push(make(key));
            }
        }
        let more = count - items.len();
        // Nobody opens a list for one line.
        let seen = if items.len() <= seen + 1 { MOST } else { seen };
        let rest = items.split_off(seen.min(items.len()));
        Self {
            items,
            rest,
            count,
            more,
        }
    }
}

/// A status, what is done, and what is expected.
#[derive(Debug, Serialize)]
pub(super) struct StandingView {
    status: Option<StatusView>,
    done: Option<String>,
    expected: Option<String>,
    /// The same for a bar of a hundred units, from 0 to 100.
    width: String,
    mark: Option<String>,
}

impl StandingView {
    pub(super) fn new(status: Option<Status>, percents: Percents) -> Self {
        let within = |percent: Decimal| {
            percent
                .clamp(Decimal::ZERO, Decimal::ONE_HUNDRED)
                .normalize()
                .to_string()
        };
        Self {
            status: status.map(StatusView::new),
            done: percents.done.map(percent),
            expected: percents.expected.map(percent),
            width: within(percents.done.unwrap_or_default()),
            mark: percents.expected.map(within),
        }
    }
}

/// A plan in a list.
#[derive(Debug, Serialize)]
pub(super) struct PlanView {
    name: String,
    href: String,
    people: Vec<PersonView>,
    period: Option<String>,
    outcome: Option<OutcomeView>,
    /// Why its status is not what the numbers say.
    by_numbers: Option<StatusView>,
    standing: StandingView,
    objectives: usize,
    key_results: usize,
    counts: Vec<Tally>,
    latest: Option<Day>,
}

/// Something said of an element.
#[derive(Debug, Serialize)]
pub(super) struct ToldView {
    number: String,
    title: String,
    href: String,
    plan: String,
    people: Vec<PersonView>,
    /// The status that is drawn before it, and what it is told for.
    mark: Option<StatusView>,
    words: String,
    /// Of an objective, where it stands and what it came to.
    standing: StandingView,
    outcome: Option<OutcomeView>,
}

impl ToldView {
    pub(super) fn new(site: &Site, plan: usize, told: &Told, from: &str) -> Self {
        let member = &site.members[plan];
        let of = &member.key_results[told.of];
        Self {
            number: of.number.clone(),
            title: clean(&of.title),
            href: address(from, &site.pages[plan], &of.number),
            plan: clean(&member.name),
            people: site.owners.people(of.owner.as_deref(), from),
            mark: told.mark.or(of.status).map(StatusView::new),
            words: match told.status_of(of).map(Status::word) {
                Some(status) if told.words.is_empty() => status.to_owned(),
                Some(status) => clean(&format!("{status}: {}", told.words)),
                None => clean(&told.words),
            },
            standing: StandingView::new(None, Percents::default()),
            outcome: None,
        }
    }

    /// Returns what is to be decided, with what the numbers say where they have to do with it.
    pub(super) fn of_decision(site: &Site, plan: usize, told: &Told, from: &str) -> Self {
        let view = Self::new(site, plan, told, from);
        let mut troubles = site.members[plan].troubles.iter();
        let Some(trouble) = troubles.find(|trouble| trouble.of == told.of) else {
            return view;
        };
        let words = if trouble.words.starts_with(&*told.words) {
            clean(&trouble.words)
        } else if told.tells_status {
            view.words
        } else {
            clean(&format!("{}; {}", trouble.words, told.words))
        };
        Self { words, ..view }
    }

    /// Returns the same for a page of whom it is.
    pub(super) fn without_people(mut self) -> Self {
        self.people.clear();
        self
    }

    pub(super) fn of_objective(it: &ObjectiveSummary, page: &str, from: &str) -> Self {
        Self {
            number: it.number.clone(),
            title: clean(&it.title),
            href: address(from, page, &it.number),
            plan: String::new(),
            people: Vec::new(),
            mark: it.status.map(StatusView::new),
            words: String::new(),
            standing: StandingView::new(it.status, it.standing),
            outcome: it.outcome.clone(),
        }
    }
}

/// Something that is owed.
#[derive(Debug, Serialize)]
pub(super) struct OwedView {
    kind: &'static str,
    number: String,
    title: String,
    href: String,
    plan: String,
    people: Vec<PersonView>,
    due: Day,
    /// How late it is; nothing where it is not due yet.
    late: Option<String>,
}

impl OwedView {
    pub(super) fn new(site: &Site, plan: usize, at: usize, from: &str) -> Self {
        let member = &site.members[plan];
        let owed = &member.owed[at];
        let late = usize::try_from(owed.days_late)
            .ok()
            .filter(|days| *days > 0);
        Self {
            kind: match owed.kind {
                OwedKind::CheckIn => "Check-in",
                OwedKind::LastWord => "Last word",
                OwedKind::Work => "Initiative",
            },
            number: owed.number.clone(),
            title: clean(&owed.title),
            href: address(from, &site.pages[plan], &owed.number),
            plan: clean(&member.name),
            people: site.owners.people(owed.owner.as_deref(), from),
            due: Day::new(owed.due),
            late: late.map(|days| format!("{} late", count(days, "day"))),
        }
    }
}

/// Returns the page of a period.
pub(super) fn page(site: &Site, at: usize) -> Result<File, Error> {
    let span = site.spans.get(at);
    let from = &*span.path;
    let members = || span.members.iter().map(|at| (*at, &site.members[*at]));
    let confidence = members().fold(NetConfidence::default(), |sum, (_, member)| NetConfidence {
        green: sum.green + member.confidence.green,
        yellow: sum.yellow + member.confidence.yellow,
        red: sum.red + member.confidence.red,
        silent: sum.silent + member.confidence.silent,
    });
    let discipline: Discipline = members().map(|(_, member)| member.discipline).sum();
    let told = |of: fn(&Member) -> &[Told]| {
        let all = members().flat_map(move |(at, member)| of(member).iter().map(move |it| (at, it)));
        all.collect::<Vec<_>>()
    };
    let view = |(at, told): (usize, &Told)| ToldView::new(site, at, told, from);
    let mut troubles = told(|member| &member.troubles);
    // What is to be decided stands above them already.
    troubles.retain(|(at, told)| {
        let mut decisions = site.members[*at].decisions.iter();
        !decisions.any(|decision| decision.of == told.of)
    });
    troubles.sort_by_key(|(_, told)| told.mark != Some(Status::OffTrack));
    let mut moved = told(|member| &member.moved);
    // What went back furthest comes first; of a first value it is not known.
    moved.sort_by_key(|(_, told)| (told.step.is_none(), told.step));
    let mut late: Vec<(usize, usize)> = members()
        .flat_map(|(plan, member)| {
            let late = member.owed.iter().enumerate();
            let late = late.filter(|(_, owed)| owed.days_late > 0);
            late.map(move |(at, _)| (plan, at))
        })
        .collect();
    late.sort_by_key(|(plan, at)| Reverse(site.members[*plan].owed[*at].days_late));
    let day = site.settings.day;
    let is_past = span.period.is_some_and(|period| period.end() < day);
    let is_over = members().all(|(_, member)| member.is_closed);
    let key_results = || members().flat_map(|(_, member)| &member.key_results);
    let time = span.period.and_then(|period| {
        let gone = period.start().until(day).ok()?.get_days() + 1;
        let days = period.days();
        let left = left(period, day);
        Some(if (1..=days).contains(&gone) {
            format!("day {gone} of {days}, {left}")
        } else {
            left
        })
    });
    let met = is_over.then(|| met(key_results()));
    // What is open comes before what is closed.
    let mut plans: Vec<usize> = span.members.clone();
    plans.sort_by_key(|at| site.members[*at].is_closed);
    let view = FrontView {
        name: span.name.clone(),
        time,
        is_past,
        is_over,
        first: span.period.map(|period| Day::new(period.start())),
        last: span.period.map(|period| Day::new(period.end())),
        standing: StandingView::new(None, means(members().map(|(_, member)| member))),
        objectives: members().map(|(_, it)| it.objectives.len()).sum(),
        key_results: members().map(|(_, it)| it.key_results.len()).sum(),
        counts: if is_over {
            tally::of_key_results(key_results())
        } else {
            tally::of_statuses(members().filter_map(|(_, it)| it.status))
        },
        score: score(confidence).filter(|_| !is_over),
        said: tally::said(members().map(|(_, it)| it)),
        met,
        check_ins: (discipline.closed > 0).then_some((discipline.kept, discipline.closed)),
        decisions: List::new(
            told(|member| &member.decisions).into_iter(),
            SEEN,
            |(at, told)| ToldView::of_decision(site, at, told, from),
        ),
        troubles: List::new(troubles.into_iter(), SEEN, view),
        late: List::new(late.iter(), SEEN, |(plan, at)| {
            OwedView::new(site, *plan, *at, from)
        }),
        moved: List::new(moved.into_iter(), SEEN, view),
        chart: ConfidenceView::new(members().map(|(_, member)| &member.weeks)),
        plans: plans
            .into_iter()
            .map(|at| PlanView::new(site, at, from))
            .collect(),
    };
    let about = format!(
        "Where {} of {} stand: progress, what needs a decision, what is late, what moved",
        count(view.plans.len(), "plan"),
        span.name
    );
    let nav = Nav {
        title: if at == 0 { "" } else { &span.name },
        about: &about,
        span: Some(at),
        part: "front",
        ..Nav::default()
    };
    site.fill(from, "site-front.html", &view, nav)
}

/// Returns how many key results of closed plans were met, and of how many; those that were given up do not count.
fn met<'m>(key_results: impl Iterator<Item = &'m KeyResultSummary>) -> (usize, usize) {
    let outcomes = key_results.filter_map(|it| it.outcome.as_ref());
    let graded = outcomes.filter(|it| it.grade.is_some());
    graded.fold((0, 0), |(met, all), it| {
        (met + usize::from(it.word == "met"), all + 1)
    })
}

/// Returns what plans come to together: the mean of what each comes to.
pub(super) fn means<'m>(members: impl Iterator<Item = &'m Member>) -> Percents {
    let (mut done, mut expected) = (Vec::new(), Vec::new());
    for member in members.filter(|member| !member.objectives.is_empty()) {
        let parts: Vec<_> = member.objectives.iter().map(|it| it.part).collect();
        done.extend(RollUp::new(&parts).progress);
        expected.extend(member.standing.expected);
    }
    let mean = |parts: &[Decimal]| {
        let sum: Decimal = parts.iter().sum();
        sum.checked_div(Decimal::from(parts.len()))
    };
    Percents {
        done: mean(&done).map(|part| okr_core::progress::percent_shown(part, false)),
        expected: mean(&expected).map(|percent| percent.round()),
    }
}

impl PlanView {
    fn new(site: &Site, at: usize, from: &str) -> Self {
        let member = &site.members[at];
        Self {
            name: clean(&member.name),
            href: relative(from, &site.pages[at]),
            people: site.owners.people(member.owner.as_deref(), from),
            period: member.period.map(|period| period.name()),
            outcome: member.outcome.clone(),
            by_numbers: member.by_numbers.map(StatusView::new),
            standing: StandingView::new(member.status, member.standing),
            objectives: member.objectives.len(),
            key_results: member.key_results.len(),
            counts: tally::of_key_results(member.key_results.iter()),
            latest: member.latest.map(Day::new),
        }
    }
}

fn score(confidence: NetConfidence) -> Option<String> {
    let score = confidence.score()?;
    let sign = match score {
        score if score > Decimal::ZERO => "+",
        score if score < Decimal::ZERO => "\u{2212}",
        _ => "",
    };
    Some(format!("{sign}{}", score.abs().normalize()))
}
