//! Finds, describes and fills role templates.
//!
//! A role template is a plan document whose front matter describes it and whose body holds a few
//! expressions. Filling it gives an ordinary plan document:
//!
//! ```
//! use okr_core::model::{FiscalYear, Period};
//! use okr_templates::{Library, Request, Selection};
//!
//! let library = Library::built_in()?;
//! let template = library.get("billing coordinator")?;
//! let request = Request {
//!     owner: Some("Dana Reyes".to_owned()),
//!     period: Period::parse("2026-Q4", FiscalYear::default()).ok(),
//!     selection: Selection::Numbers(vec![1]),
//!     ..Request::default()
//! };
//! let filled = template.fill(&request)?;
//! assert_eq!(filled.plan.objectives.len(), 1);
//! assert!(filled.text.contains("owner: Dana Reyes"));
//! # Ok::<(), okr_templates::Error>(())
//! ```
//!
//! [`Library`] finds templates, [`Template`] describes one, [`Request`] says what to fill it with.
//!
//! This crate reads no files: whoever has a folder of templates reads them and adds them with
//! [`Library::add`]. It does not judge the plans that come out.

#![warn(missing_docs)]

mod error;
mod fill;
mod library;
mod template;

pub use error::{Error, Problem};
pub use fill::{Filled, Request, Selection};
pub use library::{Library, TEMPLATES};
pub use template::{Input, Template};
