//! What a plan is, as values: plain, comparable, free of places and of Markdown.

mod check_in;
mod date;
mod element;
mod fiscal_year;
mod in_words;
mod level;
mod measure;
mod note;
mod period;
mod plan;
mod quantity;
mod step;

pub use crate::syntax::Inline;
pub use crate::text::one_line;
pub use check_in::{CheckIn, Status};
pub(crate) use date::days_between;
pub use date::{date_in_words, parse_date};
pub use element::ElementId;
pub use fiscal_year::{FiscalYear, YearLabel};
pub use level::PlanLevel;
pub(crate) use measure::ANY_CURRENCY;
pub use measure::{Bound, Direction, Measure, Target, TargetError};
pub use note::Note;
pub use period::{Period, PeriodError, PeriodKind};
pub use plan::{
    Cadence, Commitment, Fields, Initiative, KeyResult, Link, Objective, Plan, Section,
};
pub use quantity::{Quantity, QuantityError, Unit};
pub use step::Step;
pub(crate) use step::{parse_weight, step_parenthesis, with_weight};
