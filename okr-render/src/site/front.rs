//! The page of a period: where its plans stand.

use std::cmp::Reverse;

use okr_core::model::Status;
use okr_core::progress::{Discipline, NetConfidence, OwedKind, RollUp};
use rust_decimal::Decimal;
use serde::Serialize;

use super::confidence::ConfidenceView;
use super::links::address;
use super::member::{Member, ObjectiveSummary, Percents, Told};
use super::nav::Nav;
use super::owners::PersonView;
use super::places::relative;
use super::{File, Site};
use crate::error::Error;
use crate::formats::html::figure::Day;
use crate::formats::html::text::clean;
use crate::formats::html::view::check_ins::StatusView;
use crate::formats::html::view::standing::percent;
use crate::words::count;

/// The most lines of a list; of more it is said how many.
const MOST: usize = 25;

#[derive(Debug, Serialize)]
struct FrontView {
    name: String,
    /// How much of the period is over: `day 52 of 92`.
    time: Option<String>,
    first: Option<Day>,
    last: Option<Day>,
    standing: StandingView,
    plans: Vec<PlanView>,
    objectives: usize,
    key_results: usize,
    /// How many plans stand how, the worst first.
    counts: Vec<CountView>,
    confidence: ConfidenceWords,
    /// How many check-ins came, of how many.
    check_ins: Option<(usize, usize)>,
    decisions: List<ToldView>,
    late: List<OwedView>,
    moved: List<ToldView>,
    chart: Option<ConfidenceView>,
}

/// A list that is not longer than a page bears.
#[derive(Debug, Serialize)]
struct List<T> {
    items: Vec<T>,
    count: usize,
    more: usize,
}

impl<T> List<T> {
    /// Makes the first of what is to be listed, and counts the others.
    fn new<K>(all: impl Iterator<Item = K>, make: impl Fn(K) -> T) -> Self {
        let (mut items, mut count) = (Vec::new(), 0);
        for key in all {
            count += 1;
            if items.len() < MOST {
                items.push(make(key));
            }
        }
        Self {
            more: count - items.len(),
            count,
            items,
        }
    }
}

#[derive(Debug, Serialize)]
struct CountView {
    status: StatusView,
    count: usize,
}

#[derive(Debug, Serialize)]
struct ConfidenceWords {
    score: Option<String>,
    words: String,
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
    is_closed: bool,
    standing: StandingView,
    objectives: usize,
    key_results: usize,
    counts: Vec<CountView>,
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
    words: String,
    standing: StandingView,
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
            words: clean(&told.words),
            standing: StandingView::new(told.status_of(of), Percents::default()),
        }
    }

    pub(super) fn of_objective(it: &ObjectiveSummary, page: &str, from: &str) -> Self {
        Self {
            number: it.number.clone(),
            title: clean(&it.title),
            href: address(from, page, &it.number),
            plan: String::new(),
            people: Vec::new(),
            words: String::new(),
            standing: StandingView::new(it.status, it.standing),
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
        List::new(all, |(at, told)| ToldView::new(site, at, told, from))
    };
    let mut late: Vec<(usize, usize)> = members()
        .flat_map(|(plan, member)| {
            let late = member.owed.iter().enumerate();
            let late = late.filter(|(_, owed)| owed.days_late > 0);
            late.map(move |(at, _)| (plan, at))
        })
        .collect();
    late.sort_by_key(|(plan, at)| Reverse(site.members[*plan].owed[*at].days_late));
    let day = site.settings.day;
    let time = span.period.and_then(|period| {
        let gone = period.start().until(day).ok()?.get_days() + 1;
        let days = period.days();
        (1..=days)
            .contains(&gone)
            .then(|| format!("day {gone} of {days}"))
    });
    let view = FrontView {
        name: span.name.clone(),
        time,
        first: span.period.map(|period| Day::new(period.start())),
        last: span.period.map(|period| Day::new(period.end())),
        standing: StandingView::new(None, means(members().map(|(_, member)| member))),
        objectives: members().map(|(_, it)| it.objectives.len()).sum(),
        key_results: members().map(|(_, it)| it.key_results.len()).sum(),
        counts: counts(members().filter_map(|(_, it)| it.status)),
        confidence: words(confidence),
        check_ins: (discipline.closed > 0).then_some((discipline.kept, discipline.closed)),
        decisions: told(|member| &member.decisions),
        late: List::new(late.iter(), |(plan, at)| {
            OwedView::new(site, *plan, *at, from)
        }),
        moved: told(|member| &member.moved),
        chart: ConfidenceView::new(members().map(|(_, member)| &member.weeks)),
        plans: members()
            .map(|(at, _)| PlanView::new(site, at, from))
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
    };
    site.fill(from, "site-front.html", &view, nav)
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
            is_closed: member.is_closed,
            standing: StandingView::new(member.status, member.standing),
            objectives: member.objectives.len(),
            key_results: member.key_results.len(),
            counts: counts(member.key_results.iter().filter_map(|it| it.status)),
            latest: member.latest.map(Day::new),
        }
    }
}

/// Counts statuses; the worst comes first.
fn counts(statuses: impl Iterator<Item = Status>) -> Vec<CountView> {
    const ORDER: [Status; 7] = [
        Status::OffTrack,
        Status::AtRisk,
        Status::OnTrack,
        Status::Achieved,
        Status::NotStarted,
        Status::Paused,
        Status::Cancelled,
    ];
    let all: Vec<Status> = statuses.collect();
    let count = |status: &Status| all.iter().filter(|one| *one == status).count();
    let counts = ORDER.iter().map(|status| (status, count(status)));
    let counts = counts.filter(|(_, count)| *count > 0);
    counts
        .map(|(status, count)| CountView {
            status: StatusView::new(*status),
            count,
        })
        .collect()
}

fn words(confidence: NetConfidence) -> ConfidenceWords {
    let score = confidence.score().map(|score| {
        let sign = match score {
            score if score > Decimal::ZERO => "+",
            score if score < Decimal::ZERO => "\u{2212}",
            _ => "",
        };
        format!("{sign}{}", score.abs().normalize())
    });
    let NetConfidence {
        green,
        yellow,
        red,
        silent,
    } = confidence;
    ConfidenceWords {
        score,
        words: format!(
            "{green} on track, {yellow} at risk, {red} off track, {silent} without a word"
        ),
    }
}
