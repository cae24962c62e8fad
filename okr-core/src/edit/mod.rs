//! Changes of a plan, as the smallest patches of its text that make them.

mod add_check_in;
mod add_initiative;
mod add_key_result;
mod add_objective;
mod add_section;
mod bare;
mod check_in_table;
mod dismiss;
mod field;
mod initiative;
mod numbers;
mod placing;
mod remove_check_in;
mod remove_initiative;
mod remove_key_result;
mod remove_objective;
mod set_check_in;
mod set_text;
mod tidy;
mod title;
mod together;

pub(crate) use set_text::{normal as normal_text, normal_of_section};
pub use tidy::{renumber, tidy};

use std::borrow::Cow;
use std::fmt;

use crate::Parsed;
use crate::model::{CheckIn, ElementId, Inline, KeyResult, Objective, Plan, Section};
use crate::text::TextEdit;
use placing::Aim;

/// One change of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Sets a field of the plan, an objective or a key result; an empty value takes it away.
    SetField {
        /// Whose field.
        element: ElementId,
        /// Its name: a known one in any spelling, or any other.
        field: String,
        /// Markdown of one line.
        value: Inline,
    },
    /// Sets the words of an element; they may not be empty.
    SetTitle {
        /// Whose title.
        element: ElementId,
        /// The new words.
        title: Inline,
    },
    /// Ticks an initiative, or takes the tick away.
    SetDone {
        /// Which initiative.
        initiative: ElementId,
        /// Whether it is done.
        done: bool,
    },
    /// Sets who does an initiative; nothing clears it.
    SetInitiativeOwner {
        /// Which initiative.
        initiative: ElementId,
        /// One name, or several parted by commas.
        owner: Option<String>,
    },
    /// Sets the last day for an initiative; nothing clears it.
    SetInitiativeDue {
        /// Which initiative.
        initiative: ElementId,
        /// The day.
        due: Option<jiff::civil::Date>,
    },
    /// Adds an initiative that is not done behind those of an objective or a key result; one of the same
    /// title that is there already stays as it is.
    AddInitiative {
        /// Whose initiative.
        element: ElementId,
        /// What is to be done; it may not be empty.
        title: Inline,
        /// One name, or several parted by commas.
        owner: Option<String>,
        /// The last day for it.
        due: Option<jiff::civil::Date>,
    },
    /// Takes an initiative away, with everything that is nested in it.
    RemoveInitiative {
        /// Which initiative; those behind it move up by one.
        initiative: ElementId,
    },
    /// Adds a key result to an objective; one of the same title that is there already stays as it is.
    AddKeyResult {
        /// The position of the objective.
        objective: usize,
        /// Where among its key results: 0 is before the first, their number behind the last.
        position: usize,
        /// The key result; its title may not be empty.
        key_result: Box<KeyResult>,
    },
    /// Takes a key result away, with everything under it.
    RemoveKeyResult {
        /// Which key result; those behind it move up by one.
        key_result: ElementId,
    },
    /// Adds an objective; one of the same title that is there already stays as it is.
    AddObjective {
        /// Where among the objectives: 0 is before the first; their number is behind the last, and before the
        /// sections that follow it.
        position: usize,
        /// The objective, with its key results; its title may not be empty.
        objective: Box<Objective>,
    },
    /// Adds a section behind everything else; its title may not be empty.
    AddSection {
        /// The section; where it says that it stands does not matter.
        section: Box<Section>,
    },
    /// Takes an objective away, with everything under it.
    RemoveObjective {
        /// Its position; those behind it move up by one.
        objective: usize,
    },
    /// Adds a check-in in the order of the dates; one that says the same stays as it is.
    ///
    /// One row of a table is added, or a new table.
    /// Only where the table lacks a column for something that the check-in says, the other rows change as
    /// well: the column is added at the right, and is empty in them.
    AddCheckIn {
        /// Of which key result.
        key_result: ElementId,
        /// The check-in.
        check_in: Box<CheckIn>,
    },
    /// Puts a check-in in the place of another; cells that say the same keep their bytes.
    ///
    /// A column that the table lacks is added as for [`Change::AddCheckIn`].
    SetCheckIn {
        /// Of which key result.
        key_result: ElementId,
        /// Which of its check-ins: 0 is the first row.
        position: usize,
        /// What it is to be.
        check_in: Box<CheckIn>,
    },
    /// Takes a check-in away; the head of the table stays, also without any row.
    RemoveCheckIn {
        /// Of which key result.
        key_result: ElementId,
        /// Which of its check-ins: 0 is the first row.
        position: usize,
    },
    /// Sets the free text of an element; an empty one clears it.
    SetText {
        /// Whose text.
        element: ElementId,
        /// Markdown with LF line ends; it may hold nothing that would be read as a part of the plan.
        text: String,
    },
    /// Sets the free text of a section; an empty one clears it.
    SetSection {
        /// Its position among the sections.
        section: usize,
        /// Markdown with LF line ends; it may hold nothing that would be read as a part of the plan.
        text: String,
    },
    /// Silences a rule about an element until the words of the element change, in the place of an
    /// earlier dismissal of the rule.
    Dismiss {
        /// What the rule is to be silent about.
        element: ElementId,
        /// The id of the rule.
        rule: String,
        /// Why; it may not be empty.
        reason: String,
    },
}

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError {
    kind: Box<Kind>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    NoElement(ElementId),
    NoCheckIn(ElementId, usize),
    NoSection,
    NoField(ElementId),
    NoTitle,
    NoHeading,
    Value {
        message: String,
        expects: &'static str,
    },
}

impl EditError {
    /// Returns whether the plan has no element of that position.
    #[must_use]
    pub fn is_no_element(&self) -> bool {
        matches!(*self.kind, Kind::NoElement(_))
    }

    fn no_element(element: ElementId) -> Self {
        Self {
            kind: Box::new(Kind::NoElement(element)),
        }
    }

    fn no_check_in(key_result: ElementId, position: usize) -> Self {
        Self {
            kind: Box::new(Kind::NoCheckIn(key_result, position)),
        }
    }

    fn no_section() -> Self {
        Self {
            kind: Box::new(Kind::NoSection),
        }
    }

    fn no_title() -> Self {
        Self {
            kind: Box::new(Kind::NoTitle),
        }
    }

    fn value(message: String, expects: &'static str) -> Self {
        Self {
            kind: Box::new(Kind::Value { message, expects }),
        }
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            Kind::NoElement(element) => write!(f, "the plan has no element {element}"),
            Kind::NoCheckIn(key_result, position) => {
                let number = position.saturating_add(1);
                write!(f, "key result {key_result} has no check-in {number}")
            }
            Kind::NoSection => f.write_str("the plan has no such section"),
            Kind::NoField(element) => write!(
                f,
                "element {element} is an initiative, which has no such field"
            ),
            Kind::NoTitle => {
                f.write_str("a title may not be empty; write what is to be reached or done")
            }
            Kind::NoHeading => f.write_str(
                "the plan has no title; write a line `# Title` above its first objective",
            ),
            Kind::Value { message, expects } => write!(f, "{message}; write {expects}"),
        }
    }
}

impl std::error::Error for EditError {}

/// Returns the patch of the text that makes the change; it is empty when the plan is as it should be
/// already.
///
/// Reading the patched text gives the changed plan: what [`Change::apply`] makes of `parsed.plan`.
///
/// ```
/// use okr_core::edit::{Change, edit};
/// use okr_core::model::{ElementId, Inline};
///
/// let parsed = okr_core::parse("## Objective: Get paid sooner\r\n\r\n* Owner : Dana\r\n");
/// let change = Change::SetField {
///     element: ElementId::Objective(0),
///     field: "owner".to_owned(),
///     value: Inline::from_plain("Sam"),
/// };
/// let patched = edit(&parsed, &change)?.apply(parsed.document.text());
/// assert_eq!(patched, "## Objective: Get paid sooner\r\n\r\n* Owner : Sam\r\n");
/// # Ok::<(), okr_core::edit::EditError>(())
/// ```
///
/// # Errors
///
/// The element is not there, or the value is none that the field can hold; the message says which.
pub fn edit(parsed: &Parsed, change: &Change) -> Result<TextEdit, EditError> {
    let before = if change.leaves_check_ins() {
        Cow::Owned(bare::plan(&parsed.plan))
    } else {
        Cow::Borrowed(&parsed.plan)
    };
    let mut changed = Plan::clone(&before);
    change.apply(&mut changed)?;
    if changed == *before {
        return Ok(TextEdit::none());
    }
    patch(parsed, change, &Aim::tried(&changed))
}

/// Returns the patch that makes a change, given the plan that it makes, which is another than before.
fn patch(parsed: &Parsed, change: &Change, changed: &Aim<'_>) -> Result<TextEdit, EditError> {
    match change {
        Change::SetField {
            element,
            field,
            value,
        } => field::edit(parsed, changed, *element, field, value),
        Change::SetTitle { element, title } => title::edit(parsed, *element, title),
        Change::SetDone { initiative, done } => initiative::edit_done(parsed, *initiative, *done),
        Change::SetInitiativeOwner { initiative, .. }
        | Change::SetInitiativeDue { initiative, .. } => {
            initiative::edit_trailer(parsed, changed, *initiative)
        }
        Change::AddInitiative { element, .. } => add_initiative::edit(parsed, changed, *element),
        Change::RemoveInitiative { initiative } => {
            remove_initiative::edit(parsed, changed, *initiative)
        }
        Change::AddKeyResult {
            objective,
            position,
            ..
        } => add_key_result::edit(parsed, changed, *objective, *position),
        Change::RemoveKeyResult { key_result } => {
            remove_key_result::edit(parsed, changed, *key_result)
        }
        Change::AddObjective { position, .. } => add_objective::edit(parsed, changed, *position),
        Change::AddSection { .. } => add_section::edit(parsed, changed),
        Change::RemoveObjective { objective } => {
            remove_objective::edit(parsed, changed, *objective)
        }
        Change::AddCheckIn { key_result, .. } => add_check_in::edit(parsed, changed, *key_result),
        Change::SetCheckIn {
            key_result,
            position,
            ..
        } => set_check_in::edit(parsed, changed, *key_result, *position),
        Change::RemoveCheckIn {
            key_result,
            position,
        } => remove_check_in::edit(parsed, changed, *key_result, *position),
        Change::SetText { element, .. } => set_text::edit(parsed, changed, *element),
        Change::SetSection { section, .. } => set_text::edit_section(parsed, changed, *section),
        Change::Dismiss { element, rule, .. } => dismiss::edit(parsed, changed, *element, rule),
    }
}

/// Returns the text with all changes made, one after the other.
///
/// # Errors
///
/// The first change that cannot be made, as [`edit()`] says it.
pub fn edit_all(text: &str, changes: &[Change]) -> Result<String, EditError> {
    together::edit_all(text, changes)
}

impl Change {
    /// Returns whether the patch can be made without a look at check-ins: it is within lines that are there,
    /// or next to them.
    fn leaves_check_ins(&self) -> bool {
        match self {
            // A line that goes is tried, with all that is read behind it.
            Self::SetField { value, .. } => !value.is_empty(),
            Self::SetTitle { .. }
            | Self::SetDone { .. }
            | Self::SetInitiativeOwner { .. }
            | Self::SetInitiativeDue { .. } => true,
            _ => false,
        }
    }

    /// Makes the change to the values of a plan.
    ///
    /// # Errors
    ///
    /// The element is not there, or the value is none that the field can hold; the plan is unchanged then.
    pub fn apply(&self, plan: &mut Plan) -> Result<(), EditError> {
        match self {
            Self::SetField {
                element,
                field,
                value,
            } => field::apply(plan, *element, field, value),
            Self::SetTitle { element, title } => {
                if title.is_empty() {
                    return Err(EditError::no_title());
                }
                let slot = match *element {
                    ElementId::Plan => plan.title.as_mut(),
                    ElementId::Objective(_) => {
                        objective_mut(plan, *element).map(|objective| &mut objective.title)
                    }
                    ElementId::KeyResult(..) => {
                        key_result_mut(plan, *element).map(|key_result| &mut key_result.title)
                    }
                    ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
                        initiative::find_mut(plan, *element).map(|initiative| &mut initiative.title)
                    }
                };
                let missing = || match element {
                    ElementId::Plan => EditError {
                        kind: Box::new(Kind::NoHeading),
                    },
                    _ => EditError::no_element(*element),
                };
                *slot.ok_or_else(missing)? = title.clone();
                Ok(())
            }
            Self::SetDone { initiative, done } => {
                initiative::get_mut(plan, *initiative)?.done = *done;
                Ok(())
            }
            Self::SetInitiativeOwner { initiative, owner } => {
                let owner = owner
                    .as_deref()
                    .map(initiative::normal_owner)
                    .filter(|owner| !owner.is_empty());
                initiative::get_mut(plan, *initiative)?.owner = owner;
                Ok(())
            }
            Self::SetInitiativeDue { initiative, due } => {
                initiative::get_mut(plan, *initiative)?.due = *due;
                Ok(())
            }
            Self::AddInitiative {
                element,
                title,
                owner,
                due,
            } => add_initiative::apply(plan, *element, title, owner.as_deref(), *due),
            Self::RemoveInitiative { initiative } => remove_initiative::apply(plan, *initiative),
            Self::AddKeyResult {
                objective,
                position,
                key_result,
            } => add_key_result::apply(plan, *objective, *position, key_result),
            Self::RemoveKeyResult { key_result } => remove_key_result::apply(plan, *key_result),
            Self::AddObjective {
                position,
                objective,
            } => add_objective::apply(plan, *position, objective),
            Self::AddSection { section } => add_section::apply(plan, section),
            Self::RemoveObjective { objective } => remove_objective::apply(plan, *objective),
            Self::AddCheckIn {
                key_result,
                check_in,
            } => add_check_in::apply(plan, *key_result, check_in),
            Self::SetCheckIn {
                key_result,
                position,
                check_in,
            } => set_check_in::apply(plan, *key_result, *position, check_in),
            Self::RemoveCheckIn {
                key_result,
                position,
            } => remove_check_in::apply(plan, *key_result, *position),
            Self::SetText { element, text } => set_text::apply(plan, *element, text),
            Self::SetSection { section, text } => set_text::apply_to_section(plan, *section, text),
            Self::Dismiss {
                element,
                rule,
                reason,
            } => dismiss::apply(plan, *element, rule, reason),
        }
    }
}

fn objective_mut(plan: &mut Plan, id: ElementId) -> Option<&mut Objective> {
    let ElementId::Objective(o) = id else {
        return None;
    };
    plan.objectives.get_mut(o)
}

fn key_result_mut(plan: &mut Plan, id: ElementId) -> Option<&mut KeyResult> {
    let ElementId::KeyResult(o, k) = id else {
        return None;
    };
    plan.objectives.get_mut(o)?.key_results.get_mut(k)
}
