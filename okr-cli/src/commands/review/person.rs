//! Whoever is asked: a person at the terminal, or a script in a test.

use inquire::Select;
use inquire::list_option::ListOption;
use inquire::ui::{RenderConfig, Styled};

pub(super) use crate::commands::prompt::{Check, Line, Reply};

use crate::commands::prompt::{self, Manner, given_up, look};
use crate::context::Context;
use crate::env::while_asking;

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
    has_colour: bool,
    width: usize,
}

impl AtTerminal {
    pub(super) fn new(cx: &Context<'_>) -> Self {
        Self {
            look: look(cx),
            has_colour: cx.shell.has_colour(),
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
        let manner = Manner {
            has_colour: self.has_colour,
            width: self.width,
            hint: "Enter saves, Esc goes back",
            given_up: "back",
        };
        prompt::write(line, &manner)
    }
}
