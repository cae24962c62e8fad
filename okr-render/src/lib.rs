//! Writes plans in other formats and reads them back.
//!
//! A [`Format`] is a file format: its name, the endings of its files, what of a plan it
//! [carries](Carries), and a writer and a reader.
//! [`FORMATS`] lists them all; [`Format::named`] and [`Format::of_file_name`] pick one.
//!
//! ```
//! use okr_core::model::{Inline, Objective, Plan};
//! use okr_render::{Format, ReadOptions, WriteOptions};
//!
//! let mut plan = Plan { team: Some("Finance".to_owned()), ..Plan::default() };
//! plan.objectives.push(Objective { title: Inline::from("Get paid sooner"), ..Objective::default() });
//!
//! let json = Format::of_file_name("plan.json")?;
//! let bytes = (json.write)(&plan, &WriteOptions::default())?;
//! let imported = (json.read)(&bytes, &ReadOptions::default())?;
//! assert_eq!(imported.plan, plan);
//! assert!(imported.diagnostics.is_empty());
//! # Ok::<(), okr_render::Error>(())
//! ```
//!
//! Whatever a format carries comes back as it was: `read(write(plan))` is
//! [`carries.reduce(plan)`](Carries::reduce), and writing the same plan twice gives the same bytes.
//!
//! A file that is not of its format is an [`Error`].
//! A file of which a part could not be understood is an [`Imported`] plan with diagnostics that say
//! which part, where and what to write instead.
//!
//! # What it does not do
//!
//! It opens no files, knows no clock and prints nothing: bytes go in and come out.
//! It does not audit a plan, and it changes no wording.

#![warn(missing_docs, unreachable_pub)]

mod carries;
mod chart;
mod dialects;
mod error;
pub mod evidence;
mod format;
mod formats;
#[doc(hidden)]
pub mod fuzzing;
pub mod github;
pub mod import;
pub mod ledger;
pub mod map;
pub mod report;
mod sheets;
pub mod site;
mod table;
pub mod words;

pub use carries::{Carries, Part};
pub use dialects::{DIALECTS, Dialect, ExportNote, Exported, NoteKind, Piece};
pub use error::Error;
pub use format::{FORMATS, Format, Imported, ReadOptions, WriteOptions};
