//! Markdown: the plan format itself.

mod read;
mod write;

use crate::carries::Carries;
use crate::format::Format;

pub(crate) static FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown"],
    carries: Carries::ALL,
    docs: include_str!("markdown.md"),
    write: write::plan,
    read: read::plan,
};
