//! `okr review`: goes through what is wrong with a plan, one finding at a time.

mod closing;
mod deed;
mod person;
mod questions;
mod same;
mod session;
#[cfg(test)]
mod tests;
mod view;

use clap::ArgMatches;
use okr_render::Format;

use self::person::AtTerminal;
use self::session::Review;
use super::check::{self, examine};
use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::error::Failure;
use crate::shell::quoted;

pub(crate) static COMMAND: Command = Command {
    name: "review",
    about: "Go through what is wrong with a plan, one finding at a time",
    docs: include_str!("review.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(args::plan().help("The plan to go through, a Markdown file"))
        .args(args::audit())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let path = args::path(matches, "plan");
    let name = path.display().to_string();
    let file = quoted(&name);
    if args::is_standard(path) {
        let failure = Failure::new("standard input cannot be reviewed: it is where you answer");
        return Err(failure
            .help("name a file; `okr check -` reads standard input")
            .into());
    }
    if Format::of_file_name(&name).is_ok_and(|format| format.name != "markdown") {
        let message =
            format!("{name} is no Markdown file, and only Markdown plans can be reviewed");
        let failure = Failure::new(message);
        return Err(failure
            .help("review the .md file, or make one of it with `okr render`")
            .into());
    }
    let text = cx.env.read_text(path, MAX_PLAN)?;
    if let Some(reason) = check::reason(examine::Kind::of(&okr_core::parse(text))) {
        return Err(Failure::new(format!("{name} {reason}")).into());
    }
    let settings = args::audit_settings(&*cx.config_for(path)?, matches)?;
    if !cx.env.can_ask() {
        let failure =
            Failure::new("a review asks questions, and nobody is at a terminal to answer");
        return Err(failure
            .help(format!(
                "okr check {file} shows what is wrong; okr check --fix {file} mends what it can"
            ))
            .into());
    }
    // Better now than after the first answer.
    cx.env.check_update(path)?;
    let review = Review {
        path,
        settings: &settings,
        today: cx.today(),
    };
    let mut person = AtTerminal::new(cx);
    review.run(cx, &mut person)
}
