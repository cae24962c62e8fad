//! `direction-conflict`: words that go one way and numbers that go the other.

use std::cmp::Ordering;

use crate::audit::measured::{like, noun, rewrite, states_target};
use crate::audit::words::{lower, words};
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Place, Rule, Tier,
};
use crate::edit::Change;
use crate::model::{Direction, Inline, Measure, Target, Unit};
use crate::statement::VerbClass;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "direction-conflict",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Measurable,
    rank: 12,
    since: "0.1.0",
    docs: include_str!("direction_conflict.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let Some(conflict) = conflict(cx, case) else {
            continue;
        };
        let finding = findings
            .report(&RULE, case.id, conflict.message)
            .at(conflict.place)
            .label(conflict.label)
            .help(conflict.help);
        if let Some((title, changes)) = conflict.fix {
            finding.fix(Fix {
                title,
                changes,
                applicability: Applicability::Unsafe,
            });
        }
    }
}

/// Two ways in one key result.
pub(super) struct Conflict {
    message: String,
    place: Place,
    label: &'static str,
    help: &'static str,
    fix: Option<(String, Vec<Change>)>,
}

/// Returns what the key result says against itself.
///
/// A measured start beyond a target that stands in the statement is not meant: the target is met then.
pub(super) fn conflict(cx: &Context<'_>, case: &KeyResultCase<'_>) -> Option<Conflict> {
    let numbers = numbers(case);
    let verb = verb(cx, case);
    let field = case.key_result.measure.direction;
    if let (Some(numbers), Some((span, verb))) = (&numbers, verb)
        && numbers.way != verb
        && !numbers.is_read_change
    {
        return Some(against_verb(case, numbers, span, verb));
    }
    if let (Some(numbers), Some(field)) = (&numbers, field)
        && field != Direction::Keep
        && field != numbers.way
    {
        return Some(Conflict {
            message: format!("direction `{field}` is against {}", shown(&case.measure)),
            place: Place::Field("direction"),
            label: "the numbers go the other way",
            help: "correct the direction, or the numbers",
            fix: Some((
                format!("set the direction to `{}`", numbers.way),
                vec![set(case, "direction", numbers.way.word())],
            )),
        });
    }
    let (span, verb) = verb?;
    if let Some(field) = field {
        // The field settles what is good.
        return (field != Direction::Keep && field != verb && numbers.is_none()).then(|| {
            Conflict {
                message: format!("`{}` is against direction `{field}`", span.of(&case.text)),
                place: Place::Field("direction"),
                label: "the statement goes the other way",
                help: "correct the direction, or the verb",
                fix: Some((
                    format!("set the direction to `{verb}`"),
                    vec![set(case, "direction", verb.word())],
                )),
            }
        });
    }
    against_good(cx, case, span, verb, numbers.is_some())
}

/// Which way the numbers go.
struct Numbers {
    way: Direction,
    /// Whether they are a change that was read from the statement, and so goes where its words go.
    is_read_change: bool,
    is_change: bool,
}

fn numbers(case: &KeyResultCase<'_>) -> Option<Numbers> {
    let target = case.measure.target.as_ref()?;
    let by_order = |order| match order {
        Ordering::Less => Some(Direction::Decrease),
        Ordering::Greater => Some(Direction::Increase),
        Ordering::Equal => None,
    };
    let change = match target {
        Target::Relative(percent) => Some(*percent),
        Target::Change(change) => Some(change.value),
        _ => None,
    };
    if let Some(change) = change {
        return Some(Numbers {
            way: by_order(change.cmp(&rust_decimal::Decimal::ZERO))?,
            is_read_change: !states_target(case),
            is_change: true,
        });
    }
    let Target::Value { value, .. } = target else {
        return None;
    };
    let start = case.measure.start.as_ref()?;
    let is_from_field = case.key_result.measure.start.is_some();
    // Below zero, less of a loss is more.
    let is_below = start.value.is_sign_negative() || value.value.is_sign_negative();
    if is_from_field != states_target(case) || !start.is_like(value) || is_below {
        return None;
    }
    Some(Numbers {
        way: by_order(value.value.cmp(&start.value))?,
        is_read_change: false,
        is_change: false,
    })
}

/// Returns how the numbers are shown in a message.
fn shown(measure: &Measure) -> String {
    match (&measure.target, &measure.start) {
        (Some(Target::Value { value, .. }), Some(start)) => match start.unit {
            Unit::Currency(_) => format!("{start} → {value}"),
            _ => format!("{} → {value}", start.number()),
        },
        (target, _) => {
            let target = target.as_ref().map(ToString::to_string);
            format!("the change of {}", target.unwrap_or_default())
        }
    }
}

/// Returns the verb and which way it goes, where it says so plainly of the measure.
fn verb(cx: &Context<'_>, case: &KeyResultCase<'_>) -> Option<(Span, Direction)> {
    let parts = &case.reading.parts;
    let span = parts.verb?;
    let way = match parts.verb_class? {
        VerbClass::Increase => Direction::Increase,
        VerbClass::Decrease => Direction::Decrease,
        _ => return None,
    };
    let first = span.of(&case.text).split(' ').next().unwrap_or_default();
    let said =
        |text: &str, list: &[&str]| words(text).any(|(_, word)| list.contains(&&*lower(word)));
    // What is sped up takes less time, and there is more of it; a better rank is a lower number.
    if said(first, SPEED) || said(&case.text, RANKS) {
        return None;
    }
    // Another verb between this one and the numbers may be the one that they belong to.
    let numbers = [parts.start, parts.target].into_iter().flatten();
    let end = numbers.map(Span::start).min().unwrap_or(case.text.len());
    let between = case.text.get(span.end()..end).unwrap_or_default();
    let turns = |word: &str| {
        matches!(
            cx.settings.lexicon.verb_class(word),
            Some(VerbClass::Increase | VerbClass::Decrease | VerbClass::Improve)
        )
    };
    let has_other = words(between).any(|(_, word)| turns(word));
    (!has_other).then_some((span, way))
}

fn against_verb(
    case: &KeyResultCase<'_>,
    numbers: &Numbers,
    span: Span,
    verb: Direction,
) -> Conflict {
    let word = span.of(&case.text);
    let (asked, found) = if verb == Direction::Decrease {
        ("less", "more")
    } else {
        ("more", "less")
    };
    let message = format!(
        "`{word}` asks for {asked}, but {} is {found}",
        shown(&case.measure)
    );
    let measure = &case.key_result.measure;
    let fix = if numbers.is_change {
        measure.target.as_ref().and_then(|target| {
            let turned = match target {
                Target::Relative(percent) => Target::Relative(-*percent),
                Target::Change(change) => {
                    let mut change = change.clone();
                    change.value = -change.value;
                    Target::Change(change)
                }
                _ => return None,
            };
            Some((
                format!("set the target to {turned}"),
                vec![set(case, "target", &turned.to_string())],
            ))
        })
    } else if let (Some(start), Some(target)) = (&measure.start, &measure.target) {
        let target = target.value(None).map(|value| value.to_string());
        target.map(|target| {
            (
                "swap baseline and target".to_owned(),
                vec![
                    set(case, "baseline", &target),
                    set(case, "target", &start.to_string()),
                ],
            )
        })
    } else {
        swap(case).map(|change| ("swap the two numbers".to_owned(), vec![change]))
    };
    Conflict {
        message,
        place: Place::Words(span),
        label: "the numbers go the other way",
        help: "swap the numbers, or change the verb",
        fix,
    }
}

/// Returns the statement with its two numbers in each other's place; units and bounds stay.
fn swap(case: &KeyResultCase<'_>) -> Option<Change> {
    let parts = &case.reading.parts;
    let (start, target) = (number(case, parts.start?)?, number(case, parts.target?)?);
    let of = |span: Span| span.of(&case.text);
    let mut places = [(start, of(target)), (target, of(start))];
    places.sort_by_key(|(span, _)| span.start());
    rewrite(case, &places)
}

/// Returns where the digits of a value stand.
fn number(case: &KeyResultCase<'_>, value: Span) -> Option<Span> {
    let text = value.of(&case.text);
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    Some(Span::new(value.start() + start, value.start() + end))
}

/// Returns the conflict of a verb that asks for more of what is bad, or for less of what is good.
fn against_good(
    cx: &Context<'_>,
    case: &KeyResultCase<'_>,
    span: Span,
    verb: Direction,
    has_numbers: bool,
) -> Option<Conflict> {
    let noun = noun(case);
    let word = span.of(&case.text);
    let (better, side, other) = match verb {
        Direction::Increase if noun.is_bad(&cx.settings.lexicon) => ("cut", "less", "more"),
        Direction::Decrease if noun.is_good() => ("raise", "more", "less"),
        _ => return None,
    };
    let measure = case.reading.parts.measure?.of(&case.text);
    // Another form of the verb would not fit, and numbers would have to change with it.
    let is_base = !["ing", "ed"].iter().any(|end| word.ends_with(end)) && !word.contains(' ');
    let is_free = !has_numbers || case.measure.start.is_none() && !states_target(case);
    let fix = (is_base && is_free)
        .then(|| rewrite(case, &[(span, &like(word, better))]))
        .flatten();
    Some(Conflict {
        message: format!("`{word}` asks for {other} {measure}, of which {side} is better"),
        place: Place::Words(span),
        label: "the wrong way",
        help: "turn the verb round, or say with `Direction` that it is meant so",
        fix: fix.map(|change| (format!("write `{better}`"), vec![change])),
    })
}

fn set(case: &KeyResultCase<'_>, field: &str, value: &str) -> Change {
    Change::SetField {
        element: case.id,
        field: field.to_owned(),
        value: Inline::from_plain(value),
    }
}

const SPEED: &[&str] = &[
    "accelerate",
    "accelerated",
    "accelerates",
    "accelerating",
    "ease",
    "expedite",
    "fix",
    "quicken",
    "speed",
    "speeds",
];

const RANKS: &[&str] = &[
    "grade", "place", "placed", "position", "rank", "ranked", "ranking", "rankings",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_key_result, check_rewrite};

    #[track_caller]
    fn check(key_result: &str, expected: Option<&str>) {
        let expected = expected.map(|message| format!("error 1.1: {message}"));
        check_key_result(&RULE, key_result, expected.as_deref().as_slice());
    }

    #[test]
    fn numbers_go_the_way_of_the_verb() {
        check(
            "Reduce close time from 6 to 8 days",
            Some("`Reduce` asks for less, but 6 → 8 days is more"),
        );
        check(
            "Raise on-time payments from 83% to 72%",
            Some("`Raise` asks for more, but 83 → 72% is less"),
        );
        check(
            "Cut errors;Baseline: 20;Target: 30",
            Some("`Cut` asks for less, but 20 → 30 is more"),
        );
        check(
            "Cut errors by 25%;Target: +25%",
            Some("`Cut` asks for less, but the change of +25% is more"),
        );
        check("Reduce close time from 8 to 6 days", None);
    }

    #[test]
    fn the_numbers_are_swapped_in_their_places() {
        check_rewrite(
            &RULE,
            "Reduce close time from 6 to 8 days",
            "Reduce close time from 8 to 6 days",
        );
        check_rewrite(
            &RULE,
            "Cut close time to 8 days (from 6)",
            "Cut close time to 6 days (from 8)",
        );
        check_rewrite(
            &RULE,
            "Cut errors;Baseline: 20;Target: 30",
            "Cut errors;Baseline: 30;Target: 20",
        );
        check_rewrite(
            &RULE,
            "Cut errors by 25%;Target: +25%",
            "Cut errors by 25%;Target: -25% of a baseline to be measured",
        );
    }

    #[test]
    fn the_direction_fits_numbers_and_verb() {
        check(
            "Open items;Direction: increase;Baseline: 400;Target: 250",
            Some("direction `increase` is against 400 → 250"),
        );
        check(
            "Cut errors;Direction: increase",
            Some("`Cut` is against direction `increase`"),
        );
        check(
            "Cut errors;Direction: decrease;Baseline: 40;Target: 20",
            None,
        );
        check("Cut errors to 5;Direction: keep", None);
    }

    #[test]
    fn a_verb_goes_the_good_way() {
        check(
            "Increase overdue balance",
            Some("`Increase` asks for more overdue balance, of which less is better"),
        );
        check_rewrite(
            &RULE,
            "Increase the overdue balance by 10%",
            "Cut the overdue balance by 10%",
        );
        check(
            "Reduce customer satisfaction by 10%",
            Some("`Reduce` asks for less customer satisfaction, of which more is better"),
        );
        check("Increase overdue balance;Direction: increase", None);
    }

    #[test]
    fn what_only_looks_wrong_is_left_alone() {
        for key_result in [
            "Increase capacity to cut wait from 9 to 5 days",
            "Raise staffing so that wait falls from 9 to 5 days",
            "Accelerate deployments from 1 to 4 per week",
            "Reduce net loss from -40k to -10k",
            "Raise our ranking from 8 to 3",
            "Increase error detection from 60% to 80%",
            "Increase on-time payments by 15%",
            "Increase the response rate from 10% to 20%",
            "Increase return on investment",
            "Grow the order backlog",
            "Expand our footprint to 12 countries",
            "Cut turnaround to 3 days;Baseline: 2 days",
            "Implement a 25% increase in debt recovery",
            "Increase resolved disputes from 40 to 60",
        ] {
            check(key_result, None);
        }
    }
}
