//! LibreOffice without a window, which at its first start now and then ends without having done anything.
#![expect(
    clippy::disallowed_methods,
    reason = "what it has written are files in a temporary folder"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;

use crate::tool::Tool;
use crate::{found, process};

/// How often it may start for one job.
const STARTS: usize = 3;

/// Runs it with a profile of its own, in `folder`, until all of `files` are there; they are below `folder`.
///
/// # Errors
///
/// A file is missing after the last start; with all that was printed.
pub(crate) fn run(
    profile: &Path,
    folder: &Path,
    arguments: &[String],
    files: &[PathBuf],
) -> Result<(), Failed> {
    let mut said = String::new();
    for _ in 0..STARTS {
        let output = process::run(
            Command::new(found(Tool::LibreOffice)?)
                .arg(format!(
                    "-env:UserInstallation=file://{}",
                    profile.display()
                ))
                .args(["--headless", "--norestore"])
                .args(arguments)
                .current_dir(folder),
        )?;
        said.push_str(&output.stdout);
        said.push_str(&output.stderr);
        if missing(folder, files).is_none() {
            return Ok(());
        }
    }
    let file = missing(folder, files).unwrap_or_default();
    Err(format!("{} was not written\n{said}", file.display()).into())
}

fn missing(folder: &Path, files: &[PathBuf]) -> Option<PathBuf> {
    files
        .iter()
        .find(|file| !folder.join(file).is_file())
        .cloned()
}
