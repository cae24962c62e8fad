//! `untyped-commitment`: an objective that does not say how a near miss is to be judged.

use crate::audit::{Axis, Context, Findings, Level, Question, Rule, Tier};
use crate::fields::is_same_field;
use crate::model::Objective;

pub(super) static RULE: Rule = Rule {
    id: "untyped-commitment",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Measurable,
    rank: 66,
    since: "0.2.0",
    docs: include_str!("untyped_commitment.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in &cx.objectives {
        let fields = &case.objective.fields;
        // A type that could not be read has been reported when it was read.
        let is_unread = fields
            .keys()
            .any(|name| is_same_field::<Objective>(name, "Type"));
        if case.objective.commitment.is_none() && !is_unread {
            findings
                .report(&RULE, case.id, "objective is neither committed nor aspirational")
                .help("say which: `- Type: committed` must be met in full, `aspirational` is a stretch")
                .ask(Question {
                    text: "Must it be met in full (committed), is it a stretch (aspirational), \
                           or is there something to find out (learning)?"
                        .to_owned(),
                    element: case.id,
                    field: Some("type"),
                    offer: None,
                });
        }
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
    fn a_type_that_is_not_understood_is_not_reported_twice() {
        check(
            &RULE,
            "## Objective: File VAT on time\n\n- Type: moonshot\n",
            &[],
        );
    }
}
