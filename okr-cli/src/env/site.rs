//! A folder of files that were made and can be made again.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;

use super::Env;

impl Env {
    /// Writes a file that can be made again: it takes its place whole, but nobody waits for the disk, and folders that
    /// it needs are made.
    ///
    /// # Errors
    ///
    /// It cannot be written; the message names it.
    pub(crate) fn place(&self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let target = self.path(path);
        let name = target.file_name().unwrap_or_default();
        // Beside its place and hidden; what an interrupted run leaves is overwritten by the next one.
        let mut beside = std::ffi::OsString::from(".");
        beside.push(name);
        beside.push(".tmp");
        let beside = target.with_file_name(beside);
        let write = || -> io::Result<()> {
            let mut file = fs::File::create(&beside)?;
            file.write_all(bytes)?;
            drop(file);
            fs::rename(&beside, &target)
        };
        write()
            .or_else(|error| {
                let is_folder_missing = error.kind() == io::ErrorKind::NotFound;
                match target.parent().filter(|_| is_folder_missing) {
                    Some(folder) => fs::create_dir_all(folder).and_then(|()| write()),
                    None => Err(error),
                }
            })
            .inspect_err(|_| drop(fs::remove_file(&beside)))
            .with_context(|| format!("cannot write {}", path.display()))
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
