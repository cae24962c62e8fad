//! The section that a closed plan ends with.

use std::fmt::Write as _;

use super::{Closing, GradedKeyResult};
use crate::model::{ElementId, Inline, Quantity, Section, date_in_words};
use crate::syntax::{escape_cell, table};

/// What the section is called.
pub const TITLE: &str = "Closing";

/// How the text of the section begins.
const BEGIN: &str = "Closed on ";

/// Returns whether a section is what the closing of a plan wrote down, rather than one of that name.
#[must_use]
pub fn is_section(section: &Section) -> bool {
    section.title.plain() == TITLE && section.text.starts_with(BEGIN)
}

/// What people said when they closed a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Why a key result was not met, by its position.
    pub reasons: Vec<(ElementId, String)>,
    /// What was learned, a sentence or two each.
    pub learned: Vec<String>,
}

/// Returns what is written down when a plan is closed: the grades, what was moved, why, and what was learned.
///
/// What people said stands there as they said it, never as Markdown of its own.
#[must_use]
pub fn section(closing: &Closing, said: &Said) -> Section {
    let mut text = format!("{BEGIN}{}.", date_in_words(closing.day));
    if let Some(grade) = closing.roll_up.grade() {
        // Writing to a string does not fail.
        let _ = write!(text, " The plan as a whole has {grade} of 1.0.");
    }
    text.push_str("\n\n");
    text.push_str(grades(closing).trim_end());
    list(&mut text, "Why it was not met", &reasons(closing, said));
    list(&mut text, "Moved goalposts", &moved(closing));
    let learned: Vec<_> = said.learned.iter().map(|words| item(words)).collect();
    list(&mut text, "What was learned", &learned);
    Section {
        title: Inline::from_plain(TITLE),
        text,
        position: 0,
    }
}

fn grades(closing: &Closing) -> String {
    let header = ["", "From", "Came to", "Target", "Grade", "Verdict"];
    let quantity = |quantity: Option<&Quantity>| {
        quantity.map_or_else(String::new, |quantity| plain(&quantity.to_string()))
    };
    let mut rows = Vec::new();
    for objective in &closing.objectives {
        let grade = objective.roll_up.grade();
        let verdict = objective.verdict();
        rows.push(vec![
            format!("**{}. {}**", objective.element, plain(&objective.title)),
            String::new(),
            String::new(),
            String::new(),
            grade.map_or_else(String::new, |grade| format!("**{grade}**")),
            verdict.map_or_else(
                || "nothing to grade".to_owned(),
                |verdict| verdict.band.word().to_owned(),
            ),
        ]);
        for key_result in &objective.key_results {
            rows.push(vec![
                format!("{} {}", key_result.element, plain(&key_result.title)),
                quantity(key_result.start.as_ref()),
                quantity(key_result.last.as_ref()),
                key_result.target.as_deref().map_or_else(String::new, plain),
                key_result.outturn.grade().to_string(),
                verdict_of(key_result),
            ]);
        }
    }
    for cell in rows.iter_mut().flatten() {
        *cell = escape_cell(cell).into_owned();
    }
    table(&header, &[false, true, true, true, true, false], &rows)
}

/// Returns the verdict in words.
fn verdict_of(key_result: &GradedKeyResult) -> String {
    let mut words = key_result.verdict.band.word().to_owned();
    let outturn = &key_result.outturn;
    if !key_result.is_reporting {
        words.push_str(", never recorded");
    } else if outturn.is_met {
        words.push_str(", met");
    } else if key_result.is_promise_kept == Some(true) {
        words.push_str(", as promised");
    } else if key_result.verdict.needs_reason {
        words.push_str(", committed and not met");
    }
    if let Some(held) = key_result.broken() {
        let _ = write!(words, ", {held}");
    }
    if key_result.is_guardrail {
        words.push_str(", guardrail");
    }
    words
}

fn reasons(closing: &Closing, said: &Said) -> Vec<String> {
    let named = |element: ElementId| {
        let mut key_results = closing.key_results();
        key_results.find(|key_result| key_result.element == element)
    };
    let line = |(element, reason): &(ElementId, String)| {
        let key_result = named(*element)?;
        Some(format!(
            "{element} {}: {}",
            plain(&key_result.title),
            plain(reason)
        ))
    };
    said.reasons.iter().filter_map(line).collect()
}

fn moved(closing: &Closing) -> Vec<String> {
    let mut lines = Vec::new();
    for key_result in closing.key_results() {
        for goal in &key_result.moved {
            let mut line = format!(
                "{} {}: the {} was {} until {}",
                key_result.element,
                plain(&key_result.title),
                goal.what.word(),
                plain(&goal.moved.before),
                goal.moved.date
            );
            if let Some(grade) = goal.grade_before {
                let _ = write!(line, "; held against that, the grade is {grade}");
            }
            lines.push(line);
        }
    }
    lines
}

/// Adds a heading with a list, unless there is nothing in it.
fn list(text: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = write!(text, "\n\n### {heading}\n\n");
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let _ = write!(text, "- {line}");
    }
}

/// Returns words as the whole of a list item, which begin no other block.
fn item(words: &str) -> String {
    let plain = plain(words);
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let mark = plain[digits..].starts_with(['.', ')']).then_some(digits);
    match mark {
        Some(at) if at > 0 => format!("{}\\{}", &plain[..at], &plain[at..]),
        _ if plain.starts_with(['#', '>', '-', '+', '=', '~']) => format!("\\{plain}"),
        _ => plain,
    }
}

/// Returns words as Markdown that shows them as they are, on one line.
fn plain(words: &str) -> String {
    Inline::from_plain(words).as_markdown().to_owned()
}
