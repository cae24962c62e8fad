//! What an OKR plan is: a Markdown document that is read into values, and changed by small patches.
//!
//! ```
//! let text = concat!(
//!     "## Objective: Get paid sooner\n\n",
//!     "### Key result: Raise the collection rate\n\n",
//!     "- Baseline: 68%\n",
//!     "- Target: +25%\n",
//! );
//! let parsed = okr_core::parse(text);
//! let key_result = &parsed.plan.objectives[0].key_results[0];
//! assert_eq!(key_result.measure.target_value().unwrap().to_string(), "85%");
//! assert!(parsed.diagnostics.is_empty());
//! ```
//!
//! Three steps, each a function of its input alone:
//!
//! 1. [`syntax::Document::parse`] finds what stands where in a text.
//! 2. [`parse`] also reads it: into a [`model::Plan`] of plain values, [`locations::Locations`] that say
//!    where each of them stands, and [`diagnostic::Diagnostic`]s.
//! 3. [`edit::edit`] turns a [`edit::Change`] of the plan into a [`text::TextEdit`] of the text, which
//!    leaves every other byte as it is; [`print()`] writes a plan that has no text yet.
//!
//! [`diff::diff`] says what changed between two plans, and which [`edit::Change`]s make the one of the other.
//!
//! This crate reads no file, no clock and no environment, and prints nothing.
//! What a plan does not state is read from its words ([`completion`]) where it is shown.
//! It judges a plan ([`audit`]) by what its statements say ([`statement`]) and by how far it has come
//! ([`progress`]).
//! At the end of a period it grades the plan ([`closing`]), and carries over what is left ([`carry`]).
//! What outsiders may see of it is its external [`edition`].

#![warn(missing_docs)]

pub mod alignment;
pub mod audit;
pub mod carry;
pub mod closing;
pub mod completion;
pub mod diagnostic;
pub mod diff;
pub mod dismissals;
pub mod edit;
pub mod edition;
pub mod fields;
mod headings;
pub mod ledger;
pub mod locations;
mod lower;
pub mod model;
mod print;
pub mod progress;
pub mod source;
pub mod statement;
pub mod syntax;
pub mod text;

pub use headings::{Heading, headings};
pub use print::{Printer, print};

use diagnostic::Diagnostic;
use locations::Locations;
use model::Plan;
use syntax::Document;

/// A text that was read as a plan.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The text, and what stands where in it.
    pub document: Document,
    /// What was understood.
    pub plan: Plan,
    /// Where it stands.
    pub locations: Locations,
    /// What was not understood, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text as a plan; every text is one, if perhaps an empty one.
#[must_use]
pub fn parse(text: impl Into<String>) -> Parsed {
    let document = Document::parse(text);
    let (plan, locations, diagnostics) = lower::lower(&document);
    Parsed {
        document,
        plan,
        locations,
        diagnostics,
    }
}
