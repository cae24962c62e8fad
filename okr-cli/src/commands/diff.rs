//! `okr diff`: what changed between two plans, in terms of the plan.

mod json;
mod picture;

pub(super) use picture::{Counts, draw, draw_differences};

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, value_parser};
use okr_core::diff::diff;
use okr_core::model::Plan;
use okr_render::{Format, Part, ReadOptions};

use super::{Command, args, render};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::{MAX_FORMATTED, MAX_PLAN};
use crate::error::Failure;
use crate::shell::Text;

pub(crate) static COMMAND: Command = Command {
    name: "diff",
    about: "Show what changed between two plans, in terms of the plan",
    docs: include_str!("diff.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    let plan = |name: &'static str, value: &'static str| {
        Arg::new(name)
            .value_name(value)
            .required(true)
            .value_parser(value_parser!(PathBuf))
    };
    command
        .arg(plan("old", "OLD").help("The plan before, in any format; - is standard input"))
        .arg(plan("new", "NEW").help("The plan afterwards, in any format; - is standard input"))
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("FORMAT")
                .help("The format to read, where no ending tells it"),
        )
        .arg(args::json())
}

/// A plan that was read.
struct Source {
    name: String,
    plan: Plan,
    format: &'static Format,
    /// How many places are not understood.
    slips: usize,
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let (old, new) = (args::path(matches, "old"), args::path(matches, "new"));
    if args::is_standard(old) && args::is_standard(new) {
        let failure = Failure::new("standard input cannot be both plans");
        return Err(failure.help("name a file for one of them").into());
    }
    let old = read(cx, matches, old)?;
    let new = read(cx, matches, new)?;
    // What one of the two cannot hold would all seem to have come or gone.
    let reduce = |plan: &Plan| new.format.carries.reduce(&old.format.carries.reduce(plan));
    let (old_plan, new_plan) = (reduce(&old.plan), reduce(&new.plan));
    let diff = diff(&old_plan, &new_plan);
    if matches.get_flag("json") {
        cx.shell
            .document(json::document(&old.name, &new.name, &diff)?.as_bytes())?;
    } else if diff.is_empty() {
        cx.shell.note(Text::from(format!(
            "{} and {} say the same",
            old.name, new.name
        )))?;
    } else {
        cx.shell.print(picture::draw(&diff))?;
    }
    for source in [&old, &new] {
        let missing: Vec<&str> = source
            .format
            .carries
            .missing()
            .filter(|part| matches!(part, Part::CheckIns | Part::Formatting))
            .map(Part::words)
            .collect();
        if !missing.is_empty() {
            cx.shell.note(Text::from(format!(
                "{} are not compared: {} cannot carry them",
                missing.join(" and "),
                source.format.name.to_uppercase()
            )))?;
            break;
        }
    }
    for source in [&old, &new] {
        args::say_faults(cx, source.slips, &source.name)?;
    }
    Ok(if diff.is_empty() {
        ExitStatus::Success
    } else {
        ExitStatus::Findings
    })
}

/// Reads a plan in the format that its ending tells.
fn read(cx: &Context<'_>, matches: &ArgMatches, path: &Path) -> anyhow::Result<Source> {
    let name = if args::is_standard(path) {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    };
    let format = format_of(matches, path, &name)?;
    let (plan, diagnostics) = if format.name == "markdown" {
        let parsed = okr_core::parse(cx.env.read_text(path, MAX_PLAN)?);
        (parsed.plan, parsed.diagnostics)
    } else {
        let bytes = cx.env.read(path, MAX_FORMATTED)?;
        let read = (format.read)(&bytes, &ReadOptions::default()).map_err(|error| {
            Failure::new(format!("cannot read {name} as {}: {error}", format.name))
        })?;
        (read.plan, read.diagnostics)
    };
    Ok(Source {
        name,
        plan,
        format,
        slips: args::slips(&diagnostics),
    })
}

fn format_of(matches: &ArgMatches, path: &Path, name: &str) -> anyhow::Result<&'static Format> {
    let by_ending = Format::of_file_name(name).ok();
    if let Some(format) = by_ending.filter(|_| !args::is_standard(path)) {
        return Ok(format);
    }
    match matches.get_one::<String>("from") {
        Some(from) => render::named(from),
        None if args::is_standard(path) => render::named("markdown"),
        None => {
            let message = match Format::of_file_name(name) {
                Err(error) => error.to_string(),
                Ok(_) => format!("the format of {name} is not known"),
            };
            let failure = Failure::new(message);
            Err(failure
                .help("say which format it is, as in --from markdown")
                .into())
        }
    }
}
