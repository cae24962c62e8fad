//! Our own table: one row for each element, in columns that carry the whole plan.

mod columns;
mod from_table;
mod measure;
mod to_table;
mod tree;
mod values;

pub(crate) use columns::{COLUMNS, Column, Heading};
pub(crate) use from_table::plan as read;
pub(crate) use to_table::table as write;
