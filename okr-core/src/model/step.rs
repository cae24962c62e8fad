//! Steps: the parts of a milestone that count in its progress.

use rust_decimal::Decimal;

use super::{Initiative, Inline, KeyResult};

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
            parse_weight(rest.strip_prefix('(')?.strip_suffix(')')?)?
        };
        Some(Step {
            words: words.trim().to_owned(),
            weight,
        })
    }
}

/// Reads the weight of a step, such as `weight 2.5`; nothing for one of 0 or less, or of more than a million.
pub(crate) fn parse_weight(text: &str) -> Option<Decimal> {
    let number = text.trim().strip_prefix("weight")?;
    number.trim().parse().ok().filter(is_sound)
}

fn is_sound(weight: &Decimal) -> bool {
    *weight > Decimal::ZERO && *weight <= Decimal::from(1_000_000)
}

/// Returns where the parenthesis between `Step` and its colon stands in the Markdown of a title, both signs inside;
/// nothing where there is none.
pub(crate) fn step_parenthesis(markdown: &str) -> Option<std::ops::Range<usize>> {
    let name = step_name(markdown)?;
    let rest = &markdown[name.end..];
    let open = name.end + (rest.len() - rest.trim_start().len());
    let mut depth = 0_usize;
    for (at, byte) in markdown.bytes().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let behind = markdown[at..].strip_prefix(')')?;
            let colon = behind.trim_start_matches(['*', '_', ' ']);
            return colon.starts_with(':').then_some(open..at + 1);
        }
    }
    None
}

/// Returns the title of a step with that weight between `Step` and its colon, in the place of what stands there;
/// nothing where it is no title of a step.
pub(crate) fn with_weight(title: &Inline, weight: Option<Decimal>) -> Option<Inline> {
    let markdown = title.as_markdown();
    let name = step_name(markdown)?;
    let end = step_parenthesis(markdown).map_or(name.end, |there| there.end);
    let weight = weight.map_or(String::new(), |weight| format!(" (weight {weight})"));
    let (before, after) = (&markdown[..name.end], &markdown[end..]);
    Some(Inline::parse(&format!("{before}{weight}{after}")))
}

/// Returns where `Step` stands at the beginning of a title.
fn step_name(markdown: &str) -> Option<std::ops::Range<usize>> {
    let start = markdown.len() - markdown.trim_start_matches(['*', '_']).len();
    let name = markdown.get(start..start + STEP.len())?;
    name.eq_ignore_ascii_case(STEP)
        .then_some(start..start + STEP.len())
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
