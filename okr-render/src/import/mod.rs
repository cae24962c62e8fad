//! Any sheet or outline as a plan, with an account of what became of each part of it.

mod account;
mod draft;
pub(crate) mod layout;

pub use account::{Account, Certainty, ColumnRead, LeftOut, RowRead};
pub use draft::{Draft, DraftInitiative, DraftKeyResult, DraftObjective, SaidStatus};
