//! What became of each part of a file that was read.

use super::became::Became;

/// The account of a reading: what each column was taken for, what became of each row, what was left out.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Account {
    /// The name of the sheet that was read; empty in a file of text.
    pub sheet: String,
    /// The name of the dialect that was recognised or asked for; nothing for a layout kept by hand.
    pub dialect: Option<&'static str>,
    /// Whether the file is an outline, so that places are its lines and there are no columns.
    pub is_outline: bool,
    /// Whether the table lies on its side, with a key result to a column: then `columns` tells of the rows of
    /// the sheet, by their numbers, and `rows` of its columns, counted from 1.
    pub is_sideways: bool,
    /// What was found out about the bytes: `encoding` and `Windows-1252 (guessed)`, …
    pub bytes: Vec<(&'static str, String)>,
    /// What each column with something in it was taken for, in the order of the sheet.
    pub columns: Vec<ColumnRead>,
    /// What became of each row that is not blank, in the order of the sheet.
    pub rows: Vec<RowRead>,
    /// The other sheets of which the plan was read as well, where each objective has one of its own.
    pub further: Vec<SheetRead>,
    /// What is not in the draft, in the order of the sheet.
    pub left_out: Vec<LeftOut>,
}

/// A further sheet that was read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SheetRead {
    /// Its name.
    pub sheet: String,
    /// What its columns were taken for.
    pub columns: Vec<ColumnRead>,
    /// What became of its rows.
    pub rows: Vec<RowRead>,
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnRead {
    /// Its letters: `A`, `AB`.
    pub letters: String,
    /// Its heading on one line; with two rows of headings, both, parted by ` / `; may be empty.
    pub heading: String,
    /// The field that it holds, such as `objective`, `start`, `status`; nothing where it is kept as notes.
    pub field: Option<&'static str>,
    /// How sure that is.
    pub certainty: Certainty,
    /// Why, as a phrase: `the heading says so`, `bare numbers beside a column of targets`.
    pub reason: String,
}

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Certainty {
    /// It may as well be something else; the user is asked or warned.
    Guessed,
    /// What stands around it says so.
    Likely,
    /// The file says so.
    Certain,
}

impl Certainty {
    /// Returns the word in machine output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guessed => "guessed",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowRead {
    /// Its number as spreadsheets show it, from 1.
    pub number: usize,
    /// What it was read as.
    pub became: Became,
}

/// Something that is in the file and not in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// Where it stands: a cell `B7`, a range `A12:J12`, a sheet.
    pub place: String,
    /// What stands there, on one line.
    pub text: String,
    /// Why it was left out, as a phrase: `a legend`, `a total`, `worked out anew from the values`.
    pub reason: String,
}
