//! Plans and folders of plans, for the commands that look at many.

pub(super) mod ordered;
pub(super) mod targets;

use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};
use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::audit::Settings;
use okr_core::completion::complete;
use okr_core::progress::Overview;

use self::ordered::ordered;
use self::targets::Target;
use super::check::{self, examine};
use crate::context::Context;
use crate::env::{Env, MAX_PLAN};
use crate::error::Failure;
use crate::shell::Text;

/// The most threads that are of use.
const MAX_JOBS: usize = 64;

/// The plans to look at.
pub(super) fn paths() -> Arg {
    Arg::new("path")
        .value_name("PATH")
        .num_args(0..)
        .value_parser(value_parser!(PathBuf))
        .help("Plans, and folders of plans; - is standard input [default: .]")
}

/// `--jobs`.
pub(super) fn jobs() -> Arg {
    Arg::new("jobs")
        .long("jobs")
        .short('j')
        .value_name("N")
        .value_parser(value_parser!(u16).range(1..))
        .help("Look at this many plans at once [default: one for each core]")
}

/// Returns how many threads are to work.
pub(super) fn job_count(matches: &ArgMatches) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = matches.get_one::<u16>("jobs");
    jobs.map_or(cores, |jobs| usize::from(*jobs)).min(MAX_JOBS)
}

/// Says that a file is no plan, to a user who has named it.
pub(super) fn say_passed(
    cx: &mut Context<'_>,
    target: &Target,
    reason: &str,
) -> anyhow::Result<()> {
    if !target.is_named {
        return Ok(());
    }
    let name = target.name();
    let name = if name == "-" {
        "standard input"
    } else {
        &*name
    };
    cx.shell.note(Text::from(format!("{name} {reason}")))
}

/// Says what is wrong with one file, which keeps nobody from looking at the others.
pub(super) fn told(cx: &mut Context<'_>, error: anyhow::Error) -> anyhow::Result<()> {
    if crate::error::is_broken_pipe(&error) {
        return Err(error);
    }
    cx.shell.error(&error)
}

/// Returns what is said where a folder has no plan, which is not what was meant.
pub(super) fn none(command: &str) -> Failure {
    Failure::new("there is no plan in this folder").help(format!(
        "`okr new` makes one; `okr {command} PATH` looks elsewhere"
    ))
}

/// The day on which plans are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub(super) today: Date,
    /// Whether that is a day of the past, of which nobody knows which steps were ticked.
    pub(super) is_past: bool,
}

/// What came of looking at plans.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// How many plans there were.
    pub(super) plans: usize,
    /// Whether any file could not be read, which has been said.
    pub(super) has_failed: bool,
    /// Whether the user named a file that is no plan, which has been said.
    pub(super) has_passed: bool,
}

/// Looks at the plans of the command line on several threads: `work` sees each with its path and what its
/// `okr.toml` sets, `each` what came of it, in the order of the paths.
///
/// # Errors
///
/// The first error of `each`, or that something cannot be looked at at all.
pub(super) fn look<R: Send>(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    day: Day,
    work: impl Fn(&str, &Overview<'_>, &Settings) -> R + Sync,
    each: impl FnMut(&mut Context<'_>, R) -> anyhow::Result<()>,
) -> anyhow::Result<Seen> {
    let work = |path: &str, (), overview: &Overview<'_>, settings: &Settings| {
        work(path, overview, settings)
    };
    look_into(cx, matches, day, |_, _| (), work, each)
}

/// Does the same, where `work` needs what `read` takes out of the text, too.
///
/// # Errors
///
/// As [`look`].
pub(super) fn look_into<T, R: Send>(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    day: Day,
    read: impl Fn(&str, &Parsed) -> T + Sync,
    work: impl Fn(&str, T, &Overview<'_>, &Settings) -> R + Sync,
    mut each: impl FnMut(&mut Context<'_>, R) -> anyhow::Result<()>,
) -> anyhow::Result<Seen> {
    let (targets, has_failed) = targets::find(cx, matches, |config| Ok(config.audit.clone()))?;
    let mut seen = Seen {
        has_failed,
        ..Seen::default()
    };
    let env: &Env = cx.env;
    ordered(
        &targets,
        job_count(matches),
        |target| (target, see(env, day, target, &read, &work)),
        |(target, found)| match found {
            Ok(Ok(result)) => {
                seen.plans += 1;
                each(cx, result)
            }
            Ok(Err(reason)) => {
                seen.has_passed |= target.is_named;
                say_passed(cx, target, reason)
            }
            Err(error) => {
                seen.has_failed = true;
                told(cx, error)
            }
        },
    )?;
    Ok(seen)
}

/// Looks at one file; a reason stands for one that is no plan.
fn see<T, R>(
    env: &Env,
    day: Day,
    target: &Target,
    read: impl Fn(&str, &Parsed) -> T,
    work: impl Fn(&str, T, &Overview<'_>, &Settings) -> R,
) -> anyhow::Result<Result<R, &'static str>> {
    let text = env.read_text(&target.path, MAX_PLAN)?;
    let parsed = okr_core::parse(text);
    if let Some(reason) = check::reason(examine::Kind::of(&parsed)) {
        return Ok(Err(reason));
    }
    let name = target.name();
    let taken = read(&name, &parsed);
    let plan = complete(parsed.plan, &target.settings.lexicon);
    let schedules = target.settings.schedules();
    let overview = if day.is_past {
        Overview::of_past(&plan, day.today, &schedules)
    } else {
        Overview::new(&plan, day.today, &schedules)
    };
    Ok(Ok(work(&name, taken, &overview, &target.settings)))
}
