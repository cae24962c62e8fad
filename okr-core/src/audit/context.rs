//! What a rule sees.

use std::borrow::Cow;
use std::cell::OnceCell;

use jiff::civil::Date;

use super::Settings;
use super::dismissal::{self, DismissalCase};
use super::people::Owner;
use crate::completion::Completed;
use crate::model::{ElementId, KeyResult, Measure, Objective, Plan};
use crate::progress::{Schedules, Track};
use crate::statement::{self, ObjectiveReading, Reading};

/// What a rule sees: the plan, with each statement read once.
#[derive(Debug)]
pub struct Context<'a> {
    /// The plan as it was written.
    pub plan: &'a Plan,
    /// What the user set.
    pub settings: &'a Settings,
    /// The day for which the audit speaks; rules about check-ins are silent without one.
    pub today: Option<Date>,
    /// Whether any key result has a check-in.
    pub is_tracked: bool,
    /// The objectives, in the order of the plan.
    pub objectives: Vec<ObjectiveCase<'a>>,
    /// The dismissals, in the order of the plan.
    pub dismissals: Vec<DismissalCase>,
    /// Who owns the plan.
    pub(super) owner: Owner<'a>,
    /// When check-ins are due.
    pub(super) schedules: Schedules,
}

/// An objective as a rule sees it.
#[derive(Debug)]
pub struct ObjectiveCase<'a> {
    /// Its position.
    pub id: ElementId,
    /// The objective as it was written.
    pub objective: &'a Objective,
    /// Its title without formatting, which places of words count in.
    pub text: Cow<'a, str>,
    /// What the title says.
    pub reading: ObjectiveReading,
    /// Who owns it.
    pub(super) owner: Owner<'a>,
    /// Its key results, in the order of the plan.
    pub key_results: Vec<KeyResultCase<'a>>,
}

/// A key result as a rule sees it.
#[derive(Debug)]
pub struct KeyResultCase<'a> {
    /// Its position.
    pub id: ElementId,
    /// The key result as it was written.
    pub key_result: &'a KeyResult,
    /// Its statement without formatting, which places of words count in.
    pub text: Cow<'a, str>,
    /// What the statement says.
    pub reading: Reading,
    /// Who owns it.
    pub(super) owner: Owner<'a>,
    /// The measure: as stated in fields, and what they do not state as read from the statement.
    pub measure: Measure,
    /// The due date: as stated in the field, else as read from the statement, also where its day is vague.
    pub due: Option<Date>,
    /// Where it stands, once a rule has asked.
    pub(super) track: OnceCell<Track<'a>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(plan: &'a Plan, settings: &'a Settings, today: Option<Date>) -> Self {
        let owner = |written: Option<&'a str>| Owner::read(written, plan.team.as_deref());
        let objectives = plan.objectives.iter().enumerate();
        let objectives = objectives
            .map(|(o, objective)| ObjectiveCase {
                id: ElementId::Objective(o),
                objective,
                reading: statement::read_objective(&objective.title.plain(), &settings.lexicon),
                text: objective.title.plain(),
                owner: owner(objective.owner.as_deref()),
                key_results: objective
                    .key_results
                    .iter()
                    .enumerate()
                    .map(|(k, key_result)| {
                        let text = key_result.title.plain();
                        let reading = statement::read(&text, plan.period, &settings.lexicon);
                        let completed = Completed::from_reading(key_result, &reading, &text);
                        KeyResultCase {
                            id: ElementId::KeyResult(o, k),
                            key_result,
                            measure: completed.measure,
                            due: key_result.due.or(reading.deadline),
                            text,
                            reading,
                            owner: owner(key_result.owner.as_deref()),
                            track: OnceCell::new(),
                        }
                    })
                    .collect(),
            })
            .collect();
        Self {
            plan,
            settings,
            today,
            is_tracked: plan
                .key_results()
                .any(|(_, key_result)| !key_result.check_ins.is_empty()),
            objectives,
            dismissals: dismissal::cases(plan),
            owner: owner(plan.owner.as_deref()),
            schedules: settings.schedules(),
        }
    }

    /// Returns every key result, in the order of the plan.
    pub fn key_results(&self) -> impl Iterator<Item = &KeyResultCase<'a>> {
        self.objectives
            .iter()
            .flat_map(|objective| &objective.key_results)
    }
}
