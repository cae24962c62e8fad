//! What may be said about a sheet before it is read.

use jiff::civil::Date;
use okr_core::statement::Lexicon;

use super::layout::Field;
use super::values::date::DateOrder;
use super::values::number::Decimals;
use super::words;
use crate::table::column_name;

/// What may be chosen when a sheet is imported.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ImportOptions {
    /// The name of the sheet to read, a hidden one too; otherwise the one that looks most like a plan.
    pub sheet: Option<String>,
    /// The name of the dialect; otherwise it is recognised by its columns.
    pub dialect: Option<String>,
    /// What columns hold: the heading or the letters of a column, and the name of a field, or `notes`.
    pub map: Vec<(String, String)>,
    /// Which part of `03/04/2026` is the day.
    pub date_order: Option<DateOrder>,
    /// Which sign stands before decimals.
    pub(crate) decimal: Option<Decimals>,
    /// The day of the import, for values without a day; otherwise the file must tell it.
    pub today: Option<Date>,
    /// The words with which the sentences of key results are read.
    pub lexicon: Lexicon,
}

impl ImportOptions {
    /// Returns the options with a comma as the sign before decimals, or with a dot.
    #[must_use]
    pub fn with_decimal_comma(mut self, is_comma: bool) -> Self {
        self.decimal = Some(if is_comma {
            Decimals::Comma
        } else {
            Decimals::Dot
        });
        self
    }

    /// Returns the field that the user gave to a column; nothing inside where it is to be kept as notes.
    #[expect(
        clippy::option_option,
        reason = "not said and said to be notes are two things"
    )]
    pub(crate) fn mapped(&self, column: usize, heading: &str) -> Option<Option<Field>> {
        let heading = words::normal(heading);
        let (_, field) = self.map.iter().find(|(name, _)| {
            (!heading.is_empty() && words::normal(name) == heading)
                || name.eq_ignore_ascii_case(&column_name(column))
        })?;
        Some(field_named(field))
    }
}

/// Returns the field of that name.
pub(crate) fn field_named(name: &str) -> Option<Field> {
    let name = words::normal(name);
    Field::NAMED
        .iter()
        .copied()
        .find(|field| field.name() == name)
}
