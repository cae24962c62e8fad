//! A key result on the page.

use jiff::civil::Date;
use okr_core::completion::Completed;
use okr_core::model::{KeyResult, Measure, Quantity};
use okr_core::progress::{KeyResultOverview, Track};
use serde::Serialize;

use super::chart::ChartView;
use super::check_ins::{self, CheckInsView, StatusView};
use super::initiatives::InitiativesView;
use super::scale::Scale;
use super::standing::{Shown, StandingView, is_guardrail, is_weight};
use super::verdict::{self, OutcomeView};
use super::{Fact, further, or_untitled};
use crate::formats::html::figure::Day;
use crate::formats::html::text::{self, Anchors, Html, Links};
use crate::words::Words as _;

#[derive(Debug, Serialize)]
pub(super) struct KeyResultView {
    number: String,
    anchor: String,
    title: String,
    title_html: Html,
    owner: Option<String>,
    due: Option<Day>,
    /// The status that counts: that of its owner, unless it is old.
    status: Option<StatusView>,
    /// Whether it is that of the numbers.
    is_auto: bool,
    /// That of the numbers, where it is another.
    by_numbers: Option<StatusView>,
    /// Why there are two.
    two_statuses: Option<String>,
    /// What it came to, where the plan is closed.
    outcome: Option<OutcomeView>,
    progress: Option<StandingView>,
    weight: Option<String>,
    is_guardrail: bool,
    /// Baseline and target, the chart and the table of check-ins, where a template of a theme may ask for any part of
    /// them.
    scale: Option<Scale>,
    facts: Vec<Fact>,
    initiatives: Option<InitiativesView>,
    text_html: Html,
    /// What the latest check-in that counts says in words.
    said_html: Html,
    chart: Option<ChartView>,
    check_ins: Option<CheckInsView>,
    /// The same as markup, where none does.
    scale_html: Html,
    chart_html: Html,
    check_ins_html: Html,
    /// Whether it is likely to fill more than half a sheet of paper, so that it may be broken.
    is_long: bool,
}

impl KeyResultView {
    pub(super) fn new(
        key_result: &KeyResult,
        completed: &Completed,
        it: &KeyResultOverview<'_>,
        shown: &Shown<'_>,
        anchors: &mut Anchors,
    ) -> Self {
        let links = shown.links;
        let number = it.id.to_string();
        let weight = shown.of_key_result(key_result);
        let title = key_result.title.plain().into_owned();
        let anchor = anchors.name(&format!("Key result {} {title}", number.replace('.', "")));
        let Completed { measure, due } = completed;
        let facts = facts(key_result, measure, links, |name| {
            is_weight(name, weight.as_ref()) || is_guardrail(name, key_result)
        });
        let text_html = text::blocks(&key_result.text, 4, links, anchors);
        let initiatives = InitiativesView::new(
            &key_result.initiatives,
            it.track.steps().is_some(),
            5,
            links,
            anchors,
        );
        let height = key_result.text.lines().count()
            + key_result.check_ins.len()
            + key_result
                .initiatives
                .iter()
                .map(|initiative| 1 + initiative.text.lines().count())
                .sum::<usize>();
        let scale = Scale::new(
            measure,
            it,
            latest_value(&it.track),
            wording(key_result, completed),
            shown,
        );
        let chart = ChartView::new(it);
        let check_ins = Some(&*key_result.check_ins).filter(|rows| !rows.is_empty());
        let is_drawn = !shown.in_parts;
        let drawn_chart = chart.as_ref().filter(|_| is_drawn);
        let chart_html = drawn_chart.map(|chart| chart.drawn(&number));
        let drawn_table = check_ins.filter(|_| is_drawn);
        let check_ins_html =
            drawn_table.map(|rows| check_ins::drawn(rows, shown.day, links, &number));
        let scale_html = is_drawn.then(|| scale.drawn());
        let graded = shown
            .closing
            .and_then(|closing| verdict::graded(closing, it.id));
        let outcome =
            graded.map(|it_graded| OutcomeView::of_key_result(it_graded, it.counting.status));
        let said = it.track.latest().and_then(|it| it.check_in.note.as_ref());
        let is_open = outcome.is_none() && shown.is_begun;
        let status = it.counting.status.filter(|_| is_open);
        let other_status = it.other_status().filter(|_| is_open);
        Self {
            number,
            anchor,
            title: or_untitled(title),
            title_html: text::inline(&key_result.title, links),
            owner: it
                .owner
                .map(text::clean)
                .filter(|name| !name.trim().is_empty()),
            due: due.map(Day::new),
            status: status.map(StatusView::new),
            is_auto: it.counting.is_auto,
            by_numbers: other_status.map(StatusView::new),
            two_statuses: other_status
                .and_then(|_| it.two_statuses())
                .map(|words| text::clean(&words)),
            outcome,
            progress: StandingView::of_key_result(it, shown.is_begun),
            weight,
            is_guardrail: key_result.is_guardrail(),
            scale: shown.in_parts.then_some(scale),
            facts,
            initiatives,
            text_html,
            said_html: said
                .map(|note| text::inline(note, links))
                .unwrap_or_default(),
            chart: chart.filter(|_| shown.in_parts),
            check_ins: check_ins
                .filter(|_| shown.in_parts)
                .map(|rows| CheckInsView::new(rows, shown.day, links)),
            scale_html: scale_html.unwrap_or_default(),
            chart_html: chart_html.unwrap_or_default(),
            check_ins_html: check_ins_html.unwrap_or_default(),
            is_long: height > 12,
        }
    }
}

/// Returns what is said of a key result beside its numbers; of its further fields those that are not shown elsewhere.
fn facts(
    key_result: &KeyResult,
    measure: &Measure,
    links: Links<'_>,
    is_shown: impl Fn(&str) -> bool,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    // What is counted stands in the statement just above; only a field of its own says more.
    facts.extend(key_result.measure.name.as_ref().map(|name| Fact {
        name: "Measure".into(),
        value_html: text::inline(name, links),
    }));
    facts.extend(measure.source.as_ref().map(|source| Fact {
        name: "Source".into(),
        value_html: text::inline(source, links),
    }));
    // Once there is a baseline, the question says what it tells; the unit is seen in its figure.
    let question = measure
        .question
        .as_ref()
        .filter(|_| measure.start.is_some());
    facts.extend(question.map(|question| Fact {
        name: "Baseline tells".into(),
        value_html: text::inline(question, links),
    }));
    let is_seen = measure
        .start
        .as_ref()
        .is_some_and(|start| Some(&start.unit) == measure.unit());
    facts.extend(
        measure
            .unit
            .as_ref()
            .filter(|_| !is_seen)
            .map(|unit| Fact::plain("Unit", unit.word())),
    );
    facts.extend(further(&key_result.fields, links, is_shown));
    facts.retain(|fact| !fact.value_html.is_empty());
    facts
}

/// Returns which of the values that are shown were read from the statement, as a phrase.
pub(super) fn wording(key_result: &KeyResult, completed: &Completed) -> String {
    let (stated, measure) = (&key_result.measure, &completed.measure);
    let is_baseline_read = stated.start.is_none() && measure.start.is_some();
    let is_target_read = stated.target.is_none() && measure.target.is_some();
    // Beside numbers that were read, the direction is what they show.
    let is_direction_read = !is_baseline_read
        && !is_target_read
        && stated.direction().is_none()
        && measure.direction().is_some();
    let parts = [
        ("baseline", is_baseline_read),
        ("target", is_target_read),
        ("direction", is_direction_read),
        ("date", key_result.due.is_none() && completed.due.is_some()),
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter(|(_, is_read)| *is_read)
        .map(|(name, _)| name)
        .collect();
    let mut phrase = match &*parts {
        [] => return String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    phrase[..1].make_ascii_uppercase();
    phrase + " from the wording"
}

/// Returns the last value, and its day; those of days that are still to come count for nothing.
fn latest_value<'a>(track: &Track<'a>) -> Option<(&'a Quantity, Date)> {
    let mut entries = track.entries().iter().rev();
    entries.find_map(|entry| Some((entry.check_in.value.as_ref()?, entry.check_in.date)))
}
