//! The questions to whoever closes a plan at the terminal.

use std::fmt::Write as _;
use std::rc::Rc;

use inquire::Confirm;
use jiff::civil::Date;
use okr_core::closing::{Closing, Said};

use crate::commands::prompt::{Line, Manner, Reply, answered, look, say, write};
use crate::context::Context;
use crate::env::while_asking;
use crate::error::Cancelled;
use crate::shell::{shown, style};

/// Asks whether a plan is to be closed before its period ends.
pub(super) fn whether_before_the_end(
    cx: &mut Context<'_>,
    period: &str,
    end: Date,
) -> anyhow::Result<()> {
    let question = format!("The plan is for {period}, which ends on {end}. Close it today?");
    let question = Confirm::new(&question)
        .with_default(false)
        .with_render_config(look(cx));
    if answered(while_asking(|| question.prompt()))? {
        Ok(())
    } else {
        Err(Cancelled.into())
    }
}

/// Asks for the reasons that are owed and not given, and for what was learned.
pub(super) fn about(
    cx: &mut Context<'_>,
    closing: &Closing,
    said: &mut Said,
) -> anyhow::Result<()> {
    for key_result in closing.in_want_of_a_reason() {
        let element = key_result.element;
        if said.reasons.iter().any(|(other, _)| *other == element) {
            continue;
        }
        let mut title = format!("{element} {}", shown(&key_result.title));
        if let Some(held) = key_result.broken() {
            // Writing to a string does not fail.
            let _ = write!(title, "; {held}");
        }
        let width = cx.shell.width();
        say(cx, "", &title, width, style::BOLD)?;
        let hint = "a reason is owed; Esc closes nothing";
        let reason = line(
            cx,
            "What kept it from being met?",
            hint,
            |words| match words.trim() {
                "" => Err("a few words will do".to_owned()),
                _ => Ok(()),
            },
        )?;
        said.reasons.push((element, reason.trim().to_owned()));
    }
    if !said.learned.is_empty() {
        return Ok(());
    }
    loop {
        let question = if said.learned.is_empty() {
            "What was learned?"
        } else {
            "What else?"
        };
        let hint = "a sentence a line; Enter alone ends";
        let learned = line(cx, question, hint, |_| Ok(()))?;
        if learned.trim().is_empty() {
            return Ok(());
        }
        said.learned.push(learned.trim().to_owned());
    }
}

/// Asks for a line; who leaves the question closes nothing.
fn line(
    cx: &Context<'_>,
    question: &str,
    hint: &'static str,
    check: impl Fn(&str) -> Result<(), String> + 'static,
) -> anyhow::Result<String> {
    let line = Line {
        name: question.to_owned(),
        start: String::new(),
        check: Rc::new(check),
    };
    let manner = Manner {
        has_colour: cx.shell.has_colour(),
        width: cx.shell.width(),
        hint,
        given_up: "cancelled",
    };
    match write(&line, &manner)? {
        Reply::Given(words) => Ok(words),
        Reply::Back | Reply::Stop => Err(Cancelled.into()),
    }
}
