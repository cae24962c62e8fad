//! From where to where a key result goes, on the page.

use jiff::civil::Date;
use okr_core::model::{Direction, Measure, Quantity, Target, Unit};
use serde::Serialize;

use crate::formats::html::drawing::Drawing;
use crate::formats::html::figure::{Day, Figure};
use crate::formats::html::text::{self, Html};

/// From where to where.
#[derive(Debug, Serialize)]
pub(super) struct Scale {
    /// Whether a baseline is stated or wanted; a state that is there or not has none.
    has_start: bool,
    start: Option<Figure>,
    question_html: Html,
    now: Option<Now>,
    target: Option<TargetView>,
    direction: Option<DirectionView>,
    drawing: Option<Drawing>,
    /// What of all this, and of the date, stands in no field; empty where nothing does.
    wording: String,
}

#[derive(Debug, Serialize)]
struct Now {
    figure: Figure,
    day: Day,
}

#[derive(Debug, Serialize)]
struct TargetView {
    /// `at least`, `between` and the like; may be empty.
    words: &'static str,
    figure: Figure,
    /// What stands below it: the change that leads to the value, or what the change is of.
    note: String,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct DirectionView {
    slug: &'static str,
    words: &'static str,
}

impl Scale {
    pub(super) fn new(
        measure: &Measure,
        latest: Option<(&Quantity, Date)>,
        wording: String,
    ) -> Self {
        let is_state = measure.target == Some(Target::Done);
        let direction = measure.direction().filter(|_| !is_state);
        Self {
            has_start: !is_state || measure.start.is_some(),
            start: measure.start.as_ref().map(Figure::new),
            question_html: measure
                .question
                .as_ref()
                .filter(|_| measure.start.is_none())
                .map(text::inline)
                .unwrap_or_default(),
            now: latest.map(|(value, date)| Now {
                figure: Figure::new(value),
                day: Day::new(date),
            }),
            target: measure
                .target
                .as_ref()
                .map(|target| TargetView::new(target, measure.start.as_ref())),
            direction: direction.map(DirectionView::new),
            drawing: Drawing::new(measure, direction, latest.map(|(value, _)| value)),
            wording,
        }
    }
}

impl TargetView {
    fn new(target: &Target, start: Option<&Quantity>) -> Self {
        let plain = |words, value: &Quantity| Self {
            words,
            figure: Figure::new(value),
            note: String::new(),
        };
        match target {
            Target::Value { bound, value } => plain(bound.words(), value),
            Target::Between { low, high } => {
                let low = if low.unit == high.unit {
                    Quantity::new(low.value, Unit::None)
                } else {
                    low.clone()
                };
                let high = Figure::new(high);
                let numbers = format!("{} and {}", Figure::new(&low).text(), high.number);
                let figure = Figure::of(&high.before, numbers, &high.after);
                Self {
                    words: "between",
                    figure,
                    note: String::new(),
                }
            }
            Target::Relative(_) | Target::Change(_) => {
                let change = change_text(target);
                match (target.value(start), start) {
                    (Some(value), Some(start)) => {
                        let figure = Figure::new(&value);
                        let note = format!(
                            "{change}: {} \u{2192} {}",
                            Figure::new(start).text(),
                            figure.text()
                        );
                        Self {
                            words: "",
                            figure,
                            note,
                        }
                    }
                    (_, None) => Self {
                        words: "",
                        figure: Figure::words(&change),
                        note: "of a baseline to be measured".to_owned(),
                    },
                    // A percentage of zero, or a change in another unit, comes to no value.
                    (None, Some(_)) => Self {
                        words: "",
                        figure: Figure::words(&change),
                        note: "of the baseline".to_owned(),
                    },
                }
            }
            Target::Done => Self {
                words: "",
                figure: Figure::words("done"),
                note: String::new(),
            },
            // A target of a kind yet to come is shown as a plan writes it.
            other => Self {
                words: "",
                figure: Figure::words(&text::clean(&other.to_string())),
                note: String::new(),
            },
        }
    }
}

fn change_text(target: &Target) -> String {
    let shown = text::clean(&target.to_string());
    match shown.strip_prefix('-') {
        Some(rest) => format!("\u{2212}{rest}"),
        None => shown,
    }
}

impl DirectionView {
    const fn new(direction: Direction) -> Self {
        let words = match direction {
            Direction::Increase => "more is better",
            Direction::Decrease => "less is better",
            _ => "to be kept",
        };
        Self {
            slug: direction.word(),
            words,
        }
    }
}
