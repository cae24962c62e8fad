//! Where the elements of a plan stand in its text.

use crate::model::ElementId;
use crate::text::Span;

/// The places of a plan's elements, in the same order as in the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locations {
    /// The heading that opens the document, if there is one.
    pub title: Option<Span>,
    /// The stretches that belong to the plan itself: before its title, and behind it.
    pub own: Vec<Span>,
    /// The stretches of the plan's free text, in whole lines.
    pub text: Vec<Span>,
    /// One for each objective.
    pub objectives: Vec<ObjectivePlace>,
    /// One for each section.
    pub sections: Vec<SectionPlace>,
}

/// Where a section stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionPlace {
    /// The words of its heading.
    pub heading: Span,
    /// Everything behind its heading, in whole lines.
    pub own: Span,
    /// The stretches of its free text, in whole lines.
    pub text: Vec<Span>,
}

/// Where an objective and what is under it stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectivePlace {
    /// The objective itself.
    pub element: ElementPlace,
    /// One for each of its key results.
    pub key_results: Vec<ElementPlace>,
}

/// Where an objective or a key result stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElementPlace {
    /// The whole heading.
    pub heading: Span,
    /// The words after `Objective:` or `Key result:`; empty, behind the colon, where there are none.
    pub title: Span,
    /// The list right behind the heading, if one stands there; only in it are unknown fields read.
    pub list: Option<Span>,
    /// The fields, in the order of the text.
    pub fields: Vec<FieldPlace>,
    /// The initiatives, in the order of the text.
    pub initiatives: Vec<InitiativePlace>,
    /// The row of each check-in.
    pub check_ins: Vec<Span>,
    /// The stretches under the heading that belong to the element itself, in whole lines; for an
    /// objective, what follows a heading of its own behind its key results is one as well.
    pub own: Vec<Span>,
    /// The stretches of its free text, in whole lines.
    pub text: Vec<Span>,
}

/// Where a field stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPlace {
    /// The name, as written.
    pub name: String,
    /// The whole item, with what is nested in it.
    pub item: Span,
    /// The words before the colon.
    pub label: Span,
    /// The words after the colon; empty, behind the colon, where there are none.
    pub value: Span,
}

/// Where an initiative stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InitiativePlace {
    /// The whole item, with what is nested in it.
    pub item: Span,
    /// The three bytes of its check box.
    pub task: Span,
    /// What is to be done; with [`InitiativePlace::is_mixed`] all that stands behind the check box.
    pub title: Span,
    /// The parenthesis at the end that holds owner and date, if there is one.
    pub trailer: Option<Span>,
    /// Whether title and parentheses have parts of each other, as of a step whose weight stands beside its date.
    pub is_mixed: bool,
}

impl Locations {
    /// Returns the place of an objective or a key result, or nothing for any other element.
    #[must_use]
    pub fn element(&self, id: ElementId) -> Option<&ElementPlace> {
        match id {
            ElementId::Objective(o) => Some(&self.objectives.get(o)?.element),
            ElementId::KeyResult(o, k) => self.objectives.get(o)?.key_results.get(k),
            _ => None,
        }
    }

    /// Returns the place of an initiative, or nothing for any other element.
    #[must_use]
    pub fn initiative(&self, id: ElementId) -> Option<&InitiativePlace> {
        match id {
            ElementId::ObjectiveInitiative(o, i) => {
                self.objectives.get(o)?.element.initiatives.get(i)
            }
            ElementId::Initiative(o, k, i) => self
                .objectives
                .get(o)?
                .key_results
                .get(k)?
                .initiatives
                .get(i),
            _ => None,
        }
    }

    /// Returns the stretches that belong to the plan, an objective or a key result itself, or nothing for
    /// any other element.
    #[must_use]
    pub fn own(&self, id: ElementId) -> Option<&[Span]> {
        match id {
            ElementId::Plan => Some(&self.own),
            _ => self.element(id).map(|place| &*place.own),
        }
    }

    /// Returns where the words of an element stand: its title, or the title of the document.
    #[must_use]
    pub fn title(&self, id: ElementId) -> Option<Span> {
        match id {
            ElementId::Plan => self.title,
            _ => self
                .element(id)
                .map(|place| place.title)
                .or_else(|| self.initiative(id).map(|place| place.title)),
        }
    }
}

impl ElementPlace {
    /// Returns the place of the field of that name, in upper or lower case.
    #[must_use]
    pub fn field(&self, is_named: impl Fn(&str) -> bool) -> Option<&FieldPlace> {
        self.fields.iter().find(|place| is_named(&place.name))
    }
}
