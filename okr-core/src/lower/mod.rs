//! From a document to a plan: what stands there becomes values, places and diagnostics.
//!
//! Lowering never fails. What is not understood stays free text of the element that it stands under.

mod check_ins;
mod front_matter;
mod heading;
mod initiative;
mod prose;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fields::{Field, HasFields, identity};
use crate::locations::{
    ElementPlace, FieldPlace, InitiativePlace, Locations, ObjectivePlace, SectionPlace,
};
use crate::model::{Fields, Initiative, KeyResult, Objective, Plan, Section};
use crate::syntax::{
    Block, Document, Heading, Item, Label, List, OtherKind, SEPARATOR, Table, Task,
};
use crate::text::Span;

pub(crate) use check_ins::COLUMNS as CHECK_IN_COLUMNS;
use heading::Marker;
pub(crate) use heading::{escape_end, title_of};
pub(crate) use initiative::{has_trailer, step_trailer};
use prose::PieceKind;
pub(crate) use prose::missing_end;

/// Returns the plan that a document holds, where its elements stand, and what is wrong with it.
pub(crate) fn lower(document: &Document) -> (Plan, Locations, Vec<Diagnostic>) {
    let mut lowering = Lowering {
        document,
        plan: Plan::default(),
        locations: Locations::default(),
        diagnostics: Vec::new(),
        place: Place::Plan,
        region: Region::at(document.body_start()),
    };
    lowering.front_matter();
    for block in document.blocks() {
        lowering.block(block);
    }
    lowering.close_region(document.text().len());
    lowering
        .diagnostics
        .sort_by_key(|diagnostic| match diagnostic.location {
            Location::Span(span) => span.start(),
            _ => 0,
        });
    (lowering.plan, lowering.locations, lowering.diagnostics)
}

/// The element that blocks belong to; always the last one of its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Plan,
    Objective,
    KeyResult,
    Section,
}

/// The stretch of text under one heading.
struct Region {
    start: usize,
    /// Whole lines that were understood; the rest is free text.
    understood: Vec<Span>,
    /// What must be changed to be free text.
    nested: Vec<prose::Piece>,
    /// Whether a heading has come that is none of ours: what follows it is free text.
    is_foreign: bool,
    /// The fields that have come, by a name that is the same for all their spellings.
    fields: HashSet<String>,
    /// The columns of check-ins that the plan format does not know, as written first, by lower case.
    columns: HashMap<String, String>,
}

impl Region {
    fn at(start: usize) -> Self {
        Self {
            start,
            understood: Vec::new(),
            nested: Vec::new(),
            is_foreign: false,
            fields: HashSet::new(),
            columns: HashMap::new(),
        }
    }
}

struct Lowering<'d> {
    document: &'d Document,
    plan: Plan,
    locations: Locations,
    diagnostics: Vec<Diagnostic>,
    place: Place,
    region: Region,
}

impl<'d> Lowering<'d> {
    fn block(&mut self, block: &'d Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Other {
                span,
                kind: OtherKind::Html,
            } if span.of(self.document.text()).trim() == SEPARATOR => {
                self.understand(*span);
            }
            Block::List(list) if !self.region.is_foreign => match self.place {
                Place::Objective | Place::KeyResult => self.list(list),
                Place::Plan | Place::Section => {}
            },
            Block::Table(table) if self.place == Place::KeyResult && !self.region.is_foreign => {
                self.check_ins(table);
            }
            _ => {}
        }
    }

    fn heading(&mut self, heading: &'d Heading) {
        let is_under_objective = matches!(self.place, Place::Objective | Place::KeyResult);
        match Marker::of(&heading.line) {
            Some((Marker::Objective, label)) => self.objective(heading, label),
            Some((Marker::KeyResult, label)) if is_under_objective => {
                self.key_result(heading, label);
            }
            Some((Marker::KeyResult, label)) => {
                self.report(
                    Diagnostic::new(
                        "misplaced-key-result",
                        Severity::Error,
                        label.span.into(),
                        "key result stands under no objective",
                    )
                    .with_help("put a heading `## Objective: …` before it"),
                );
                self.region.is_foreign = true;
            }
            None => self.other_heading(heading),
        }
    }

    fn objective(&mut self, heading: &Heading, label: &Label) {
        let lines = self.document.whole_lines(heading.span);
        self.close_region(lines.start());
        self.expect_level(heading, 2, "objective");
        self.expect_title(label, "objective");
        self.plan.objectives.push(Objective {
            title: label.value.clone(),
            ..Objective::default()
        });
        self.locations.objectives.push(ObjectivePlace {
            element: element_place(heading, label),
            key_results: Vec::new(),
        });
        self.open(Place::Objective, lines.end());
    }

    fn key_result(&mut self, heading: &Heading, label: &Label) {
        let lines = self.document.whole_lines(heading.span);
        self.close_region(lines.start());
        self.expect_level(heading, 3, "key result");
        self.expect_title(label, "key result");
        let objective = self.plan.objectives.last_mut();
        if let (Some(objective), Some(places)) = (objective, self.locations.objectives.last_mut()) {
            objective.key_results.push(KeyResult {
                title: label.value.clone(),
                ..KeyResult::default()
            });
            places.key_results.push(element_place(heading, label));
        }
        self.open(Place::KeyResult, lines.end());
    }

    /// Reads a heading that marks neither an objective nor a key result.
    fn other_heading(&mut self, heading: &Heading) {
        let lines = self.document.whole_lines(heading.span);
        if let Some(help) = heading::almost(&heading.line) {
            self.report(
                Diagnostic::new(
                    "unread-heading",
                    Severity::Warning,
                    heading.line.span.into(),
                    "heading looks like an objective or key result, but is read as text",
                )
                .with_help(help),
            );
        }
        if heading.level > 2 {
            // A heading of level 3 ends a key result, and what follows it belongs to the objective.
            if self.place == Place::KeyResult && heading.level == 3 {
                self.close_region(lines.start());
                self.open(Place::Objective, lines.start());
            }
            self.region.is_foreign = true;
            return;
        }
        self.close_region(lines.start());
        let title = heading.line.inline.clone();
        if heading.level == 1 && self.place == Place::Plan && self.plan.title.is_none() {
            self.plan.title = Some(title);
            self.locations.title = Some(heading.line.span);
            self.open(Place::Plan, lines.end());
        } else {
            self.plan.sections.push(Section {
                title,
                text: String::new(),
                position: self.plan.objectives.len(),
            });
            self.locations.sections.push(SectionPlace {
                heading: heading.line.span,
                ..SectionPlace::default()
            });
            self.open(Place::Section, lines.end());
        }
    }

    fn expect_level(&mut self, heading: &Heading, level: u8, what: &str) {
        if heading.level != level {
            self.report(
                Diagnostic::new(
                    "heading-level",
                    Severity::Warning,
                    heading.span.into(),
                    format!("{what} is a heading of level {}", heading.level),
                )
                .with_help(format!(
                    "begin the line with `{}`",
                    "#".repeat(usize::from(level))
                )),
            );
        }
    }

    fn expect_title(&mut self, label: &Label, what: &str) {
        if label.value.is_empty() {
            self.report(
                Diagnostic::new(
                    "no-title",
                    Severity::Warning,
                    label.span.into(),
                    format!("{what} has no words"),
                )
                .with_help("write what is to be reached behind the colon"),
            );
        }
    }

    fn open(&mut self, place: Place, start: usize) {
        self.place = place;
        self.region = Region::at(start);
    }

    /// Ends the current region before `end` and gives what was not understood to its element.
    fn close_region(&mut self, end: usize) {
        let region = std::mem::replace(&mut self.region, Region::at(end));
        let own = Span::new(region.start, end);
        match self.place {
            Place::Plan => self.locations.own.push(own),
            Place::Section => {
                if let Some(section) = self.locations.sections.last_mut() {
                    section.own = own;
                }
            }
            Place::Objective | Place::KeyResult => {
                let (Element::Objective(_, place) | Element::KeyResult(_, place)) = self.element();
                place.own.push(own);
            }
        }
        let mut pieces = prose::pieces(
            self.document.text(),
            Span::new(region.start, end),
            &region.understood,
        );
        pieces.extend(region.nested);
        pieces.sort_by_key(|piece| piece.span.start());
        let is_last = end == self.document.text().len();
        let unclosed = if is_last {
            self.document.blocks().last()
        } else {
            None
        };
        let added = prose::join(self.document.text(), &pieces, unclosed);
        if added.is_empty() {
            return;
        }
        let stretches = pieces.iter().map(|piece| piece.span);
        match self.place {
            Place::Plan => self.locations.text.extend(stretches),
            Place::Section => {
                let section = self.locations.sections.last_mut();
                let text = section.map(|section| &mut section.text);
                if let Some(text) = text {
                    text.extend(stretches);
                }
            }
            Place::Objective | Place::KeyResult => {
                let (Element::Objective(_, place) | Element::KeyResult(_, place)) = self.element();
                place.text.extend(stretches);
            }
        }
        let objective = self.plan.objectives.last_mut();
        let text = match self.place {
            Place::Plan => Some(&mut self.plan.text),
            Place::Section => self
                .plan
                .sections
                .last_mut()
                .map(|section| &mut section.text),
            Place::Objective => objective.map(|objective| &mut objective.text),
            Place::KeyResult => objective
                .and_then(|objective| objective.key_results.last_mut())
                .map(|key_result| &mut key_result.text),
        };
        if let Some(text) = text {
            prose::append(text, &added);
        }
    }

    /// Marks whole lines as understood, so that they are not free text.
    fn understand(&mut self, span: Span) {
        let lines = self.document.whole_lines(span);
        self.region.understood.push(lines);
    }

    fn list(&mut self, list: &'d List) {
        // What is no block, such as the target of a link, comes between as well.
        let between = self
            .document
            .text()
            .get(self.region.start..list.span.start());
        let is_first = between.is_some_and(crate::text::is_blank);
        if is_first {
            let (Element::Objective(_, place) | Element::KeyResult(_, place)) = self.element();
            place.list = Some(list.span);
        }
        for item in &list.items {
            let Some(line) = &item.line else { continue };
            if self.place == Place::KeyResult {
                self.table_in_item(item.span);
            }
            // A box with its words on the next line is one in a tight list only, so that it counts as text.
            let between = |task: &Task| Span::new(task.span.end(), line.span.start());
            let is_initiative = |task: &Task| {
                !line.inline.is_empty() && !between(task).of(self.document.text()).contains('\n')
            };
            if let Some(task) = item.task.filter(is_initiative) {
                let (initiative, place) = initiative::lower(self.document, item, line, task);
                let (initiatives, place_list) = self.initiatives();
                initiatives.push(initiative);
                place_list.push(place);
                self.understand(item.span);
            } else if let Some(label) = &line.label {
                let is_known = || match self.place {
                    Place::Objective => Objective::field(&label.name).is_some(),
                    _ => KeyResult::field(&label.name).is_some(),
                };
                if is_first || is_known() {
                    self.field(item, label);
                }
            }
        }
    }

    /// Returns the objective or key result that lists belong to.
    fn element(&mut self) -> Element<'_> {
        element(self.place, &mut self.plan, &mut self.locations)
    }

    fn initiatives(&mut self) -> (&mut Vec<Initiative>, &mut Vec<InitiativePlace>) {
        match self.element() {
            Element::Objective(objective, place) => {
                (&mut objective.initiatives, &mut place.initiatives)
            }
            Element::KeyResult(key_result, place) => {
                (&mut key_result.initiatives, &mut place.initiatives)
            }
        }
    }

    fn field(&mut self, item: &Item, label: &Label) {
        let seen = &mut self.region.fields;
        let (outcome, place) = match element(self.place, &mut self.plan, &mut self.locations) {
            Element::Objective(objective, place) => (
                set_field(objective, |objective| &mut objective.fields, seen, label),
                place,
            ),
            Element::KeyResult(key_result, place) => (
                set_field(key_result, |key_result| &mut key_result.fields, seen, label),
                place,
            ),
        };
        match outcome {
            Ok(diagnostic) => {
                place.fields.push(FieldPlace {
                    name: label.name.clone(),
                    item: item.span,
                    label: label.span,
                    value: label.value_span,
                });
                self.diagnostics.extend(diagnostic);
                let rest = item
                    .rest
                    .map(|rest| self.document.whole_lines(rest).start());
                // A block may begin on the line of the field itself; then all of it counts as the field.
                let first_line = self
                    .document
                    .whole_lines(label.value_span.cover(label.span));
                match rest {
                    Some(start) if start >= first_line.end() => {
                        self.understand(item.span);
                        let nested = Span::new(start, item.span.end());
                        let text = self.document.text();
                        let width = prose::nested_width(
                            nested.of(text),
                            indentation(text, label.span.start()),
                        );
                        self.region.nested.push(prose::Piece {
                            span: nested,
                            kind: PieceKind::Nested(width),
                        });
                    }
                    _ => self.understand(item.span),
                }
            }
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                let lines = self.document.whole_lines(item.span);
                self.region.understood.push(lines);
                self.region.nested.push(prose::Piece {
                    span: lines,
                    kind: PieceKind::Repeated(label.span.end()),
                });
            }
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// An objective or a key result, with its place.
enum Element<'p> {
    Objective(&'p mut Objective, &'p mut ElementPlace),
    KeyResult(&'p mut KeyResult, &'p mut ElementPlace),
}

/// Returns the last objective, or its last key result when that is the place.
fn element<'p>(place: Place, plan: &'p mut Plan, locations: &'p mut Locations) -> Element<'p> {
    // Lists are looked into only under an objective, so that there is one.
    let objective = plan
        .objectives
        .last_mut()
        .expect("the place is under an objective");
    let places = locations
        .objectives
        .last_mut()
        .expect("every objective has a place");
    if place != Place::KeyResult {
        return Element::Objective(objective, &mut places.element);
    }
    let key_result = objective
        .key_results
        .last_mut()
        .expect("the place is a key result");
    let place = places
        .key_results
        .last_mut()
        .expect("every key result has a place");
    Element::KeyResult(key_result, place)
}

fn element_place(heading: &Heading, label: &Label) -> ElementPlace {
    ElementPlace {
        heading: heading.span,
        title: label.value_span,
        ..ElementPlace::default()
    }
}

/// Returns how many columns stand between the start of the line and `offset`, a tab counting as four.
fn indentation(text: &str, offset: usize) -> usize {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    text[start..offset]
        .bytes()
        .map(|b| if b == b'\t' { 4 } else { 1 })
        .sum()
}

/// Sets a field; returns what is to be said about it, and as an error when the item must stay text.
fn set_field<E: HasFields>(
    element: &mut E,
    others: impl FnOnce(&mut E) -> &mut Fields,
    seen: &mut HashSet<String>,
    label: &Label,
) -> Result<Option<Diagnostic>, Diagnostic> {
    let field: Option<&Field<E>> = E::field(&label.name);
    if !seen.insert(identity(field, &label.name)) {
        return Err(Diagnostic::new(
            "repeated-field",
            Severity::Warning,
            label.span.into(),
            format!("field `{}` stands here a second time", label.name),
        )
        .with_help("keep one of the two lines; the first one counts"));
    }
    if let Some(kept) = E::kept_field(&label.name) {
        others(element).insert(label.name.clone(), label.value.clone());
        let unreadable = (kept.check)(&label.value.plain()).err();
        return Ok(unreadable.map(|message| unreadable_field(label, message, kept.expects)));
    }
    let Some(field) = field else {
        let help = match E::nearest_field(&label.name) {
            _ if heading::is_key_result(&label.name) => {
                format!(
                    "to make it a key result, write a heading: `### {}: …`",
                    label.name
                )
            }
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "it is kept as it stands".to_owned(),
        };
        others(element).insert(label.name.clone(), label.value.clone());
        return Ok(Some(
            Diagnostic::new(
                "unknown-field",
                Severity::Warning,
                label.span.into(),
                format!("field `{}` is not known", label.name),
            )
            .with_help(help),
        ));
    };
    match (field.read)(element, &label.value) {
        Ok(()) => Ok(None),
        Err(message) => {
            others(element).insert(field.name.to_owned(), label.value.clone());
            Ok(Some(unreadable_field(label, message, field.expects)))
        }
    }
}

fn unreadable_field(label: &Label, message: String, expects: &str) -> Diagnostic {
    Diagnostic::new(
        "unreadable-field",
        Severity::Error,
        label.value_span.into(),
        message,
    )
    .with_help(format!("write {expects}"))
}

/// Makes a diagnostic for the check-in table.
fn unreadable_cell(table: &Table, span: Span, message: String, help: &str) -> Diagnostic {
    let place = if span.is_empty() { table.span } else { span };
    Diagnostic::new(
        "unreadable-check-in",
        Severity::Error,
        place.into(),
        message,
    )
    .with_help(help)
}
