//! What of a plan comes back when the table of a platform is read again.

use okr_core::model::{CheckIn, KeyResult, Objective, Plan};

use super::Dialect;
use super::write::with_words;
use crate::carries::{Carries, Part};
use crate::format::WriteOptions;

/// A part of a plan that some platform's table does not give back.
///
/// Objectives, key results, initiatives below key results, their titles and their numbers come back
/// from each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Piece {
    /// The title of the plan.
    Title,
    /// The free text of the plan.
    PlanText,
    /// The period of the plan.
    Period,
    /// The team of the plan.
    Team,
    /// The owners, texts, fields and initiatives of objectives.
    OfObjectives,
}

impl Piece {
    /// Every piece.
    pub const ALL: [Self; 5] = [
        Self::Title,
        Self::PlanText,
        Self::Period,
        Self::Team,
        Self::OfObjectives,
    ];

    /// Returns what to call the piece in a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Title => "the title of the plan",
            Self::PlanText => "the text of the plan",
            Self::Period => "the period",
            Self::Team => "the team",
            Self::OfObjectives => "owners, texts, fields and initiatives of objectives",
        }
    }
}

impl Dialect {
    /// Returns what is left of `plan` when it is written for the platform and read again.
    ///
    /// Of the check-ins it is the latest value and status, in one check-in of the day of the latest.
    /// What the key results state in their words alone is stated by fields as well. Formatting within
    /// lines is gone, and so is whatever is about the plan as a document.
    #[must_use]
    pub fn reduce(&self, plan: &Plan, options: &WriteOptions) -> Plan {
        let carries = |piece| self.carries.contains(&piece);
        let plan = with_words(plan, options);
        let mut left = Plan {
            title: plan.title.filter(|_| carries(Piece::Title)),
            text: if carries(Piece::PlanText) {
                plan.text
            } else {
                String::new()
            },
            period: plan.period.filter(|_| carries(Piece::Period)),
            team: plan.team.filter(|_| carries(Piece::Team)),
            ..Plan::default()
        };
        for objective in plan.objectives {
            let mut kept = Objective {
                title: objective.title,
                key_results: objective.key_results.into_iter().map(key_result).collect(),
                ..Objective::default()
            };
            if carries(Piece::OfObjectives) {
                kept.id = objective.id;
                kept.owner = objective.owner;
                kept.commitment = objective.commitment;
                kept.supports = objective.supports;
                kept.text = objective.text;
                kept.initiatives = objective.initiatives;
            }
            left.objectives.push(kept);
        }
        Carries::ALL
            .without(Part::Formatting)
            .without(Part::UnitPlaces)
            .without(Part::EmptyValues)
            .reduce(&left)
    }
}

fn key_result(mut key_result: KeyResult) -> KeyResult {
    key_result.fields.clear();
    key_result.check_ins = latest(&key_result.check_ins).into_iter().collect();
    key_result
}

fn latest(check_ins: &[CheckIn]) -> Option<CheckIn> {
    let date = check_ins.iter().map(|check_in| check_in.date).max()?;
    let mut last = CheckIn::new(date);
    last.value = crate::formats::latest(check_ins, |check_in| check_in.value.clone());
    last.status = crate::formats::latest(check_ins, |check_in| check_in.status);
    (last.value.is_some() || last.status.is_some()).then_some(last)
}
