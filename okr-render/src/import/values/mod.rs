//! What a single cell says: a number with its unit, a date, a status, names.

mod before;
pub(crate) mod change;
pub(crate) mod confidence;
pub(crate) mod date;
mod digits;
pub(crate) mod mark;
pub(crate) mod number;
pub(crate) mod pair;
pub(crate) mod period;
pub(crate) mod status;
pub(crate) mod text;
