//! How much of a plan is in order, side by side.

use super::{Audit, Axis, Finding, Level, Order};
use crate::model::{ElementId, Plan};

/// For each axis, how many elements there are to judge, and how many of them are in order.
///
/// - Focus, outcome and owned look at objectives and key results; measurable and dated at key results;
///   tracked at key results as soon as one of the plan has a check-in.
/// - An element is not in order when it has an error or a warning of that axis.
/// - A key result without a day of its own is not dated, though the end of the period counts for it.
/// - One of mere effort is not measurable as long as no number is there.
/// - A finding about an initiative counts for the key result or objective that it stands under; one
///   about what the axis does not look at, such as the plan, counts as one more element.
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
        let key_results = || plan.key_results().map(|(id, _)| id);
        let share = |axis: Axis| {
            let is_tracked = || {
                let mut all = plan.key_results();
                all.any(|(_, key_result)| !key_result.check_ins.is_empty())
            };
            let mut all: Vec<ElementId> = match axis {
                Axis::Focus | Axis::Outcome | Axis::Owned => (0..plan.objectives.len())
                    .map(ElementId::Objective)
                    .chain(key_results())
                    .collect(),
                Axis::Measurable | Axis::Dated => key_results().collect(),
                Axis::Tracked if is_tracked() => key_results().collect(),
                Axis::Tracked => Vec::new(),
            };
            let findings = audit.findings.iter();
            let mut hit: Vec<ElementId> = findings
                .filter(|finding| lowers(finding, axis))
                .map(|finding| finding.element.goal())
                .collect();
            hit.sort_unstable();
            hit.dedup();
            all.extend(&hit);
            all.sort_unstable();
            all.dedup();
            Share {
                clean: all.len() - hit.len(),
                all: all.len(),
            }
        };
        Self {
            shares: Axis::ALL.map(share),
        }
    }

    /// Takes in a finding of a rule that looks at several plans, beside those in `before` that were scored.
    pub fn lower(&mut self, before: &[Order], finding: &Finding) {
        let axis = finding.rule.axis;
        let element = finding.element.goal();
        let is_known = before.iter().any(|it| it.lowers(element, axis));
        if !lowers(finding, axis) || is_known {
            return;
        }
        let at = Axis::ALL.iter().position(|other| *other == axis);
        let share = &mut self.shares[at.expect("is an axis")];
        if element == ElementId::Plan {
            share.all += 1;
        } else {
            share.clean = share.clean.saturating_sub(1);
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
    /// Returns nothing where there is nothing to judge, such as check-ins in a plan that has none.
    #[must_use]
    pub fn percent(&self, axis: Axis) -> Option<usize> {
        let at = Axis::ALL.iter().position(|other| *other == axis)?;
        let Share { clean, all } = self.shares[at];
        (all > 0).then(|| clean * 100 / all)
    }
}

/// Returns whether a finding says that its element is not in order on an axis.
fn lowers(finding: &Finding, axis: Axis) -> bool {
    let rule = finding.rule;
    match (axis, rule.id) {
        (Axis::Dated, "no-deadline") => finding.level >= Level::Info,
        (Axis::Measurable, "activity-verb") => finding.level == Level::Error,
        _ => rule.axis == axis && finding.level >= Level::Warning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Finding, Findings, RULES, Settings, audit};

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
        check(PLAN, Level::Error, &[key_result, key_result], Some(50));
        check(PLAN, Level::Info, &[key_result], Some(100));
        let initiative = ElementId::Initiative(0, 0, 7);
        check(PLAN, Level::Warning, &[initiative, key_result], Some(50));
        check(PLAN, Level::Warning, &[ElementId::Plan], Some(66));
        check("", Level::Warning, &[], None);
        check("", Level::Warning, &[ElementId::Plan], Some(0));
    }

    #[test]
    fn what_cannot_be_judged_has_no_score_and_what_is_not_there_scores_nothing() {
        let score = |text: &str| {
            let plan = crate::parse(text).plan;
            let today = Some(jiff::civil::date(2026, 11, 22));
            let score = Score::new(&plan, &audit(&plan, &Settings::default(), today));
            [Axis::Measurable, Axis::Dated, Axis::Tracked].map(|axis| score.percent(axis))
        };
        let text = "---\nperiod: 2026-Q4\n---\n\n## Objective: Get paid sooner\n\n";
        assert_eq!(score(text), [Some(0), None, None]);
        // The end of the period counts, but is no day of its own.
        let text = format!("{text}### Key result: Cut DSO from 52 to 44 days\n\n");
        let text = format!("{text}### Key result: Keep disputes below 5\n\n- Due: 2026-12-31\n\n");
        assert_eq!(score(&text), [Some(100), Some(50), None]);
        let text = format!("{text}| Date | Value |\n|---|---|\n| 2026-11-20 | 3 |\n");
        assert_eq!(score(&text), [Some(100), Some(50), Some(50)]);
        let text = "## Objective: a\n\n### Key result: Explore new channels by 1 May 2027\n";
        assert_eq!(score(text), [Some(0), Some(100), None]);
    }

    #[test]
    fn scores_of_several_plans_are_one() {
        let plan = crate::parse(PLAN).plan;
        let mut score = Score::new(&plan, &Audit::default());
        let audit = audit_of(found(Level::Error, &[ElementId::KeyResult(0, 0)]));
        score.add(&Score::new(&plan, &audit));
        assert_eq!(score.percent(Axis::Measurable), Some(75));
        assert_eq!(score.percent(Axis::Focus), Some(100));
    }
}
