//! Makes what the fixes of an audit say.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Applicability, Finding, Settings, audit};
use crate::Parsed;
use crate::edit::{Change, edit};
use crate::model::{ElementId, Plan};

/// The most rounds: a fix can bring another one to light, but not without end.
const MAX_ROUNDS: usize = 64;

/// A text with fixes made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text afterwards.
    pub text: String,
    /// What was done, in order: the id of each rule, and the element as it was numbered then.
    pub made: Vec<(&'static str, ElementId)>,
}

/// Makes every fix of a plan up to `most`, until there is none left.
///
/// With [`Applicability::Safe`] the meaning of the plan stays; with [`Applicability::Unsafe`] suggestions
/// are taken too. What is for display only is never made.
#[must_use]
pub fn mend(text: &str, settings: &Settings, today: Option<Date>, most: Applicability) -> Mended {
    mend_with(text, most, |plan| audit(plan, settings, today).findings)
}

fn mend_with(text: &str, most: Applicability, find: impl Fn(&Plan) -> Vec<Finding>) -> Mended {
    let mut parsed = crate::parse(text);
    let mut made = Vec::new();
    // A fix that cannot be made is not tried again and again.
    let mut refused = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let shape = shape(&parsed.plan);
        let mut touched = HashSet::new();
        let mut again = false;
        for finding in find(&parsed.plan) {
            let Some(fix) = finding.fix.as_ref().filter(|_| is_made(&finding, most)) else {
                continue;
            };
            let name = (finding.rule.id, finding.element);
            if refused.contains(&name) {
                continue;
            }
            // A second fix of the same element was made for words that may be gone by now.
            let goal = finding.element.goal();
            if touched.contains(&goal) {
                again = true;
                continue;
            }
            let Some(fixed) = made_of(&parsed, &fix.changes) else {
                refused.insert(name);
                continue;
            };
            parsed = fixed;
            made.push(name);
            touched.insert(goal);
            again = true;
            // What has other numbers now is looked for anew.
            if self::shape(&parsed.plan) != shape {
                break;
            }
        }
        if !again {
            break;
        }
    }
    Mended {
        text: parsed.document.text().to_owned(),
        made,
    }
}

/// Returns the plan with all changes made, or nothing when they cannot be made or change nothing.
fn made_of(before: &Parsed, changes: &[Change]) -> Option<Parsed> {
    let mut after: Option<Parsed> = None;
    for change in changes {
        let parsed = after.as_ref().unwrap_or(before);
        let patch = edit(parsed, change).ok()?;
        if !patch.is_empty() {
            after = Some(crate::parse(patch.apply(parsed.document.text())));
        }
    }
    after.filter(|after| after.document.text() != before.document.text())
}

/// Returns how many key results each objective has.
fn shape(plan: &Plan) -> Vec<usize> {
    let objectives = plan.objectives.iter();
    objectives
        .map(|objective| objective.key_results.len())
        .collect()
}

/// Returns whether a finding has a fix that may be made.
#[must_use]
pub fn is_made(finding: &Finding, most: Applicability) -> bool {
    let applicability = finding.fix.as_ref().map(|fix| fix.applicability);
    applicability.is_some_and(|it| it <= most && it != Applicability::Display)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Findings, Fix, RULES};
    use crate::model::Inline;

    const PLAN: &str = "## Objective: a\n\n### Key result: one two\n\n### Key result: one\n";

    /// Finds words of titles, and what to put in their place.
    fn replacing<'a>(
        pairs: &'a [(&'a str, &'a str, Applicability)],
    ) -> impl Fn(&Plan) -> Vec<Finding> + 'a {
        move |plan| {
            let mut findings = Findings::default();
            for (element, key_result) in plan.key_results() {
                let words = key_result.title.plain();
                for (old, new, applicability) in pairs {
                    if words.contains(old) {
                        let fix = Fix {
                            title: "say it otherwise".to_owned(),
                            changes: vec![Change::SetTitle {
                                element,
                                title: Inline::from_plain(&words.replace(old, new)),
                            }],
                            applicability: *applicability,
                        };
                        findings.report(RULES[0], element, "x").fix(fix);
                    }
                }
            }
            findings.into_vec()
        }
    }

    #[track_caller]
    fn check(
        pairs: &[(&str, &str, Applicability)],
        most: Applicability,
        first: &str,
        second: &str,
        made: usize,
    ) {
        let mended = mend_with(PLAN, most, replacing(pairs));
        let expected =
            format!("## Objective: a\n\n### Key result: {first}\n\n### Key result: {second}\n");
        assert_eq!((&*mended.text, mended.made.len()), (&*expected, made));
    }

    #[test]
    fn every_fix_is_made_also_of_one_element() {
        use Applicability::{Display, Safe, Unsafe};
        let pairs = [("one", "1", Safe), ("two", "2", Safe), ("1", "I", Safe)];
        check(&pairs, Safe, "I 2", "I", 5);
        check(&pairs, Unsafe, "I 2", "I", 5);
        let pairs = [("one", "1", Unsafe), ("two", "2", Display)];
        check(&pairs, Safe, "one two", "one", 0);
        check(&pairs, Unsafe, "1 two", "1", 2);
        check(&pairs, Display, "1 two", "1", 2);
    }

    #[test]
    fn fixes_without_end_and_fixes_that_cannot_be_made_end() {
        use Applicability::Safe;
        let pairs = [("one", "two", Safe), ("two", "one", Safe)];
        assert!(mend_with(PLAN, Safe, replacing(&pairs)).made.len() > 2);
        check(&[("one two", "", Safe)], Safe, "one two", "one", 0);
        check(&[("one", "one", Safe)], Safe, "one two", "one", 0);
    }
}
