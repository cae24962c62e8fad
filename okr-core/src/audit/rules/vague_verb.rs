//! `vague-verb`: a verb that says neither which way nor how far.

use super::activity_verb;
use crate::audit::measured::{GAP, like, noun, rewrite, states_target};
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Question, Rule, Tier,
};
use crate::statement::{Direction, Kind, VerbClass};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "vague-verb",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 33,
    since: "0.2.0",
    docs: include_str!("vague_verb.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        if activity_verb::activity(case).is_some() {
            continue;
        }
        let Some(span) = vague_verb(case) else {
            continue;
        };
        let verb = span.of(&case.text);
        let better = better(case, cx);
        let finding = findings
            .report(
                &RULE,
                case.id,
                match better {
                    Some(_) => format!("`{verb}` does not say from where to where"),
                    None => format!("`{verb}` says neither which way nor how far"),
                },
            )
            .at_words(Some(span))
            .label("how far?");
        let measure = case.reading.parts.measure;
        let after = |words: &Span| words.start() >= span.end();
        let change = better
            .zip(measure.filter(after))
            .and_then(|(better, measure)| {
                let gap = format!(" from {GAP} to {GAP}");
                let behind = Span::new(measure.end(), measure.end());
                rewrite(case, &[(span, &like(verb, better)), (behind, &gap)])
            });
        match (better, change) {
            (Some(better), Some(change)) => {
                finding
                    .help(format!("write `{better}`, and the two numbers"))
                    .fix(Fix {
                        title: format!("write `{better}` and from where to where"),
                        changes: vec![change],
                        applicability: Applicability::Display,
                    });
            }
            _ => {
                finding
                    .help("name the number that shows it, where it stands and where it is to be");
            }
        }
        finding.ask(Question {
            text: "Which number shows it, where does it stand today and where is it to be?"
                .to_owned(),
            element: case.id,
            field: None,
            offer: None,
        });
    }
}

/// Returns where the verb stands, if nothing but the verb says what is to happen.
fn vague_verb(case: &KeyResultCase<'_>) -> Option<Span> {
    if states_target(case) {
        return None;
    }
    let verb = case.reading.parts.verb?;
    let word = verb.of(&case.text).to_lowercase();
    let is_open = case.reading.kind == Kind::None;
    let is_vague = match case.reading.parts.verb_class? {
        VerbClass::Improve => is_open,
        VerbClass::Reach => is_open && word.starts_with("ensur"),
        VerbClass::Activity => {
            // Any other number belongs to another verb: `manage to cut costs by 5%`.
            let kind = case.reading.kind;
            word.starts_with("manag") && matches!(kind, Kind::None | Kind::Count | Kind::Ratio)
        }
        _ => false,
    };
    is_vague.then_some(verb)
}

/// Returns the verb that says which way, where what is measured can only go up or down.
fn better(case: &KeyResultCase<'_>, cx: &Context<'_>) -> Option<&'static str> {
    if case.reading.parts.verb_class != Some(VerbClass::Improve) {
        return None;
    }
    let noun = noun(case);
    let lexicon = &cx.settings.lexicon;
    let head = &*noun.head;
    if case.reading.direction == Direction::Decrease {
        let is_known = lexicon.is_lower_better(head) || noun.is_bad(lexicon);
        return is_known.then_some("cut");
    }
    (noun.is_good() || noun.is_share() == Some(true)).then_some("raise")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_key_result, check_rewrite, findings_of};

    #[track_caller]
    fn check(key_result: &str, expected: Option<&str>) {
        let expected = expected.map(|message| format!("warning 1.1: {message}"));
        check_key_result(&RULE, key_result, expected.as_deref().as_slice());
    }

    #[test]
    fn a_verb_alone_is_reported() {
        let open = |verb| format!("`{verb}` says neither which way nor how far");
        check("Streamline approvals", Some(&open("Streamline")));
        check("Strengthen our brand", Some(&open("Strengthen")));
        check("Ensure data quality", Some(&open("Ensure")));
        check("Manage vendor contracts", Some(&open("Manage")));
        check(
            "Improve approval time",
            Some("`Improve` does not say from where to where"),
        );
    }

    #[test]
    fn with_a_size_the_verb_is_clear() {
        check("Improve approval time from 6 to 2 days", None);
        check("Improve response times by 20%", None);
        check("Improve accuracy to 98%", None);
        check("Improve accuracy;Target: 98%", None);
        check("Ensure no more than 2 outages", None);
        check("Manage to cut costs by 5%", None);
        check(
            "Improve the efficiency of the collection process to shorten payment durations by 20%",
            None,
        );
    }

    #[test]
    fn verbs_that_say_which_way_and_verbs_of_effort_are_not_meant() {
        check("Raise customer satisfaction", None);
        check("Support audits with timely data", None);
        check("Launch the portal", None);
    }

    #[test]
    fn the_verb_gives_way_where_the_way_is_known() {
        check_rewrite(
            &RULE,
            "Improve approval time by mid-Q4",
            "Cut approval time from … to … by mid-Q4",
        );
        check_rewrite(
            &RULE,
            "Improve the on-time payment rate",
            "Raise the on-time payment rate from … to …",
        );
        let found = findings_of(&RULE, "Improve customer onboarding");
        assert!(found.iter().all(|finding| finding.fix.is_none()));
        assert_eq!(found.len(), 1);
    }
}
