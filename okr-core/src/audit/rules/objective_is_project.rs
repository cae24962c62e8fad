//! `objective-is-project`: a delivery where the state that it brings about should stand.

use crate::audit::measured::GAP;
use crate::audit::work::as_initiative;
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, Level, ObjectiveCase, Question, Rule, Tier,
};
use crate::edit::Change;
use crate::model::Inline;
use crate::statement;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "objective-is-project",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Outcome,
    rank: 35,
    since: "0.1.0",
    docs: include_str!("objective_is_project.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        let Some(project) = objective.reading.project else {
            continue;
        };
        let fix = fix(cx, objective);
        let finding = findings
            .report(&RULE, objective.id, "objective is a project")
            .at_words(Some(project))
            .label("a delivery")
            .help("make the project an initiative, and say what will be true when it is done")
            .ask(Question {
                text: "What will be true for people once the project is done?".to_owned(),
                element: objective.id,
                field: None,
                offer: None,
            });
        finding.fix = fix;
    }
}

fn fix(cx: &Context<'_>, case: &ObjectiveCase<'_>) -> Option<Fix> {
    let reading = statement::read(&case.text, cx.plan.period, &cx.settings.lexicon);
    let whole = Span::new(0, case.text.len());
    let (title, due) = as_initiative(cx, &case.objective.title, whole, &reading);
    let is_there = case
        .objective
        .initiatives
        .iter()
        .any(|initiative| initiative.title == title);
    if title.is_empty() || is_there {
        return None;
    }
    // Only the user can say what stands in its place.
    Some(Fix {
        title: "say what will be true, and keep the project as an initiative".to_owned(),
        changes: vec![
            Change::SetTitle {
                element: case.id,
                title: Inline::from_plain(GAP),
            },
            Change::AddInitiative {
                element: case.id,
                title,
                owner: None,
                due,
            },
        ],
        applicability: Applicability::Display,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_objective_fix, check_objectives};

    #[test]
    fn projects_are_told_from_states() {
        check_objectives(
            &RULE,
            &[
                "Roll out the new ledger",
                "Successful migration of accounts to the new portal",
                "Implement a new customer relationship system",
            ],
            &[
                "Trust the ledger on day one of the close",
                "Continue to run monthly billing",
                "Streamline accounts receivable operations",
            ],
        );
    }

    #[test]
    fn the_project_becomes_an_initiative_and_leaves_a_gap() {
        check_objective_fix(
            &RULE,
            "Launch the [supplier portal](p.md) by mid-Q4",
            "## Objective: …\n\n\
             - [ ] Launch the [supplier portal](p.md) (due 2026-11-15)\n",
        );
    }
}
