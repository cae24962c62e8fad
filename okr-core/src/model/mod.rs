//! What a plan is, as values: plain, comparable, free of places and of Markdown.

mod check_in;
mod element;
mod measure;
mod period;
mod plan;
mod quantity;

pub use crate::syntax::Inline;
pub use check_in::{CheckIn, Status};
pub use element::ElementId;
pub use measure::{Bound, Direction, Measure, Target, TargetError};
pub use period::{
    FiscalYear, Period, PeriodError, PeriodKind, YearLabel, date_in_words, parse_date,
};
pub use plan::{
    Cadence, Commitment, Fields, Initiative, KeyResult, Link, Objective, Plan, Section,
};
pub use quantity::{Quantity, QuantityError, Unit};

/// Returns `text` on one line: white space folded to single blanks, ends trimmed, control characters gone.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_ascii_whitespace()) {
        let start = out.len();
        if start > 0 {
            out.push(' ');
        }
        let before = out.len();
        out.extend(word.chars().filter(|c| !c.is_control()));
        if out.len() == before {
            out.truncate(start);
        }
    }
    out
}
