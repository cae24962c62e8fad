//! Reads what an example says is to be changed, and changes it.

use okr_core::edit::{Change, edit, renumber, tidy};
use okr_core::edition::{External, Internal};
use okr_core::fields::HasFields;
use okr_core::model::{ElementId, Inline, KeyResult, Objective, parse_date};
use okr_core::{parse, print};

/// Why an example's change was not made.
pub(super) enum Refusal {
    /// The change cannot be made to that plan.
    OfTheEdit(String),
    /// The example does not say what to change.
    OfTheExample(String),
}

/// Returns the text with the change made to it.
///
/// A change is `tidy`, `renumber`, `external`, `done ELEMENT` or `set ELEMENT FIELD VALUE`, in the words of `okr set`;
/// `add ELEMENT INITIATIVE`, `remove ELEMENT`, `dismiss ELEMENT RULE REASON`; `text ELEMENT`
/// with free text in the lines behind it; `insert ELEMENT` with an
/// objective or a key result in the lines behind it, which is to be that element; or `check-in ELEMENT` with a
/// table of one row.
pub(super) fn changed(text: &str, change: &str) -> Result<String, Refusal> {
    let parsed = parse(text);
    if change == "external" {
        let external = External::new([Internal::new("plan.md", &parsed)]);
        let plan = external.plan("plan.md", &parsed);
        return plan
            .map(|plan| print(&plan))
            .ok_or_else(|| Refusal::OfTheEdit("the plan as a whole is internal".to_owned()));
    }
    let (word, rest) = change.split_once(' ').unwrap_or((change, ""));
    let (element, rest) = rest.split_once([' ', '\n']).unwrap_or((rest, ""));
    let element = ElementId::parse(element);
    let patch = match (word, element) {
        ("tidy", None) => Ok(tidy(&parsed)),
        ("renumber", None) => Ok(renumber(&parsed)),
        ("done", Some(initiative)) => edit(
            &parsed,
            &Change::SetDone {
                initiative,
                done: true,
            },
        ),
        ("set", Some(element)) => edit(&parsed, &setting(element, rest)?),
        ("remove", Some(ElementId::Objective(objective))) => {
            edit(&parsed, &Change::RemoveObjective { objective })
        }
        ("remove", Some(key_result @ ElementId::KeyResult(..))) => {
            edit(&parsed, &Change::RemoveKeyResult { key_result })
        }
        ("remove", Some(initiative)) => edit(&parsed, &Change::RemoveInitiative { initiative }),
        ("check-in", Some(key_result)) => {
            let change = check_in(key_result, rest).ok_or_else(|| not_understood(change))?;
            edit(&parsed, &change)
        }
        ("add" | "insert" | "dismiss" | "text", Some(element)) => {
            let addition = addition(word, element, rest).ok_or_else(|| not_understood(change))?;
            edit(&parsed, &addition)
        }
        _ => return Err(not_understood(change)),
    };
    match patch {
        Ok(patch) => Ok(patch.apply(text)),
        Err(error) => Err(Refusal::OfTheEdit(error.to_string())),
    }
}

fn addition(word: &str, element: ElementId, rest: &str) -> Option<Change> {
    match (word, element) {
        ("text", _) => Some(Change::SetText {
            element,
            text: rest.to_owned(),
        }),
        ("add", _) => {
            let mut plan = parse(format!("## Objective: o\n\n- [ ] {rest}\n")).plan;
            let initiative = plan.objectives.first_mut()?.initiatives.pop()?;
            Some(Change::AddInitiative {
                element,
                title: initiative.title,
                owner: initiative.owner,
                due: initiative.due,
            })
        }
        ("insert", ElementId::KeyResult(objective, position)) => {
            let mut plan = parse(format!("## Objective: o\n\n{rest}\n")).plan;
            let key_result = Box::new(plan.objectives.first_mut()?.key_results.pop()?);
            Some(Change::AddKeyResult {
                objective,
                position,
                key_result,
            })
        }
        ("insert", ElementId::Objective(position)) => {
            let objective = parse(rest).plan.objectives.pop()?;
            Some(Change::AddObjective {
                position,
                objective: Box::new(objective),
            })
        }
        ("dismiss", _) => {
            let (rule, reason) = rest.split_once(' ').unwrap_or((rest, ""));
            Some(Change::Dismiss {
                element,
                rule: rule.to_owned(),
                reason: reason.to_owned(),
            })
        }
        _ => None,
    }
}

/// Returns the change that adds the check-in of a table, or with a number before it puts it in the place of
/// that one; without a table that one goes.
fn check_in(key_result: ElementId, rest: &str) -> Option<Change> {
    let (number, table) = match rest.split_once('\n') {
        _ if rest.starts_with('|') => (None, rest),
        Some((number, table)) => (Some(number), table),
        None => (Some(rest), ""),
    };
    let position = match number {
        Some(number) => Some(number.parse::<usize>().ok()?.checked_sub(1)?),
        None => None,
    };
    let text = format!("## Objective: o\n\n### Key result: k\n\n{table}\n");
    let mut key_result_there = parse(text).plan.objectives.pop()?.key_results.pop()?;
    let check_in = key_result_there.check_ins.pop().map(Box::new);
    Some(match (position, check_in) {
        (None, Some(check_in)) => Change::AddCheckIn {
            key_result,
            check_in,
        },
        (Some(position), Some(check_in)) => Change::SetCheckIn {
            key_result,
            position,
            check_in,
        },
        (Some(position), None) => Change::RemoveCheckIn {
            key_result,
            position,
        },
        (None, None) => return None,
    })
}

fn setting(element: ElementId, rest: &str) -> Result<Change, Refusal> {
    let (field, value) = match rest.to_lowercase().strip_prefix("baseline question") {
        Some(_) => rest.split_at("baseline question".len()),
        None => rest.split_at(rest.find(' ').unwrap_or(rest.len())),
    };
    let (field, value) = (field.to_owned(), value.trim());
    let is_initiative = matches!(
        element,
        ElementId::Initiative(..) | ElementId::ObjectiveInitiative(..)
    );
    Ok(match &*field {
        "title" => Change::SetTitle {
            element,
            title: Inline::from_plain(value),
        },
        "done" if is_initiative => Change::SetDone {
            initiative: element,
            done: value == "yes",
        },
        "owner" if is_initiative => {
            let owner = (!value.is_empty()).then(|| value.to_owned());
            Change::SetInitiativeOwner {
                initiative: element,
                owner,
            }
        }
        "due" if is_initiative => {
            let due = parse_date(value);
            if due.is_none() && !value.is_empty() {
                return Err(not_understood(rest));
            }
            Change::SetInitiativeDue {
                initiative: element,
                due,
            }
        }
        // Links count in this field and in fields of the user's own; elsewhere words are taken as they stand.
        _ => {
            let is_plain = match element {
                ElementId::Objective(_) => {
                    Objective::field(&field).is_some_and(|field| field.name != "Supports")
                }
                ElementId::KeyResult(..) => KeyResult::field(&field).is_some(),
                _ => true,
            };
            let value = if is_plain {
                Inline::from_plain(value)
            } else {
                Inline::parse(value)
            };
            Change::SetField {
                element,
                field,
                value,
            }
        }
    })
}

fn not_understood(change: &str) -> Refusal {
    Refusal::OfTheExample(format!("`{change}` is not understood"))
}
