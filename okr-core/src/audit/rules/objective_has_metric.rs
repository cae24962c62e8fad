//! `objective-has-metric`: a number that belongs to a key result.

use crate::audit::wording::{behind_link, between, initiative, phrase, without};
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, Level, ObjectiveCase, Question, Rule, Tier,
};
use crate::edit::Change;
use crate::model::{ElementId, Inline, KeyResult};
use crate::statement::{self, Lexicon, Reading, VerbClass};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "objective-has-metric",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Outcome,
    rank: 33,
    since: "0.2.0",
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
    let ElementId::Objective(objective) = case.id else {
        return None;
    };
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
        return Some((fix_of(case, objective, statement, rest.clone()), rest));
    }
    // Of two goals only that with the number is a key result.
    let end = case
        .reading
        .second
        .filter(|second| target.end() <= second.start());
    let end = end.map_or(case.text.len(), Span::start);
    let start = reading.parts.label.map_or(0, Span::end);
    let statement = phrase(title, &between(Span::new(start, end), None));
    let rest = without_number(case, &reading, target, &cx.settings.lexicon);
    Some((fix_of(case, objective, statement, rest.clone()), rest))
}

fn fix_of(
    case: &ObjectiveCase<'_>,
    objective: usize,
    statement: Inline,
    rest: Option<Inline>,
) -> Fix {
    let mut changes = vec![Change::AddKeyResult {
        objective,
        position: case.key_results.len(),
        key_result: Box::new(KeyResult {
            title: statement,
            ..KeyResult::default()
        }),
    }];
    changes.extend(rest.map(|title| Change::SetTitle {
        element: case.id,
        title,
    }));
    Fix {
        title: "make the number a key result of its own".to_owned(),
        changes,
        applicability: Applicability::Unsafe,
    }
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
    use crate::audit::testing::{check_objective_fix, check_objectives};

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
                "Drive premium collection rate to 95% for improved investment income",
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
}
