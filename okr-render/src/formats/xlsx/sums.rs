//! The formulas of a key result, and what each comes to.
//!
//! A formula is made of the names of cells and of numbers of the plan, never of its words.

use okr_core::model::{Commitment, Status};
use okr_core::progress::{Edge, Form, Goal, Scale, bar};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::figures::stored;
use super::paper::Outcome;

/// How the progress of a key result is computed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sum {
    /// The part of the way from start to target; where both are the same, whether the value is on this side of it.
    Way(Side),
    /// The part of the way into a range.
    IntoRange { low: f64, high: f64 },
    /// Whether the value is on this side of the target.
    Keep(Side),
    /// Whether the value is in a range.
    InRange { low: f64, high: f64 },
    /// Whether it is done, which a value of 1 or its owner says.
    Milestone,
    /// Whether its owner says that it is answered.
    Question,
}

/// The values that do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    AtLeast,
    Above,
    AtMost,
    Below,
    Exactly,
}

/// Where a formula finds what it needs: names of cells, or numbers as they stand in a formula.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    pub(super) start: String,
    pub(super) target: String,
    pub(super) current: String,
    pub(super) status: String,
    pub(super) due: String,
    pub(super) expected: String,
}

/// What stands there when the workbook is written.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    pub(super) start: Option<f64>,
    pub(super) target: Option<f64>,
    pub(super) current: Option<f64>,
    pub(super) status: Option<Status>,
    /// The part of its days that is over; nothing without days.
    pub(super) elapsed: Option<f64>,
}

impl Side {
    const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::Exactly => "=",
        }
    }

    fn holds(self, value: f64, target: f64) -> bool {
        match self {
            Self::AtLeast => value >= target,
            Self::Above => value > target,
            Self::AtMost => value <= target,
            Self::Below => value < target,
            #[expect(
                clippy::float_cmp,
                reason = "the formula compares the same two numbers"
            )]
            Self::Exactly => value == target,
        }
    }

    const fn of(goal: Goal) -> Self {
        match (goal.low, goal.high) {
            (
                Some(Edge {
                    is_inside: true, ..
                }),
                None,
            ) => Self::AtLeast,
            (Some(_), None) => Self::Above,
            (
                None,
                Some(Edge {
                    is_inside: true, ..
                }),
            ) => Self::AtMost,
            (None, Some(_)) => Self::Below,
            _ => Self::Exactly,
        }
    }
}

impl Sum {
    /// Returns the sum for values on a scale; without one, that of a value to be reached, for whoever fills it in.
    pub(super) fn of(
        scale: Option<&Scale>,
        commitment: Option<Commitment>,
        is_percent: bool,
    ) -> Self {
        if commitment == Some(Commitment::Learning) {
            return Self::Question;
        }
        let range = |goal: Goal| {
            let (low, high) = (goal.low?, goal.high?);
            (low.at != high.at).then_some(())?;
            Some((stored(low.at, is_percent)?, stored(high.at, is_percent)?))
        };
        match scale.map(Scale::form) {
            Some(Form::Milestone) => Self::Milestone,
            Some(Form::Keep(goal)) => match range(goal) {
                Some((low, high)) => Self::InRange { low, high },
                None => Self::Keep(Side::of(goal)),
            },
            Some(Form::Way { goal, .. }) => match range(goal) {
                Some((low, high)) => Self::IntoRange { low, high },
                None => Self::Way(Side::of(goal)),
            },
            _ => Self::Way(Side::Exactly),
        }
    }

    /// Returns the formula of progress.
    pub(super) fn progress(&self, cells: &Cells) -> String {
        let Cells {
            start: s,
            target: t,
            current: c,
            status,
            ..
        } = cells;
        match self {
            Self::Way(side) => {
                let sign = side.sign();
                format!(
                    "=IF(AND(ISNUMBER({s}),ISNUMBER({t}),ISNUMBER({c})),IF({t}={s},IF({c}{sign}{t},1,0),({c}-{s})/({t}-{s})),\"\")"
                )
            }
            Self::IntoRange { low, high } => {
                let missing = |of: &str| format!("MAX({low}-{of},{of}-{high},0)");
                let (now, then) = (missing(c), missing(s));
                format!(
                    "=IF(AND(ISNUMBER({s}),ISNUMBER({c})),IF({then}=0,IF({now}=0,1,0),1-{now}/{then}),\"\")"
                )
            }
            Self::Keep(side) => {
                let sign = side.sign();
                format!("=IF(AND(ISNUMBER({t}),ISNUMBER({c})),IF({c}{sign}{t},1,0),\"\")")
            }
            Self::InRange { low, high } => {
                format!("=IF(ISNUMBER({c}),IF(AND({c}>={low},{c}<={high}),1,0),\"\")")
            }
            Self::Milestone => {
                format!("=IF(OR({status}=\"achieved\",N({c})>=1),1,IF(ISNUMBER({c}),0,\"\"))")
            }
            Self::Question => {
                format!("=IF({status}=\"achieved\",1,IF({status}=\"\",\"\",0))")
            }
        }
    }

    /// Returns what progress comes to.
    pub(super) fn progress_now(&self, values: &Values) -> Option<f64> {
        let Values {
            start,
            target,
            current,
            status,
            ..
        } = *values;
        let whole = |is_met: bool| Some(f64::from(u8::from(is_met)));
        let is_achieved = status == Some(Status::Achieved);
        match *self {
            Self::Way(side) => {
                let (start, target, current) = (start?, target?, current?);
                #[expect(
                    clippy::float_cmp,
                    reason = "the formula compares the same two numbers"
                )]
                if target == start {
                    whole(side.holds(current, target))
                } else {
                    Some((current - start) / (target - start))
                }
            }
            Self::IntoRange { low, high } => {
                let missing = |of: f64| (low - of).max(of - high).max(0.0);
                let (now, then) = (missing(current?), missing(start?));
                if then <= 0.0 {
                    whole(now <= 0.0)
                } else {
                    Some(1.0 - now / then)
                }
            }
            Self::Keep(side) => whole(side.holds(current?, target?)),
            Self::InRange { low, high } => whole((low..=high).contains(&current?)),
            Self::Milestone if is_achieved => whole(true),
            Self::Milestone => whole(current? >= 1.0),
            Self::Question => {
                status?;
                whole(is_achieved)
            }
        }
    }

    /// Returns the formula of expected progress; nothing where there is no way between nothing and done.
    ///
    /// `PlanStart`, `PlanEnd` and `AsOf` are names of cells of the workbook.
    pub(super) fn expected(&self, cells: &Cells, commitment: Option<Commitment>) -> Option<String> {
        let Cells {
            start: s,
            target: t,
            due,
            ..
        } = cells;
        let needs = match self {
            Self::Way(_) => format!("ISNUMBER({s}),ISNUMBER({t})"),
            Self::IntoRange { .. } => format!("ISNUMBER({s})"),
            _ => return None,
        };
        let due = format!("IF(ISNUMBER({due}),{due},N(PlanEnd))");
        let bar = bar(commitment);
        let share = if bar == Decimal::ONE {
            String::new()
        } else {
            format!("{bar}*")
        };
        Some(format!(
            "=IF(AND({needs},ISNUMBER(PlanStart),ISNUMBER(AsOf),{due}>=N(PlanStart)),\
             {share}MAX(0,MIN(1,(AsOf-PlanStart+1)/({due}-PlanStart+1))),\"\")"
        ))
    }

    /// Returns what expected progress comes to.
    pub(super) fn expected_now(
        &self,
        values: &Values,
        commitment: Option<Commitment>,
    ) -> Option<f64> {
        values.start?;
        match self {
            Self::Way(_) => values.target.map(drop)?,
            Self::IntoRange { .. } => {}
            _ => return None,
        }
        Some(values.elapsed? * bar(commitment).to_f64()?)
    }

    /// Returns the formula of the value that is expected; nothing where no one value is.
    pub(super) fn expected_value(&self, cells: &Cells) -> Option<String> {
        let Cells {
            start: s,
            target: t,
            expected,
            ..
        } = cells;
        match self {
            Self::Way(_) | Self::IntoRange { .. } => Some(format!(
                "=IF(AND(ISNUMBER({expected}),ISNUMBER({t})),{s}+({t}-{s})*{expected},\"\")"
            )),
            Self::Keep(_) => Some(format!("=IF(ISNUMBER({t}),{t},\"\")")),
            _ => None,
        }
    }

    /// Returns what the value that is expected comes to.
    pub(super) fn expected_value_now(&self, values: &Values, expected: Option<f64>) -> Option<f64> {
        let (start, target) = (values.start, values.target?);
        match self {
            Self::Way(_) | Self::IntoRange { .. } => Some(start? + (target - start?) * expected?),
            Self::Keep(_) => Some(target),
            _ => None,
        }
    }
}

/// Returns progress as it counts for its objective: neither below 0 nor above 1.
pub(super) fn counted(progress: &str) -> String {
    format!("=IF(ISNUMBER({progress}),MAX(0,MIN(1,{progress})),\"\")")
}

/// Returns what progress counts for.
pub(super) fn counted_now(progress: Option<f64>) -> Option<f64> {
    progress.map(|progress| progress.clamp(0.0, 1.0))
}

/// Returns the mean of what the key results of an objective count for, of which those without a value count as
/// nothing; nothing where none has a value.
pub(super) fn mean(counted: &[Option<f64>]) -> Outcome {
    let known: Vec<f64> = counted.iter().copied().flatten().collect();
    if known.is_empty() {
        return Outcome::Nothing;
    }
    let count = u32::try_from(counted.len()).unwrap_or(u32::MAX);
    Outcome::Number(known.iter().sum::<f64>() / f64::from(count))
}

#[cfg(test)]
mod tests {
    use okr_core::model::{Measure, Quantity, Target};

    use super::*;

    /// Checks what the sum comes to against what the plan's own arithmetic says.
    #[track_caller]
    fn check(start: &str, target: &str, current: &str) {
        let measure = Measure {
            start: Quantity::parse(start).ok(),
            target: Target::parse(target).ok(),
            ..Measure::default()
        };
        let value = Quantity::parse(current).expect("is a value");
        let scale = Scale::of(&measure);
        let expected = scale.as_ref().and_then(|scale| scale.progress(&value));
        let number = |value: &Quantity| value.value.to_f64();
        let values = Values {
            start: measure.start.as_ref().and_then(number),
            target: measure.target_value().as_ref().and_then(number),
            current: number(&value),
            ..Values::default()
        };
        let actual = Sum::of(scale.as_ref(), None, false).progress_now(&values);
        let expected = expected.and_then(|progress| progress.to_f64());
        let differ = match (actual, expected) {
            (Some(actual), Some(expected)) => (actual - expected).abs() > 1e-12,
            (actual, expected) => actual.is_some() || expected.is_some(),
        };
        assert!(
            !differ,
            "{start} → {target}, {current}: {actual:?}, not {expected:?}"
        );
    }

    #[test]
    fn a_sum_comes_to_what_progress_is() {
        for (start, target, current) in [
            ("20 days", "12 days", "15 days"),
            ("20 days", "12 days", "22 days"),
            ("68", "85", "85"),
            ("68", "+25%", "70"),
            ("80", "above 95", "95"),
            ("96", "at least 95", "94.9"),
            ("96", "at least 95", "95"),
            ("96", "above 95", "95"),
            ("", "at most 2", "2"),
            ("", "below 2", "2"),
            ("", "between 2 and 4 days", "5 days"),
            ("8 days", "between 2 and 4 days", "6 days"),
            ("8 days", "between 2 and 4 days", "3 days"),
            ("95", "95", "95"),
            ("95", "95", "96"),
            ("", "done", "1"),
            ("", "done", "0"),
        ] {
            check(start, target, current);
        }
    }

    #[test]
    fn a_formula_guards_against_blank_cells_and_a_way_of_no_length() {
        let cells = Cells {
            start: "E5".to_owned(),
            target: "F5".to_owned(),
            current: "G5".to_owned(),
            ..Cells::default()
        };
        assert_eq!(
            Sum::Way(Side::AtMost).progress(&cells),
            "=IF(AND(ISNUMBER(E5),ISNUMBER(F5),ISNUMBER(G5)),IF(F5=E5,IF(G5<=F5,1,0),(G5-E5)/(F5-E5)),\"\")"
        );
    }
}
