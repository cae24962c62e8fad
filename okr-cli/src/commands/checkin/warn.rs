//! What the rules have to say of a check-in that does not keep it from being recorded.

use okr_core::audit::{self, Settings};
use okr_core::model::Status;
use okr_core::progress::percent_shown;
use rust_decimal::Decimal;

use super::case::{Case, Rules, Shape};
use super::correct;
use super::record::{Deed, Report};

/// What does not keep a check-in from being recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Warning {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Warning {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Adds what the rules have to say of a check-in.
///
/// `file` is the plan as a command line names it.
pub(super) fn warn(
    report: &mut Report,
    then: &Case<'_>,
    now: &Case<'_>,
    rules: &Rules,
    file: &str,
) {
    let id = now.id;
    let date = report.row.date;
    let has_note = report.row.words().is_some();
    let mut warnings = Vec::new();
    if date > rules.today {
        warnings.push(Warning::new(format!(
            "{date} is still to come, and the check-in counts from that day on"
        )));
    }
    if let Some(closed) = now.closed {
        warnings.push(Warning::new(format!(
            "the plan was closed on {closed}, and what its closing says stays as it is"
        )));
    }
    let timeline = now.track.timeline();
    if let Some(timeline) = timeline.filter(|timeline| date < timeline.start()) {
        let start = timeline.start();
        warnings.push(Warning::new(format!(
            "{date} is before {start}, the first day of the plan"
        )));
    }
    let same_day = then.track.latest().map(|entry| entry.check_in);
    let same_day = same_day.filter(|row| row.date == date && report.deed == Deed::Added);
    if let Some(other) = same_day {
        let other = correct::words(other);
        let message = format!("{date} has a check-in already: {other}; the last one counts");
        let help = format!("use {} to put one in its place", correcting(report));
        warnings.push(Warning::new(message).help(help));
    }
    let said = report.row.status;
    if let Some(status @ (Status::AtRisk | Status::OffTrack)) = said
        && !has_note
    {
        let help = format!(
            "say what blocks, what is next and who helps: \
             the same again with {} and --note \"…\"",
            correcting(report)
        );
        warnings.push(Warning::new(format!("{status} without a note")).help(help));
    }
    let computed = now.track.standing_on(date).status;
    let is_opposite = matches!(
        (said, computed),
        (Some(Status::OnTrack), Some(Status::OffTrack))
            | (
                Some(Status::OffTrack),
                Some(Status::OnTrack | Status::Achieved)
            )
    );
    if let (Some(said), Some(computed)) = (said, computed)
        && is_opposite
        && !has_note
        && now.shape() != Shape::State
    {
        let message = format!("you say {said}, and the numbers say {computed}");
        warnings.push(Warning::new(message).help("say in the note what the numbers do not know"));
    }
    if let Some(value) = report.row.value.as_ref().filter(|_| now.lacks_baseline()) {
        let taken = if now.takes_change(value) {
            format!("{value} is taken for the change itself")
        } else {
            "the value is held against nothing".to_owned()
        };
        let target = now.measure.target.as_ref();
        let target = target.map(ToString::to_string).unwrap_or_default();
        let message = format!("the target is {target} of a baseline that nobody knows, so {taken}");
        warnings.push(Warning::new(message).help(format!(
            "say where it started: `okr set {file} {id} baseline VALUE`"
        )));
    }
    if report.deed.is_written() && !now.lacks_baseline() {
        warnings.extend(impossible(report, now, rules, file));
    }
    report.warnings.extend(warnings);
    let is_over = now.owes_last_word();
    if report.yellows > rules.yellows {
        report.warnings.push(Warning::new(format!(
            "at risk for {} check-ins in a row, which okr check reports as an error",
            report.yellows
        )));
    } else if let Some(due) = is_over {
        report.notice = Some(format!(
            "its last day was {due}: a last word is owed, which is achieved, cancelled or paused"
        ));
    } else if report.yellows == rules.yellows
        && now.yellows(date).is_some_and(|yellows| yellows.is_open)
    {
        report.notice = Some(format!(
            "at risk for {} in a row: the next check-in must be on track or off track",
            report.yellows
        ));
    }
}

/// Progress beyond this, or as far below nothing, is rather a slip of the decimal sign than news.
const FAR: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// Returns what is odd about a value that lies many times the whole way from where it started.
fn far_off(report: &Report, now: &Case<'_>) -> Option<String> {
    let value = report.row.value.as_ref()?;
    let progress = now.track.standing_on(report.row.date).progress?;
    let is_far = now.shape() == Shape::Way && progress.abs() > FAR;
    let percent = percent_shown(progress, true).normalize();
    is_far.then(|| format!("{value} would be {percent}% of the way, which is far off"))
}

/// Returns why the value cannot be, or hardly, and how it is corrected.
fn impossible(report: &Report, now: &Case<'_>, rules: &Rules, file: &str) -> Option<Warning> {
    let value = report.row.value.as_ref()?;
    let settings = Settings {
        lexicon: rules.lexicon.clone(),
        ..Settings::default()
    };
    let message = audit::impossible_value(now.plan, now.id, value, &settings);
    let message = message.or_else(|| far_off(report, now))?;
    let (id, correct) = (now.id, correcting(report));
    let help = format!("if it is a slip: `okr checkin {file} {id} VALUE {correct}`");
    Some(Warning::new(message).help(help))
}

/// Returns the options that put another check-in in the place of this one.
fn correcting(report: &Report) -> String {
    match &report.then {
        // Without a day it would be the last one.
        Some(_) => format!("--correct --date {}", report.row.date),
        None => "--correct".to_owned(),
    }
}
