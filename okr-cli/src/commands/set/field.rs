//! The parts of an element that `okr set` can change.

use okr_core::edit::{Change, EditError};
use okr_core::fields::{HasFields, nearest};
use okr_core::model::{ElementId, Inline, KeyResult, Objective, Plan, one_line, parse_date};

use crate::error::Failure;

/// A part of an element.
pub(crate) struct Part {
    /// Its name, as a plan spells it.
    pub(crate) name: String,
    kind: Kind,
}

enum Kind {
    /// The words of the element itself.
    Title,
    /// A field that the plan format knows, of plain words.
    Known,
    /// A field in which Markdown is understood: links, or one of the user's own.
    Markdown,
    /// The check box of an initiative.
    Done,
    /// Who does an initiative.
    Owner,
    /// The day of an initiative.
    Due,
}

/// Returns the part of `element` that is called `name`, in any spelling.
///
/// # Errors
///
/// It has no such part; the message offers the nearest. With `custom` it may have any field.
pub(crate) fn named(
    plan: &Plan,
    element: ElementId,
    name: &str,
    custom: bool,
) -> Result<Part, Failure> {
    if name.eq_ignore_ascii_case("title") {
        return Ok(Part {
            name: "title".to_owned(),
            kind: Kind::Title,
        });
    }
    let (known, own, all): (Option<&str>, Vec<&String>, Vec<&str>) = match element {
        ElementId::Plan => of::<Plan>(name, plan.front_matter.keys().collect()),
        ElementId::Objective(_) => {
            let own = plan
                .objective(element)
                .map(|objective| objective.fields.keys().collect());
            of::<Objective>(name, own.unwrap_or_default())
        }
        ElementId::KeyResult(..) => {
            let own = plan
                .key_result(element)
                .map(|key_result| key_result.fields.keys().collect());
            of::<KeyResult>(name, own.unwrap_or_default())
        }
        ElementId::ObjectiveInitiative(..) | ElementId::Initiative(..) => {
            return of_initiative(name);
        }
    };
    // Front matter holds plain words; a field under a heading is Markdown.
    let own_kind = match element {
        ElementId::Plan => Kind::Known,
        _ => Kind::Markdown,
    };
    if let Some(known) = known {
        let kind = if known == "Supports" {
            Kind::Markdown
        } else {
            Kind::Known
        };
        return Ok(Part {
            name: known.to_owned(),
            kind,
        });
    }
    if let Some(own) = own.iter().find(|own| own.eq_ignore_ascii_case(name)) {
        return Ok(Part {
            name: (*own).clone(),
            kind: own_kind,
        });
    }
    if custom {
        let is_name = name.starts_with(char::is_alphanumeric)
            && !name.contains(':')
            && one_line(name) == name;
        if !is_name {
            let failure = Failure::new(format!("`{name}` cannot be the name of a field"));
            return Err(failure.help("begin with a letter, and use no colon"));
        }
        return Ok(Part {
            name: name.to_owned(),
            kind: own_kind,
        });
    }
    let near = nearest(
        name,
        all.iter().copied().chain(own.iter().map(|own| &***own)),
    );
    let what = match element {
        ElementId::Plan => "a plan",
        ElementId::Objective(_) => "an objective",
        _ => "a key result",
    };
    let help = match near {
        _ if is_of_check_in(name) => in_check_in(element, name),
        Some(near) => format!("did you mean `{}`?", near.to_lowercase()),
        None => format!(
            "{what} has {}; a field of your own needs --custom",
            all.iter()
                .map(|field| field.to_lowercase())
                .collect::<Vec<_>>()
                .join(", "),
        ),
    };
    Err(Failure::new(format!("{what} has no field `{name}`")).help(help))
}

fn of<'p, E: HasFields>(
    name: &str,
    own: Vec<&'p String>,
) -> (Option<&'static str>, Vec<&'p String>, Vec<&'static str>) {
    let all = std::iter::once("title")
        .chain(E::FIELDS.iter().map(|field| field.name))
        .collect();
    (E::field(name).map(|field| field.name), own, all)
}

/// Returns whether people expect a field of that name where the plan format has check-ins.
fn is_of_check_in(name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "status",
        "progress",
        "current",
        "current value",
        "confidence",
        "value",
        "actual",
        "score",
        "note",
        "notes",
        "check in",
        "check ins",
    ];
    let name = name.to_lowercase().replace(['-', '_'], " ");
    NAMES.contains(&&*name)
}

fn in_check_in(element: ElementId, name: &str) -> String {
    let name = name.to_lowercase();
    let element = match element {
        ElementId::KeyResult(..) => element.to_string(),
        _ => "ELEMENT".to_owned(),
    };
    let given = match &*name {
        "status" => "- --status green",
        "confidence" => "- --confidence 7",
        "note" | "notes" => "- \"what happened\"",
        _ => "VALUE",
    };
    format!("{name} goes into a check-in: `okr checkin PLAN {element} {given}`")
}

fn of_initiative(name: &str) -> Result<Part, Failure> {
    const PARTS: [&str; 4] = ["title", "done", "owner", "due"];
    let kind = match name.to_lowercase().as_str() {
        "done" => Kind::Done,
        "owner" => Kind::Owner,
        "due" => Kind::Due,
        lower => {
            let help = match nearest(lower, PARTS) {
                _ if is_of_check_in(lower) => {
                    "an initiative is done or not: write `done yes` or `done no`".to_owned()
                }
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("an initiative has {}", PARTS.join(", ")),
            };
            return Err(Failure::new(format!("an initiative has no field `{name}`")).help(help));
        }
    };
    Ok(Part {
        name: name.to_lowercase(),
        kind,
    })
}

impl Part {
    /// Returns whether it is where a key result starts.
    pub(crate) fn is_baseline(&self) -> bool {
        matches!(self.kind, Kind::Known) && self.name == "Baseline"
    }

    /// Returns whether it is one of the numbers of a measure, or says how to read them.
    pub(crate) fn is_of_measure(&self) -> bool {
        let names = ["Baseline", "Direction", "Target", "Unit"];
        matches!(self.kind, Kind::Known) && names.contains(&&*self.name)
    }

    /// Returns whether it is a day on which something is due.
    pub(crate) fn is_due(&self) -> bool {
        match self.kind {
            Kind::Due => true,
            Kind::Known => self.name == "Due",
            _ => false,
        }
    }

    /// Returns what may stand in it, as a phrase that follows "write"; nothing where anything may.
    pub(crate) fn expects(&self, element: ElementId) -> Option<&'static str> {
        match (&self.kind, element) {
            (Kind::Title, _) => None,
            (Kind::Done, _) => Some("yes or no"),
            (Kind::Owner, _) => Some("the name of one person"),
            (Kind::Due, _) => Some("a date like 2026-12-31"),
            (_, ElementId::Plan) => Plan::field(&self.name).map(|field| field.expects),
            (_, ElementId::Objective(_)) => Objective::field(&self.name).map(|field| field.expects),
            _ => KeyResult::field(&self.name).map(|field| field.expects),
        }
    }

    /// Returns the change that gives the part of `element` its new value.
    ///
    /// # Errors
    ///
    /// The value is none that the part can have.
    pub(crate) fn change(&self, element: ElementId, value: &str) -> Result<Change, Failure> {
        let value = value.trim();
        let set = |value: Inline| Change::SetField {
            element,
            field: self.name.clone(),
            value,
        };
        Ok(match self.kind {
            Kind::Title => Change::SetTitle {
                element,
                title: Inline::from_plain(value),
            },
            Kind::Known => set(Inline::from_plain(value)),
            Kind::Markdown => set(Inline::parse(value)),
            Kind::Done => Change::SetDone {
                initiative: element,
                done: is_done(value)?,
            },
            Kind::Owner => {
                let owner = (!value.is_empty()).then(|| value.to_owned());
                Change::SetInitiativeOwner {
                    initiative: element,
                    owner,
                }
            }
            Kind::Due => {
                let due = match value {
                    "" => None,
                    _ => Some(parse_date(value).ok_or_else(|| {
                        Failure::new(format!("`{value}` is no date"))
                            .help("write a date like 2026-12-31")
                    })?),
                };
                Change::SetInitiativeDue {
                    initiative: element,
                    due,
                }
            }
        })
    }

    /// Returns the words that stand in the part now; nothing where it is absent.
    pub(crate) fn value(&self, plan: &Plan, element: ElementId) -> String {
        let initiative = plan.initiative(element);
        match self.kind {
            Kind::Title => {
                let title = match element {
                    ElementId::Plan => plan.title.as_ref(),
                    ElementId::Objective(_) => {
                        plan.objective(element).map(|objective| &objective.title)
                    }
                    ElementId::KeyResult(..) => {
                        plan.key_result(element).map(|key_result| &key_result.title)
                    }
                    _ => initiative.map(|initiative| &initiative.title),
                };
                title.map(ToString::to_string).unwrap_or_default()
            }
            Kind::Known | Kind::Markdown => self.field_value(plan, element).unwrap_or_default(),
            Kind::Done => match initiative {
                Some(initiative) if initiative.done => "done".to_owned(),
                _ => "not done".to_owned(),
            },
            Kind::Owner => initiative
                .and_then(|initiative| initiative.owner.clone())
                .unwrap_or_default(),
            Kind::Due => initiative
                .and_then(|initiative| initiative.due)
                .map(|due| due.to_string())
                .unwrap_or_default(),
        }
    }

    fn field_value(&self, plan: &Plan, element: ElementId) -> Option<String> {
        // What a plan holds in its front matter is no Markdown; everywhere else escapes must go.
        match element {
            ElementId::Plan => match Plan::field(&self.name) {
                Some(field) => (field.write)(plan),
                None => plan.front_matter.get(&self.name).cloned(),
            },
            ElementId::Objective(_) => {
                let objective = plan.objective(element)?;
                match Objective::field(&self.name) {
                    Some(field) => {
                        (field.write)(objective).map(|value| Inline::parse(&value).to_string())
                    }
                    None => objective.fields.get(&self.name).map(ToString::to_string),
                }
            }
            _ => {
                let key_result = plan.key_result(element)?;
                match KeyResult::field(&self.name) {
                    // Without the reminder of what a change comes to, which has arrows of its own.
                    Some(field) if field.name == "Target" => {
                        key_result.measure.target.as_ref().map(ToString::to_string)
                    }
                    Some(field) => {
                        (field.write)(key_result).map(|value| Inline::parse(&value).to_string())
                    }
                    None => key_result.fields.get(&self.name).map(ToString::to_string),
                }
            }
        }
    }
}

fn is_done(value: &str) -> Result<bool, Failure> {
    match value.to_lowercase().as_str() {
        "yes" | "y" | "true" | "done" | "x" | "1" => Ok(true),
        "no" | "n" | "false" | "not done" | "open" | "0" | "" => Ok(false),
        _ => Err(Failure::new(format!("`{value}` is neither yes nor no")).help("write yes or no")),
    }
}

/// Returns why the plan format refuses a value, with what to write in a line of its own.
pub(crate) fn refused(error: &EditError) -> Failure {
    let message = error.to_string();
    match message.split_once("; write ") {
        Some((message, expected)) => {
            // The form to write need not be told twice.
            let brief = message
                .split_once(" like ")
                .filter(|_| expected.contains(" like "));
            let message = brief.map_or(message, |(brief, _)| brief);
            Failure::new(message).help(format!("write {expected}"))
        }
        None => Failure::new(message),
    }
}
