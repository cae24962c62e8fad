//! `field-contradicts-statement`: a field that says another number or day than the statement.

use crate::audit::measured::{in_seconds, rewrite};
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Place, Question, Rule, Tier,
};
use crate::model::{Inline, Measure, Quantity, Target, Unit};
use crate::text::Span;
use jiff::civil::Date;

pub(super) static RULE: Rule = Rule {
    id: "field-contradicts-statement",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 29,
    since: "0.1.0",
    docs: include_str!("field_contradicts_statement.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let said = case.reading.complete(&Measure::default(), &case.text);
        let stated = &case.key_result.measure;
        let parts = &case.reading.parts;
        if let Some((words, target)) = parts.target.zip(stated.target.as_ref())
            && differs(case, &said, target)
        {
            let written = said.target.as_ref().map(ToString::to_string);
            report(
                case,
                "target",
                words,
                target_words(case, words, target),
                written,
                findings,
            );
        }
        if let Some((words, start)) = parts.start.zip(stated.start.as_ref())
            && let Some(other) = &said.start
            && are_apart(case, start, other)
        {
            let unit = if other.unit == Unit::None {
                start.unit.clone()
            } else {
                other.unit.clone()
            };
            let written = Quantity::new(other.value, unit).to_string();
            let instead = value_words(&case.text, words, start);
            report(
                case,
                "baseline",
                words,
                Some(instead),
                Some(written),
                findings,
            );
        }
        if let Some((words, due)) = parts.deadline.zip(case.key_result.due)
            && let Some(day) = day(cx, case, words).filter(|day| *day != due)
        {
            let instead = format!("by {due}");
            report(
                case,
                "due",
                words,
                Some(instead),
                Some(day.to_string()),
                findings,
            );
        }
    }
}

/// Returns the day that the statement's words name, where they are plainly a deadline within the plan's
/// period: `in its month` is none, and a sixth week that a month does not have is its last day.
fn day(cx: &Context<'_>, case: &KeyResultCase<'_>, words: Span) -> Option<Date> {
    let link = words.of(&case.text).split(' ').next()?.to_lowercase();
    let is_plain = matches!(&*link, "by" | "until" | "till" | "on" | "due");
    let day = case.reading.deadline.filter(|_| is_plain)?;
    let is_inside = cx.plan.period.is_none_or(|period| period.contains(day));
    (is_inside && !case.reading.is_deadline_ambiguous).then_some(day)
}

/// Reports a field whose value is not that of some words of the statement.
///
/// `instead` is what would stand in their place, `written` what would stand in the field.
fn report(
    case: &KeyResultCase<'_>,
    field: &'static str,
    words: Span,
    instead: Option<String>,
    written: Option<String>,
    findings: &mut Findings,
) {
    let key_result = case.key_result;
    let value = match field {
        "target" => key_result.measure.target.as_ref().map(ToString::to_string),
        "baseline" => key_result.measure.start.as_ref().map(ToString::to_string),
        _ => key_result.due.map(|due| due.to_string()),
    };
    let value = value.unwrap_or_default();
    let words_said = words.of(&case.text);
    let finding = findings
        .report(
            &RULE,
            case.id,
            format!("statement says `{words_said}`, but field `{field}` says `{value}`"),
        )
        .at(Place::Field(field))
        .label("which is right?")
        .help("let both say the same, as readers see the one and progress counts by the other")
        .ask(Question {
            text: format!("Which is right, `{words_said}` or `{value}`?"),
            element: case.id,
            field: Some(field),
            offer: written.map(|written| Inline::from_plain(&written)),
        });
    let change = instead.and_then(|instead| rewrite(case, &[(words, &instead)]));
    if let Some(change) = change {
        finding.fix(Fix {
            title: "let the statement say what the field says".to_owned(),
            changes: vec![change],
            applicability: Applicability::Unsafe,
        });
    }
}

/// Returns whether a stated target is another one than the statement's, once both are values.
fn differs(case: &KeyResultCase<'_>, said: &Measure, stated: &Target) -> bool {
    let Some(target) = &said.target else {
        return false;
    };
    match (target, stated) {
        (Target::Relative(one), Target::Relative(two)) => one.abs() != two.abs(),
        (Target::Change(one), Target::Change(two)) => {
            let positive =
                |change: &Quantity| Quantity::new(change.value.abs(), change.unit.clone());
            are_apart(case, &positive(two), &positive(one))
        }
        (
            Target::Between { low, high },
            Target::Between {
                low: other,
                high: top,
            },
        ) => are_apart(case, other, low) || are_apart(case, top, high),
        (Target::Between { .. } | Target::Done, _) | (_, Target::Between { .. } | Target::Done) => {
            false
        }
        _ => {
            let start = case.measure.start.as_ref();
            // Percent of a share may have been meant as points.
            let points = match target {
                Target::Relative(percent) => {
                    start.and_then(|start| start.value.checked_add(*percent))
                }
                _ => None,
            };
            let (Some(one), Some(two)) = (target.value(start), stated.value(start)) else {
                return false;
            };
            are_apart(case, &two, &one) && points != Some(two.value)
        }
    }
}

/// Returns whether the value of a field is another one than that of the statement, as far as both count
/// the same thing.
fn are_apart(case: &KeyResultCase<'_>, stated: &Quantity, said: &Quantity) -> bool {
    if let (Some(stated), Some(said)) = (in_seconds(stated), in_seconds(said)) {
        return stated != said;
    }
    // A bare number may be of something else than what the fields measure.
    let measure = &case.key_result.measure;
    let may_be_other =
        stated.unit != said.unit && (measure.name.is_some() || measure.unit.is_some());
    stated.is_like(said) && !may_be_other && stated.value != said.value
}

/// Returns what the statement would say in the place of its target; nothing where the two are of another
/// kind, as a change and a level are.
fn target_words(case: &KeyResultCase<'_>, words: Span, stated: &Target) -> Option<String> {
    let before = case.text.get(..words.start())?.trim_end();
    let is_change = before.ends_with(" by") || stated.is_change();
    match stated {
        Target::Value { bound, value } if !is_change => {
            let value = value_words(&case.text, words, value);
            Some(format!("{} {value}", bound.words()).trim_start().to_owned())
        }
        Target::Relative(percent) if before.ends_with(" by") => {
            Some(format!("{}%", percent.abs().normalize()))
        }
        _ => None,
    }
}

/// Returns a value as it stands in the place of words, without a unit where they have none.
fn value_words(text: &str, words: Span, value: &Quantity) -> String {
    let is_bare = words
        .of(text)
        .chars()
        .all(|c| !c.is_alphabetic() && c != '%' && c.is_ascii());
    if is_bare {
        value.number()
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_key_result, check_rewrite, findings_of};

    #[track_caller]
    fn check(key_result: &str, expected: &[&str]) {
        let expected: Vec<_> = expected
            .iter()
            .map(|said| format!("warning 1.1: statement says {said}"))
            .collect();
        let expected: Vec<_> = expected.iter().map(|said| &**said).collect();
        check_key_result(&RULE, key_result, &expected);
    }

    #[test]
    fn each_field_is_held_against_its_words() {
        check(
            "DSO from 58 to 49 days;Baseline: 58 days;Target: 47 days",
            &["`49 days`, but field `target` says `47 days`"],
        );
        check(
            "Survey 3.6 → 4.2;Baseline: 3.8;Target: 4.2",
            &["`3.6`, but field `baseline` says `3.8`"],
        );
        check(
            "Cut DSO to 44 days by 15 November;Due: 2026-12-18",
            &["`by 15 November`, but field `due` says `2026-12-18`"],
        );
        check(
            "Raise renewals by 25%;Target: +30%",
            &["`25%`, but field `target` says `+30%`"],
        );
        check(
            "Cut write-offs by 25%;Baseline: EUR 80k;Target: EUR 50k",
            &["`25%`, but field `target` says `EUR 50,000`"],
        );
    }

    #[test]
    fn other_words_for_the_same_value_are_right() {
        for key_result in [
            "Raise renewals by 25%;Target: +25%",
            "Cut renewals by 25%;Target: -25%",
            "Raise on-time payments from 60% by 15%;Target: 69%",
            "Raise on-time payments from 60% by 15%;Target: 75%",
            "Cut the wait to 30 minutes;Target: 0.5 hours",
            "New ARR from €1.2M to €1.8M;Baseline: EUR 1,200,000;Target: EUR 1,800,000",
            "Keep churn below 5%;Target: at most 5%",
            "Halve disputes;Baseline: 40;Target: 20",
            "Cut DSO to 44 days by mid-Q4;Due: 2026-11-15",
            "Cut DSO to 44 days by week 15;Due: 2026-12-31",
            "Each bill paid in its month;Due: 2026-12-31",
            "Raise billing accuracy;Target: 98%",
            "Launch the portal;Target: done",
            "Answer within 2 days;Measure: requests answered in time;Target: 95%",
            "Raise renewals by 25%;Target: 400 renewals",
        ] {
            check(key_result, &[]);
        }
    }

    #[test]
    fn the_statement_can_follow_the_field_and_the_answer_sets_the_field() {
        for (key_result, fields, expected) in [
            (
                "DSO from 58 to 49 days",
                ";Target: 47 days",
                "DSO from 58 to 47 days",
            ),
            ("Survey 3.6 → 4.2", ";Baseline: 3.8", "Survey 3.8 → 4.2"),
            (
                "Cut DSO to 44 days by 15 November",
                ";Due: 2026-12-18",
                "Cut DSO to 44 days by 2026-12-18",
            ),
            (
                "Raise renewals by 25%",
                ";Target: +30%",
                "Raise renewals by 30%",
            ),
        ] {
            let key_result = format!("{key_result}{fields}");
            check_rewrite(&RULE, &key_result, &format!("{expected}{fields}"));
            check(&format!("{expected}{fields}"), &[]);
        }
        let found = findings_of(&RULE, "DSO from 58 to 49 days;Target: 47 days").remove(0);
        let question = found.question.expect("asks");
        assert_eq!(question.field, Some("target"));
        let offer = question.offer.map(|offer| offer.plain().into_owned());
        assert_eq!(offer.as_deref(), Some("49 days"));
    }
}
