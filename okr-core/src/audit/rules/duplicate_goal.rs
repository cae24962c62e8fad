//! `duplicate-goal`: two key results that measure the same.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::ambiguous_deadline;
use crate::audit::shared::last_status;
use crate::audit::wording::behind_link;
use crate::audit::words::{lower, stem, words};
use crate::audit::work::{Work, work};
use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Rule, Tier};
use crate::model::{Status, Target};
use crate::statement::{self, Kind, Lexicon, Parts, VerbClass};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "duplicate-goal",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Focus,
    rank: 24,
    since: "0.1.0",
    docs: include_str!("duplicate_goal.md"),
    check,
};

/// Looks each key result up among those before it by what it measures, so that the time grows with
/// their number and not with its square.
///
/// Where a field says what is measured, the statement counts only against one without such a field.
fn check(cx: &Context<'_>, findings: &mut Findings) {
    // By the field, or by the statement where there is no such field.
    let mut by_measure = Seen::new();
    // By the statement alone, those with such a field apart from those without.
    let (mut with_field, mut without_field) = (Seen::new(), Seen::new());
    // What was given up may have been written anew.
    let is_open =
        |case: &&KeyResultCase<'_>| last_status(case.key_result) != Some(Status::Cancelled);
    for case in cx.key_results().filter(is_open) {
        let name = case.key_result.measure.name.as_ref();
        let field = name.and_then(|name| key(&name.plain()));
        let statement = key(&measured_part(cx, case));
        let (same, opposite) = if field.is_some() {
            (&mut with_field, &without_field)
        } else {
            (&mut without_field, &with_field)
        };
        let measure = field.as_ref().or(statement.as_ref());
        if let Some(other) = measure
            .and_then(|key| by_measure.get(key))
            .or_else(|| opposite.get(statement.as_ref()?))
        {
            report(cx, case, other, findings);
        }
        if let Some(measure) = measure {
            by_measure.entry(measure.clone()).or_insert(case);
        }
        if let Some(statement) = statement {
            same.entry(statement).or_insert(case);
        }
    }
}

/// Returns the words that tell what a statement counts from what others count, in a normal form; nothing where it has
/// none.
pub(super) fn statement_key(statement: &str, lexicon: &Lexicon) -> Option<String> {
    let reading = statement::read(statement, None, lexicon);
    key(&without_sizes(statement, &reading.parts))
}

/// The first key result of each measure.
type Seen<'c, 'p> = HashMap<String, &'c KeyResultCase<'p>>;

fn report(
    cx: &Context<'_>,
    case: &KeyResultCase<'_>,
    other: &KeyResultCase<'_>,
    findings: &mut Findings,
) {
    let differ = matches!((size(case), size(other)), (Some(one), Some(two)) if one != two);
    // Without a day of its own a key result is due when the period ends.
    let end = cx.plan.period.map(|period| period.end());
    let is_staged = differ && case.due.or(end) != other.due.or(end);
    let (how, help) = if is_staged {
        (
            "with another target for another day",
            "keep the later one, and what is to be reached before as a dated step",
        )
    } else if differ {
        (
            "with another target",
            "agree on one target, and keep one of the two",
        )
    } else {
        (
            "said twice",
            "keep one of the two, and mention it under the other objective",
        )
    };
    let finding = findings
        .report(
            &RULE,
            case.id,
            format!("measures the same as key result {}, {how}", other.id),
        )
        .help(help);
    if differ && !is_staged {
        finding.level(Level::Error);
    }
}

/// Returns the size of a target, and whether it is a change.
fn size(case: &KeyResultCase<'_>) -> Option<(bool, Decimal)> {
    if let Some(target) = &case.measure.target {
        return match target {
            Target::Value { value, .. } => Some((false, value.value)),
            Target::Between { low, .. } => Some((false, low.value)),
            Target::Relative(percent) => Some((true, percent.abs())),
            Target::Change(change) => Some((true, change.value.abs())),
            Target::Done | Target::FirstValue => None,
        };
    }
    let is_change = matches!(
        case.reading.kind,
        Kind::RelativeChange | Kind::AbsoluteChange
    );
    case.reading.target.map(|target| (is_change, target))
}

/// Returns the statement without what may differ between two ways to say the same: the verb that says
/// which way, the numbers, the deadline and the means.
fn measured_part(cx: &Context<'_>, case: &KeyResultCase<'_>) -> String {
    if let Some(Work::TaskFor(purpose)) = work(cx, case) {
        // The result is what the work is for.
        let text = behind_link(&case.text, purpose).of(&case.text);
        let reading = statement::read(text, cx.plan.period, &cx.settings.lexicon);
        return without_sizes(text, &reading.parts);
    }
    without_sizes(&case.text, &case.reading.parts)
}

fn without_sizes(text: &str, parts: &Parts) -> String {
    // Other verbs say what is counted: 20 accounts signed are not 20 accounts closed.
    let verb = parts.verb.filter(|_| {
        matches!(
            parts.verb_class,
            Some(
                VerbClass::Increase
                    | VerbClass::Decrease
                    | VerbClass::Improve
                    | VerbClass::Keep
                    | VerbClass::Reach
                    | VerbClass::Move
            )
        )
    });
    let dropped = [
        parts.label,
        verb,
        parts.start,
        parts.target,
        parts.bound,
        parts.unit,
        parts.deadline,
        parts.means,
        parts.purpose,
        parts.vague,
        ambiguous_deadline::phrase(text),
    ];
    let is_dropped = |word: Span| dropped.iter().flatten().any(|part| part.contains(word));
    let mut kept = String::new();
    let mut words = words(text).peekable();
    while let Some((span, _)) = words.next() {
        let next = words.peek().map_or(text.len(), |next| next.0.start());
        if !is_dropped(span) {
            // With the signs behind it, as they tell a percentage from a name.
            kept.push_str(Span::new(span.start(), next).of(text));
        }
        kept.push(' ');
    }
    kept
}

/// Returns the words that tell one measure from another, sorted, each once.
///
/// Nothing comes back when none is left.
pub(super) fn key(text: &str) -> Option<String> {
    let words: Vec<_> = words(text).collect();
    let mut kept = Vec::with_capacity(words.len());
    let mut is_behind_number = false;
    for (index, (span, word)) in words.iter().enumerate() {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let before = index.checked_sub(1).map(|before| words[before].1);
        let is_value = is_number
            && (text[span.end()..].trim_start().starts_with('%')
                || is_behind_number
                || before.is_some_and(|word| BEFORE_VALUES.contains(&&*lower(word))));
        if is_value {
            is_behind_number = true;
            continue;
        }
        let stem = stem(word);
        let is_unit = is_behind_number && UNITS.contains(&&*stem);
        is_behind_number = false;
        if !is_unit && !FILLERS.contains(&&*stem) && !CHANGES.contains(&&*stem) {
            kept.push(stem);
        }
    }
    kept.sort_unstable();
    kept.dedup();
    (!kept.is_empty()).then(|| kept.join(" "))
}

/// A number behind one of these is a value, others such as `over 60 days` or `ISO 27001` are a part of
/// the name.
const BEFORE_VALUES: &[&str] = &[
    "at", "below", "by", "from", "least", "most", "than", "to", "under",
];

const UNITS: &[&str] = &[
    "percent", "point", "pp", "bps", "day", "hour", "minute", "second", "week", "month", "year",
    "eur", "usd", "gbp", "chf", "k", "m", "x",
];

const FILLERS: &[&str] = &[
    "a",
    "all",
    "amount",
    "an",
    "and",
    "are",
    "asap",
    "at",
    "average",
    "avg",
    "be",
    "below",
    "by",
    "count",
    "each",
    "for",
    "from",
    "in",
    "is",
    "it",
    "least",
    "level",
    "mean",
    "median",
    "more",
    "most",
    "number",
    "of",
    "or",
    "our",
    "overall",
    "percent",
    "percentage",
    "proportion",
    "share",
    "soon",
    "than",
    "that",
    "the",
    "their",
    "to",
    "total",
    "under",
    "we",
    "with",
];

/// Stems of words that say which way and not what.
const CHANGES: &[&str] = &[
    "achieve", "bring", "boost", "cut", "decrease", "drop", "faster", "fewer", "grow", "higher",
    "improve", "increase", "keep", "lift", "less", "lower", "maintain", "minimise", "minimize",
    "raise", "reach", "reduce", "shorten", "shorter", "shrink",
];

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::audit::testing::{check as check_rule, findings};

    /// Checks what is found in a plan of key results, each a statement with its fields.
    #[track_caller]
    fn check(key_results: &[&str], expected: &[&str]) {
        let mut text = "## Objective: Get paid sooner\n".to_owned();
        for key_result in key_results {
            let (title, fields) = key_result.split_once(';').unwrap_or((key_result, ""));
            let _ = write!(text, "\n### Key result: {title}\n\n");
            for field in fields.split(';').filter(|field| !field.is_empty()) {
                let _ = writeln!(text, "- {}", field.trim());
            }
        }
        check_rule(&RULE, &text, expected);
    }

    #[test]
    fn verbs_and_sizes_do_not_make_another_goal() {
        check(
            &[
                "Reduce invoice processing time by 30%",
                "Cut the average invoice processing time by 30%, late in the quarter",
            ],
            &["warning 1.2: measures the same as key result 1.1, said twice"],
        );
        check(
            &[
                "Cut dispute cycle;Target: -20%",
                "Shorten the dispute cycle;Target: -30%",
            ],
            &["error 1.2: measures the same as key result 1.1, with another target"],
        );
    }

    #[test]
    fn work_counts_by_what_it_is_for() {
        check(
            &[
                "Increase on-time payments by 30%",
                "Implement an automated reminder system to increase on-time payments by 15%",
                "Implement an automated reminder system to increase prepaid orders by 15%",
            ],
            &["error 1.2: measures the same as key result 1.1, with another target"],
        );
    }

    #[test]
    fn the_first_of_several_is_named() {
        check(
            &[
                "Cut invoice time;Target: -30%",
                "Cut invoice time;Target: -30%",
                "Cut invoice time;Target: -15%",
            ],
            &[
                "error 1.3: measures the same as key result 1.1, with another target",
                "warning 1.2: measures the same as key result 1.1, said twice",
            ],
        );
    }

    #[test]
    fn what_was_given_up_may_be_written_anew() {
        check_rule(
            &RULE,
            "## Objective: Get paid sooner\n\n### Key result: Cut disputes by 10%\n\n\
             | Date | Status |\n|---|---|\n| 2026-11-06 | cancelled |\n\n\
             ### Key result: Cut disputes by 20%\n",
            &[],
        );
    }

    #[test]
    fn stretches_of_one_way_are_told_apart_and_one_stretch_is_not() {
        check(
            &[
                "Reduce invoice processing time by 30%;Target: -30%",
                "Reduce average invoice processing time by 30%;Target: -30%",
                "Reduce invoice processing errors by 20%;Target: -20%",
                "Reduce average invoice processing time by 15%;Target: -15%",
                "Increase on-time payments by 30%;Target: +30%",
                "Achieve 100% on-time payments for all vendor invoices within net 30;Target: 100%",
            ],
            &[
                "error 1.4: measures the same as key result 1.1, with another target",
                "warning 1.2: measures the same as key result 1.1, said twice",
            ],
        );
    }

    #[test]
    fn steps_towards_one_target_are_not_a_contradiction() {
        check(
            &[
                "Raise billing accuracy;Target: 95%;Due: 2026-11-15",
                "Raise billing accuracy;Target: 98%;Due: 2026-12-31",
            ],
            &[
                "warning 1.2: measures the same as key result 1.1, with another target for another day",
            ],
        );
    }

    #[test]
    fn what_is_counted_and_of_whom_makes_another_goal() {
        check(
            &[
                "Cut receivables over 60 days by 20%",
                "Cut receivables over 90 days by 20%",
                "Raise on-time payments of small customers to 80%",
                "Raise on-time payments of large customers to 80%",
                "Sign 20 accounts",
                "Convert 20 accounts",
                "Obtain ISO 27001 certification",
                "Obtain ISO 9001 certification",
                "Cut payment time by 10%",
            ],
            &[],
        );
    }

    #[test]
    fn the_measure_decides_where_both_name_one() {
        check(
            &[
                "Raise accuracy to 98%;Measure: share of bills without a correction",
                "Raise accuracy to 98%;Measure: share of salaries without a correction",
                "Fewer surprises at the close;Measure: bills without correction",
                "Raise accuracy to 98%",
            ],
            &[
                "warning 1.3: measures the same as key result 1.1, said twice",
                "warning 1.4: measures the same as key result 1.1, said twice",
            ],
        );
    }

    #[test]
    fn a_measure_that_says_nothing_is_no_measure() {
        check(
            &[
                "Raise accuracy;Measure: number",
                "Cut disputes;Measure: number",
                "10% more",
                "20% less",
            ],
            &[],
        );
    }

    #[test]
    fn a_thousand_key_results_of_one_measure_are_looked_up_one_by_one() {
        let text = crate::audit::testing::plan(&[3000]).replace("Figure", "Late payers to 10%");
        let found = findings(&text);
        assert!(
            found
                .iter()
                .any(|finding| finding.element.to_string() == "1.3000")
        );
    }
}
