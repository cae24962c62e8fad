//! Reads a goal as a person wrote it: what is to change, from where, to where, by when, and how.
//!
//! Each step is a file: the lexicon knows words, `token` cuts a text into them, `value` finds the
//! numbers, `deadline` the phrases about time, `clause` the verbs and what they govern, `target` and
//! `start` weigh the numbers, and `resolve` decides what all of it says together.
//! `docs/statement-reader.md` explains the design.

mod clause;
mod deadline;
#[cfg(test)]
mod laws;
mod lexicon;
mod measure;
mod objective;
mod parts;
pub(crate) mod placeholder;
mod reading;
mod resolve;
mod start;
mod target;
mod token;
mod value;
mod words;

pub use lexicon::Lexicon;
pub use objective::{ObjectiveReading, read_objective};
pub use reading::{Direction, Kind, Parts, Reading, VerbClass};

use crate::model::Period;

/// Reads the statement of a key result; `period` is what its deadline phrases are resolved against.
///
/// Takes time in proportion to the length of the text, and reads any text.
///
/// ```
/// use okr_core::model::{FiscalYear, Period};
/// use okr_core::statement::{Kind, Lexicon, read};
///
/// let period = Period::parse("2026-Q2", FiscalYear::default())?;
/// let reading = read("Cut DSO from 52 to 44 days by mid-Q2", Some(period), &Lexicon::default());
/// assert_eq!(reading.kind, Kind::Level);
/// assert_eq!(reading.start, Some(52.into()));
/// assert_eq!(reading.target, Some(44.into()));
/// assert_eq!(reading.unit.as_deref(), Some("days"));
/// assert_eq!(reading.deadline, Some("2026-05-15".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read(text: &str, period: Option<Period>, lexicon: &Lexicon) -> Reading {
    resolve::read(text, period, lexicon)
}
