//! Files that are read as they come, without room for all of them.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use okr_render::ledger::LedgerFile;

use super::Env;
use super::read::MAX_FORMATTED;
use crate::error::Failure;

/// A file that can be read several times, however large.
#[derive(Debug)]
pub(crate) enum Stream {
    /// It stands on the disk.
    File(PathBuf),
    /// It came from a pipe, which gives its bytes once only.
    Bytes(Vec<u8>),
}

impl LedgerFile for Stream {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Bytes(bytes) => Box::new(bytes.as_slice()),
        })
    }
}

impl Env {
    /// Returns a file to be read as it comes; what is no ordinary file, and standard input for `-`, is read at once
    /// up to the limit of all formats.
    ///
    /// # Errors
    ///
    /// There is no such file, or it cannot be opened.
    pub(crate) fn stream(&self, path: &Path) -> anyhow::Result<Stream> {
        let full = self.path(path);
        if path.as_os_str() != "-" && full.is_file() && File::open(&full).is_ok() {
            return Ok(Stream::File(full));
        }
        Ok(Stream::Bytes(self.read(path, MAX_FORMATTED)?))
    }

    /// Returns where a file really lies, if that is below one of some folders, with all links followed; so nothing
    /// in a plan leads to files that nobody has allowed.
    ///
    /// # Errors
    ///
    /// There is no such file, it is no ordinary one, or it lies elsewhere.
    pub(crate) fn inside(&self, path: &Path, folders: &[PathBuf]) -> anyhow::Result<PathBuf> {
        let shown = path.display();
        let real = self
            .path(path)
            .canonicalize()
            .with_context(|| format!("cannot read {shown}"))?;
        let is_allowed = folders.iter().any(|folder| {
            let folder = self.path(folder).canonicalize();
            folder.is_ok_and(|folder| real.starts_with(folder))
        });
        if !is_allowed {
            let message = format!("{shown} lies outside the folder of the plan");
            let help = "allow its folder in okr.toml, such as sources = [\"../exports\"]";
            return Err(Failure::new(message).help(help).into());
        }
        if !real.is_file() {
            return Err(Failure::new(format!("{shown} is no file")).into());
        }
        Ok(real)
    }
}
