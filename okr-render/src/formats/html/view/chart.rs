//! The chart of a key result on the page.

use okr_core::model::{Quantity, Target, Unit};
use okr_core::progress::{Forecast, Form, Goal, KeyResultOverview};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::chart::{Chart, History, Outlook};
use crate::formats::html::figure::{Day, Figure};
use crate::formats::html::text::{self, Html};

/// The most letters for which there is room beside the chart.
const ROOM: usize = 18;

/// A chart, and what it says in words.
#[derive(Debug, Serialize)]
pub(super) struct ChartView {
    #[serde(flatten)]
    chart: Chart,
    summary: String,
}

impl ChartView {
    /// Draws the values of a key result; nothing where there are fewer than two, or nothing to hold them against.
    pub(super) fn new(it: &KeyResultOverview<'_>) -> Option<Self> {
        let scale = it.track.scale()?;
        let goal = match scale.form() {
            Form::Keep(goal) => (goal.low.map(|edge| edge.at), goal.high.map(|edge| edge.at)),
            Form::Way { goal, .. } => line(goal),
            Form::Steps => (Some(Decimal::ONE_HUNDRED), Some(Decimal::ONE_HUNDRED)),
            _ => return None,
        };
        // What is in another unit has no place on the same scale.
        let values: Vec<_> = it
            .track
            .values()
            .into_iter()
            .filter(|one| scale.progress(one.value).is_some())
            .map(|one| (one.date, one.value.value))
            .collect();
        let (first, start) = *values.first()?;
        let (last, now) = *values.last()?;
        let timeline = it.track.timeline();
        let from = timeline.map_or(first, |timeline| timeline.start().min(first));
        let to = timeline.map_or(last, |timeline| timeline.due().max(last));
        let number = |value: Decimal| {
            let quantity = Quantity::new(value.normalize(), scale.unit().clone());
            Figure::new(&quantity).text()
        };
        // A percent sign is short; any other unit stands once, above the numbers.
        let is_percent = scale.unit() == &Unit::Percent;
        let unit = if is_percent {
            String::new()
        } else {
            scale.unit().word().to_owned()
        };
        let tick = |value: Decimal| {
            let unit = if is_percent {
                Unit::Percent
            } else {
                Unit::None
            };
            Figure::new(&Quantity::new(value.normalize(), unit)).text()
        };
        let forecast = it.track.forecast();
        let forecast_words = forecast.as_ref().map(|one| number(rounded(it, one)));
        let target = it.key_result.measure.target.as_ref();
        let stated = target.map(|target| text::clean(&target.to_string()));
        // What a change leads to stands on the axis beside it; the change itself is said after it.
        let reached = it.key_result.measure.target_value();
        let reached = reached.filter(|_| target.is_some_and(Target::is_change));
        let reached = reached.map(|value| Figure::new(&value).text());
        let goal_words = match (&reached, &stated) {
            (Some(reached), Some(stated)) => Some(format!("{reached} ({stated})")),
            _ => stated,
        };
        let beside = |name: &str, words: &Option<String>| match words {
            Some(words) if name.len() + 1 + words.chars().count() <= ROOM => {
                format!("{name} {words}")
            }
            _ => name.to_owned(),
        };
        let mut goal_label = beside("target", &goal_words);
        if goal_label == "target" {
            goal_label = beside("target", &reached);
        }
        let (goal_label, forecast_label) = (goal_label, beside("forecast", &forecast_words));
        let chart = Chart::new(&History {
            days: (from, to),
            values: &values,
            goal,
            goal_words: &goal_label,
            expected: expected(it),
            forecast: forecast.as_ref().map(|one| Outlook {
                day: to,
                value: one.value,
                band: one.band,
                words: &forecast_label,
            }),
            unit: &unit,
            tick: &tick,
            number: &number,
        })?;
        let mut summary = format!(
            "Values of key result {}: {} on {}, {} on {}",
            it.id,
            number(start),
            Day::new(first).text(),
            number(now),
            Day::new(last).text()
        );
        for (name, words) in [("target", goal_words), ("forecast", forecast_words)] {
            if let Some(words) = words {
                summary.extend(["; ", name, " ", &words]);
            }
        }
        Some(Self { chart, summary })
    }

    /// Returns what `chart.html` makes of the chart of the key result `number`.
    pub(super) fn drawn(&self, number: &str) -> Html {
        let mut out = String::with_capacity(8 * 1024);
        self.chart.draw(number, &self.summary, &mut out);
        Html::written(out)
    }
}

/// Returns the value that is to be reached, or the range.
fn line(goal: Goal) -> (Option<Decimal>, Option<Decimal>) {
    let (low, high) = (goal.low.map(|edge| edge.at), goal.high.map(|edge| edge.at));
    (low.or(high), high.or(low))
}

/// Returns from where to where progress is expected, of what has a way to go and a day to be there.
fn expected(it: &KeyResultOverview<'_>) -> Option<[(jiff::civil::Date, Decimal); 2]> {
    let Form::Way {
        start: Some(start),
        goal,
    } = it.track.scale()?.form()
    else {
        return None;
    };
    let timeline = it.track.timeline()?;
    let edge = goal.low.or(goal.high)?.at;
    let way = edge.checked_sub(start)?.checked_mul(it.track.bar())?;
    let end = start.checked_add(way)?;
    Some([(timeline.start(), start), (timeline.due(), end)])
}

fn rounded(it: &KeyResultOverview<'_>, forecast: &Forecast) -> Decimal {
    it.forecast_value(forecast).value
}
