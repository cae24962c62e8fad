//! From Markdown to a plan.

use crate::error::Error;
use crate::format::{Imported, ReadOptions};
use crate::formats::text_of;

/// Reads a plan document; what it says wrong is told by diagnostics, never by an error.
///
/// # Errors
///
/// The bytes are no text.
pub(crate) fn plan(bytes: &[u8], _options: &ReadOptions) -> Result<Imported, Error> {
    let parsed = okr_core::parse(text_of(bytes)?);
    Ok(Imported {
        plan: parsed.plan,
        diagnostics: parsed.diagnostics,
    })
}
