//! The only printing: results to standard output, everything else to standard error.
//!
//! What comes from a file may hold escape codes. A terminal sees none of them: all words go through
//! [`Text`], which shows control characters instead of passing them on.
#![expect(
    clippy::disallowed_methods,
    reason = "the shell is where printing happens"
)]

pub(crate) mod prompt;
mod text;

use std::io::{self, Write};

use anstyle::Style;

pub(crate) use okr_render::words::is_harmful;
pub(crate) use text::{Text, columns, flow, flow_below, is_plain, quoted, shown, wrap};

use crate::env::{Env, Streams};
use crate::error;

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    /// On a terminal, unless the environment says otherwise.
    Auto,
    /// Also into a file or a pipe.
    Always,
    /// Not at all.
    Never,
}

/// The styles that `okr` uses; a terminal's own colours, so that they suit light and dark ones.
pub(crate) mod style {
    use anstyle::{AnsiColor, Style};

    pub(crate) const BOLD: Style = Style::new().bold();
    pub(crate) const DIM: Style = Style::new().dimmed();
    pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
    pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
    pub(crate) const HELP: Style = AnsiColor::Cyan.on_default().bold();
    pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
    pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
    pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
}

/// Where `okr` prints.
pub(crate) struct Shell {
    out: Stream,
    err: Stream,
    width: usize,
    is_ascii: bool,
}

struct Stream {
    writer: Box<dyn Write>,
    colour: bool,
    is_terminal: bool,
}

impl Stream {
    fn write(&mut self, text: &Text) -> io::Result<()> {
        if self.colour || !text.is_styled() {
            self.writer.write_all(text.ansi().as_bytes())?;
        } else {
            self.writer.write_all(text.plain().as_bytes())?;
        }
        self.writer.flush()
    }
}

impl Shell {
    /// Returns the shell of `env`, with colour as the command line says.
    pub(crate) fn new(env: &Env, colour: Option<Colour>) -> Self {
        let stream = |writer: Box<dyn Write>, is_terminal: bool| {
            let colour = match colour.unwrap_or(Colour::Auto) {
                Colour::Always => true,
                Colour::Never => false,
                Colour::Auto => env.colour.unwrap_or(is_terminal && !env.is_dumb),
            };
            Stream {
                writer,
                colour,
                is_terminal,
            }
        };
        let (out, err): (Box<dyn Write>, Box<dyn Write>) = match &env.streams {
            Streams::Standard => {
                // Old consoles of Windows must be told that colours will come; elsewhere this does nothing.
                let _ = anstream::AutoStream::auto(io::stdout());
                (Box::new(io::stdout()), Box::new(io::stderr()))
            }
            Streams::Captured(captured) => (Box::new(captured.out()), Box::new(captured.err())),
        };
        Self {
            out: stream(out, env.stdout_is_terminal),
            err: stream(err, env.stderr_is_terminal),
            width: env.width(),
            is_ascii: env.is_ascii,
        }
    }

    /// Returns how many columns a line may have.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Returns whether pictures must be of ASCII signs.
    pub(crate) const fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// Prints a result and ends the line.
    pub(crate) fn print(&mut self, mut text: Text) -> anyhow::Result<()> {
        text.push("\n");
        Ok(self.out.write(&text)?)
    }

    /// Prints the bytes of a document: as they are into a file or a pipe, harmless on a terminal.
    pub(crate) fn document(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        if self.out.is_terminal {
            let words = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
            return Ok(self.out.write(&Text::from(words))?);
        }
        self.out.writer.write_all(bytes)?;
        Ok(self.out.writer.flush()?)
    }

    /// Returns whether what is said beside the result has colour.
    pub(crate) const fn has_colour(&self) -> bool {
        self.err.colour
    }

    /// Returns whether results have colour.
    pub(crate) const fn draws_colour(&self) -> bool {
        self.out.colour
    }

    /// Returns whether results must be exact bytes, because a program reads them.
    pub(crate) const fn is_exact(&self) -> bool {
        !self.out.is_terminal && !self.out.colour
    }

    /// Says something beside the result and ends the line.
    pub(crate) fn note(&mut self, mut text: Text) -> anyhow::Result<()> {
        text.push("\n");
        Ok(self.err.write(&text)?)
    }

    /// Warns of something that does not stop the work.
    pub(crate) fn warn(&mut self, message: &str, help: Option<&str>) -> anyhow::Result<()> {
        self.headed("warning", style::WARNING, message, help)
    }

    /// Says why the work could not be done, and what to do about it.
    pub(crate) fn error(&mut self, error: &anyhow::Error) -> anyhow::Result<()> {
        if let Some(drawn) = error
            .chain()
            .find_map(|cause| cause.downcast_ref::<error::Drawn>())
        {
            return self.note(drawn.0.clone());
        }
        if error.is::<error::Told>() {
            return Ok(());
        }
        if error.is::<error::Cancelled>() {
            return self.note(Text::from(error.to_string()));
        }
        self.headed(
            "error",
            style::ERROR,
            &format!("{error:#}"),
            error::help(error),
        )
    }

    fn headed(
        &mut self,
        head: &str,
        style: Style,
        message: &str,
        help: Option<&str>,
    ) -> anyhow::Result<()> {
        let mut text = Text::new();
        text.styled(style, head)
            .styled(style::BOLD, ": ")
            .styled(style::BOLD, message);
        if let Some(help) = help {
            text.push("\n")
                .styled(style::HELP, "help")
                .push(": ")
                .push(help);
        }
        self.note(text)
    }
}
