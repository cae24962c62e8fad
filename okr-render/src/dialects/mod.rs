//! What the tables of named platforms mean, a file each; and our own.

mod appfire_okr;
mod behind;
mod betterworks;
mod carried;
mod culture_amp;
mod fillers;
mod form;
mod gitlab;
mod goalscape;
mod jira;
mod peoplebox;
mod recognise;
mod said;
pub(crate) mod tidy;
mod todoist;
mod unfold;
mod viva_goals;
mod write;

pub use carried::Piece;
pub(crate) use form::{Aside, Column, Form, Others, People, Periods, RowKind, StatusWord};
pub(crate) use recognise::{Recognised, recognise, says_the_same};
pub(crate) use said::Said;
pub use write::{ExportNote, Exported, NoteKind};

use okr_core::model::Unit;

use crate::error::{Error, ErrorKind};
use crate::import::SaidStatus;

/// A platform and the tables that it takes or gives.
#[derive(Debug)]
#[non_exhaustive]
pub struct Dialect {
    /// The name on the command line, such as `appfire-okr`.
    pub name: &'static str,
    /// The platform in its own words.
    pub title: &'static str,
    /// How surely its columns are known, as a phrase: `confirmed`, `confirmed in part: …`.
    pub known: &'static str,
    /// The page on which the vendor documents the columns.
    pub source: &'static str,
    /// What the platform does with a file, and what to mind; Markdown.
    pub docs: &'static str,
    /// The table that okr writes for it; nothing where it takes none.
    pub(crate) takes: Option<&'static Form>,
    /// The tables that are read, the likeliest first.
    pub(crate) gives: &'static [&'static Form],
    /// Its words for a status, where they differ from what they mean elsewhere or are written.
    pub(crate) statuses: &'static [StatusWord],
    /// Its words for kinds of numbers, and the unit that each stands for as [`okr_core::model::Unit::parse`]
    /// reads it; the first of each unit is written. Case does not matter when they are read.
    pub(crate) kinds_of_numbers: &'static [(&'static str, &'static str)],
    /// How it names people.
    pub(crate) people: People,
    /// Whether several people may answer for a row; their names are parted by commas.
    pub(crate) has_owner_lists: bool,
    /// How it writes the time that a row is for.
    pub(crate) periods: Periods,
}

/// Every dialect, by name.
pub static DIALECTS: &[&Dialect] = &[
    &appfire_okr::DIALECT,
    &betterworks::DIALECT,
    &culture_amp::DIALECT,
    &gitlab::DIALECT,
    &goalscape::DIALECT,
    &jira::DIALECT,
    &peoplebox::DIALECT,
    &todoist::DIALECT,
    &viva_goals::DIALECT,
];

impl Dialect {
    /// Returns the dialect of that name, in upper or lower case, with hyphens, blanks or underscores.
    ///
    /// # Errors
    ///
    /// No dialect has the name; the message lists those there are.
    pub fn named(name: &str) -> Result<&'static Self, Error> {
        let plain = name.trim().to_lowercase().replace([' ', '_'], "-");
        DIALECTS
            .iter()
            .find(|dialect| dialect.name == plain)
            .copied()
            .ok_or_else(|| {
                let names: Vec<_> = DIALECTS.iter().map(|dialect| dialect.name).collect();
                let message = format!(
                    "there is no dialect `{name}`; there are {}",
                    names.join(", ")
                );
                ErrorKind::UnknownDialect(message).into()
            })
    }

    /// Returns whether okr writes tables for the platform.
    #[must_use]
    pub const fn is_written(&self) -> bool {
        self.takes.is_some()
    }

    /// Returns whether okr reads tables from the platform.
    #[must_use]
    pub const fn is_read(&self) -> bool {
        !self.gives.is_empty()
    }

    /// Returns the headings of the table that okr writes, in their order, and whether the platform wants
    /// something in each cell below; of a platform that is only read, those that are known.
    ///
    /// `#` stands for a number that counts from 1.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let form = self.takes.or(self.gives.first().copied());
        let columns = form.map_or(&[][..], |form| form.columns);
        let is_listed = |column: &&Column| column.is_written || self.takes.is_none();
        columns
            .iter()
            .filter(move |column| is_listed(column))
            .map(|column| (column.heading, column.is_required))
    }

    /// Returns the platform's name without what it is followed by.
    pub(crate) fn short_title(&self) -> &'static str {
        self.title.split(',').next().unwrap_or(self.title)
    }

    /// Returns the platform's word for a status, where it has one.
    pub(crate) fn word_of(&self, status: SaidStatus) -> Option<&'static str> {
        let mut words = self.statuses.iter();
        words
            .find(|(_, other)| *other == Some(status))
            .map(|(word, _)| *word)
    }

    /// Returns the platform's word for numbers in a unit, where it has one.
    pub(crate) fn kind_of_number(&self, unit: &Unit) -> Option<&'static str> {
        let mut words = self.kinds_of_numbers.iter();
        words
            .find(|(_, other)| Unit::parse(other).as_ref() == Some(unit))
            .map(|(word, _)| *word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_are_sorted_and_documented() {
        assert!(DIALECTS.is_sorted_by_key(|dialect| dialect.name));
        for dialect in DIALECTS {
            assert!(dialect.docs.starts_with("# "), "{}", dialect.name);
            assert!(dialect.source.starts_with("https://"), "{}", dialect.name);
            assert!(dialect.is_read(), "{}", dialect.name);
            let known = ["confirmed", "rules confirmed"];
            assert!(
                known.iter().any(|word| dialect.known.starts_with(word)),
                "{}",
                dialect.name
            );
        }
    }

    #[test]
    fn names_are_found_as_people_write_them() {
        assert_eq!(Dialect::named("Culture Amp").unwrap().name, "culture-amp");
        let error = Dialect::named("asana").unwrap_err();
        assert!(error.is_unknown_dialect());
        assert!(
            error.to_string().contains("appfire-okr, betterworks"),
            "{error}"
        );
    }
}
