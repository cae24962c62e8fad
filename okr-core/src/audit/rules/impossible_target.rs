//! `impossible-target`: a number that the measure cannot have.

use rust_decimal::Decimal;

use crate::audit::measured::{is_share, start};
use crate::audit::words::{stem, words};
use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Place, Question, Rule, Tier};
use crate::model::{Quantity, Target, Unit};
use crate::statement::Kind;

pub(super) static RULE: Rule = Rule {
    id: "impossible-target",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Measurable,
    rank: 11,
    since: "0.1.0",
    docs: include_str!("impossible_target.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let Some(message) = impossible(case) else {
            continue;
        };
        let is_field = case.key_result.measure.target.is_some();
        findings
            .report(&RULE, case.id, message)
            .at(Place::Field("target"))
            .at_words(case.reading.parts.target.filter(|_| !is_field))
            .label("cannot be reached")
            .help("write the value that is to be reached, or name what is measured so that it fits")
            .ask(Question {
                text: "Which value is to be reached?".to_owned(),
                element: case.id,
                field: Some("target"),
                offer: None,
            });
    }
}

/// Says why the measure cannot have the value that it is to reach.
pub(super) fn impossible(case: &KeyResultCase<'_>) -> Option<String> {
    let target = case.measure.target.as_ref()?;
    let start = start(case);
    match target {
        Target::Done | Target::FirstValue => None,
        Target::Value { value, .. } => outside(case, value),
        Target::Between { low, high } => outside(case, low).or_else(|| outside(case, high)),
        Target::Relative(percent) => {
            if start.as_ref().is_some_and(|start| start.value.is_zero()) {
                return Some(format!("{target} of zero is zero"));
            }
            if *percent < -Decimal::ONE_HUNDRED {
                return (!can_be_negative(case))
                    .then(|| format!("{target} takes away more than there is"));
            }
            beyond(case, target, start.as_ref()?)
        }
        Target::Change(_) => beyond(case, target, start.as_ref()?),
    }
}

/// Says why the measure cannot have a value; where its target is impossible, that is to be mended first.
pub(in crate::audit) fn impossible_value(
    case: &KeyResultCase<'_>,
    value: &Quantity,
) -> Option<String> {
    let mut value = value.clone();
    if value.unit == Unit::None {
        value.unit = case.measure.unit()?.clone();
    }
    let is_below = value.value < Decimal::ZERO
        && value.unit == Unit::None
        && is_above_zero(case)
        && !can_be_negative(case)
        && !says_any_of(case, OPEN)
        && !says_any_of(case, SCORES);
    outside(case, &value)
        .or_else(|| is_below.then(|| format!("{value} is less than none")))
        .filter(|_| impossible(case).is_none())
}

/// Returns whether the start is known and lies, as the target does, not below zero.
fn is_above_zero(case: &KeyResultCase<'_>) -> bool {
    let start = case.measure.start.as_ref();
    let target = case.measure.target_value();
    let all = [start, target.as_ref()];
    all.iter()
        .all(|end| end.is_some_and(|end| end.value >= Decimal::ZERO))
}

/// Says what is wrong with a value by itself.
fn outside(case: &KeyResultCase<'_>, value: &Quantity) -> Option<String> {
    if value.unit == Unit::Percent && is_part(case) {
        if value.value > Decimal::ONE_HUNDRED {
            return Some(format!("{value} is more than all of it"));
        }
        if value.value < Decimal::ZERO {
            return Some(format!("a share of {value} is less than none"));
        }
    }
    let is_negative =
        value.value < Decimal::ZERO && is_count(case, value) && !can_be_negative(case);
    is_negative.then(|| format!("{value} is less than none"))
}

/// Says what is wrong with where a change ends.
fn beyond(case: &KeyResultCase<'_>, target: &Target, start: &Quantity) -> Option<String> {
    let end = target.value(Some(start))?;
    let is_of_share = start.unit == Unit::Percent && is_part(case);
    let has_sense = start.value >= Decimal::ZERO;
    if is_of_share && start.value <= Decimal::ONE_HUNDRED && end.value > Decimal::ONE_HUNDRED {
        return Some(format!(
            "{target} on {start} comes to {end}, more than all of it"
        ));
    }
    let is_amount = is_of_share || is_count(case, start);
    (has_sense && end.value < Decimal::ZERO && is_amount && !can_be_negative(case))
        .then(|| format!("{target} on {start} comes to {end}, less than none"))
}

/// Returns whether the measure is a part of a whole, which ends at 0 and at 100%.
fn is_part(case: &KeyResultCase<'_>) -> bool {
    let is_ratio = case.reading.kind == Kind::Ratio;
    let stated = case.key_result.measure.name.as_ref();
    let is_named = stated.is_some_and(|name| {
        words(&name.plain()).next().is_some_and(|(_, word)| {
            matches!(&*word.to_lowercase(), "share" | "proportion" | "percentage")
        })
    });
    // The unit alone does not tell a share from a rate of growth.
    let says_so = || says_any_of(case, PARTS);
    (is_ratio || is_named || says_so() && is_share(case)) && !says_any_of(case, OPEN)
}

/// Returns whether things are counted, or time.
fn is_count(case: &KeyResultCase<'_>, value: &Quantity) -> bool {
    match &value.unit {
        // Other units, such as degrees, may lie below zero.
        Unit::Word(unit) => unit.ends_with('s') && unit.chars().all(char::is_alphabetic),
        Unit::None => case.reading.kind == Kind::Count || says_any_of(case, &["number", "count"]),
        _ => false,
    }
}

fn can_be_negative(case: &KeyResultCase<'_>) -> bool {
    says_any_of(case, NEGATIVE)
}

/// Returns whether a word of the statement or of the field that names the measure has one of these stems.
fn says_any_of(case: &KeyResultCase<'_>, stems: &[&str]) -> bool {
    let name = case.key_result.measure.name.as_ref();
    let name = name.map(|name| name.plain());
    words(&case.text)
        .chain(name.as_deref().into_iter().flat_map(words))
        .any(|(_, word)| stems.contains(&&*stem(word)))
}

/// Stems of words by which a percentage may lie above 100 or below 0.
const OPEN: &[&str] = &[
    "attainment",
    "baseline",
    "book",
    "budget",
    "capacity",
    "cover",
    "coverage",
    "efficiency",
    "forecast",
    "goal",
    "grr",
    "growth",
    "increase",
    "index",
    "inflation",
    "interest",
    "last",
    "level",
    "margin",
    "markup",
    "ndr",
    "net",
    "nrr",
    "oee",
    "output",
    "overhead",
    "performance",
    "plan",
    "planned",
    "prior",
    "previous",
    "price",
    "productivity",
    "profit",
    "quota",
    "ratio",
    "return",
    "revenue",
    "roa",
    "roas",
    "roe",
    "roi",
    "solvency",
    "target",
    "today",
    "utilisation",
    "utilization",
    "variance",
    "velocity",
    "yield",
    "load",
    "occupancy",
    "subscription",
    "year",
];

/// Stems of words that name a part of a whole.
const PARTS: &[&str] = &[
    "accuracy",
    "availability",
    "churn",
    "collection",
    "compliance",
    "error",
    "percentage",
    "proportion",
    "share",
    "time",
    "uptime",
];

/// Stems of words that name a score without a unit, which may begin below zero.
const SCORES: &[&str] = &["nps", "promoter", "rating", "score", "sentiment"];

/// Stems of words by which an amount may lie below zero.
const NEGATIVE: &[&str] = &[
    "balance",
    "cash",
    "change",
    "ebit",
    "ebitda",
    "emission",
    "float",
    "growth",
    "income",
    "loss",
    "margin",
    "net",
    "profit",
    "result",
    "slack",
    "temperature",
    "variance",
    "working",
];

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
    fn a_share_lies_between_none_and_all() {
        check(
            "Collect 120% of invoiced",
            Some("120% is more than all of it"),
        );
        check(
            "Pay on time;Measure: share of invoices paid when due;Target: 104%",
            Some("104% is more than all of it"),
        );
        check("Raise on-time payments to 100%", None);
    }

    #[test]
    fn what_a_change_comes_to_is_looked_at() {
        check(
            "Raise on-time payments by 30%;Baseline: 80%",
            Some("+30% on 80% comes to 104%, more than all of it"),
        );
        check(
            "Raise on-time payments by 30 points;Baseline: 80%",
            Some("+30 points on 80% comes to 110%, more than all of it"),
        );
        check("Raise on-time payments by 15%;Baseline: 60%", None);
        check(
            "Cut the number of open items by 50;Baseline: 40 items",
            Some("-50 on 40 items comes to -10 items, less than none"),
        );
    }

    #[test]
    fn a_percent_of_zero_and_more_than_everything_are_nothing() {
        check(
            "Raise e-invoices by 25%;Baseline: 0 invoices",
            Some("+25% of zero is zero"),
        );
        check(
            "Cut errors by 120%",
            Some("-120% takes away more than there is"),
        );
        check("Cut errors by 100%", None);
        check("Raise revenue by 250%", None);
    }

    #[test]
    fn there_is_no_negative_count() {
        check(
            "Cut open items;Target: to -5 items",
            Some("-5 items is less than none"),
        );
        check("Warm up;Target: to -5 °C", None);
        check("Cut net emissions;Target: to -5 tonnes", None);
    }

    #[test]
    fn a_value_is_held_against_what_it_can_be() {
        let check = |title: &str, value: &str, expected: Option<&str>| {
            let plan = crate::parse(format!("## Objective: o\n\n### Key result: {title}\n")).plan;
            let value = Quantity::parse(value).unwrap();
            let settings = crate::audit::Settings::default();
            let id = crate::model::ElementId::KeyResult(0, 0);
            let said = crate::audit::impossible_value(&plan, id, &value, &settings);
            assert_eq!(said.as_deref(), expected, "{title}: {value}");
        };
        let share = "Raise on-time payments from 60% to 80%";
        check(share, "620%", Some("620% is more than all of it"));
        check(share, "-6%", Some("a share of -6% is less than none"));
        check(share, "100%", None);
        check("Raise revenue growth from 20% to 80%", "140%", None);
        check("Collect 120% of invoiced", "130%", None);
        let count = "Reduce open disputes from 30 to 10";
        check(count, "-3", Some("-3 is less than none"));
        check(count, "0", None);
        check("Sign 20 accounts", "-1", Some("-1 is less than none"));
        check("Raise NPS from 20 to 40", "-5", None);
        check("Raise net cash from EUR -40k to EUR 10k", "EUR -50k", None);
        check(
            "Reduce overdue from EUR 611,000 to EUR 400,000",
            "EUR -1",
            None,
        );
    }

    #[test]
    fn much_may_be_more_than_all() {
        for key_result in [
            "Net revenue retention at 120%",
            "Reach 120% of quota",
            "Grow new bookings to 150% of last year's",
            "Raise return on ad spend to 300%",
            "Raise utilisation to 105%",
            "Keep pipeline coverage at 300% of target",
            "Growth rate of 120%",
            "Raise the growth rate;Unit: %;Target: 140%",
            "Bring net margin to -5%",
        ] {
            check(key_result, None);
        }
    }
}
