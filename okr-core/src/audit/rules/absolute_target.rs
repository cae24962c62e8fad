//! `absolute-target`: all or nothing, where nobody has promised it.

use rust_decimal::Decimal;

use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Question, Rule, Tier};
use crate::model::{Bound, Commitment, Inline, Target, Unit};

pub(super) static RULE: Rule = Rule {
    id: "absolute-target",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Measurable,
    rank: 65,
    since: "0.1.0",
    docs: include_str!("absolute_target.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        if objective.objective.commitment == Some(Commitment::Committed) {
            continue;
        }
        for case in &objective.key_results {
            let Some(all) = absolute(case) else { continue };
            findings
                .report(
                    &RULE,
                    case.id,
                    format!(
                        "one slip misses a target of {all}, and its objective is not committed"
                    ),
                )
                .at_words(case.reading.parts.target)
                .label("all or nothing")
                .help("mark the objective `committed`, or set a target that leaves room for a slip")
                .ask(Question {
                    text: format!("Is {all} a promise, so that its objective is committed?"),
                    element: objective.id,
                    field: Some("type"),
                    offer: Some(Inline::from_plain(Commitment::Committed.word())),
                });
        }
    }
}

/// Returns the target as words if it is the end of its scale.
fn absolute(case: &KeyResultCase<'_>) -> Option<&'static str> {
    let (bound, value) = match case.measure.target.as_ref()? {
        Target::Value { bound, value } => (*bound, value),
        Target::Relative(percent) if *percent == -Decimal::ONE_HUNDRED => return Some("zero"),
        _ => return None,
    };
    // Out of the red, zero is a step and no end.
    let start = case.measure.start.as_ref();
    let is_from_below = start.is_some_and(|start| start.value < Decimal::ZERO);
    if value.unit == Unit::Percent && value.value == Decimal::ONE_HUNDRED {
        let is_least = matches!(bound, Bound::Reach | Bound::AtLeast);
        let is_from_above = start.is_some_and(|start| start.value > Decimal::ONE_HUNDRED);
        return (is_least && !is_from_above).then_some("100%");
    }
    let is_most = matches!(bound, Bound::Reach | Bound::AtMost);
    (value.value.is_zero() && is_most && !is_from_below).then_some("zero")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check as check_rule, check_key_result, plan_of};

    #[track_caller]
    fn check(key_result: &str, all: Option<&str>) {
        let expected = all.map(|all| {
            format!(
                "info 1.1: one slip misses a target of {all}, and its objective is not committed"
            )
        });
        check_key_result(&RULE, key_result, expected.as_deref().as_slice());
    }

    #[test]
    fn the_ends_of_a_scale_are_reported() {
        check("Achieve 100% on-time payments", Some("100%"));
        check("Zero late vendor payments", Some("zero"));
        check("Cut overdue payments from 40 to 0", Some("zero"));
        check("Pay on time;Target: at least 100%", Some("100%"));
        check("Cut late payments;Target: -100%", Some("zero"));
    }

    #[test]
    fn other_targets_are_not() {
        check("Achieve 99.5% on-time payments", None);
        check("Raise revenue by 100%", None);
        check("Sign 100 accounts", None);
        check("Bring net cash from -40k to 0", None);
        check("Publish the guide", None);
    }

    #[test]
    fn a_promise_may_be_absolute() {
        for (kind, count) in [("committed", 0), ("aspirational", 1)] {
            let text = plan_of("Achieve 100% on-time payments")
                .replace("Get paid\n", &format!("Get paid\n\n- Type: {kind}\n"));
            let message =
                "info 1.1: one slip misses a target of 100%, and its objective is not committed";
            check_rule(&RULE, &text, &[message][..count]);
        }
    }
}
