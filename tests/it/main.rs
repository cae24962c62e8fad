//! The tests that see what a user sees.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read fixtures, make folders of their own and start the program"
)]
#![expect(
    clippy::needless_raw_string_hashes,
    reason = "snapbox writes expected output that way"
)]
#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::items_after_statements,
    clippy::match_same_arms,
    clippy::semicolon_if_nothing_returned,
    clippy::similar_names,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "a test may be plain: it is read from top to bottom and runs once"
)]

mod support;

/// What the audit says of whole plans.
mod audit_plans;
/// What the audit says of a fresh plan.
mod audit_templates;
/// What the audit says of goals as people type them, and what it makes of them.
mod audit_wording;
/// Periods and check-ins beside a calendar that is counted day by day.
mod calendar;
/// Whole commands.
mod cli;
/// What every table for a platform must obey.
mod dialects;
/// What outsiders may see of plans.
mod edition;
/// Plans written by hand, right and wrong.
mod fixtures;
/// Forecasts beside those of another program.
mod forecast;
/// What every format must obey.
mod formats;
/// No text of a plan becomes a formula.
mod formulas;
/// What every document and plan must obey.
mod laws;
/// The worked examples of the method.
mod method;
/// What went wrong once, and does not again.
mod regression;
/// Reports of an audit for other programs.
mod reports;
/// The specification and its examples, which run.
mod spec;
/// Labelled statements and objectives.
mod statements;
/// The role templates, held against the pages they come from.
mod templates;
/// The project keeps its own promises: registries, documents, packages.
mod tidy;
/// The rules about check-ins, day by day.
mod tracking;
