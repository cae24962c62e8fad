//! `unpaired-metric`: an objective that measures volume or speed and nothing that suffers from haste.

use crate::audit::shared::without_comments;
use crate::audit::words::{stem, words};
use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, ObjectiveCase, Rule, Tier};
use crate::model::{Direction, Target, Unit};
use crate::statement::{self, Kind};

pub(super) static RULE: Rule = Rule {
    id: "unpaired-metric",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Measurable,
    rank: 61,
    since: "0.1.0",
    docs: include_str!("unpaired_metric.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        let paces: Vec<_> = objective.key_results.iter().map(pace).collect();
        let has = |one: Pace| paces.contains(&Some(one));
        if paces.is_empty() || paces.contains(&None) || is_guarded(objective) {
            continue;
        }
        let what = match (has(Pace::Volume), has(Pace::Speed)) {
            (true, true) => "only volume and speed are",
            (true, false) => "only volume is",
            (false, _) => "only speed is",
        };
        findings
            .report(
                &RULE,
                objective.id,
                format!("{what} measured, and nothing guards quality"),
            )
            .help("add a key result that would suffer from haste, such as errors, complaints or returns");
    }
}

/// What can be had at the cost of quality.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// How many or how much.
    Volume,
    /// How soon or how fast.
    Speed,
}

/// Returns which of the two a key result measures, or nothing where it is not plain that it does.
fn pace(case: &KeyResultCase<'_>) -> Option<Pace> {
    let measure = &case.measure;
    let reading = &case.reading;
    if measure.target.is_none() && reading.target.is_none() {
        return None;
    }
    let direction = measure.direction().or(match reading.direction {
        statement::Direction::Increase => Some(Direction::Increase),
        statement::Direction::Decrease => Some(Direction::Decrease),
        statement::Direction::Keep => Some(Direction::Keep),
        statement::Direction::Reach | statement::Direction::Complete => None,
    });
    let unit = match measure.unit() {
        Some(unit) if *unit != Unit::None => Some(unit.word()),
        _ => reading
            .unit
            .as_deref()
            .filter(|_| reading.kind != Kind::RelativeChange),
    };
    let is_time = unit.is_some_and(|unit| TIMES.contains(&unit));
    let says = |list: &[&str]| text_of(case).any(|text| has_word(&text, list));
    if direction != Some(Direction::Increase) && (is_time || (unit.is_none() && says(SPEED))) {
        return Some(Pace::Speed);
    }
    let is_number = match &measure.target {
        Some(target) => matches!(target, Target::Value { .. } | Target::Change(_)),
        None => matches!(
            reading.kind,
            Kind::Level | Kind::Floor | Kind::AbsoluteChange
        ),
    };
    // Points and percents are scores and shares, which say how well.
    let is_amount = unit.is_none_or(|unit| !matches!(unit, "%" | "pp" | "points" | "bps" | "x"))
        && !unit.is_some_and(|unit| unit.starts_with('/'));
    let grows = direction == Some(Direction::Increase) && is_number;
    let is_count = measure.target.is_none() && reading.kind == Kind::Count;
    ((grows || is_count) && is_amount && !is_time && !says(THRIFT)).then_some(Pace::Volume)
}

fn text_of<'c>(case: &'c KeyResultCase<'_>) -> impl Iterator<Item = std::borrow::Cow<'c, str>> {
    let name = case.key_result.measure.name.as_ref();
    std::iter::once(std::borrow::Cow::Borrowed(&*case.text)).chain(name.map(|name| name.plain()))
}

/// Returns whether anything that is written about the objective minds quality.
fn is_guarded(case: &ObjectiveCase<'_>) -> bool {
    let objective = case.objective;
    let minds = |text: &str| has_word(text, GUARDS);
    let text_minds = |text: &str| without_comments(text).any(minds);
    if minds(&case.text) || text_minds(&objective.text) {
        return true;
    }
    let of_objective = objective.initiatives.iter();
    let mut initiatives = of_objective.chain(
        objective
            .key_results
            .iter()
            .flat_map(|key_result| &key_result.initiatives),
    );
    initiatives.any(|initiative| minds(&initiative.title.plain()))
        || case.key_results.iter().any(|case| {
            text_minds(&case.key_result.text)
                || text_of(case)
                    .any(|text| minds(&text) || text.contains('%') && !is_relative(case))
        })
}

fn is_relative(case: &KeyResultCase<'_>) -> bool {
    match &case.measure.target {
        Some(target) => matches!(target, Target::Relative(_)),
        None => case.reading.kind == Kind::RelativeChange,
    }
}

fn has_word(text: &str, list: &[&str]) -> bool {
    words(text).any(|(_, word)| list.contains(&&*stem(word)))
}

const TIMES: &[&str] = &[
    "ms",
    "seconds",
    "minutes",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "business days",
    "working days",
];

const SPEED: &[&str] = &[
    "delay",
    "duration",
    "fast",
    "faster",
    "latency",
    "quicker",
    "speed",
    "time",
    "turnaround",
];

/// Words of amounts that are not bought with quality.
const THRIFT: &[&str] = &["cash", "cost", "margin", "profit", "save", "saving"];

/// Stems of words by which a text minds quality; in doubt it does.
const GUARDS: &[&str] = &[
    "accuracy",
    "accurate",
    "accurately",
    "adoption",
    "bug",
    "cancel",
    "cancellation",
    "churn",
    "complaint",
    "correct",
    "corrected",
    "correction",
    "correctly",
    "credited",
    "csat",
    "defect",
    "dispute",
    "disputed",
    "error",
    "failure",
    "fault",
    "incident",
    "loss",
    "lost",
    "mistake",
    "nps",
    "percentage",
    "proportion",
    "quality",
    "rate",
    "rating",
    "ratio",
    "refund",
    "rejected",
    "rejection",
    "renewal",
    "reopened",
    "retention",
    "return",
    "returned",
    "rework",
    "reworked",
    "right",
    "satisfaction",
    "satisfied",
    "score",
    "share",
    "unaided",
    "without",
    "wrong",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check;

    const SPEED_ONLY: &str = "## Objective: Clients get the invoice while the work is fresh\n\n\
        ### Key result: Cut invoice turnaround to 3 days\n\n- Baseline: 5 days\n- Target: 3 days\n";

    #[test]
    fn speed_alone_is_reported() {
        check(
            &RULE,
            SPEED_ONLY,
            &["info 1: only speed is measured, and nothing guards quality"],
        );
    }

    #[test]
    fn volume_alone_is_reported() {
        let text = "## Objective: Larger firms choose us\n\n\
            ### Key result: Win new accounts\n\n- Baseline: 0 accounts\n- Target: 20 accounts\n\n\
            ### Key result: Book more revenue\n\n- Baseline: EUR 1M\n- Target: EUR 2M\n";
        check(
            &RULE,
            text,
            &["info 1: only volume is measured, and nothing guards quality"],
        );
        let both = format!(
            "{text}\n### Key result: Answer sooner\n\n- Baseline: 3 days\n- Target: 1 day\n"
        );
        check(
            &RULE,
            &both,
            &["info 1: only volume and speed are measured, and nothing guards quality"],
        );
    }

    #[test]
    fn any_guard_is_enough() {
        for guard in [
            "- Measure: days to the invoice; if it is credited and issued again, count to the second issue\n",
            "- [ ] Log the cause of each correction\n",
            "\nOnly a right invoice counts.\n",
            "\n### Key result: Keep credit notes at 1.5% of invoices\n\n- Target: at most 1.5%\n",
            "\n### Key result: Customers rate us\n\n- Target: at least 4.5 /5\n",
        ] {
            check(&RULE, &format!("{SPEED_ONLY}{guard}"), &[]);
        }
    }

    #[test]
    fn what_is_neither_volume_nor_speed_is_left_alone() {
        for key_result in [
            "### Key result: Extend the runway\n\n- Baseline: 6 months\n- Target: 12 months\n",
            "### Key result: Save on postage\n\n- Direction: increase\n- Target: EUR 5k\n",
            "### Key result: Publish the guide\n\n- Target: done\n",
            "### Key result: Cut open items\n\n- Baseline: 400\n- Target: 250\n",
            "### Key result: Better response time\n",
            "",
        ] {
            check(
                &RULE,
                &format!("## Objective: Sleep at night\n\n{key_result}"),
                &[],
            );
        }
    }
}
