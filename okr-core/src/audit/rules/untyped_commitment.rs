//! `untyped-commitment`: an objective that does not say how a near miss is to be judged.

use crate::audit::{Axis, Context, Findings, Level, ObjectiveCase, Question, Rule, Tier};
use crate::fields::is_same_field;
use crate::model::{ElementId, Objective};

pub(super) static RULE: Rule = Rule {
    id: "untyped-commitment",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Measurable,
    rank: 66,
    since: "0.1.0",
    docs: include_str!("untyped_commitment.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let untyped = || cx.objectives.iter().filter(|case| is_untyped(case));
    let count = untyped().count();
    // Who never heard of types is told once.
    if count > 1 && count == cx.objectives.len() {
        let message =
            format!("none of {count} objectives says whether it is committed or aspirational");
        report(findings, ElementId::Plan, message, untyped().next());
        return;
    }
    for case in untyped() {
        let message = "objective is neither committed nor aspirational".to_owned();
        report(findings, case.id, message, Some(case));
    }
}

fn is_untyped(case: &ObjectiveCase<'_>) -> bool {
    // A type that could not be read has been reported when it was read.
    let mut names = case.objective.fields.keys();
    let is_unread = names.any(|name| is_same_field::<Objective>(name, "Type"));
    case.objective.commitment.is_none() && !is_unread
}

fn report(
    findings: &mut Findings,
    element: ElementId,
    message: String,
    asked: Option<&ObjectiveCase<'_>>,
) {
    let finding = findings
        .report(&RULE, element, message)
        .help("say which: `- Type: committed` must be met in full, `aspirational` is a stretch");
    if let Some(case) = asked {
        let it = if element == case.id {
            "it".to_owned()
        } else {
            format!("objective {}", case.id)
        };
        finding.ask(Question {
            text: format!(
                "Must {it} be met in full (committed), is it a stretch (aspirational), \
                 or is there something to find out (learning)?"
            ),
            element: case.id,
            field: Some("type"),
            offer: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check;

    #[test]
    fn any_type_will_do() {
        let text = "## Objective: File VAT on time\n\n\
                    ## Objective: Get paid sooner\n\n- Type: stretch\n";
        check(
            &RULE,
            text,
            &["info 1: objective is neither committed nor aspirational"],
        );
    }

    #[test]
    fn a_plan_without_any_type_is_told_once() {
        let text = "## Objective: File VAT on time\n\n## Objective: Get paid sooner\n";
        let message = "none of 2 objectives says whether it is committed or aspirational";
        check(&RULE, text, &[&format!("info plan: {message}")]);
        let dismissed = "<!-- okr: allow untyped-commitment: we do not use types -->\n\n";
        check(&RULE, &format!("{dismissed}{text}"), &[]);
    }

    #[test]
    fn a_type_that_is_not_understood_is_not_reported_twice() {
        check(
            &RULE,
            "## Objective: File VAT on time\n\n- Type: moonshot\n",
            &[],
        );
    }
}
