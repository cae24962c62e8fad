//! The neutral grid between plans and spreadsheets.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A table as a spreadsheet shows it; the first row holds the headings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// All rows, the empty ones too, so that a row's place is its number.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Whether a comma was seen to be the sign before decimals.
    pub(crate) comma_is_decimal: bool,
}

/// What stands in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words; in a file without types, also numbers and dates.
    Text(String),
    /// A number, in the unit that another column names.
    Number(Decimal),
    /// A day.
    Date(Date),
}

impl Cell {
    /// Returns the words, or an empty cell where there are none.
    pub(crate) fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() {
            Self::Empty
        } else {
            Self::Text(words)
        }
    }

    /// Returns the cell as text: dates as `2026-12-31`, numbers with a dot.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }

    /// Returns whether nothing but white space stands in the cell.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(words) => words.bytes().all(|b| b.is_ascii_whitespace()),
            Self::Number(_) | Self::Date(_) => false,
        }
    }
}

/// Returns the name of a cell as spreadsheets show it: column 0 of row 0 is `A1`.
pub(crate) fn address(column: usize, row: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters
        .into_iter()
        .rev()
        .chain((row + 1).to_string().chars())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let names = [
            (0, 0),
            (25, 1),
            (26, 6),
            (51, 0),
            (52, 0),
            (701, 0),
            (702, 9),
        ];
        let names: Vec<_> = names
            .into_iter()
            .map(|(column, row)| address(column, row))
            .collect();
        assert_eq!(names, ["A1", "Z2", "AA7", "AZ1", "BA1", "ZZ1", "AAA10"]);
    }
}
