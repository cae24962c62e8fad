//! What is wrong with a plan, where, and what to do about it.

use crate::text::Span;

/// Something worth telling about a plan; collected, never thrown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A short name that does not change, such as `unknown-field`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: a phrase, lower case first, no full stop.
    pub message: String,
    /// Where.
    pub location: Location,
    /// What is to be seen at that place, as a few words; may be empty.
    pub label: String,
    /// What to do; may be empty.
    pub help: String,
}

/// The codes of what may be said about the reading of a plan in Markdown, sorted.
pub const CODES: &[&str] = &[
    "front-matter",
    "heading-level",
    "misplaced-key-result",
    "no-title",
    "repeated-field",
    "unknown-field",
    "unread-heading",
    "unreadable-check-in",
    "unreadable-field",
];

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably not what was meant.
    Warning,
    /// Could not be understood.
    Error,
}

/// Where in a file something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A place in a text.
    Span(Span),
    /// A cell of a sheet, as the sheet's own programs name it, such as `B7`.
    Cell(String),
    /// The file as a whole.
    Whole,
}

impl Diagnostic {
    /// Returns a diagnostic without label and help.
    #[must_use]
    pub fn new(
        code: &'static str,
        severity: Severity,
        location: Location,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            location,
            label: String::new(),
            help: String::new(),
        }
    }

    /// Returns the diagnostic with a few words for its place.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Returns the diagnostic with what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl From<Span> for Location {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}
