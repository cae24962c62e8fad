//! What may be said about a sheet before it is read.

use jiff::civil::Date;
use okr_core::model::FiscalYear;
use okr_core::statement::Lexicon;

use super::layout::Field;
use super::values::date::DateOrder;
use super::values::number::Decimals;
use super::words;
use crate::table::column_name;

/// What may be chosen when a sheet is imported.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ImportOptions {
    /// The name of the sheet to read, a hidden one too; otherwise the one that looks most like a plan.
    pub sheet: Option<String>,
    /// The name of the dialect; otherwise it is recognised by its columns.
    pub dialect: Option<String>,
    /// What columns hold: the heading or the letters of a column, and the name of a field, or `notes`.
    pub map: Vec<(String, String)>,
    /// Which part of `03/04/2026` is the day.
    pub dates: Option<DateOrder>,
    /// Which sign stands before decimals.
    pub decimals: Option<Decimals>,
    /// When a year that is written with `FY` begins; with the calendar year nobody knows.
    pub fiscal_year: FiscalYear,
    /// The words with which the sentences of key results are read.
    pub lexicon: Lexicon,
    /// The day for which values and statuses without a day speak, where the file does not tell it.
    pub today: Date,
}

impl ImportOptions {
    /// Returns options in which nothing is chosen but the day.
    #[must_use]
    pub fn new(today: Date) -> Self {
        Self {
            sheet: None,
            dialect: None,
            map: Vec::new(),
            dates: None,
            decimals: None,
            fiscal_year: FiscalYear::default(),
            lexicon: Lexicon::default(),
            today,
        }
    }

    /// Returns what the user said of columns.
    pub(crate) fn columns(&self) -> Mapped<'_> {
        Mapped(&self.map)
    }
}

/// What the user said of columns: their headings or letters, and names of fields.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mapped<'o>(&'o [(String, String)]);

impl Mapped<'_> {
    /// Returns the field that the user gave to a column; nothing inside where it is to be kept as notes.
    #[expect(
        clippy::option_option,
        reason = "not said and said to be notes are two things"
    )]
    pub(crate) fn field(self, column: usize, heading: &str) -> Option<Option<Field>> {
        let heading = words::normal(heading);
        let (_, field) = self.0.iter().find(|(name, _)| {
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
