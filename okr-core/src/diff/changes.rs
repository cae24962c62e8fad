//! The changes that make the differences.

use std::collections::{HashMap, HashSet};

use super::{Diff, Difference, What};
use crate::edit::Change;
use crate::model::{ElementId, Initiative, Inline, Objective, Plan, Section};

/// Returns the changes that make the differences of `diff` that can be carried.
///
/// Elements that stay are changed first, while they stand where the old plan has them; then what is gone or
/// moves is taken away, and at last what is new or moved is put in its place.
pub(super) fn changes(diff: &Diff<'_>) -> Vec<Change> {
    let mut making = Making::new(diff);
    making.fields();
    making.texts();
    making.initiatives();
    making.check_ins();
    making.removals();
    making.additions();
    making.changes
}

struct Making<'p, 'd> {
    diff: &'d Diff<'p>,
    /// The old plan with the changes so far.
    plan: Plan,
    changes: Vec<Change>,
    /// Objectives and key results that are taken away, to be put elsewhere or not.
    leaving: HashSet<ElementId>,
    /// Objectives and key results that are put in: by what they are in the new plan.
    coming: HashSet<ElementId>,
}

impl<'p, 'd> Making<'p, 'd> {
    fn new(diff: &'d Diff<'p>) -> Self {
        let mut leaving = HashSet::new();
        let mut coming = HashSet::new();
        for one in carried(diff) {
            // What could not be put in again would be lost.
            if one.what == What::Moved && one.new.is_none_or(|new| !can_come(diff.new, new)) {
                continue;
            }
            let is_goal = |id: &ElementId| id.goal() == *id;
            if matches!(one.what, What::Removed | What::Moved) {
                leaving.extend(one.old.filter(is_goal));
            }
            if matches!(one.what, What::Added | What::Moved) {
                coming.extend(one.new.filter(is_goal));
            }
        }
        Self {
            diff,
            plan: diff.old.clone(),
            changes: Vec::new(),
            leaving,
            coming,
        }
    }

    /// Makes a change, if it can be made; returns whether it could.
    fn push(&mut self, change: Change) -> bool {
        let is_made = change.apply(&mut self.plan).is_ok();
        if is_made {
            self.changes.push(change);
        }
        is_made
    }

    /// Returns the differences of elements that stay where they are, with the place of each in the old plan.
    fn staying(&self) -> Vec<(ElementId, &'d Difference)> {
        let stays = |id: ElementId| {
            let goal = id.goal();
            let objective = match goal {
                ElementId::KeyResult(o, _) => ElementId::Objective(o),
                other => other,
            };
            !self.leaving.contains(&goal) && !self.leaving.contains(&objective)
        };
        let differences = carried(self.diff).filter_map(|one| Some((one.old?, one)));
        differences.filter(|(old, _)| stays(*old)).collect()
    }

    fn fields(&mut self) {
        let mut staying = self.staying();
        // A period is read in the fiscal year of its plan.
        let is_fiscal = |one: &Difference| matches!(&one.what, What::Field { name, .. } if name.starts_with("fiscal-year"));
        staying.sort_by_key(|(_, one)| !is_fiscal(one));
        for (old, one) in staying {
            let is_initiative = old.goal() != old;
            match &one.what {
                What::Title { new, .. } => {
                    let title = new.clone().unwrap_or_default();
                    self.push(Change::SetTitle {
                        element: old,
                        title,
                    });
                }
                What::Field { name, new, .. } if !is_initiative => {
                    let value = new.as_deref().unwrap_or_default();
                    let value = match old {
                        ElementId::Plan => Inline::from_plain(value),
                        _ => Inline::parse(value),
                    };
                    self.push(Change::SetField {
                        element: old,
                        field: name.clone(),
                        value,
                    });
                }
                What::Field { name, .. } => {
                    let now = one.new.and_then(|new| self.diff.new.initiative(new));
                    let Some(now) = now else { continue };
                    let change = match &**name {
                        "Due" => Change::SetInitiativeDue {
                            initiative: old,
                            due: now.due,
                        },
                        _ => Change::SetInitiativeOwner {
                            initiative: old,
                            owner: now.owner.clone(),
                        },
                    };
                    self.push(change);
                }
                What::Done { done } => {
                    self.push(Change::SetDone {
                        initiative: old,
                        done: *done,
                    });
                }
                _ => {}
            }
        }
    }

    fn texts(&mut self) {
        for (old, one) in self.staying() {
            match &one.what {
                What::Text { new, .. } => {
                    self.push(Change::SetText {
                        element: old,
                        text: new.clone(),
                    });
                }
                What::Section {
                    heading,
                    old: Some(old),
                    new: Some(new),
                } => {
                    let is_it =
                        |section: &Section| section.title == *heading && section.text == *old;
                    if let Some(section) = self.plan.sections.iter().position(is_it) {
                        self.push(Change::SetSection {
                            section,
                            text: new.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    fn initiatives(&mut self) {
        let mut removed: Vec<ElementId> = self
            .staying()
            .into_iter()
            .filter(|(old, one)| old.goal() != *old && one.what == What::Removed)
            .map(|(old, _)| old)
            .collect();
        removed.sort_unstable();
        for initiative in removed.into_iter().rev() {
            self.push(Change::RemoveInitiative { initiative });
        }
        let goals = self.goals();
        for one in carried(self.diff).filter(|one| one.what == What::Added) {
            let Some(new) = one.new.filter(|new| new.goal() != *new) else {
                continue;
            };
            let initiative = self.diff.new.initiative(new);
            if let (Some(initiative), Some(element)) = (initiative, goals.get(&new.goal())) {
                self.add_initiative(*element, initiative);
            }
        }
    }

    fn add_initiative(&mut self, element: ElementId, initiative: &Initiative) {
        let is_added = self.push(Change::AddInitiative {
            element,
            title: initiative.title.clone(),
            owner: initiative.owner.clone(),
            due: initiative.due,
        });
        let there = match element {
            ElementId::KeyResult(..) => self.plan.key_result(element).map(|goal| &goal.initiatives),
            _ => self.plan.objective(element).map(|goal| &goal.initiatives),
        };
        let position = there
            .into_iter()
            .flatten()
            .position(|other| other.title == initiative.title);
        if let Some(position) = position.filter(|_| is_added && initiative.done) {
            self.push(Change::SetDone {
                initiative: super::matching::initiative_of(element, position),
                done: true,
            });
        }
    }

    /// Returns where in the old plan the goals stand that stay, by what they are in the new one.
    fn goals(&self) -> HashMap<ElementId, ElementId> {
        let matches = self.diff.matches.iter();
        matches
            .filter(|one| !self.leaving.contains(&one.old))
            .filter(|one| match one.old {
                ElementId::KeyResult(o, _) => !self.leaving.contains(&ElementId::Objective(o)),
                _ => true,
            })
            .map(|one| (one.new, one.old))
            .collect()
    }

    fn check_ins(&mut self) {
        let staying = self.staying();
        for (key_result, one) in &staying {
            if let What::CheckInChanged { position, new, .. } = &one.what {
                self.push(Change::SetCheckIn {
                    key_result: *key_result,
                    position: *position,
                    check_in: new.clone(),
                });
            }
        }
        let mut removed = Vec::new();
        for (key_result, one) in &staying {
            if let What::CheckInRemoved { position, .. } = one.what {
                removed.push((*key_result, position));
            }
        }
        removed.sort_unstable();
        for (key_result, position) in removed.into_iter().rev() {
            self.push(Change::RemoveCheckIn {
                key_result,
                position,
            });
        }
        for (key_result, one) in staying {
            if let What::CheckInAdded { check_in } = &one.what {
                self.push(Change::AddCheckIn {
                    key_result,
                    check_in: check_in.clone(),
                });
            }
        }
    }

    fn removals(&mut self) {
        let mut leaving: Vec<ElementId> = self.leaving.iter().copied().collect();
        // Key results come behind objectives in this order, so that from its end on no position shifts.
        leaving.sort_unstable();
        for element in leaving.into_iter().rev() {
            match element {
                ElementId::Objective(objective) => {
                    self.push(Change::RemoveObjective { objective });
                }
                // With its objective it goes anyway.
                ElementId::KeyResult(o, _) if !self.leaving.contains(&ElementId::Objective(o)) => {
                    self.push(Change::RemoveKeyResult {
                        key_result: element,
                    });
                }
                _ => {}
            }
        }
    }

    fn additions(&mut self) {
        let goals = self.goals();
        // What stands in the plan now, by what it was in the old plan or is in the new one.
        let mut standing: Vec<(Slot, Vec<Slot>)> = Vec::new();
        for (o, objective) in self.diff.old.objectives.iter().enumerate() {
            if self.leaving.contains(&ElementId::Objective(o)) {
                continue;
            }
            let key_results = (0..objective.key_results.len()).map(|k| ElementId::KeyResult(o, k));
            let stays = key_results.filter(|id| !self.leaving.contains(id));
            let slots = stays.map(Slot::Old).collect();
            standing.push((Slot::Old(ElementId::Objective(o)), slots));
        }
        let slot = |new: ElementId, coming: &HashSet<ElementId>| {
            if coming.contains(&new) {
                Some(Slot::New(new))
            } else {
                goals.get(&new).copied().map(Slot::Old)
            }
        };
        let new = self.diff.new;
        // Behind the one that comes before it in the new plan.
        let mut position = 0;
        for (o, objective) in new.objectives.iter().enumerate() {
            let id = ElementId::Objective(o);
            if self.coming.contains(&id) {
                let is_added = self.push(Change::AddObjective {
                    position,
                    objective: Box::new(objective.clone()),
                });
                if is_added {
                    standing.insert(position, (Slot::New(id), Vec::new()));
                    position += 1;
                }
                continue;
            }
            let own = slot(id, &self.coming);
            let Some(at) = standing.iter().position(|(other, _)| Some(*other) == own) else {
                continue;
            };
            position = at + 1;
            let mut behind = 0;
            for (k, key_result) in objective.key_results.iter().enumerate() {
                let id = ElementId::KeyResult(o, k);
                let own = slot(id, &self.coming);
                if !self.coming.contains(&id) {
                    let there = standing[at].1.iter().position(|other| Some(*other) == own);
                    behind = there.map_or(behind, |there| there + 1);
                    continue;
                }
                let is_added = self.push(Change::AddKeyResult {
                    objective: at,
                    position: behind,
                    key_result: Box::new(key_result.clone()),
                });
                if is_added {
                    standing[at].1.insert(behind, Slot::New(id));
                    behind += 1;
                }
            }
        }
    }
}

/// Returns whether an objective or a key result of the plan can be put into another plan.
fn can_come(plan: &Plan, id: ElementId) -> bool {
    let mut scratch = Plan::default();
    let change = if let Some(objective) = plan.objective(id) {
        Change::AddObjective {
            position: 0,
            objective: Box::new(objective.clone()),
        }
    } else if let Some(key_result) = plan.key_result(id) {
        scratch.objectives.push(Objective::default());
        Change::AddKeyResult {
            objective: 0,
            position: 0,
            key_result: Box::new(key_result.clone()),
        }
    } else {
        return false;
    };
    change.apply(&mut scratch).is_ok()
}

/// An objective or a key result that stands in the plan while it is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Old(ElementId),
    New(ElementId),
}

fn carried<'d>(diff: &'d Diff<'_>) -> impl Iterator<Item = &'d Difference> {
    diff.differences.iter().filter(|one| one.is_carried)
}
