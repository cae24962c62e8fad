//! The plans from which a site is made.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use okr_core::Parsed;
use okr_render::report::Entry;
use okr_render::site::{Member, Members, Remark, Settings};

use super::{digest_of, root};
use crate::commands::check::{self, examine};
use crate::commands::plans;
use crate::commands::plans::ordered::ordered;
use crate::commands::plans::targets::{self, Target};
use crate::context::Context;
use crate::env::{Env, MAX_PLAN};

/// The Markdown files of a folder, of which not all need be plans.
pub(super) struct Found {
    root: PathBuf,
    targets: Vec<Target>,
    /// Whether the pages tell what is found in the plans.
    tells: bool,
}

/// The plans among them.
pub(super) struct Sources {
    plans: Vec<Source>,
    /// A digest of all files, those that are no plans too; nothing where one of them could not be read.
    digest: Option<u64>,
}

/// A plan of the folder.
pub(super) struct Source {
    target: Target,
    /// A digest of its text.
    pub(super) digest: u64,
}

impl Found {
    /// Looks for files; the second value is whether something could not be read, which has been said.
    ///
    /// # Errors
    ///
    /// The folder or a configuration cannot be read.
    pub(super) fn new(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<(Self, bool)> {
        let (targets, has_failed) = targets::find(cx, matches, |config| Ok(config.audit.clone()))?;
        let root = root(matches);
        let tells = matches.get_flag("findings");
        let found = Self {
            root,
            targets,
            tells,
        };
        Ok((found, has_failed))
    }

    /// Returns the folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the digest that [`Sources::digest`] returns, without looking into the texts.
    pub(super) fn digest(
        &self,
        env: &Env,
        settings: &Settings,
        jobs: usize,
    ) -> anyhow::Result<Option<u64>> {
        // What is found depends on more files than these.
        if self.tells {
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
    /// # Errors
    ///
    /// Nothing can be said.
    pub(super) fn read(
        &self,
        cx: &mut Context<'_>,
        settings: &Settings,
        jobs: usize,
        has_failed: &mut bool,
    ) -> anyhow::Result<(Sources, Members)> {
        let env: &Env = cx.env;
        let mut sources = Sources {
            plans: Vec::new(),
            digest: (!self.tells).then_some(0),
        };
        let mut reports = HashMap::new();
        if self.tells {
            reports = check::reports(env, &self.root, &self.targets, settings.day, jobs)?;
        }
        let mut members = Members::default();
        ordered(
            &self.targets,
            jobs,
            |target| {
                let member = |(digest, parsed): (u64, Option<Parsed>)| {
                    let place = self.place(target);
                    let report = reports.get(&target.name());
                    let remarks = || report.map(|it| it.counting().map(remark).collect());
                    let member = parsed.map(|parsed| {
                        let mut member = Member::new(&place, &parsed, settings);
                        member.findings = remarks();
                        member
                    });
                    (digest_of(&(place, digest)), digest, member)
                };
                (target, parse(env, target).map(member))
            },
            |(target, found)| {
                let all = sources.digest.take();
                match found {
                    Ok((one, digest, member)) => {
                        sources.digest = all.map(|all| digest_of(&(all, one)));
                        if let Some(member) = member {
                            members.push(member);
                            sources.plans.push(Source {
                                target: target.clone(),
                                digest,
                            });
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

    /// Returns the way from the folder of plans to one of them, with `/` between folders.
    fn place(&self, target: &Target) -> String {
        place(&self.root, &target.path)
    }
}

impl Sources {
    /// Returns a digest of all from which a site with these settings is made; nothing where a file could not be read.
    pub(super) fn digest(&self, settings: &Settings) -> Option<u64> {
        with(self.digest, settings)
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

    /// Reads the plan again; nothing where it is no longer as it was.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(super) fn again(&self, env: &Env) -> anyhow::Result<Option<Parsed>> {
        let (digest, parsed) = parse(env, &self.target)?;
        Ok(parsed.filter(|_| digest == self.digest))
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

/// Returns a digest of a text, and the plan that it is; nothing for a file that is none.
fn parse(env: &Env, target: &Target) -> anyhow::Result<(u64, Option<Parsed>)> {
    let text = env.read_text(&target.path, MAX_PLAN)?;
    let digest = digest_of(&text);
    let parsed = okr_core::parse(text);
    let is_plan = check::reason(examine::Kind::of(&parsed)).is_none();
    Ok((digest, is_plan.then_some(parsed)))
}

fn place(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts = path.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}
