//! Our own table: one row for each element, in columns that carry the whole plan.

mod columns;
mod from_table;
mod measure;
mod to_table;
mod tree;
mod values;

pub(crate) use columns::{COLUMNS, COMPUTED, Column, Heading, Kind};
pub(crate) use from_table::{plan as read, plan_with_rows as read_with_rows};
pub(crate) use to_table::table as write;
pub(crate) use tree::KeyResultRow;
pub(crate) use values::{date, number};
