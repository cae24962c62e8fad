//! Says what is wrong with a plan, where, and what to write instead.

mod context;
mod docs;
mod finding;
mod mend;
mod place;
mod rule;
mod rules;
mod score;
mod settings;

pub use context::{Context, KeyResultCase, ObjectiveCase};
pub use docs::Action;
pub use finding::{Applicability, Finding, Findings, Fix, Place, Question};
pub use mend::{Mended, is_made, mend};
pub use place::locate;
pub use rule::{Axis, Level, Rule, Tier};
pub use rules::RULES;
pub use score::Score;
pub use settings::{Limits, Settings};

use jiff::civil::Date;

use crate::model::Plan;

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// What was found, what helps most first.
    pub findings: Vec<Finding>,
}

/// Audits a plan; `today` is what check-ins are measured against.
#[must_use]
pub fn audit(plan: &Plan, settings: &Settings, today: Option<Date>) -> Audit {
    let cx = Context::new(plan, settings, today);
    let mut findings = Findings::default();
    for rule in RULES.iter().filter(|rule| settings.runs(rule)) {
        (rule.check)(&cx, &mut findings);
    }
    let mut findings = findings.into_vec();
    for finding in &mut findings {
        if let Some(level) = settings.levels.get(finding.rule.id) {
            finding.level = *level;
        }
    }
    findings.retain(|finding| finding.level != Level::Off);
    findings.sort_by_key(|finding| {
        let level = std::cmp::Reverse(finding.level);
        (level, finding.rule.rank, finding.element, finding.rule.id)
    });
    Audit { findings }
}
