//! The rules, one file each with its documentation beside it.

use super::Rule;

mod no_number;

/// Every rule, sorted by its id.
pub static RULES: &[&Rule] = &[&no_number::RULE];
