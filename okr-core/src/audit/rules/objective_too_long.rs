//! `objective-too-long`: an objective that nobody can say from memory, or two in one.

use crate::audit::wording::{behind_joint, between, initiative, phrase};
use crate::audit::{Axis, Context, Findings, Level, ObjectiveCase, Rule, Tier};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "objective-too-long",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 57,
    since: "0.2.0",
    docs: include_str!("objective_too_long.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let limit = cx.settings.limits.objective_words;
    for objective in &cx.objectives {
        let reading = &objective.reading;
        if let Some(second) = reading.second {
            let finding = findings
                .report(&RULE, objective.id, "objective joins two goals")
                .at_words(Some(second))
                .label("a second goal")
                .help("choose one, or make an objective of each");
            if let Some((one, other)) = halves(cx, objective, second) {
                finding.help(format!(
                    "choose one, or make an objective of each: `{one}` and `{other}`"
                ));
            }
        } else if reading.words > limit {
            findings
                .report(
                    &RULE,
                    objective.id,
                    format!("objective has {} words, more than {limit}", reading.words),
                )
                .label("hard to remember")
                .help("keep what people should remember, and write the rest below it");
        }
    }
}

/// Returns the words before and behind the link of a second goal.
fn halves(cx: &Context<'_>, case: &ObjectiveCase<'_>, second: Span) -> Option<(String, String)> {
    let title = &case.objective.title;
    let one = between(Span::new(0, second.start()), None);
    let one = phrase(title, &one).to_string();
    let other = behind_joint(&case.text, Span::new(second.start(), case.text.len()));
    // `while reducing risk` is to reduce it.
    let other = initiative(title, &between(other, None), &cx.settings.lexicon).to_string();
    (!one.is_empty() && !other.is_empty()).then_some((one, other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_objectives, findings};

    #[test]
    fn fifteen_words_and_one_goal_pass() {
        check_objectives(
            &RULE,
            &[
                "Make it effortless for small and medium-sized suppliers in every country to see the status of their invoices",
                "Delight wholesale customers and modernise the data centre",
            ],
            &[
                "Make it effortless for small suppliers in every country to see where their invoices are",
                "Simplify and speed up expense approval",
                "Enhance the efficiency and effectiveness of billing and collection process",
            ],
        );
    }

    #[test]
    fn both_goals_are_shown_in_their_own_words() {
        let text = "## Objective: Raise *trust* in us, and rebuild the partner network.\n\n### Key result: A\n";
        let found = findings(text);
        let finding = found.iter().find(|finding| finding.rule == &RULE);
        assert_eq!(
            finding.map(|finding| &*finding.help),
            Some(
                "choose one, or make an objective of each: `Raise trust in us` and \
                 `Rebuild the partner network`"
            )
        );
    }
}
