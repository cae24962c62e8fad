//! From a plan to Markdown.

use okr_core::model::Plan;

use crate::error::Error;
use crate::format::WriteOptions;

/// Returns the plan in its canonical form.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every format's writer has this signature"
)]
pub(crate) fn plan(plan: &Plan, _options: &WriteOptions) -> Result<Vec<u8>, Error> {
    Ok(okr_core::print(plan).into_bytes())
}
