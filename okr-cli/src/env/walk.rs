//! Looking through folders.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Env;
use crate::error::Failure;

/// The most files that are looked at in one run.
const MAX_FILES: usize = 100_000;
/// How deep folders may lie in each other.
const MAX_DEPTH: usize = 64;

/// Folders that hold nothing that people write.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// What is below a folder.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// The files that are wanted, in the order of their names, folder by folder.
    pub(crate) files: Vec<PathBuf>,
    /// The folders that cannot be read.
    pub(crate) errors: Vec<anyhow::Error>,
}

impl Env {
    /// Returns whether a folder is at the path.
    pub(crate) fn is_folder(&self, path: &Path) -> bool {
        self.path(path).is_dir()
    }

    /// Returns the files below a folder whose names are wanted; hidden ones and what is in hidden
    /// folders are passed over.
    ///
    /// A link to a file counts as a file, a link to a folder is not followed: so there is no going
    /// round in circles.
    ///
    /// # Errors
    ///
    /// There are more files than anyone can mean.
    pub(crate) fn walk(
        &self,
        folder: &Path,
        wanted: impl Fn(&str) -> bool,
    ) -> anyhow::Result<Walked> {
        let mut walked = Walked::default();
        // The paths of what is in the current folder need no dot before them.
        let base = if folder.as_os_str() == "." {
            Path::new("")
        } else {
            folder
        };
        self.collect(base, 0, &wanted, &mut walked)?;
        Ok(walked)
    }

    fn collect(
        &self,
        folder: &Path,
        depth: usize,
        wanted: &impl Fn(&str) -> bool,
        walked: &mut Walked,
    ) -> anyhow::Result<()> {
        let entries = fs::read_dir(self.path(folder)).and_then(Iterator::collect);
        let mut entries: Vec<fs::DirEntry> =
            match entries.with_context(|| format!("cannot read the folder {}", folder.display())) {
                Ok(entries) => entries,
                Err(error) => {
                    walked.errors.push(error);
                    return Ok(());
                }
            };
        entries.sort_by_key(|entry| entry.file_name());
        for entry in entries {
            let file_name = entry.file_name();
            let Some(name) = file_name.to_str().filter(|name| !name.starts_with('.')) else {
                continue;
            };
            let path = folder.join(name);
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() {
                if depth < MAX_DEPTH && !SKIPPED.contains(&name) {
                    self.collect(&path, depth + 1, wanted, walked)?;
                }
            } else if wanted(name)
                && (kind.is_file() || (kind.is_symlink() && self.path(&path).is_file()))
            {
                if walked.files.len() == MAX_FILES {
                    let message = format!("there are more than {MAX_FILES} files to look at");
                    return Err(Failure::new(message)
                        .help("name the folders that have the plans")
                        .into());
                }
                walked.files.push(path);
            }
        }
        Ok(())
    }
}
