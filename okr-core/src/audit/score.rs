//! How much of a plan is in order, side by side.

use super::{Audit, Axis, Level};
use crate::model::{ElementId, Plan};

/// For each axis, how many objectives and key results there are, and how many of them have no warning
/// and no error on that axis.
///
/// A finding about an initiative counts for the key result or objective that it stands under; one
/// about the plan itself counts as one more element that is not in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    shares: [Share; Axis::ALL.len()],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Share {
    clean: usize,
    all: usize,
}

impl Score {
    /// Scores a plan by what an audit found in it.
    #[must_use]
    pub fn new(plan: &Plan, audit: &Audit) -> Self {
        let all = plan.objectives.len() + plan.key_results().count();
        let share = |axis: Axis| {
            let mut hit: Vec<ElementId> = audit
                .findings
                .iter()
                .filter(|finding| finding.rule.axis == axis && finding.level >= Level::Warning)
                .map(|finding| finding.element.goal())
                .collect();
            hit.sort_unstable();
            hit.dedup();
            let all = all + usize::from(hit.first() == Some(&ElementId::Plan));
            Share {
                clean: all.saturating_sub(hit.len()),
                all,
            }
        };
        Self {
            shares: Axis::ALL.map(share),
        }
    }

    /// Counts the elements of another plan as well.
    pub fn add(&mut self, other: &Self) {
        for (share, other) in self.shares.iter_mut().zip(&other.shares) {
            share.clean += other.clean;
            share.all += other.all;
        }
    }

    /// Returns the share that is in order in percent, rounded down: 100 says that everything is.
    ///
    /// Returns nothing where there is neither an objective nor a key result to look at.
    #[must_use]
    pub fn percent(&self, axis: Axis) -> Option<usize> {
        let at = Axis::ALL.iter().position(|other| *other == axis)?;
        let Share { clean, all } = self.shares[at];
        (all > 0).then(|| clean * 100 / all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Finding, Findings, RULES};

    const PLAN: &str = "## Objective: a\n\n### Key result: b\n\n### Key result: c\n";

    fn found(level: Level, elements: &[ElementId]) -> Vec<Finding> {
        let rule = RULES
            .iter()
            .find(|rule| rule.axis == Axis::Measurable)
            .expect("there is one");
        let mut findings = Findings::default();
        for element in elements {
            findings.report(rule, *element, "x").level(level);
        }
        findings.into_vec()
    }

    fn audit_of(findings: Vec<Finding>) -> Audit {
        let mut audit = Audit::default();
        audit.findings.extend(findings);
        audit
    }

    #[track_caller]
    fn check(text: &str, level: Level, elements: &[ElementId], expected: Option<usize>) {
        let audit = audit_of(found(level, elements));
        let score = Score::new(&crate::parse(text).plan, &audit);
        assert_eq!(score.percent(Axis::Measurable), expected);
    }

    #[test]
    fn a_score_is_the_share_of_elements_in_order() {
        let key_result = ElementId::KeyResult(0, 0);
        check(PLAN, Level::Error, &[], Some(100));
        check(PLAN, Level::Error, &[key_result, key_result], Some(66));
        check(PLAN, Level::Info, &[key_result], Some(100));
        let initiative = ElementId::Initiative(0, 0, 7);
        check(PLAN, Level::Warning, &[initiative, key_result], Some(66));
        check(PLAN, Level::Warning, &[ElementId::Plan], Some(75));
        check("", Level::Warning, &[], None);
        check("", Level::Warning, &[ElementId::Plan], Some(0));
    }

    #[test]
    fn scores_of_several_plans_are_one() {
        let plan = crate::parse(PLAN).plan;
        let mut score = Score::new(&plan, &Audit::default());
        let audit = audit_of(found(Level::Error, &[ElementId::Objective(0)]));
        score.add(&Score::new(&plan, &audit));
        assert_eq!(score.percent(Axis::Measurable), Some(83));
        assert_eq!(score.percent(Axis::Focus), Some(100));
    }
}
