//! The formulas of a key result: what they are for each kind of target, and how it counts in its objective.
//!
//! A formula is made of the names of cells and of numbers of the plan, never of its words. What each comes to
//! when the workbook is written stands in `results.rs`, which takes it from the plan's own arithmetic.

use okr_core::model::Commitment;
use okr_core::progress::{Edge, Form, Goal, Scale, bar};
use rust_decimal::Decimal;

use super::figures::stored;

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
    /// The weight of the steps that are done by the weight of all.
    Steps,
    /// Whether its owner says that it is answered.
    Question,
    /// Whether there is a first value.
    FirstValue,
    /// What nobody knows yet: the part of the way, once start and target are filled in.
    Open,
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

/// What is asked for at the end, as it stands in a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Bar {
    /// This part of the way.
    Part(Decimal),
    /// The part of the way at which a promised value is, where it lies on the way; else the other one.
    Promised { at: f64, otherwise: Decimal },
}

/// What the formulas of a key result are made of: names of cells, or numbers as they stand in a formula.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    pub(super) reference: String,
    pub(super) parent: String,
    pub(super) start: String,
    pub(super) target: String,
    pub(super) current: String,
    pub(super) status: String,
    /// The last day: that of the key result, else that of the plan.
    pub(super) due: String,
    /// How many cells of its row speak of a check-in: 0 where there is none.
    pub(super) check_ins: String,
    /// The day on which its first check-in is due, where there is one.
    pub(super) first_due: Option<f64>,
    pub(super) weight: Option<Weight>,
    /// The cell that says `yes` of a guardrail; nothing where the plan has none.
    pub(super) guardrail: Option<String>,
    pub(super) progress: String,
    pub(super) expected: String,
    pub(super) own_weight: String,
    pub(super) counts: String,
    pub(super) reports: String,
}

/// Where a weight stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Weight {
    pub(super) cell: String,
    /// The weight where the cell has no number.
    pub(super) otherwise: f64,
}

/// Columns of the sheet of key results, as formulas of that sheet name them.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranges {
    pub(super) parent: String,
    pub(super) types: String,
    pub(super) status: String,
    pub(super) due: String,
    pub(super) own_weight: String,
    pub(super) counts: String,
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

impl Bar {
    /// Returns what is asked for of a key result.
    pub(super) fn of(
        commitment: Option<Commitment>,
        promised: Option<Decimal>,
        is_percent: bool,
    ) -> Self {
        let otherwise = bar(commitment);
        match promised.and_then(|value| stored(value, is_percent)) {
            Some(at) => Self::Promised { at, otherwise },
            None => Self::Part(otherwise),
        }
    }

    /// Returns it as a factor, with its sign; nothing where it is 1.
    fn factor(&self, sum: &Sum, cells: &Cells) -> String {
        let (part, otherwise) = match self {
            Self::Part(part) if *part == Decimal::ONE => return String::new(),
            Self::Part(part) => return format!("{part}*"),
            // What is there or not is promised whole.
            Self::Promised { at, .. } if sum.is_there_at(*at) => return String::new(),
            Self::Promised { at, otherwise } => (sum.part_at(*at, cells), otherwise),
        };
        format!("IFERROR(IF(AND({part}>0,{part}<=1),{part},{otherwise}),{otherwise})*")
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
            Some(Form::Steps) => Self::Steps,
            Some(Form::FirstValue) => Self::FirstValue,
            Some(Form::Keep(goal)) => match range(goal) {
                Some((low, high)) => Self::InRange { low, high },
                None => Self::Keep(Side::of(goal)),
            },
            Some(Form::Way { goal, .. }) => match range(goal) {
                Some((low, high)) => Self::IntoRange { low, high },
                None => Self::Way(Side::of(goal)),
            },
            _ => Self::Open,
        }
    }

    /// Returns the formula of progress as it is, below 0 and above 1 too.
    pub(super) fn progress(&self, cells: &Cells, ranges: &Ranges) -> String {
        let Cells {
            reference,
            start: s,
            target: t,
            current: c,
            status,
            check_ins,
            ..
        } = cells;
        // Who is silent when the first check-in is due has done nothing.
        let silent = match cells.first_due {
            Some(day) => format!("IF(AND({check_ins}=0,N(AsOf)>={day}),0,\"\")"),
            None => "\"\"".to_owned(),
        };
        let way = |sign: &str| format!("IF({t}={s},IF({c}{sign}{t},1,0),({c}-{s})/({t}-{s}))");
        match self {
            Self::Way(side) => {
                let way = way(side.sign());
                format!(
                    "=IF(ISNUMBER({t}),IF(ISNUMBER({c}),IF(ISNUMBER({s}),{way},\"\"),{silent}),\"\")"
                )
            }
            Self::Open => {
                let way = way(Side::Exactly.sign());
                format!("=IF(AND(ISNUMBER({s}),ISNUMBER({t}),ISNUMBER({c})),{way},\"\")")
            }
            Self::IntoRange { low, high } => {
                let missing = |of: &str| format!("MAX({low}-{of},{of}-{high},0)");
                let (now, then) = (missing(c), missing(s));
                format!(
                    "=IF(ISNUMBER({c}),IF(ISNUMBER({s}),IF({then}=0,IF({now}=0,1,0),1-{now}/{then}),\"\"),{silent})"
                )
            }
            Self::Keep(side) => {
                let sign = side.sign();
                format!("=IF(AND(ISNUMBER({t}),ISNUMBER({c})),IF({c}{sign}{t},1,0),\"\")")
            }
            Self::InRange { low, high } => {
                format!("=IF(ISNUMBER({c}),IF(AND({c}>={low},{c}<={high}),1,0),\"\")")
            }
            Self::Milestone => format!("=IF(OR({status}=\"achieved\",N({c})>=1),1,0)"),
            Self::Question => format!("=IF({status}=\"achieved\",1,0)"),
            Self::FirstValue => format!("=IF(ISNUMBER({c}),1,0)"),
            Self::Steps => {
                let all = steps(ranges, reference);
                let Ranges {
                    counts,
                    parent,
                    status,
                    ..
                } = ranges;
                format!(
                    "=IF({all}>0,SUMIFS({counts},{parent},{reference},{status},\"done\")/{all},\"\")"
                )
            }
        }
    }

    /// Returns the formula of the percents that are shown: cut, and short of 100% where the target is not met.
    pub(super) fn shown(&self, cells: &Cells) -> String {
        let Cells {
            progress,
            target: t,
            current: c,
            ..
        } = cells;
        let cut = cut(progress);
        let shown = match self {
            Self::Way(side @ (Side::Above | Side::Below)) => {
                let sign = side.sign();
                format!("IF(AND({progress}>=1,N({c}){sign}N({t})),{cut},MIN(0.99,{cut}))")
            }
            _ => cut,
        };
        format!("=IF(ISNUMBER({progress}),{shown},\"\")")
    }

    /// Returns the formula of expected progress; nothing of what is to be kept.
    ///
    /// `PlanStart`, `PlanEnd` and `AsOf` are names of cells of the workbook.
    pub(super) fn expected(&self, cells: &Cells, ranges: &Ranges, bar: &Bar) -> Option<String> {
        let Cells {
            start: s,
            target: t,
            due,
            ..
        } = cells;
        let needs = match self {
            Self::Way(_) => format!("ISNUMBER({t}),"),
            Self::IntoRange { .. } => String::new(),
            Self::Open => format!("ISNUMBER({s}),ISNUMBER({t}),"),
            Self::Steps => return Some(self.steps_expected(cells, ranges, bar)),
            Self::Milestone | Self::Question | Self::FirstValue => {
                let factor = bar.factor(self, cells);
                return Some(format!(
                    "=IF(AND(N({due})>0,ISNUMBER(AsOf)),{factor}IF(AsOf>={due},1,0),\"\")"
                ));
            }
            Self::Keep(_) | Self::InRange { .. } => return None,
        };
        Some(format!("={}", self.straight(cells, bar, &needs)))
    }

    /// Returns what is expected on the straight line to the bar; nothing without the days that it needs, or where
    /// `needs` is not fulfilled, which stand before a comma.
    fn straight(&self, cells: &Cells, bar: &Bar, needs: &str) -> String {
        let due = &cells.due;
        let factor = bar.factor(self, cells);
        format!(
            "IF(AND({needs}ISNUMBER(PlanStart),ISNUMBER(AsOf),{due}>=N(PlanStart)),\
             {factor}MAX(0,MIN(1,(AsOf-PlanStart+1)/({due}-PlanStart+1))),\"\")"
        )
    }

    /// Returns the formula of what is expected of steps: the weight of those that are due, and all after the last day;
    /// without days the straight line.
    fn steps_expected(&self, cells: &Cells, ranges: &Ranges, bar: &Bar) -> String {
        let Cells { reference, due, .. } = cells;
        let Ranges {
            counts,
            parent,
            due: days,
            ..
        } = ranges;
        let all = steps(ranges, reference);
        let dated = format!("SUMIFS({counts},{parent},{reference},{days},\">0\"");
        let factor = bar.factor(self, cells);
        let line = self.straight(cells, bar, "");
        format!(
            "=IF({all}>0,IF(AND({due}>0,N(AsOf)>{due}),{factor}1,IF({dated})>0,\
             {factor}{dated},{days},\"<=\"&N(AsOf))/{all},{line})),\"\")"
        )
    }

    /// Returns whether it is there or not, and a number says that it is.
    fn is_there_at(&self, at: f64) -> bool {
        match self {
            Self::Milestone | Self::Question => at >= 1.0,
            Self::FirstValue => true,
            _ => false,
        }
    }

    /// Returns the part of the way at which a number is.
    fn part_at(&self, at: f64, cells: &Cells) -> String {
        let Cells {
            start: s,
            target: t,
            ..
        } = cells;
        match self {
            Self::IntoRange { low, high } => {
                let then = format!("MAX({low}-{s},{s}-{high},0)");
                format!("(1-MAX({low}-{at},{at}-{high},0)/{then})")
            }
            Self::Steps => at.to_string(),
            // A part of it is nothing.
            Self::Milestone | Self::Question | Self::FirstValue => "0".to_owned(),
            _ => format!("(({at}-{s})/({t}-{s}))"),
        }
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
            Self::Way(_) | Self::Open => Some(format!(
                "=IF(AND(ISNUMBER({expected}),ISNUMBER({s}),ISNUMBER({t})),{s}+({t}-{s})*{expected},\"\")"
            )),
            Self::Keep(_) => Some(format!("=IF(ISNUMBER({t}),{t},\"\")")),
            _ => None,
        }
    }

    /// Returns what the value that is expected comes to.
    pub(super) fn expected_value_now(
        &self,
        (start, target): (Option<f64>, Option<f64>),
        expected: Option<f64>,
    ) -> Option<f64> {
        match self {
            Self::Way(_) | Self::Open => Some(start? + (target? - start?) * expected?),
            Self::Keep(_) => target,
            _ => None,
        }
    }

    /// Returns whether the target is met, as it stands in a formula.
    fn is_met(&self, cells: &Cells) -> String {
        let Cells {
            progress,
            target: t,
            current: c,
            ..
        } = cells;
        match self {
            Self::Way(side @ (Side::Above | Side::Below)) => {
                let sign = side.sign();
                format!("AND(N({progress})>=1,N({c}){sign}N({t}))")
            }
            _ => format!("N({progress})>=1"),
        }
    }

    /// Returns the formula that is 1 where there is a check-in or a step that is done, and else 0.
    pub(super) fn reports(&self, cells: &Cells, ranges: &Ranges) -> String {
        let Cells {
            check_ins,
            progress,
            ..
        } = cells;
        let is_there = match self {
            Self::Steps => format!("IF({check_ins}+N({progress})*100>=1,1,0)"),
            _ => format!("IF({check_ins}>0,1,0)"),
        };
        format!("={}", cells.taking_part(ranges, &is_there, "0", true))
    }

    /// Returns the formula that is 1 where the key result keeps its objective from 100%, and else 0.
    pub(super) fn is_short(&self, cells: &Cells) -> String {
        let Cells {
            counts, reports, ..
        } = cells;
        let is_met = self.is_met(cells);
        let guarded = match &cells.guardrail {
            Some(cell) => format!("IF(AND({},{reports}>0),IF({is_met},0,1),0)", yes(cell)),
            None => "0".to_owned(),
        };
        format!("=IF({counts}>0,IF({is_met},0,1),{guarded})")
    }
}

/// Returns progress in whole percents, cut and not rounded, as a part of 1.
pub(super) fn cut(part: &str) -> String {
    format!("INT({part}*100+0.000000001)/100")
}

/// Returns the formula of what is shown of an expected part.
pub(super) fn shown_part(part: &str) -> String {
    format!("=IF(ISNUMBER({part}),{},\"\")", cut(part))
}

/// Returns the weight of all steps of a key result.
fn steps(ranges: &Ranges, reference: &str) -> String {
    format!("SUMIFS({},{},{reference})", ranges.counts, ranges.parent)
}

/// Returns whether a cell says yes, as it stands in a formula.
fn yes(cell: &str) -> String {
    format!("OR({cell}=\"yes\",{cell}=\"true\")")
}

impl Cells {
    /// Returns the weight that is stated, for a formula.
    fn stated_weight(&self) -> String {
        match &self.weight {
            Some(Weight { cell, otherwise }) => {
                format!(
                    "IF(ISNUMBER({cell}),IF(AND({cell}>=0,{cell}<=1000000),{cell},1),{otherwise})"
                )
            }
            None => "1".to_owned(),
        }
    }

    /// Returns `part`, or `nothing` for a key result that takes no part in its objective: a guardrail, and what is
    /// cancelled as long as something else is left.
    fn taking_part(
        &self,
        ranges: &Ranges,
        part: &str,
        nothing: &str,
        with_guardrails: bool,
    ) -> String {
        let (status, parent) = (&self.status, &self.parent);
        let left = format!(
            "COUNTIFS({},{parent},{},\"Key result\",{},\"<>cancelled\")",
            ranges.parent, ranges.types, ranges.status
        );
        let part = format!("IF({status}=\"cancelled\",IF({left}>0,{nothing},{part}),{part})");
        match self.guardrail.as_deref().filter(|_| !with_guardrails) {
            Some(cell) => format!("IF({},{nothing},{part})", yes(cell)),
            None => part,
        }
    }

    /// Returns the formula of the weight that it has for itself; nothing where it takes no part.
    pub(super) fn own_weight(&self, ranges: &Ranges) -> String {
        let part = self.taking_part(ranges, &self.stated_weight(), "\"\"", false);
        format!("={part}")
    }

    /// Returns the formula of how much it counts beside the others; where all weights are 0, they all count the same.
    pub(super) fn counts(&self, ranges: &Ranges) -> String {
        if self.weight.is_none() {
            return format!("={}", self.taking_part(ranges, "1", "0", false));
        }
        let (own, parent) = (&self.own_weight, &self.parent);
        let sum = format!("SUMIFS({},{},{parent})", ranges.own_weight, ranges.parent);
        format!("=IF(ISNUMBER({own}),IF({sum}>0,{own},1),0)")
    }

    /// Returns the formula of its progress in that of its objective: with its weight, and neither below 0 nor above 1.
    pub(super) fn counted(&self) -> String {
        let (progress, counts) = (&self.progress, &self.counts);
        format!("={counts}*MAX(0,MIN(1,N({progress})))")
    }

    /// Returns the formula of what is expected of it in its objective; where nothing is, its progress.
    pub(super) fn counted_expected(&self) -> String {
        let (progress, expected, counts) = (&self.progress, &self.expected, &self.counts);
        format!("={counts}*MAX(0,MIN(1,IF(ISNUMBER({expected}),{expected},N({progress}))))")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells() -> Cells {
        Cells {
            start: "E5".to_owned(),
            target: "F5".to_owned(),
            current: "G5".to_owned(),
            check_ins: "COUNTA(X5)".to_owned(),
            first_due: Some(46_304.0),
            progress: "P5".to_owned(),
            ..Cells::default()
        }
    }

    #[test]
    fn a_formula_guards_against_blank_cells_and_a_way_of_no_length() {
        let formula = Sum::Way(Side::AtMost).progress(&cells(), &Ranges::default());
        assert_eq!(
            formula,
            "=IF(ISNUMBER(F5),IF(ISNUMBER(G5),IF(ISNUMBER(E5),IF(F5=E5,IF(G5<=F5,1,0),(G5-E5)/(F5-E5)),\"\"),\
             IF(AND(COUNTA(X5)=0,N(AsOf)>=46304),0,\"\")),\"\")"
        );
    }

    #[test]
    fn a_strict_bound_shows_100_only_beyond_it() {
        assert_eq!(
            Sum::Way(Side::Below).shown(&cells()),
            "=IF(ISNUMBER(P5),IF(AND(P5>=1,N(G5)<N(F5)),INT(P5*100+0.000000001)/100,\
             MIN(0.99,INT(P5*100+0.000000001)/100)),\"\")"
        );
        assert_eq!(
            Sum::Keep(Side::Below).shown(&cells()),
            "=IF(ISNUMBER(P5),INT(P5*100+0.000000001)/100,\"\")"
        );
    }
}
