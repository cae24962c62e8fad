//! `okr add`: a new objective, key result or initiative, behind those that are there.

mod json;

use std::fmt::Write as _;

use clap::{Arg, ArgMatches};
use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::completion::Completed;
use okr_core::edit::{Change, edit};
use okr_core::headings;
use okr_core::model::{
    Direction, ElementId, Initiative, Inline, KeyResult, Objective, Plan, Target,
};
use okr_core::statement::{self, Lexicon};

use super::set::field::refused;
use super::{Command, args, baseline};
use crate::ExitStatus;
use crate::context::Context;
use crate::elements;
use crate::env::MAX_PLAN;
use crate::error::Failure;
use crate::shell::{Text, quoted, style};

pub(crate) static COMMAND: Command = Command {
    name: "add",
    about: "Add an objective, a key result or an initiative to a plan",
    docs: include_str!("add.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .override_usage("okr add [OPTIONS] <PLAN> [ELEMENT] <WHAT> <WORDS>")
        .arg(args::plan().help("The plan to add to, a Markdown file; - is standard input"))
        .arg(
            Arg::new("words")
                .value_names(["ELEMENT", "WHAT", "WORDS"])
                .num_args(2..=3)
                .required(true)
                .help("Under what, such as 1 or 1.2, and not for an objective; objective, key-result or initiative; and its words"),
        )
        .arg(
            Arg::new("owner")
                .long("owner")
                .value_name("NAME")
                .help("The person who answers for it"),
        )
        .arg(
            Arg::new("due")
                .long("due")
                .value_name("DATE")
                .value_parser(crate::cli::date)
                .help("The last day for it, such as 2026-12-31; an objective has none"),
        )
        .arg(args::json())
        .arg(args::dry_run())
}

/// What is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Objective,
    KeyResult,
    Initiative,
}

impl What {
    fn parse(word: &str) -> Result<Self, Failure> {
        let plain = word.to_lowercase().replace(['-', '_'], " ");
        match &*plain {
            "objective" => Ok(Self::Objective),
            "key result" | "keyresult" | "kr" => Ok(Self::KeyResult),
            "initiative" => Ok(Self::Initiative),
            _ => Err(Failure::new(format!("`{word}` is nothing that a plan has"))
                .help("write objective, key-result or initiative")),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Objective => "objective",
            Self::KeyResult => "key-result",
            Self::Initiative => "initiative",
        }
    }
}

/// What the command line asks for.
struct Wanted<'m> {
    element: Option<&'m str>,
    what: What,
    words: &'m str,
    owner: Option<&'m str>,
    due: Option<Date>,
}

impl<'m> Wanted<'m> {
    fn new(matches: &'m ArgMatches) -> Result<Self, Failure> {
        let given = matches.get_many::<String>("words").into_iter().flatten();
        let given: Vec<&'m str> = given.map(String::as_str).collect();
        let (element, what, words) = match given[..] {
            [what, words] => (None, what, words),
            [element, what, words] => (Some(element), what, words),
            _ => (None, "", ""),
        };
        let what = What::parse(what)?;
        let due = matches.get_one::<Date>("due").copied();
        let element = element.filter(|element| !element.eq_ignore_ascii_case("plan"));
        let failure = match (what, element) {
            (What::Objective, Some(element)) => Some(
                Failure::new(format!(
                    "an objective goes into the plan, not under {element}"
                ))
                .help("leave the element out, as in okr add PLAN objective \"…\""),
            ),
            (What::KeyResult, None) => Some(
                Failure::new("it is not said to which objective the key result belongs")
                    .help("name it, as in okr add PLAN 1 key-result \"…\""),
            ),
            (What::Initiative, None) => Some(
                Failure::new("it is not said to which goal the initiative belongs")
                    .help("name it, as in okr add PLAN 1.2 initiative \"…\""),
            ),
            _ if what == What::Objective && due.is_some() => Some(
                Failure::new("an objective is due when its plan ends")
                    .help("leave --due out, and give its key results a date"),
            ),
            _ if words.trim().is_empty() => Some(
                Failure::new("a title may not be empty")
                    .help("write what is to be reached or done"),
            ),
            _ => None,
        };
        match failure {
            Some(failure) => Err(failure),
            None => Ok(Self {
                element,
                what,
                words,
                owner: matches.get_one::<String>("owner").map(String::as_str),
                due,
            }),
        }
    }

    /// Returns the change that adds it, and where it will stand.
    fn change(&self, parsed: &Parsed) -> Result<(Change, ElementId), Failure> {
        let plan = &parsed.plan;
        let title = Inline::from_plain(self.words.trim());
        let owner = self.owner.map(str::to_owned);
        let element = match self.element {
            Some(wanted) => elements::find(parsed, wanted)?,
            None => ElementId::Plan,
        };
        Ok(match (self.what, element) {
            (What::Objective, _) => {
                let position = plan.objectives.len();
                let objective = Box::new(Objective {
                    title,
                    owner,
                    ..Objective::default()
                });
                let change = Change::AddObjective {
                    position,
                    objective,
                };
                (change, ElementId::Objective(position))
            }
            (What::KeyResult, ElementId::Objective(objective)) => {
                let position = plan.objectives[objective].key_results.len();
                let key_result = Box::new(KeyResult {
                    title,
                    owner,
                    due: self.due,
                    ..KeyResult::default()
                });
                let change = Change::AddKeyResult {
                    objective,
                    position,
                    key_result,
                };
                (change, ElementId::KeyResult(objective, position))
            }
            (What::KeyResult, _) => {
                let failure = Failure::new(format!("{element} is no objective"));
                return Err(failure.help("a key result goes under an objective, such as 1"));
            }
            (What::Initiative, _) => {
                let position = initiatives(plan, element).map(<[_]>::len);
                let position = position.ok_or_else(|| {
                    Failure::new(format!("{element} is an initiative itself"))
                        .help("name the objective or key result that it is to serve")
                })?;
                let (title, own_owner, own_due) = read_initiative(&title);
                let change = Change::AddInitiative {
                    element,
                    title,
                    owner: owner.or(own_owner),
                    due: self.due.or(own_due),
                };
                let id = match element {
                    ElementId::KeyResult(o, k) => ElementId::Initiative(o, k, position),
                    other => ElementId::ObjectiveInitiative(objective_of(other), position),
                };
                (change, id)
            }
        })
    }
}

const fn objective_of(element: ElementId) -> usize {
    match element {
        ElementId::Objective(o) => o,
        _ => 0,
    }
}

/// Returns the initiatives of an objective or a key result; nothing for anything else.
fn initiatives(plan: &Plan, element: ElementId) -> Option<&[Initiative]> {
    let of_objective = plan.objective(element).map(|it| &*it.initiatives);
    of_objective.or_else(|| plan.key_result(element).map(|it| &*it.initiatives))
}

/// Returns the words of an initiative without owner and date, which may stand behind them in a parenthesis.
fn read_initiative(words: &Inline) -> (Inline, Option<String>, Option<Date>) {
    let text = format!("## Objective: o\n\n- [ ] {}\n", words.as_markdown());
    let mut read = okr_core::parse(text).plan;
    let first = read
        .objectives
        .pop()
        .and_then(|mut it| it.initiatives.pop());
    match first.filter(|it| !it.title.is_empty()) {
        Some(it) => (it.title, it.owner, it.due),
        None => (words.clone(), None, None),
    }
}

/// What was added, and what is known of it.
struct Added {
    what: What,
    element: ElementId,
    title: String,
    /// The anchor of its heading, where it has one.
    anchor: Option<String>,
    /// Whether it was not there before.
    is_new: bool,
    baseline: Option<String>,
    /// Whether it goes from a baseline, which a state and what is to be kept do not.
    has_way: bool,
    target: Option<String>,
    owner: Option<String>,
    due: Option<Date>,
    warnings: Vec<String>,
    /// How many places of the plan are not understood.
    faults: usize,
    next: Option<String>,
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let path = args::path(matches, "plan");
    let name = path.display().to_string();
    args::check_is_markdown(&name)?;
    let wanted = Wanted::new(matches)?;
    let (is_dry, is_json) = (matches.get_flag("dry-run"), matches.get_flag("json"));
    let is_standard = args::is_standard(path);
    if is_json && is_standard && !is_dry {
        let failure = Failure::new("standard output cannot take both the plan and JSON");
        return Err(failure.help("name a file, or add --dry-run").into());
    }
    let lexicon = cx.config_for(path)?.audit.lexicon.clone();
    let added = if is_dry || is_standard {
        let before = cx.env.read_text(path, MAX_PLAN)?;
        let (after, added) = outcome(&before, &wanted, &name, &lexicon)?;
        let after = after.as_ref().unwrap_or(&before);
        if !is_dry {
            cx.shell.document(after.as_bytes())?;
        } else if !is_json {
            crate::diff::print(cx, &name, Some(before.as_bytes()), after.as_bytes())?;
        }
        added
    } else {
        let add = |text: &str| outcome(text, &wanted, &name, &lexicon);
        cx.env.update(path, add)?
    };
    if is_json {
        let is_written = added.is_new && !is_dry;
        cx.shell
            .document(json::document(&added, &name, is_written)?.as_bytes())?;
    } else {
        say(cx, &added, &name)?;
    }
    Ok(ExitStatus::Success)
}

/// Returns the plan with the element, or nothing where it is there already, and what was added.
fn outcome(
    text: &str,
    wanted: &Wanted<'_>,
    name: &str,
    lexicon: &Lexicon,
) -> anyhow::Result<(Option<String>, Added)> {
    let parsed = okr_core::parse(text);
    let (change, element) = wanted.change(&parsed)?;
    let patch = edit(&parsed, &change).map_err(|error| refused(&error))?;
    if patch.is_empty() {
        let there = there(&parsed.plan, &change).unwrap_or(element);
        let added = Added {
            warnings: Vec::new(),
            next: None,
            is_new: false,
            ..describe(&parsed, there, wanted.what, lexicon, name)
        };
        return Ok((None, added));
    }
    let after = patch.apply(text);
    let read = okr_core::parse(after.clone());
    let mut meant = parsed.plan.clone();
    change.apply(&mut meant).map_err(|error| refused(&error))?;
    if read.plan != meant {
        let failure = Failure::new("the plan would not read back with these words");
        return Err(failure
            .help("write simpler words, or edit the file itself; nothing was changed")
            .into());
    }
    let added = describe(&read, element, wanted.what, lexicon, name);
    Ok((Some(after), added))
}

/// Returns the element of the same words that is there already.
fn there(plan: &Plan, change: &Change) -> Option<ElementId> {
    match change {
        Change::AddObjective { objective, .. } => {
            let mut all = plan.objectives.iter();
            let at = all.position(|it| it.title == objective.title)?;
            Some(ElementId::Objective(at))
        }
        Change::AddKeyResult {
            objective,
            key_result,
            ..
        } => {
            let mut all = plan.objectives.get(*objective)?.key_results.iter();
            let at = all.position(|it| it.title == key_result.title)?;
            Some(ElementId::KeyResult(*objective, at))
        }
        Change::AddInitiative { element, title, .. } => {
            let mut all = initiatives(plan, *element)?.iter();
            let at = all.position(|it| it.title == *title)?;
            Some(match *element {
                ElementId::KeyResult(o, k) => ElementId::Initiative(o, k, at),
                other => ElementId::ObjectiveInitiative(objective_of(other), at),
            })
        }
        _ => None,
    }
}

/// Returns what is known of an element that was added.
fn describe(
    parsed: &Parsed,
    element: ElementId,
    what: What,
    lexicon: &Lexicon,
    name: &str,
) -> Added {
    let plan = &parsed.plan;
    let heading = headings(parsed)
        .into_iter()
        .find(|it| it.element == element);
    let file = quoted(name);
    let mut added = Added {
        what,
        element,
        title: String::new(),
        anchor: heading.map(|heading| heading.anchor),
        is_new: true,
        baseline: None,
        has_way: false,
        target: None,
        owner: None,
        due: None,
        warnings: Vec::new(),
        faults: args::slips(&parsed.diagnostics),
        next: None,
    };
    if let Some(day) = plan.closed() {
        added.warnings.push(format!("the plan was closed on {day}"));
    }
    if let Some(objective) = plan.objective(element) {
        added.title = objective.title.plain().into_owned();
        added.owner.clone_from(&objective.owner);
        added.next = Some(format!("okr add {file} {element} key-result \"…\""));
    } else if let Some(key_result) = plan.key_result(element) {
        added.title = key_result.title.plain().into_owned();
        added.owner.clone_from(&key_result.owner);
        let Completed { measure, due } = Completed::new(key_result, plan.period, lexicon);
        added.due = due;
        added.baseline = measure.start.as_ref().map(ToString::to_string);
        added.target = match (&measure.target, measure.target_value()) {
            (Some(target), Some(value)) if target.is_change() => Some(value.to_string()),
            (target, _) => target.as_ref().map(ToString::to_string),
        };
        added.warnings.extend(baseline::doubt(&measure));
        let sample = || quoted(&baseline::sample(&measure));
        let set = |field: &str, value: String| format!("okr set {file} {element} {field} {value}");
        let goes = match &measure.target {
            None | Some(Target::Done | Target::FirstValue | Target::Between { .. }) => false,
            Some(_) => measure.direction != Some(Direction::Keep),
        };
        added.has_way = goes;
        added.next = match measure.target {
            // Words of something that is to be done ask for no number.
            None if statement::read(&added.title, plan.period, lexicon).direction
                == statement::Direction::Complete =>
            {
                Some(set("target", "done".to_owned()))
            }
            None => Some(set("target", sample())),
            Some(_) if goes && measure.start.is_none() => Some(set("baseline", sample())),
            Some(_) => None,
        };
    } else if let Some(initiative) = plan.initiative(element) {
        added.title = initiative.title.plain().into_owned();
        added.owner.clone_from(&initiative.owner);
        added.due = initiative.due;
    }
    if let (Some(due), Some(period)) = (added.due, plan.period)
        && !period.contains(due)
    {
        let period = period.name();
        let warning = format!("{due} lies outside {period}, the period of the plan");
        added.warnings.push(warning);
    }
    added
}

fn say(cx: &mut Context<'_>, added: &Added, name: &str) -> anyhow::Result<()> {
    let Added { element, title, .. } = added;
    let lead = if name == "-" {
        String::new()
    } else {
        format!("{name}: ")
    };
    if !added.is_new {
        let plan = if name == "-" { "the plan" } else { name };
        let said = format!("{element} is there already: {title}; {plan} is as it was");
        return cx.shell.tell(Text::from(said));
    }
    let mut said = Text::from(lead);
    said.styled(style::GOOD, "added")
        .push(&format!(" {element}: {title}"));
    cx.shell.tell(said)?;
    let known = known(added);
    if !known.is_empty() {
        cx.shell.tell(Text::from(format!("  {known}")))?;
    }
    for warning in &added.warnings {
        cx.shell.warn(warning, None)?;
    }
    if let Some(next) = &added.next {
        let mut text = Text::new();
        text.styled(style::HELP, "next").push(&format!(": {next}"));
        cx.shell.note(text)?;
    }
    args::say_faults(cx, added.faults, name)
}

/// Returns what is understood of an element, in a line; nothing where an objective has no owner.
fn known(added: &Added) -> String {
    let due = added.due.map(|due| due.to_string());
    let mut parts: Vec<(&str, Option<&str>)> = Vec::new();
    if added.what == What::KeyResult {
        let unknown = added.has_way.then_some("not known");
        parts.push(("baseline", added.baseline.as_deref().or(unknown)));
        parts.push(("target", added.target.as_deref().or(Some("not known"))));
    }
    parts.push(("owner", added.owner.as_deref()));
    parts.push(("due", due.as_deref()));
    let mut line = String::new();
    for (name, value) in parts {
        let Some(value) = value else { continue };
        let comma = if line.is_empty() { "" } else { ", " };
        // Writing to a string does not fail.
        let _ = write!(line, "{comma}{name} {value}");
    }
    line
}
