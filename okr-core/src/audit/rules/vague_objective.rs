//! `vague-objective`: an objective of words that fit any team.

use crate::audit::shared::without_comments;
use crate::audit::words::{stem, words};
use crate::audit::{Axis, Context, Findings, Level, ObjectiveCase, Question, Rule, Tier};
use crate::statement;

pub(super) static RULE: Rule = Rule {
    id: "vague-objective",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 56,
    since: "0.1.0",
    docs: include_str!("vague_objective.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        let (message, label) = if is_heading(cx, objective) {
            ("objective is a topic, not a goal", "what about it?")
        } else if objective.reading.is_vague || is_chain(cx, objective) {
            ("objective fits any team", "nothing specific here")
        } else {
            continue;
        };
        findings
            .report(&RULE, objective.id, message)
            .label(label)
            .help("name who will notice, and what they will notice")
            .ask(Question {
                text: "Who will notice a difference, and which?".to_owned(),
                element: objective.id,
                field: None,
                offer: None,
            });
    }
}

/// Returns whether the title only names a topic, and the text below says nothing of it.
///
/// A verb that the reader does not know makes a goal of two words, so there must be no doubt.
fn is_heading(cx: &Context<'_>, case: &ObjectiveCase<'_>) -> bool {
    let said: Vec<_> = words(&case.text[statement::opening(&case.text)..])
        .map(|(_, word)| word.to_lowercase())
        .collect();
    // Most objectives have more words than a topic, and need not be read as a statement.
    let may_be_one = (1..=3).contains(&said.len());
    if !may_be_one || says_something(&case.objective.text) || case.reading.project.is_some() {
        return false;
    }
    let reading = statement::read(&case.text, cx.plan.period, &cx.settings.lexicon);
    if reading.parts.verb.is_some() {
        return false;
    }
    match &said[..] {
        // A letter stands for a goal that is still to be named.
        [one] => one.chars().count() > 2,
        [one, link, two] => {
            matches!(&**link, "for" | "and" | "of" | "in") && is_noun(one) && is_noun(two)
        }
        [one, two] => {
            let is_plural = one.ends_with('s') && !one.ends_with("ss");
            // `Customers return` is a sentence.
            !is_plural && is_noun(one) && NOUNS.iter().any(|end| two.ends_with(end))
        }
        _ => false,
    }
}

/// Returns whether anything stands in a text besides comments, such as a dismissal.
fn says_something(text: &str) -> bool {
    without_comments(text).any(|words| !words.trim().is_empty())
}

/// Returns whether a word is no adverb and no comparative, with which a goal can be short: `Zero harm`.
fn is_noun(word: &str) -> bool {
    let is_adverb = word.len() > 4 && word.ends_with("ly");
    let is_other = ["first", "less", "more", "no", "not", "now", "one", "zero"].contains(&word);
    !is_adverb && !is_other && !word.starts_with(|c: char| c.is_ascii_digit())
}

/// Endings that only nouns have, and some nouns that head a topic.
const NOUNS: &[&str] = &[
    "ance",
    "data",
    "ence",
    "events",
    "experience",
    "finance",
    "health",
    "ing",
    "ism",
    "ity",
    "logy",
    "management",
    "ment",
    "ness",
    "operations",
    "ship",
    "sion",
    "strategy",
    "team",
    "things",
    "tion",
    "topics",
    "work",
];

/// Returns whether nothing is left without the words that any plan could have, of which it has several.
fn is_chain(cx: &Context<'_>, case: &ObjectiveCase<'_>) -> bool {
    let mut rest = case.text.to_string();
    let mut count = 0;
    for (span, word) in words(&case.text) {
        if BUZZ.contains(&&*stem(word)) {
            rest.replace_range(span.start()..span.end(), &" ".repeat(span.len()));
            count += 1;
        }
    }
    count > 2 && statement::read_objective(&rest, &cx.settings.lexicon).is_vague
}

/// Stems of words that say nothing of what a team does.
const BUZZ: &[&str] = &[
    "accelerate",
    "actionable",
    "agile",
    "agility",
    "channel",
    "data",
    "digital",
    "digitalisation",
    "driven",
    "drive",
    "driving",
    "ecosystem",
    "empower",
    "empowering",
    "enable",
    "enabling",
    "funnel",
    "future-proof",
    "holistic",
    "impactful",
    "insight",
    "integrated",
    "journey",
    "leverage",
    "leveraging",
    "maximise",
    "maximize",
    "optimisation",
    "optimization",
    "profitable",
    "resilience",
    "resilient",
    "robust",
    "scalable",
    "scale",
    "scaling",
    "silo",
    "smart",
    "solution",
    "sustainable",
    "synergy",
    "unlock",
    "unlocking",
    "vision",
];

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

    #[test]
    fn a_topic_is_no_goal() {
        check_objectives(
            &RULE,
            &[
                "Attendance!!",
                "Events",
                "Events\n\n<!-- ask Kim -->",
                "Money for winter",
                "Employer branding",
                "Customer experience",
                "Objective 3: Finance and operations",
            ],
            &[
                "Teachers stay",
                "Nights are quiet",
                "Zero harm",
                "Get paid",
                "Umsatz steigern",
                "Customers first",
                "Win Norway",
                "Events\n\nPeople leave our events with a date for the next one.",
            ],
        );
    }

    #[test]
    fn words_of_any_plan_in_a_row_say_nothing() {
        check_objectives(
            &RULE,
            &[
                "Drive synergies across the full funnel to unlock scalable, sustainable and profitable growth by leveraging data",
                "Enable agile, data-driven excellence at scale",
            ],
            &[
                "Make data of the funnel a thing that sellers trust",
                "Unlock sustainable packaging with data from suppliers",
            ],
        );
    }
}
