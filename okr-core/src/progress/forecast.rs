//! Where the values of a key result are heading.

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::trend::{Method, Point, Trend};
use super::{Form, Goal, Scale, Timeline, Track};
use crate::model::{Quantity, Unit, days_between};

/// Where the values of a key result are heading: a hint, which never overrides what its owner says.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// How the line was laid.
    pub method: Method,
    /// How many values it was laid through.
    pub points: usize,
    /// The value on the last day, in the unit of the key result.
    pub value: Decimal,
    /// The lower and the upper end of the band on the last day, in that unit, with the value inside; nothing for two
    /// values.
    pub band: Option<(Decimal, Decimal)>,
    /// The progress that the value comes to, not clamped.
    pub progress: Option<Decimal>,
    /// Whether that will do.
    pub outlook: Option<Outlook>,
    /// The day on which the line meets the target; nothing where it moves away from it or is there.
    pub eta: Option<Date>,
    /// How fast the values move, and how fast they would have to.
    pub pace: Pace,
}

/// How fast the values of a key result move, in its unit a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// From the first to the last value.
    pub made: f64,
    /// From the last value to the target in the days that are left; nothing when none is.
    pub needed: Option<f64>,
}

/// What a forecast says of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outlook {
    /// It will be met, or what is asked of the type of the objective will.
    Hit,
    /// It will be missed by a tenth of the way at most.
    Close,
    /// It will be missed by more.
    Miss,
}

/// What the last values do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Movement {
    /// The last three are the same.
    Flat,
    /// Each of the last three steps to the target is smaller than the one before.
    Slowing,
    /// The last two steps lead away from the target.
    Reversing,
}

impl Outlook {
    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Close => "close",
            Self::Miss => "miss",
        }
    }

    /// Judges the progress that is forecast: a hit from `bar`, close from a tenth below it, both included.
    #[must_use]
    pub fn of(progress: Decimal, bar: Decimal) -> Self {
        let reaches = |least: Decimal| progress.saturating_add(Decimal::new(1, 9)) >= least;
        if reaches(bar) {
            Self::Hit
        } else if reaches(bar - Decimal::new(1, 1)) {
            Self::Close
        } else {
            Self::Miss
        }
    }
}

impl Movement {
    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Slowing => "slowing",
            Self::Reversing => "reversing",
        }
    }

    /// Returns what the last of `values`, the oldest one first, do on their way to a goal.
    #[must_use]
    pub fn of(values: &[Decimal], goal: Goal) -> Option<Self> {
        let last = |count: usize| values.len().checked_sub(count).map(|at| &values[at..]);
        if last(3).is_some_and(|values| values.windows(2).all(|pair| pair[0] == pair[1])) {
            return Some(Self::Flat);
        }
        // How much nearer to the goal each step leads; below 0 for one that leads away.
        let nearer = |values: &[Decimal]| -> Option<Vec<Decimal>> {
            let steps = values.windows(2);
            steps
                .map(|pair| goal.distance(pair[0])?.checked_sub(goal.distance(pair[1])?))
                .collect()
        };
        let steps = nearer(last(3)?)?;
        if steps.iter().all(|step| *step < Decimal::ZERO) {
            return Some(Self::Reversing);
        }
        let steps = nearer(last(4)?)?;
        let is_slowing = steps.windows(2).all(|pair| pair[1] < pair[0])
            && steps.iter().all(|step| *step > Decimal::ZERO);
        is_slowing.then_some(Self::Slowing)
    }
}

impl Track<'_> {
    /// Returns where the values are heading on the last day, from the check-ins up to today.
    ///
    /// Returns nothing with values of fewer than two days, for what is to be kept, for milestones and their steps,
    /// once the target is met, once the value of the last day is there, and after that day.
    #[must_use]
    pub fn forecast(&self) -> Option<Forecast> {
        let scale = self.scale()?;
        let Form::Way { goal, .. } = scale.form() else {
            return None;
        };
        let timeline = self.timeline()?;
        if self.today() > timeline.due() || self.is_closed() {
            return None;
        }
        let values = self.on(scale);
        let (first, last) = (*values.first()?, *values.last()?);
        if goal.contains(last.1) || last.0 >= timeline.due() {
            return None;
        }
        let points: Vec<Point> = values
            .iter()
            .filter_map(|(date, value)| {
                Some(Point {
                    day: f64::from(days_between(first.0, *date)),
                    value: value.to_f64()?,
                })
            })
            .collect();
        let trend = Trend::through(&points)?;
        let day = |date: Date| f64::from(days_between(first.0, date));
        let limits = Limits::of(scale, &values);
        let due = day(timeline.due());
        let value = limits.cut(trend.line.at(due))?;
        let ends = |(low, high): (super::trend::Line, super::trend::Line)| {
            let (one, other) = (limits.cut(low.at(due))?, limits.cut(high.at(due))?);
            // The band goes through the median point, which the line need not do.
            Some((one.min(other).min(value), one.max(other).max(value)))
        };
        let progress = scale.progress(&Quantity::new(value, scale.unit().clone()));
        let edge = goal.nearest(last.1)?;
        Some(Forecast {
            method: trend.method,
            points: points.len(),
            value,
            band: trend.band.and_then(ends),
            progress,
            outlook: progress.map(|progress| Outlook::of(progress, self.bar())),
            eta: self.eta(&trend, first.0, last, edge),
            pace: self.pace(timeline, first, last, edge)?,
        })
    }

    /// Returns what the last values do, whose goal is one to get to.
    #[must_use]
    pub fn movement(&self) -> Option<Movement> {
        let scale = self.scale()?;
        let Form::Way { goal, .. } = scale.form() else {
            return None;
        };
        let values: Vec<Decimal> = self.on(scale).into_iter().map(|(_, value)| value).collect();
        if goal.contains(*values.last()?) {
            return None;
        }
        Movement::of(&values, goal)
    }

    /// Returns the value of each day that is on the scale, the first day first.
    fn on(&self, scale: &Scale) -> Vec<(Date, Decimal)> {
        let values = self.values().into_iter();
        let on_scale = values.filter(|one| scale.is_met(one.value).is_some());
        on_scale.map(|one| (one.date, one.value.value)).collect()
    }

    /// Returns the day on which a line that starts on the day `first` meets the edge, if it moves toward it.
    fn eta(
        &self,
        trend: &Trend,
        first: Date,
        last: (Date, Decimal),
        edge: Decimal,
    ) -> Option<Date> {
        let missing = (edge - last.1).to_f64()?;
        if missing * trend.line.slope <= 0.0 {
            return None;
        }
        let day = trend.line.day_of(edge.to_f64()?)?.ceil();
        // Where the line is there already and the last value is not, the day to come is the next one.
        let after_today = f64::from(days_between(first, self.today())) + 1.0;
        // A line that hardly rises meets the edge beyond any calendar.
        let days = Span::new().try_days(day.max(after_today).to_i64()?).ok()?;
        first.checked_add(days).ok()
    }

    fn pace(
        &self,
        timeline: Timeline,
        first: (Date, Decimal),
        last: (Date, Decimal),
        edge: Decimal,
    ) -> Option<Pace> {
        let days = f64::from(days_between(first.0, last.0));
        let left = days_between(self.today(), timeline.due());
        let needed = (edge - last.1).to_f64()?;
        Some(Pace {
            made: (last.1 - first.1).to_f64()? / days,
            needed: (left > 0).then(|| needed / f64::from(left)),
        })
    }
}

/// What values a unit can have.
struct Limits {
    least: Option<Decimal>,
    most: Option<Decimal>,
}

impl Limits {
    /// Returns the limits that the known values and the goal keep as well: shares from 0 to 100, and nothing but
    /// money, changes and differences below 0.
    fn of(scale: &Scale, values: &[(Date, Decimal)]) -> Self {
        let goal = match scale.form() {
            Form::Way { goal, .. } | Form::Keep(goal) => goal,
            _ => Goal {
                low: None,
                high: None,
            },
        };
        let ends = [goal.low, goal.high].into_iter().flatten();
        let known = || {
            let values = values.iter().map(|(_, value)| *value);
            values.chain(ends.clone().map(|edge| edge.at))
        };
        let has_sign = matches!(scale.unit(), Unit::Currency(_) | Unit::Points);
        let is_share = *scale.unit() == Unit::Percent;
        let zero = Decimal::ZERO;
        Self {
            least: (!has_sign && known().all(|value| value >= zero)).then_some(zero),
            most: (is_share && known().all(|value| value <= Decimal::ONE_HUNDRED))
                .then_some(Decimal::ONE_HUNDRED),
        }
    }

    /// Returns a value within the limits, to four places behind the point.
    fn cut(&self, value: f64) -> Option<Decimal> {
        let value = Decimal::from_f64(value)?.round_dp(4).normalize();
        let value = self.least.map_or(value, |least| value.max(least));
        Some(self.most.map_or(value, |most| value.min(most)))
    }
}
