//! What a run has to do, and how it is done.

use std::hash::{DefaultHasher, Hasher as _};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use okr_render::site::{File, Site};

use super::manifest::Manifest;
use super::sources::Sources;
use super::{digest_of, failed};
use crate::commands::plans::ordered::ordered;
use crate::env::{Env, Pending};

/// How many bytes of a shared file are handed on at once.
const PIECE: usize = 64 * 1024;

/// What a run may have to do.
pub(super) struct Work<'r> {
    env: &'r Env,
    folder: &'r Path,
    site: &'r Site,
    sources: &'r Sources,
    /// The files of an earlier run.
    old: &'r Manifest,
    /// What is to be made, the longest first.
    tasks: Vec<Task>,
    /// The files of plans that are as they should be.
    kept: Manifest,
}

/// Something that is to be made.
#[derive(Clone, Copy)]
enum Task {
    /// One of the files that are not of a single plan; of most it is seen when they are made whether they have changed.
    Shared(usize),
    /// The files of a plan, by its position, with the digest of what they are made from.
    Plan(usize, u64),
}

/// What a run has done, or would do.
#[derive(Default)]
pub(super) struct Done {
    /// The files that were written, by their paths in the site.
    pub(super) written: Vec<String>,
    /// Those that were removed.
    pub(super) removed: Vec<String>,
}

/// What came of a task.
struct Outcome {
    /// The files that there are, each with the digest of what it was made from, and whether it was written; without a
    /// digest, it is to be looked at again by the next run.
    files: Vec<(String, Option<u64>, bool)>,
}

impl Done {
    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}

impl<'r> Work<'r> {
    /// Finds out what is to be made since the files in `old` were.
    pub(super) fn new(
        env: &'r Env,
        folder: &'r Path,
        old: &'r Manifest,
        site: &'r Site,
        sources: &'r Sources,
    ) -> Self {
        let mut work = Self {
            env,
            folder,
            site,
            sources,
            old,
            tasks: Vec::new(),
            kept: Manifest::new(),
        };
        let is_told_already = old.has_facts(site.facts());
        for at in 0..site.shared_len() {
            let name = site.shared_name(at);
            let before = || old.digest(&name).filter(|_| is_told_already);
            match site.shared_digest(at).or_else(before) {
                Some(digest) if !work.is_stale(&name, digest) => work.kept.add(name, digest),
                _ => work.tasks.push(Task::Shared(at)),
            }
        }
        for (member, source) in sources.plans().iter().enumerate() {
            let digest = digest_of(&(source.digest, site.digest(member)));
            let names = site.files_of(member);
            if names.iter().any(|name| work.is_stale(name, digest)) {
                work.tasks.push(Task::Plan(member, digest));
            } else {
                for name in names {
                    work.kept.add(name, digest);
                }
            }
        }
        work
    }

    /// Returns the paths of all files that may be written.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        let of = |task: &Task| match task {
            Task::Shared(at) => vec![self.site.shared_name(*at)],
            Task::Plan(member, _) => self.site.files_of(*member),
        };
        self.tasks.iter().flat_map(of)
    }

    /// Finds out what [`Work::made`] would do.
    ///
    /// # Errors
    ///
    /// A template of the theme does not work.
    pub(super) fn tried(&self, jobs: usize) -> anyhow::Result<Done> {
        let mut now = self.kept.clone();
        let written = self.each(jobs, &mut now, |task| match task {
            Task::Shared(at) => self.shared(at, false),
            Task::Plan(member, digest) => Ok(Outcome {
                files: self
                    .site
                    .files_of(member)
                    .into_iter()
                    .map(|name| (name, Some(digest), true))
                    .collect(),
            }),
        })?;
        Ok(self.done(written, &now))
    }

    /// Writes what has changed, and takes away what is no longer part of the site; `sources` is the digest of all from
    /// which it is made. Returns what was done, and how many files there are.
    ///
    /// # Errors
    ///
    /// A template of the theme does not work, or something cannot be read or written.
    pub(super) fn made(&self, jobs: usize, sources: Option<u64>) -> anyhow::Result<(Done, usize)> {
        self.during().write(self.env, self.folder)?;
        let mut now = self.kept.clone();
        let written = self.each(jobs, &mut now, |task| match task {
            Task::Shared(at) => self.shared(at, true),
            Task::Plan(member, digest) => self.plan(member, digest),
        })?;
        let done = self.done(written, &now);
        for name in &done.removed {
            self.env.take_away(self.folder, &self.folder.join(name))?;
        }
        now.set_sources(sources);
        now.set_facts(self.site.facts());
        now.write(self.env, self.folder)?;
        Ok((done, now.len()))
    }

    /// Does all tasks; returns the paths of what was written, and adds all files to `now`.
    fn each(
        &self,
        jobs: usize,
        now: &mut Manifest,
        work: impl Fn(Task) -> anyhow::Result<Outcome> + Sync,
    ) -> anyhow::Result<Vec<String>> {
        let mut written = Vec::new();
        ordered(
            &self.tasks,
            jobs,
            |task| work(*task),
            |outcome| {
                for (name, digest, is_written) in outcome?.files {
                    if is_written {
                        written.push(name.clone());
                    }
                    match digest {
                        Some(digest) => now.add(name, digest),
                        None => now.begin(name),
                    }
                }
                Ok(())
            },
        )?;
        Ok(written)
    }

    fn done(&self, written: Vec<String>, now: &Manifest) -> Done {
        Done {
            written,
            removed: self.old.without(now).map(str::to_owned).collect(),
        }
    }

    /// Returns the list of files while they are written: a run that ends too early leaves one in which no file that it
    /// may have touched counts as made.
    fn during(&self) -> Manifest {
        let mut during = self.kept.clone();
        for name in self.old.names().map(str::to_owned).chain(self.names()) {
            if !self.kept.knows(&name) {
                during.begin(name);
            }
        }
        during
    }

    /// Makes one of the files that are not of a single plan.
    fn shared(&self, at: usize, is_to_stay: bool) -> anyhow::Result<Outcome> {
        let name = self.site.shared_name(at);
        let path = self.folder.join(&name);
        let file = is_to_stay.then(|| self.env.begin(&path)).transpose()?;
        let mut out = BufWriter::with_capacity(PIECE, Digested::new(file));
        let made = self.site.shared(at, &mut out);
        let flushed = out.flush();
        let (Digested { hasher, file }, _) = out.into_parts();
        let has_failed = file.as_ref().is_some_and(Pending::has_failed);
        if !has_failed {
            made.map_err(|error| failed(&error))?;
            flushed?;
        }
        let known = self.site.shared_digest(at);
        let digest = known.unwrap_or_else(|| hasher.finish().max(1));
        let is_written = self.is_stale(&name, digest);
        if let Some(file) = file.filter(|_| is_written || has_failed) {
            file.keep()?;
        }
        Ok(Outcome {
            files: vec![(name, Some(digest), is_written)],
        })
    }

    /// Makes the files of a plan.
    fn plan(&self, member: usize, digest: u64) -> anyhow::Result<Outcome> {
        let Some(content) = self.sources.plans()[member].take(self.env)? else {
            // What has changed while it was being read is for the next run.
            let names = self.site.files_of(member);
            let names = names.into_iter();
            return Ok(Outcome {
                files: names.map(|name| (name, None, false)).collect(),
            });
        };
        let made = self.site.plan(member, &content);
        let mut files = Vec::new();
        for file in made.map_err(|error| failed(&error))? {
            self.place(&file)?;
            files.push((file.path, Some(digest), true));
        }
        Ok(Outcome { files })
    }

    fn place(&self, file: &File) -> anyhow::Result<()> {
        self.env.place(&self.folder.join(&file.path), &file.bytes)
    }

    fn is_stale(&self, name: &str, digest: u64) -> bool {
        !self.old.has(name, digest) || self.env.size(&self.folder.join(name)).is_none()
    }
}

/// A file whose digest is known when it is written; without the file, the digest alone.
struct Digested {
    hasher: DefaultHasher,
    file: Option<Pending>,
}

impl Digested {
    fn new(file: Option<Pending>) -> Self {
        Self {
            hasher: DefaultHasher::new(),
            file,
        }
    }
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(file) = &mut self.file {
            file.write_all(bytes)?;
        }
        self.hasher.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
