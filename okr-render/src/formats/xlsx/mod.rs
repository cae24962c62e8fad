//! XLSX: a workbook that people fill in and hand back.
//!
//! A file for each sheet; `sums.rs` says what the formulas are, `style.rs` how things look, and
//! `read/` takes a workbook back.

#[cfg(test)]
mod agreement;
mod base;
mod book;
mod check_in;
mod columns;
mod figures;
mod history;
mod key_results;
mod legend;
pub(crate) mod listing;
mod overview;
mod page;
mod paper;
mod plain;
mod read;
mod results;
#[cfg(test)]
mod strict;
mod style;
mod sums;
#[cfg(test)]
mod tests;
mod wording;
mod write;

pub(crate) use base::read as read_base;

use crate::carries::{Carries, Part};
use crate::format::Format;

pub(crate) static FORMAT: Format = Format {
    name: "xlsx",
    extensions: &["xlsx"],
    carries: Carries::ALL
        .without(Part::Formatting)
        .without(Part::UnitPlaces)
        .without(Part::EmptyValues),
    docs: include_str!("xlsx.md"),
    write: write::plan,
    read: read::plan,
};

/// The names of the sheets, in their order.
const OVERVIEW: &str = "Overview";
const KEY_RESULTS: &str = "Key results";
const CHECK_IN: &str = "Check-in";
const HISTORY: &str = "History";

/// The one sheet of a plain workbook.
const PLAIN: &str = "Plan";
