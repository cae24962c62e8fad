//! `ambiguous-deadline`: a deadline phrase that two readers take for different days.

use crate::audit::shared::set_due;
use crate::audit::words::{lower, words};
use crate::audit::{Applicability, Axis, Context, Findings, Fix, Level, Question, Rule, Tier};
use crate::model::Inline;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "ambiguous-deadline",
    tier: Tier::Strict,
    level: Level::Info,
    axis: Axis::Dated,
    rank: 70,
    since: "0.1.0",
    docs: include_str!("ambiguous_deadline.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        // A day that stands in its field leaves nothing to guess.
        if case.key_result.due.is_some() {
            continue;
        }
        let Some(phrase) = phrase(&case.text) else {
            continue;
        };
        let shown = phrase.of(&case.text);
        let finding = findings.report(&RULE, case.id, format!("`{shown}` is not one day"));
        finding.at_words(Some(phrase));
        if let Some(day) = case.reading.deadline {
            finding.message = format!("`{shown}` is not one day; it is taken to mean {day}");
            finding.fix(Fix {
                title: format!("set the due date to {day}"),
                changes: vec![set_due(case.id, day)],
                applicability: Applicability::Unsafe,
            });
        }
        let offer = case.reading.deadline;
        finding
            .label("which day?")
            .help("write the day into the field `Due`")
            .ask(Question {
                text: format!("Which day does `{shown}` mean?"),
                element: case.id,
                field: Some("due"),
                offer: offer.map(|day| Inline::from_plain(&day.to_string())),
            });
    }
}

/// Returns where a phrase stands that names a span of time where a day is needed.
pub(super) fn phrase(text: &str) -> Option<Span> {
    let words: Vec<_> = words(text)
        .map(|(span, word)| (span, lower(word)))
        .collect();
    let word = |at: usize| words.get(at).map_or("", |(_, word)| &**word);
    let is_number = |at: usize| word(at).starts_with(|c: char| c.is_ascii_digit());
    for (at, (start, opening)) in words.iter().enumerate() {
        let joints = ["in", "the"];
        let skipped = (at + 1..).take_while(|at| joints.contains(&word(*at)));
        let named = at + 1 + skipped.count();
        let is_year = word(named + 1).len() == 4 && is_number(named + 1);
        let is_vague = match &**opening {
            // `by June 15` is a day, `by June 2026` is none.
            "by" => {
                let after = named + 1 + usize::from(word(named + 1) == "the");
                let is_day = is_number(after) && !is_year;
                is_season(word(named)) || (is_month(word(named)) && !is_day)
            }
            // `late quarter-end postings` are no deadline, `late in the quarter` is one.
            "early" | "late" => {
                is_short_part(word(named)) || (named > at + 1 && is_long_part(word(named)))
            }
            _ => false,
        };
        if is_vague {
            let last = named + usize::from(is_year);
            return Some(Span::new(start.start(), words[last].0.end()));
        }
    }
    None
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    )
}

fn is_season(word: &str) -> bool {
    matches!(
        word,
        "spring" | "summer" | "autumn" | "fall" | "winter" | "christmas" | "easter"
    )
}

/// Returns whether a word names a month, or a part of a year by its number.
fn is_short_part(word: &str) -> bool {
    let is_numbered = word.len() == 2
        && word.starts_with(['q', 'h', 't'])
        && word.ends_with(|c: char| c.is_ascii_digit());
    is_numbered || is_month(word)
}

fn is_long_part(word: &str) -> bool {
    matches!(
        word,
        "quarter" | "half" | "trimester" | "year" | "month" | "period"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(phrase(text).map(|span| span.of(text)), expected, "{text:?}");
    }

    #[test]
    fn months_seasons_and_early_or_late_parts_are_no_days() {
        check("Cut DSO to 44 days by June", Some("by June"));
        check("Cut DSO by June 2026 to 44", Some("by June 2026"));
        check("By the summer, cut DSO to 44", Some("By the summer"));
        check("Cut DSO to 44 early Q2", Some("early Q2"));
        check(
            "Cut DSO to 44 late in the quarter",
            Some("late in the quarter"),
        );
        check("Cut DSO to 44 in late May", Some("late May"));
    }

    #[test]
    fn days_and_ends_are_plain() {
        for text in [
            "Cut DSO to 44 days by June 15",
            "Cut DSO to 44 days by 15 June",
            "Cut DSO to 44 days by the end of June",
            "Cut DSO to 44 days by mid-June",
            "Cut DSO to 44 days before June",
            "Cut late payments by 10% by year end",
            "Raise early payments in the quarter",
            "Cut early exits",
            "Cut errors by",
            "late",
            "Cut late quarter-end postings",
            "Cut DSO to 44 days by June the 15th",
            "early in the",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_day_in_the_field_settles_it() {
        let text = "## Objective: Get paid sooner\n\n### Key result: Cut DSO to 44 days by June\n";
        crate::audit::testing::check(&RULE, text, &["info 1.1: `by June` is not one day"]);
        let text = format!("{text}\n- Due: 2026-06-30\n");
        crate::audit::testing::check(&RULE, &text, &[]);
    }
}
