//! A plan as the table of a platform.

mod items;
mod kept;
mod measure;
mod notes;
mod rows;
mod words;

pub use notes::{ExportNote, NoteKind};

use okr_core::completion::complete;
use okr_core::model::{Measure, Period, Plan};

use super::{Dialect, Form};
use crate::error::{Error, ErrorKind};
use crate::format::WriteOptions;
use crate::table::{Table, Value};
use items::Items;
use notes::Report;

/// A table for a platform, and what is to be said about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Exported {
    /// The table as CSV: UTF-8 without a byte-order mark, commas, CRLF, quotes where they are needed.
    pub bytes: Vec<u8>,
    /// What the platform cannot hold, where it was put instead, and what to look at before the file is
    /// handed over; what matters most comes first.
    pub notes: Vec<ExportNote>,
}

impl Exported {
    /// Returns whether something of the plan is not in the table, or the platform misses something in it.
    #[must_use]
    pub fn is_lossy(&self) -> bool {
        self.notes.iter().any(|note| note.kind.is_loss())
    }
}

impl Dialect {
    /// Writes a plan as the table that the platform takes; the same plan and options give the same bytes.
    ///
    /// What the key results state in their words alone stands in columns too; nothing else is in the table
    /// that is not in the plan, but for fillers of cells that the platform wants, and the notes tell of
    /// each of them.
    ///
    /// ```
    /// use okr_render::{Dialect, WriteOptions};
    ///
    /// let text = "## Objective: Get paid sooner\n\n### Key result: Cut DSO from 52 to 44 days\n";
    /// let exported = Dialect::named("betterworks")?.write(&okr_core::parse(text).plan, &WriteOptions::default())?;
    /// assert_eq!(
    ///     String::from_utf8_lossy(&exported.bytes),
    ///     "name,type,progress,start_date,end_date,owner_email,categories,description\r\n\
    ///      Get paid sooner,goal,,,,,,\r\n\
    ///      Cut DSO from 52 to 44 days,milestone,,,,,,\r\n"
    /// );
    /// assert!(exported.is_lossy(), "the platform wants to know whose they are");
    /// # Ok::<(), okr_render::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// okr writes no tables for the platform.
    pub fn write(&self, plan: &Plan, options: &WriteOptions) -> Result<Exported, Error> {
        let Some(form) = self.takes else {
            let message = format!("okr reads tables of {} and writes none", self.title);
            return Err(ErrorKind::UnknownDialect(message).into());
        };
        let mut report = Report::default();
        let completed = with_words(plan, options);
        let items = Items::of(self, form, &completed, options, &mut report).list;
        let table = rows::table(self, form, &completed, &items, &mut report);
        Ok(Exported {
            bytes: csv(&table)?,
            notes: report.notes(self, form),
        })
    }
}

/// Returns the period that is read from the table of a plan whose words are completed.
pub(super) fn period_told(
    dialect: &Dialect,
    form: &'static Form,
    plan: &Plan,
    options: &WriteOptions,
) -> Option<Period> {
    let mut report = Report::default();
    let items = Items::of(dialect, form, plan, options, &mut report).list;
    dialect.period_told(form, plan, &items)
}

/// Returns the plan with the numbers and days that key results state in their words alone.
pub(super) fn with_words(plan: &Plan, options: &WriteOptions) -> Plan {
    let mut completed = complete(plan.clone(), &options.lexicon);
    let elements = completed.objectives.iter_mut().zip(&plan.objectives);
    for (completed, stated) in elements
        .flat_map(|(completed, stated)| completed.key_results.iter_mut().zip(&stated.key_results))
    {
        let measure = &mut completed.measure;
        let numbers = Measure {
            start: measure.start.take(),
            target: measure.target.take(),
            unit: measure.unit.take(),
            ..stated.measure.clone()
        };
        *measure = numbers;
    }
    completed
}

fn csv(table: &Table) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |error: &dyn std::fmt::Display| {
        ErrorKind::Write(format!("it cannot be written as CSV: {error}"))
    };
    for row in &table.rows {
        let cells = row.iter().map(|cell| match &cell.value {
            Value::Text(words) => words.to_string(),
            other => other.to_string(),
        });
        writer.write_record(cells).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error).into())
}

#[cfg(test)]
mod tests;
