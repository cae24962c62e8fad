//! What may be said about a sheet before it is read.

use jiff::civil::Date;
use okr_core::model::FiscalYear;
use okr_core::statement::Lexicon;

use super::headings::Headings;
use super::layout::Field;
use super::values::date::DateOrder;
use super::values::number::Decimals;
use super::words;
use crate::error::{Error, ErrorKind};
use crate::table::{Cell, Table, column_name};

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

impl Mapped<'_> {
    /// Returns the first row of a table that has one of the headings that the user named, or, where
    /// columns are named by letters alone, the first one with several cells.
    pub(crate) fn row(self, table: &Table) -> Option<usize> {
        let names: Vec<String> = self.0.iter().map(|(name, _)| words::normal(name)).collect();
        let is_named = |cells: &Vec<Cell>| {
            cells.iter().any(|cell| {
                let normal = words::normal(&cell.to_text());
                !normal.is_empty() && names.contains(&normal)
            })
        };
        let is_letters =
            |name: &String| name.len() <= 3 && name.bytes().all(|byte| byte.is_ascii_lowercase());
        let rows = &table.rows[..table.rows.len().min(MAX_ROWS)];
        rows.iter().position(is_named).or_else(|| {
            let is_row =
                |cells: &Vec<Cell>| cells.iter().filter(|cell| !cell.is_blank()).count() > 1;
            rows.iter()
                .position(is_row)
                .filter(|_| !names.is_empty() && names.iter().all(is_letters))
        })
    }

    /// # Errors
    ///
    /// The user gave a column a field that does not exist.
    pub(crate) fn check_fields(self) -> Result<(), Error> {
        let is_known = |name: &str| name == NOTES || field_named(name).is_some();
        let Some((_, wrong)) = self.0.iter().find(|(_, field)| !is_known(field)) else {
            return Ok(());
        };
        let names: Vec<String> = Field::NAMED
            .iter()
            .map(|field| field.name().replace(' ', "-"))
            .chain([NOTES.to_owned()])
            .collect();
        let message = format!(
            "no column can hold `{wrong}`; the fields are {}",
            names.join(", ")
        );
        Err(ErrorKind::Unreadable(message).into())
    }

    /// # Errors
    ///
    /// The user gave a field to a column that the sheet does not have.
    pub(crate) fn check_columns(self, headings: &Headings) -> Result<(), Error> {
        let is_there = |name: &str| {
            let normal = words::normal(name);
            headings.columns.iter().enumerate().any(|(at, heading)| {
                name.eq_ignore_ascii_case(&column_name(at))
                    || (!normal.is_empty()
                        && [heading.full(), heading.words.clone()]
                            .iter()
                            .any(|words| words::normal(words) == normal))
            })
        };
        let Some((wrong, _)) = self.0.iter().find(|(name, _)| !is_there(name)) else {
            return Ok(());
        };
        let there: Vec<String> = headings
            .columns
            .iter()
            .enumerate()
            .filter(|(_, heading)| !heading.full().is_empty())
            .take(MAX_NAMED)
            .map(|(at, heading)| format!("{} `{}`", column_name(at), heading.full()))
            .collect();
        let message = format!(
            "it has no column `{wrong}`; its columns are {}",
            there.join(", ")
        );
        Err(ErrorKind::Unreadable(message).into())
    }
}

/// What a column holds that is kept as notes.
const NOTES: &str = "notes";

/// How far down headings are looked for that the user named.
const MAX_ROWS: usize = 100;

/// The most columns that a message names.
const MAX_NAMED: usize = 40;

/// Returns the field of that name.
pub(crate) fn field_named(name: &str) -> Option<Field> {
    let name = words::normal(name);
    Field::NAMED
        .iter()
        .copied()
        .find(|field| field.name() == name)
}
