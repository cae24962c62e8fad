//! Reading, never more than there is room for.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;

use super::{Env, Streams};
use crate::error::Failure;

/// The most bytes that a plan may have.
pub(crate) const MAX_PLAN: u64 = 16 * 1024 * 1024;
/// The most bytes of a plan in another format; a page or JSON of a plan is several times as large.
pub(crate) const MAX_FORMATTED: u64 = 64 * 1024 * 1024;

/// The most bytes that a template, a style or a configuration file may have.
pub(crate) const MAX_SMALL: u64 = 1024 * 1024;

/// The most files that are read from one folder.
const MAX_FILES: usize = 1000;

impl Env {
    /// Returns the bytes of a file, or of standard input for `-`.
    ///
    /// # Errors
    ///
    /// There is no such file, or it is larger than `limit`; devices and pipes are read up to there.
    pub(crate) fn read(&self, path: &Path, limit: u64) -> anyhow::Result<Vec<u8>> {
        let name = name_of(path);
        if path.as_os_str() == "-" {
            return match &self.streams {
                Streams::Standard => bounded(io::stdin().lock(), limit, &name),
                Streams::Captured(captured) => bounded(&captured.input[..], limit, &name),
            };
        }
        let full = self.path(path);
        let cannot = || format!("cannot read {name}");
        // Some systems open folders, and others do not.
        let opened = File::open(&full);
        let metadata = match &opened {
            Ok(file) => file.metadata(),
            Err(_) => fs::metadata(&full),
        };
        let metadata = metadata
            .map_err(|error| self.explained(error, path))
            .with_context(cannot)?;
        if metadata.is_dir() {
            return Err(Failure::new(format!("{name} is a folder"))
                .help("name a file in it")
                .into());
        }
        let file = opened.with_context(cannot)?;
        // One byte more, so that the end of the file is seen without asking for memory.
        let size = metadata.len().min(limit) + 1;
        let bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        bounded_into(bytes, file, limit, &name)
    }

    /// Returns the text of a file, or of standard input for `-`.
    ///
    /// # Errors
    ///
    /// It cannot be read, is larger than `limit`, or is not UTF-8.
    pub(crate) fn read_text(&self, path: &Path, limit: u64) -> anyhow::Result<String> {
        let bytes = self.read(path, limit)?;
        text_of(bytes, &name_of(path))
    }

    /// Returns the names and texts of the files in a folder that `wanted` picks, sorted by name; a file
    /// that cannot be read has an error in place of its text.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, or there are too many files in it.
    pub(crate) fn read_folder(
        &self,
        folder: &Path,
        wanted: impl Fn(&str) -> bool,
    ) -> anyhow::Result<Vec<(PathBuf, anyhow::Result<String>)>> {
        let cannot = || format!("cannot read the folder {}", folder.display());
        let entries = fs::read_dir(self.path(folder))
            .map_err(|error| self.explained(error, folder))
            .with_context(cannot)?;
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.with_context(cannot)?;
            let file_name = entry.file_name();
            let is_wanted = file_name.to_str().is_some_and(&wanted);
            // A device or pipe in a folder of templates would be no template, and might never end.
            if is_wanted && fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_file()) {
                names.push(file_name);
            }
            if names.len() > MAX_FILES {
                let message = format!(
                    "the folder {} has more than {MAX_FILES} files to read",
                    folder.display()
                );
                return Err(Failure::new(message).into());
            }
        }
        names.sort();
        let read = |name: &std::ffi::OsString| {
            let path = folder.join(name);
            let text = self.read_text(&path, MAX_SMALL);
            (path, text)
        };
        Ok(names.iter().map(read).collect())
    }

    /// Returns the nearest file of that name in a folder or one above it; `..` in the way to the folder leads up, also
    /// behind a link.
    pub(crate) fn find_upwards(&self, folder: &Path, file_name: &str) -> Option<PathBuf> {
        let folder = without_detours(&self.path(folder));
        let mut folders = folder.ancestors();
        folders.find_map(|folder| {
            let path = folder.join(file_name);
            path.is_file().then_some(path)
        })
    }

    /// Turns "no such file" into one that offers the nearest name in the same folder.
    fn explained(&self, error: io::Error, path: &Path) -> anyhow::Error {
        if error.kind() != io::ErrorKind::NotFound {
            return error.into();
        }
        let near = self
            .nearest_file(path)
            .map(|near| format!("did you mean {}?", near.display()));
        Failure::new("there is no such file or folder")
            .maybe_help(near)
            .into()
    }

    fn nearest_file(&self, path: &Path) -> Option<PathBuf> {
        let wanted = path.file_name()?.to_str()?;
        let folder = path.parent()?;
        let entries = fs::read_dir(self.path(folder)).ok()?;
        let names: Vec<String> = entries
            .take(MAX_FILES)
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        let near = okr_core::fields::nearest(wanted, names.iter().map(String::as_str))?;
        Some(folder.join(near))
    }
}

/// Returns a whole path without `.` and `..`.
fn without_detours(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Returns what messages call a file.
pub(crate) fn name_of(path: &Path) -> String {
    if path.as_os_str() == OsStr::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

fn bounded(source: impl Read, limit: u64, name: &str) -> anyhow::Result<Vec<u8>> {
    bounded_into(Vec::new(), source, limit, name)
}

/// Reads into memory that is there already.
fn bounded_into(
    mut bytes: Vec<u8>,
    source: impl Read,
    limit: u64,
    name: &str,
) -> anyhow::Result<Vec<u8>> {
    source
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {name}"))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
        let limit = limit / (1024 * 1024);
        let message =
            format!("{name} is larger than {limit} MiB, which is the most that okr reads");
        return Err(Failure::new(message)
            .help("check that it is the file you meant")
            .into());
    }
    Ok(bytes)
}

fn text_of(bytes: Vec<u8>, name: &str) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..at].split(|byte| *byte == b'\n').count();
        let byte = bytes.get(at).copied().unwrap_or_default();
        let message =
            format!("{name} is not UTF-8 text: byte {at}, in line {line}, is 0x{byte:02X}");
        let help = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            "it looks like UTF-16; save it as UTF-8 and try again"
        } else {
            "save it as UTF-8 and try again"
        };
        Failure::new(message).help(help).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_refused_with_their_place() {
        let error = text_of(b"one\ncaf\xe9".to_vec(), "plan.md").unwrap_err();
        assert_eq!(
            error.to_string(),
            "plan.md is not UTF-8 text: byte 7, in line 2, is 0xE9"
        );
    }

    #[test]
    fn what_never_ends_is_read_up_to_the_limit() {
        let error = bounded(io::repeat(0), 1024 * 1024, "/dev/zero").unwrap_err();
        assert_eq!(
            error.to_string(),
            "/dev/zero is larger than 1 MiB, which is the most that okr reads"
        );
    }
}
