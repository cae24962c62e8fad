//! What a plan is, as values: plain, comparable, free of places and of Markdown.

mod check_in;
mod element;
mod measure;
mod period;
mod plan;
mod quantity;

pub use crate::syntax::Inline;
pub use crate::text::one_line;
pub use check_in::{CheckIn, Status};
pub use element::ElementId;
pub(crate) use measure::ANY_CURRENCY;
pub use measure::{Bound, Direction, Measure, Target, TargetError};
pub(crate) use period::days_between;
pub use period::{
    FiscalYear, Period, PeriodError, PeriodKind, YearLabel, date_in_words, parse_date,
};
pub use plan::{
    Cadence, Commitment, Fields, Initiative, KeyResult, Link, Objective, Plan, Section,
};
pub use quantity::{Quantity, QuantityError, Unit};
