//! Why something could not be written or read.

use std::fmt;

/// Why a plan could not be written in a format, or a file could not be read in it.
///
/// Its message is a phrase that says what is wrong and, where that can be known, what to do; the
/// caller, who knows the name of the file, puts it in front.
#[derive(Debug)]
pub struct Error {
    kind: Box<ErrorKind>,
}

#[derive(Debug)]
pub(crate) enum ErrorKind {
    /// No format has that name or extension.
    UnknownFormat(String),
    /// No dialect has that name, or none that can do what was asked.
    UnknownDialect(String),
    /// The file is not what the format says.
    Unreadable(String),
    /// The file is larger than is read.
    TooLarge(String),
    /// A page template is wrong.
    Template(String),
    /// Something that holds for every plan did not.
    Write(String),
}

impl Error {
    /// Returns whether no format has the name or extension that was asked for.
    #[must_use]
    pub fn is_unknown_format(&self) -> bool {
        matches!(*self.kind, ErrorKind::UnknownFormat(_))
    }

    /// Returns whether no dialect has the name that was asked for, or none that can do what was asked.
    #[must_use]
    pub fn is_unknown_dialect(&self) -> bool {
        matches!(*self.kind, ErrorKind::UnknownDialect(_))
    }

    /// Returns whether the file was refused for its size alone.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(*self.kind, ErrorKind::TooLarge(_))
    }

    /// Returns whether a template or style that the caller put in place of a built-in one is wrong.
    #[must_use]
    pub fn is_template(&self) -> bool {
        matches!(*self.kind, ErrorKind::Template(_))
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self {
            kind: Box::new(kind),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            ErrorKind::UnknownFormat(message)
            | ErrorKind::UnknownDialect(message)
            | ErrorKind::Unreadable(message)
            | ErrorKind::TooLarge(message)
            | ErrorKind::Template(message)
            | ErrorKind::Write(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
