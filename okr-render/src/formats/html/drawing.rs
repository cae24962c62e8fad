//! Where things lie on the drawing of a key result; how it looks is the templates' business.

use okr_core::model::{Direction, Measure, Quantity, Target};
use okr_core::progress::{Edge, Form, Scale};
use rust_decimal::Decimal;
use serde::Serialize;

/// What is drawn; positions are percents of the width.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Drawing {
    /// From the baseline at the left end to the target at the right end.
    Way {
        /// Which way is better: the wedge opens, closes or stays as it is.
        direction: &'static str,
        /// Whether the baseline is known.
        is_known: bool,
        /// Where the latest value lies, as far as that can be said.
        now: Option<String>,
        /// Where a steady pace would be.
        expected: Option<String>,
    },
    /// Values that are as they should be, on a line of numbers.
    Zone {
        left: String,
        width: String,
        is_point: bool,
        start: Option<String>,
        now: Option<String>,
    },
}

impl Drawing {
    /// Returns what to draw for a measure with that scale, or nothing where there is nothing to measure by.
    pub(super) fn new(
        measure: &Measure,
        scale: Option<&Scale>,
        direction: Option<Direction>,
        now: Option<&Quantity>,
        expected: Option<Decimal>,
    ) -> Option<Self> {
        let start = measure.start.as_ref();
        let form = scale.map(|scale| (scale, scale.form()));
        if let Some((scale, Form::Keep(goal) | Form::Way { goal, .. })) = form
            && (scale.is_kept() || (goal.low.is_some() && goal.high.is_some()))
        {
            let value = |edge: Edge| Quantity::new(edge.at, scale.unit().clone());
            let [low, high] = [goal.low, goal.high].map(|edge| edge.map(value));
            return zone(low.as_ref(), high.as_ref(), start, now);
        }
        match measure.target.as_ref()? {
            Target::Done | Target::FirstValue => None,
            Target::Between { low, high } => zone(Some(low), Some(high), start, now),
            _ => {
                // The filled part is the progress that is told beside it.
                let now = scale
                    .zip(now)
                    .and_then(|(scale, now)| percent(scale.progress(now)?));
                Some(Self::Way {
                    direction: direction.unwrap_or(Direction::Increase).word(),
                    is_known: start.is_some() || now.is_some(),
                    expected: expected.filter(|_| now.is_some()).and_then(percent),
                    now,
                })
            }
        }
    }

    /// Returns what to draw for a part of one that is done, such as that of steps.
    pub(super) fn of_part(part: Decimal, expected: Option<Decimal>) -> Option<Self> {
        Some(Self::Way {
            direction: Direction::Keep.word(),
            is_known: true,
            now: Some(percent(part)?),
            expected: expected.and_then(percent),
        })
    }
}

impl Drawing {
    /// Adds what `scale.html` makes of it, in a fraction of the time.
    pub(super) fn draw(&self, out: &mut String) {
        out.push_str("<svg class=\"drawing\" aria-hidden=\"true\" width=\"100%\" height=\"30\">\n");
        match self {
            Self::Way {
                direction,
                is_known,
                now,
                expected,
            } => {
                way(direction, *is_known, now.as_deref(), out);
                if let Some(expected) = expected {
                    upright("here", expected, out);
                }
                upright("goal", "100", out);
            }
            Self::Zone {
                left,
                width,
                is_point,
                start,
                now,
            } => {
                out.push_str("<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"15\" y2=\"15\"/>\n");
                if *is_point {
                    upright("goal", left, out);
                } else {
                    out.extend(["<rect class=\"zone\" x=\"", left, "%\" y=\"8\" width=\""]);
                    out.extend([width, "%\" height=\"14\"/>\n"]);
                }
                for (class, at) in [("start", start), ("latest", now)] {
                    if let Some(at) = at {
                        out.extend(["<circle class=\"", class, "\" cx=\"", at]);
                        out.push_str("%\" cy=\"15\" r=\"5\"/>\n");
                    }
                }
            }
        }
        out.push_str("</svg>");
    }
}

fn way(direction: &str, is_known: bool, now: Option<&str>, out: &mut String) {
    let wedge = match direction {
        "decrease" => "M0 .5 100 12.5V15.5H0z",
        "keep" => "M0 4H100V12H0z",
        _ => "M0 12.5 100 .5V15.5H0z",
    };
    let class = if is_known { "track" } else { "unknown" };
    out.push_str("<svg y=\"7\" width=\"100%\" height=\"16\" viewBox=\"0 0 100 16\" preserveAspectRatio=\"none\">");
    out.extend([
        "<path class=\"",
        class,
        "\" vector-effect=\"non-scaling-stroke\" d=\"",
    ]);
    out.extend([wedge, "\"/></svg>\n"]);
    if let Some(now) = now.filter(|now| *now != "0") {
        out.extend([
            "<svg y=\"7\" width=\"",
            now,
            "%\" height=\"16\" viewBox=\"0 0 ",
            now,
        ]);
        out.push_str(" 16\" preserveAspectRatio=\"none\"><path class=\"gone\" d=\"");
        out.extend([wedge, "\"/></svg>\n"]);
    }
}

/// Adds a line from top to bottom at that many percents of the width.
fn upright(class: &str, at: &str, out: &mut String) {
    out.extend(["<line class=\"", class, "\" x1=\"", at, "%\" x2=\"", at]);
    out.push_str("%\" y1=\"2\" y2=\"28\"/>\n");
}

/// Draws the values from `low` to `high`, of which one may be open, with some room around all marks.
fn zone(
    low: Option<&Quantity>,
    high: Option<&Quantity>,
    start: Option<&Quantity>,
    now: Option<&Quantity>,
) -> Option<Drawing> {
    let bound = low.or(high)?;
    let start = start
        .filter(|start| start.is_like(bound))
        .map(|start| start.value);
    let now = now.filter(|now| now.is_like(bound)).map(|now| now.value);
    let (low, high) = (low.map(|low| low.value), high.map(|high| high.value));
    let marks = [low, high, start, now];
    let least = marks.into_iter().flatten().min()?;
    let greatest = marks.into_iter().flatten().max()?;
    let mut room = greatest.checked_sub(least)?.checked_div(Decimal::from(2))?;
    if room.is_zero() {
        room = greatest
            .abs()
            .checked_div(Decimal::from(2))?
            .max(Decimal::ONE);
    }
    let mut left = least.checked_sub(room)?;
    if !least.is_sign_negative() {
        // What cannot be negative today is not drawn as if it could.
        left = left.max(Decimal::ZERO);
    }
    let width = greatest.checked_add(room)?.checked_sub(left)?;
    let place = |value: Decimal| percent(value.checked_sub(left)?.checked_div(width)?);
    let from = low.map_or(Some("0".to_owned()), place)?;
    let to = high.map_or(Some("100".to_owned()), place)?;
    let wide = to
        .parse::<Decimal>()
        .ok()?
        .checked_sub(from.parse().ok()?)?;
    Some(Drawing::Zone {
        left: from,
        width: wide.normalize().to_string(),
        is_point: low == high,
        start: start.and_then(place),
        now: now.and_then(place),
    })
}

/// Returns a share of one as percents with one decimal, kept between 0 and 100.
fn percent(share: Decimal) -> Option<String> {
    let percents = share
        .clamp(Decimal::ZERO, Decimal::ONE)
        .checked_mul(Decimal::ONE_HUNDRED)?;
    Some(percents.round_dp(1).normalize().to_string())
}

#[cfg(test)]
mod tests {
    use okr_core::model::Unit;

    use super::*;

    #[track_caller]
    fn check(start: &str, target: &str, now: &str, drawn: &str) {
        let quantity = |text: &str| Quantity::parse(text).ok();
        let measure = Measure {
            start: quantity(start),
            target: Some(Target::parse(target).unwrap()),
            ..Measure::default()
        };
        let drawing = Drawing::new(
            &measure,
            Scale::of(&measure).as_ref(),
            measure.direction(),
            quantity(now).as_ref(),
            Some(Decimal::new(25, 2)),
        );
        assert_eq!(serde_json::to_string(&drawing).unwrap(), drawn);
    }

    #[test]
    fn the_latest_value_lies_on_the_way() {
        check(
            "68%",
            "85%",
            "70%",
            r#"{"kind":"way","direction":"increase","is_known":true,"now":"11.8","expected":"25"}"#,
        );
        check(
            "20 days",
            "12 days",
            "15 days",
            r#"{"kind":"way","direction":"decrease","is_known":true,"now":"62.5","expected":"25"}"#,
        );
        check(
            "68%",
            "+25%",
            "60%",
            r#"{"kind":"way","direction":"increase","is_known":true,"now":"0","expected":"25"}"#,
        );
        check(
            "",
            "+25%",
            "10%",
            r#"{"kind":"way","direction":"increase","is_known":true,"now":"40","expected":"25"}"#,
        );
        check(
            "",
            "+25%",
            "",
            r#"{"kind":"way","direction":"increase","is_known":false,"now":null,"expected":null}"#,
        );
        check(
            "68%",
            "85%",
            "3 days",
            r#"{"kind":"way","direction":"increase","is_known":true,"now":null,"expected":null}"#,
        );
        check(
            "0 days",
            "+25%",
            "3 days",
            r#"{"kind":"way","direction":"increase","is_known":true,"now":null,"expected":null}"#,
        );
    }

    #[test]
    fn a_range_is_a_zone() {
        check(
            "",
            "between 2 and 4 days",
            "6 days",
            r#"{"kind":"zone","left":"25","width":"25","is_point":false,"start":null,"now":"75"}"#,
        );
        check(
            "5%",
            "5%",
            "",
            r#"{"kind":"zone","left":"50","width":"0","is_point":true,"start":"50","now":null}"#,
        );
    }

    #[test]
    fn numbers_at_the_edge_are_no_reason_to_panic() {
        let most = Quantity::new(Decimal::MAX, Unit::None);
        let least = Quantity::new(Decimal::MIN, Unit::None);
        let target = Target::Between {
            low: least.clone(),
            high: most.clone(),
        };
        let measure = Measure {
            start: Some(least),
            target: Some(target),
            ..Measure::default()
        };
        assert!(
            Drawing::new(
                &measure,
                Scale::of(&measure).as_ref(),
                measure.direction(),
                Some(&most),
                None,
            )
            .is_none()
        );
    }
}
