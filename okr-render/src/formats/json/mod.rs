//! JSON: a documented schema, for programs; nothing of a plan is left out.

mod node;
mod read;
mod write;

pub(crate) use write::{to_line, to_text};

use crate::carries::Carries;
use crate::format::Format;

pub(crate) static FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    carries: Carries::ALL,
    docs: include_str!("json.md"),
    write: write::plan,
    read: read::plan,
};

/// What the key `schema` of every file says; another number means another shape.
const SCHEMA: &str = "okr-plan/1";
