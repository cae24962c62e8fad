//! The tests that see what a user sees.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read fixtures, make folders of their own and start the program"
)]

mod support;

/// What every document and plan must obey.
mod laws;
/// What every format must obey.
mod formats;
/// The specification and its examples, which run.
mod spec;
/// Plans written by hand, right and wrong.
mod fixtures;
/// The role templates, held against the pages they come from.
mod templates;
/// Whole commands.
mod cli;
/// The project keeps its own promises: registries, documents, packages.
mod tidy;
