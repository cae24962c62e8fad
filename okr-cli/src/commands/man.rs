//! `okr man`: the manual pages.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, value_parser};
use clap_mangen::Man;
use okr_core::fields::nearest;

use super::{COMMANDS, Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::Output;
use crate::error::Failure;
use crate::shell::Text;

pub(crate) static COMMAND: Command = Command {
    name: "man",
    about: "Print or write the manual pages",
    docs: include_str!("man.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .help("The command to read about; without one, okr itself"),
        )
        .arg(
            Arg::new("dir")
                .long("dir")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with("command")
                .help("Write all pages into this folder"),
        )
        .arg(args::force().requires("dir"))
        .arg(args::dry_run().requires("dir"))
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let mut okr = crate::cli::command();
    okr.build();
    if matches.contains_id("dir") {
        let folder = args::path(matches, "dir");
        let mut outputs = vec![output(folder, "okr", okr.clone())?];
        for command in okr
            .get_subcommands()
            .filter(|command| command.get_name() != "help")
        {
            outputs.push(output(
                folder,
                &format!("okr-{}", command.get_name()),
                command.clone(),
            )?);
        }
        if args::write(cx, matches, &outputs)? {
            let message = format!(
                "wrote {} to {}",
                args::count(outputs.len(), "manual page"),
                folder.display()
            );
            cx.shell.note(Text::from(message))?;
        }
        return Ok(ExitStatus::Success);
    }
    let page = match matches.get_one::<String>("command") {
        None => page("okr", okr)?,
        Some(name) => {
            let command = okr.find_subcommand(name).ok_or_else(|| {
                let near = nearest(name, COMMANDS.iter().map(|command| command.name));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                Failure::new(format!("there is no command `{name}`")).maybe_help(help)
            })?;
            page(&format!("okr-{name}"), command.clone())?
        }
    };
    cx.shell.document(&page)?;
    Ok(ExitStatus::Success)
}

fn output(folder: &Path, name: &str, command: clap::Command) -> anyhow::Result<Output> {
    Ok(Output {
        path: folder.join(format!("{name}.1")),
        bytes: page(name, command)?,
    })
}

fn page(name: &str, command: clap::Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    // Items of a list that follow each other would run together in a manual page.
    let about = command
        .get_long_about()
        .map(|about| about.to_string().replace("\n- ", "\n\n- "));
    let command = match about {
        Some(about) => command.long_about(about),
        None => command,
    };
    // The page of a command is found under its whole name, as `man okr-new`.
    let man = Man::new(command.display_name(name.to_owned()))
        .title(name)
        .manual("okr")
        .date("");
    let man = man.source(concat!("okr ", env!("CARGO_PKG_VERSION")));
    man.render(&mut page)?;
    Ok(page)
}
