//! Which column of a ledger holds what: its heading says it, or the user.

use okr_core::fields::nearest;
use okr_core::ledger::{Column, LedgerMeasure};

use super::cells::short;
use super::rows::{Row, Source};
use super::words::{Kind, rank};
use crate::error::{Error, ErrorKind};
use crate::import::values::number;
use crate::import::words::normal;
use crate::table::column_name;

/// In how many rows the headings are looked for.
const MOST_ROWS: usize = 30;

/// A column that was taken for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenColumn {
    /// What it holds.
    pub column: Column,
    /// Its heading, as it stands there.
    pub heading: String,
    /// Its letters, as a spreadsheet has them: `B`.
    pub letters: String,
    /// Whether the user said so.
    pub is_mapped: bool,
}

/// Where the columns are, in a sheet of a file.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    at: [Option<usize>; Column::ALL.len()],
    /// The number of the sheet, from 0.
    pub(super) sheet: usize,
    /// The line of the headings; rows begin behind it.
    pub(super) line: u64,
    headings: Vec<String>,
    mapped: Vec<Column>,
}

/// What the user says a column holds: its heading or letters, and the name of what it is.
pub(super) struct Map {
    heading: String,
    column: Column,
}

impl Map {
    /// Reads `Net amount=amount`.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let refuse = |message: String| Error::from(ErrorKind::Unreadable(message));
        let Some((heading, name)) = text.rsplit_once('=') else {
            return Err(refuse(format!(
                "`--map {text}` has no `=`; write it like --map \"Net amount=amount\""
            )));
        };
        let name = name.trim();
        let Some(column) = Column::named(name) else {
            let names = Column::ALL.map(Column::name);
            let help = match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("a column is one of {}", names.join(", ")),
            };
            return Err(refuse(format!("no column is called `{name}`; {help}")));
        };
        Ok(Self {
            heading: heading.trim().to_owned(),
            column,
        })
    }
}

impl Columns {
    /// Finds the headings of a file and what they name, in the sheet that has the most of what is wanted.
    ///
    /// `wanted` are the columns that may be taken, of which all in `needs` must be there.
    ///
    /// # Errors
    ///
    /// A column that is needed is not found, or one that the user names is not there.
    pub(super) fn find(
        source: &Source<'_>,
        kind: Kind,
        needs: &[Column],
        wanted: &[Column],
        maps: &[Map],
    ) -> Result<Self, Error> {
        let mut best: Option<(usize, Self)> = None;
        for sheet in 0..source.sheets().len() {
            let found = Self::in_sheet(source, sheet, kind, wanted, maps)?;
            let count = found.at.iter().flatten().count();
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, found));
            }
        }
        let Some((_, columns)) = best else {
            let message = "there are no rows in it".to_owned();
            return Err(ErrorKind::Unreadable(message).into());
        };
        columns.check(kind, needs, wanted, maps)?;
        Ok(columns)
    }

    fn in_sheet(
        source: &Source<'_>,
        sheet: usize,
        kind: Kind,
        wanted: &[Column],
        maps: &[Map],
    ) -> Result<Self, Error> {
        let mut best: Option<(usize, Self)> = None;
        let mut seen = 0;
        source.each(sheet, |row| {
            let found = Self::of_row(row, sheet, kind, wanted, maps);
            let count = found.at.iter().flatten().count();
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, found));
            }
            seen += 1;
            Ok(seen < MOST_ROWS)
        })?;
        Ok(best.map_or_else(
            || Self {
                at: [None; Column::ALL.len()],
                sheet,
                line: 0,
                headings: Vec::new(),
                mapped: Vec::new(),
            },
            |(_, columns)| columns,
        ))
    }

    /// Takes a row for the headings.
    fn of_row(row: Row<'_>, sheet: usize, kind: Kind, wanted: &[Column], maps: &[Map]) -> Self {
        let headings: Vec<String> = (0..row.len()).map(|at| row.cell(at).text()).collect();
        let mut at = [None; Column::ALL.len()];
        let mut mapped = Vec::new();
        let mut taken = Vec::new();
        for map in maps {
            if let Some(found) = position(&headings, &map.heading) {
                at[map.column as usize] = Some(found);
                mapped.push(map.column);
                taken.push(found);
            }
        }
        let mut ranked: Vec<(usize, usize, Column)> = Vec::new();
        for (place, heading) in headings.iter().enumerate() {
            for column in wanted {
                if let Some(rank) = rank_of(kind, *column, heading) {
                    ranked.push((rank, place, *column));
                }
            }
        }
        ranked.sort_by_key(|(rank, place, _)| (*rank, *place));
        for (_, place, column) in ranked {
            let slot = &mut at[column as usize];
            if slot.is_none() && !taken.contains(&place) {
                *slot = Some(place);
                taken.push(place);
            }
        }
        Self {
            at,
            sheet,
            line: row.line(),
            headings,
            mapped,
        }
    }

    fn check(
        &self,
        kind: Kind,
        needs: &[Column],
        wanted: &[Column],
        maps: &[Map],
    ) -> Result<(), Error> {
        let names: Vec<String> = self
            .headings
            .iter()
            .filter(|heading| !heading.is_empty())
            .map(|heading| format!("`{}`", short(heading)))
            .collect();
        let there = if names.is_empty() {
            "it has none".to_owned()
        } else {
            format!("its columns are {}", names.join(", "))
        };
        let refuse = |message: String| Err(ErrorKind::Unreadable(message).into());
        for map in maps {
            // What only the other file can have is for that one to miss.
            let is_ours = wanted.contains(&map.column);
            if is_ours && position(&self.headings, &map.heading).is_none() {
                return refuse(format!("no column is `{}`; {there}", short(&map.heading)));
            }
        }
        let missing: Vec<Column> = needs
            .iter()
            .copied()
            .filter(|column| self.at(*column).is_none())
            .collect();
        let Some(first) = missing.first() else {
            return Ok(());
        };
        let missing: Vec<String> = missing
            .iter()
            .map(|column| format!("`{}`", column.name()))
            .collect();
        refuse(format!(
            "no column of the {} is known to hold {}; {there}; say which with --map \"COLUMN={}\"",
            kind.word(),
            missing.join(" and "),
            first.name()
        ))
    }

    /// Returns where a column is.
    #[inline]
    pub(super) const fn at(&self, column: Column) -> Option<usize> {
        self.at[column as usize]
    }

    /// Passes over a column that is there.
    pub(super) fn drop(&mut self, column: Column) {
        self.at[column as usize] = None;
    }

    /// Returns what was taken for what, from left to right.
    pub(super) fn taken(&self) -> Vec<TakenColumn> {
        let mut taken: Vec<(usize, TakenColumn)> = Column::ALL
            .into_iter()
            .filter_map(|column| {
                let at = self.at(column)?;
                let taken = TakenColumn {
                    column,
                    heading: self.headings.get(at).cloned().unwrap_or_default(),
                    letters: column_name(at),
                    is_mapped: self.mapped.contains(&column),
                };
                Some((at, taken))
            })
            .collect();
        taken.sort_by_key(|(at, _)| *at);
        taken.into_iter().map(|(_, taken)| taken).collect()
    }
}

/// Returns the columns that a measure may take from a list of invoices.
pub(super) fn wanted(measure: &LedgerMeasure, has_terms: bool) -> Vec<Column> {
    let mut wanted = [measure.needs, measure.takes].concat();
    if has_terms && !wanted.contains(&Column::Issued) {
        wanted.push(Column::Issued);
    }
    wanted
}

/// Returns where a column is that the user names by its heading, whose case does not count, or by its letters.
fn position(headings: &[String], named: &str) -> Option<usize> {
    let by = |is: &dyn Fn(&str) -> bool| headings.iter().position(|heading| is(heading));
    by(&|heading| heading == named)
        .or_else(|| by(&|heading| !normal(named).is_empty() && normal(heading) == normal(named)))
        .or_else(|| (0..headings.len()).find(|at| column_name(*at).eq_ignore_ascii_case(named)))
}

/// Returns how plainly a heading names a column; what stands in brackets, and a currency behind it, say nothing.
fn rank_of(kind: Kind, column: Column, heading: &str) -> Option<usize> {
    let mut bare = String::with_capacity(heading.len());
    let mut depth = 0_usize;
    for c in heading.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let bare = bare.trim();
    rank(kind, column, &normal(bare)).or_else(|| {
        let (words, last) = bare.rsplit_once(' ')?;
        number::money(last)?;
        rank(kind, column, &normal(words))
    })
}
