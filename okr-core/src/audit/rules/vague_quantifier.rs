//! `vague-quantifier`: a word where a number should be.

use crate::audit::measured::states_target;
use crate::audit::{Axis, Context, Findings, Level, Question, Rule, Tier};
use crate::statement::Kind;

pub(super) static RULE: Rule = Rule {
    id: "vague-quantifier",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 32,
    since: "0.2.0",
    docs: include_str!("vague_quantifier.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let has_number = states_target(case) || case.reading.kind != Kind::None;
        let parts = &case.reading.parts;
        let Some(span) = parts.vague.filter(|_| !has_number) else {
            continue;
        };
        // The verb itself has a rule of its own.
        if parts.verb.is_some_and(|verb| verb.contains(span)) {
            continue;
        }
        let word = span.of(&case.text);
        findings
            .report(
                &RULE,
                case.id,
                format!("`{word}` stands in place of a number"),
            )
            .at_words(Some(span))
            .label("how much?")
            .help("write the number that is meant, and the one it starts from")
            .ask(Question {
                text: format!("Which number is meant by `{word}`?"),
                element: case.id,
                field: Some("target"),
                offer: None,
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check_key_result;

    #[track_caller]
    fn check(key_result: &str, word: Option<&str>) {
        let expected =
            word.map(|word| format!("warning 1.1: `{word}` stands in place of a number"));
        check_key_result(&RULE, key_result, expected.as_deref().as_slice());
    }

    #[test]
    fn words_for_amounts_are_reported() {
        check("Significantly fewer write-offs", Some("Significantly"));
        check("Better follow-up on late payers", Some("Better"));
        check("Make approvals faster", Some("faster"));
        check("Most customers pay on time", Some("Most"));
        check("Win several large accounts", Some("several"));
        check("Generate hundreds of leads", Some("hundreds"));
        check("Deliver best-in-class onboarding", Some("best-in-class"));
        check("Support audits with timely data", Some("timely"));
    }

    #[test]
    fn beside_a_vague_verb_another_word_counts() {
        check(
            "Significantly improve billing quality",
            Some("Significantly"),
        );
        check("Improve billing quality", None);
    }

    #[test]
    fn a_number_makes_up_for_it() {
        check("Cut errors significantly from 5% to 2%", None);
        check("Achieve 25% faster dispute resolution", None);
        check("Keep outages at no more than 2", None);
        check("Significantly fewer write-offs;Target: EUR 30k", None);
    }
}
