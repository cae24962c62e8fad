//! `okr completions`: lets a shell complete what is typed.

use clap::{Arg, ArgMatches, value_parser};
use clap_complete::Shell;

use super::Command;
use crate::ExitStatus;
use crate::context::Context;

pub(crate) static COMMAND: Command = Command {
    name: "completions",
    about: "Let your shell complete what you type",
    docs: include_str!("completions.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command.arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(value_parser!(Shell))
            .help("The shell that you type into"),
    )
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let shell = *matches.get_one::<Shell>("shell").unwrap_or(&Shell::Bash);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::cli::command(), "okr", &mut script);
    cx.shell.document(&script)?;
    Ok(ExitStatus::Success)
}
