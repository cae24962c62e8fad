//! Chooses the sheet of a workbook that holds the plan.

use okr_core::diagnostic::{Diagnostic, Location, Severity};

use super::headings::{self, Headings};
use super::layout::{Field, Tree};
use super::options::Mapped;
use super::several::{self, OneOf};
use super::{ImportOptions, discover, profile};
use crate::dialects::{Dialect, Recognised, recognise};
use crate::error::{Error, ErrorKind};
use crate::table::{Table, Visibility, Workbook};

/// The sheet that is read.
pub(crate) struct Choice {
    /// Its position among the sheets.
    pub(crate) position: usize,
    /// Its headings.
    pub(crate) headings: Headings,
    /// The sheets of further objectives, where each objective has its own.
    pub(crate) further: Vec<OneOf>,
    /// The platform whose table it is.
    pub(crate) dialect: Option<Recognised>,
    /// What the choice has to say.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Headings of a platform stand at the very top, below a few lines at most.
const PLATFORM_ROWS: usize = 8;

/// Finds the headings of a table, and the platform whose they are.
///
/// A dialect that was asked for by name is looked for alone.
fn find(
    table: &Table,
    asked: Option<&'static Dialect>,
    mapped: Mapped<'_>,
) -> Option<(Headings, Option<Recognised>)> {
    for row in 0..table.rows.len().min(PLATFORM_ROWS) {
        let cells = &table.rows[row];
        let found = match asked {
            Some(dialect) => dialect.form(cells),
            None => recognise(cells),
        };
        if let Some(found) = found {
            return Some((headings::at(table, row), Some(found)));
        }
    }
    let headings = headings::find(table).or_else(|| {
        // Words that the sheet alone has are headings where the user names them.
        let row = mapped.row(table)?;
        Some(headings::at(table, row))
    });
    headings.map(|headings| (headings, None))
}

/// Returns whether a table has a row that may be headings.
pub(super) fn has_headings(table: &Table) -> bool {
    find(table, None, Mapped::default()).is_some()
}

/// Chooses the sheet that was asked for, or the visible one that looks most like a plan.
pub(crate) fn sheet(workbook: &Workbook, options: &ImportOptions) -> Result<Choice, Error> {
    let asked = options.dialect.as_deref().map(Dialect::named).transpose()?;
    let mapped = options.columns();
    mapped.check_fields()?;
    let choice = match &options.sheet {
        Some(name) => named(workbook, name, asked, mapped)?,
        None => best(workbook, asked, mapped)?,
    };
    if let (Some(dialect), None) = (asked, choice.dialect) {
        let message = format!(
            "it has not the columns of {}; `okr dialects {}` names them",
            dialect.title, dialect.name
        );
        return Err(ErrorKind::Unreadable(message).into());
    }
    mapped.check_columns(&choice.headings)?;
    Ok(choice)
}

/// Chooses the visible sheet that looks most like a plan.
fn best(
    workbook: &Workbook,
    asked: Option<&'static Dialect>,
    mapped: Mapped<'_>,
) -> Result<Choice, Error> {
    let mut scored: Vec<(i32, usize, (Headings, Option<Recognised>))> = workbook
        .tables
        .iter()
        .enumerate()
        .filter(|(_, table)| table.visibility == Visibility::Visible)
        .filter_map(|(position, table)| {
            let found = find(table, asked, mapped)?;
            let platform = i32::from(found.1.is_some()) * 50;
            let score = score(table, &found.0, found.1, mapped)? + platform;
            Some((score, position, found))
        })
        .collect();
    // Of equal ones the first.
    scored.sort_by_key(|(score, position, _)| (std::cmp::Reverse(*score), *position));
    let by_hand = scored
        .iter()
        .filter(|(_, _, (_, dialect))| dialect.is_none());
    let plans: Vec<_> = by_hand
        .map(|(_, position, (headings, _))| (*position, headings))
        .collect();
    let mut sheets = if scored
        .first()
        .is_some_and(|(_, _, (_, dialect))| dialect.is_none())
    {
        several::of_objectives(workbook, &plans, mapped)
    } else {
        Vec::new()
    };
    if !sheets.is_empty() {
        let further = sheets.split_off(1);
        if let Some(OneOf { position, headings }) = sheets.pop() {
            return Ok(Choice {
                position,
                headings,
                further,
                dialect: None,
                diagnostics: Vec::new(),
            });
        }
    }
    let mut diagnostics = Vec::new();
    if let [(first, position, _), (second, other, _), ..] = &scored[..]
        && *second * 3 >= *first * 2
    {
        let name = |position: usize| workbook.tables[position].name.clone();
        let message = format!(
            "the sheets `{}` and `{}` both look like plans, and the first was read",
            name(*position),
            name(*other)
        );
        diagnostics.push(
            Diagnostic::new(
                "several-sheets",
                Severity::Warning,
                Location::Whole,
                message,
            )
            .with_help(format!(
                "say --sheet \"{}\" to read the other",
                name(*other)
            )),
        );
    }
    match scored.into_iter().next() {
        Some((_, position, (headings, dialect))) => Ok(Choice {
            position,
            headings,
            further: Vec::new(),
            dialect,
            diagnostics,
        }),
        None => Err(ErrorKind::Unreadable(no_plan(workbook)).into()),
    }
}

fn no_plan(workbook: &Workbook) -> String {
    let names: Vec<String> = workbook
        .tables
        .iter()
        .filter(|table| !table.name.is_empty())
        .map(|table| format!("`{}`", table.name))
        .collect();
    let wanted = "a row of headings such as Objective, Key result, Owner, Start, Target";
    if names.is_empty() {
        format!("no row of it looks like the headings of a plan; give it {wanted}, or say --map")
    } else {
        format!(
            "none of its sheets ({}) looks like a plan; give one {wanted}, or say --sheet and --map",
            names.join(", ")
        )
    }
}

fn named(
    workbook: &Workbook,
    name: &str,
    asked: Option<&'static Dialect>,
    mapped: Mapped<'_>,
) -> Result<Choice, Error> {
    let found = workbook
        .tables
        .iter()
        .position(|table| table.name == name)
        .or_else(|| {
            workbook
                .tables
                .iter()
                .position(|table| table.name.to_lowercase() == name.to_lowercase())
        });
    let Some(position) = found else {
        let names: Vec<_> = workbook
            .tables
            .iter()
            .map(|table| table.name.as_str())
            .collect();
        let message = format!("it has no sheet `{name}`, but {}", names.join(", "));
        return Err(ErrorKind::Unreadable(message).into());
    };
    let Some((headings, dialect)) = find(&workbook.tables[position], asked, mapped) else {
        let message =
            format!("no row of the sheet `{name}` looks like the headings of a plan; say --map");
        return Err(ErrorKind::Unreadable(message).into());
    };
    Ok(Choice {
        position,
        headings,
        further: Vec::new(),
        dialect,
        diagnostics: Vec::new(),
    })
}

/// Returns how much a sheet looks like a plan; nothing for one that has no titles or no rows.
fn score(
    table: &Table,
    headings: &Headings,
    dialect: Option<Recognised>,
    mapped: Mapped<'_>,
) -> Option<i32> {
    let profiles = profile::of(table, headings);
    let discovered = discover::discover(table, headings, &profiles, dialect, mapped);
    let layout = &discovered.layout;
    let has = |field| layout.columns.iter().any(|(_, place)| place.field == field);
    let rows = profiles
        .iter()
        .map(|profile| profile.filled)
        .max()
        .unwrap_or(0);
    if rows == 0 {
        return None;
    }
    let has_objectives = has(Field::Objective) || has(Field::Title) || layout.tree == Tree::Levels;
    // A log names key results and nothing above them.
    let is_log = !has_objectives && super::log::is_log(layout);
    if is_log {
        return None;
    }
    let titles = i32::from(has_objectives) * 20 + i32::from(has(Field::KeyResult)) * 20;
    let rows = i32::try_from(rows.min(20)).unwrap_or(20);
    Some(headings.score + titles + rows)
}
