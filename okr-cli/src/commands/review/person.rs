//! Whoever is asked: a person at the terminal, or a script in a test.

use std::rc::Rc;

use inquire::list_option::ListOption;
use inquire::ui::{RenderConfig, Styled};
use inquire::validator::Validation;
use inquire::{InquireError, Select, Text};

use crate::commands::prompt::look;
use crate::context::Context;
use crate::env::while_asking;
use crate::shell::{shown, wrap};

/// What can be done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Accept,
    Answer,
    Reword,
    Dismiss,
    Skip,
    Stop,
}

impl Choice {
    /// The letter that stands for it.
    pub(super) const fn letter(self) -> char {
        match self {
            Self::Accept => 'y',
            Self::Answer => 'a',
            Self::Reword => 'e',
            Self::Dismiss => 'k',
            Self::Skip => 's',
            Self::Stop => 'q',
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Accept => "yes, change it like that",
            Self::Answer => "answer the question",
            Self::Reword => "edit the words yourself",
            Self::Dismiss => "keep it, and say why",
            Self::Skip => "skip it for now",
            Self::Stop => "quit; what you did is saved",
        }
    }
}

/// What a person said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply<T> {
    /// This.
    Given(T),
    /// That they would rather go back; from a choice there is no way back but out.
    Back,
    /// That it is enough, in the middle of the question.
    Stop,
}

impl<T> Reply<T> {
    /// Returns what was meant by what was given.
    pub(super) fn map<U>(self, meant: impl FnOnce(T) -> U) -> Reply<U> {
        match self {
            Self::Given(it) => Reply::Given(meant(it)),
            Self::Back => Reply::Back,
            Self::Stop => Reply::Stop,
        }
    }
}

/// Says what is wrong with a written line.
pub(super) type Check = Rc<dyn Fn(&str) -> Result<(), String>>;

/// A line to be written by a person.
pub(super) struct Line {
    /// What it is, in a word or two.
    pub(super) name: String,
    /// What stands in it at first.
    pub(super) start: String,
    /// What keeps it from being taken.
    pub(super) check: Check,
}

/// Whoever is asked.
pub(super) trait Person {
    /// Asks which one of the choices it is to be; the first is what Enter takes.
    fn choose(&mut self, choices: &[Choice]) -> anyhow::Result<Reply<Choice>>;

    /// Asks for a line, until there is nothing wrong with it.
    fn write(&mut self, line: &Line) -> anyhow::Result<Reply<String>>;
}

/// A person at the terminal.
pub(super) struct AtTerminal {
    look: RenderConfig<'static>,
    width: usize,
}

impl AtTerminal {
    pub(super) fn new(cx: &Context<'_>) -> Self {
        Self {
            look: look(cx),
            width: cx.shell.width(),
        }
    }

    /// Returns how a question looks, with what stands in the place of an answer when there is none.
    fn given_up_as(&self, words: &'static str) -> RenderConfig<'static> {
        self.look.with_canceled_prompt_indicator(Styled::new(words))
    }

    /// Returns the longest of these hints that fits on a line, with its brackets.
    fn hint<'h>(&self, hints: &[&'h str]) -> &'h str {
        let fits = |hint: &&&str| hint.chars().count() + 3 <= self.width;
        hints.iter().find(fits).copied().unwrap_or_default()
    }
}

impl Person for AtTerminal {
    fn choose(&mut self, choices: &[Choice]) -> anyhow::Result<Reply<Choice>> {
        let options: Vec<String> = choices
            .iter()
            .map(|choice| format!("{}  {}", choice.letter(), choice.words()))
            .collect();
        // A letter leaves the one line that begins with it; words that a line has leave that line.
        let has = |typed: &str| choices.iter().any(|choice| choice.words().contains(typed));
        let scorer = |typed: &str, _: &String, option: &str, _: usize| {
            let typed = typed.to_lowercase();
            let is_it = match typed.chars().next() {
                Some(first) if typed.len() == 1 || !has(&typed) => option.starts_with(first),
                _ => option.contains(&*typed),
            };
            is_it.then_some(0)
        };
        let words = |option: ListOption<&String>| choices[option.index].words().to_owned();
        let question = Select::new("Your choice:", options)
            .with_help_message(self.hint(&[
                "Enter takes the line marked >, ↑ ↓ or a letter move the mark, Esc stops",
                "Enter takes >, ↑ ↓ or letter move",
            ]))
            .with_page_size(choices.len())
            .with_scorer(&scorer)
            .with_formatter(&words)
            .with_render_config(self.given_up_as("quit"));
        Ok(match while_asking(|| question.raw_prompt()) {
            Ok(option) => Reply::Given(choices[option.index]),
            Err(error) => given_up(error)?,
        })
    }

    fn write(&mut self, line: &Line) -> anyhow::Result<Reply<String>> {
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
        let room = self.width.saturating_sub(3);
        let validator = move |answer: &str| {
            Ok(match check(&said(answer)) {
                Ok(()) => Validation::Valid,
                Err(message) => {
                    let message = wrap(&shown(&message), room).join("\n  ");
                    Validation::Invalid(message.into())
                }
            })
        };
        let name = format!("{}:", line.name);
        let question = Text::new(&name)
            .with_initial_value(&harmless)
            .with_help_message("Enter saves, Esc goes back")
            .with_validator(validator)
            .with_render_config(self.given_up_as("back"));
        match while_asking(|| question.prompt()) {
            Ok(answer) => Ok(Reply::Given(meant(&answer))),
            Err(error) => given_up(error),
        }
    }
}

/// Returns what the end of a question without an answer means.
fn given_up<T>(error: InquireError) -> anyhow::Result<Reply<T>> {
    match error {
        InquireError::OperationCanceled => Ok(Reply::Back),
        InquireError::OperationInterrupted => Ok(Reply::Stop),
        error => Err(anyhow::Error::new(error)
            .context("cannot ask at this terminal; what was done before is saved")),
    }
}
