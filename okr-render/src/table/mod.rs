//! The neutral grid between files that hold tables and what the tables mean.
//!
//! A file becomes a [`Workbook`] (`sheets/`), a table becomes a plan (`dialects/`, `import/`), and
//! back; neither side knows the other.

mod address;
mod colour;

pub(crate) use address::{address, column_name};
pub(crate) use colour::{Colour, Fill, Hue};

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// What a file of tables holds; a file of text holds one table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workbook {
    /// The sheets in the order of the file, hidden ones too; a hidden one may have no rows when it was
    /// not asked for.
    pub(crate) tables: Vec<Table>,
    /// What was guessed about the bytes, such as the encoding; a sentence each, without full stop.
    pub(crate) guesses: Vec<Guess>,
    /// What the file holds beside cells and was not touched: external links, macros, embedded objects;
    /// a phrase each.
    pub(crate) untouched: Vec<String>,
}

/// Something about the bytes of a file that they do not say themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guess {
    /// What was guessed: `encoding`, `delimiter`.
    pub(crate) what: &'static str,
    /// What it was taken for: `Windows-1252`, `semicolon`.
    pub(crate) taken_for: String,
    /// Whether the file says so itself, by a mark or a line like `sep=;`.
    pub(crate) is_certain: bool,
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// What the sheet is called; empty in a file of text.
    pub(crate) name: String,
    /// Whether people see it.
    pub(crate) visibility: Visibility,
    /// All rows, the empty ones too, so that a row's place is its number; rows end at their last cell
    /// with something in it, and the table at its last such row.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Ranges that are shown as one cell; only the first cell of each has a value. Sorted by place.
    pub(crate) merges: Vec<Range>,
    /// Numbers of the rows that are hidden, sorted.
    pub(crate) hidden_rows: Vec<usize>,
    /// Numbers of the columns that are hidden, sorted.
    pub(crate) hidden_columns: Vec<usize>,
    /// Cells that are filled with a colour other than white, sorted by place; none where a sheet has so many
    /// that they are decoration.
    pub(crate) fills: Vec<Fill>,
    /// Whether a comma was seen to be the sign before decimals.
    pub(crate) comma_is_decimal: bool,
}

/// Whether a sheet is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// It has a tab.
    #[default]
    Visible,
    /// It can be shown from a menu.
    Hidden,
    /// It can be shown by a program only.
    VeryHidden,
}

/// A rectangle of cells; all four numbers count from 0, and both ends are inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Range {
    pub(crate) first_row: usize,
    pub(crate) first_column: usize,
    pub(crate) last_row: usize,
    pub(crate) last_column: usize,
}

/// What stands in one place of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// What is stored.
    pub(crate) value: Value,
    /// How it is shown.
    pub(crate) format: NumberFormat,
    /// Whether the value comes from a formula.
    pub(crate) formula: Formula,
}

/// The value of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Words; in a file without types, also numbers and dates. Most cells hold a few words, which need no
    /// memory of their own.
    Text(SmolStr),
    /// A number as it is stored, whatever its format: 71% is 0.71 here.
    Number(Decimal),
    /// A day, by the calendar of the file.
    Date(Date),
    /// A truth value.
    Bool(bool),
    /// A formula or a hand said that there is no value: `#DIV/0!`, `#N/A`; as it is shown.
    Error(Box<str>),
}

/// What the number format of a cell adds to its number.
///
/// A file without types has [`NumberFormat::General`] alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    /// The number stands for itself.
    #[default]
    General,
    /// A percent sign is shown and the number is shown a hundred times as large: 0.71 is 71%.
    Percent,
    /// A percent sign is shown as a plain letter: 71 is 71%.
    PercentPoints,
    /// Money, by its ISO 4217 code or as the format writes it where it is no such code.
    Currency(Box<str>),
    /// Words that are shown behind the number: `0 "days"`.
    Suffix(Box<str>),
    /// The cell holds text whatever was typed (`@`).
    Text,
}

/// Where the value of a cell comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Formula {
    /// It was typed.
    #[default]
    None,
    /// It is the saved result of a formula.
    Saved,
    /// There is a formula without a saved result, and the value is empty.
    Unsaved,
}

impl Table {
    /// Returns the cell at a place; beyond the end of a row all are empty.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &Cell {
        static EMPTY: Cell = Cell::EMPTY;
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .unwrap_or(&EMPTY)
    }

    /// Returns the colour that fills a place.
    pub(crate) fn fill(&self, row: usize, column: usize) -> Option<Colour> {
        let place = |fill: &Fill| (fill.row, fill.column);
        let at = self.fills.binary_search_by_key(&(row, column), place);
        Some(self.fills[at.ok()?].colour)
    }

    /// Returns whether nothing but white space stands in a row.
    pub(crate) fn is_blank_row(&self, row: usize) -> bool {
        self.rows
            .get(row)
            .is_none_or(|cells| cells.iter().all(Cell::is_blank))
    }
}

impl Cell {
    /// A cell without anything.
    pub(crate) const EMPTY: Self = Self {
        value: Value::Empty,
        format: NumberFormat::General,
        formula: Formula::None,
    };

    /// Returns a cell with words, or an empty one where there are none.
    pub(crate) fn text(words: impl Into<SmolStr>) -> Self {
        let words = words.into();
        let value = if words.is_empty() {
            Value::Empty
        } else {
            Value::Text(words)
        };
        value.into()
    }

    /// Returns the value as text: dates as `2026-12-31`, numbers with a dot, as they are stored.
    pub(crate) fn to_text(&self) -> String {
        self.value.to_string()
    }

    /// Returns whether nothing stands in the cell, or blanks and line ends alone; unlike for [`Cell::is_blank`], all
    /// other signs that do not show are something, as they are in a plan document.
    pub(crate) fn is_white(&self) -> bool {
        match &self.value {
            Value::Empty => true,
            Value::Text(words) => words
                .bytes()
                .all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')),
            Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => false,
        }
    }

    /// Returns whether nothing but white space stands in the cell, also white space without width.
    pub(crate) fn is_blank(&self) -> bool {
        match &self.value {
            Value::Empty => true,
            Value::Text(words) => words
                .chars()
                .all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}'),
            Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => false,
        }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self {
            value,
            ..Self::EMPTY
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(words) => f.write_str(words),
            Self::Error(words) => f.write_str(words),
            Self::Number(number) => write!(f, "{number}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Bool(truth) => f.write_str(if *truth { "TRUE" } else { "FALSE" }),
        }
    }
}
