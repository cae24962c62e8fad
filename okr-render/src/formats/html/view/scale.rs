//! From where to where a key result goes, on the page.

use jiff::civil::Date;
use okr_core::model::{Direction, Measure, Quantity, Target, Unit};
use okr_core::progress::{Form, KeyResultOverview, Scale as Measured};
use rust_decimal::Decimal;
use serde::Serialize;

use super::standing::Shown;

use crate::formats::html::drawing::Drawing;
use crate::formats::html::drawn;
use crate::formats::html::figure::{Day, Figure};
use crate::formats::html::text::{self, Html, push_escaped};

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
    /// The day of its check-in; steps count as they are ticked.
    day: Option<Day>,
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
        it: &KeyResultOverview<'_>,
        latest: Option<(&Quantity, Date)>,
        wording: String,
        shown: &Shown<'_>,
    ) -> Self {
        // Of what is over, nothing is expected any more.
        let expected = it.standing.expected.filter(|_| shown.closing.is_none());
        let links = shown.links;
        if it.track.steps().is_some() {
            return Self::of_steps(it, expected, wording);
        }
        let scale = it.track.scale();
        let is_state = matches!(measure.target, Some(Target::Done | Target::FirstValue));
        let direction = direction(measure, scale).filter(|_| !is_state);
        let limit = || TargetView::of_limit(scale?);
        Self {
            has_start: !is_state || measure.start.is_some(),
            start: measure.start.as_ref().map(Figure::new),
            question_html: measure
                .question
                .as_ref()
                .filter(|_| measure.start.is_none())
                .map(|question| text::inline(question, links))
                .unwrap_or_default(),
            now: latest.map(|(value, date)| Now {
                figure: Figure::new(value),
                day: Some(Day::new(date)),
            }),
            target: measure
                .target
                .as_ref()
                .map(|target| TargetView::new(target, measure.start.as_ref()))
                .or_else(limit),
            direction: direction.map(DirectionView::new),
            drawing: Drawing::new(
                measure,
                scale,
                direction,
                latest.map(|(value, _)| value),
                expected,
            ),
            wording,
        }
    }

    /// A milestone in steps, which are its progress.
    fn of_steps(it: &KeyResultOverview<'_>, expected: Option<Decimal>, wording: String) -> Self {
        let (mut done, mut count) = (0, 0);
        for (initiative, _) in it.key_result.steps() {
            count += 1;
            done += usize::from(initiative.done);
        }
        let steps = if count == 1 { "step" } else { "steps" };
        Self {
            has_start: false,
            start: None,
            question_html: Html::default(),
            now: Some(Now {
                figure: Figure::of("", done.to_string(), format!(" of {count} {steps}")),
                day: None,
            }),
            target: Some(TargetView::new(&Target::Done, None)),
            direction: None,
            drawing: it
                .standing
                .progress
                .and_then(|part| Drawing::of_part(part, expected)),
            wording,
        }
    }
}

impl Scale {
    /// Returns what `scale.html` makes of it, in a fraction of the time.
    pub(super) fn drawn(&self) -> Html {
        let mut whole = String::with_capacity(2048);
        let out = &mut whole;
        let class = if self.drawing.is_some() { " drawn" } else { "" };
        out.extend(["<div class=\"scale", class, "\">\n<dl>\n"]);
        if self.has_start {
            out.push_str("<div class=\"from\"><dt>Baseline</dt><dd>");
            match &self.start {
                Some(start) => start.draw(out),
                None => open("to be measured", out),
            }
            out.push_str("</dd></div>\n");
        }
        if let Some(Now { figure, day }) = &self.now {
            let name = if day.is_some() { "Latest" } else { "Done" };
            out.extend(["<div class=\"now\"><dt>", name, "</dt><dd>"]);
            figure.draw(out);
            if let Some(day) = day {
                out.push_str(" <span class=\"note\">");
                day.draw(out);
                out.push_str("</span>");
            }
            out.push_str("</dd></div>\n");
        }
        out.push_str("<div class=\"to\"><dt>Target");
        if let Some(DirectionView { slug, words }) = self.direction {
            out.push_str(" <span class=\"way\">");
            drawn::mark(slug, out);
            out.extend([words, "</span>"]);
        }
        out.push_str("</dt><dd>");
        match &self.target {
            Some(target) => target.draw(out),
            None => open("target open", out),
        }
        out.push_str("</dd></div>\n");
        if !self.question_html.is_empty() {
            out.push_str("<div class=\"question\"><dt>Baseline question</dt><dd dir=\"auto\">");
            out.extend([self.question_html.as_str(), "</dd></div>\n"]);
        }
        out.push_str("</dl>\n");
        if let Some(drawing) = &self.drawing {
            drawing.draw(out);
            out.push('\n');
        }
        if !self.wording.is_empty() {
            out.push_str("<p class=\"note wording\">");
            push_escaped(out, &self.wording);
            out.push_str("</p>\n");
        }
        out.push_str("</div>");
        Html::written(whole)
    }
}

/// Adds a line to be filled in, with what is missing.
fn open(words: &str, out: &mut String) {
    out.push_str("<span class=\"blank\"></span><span class=\"note open\">");
    out.extend([words, "</span>"]);
}

/// Returns which way is better: the one that the scale counts by, else the one that the plan names.
fn direction(measure: &Measure, scale: Option<&Measured>) -> Option<Direction> {
    match scale.map(Measured::form) {
        Some(Form::Keep(_)) => Some(Direction::Keep),
        Some(Form::Way {
            start: Some(start),
            goal,
        }) if goal.high.is_some_and(|high| start > high.at) => Some(Direction::Decrease),
        Some(Form::Way { start: Some(_), .. }) => Some(Direction::Increase),
        _ => measure.direction(),
    }
}

impl TargetView {
    fn draw(&self, out: &mut String) {
        if !self.words.is_empty() {
            out.extend(["<span class=\"words\">", self.words, "</span> "]);
        }
        self.figure.draw(out);
        if !self.note.is_empty() {
            out.push_str(" <span class=\"note\">");
            push_escaped(out, &self.note);
            out.push_str("</span>");
        }
    }

    /// Returns the limit of what must not get worse, where no target states it.
    fn of_limit(scale: &Measured) -> Option<Self> {
        let Form::Keep(goal) = scale.form() else {
            return None;
        };
        let (words, edge) = match (goal.low, goal.high) {
            (Some(low), None) => ("at least", low),
            (None, Some(high)) => ("at most", high),
            _ => return None,
        };
        let value = Quantity::new(edge.at, scale.unit().clone());
        Some(Self {
            words,
            figure: Figure::new(&value),
            note: String::new(),
        })
    }

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
                let figure = Figure::of(&high.before, numbers, high.after);
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
