//! `two-metrics`: two results in one key result.

use crate::audit::wording::{capitalized, imperative, phrase};
use crate::audit::words::words;
use crate::audit::{Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Rule, Tier};
use crate::edit::Change;
use crate::model::{ElementId, Inline, KeyResult};
use crate::statement;
use crate::syntax::Part;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "two-metrics",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 32,
    since: "0.1.0",
    docs: include_str!("two_metrics.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let Some(second) = case.reading.parts.second_target else {
            continue;
        };
        let fix = fix(cx, case, second);
        let finding = findings
            .report(&RULE, case.id, "key result has two targets")
            .at_words(Some(second))
            .label("another target")
            .help("make two of it, so that one can be met without the other");
        finding.fix = fix;
    }
}

fn fix(cx: &Context<'_>, case: &KeyResultCase<'_>, second: Span) -> Option<Fix> {
    let ElementId::KeyResult(objective, position) = case.id else {
        return None;
    };
    let parts = &case.reading.parts;
    let target = parts
        .target
        .filter(|target| target.end() <= second.start())?;
    let link = link(&case.text, Span::new(target.end(), second.start()))?;
    let (first, second) = halves(cx, case, link)?;
    let read = |title: &Inline| {
        let reading = statement::read(&title.plain(), cx.plan.period, &cx.settings.lexicon);
        reading.target.is_some() && reading.parts.second_target.is_none()
    };
    if !read(&first) || !read(&second) {
        return None;
    }
    let key_result = KeyResult {
        title: second,
        owner: case.key_result.owner.clone(),
        due: case.key_result.due,
        ..KeyResult::default()
    };
    Some(Fix {
        title: "split it into two key results".to_owned(),
        changes: vec![
            Change::SetTitle {
                element: case.id,
                title: first,
            },
            Change::AddKeyResult {
                objective,
                position: position + 1,
                key_result: Box::new(key_result),
            },
        ],
        applicability: Applicability::Unsafe,
    })
}

/// Returns the first words that join two targets.
fn link(text: &str, within: Span) -> Option<Span> {
    const LINKS: [&str; 7] = ["and", "while", "plus", "as well as", "but", ";", ","];
    let between = within.of(text);
    let found = between.char_indices().find_map(|(at, _)| {
        let rest = &between[at..];
        let link = LINKS.iter().find(|link| {
            let is_sign = !link.starts_with(char::is_alphabetic);
            let opens = rest
                .get(..link.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(link));
            opens
                && (is_sign
                    || between[..at].ends_with(char::is_whitespace)
                        && rest[link.len()..].starts_with(char::is_whitespace))
        })?;
        Some(Span::new(at, at + link.len()))
    })?;
    // `, and` and `, while also` are one link.
    let mut end = found.end();
    while let Some((next, word)) = words(&between[end..]).next() {
        let gap = &between[end..end + next.start()];
        let goes_on = ["and", "while", "also", "then", "plus"]
            .iter()
            .any(|link| word.eq_ignore_ascii_case(link));
        if !goes_on
            || !gap
                .trim_matches(|c: char| c.is_whitespace() || c == ',')
                .is_empty()
        {
            break;
        }
        end += next.end();
    }
    Some(Span::new(
        within.start() + found.start(),
        within.start() + end,
    ))
}

/// Returns the words before and behind a link as a title each; what both need stands in both.
fn halves(cx: &Context<'_>, case: &KeyResultCase<'_>, link: Span) -> Option<(Inline, Inline)> {
    let (title, text) = (&case.key_result.title, &*case.text);
    let parts = &case.reading.parts;
    let lexicon = &cx.settings.lexicon;
    let one = Span::new(0, link.start());
    let two = Span::new(link.end(), text.len());
    let day = parts.deadline;

    let mut first = vec![Part::Words(one)];
    if let Some(day) = day.filter(|day| two.contains(*day)) {
        first.push(Part::Words(day));
    }
    if let Some(stop) = text.trim_end().strip_suffix('.') {
        first.push(Part::Words(Span::new(stop.len(), stop.len() + 1)));
    }

    let (opening, word) = words(two.of(text)).next()?;
    let opening = Span::new(two.start() + opening.start(), two.start() + opening.end());
    let rest = statement::read(two.of(text), cx.plan.period, lexicon);
    let verb = rest.parts.verb.map(|verb| verb.start() + two.start());
    let has_verb = verb == Some(opening.start());
    let gerund = word
        .ends_with("ing")
        .then(|| imperative(word, lexicon))
        .flatten();
    let imperative = gerund.filter(|_| has_verb).map(|verb| capitalized(&verb));
    let mut second = Vec::new();
    if has_verb {
        if let Some(imperative) = &imperative {
            second.push(Part::Instead(opening, imperative));
            second.push(Part::Words(Span::new(opening.end(), two.end())));
        } else {
            second.push(Part::Words(two));
        }
    } else {
        second.extend(
            parts
                .verb
                .filter(|verb| one.contains(*verb))
                .map(Part::Words),
        );
        second.push(Part::Words(two));
    }
    if let Some(day) = day.filter(|day| one.contains(*day)) {
        let stop = text.trim_end().ends_with('.');
        if let Some(Part::Words(last)) = second.last_mut() {
            let len = last.of(text).trim_end().trim_end_matches('.').len();
            *last = Span::new(last.start(), last.start() + len);
        }
        second.push(Part::Words(day));
        if stop {
            second.push(Part::New("."));
        }
    }
    let first = phrase(title, &first);
    let second = phrase(title, &second);
    (!first.is_empty() && !second.is_empty()).then_some((first, second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Settings;
    use crate::audit::testing::{check_fix, check_wording};

    #[test]
    fn one_target_with_an_and_is_one() {
        check_wording(
            &RULE,
            &["Cut DSO to 45 and bad debt to 1%"],
            &[
                "Train 100% of billing team members on new software tools and processes.",
                "Initiate and finish 100% reconciliation of 10 major accounts within first 4 weeks",
                "Sign 5,000 users by the end of October and 8,000 by the end of November",
                "Improve the speed and accuracy of billing by 10%",
                "Cut DSO 🚀🇦🇹 to 45 für Ämter 🚀",
            ],
        );
    }

    #[test]
    fn each_half_is_a_sentence() {
        for (title, first, second) in [
            (
                "Cut DSO to 45 and bad debt to 1%",
                "Cut DSO to 45",
                "Cut bad debt to 1%",
            ),
            (
                "Cut DSO from 52 to 45 days and reduce bad debt to 1%.",
                "Cut DSO from 52 to 45 days.",
                "Reduce bad debt to 1%.",
            ),
            (
                "Increase revenue from $4M to $5M, while keeping churn below 3%",
                "Increase revenue from $4M to $5M",
                "Keep churn below 3%",
            ),
            (
                "Raise **accuracy** to 98% and on-time payment to 90% by the end of Q4",
                "Raise **accuracy** to 98% by the end of Q4",
                "Raise on-time payment to 90% by the end of Q4",
            ),
        ] {
            check_fix(
                &RULE,
                Settings::default(),
                title,
                &format!("### Key result: {first}\n\n### Key result: {second}\n"),
            );
        }
    }
}
