//! Several changes of a text at once: each to a goal of its own, and read only once afterwards.

use std::collections::HashMap;

use super::placing::Aim;
use super::{Change, EditError, edit, patch};
use crate::Parsed;
use crate::model::{ElementId, Objective, Plan};
use crate::text::TextEdit;

/// Returns the text with all changes made, one after the other.
///
/// Changes that stay within their goals can be made in any order, as long as those of each goal keep
/// theirs. So they go in rounds, with one change for each goal, and the text is read once for a round.
pub(super) fn edit_all(text: &str, changes: &[Change]) -> Result<String, EditError> {
    let mut parsed = crate::parse(text);
    let mut rest = changes;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|change| own_goal(change).is_some());
        let (run, behind) = rest.split_at(run.count());
        if run.is_empty() {
            parsed = one(parsed, first)?;
            rest = &rest[1..];
            continue;
        }
        // The first that cannot be made is told, in whichever round it would come.
        let mut plan = parsed.plan.clone();
        run.iter().try_for_each(|change| change.apply(&mut plan))?;
        for round in rounds(run) {
            parsed = all(parsed, &round)?;
        }
        rest = behind;
    }
    Ok(parsed.document.text().to_owned())
}

/// Returns the goal within which a change stays, or nothing when it is about more than one.
fn own_goal(change: &Change) -> Option<ElementId> {
    let goal = match change {
        Change::SetField { element, .. }
        | Change::SetTitle { element, .. }
        | Change::SetText { element, .. }
        | Change::AddInitiative { element, .. } => *element,
        Change::SetDone { initiative, .. }
        | Change::SetInitiativeOwner { initiative, .. }
        | Change::SetInitiativeDue { initiative, .. }
        | Change::RemoveInitiative { initiative } => *initiative,
        Change::AddCheckIn { key_result, .. }
        | Change::SetCheckIn { key_result, .. }
        | Change::RemoveCheckIn { key_result, .. } => *key_result,
        Change::AddKeyResult { .. }
        | Change::RemoveKeyResult { .. }
        | Change::AddObjective { .. }
        | Change::RemoveObjective { .. }
        | Change::AddSection { .. }
        | Change::SetSection { .. }
        | Change::Dismiss { .. } => return None,
    };
    Some(goal.goal()).filter(|goal| *goal != ElementId::Plan)
}

/// Returns the changes in rounds: in the first the first change of each goal, then the second ones.
fn rounds(changes: &[Change]) -> Vec<Vec<&Change>> {
    let mut rounds: Vec<Vec<&Change>> = Vec::new();
    let mut counts: HashMap<ElementId, usize> = HashMap::new();
    for change in changes {
        let count = own_goal(change).map_or(0, |goal| {
            let count = counts.entry(goal).or_default();
            *count += 1;
            *count - 1
        });
        if count == rounds.len() {
            rounds.push(Vec::new());
        }
        rounds[count].push(change);
    }
    rounds
}

/// Makes all changes of a round: at once where the text then means what it should, else half by half.
fn all(parsed: Parsed, changes: &[&Change]) -> Result<Parsed, EditError> {
    if let [change] = changes {
        return one(parsed, change);
    }
    if let Some(after) = at_once(&parsed, changes) {
        return Ok(after);
    }
    let (first, second) = changes.split_at(changes.len() / 2);
    all(all(parsed, first)?, second)
}

fn one(parsed: Parsed, change: &Change) -> Result<Parsed, EditError> {
    let edit = edit(&parsed, change)?;
    if edit.is_empty() {
        return Ok(parsed);
    }
    Ok(crate::parse(edit.apply(parsed.document.text())))
}

/// Returns the text with the likeliest patch of each change, or nothing when it means something else.
fn at_once(parsed: &Parsed, changes: &[&Change]) -> Option<Parsed> {
    let mut changed = parsed.plan.clone();
    for change in changes {
        change.apply(&mut changed).ok()?;
    }
    let mut edit = TextEdit::none();
    for change in changes {
        if own_goal(change).is_some_and(|goal| is_same(&parsed.plan, &changed, goal)) {
            continue;
        }
        let one = patch(parsed, change, &Aim::untried(&changed)).ok()?;
        if !edit.merge(one) {
            return None;
        }
    }
    let after = crate::parse(edit.apply(parsed.document.text()));
    (after.plan == changed).then_some(after)
}

/// Returns whether a goal is the same in both plans, where a key result of an objective is another goal.
fn is_same(before: &Plan, after: &Plan, goal: ElementId) -> bool {
    match (before.objective(goal), after.objective(goal)) {
        (Some(before), Some(after)) => has_same_own(before, after),
        _ => before.key_result(goal) == after.key_result(goal),
    }
}

fn has_same_own(one: &Objective, other: &Objective) -> bool {
    let Objective {
        title,
        id,
        owner,
        commitment,
        supports,
        fields,
        initiatives,
        text,
        key_results: _,
    } = one;
    *title == other.title
        && *id == other.id
        && *owner == other.owner
        && *commitment == other.commitment
        && *supports == other.supports
        && *fields == other.fields
        && *initiatives == other.initiatives
        && *text == other.text
}
