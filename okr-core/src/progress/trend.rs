//! Straight lines through values over time.
//!
//! Floating-point arithmetic: a line through measured values is an estimate, and the slopes of a year of check-ins
//! are many.

/// The most points that a line is laid through; of more, the last ones count.
const MOST_POINTS: usize = 400;

/// A value on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day, counted from any fixed one.
    pub day: f64,
    /// The value, in any unit.
    pub value: f64,
}

/// A straight line: its value on day 0, and by how much it rises a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Units of the value a day; below 0 where the values fall.
    pub slope: f64,
    /// The value on day 0.
    pub intercept: f64,
}

/// How a line was laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Through two points: low evidence.
    TwoPoints,
    /// With the least sum of squares, through 3 or 4 points.
    LeastSquares,
    /// Theil–Sen, through 5 points or more.
    TheilSen,
}

impl Method {
    /// Returns the method for so many points on different days; nothing for fewer than two.
    #[must_use]
    pub const fn of(days: usize) -> Option<Self> {
        match days {
            ..=1 => None,
            2 => Some(Self::TwoPoints),
            3 | 4 => Some(Self::LeastSquares),
            _ => Some(Self::TheilSen),
        }
    }

    /// Returns what it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TwoPoints => "two points",
            Self::LeastSquares => "least squares",
            Self::TheilSen => "Theil–Sen",
        }
    }
}

/// What the values of a key result do over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// How the line was laid.
    pub method: Method,
    /// The line.
    pub line: Line,
    /// The 25th and the 75th percentile of the slopes between any two points, laid through the point of the median
    /// day and the median value; nothing for two points, which have one slope.
    pub band: Option<(Line, Line)>,
}

impl Trend {
    /// Lays a line through values, whose days may come in any order; nothing for fewer than two days.
    #[must_use]
    pub fn through(points: &[Point]) -> Option<Self> {
        let points = &points[points.len().saturating_sub(MOST_POINTS)..];
        let method = Method::of(days(points))?;
        if method == Method::TwoPoints {
            return Self::of(method, least_squares(points)?, None);
        }
        let quartiles = quartiles(&mut slopes(points))?;
        let line = match method {
            Method::TheilSen => theil_sen(points, quartiles[1])?,
            Method::TwoPoints | Method::LeastSquares => least_squares(points)?,
        };
        Self::of(method, line, band(points, quartiles))
    }

    /// Returns nothing where values are so large that a line through them has no numbers.
    fn of(method: Method, line: Line, band: Option<(Line, Line)>) -> Option<Self> {
        let is_finite = line.slope.is_finite() && line.intercept.is_finite();
        is_finite.then_some(Self { method, line, band })
    }
}

impl Line {
    /// Returns the value on a day.
    #[must_use]
    pub fn at(self, day: f64) -> f64 {
        self.slope.mul_add(day, self.intercept)
    }

    /// Returns the day on which the line has a value, which may be before day 0; nothing for a flat line.
    #[must_use]
    pub fn day_of(self, value: f64) -> Option<f64> {
        let day = (value - self.intercept) / self.slope;
        day.is_finite().then_some(day)
    }
}

/// Lays the line with the least sum of squared distances in value; nothing when all points share one day.
///
/// Slope = `sum((day - mean day)(value - mean value)) / sum((day - mean day)²)`.
#[must_use]
pub fn least_squares(points: &[Point]) -> Option<Line> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are no 2⁵² check-ins of a key result"
    )]
    let count = points.len() as f64;
    let mean = |of: fn(&Point) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (day, value) = (mean(|point| point.day), mean(|point| point.value));
    let (mut both, mut squares) = (0.0, 0.0);
    for point in points {
        let away = point.day - day;
        both += away * (point.value - value);
        squares += away * away;
    }
    (squares > 0.0).then(|| {
        let slope = both / squares;
        Line {
            slope,
            intercept: value - slope * day,
        }
    })
}

/// Lays the line of Theil (1950) and Sen (1968): the median of the slopes between any two points of different
/// days, and the median of what that leaves of the values on day 0.
///
/// This is the "joint" form of SciPy's `theilslopes`. Up to some 29% of the values may be off without much harm
/// to it. `slope` is the median of [`slopes`].
fn theil_sen(points: &[Point], slope: f64) -> Option<Line> {
    let mut left: Vec<f64> = points
        .iter()
        .map(|point| point.value - slope * point.day)
        .collect();
    let intercept = quantile(&mut left, 0.5)?;
    Some(Line { slope, intercept })
}

fn band(points: &[Point], [low, _, high]: [f64; 3]) -> Option<(Line, Line)> {
    let median = |of: fn(&Point) -> f64| {
        let mut all: Vec<f64> = points.iter().map(of).collect();
        quantile(&mut all, 0.5)
    };
    let (day, value) = (median(|point| point.day)?, median(|point| point.value)?);
    let through = |slope: f64| Line {
        slope,
        intercept: value - slope * day,
    };
    Some((through(low), through(high)))
}

/// Returns the slopes between any two points of different days.
fn slopes(points: &[Point]) -> Vec<f64> {
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (at, one) in points.iter().enumerate() {
        for other in &points[at + 1..] {
            let days = other.day - one.day;
            if days != 0.0 {
                slopes.push((other.value - one.value) / days);
            }
        }
    }
    slopes
}

/// Returns the number of different days.
fn days(points: &[Point]) -> usize {
    let mut days: Vec<f64> = points.iter().map(|point| point.day).collect();
    days.sort_unstable_by(f64::total_cmp);
    days.dedup();
    days.len()
}

/// Returns the quartiles of values, whose order is lost; nothing without values.
fn quartiles(values: &mut [f64]) -> Option<[f64; 3]> {
    let middle = quantile(values, 0.5)?;
    let half = (values.len() - 1) / 2;
    if half < 2 {
        return Some([quantile(values, 0.25)?, middle, quantile(values, 0.75)?]);
    }
    // The search for the middle has left the lower half before it and the upper half behind.
    let [low, high] = [0.25, 0.75].map(|part| part * place_of_last(values));
    let upper = place(half);
    Some([
        at_place(&mut values[..=half], low)?,
        middle,
        at_place(&mut values[half..], high - upper)?,
    ])
}

/// Returns a quantile of values, whose order is lost; nothing without values.
///
/// Between two values it is where the straight line between them is, as NumPy's default has it; `part` is from
/// 0 to 1, both included.
fn quantile(values: &mut [f64], part: f64) -> Option<f64> {
    let place = part * place_of_last(values);
    at_place(values, place)
}

/// Returns what stands at a place of the values in their order, counted from 0; between two places it lies on the
/// straight line between them.
fn at_place(values: &mut [f64], place: f64) -> Option<f64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position in a list of at most 79,800 slopes"
    )]
    let at = place.floor() as usize;
    if at >= values.len() {
        return None;
    }
    let (_, low, above) = values.select_nth_unstable_by(at, f64::total_cmp);
    let low = *low;
    let rest = place.fract();
    if rest == 0.0 {
        return Some(low);
    }
    let high = above.iter().copied().min_by(f64::total_cmp)?;
    Some((high - low).mul_add(rest, low))
}

fn place_of_last(values: &[f64]) -> f64 {
    place(values.len().saturating_sub(1))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a position in a list of at most 79,800 slopes"
)]
const fn place(at: usize) -> f64 {
    at as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points(values: &[(f64, f64)]) -> Vec<Point> {
        let point = |&(day, value): &(f64, f64)| Point { day, value };
        values.iter().map(point).collect()
    }

    /// A dispute cycle in days; the fourth value is a bad end of a month.
    const CYCLE: [(f64, f64); 6] = [
        (0.0, 12.0),
        (7.0, 11.4),
        (14.0, 10.9),
        (21.0, 14.9),
        (28.0, 9.8),
        (35.0, 9.2),
    ];

    #[test]
    fn one_bad_value_turns_the_least_squares_and_not_theil_sen() {
        let points = points(&CYCLE);
        let robust = Trend::through(&points).unwrap();
        assert_eq!(robust.method, Method::TheilSen);
        assert_eq!(format!("{:.4}", robust.line.slope), "-0.0786");
        assert_eq!(format!("{:.2}", robust.line.intercept), "12.00");
        assert_eq!(format!("{:.2}", robust.line.at(90.0)), "4.93");
        let linear = least_squares(&points).unwrap();
        assert_eq!(format!("{:.4}", linear.slope), "-0.0604");
        assert_eq!(format!("{:.2}", linear.at(90.0)), "6.99");
    }

    #[test]
    fn a_line_needs_two_days() {
        assert_eq!(Trend::through(&[]), None);
        assert_eq!(Trend::through(&points(&[(3.0, 1.0), (3.0, 2.0)])), None);
        let two = Trend::through(&points(&[(3.0, 1.0), (5.0, 2.0)])).unwrap();
        assert_eq!(two.method, Method::TwoPoints);
        assert!((two.line.slope - 0.5).abs() < 1e-12 && two.band.is_none());
    }

    #[test]
    fn the_day_of_a_value_is_on_the_line() {
        let line = Line {
            slope: -0.5,
            intercept: 10.0,
        };
        assert_eq!(line.day_of(6.0), Some(8.0));
        let flat = Line { slope: 0.0, ..line };
        assert_eq!(flat.day_of(6.0), None);
    }

    proptest! {
        #[test]
        fn a_straight_line_is_found(
            slope in -50.0..50.0_f64,
            intercept in -1000.0..1000.0_f64,
            days in prop::collection::btree_set(0_u16..400, 2..60),
        ) {
            let on_line = Line { slope, intercept };
            let points: Vec<_> = days
                .iter()
                .map(|&day| Point { day: f64::from(day), value: on_line.at(f64::from(day)) })
                .collect();
            let trend = Trend::through(&points).unwrap();
            prop_assert!((trend.line.slope - slope).abs() < 1e-6);
            prop_assert!((trend.line.at(100.0) - on_line.at(100.0)).abs() < 1e-4);
        }

        #[test]
        fn the_line_lies_in_its_band_of_slopes(
            values in prop::collection::vec(-1000.0..1000.0_f64, 5..30),
        ) {
            let points: Vec<_> = values
                .iter()
                .zip(0_u8..)
                .map(|(&value, day)| Point { day: f64::from(day), value })
                .collect();
            let trend = Trend::through(&points).unwrap();
            let (low, high) = trend.band.unwrap();
            prop_assert!(low.slope <= trend.line.slope && trend.line.slope <= high.slope);
        }

        #[test]
        fn quartiles_are_found_in_halves_as_among_all(
            values in prop::collection::vec(-1000.0..1000.0_f64, 1..40),
        ) {
            let among_all = [0.25, 0.5, 0.75].map(|part| quantile(&mut values.clone(), part).unwrap());
            let in_halves = quartiles(&mut values.clone()).unwrap();
            prop_assert_eq!(in_halves.map(f64::to_bits), among_all.map(f64::to_bits));
        }

        #[test]
        fn no_values_do_harm(
            values in prop::collection::vec((-1e9..1e9_f64, any::<f64>()), 0..20),
        ) {
            if let Some(trend) = Trend::through(&points(&values)) {
                prop_assert!(trend.line.slope.is_finite());
            }
        }
    }
}
