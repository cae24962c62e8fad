//! What every question at the terminal has in common.

use inquire::InquireError;
use inquire::ui::RenderConfig;

use crate::context::Context;
use crate::error::Cancelled;
use crate::shell::{Text, wrap};

/// Returns how questions look: in colour, or without.
pub(crate) fn look(cx: &Context<'_>) -> RenderConfig<'static> {
    if cx.shell.has_colour() {
        RenderConfig::default_colored()
    } else {
        RenderConfig::empty()
    }
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
