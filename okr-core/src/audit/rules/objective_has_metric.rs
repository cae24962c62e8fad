//! `objective-has-metric`: a number that belongs to a key result.

use crate::audit::wording::{behind_link, between, initiative, phrase, without};
use crate::audit::words::{stem, words};
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, ObjectiveCase, Question,
    Rule, Tier,
};
use crate::edit::Change;
use crate::model::{ElementId, Inline, KeyResult, Measure};
use crate::statement::{self, Lexicon, Reading, VerbClass};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "objective-has-metric",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Outcome,
    rank: 33,
    since: "0.1.0",
    docs: include_str!("objective_has_metric.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        let Some(metric) = objective.reading.metric else {
            continue;
        };
        let fix = fix(cx, objective);
        let finding = findings
            .report(&RULE, objective.id, "objective names a number to reach")
            .at_words(Some(metric))
            .label("belongs to a key result")
            .help("say here what will be different, and keep the number in a key result");
        finding.ask(Question {
            text: "What will be different, in words, once the number is reached?".to_owned(),
            element: objective.id,
            field: None,
            offer: fix.as_ref().and_then(|(_, rest)| rest.clone()),
        });
        finding.fix = fix.map(|(fix, _)| fix);
    }
}

/// Returns the fix, and the objective without the number where that still reads well.
fn fix(cx: &Context<'_>, case: &ObjectiveCase<'_>) -> Option<(Fix, Option<Inline>)> {
    let title = &case.objective.title;
    let reading = statement::read(&case.text, cx.plan.period, &cx.settings.lexicon);
    let target = reading.parts.target?;
    if !reading.is_outcome || reading.target.is_none() {
        return None;
    }
    if let Some(means) = reading.parts.means.filter(|means| means.contains(target)) {
        // The objective stands in front of what proves it.
        let words = between(behind_link(&case.text, means), None);
        let statement = initiative(title, &words, &cx.settings.lexicon);
        let rest = without(title, [means]);
        let rest = (!rest.is_empty()).then_some(rest);
        return Some((fix_of(cx, case, statement, rest.clone())?, rest));
    }
    // Of two goals only that with the number is a key result.
    let end = case
        .reading
        .second
        .filter(|second| target.end() <= second.start());
    let end = end.map_or(case.text.len(), Span::start);
    let start = reading.parts.label.map_or(0, Span::end);
    let purpose = purpose(&case.text, &reading, target);
    let cuts = purpose.filter(|purpose| purpose.start() < end);
    let statement = phrase(title, &between(Span::new(start, end), cuts));
    let rest = without_number(case, &reading, target, &cx.settings.lexicon);
    Some((fix_of(cx, case, statement, rest.clone())?, rest))
}

/// Returns the tail that says what the number is for, which stays with the objective.
fn purpose(text: &str, reading: &Reading, target: Span) -> Option<Span> {
    if let Some(purpose) = reading.parts.purpose {
        return (purpose.start() >= target.end()).then_some(purpose);
    }
    let tail = Span::new(target.end(), text.len());
    let mut words = words(tail.of(text)).skip_while(|(_, word)| *word != "for");
    let (link, _) = words.next()?;
    let is_purpose = words.take(2).any(|(_, word)| BETTER.contains(&word));
    is_purpose.then(|| Span::new(tail.start() + link.start(), text.trim_end().len()))
}

/// Words that tell what a number is for from whom it is of.
const BETTER: &[&str] = &[
    "better",
    "easier",
    "enhanced",
    "faster",
    "greater",
    "happier",
    "higher",
    "improved",
    "increased",
    "less",
    "lower",
    "more",
    "optimal",
    "optimised",
    "optimized",
    "reduced",
    "safer",
    "stronger",
    "sustainable",
    "sustained",
];

/// Returns the fix: a key result of the number, unless the objective has one or has as many as it may,
/// and the objective without it.
fn fix_of(
    cx: &Context<'_>,
    case: &ObjectiveCase<'_>,
    statement: Inline,
    rest: Option<Inline>,
) -> Option<Fix> {
    let ElementId::Objective(objective) = case.id else {
        return None;
    };
    let is_full = case.key_results.len() >= cx.settings.limits.key_results;
    let same = same(cx, case, &statement);
    let mut changes = Vec::new();
    let title = match same {
        Some(same) => format!("leave the number to key result {same}"),
        None if is_full => "leave the number to the key results".to_owned(),
        None => {
            changes.push(Change::AddKeyResult {
                objective,
                position: case.key_results.len(),
                key_result: Box::new(KeyResult {
                    title: statement,
                    ..KeyResult::default()
                }),
            });
            "make the number a key result of its own".to_owned()
        }
    };
    changes.extend(rest.map(|title| Change::SetTitle {
        element: case.id,
        title,
    }));
    (!changes.is_empty()).then_some(Fix {
        title,
        changes,
        applicability: Applicability::Unsafe,
    })
}

/// Returns the key result of the objective that has the number of a statement and measures the same or
/// a part of it.
fn same(cx: &Context<'_>, case: &ObjectiveCase<'_>, statement: &Inline) -> Option<ElementId> {
    let text = statement.plain();
    let reading = statement::read(&text, cx.plan.period, &cx.settings.lexicon);
    let measure = reading.complete(&Measure::default(), &text);
    let stems = |text: &str| -> Vec<String> {
        let stems = words(text).map(|(_, word)| stem(word).into_owned());
        stems.collect()
    };
    let named = stems(&measure.name.as_ref()?.plain());
    let has_it = |other: &&KeyResultCase<'_>| {
        let said = stems(&other.text);
        let value = |measure: &Measure| measure.target.as_ref()?.value(measure.start.as_ref());
        let is_same = match (value(&measure), value(&other.measure)) {
            (Some(one), Some(two)) => one.is_like(&two) && one.value == two.value,
            _ => measure.target == other.measure.target,
        };
        is_same && named.iter().all(|stem| said.contains(stem))
    };
    case.key_results.iter().find(has_it).map(|other| other.id)
}

/// Returns the objective without its number, or nothing where that would be half a sentence.
fn without_number(
    case: &ObjectiveCase<'_>,
    reading: &Reading,
    target: Span,
    lexicon: &Lexicon,
) -> Option<Inline> {
    let (text, parts) = (&*case.text, &reading.parts);
    let verb = parts.verb?;
    let stands = match parts.verb_class? {
        VerbClass::Increase | VerbClass::Decrease | VerbClass::Improve => true,
        // `Bring DSO down` says enough, `bring DSO` does not.
        VerbClass::Move => {
            let says_way = text[verb.end()..target.start()]
                .split_whitespace()
                .any(|word| word == "up" || word == "down");
            says_way || verb.of(text).eq_ignore_ascii_case("drive")
        }
        _ => false,
    };
    // A second number would be left over.
    let is_whole = parts.measure.is_some_and(|measure| {
        !measure.is_empty() && measure.end() <= target.start() && verb.end() <= measure.start()
    });
    if !stands || !is_whole || parts.second_target.is_some() {
        return None;
    }
    let cut = with_preposition(text, target, &["to", "by", "at"])?;
    let start = parts
        .start
        .map(|start| with_preposition(text, start, &["from"]));
    let start = match start {
        Some(None) => return None,
        other => other.flatten(),
    };
    let rest = without(
        &case.objective.title,
        [Some(cut), start].into_iter().flatten(),
    );
    let again = statement::read_objective(&rest.plain(), lexicon);
    again.metric.is_none().then_some(rest)
}

/// Returns a value with the preposition right before it.
fn with_preposition(text: &str, value: Span, prepositions: &[&str]) -> Option<Span> {
    let before = text[..value.start()].trim_end();
    let found = prepositions.iter().find(|word| {
        before
            .strip_suffix(**word)
            .is_some_and(|rest| rest.ends_with(char::is_whitespace))
    })?;
    Some(Span::new(before.len() - found.len(), value.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_objective_fix, check_objectives, findings};

    #[test]
    fn names_with_numbers_are_no_metrics() {
        check_objectives(
            &RULE,
            &[
                "Drive premium collection rate to 95% for improved investment income",
                "Bring DSO down to 45 days",
                "Achieve zero accidents on our sites",
            ],
            &[
                "Minimize overdue 90-day balances",
                "Earn the trust of hospital buyers with ISO 27001 discipline",
                "Turn the 24/7 hotline into a reason to stay",
            ],
        );
    }

    #[test]
    fn the_number_becomes_a_key_result() {
        for (title, objective, key_result) in [
            (
                "Drive premium collection rate to 95% for improved investment income",
                "Drive premium collection rate for improved investment income",
                "Drive premium collection rate to 95%",
            ),
            (
                "Bring *invoice approval* down from 9 days to 3",
                "Bring *invoice approval* down",
                "Bring *invoice approval* down from 9 days to 3",
            ),
            (
                "Raise NPS to 60 and rebuild the partner network",
                "Raise NPS and rebuild the partner network",
                "Raise NPS to 60",
            ),
            (
                "Become the partner that bakeries prefer by reaching an on-time delivery rate of 99%",
                "Become the partner that bakeries prefer",
                "Reach an on-time delivery rate of 99%",
            ),
            (
                "Bring DSO to 45 days",
                "Bring DSO to 45 days",
                "Bring DSO to 45 days",
            ),
        ] {
            check_objective_fix(
                &RULE,
                title,
                &format!("## Objective: {objective}\n\n### Key result: {key_result}\n"),
            );
        }
    }

    /// Returns the title of the fix, and the objective behind it, of an objective with key results.
    fn fixed(key_results: &[&str]) -> (String, String) {
        let mut text = "## Objective: Cut attrition to 8% to keep our knowledge\n".to_owned();
        for key_result in key_results {
            text.push_str("\n### Key result: ");
            text.push_str(key_result);
            text.push('\n');
        }
        let found = findings(&text);
        let found = found.into_iter().find(|finding| finding.rule == &RULE);
        let fix = found.and_then(|finding| finding.fix).expect("has a fix");
        let fixed = crate::edit::edit_all(&text, &fix.changes).expect("can be made");
        let objective = fixed.lines().next().unwrap_or_default().to_owned();
        let count = |text: &str| text.matches("### ").count();
        assert!(count(&fixed) <= count(&text) + 1);
        assert_eq!(
            count(&fixed) > count(&text),
            fix.title.contains("of its own")
        );
        (fix.title, objective)
    }

    #[test]
    fn no_key_result_is_added_where_it_is_there_or_there_are_enough() {
        let short = "## Objective: Cut attrition to keep our knowledge";
        for (key_results, title) in [
            (
                &["Regretted attrition from 14% to 8%"][..],
                "leave the number to key result 1.1",
            ),
            (&["A", "B", "C", "D"], "leave the number to the key results"),
            (
                &["Attrition of sellers from 14% to 9%"],
                "make the number a key result of its own",
            ),
        ] {
            let (found, objective) = fixed(key_results);
            assert_eq!((&*found, &*objective), (title, short));
        }
    }
}
