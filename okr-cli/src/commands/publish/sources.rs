//! The plans from which a site is made, in the edition that was asked for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::ArgMatches;
use okr_core::Parsed;
use okr_core::edition::External;
use okr_render::report::Entry;
use okr_render::site::{Content, Member, Members, Remark, Settings};

use super::{digest_of, root};
use crate::commands::check::{self, examine};
use crate::commands::edition::{self, Asked, Workspace, joined};
use crate::commands::plans;
use crate::commands::plans::ordered::ordered;
use crate::commands::plans::targets::{self, Target};
use crate::context::Context;
use crate::env::{Env, MAX_PLAN};
use crate::error::Failure;

/// How many bytes of plans are kept until their pages are made, so that most folders are read once and none takes more
/// memory than that allows; in memory a plan is some times as long.
const KEPT: usize = 16 * 1024 * 1024;

/// The Markdown files of a folder, of which not all need be plans.
pub(super) struct Found {
    root: PathBuf,
    targets: Vec<Target>,
    is_external: bool,
    /// Whether the pages tell what is found in the plans.
    tells: bool,
}

/// The plans among them.
pub(super) struct Sources {
    plans: Vec<Source>,
    /// A digest of all files, those that are no plans too; nothing where one of them could not be read, and for
    /// outsiders.
    digest: Option<u64>,
    /// How many plans are internal as a whole, or have nothing left.
    left_out: usize,
}

/// A plan of the folder.
pub(super) struct Source {
    target: Target,
    /// The way to it from the folder of plans.
    place: String,
    edition: Option<Arc<Edition>>,
    /// A digest of its text as it was read. Of an external edition it is told to nobody: who guesses a text that was
    /// left out could see by it that the guess is right.
    read: u64,
    /// A digest of the text that is published.
    pub(super) digest: u64,
    /// How many bytes the text has.
    length: usize,
    /// The plan, while it is kept.
    kept: Mutex<Option<Box<Content>>>,
}

/// The external edition of all plans of the folder.
struct Edition {
    external: External,
    /// A digest of each text from which it is known what is internal, by its place.
    known: HashMap<String, u64>,
}

/// What comes of a file.
enum Outcome {
    NoPlan,
    /// A plan that is internal as a whole, or has nothing left.
    LeftOut,
    Shown(Box<Parsed>),
}

impl Found {
    /// Looks for files; the second value is whether something could not be read, which has been said.
    ///
    /// # Errors
    ///
    /// The folder or a configuration cannot be read.
    pub(super) fn new(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<(Self, bool)> {
        let (targets, has_failed) = targets::find(cx, matches, |config| Ok(config.audit.clone()))?;
        let found = Self {
            root: root(cx.env, matches),
            targets,
            is_external: edition::is_external(matches),
            tells: matches.get_flag("findings"),
        };
        Ok((found, has_failed))
    }

    /// Returns the folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the digest that [`Sources::digest`] returns, without looking into the texts; nothing for outsiders.
    pub(super) fn digest(
        &self,
        env: &Env,
        settings: &Settings,
        jobs: usize,
    ) -> anyhow::Result<Option<u64>> {
        // What is found depends on more files than these.
        if self.is_external || self.tells {
            return Ok(None);
        }
        let mut all = Some(0);
        ordered(
            &self.targets,
            jobs,
            |target| {
                let text = env.read_text(&target.path, MAX_PLAN).ok()?;
                Some(digest_of(&(self.place(target), digest_of(&text))))
            },
            |one| {
                all = all.zip(one).map(|both| digest_of(&both));
                Ok(())
            },
        )?;
        Ok(with(all, settings))
    }

    /// Reads the plans, and takes of each what other pages tell; what cannot be read is said.
    ///
    /// For outsiders, all files are read once before, to know what is internal in them.
    ///
    /// # Errors
    ///
    /// Nothing can be said, or a folder around the plans cannot be looked into.
    pub(super) fn read(
        &self,
        cx: &mut Context<'_>,
        settings: &Settings,
        jobs: usize,
        has_failed: &mut bool,
    ) -> anyhow::Result<(Sources, Members)> {
        let edition = if self.is_external {
            Some(Arc::new(self.edition(cx, jobs)?))
        } else {
            None
        };
        let env: &Env = cx.env;
        let mut sources = Sources {
            plans: Vec::new(),
            digest: (!self.is_external && !self.tells).then_some(0),
            left_out: 0,
        };
        let mut reports = HashMap::new();
        if self.tells {
            reports = check::reports(env, &self.root, &self.targets, settings.day, jobs)?;
        }
        let mut members = Members::default();
        let mut room = KEPT;
        ordered(
            &self.targets,
            jobs,
            |target| {
                let place = self.place(target);
                let (read, outcome) = look(env, target, &place, edition.as_deref())?;
                let member = match outcome {
                    Outcome::NoPlan => None,
                    Outcome::LeftOut => Some(None),
                    Outcome::Shown(parsed) => {
                        let digest = match edition {
                            None => read,
                            Some(_) => digest_of(&parsed.document.text()),
                        };
                        let mut member = Member::new(&place, &parsed, settings);
                        let report = reports.get(&target.name());
                        member.findings = report.map(|it| it.counting().map(remark).collect());
                        let source = Source {
                            target: target.clone(),
                            place: place.clone(),
                            edition: edition.clone(),
                            read,
                            digest,
                            length: parsed.document.text().len(),
                            kept: Mutex::new(Some(Box::new(Content::from(*parsed)))),
                        };
                        Some(Some((source, member)))
                    }
                };
                Ok((digest_of(&(place, read)), member))
            },
            |found| {
                let all = sources.digest.take();
                match found {
                    Ok((one, member)) => {
                        sources.digest = all.map(|all| digest_of(&(all, one)));
                        match member {
                            Some(Some((mut source, member))) => {
                                source.keep_within(&mut room);
                                members.push(member);
                                sources.plans.push(source);
                            }
                            Some(None) => sources.left_out += 1,
                            None => {}
                        }
                    }
                    Err(error) => {
                        *has_failed = true;
                        plans::told(cx, error)?;
                    }
                }
                Ok(())
            },
        )?;
        Ok((sources, members))
    }

    /// Reads all files, and those to which their links lead.
    ///
    /// A file that cannot be read is not told; that it will be when it is read to be published.
    fn edition(&self, cx: &mut Context<'_>, jobs: usize) -> anyhow::Result<Edition> {
        let env: &Env = cx.env;
        let mut workspace = Workspace::new(self.root.clone());
        let mut known = HashMap::new();
        ordered(
            &self.targets,
            jobs,
            |target| {
                let place = self.place(target);
                let text = env.read_text(&target.path, MAX_PLAN);
                let asked = text.map(|text| {
                    let digest = digest_of(&text);
                    (digest, Asked::new(&place, &okr_core::parse(text)))
                });
                (place, asked)
            },
            |(place, asked)| {
                if let Ok((digest, asked)) = asked {
                    workspace.add(&place, asked);
                    known.insert(place, digest);
                } else {
                    workspace.add_unread(&place);
                }
                Ok(())
            },
        )?;
        let external = workspace.external(cx)?;
        Ok(Edition { external, known })
    }

    /// Returns the way from the folder of plans to one of them, with `/` between folders.
    fn place(&self, target: &Target) -> String {
        let path = &target.path;
        joined(path.strip_prefix(&self.root).unwrap_or(path))
    }
}

impl Sources {
    /// Returns a digest of all from which a site with these settings is made; nothing where a file could not be read,
    /// and for outsiders, whom it would tell of what was left out.
    pub(super) fn digest(&self, settings: &Settings) -> Option<u64> {
        with(self.digest, settings)
    }

    /// Returns what is said where there is nothing to publish.
    pub(super) fn none(&self) -> Failure {
        if self.left_out == 0 {
            return plans::none("publish");
        }
        Failure::new("no plan of this folder has an external edition")
            .help("the front matter or the title of each is tagged internal, or all of its objectives are")
    }

    /// Returns the plans, in the order of their members.
    pub(super) fn plans(&self) -> &[Source] {
        &self.plans
    }
}

impl Source {
    /// Returns where the plan lies.
    pub(super) fn path(&self) -> &Path {
        &self.target.path
    }

    /// Lets go of the plan where it is longer than there is room for.
    fn keep_within(&mut self, room: &mut usize) {
        match room.checked_sub(self.length) {
            Some(rest) => *room = rest,
            None => self.kept = Mutex::default(),
        }
    }

    /// Takes the plan as it was read, or reads it again; nothing where it is no longer as it was.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(super) fn take(&self, env: &Env) -> anyhow::Result<Option<Content>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(content) = kept.take() {
            return Ok(Some(*content));
        }
        drop(kept);
        let text = env.read_text(&self.target.path, MAX_PLAN)?;
        if digest_of(&text) != self.read {
            return Ok(None);
        }
        Ok(match outcome(text, &self.place, self.edition.as_deref()) {
            Outcome::Shown(parsed) => Some((*parsed).into()),
            Outcome::LeftOut | Outcome::NoPlan => None,
        })
    }
}

/// Returns a finding as it is told on the page of its plan.
fn remark(entry: &Entry) -> Remark {
    let question = entry.question.as_ref();
    let question = question.map(|question| question.text.clone());
    let help = (!entry.help.is_empty()).then(|| entry.help.clone());
    Remark {
        rule: entry.rule.clone(),
        level: entry.level,
        element: entry.element.clone(),
        message: entry.message.clone(),
        help: help.into_iter().chain(question).collect(),
    }
}

fn with(files: Option<u64>, settings: &Settings) -> Option<u64> {
    files.map(|files| digest_of(&(files, settings.digest())))
}

/// Reads a file, and returns a digest of its text with what comes of it.
///
/// # Errors
///
/// It cannot be read, or is no longer what the edition goes by.
fn look(
    env: &Env,
    target: &Target,
    place: &str,
    edition: Option<&Edition>,
) -> anyhow::Result<(u64, Outcome)> {
    let text = env.read_text(&target.path, MAX_PLAN)?;
    let read = digest_of(&text);
    if edition.is_some_and(|edition| edition.known.get(place) != Some(&read)) {
        let message = format!("{} has changed meanwhile", target.path.display());
        return Err(Failure::new(message).help("publish again").into());
    }
    Ok((read, outcome(text, place, edition)))
}

fn outcome(text: String, place: &str, edition: Option<&Edition>) -> Outcome {
    let parsed = okr_core::parse(text);
    if !is_plan(&parsed) {
        return Outcome::NoPlan;
    }
    let Some(edition) = edition else {
        return Outcome::Shown(Box::new(parsed));
    };
    let plan = edition.external.plan(place, &parsed);
    // What outsiders would read, and no more, is what all pages are made of.
    let shown = plan.map(|plan| Box::new(okr_core::parse(okr_core::print(&plan))));
    let shown = shown.filter(|parsed| is_plan(parsed));
    shown.map_or(Outcome::LeftOut, Outcome::Shown)
}

fn is_plan(parsed: &Parsed) -> bool {
    check::reason(examine::Kind::of(parsed)).is_none()
}
