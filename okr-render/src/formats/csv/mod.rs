//! CSV: one tidy table that opens right in spreadsheets and comes back from them.

pub(crate) mod listing;
mod read;
mod write;

use crate::carries::{Carries, Part};
use crate::format::Format;

pub(crate) static FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    carries: Carries::ALL
        .without(Part::Formatting)
        .without(Part::CheckIns)
        .without(Part::UnitPlaces)
        .without(Part::EmptyValues),
    docs: include_str!("csv.md"),
    write: write::plan,
    read: read::plan,
};
