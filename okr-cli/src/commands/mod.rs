//! The commands, one file each with its documentation beside it.

mod add;
pub(crate) mod args;
pub(crate) mod baseline;
mod check;
mod checkin;
mod close;
mod completions;
mod dates;
mod dialects;
mod diff;
mod due;
mod edition;
mod explain;
mod fmt;
mod foreign;
mod import;
mod man;
mod map;
pub(crate) mod measure;
mod new;
mod page;
mod plans;
mod prompt;
mod publish;
mod read;
mod render;
mod review;
mod set;
mod status;
mod templates;

use std::fmt::Write as _;

use clap::ArgMatches;

use crate::ExitStatus;
use crate::context::Context;
use crate::shell::style;

/// Every command, by name.
pub(crate) static COMMANDS: &[&Command] = &[
    &add::COMMAND,
    &check::COMMAND,
    &checkin::COMMAND,
    &close::COMMAND,
    &completions::COMMAND,
    &dialects::COMMAND,
    &diff::COMMAND,
    &due::COMMAND,
    &explain::COMMAND,
    &fmt::COMMAND,
    &import::COMMAND,
    &man::COMMAND,
    &map::COMMAND,
    &measure::COMMAND,
    &new::COMMAND,
    &publish::COMMAND,
    &read::COMMAND,
    &render::COMMAND,
    &review::COMMAND,
    &set::COMMAND,
    &status::COMMAND,
    &templates::COMMAND,
];

/// A command: what it is called, what it takes, what it does.
pub(crate) struct Command {
    /// The name on the command line.
    pub(crate) name: &'static str,
    /// What it does, in a phrase for the list of commands.
    pub(crate) about: &'static str,
    /// Its documentation in Markdown; the long help text.
    pub(crate) docs: &'static str,
    /// Adds what it takes.
    pub(crate) cli: fn(clap::Command) -> clap::Command,
    /// Does what it does.
    pub(crate) exec: fn(&mut Context<'_>, &ArgMatches) -> anyhow::Result<ExitStatus>,
}

/// Returns a command for the command line; what it takes is added only when it is called for.
pub(crate) fn cli(command: &'static Command) -> clap::Command {
    clap::Command::new(command.name)
        .about(command.about)
        .defer(|clap| {
            let command = COMMANDS
                .iter()
                .find(|command| command.name == clap.get_name());
            match command {
                Some(command) => (command.cli)(clap.long_about(help(command.docs))),
                None => clap,
            }
        })
}

/// Does what the command line asks for.
pub(crate) fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(ExitStatus::Success);
    };
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.exec)(cx, matches),
        None => Ok(ExitStatus::Success),
    }
}

/// Returns documentation as help text: paragraphs on one line each, to be broken where the terminal
/// ends, and headings in the style of the other headings of a help text.
fn help(docs: &str) -> String {
    let head = style::ADDED.bold();
    let mut out = String::new();
    let mut in_paragraph = false;
    for line in docs.lines() {
        let is_block = line.is_empty() || line.starts_with([' ', '#', '-', '|']);
        if in_paragraph && !is_block {
            out.push(' ');
        } else if !out.is_empty() {
            out.push('\n');
        }
        match line.strip_prefix("## ") {
            // Writing to a string does not fail.
            Some(heading) => drop(write!(out, "{head}{heading}:{head:#}")),
            None => out.push_str(line),
        }
        in_paragraph = !is_block;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_sorted_and_documented() {
        assert!(COMMANDS.is_sorted_by_key(|command| command.name));
        for command in COMMANDS {
            assert!(!command.docs.trim().is_empty(), "{}", command.name);
            assert!(!command.about.ends_with('.'), "{}", command.name);
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        crate::cli::command().debug_assert();
        let mut command = crate::cli::command();
        command.build();
    }

    #[test]
    fn paragraphs_are_joined_and_headings_stand_out() {
        let text = help("One\ntwo.\n\n## Examples\n\n    okr fmt\n\n- a\n- b\n");
        let plain = anstream::adapter::strip_str(&text).to_string();
        assert_eq!(plain, "One two.\n\nExamples:\n\n    okr fmt\n\n- a\n- b");
    }
}
