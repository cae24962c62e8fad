//! Changes of every kind, for any plan.

use okr_core::Parsed;
use okr_core::edit::Change;
use okr_core::model::{CheckIn, ElementId, Inline, KeyResult, Objective};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::strategies::{
    Place, check_in, day, elements, free_text, key_result, objective, words,
};

/// A kind of change; the element it is made to is chosen when the plan is known.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Field(&'static str, &'static str),
    Title(String),
    Done(bool),
    Owner(Option<&'static str>),
    Due(bool),
    AddInitiative(String, bool),
    RemoveInitiative,
    AddKeyResult(Box<KeyResult>, prop::sample::Index),
    RemoveKeyResult,
    AddObjective(Box<Objective>, prop::sample::Index),
    RemoveObjective,
    AddCheckIn(Box<CheckIn>),
    SetCheckIn(Box<CheckIn>, prop::sample::Index),
    RemoveCheckIn(prop::sample::Index),
    Text(String),
    Dismiss(&'static str, String),
}

pub(super) fn changes() -> impl Strategy<Value = Vec<(Kind, prop::sample::Index)>> {
    let field = select(
        &[
            ("Owner", "Sam Ortiz"),
            ("owner", ""),
            ("Owner", "a*b*"),
            ("Baseline", "68%"),
            ("Baseline", ""),
            ("Target", "+25%"),
            ("Target", "at least 95%"),
            ("Target", "-3 days"),
            ("Due", "2026-11-30"),
            ("Due", ""),
            ("Due", "soon"),
            ("Type", "committed"),
            ("Measure", "paid on time"),
            ("Source", "report #3"),
            ("Supports", "[a](b.md)"),
            ("Colour", "blue"),
            ("Colour", ""),
            ("period", "2026-Q3"),
            ("team", "A: b"),
            ("cadence", "monthly"),
            ("fiscal-year-start", "April"),
            ("plan", "# x"),
            ("Id", "x"),
            ("Unit", "days"),
            ("Direction", "keep"),
            ("Baseline question", "How many?"),
        ][..],
    )
    .prop_map(|(name, value)| Kind::Field(name, value));
    let kind = prop_oneof![
        6 => field,
        2 => words().prop_map(Kind::Title),
        1 => any::<bool>().prop_map(Kind::Done),
        1 => select(&[None, Some("kim"), Some("Ana (AR), Sam")][..]).prop_map(Kind::Owner),
        1 => any::<bool>().prop_map(Kind::Due),
        2 => (words(), any::<bool>()).prop_map(|(title, due)| Kind::AddInitiative(title, due)),
        1 => Just(Kind::RemoveInitiative),
        2 => (key_result(), any::<prop::sample::Index>())
            .prop_map(|(key_result, position)| Kind::AddKeyResult(Box::new(key_result), position)),
        1 => Just(Kind::RemoveKeyResult),
        1 => (objective(), any::<prop::sample::Index>())
            .prop_map(|(objective, position)| Kind::AddObjective(Box::new(objective), position)),
        1 => Just(Kind::RemoveObjective),
        4 => check_in().prop_map(|check_in| Kind::AddCheckIn(Box::new(check_in))),
        2 => (check_in(), any::<prop::sample::Index>())
            .prop_map(|(check_in, row)| Kind::SetCheckIn(Box::new(check_in), row)),
        1 => any::<prop::sample::Index>().prop_map(Kind::RemoveCheckIn),
        3 => prop_oneof![free_text(Place::KeyResult), words(), Just(String::new())].prop_map(Kind::Text),
        2 => (select(&["no-number", "No-Owner", "no such"][..]), words())
            .prop_map(|(rule, reason)| Kind::Dismiss(rule, reason)),
    ];
    prop::collection::vec((kind, any::<prop::sample::Index>()), 1..8)
}

pub(super) fn changes_for(parsed: &Parsed, kinds: &[(Kind, prop::sample::Index)]) -> Vec<Change> {
    let ids = elements(&parsed.plan);
    let initiatives: Vec<ElementId> = ids
        .iter()
        .copied()
        .filter(|id| parsed.plan.initiative(*id).is_some())
        .collect();
    let key_results: Vec<ElementId> = parsed.plan.key_results().map(|(id, _)| id).collect();
    let mut changes = Vec::new();
    // A code block that does not end may have taken every element into itself.
    if initiatives.is_empty() || key_results.is_empty() {
        return changes;
    }
    for (kind, index) in kinds {
        let element = ids[index.index(ids.len())];
        let initiative = initiatives[index.index(initiatives.len())];
        let key_result = key_results[index.index(key_results.len())];
        // One too many: there is no such row.
        let row = |row: &prop::sample::Index| {
            let there = parsed.plan.key_result(key_result);
            row.index(there.map_or(0, |there| there.check_ins.len()) + 1)
        };
        changes.push(match kind {
            Kind::Field(field, value) => Change::SetField {
                element,
                field: (*field).to_owned(),
                value: Inline::from_plain(value),
            },
            Kind::Title(title) => Change::SetTitle {
                element,
                title: Inline::from_plain(title),
            },
            Kind::Done(done) => Change::SetDone {
                initiative,
                done: *done,
            },
            Kind::Owner(owner) => Change::SetInitiativeOwner {
                initiative,
                owner: owner.map(str::to_owned),
            },
            Kind::Due(due) => Change::SetInitiativeDue {
                initiative,
                due: due.then(day),
            },
            Kind::AddInitiative(title, due) => Change::AddInitiative {
                element,
                title: Inline::from_plain(title),
                owner: due.then(|| "Ana (AR), Sam".to_owned()),
                due: due.then(day),
            },
            Kind::RemoveInitiative => Change::RemoveInitiative { initiative },
            Kind::AddKeyResult(key_result, position) => {
                let objective = index.index(parsed.plan.objectives.len());
                let count = parsed.plan.objectives[objective].key_results.len();
                Change::AddKeyResult {
                    objective,
                    position: position.index(count + 1),
                    key_result: key_result.clone(),
                }
            }
            Kind::RemoveKeyResult => Change::RemoveKeyResult { key_result },
            Kind::AddObjective(objective, position) => Change::AddObjective {
                position: position.index(parsed.plan.objectives.len() + 1),
                objective: objective.clone(),
            },
            Kind::RemoveObjective => Change::RemoveObjective {
                objective: index.index(parsed.plan.objectives.len()),
            },
            Kind::AddCheckIn(check_in) => Change::AddCheckIn {
                key_result,
                check_in: check_in.clone(),
            },
            Kind::SetCheckIn(check_in, position) => Change::SetCheckIn {
                key_result,
                position: row(position),
                check_in: check_in.clone(),
            },
            Kind::RemoveCheckIn(position) => Change::RemoveCheckIn {
                key_result,
                position: row(position),
            },
            Kind::Text(text) => Change::SetText {
                element,
                text: text.clone(),
            },
            Kind::Dismiss(rule, reason) => Change::Dismiss {
                element,
                rule: (*rule).to_owned(),
                reason: reason.clone(),
            },
        });
    }
    changes
}
