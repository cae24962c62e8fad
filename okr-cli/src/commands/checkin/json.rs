//! The JSON of `okr checkin --json`: `okr-checkin/1` of a check-in, `okr-checkin-due/1` of what is due,
//! `okr-checkin-sources/1` of what sources came to; `docs/checkin.schema.json` documents them.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use jiff::civil::Date;
use okr_core::model::{CheckIn, Quantity};
use okr_core::progress::{Reporting, Standing, percent_shown};
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::due::Due;
use super::record::{Deed, Report};
use super::source::Outcome;

#[derive(Serialize)]
struct Whole<'a> {
    schema: &'static str,
    path: &'a str,
    element: &'a str,
    title: &'a str,
    deed: &'static str,
    written: bool,
    row: Row,
    before: Option<String>,
    after: Option<String>,
    #[serde(flatten)]
    standing: StandingView,
    on_day: Option<StandingView>,
    status: Option<&'static str>,
    next: Option<String>,
    yellows: usize,
    notice: Option<&'a str>,
    warnings: Vec<WarningView<'a>>,
}

#[derive(Serialize)]
struct Row {
    date: String,
    value: Option<String>,
    status: Option<&'static str>,
    confidence: Option<u8>,
    note: Option<String>,
}

#[derive(Serialize)]
struct StandingView {
    percent: Option<i64>,
    met: Option<bool>,
    expected_percent: Option<i64>,
    expected: Option<String>,
    computed: Option<&'static str>,
}

#[derive(Serialize)]
struct WarningView<'a> {
    message: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Sources<'a> {
    schema: &'static str,
    path: &'a str,
    check_ins: Vec<Whole<'a>>,
    failed: Vec<FailedView<'a>>,
}

#[derive(Serialize)]
struct FailedView<'a> {
    element: &'a str,
    title: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct List<'a> {
    schema: &'static str,
    path: &'a str,
    today: String,
    due: Vec<DueView<'a>>,
}

#[derive(Serialize)]
struct DueView<'a> {
    element: String,
    title: String,
    owner: Option<&'a str>,
    reporting: &'static str,
    missed: usize,
    due: Option<String>,
    last: Option<Row>,
    value: Option<String>,
    #[serde(flatten)]
    standing: StandingView,
}

impl Row {
    fn new(row: &CheckIn) -> Self {
        Self {
            date: row.date.to_string(),
            value: row.value.as_ref().map(ToString::to_string),
            status: row.status.map(|status| status.word()),
            confidence: row.confidence,
            note: row.note.as_ref().map(|note| note.plain().into_owned()),
        }
    }
}

impl StandingView {
    fn new(standing: &Standing, expected: Option<&Quantity>) -> Self {
        let is_met = standing.is_met.unwrap_or(false);
        let percent = |part, is_met| percent_shown(part, is_met).to_i64();
        Self {
            percent: standing
                .progress
                .and_then(|progress| percent(progress, is_met)),
            met: standing.is_met,
            expected_percent: standing
                .expected
                .and_then(|expected| percent(expected, true)),
            expected: expected.map(ToString::to_string),
            computed: standing.status.map(|status| status.word()),
        }
    }
}

pub(super) fn report(report: &Report, path: &str, written: bool) -> anyhow::Result<String> {
    print(&whole(report, path, written))
}

pub(super) fn sources(
    outcomes: &[Outcome],
    path: &str,
    written: impl Fn(&Report) -> bool,
) -> anyhow::Result<String> {
    let (mut check_ins, mut failed) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Outcome::Recorded(report) => check_ins.push(whole(report, path, written(report))),
            Outcome::Failed {
                number,
                title,
                message,
                help,
            } => failed.push(FailedView {
                element: number,
                title,
                message,
                help: help.as_deref(),
            }),
        }
    }
    print(&Sources {
        schema: "okr-checkin-sources/1",
        path,
        check_ins,
        failed,
    })
}

fn whole<'r>(report: &'r Report, path: &'r str, written: bool) -> Whole<'r> {
    let deed = match report.deed {
        Deed::Added => "added",
        Deed::Corrected => "corrected",
        Deed::Removed => "removed",
        Deed::Unchanged => "unchanged",
    };
    let warnings = report.warnings.iter().map(|warning| WarningView {
        message: &warning.message,
        help: warning.help.as_deref(),
    });
    Whole {
        schema: "okr-checkin/1",
        path,
        element: &report.number,
        title: &report.title,
        deed,
        written,
        row: Row::new(&report.row),
        before: report.before.as_ref().map(ToString::to_string),
        after: report.after.as_ref().map(ToString::to_string),
        standing: StandingView::new(&report.standing, report.expected.as_ref()),
        on_day: report
            .then
            .as_ref()
            .map(|then| StandingView::new(&then.standing, then.expected.as_ref())),
        status: report.status.map(|status| status.word()),
        next: day(report.next),
        yellows: report.yellows,
        notice: report.notice.as_deref(),
        warnings: warnings.collect(),
    }
}

pub(super) fn due(due: &[Due<'_>], path: &str, today: Date) -> anyhow::Result<String> {
    let due = due.iter().filter_map(|due| {
        let case = &due.case;
        let last = case.track.latest().map(|entry| Row::new(entry.check_in));
        Some(DueView {
            element: case.id.to_string(),
            title: case.key_result.title.plain().into_owned(),
            owner: case.key_result.owner.as_deref(),
            reporting: word(due.reporting?),
            missed: case.track.missed(),
            due: day(due.day()),
            last,
            value: case.value().map(ToString::to_string),
            standing: StandingView::new(&case.standing(), case.expected().as_ref()),
        })
    });
    print(&List {
        schema: "okr-checkin-due/1",
        path,
        today: today.to_string(),
        due: due.collect(),
    })
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn word(reporting: Reporting) -> &'static str {
    match reporting {
        Reporting::Over => "over",
        Reporting::Current => "current",
        Reporting::Due => "due",
        Reporting::Late => "late",
        Reporting::Stale => "stale",
        Reporting::Abandoned => "abandoned",
        Reporting::NeverStarted => "never started",
        _ => "upcoming",
    }
}

fn print(value: &impl Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
