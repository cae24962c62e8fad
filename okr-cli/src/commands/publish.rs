//! `okr publish`: a folder of plans as a site.

mod into;
mod manifest;
mod single;
mod sources;
mod work;

use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use okr_render::site::{Settings, Site};

use self::manifest::Manifest;
use self::sources::Found;
use self::work::{Done, Work};
use super::{Command, args, edition, plans, render};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::{Env, MAX_SMALL};
use crate::error::Failure;
use crate::shell::{Text, style};

pub(crate) static COMMAND: Command = Command {
    name: "publish",
    about: "Make a site of a folder of plans: where they stand, each plan, each person",
    docs: include_str!("publish.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("path")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("The folder of plans [default: .]"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("SITE")
                .required_unless_present("into")
                .value_parser(value_parser!(PathBuf))
                .help("The folder of the site; it is made where there is none"),
        )
        .arg(edition::arg())
        .arg(
            Arg::new("single-file")
                .long("single-file")
                .action(ArgAction::SetTrue)
                .requires("output")
                .help("Make the site one HTML file, SITE, to be mailed or printed as a whole"),
        )
        .arg(
            Arg::new("into")
                .long("into")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Put where the plans stand between two comments of a Markdown file"),
        )
        .arg(
            Arg::new("title")
                .long("title")
                .value_name("TEXT")
                .help("What the site is called"),
        )
        .arg(
            Arg::new("base-url")
                .long("base-url")
                .value_name("URL")
                .value_parser(base_url)
                .help("Where the site will be found, for its feed and for search engines"),
        )
        .arg(
            Arg::new("logo")
                .long("logo")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("A picture before the title: SVG, PNG, JPEG, GIF or WebP"),
        )
        .arg(
            Arg::new("theme")
                .long("theme")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("Take page templates and styles from this folder"),
        )
        .arg(
            Arg::new("at")
                .long("at")
                .value_name("DATE")
                .value_parser(crate::cli::date)
                .help("Show the state as of a day; later check-ins do not count"),
        )
        .arg(
            Arg::new("findings")
                .long("findings")
                .action(ArgAction::SetTrue)
                .help("Tell on the page of each plan what `okr check` finds in it"),
        )
        .arg(
            Arg::new("slides")
                .long("slides")
                .action(ArgAction::SetTrue)
                .conflicts_with("single-file")
                .help("Make slides of each plan too, and link to them from its page"),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help("Write over files in SITE that an earlier run has not made"),
        )
        .arg(args::dry_run())
        .arg(plans::jobs())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    if matches.get_flag("findings") && edition::is_external(matches) {
        let failure = Failure::new("findings quote the plans as they are, internal words too");
        return Err(failure.help("leave --findings out for outsiders").into());
    }
    let settings = settings(cx, matches)?;
    let jobs = plans::job_count(matches);
    let is_dry = matches.get_flag("dry-run");
    let output = matches.get_one::<PathBuf>("output");
    let is_single = matches.get_flag("single-file");
    let into = matches.get_one::<PathBuf>("into");
    let old = match output.filter(|_| !is_single) {
        Some(folder) => Some((folder, Manifest::read(cx.env, folder)?)),
        None => None,
    };
    let (found, mut has_failed) = Found::new(cx, matches)?;
    // Most of the time goes into what a folder that is as it was does not need.
    if let (Some((folder, old)), None) = (&old, into)
        && let Some(known) = old.sources()
        && old.is_there(cx.env, folder)
        && found.digest(cx.env, &settings, jobs)? == Some(known)
    {
        if !is_dry {
            say(cx, folder, &Done::default(), old.len())?;
        }
        return Ok(status(has_failed));
    }
    let (sources, members) = found.read(cx, &settings, jobs, &mut has_failed)?;
    if members.is_empty() {
        return Err(sources.none().into());
    }
    let digest = sources.digest(&settings).filter(|_| !has_failed);
    let site = Site::new(members, settings).map_err(|error| failed(&error))?;
    if let Some((folder, _)) = old {
        // Of two that publish at once the second waits, and finds what the first has made.
        let _turn = (!is_dry).then(|| cx.env.turn(folder)).transpose()?;
        let old = &Manifest::read(cx.env, folder)?;
        let work = Work::new(cx.env, folder, old, &site, &sources);
        if !matches.get_flag("force") {
            refuse_strangers(cx.env, folder, old, work.names())?;
        }
        if is_dry {
            tell(cx, folder, &work.tried(jobs)?)?;
        } else {
            let (done, count) = work.made(jobs, digest)?;
            say(cx, folder, &done, count)?;
        }
    } else if let Some(file) = output {
        let is_forced = matches.get_flag("force");
        single::write(cx, file, &site, &sources, is_forced, is_dry)?;
    }
    if let Some(file) = into {
        into::update(cx, file, found.root(), &site, is_dry)?;
    }
    Ok(status(has_failed))
}

const fn status(has_failed: bool) -> ExitStatus {
    if has_failed {
        ExitStatus::Failure
    } else {
        ExitStatus::Success
    }
}

/// Returns the folder of plans; of a single plan, that in which it lies.
fn root(env: &Env, matches: &ArgMatches) -> PathBuf {
    let path = matches.get_one::<PathBuf>("path");
    let path = path.cloned().unwrap_or_default();
    if path.as_os_str().is_empty() || env.is_folder(&path) {
        return path;
    }
    path.parent().map_or_else(PathBuf::new, Path::to_owned)
}

fn settings(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Settings> {
    let root = root(cx.env, matches);
    // What holds in the folder holds for all of its plans, as they share pages.
    let config = &cx.config_for(&root.join("index.md"))?.audit;
    let day = matches.get_one("at").copied();
    let mut settings = Settings::new(day.unwrap_or_else(|| cx.today()));
    if let Some(title) = matches.get_one::<String>("title") {
        settings.title.clone_from(title);
    }
    settings.base_url = matches.get_one::<String>("base-url").cloned();
    settings.check_in_day = config.check_in_day.unwrap_or(settings.check_in_day);
    settings.yellows = config.limits.yellows_in_a_row;
    settings.lexicon = config.lexicon.clone();
    settings.slides = matches.get_flag("slides");
    if let Some(folder) = matches.get_one::<PathBuf>("theme") {
        settings.theme = render::theme(cx, folder)?;
    }
    if let Some(path) = matches.get_one::<PathBuf>("logo") {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("");
        let is_picture = [".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"]
            .iter()
            .any(|ending| name.to_lowercase().ends_with(ending));
        if !is_picture {
            let failure = Failure::new(format!("{} is no picture for a page", path.display()));
            return Err(failure
                .help("name an SVG, PNG, JPEG, GIF or WebP file")
                .into());
        }
        settings.logo = Some((name.to_owned(), cx.env.read(path, MAX_SMALL)?));
    }
    Ok(settings)
}

/// Returns an address that ends in `/`.
fn base_url(text: &str) -> Result<String, String> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    let is_plain =
        !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>#?".contains(c));
    if !is_web || !is_plain {
        return Err("write a whole address, such as https://example.org/okr/".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

/// Refuses to write over files that are not ours.
fn refuse_strangers(
    env: &Env,
    folder: &Path,
    old: &Manifest,
    mut names: impl Iterator<Item = String>,
) -> anyhow::Result<()> {
    let is_stranger = |name: &String| !old.knows(name) && env.exists(&folder.join(name));
    let Some(stranger) = names.find(is_stranger) else {
        return Ok(());
    };
    let path = folder.join(stranger);
    let failure = Failure::new(format!(
        "{} exists, and okr has not made it",
        path.display()
    ));
    Err(failure
        .help("name an empty folder with -o, or let it be written over with --force")
        .into())
}

fn digest_of(value: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    // None is what stands for a file that is not sure.
    hasher.finish().max(1)
}

fn failed(error: &okr_render::Error) -> Failure {
    Failure::new(format!("cannot make the site: {error}"))
}

/// Prints what would be done.
fn tell(cx: &mut Context<'_>, folder: &Path, done: &Done) -> anyhow::Result<()> {
    let mut text = Text::new();
    let written = done
        .written
        .iter()
        .map(|name| (style::ADDED, "write ", name));
    let removed = done
        .removed
        .iter()
        .map(|name| (style::REMOVED, "remove", name));
    for (style, what, name) in written.chain(removed) {
        let path = folder.join(name);
        text.styled(style, what)
            .push(&format!(" {}\n", path.display()));
    }
    cx.shell.print(text)
}

fn say(cx: &mut Context<'_>, folder: &Path, done: &Done, count: usize) -> anyhow::Result<()> {
    let mut text = Text::new();
    if done.is_empty() {
        text.push(&format!("nothing has changed in {}", folder.display()));
        return cx.shell.note(text);
    }
    let index = folder.join("index.html");
    text.styled(style::GOOD, "published").push(&format!(
        " {}: {} of {} written",
        index.display(),
        done.written.len(),
        args::count(count, "file"),
    ));
    if !done.removed.is_empty() {
        text.push(&format!(", {} removed", done.removed.len()));
    }
    cx.shell.note(text)
}
