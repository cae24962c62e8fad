//! `no-number`: a key result that names no number to reach.

use super::{activity_verb, vague_quantifier, vague_verb};
use crate::audit::shared::is_unread;
use crate::audit::vague::{is_quoted, with_room};
use crate::audit::words::words;
use crate::audit::{Axis, Context, Finding, Findings, KeyResultCase, Level, Question, Rule, Tier};
use crate::statement::Kind;

pub(super) static RULE: Rule = Rule {
    id: "no-number",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Measurable,
    rank: 10,
    since: "0.1.0",
    docs: include_str!("no_number.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        if speaker(cx, case) != Some(&RULE) {
            continue;
        }
        let finding = findings
            .report(&RULE, case.id, "key result names no number to reach")
            .label("no number here")
            .help("state where the number starts and ends")
            .ask(Question {
                text: "Which number will show that it is done, and where does it stand today?"
                    .to_owned(),
                element: case.id,
                field: Some("target"),
                offer: None,
            });
        finding.fix = with_room(cx, case);
    }
}

/// Returns the rule that says of a key result that it has no number, if it has none.
///
/// Where words stand in the place of the number, the rule about these words says so, and no other:
/// one fact is one finding.
/// That holds as long as such a rule runs at the level that it has by itself.
pub(super) fn speaker(cx: &Context<'_>, case: &KeyResultCase<'_>) -> Option<&'static Rule> {
    let is_there = case.measure.target.is_some() || case.reading.kind != Kind::None;
    let has_steps = case.key_result.steps().next().is_some();
    if is_there || has_steps || names_grade(case) || is_unread(case.key_result, "Target") {
        return None;
    }
    let is_own = |rule: &Rule| {
        let settings = cx.settings;
        settings.runs(rule) && !settings.levels.contains_key(rule.id)
    };
    let others: [(&'static Rule, bool); 3] = [
        (
            &activity_verb::RULE,
            activity_verb::activity(case).is_some(),
        ),
        (&vague_verb::RULE, vague_verb::vague_verb(case).is_some()),
        (
            &vague_quantifier::RULE,
            vague_quantifier::amount(cx, case).is_some(),
        ),
    ];
    let other = others
        .into_iter()
        .find(|(rule, applies)| *applies && is_own(rule));
    Some(other.map_or(&RULE, |(rule, _)| rule))
}

/// Says in the finding of another rule that there is no number, as that rule is the one to say so.
pub(super) fn speak(cx: &Context<'_>, case: &KeyResultCase<'_>, finding: &mut Finding) {
    if speaker(cx, case) != Some(finding.rule) || !cx.settings.runs(&RULE) {
        return;
    }
    finding.message.push_str(", and there is no number");
    finding.level = level(cx).max(finding.level);
}

/// Returns how bad it is to have no number.
pub(super) fn level(cx: &Context<'_>) -> Level {
    let level = cx.settings.levels.get(RULE.id).copied();
    level.unwrap_or(RULE.level)
}

/// Returns whether the statement names a grade to reach, which is there or not: `"Good" or better`.
fn names_grade(case: &KeyResultCase<'_>) -> bool {
    let text = &*case.text;
    let all: Vec<_> = words(text).collect();
    all.windows(3).any(|three| {
        let [(grade, _), (_, or), (_, better)] = three else {
            return false;
        };
        let is_upwards = ["better", "higher", "above"]
            .iter()
            .any(|word| better.eq_ignore_ascii_case(word));
        or.eq_ignore_ascii_case("or") && is_upwards && is_quoted(text, *grade)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Settings;
    use crate::audit::testing::{
        check_fix, check_wording, findings, findings_with, statement_plan,
    };

    #[test]
    fn a_state_that_is_there_or_not_needs_no_number() {
        check_wording(
            &RULE,
            &["Better follow-up on late payers", "Customer happiness"],
            &[
                "Obtain ISO 14001 certification",
                "Cut DSO to 44 days",
                "Document the refund process",
                "Revenue of new customers\n\n- Target: 1.500 €",
                "Ofsted rating \"Good\" or better",
                "An inspection that says “good” or higher",
                "Customers like the portal\n\n- [ ] Step: Draft it (due 2026-10-30)",
            ],
        );
    }

    #[test]
    fn one_fact_is_one_finding() {
        let number = [
            "activity-verb",
            "vague-verb",
            "vague-quantifier",
            "no-number",
        ];
        for (title, rule) in [
            ("Better follow-up on late payers", "no-number"),
            ("Customer happiness", "no-number"),
            ("Streamline approvals", "vague-verb"),
            ("Improve Kundenzufriedenheit significantly", "vague-verb"),
            ("Significantly improve billing quality", "vague-verb"),
            ("Significantly fewer write-offs", "vague-quantifier"),
            ("Support audits with timely data", "activity-verb"),
        ] {
            let found = findings(&statement_plan(title)).into_iter();
            let found: Vec<_> = found
                .filter(|finding| number.contains(&finding.rule.id))
                .map(|finding| (finding.rule.id, finding.level))
                .collect();
            assert_eq!(found, [(rule, Level::Error)], "{title}");
        }
    }

    #[test]
    fn it_speaks_itself_where_the_other_rule_does_not() {
        let found = |change: &dyn Fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            let found = findings_with(&statement_plan("Improve approvals"), settings);
            let found = found.into_iter();
            found
                .filter(|finding| ["no-number", "vague-verb"].contains(&finding.rule.id))
                .map(|finding| format!("{} {}", finding.level, finding.rule.id))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found(&|settings| settings.ignore.push("vague-verb")),
            ["error no-number"]
        );
        assert_eq!(
            found(&|settings| settings.ignore.push("no-number")),
            ["warning vague-verb"]
        );
        let levels = |rule, level| {
            move |settings: &mut Settings| {
                settings.levels.insert(rule, level);
            }
        };
        assert_eq!(
            found(&levels("vague-verb", Level::Info)),
            ["error no-number", "info vague-verb"]
        );
        assert_eq!(
            found(&levels("no-number", Level::Warning)),
            ["warning vague-verb"]
        );
    }

    #[test]
    fn the_users_words_get_room_for_a_number() {
        for (title, expected) in [
            (
                "Better follow-up on late payers",
                "Follow-up on late payers: … → …",
            ),
            (
                "Raise *customer* satisfaction by the end of Q4",
                "Raise *customer* satisfaction from … to … by the end of Q4",
            ),
            ("An increase in organic traffic", "Organic traffic: … → …"),
        ] {
            check_fix(
                &RULE,
                Settings::default(),
                title,
                &format!("### Key result: {expected}\n"),
            );
        }
    }

    #[test]
    fn a_sentence_gets_no_room_only_the_question() {
        for title in [
            "Customers are happy",
            "Neues CRM aufbauen",
            "All new staff trained on NEWS2 by 31/10",
        ] {
            let found = findings(&statement_plan(title));
            let found = found.iter().find(|finding| finding.rule == &RULE);
            let found = found.unwrap_or_else(|| panic!("{title}: silent"));
            assert!(found.fix.is_none() && found.question.is_some(), "{title}");
        }
    }
}
