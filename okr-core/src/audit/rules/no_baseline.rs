//! `no-baseline`: a target whose way begins nowhere.

use crate::audit::measured::{GAP, Noun, name, rewrite, states_target};
use crate::audit::shared::{is_unread, last_status};
use crate::audit::words::{stem, words};
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Place, Question, Rule, Tier,
};
use crate::edit::Change;
use crate::model::{self, Bound, Direction, Status, Target, Unit};
use crate::statement::{self, Kind, VerbClass};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "no-baseline",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 30,
    since: "0.1.0",
    docs: include_str!("no_baseline.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let Some(target) = case.measure.target.as_ref() else {
            continue;
        };
        let is_open = last_status(case.key_result) != Some(Status::Cancelled)
            && !is_unread(case.key_result, "Baseline");
        if case.measure.start.is_some() || !is_open || !needs_start(case, target) {
            continue;
        }
        // In the user's words: `two-thirds` is no decimal number.
        let words = case.reading.parts.target.filter(|_| !states_target(case));
        let shown = words.map_or_else(
            || target.to_string(),
            |words| words.of(&case.text).to_owned(),
        );
        let message = if target.is_change() {
            format!("`{shown}` is counted from a start that is not known")
        } else {
            format!("the way to `{shown}` has no start")
        };
        let question = &case.key_result.measure.question;
        let asked = question
            .as_ref()
            .map(|question| question.plain().into_owned());
        let help = if asked.is_some() {
            "find it out in the first days, and write it into the field `Baseline`"
        } else {
            "write where it stands today into the field `Baseline`"
        };
        let text = asked.unwrap_or_else(|| match name(case) {
            Some(name) => format!("What is today's figure for {name}?"),
            None => "Where does the number stand today?".to_owned(),
        });
        let has_values = case
            .key_result
            .check_ins
            .iter()
            .any(|row| row.value.is_some());
        let finding = findings
            .report(&RULE, case.id, message)
            .at(Place::Field("baseline"))
            .label("from where?")
            .help(help)
            .ask(Question {
                text,
                element: case.id,
                field: Some("baseline"),
                offer: None,
            });
        if !states_target(case) {
            finding.at_words(case.reading.parts.target);
            if let Some(change) = with_gap(case) {
                finding.fix(Fix {
                    title: "say from where to where".to_owned(),
                    changes: vec![change],
                    applicability: Applicability::Display,
                });
            }
        }
        // Without the start no value that was measured can be judged.
        if matches!(target, Target::Relative(_)) && has_values {
            finding.level(Level::Error);
        }
    }
}

/// Returns whether a target is judged by the way to it: a change always is, a side of a bound is not
/// when it is only to be kept.
fn needs_start(case: &KeyResultCase<'_>, target: &Target) -> bool {
    let stated = case.key_result.measure.direction;
    let moves = match stated {
        Some(Direction::Keep) => return target.is_change(),
        Some(_) => true,
        None => matches!(
            case.reading.direction,
            statement::Direction::Increase | statement::Direction::Decrease
        ),
    };
    match target {
        Target::Relative(_) | Target::Change(_) => true,
        Target::Done | Target::FirstValue => false,
        Target::Between { .. } => moves,
        Target::Value { bound, value } => {
            let reading = &case.reading;
            // What is won or made is counted from nothing.
            let is_won = matches!(
                reading.parts.verb_class,
                Some(VerbClass::Obtain | VerbClass::Work | VerbClass::Activity)
            ) && value.unit != Unit::Percent;
            let is_kept = reading.direction == statement::Direction::Keep && stated.is_none();
            // Zero is as plain as a bound: it is there or not.
            let is_level = *bound == Bound::Reach && !value.value.is_zero();
            let is_work = reading.direction == statement::Direction::Complete
                && reading.kind != Kind::None
                && !states_target(case);
            (moves || is_level)
                && !is_won
                && !is_kept
                && !is_work
                && (moves || !starts_at_nothing(case))
        }
    }
}

/// Returns whether the statement counts up, within the period, from nothing: `£430k signed`, `12 of our
/// 15 largest customers`, `25 new customers`, `70% accounts migration`.
fn starts_at_nothing(case: &KeyResultCase<'_>) -> bool {
    if states_target(case) {
        return false;
    }
    let (reading, text) = (&case.reading, &*case.text);
    let Some(target) = reading.parts.target else {
        return false;
    };
    let lower = |(_, word): (Span, &str)| word.to_lowercase();
    let behind: Vec<_> = words(&text[target.end()..]).map(lower).collect();
    let has = |list: &[&str]| behind.iter().any(|word| list.contains(&&**word));
    let unit = reading.unit.as_deref();
    let is_money =
        unit.is_some_and(|unit| matches!(model::Unit::parse(unit), Some(model::Unit::Currency(_))));
    // Per day or week it is a rhythm, which has a past.
    let is_rhythm = has(&["per", "a", "each", "every", "daily", "weekly", "monthly"]);
    let is_label = |span: Span| {
        let label = reading.parts.label;
        label.is_some_and(|label| label.contains(span))
    };
    let leads = words(&text[..target.start()]).all(|(span, _)| is_label(span));
    match unit {
        _ if is_rhythm => false,
        _ if is_money => {
            let in_front = words(&text[..target.start()]).map(lower);
            let said: Vec<_> = in_front.chain(behind.iter().cloned()).collect();
            said.iter().any(|word| COUNTED_UP.contains(&&**word))
        }
        Some("%") => {
            let measure = reading
                .parts
                .measure
                .map(|measure| Noun::of(measure.of(text)));
            measure.is_some_and(|noun| WORK.contains(&&*stem(&noun.head)))
        }
        None => {
            let is_part = behind.first().is_some_and(|word| word == "of")
                && behind
                    .iter()
                    .skip(1)
                    .take(4)
                    .any(|word| word.bytes().all(|b| b.is_ascii_digit()));
            let is_new = behind.first().is_some_and(|word| NEW.contains(&&**word));
            is_part || leads && is_new
        }
        Some(_) => false,
    }
}

/// What is done to money that is counted up.
const COUNTED_UP: &[&str] = &[
    "banked",
    "booked",
    "closed",
    "collected",
    "committed",
    "donated",
    "invested",
    "invoiced",
    "paid",
    "pledged",
    "raised",
    "received",
    "recovered",
    "saved",
    "signed",
    "sold",
    "spent",
    "won",
];

/// Stems of nouns of work, of which nothing is done at first.
const WORK: &[&str] = &[
    "completion",
    "cutover",
    "deployment",
    "digitisation",
    "digitization",
    "implementation",
    "installation",
    "migration",
    "reconciliation",
    "renovation",
    "rollout",
    "transition",
];

/// `New`, as people write it.
const NEW: &[&str] = &[
    "additional",
    "extra",
    "first",
    "further",
    "new",
    "neue",
    "neuen",
    "neuer",
    "neues",
    "nouveaux",
    "nouvelles",
    "nuevas",
    "nuevos",
    "nuove",
    "nuovi",
];

/// Returns the statement with gaps for the two numbers.
fn with_gap(case: &KeyResultCase<'_>) -> Option<Change> {
    let target = case.reading.parts.target?;
    let before = case.text.get(..target.start())?;
    if case.measure.target.as_ref()?.is_change() {
        let by = before.strip_suffix("by ")?.len();
        let place = Span::new(by, target.end());
        return rewrite(case, &[(place, &format!("from {GAP} to {GAP}"))]);
    }
    let to = before
        .strip_suffix("to ")
        .filter(|before| before.ends_with(' '))?
        .len();
    // A number right before may be the start, though it was not read as such.
    let mut last = before[..to].split_whitespace().rev().take(2);
    if last.any(|word| word.contains(|c: char| c.is_ascii_digit())) {
        return None;
    }
    rewrite(case, &[(Span::new(to, to), &format!("from {GAP} "))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_key_result, check_rewrite, findings_of, plan_of};

    #[track_caller]
    fn check(key_result: &str, expected: &[&str]) {
        check_key_result(&RULE, key_result, expected);
    }

    #[test]
    fn a_change_needs_a_start() {
        check(
            "Increase collection rates by 25%",
            &["warning 1.1: `25%` is counted from a start that is not known"],
        );
        check(
            "Cut disputes by two-thirds",
            &["warning 1.1: `two-thirds` is counted from a start that is not known"],
        );
        check(
            "Cut disputes;Target: -40%",
            &["warning 1.1: `-40%` is counted from a start that is not known"],
        );
        check("Increase collection rates by 25%;Baseline: 60%", &[]);
        check("Increase collection rates from 60% by 25%", &[]);
        check(
            "Raise NPS by 4 points",
            &["warning 1.1: `4 points` is counted from a start that is not known"],
        );
    }

    #[test]
    fn a_level_to_be_reached_needs_a_start() {
        check(
            "Error rate down to 1%",
            &["warning 1.1: the way to `1%` has no start"],
        );
        check(
            "Reach an NPS of 50",
            &["warning 1.1: the way to `50` has no start"],
        );
        check(
            "Reduce churn rate of large accounts to below 5%",
            &["warning 1.1: the way to `below 5%` has no start"],
        );
        check(
            "Reduce the number of overdue payments to zero",
            &["warning 1.1: the way to `zero` has no start"],
        );
        check("Cut DSO from 52 to 44 days", &[]);
    }

    #[test]
    fn what_is_kept_or_counted_from_nothing_needs_none() {
        for key_result in [
            "Sign 20 new accounts",
            "Win new accounts;Target: 20 accounts",
            "Train 90% of customers on the portal",
            "Launch the portal",
            "Hold DSO at 41 days",
            "Keep credit notes at or below 2% of billings",
            "Zero late vendor payments",
            "Unapplied cash below EUR 10k",
            "Credit notes;Direction: keep;Target: at most 2%",
            "Improve quality",
            "Raise revenue to EUR 2M;Baseline: 900.000 €",
            "UK renewals: £430k of £500k signed before 1 December",
            "12 of our 15 largest customers receive our e-invoices",
            "25 neue Kunden bis Ende Q4",
            "25 new customers",
            "Achieve 70% accounts migration",
            "$50k marketing budget spent",
        ] {
            check(key_result, &[]);
        }
    }

    #[test]
    fn what_was_there_before_has_a_start() {
        for key_result in [
            "25 new customers a week",
            "70% of accounts on the portal",
            "EUR 400 average order value",
            "40 open tickets",
            "25 new customers;Target: 25 customers",
        ] {
            assert_eq!(findings_of(&RULE, key_result).len(), 1, "{key_result}");
        }
    }

    #[test]
    fn the_question_of_the_plan_is_asked() {
        let found = findings_of(
            &RULE,
            "Raise billing accuracy to 98%;Baseline: to be measured;Baseline question: Which share is right today?;Target: 98%",
        );
        let question = found[0].question.as_ref().expect("asks");
        assert_eq!(question.text, "Which share is right today?");
        assert_eq!(question.field, Some("baseline"));
        let found = findings_of(&RULE, "Raise the billing accuracy to 98%");
        let question = found[0].question.as_ref().expect("asks");
        assert_eq!(
            question.text,
            "What is today's figure for billing accuracy?"
        );
    }

    #[test]
    fn values_that_cannot_be_judged_are_an_error() {
        let text = |key_result| {
            format!(
                "{}\n| Date | Value |\n|---|---|\n| 2026-11-06 | 61% |\n",
                plan_of(key_result)
            )
        };
        let level = |key_result| {
            let found = crate::audit::testing::findings(&text(key_result));
            found
                .into_iter()
                .find(|finding| finding.rule == &RULE)
                .map(|finding| finding.level)
        };
        assert_eq!(level("Raise the rate;Target: +25%"), Some(Level::Error));
        assert_eq!(level("Raise the rate;Target: 85%"), Some(Level::Warning));
    }

    #[test]
    fn a_number_right_before_leaves_no_gap() {
        for finding in findings_of(&RULE, "Falls with injury 2.9 to 1.5 per 1,000 bed days") {
            assert_eq!(finding.fix, None);
        }
    }

    #[test]
    fn the_gap_stands_where_the_start_belongs() {
        check_rewrite(
            &RULE,
            "Increase collection rates by 25%",
            "Increase collection rates from … to …",
        );
        check_rewrite(
            &RULE,
            "Raise billing accuracy to 98% by mid-Q4",
            "Raise billing accuracy from … to 98% by mid-Q4",
        );
    }
}
