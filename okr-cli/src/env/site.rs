//! A folder of files that were made and can be made again.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Env;
use super::lock::Turn;

impl Env {
    /// Waits until nobody else makes the site in a folder, which is made where there is none; the turn lasts as long as
    /// what comes back.
    ///
    /// # Errors
    ///
    /// The folder cannot be made; the message names it.
    pub(crate) fn turn(&self, folder: &Path) -> anyhow::Result<Turn> {
        let target = self.path(folder);
        fs::create_dir_all(&target).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Turn::wait(&target))
    }

    /// Writes a file that can be made again: it takes its place whole, but nobody waits for the disk, and folders that
    /// it needs are made.
    ///
    /// # Errors
    ///
    /// It cannot be written; the message names it.
    pub(crate) fn place(&self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let mut pending = self.begin(path)?;
        let _ = pending.write_all(bytes);
        pending.keep()
    }

    /// Begins to write such a file, which takes its place by [`Pending::keep`].
    ///
    /// # Errors
    ///
    /// It cannot be written; the message names it.
    pub(crate) fn begin(&self, path: &Path) -> anyhow::Result<Pending> {
        let target = self.path(path);
        // Beside its place and hidden; what an interrupted run leaves is overwritten by the next one.
        let mut beside = std::ffi::OsString::from(".");
        beside.push(target.file_name().unwrap_or_default());
        beside.push(".tmp");
        let beside = target.with_file_name(beside);
        let file = File::create(&beside).or_else(|error| {
            let is_folder_missing = error.kind() == io::ErrorKind::NotFound;
            match target.parent().filter(|_| is_folder_missing) {
                Some(folder) => fs::create_dir_all(folder).and_then(|()| File::create(&beside)),
                None => Err(error),
            }
        });
        let shown = path.display().to_string();
        Ok(Pending {
            file: Some(file.with_context(|| format!("cannot write {shown}"))?),
            beside,
            target,
            shown,
            failed: None,
        })
    }

    /// Removes a file, and the folders below `root` that are empty then; what is not there needs no removing.
    ///
    /// # Errors
    ///
    /// It cannot be removed; the message names it.
    pub(crate) fn take_away(&self, root: &Path, path: &Path) -> anyhow::Result<()> {
        let target = self.path(path);
        match fs::remove_file(&target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", path.display()));
            }
            _ => {}
        }
        let root = self.path(root);
        let mut folder = target.parent();
        while let Some(empty) = folder.filter(|folder| *folder != root && folder.starts_with(&root))
        {
            if fs::remove_dir(empty).is_err() {
                break;
            }
            folder = empty.parent();
        }
        Ok(())
    }

    /// Returns how large a file is; nothing where there is none.
    pub(crate) fn size(&self, path: &Path) -> Option<u64> {
        let metadata = fs::metadata(self.path(path)).ok()?;
        metadata.is_file().then_some(metadata.len())
    }
}

/// A file that is written beside its place; it is gone when this is dropped, unless it was kept.
pub(crate) struct Pending {
    /// Nothing once it was kept.
    file: Option<File>,
    beside: PathBuf,
    target: PathBuf,
    /// The path as the user knows it.
    shown: String,
    /// What went wrong first.
    failed: Option<io::Error>,
}

impl Pending {
    /// Has the file take its place.
    ///
    /// # Errors
    ///
    /// It could not be written, at any time since it was begun; the message names it.
    pub(crate) fn keep(mut self) -> anyhow::Result<()> {
        // Some systems do not rename open files.
        self.file = None;
        let done = match self.failed.take() {
            Some(error) => Err(error),
            None => fs::rename(&self.beside, &self.target),
        };
        done.inspect_err(|_| drop(fs::remove_file(&self.beside)))
            .with_context(|| format!("cannot write {}", self.shown))
    }

    /// Returns whether it could not be written.
    pub(crate) const fn has_failed(&self) -> bool {
        self.failed.is_some()
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(file) = &mut self.file else {
            return Ok(0);
        };
        file.write(bytes).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            let shown = io::Error::new(error.kind(), error.to_string());
            self.failed = Some(error);
            shown
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // Some systems do not remove open files.
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.beside);
        }
    }
}
