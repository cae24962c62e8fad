//! Whoever is asked: a person at the terminal, or a script in a test.

use std::rc::Rc;

use okr_core::model::Status;

pub(super) use crate::commands::prompt::{Line, Reply};

use super::line;
use super::record::Call;
use crate::commands::prompt::{self, Manner};
use crate::context::Context;

/// Whoever is asked.
pub(super) trait Person {
    /// Asks for a line, until there is nothing wrong with it; `hint` stands below.
    fn write(&mut self, line: &Line, hint: &'static str) -> anyhow::Result<Reply<String>>;
}

/// A person at the terminal.
pub(super) struct AtTerminal {
    manner: Manner,
}

impl AtTerminal {
    pub(super) fn new(cx: &Context<'_>) -> Self {
        Self {
            manner: Manner {
                has_colour: cx.shell.has_colour(),
                width: cx.shell.width(),
                hint: "",
                given_up: "stop",
            },
        }
    }
}

impl Person for AtTerminal {
    fn write(&mut self, line: &Line, hint: &'static str) -> anyhow::Result<Reply<String>> {
        // A hint that does not fit would be cut off in the middle.
        let fits = hint.chars().count() + 3 <= self.manner.width;
        let manner = Manner {
            hint: if fits { hint } else { "" },
            ..self.manner
        };
        prompt::write(line, &manner)
    }
}

/// Asks what is behind a yellow or a red; nothing where there is nothing to say.
pub(super) fn note(
    person: &mut dyn Person,
    status: Status,
) -> anyhow::Result<Reply<Option<String>>> {
    let line = Line {
        name: format!("Why {status}"),
        start: String::new(),
        check: Rc::new(|_| Ok(())),
    };
    let reply = person.write(
        &line,
        "what blocks, what is next, who helps; Enter for no note",
    )?;
    Ok(reply.map(|words| Some(words).filter(|words| !words.trim().is_empty())))
}

/// Asks what became of a key result whose last day is over; nothing where nobody can tell yet.
pub(super) fn last_word(person: &mut dyn Person) -> anyhow::Result<Reply<Option<Status>>> {
    let line = Line {
        name: "What became of it (Enter: open)".to_owned(),
        start: String::new(),
        check: Rc::new(|answer| match (answer.trim(), ended(answer)) {
            ("", _) | (_, Some(_)) => Ok(()),
            _ => Err("write achieved, cancelled or paused".to_owned()),
        }),
    };
    let reply = person.write(&line, "achieved, cancelled or paused ends what is owed")?;
    Ok(reply.map(|answer| ended(&answer)))
}

/// Reads a status that ends what is owed, or its first letter.
fn ended(answer: &str) -> Option<Status> {
    match answer.trim().to_lowercase().as_str() {
        "a" => Some(Status::Achieved),
        "c" => Some(Status::Cancelled),
        "p" => Some(Status::Paused),
        word => line::parse(word).filter(|status| status.is_last_word()),
    }
}

/// What was decided about a yellow too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// This one.
    Status(Status),
    /// It stays yellow.
    StillYellow,
}

/// Asks for a call: on track or off track; Enter takes what the numbers speak for.
pub(super) fn call(person: &mut dyn Person, call: Call) -> anyhow::Result<Reply<Decision>> {
    let proposed = call.proposed();
    let line = Line {
        name: format!("Your call (Enter: {proposed})"),
        start: String::new(),
        check: Rc::new(move |answer| match decision(answer, proposed) {
            Some(_) => Ok(()),
            None => {
                Err("write g for on track, r for off track, or y to keep it at risk".to_owned())
            }
        }),
    };
    let reply = person.write(&line, "g on track, r off track, y at risk all the same")?;
    Ok(reply.map(|answer| decision(&answer, proposed).unwrap_or(Decision::StillYellow)))
}

fn decision(answer: &str, proposed: Status) -> Option<Decision> {
    match answer.trim() {
        "" => Some(Decision::Status(proposed)),
        answer => match line::parse(answer)? {
            Status::AtRisk => Some(Decision::StillYellow),
            status @ (Status::OnTrack | Status::OffTrack) => Some(Decision::Status(status)),
            _ => None,
        },
    }
}
