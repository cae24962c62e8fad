//! Why a role template was not found, is none, or could not be filled.

use std::fmt;
use std::ops::Range;

use okr_core::text::LineIndex;

/// Why a role template was not found, is no template, or could not be filled.
#[derive(Debug)]
pub struct Error {
    kind: Box<ErrorKind>,
}

#[derive(Debug)]
pub(crate) enum ErrorKind {
    /// No template has that name.
    UnknownTemplate {
        name: String,
        nearest: Option<String>,
    },
    /// A template is wrong.
    BadTemplate(Problem),
    /// What was asked of a template is not in it.
    BadRequest(String),
}

impl Error {
    /// Returns whether no template has the name that was asked for.
    #[must_use]
    pub fn is_unknown_template(&self) -> bool {
        matches!(*self.kind, ErrorKind::UnknownTemplate { .. })
    }

    /// Returns whether the template itself is wrong, so that its author must mend it.
    #[must_use]
    pub fn is_bad_template(&self) -> bool {
        self.problem().is_some()
    }

    /// Returns what is wrong with the template, when it is the template that is wrong.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match &*self.kind {
            ErrorKind::BadTemplate(problem) => Some(problem),
            _ => None,
        }
    }
}

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// All of its text.
    pub text: String,
    /// The place in the text, in bytes.
    pub span: Range<usize>,
    /// What is wrong, as a phrase.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
}

impl Problem {
    pub(crate) fn new(
        path: &str,
        text: &str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        let message = message.into();
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            span,
            message,
            help: String::new(),
        }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = LineIndex::new(&self.text).line_column(&self.text, self.span.start);
        write!(
            f,
            "{}:{}:{}: {}",
            self.path, at.line, at.column, self.message
        )?;
        if !self.help.is_empty() {
            write!(f, "; {}", self.help)?;
        }
        Ok(())
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        ErrorKind::BadTemplate(problem).into()
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
            ErrorKind::UnknownTemplate { name, nearest } => {
                write!(f, "there is no role template `{name}`")?;
                if let Some(nearest) = nearest {
                    write!(f, "; did you mean `{nearest}`?")?;
                }
                Ok(())
            }
            ErrorKind::BadTemplate(problem) => problem.fmt(f),
            ErrorKind::BadRequest(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
