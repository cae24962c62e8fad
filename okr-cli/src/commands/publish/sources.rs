//! The plans of the folder that is published, in the edition that was asked for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use okr_core::Parsed;
use okr_core::edition::External;
use okr_render::site::{Member, Settings};

use super::digest_of;
use crate::commands::check::{self, examine};
use crate::commands::edition::{self, Asked, Workspace, joined};
use crate::commands::plans;
use crate::commands::plans::ordered::ordered;
use crate::commands::plans::targets::{self, Target};
use crate::context::Context;
use crate::env::{Env, MAX_PLAN};
use crate::error::Failure;

/// The plans that are published, in the order of the members of the site.
pub(super) struct Sources {
    pub(super) all: Vec<Source>,
    edition: Option<Edition>,
    /// Whether something could not be read, which has been said.
    pub(super) has_failed: bool,
    /// How many plans are internal as a whole, or have nothing left.
    left_out: usize,
}

/// A plan that is published.
pub(super) struct Source {
    file: File,
    /// A digest of its text as it was read. Of an external edition it is told to nobody: who guesses a text that was
    /// left out could see by it that the guess is right.
    read: u64,
    /// A digest of the text that is published.
    pub(super) digest: u64,
}

/// A file of the folder.
#[derive(Clone)]
struct File {
    target: Target,
    /// The way to it from the folder of plans, with `/` between folders.
    place: String,
}

/// The external edition of all plans of the folder.
struct Edition {
    external: External,
    /// A digest of each text from which it is known what is internal, by its place.
    known: HashMap<String, u64>,
}

/// What comes of a file.
enum Outcome<T> {
    NoPlan,
    /// A plan that is internal as a whole, or has nothing left.
    LeftOut,
    Shown(T),
}

impl Sources {
    /// Reads the plans of the folder, and takes of each what other pages tell.
    ///
    /// Of the external edition all files are read once before, to know what is internal in them.
    ///
    /// # Errors
    ///
    /// The folder cannot be looked through; a single file that cannot be read is told, and makes [`Self::has_failed`].
    pub(super) fn read(
        cx: &mut Context<'_>,
        matches: &ArgMatches,
        settings: &Settings,
        jobs: usize,
    ) -> anyhow::Result<(Self, Vec<Member>)> {
        let (targets, has_failed) = targets::find(cx, matches, |config| Ok(config.audit.clone()))?;
        let root = root(cx.env, matches);
        let files = targets.into_iter().map(|target| File {
            place: place(&root, &target.path),
            target,
        });
        let files: Vec<File> = files.collect();
        let edition = if edition::is_external(matches) {
            Some(Edition::new(cx, root, &files, jobs)?)
        } else {
            None
        };
        let mut sources = Self {
            all: Vec::new(),
            edition: None,
            has_failed,
            left_out: 0,
        };
        let mut members = Vec::new();
        let env: &Env = cx.env;
        ordered(
            &files,
            jobs,
            |file| {
                file.read(env, edition.as_ref()).map(|(read, outcome)| {
                    outcome.map(|parsed| {
                        let source = Source {
                            file: file.clone(),
                            read,
                            digest: digest_of(&parsed.document.text()),
                        };
                        (source, Member::new(&file.place, &parsed, settings))
                    })
                })
            },
            |taken| {
                match taken {
                    Ok(Outcome::Shown((source, member))) => {
                        sources.all.push(source);
                        members.push(member);
                    }
                    Ok(Outcome::LeftOut) => sources.left_out += 1,
                    Ok(Outcome::NoPlan) => {}
                    Err(error) => {
                        sources.has_failed = true;
                        plans::told(cx, error)?;
                    }
                }
                Ok(())
            },
        )?;
        sources.edition = edition;
        Ok((sources, members))
    }

    /// Returns what is published of a plan; nothing where it is no longer as it was.
    ///
    /// # Errors
    ///
    /// It can no longer be read.
    pub(super) fn parse(&self, env: &Env, member: usize) -> anyhow::Result<Option<Parsed>> {
        let source = &self.all[member];
        let text = env.read_text(source.path(), MAX_PLAN)?;
        if digest_of(&text) != source.read {
            return Ok(None);
        }
        let outcome = source.file.look(text, self.edition.as_ref());
        Ok(match outcome {
            Outcome::Shown(parsed) => Some(parsed),
            Outcome::LeftOut | Outcome::NoPlan => None,
        })
    }

    /// Returns what is said where there is nothing to publish.
    pub(super) fn none(&self) -> Failure {
        if self.left_out == 0 {
            return plans::none("publish");
        }
        Failure::new("no plan of this folder has an external edition")
            .help("the front matter or the title of each is tagged internal, or all of its objectives are")
    }
}

impl Source {
    pub(super) fn path(&self) -> &Path {
        &self.file.target.path
    }
}

impl File {
    /// Reads the file, and returns a digest of its text with what comes of it.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is no longer what the edition goes by.
    fn read(&self, env: &Env, edition: Option<&Edition>) -> anyhow::Result<(u64, Outcome<Parsed>)> {
        let path = &self.target.path;
        let text = env.read_text(path, MAX_PLAN)?;
        let read = digest_of(&text);
        if edition.is_some_and(|edition| edition.known.get(&self.place) != Some(&read)) {
            return Err(changed(path).into());
        }
        Ok((read, self.look(text, edition)))
    }

    fn look(&self, text: String, edition: Option<&Edition>) -> Outcome<Parsed> {
        let parsed = okr_core::parse(text);
        if !is_plan(&parsed) {
            return Outcome::NoPlan;
        }
        let Some(edition) = edition else {
            return Outcome::Shown(parsed);
        };
        let plan = edition.external.plan(&self.place, &parsed);
        // What outsiders would read, and no more, is what all pages are made of.
        let shown = plan.map(|plan| okr_core::parse(okr_core::print(&plan)));
        shown
            .filter(is_plan)
            .map_or(Outcome::LeftOut, Outcome::Shown)
    }
}

impl<T> Outcome<T> {
    fn map<U>(self, make: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::NoPlan => Outcome::NoPlan,
            Self::LeftOut => Outcome::LeftOut,
            Self::Shown(shown) => Outcome::Shown(make(shown)),
        }
    }
}

impl Edition {
    /// Reads all files, and those to which their links lead.
    ///
    /// A file that cannot be read is not told; that it will be when it is read to be published.
    fn new(
        cx: &mut Context<'_>,
        root: PathBuf,
        files: &[File],
        jobs: usize,
    ) -> anyhow::Result<Self> {
        let env: &Env = cx.env;
        let mut workspace = Workspace::new(root);
        let mut known = HashMap::new();
        ordered(
            files,
            jobs,
            |file| {
                let text = env.read_text(&file.target.path, MAX_PLAN);
                let asked = text.map(|text| {
                    let digest = digest_of(&text);
                    (digest, Asked::new(&file.place, &okr_core::parse(text)))
                });
                (&file.place, asked)
            },
            |(place, asked)| {
                match asked {
                    Ok((digest, asked)) => {
                        known.insert(place.clone(), digest);
                        workspace.add(place, asked);
                    }
                    Err(_) => workspace.add_unread(place),
                }
                Ok(())
            },
        )?;
        let external = workspace.external(cx)?;
        Ok(Self { external, known })
    }
}

/// Returns what is said of a file that is written to while it is published.
pub(super) fn changed(path: &Path) -> Failure {
    Failure::new(format!("{} has changed meanwhile", path.display())).help("publish again")
}

/// Returns the folder of plans.
pub(super) fn root(env: &Env, matches: &ArgMatches) -> PathBuf {
    let path = matches
        .get_one::<PathBuf>("path")
        .cloned()
        .unwrap_or_default();
    if path.as_os_str().is_empty() || env.is_folder(&path) {
        return path;
    }
    // Of a single plan, it is the folder in which it lies.
    path.parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// Returns the way from the folder of plans to one of them, with `/` between folders.
fn place(root: &Path, path: &Path) -> String {
    joined(path.strip_prefix(root).unwrap_or(path))
}

fn is_plan(parsed: &Parsed) -> bool {
    check::reason(examine::Kind::of(parsed)).is_none()
}
