//! `okr publish`: a folder of plans as a site.

mod into;
mod manifest;
mod single;

use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use okr_core::Parsed;
use okr_render::report::Entry;
use okr_render::site::{File, Member, Remark, Settings, Site};

use self::manifest::Manifest;
use super::check::{self, examine};
use super::plans::ordered::ordered;
use super::plans::targets::{self, Target};
use super::{Command, args, plans, render};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::{Env, MAX_PLAN, MAX_SMALL};
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
            Arg::new("force")
                .long("force")
                .action(ArgAction::SetTrue)
                .help("Write over files in SITE that an earlier run has not made"),
        )
        .arg(args::dry_run())
        .arg(plans::jobs())
}

/// A plan of the folder.
struct Source {
    target: Target,
    /// A digest of its text.
    digest: u64,
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let settings = settings(cx, matches)?;
    let jobs = plans::job_count(matches);
    let (sources, members, has_failed) = read(cx, matches, &settings, jobs)?;
    if members.is_empty() {
        return Err(plans::none("publish").into());
    }
    let site = Site::new(members, settings).map_err(|error| failed(&error))?;
    let is_dry = matches.get_flag("dry-run");
    if let Some(output) = matches.get_one::<PathBuf>("output") {
        if matches.get_flag("single-file") {
            let is_forced = matches.get_flag("force");
            single::write(cx, output, &site, &sources, is_forced, is_dry)?;
        } else {
            publish(cx, matches, output, &site, &sources)?;
        }
    }
    if let Some(file) = matches.get_one::<PathBuf>("into") {
        into::update(cx, file, &root(matches), &site, is_dry)?;
    }
    Ok(if has_failed {
        ExitStatus::Failure
    } else {
        ExitStatus::Success
    })
}

/// Writes the files of a site that have changed.
fn publish(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    folder: &Path,
    site: &Site,
    sources: &[Source],
) -> anyhow::Result<()> {
    let jobs = plans::job_count(matches);
    let old = Manifest::read(cx.env, folder)?;
    let changes = Changes::new(cx.env, folder, &old, site, sources, jobs)?;
    if !matches.get_flag("force") {
        refuse_strangers(cx.env, folder, &old, &changes.names)?;
    }
    if matches.get_flag("dry-run") {
        return tell(cx, folder, &changes);
    }
    if !changes.is_empty() {
        changes.make(cx.env, folder, &old, site, sources, jobs)?;
    }
    say(cx, folder, &changes)
}

/// Returns the folder of plans.
fn root(matches: &ArgMatches) -> PathBuf {
    let root = matches.get_one::<PathBuf>("path");
    root.cloned().unwrap_or_default()
}

/// What a run has to do.
struct Changes {
    /// The plans whose pages are to be made, by position.
    pages: Vec<usize>,
    /// The files beside them that are to be written.
    shared: Vec<File>,
    /// The paths of all files that are to be written.
    names: Vec<String>,
    /// The paths of files of an earlier run that are no longer part of the site.
    stale: Vec<String>,
    /// All files, as they will be.
    manifest: Manifest,
}

impl Changes {
    /// Finds out what has changed since the files in `old` were made.
    fn new(
        env: &Env,
        folder: &Path,
        old: &Manifest,
        site: &Site,
        sources: &[Source],
        jobs: usize,
    ) -> anyhow::Result<Self> {
        let is_stale = |name: &str, digest: u64| {
            !old.has(name, digest) || env.size(&folder.join(name)).is_none()
        };
        let mut changes = Self {
            pages: Vec::new(),
            shared: Vec::new(),
            names: Vec::new(),
            stale: Vec::new(),
            manifest: Manifest::new(),
        };
        for (member, source) in sources.iter().enumerate() {
            let digest = digest_of(&(source.digest, site.digest(member)));
            let names = site.files_of(member);
            for name in &names {
                changes.manifest.add(name, digest);
            }
            if names.iter().any(|name| is_stale(name, digest)) {
                changes.pages.push(member);
                changes.names.extend(names);
            }
        }
        let shared: Vec<usize> = (0..site.shared_len()).collect();
        ordered(
            &shared,
            jobs,
            |at| site.shared(*at).map(|file| (digest_of(&file.bytes), file)),
            |made| {
                let (digest, file) = made.map_err(|error| failed(&error))?;
                changes.manifest.add(&file.path, digest);
                if is_stale(&file.path, digest) {
                    changes.names.push(file.path.clone());
                    changes.shared.push(file);
                }
                Ok(())
            },
        )?;
        let stale = old.without(&changes.manifest).map(str::to_owned);
        changes.stale = stale.collect();
        Ok(changes)
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.stale.is_empty()
    }

    /// Writes what has changed, and takes away what is no longer part of the site.
    fn make(
        &self,
        env: &Env,
        folder: &Path,
        old: &Manifest,
        site: &Site,
        sources: &[Source],
        jobs: usize,
    ) -> anyhow::Result<()> {
        // A run that ends too early leaves a list in which no file that it may have touched counts as made.
        let mut during = Manifest::new();
        for name in old.names().chain(self.manifest.names()) {
            match self
                .manifest
                .digest(name)
                .filter(|digest| old.has(name, *digest))
            {
                Some(digest) => during.add(name, digest),
                None => during.begin(name),
            }
        }
        for name in &self.names {
            during.begin(name);
        }
        during.write(env, folder)?;
        let mut moved = Vec::new();
        ordered(
            &self.pages,
            jobs,
            |member| (*member, page(env, folder, site, *member, &sources[*member])),
            |(member, outcome)| {
                if !outcome? {
                    moved.push(member);
                }
                Ok(())
            },
        )?;
        for file in &self.shared {
            env.place(&folder.join(&file.path), &file.bytes)?;
        }
        for name in &self.stale {
            env.take_away(folder, &folder.join(name))?;
        }
        let mut after = self.manifest.clone();
        // What changed while it was being read is looked at again by the next run.
        for member in moved {
            for name in site.files_of(member) {
                after.begin(&name);
            }
        }
        after.write(env, folder)
    }
}

fn settings(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<Settings> {
    let root = root(matches);
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

/// Reads the plans of the folder, and takes of each what other pages tell.
fn read(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    settings: &Settings,
    jobs: usize,
) -> anyhow::Result<(Vec<Source>, Vec<Member>, bool)> {
    let (targets, mut has_failed) = targets::find(cx, matches, |config| Ok(config.audit.clone()))?;
    let root = root(matches);
    let env: &Env = cx.env;
    let mut sources = Vec::new();
    let mut members = Vec::new();
    ordered(
        &targets,
        jobs,
        |target| {
            let member = |(digest, parsed)| {
                (
                    digest,
                    Member::new(&place(&root, &target.path), &parsed, settings),
                )
            };
            (target, parse(env, target).map(|found| found.map(member)))
        },
        |(target, found)| {
            match found {
                Ok(Some((digest, member))) => {
                    members.push(member);
                    sources.push(Source {
                        target: target.clone(),
                        digest,
                    });
                }
                Ok(None) => {}
                Err(error) => {
                    has_failed = true;
                    plans::told(cx, error)?;
                }
            }
            Ok(())
        },
    )?;
    if matches.get_flag("findings") {
        let mut reports = check::reports(cx.env, &root, &targets, settings.day, jobs)?;
        for (source, member) in sources.iter().zip(&mut members) {
            if let Some(report) = reports.remove(&source.target.name()) {
                member.findings = Some(report.counting().map(remark).collect());
            }
        }
    }
    Ok((sources, members, has_failed))
}

/// Returns a finding as it is told on the page of its plan.
fn remark(entry: &Entry) -> Remark {
    let question = entry
        .question
        .as_ref()
        .map(|question| question.text.clone());
    let help = (!entry.help.is_empty()).then(|| entry.help.clone());
    Remark {
        rule: entry.rule.clone(),
        level: entry.level,
        element: entry.element.clone(),
        message: entry.message.clone(),
        help: help.into_iter().chain(question).collect(),
    }
}

/// Returns a plan with a digest of its text; nothing for a file that is none.
fn parse(env: &Env, target: &Target) -> anyhow::Result<Option<(u64, Parsed)>> {
    let text = env.read_text(&target.path, MAX_PLAN)?;
    let digest = digest_of(&text);
    let parsed = okr_core::parse(text);
    let is_plan = check::reason(examine::Kind::of(&parsed)).is_none();
    Ok(is_plan.then_some((digest, parsed)))
}

/// Returns the way from the folder of plans to one of them, with `/` between folders.
fn place(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts = path.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Makes the files of a plan; returns whether the plan is still as it was.
fn page(
    env: &Env,
    folder: &Path,
    site: &Site,
    member: usize,
    source: &Source,
) -> anyhow::Result<bool> {
    let Some((digest, parsed)) = parse(env, &source.target)? else {
        return Ok(false);
    };
    if digest != source.digest {
        return Ok(false);
    }
    for file in site.plan(member, &parsed).map_err(|error| failed(&error))? {
        env.place(&folder.join(&file.path), &file.bytes)?;
    }
    Ok(true)
}

/// Refuses to write over files that are not ours.
fn refuse_strangers(
    env: &Env,
    folder: &Path,
    old: &Manifest,
    names: &[String],
) -> anyhow::Result<()> {
    let is_stranger = |name: &&String| !old.knows(name) && env.exists(&folder.join(name));
    let Some(stranger) = names.iter().find(is_stranger) else {
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
fn tell(cx: &mut Context<'_>, folder: &Path, changes: &Changes) -> anyhow::Result<()> {
    let mut text = Text::new();
    let written = changes
        .names
        .iter()
        .map(|name| (style::ADDED, "write ", name));
    let removed = changes
        .stale
        .iter()
        .map(|name| (style::REMOVED, "remove", name));
    for (style, what, name) in written.chain(removed) {
        let path = folder.join(name);
        text.styled(style, what)
            .push(&format!(" {}\n", path.display()));
    }
    cx.shell.print(text)
}

fn say(cx: &mut Context<'_>, folder: &Path, changes: &Changes) -> anyhow::Result<()> {
    let mut text = Text::new();
    if changes.is_empty() {
        text.push(&format!("nothing has changed in {}", folder.display()));
        return cx.shell.note(text);
    }
    let index = folder.join("index.html");
    text.styled(style::GOOD, "published").push(&format!(
        " {}: {} of {} written",
        index.display(),
        changes.names.len(),
        args::count(changes.manifest.len(), "file"),
    ));
    if !changes.stale.is_empty() {
        text.push(&format!(", {} removed", changes.stale.len()));
    }
    cx.shell.note(text)
}
