//! `vague-objective`: an objective of words that fit any team.

use crate::audit::{Axis, Context, Findings, Level, Question, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "vague-objective",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 56,
    since: "0.2.0",
    docs: include_str!("vague_objective.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        if !objective.reading.is_vague {
            continue;
        }
        findings
            .report(&RULE, objective.id, "objective fits any team")
            .label("nothing specific here")
            .help("name who will notice, and what they will notice")
            .ask(Question {
                text: "Who will notice a difference, and which?".to_owned(),
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
    fn one_word_of_substance_is_enough() {
        check_objectives(
            &RULE,
            &[
                "Improve our overall performance",
                "Take the business to the next level",
                "Increase productivity and foster innovation",
            ],
            &[
                "Improve invoice accuracy",
                "Get paid sooner",
                "Streamline Billing Processes",
                "Rechnungen stimmen beim ersten Mal",
            ],
        );
    }
}
