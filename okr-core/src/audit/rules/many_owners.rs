//! `many-owners`: an owner who is more than one person.

use crate::audit::people::Owner;
use crate::audit::{Axis, Context, Findings, Level, Place, Question, Rule, Tier};
use crate::model::{ElementId, Inline, one_line};

pub(super) static RULE: Rule = Rule {
    id: "many-owners",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Owned,
    rank: 23,
    since: "0.1.0",
    docs: include_str!("many_owners.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let mut look = |element: ElementId, written: Option<&str>, owner: Owner<'_>| {
        let (message, help, offer) = match owner {
            Owner::Many(first) => (
                format!("`{}` is more than one owner", shown(written)),
                "name one who answers for it, and the others as helpers in the text",
                Some(first),
            ),
            Owner::Team(_) => (
                format!("`{}` is a group, not a person", shown(written)),
                "name the one person in it who answers for this",
                None,
            ),
            Owner::Nobody | Owner::One(_) => return,
        };
        findings
            .report(&RULE, element, message)
            .at(Place::Field("owner"))
            .help(help)
            .ask(Question {
                text: "Who alone answers for it?".to_owned(),
                element,
                field: Some("owner"),
                offer: offer.map(Inline::from_plain),
            });
    };
    look(ElementId::Plan, cx.plan.owner.as_deref(), cx.owner);
    for objective in &cx.objectives {
        let written = objective.objective.owner.as_deref();
        look(objective.id, written, objective.owner);
        for case in &objective.key_results {
            look(case.id, case.key_result.owner.as_deref(), case.owner);
        }
    }
}

fn shown(written: Option<&str>) -> String {
    one_line(written.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check;

    #[test]
    fn plans_objectives_and_key_results_have_one_owner_each() {
        let text = "---\nowner: Finance team\n---\n\n\
                    ## Objective: Get paid sooner\n\n- Owner: Ana & Bo\n\n\
                    ### Key result: Cut DSO to 44 days\n\n- Owner: AR + Sales + IT\n\n\
                    ### Key result: Cut disputes to 10\n\n- Owner: Billing coordinator\n";
        check(
            &RULE,
            text,
            &[
                "warning plan: `Finance team` is a group, not a person",
                "warning 1: `Ana & Bo` is more than one owner",
                "warning 1.1: `AR + Sales + IT` is more than one owner",
            ],
        );
    }

    #[test]
    fn initiatives_may_have_several() {
        let text = "## Objective: Get paid sooner\n\n- [ ] Call the oldest accounts (@ana, @bo)\n";
        check(&RULE, text, &[]);
    }
}
