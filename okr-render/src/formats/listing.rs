//! A table of many plans, for whoever goes on with it in a spreadsheet.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A table with headings; no row has more fields than there are columns.
pub(crate) struct Listing<'a> {
    /// What it is called, in a workbook the name of its sheet.
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    /// How many rows there are below the headings.
    pub(crate) count: usize,
    pub(crate) rows: Box<dyn Iterator<Item = Vec<Field<'a>>> + 'a>,
}

impl<'a> Listing<'a> {
    pub(crate) fn new(
        name: &'static str,
        columns: &'static [Column],
        count: usize,
        rows: impl Iterator<Item = Vec<Field<'a>>> + 'a,
    ) -> Self {
        Self {
            name,
            columns,
            count,
            rows: Box::new(rows),
        }
    }
}

pub(crate) struct Column {
    pub(crate) heading: &'static str,
    /// How wide it is where that can be said, in digits.
    pub(crate) width: f64,
    /// Its cells stand at the right.
    pub(crate) is_number: bool,
}

impl Column {
    pub(crate) const fn new(heading: &'static str, width: f64) -> Self {
        Self {
            heading,
            width,
            is_number: false,
        }
    }

    /// Returns a column of counts or percents.
    pub(crate) const fn of_numbers(heading: &'static str, width: f64) -> Self {
        Self {
            is_number: true,
            ..Self::new(heading, width)
        }
    }
}

/// What stands in a cell.
pub(crate) enum Field<'a> {
    Nothing,
    Words(Cow<'a, str>),
    Count(usize),
    /// A hundred is the whole.
    Percent(Decimal),
    Day(Date),
}
