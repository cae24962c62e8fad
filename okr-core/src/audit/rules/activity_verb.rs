//! `activity-verb`: a key result that says what people will be busy with.

use super::no_number;
use crate::audit::measured::{GAP, like, rewrite, states_target};
use crate::audit::vague::is_measure;
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Question, Rule, Tier,
};
use crate::statement::{Kind, VerbClass};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "activity-verb",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Outcome,
    rank: 34,
    since: "0.1.0",
    docs: include_str!("activity_verb.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let Some(span) = activity(case) else {
            continue;
        };
        let verb = span.of(&case.text);
        let finding = findings
            .report(
                &RULE,
                case.id,
                format!("`{verb}` names effort, which is made whether or not anything comes of it"),
            )
            .at_words(Some(span))
            .label("no result")
            .help("say what will be different afterwards, and keep this as an initiative")
            .ask(Question {
                text: "What will be different when that has been done, and which number shows it?"
                    .to_owned(),
                element: case.id,
                field: None,
                offer: None,
            });
        no_number::speak(cx, case, finding);
        // With a number of its own the sentence has no place for another, and of most objects there is
        // none.
        let object = Span::new(span.end(), end(case));
        let title = (case.reading.kind == Kind::None)
            .then(|| object.of(&case.text).trim())
            .filter(|object| is_measure(object, &cx.settings.lexicon))
            .map(|object| format!("{}: from {GAP} to {GAP}", like(verb, object)));
        let change = title.and_then(|title| {
            let whole = Span::new(span.start(), end(case));
            rewrite(case, &[(whole, &title)])
        });
        if let Some(change) = change {
            finding.fix(Fix {
                title: format!("measure what comes of it, not the `{verb}`"),
                changes: vec![change],
                applicability: Applicability::Display,
            });
        }
    }
}

/// Returns where the verb of effort stands, if the key result is nothing but effort.
pub(super) fn activity(case: &KeyResultCase<'_>) -> Option<Span> {
    if states_target(case) {
        return None;
    }
    let verb = case.reading.parts.verb?;
    // `Continue to keep churn below 5%` has its number, and a verb for it.
    let is_lead_in = case.text.get(verb.end()..)?.starts_with(" to ")
        && !matches!(case.reading.kind, Kind::None | Kind::Milestone);
    if is_lead_in {
        return None;
    }
    let first = verb
        .of(&case.text)
        .split_whitespace()
        .next()?
        .to_lowercase();
    let is_effort = match case.reading.parts.verb_class? {
        // It has a rule of its own.
        VerbClass::Activity => !first.starts_with("manag"),
        // With a number it is a piece of work.
        VerbClass::Work => {
            LOOKING.contains(&&*first) && matches!(case.reading.kind, Kind::None | Kind::Milestone)
        }
        _ => false,
    };
    is_effort.then_some(verb)
}

/// Returns where the object of the verb ends: before the tails, and without white space.
fn end(case: &KeyResultCase<'_>) -> usize {
    let parts = &case.reading.parts;
    let tails = [parts.deadline, parts.means, parts.purpose];
    let behind = |span: &Span| parts.verb.is_some_and(|verb| span.start() > verb.end());
    let first = tails.into_iter().flatten().filter(behind);
    let end = first.map(Span::start).min().unwrap_or(case.text.len());
    case.text
        .get(..end)
        .map_or(end, |text| text.trim_end().len())
}

/// Verbs of work that only look at things.
const LOOKING: &[&str] = &[
    "analyse", "analyze", "assess", "examine", "research", "review", "study",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_rewrite, findings_of};

    #[track_caller]
    fn check(key_result: &str, verb: Option<&str>) {
        let found = findings_of(&RULE, key_result);
        let found: Vec<_> = found.iter().map(|finding| &*finding.message).collect();
        let expected: Vec<_> = verb
            .map(|verb| {
                format!("`{verb}` names effort, which is made whether or not anything comes of it")
            })
            .into_iter()
            .collect();
        let is_same = found.len() == expected.len()
            && found
                .iter()
                .zip(&expected)
                .all(|(one, start)| one.starts_with(start));
        assert!(is_same, "{key_result}: {found:?}");
    }

    #[test]
    fn effort_without_a_number_is_an_error_and_says_so() {
        let level = |key_result| {
            let found = findings_of(&RULE, key_result).remove(0);
            (found.level, found.message.ends_with("there is no number"))
        };
        assert_eq!(level("Explore new channels"), (Level::Error, true));
        assert_eq!(level("Monitor 40 servers"), (Level::Warning, false));
    }

    #[test]
    fn effort_is_reported_by_its_verb() {
        check("Support audits with timely data", Some("Support"));
        check("Help customers cut churn by 5%", Some("Help"));
        check("Monitor 40 servers", Some("Monitor"));
        check("Participate in 5 trade fairs", Some("Participate in"));
        check("Work on the backlog", Some("Work on"));
        check("Review the refund process", Some("Review"));
        check("Analyse payment patterns", Some("Analyse"));
        check("Explore new channels", Some("Explore"));
    }

    #[test]
    fn results_and_pieces_of_work_are_not() {
        check("Auditor requests answered within 2 days: 60% to 95%", None);
        check("Review 30 supplier contracts", None);
        check("Install dunning software", None);
        check("Cut support tickets from 400 to 250", None);
        check("Manage vendor contracts", None);
        check("Continue to keep churn below 5%", None);
        check("Improve approval time", None);
    }

    #[test]
    fn a_stated_target_measures_what_comes_of_it() {
        check(
            "Support audits;Measure: requests answered within 2 days;Target: 95%",
            None,
        );
        check("Support audits;Target: done", Some("Support"));
    }

    #[test]
    fn an_object_that_is_a_measure_is_kept_for_a_number() {
        check_rewrite(
            &RULE,
            "Monitor the churn rate of large accounts by mid-Q4",
            "The churn rate of large accounts: from … to … by mid-Q4",
        );
        for key_result in [
            "Support audits with timely data",
            "Raise awareness of food poverty in the community",
            "Explore new channels",
        ] {
            let found = findings_of(&RULE, key_result);
            assert!(found[0].fix.is_none(), "{key_result}");
        }
    }
}
