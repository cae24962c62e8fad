//! The grades of a plan at the terminal.

use std::fmt::Write as _;

use okr_core::closing::{Closing, GradedKeyResult};
use okr_core::progress::{Band, Grade};

use crate::context::Context;
use crate::shell::{Text, shown, style, wrap};

/// Prints what each objective and key result came to.
pub(super) fn print(cx: &mut Context<'_>, closing: &Closing) -> anyhow::Result<()> {
    let width = cx.shell.width();
    let mut text = Text::new();
    for objective in &closing.objectives {
        let head = format!("{}  {}", objective.element, shown(&objective.title));
        grade(
            &mut text,
            objective.roll_up.grade(),
            objective.verdict().map(|verdict| verdict.band),
        );
        words(&mut text, &head, width, true);
        for key_result in &objective.key_results {
            grade(
                &mut text,
                Some(key_result.outturn.grade()),
                Some(key_result.verdict.band),
            );
            let title = format!("{}  {}", key_result.element, shown(&key_result.title));
            words(&mut text, &title, width, false);
            let indent = " ".repeat(LEAD);
            for line in wrap(&way(key_result), width.saturating_sub(LEAD)) {
                text.push(&indent).styled(style::DIM, &line).push("\n");
            }
        }
        text.push("\n");
    }
    if let Some(whole) = closing.roll_up.grade() {
        text.push(&format!("The plan as a whole: {whole}"));
    } else {
        text.push("The plan has no key results, and so no grade.");
    }
    cx.shell.note(text)
}

/// How many columns stand before the words.
const LEAD: usize = 13;

/// Adds a grade with its colour, said in a word as well.
fn grade(text: &mut Text, grade: Option<Grade>, band: Option<Band>) {
    let (Some(grade), Some(band)) = (grade, band) else {
        text.push(&" ".repeat(LEAD));
        return;
    };
    let colour = match band {
        Band::Green => style::GOOD,
        Band::Yellow => style::WARNING,
        Band::Red => style::ERROR,
    };
    text.push(&format!("{grade}  "))
        .styled(colour, band.word())
        .push(&" ".repeat(LEAD - 5 - band.word().len()));
}

fn words(text: &mut Text, words: &str, width: usize, is_bold: bool) {
    let indent = " ".repeat(LEAD);
    for (at, line) in wrap(words, width.saturating_sub(LEAD)).iter().enumerate() {
        if at > 0 {
            text.push(&indent);
        }
        if is_bold {
            text.styled(style::BOLD, line);
        } else {
            text.push(line);
        }
        text.push("\n");
    }
}

/// Returns in a line from where to where a key result went, and how that is judged.
fn way(key_result: &GradedKeyResult) -> String {
    let mut parts = Vec::new();
    match (&key_result.start, &key_result.last) {
        (Some(start), Some(last)) => parts.push(format!("{start} → {last}")),
        (None, Some(last)) => parts.push(format!("came to {last}")),
        (_, None) if key_result.is_reporting => {}
        (_, None) => parts.push("nothing was ever recorded".to_owned()),
    }
    parts.extend(
        key_result
            .target
            .as_ref()
            .map(|target| format!("target {target}")),
    );
    if key_result.outturn.is_met {
        parts.push("met".to_owned());
    } else if key_result.is_promise_kept == Some(true) {
        parts.push("as promised".to_owned());
    } else if key_result.verdict.needs_reason {
        parts.push("committed and not met".to_owned());
    }
    parts.extend(key_result.broken().map(|held| held.to_string()));
    if key_result.is_guardrail {
        parts.push("guardrail".to_owned());
    }
    for goal in &key_result.moved {
        let mut words = format!(
            "the {} was {} until {}",
            goal.what.word(),
            shown(&goal.moved.before),
            goal.moved.date
        );
        if let Some(grade) = goal.grade_before {
            // Writing to a string does not fail.
            let _ = write!(words, ", held against which the grade is {grade}");
        }
        parts.push(words);
    }
    parts.join("; ")
}
