//! `vague-quantifier`: a word where a number should be.

use super::{activity_verb, no_number, vague_verb};
use crate::audit::measured::states_target;
use crate::audit::vague::{vague, with_room};
use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Question, Rule, Tier};
use crate::statement::Kind;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "vague-quantifier",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 32,
    since: "0.1.0",
    docs: include_str!("vague_quantifier.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let Some(span) = amount(cx, case) else {
            continue;
        };
        // A vague verb says more, and a key result is told once that it has no number.
        let speaker = no_number::speaker(cx, case);
        if [&activity_verb::RULE, &vague_verb::RULE].contains(&speaker.unwrap_or(&RULE)) {
            continue;
        }
        let word = span.of(&case.text);
        let finding = findings
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
        finding.fix = with_room(cx, case);
        if speaker == Some(&RULE) && cx.settings.runs(&no_number::RULE) {
            finding.level = no_number::level(cx).max(finding.level);
        }
    }
}

/// Returns the word that stands in the place of a number, where nothing else gives one.
pub(super) fn amount(cx: &Context<'_>, case: &KeyResultCase<'_>) -> Option<Span> {
    if states_target(case) || case.reading.kind != Kind::None {
        return None;
    }
    let span = vague(cx, case)?;
    let verb = case.reading.parts.verb;
    // The verb itself has a rule of its own, and a mere wish is for no amount.
    let is_wish = verb.is_none() && span.of(&case.text).eq_ignore_ascii_case("better");
    (!verb.is_some_and(|verb| verb.contains(span)) && !is_wish).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_key_result, check_rewrite, findings_of};

    #[track_caller]
    fn check(key_result: &str, word: Option<&str>) {
        let expected = word.map(|word| format!("error 1.1: `{word}` stands in place of a number"));
        check_key_result(&RULE, key_result, expected.as_deref().as_slice());
    }

    #[test]
    fn words_for_amounts_are_reported() {
        check("Significantly fewer write-offs", Some("Significantly"));
        check("Make approvals faster", Some("faster"));
        check("Most customers pay on time", Some("Most"));
        check("Win several large accounts", Some("several"));
        check("Generate hundreds of leads", Some("hundreds"));
        check("Deliver best-in-class onboarding", Some("best-in-class"));
    }

    #[test]
    fn beside_a_vague_verb_and_for_a_mere_wish_another_rule_speaks() {
        check("Significantly improve billing quality", None);
        check("Support audits with timely data", None);
        check("Better follow-up on late payers", None);
    }

    #[test]
    fn room_for_the_number_takes_the_place_of_the_word() {
        for (key_result, expected) in [
            ("Significantly fewer write-offs", "Write-offs: … → …"),
            ("Generate hundreds of leads", "Leads: … → …"),
            (
                "significant uplift in organic traffic",
                "organic traffic: … → …",
            ),
            (
                "Cut outstanding payments significantly",
                "Cut outstanding payments from … to …",
            ),
        ] {
            check_rewrite(&RULE, key_result, expected);
        }
        for key_result in ["Make approvals faster", "Most customers pay on time"] {
            let found = findings_of(&RULE, key_result);
            assert!(found[0].fix.is_none(), "{key_result}");
        }
    }

    #[test]
    fn a_number_makes_up_for_it() {
        check("Cut errors significantly from 5% to 2%", None);
        check("Achieve 25% faster dispute resolution", None);
        check("Keep outages at no more than 2", None);
        check("Significantly fewer write-offs;Target: EUR 30k", None);
    }
}
