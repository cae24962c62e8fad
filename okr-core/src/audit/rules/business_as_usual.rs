//! `business-as-usual`: an objective that is met when nothing changes.

use crate::audit::{Axis, Context, Findings, Level, Question, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "business-as-usual",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Outcome,
    rank: 34,
    since: "0.1.0",
    docs: include_str!("business_as_usual.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        let Some(routine) = objective.reading.routine else {
            continue;
        };
        findings
            .report(
                &RULE,
                objective.id,
                "objective asks for what is done anyway",
            )
            .at_words(Some(routine))
            .label("goes on as before")
            .help("say what is to be different, or leave the duty out of the plan")
            .ask(Question {
                text: "What should be different about it at the end of the period?".to_owned(),
                element: objective.id,
                field: None,
                offer: None,
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check_objectives;

    #[test]
    fn duties_are_told_from_changes() {
        check_objectives(
            &RULE,
            &[
                "Continue to run monthly billing",
                "Keep the payroll system running",
                "Prepare the quarterly tax returns on time",
            ],
            &[
                "Make billing day a non-event for the team and the customer",
                "Ensure completion of all account schedules and bank reconciliations",
                "Implement a new ledger",
            ],
        );
    }
}
