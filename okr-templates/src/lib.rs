//! Finds, describes and fills role templates.

mod error;
mod fill;
mod library;
mod template;

pub use error::{Error, Problem};
pub use fill::{Filled, Request, Selection};
pub use library::{Library, TEMPLATES};
pub use template::{Input, Template};
