//! The tests that see what a user sees.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read fixtures, make folders of their own and start the program"
)]

mod support;

/// What every document, plan and format must obey.
mod laws;
/// The specification and its examples, which run.
mod spec;
/// Plans written by hand, right and wrong.
mod fixtures;
/// Whole commands.
mod cli;
/// The project keeps its own promises: registries, documents, packages.
mod tidy;
