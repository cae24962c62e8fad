//! Where a plan stands, in the lines above all others: its status, how much is done, how much time is left, and which
//! of its key results ask for help. Of a closed plan, what it came to.

use jiff::civil::Date;
use okr_core::closing::{Closing, GradedKeyResult};
use okr_core::model::{ElementId, Status};
use okr_core::progress::{Band, Grade, Overview, Verdict, worst};
use serde::Serialize;

use super::check_ins::StatusView;
use super::standing::StandingView;
use crate::formats::html::figure::Day;
use crate::formats::html::text;
use crate::words::{Words as _, is_trouble};

/// The most key results that ask for help which are named; of more it is said how many.
const MOST: usize = 8;

#[derive(Debug, Serialize)]
pub(super) struct VerdictView {
    status: Option<StatusView>,
    progress: Option<StandingView>,
    /// What the numbers say of the plan, where it is not what its owners say.
    by_numbers: Option<StatusView>,
    troubles: Vec<TroubleView>,
    more: usize,
    /// What it came to, where it is closed.
    outcome: Option<OutcomeView>,
    /// How many key results were met, and of how many.
    met: Option<(usize, usize)>,
    closed: Option<Day>,
}

/// A key result that asks for help.
#[derive(Debug, Serialize)]
struct TroubleView {
    number: String,
    title: String,
    status: StatusView,
    /// Why.
    words: String,
}

/// Something that somebody has to decide.
#[derive(Debug, Serialize)]
pub(super) struct DecisionView {
    number: String,
    title: String,
    owner: Option<String>,
    status: Option<StatusView>,
    /// Why.
    words: String,
}

/// What something came to when its plan was closed.
#[derive(Clone, Debug, Hash, Serialize)]
pub(crate) struct OutcomeView {
    /// Names the mark and the colour.
    pub(crate) slug: &'static str,
    /// `met`, `came close` or `missed`, of a plan `met` or `grade`; of what was given up, its status.
    pub(crate) word: &'static str,
    /// `0.7`; nothing of what was given up.
    pub(crate) grade: Option<String>,
}

impl VerdictView {
    /// Returns where a plan stands; nothing where there is nothing done to tell of.
    pub(super) fn new(overview: &Overview<'_>, closing: Option<&Closing>) -> Option<Self> {
        let progress = StandingView::of_plan(overview)?;
        let mut view = Self {
            status: None,
            progress: Some(progress),
            by_numbers: None,
            troubles: Vec::new(),
            more: 0,
            outcome: None,
            met: None,
            closed: None,
        };
        if let Some(closing) = closing {
            view.outcome = OutcomeView::of_plan(closing);
            view.met = Some(met(closing, overview));
            view.closed = Some(Day::new(closing.day));
            return Some(view);
        }
        let status = overview.roll_up.status;
        view.status = status.map(StatusView::new);
        let by_numbers = by_numbers(overview).filter(|computed| status != Some(*computed));
        view.by_numbers = by_numbers.map(StatusView::new);
        let mut troubles: Vec<_> = overview
            .key_results()
            .filter_map(|it| Some((it, it.trouble()?)))
            .collect();
        // Those that are off track come first, in the order of the plan.
        troubles.sort_by_key(|(_, (status, _))| *status != Status::OffTrack);
        view.more = troubles.len().saturating_sub(MOST);
        view.troubles = troubles
            .into_iter()
            .take(MOST)
            .map(|(it, (status, words))| TroubleView {
                number: it.id.to_string(),
                title: text::clean(&it.title()),
                status: StatusView::new(status),
                words: text::clean(&words),
            })
            .collect();
        Some(view)
    }
}

/// Returns what somebody has to decide in a plan.
pub(super) fn decisions(overview: &Overview<'_>, yellows: usize) -> Vec<DecisionView> {
    let decisions = overview.key_results().filter_map(|it| {
        let decisions = it.decisions(yellows).into_iter();
        let mut reasons: Vec<String> = decisions.map(|decision| it.reason(decision)).collect();
        if reasons.is_empty() {
            return None;
        }
        reasons.extend(it.numbers());
        let status = it.trouble().map(|(status, _)| status);
        Some(DecisionView {
            number: it.id.to_string(),
            title: text::clean(&it.title()),
            owner: it.owner.map(text::clean),
            status: status.or(it.counting.status).map(StatusView::new),
            words: text::clean(&reasons.join("; ")),
        })
    });
    decisions.collect()
}

/// Returns the worst of what the numbers say of the key results that somebody works on.
pub(crate) fn by_numbers(overview: &Overview<'_>) -> Option<Status> {
    let open = overview
        .key_results()
        .filter(|it| !it.track.is_at_rest() && it.counting.status.is_some());
    let computed = worst(open.filter_map(|it| it.standing.status.or(it.counting.status)))?;
    // Only a word of trouble, or that there is none after all, is news.
    let said = overview.roll_up.status?;
    (is_trouble(computed) || is_trouble(said)).then_some(computed)
}

/// Returns the day on which a plan was closed, where that is not after `day`.
pub(super) fn closed(plan: &okr_core::model::Plan, day: Option<Date>) -> Option<Date> {
    let closed = plan.closed()?;
    day.is_none_or(|day| closed <= day).then_some(closed)
}

/// Returns how many key results were met, and of how many; those that were cancelled do not count.
fn met(closing: &Closing, overview: &Overview<'_>) -> (usize, usize) {
    let pairs = closing.key_results().zip(overview.key_results());
    let left = pairs.filter(|(_, it)| it.counting.status != Some(Status::Cancelled));
    left.fold((0, 0), |(met, all), (graded, _)| {
        (met + usize::from(graded.outturn.is_met), all + 1)
    })
}

impl OutcomeView {
    pub(crate) fn of_plan(closing: &Closing) -> Option<Self> {
        let grade = closing.roll_up.grade()?;
        let is_met = closing.roll_up.is_met;
        let whole = Self::new(grade, Verdict::new(grade, is_met, None), is_met);
        // A plan is a mean of goals, which is neither close nor missed.
        Some(Self {
            word: if is_met { "met" } else { "grade" },
            ..whole
        })
    }

    /// Returns what an objective came to; nothing where nothing of it counts.
    pub(crate) fn of_objective(closing: &Closing, at: usize) -> Option<Self> {
        let graded = closing.objectives.get(at)?;
        let grade = graded.roll_up.grade()?;
        Some(Self::new(grade, graded.verdict()?, graded.roll_up.is_met))
    }

    /// Returns what a key result came to, which counts with `status`.
    pub(crate) fn of_key_result(graded: &GradedKeyResult, status: Option<Status>) -> Self {
        if status == Some(Status::Cancelled) {
            return Self {
                slug: StatusView::new(Status::Cancelled).slug(),
                word: Status::Cancelled.word(),
                grade: None,
            };
        }
        let outturn = &graded.outturn;
        Self::new(outturn.grade(), graded.verdict, outturn.is_met)
    }

    fn new(grade: Grade, verdict: Verdict, is_met: bool) -> Self {
        let (status, word) = match verdict.band {
            _ if is_met => (Status::Achieved, "met"),
            // Seven tenths of a stretch are a good result, and no miss.
            Band::Green => (Status::OnTrack, "came close"),
            band => (band.status(), "missed"),
        };
        Self {
            slug: StatusView::new(status).slug(),
            word,
            grade: Some(grade.to_string()),
        }
    }
}

/// Finds what a key result of a closing came to.
pub(super) fn graded(closing: &Closing, element: ElementId) -> Option<&GradedKeyResult> {
    closing.key_results().find(|it| it.element == element)
}
