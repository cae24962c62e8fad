//! What the table of a platform looks like.

use crate::import::SaidStatus;
use crate::import::layout::{Field, Tree};

/// A table that a platform takes or gives: its columns, and what makes a tree of its rows.
#[derive(Debug)]
pub(crate) struct Form {
    /// Its columns, in the order in which they are written.
    pub(crate) columns: &'static [Column],
    /// What becomes of columns that are not listed.
    pub(crate) others: Others,
    /// What makes the tree.
    pub(crate) tree: Tree,
    /// Words in the column of types, or of kinds of numbers where there is no such column, that say what
    /// a row is; the first of each kind is written. Case, and blanks, hyphens and underscores, do not
    /// matter when they are read.
    pub(crate) types: &'static [(&'static str, RowKind)],
    /// What a row is where no type says so, by its depth in the tree from the top; what is deeper is what
    /// the last one is.
    pub(crate) levels: &'static [RowKind],
    /// Where starts, targets and units stand that have no column.
    pub(crate) numbers: Aside,
    /// Whether an initiative may stand right below an objective.
    pub(crate) has_loose_initiatives: bool,
    /// Whether lines of a description that begin with `/` are orders to the platform.
    pub(crate) has_quick_actions: bool,
}

impl Form {
    /// The form that others are written in terms of.
    pub(crate) const PLAIN: Self = Self {
        columns: &[],
        others: Others::Notes,
        tree: Tree::Types,
        types: &[],
        levels: &[],
        numbers: Aside::Description,
        has_loose_initiatives: false,
        has_quick_actions: false,
    };

    /// Returns whether objectives have numbers that stand for nothing.
    pub(crate) fn has_fillers(&self) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|column| column.field == Field::Target && !column.filler.is_empty())
    }

    /// Returns whether elements of that kind have a row each.
    pub(crate) fn has_rows(&self, kind: RowKind) -> bool {
        self.levels.contains(&kind) || self.types.iter().any(|(_, other)| *other == kind)
    }

    /// Returns whether a column holds that field of elements of that kind, which have rows of their own.
    pub(crate) fn holds(&self, kind: RowKind, field: Field) -> bool {
        let mut columns = self.columns.iter();
        self.has_rows(kind) && columns.any(|column| column.field == field && column.serves(kind))
    }
}

/// Where numbers stand for which there is no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aside {
    /// In brackets behind the title.
    Title,
    /// On lines of their own in the description.
    Description,
}

/// What a row of a platform's table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum RowKind {
    /// The plan as a whole.
    Plan,
    /// An objective.
    Objective,
    /// A key result.
    KeyResult,
    /// An initiative.
    Initiative,
    /// A remark on the row above.
    Note,
}

/// What becomes of the columns of a table that its form does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Others {
    /// They hold notes: the platform gives no such column.
    Notes,
    /// They are read by the words of their headings: people name columns as they like.
    ByTheirWords,
    /// A table with one is of another form.
    Foreign,
}

/// A column of a form.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own, and all of them stand in lists"
)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// The heading as the platform spells it; `#` stands for the number of a group of columns.
    pub(crate) heading: &'static str,
    /// What stands in it.
    pub(crate) field: Field,
    /// Whether a table without the column is of another form.
    pub(crate) is_sign: bool,
    /// Whether the platform wants something in each cell.
    pub(crate) is_required: bool,
    /// Whether okr writes something into it; an empty cell where not.
    pub(crate) is_filled: bool,
    /// Whether a table that okr writes has the column at all.
    pub(crate) is_written: bool,
    /// What is written where the plan says nothing; empty where nothing is.
    pub(crate) filler: &'static str,
    /// The rows in which the filler stands; empty where it is in all.
    pub(crate) filler_rows: &'static [RowKind],
    /// The rows in which something may stand; empty where any may.
    pub(crate) rows: &'static [RowKind],
    /// The heading of the column that says the same in a form that is read, where one does.
    pub(crate) same_as: Option<&'static str>,
}

impl Column {
    /// Returns a column that is filled where the plan says something.
    pub(crate) const fn new(heading: &'static str, field: Field) -> Self {
        Self {
            heading,
            field,
            is_sign: false,
            is_required: false,
            is_filled: true,
            is_written: true,
            filler: "",
            filler_rows: &[],
            rows: &[],
            same_as: None,
        }
    }

    /// Returns a column into which okr writes nothing, whatever is read from it.
    pub(crate) const fn left(heading: &'static str, field: Field) -> Self {
        Self {
            is_filled: false,
            ..Self::new(heading, field)
        }
    }

    /// Returns a column that only the platform needs.
    pub(crate) const fn ignored(heading: &'static str) -> Self {
        Self::left(heading, Field::Ignored)
    }

    /// Returns a column that says what another one says, which is read.
    pub(crate) const fn repeats(heading: &'static str, other: &'static str) -> Self {
        Self {
            same_as: Some(other),
            ..Self::ignored(heading)
        }
    }

    /// Returns the column as one by which the form is known.
    pub(crate) const fn sign(self) -> Self {
        Self {
            is_sign: true,
            ..self
        }
    }

    /// Returns the column as one in which the platform wants something in each row.
    pub(crate) const fn required(self) -> Self {
        Self {
            is_required: true,
            ..self
        }
    }

    /// Returns the column as one that is read where it is there, and not written.
    pub(crate) const fn unwritten(self) -> Self {
        Self {
            is_written: false,
            is_filled: false,
            ..self
        }
    }

    /// Returns the column with what is written where the plan says nothing.
    pub(crate) const fn or(self, filler: &'static str) -> Self {
        Self { filler, ..self }
    }

    /// Returns the column with what is written in rows of some kinds, which have nothing of their own.
    pub(crate) const fn or_in(self, filler_rows: &'static [RowKind], filler: &'static str) -> Self {
        Self {
            filler,
            filler_rows,
            ..self
        }
    }

    /// Returns the column for some kinds of rows alone.
    pub(crate) const fn only(self, rows: &'static [RowKind]) -> Self {
        Self { rows, ..self }
    }

    /// Returns what is written in rows of that kind where the plan says nothing; may be empty.
    pub(crate) fn filler(&self, kind: RowKind) -> &'static str {
        let may_stand = self.rows.is_empty() || self.rows.contains(&kind);
        let is_filled = self.filler_rows.is_empty() || self.filler_rows.contains(&kind);
        if may_stand && is_filled {
            self.filler
        } else {
            ""
        }
    }

    /// Returns whether something may stand in the column in rows of that kind.
    pub(crate) fn serves(&self, kind: RowKind) -> bool {
        self.is_filled && (self.rows.is_empty() || self.rows.contains(&kind))
    }
}

/// A word of a platform for a status, as it spells it, and what it means there.
///
/// A word that says nothing about a plan, such as that an issue is open, means nothing.
/// The first word of each meaning is written; case does not matter when they are read.
pub(crate) type StatusWord = (&'static str, Option<SaidStatus>);

/// How a platform names people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum People {
    /// By e-mail address.
    Email,
    /// By e-mail address or by the name that it shows.
    EmailOrName,
    /// By name.
    Name,
    /// By name and a number of its own: `Ada (10000001)`; the number is no part of the name.
    NameAndId,
}

/// How a platform writes the time that a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Periods {
    /// As plans do, or as its people like.
    Free,
    /// As `Q3 Y2026` and `Y2026`.
    QuarterAndYear,
}
