//! `ambiguous-percent`: a change by percent that can be read in two ways.

use rust_decimal::Decimal;

use super::impossible_target;
use crate::audit::measured::{Noun, is_share, noun, start, states_target};
use crate::audit::words::words;
use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Question, Rule, Tier};
use crate::model::{Inline, Quantity, Target, Unit};
use crate::statement::Kind;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "ambiguous-percent",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 31,
    since: "0.1.0",
    docs: include_str!("ambiguous_percent.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        // In a field, `+15%` is relative and `+15 points` is not.
        if states_target(case) || case.reading.kind != Kind::RelativeChange {
            continue;
        }
        let Some(Target::Relative(percent)) = case.measure.target else {
            continue;
        };
        if case.reading.unit.as_deref() != Some("%") {
            continue;
        }
        let size = percent.abs().normalize();
        let noun = noun(case);
        if is_share(case) {
            // What neither reading can reach is reported as such.
            if impossible_target::impossible(case).is_some() {
                continue;
            }
            report_share(case, percent, findings);
        } else if is_of_nothing(case, &noun) {
            let text = format!("What is to change by {size}%?");
            findings
                .report(&RULE, case.id, format!("{size}% of what is not said"))
                .at_words(case.reading.parts.target)
                .label("of what?")
                .help("name what is measured")
                .ask(Question {
                    text,
                    element: case.id,
                    field: Some("measure"),
                    offer: None,
                });
        } else if let Some(rhythm) = rhythm(case) {
            let text = format!("Is it {size}% in each {rhythm}, or {size}% from start to end?");
            findings
                .report(
                    &RULE,
                    case.id,
                    format!("{size}% may be meant per {rhythm} or in total"),
                )
                .at_words(case.reading.parts.target)
                .label("per when?")
                .help(format!(
                    "say `by {size}% each {rhythm}` or `by {size}% in total`, or from which value to which"
                ))
                .ask(Question {
                    text,
                    element: case.id,
                    field: None,
                    offer: None,
                });
        }
    }
}

fn report_share(case: &KeyResultCase<'_>, percent: Decimal, findings: &mut Findings) {
    let size = percent.abs().normalize();
    let start = start(case).filter(|start| start.unit == Unit::Percent);
    let relative = Target::Relative(percent);
    let points = Target::Change(Quantity::new(percent, Unit::Points));
    let both = start.as_ref().and_then(|start| {
        let value = |target: &Target| target.value(Some(start));
        Some((start, value(&points)?, value(&relative)?))
    });
    let (message, question) = match &both {
        Some((start, points, relative)) => (
            format!("{size}% on {start} comes to {points} or to {relative}"),
            format!(
                "From {start}, is it to be {points} ({size} points) or {relative} ({size}% of {start})?"
            ),
        ),
        None => (
            format!("{size}% of a share may mean {size} points, or {size}% of its value"),
            format!("Is it {size} percentage points, or {size}% of what the share is now?"),
        ),
    };
    // A share ends at 0 and at 100, which may leave one reading.
    let is_possible =
        |value: &Quantity| value.value >= Decimal::ZERO && value.value <= Decimal::ONE_HUNDRED;
    let offer = match &both {
        Some((_, points, relative)) if !is_possible(relative) && is_possible(points) => points,
        Some((_, _, relative)) => relative,
        None => &Quantity::new(percent, Unit::Percent),
    };
    let sign = if both.is_none() && percent.is_sign_positive() {
        "+"
    } else {
        ""
    };
    findings
        .report(&RULE, case.id, message)
        .at_words(case.reading.parts.target)
        .label("points, or percent of a percentage?")
        .help(format!(
            "say `by {size} percentage points`, or from which share to which"
        ))
        .ask(Question {
            text: question,
            element: case.id,
            field: Some("target"),
            offer: Some(Inline::from_plain(&format!("{sign}{offer}"))),
        });
}

/// Returns whether nothing says what the percent is of.
fn is_of_nothing(case: &KeyResultCase<'_>, noun: &Noun) -> bool {
    let is_change = matches!(
        &*noun.head,
        "" | "change" | "decrease" | "growth" | "improvement" | "increase" | "reduction" | "rise"
    );
    // Nor may anything else stand there that the reader made nothing of.
    let parts = &case.reading.parts;
    let known = [
        parts.label,
        parts.verb,
        parts.target,
        parts.measure,
        parts.deadline,
    ];
    let is_known = |word: Span| known.iter().flatten().any(|part| part.contains(word));
    let has_other = words(&case.text).any(|(span, word)| {
        let word = word.to_lowercase();
        !is_known(span) && !matches!(&*word, "a" | "an" | "by" | "the" | "at" | "least" | "about")
    });
    case.key_result.measure.name.is_none() && is_change && noun.modifiers.is_empty() && !has_other
}

/// Returns the period that growth may be meant for, where both it and the whole time are likely.
fn rhythm(case: &KeyResultCase<'_>) -> Option<&'static str> {
    let said: Vec<_> = words(&case.text)
        .map(|(_, word)| word.to_lowercase())
        .collect();
    let has = |list: &[&str]| said.iter().any(|word| list.contains(&&**word));
    let is_settled = has(&[
        "each",
        "every",
        "per",
        "total",
        "annualised",
        "annualized",
        "over",
    ]);
    if is_settled || !has(STEADY) {
        return None;
    }
    let named = RHYTHMS.iter().find(|(word, _)| has(&[word]));
    named.map(|(_, period)| *period)
}

/// Words by which a change goes on and on.
const STEADY: &[&str] = &[
    "consistent",
    "consistently",
    "constant",
    "constantly",
    "continuous",
    "continuously",
    "steadily",
    "steady",
    "sustained",
];

const RHYTHMS: &[(&str, &str)] = &[
    ("daily", "day"),
    ("weekly", "week"),
    ("monthly", "month"),
    ("quarterly", "quarter"),
    ("annual", "year"),
    ("yearly", "year"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_key_result, findings_of};

    const TWO_WAYS: &str = "warning 1.1: 15% of a share may mean 15 points, or 15% of its value";

    #[track_caller]
    fn check(key_result: &str, expected: &[&str]) {
        check_key_result(&RULE, key_result, expected);
    }

    #[test]
    fn a_share_that_changes_by_percent_has_two_readings() {
        check("Raise on-time payments by 15%", &[TWO_WAYS]);
        check(
            "Increase monthly premium collection rates by 15%",
            &[TWO_WAYS],
        );
        check(
            "Cut errors by 15%;Measure: share of invoices corrected",
            &[TWO_WAYS],
        );
        check("Cut errors by 15%;Unit: %", &[TWO_WAYS]);
    }

    #[test]
    fn with_a_baseline_both_readings_are_computed() {
        check(
            "Raise on-time payments by 15%;Baseline: 60%",
            &["warning 1.1: 15% on 60% comes to 75% or to 69%"],
        );
        let offer = |key_result: &str| {
            let question = findings_of(&RULE, key_result).remove(0).question?;
            Some(question.offer?.plain().into_owned())
        };
        let offered = offer("Raise on-time payments by 15%;Baseline: 60%");
        assert_eq!(offered.as_deref(), Some("69%"));
        let offered = offer("Raise on-time payments by 15%");
        assert_eq!(offered.as_deref(), Some("+15%"));
        let offered = offer("Cut the error rate by 15%");
        assert_eq!(offered.as_deref(), Some("-15%"));
    }

    #[test]
    fn fields_settle_it() {
        for field in [
            "Target: +15%",
            "Target: 83%",
            "Baseline: 400 payments",
            "Unit: payments",
            "Unit: points",
            "Measure: number of payments that came on time",
        ] {
            check(&format!("Raise on-time payments by 15%;{field}"), &[]);
        }
    }

    #[test]
    fn counts_times_and_points_are_plain() {
        for key_result in [
            "Reduce invoice processing time by 30%",
            "Reduce billing errors by 25%",
            "Raise on-time payments by 15 percentage points",
            "Raise on-time payments from 72% to 83%",
            "Double the collection rate",
            "Raise on-time payments by 30%;Baseline: 80%",
            "Increase accuracy checks by 20%",
            "Raise monthly revenue by 5%",
            "Manage to cut costs by 5%",
            "Achieve steady growth in monthly income by 5% each month",
        ] {
            check(key_result, &[]);
        }
    }

    #[test]
    fn a_percent_needs_a_whole_and_a_time() {
        check("Grow by 20%", &["warning 1.1: 20% of what is not said"]);
        check(
            "Achieve a 20% increase",
            &["warning 1.1: 20% of what is not said"],
        );
        check("Grow by 20%;Measure: paying customers", &[]);
        check(
            "Achieve steady growth in monthly investment income by 5%",
            &["warning 1.1: 5% may be meant per month or in total"],
        );
    }
}
