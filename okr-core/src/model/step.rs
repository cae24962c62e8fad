//! Steps: the parts of a milestone that count in its progress.

use rust_decimal::Decimal;

use super::{Initiative, KeyResult};

/// How an initiative that is a step of its key result counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is to be there, without formatting.
    pub words: String,
    /// How much it counts beside the other steps; more than 0.
    pub weight: Decimal,
}

/// What stands before the words of a step.
const STEP: &str = "step";

impl Initiative {
    /// Returns how the initiative counts, when its words begin with `Step:` or with a weight, as in
    /// `Step (weight 2):`; nothing for any other, which is work and no progress.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        // Almost every title is told from a step by its first letters.
        let markdown = self.title.as_markdown();
        let first = markdown.bytes().find(|byte| byte.is_ascii_alphabetic())?;
        if !first.eq_ignore_ascii_case(&b's') {
            return None;
        }
        let title = self.title.plain();
        let (head, words) = title.split_once(':')?;
        let name = head.get(..STEP.len())?;
        let rest = head[STEP.len()..].trim();
        if !name.eq_ignore_ascii_case(STEP) || words.trim().is_empty() {
            return None;
        }
        let weight = if rest.is_empty() {
            Decimal::ONE
        } else {
            let inner = rest.strip_prefix('(')?.strip_suffix(')')?;
            let number = inner.trim().strip_prefix("weight")?;
            number.trim().parse().ok().filter(is_sound)?
        };
        Some(Step {
            words: words.trim().to_owned(),
            weight,
        })
    }
}

fn is_sound(weight: &Decimal) -> bool {
    *weight > Decimal::ZERO && *weight <= Decimal::from(1_000_000)
}

impl KeyResult {
    /// Returns the initiatives that are steps, with how they count.
    pub fn steps(&self) -> impl Iterator<Item = (&Initiative, Step)> {
        let initiatives = self.initiatives.iter();
        initiatives.filter_map(|initiative| Some((initiative, initiative.step()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Inline;

    #[track_caller]
    fn check(title: &str, expected: Option<(&str, &str)>) {
        let initiative = Initiative {
            title: Inline::parse(title),
            ..Initiative::default()
        };
        let step = initiative.step();
        let shown = step
            .as_ref()
            .map(|step| (step.words.as_str(), step.weight.to_string()));
        let shown = shown
            .as_ref()
            .map(|(words, weight)| (*words, weight.as_str()));
        assert_eq!(shown, expected, "{title}");
    }

    #[test]
    fn a_step_says_that_it_is_one() {
        check("Step: Contract signed", Some(("Contract signed", "1")));
        check("STEP : Contract signed", Some(("Contract signed", "1")));
        check(
            "**Step:** Contract *signed*",
            Some(("Contract signed", "1")),
        );
        check("Step (weight 2.5): First run", Some(("First run", "2.5")));
    }

    #[test]
    fn other_work_is_none() {
        for title in [
            "Bring in software",
            "Step by step: a guide",
            "Step up the calls",
            "Steps: three",
            "Step:",
            "Step (2): First run",
            "Step (weight 0): First run",
            "Step (weight -1): First run",
            "Stép: x",
            "",
        ] {
            check(title, None);
        }
    }
}
