//! What a value is worth: how much of the way it is, and whether it meets the target.

use rust_decimal::Decimal;

use crate::model::{ANY_CURRENCY, Bound, Direction, Measure, Quantity, Target, Unit};

/// What the values of a key result are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    form: Form,
    /// The unit that values are in; a bare number goes with every one.
    unit: Unit,
    /// Whether values are how much has changed since a start that nobody knows, in percent of it.
    is_change: bool,
}

/// The values that meet a target; a side without an edge is open. At least one side has an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Where it begins; nothing where small values are as good as any.
    pub low: Option<Edge>,
    /// Where it ends; nothing where great values are as good as any.
    pub high: Option<Edge>,
}

/// An end of the values that meet a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The value, in the unit of the scale.
    pub at: Decimal,
    /// Whether the value itself meets the target.
    pub is_inside: bool,
}

/// How a scale turns a value into progress, for whoever writes the sum down elsewhere, as the formulas
/// of a spreadsheet do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Done or not.
    Milestone,
    /// A first value is there or not, whichever it is.
    FirstValue,
    /// The share of the steps that are done, in percent.
    Steps,
    /// Inside or not.
    Keep(Goal),
    /// The part of the way from the start, where one is known, to the goal.
    Way {
        /// Where it started.
        start: Option<Decimal>,
        /// Where it is to go.
        goal: Goal,
    },
}

impl Scale {
    /// Returns what values of the measure are held against; nothing when it does not say which values are
    /// good ones.
    ///
    /// - A bound or a range that is to be kept, that the start meets already, or that has neither a start nor
    ///   a direction is one to stay inside. Any other target is a way from the start.
    /// - A change by percent without a start is tracked as the change itself, from 0, as long as no unit is
    ///   stated for the values: a value in percent is so much of a change, and any other is none. A percentage of zero, and a change in the measure's own unit without a
    ///   start, are no scale.
    /// - A plain value without start and direction is none either: nobody knows which side is better.
    #[must_use]
    pub fn of(measure: &Measure) -> Option<Self> {
        let target = measure.target.as_ref()?;
        let any = |unit: &&Unit| !matches!(unit, Unit::Word(word) if word == ANY_CURRENCY);
        let unit = measure.unit().filter(any).cloned().unwrap_or(Unit::None);
        let start = measure.start.as_ref();
        let goes_with_start = |value: &Quantity| start.is_none_or(|start| start.is_like(value));
        let start_value = start.map(|start| start.value);
        let is_kept = measure.direction == Some(Direction::Keep);
        let form = match target {
            Target::Done => Form::Milestone,
            Target::FirstValue => Form::FirstValue,
            Target::Between { low, high } => {
                if !goes_with_start(low) {
                    return None;
                }
                let goal = Goal {
                    low: Some(Edge::inside(low.value)),
                    high: Some(Edge::inside(high.value)),
                };
                Form::toward(goal, start_value, is_kept, measure.direction.is_some())
            }
            Target::Value { bound, value } => {
                if !goes_with_start(value) {
                    return None;
                }
                match Goal::beyond(*bound, value.value) {
                    Some(goal) => {
                        Form::toward(goal, start_value, is_kept, measure.direction.is_some())
                    }
                    None => Form::reach(value.value, start_value, measure.direction)?,
                }
            }
            Target::Relative(percent) if start.is_none() => {
                if measure.unit.is_some() || percent.is_zero() {
                    return None;
                }
                return Some(Self {
                    form: Form::reach(*percent, Some(Decimal::ZERO), None)?,
                    unit: Unit::Percent,
                    is_change: true,
                });
            }
            Target::Relative(_) | Target::Change(_) => {
                let value = target.value(start)?;
                Form::reach(value.value, start_value, measure.direction)?
            }
        };
        Some(Self {
            form,
            unit,
            is_change: false,
        })
    }

    /// Returns the scale of a state that is there or not.
    #[must_use]
    pub const fn milestone() -> Self {
        Self {
            form: Form::Milestone,
            unit: Unit::None,
            is_change: false,
        }
    }

    /// Returns the scale of steps, of which a part is done.
    #[must_use]
    pub const fn steps() -> Self {
        Self {
            form: Form::Steps,
            unit: Unit::Percent,
            is_change: false,
        }
    }

    /// Returns the scale of a guardrail, which must not get worse: inside its target where that is a bound or a range,
    /// else no worse than the target or, without one, than the start, on the side that the stated direction names.
    ///
    /// Without any of them it is the scale of any other measure.
    #[must_use]
    pub fn of_guardrail(measure: &Measure) -> Option<Self> {
        let limit = match &measure.target {
            Some(Target::Between { .. }) => None,
            Some(Target::Value { bound, .. }) if *bound != Bound::Reach => None,
            Some(_) => measure.target_value(),
            None => measure.start.clone(),
        };
        let bound = match measure.direction {
            Some(Direction::Increase) => Some(Bound::AtLeast),
            Some(Direction::Decrease) => Some(Bound::AtMost),
            _ => None,
        };
        let mut kept = measure.clone();
        match (limit, bound) {
            (Some(value), Some(bound)) => kept.target = Some(Target::Value { bound, value }),
            (None, _) => {}
            (Some(_), None) => return Self::of(measure),
        }
        kept.direction = Some(Direction::Keep);
        Self::of(&kept)
    }

    /// Returns how it turns a value into progress.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// Returns the unit that values are in; a bare number goes with every one.
    #[must_use]
    pub const fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Returns whether values are how much has changed since a start that nobody knows, in percent of it.
    #[must_use]
    pub const fn is_change(&self) -> bool {
        self.is_change
    }

    /// Returns whether it is a state that is there or not, without a way to it.
    #[must_use]
    pub const fn is_milestone(&self) -> bool {
        matches!(self.form, Form::Milestone | Form::FirstValue)
    }

    /// Returns whether values are to stay inside the target, rather than to get there.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        matches!(self.form, Form::Keep(_))
    }

    /// Returns how much of the way a value is: 0 at the start, 1 at the target; below 0 and above 1 where the
    /// value is.
    ///
    /// The publicly known expression `(value - start) / (target - start)` holds for both directions, since the
    /// sign comes from start and target. A range counts by the distance to its nearer end and is never
    /// more than 1; a target to stay inside, a milestone, and a start that is the target are 1 or 0.
    /// Returns nothing for a value in another unit, without a start, and beyond what a decimal holds.
    #[must_use]
    pub fn progress(&self, value: &Quantity) -> Option<Decimal> {
        let is_met = self.is_met(value)?;
        let all_or_nothing = if is_met { Decimal::ONE } else { Decimal::ZERO };
        let (start, goal) = match &self.form {
            Form::Way { start, goal } => (start, goal),
            Form::Steps => return value.value.checked_div(Decimal::ONE_HUNDRED),
            Form::Milestone | Form::FirstValue | Form::Keep(_) => return Some(all_or_nothing),
        };
        let start = (*start)?;
        match (goal.low, goal.high) {
            (Some(edge), None) | (None, Some(edge)) if edge.at != start => value
                .value
                .checked_sub(start)?
                .checked_div(edge.at.checked_sub(start)?),
            (Some(_), Some(_)) if !goal.distance(start)?.is_zero() => {
                let missing = goal.distance(value.value)?;
                Decimal::ONE.checked_sub(missing.checked_div(goal.distance(start)?)?)
            }
            _ => Some(all_or_nothing),
        }
    }

    /// Returns whether a value meets the target; nothing for a value in another unit.
    ///
    /// `above` and `below` are strict: the number itself does not do. Of a milestone, 1 and 100% are met.
    #[must_use]
    pub fn is_met(&self, value: &Quantity) -> Option<bool> {
        let is_like = value.is_like(&Quantity::new(Decimal::ZERO, self.unit.clone()));
        // A bare number would be what is measured, and nobody knows what that is to come to.
        let is_beside = self.is_change && value.unit != Unit::Percent;
        if !is_like || is_beside {
            return None;
        }
        Some(match &self.form {
            Form::Milestone if value.unit == Unit::Percent => value.value >= Decimal::ONE_HUNDRED,
            Form::Milestone => value.value >= Decimal::ONE,
            Form::FirstValue => true,
            Form::Steps => value.value >= Decimal::ONE_HUNDRED,
            Form::Keep(goal) | Form::Way { goal, .. } => goal.contains(value.value),
        })
    }
}

/// Returns progress in whole percents as it is shown: cut, not rounded, and never 100 for a target that is not
/// met.
#[must_use]
pub fn percent_shown(progress: Decimal, is_met: bool) -> Decimal {
    let tolerance = Decimal::new(1, 9);
    let percent = progress
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|percent| percent.checked_add(tolerance))
        .unwrap_or(progress)
        .floor();
    if is_met {
        percent
    } else {
        percent.min(Decimal::from(99))
    }
}

impl Form {
    /// A bound or a range: one to stay inside, or a way to it.
    fn toward(goal: Goal, start: Option<Decimal>, is_kept: bool, has_direction: bool) -> Self {
        let stays = match start {
            Some(start) => goal.contains(start),
            None => !has_direction,
        };
        if is_kept || stays {
            Self::Keep(goal)
        } else {
            Self::Way { start, goal }
        }
    }

    /// A value to reach: which side of it is good is where the start is not, else what the direction says.
    fn reach(value: Decimal, start: Option<Decimal>, direction: Option<Direction>) -> Option<Self> {
        let edge = Some(Edge::inside(value));
        let up = Goal {
            low: edge,
            high: None,
        };
        let down = Goal {
            low: None,
            high: edge,
        };
        let exactly = Goal {
            low: edge,
            high: edge,
        };
        let goal = match (start, direction) {
            (_, Some(Direction::Keep)) => return Some(Self::Keep(exactly)),
            (Some(start), _) if value > start => up,
            (Some(start), _) if value < start => down,
            (_, Some(Direction::Increase)) => up,
            (_, Some(Direction::Decrease)) => down,
            (Some(_), None) => exactly,
            (None, None) => return None,
        };
        Some(Self::Way { start, goal })
    }
}

impl Goal {
    /// Returns the values on the good side of a bound; nothing for a bound that names no side.
    fn beyond(bound: Bound, at: Decimal) -> Option<Self> {
        let (is_low, is_inside) = match bound {
            Bound::Reach => return None,
            Bound::AtLeast => (true, true),
            Bound::Above => (true, false),
            Bound::AtMost => (false, true),
            Bound::Below => (false, false),
        };
        let edge = Edge { at, is_inside };
        Some(Self {
            low: is_low.then_some(edge),
            high: (!is_low).then_some(edge),
        })
    }

    /// Returns whether a value meets the target.
    #[must_use]
    pub fn contains(&self, value: Decimal) -> bool {
        let above = |edge: Edge| value > edge.at || (edge.is_inside && value == edge.at);
        let below = |edge: Edge| value < edge.at || (edge.is_inside && value == edge.at);
        self.low.is_none_or(above) && self.high.is_none_or(below)
    }

    /// Returns the edge that a value has to get to, the nearer one; nothing without any.
    pub(super) fn nearest(&self, value: Decimal) -> Option<Decimal> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if value > high.at => Some(high.at.max(low.at)),
            (Some(edge), _) | (None, Some(edge)) => Some(edge.at),
            (None, None) => None,
        }
    }

    /// Returns how far a value is from the nearer edge, 0 inside; nothing beyond what a decimal holds.
    pub(super) fn distance(&self, value: Decimal) -> Option<Decimal> {
        match (self.low, self.high) {
            (Some(low), _) if value < low.at => low.at.checked_sub(value),
            (_, Some(high)) if value > high.at => value.checked_sub(high.at),
            _ => Some(Decimal::ZERO),
        }
    }
}

impl Edge {
    const fn inside(at: Decimal) -> Self {
        Self {
            at,
            is_inside: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn measure(start: &str, target: &str) -> Measure {
        Measure {
            start: (!start.is_empty()).then(|| Quantity::parse(start).unwrap()),
            target: Some(Target::parse(target).unwrap()),
            ..Measure::default()
        }
    }

    /// Checks progress, and whether the target is met, as `0.625` or `1 met`; `none` where neither is known.
    #[track_caller]
    fn check(start: &str, target: &str, value: &str, expected: &str) {
        check_measure(&measure(start, target), value, expected);
    }

    #[track_caller]
    fn check_measure(measure: &Measure, value: &str, expected: &str) {
        let value = Quantity::parse(value).unwrap();
        let scale = Scale::of(measure);
        let is_met = scale.as_ref().and_then(|scale| scale.is_met(&value));
        let progress = scale.as_ref().and_then(|scale| scale.progress(&value));
        let shown = match (progress, is_met) {
            (None, None) => "none".to_owned(),
            (None, Some(is_met)) => format!("? {is_met}"),
            (Some(progress), Some(true)) => format!("{} met", progress.normalize()),
            (Some(progress), _) => progress.normalize().to_string(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn both_directions_are_one_expression() {
        check("20 days", "12 days", "15 days", "0.625");
        check("20 days", "12 days", "22 days", "-0.25");
        check("20 days", "12 days", "11 days", "1.125 met");
        check("68%", "85%", "76.5%", "0.5");
        check("EUR -40k", "EUR 10k", "EUR -15k", "0.5");
        check("0 accounts", "20 accounts", "5 accounts", "0.25");
    }

    #[test]
    fn a_strict_bound_that_is_reached_is_not_met() {
        check("20 days", "below 12 days", "12 days", "1");
        check("20 days", "at most 12 days", "12 days", "1 met");
        check("80%", "above 95%", "95%", "1");
        let one = Decimal::ONE;
        assert_eq!(percent_shown(one, false), Decimal::from(99));
        assert_eq!(percent_shown(one, true), Decimal::ONE_HUNDRED);
    }

    #[test]
    fn what_is_kept_is_inside_or_not() {
        check("96%", "at least 95%", "97%", "1 met");
        check("96%", "at least 95%", "94.9%", "0");
        check("", "at most 2%", "2%", "1 met");
        check("", "between 2 and 4 days", "5 days", "0");
        let mut kept = measure("90%", "at least 95%");
        kept.direction = Some(Direction::Keep);
        check_measure(&kept, "93%", "0");
        check("80%", "at least 90%", "85%", "0.5");
    }

    #[test]
    fn a_range_counts_from_its_nearer_end() {
        check("8 days", "between 2 and 4 days", "6 days", "0.5");
        check("8 days", "between 2 and 4 days", "3 days", "1 met");
        check("8 days", "between 2 and 4 days", "1 day", "0.75");
    }

    #[test]
    fn a_change_is_measured_from_the_start() {
        check("68%", "+25%", "76.5%", "0.5");
        check("8 days", "-3 days", "5 days", "1 met");
        check("0 days", "+25%", "5 days", "none");
        check("", "+25%", "10%", "0.4");
        check("", "-20%", "-20%", "1 met");
        check("", "-3 days", "5 days", "none");
        let mut rate = measure("", "+25%");
        rate.unit = Some(Unit::Percent);
        check_measure(&rate, "70%", "none");
    }

    #[test]
    fn a_start_that_is_the_target_is_all_or_nothing() {
        check("95%", "95%", "95%", "1 met");
        check("95%", "95%", "96%", "0");
        let mut up = measure("95%", "95%");
        up.direction = Some(Direction::Increase);
        check_measure(&up, "96%", "1 met");
    }

    #[test]
    fn what_nobody_knows_is_not_made_up() {
        check("", "98%", "99%", "none");
        check("20 days", "12 days", "15 invoices", "none");
        check("20 days", "12 invoices", "15", "none");
        let mut up = measure("", "98%");
        up.direction = Some(Direction::Increase);
        check_measure(&up, "99%", "? true");
    }

    #[test]
    fn a_milestone_is_there_or_not() {
        check("", "done", "1", "1 met");
        check("", "done", "0", "0");
    }

    #[test]
    fn numbers_too_great_for_a_decimal_are_no_progress() {
        let huge = "79228162514264337593543950335";
        check(&format!("-{huge}"), huge, huge, "? true");
        check("0", "0.0000000000000000000000000001", huge, "? true");
    }

    #[test]
    fn percents_are_cut_and_not_rounded() {
        let shown = |text: &str| percent_shown(text.parse().unwrap(), false).to_string();
        assert_eq!(shown("0.999"), "99");
        assert_eq!(shown("0.5799999999999"), "58");
        assert_eq!(shown("-0.251"), "-26");
    }

    fn number() -> impl Strategy<Value = Decimal> {
        (-1_000_000_i64..1_000_000, 0_u32..4)
            .prop_map(|(digits, scale)| Decimal::new(digits, scale))
    }

    proptest! {
        #[test]
        fn the_start_is_nothing_and_the_target_all(a in number(), b in number()) {
            prop_assume!(a != b);
            let bare = |value| Quantity::new(value, Unit::None);
            let target = Target::Value { bound: Bound::Reach, value: bare(b) };
            let measure = Measure { start: Some(bare(a)), target: Some(target), ..Measure::default() };
            let scale = Scale::of(&measure).unwrap();
            prop_assert_eq!(scale.progress(&bare(a)), Some(Decimal::ZERO));
            prop_assert_eq!(scale.progress(&bare(b)), Some(Decimal::ONE));
            prop_assert_eq!(scale.is_met(&bare(a)), Some(false));
            prop_assert_eq!(scale.is_met(&bare(b)), Some(true));
        }

        #[test]
        fn what_is_met_is_the_whole_way(a in number(), b in number(), v in number()) {
            prop_assume!(a != b);
            let bare = |value| Quantity::new(value, Unit::None);
            let target = Target::Value { bound: Bound::Reach, value: bare(b) };
            let measure = Measure { start: Some(bare(a)), target: Some(target), ..Measure::default() };
            let scale = Scale::of(&measure).unwrap();
            let progress = scale.progress(&bare(v)).unwrap();
            prop_assert_eq!(scale.is_met(&bare(v)), Some(progress >= Decimal::ONE));
        }

        #[test]
        fn other_units_change_no_progress(
            [a, b, v] in [number(), number(), number()],
            factor in 1_i64..1000,
            shift in -1000_i64..1000,
        ) {
            prop_assume!(a != b);
            let progress = |unit: &dyn Fn(Decimal) -> Decimal| {
                let bare = |value| Quantity::new(unit(value), Unit::None);
                let target = Target::Value { bound: Bound::Reach, value: bare(b) };
                let measure = Measure { start: Some(bare(a)), target: Some(target), ..Measure::default() };
                let scale = Scale::of(&measure).unwrap();
                (scale.progress(&bare(v)).unwrap().round_dp(12), scale.is_met(&bare(v)))
            };
            let known = progress(&|value| value);
            let (factor, shift) = (Decimal::from(factor), Decimal::from(shift));
            prop_assert_eq!(known, progress(&|value| value * factor));
            prop_assert_eq!(known, progress(&|value| value + shift));
            // The other way round: what falls from one to the other is as far as what rises.
            prop_assert_eq!(known, progress(&|value| -value));
        }
    }
}
