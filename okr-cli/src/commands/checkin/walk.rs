//! The walk through what is due: a line for each key result, saved at once.

use std::path::Path;
use std::rc::Rc;

use okr_core::Parsed;
use okr_core::model::{ElementId, Status};

use super::case::{Case, Rules};
use super::due::{self, Due};
use super::line::{self, Answer};
use super::person::{self, Decision, Line, Person, Reply};
use super::record::{Made, Wanted, record};
use super::source::{self, Offer};
use super::value;
use crate::ExitStatus;
use crate::commands::prompt::say;
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::error::Failure;
use crate::evidence::{Asking, Evidence};
use crate::shell::{Text, flow, quoted, style, wrap};

/// What may be written, and what it means.
const HELP: [(&str, &str); 8] = [
    ("72%", "the value; a bare number takes its unit"),
    ("72% y", "with a status: g on track, y at risk, r off track"),
    (
        "72% y 6 bank is late",
        "with a confidence from 0 to 10, and a note",
    ),
    (
        "=",
        "what the source says, where okr can read it; = y 6 bank is late as well",
    ),
    (
        "+3, -2, =-2",
        "a step from the last value, and a value below zero",
    ),
    ("done, not done", "of a milestone"),
    (
        "- bank is late",
        "no value; y bank is late says a status as well",
    ),
    (
        "72% \"6 are missing\"",
        "quotation marks keep a note together",
    ),
];

/// What is to be walked through.
pub(super) struct Walk<'a> {
    pub(super) path: &'a Path,
    pub(super) rules: &'a Rules,
    /// Whether commands of `okr.toml` run to offer a value.
    pub(super) allows_commands: bool,
}

/// A key result that is asked about: where it was, and its words, by which it is found again.
pub(super) struct Stop {
    pub(super) id: ElementId,
    pub(super) title: String,
}

/// What became of a key result.
enum Step {
    Saved,
    Skipped,
    /// The person has had enough.
    Enough,
    /// The person has had enough, and what was typed before is saved.
    Last,
}

/// What came of writing.
enum Written {
    Made(Made),
    Refused(Failure),
    /// Someone else has taken the key result away.
    Gone,
}

impl Walk<'_> {
    /// Asks for one key result after the other; `only` is the one to ask for, otherwise it is all that are due.
    pub(super) fn run(
        &self,
        cx: &mut Context<'_>,
        person: &mut dyn Person,
        only: Option<ElementId>,
    ) -> anyhow::Result<ExitStatus> {
        let name = self.path.display().to_string();
        let parsed = self.look(cx)?;
        let mut early = None;
        let stops: Vec<Stop> = if let Some(id) = only {
            vec![Stop::new(&parsed, id)]
        } else {
            let due = due::of(&parsed.plan, self.rules);
            early = due::none_before(&due);
            let stops = due.iter().map(|due| Stop::new(&parsed, due.case.id));
            stops.collect()
        };
        if let Some(day) = early {
            let words = format!("nothing is due before {day}; checking in anyway");
            cx.shell.note(Text::from(words))?;
        }
        let (mut saved, mut skipped) = (0, 0);
        let mut result = Ok(());
        for (index, stop) in stops.iter().enumerate() {
            match self.ask(cx, person, stop, (index + 1, stops.len())) {
                Ok(Step::Saved) => saved += 1,
                Ok(Step::Skipped) => skipped += 1,
                Ok(Step::Enough) => break,
                Ok(Step::Last) => {
                    saved += 1;
                    break;
                }
                Err(error) => {
                    result = Err(error);
                    break;
                }
            }
        }
        // Whatever went wrong, what was saved before it is told.
        cx.shell.note(Text::new())?;
        let left = stops.len() - saved;
        let mut text = Text::new();
        text.styled(style::BOLD, &name).push(": ");
        text.styled(style::GOOD, &format!("{saved} saved"));
        if skipped > 0 {
            text.push(&format!(", {skipped} skipped"));
        }
        if left > skipped {
            text.push(&format!(", {} left", left - skipped));
        }
        cx.shell.print(text)?;
        if left > 0 && only.is_none() && early.is_none() {
            let mut next = Text::new();
            let them = if left == 1 { "it" } else { "them" };
            next.styled(style::HELP, "next").push(&format!(
                ": okr checkin {} goes on with {them}",
                quoted(&name)
            ));
            cx.shell.note(next)?;
        }
        result.map(|()| match left {
            _ if early.is_some() => ExitStatus::Success,
            0 => ExitStatus::Success,
            _ => ExitStatus::Findings,
        })
    }

    fn look(&self, cx: &Context<'_>) -> anyhow::Result<Parsed> {
        let text = cx.env.read_text(self.path, MAX_PLAN)?;
        Ok(okr_core::parse(text))
    }

    /// Asks for one key result until there is an answer that can be written.
    fn ask(
        &self,
        cx: &mut Context<'_>,
        person: &mut dyn Person,
        stop: &Stop,
        (number, all): (usize, usize),
    ) -> anyhow::Result<Step> {
        let parsed = Rc::new(self.look(cx)?);
        let Some(id) = stop.find(&parsed) else {
            cx.shell.tell(gone(stop, None))?;
            return Ok(Step::Skipped);
        };
        self.show(cx, &parsed, id, number, all)?;
        let offer = source::offer(cx, &parsed, id, self.asking())?;
        let offer = offer.map(Rc::new);
        loop {
            let line = Line {
                name: id.to_string(),
                start: String::new(),
                check: self.check(&parsed, id, offer.clone()),
            };
            let reply = person.write(
                &line,
                "value, g y r, confidence, note; Enter skips, ? helps",
            )?;
            let answer = match reply {
                Reply::Given(answer) => answer.trim().to_owned(),
                Reply::Back | Reply::Stop => return Ok(Step::Enough),
            };
            match &*answer.to_lowercase() {
                "" => return Ok(Step::Skipped),
                "q" => return Ok(Step::Enough),
                "?" => {
                    help(cx)?;
                    continue;
                }
                _ => {}
            }
            let Some(mut wanted) = self.wanted(&parsed, id, offer.as_deref(), &answer) else {
                continue;
            };
            if self.owes_last_word(&parsed, id, &wanted) {
                match person::last_word(person)? {
                    Reply::Given(status) => wanted.status = status.or(wanted.status),
                    Reply::Back => continue,
                    Reply::Stop => return self.keep(cx, stop, wanted),
                }
            }
            if let Some(status @ (Status::AtRisk | Status::OffTrack)) = wanted.status
                && wanted.note.is_none()
            {
                match person::note(person, status)? {
                    Reply::Given(note) => wanted.note = note,
                    Reply::Back => continue,
                    Reply::Stop => return self.keep(cx, stop, wanted),
                }
            }
            if let Some(step) = self.save(cx, person, stop, wanted)? {
                return Ok(step);
            }
        }
    }

    /// Returns whether a last word is owed that an answer does not say.
    fn owes_last_word(&self, parsed: &Parsed, id: ElementId, wanted: &Wanted) -> bool {
        let case = Case::new(&parsed.plan, id, self.rules, self.rules.today);
        let Some(case) = case.filter(|case| case.owes_last_word().is_some()) else {
            return false;
        };
        let is_said = match wanted.status {
            Some(status) => status.is_last_word(),
            None => value::read(&case, &wanted.value).is_ok_and(|given| given.is_done),
        };
        !is_said
    }

    /// Saves an answer; nothing where it has to be asked for again.
    fn save(
        &self,
        cx: &mut Context<'_>,
        person: &mut dyn Person,
        stop: &Stop,
        mut wanted: Wanted,
    ) -> anyhow::Result<Option<Step>> {
        let name = self.path.display().to_string();
        let width = cx.shell.width();
        loop {
            match self.write(cx, stop, &wanted)? {
                Written::Made(Made::Recorded(_, report)) => {
                    report.say(cx, "  saved: ", &name)?;
                    return Ok(Some(Step::Saved));
                }
                Written::Made(Made::Call(call)) => {
                    let words = format!("{}: time to decide; {}", call.words(), call.numbers());
                    say(cx, "  ", &words, width, style::WARNING)?;
                    match person::call(person, call)? {
                        Reply::Given(Decision::Status(status)) => {
                            wanted.status = Some(status);
                        }
                        Reply::Given(Decision::StillYellow) => {
                            wanted.status = Some(Status::AtRisk);
                            wanted.force = true;
                        }
                        Reply::Back => return Ok(None),
                        Reply::Stop => {
                            wanted.status = None;
                            return self.keep(cx, stop, wanted).map(Some);
                        }
                    }
                    let is_red = wanted.status == Some(Status::OffTrack);
                    if is_red && wanted.note.is_none() {
                        match person::note(person, Status::OffTrack)? {
                            Reply::Given(note) => wanted.note = note,
                            Reply::Back => return Ok(None),
                            Reply::Stop => return self.keep(cx, stop, wanted).map(Some),
                        }
                    }
                }
                Written::Refused(failure) => {
                    let words = format!("That cannot be saved: {}", failure.in_full());
                    say(cx, "  ", &words, width, anstyle::Style::new())?;
                    return Ok(None);
                }
                Written::Gone => {
                    cx.shell.tell(gone(stop, Some(&wanted)))?;
                    return Ok(Some(Step::Skipped));
                }
            }
        }
    }

    /// Saves what was typed before the person stopped at a further question; a status that asks for a decision is
    /// left open. Where the numbers ask for it as well, the value is kept all the same: nobody has called it yellow.
    fn keep(&self, cx: &mut Context<'_>, stop: &Stop, mut wanted: Wanted) -> anyhow::Result<Step> {
        let name = self.path.display().to_string();
        let mut written = self.write(cx, stop, &wanted)?;
        if matches!(written, Written::Made(Made::Call(_))) {
            wanted.status = None;
            wanted.force = true;
            written = self.write(cx, stop, &wanted)?;
        }
        match written {
            Written::Made(Made::Recorded(_, report)) => {
                report.say(cx, "  saved: ", &name)?;
                Ok(Step::Last)
            }
            Written::Gone => {
                cx.shell.tell(gone(stop, Some(&wanted)))?;
                Ok(Step::Enough)
            }
            Written::Made(Made::Call(_)) | Written::Refused(_) => Ok(Step::Enough),
        }
    }

    fn write(&self, cx: &Context<'_>, stop: &Stop, wanted: &Wanted) -> anyhow::Result<Written> {
        let file = quoted(&self.path.display().to_string());
        cx.env.update(self.path, |text| {
            let parsed = okr_core::parse(text);
            let Some(id) = stop.find(&parsed) else {
                return Ok((None, Written::Gone));
            };
            Ok(match record(&parsed, id, wanted, self.rules, &file) {
                Ok(Made::Recorded(after, report)) => {
                    (after, Written::Made(Made::Recorded(None, report)))
                }
                Ok(call) => (None, Written::Made(call)),
                Err(failure) => (None, Written::Refused(failure)),
            })
        })
    }

    /// Returns what keeps a line from being an answer.
    fn check(
        &self,
        parsed: &Rc<Parsed>,
        id: ElementId,
        offer: Option<Rc<Offer>>,
    ) -> crate::commands::prompt::Check {
        let (parsed, rules) = (Rc::clone(parsed), self.rules.clone());
        Rc::new(move |answer| {
            let answer = answer.trim();
            if matches!(answer, "" | "?" | "q" | "Q") {
                return Ok(());
            }
            let case = Case::new(&parsed.plan, id, &rules, rules.today);
            case.map_or(Ok(()), |case| {
                read(&case, offer.as_deref(), answer).map(drop)
            })
        })
    }

    fn wanted(
        &self,
        parsed: &Parsed,
        id: ElementId,
        offer: Option<&Offer>,
        answer: &str,
    ) -> Option<Wanted> {
        let case = Case::new(&parsed.plan, id, self.rules, self.rules.today)?;
        let (answer, taken) = read(&case, offer, answer).ok()?;
        let mut wanted = Wanted {
            value: answer.value,
            status: answer.status,
            confidence: answer.confidence,
            note: answer.note,
            source: None,
            date: None,
            corrects: false,
            force: false,
        };
        if let Some(taken) = taken {
            source::take(&mut wanted, taken);
        }
        Some(wanted)
    }

    fn asking(&self) -> Asking<'_> {
        Asking {
            plan: self.path,
            day: self.rules.today,
            is_past: false,
            allows_commands: self.allows_commands,
        }
    }

    fn show(
        &self,
        cx: &mut Context<'_>,
        parsed: &Parsed,
        id: ElementId,
        number: usize,
        all: usize,
    ) -> anyhow::Result<()> {
        let today = self.rules.today;
        let Some(case) = Case::new(&parsed.plan, id, self.rules, today) else {
            return Ok(());
        };
        let width = cx.shell.width();
        let head = format!("{number} of {all}");
        let title = case.key_result.title.plain();
        let room = width.saturating_sub(head.len() + 2);
        let mut text = Text::from("\n");
        for (index, line) in wrap(&title, room).iter().enumerate() {
            match index {
                0 => text.styled(style::HELP, &head).push("  "),
                _ => text.push("\n").push(&" ".repeat(head.len() + 2)),
            };
            text.styled(style::BOLD, line);
        }
        cx.shell.note(text)?;
        let due = Due::new(case);
        let mut text = Text::from("  ");
        let parts = due.state(today, cx.shell.is_ascii());
        text.append(&flow(&parts, "; ", width.saturating_sub(2)));
        cx.shell.tell(text)
    }
}

/// Reads an answer, and returns what of the source it takes, where it does: `=`, or `= y 6 bank is late`.
fn read<'e>(
    case: &Case<'_>,
    offer: Option<&'e Offer>,
    answer: &str,
) -> Result<(Answer, Option<&'e Evidence>), String> {
    let rest = answer
        .strip_prefix('=')
        .filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    match (offer, rest) {
        (Some(Ok(offer)), Some("")) => Ok((Answer::default(), Some(offer))),
        // What stands behind it is what stands behind any value; `=6` is a value of its own.
        (Some(Ok(offer)), Some(rest)) => Ok((line::read(case, &format!("-{rest}"))?, Some(offer))),
        (Some(Err(reason)), Some(_)) => Err(format!(
            "the source was not read: {reason}; write the value itself"
        )),
        _ => Ok((line::read(case, answer)?, None)),
    }
}

impl Stop {
    pub(super) fn new(parsed: &Parsed, id: ElementId) -> Self {
        let key_result = parsed.plan.key_result(id);
        let title = key_result.map(|key_result| key_result.title.plain().into_owned());
        Self {
            id,
            title: title.unwrap_or_default(),
        }
    }

    /// Finds the key result in the plan as it is now: where it was, else by its words.
    pub(super) fn find(&self, parsed: &Parsed) -> Option<ElementId> {
        let is_it = |id: ElementId| {
            let key_result = parsed.plan.key_result(id);
            key_result.is_some_and(|key_result| *key_result.title.plain() == *self.title)
        };
        if is_it(self.id) {
            return Some(self.id);
        }
        let mut others = parsed.plan.key_results().filter(|(id, _)| is_it(*id));
        match (others.next(), others.next()) {
            (Some((id, _)), None) => Some(id),
            _ => None,
        }
    }
}

/// Says that a key result is not there any more, and what was to be written there, where something was.
fn gone(stop: &Stop, wanted: Option<&Wanted>) -> Text {
    let title = &stop.title;
    let mut words = format!("  \"{title}\" has been reworded or taken away meanwhile");
    if let Some(wanted) = wanted {
        words.push_str("; not saved: ");
        words.push_str(&wanted.line());
    }
    Text::from(words)
}

/// Says what may be written, in two columns.
fn help(cx: &mut Context<'_>) -> anyhow::Result<()> {
    let longest = HELP.iter().map(|(what, _)| what.len()).max();
    let indent = longest.unwrap_or(0) + 4;
    let room = cx.shell.width().saturating_sub(indent).max(10);
    for (what, meaning) in HELP {
        for (index, line) in wrap(meaning, room).iter().enumerate() {
            let what = if index == 0 { what } else { "" };
            let mut text = Text::new();
            text.styled(style::DIM, &format!("  {what:<0$}{line}", indent - 2));
            cx.shell.note(text)?;
        }
    }
    let end = "Enter skips, q stops; what was entered is saved";
    say(cx, "  ", end, cx.shell.width(), style::DIM)
}
