//! `objective-too-long`: an objective that nobody can say from memory, or two in one.

use crate::audit::wording::{MAX_LENGTH, behind_joint, between, initiative, phrase};
use crate::audit::words::words;
use crate::audit::{Axis, Context, Findings, Level, ObjectiveCase, Rule, Tier};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "objective-too-long",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 57,
    since: "0.1.0",
    docs: include_str!("objective_too_long.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let limit = cx.settings.limits.objective_words;
    for objective in &cx.objectives {
        let reading = &objective.reading;
        let second = reading
            .second
            .filter(|second| has_object(objective, *second));
        if let Some(second) = second {
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

/// Returns whether the verb of a second goal has an object of its own: who stays, and stays well, has one
/// goal.
fn has_object(case: &ObjectiveCase<'_>, second: Span) -> bool {
    words(&case.text[second.end()..]).any(|(_, word)| {
        let word = word.to_lowercase();
        let is_adverb = word.len() > 4 && word.ends_with("ly");
        !is_adverb && !NO_OBJECTS.contains(&&*word)
    })
}

/// Words behind a verb that are no object, or that stand for the one before.
const NO_OBJECTS: &[&str] = &[
    "again", "ahead", "all", "along", "also", "always", "apart", "around", "away", "back", "best",
    "better", "ever", "fast", "faster", "forever", "further", "happy", "hard", "harder", "healthy",
    "here", "high", "higher", "home", "in", "it", "later", "less", "long", "longer", "more",
    "most", "much", "never", "now", "off", "often", "on", "once", "online", "open", "out", "over",
    "safe", "so", "soon", "sooner", "still", "strong", "stronger", "the", "them", "there",
    "through", "together", "too", "twice", "up", "us", "very", "well", "with",
];

/// Returns the words before and behind the link of a second goal.
fn halves(cx: &Context<'_>, case: &ObjectiveCase<'_>, second: Span) -> Option<(String, String)> {
    let title = &case.objective.title;
    let one = between(Span::new(0, second.start()), None);
    let one = phrase(title, &one).to_string();
    let other = behind_joint(&case.text, Span::new(second.start(), case.text.len()));
    // `while reducing risk` is to reduce it.
    let other = initiative(title, &between(other, None), &cx.settings.lexicon).to_string();
    let is_fit = |words: &String| !words.is_empty() && words.len() <= MAX_LENGTH;
    (is_fit(&one) && is_fit(&other)).then_some((one, other))
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
                "Teachers stay, and stay well",
                "Customers find us and come back",
                "Suppliers trust us and stay with us longer",
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
