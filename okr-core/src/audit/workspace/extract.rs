//! What of a plan it takes to look at it beside others.

use crate::Parsed;
use crate::alignment::Member;
use crate::audit::rules::across;
use crate::audit::shared::last_status;
use crate::audit::{Context, Finding, KeyResultCase, Place, locate};
use crate::diagnostic::Location;
use crate::model::{ElementId, Period, Plan, PlanLevel, Quantity, Status, Target};

/// What of a plan it takes to look at it beside others, without the plan itself.
#[derive(Clone, Debug)]
pub struct Extract {
    pub(in crate::audit) member: Member,
    pub(in crate::audit) level: Option<PlanLevel>,
    pub(in crate::audit) period: Option<Period>,
    /// Whether the plan is over, so that nothing in it is to be planned better.
    pub(in crate::audit) is_closed: bool,
    pub(in crate::audit) objectives: Vec<ObjectiveExtract>,
    /// Where the title of the plan stands.
    location: Location,
    dismisses: bool,
}

/// What of an objective it takes.
#[derive(Clone, Debug)]
pub(in crate::audit) struct ObjectiveExtract {
    /// Its words, without formatting.
    pub(in crate::audit) title: String,
    /// Whether it has key results, so that it has a progress of its own.
    pub(in crate::audit) has_key_results: bool,
    /// The key results that count toward what it supports: of one that supports nothing there are none here, nor of
    /// what was given up or only must not get worse.
    pub(in crate::audit) key_results: Vec<KeyResultExtract>,
    /// Where its title stands, and what it supports.
    location: Location,
    supports: Option<Location>,
}

/// What of a key result it takes to know that another counts the same.
#[derive(Clone, Debug)]
pub(in crate::audit) struct KeyResultExtract {
    /// Its position in its objective.
    pub(in crate::audit) position: usize,
    /// Its statement, without formatting.
    pub(in crate::audit) title: String,
    pub(in crate::audit) measure: Option<String>,
    pub(in crate::audit) source: Option<String>,
    pub(in crate::audit) start: Option<Quantity>,
    pub(in crate::audit) target: Target,
    /// Where the statement stands.
    location: Location,
}

impl Extract {
    /// Returns what is needed of a plan to which links lead, and which is not looked at itself.
    ///
    /// `path` leads to the plan from the root of the workspace, with `/` between folders.
    #[must_use]
    pub fn of_linked(path: impl Into<String>, parsed: &Parsed) -> Self {
        Self::with(path.into(), parsed, |_| Vec::new(), false)
    }

    /// Returns what is needed of a plan that is looked at.
    pub(in crate::audit) fn new(path: &str, parsed: &Parsed, cx: &Context<'_>) -> Self {
        let key_results = |objective: usize| {
            let case = &cx.objectives[objective];
            if case.objective.supports.is_empty() {
                return Vec::new();
            }
            let all = case.key_results.iter().enumerate();
            all.filter_map(|(at, case)| key_result(at, parsed, case))
                .collect()
        };
        let rules = || cx.dismissals.iter().filter_map(|case| case.rule);
        let dismisses = rules().any(|rule| across(rule).is_some());
        Self::with(path.to_owned(), parsed, key_results, dismisses)
    }

    fn with(
        path: String,
        parsed: &Parsed,
        key_results: impl Fn(usize) -> Vec<KeyResultExtract>,
        dismisses: bool,
    ) -> Self {
        let plan: &Plan = &parsed.plan;
        let objectives = plan.objectives.iter().enumerate();
        Self {
            member: Member::new(path, parsed),
            level: plan.level(),
            period: plan.period,
            is_closed: plan.closed().is_some(),
            objectives: objectives
                .map(|(at, objective)| ObjectiveExtract {
                    title: objective.title.plain().into_owned(),
                    has_key_results: !objective.key_results.is_empty(),
                    key_results: key_results(at),
                    location: locate(parsed, ElementId::Objective(at), &Place::Title),
                    supports: (!objective.supports.is_empty()).then(|| {
                        locate(parsed, ElementId::Objective(at), &Place::Field("supports"))
                    }),
                })
                .collect(),
            location: locate(parsed, ElementId::Plan, &Place::Title),
            dismisses,
        }
    }

    /// Returns the way to the plan from the root of the workspace.
    #[must_use]
    pub fn path(&self) -> &str {
        self.member.path()
    }

    /// Returns the Markdown files to which the plan links, as [`Member::files`] does.
    pub fn files(&self) -> impl Iterator<Item = String> {
        self.member.files()
    }

    /// Returns where a finding of a rule that looks at several plans stands in the text, as [`locate`] does.
    #[must_use]
    pub fn locate(&self, finding: &Finding) -> &Location {
        let found = match finding.element {
            ElementId::Objective(at) => {
                let objective = self.objectives.get(at);
                let supports = objective.and_then(|it| it.supports.as_ref());
                let supports = supports.filter(|_| finding.place == Place::Field("supports"));
                supports.or(objective.map(|it| &it.location))
            }
            ElementId::KeyResult(at, key_result) => {
                let all = self.objectives.get(at).map(|it| &it.key_results);
                let mut all = all.into_iter().flatten();
                let found = all.find(|it| it.position == key_result);
                found.map(|it| &it.location)
            }
            _ => None,
        };
        found.unwrap_or(&self.location)
    }

    /// Returns whether a comment in the plan dismisses a rule that looks at several plans, so that the plan is to be
    /// audited with what was found even where that is nothing.
    #[must_use]
    pub const fn dismisses(&self) -> bool {
        self.dismisses
    }
}

fn key_result(
    position: usize,
    parsed: &Parsed,
    case: &KeyResultCase<'_>,
) -> Option<KeyResultExtract> {
    let key_result = case.key_result;
    let is_over = last_status(key_result) == Some(Status::Cancelled);
    let target = case.measure.target.clone()?;
    if is_over || key_result.is_guardrail() {
        return None;
    }
    let plain = |line: &Option<crate::model::Inline>| {
        let words = line.as_ref()?.plain().into_owned();
        (!words.is_empty()).then_some(words)
    };
    Some(KeyResultExtract {
        position,
        title: case.text.clone().into_owned(),
        measure: plain(&key_result.measure.name),
        source: plain(&key_result.measure.source),
        start: case.measure.start.clone(),
        target,
        location: locate(parsed, case.id, &Place::Title),
    })
}
