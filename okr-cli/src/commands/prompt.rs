//! What every question at the terminal has in common.

use std::io;
use std::rc::Rc;

use inquire::InquireError;
use inquire::ui::{RenderConfig, Styled};

use crate::context::Context;
use crate::env::while_asking;
use crate::error::Cancelled;
use crate::shell::prompt::{Answer, Question};
use crate::shell::{self, Text, shown, wrap};

/// What a person said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reply<T> {
    /// This.
    Given(T),
    /// That they would rather go back; from a choice there is no way back but out.
    Back,
    /// That it is enough, in the middle of the question.
    Stop,
}

impl<T> Reply<T> {
    /// Returns what was meant by what was given.
    pub(crate) fn map<U>(self, meant: impl FnOnce(T) -> U) -> Reply<U> {
        match self {
            Self::Given(it) => Reply::Given(meant(it)),
            Self::Back => Reply::Back,
            Self::Stop => Reply::Stop,
        }
    }
}

/// Says what is wrong with a written line.
pub(crate) type Check = Rc<dyn Fn(&str) -> Result<(), String>>;

/// A line to be written by a person.
pub(crate) struct Line {
    /// What it is, in a word or two.
    pub(crate) name: String,
    /// What stands in it at first.
    pub(crate) start: String,
    /// What keeps it from being taken.
    pub(crate) check: Check,
}

/// How lines are asked for.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) has_colour: bool,
    /// The columns that the terminal has.
    pub(crate) width: usize,
    /// What stands below the line, or nothing.
    pub(crate) hint: &'static str,
    /// What stands in the place of the line when none is given.
    pub(crate) given_up: &'static str,
}

/// Asks for a line, until there is nothing wrong with it.
pub(crate) fn write(line: &Line, manner: &Manner) -> anyhow::Result<Reply<String>> {
    let check = Rc::clone(&line.check);
    let start = line.start.clone();
    let harmless = shown(&line.start).into_owned();
    // Whoever takes what stood there means the words themselves, not the way they are shown.
    let shown_start = harmless.clone();
    let meant = move |answer: &str| {
        if answer == shown_start {
            start.clone()
        } else {
            answer.to_owned()
        }
    };
    let said = meant.clone();
    let width = manner.width;
    let check = move |answer: &str| check(&said(answer)).map_err(|words| rows(&words, width));
    let colon = if line.name.ends_with('?') { "" } else { ":" };
    let question = Question {
        name: &format!("{}{colon}", line.name),
        start: &harmless,
        hint: manner.hint,
        given_up: manner.given_up,
        check: &check,
        taken: &|answer| answer.to_owned(),
        has_colour: manner.has_colour,
    };
    let reply = ask(&question).map_err(no_terminal)?;
    Ok(reply.map(|answer| meant(&answer)))
}

/// Asks a question, until there is nothing wrong with its line.
///
/// # Errors
///
/// There is no terminal to ask at.
pub(crate) fn ask(question: &Question<'_>) -> io::Result<Reply<String>> {
    let answer = while_asking(|| shell::prompt::ask(question))?;
    Ok(match answer {
        Answer::Line(answer) => Reply::Given(answer),
        Answer::Back => Reply::Back,
        Answer::Stop => Reply::Stop,
    })
}

/// Returns words in harmless rows that fit below a question, the first one behind a sign or two.
pub(crate) fn rows(words: &str, width: usize) -> String {
    wrap(&shown(words), width.saturating_sub(3)).join("\n  ")
}

/// Returns what the end of a question without an answer means.
pub(crate) fn given_up<T>(error: InquireError) -> anyhow::Result<Reply<T>> {
    match error {
        InquireError::OperationCanceled => Ok(Reply::Back),
        InquireError::OperationInterrupted => Ok(Reply::Stop),
        error => Err(no_terminal(error)),
    }
}

fn no_terminal(error: impl std::error::Error + Send + Sync + 'static) -> anyhow::Error {
    anyhow::Error::new(error).context("cannot ask at this terminal; what was done before is saved")
}

/// Returns how questions look: in colour, or without.
pub(crate) fn look(cx: &Context<'_>) -> RenderConfig<'static> {
    let look = if cx.shell.has_colour() {
        RenderConfig::default_colored()
    } else {
        RenderConfig::empty()
    };
    // As a line that is left says it.
    look.with_canceled_prompt_indicator(Styled::new("cancelled"))
}

/// Says something in lines that end between words, which prompts cannot.
pub(crate) fn say(
    cx: &mut Context<'_>,
    lead: &str,
    words: &str,
    width: usize,
    style: anstyle::Style,
) -> anyhow::Result<()> {
    for line in wrap(words, width.saturating_sub(lead.len() + 1)) {
        let mut text = Text::from(lead);
        text.styled(style, &line);
        cx.shell.note(text)?;
    }
    Ok(())
}

/// Returns what was answered; who leaves the question cancels the work.
pub(crate) fn answered<T>(answer: Result<T, InquireError>) -> anyhow::Result<T> {
    answer.map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Cancelled.into(),
        error => anyhow::Error::new(error).context("cannot ask at this terminal"),
    })
}
