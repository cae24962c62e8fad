//! HTML: one self-contained page that people read, with the plan inside it for programs.

mod drawing;
mod drawn;
pub(crate) mod figure;
pub(crate) mod policy;
mod read;
pub(crate) mod text;
pub(crate) mod theme;
pub(crate) mod view;
pub(crate) mod write;

pub(crate) use self::text::href;
pub(crate) use self::view::StatusView;
pub(crate) use self::write::within_script;

use crate::carries::Carries;
use crate::format::Format;

/// One HTML page.
pub(crate) static FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm"],
    carries: Carries::ALL,
    docs: include_str!("html.md"),
    write: write::plan,
    read: read::plan,
};
