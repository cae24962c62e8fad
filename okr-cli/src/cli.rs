//! The command line as a whole: what is common to all commands.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, value_parser};
use jiff::civil::Date;
use okr_core::fields::nearest;
use okr_core::model::parse_date;

use crate::ExitStatus;
use crate::commands::{self, COMMANDS};
use crate::error::is_broken_pipe;
use crate::shell::{Colour, Shell, Text, style};

const ABOUT: &str = "Goals as plain Markdown files: starter plans, spreadsheets, pages";

const AFTER: &str = "\
Start here:
  okr templates                 which roles there are starter plans for
  okr new accounts-team         make a plan; at a terminal, okr asks what it needs to know
  okr render PLAN.md -o PLAN.html
                                turn it into a page to send around
  okr checkin PLAN.md           each week: say where it stands; okr status shows it

Exit status:
  0  all is well
  1  the work was done, and there is something to look at
  2  the work could not be done

`okr help COMMAND` tells more about a command.";

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(style::ERROR)
    .valid(AnsiColor::Cyan.on_default().bold())
    .invalid(AnsiColor::Yellow.on_default().bold());

/// Returns the command line; what a single command takes is made only when it is called for.
pub(crate) fn command() -> Command {
    Command::new("okr")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .after_help(AFTER)
        .styles(STYLES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(100)
        .arg(
            Arg::new("today")
                .long("today")
                .value_name("DATE")
                .global(true)
                .value_parser(date)
                .help("Take this day for today, such as 2026-11-22")
                .help_heading("Options for every command"),
        )
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("FILE")
                .global(true)
                .value_parser(value_parser!(PathBuf))
                .help("Go by this okr.toml, and by no other")
                .long_help(
                    "Go by this okr.toml, and by no other; without it, by the one in the folder of each plan or the nearest above",
                )
                .help_heading("Options for every command"),
        )
        .arg(
            Arg::new("color")
                .long("color")
                .value_name("WHEN")
                .global(true)
                .value_parser(colour)
                .help("Use colour: auto, always or never")
                .long_help(
                    "Use colour: auto (on a terminal, unless NO_COLOR is set; always with CLICOLOR_FORCE), always or never",
                )
                .help_heading("Options for every command"),
        )
        .subcommands(COMMANDS.iter().map(|command| commands::cli(command)))
}

/// Says what is wrong with a command line, or prints the help or version that was asked for.
pub(crate) fn explain(error: &clap::Error, shell: &mut Shell) -> ExitStatus {
    let rendered = error.render();
    if !error.use_stderr() {
        // The help is our own text; its colours may pass.
        let help = Text::drawn(rendered.ansi().to_string().trim_end().to_owned());
        return match shell.print(help) {
            Err(error) if !is_broken_pipe(&error) => {
                // There is nobody left to tell when standard error is closed as well.
                let _ = shell.error(&error);
                ExitStatus::Failure
            }
            _ => ExitStatus::Success,
        };
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = shell.note(Text::drawn(
            rendered.ansi().to_string().trim_end().to_owned(),
        ));
        return ExitStatus::Failure;
    }
    let mut text = Text::new();
    for line in rendered.to_string().lines() {
        if let Some(rest) = line.strip_prefix("error: ") {
            text.styled(style::ERROR, "error")
                .styled(style::BOLD, ": ")
                .styled(style::BOLD, rest);
            if is_word_too_many(error) {
                text.push("\n")
                    .styled(style::HELP, "help")
                    .push(": words that belong together go into quotation marks, like \"3 weeks\"");
            }
        } else if let Some(rest) = line.trim_start().strip_prefix("tip: ") {
            text.push("\n")
                .styled(style::HELP, "help")
                .push(": ")
                .push(rest);
        } else if line.starts_with("Usage: ") {
            text.push("\n\n").push(line);
        } else if !line.is_empty() && !line.starts_with("For more information") {
            text.push("\n").push(line);
        }
    }
    // clap finds no likeness in a slip such as `nwe`.
    if let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand)
        && error.get(ContextKind::SuggestedSubcommand).is_none()
    {
        let near = nearest(name, COMMANDS.iter().map(|command| command.name));
        let help = near.map_or("`okr help` lists the commands".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
        text = Text::new();
        text.styled(style::ERROR, "error")
            .styled(style::BOLD, &format!(": there is no command `{name}`"));
        text.push("\n")
            .styled(style::HELP, "help")
            .push(": ")
            .push(&help);
    }
    let _ = shell.note(text);
    ExitStatus::Failure
}

/// Returns whether there is a word more than the command takes, which is no option.
fn is_word_too_many(error: &clap::Error) -> bool {
    let word = error.get(ContextKind::InvalidArg);
    error.kind() == ErrorKind::UnknownArgument
        && matches!(word, Some(ContextValue::String(word)) if !word.starts_with('-'))
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "write a date like 2026-11-22".to_owned())
}

fn colour(text: &str) -> Result<Colour, String> {
    match text {
        "auto" => Ok(Colour::Auto),
        "always" => Ok(Colour::Always),
        "never" => Ok(Colour::Never),
        _ => Err("write auto, always or never".to_owned()),
    }
}
