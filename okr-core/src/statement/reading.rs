//! What a statement says.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::Bound;
use crate::text::Span;

/// What a key result's statement says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How the target is to be read.
    pub kind: Kind,
    /// Which way the measure is to go.
    pub direction: Direction,
    /// The stated value at the start, in the target's unit; never computed.
    pub start: Option<Decimal>,
    /// The value to reach, or the size of the change, which is never negative.
    pub target: Option<Decimal>,
    /// The upper end of a range that a measure is to stay in; `target` is the lower one.
    pub upper: Option<Decimal>,
    /// Which side of the target will do, as its words say.
    pub bound: Option<Bound>,
    /// The unit's normal form, such as `%`, `days`, `EUR`, `/5` or `x`.
    pub unit: Option<Cow<'static, str>>,
    /// The day that the deadline phrase names; never the period's end by default.
    pub deadline: Option<Date>,
    /// Whether the deadline phrase leaves open which day it means, such as `by June`.
    pub is_deadline_ambiguous: bool,
    /// Whether a result is measured; otherwise it is work, a project or a task.
    pub is_outcome: bool,
    /// Where in the statement each of it stands.
    pub parts: Parts,
}

impl Reading {
    /// Returns whether there is a number to reach or a state that is plainly there or not.
    #[must_use]
    pub fn is_measurable(&self) -> bool {
        self.kind != Kind::None
    }
}

/// Where the parts of a statement stand, in bytes of its text.
///
/// Each span lies on character boundaries and has no white space at its ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// A label that is no part of the statement, such as `KR1:`.
    pub label: Option<Span>,
    /// The verb, with its particle when that follows at once.
    pub verb: Option<Span>,
    /// What the verb is, as far as it decides the direction.
    pub verb_class: Option<VerbClass>,
    /// What is measured or worked on.
    pub measure: Option<Span>,
    /// The start value with its unit.
    pub start: Option<Span>,
    /// The target value with its unit and its bound.
    pub target: Option<Span>,
    /// The words of a bound, such as `at least`.
    pub bound: Option<Span>,
    /// The unit of the target.
    pub unit: Option<Span>,
    /// The deadline phrase with its preposition.
    pub deadline: Option<Span>,
    /// The tail that says how, with its `by`, `through` or `via`.
    pub means: Option<Span>,
    /// The tail that says what for, with its `to` or `so that`.
    pub purpose: Option<Span>,
    /// The whole that a share is of, or the group that is counted, without `of`.
    pub population: Option<Span>,
    /// Another target than the one that was read, of another measure.
    pub second_target: Option<Span>,
    /// A vague amount or praise in place of a number, such as `significantly`.
    pub vague: Option<Span>,
}

/// How a target is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Neither a value to reach nor an end state that can be checked.
    #[default]
    None,
    /// No value, but a state that is plainly there or not.
    Milestone,
    /// Exactly zero.
    Zero,
    /// A change measured against the start: percent, a fraction or a factor.
    RelativeChange,
    /// A change in the measure's own unit.
    AbsoluteChange,
    /// At most, or below, a value.
    Ceiling,
    /// At least, or above, a value.
    Floor,
    /// A share of a population that is named.
    Ratio,
    /// A total built up from nothing during the period.
    Count,
    /// Any other value on the measure's own scale.
    Level,
}

impl Kind {
    /// Returns the name under which it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Milestone => "milestone",
            Self::Zero => "zero",
            Self::RelativeChange => "relative-change",
            Self::AbsoluteChange => "absolute-change",
            Self::Ceiling => "ceiling",
            Self::Floor => "floor",
            Self::Ratio => "ratio",
            Self::Count => "count",
            Self::Level => "level",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which way a statement wants its measure to go.
///
/// Unlike [`crate::model::Direction`] it also tells a value to arrive at from work to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Up.
    Increase,
    /// Down.
    Decrease,
    /// At a value, from wherever it is.
    #[default]
    Reach,
    /// Where it is, or on its side of a bound.
    Keep,
    /// Work that is to be done.
    Complete,
}

impl Direction {
    /// Returns the name under which it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Reach => "reach",
            Self::Keep => "keep",
            Self::Complete => "complete",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a verb asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerbClass {
    /// More of something: raise, grow.
    Increase,
    /// Less of something: cut, shorten.
    Decrease,
    /// Better, whichever way that is: improve, streamline.
    Improve,
    /// The same as now: keep, maintain.
    Keep,
    /// A value: reach, achieve.
    Reach,
    /// A value, by a verb that names no way: bring, get.
    Move,
    /// Things won from others: sign, hire, collect.
    Obtain,
    /// Things dealt with as they come: resolve, pay.
    Process,
    /// Things made: build, train, migrate.
    Work,
    /// Effort without an end: explore, support.
    Activity,
}
