//! Reads a goal as a person wrote it: what is to change, from where, to where, by when, and how.
//!
//! Four steps, each a file: [`Lexicon`] knows words, `token` cuts a text into them, `clause` finds the
//! phrases, and `resolve` decides what they say together. `docs/statement-reader.md` explains the design.

mod reading;

pub use reading::{Direction, Kind, Parts, Reading, VerbClass};

use crate::model::Period;

/// The words that the reader knows, with those that a user added.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {}

/// Reads the statement of a key result; `period` is what its deadline phrases are resolved against.
#[must_use]
pub fn read(text: &str, period: Option<Period>, lexicon: &Lexicon) -> Reading {
    let _ = (text, period, lexicon);
    Reading::default()
}
