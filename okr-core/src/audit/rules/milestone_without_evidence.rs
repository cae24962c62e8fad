//! `milestone-without-evidence`: a yes or no that only its owner can give.

use crate::audit::work::{Work, work};
use crate::audit::{Axis, Context, Findings, Level, Question, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "milestone-without-evidence",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 31,
    since: "0.1.0",
    docs: include_str!("milestone_without_evidence.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let stated = &case.key_result.measure;
        let has_evidence = stated.name.is_some() || stated.source.is_some();
        if work(cx, case) != Some(Work::Milestone) || has_evidence {
            continue;
        }
        let (message, question) = if case.due.is_some() {
            (
                "key result does not say what proves that it is done",
                "What will prove that it is done?",
            )
        } else {
            (
                "key result says neither what proves that it is done nor by when",
                "What will prove that it is done, and by when?",
            )
        };
        findings
            .report(&RULE, case.id, message)
            .at_words(case.reading.parts.verb)
            .label("done when?")
            .help("name what others will see or use, and how often without trouble")
            .ask(Question {
                text: question.to_owned(),
                element: case.id,
                field: Some("measure"),
                offer: None,
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, check_wording};

    #[test]
    fn what_the_team_finishes_needs_a_proof() {
        check_wording(
            &RULE,
            &[
                "Document and standardize billing procedures by the end of Q4.",
                "Document the refund process",
                "Successfully complete and document all minor accounts' reconciliation by week 6",
            ],
            &[
                "Obtain ISO 14001 certification by 31 December",
                "Refund guide used for 20 refunds with no question to finance, by 15 November",
                "Publish 12 articles",
                "Install dunning software",
                "Cut DSO to 44 days",
            ],
        );
    }

    #[test]
    fn a_measure_is_a_proof() {
        check(
            &RULE,
            "## Objective: A\n\n### Key result: Document the refund process\n\n\
             - Measure: refunds in a row that needed no question\n",
            &[],
        );
    }
}
