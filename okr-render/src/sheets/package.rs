//! The ZIP file that a spreadsheet is: its parts, within limits.
//!
//! Nothing is ever unpacked to disk, and no part is unpacked whole.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Budget, Xml, broken};
use crate::error::{Error, ErrorKind};

/// Parts in a file; a workbook with a hundred sheets and pictures has about five hundred.
const MAX_PARTS: usize = 10_000;
/// Bytes of all parts that are read, unpacked.
const MAX_UNPACKED: u64 = 1024 * 1024 * 1024;
/// Bytes of a part with cells or their texts, unpacked; three million cells have about half.
pub(crate) const MAX_PART: u64 = 384 * 1024 * 1024;
/// Bytes of a part that describes something else, such as styles, unpacked.
pub(crate) const MAX_SMALL_PART: u64 = 16 * 1024 * 1024;

/// How each entry of the list of parts begins.
const ENTRY: &[u8] = b"PK\x01\x02";

/// A ZIP file whose list of parts is sound.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    budget: Budget,
}

impl<'a> Package<'a> {
    /// Opens a ZIP file.
    ///
    /// # Errors
    ///
    /// It is broken, has too many parts, two of one name, or one with a name that leads elsewhere.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        // Counted before the list is read, which takes some hundred bytes of memory for each part.
        let entries = bytes
            .windows(ENTRY.len())
            .filter(|window| *window == ENTRY)
            .count();
        if entries > MAX_PARTS {
            let message = format!(
                "it is a ZIP file of more than {MAX_PARTS} parts, which no spreadsheet has; save the sheet alone as .csv"
            );
            return Err(ErrorKind::TooLarge(message).into());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| incomplete())?;
        let package = Self {
            archive,
            budget: Budget::new(MAX_UNPACKED),
        };
        package.refuse_odd_names(bytes)?;
        Ok(package)
    }

    /// Refuses lists in which a name stands twice, so that two programs could read two things, and
    /// names that lead out of the file.
    fn refuse_odd_names(&self, bytes: &[u8]) -> Result<(), Error> {
        let mut names = Vec::new();
        let start = usize::try_from(self.archive.central_directory_start()).unwrap_or(bytes.len());
        let mut rest = bytes.get(start..).unwrap_or_default();
        while rest.starts_with(ENTRY) {
            let length = |at: usize| {
                let low = rest.get(at).copied().unwrap_or_default();
                let high = rest.get(at + 1).copied().unwrap_or_default();
                usize::from(u16::from_le_bytes([low, high]))
            };
            let (name, others) = (length(28), length(30) + length(32));
            let Some(bytes) = rest.get(46..46 + name) else {
                return Err(incomplete());
            };
            names.push(normal_name(&String::from_utf8_lossy(bytes)));
            rest = rest.get(46 + name + others..).unwrap_or_default();
        }
        names.sort_unstable();
        let odd = |name: &str| {
            let message = format!(
                "it holds {name}, which no spreadsheet program writes; open it in Excel or LibreOffice and save it again"
            );
            Err(ErrorKind::Unreadable(message).into())
        };
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return odd(&format!("two parts of the name `{}`", pair[0]));
        }
        if let Some(name) = names
            .iter()
            .find(|name| name.split('/').any(|step| step == ".."))
        {
            return odd(&format!("a part of the name `{name}`"));
        }
        Ok(())
    }

    /// Returns the names of all parts, in lower case and with `/`.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive
            .file_names_raw()
            .map(|name| normal_name(&String::from_utf8_lossy(name)))
            .collect()
    }

    /// Returns the place of a part in the list; upper and lower case are one.
    fn find(&self, name: &str) -> Option<usize> {
        let name = normal_name(name);
        self.archive
            .file_names_raw()
            .position(|other| normal_name(&String::from_utf8_lossy(other)) == name)
    }

    /// Returns whether there is a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Returns a part as XML, of which at most `limit` bytes are read, or nothing where there is none.
    ///
    /// # Errors
    ///
    /// The part is locked with a password, packed in a way that is not known, or broken.
    pub(crate) fn xml(
        &mut self,
        name: &str,
        limit: u64,
    ) -> Result<Option<Xml<'_, impl Read + use<'_, 'a>>>, Error> {
        let Some(index) = self.find(name) else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => locked(),
            error => broken(name, &error.to_string()),
        })?;
        Ok(Some(Xml::new(file, name, limit, &self.budget)))
    }

    /// Returns the first bytes of a part, at most `limit`, or nothing where there is none.
    pub(crate) fn start_of(&mut self, name: &str, limit: u64) -> Option<Vec<u8>> {
        let index = self.find(name)?;
        let mut start = Vec::new();
        let file = self.archive.by_index(index).ok()?;
        file.take(limit).read_to_end(&mut start).ok()?;
        Some(start)
    }
}

/// Returns a name without the differences that programs do not heed.
fn normal_name(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_lowercase()
}

fn incomplete() -> Error {
    let message = "the file is incomplete or damaged; fetch or save it again and try once more";
    ErrorKind::Unreadable(message.to_owned()).into()
}

/// Returns the error for a file that only its password opens.
pub(crate) fn locked() -> Error {
    let message =
        "it is protected with a password: open it, remove the password, save it and try again";
    ErrorKind::Unreadable(message.to_owned()).into()
}
