//! `baseline-equals-target`: a target that is met before anyone has begun.

use std::cmp::Ordering;

use super::direction_conflict;
use crate::audit::measured::{in_seconds, start};
use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Place, Question, Rule, Tier};
use crate::model::{Bound, Direction, Quantity, Target, Unit};
use crate::statement::{self, Kind};

pub(super) static RULE: Rule = Rule {
    id: "baseline-equals-target",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Measurable,
    rank: 13,
    since: "0.1.0",
    docs: include_str!("baseline_equals_target.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let is_kept = case.measure.direction == Some(Direction::Keep)
            || case.reading.direction == statement::Direction::Keep;
        if is_kept {
            continue;
        }
        let Some(message) = met(case) else { continue };
        if direction_conflict::conflict(cx, case).is_some() {
            continue;
        }
        let is_field = case.key_result.measure.start.is_some();
        let place = case.reading.parts.target.filter(|_| !is_field);
        findings
            .report(&RULE, case.id, message)
            .at(Place::Field("baseline"))
            .at_words(place)
            .label("nothing is left to do")
            .help("set a target beyond the start, or say that it is to be kept there")
            .ask(Question {
                text: "Is it to be kept where it is, or which value is to be reached?".to_owned(),
                element: case.id,
                field: Some("target"),
                offer: None,
            });
    }
}

/// Returns what is to be said where the start meets the target.
fn met(case: &KeyResultCase<'_>) -> Option<String> {
    let (bound, value) = match case.measure.target.as_ref()? {
        Target::Value { bound, value } => (*bound, value),
        Target::Relative(change) if change.is_zero() => {
            return Some("a change of 0% ends where it starts".to_owned());
        }
        Target::Change(change) if change.value.is_zero() => {
            return Some(format!("a change of {change} ends where it starts"));
        }
        Target::Between { low, high } => {
            let start = start(case)?;
            let is_inside = matches!(order(&start, low)?, Ordering::Equal | Ordering::Greater)
                && matches!(order(&start, high)?, Ordering::Equal | Ordering::Less);
            let start = with_unit(&start, low);
            return is_inside.then(|| format!("the start of {start} lies in the target already"));
        }
        _ => return None,
    };
    let start = start(case)?;
    let order = match fraction(case, &start, value) {
        Some(order) => order,
        None => order(&start, value)?,
    };
    if order == Ordering::Equal && !matches!(bound, Bound::Above | Bound::Below) {
        let words = case.measure.start.as_ref().map(ToString::to_string);
        let words = words.filter(|_| start.is_like(value) && start.value != value.value);
        let start = with_unit(&start, value);
        return Some(match words {
            Some(words) => format!("the start of {words} is the target of {value}"),
            None if start.is_like(value) => format!("the start is the target: {start}"),
            None => format!("the start of {start} is the target of {value}"),
        });
    }
    let is_met = match bound {
        Bound::AtLeast | Bound::Above => order == Ordering::Greater,
        Bound::AtMost | Bound::Below => order == Ordering::Less,
        Bound::Reach => match way(case)? {
            Direction::Increase => order == Ordering::Greater,
            Direction::Decrease => order == Ordering::Less,
            Direction::Keep => false,
        },
    };
    is_met.then(|| {
        format!(
            "the start of {} meets the target of {} already",
            with_unit(&start, value),
            bounded(bound, value)
        )
    })
}

/// Returns how a start compares with a value, as far as their units tell.
///
/// What a day or a week of work has in hours and days is not known; that 48 hours are two days is, all the same.
fn order(start: &Quantity, value: &Quantity) -> Option<Ordering> {
    if start.is_like(value) {
        return Some(start.value.cmp(&value.value));
    }
    let order = in_seconds(start)?.cmp(&in_seconds(value)?);
    let is_clock = |it: &Quantity| matches!(it.unit.word(), "seconds" | "minutes" | "hours");
    let is_sure = is_clock(start) && is_clock(value);
    (is_sure || order == Ordering::Equal).then_some(order)
}

/// Returns how the two compare where one of them is a share that is written as a decimal, such as 0.95, and the other
/// one in percent. A start may be less than one percent as well, so that only the same value is told of it.
fn fraction(case: &KeyResultCase<'_>, start: &Quantity, value: &Quantity) -> Option<Ordering> {
    let in_percent = |it: &Quantity| {
        let is_share = it.unit == Unit::None && it.value > 0.into() && it.value < 1.into();
        it.value.checked_mul(100.into()).filter(|_| is_share)
    };
    if start.unit == Unit::Percent
        && start.value > 1.into()
        && let Some(value) = in_percent(value)
    {
        return Some(start.value.cmp(&value));
    }
    let written = case.measure.start.as_ref()?;
    let is_same = value.unit == Unit::Percent && in_percent(written)? == value.value;
    is_same.then_some(Ordering::Equal)
}

/// Returns which way the words go; the numbers say the opposite here. What is counted only grows.
fn way(case: &KeyResultCase<'_>) -> Option<Direction> {
    case.key_result
        .measure
        .direction
        .or(match case.reading.direction {
            statement::Direction::Increase => Some(Direction::Increase),
            statement::Direction::Decrease => Some(Direction::Decrease),
            _ if case.reading.kind == Kind::Count => Some(Direction::Increase),
            _ => None,
        })
}

fn with_unit(start: &Quantity, value: &Quantity) -> Quantity {
    let unit = if start.unit == Unit::None {
        &value.unit
    } else {
        &start.unit
    };
    Quantity::new(start.value, unit.clone())
}

fn bounded(bound: Bound, value: &Quantity) -> String {
    format!("{} {value}", bound.words()).trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check_key_result;

    #[track_caller]
    fn check(key_result: &str, expected: Option<&str>) {
        let expected = expected.map(|message| format!("error 1.1: {message}"));
        check_key_result(&RULE, key_result, expected.as_deref().as_slice());
    }

    #[test]
    fn a_start_that_is_the_target_is_reported() {
        check(
            "Match rate from 95% to at least 95%",
            Some("the start is the target: 95%"),
        );
        check(
            "Cut close time to 8 days;Baseline: 8 days",
            Some("the start is the target: 8 days"),
        );
        check(
            "Cut errors;Target: -0%",
            Some("a change of 0% ends where it starts"),
        );
    }

    #[test]
    fn a_target_that_is_met_is_reported() {
        check(
            "Raise accuracy to at least 95%;Baseline: 97%",
            Some("the start of 97% meets the target of at least 95% already"),
        );
        check(
            "Cut turnaround to 3 days;Baseline: 2 days",
            Some("the start of 2 days meets the target of 3 days already"),
        );
    }

    #[test]
    fn one_value_may_be_written_in_two_ways() {
        check(
            "Cut close time to 2 days;Baseline: 48 hours",
            Some("the start of 48 hours is the target of 2 days"),
        );
        check(
            "Cut the first answer to 1 hour;Baseline: 60 minutes",
            Some("the start of 60 minutes is the target of 1 hour"),
        );
        check(
            "Cut the first answer to 1 hour;Baseline: 50 minutes",
            Some("the start of 50 minutes meets the target of 1 hour already"),
        );
        check(
            "Raise the match rate to 95%;Baseline: 0.95",
            Some("the start of 0.95 is the target of 95%"),
        );
        check(
            "Raise the match rate to 0.95;Baseline: 95%",
            Some("the start of 95% is the target of 0.95"),
        );
        check("Raise the match rate to 95%;Baseline: 0.9", None);
        check("Raise the match rate to 0.97;Baseline: 95%", None);
    }

    #[test]
    fn a_start_within_or_beyond_what_is_asked_for_is_reported() {
        check(
            "Bring stock to a sound size;Baseline: 25 days;Target: between 20 and 30 days",
            Some("the start of 25 days lies in the target already"),
        );
        check(
            "Bring stock to a sound size;Baseline: 35 days;Target: between 20 and 30 days",
            None,
        );
        check(
            "Sign 20 accounts;Baseline: 25",
            Some("the start of 25 meets the target of 20 already"),
        );
        check("Sign 20 accounts;Baseline: 5", None);
    }

    #[test]
    fn what_is_to_be_kept_starts_where_it_is() {
        check("Keep match rate at or above 95%;Baseline: 96%", None);
        check("Hold DSO at 41 days;Baseline: 41 days", None);
        check("Credit notes;Direction: keep;Baseline: 2%;Target: 2%", None);
        check("Keep stock between 20 and 30 days;Baseline: 25 days", None);
    }

    #[test]
    fn what_is_still_to_be_reached_is_fine() {
        check("Raise accuracy from 90% to 95%", None);
        check("Raise accuracy above 95%;Baseline: 95%", None);
        check("Sign 20 accounts", None);
        check("Cut close time to 2 days;Baseline: 30 hours", None);
        check("Reduce close time from 6 to 8 days", None);
    }
}
