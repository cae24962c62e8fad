//! What an earlier run has put into the folder of a site.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::env::Env;
use crate::error::Failure;

/// Where it is kept, in the folder of the site.
const NAME: &str = ".okr-site.json";
/// The most bytes of it: as many as the largest site that is looked after may have.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The files of a site, each with a digest of what it was made from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The release that made it; another one makes everything anew.
    okr: String,
    /// A digest of all from which the site was made; 0 where that is not sure.
    #[serde(default)]
    sources: u64,
    /// A digest of all from which the files were made that are not of a single plan; 0 where that is not sure.
    #[serde(default)]
    facts: u64,
    files: BTreeMap<String, u64>,
}

/// Stands for a file that may not be what it should be.
const UNSURE: u64 = 0;

impl Manifest {
    /// Returns one without files, of this release.
    pub(super) fn new() -> Self {
        Self {
            okr: env!("CARGO_PKG_VERSION").to_owned(),
            sources: UNSURE,
            facts: UNSURE,
            files: BTreeMap::new(),
        }
    }

    /// Reads the one in a folder; an empty one where there is none.
    ///
    /// # Errors
    ///
    /// It cannot be read, or names files outside the folder, so that it is not ours.
    pub(super) fn read(env: &Env, folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(NAME);
        if !env.exists(&path) {
            return Ok(Self::new());
        }
        let text = env.read_text(&path, LIMIT)?;
        let spoiled = || {
            Failure::new(format!("{} is not as okr has written it", path.display()))
                .help("remove it and publish again with --force; then files of this site are written over")
        };
        let mut manifest: Self = serde_json::from_str(&text).map_err(|_| spoiled())?;
        if manifest.files.keys().any(|name| !is_inside(name)) {
            return Err(spoiled().into());
        }
        if manifest.okr != env!("CARGO_PKG_VERSION") {
            manifest.sources = UNSURE;
            manifest.facts = UNSURE;
            manifest
                .files
                .values_mut()
                .for_each(|digest| *digest = UNSURE);
        }
        env!("CARGO_PKG_VERSION").clone_into(&mut manifest.okr);
        Ok(manifest)
    }

    /// Writes it.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(super) fn write(&self, env: &Env, folder: &Path) -> anyhow::Result<()> {
        let mut text =
            serde_json::to_string_pretty(self).context("cannot write the list of files")?;
        text.push('\n');
        env.place(&folder.join(NAME), text.as_bytes())
    }

    /// Returns whether it has a file, made from what has that digest.
    pub(super) fn has(&self, name: &str, digest: u64) -> bool {
        digest != UNSURE && self.files.get(name) == Some(&digest)
    }

    /// Returns the digest of what a file was made from; nothing where it may not be what it should be.
    pub(super) fn digest(&self, name: &str) -> Option<u64> {
        let digest = self.files.get(name).copied();
        digest.filter(|digest| *digest != UNSURE)
    }

    /// Returns whether the files that are not of a single plan were made from what has that digest.
    pub(super) fn has_facts(&self, facts: u64) -> bool {
        facts != UNSURE && self.facts == facts
    }

    /// Takes the digest of all from which the files were made that are not of a single plan.
    pub(super) fn set_facts(&mut self, facts: u64) {
        self.facts = facts;
    }

    /// Returns whether a file is ours.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// Adds a file.
    pub(super) fn add(&mut self, name: String, digest: u64) {
        self.files.insert(name, digest);
    }

    /// Adds a file that is about to be written, so that a run which ends too early leaves no doubt about it.
    pub(super) fn begin(&mut self, name: String) {
        self.add(name, UNSURE);
    }

    /// Returns the files that `other` does not have.
    pub(super) fn without<'m>(&'m self, other: &'m Self) -> impl Iterator<Item = &'m str> {
        self.names().filter(|name| !other.knows(name))
    }

    /// Returns its files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Returns the digest of all from which the site was made; nothing where a run has ended too early, or a file could
    /// not be read.
    pub(super) fn sources(&self) -> Option<u64> {
        Some(self.sources).filter(|sources| *sources != UNSURE)
    }

    /// Takes the digest of all from which the site was made.
    pub(super) fn set_sources(&mut self, sources: Option<u64>) {
        let is_sure = self.files.values().all(|digest| *digest != UNSURE);
        self.sources = sources.filter(|_| is_sure).unwrap_or(UNSURE);
    }

    /// Returns whether all its files are there.
    pub(super) fn is_there(&self, env: &Env, folder: &Path) -> bool {
        let mut names = self.names();
        names.all(|name| env.size(&folder.join(name)).is_some())
    }

    /// Returns how many files there are.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }
}

/// Returns whether a path stays in its folder.
fn is_inside(name: &str) -> bool {
    let path = PathBuf::from(name);
    !name.is_empty()
        && path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}
