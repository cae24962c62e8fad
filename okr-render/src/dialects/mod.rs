//! What the tables of named platforms mean, a file each; and our own.

pub(crate) mod tidy;

use crate::import::layout::{Field, Tree};

/// How a platform lays out the tables that it takes or gives.
#[derive(Debug)]
#[non_exhaustive]
pub struct Dialect {
    /// The name on the command line, such as `appfire-okr`.
    pub name: &'static str,
    /// The platform in its own words.
    pub title: &'static str,
    /// Whether okr writes tables for it.
    pub is_written: bool,
    /// Whether okr reads tables from it.
    pub is_read: bool,
    /// How surely its columns are known, as a phrase: `confirmed`, `confirmed in part: …`.
    pub known: &'static str,
    /// The page on which the vendor documents the columns.
    pub source: &'static str,
    /// What the platform does with a file, and what to mind; Markdown.
    pub docs: &'static str,
    /// Its columns, in the order in which they are written.
    pub(crate) columns: &'static [Column],
    /// What makes the tree.
    pub(crate) tree: Tree,
}

/// A column of a dialect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// The heading, as the platform spells it.
    pub(crate) heading: &'static str,
    /// What stands in it.
    pub(crate) field: Field,
    /// Whether the platform refuses a file without it.
    pub(crate) is_required: bool,
}
