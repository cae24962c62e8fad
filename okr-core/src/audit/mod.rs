//! Says what is wrong with a plan, where, and what to write instead.

mod context;
mod dismissal;
mod docs;
mod figures;
mod finding;
mod library;
mod measured;
mod mend;
mod people;
mod place;
mod rule;
mod rules;
mod score;
#[cfg(test)]
mod seeds;
mod settings;
mod shared;
#[cfg(test)]
mod testing;
mod tracking;
mod vague;
mod wording;
mod words;
mod work;
mod workspace;

pub use context::{Context, KeyResultCase, ObjectiveCase};
pub use dismissal::{DismissalCase, Dismissed, Standing};
pub use docs::Action;
pub use finding::{Applicability, Finding, Findings, Fix, Order, Place, Question};
pub use library::Library;
pub use mend::{Mended, is_made, mend};
pub use place::locate;
pub use rule::{Axis, Level, Rule, Tier};
pub use rules::RULES;
pub use score::Score;
pub use settings::{Limits, Settings};
pub use workspace::{Beside, Extract, Sight, Workspace};

use jiff::civil::Date;

use crate::Parsed;
use crate::model::{ElementId, Plan, Quantity};

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// What was found, what helps most first.
    pub findings: Vec<Finding>,
    /// What was found and is dismissed in the plan, in the same order.
    pub dismissed: Vec<Dismissed>,
}

/// Audits a plan; `today` is what check-ins are measured against.
///
/// Rules that look at several plans look at nothing; [`audit_beside`] takes in what they find.
#[must_use]
pub fn audit(plan: &Plan, settings: &Settings, today: Option<Date>) -> Audit {
    finished(Context::new(plan, settings, today), None)
}

/// Audits a plan together with what looking at several plans brought to light about it.
#[must_use]
pub fn audit_beside(
    plan: &Plan,
    settings: &Settings,
    today: Option<Date>,
    beside: &Beside,
) -> Audit {
    finished(Context::new(plan, settings, today), Some(beside))
}

/// Audits a plan as [`audit`] does, and returns with it what it takes to look at the plan beside others.
///
/// `path` leads to the plan from the root of the workspace, with `/` between folders.
#[must_use]
pub fn audit_and_extract(
    path: &str,
    parsed: &Parsed,
    settings: &Settings,
    today: Option<Date>,
) -> (Audit, Extract) {
    let cx = Context::new(&parsed.plan, settings, today);
    let extract = Extract::new(path, parsed, &cx);
    (finished(cx, None), extract)
}

fn finished(mut cx: Context<'_>, beside: Option<&Beside>) -> Audit {
    let settings = cx.settings;
    // Whether a dismissal is of use is known when the rules that it may name have run.
    let mut findings = run(&cx, |rule| rule.can_be_dismissed());
    findings.extend(
        beside
            .into_iter()
            .flat_map(|it| it.findings.iter().cloned()),
    );
    let has_day = cx.today.is_some();
    let could_look = |rule: &Rule| {
        let needed = rule.sight();
        // Without a day, rules about check-ins look at nothing.
        settings.runs(rule)
            && (has_day || rule.axis != Axis::Tracked)
            && needed.is_none_or(|needed| beside.is_some_and(|it| it.sight >= needed))
    };
    let mut dismissed = dismissal::split(&mut cx.dismissals, &mut findings, could_look);
    findings.extend(run(&cx, |rule| !rule.can_be_dismissed()));
    for finding in findings
        .iter_mut()
        .chain(dismissed.iter_mut().map(|one| &mut one.finding))
    {
        if let Some(level) = settings.levels.get(finding.rule.id) {
            finding.level = *level;
        }
    }
    findings.retain(|finding| finding.level != Level::Off);
    dismissed.retain(|one| one.finding.level != Level::Off);
    findings.sort_by_key(Finding::order);
    dismissed.sort_by_key(|one| one.finding.order());
    Audit {
        findings,
        dismissed,
    }
}

/// Returns why a key result cannot have a value, as a phrase: a share of more than all or less than none, or a number of
/// things below zero. Nothing where it can, and where the target itself is no better.
#[must_use]
pub fn impossible_value(
    plan: &Plan,
    id: ElementId,
    value: &Quantity,
    settings: &Settings,
) -> Option<String> {
    let cx = Context::new(plan, settings, None);
    let case = cx.key_results().find(|case| case.id == id)?;
    rules::impossible_value(case, value)
}

fn run(cx: &Context<'_>, is_wanted: impl Fn(&Rule) -> bool) -> Vec<Finding> {
    let mut findings = Findings::default();
    for rule in RULES.iter().filter(|rule| is_wanted(rule)) {
        if cx.settings.runs(rule) {
            (rule.check)(cx, &mut findings);
        }
    }
    let mut findings = findings.into_vec();
    findings.iter_mut().for_each(wording::shorten);
    findings
}
