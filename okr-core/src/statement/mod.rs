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

/// Returns whether the verb of a statement may be the word that it opens with, which is far less work than
/// to read all of it; behind a label or a sign it always may.
pub(crate) fn may_open_with_verb(text: &str, lexicon: &Lexicon) -> bool {
    let tokens = token::tokens(text);
    let is_plain =
        tokens.first().is_some_and(token::Token::is_word) && resolve::label(&tokens) == 0;
    !is_plain || words::find_verb(&tokens, 0, lexicon).is_some()
}

/// Returns where a statement begins behind its label.
pub(crate) fn opening(text: &str) -> usize {
    let tokens = token::tokens(text);
    let last = resolve::label(&tokens).checked_sub(1);
    let last = last.and_then(|last| tokens.get(last));
    last.map_or(0, |last| last.span.end())
}
