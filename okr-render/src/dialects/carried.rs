//! What of a plan comes back when the table of a platform is read again.

use jiff::civil::Date;
use okr_core::fields::{HasFields, OBJECTIVE_DUE, OBJECTIVE_STATUS, WEIGHT};
use okr_core::model::{CheckIn, Fields, Inline, KeyResult, Objective, Period, Plan};
use rust_decimal::Decimal;

use super::write::{period_told, with_words};
use super::{Dialect, Form, RowKind};
use crate::carries::{Carries, Part};
use crate::format::WriteOptions;
use crate::import::SaidStatus;
use crate::import::layout::Field;

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

/// What comes back from no platform.
const NOWHERE: &[&str] = &[
    "the name, owner, cadence and other front matter of the plan, and its sections",
    "fields of your own, and formatting within lines",
    "check-ins before the latest, and its note and confidence",
    "a check-in that says only that nothing has begun",
];

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
    /// Returns whether a piece comes back when a table that okr wrote is read again.
    ///
    /// Of a period, only the days come back where dates tell it, and nothing where the platform has no word for
    /// it; of each table that is written, the notes tell.
    #[must_use]
    pub fn carries(&self, piece: Piece) -> bool {
        self.takes.is_some_and(|form| match piece {
            Piece::Title | Piece::PlanText => form.has_rows(RowKind::Plan),
            Piece::Period => form.tells_periods(),
            Piece::Team => form.holds(RowKind::Objective, Field::Team),
            Piece::OfObjectives => form.holds(RowKind::Objective, Field::Description),
        })
    }

    /// Returns what does not come back when a table that okr wrote is read again, as phrases; nothing where it
    /// writes none.
    pub fn not_carried(&self) -> impl Iterator<Item = &'static str> {
        let pieces = Piece::ALL.into_iter();
        let pieces = pieces.filter(|piece| !self.carries(*piece));
        let all = pieces.map(Piece::words).chain(NOWHERE.iter().copied());
        all.filter(|_| self.is_written())
    }

    /// Returns what is left of `plan` when it is written for the platform and read again; nothing where okr
    /// writes no tables for it.
    ///
    /// Of the check-ins it is the latest value and status, in one check-in of the day of the latest.
    /// What the key results state in their words alone is stated by fields as well, and where nothing tells the
    /// period, its last day is that of each objective. Fields of other names, formatting within lines, and
    /// whatever is about the plan as a document are gone.
    #[must_use]
    pub fn reduce(&self, plan: &Plan, options: &WriteOptions) -> Plan {
        let Some(form) = self.takes else {
            return Plan::default();
        };
        let mut plan = with_words(plan, options);
        let period = period_told(self, form, &plan, options);
        let last = plan.period.map(Period::end);
        let name = Inline::from_plain(&plan.display_name());
        let title = plan.title.take().unwrap_or(name);
        let mut left = Plan {
            title: Some(title).filter(|_| self.carries(Piece::Title)),
            text: std::mem::take(&mut plan.text),
            period,
            team: plan.team.filter(|_| self.carries(Piece::Team)),
            ..Plan::default()
        };
        if !self.carries(Piece::PlanText) {
            left.text.clear();
        }
        for mut objective in plan.objectives {
            self.reduce_objective(form, &mut objective, (period, last));
            left.objectives.push(objective);
        }
        Carries::ALL
            .without(Part::Formatting)
            .without(Part::UnitPlaces)
            .without(Part::EmptyValues)
            .reduce(&left)
    }

    /// Reduces an objective in a table that tells a period and may have the last day of the plan's.
    fn reduce_objective(
        &self,
        form: &'static Form,
        objective: &mut Objective,
        (period, last): (Option<Period>, Option<Date>),
    ) {
        let statuses = objective.key_results.iter();
        let statuses: Vec<_> = statuses
            .filter_map(|key_result| latest(&key_result.check_ins)?.status)
            .filter_map(SaidStatus::of)
            .collect();
        let filler = self.status_by_key_results(form, &statuses);
        for key_result in &mut objective.key_results {
            self.reduce_key_result(form, key_result);
        }
        if !self.carries(Piece::OfObjectives) {
            *objective = Objective {
                title: std::mem::take(&mut objective.title),
                key_results: std::mem::take(&mut objective.key_results),
                ..Objective::default()
            };
            return;
        }
        let weight = form.weight(RowKind::Objective, objective.stated_weight());
        let status = self.status(form, objective);
        let due = objective.due();
        keep_known::<Objective>(&mut objective.fields);
        put_weight(&mut objective.fields, weight);
        if let Some(status) = status {
            let said = Some(status.phrase()).filter(|_| Some(status) != filler);
            put(&mut objective.fields, OBJECTIVE_STATUS, said);
        }
        let last = last.filter(|_| form.holds(RowKind::Objective, Field::Due));
        if let Some(due) = due.or(last) {
            let is_told = period.is_some_and(|period| period.end() == due);
            let said = Some(due.to_string()).filter(|_| !is_told);
            put(&mut objective.fields, OBJECTIVE_DUE, said);
        }
    }

    /// Reduces a key result, of which the platform may want a value and a status where nobody gave them.
    ///
    /// A check-in that says that nothing has begun says nothing to it.
    fn reduce_key_result(&self, form: &Form, key_result: &mut KeyResult) {
        let weight = form.weight(RowKind::KeyResult, key_result.stated_weight());
        keep_known::<KeyResult>(&mut key_result.fields);
        put_weight(&mut key_result.fields, weight);
        let last = latest(&key_result.check_ins);
        key_result.check_ins.clear();
        let Some(mut last) = last else { return };
        let start = key_result.measure.start.as_ref();
        if form.fills_current() {
            last.value = last.value.or_else(|| start.cloned());
        }
        let filler = self.status_of_nobody(form);
        let status = last.status.and_then(SaidStatus::of).or(filler);
        last.status = status.map(|status| status.status().0);
        let is_start = match (&last.value, start) {
            (Some(value), Some(start)) => value.value == start.value,
            (value, _) => value.is_none(),
        };
        if !(is_start && status == Some(SaidStatus::NotStarted)) {
            key_result.check_ins.push(last);
        }
    }
}

/// Keeps the fields that have a meaning, under their usual names.
fn keep_known<E: HasFields>(fields: &mut Fields) {
    for (name, value) in std::mem::take(fields) {
        if let Some(kept) = E::kept_field(&name) {
            fields.insert(kept.name.to_owned(), value);
        }
    }
}

/// Puts a weight as a column holds it, which does not say that something counts once.
fn put_weight(fields: &mut Fields, weight: Option<Decimal>) {
    if let Some(weight) = weight {
        let said = Some(weight.normalize().to_string()).filter(|_| weight != Decimal::ONE);
        put(fields, WEIGHT, said);
    }
}

fn put(fields: &mut Fields, name: &str, value: Option<String>) {
    match value {
        Some(value) => {
            fields.insert(name.to_owned(), Inline::from_plain(&value));
        }
        None => {
            fields.shift_remove(name);
        }
    }
}

fn latest(check_ins: &[CheckIn]) -> Option<CheckIn> {
    let date = check_ins.iter().map(|check_in| check_in.date).max()?;
    let mut last = CheckIn::new(date);
    last.value = crate::formats::latest(check_ins, |check_in| check_in.value.clone());
    last.status = crate::formats::latest(check_ins, |check_in| check_in.status);
    (last.value.is_some() || last.status.is_some()).then_some(last)
}
