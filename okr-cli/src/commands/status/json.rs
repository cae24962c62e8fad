//! The JSON of `okr status --json`, `okr-status/1`; `docs/status.schema.json` documents it.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use jiff::civil::Date;
use okr_core::model::{Commitment, Status};
use okr_core::progress::{
    Change, Discipline, Forecast, KeyResultOverview, NetConfidence, ObjectiveOverview, Overview,
    RollUp, percent_shown,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::totals::Totals;
use okr_render::words::Words as _;

#[derive(Serialize)]
struct PlanView<'a> {
    path: &'a str,
    name: String,
    team: Option<&'a str>,
    owner: Option<&'a str>,
    period: Option<String>,
    start: Option<String>,
    end: Option<String>,
    closed: Option<String>,
    #[serde(flatten)]
    whole: Whole,
    net_confidence: ConfidenceView,
    check_ins: DisciplineView,
    objectives: Vec<ObjectiveView<'a>>,
}

#[derive(Serialize)]
struct ObjectiveView<'a> {
    element: String,
    title: String,
    owner: Option<&'a str>,
    #[serde(rename = "type")]
    commitment: Option<&'static str>,
    weight: String,
    #[serde(flatten)]
    whole: Whole,
    key_results: Vec<KeyResultView<'a>>,
}

/// What a plan or an objective comes to.
#[derive(Serialize)]
struct Whole {
    status: Option<&'static str>,
    progress: Option<String>,
    percent: Option<i64>,
    expected_percent: Option<i64>,
    met: bool,
    reporting: usize,
    parts: usize,
}

#[derive(Serialize)]
struct KeyResultView<'a> {
    element: String,
    title: String,
    owner: Option<&'a str>,
    weight: String,
    guardrail: bool,
    status: Option<&'static str>,
    auto: bool,
    said: Option<Said>,
    computed: Option<&'static str>,
    progress: Option<String>,
    percent: Option<i64>,
    expected_percent: Option<i64>,
    met: Option<bool>,
    start: Option<String>,
    value: Option<String>,
    target: Option<String>,
    due: Option<String>,
    change: Option<ChangeView>,
    forecast: Option<ForecastView>,
    movement: Option<&'static str>,
    yellows: usize,
    reporting: Option<&'static str>,
    next_check_in: Option<String>,
    owed_since: Option<String>,
    days_late: Option<i32>,
    check_ins: DisciplineView,
    decide: Vec<&'static str>,
}

#[derive(Serialize)]
struct Said {
    date: String,
    status: &'static str,
}

#[derive(Serialize)]
struct ChangeView {
    since: Option<String>,
    from: Option<String>,
    to: String,
    progress: Option<String>,
}

#[derive(Serialize)]
struct ForecastView {
    value: String,
    low: Option<String>,
    high: Option<String>,
    progress: Option<String>,
    outlook: Option<&'static str>,
    eta: Option<String>,
    method: &'static str,
    points: usize,
}

#[derive(Serialize)]
struct ConfidenceView {
    score: Option<i64>,
    green: u32,
    yellow: u32,
    red: u32,
    silent: u32,
}

#[derive(Serialize)]
struct DisciplineView {
    kept: usize,
    closed: usize,
}

#[derive(Serialize)]
struct TotalsView {
    plans: usize,
    key_results: usize,
    net_confidence: ConfidenceView,
    check_ins: DisciplineView,
    late: usize,
    decide: usize,
}

/// Returns what stands before the plans.
pub(super) fn head(today: Date) -> String {
    format!("{{\n  \"schema\": \"okr-status/1\",\n  \"today\": \"{today}\",\n  \"plans\": [")
}

/// Returns a plan, which begins with a line feed; commas stand between plans.
pub(super) fn plan(path: &str, overview: &Overview<'_>, yellows: usize) -> anyhow::Result<String> {
    let plan = overview.plan;
    let objectives = overview.objectives.iter();
    let view = PlanView {
        path,
        name: plan.display_name(),
        team: plan.team.as_deref(),
        owner: plan.owner.as_deref(),
        period: plan.period.map(|period| period.to_string()),
        start: plan.period.map(|period| period.start().to_string()),
        end: plan.period.map(|period| period.end().to_string()),
        closed: plan.closed().map(|date| date.to_string()),
        whole: whole(&overview.roll_up, overview.expected),
        net_confidence: confidence(&overview.confidence),
        check_ins: discipline(overview.discipline),
        objectives: objectives.map(|it| objective(it, yellows)).collect(),
    };
    let text = serde_json::to_string_pretty(&view)?;
    // No line feed stands within a string of JSON.
    Ok(format!("\n    {}", text.replace('\n', "\n    ")))
}

/// Returns what stands behind the plans.
pub(super) fn tail(totals: &Totals) -> anyhow::Result<String> {
    let view = TotalsView {
        plans: totals.plans,
        key_results: totals.key_results,
        net_confidence: confidence(&totals.confidence),
        check_ins: discipline(totals.discipline),
        late: totals.owed,
        decide: totals.decisions,
    };
    let text = serde_json::to_string_pretty(&view)?.replace('\n', "\n  ");
    let end = if totals.plans == 0 { "" } else { "\n  " };
    Ok(format!("{end}],\n  \"totals\": {text}\n}}\n"))
}

fn whole(roll_up: &RollUp, expected: Option<Decimal>) -> Whole {
    Whole {
        status: roll_up.status.map(Status::word),
        progress: roll_up.progress.map(exact),
        percent: roll_up.percent_shown().and_then(|percent| percent.to_i64()),
        expected_percent: percent(expected),
        met: roll_up.is_met,
        reporting: roll_up.reporting,
        parts: roll_up.parts,
    }
}

fn objective<'a>(it: &ObjectiveOverview<'a>, yellows: usize) -> ObjectiveView<'a> {
    let key_results = it.key_results.iter();
    ObjectiveView {
        element: it.id.to_string(),
        title: it.objective.title.plain().into_owned(),
        owner: it.owner,
        commitment: it.objective.commitment.map(Commitment::word),
        weight: it.objective.weight().normalize().to_string(),
        whole: whole(&it.roll_up, it.expected),
        key_results: key_results.map(|it| key_result(it, yellows)).collect(),
    }
}

fn key_result<'a>(it: &KeyResultOverview<'a>, yellows: usize) -> KeyResultView<'a> {
    let measure = &it.key_result.measure;
    let date = |date: Date| date.to_string();
    let decisions = it.decisions(yellows);
    KeyResultView {
        element: it.id.to_string(),
        title: it.title(),
        owner: it.owner,
        weight: it.key_result.weight().normalize().to_string(),
        guardrail: it.key_result.is_guardrail(),
        status: it.counting.status.map(Status::word),
        auto: it.counting.is_auto,
        said: it.said().map(|(date, status)| Said {
            date: date.to_string(),
            status: status.word(),
        }),
        computed: it.standing.status.map(Status::word),
        progress: it.standing.progress.map(exact),
        percent: it.percent_shown().and_then(|percent| percent.to_i64()),
        expected_percent: percent(it.standing.expected),
        met: it.standing.is_met,
        start: measure.start.as_ref().map(ToString::to_string),
        value: it.value(),
        target: it.target(),
        due: it.track.due().map(date),
        change: it.track.last_change().map(change),
        forecast: it.track.forecast().map(|one| forecast(it, &one)),
        movement: it.movement().map(|movement| movement.word()),
        yellows: it.yellows().unwrap_or(0),
        reporting: it.reporting.map(|reporting| reporting.word()),
        next_check_in: it.next_check_in().map(date),
        owed_since: it.owed_since().map(date),
        days_late: it.days_late(),
        check_ins: discipline(it.track.discipline()),
        decide: decisions.iter().map(|decision| decision.name()).collect(),
    }
}

fn change(change: Change<'_>) -> ChangeView {
    ChangeView {
        since: change.since.map(|date| date.to_string()),
        from: change.from.map(ToString::to_string),
        to: change.to.to_string(),
        progress: change.progress.map(exact),
    }
}

fn forecast(it: &KeyResultOverview<'_>, forecast: &Forecast) -> ForecastView {
    ForecastView {
        value: it.forecast_value(forecast).to_string(),
        low: forecast.band.map(|(low, _)| low.normalize().to_string()),
        high: forecast.band.map(|(_, high)| high.normalize().to_string()),
        progress: forecast.progress.map(exact),
        outlook: forecast.outlook.map(|outlook| outlook.word()),
        eta: forecast.eta.map(|date| date.to_string()),
        method: forecast.method.name(),
        points: forecast.points,
    }
}

fn confidence(counted: &NetConfidence) -> ConfidenceView {
    ConfidenceView {
        score: counted.score().and_then(|score| score.to_i64()),
        green: counted.green,
        yellow: counted.yellow,
        red: counted.red,
        silent: counted.silent,
    }
}

fn discipline(discipline: Discipline) -> DisciplineView {
    DisciplineView {
        kept: discipline.kept,
        closed: discipline.closed,
    }
}

/// Returns a part of a way as a decimal of at most six places.
fn exact(part: Decimal) -> String {
    part.round_dp(6).normalize().to_string()
}

fn percent(part: Option<Decimal>) -> Option<i64> {
    percent_shown(part?, true).to_i64()
}
