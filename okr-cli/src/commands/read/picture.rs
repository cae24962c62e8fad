//! Draws a statement with its parts underlined, and says what they mean.

use okr_core::model::{Period, date_in_words};
use okr_core::statement::{Direction, Kind, ObjectiveReading, Reading};
use okr_core::text::Span;
use unicode_width::UnicodeWidthStr as _;

use super::json::parts;
use crate::shell::{Text, style};

/// Returns the picture, with a line feed at its end.
pub(super) fn draw(text: &str, period: Option<Period>, reading: &Reading, width: usize) -> Text {
    let mut out = Text::new();
    underline(&mut out, text, reading, width);
    out.push("\n");
    let mut row = |name: &str, value: &str, note: &str| {
        out.styled(style::DIM, &format!("  {name:<11}")).push(value);
        if !note.is_empty() {
            out.styled(style::DIM, &format!("  {note}"));
        }
        out.push("\n");
    };
    row("kind", reading.kind.name(), kind_note(reading.kind));
    row(
        "direction",
        reading.direction.name(),
        direction_note(reading.direction),
    );
    let unit = reading.unit.as_deref();
    if let Some(start) = reading.start {
        row(
            "start",
            &quantity(
                &start.normalize().to_string(),
                unit.filter(|_| reading.kind != Kind::RelativeChange),
            ),
            "",
        );
    }
    if let Some(target) = reading.target {
        let mut shown = quantity(&target.normalize().to_string(), unit);
        if let Some(upper) = reading.upper {
            shown = format!(
                "between {} and {}",
                target.normalize(),
                quantity(&upper.normalize().to_string(), unit)
            );
        }
        row("target", &shown, "");
    }
    if let Some(deadline) = reading.deadline {
        let note = if reading.is_deadline_ambiguous {
            ", the latest day that the words allow"
        } else {
            ""
        };
        row(
            "deadline",
            &deadline.to_string(),
            &format!("{}{note}", date_in_words(deadline)),
        );
    } else if let Some(period) = period {
        row(
            "deadline",
            "none",
            &format!("{} ends on {}", period.name(), date_in_words(period.end())),
        );
    }
    row(
        "outcome",
        if reading.is_outcome { "yes" } else { "no" },
        if reading.is_outcome {
            "a result is measured"
        } else {
            "work, which is an initiative"
        },
    );
    row(
        "measurable",
        if reading.is_measurable() { "yes" } else { "no" },
        "",
    );
    out
}

/// Returns what is wrong with an objective, with a line feed at its end.
pub(super) fn draw_objective(text: &str, reading: &ObjectiveReading) -> Text {
    let mut out = Text::new();
    out.push(text).push("\n\n");
    let issues = reading.issues();
    if issues.is_empty() {
        out.push("  nothing is wrong with its wording\n");
    }
    for issue in issues {
        let (span, note) = match issue {
            "contains-metric" => (reading.metric, "a number belongs to a key result"),
            "vague" => (None, "nothing specific is named"),
            "business-as-usual" => (reading.routine, "an existing duty goes on as before"),
            "task-like" => (
                reading.project,
                "a project, not the state it should bring about",
            ),
            "too-long" => (None, "more than 20 words"),
            _ => (reading.second, "a second goal with a verb of its own"),
        };
        out.push(&format!("  {issue:<20}"));
        if let Some(span) = span {
            out.push(span.of(text)).push("  ");
        }
        out.styled(style::DIM, note).push("\n");
    }
    out
}

fn quantity(number: &str, unit: Option<&str>) -> String {
    match unit {
        None => number.to_owned(),
        Some(unit) if unit == "%" || unit == "x" || unit.starts_with('/') => {
            format!("{number}{unit}")
        }
        Some(unit)
            if unit.len() == 3
                && unit.bytes().all(|byte| byte.is_ascii_uppercase())
                && unit != "FTE" =>
        {
            format!("{unit} {number}")
        }
        Some(unit) => format!("{number} {unit}"),
    }
}

/// Writes the text in lines of at most `width` columns, each with its parts underlined and named below.
fn underline(out: &mut Text, text: &str, reading: &Reading, width: usize) {
    // Parts within parts are left to the list below: a unit within its target.
    let shown: Vec<_> = parts(&reading.parts)
        .into_iter()
        .filter(|(name, _)| !matches!(*name, "unit" | "bound"))
        .collect();
    for line in lines(text, width.max(20)) {
        out.push(line.of(text)).push("\n");
        let mut rows: Vec<(usize, String)> = Vec::new();
        let mut marks = String::new();
        for (name, span) in &shown {
            let span = Span::new(span.start().max(line.start()), span.end().min(line.end()));
            if span.is_empty() {
                continue;
            }
            let column = Span::new(line.start(), span.start()).of(text).width();
            let len = span.of(text).width().max(1);
            let has = marks.width();
            // A part within another one is named on a row of its own.
            if column >= has {
                marks.push_str(&" ".repeat(column - has));
                marks.push_str(&"^".repeat(len));
            }
            let row = rows.iter().position(|(end, _)| *end < column || *end == 0);
            let row = row.unwrap_or_else(|| {
                rows.push((0, String::new()));
                rows.len() - 1
            });
            let (end, names) = &mut rows[row];
            names.push_str(&" ".repeat(column.saturating_sub(*end)));
            names.push_str(name);
            *end = names.width();
        }
        if !marks.is_empty() {
            out.styled(style::GOOD, &marks).push("\n");
            for (_, names) in rows {
                out.styled(style::DIM, &names).push("\n");
            }
        }
    }
}

/// Breaks a text at blanks into lines of at most `width` columns, where a word fits.
fn lines(text: &str, width: usize) -> Vec<Span> {
    let mut lines = Vec::new();
    let (mut first, mut last_blank) = (0, None);
    for (at, c) in text.char_indices() {
        if c == ' ' {
            last_blank = Some(at);
        }
        let is_full = Span::new(first, at + c.len_utf8()).of(text).width() > width;
        if let Some(blank) = last_blank.filter(|blank| is_full && *blank > first) {
            lines.push(Span::new(first, blank));
            (first, last_blank) = (blank + 1, None);
        }
    }
    lines.push(Span::new(first, text.len()));
    lines
}

fn kind_note(kind: Kind) -> &'static str {
    match kind {
        Kind::None => "neither a number to reach nor a state that is there or not",
        Kind::Milestone => "a state that is plainly there or not",
        Kind::Zero => "nothing of it is left",
        Kind::RelativeChange => "a change measured against the start",
        Kind::AbsoluteChange => "a change in the measure's own unit",
        Kind::Ceiling => "at most this much",
        Kind::Floor => "at least this much",
        Kind::Ratio => "a share of those that are named",
        Kind::Count => "a total that is built up from nothing",
        Kind::Level => "a value on the measure's own scale",
    }
}

fn direction_note(direction: Direction) -> &'static str {
    match direction {
        Direction::Increase | Direction::Decrease => "",
        Direction::Reach => "from wherever it stands",
        Direction::Keep => "it is to stay there",
        Direction::Complete => "it is to be done",
    }
}
