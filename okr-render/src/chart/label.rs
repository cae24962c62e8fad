//! Words at the right of what they name, none over another.

use serde::Serialize;

use super::length;

/// The height that a line of words takes.
const LINE: f64 = 15.0;

/// Words beside the chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Label {
    /// What it names.
    pub(super) kind: &'static str,
    #[serde(skip)]
    at: f64,
    /// Where it stands.
    pub(super) y: String,
    pub(super) text: String,
}

impl Label {
    /// Returns a label that would best stand at the height `at`.
    pub(super) fn new(kind: &'static str, at: f64, text: &str) -> Self {
        Self {
            kind,
            at,
            y: String::new(),
            text: text.to_owned(),
        }
    }
}

/// Moves labels as little as needed, so that none stands over another and all between `top` and `bottom`.
pub(super) fn apart(mut labels: Vec<Label>, top: f64, bottom: f64) -> Vec<Label> {
    labels.sort_by(|one, other| one.at.total_cmp(&other.at));
    // Down from the top, then up from the bottom.
    let mut least = top;
    for label in &mut labels {
        label.at = label.at.max(least);
        least = label.at + LINE;
    }
    let mut greatest = bottom;
    for label in labels.iter_mut().rev() {
        label.at = label.at.min(greatest);
        greatest = label.at - LINE;
        label.y = length(label.at);
    }
    labels
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_label_stands_over_another(places in prop::collection::vec(0.0_f64..200.0, 0..6)) {
            let labels = places.iter().map(|at| Label::new("x", *at, "words")).collect();
            let placed = apart(labels, 10.0, 190.0);
            for pair in placed.windows(2) {
                prop_assert!(pair[1].at - pair[0].at >= LINE - 1e-9);
            }
            prop_assert!(placed.iter().all(|label| (10.0..=190.0).contains(&label.at)));
        }

        #[test]
        fn a_label_alone_stays_where_it_is(at in 10.0_f64..190.0) {
            let placed = apart(vec![Label::new("x", at, "words")], 10.0, 190.0);
            prop_assert!((placed[0].at - at).abs() < 1e-9);
        }
    }
}
