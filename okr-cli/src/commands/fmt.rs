//! `okr fmt`: tidies plans.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};

use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::shell::{Text, style};

pub(crate) static COMMAND: Command = Command {
    name: "fmt",
    about: "Tidy plans: numbers, names of fields, tables",
    docs: include_str!("fmt.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(
            args::plan()
                .action(ArgAction::Append)
                .num_args(1..)
                .help("The plans to tidy; - is standard input"),
        )
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .conflicts_with("dry-run")
                .help("Write nothing, and end with 1 when a plan is not tidy"),
        )
        .arg(args::dry_run())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let mut status = ExitStatus::Success;
    let plans: Vec<&PathBuf> = matches.get_many("plan").into_iter().flatten().collect();
    for plan in plans {
        match one(cx, matches, plan) {
            Ok(false) if status == ExitStatus::Success => status = ExitStatus::Findings,
            Ok(_) => {}
            // What is wrong with one plan does not keep the others untidy.
            Err(error) if !crate::error::is_broken_pipe(&error) => {
                cx.shell.error(&error)?;
                status = ExitStatus::Failure;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(status)
}

/// Tidies one plan; returns false when it is not tidy and was to be checked only.
fn one(cx: &mut Context<'_>, matches: &ArgMatches, plan: &Path) -> anyhow::Result<bool> {
    let name = plan.display();
    let says_only = matches.get_flag("check") || matches.get_flag("dry-run");
    if says_only || args::is_standard(plan) {
        let text = cx.env.read_text(plan, MAX_PLAN)?;
        let (tidied, faults) = tidy(&text);
        if matches.get_flag("check") {
            if tidied != text {
                cx.shell.note(Text::from(format!("{name} is not tidy")))?;
            }
            args::say_faults(cx, faults, &name.to_string())?;
            return Ok(tidied == text);
        }
        if matches.get_flag("dry-run") {
            crate::diff::print(
                cx,
                &name.to_string(),
                Some(text.as_bytes()),
                tidied.as_bytes(),
            )?;
        } else {
            cx.shell.document(tidied.as_bytes())?;
        }
        args::say_faults(cx, faults, &name.to_string())?;
        return Ok(true);
    }
    let (changed, faults) = cx.env.update(plan, |text| {
        let (tidied, faults) = tidy(text);
        let changed = tidied != text;
        Ok((Some(tidied), (changed, faults)))
    })?;
    let mut text = Text::new();
    if changed {
        text.styled(style::GOOD, "tidied").push(&format!(" {name}"));
    } else {
        text.push(&format!("{name} is tidy already"));
    }
    cx.shell.note(text)?;
    args::say_faults(cx, faults, &name.to_string())?;
    Ok(true)
}

/// Returns the text made tidy, and how many places of it are not understood.
fn tidy(text: &str) -> (String, usize) {
    let parsed = okr_core::parse(text);
    let tidied = okr_core::edit::tidy(&parsed).apply(text);
    (tidied, args::slips(&parsed.diagnostics))
}
