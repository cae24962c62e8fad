//! `no-owner`: a key result or an objective for which nobody answers.

use crate::audit::people::Owner;
use crate::audit::{Axis, Context, Finding, Findings, Level, Place, Question, Rule, Tier};
use crate::model::{ElementId, Inline, one_line};

pub(super) static RULE: Rule = Rule {
    id: "no-owner",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Owned,
    rank: 22,
    since: "0.1.0",
    docs: include_str!("no_owner.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let of_plan = cx.owner;
    for objective in &cx.objectives {
        let written = objective.objective.owner.as_deref();
        let owner = objective.owner;
        // Whoever owns the plan answers for its objectives, but hardly for each number.
        if owner == Owner::Nobody && of_plan == Owner::Nobody {
            report(findings, objective.id, "objective", written, None).level(Level::Warning);
        }
        let offer = owner.one().or(of_plan.one());
        for case in &objective.key_results {
            let written = case.key_result.owner.as_deref();
            if case.owner == Owner::Nobody {
                report(findings, case.id, "key result", written, offer);
            }
        }
    }
}

fn report<'f>(
    findings: &'f mut Findings,
    element: ElementId,
    what: &str,
    written: Option<&str>,
    offer: Option<&str>,
) -> &'f mut Finding {
    let message = match written {
        Some(written) => format!("{what} has no owner yet, only `{}`", one_line(written)),
        None => format!("{what} has no owner"),
    };
    findings
        .report(&RULE, element, message)
        .at(Place::Field("owner"))
        .help("name the one person who answers for it: `- Owner: …`")
        .ask(Question {
            text: "Who answers for it?".to_owned(),
            element,
            field: Some("owner"),
            offer: offer.map(Inline::from_plain),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, findings};

    #[test]
    fn a_key_result_needs_an_owner_of_its_own() {
        let text = "---\nowner: Dana Reyes\n---\n\n## Objective: Get paid sooner\n\n\
                    ### Key result: Cut DSO to 44 days\n\n\
                    ### Key result: Cut disputes to 10\n\n- Owner: tbd\n\n\
                    ### Key result: Cut write-offs to 5\n\n- Owner: Sam\n";
        check(
            &RULE,
            text,
            &[
                "error 1.1: key result has no owner",
                "error 1.2: key result has no owner yet, only `tbd`",
            ],
        );
    }

    #[test]
    fn an_objective_may_leave_it_to_the_plan() {
        let text = "## Objective: Get paid sooner\n";
        check(&RULE, text, &["warning 1: objective has no owner"]);
        let owned = format!("---\nowner: ?\n---\n\n{text}");
        check(&RULE, &owned, &["warning 1: objective has no owner"]);
        let owned = format!("---\nowner: Dana\n---\n\n{text}");
        check(&RULE, &owned, &[]);
    }

    #[test]
    fn the_nearest_owner_is_offered() {
        let offer = |text: &str| {
            let found = findings(text).into_iter().find(|finding| {
                finding.rule == &RULE && finding.element == ElementId::KeyResult(0, 0)
            });
            let offer = found.and_then(|finding| finding.question?.offer);
            offer.map(|offer| offer.plain().into_owned())
        };
        let text =
            "## Objective: Get paid sooner\n\n- Owner: Sam\n\n### Key result: Cut DSO to 44 days\n";
        assert_eq!(offer(text).as_deref(), Some("Sam"));
        let text = text.replace("Sam", "Sam and Kim");
        assert_eq!(offer(&text), None);
        let text = format!("---\nowner: Dana\n---\n\n{text}");
        assert_eq!(offer(&text).as_deref(), Some("Dana"));
    }
}
