//! The history of a key result as a chart: where each thing lies; how it looks is the business of styles and, with a
//! theme, of its templates.
//!
//! Time goes to the right, and values go up. The lengths are those of the drawing, not of the screen, on which it is
//! as wide as there is room.

mod axis;
mod draw;
mod label;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use self::axis::{months, ticks};
use self::label::{Label, apart};
use crate::formats::html::figure::{iso, push_digits};

/// The whole drawing.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 230.0;
/// The part in which values are drawn: room for numbers at the left, for labels at the right, for days below.
const LEFT: f64 = 62.0;
const RIGHT: f64 = 352.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 200.0;

/// How far a name stands from its point.
const NEAR: f64 = 11.0;

/// What a chart is drawn of.
#[derive(Clone)]
pub(crate) struct History<'a> {
    /// The first and the last day that are drawn, both inside.
    pub(crate) days: (Date, Date),
    /// What was measured, at most one value a day, in the order of the days.
    pub(crate) values: &'a [(Date, Decimal)],
    /// The least and the greatest value that will do.
    pub(crate) goal: (Option<Decimal>, Option<Decimal>),
    /// What the goal is called, such as `target 44 days`.
    pub(crate) goal_words: &'a str,
    /// From which value on which day to which on which other one progress is expected.
    pub(crate) expected: Option<[(Date, Decimal); 2]>,
    /// What is to be expected of the last day by the values so far.
    pub(crate) forecast: Option<Outlook<'a>>,
    /// What the numbers at the axis count, where they do not say so themselves.
    pub(crate) unit: &'a str,
    /// How a number is written at the axis.
    pub(crate) tick: &'a dyn Fn(Decimal) -> String,
    /// How a value is written.
    pub(crate) number: &'a dyn Fn(Decimal) -> String,
}

/// Where the values go if they go on as they do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outlook<'a> {
    /// The day for which it speaks.
    pub(crate) day: Date,
    /// The value of that day.
    pub(crate) value: Decimal,
    /// The least and the greatest that it may well be.
    pub(crate) band: Option<(Decimal, Decimal)>,
    /// What it is called, such as `forecast 42 days`.
    pub(crate) words: &'a str,
}

/// Where everything lies; lengths are decimals of one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Chart {
    width: String,
    height: String,
    left: String,
    right: String,
    top: String,
    bottom: String,
    /// What stands above the numbers at the left.
    unit: String,
    /// The values that are marked at the left.
    ticks: Vec<Mark>,
    /// The first days of months, or the ends of a shorter time.
    days: Vec<Mark>,
    /// The values that will do: a line, or an area.
    goal: Option<Area>,
    /// What is expected, from the first to the last day.
    expected: Option<Line>,
    forecast: Option<Cone>,
    /// The values, as the points of a line.
    line: String,
    points: Vec<Point>,
    /// The last value, named beside its point.
    now: Point,
    /// What stands at the right of what it names.
    labels: Vec<Label>,
}

/// A number or a day at an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Mark {
    at: String,
    text: String,
}

/// From one height to another; both are the same where one value will do.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Area {
    top: String,
    bottom: String,
    width: String,
    height: String,
    is_line: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Line {
    x1: String,
    y1: String,
    x2: String,
    y2: String,
}

/// A forecast: a line, and the area in which it may well end.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Cone {
    line: Line,
    area: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Point {
    x: String,
    y: String,
    /// What is told of it: its day and its value.
    text: String,
}

impl Chart {
    /// Draws a history; nothing where there are fewer than two values, or the last day is not after the first.
    pub(crate) fn new(history: &History<'_>) -> Option<Self> {
        let (first, last) = history.days;
        if history.values.len() < 2 || first >= last {
            return None;
        }
        let scale = Scale::new(history)?;
        let values: Vec<(f64, f64)> = history
            .values
            .iter()
            .map(|(day, value)| Some((scale.x(*day), scale.y(*value)?)))
            .collect::<Option<_>>()?;
        let points = values.iter().zip(history.values);
        let points: Vec<Point> = points
            .map(|((x, y), (day, value))| Point {
                x: length(*x),
                y: length(*y),
                text: [&*iso(*day), ": ", &(history.number)(*value)].concat(),
            })
            .collect();
        let goal = scale.goal(history.goal);
        let mut labels = Vec::new();
        if let Some((top, bottom)) = goal {
            // An area is named at the edge that it has.
            let edge = if history.goal.1.is_some() {
                top
            } else {
                bottom
            };
            labels.push(Label::new("goal", edge, history.goal_words));
        }
        let forecast = history
            .forecast
            .and_then(|outlook| Some((outlook, scale.cone(outlook, *values.last()?)?)));
        if let Some((outlook, (_, y))) = &forecast {
            labels.push(Label::new("forecast", *y, outlook.words));
        }
        let expected = history
            .expected
            .and_then(|ends| Some((scale.line(ends)?, ends[1].1)));
        if let Some((_, end)) = &expected {
            labels.push(Label::new("expected", scale.y(*end)?, "expected"));
        }
        let (x, y) = *values.last()?;
        let (_, value) = history.values.last()?;
        // On the side of its point to which the values do not come down or up.
        let comes_down = values.len() > 1 && values[values.len() - 2].1 < y;
        let beside = if comes_down && y + 2.0 * NEAR < BOTTOM {
            y + 2.0 * NEAR
        } else {
            y - NEAR
        };
        let now = Point {
            x: length(x.clamp(LEFT + 2.0 * NEAR, RIGHT - NEAR)),
            y: length(beside),
            text: (history.number)(*value),
        };
        let mut line = String::with_capacity(12 * points.len());
        for (at, Point { x, y, .. }) in points.iter().enumerate() {
            let blank = if at == 0 { "" } else { " " };
            line.extend([blank, x, ",", y]);
        }
        Some(Self {
            width: length(WIDTH),
            height: length(HEIGHT),
            left: length(LEFT),
            right: length(RIGHT),
            top: length(TOP),
            bottom: length(BOTTOM),
            unit: history.unit.to_owned(),
            ticks: scale.marks(history.tick),
            days: scale.days(),
            goal: goal.map(|(top, bottom)| Area {
                top: length(top),
                bottom: length(bottom),
                width: length(RIGHT - LEFT),
                height: length(bottom - top),
                is_line: bottom - top < 0.05,
            }),
            expected: expected.map(|(line, _)| line),
            forecast: forecast.map(|(_, (cone, _))| cone),
            line,
            points,
            now,
            labels: apart(labels, TOP, BOTTOM),
        })
    }
}

/// From days and values to places.
struct Scale {
    first: Date,
    last: Date,
    ticks: Vec<Decimal>,
    low: f64,
    high: f64,
}

impl Scale {
    fn new(history: &History<'_>) -> Option<Self> {
        let (first, last) = history.days;
        let values = history.values.iter().map(|(_, value)| *value);
        let goal = [history.goal.0, history.goal.1];
        let expected = history.expected.iter().flatten().map(|(_, value)| *value);
        let outlook = history.forecast.iter().map(|outlook| outlook.value);
        let all = values
            .chain(goal.into_iter().flatten())
            .chain(expected)
            .chain(outlook);
        let (mut bottom, mut top) = (Decimal::MAX, Decimal::MIN);
        for value in all {
            bottom = bottom.min(value);
            top = top.max(value);
        }
        let ticks = ticks(bottom, top)?;
        let (low, high) = (ticks.first()?.to_f64()?, ticks.last()?.to_f64()?);
        Some(Self {
            first,
            last,
            ticks,
            low,
            high,
        })
    }

    /// Returns where a day lies, within the drawing.
    fn x(&self, day: Date) -> f64 {
        let days =
            |from: Date, to: Date| f64::from(from.until(to).map_or(0, |span| span.get_days()));
        let part = days(self.first, day) / days(self.first, self.last);
        LEFT + (RIGHT - LEFT) * part.clamp(0.0, 1.0)
    }

    /// Returns where a value lies, within the drawing.
    fn y(&self, value: Decimal) -> Option<f64> {
        let part = (value.to_f64()? - self.low) / (self.high - self.low);
        part.is_finite()
            .then(|| BOTTOM - (BOTTOM - TOP) * part.clamp(0.0, 1.0))
    }

    fn goal(&self, (low, high): (Option<Decimal>, Option<Decimal>)) -> Option<(f64, f64)> {
        if low.is_none() && high.is_none() {
            return None;
        }
        let bottom = low.map_or(Some(BOTTOM), |low| self.y(low))?;
        let top = high.map_or(Some(TOP), |high| self.y(high))?;
        Some((top, bottom))
    }

    fn line(&self, [(from, start), (to, end)]: [(Date, Decimal); 2]) -> Option<Line> {
        Some(Line {
            x1: length(self.x(from)),
            y1: length(self.y(start)?),
            x2: length(self.x(to)),
            y2: length(self.y(end)?),
        })
    }

    /// Returns the forecast, and the height at which it ends.
    fn cone(&self, outlook: Outlook<'_>, (x, y): (f64, f64)) -> Option<(Cone, f64)> {
        let (end, height) = (self.x(outlook.day), self.y(outlook.value)?);
        let area = outlook.band.and_then(|(low, high)| {
            let (low, high) = (self.y(low)?, self.y(high)?);
            let corner = |x: f64, y: f64| format!("{},{}", length(x), length(y));
            Some([corner(x, y), corner(end, high), corner(end, low)].join(" "))
        });
        let line = Line {
            x1: length(x),
            y1: length(y),
            x2: length(end),
            y2: length(height),
        };
        Some((Cone { line, area }, height))
    }

    fn marks(&self, number: &dyn Fn(Decimal) -> String) -> Vec<Mark> {
        let ticks = self.ticks.iter();
        ticks
            .filter_map(|tick| {
                Some(Mark {
                    at: length(self.y(*tick)?),
                    text: number(*tick),
                })
            })
            .collect()
    }

    fn days(&self) -> Vec<Mark> {
        months(self.first, self.last)
            .into_iter()
            .map(|(day, text)| Mark {
                at: length(self.x(day)),
                text,
            })
            .collect()
    }
}

/// Writes a length with at most one decimal, which is finer than a screen shows.
fn length(length: f64) -> String {
    let tenths = length * 10.0;
    // In the middle of two, only all digits tell which one is nearer.
    let is_between = (tenths - tenths.floor() - 0.5).abs() < 1e-6;
    let whole = tenths.round().to_u64();
    if let Some(tenths) = whole.filter(|_| !is_between && length >= 0.0) {
        let mut text = String::with_capacity(8);
        let is_whole = tenths % 10 == 0;
        if is_whole {
            push_digits(&mut text, tenths / 10, 0);
        } else {
            push_digits(&mut text, tenths, 1);
        }
        return text;
    }
    let mut text = format!("{length:.1}");
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    text
}

#[cfg(test)]
mod tests;
