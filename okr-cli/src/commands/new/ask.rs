//! The questions to a person at the terminal; what was given on the command line is not asked.

use inquire::list_option::ListOption;
use inquire::ui::RenderConfig;
use inquire::validator::Validation;
use inquire::{InquireError, MultiSelect, Select};
use okr_core::model::{ElementId, Measure, Plan, Quantity};
use okr_templates::{Selection, Template};

use super::request::Answers;
use crate::commands::prompt::{self, Reply, look, rows, say};
use crate::commands::{baseline, templates};
use crate::context::Context;
use crate::env::while_asking;
use crate::error::{Cancelled, Failure};
use crate::shelf::Shelf;
use crate::shell::prompt::Question;
use crate::shell::{columns, shown, style, wrap};

/// What an input is asked with, unless the template has words of its own.
const QUESTIONS: [(&str, &str); 3] = [
    ("team", "Which team is this plan for?"),
    ("owner", "Who owns the plan?"),
    ("period", "Which period is it for?"),
];

/// Asks for which role the plan is to be.
pub(super) fn role<'s>(cx: &mut Context<'_>, shelf: &'s Shelf) -> anyhow::Result<&'s Template> {
    let roles = shelf.library.templates();
    let room = cx.shell.width().saturating_sub(4);
    let width = roles.iter().map(|role| role.name.len()).max();
    let width = width.unwrap_or_default();
    let option = |role: &Template| {
        // What is wrong with a template is told when it is chosen.
        let counts = role.outline().map(|plan| templates::counts(&plan));
        let counts = counts.map_or(String::new(), |counts| format!(": {counts}"));
        let words = format!("{}{counts}", role.title);
        let words = brief(&shown(&words), room.saturating_sub(width + 2));
        format!("{:width$}  {words}", shown(&role.name))
    };
    let name = |option: ListOption<&String>| shown(&roles[option.index].name).into_owned();
    let question = Select::new(
        "Which role is the plan for?",
        roles.iter().map(option).collect(),
    )
    .with_page_size(12)
    .with_help_message("up and down move, letters narrow the list, Enter takes one")
    .with_formatter(&name)
    .with_render_config(look(cx));
    let chosen = while_asking(|| question.raw_prompt()).map_err(stopped)?;
    Ok(&roles[chosen.index])
}

/// Returns as many words of a line as there is room for.
pub(super) fn brief(line: &str, room: usize) -> String {
    if columns(line) <= room {
        return line.to_owned();
    }
    let first = wrap(line, room.saturating_sub(2)).into_iter().next();
    format!("{} …", first.unwrap_or_default())
}

/// Asks for team, owner, period and whatever else the template wants to know.
pub(super) fn about_plan(
    cx: &mut Context<'_>,
    template: &Template,
    answers: &mut Answers,
) -> anyhow::Result<()> {
    let input = |name: &str| template.inputs.iter().find(|input| input.name == name);
    let question = |name: &str| {
        let usual = QUESTIONS
            .iter()
            .find(|(other, _)| *other == name)
            .map_or("", |(_, question)| question);
        shown(input(name).map_or(usual, |input| &input.question)).into_owned()
    };
    let default = |name: &str| input(name).and_then(|input| input.default.clone());
    if answers.team.is_none() {
        let usual = answers
            .usual_team
            .clone()
            .or_else(|| default("team"))
            .or_else(|| template.plan.clone());
        let usual = usual.map(|usual| shown(&usual).into_owned());
        let answer = ask(cx, &question("team"), usual.as_deref())?;
        // The template's own word for the team is no name that the user gave.
        let is_templates = answers.usual_team.is_none() && Some(&answer) == usual.as_ref();
        answers.team = (!is_templates).then_some(answer);
    }
    if answers.owner.is_none() {
        let usual = answers.usual_owner.clone().or_else(|| default("owner"));
        answers.owner = Some(ask(cx, &question("owner"), usual.as_deref())?);
    }
    if answers.period.is_none() {
        let usual = answers.period(cx.today())?.to_string();
        let fiscal = answers.reader();
        let period = Asked {
            question: &question("period"),
            default: Some(&usual),
            hint: "such as 2026-Q4, 2026-H2, 2026, 2026-11",
            check: &fiscal,
        };
        let answer = period.answer(cx)?;
        answers.period = Some(answers.read_period(&answer)?);
    }
    for input in &template.inputs {
        let is_usual = QUESTIONS.iter().any(|(name, _)| *name == input.name);
        if !is_usual && !answers.inputs.contains_key(&input.name) {
            let answer = ask(cx, &shown(&input.question), input.default.as_deref())?;
            answers.inputs.insert(input.name.clone(), answer);
        }
    }
    Ok(())
}

/// Asks which objectives to take, and where each of their numbers stands today.
pub(super) fn about_objectives(
    cx: &mut Context<'_>,
    template: &Template,
    outline: &Plan,
    answers: &mut Answers,
) -> anyhow::Result<()> {
    if answers.selection.is_none() {
        answers.selection = Some(Selection::Numbers(objectives(
            template,
            outline,
            cx.shell.width(),
            &look(cx),
        )?));
    }
    answers.check(template, outline)?;
    let numbers = answers.numbers(template, outline);
    let is_open = |id: ElementId| !answers.baselines.iter().any(|(other, _)| *other == id);
    let wanted: Vec<_> = outline
        .key_results()
        .filter(|(id, key_result)| {
            let is_taken = matches!(id, ElementId::KeyResult(o, _) if numbers.contains(&(o + 1)));
            let measure = &key_result.measure;
            is_taken
                && is_open(*id)
                && measure.target.is_some()
                && measure.start.is_none()
                && measure.question.is_some()
        })
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let width = cx.shell.width();
    let intro = "Where do the numbers stand today? Press Enter for what you do not know yet.";
    say(cx, "", intro, width, style::BOLD)?;
    for (index, (id, key_result)) in wanted.iter().enumerate() {
        let place = format!("{id} ({} of {})", index + 1, wanted.len());
        let head = format!("{place}: {}", key_result.title);
        say(cx, "", &head, width, style::DIM)?;
        let question = key_result
            .measure
            .question
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        say(cx, "  ", &question, width, anstyle::Style::new())?;
        match ask_baseline(cx, &key_result.measure)? {
            Today::Is(baseline) => answers.baselines.push((*id, baseline)),
            Today::Unknown => {}
            Today::RestUnknown => break,
        }
    }
    Ok(())
}

fn objectives(
    template: &Template,
    outline: &Plan,
    width: usize,
    look: &RenderConfig<'static>,
) -> anyhow::Result<Vec<usize>> {
    // A title that would go on in the next line is cut short: it is known by its number.
    let room = width.saturating_sub(8);
    let title = |o: usize, title: &str| brief(&format!("{}. {}", o + 1, shown(title)), room);
    let options: Vec<String> = outline
        .objectives
        .iter()
        .enumerate()
        .map(|(o, objective)| title(o, &objective.title.to_string()))
        .collect();
    let start: Vec<usize> = (0..options.len())
        .filter(|o| template.start_with.is_empty() || template.start_with.contains(&(o + 1)))
        .collect();
    let question = MultiSelect::new("Which objectives?", options)
        .with_default(&start)
        .with_page_size(12)
        .without_filtering()
        .with_help_message(
            "up and down move, space ticks, right ticks all, left none, Enter goes on",
        )
        .with_formatter(&|chosen| {
            let numbers: Vec<_> = chosen
                .iter()
                .map(|option| (option.index + 1).to_string())
                .collect();
            numbers.join(", ")
        })
        .with_validator(|chosen: &[ListOption<&String>]| {
            Ok(if chosen.is_empty() {
                Validation::Invalid("take at least one".into())
            } else {
                Validation::Valid
            })
        })
        .with_render_config(*look);
    let chosen = while_asking(|| question.raw_prompt()).map_err(stopped)?;
    let mut numbers: Vec<_> = chosen.iter().map(|option| option.index + 1).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// An answer to where a number stands today.
enum Today {
    Is(Quantity),
    Unknown,
    /// Nor are all those that would be asked for after it.
    RestUnknown,
}

fn ask_baseline(cx: &Context<'_>, measure: &Measure) -> anyhow::Result<Today> {
    let width = cx.shell.width();
    let sample = baseline::sample(measure);
    let hint = format!("such as {sample} · Enter: not known yet · Esc: leave the rest unknown");
    let check = |text: &str| {
        let reason = match baseline::read(measure, text) {
            Ok(baseline) => baseline.and_then(|baseline| {
                let value = baseline.value;
                let doubt = baseline.doubt?;
                Some(format!("{doubt} Write {value} if it is so"))
            }),
            Err(refusal) => Some(format!("{}; {}", refusal.message, refusal.help)),
        };
        reason.map_or(Ok(()), |reason| Err(rows(&reason, width)))
    };
    let question = Question {
        name: "Today:",
        start: "",
        hint: &rows(&hint, width),
        given_up: "the rest is not known yet",
        check: &check,
        taken: &|answer| shown(&outcome(measure, answer)).into_owned(),
        has_colour: cx.shell.has_colour(),
    };
    let answer = match prompt::ask(&question).map_err(no_terminal)? {
        Reply::Given(answer) => answer,
        Reply::Back => return Ok(Today::RestUnknown),
        Reply::Stop => return Err(Cancelled.into()),
    };
    let read = baseline::read(measure, &answer).map_err(Failure::from)?;
    Ok(read.map_or(Today::Unknown, |baseline| Today::Is(baseline.value)))
}

/// Returns what an answer comes to: where a change of the number leads, else the number.
fn outcome(measure: &Measure, answer: &str) -> String {
    let Ok(Some(baseline)) = baseline::read(measure, answer) else {
        return "not known yet".to_owned();
    };
    let start = baseline.value;
    let target = measure.target.as_ref().filter(|target| target.is_change());
    match target.and_then(|target| target.value(Some(&start))) {
        Some(value) => format!("{start} → {value}"),
        None => start.to_string(),
    }
}

/// Asks for words; what is left open is empty.
fn ask(cx: &Context<'_>, question: &str, default: Option<&str>) -> anyhow::Result<String> {
    let hint = match default {
        Some(_) => "",
        None => "Enter leaves it open",
    };
    let asked = Asked {
        question,
        default,
        hint,
        check: &|_| Ok(()),
    };
    asked.answer(cx)
}

/// Words that are asked for.
struct Asked<'a> {
    question: &'a str,
    /// What Enter alone stands for.
    default: Option<&'a str>,
    hint: &'a str,
    check: &'a dyn Fn(&str) -> Result<(), String>,
}

impl Asked<'_> {
    fn answer(&self, cx: &Context<'_>) -> anyhow::Result<String> {
        let width = cx.shell.width();
        // Whatever comes from a file is made harmless before it reaches the terminal.
        let harmless = self.default.map(shown);
        let name = match &harmless {
            Some(default) => format!("{} ({default})", self.question),
            None => self.question.to_owned(),
        };
        // Whoever takes the default means the value itself, not the way it is shown.
        let is_default = |answer: &str| answer.is_empty() || harmless.as_deref() == Some(answer);
        let meant = |answer: &str| {
            let default = self.default.filter(|_| is_default(answer));
            default.unwrap_or(answer).trim().to_owned()
        };
        let question = Question {
            name: &name,
            start: "",
            hint: &rows(self.hint, width),
            given_up: "cancelled",
            check: &|answer| (self.check)(&meant(answer)).map_err(|words| rows(&words, width)),
            taken: &|answer| shown(&meant(answer)).into_owned(),
            has_colour: cx.shell.has_colour(),
        };
        match prompt::ask(&question).map_err(no_terminal)? {
            Reply::Given(answer) => Ok(meant(&answer)),
            Reply::Back | Reply::Stop => Err(Cancelled.into()),
        }
    }
}

fn stopped(error: InquireError) -> anyhow::Error {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Cancelled.into(),
        error => no_terminal(error),
    }
}

fn no_terminal(error: impl std::error::Error + Send + Sync + 'static) -> anyhow::Error {
    anyhow::Error::new(error).context("cannot ask at this terminal; --no-input asks nothing")
}
