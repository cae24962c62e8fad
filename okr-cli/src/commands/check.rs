//! `okr check`: says what is wrong with plans, where, and what to write instead.

pub(super) mod examine;
mod fix;
pub(super) mod patch;
mod text;
pub(super) mod workspace;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use jiff::civil::Date;
use okr_core::audit::{
    Applicability, Beside, Extract, RULES, Score, audit, audit_and_extract, audit_beside,
};
use okr_render::report::{PlanReport, REPORTS, ReportFormat, Totals};

use self::examine::{Examined, Kind, examine, shares};
use self::fix::Fixing;
use self::workspace::Held;
use super::plans::ordered::ordered;
use super::plans::targets::{self, Target};
use super::plans::{self, say_passed, told};
use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::{Env, MAX_PLAN};
use crate::error::Failure;
use crate::shell::{Text, quoted, style};

pub(crate) static COMMAND: Command = Command {
    name: "check",
    about: "Say what is wrong with plans, where, and what to write instead",
    docs: include_str!("check.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help)
    };
    command
        .arg(plans::paths())
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(value_parser!(String))
                .help("How to report: text, concise, json, sarif or github"),
        )
        .arg(args::json().conflicts_with("format"))
        .arg(flag("fix", "Make the fixes that keep the meaning"))
        .arg(
            flag(
                "unsafe",
                "Take suggestions too, which may change the meaning",
            )
            .requires("fixing"),
        )
        .arg(
            flag("diff", "Show what --fix would change, and write nothing")
                .visible_alias("dry-run")
                .short('n')
                .conflicts_with_all(["format", "json"]),
        )
        .group(
            clap::ArgGroup::new("fixing")
                .args(["fix", "diff"])
                .multiple(true),
        )
        .args(args::audit())
        .arg(flag("all", "Show each finding, also where a rule has many"))
        .arg(plans::jobs())
}

/// How findings are told.
#[derive(Clone, Copy, Debug)]
enum Output {
    Text,
    Report(&'static ReportFormat),
}

/// What is asked for.
struct Request {
    today: Date,
    output: Output,
    /// How many findings of one rule are drawn.
    brief: Option<usize>,
    /// Of how many findings of one rule the changes of their fix are wanted.
    changes: Option<usize>,
    strict: bool,
    has_colour: bool,
    /// The folder from which plans are named to each other.
    root: PathBuf,
}

/// What came of looking at a file.
enum Looked {
    /// It cannot be read.
    Failed(anyhow::Error),
    /// It is no plan, for this reason.
    Passed(&'static str),
    Plan(Box<Found>),
}

/// What was found in a plan.
struct Found {
    examined: Examined,
    text: String,
    /// What it takes to look at it beside others, where it is to be.
    extract: Option<Extract>,
}

/// What was found in a plan, ready to be printed.
struct Printed {
    piece: Piece,
    totals: Totals,
    score: Score,
    /// The command that answers its first question.
    answer: Option<String>,
    /// The rule of its first finding.
    first: Option<String>,
}

enum Piece {
    Text(Option<Text>),
    Bytes(String),
}

/// What was found in all plans.
#[derive(Default)]
struct Sum {
    totals: Totals,
    score: Score,
    answer: Option<String>,
    first: Option<String>,
    has_failed: bool,
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let request = request(cx, matches)?;
    let (targets, has_failed) =
        targets::find(cx, matches, |config| args::audit_settings(config, matches))?;
    let mut sum = Sum {
        has_failed,
        ..Sum::default()
    };
    if matches.contains_id("fixing") && fixing(cx, matches, &request, &targets, &mut sum)? {
        return Ok(status(&request, &sum));
    }
    report(cx, matches, &request, &targets, &mut sum)?;
    Ok(status(&request, &sum))
}

fn request(cx: &Context<'_>, matches: &ArgMatches) -> anyhow::Result<Request> {
    let output = match args::format(matches) {
        None | Some("text") => Output::Text,
        Some(name) => Output::Report(ReportFormat::named(name).map_err(|_| {
            let names = REPORTS.iter().map(|format| format.name);
            let names: Vec<_> = std::iter::once("text").chain(names).collect();
            let near = okr_core::fields::nearest(name, names.iter().copied());
            let help = near.map_or_else(
                || format!("there are {}", names.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            Failure::new(format!("there is no report format `{name}`")).help(help)
        })?),
    };
    let is_brief = matches!(output, Output::Text) && !matches.get_flag("all");
    Ok(Request {
        strict: matches.get_flag("strict"),
        has_colour: cx.shell.draws_colour(),
        root: PathBuf::new(),
        today: cx.today(),
        output,
        brief: is_brief.then_some(text::BRIEF),
        changes: match output {
            Output::Report(format) if !format.tells_changes => Some(0),
            Output::Report(_) => None,
            Output::Text => is_brief.then_some(text::BRIEF),
        },
    })
}

/// Fixes what can be fixed; returns whether that was all there was to do.
fn fixing(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    request: &Request,
    targets: &[Target],
    sum: &mut Sum,
) -> anyhow::Result<bool> {
    let fixing = Fixing {
        today: request.today,
        most: if matches.get_flag("unsafe") {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        },
    };
    let is_shown = matches.get_flag("diff");
    let has_stream = targets.iter().any(Fixing::is_stream);
    if !is_shown && has_stream && targets.len() > 1 {
        let failure = Failure::new("standard input cannot be fixed together with files");
        return Err(failure.help("fix it alone: okr check --fix -").into());
    }
    if !is_shown && !has_stream {
        for target in targets {
            if let Err(error) = fixing.write(cx, target) {
                told(cx, error)?;
                sum.has_failed = true;
            }
        }
        return Ok(false);
    }
    let mut held = Vec::with_capacity(targets.len());
    for target in targets {
        let text = match cx.env.read_text(&target.path, MAX_PLAN) {
            Ok(text) => text,
            Err(error) => {
                told(cx, error)?;
                sum.has_failed = true;
                continue;
            }
        };
        let after = fixing.mended(target, &text).map(|mended| mended.text);
        if is_shown {
            fixing.show(cx, target, &text)?;
        } else {
            let after = after.as_ref().unwrap_or(&text);
            cx.shell.document(after.as_bytes())?;
        }
        match look_at(cx.env, request, target, after.unwrap_or(text), None) {
            Looked::Plan(found) => held.push(Held { target, found }),
            Looked::Passed(reason) => say_passed(cx, target, reason)?,
            Looked::Failed(error) => return Err(error),
        }
    }
    workspace::beside(cx.env, request, &mut held);
    for it in &held {
        drop(sum.add(printed(request, &it.found)));
    }
    cx.shell.note(text::summary(&sum.totals))?;
    Ok(true)
}

/// Returns what is found in the plans of a folder, by their paths as they are named.
pub(super) fn reports(
    env: &Env,
    root: &Path,
    targets: &[Target],
    today: Date,
    jobs: usize,
) -> anyhow::Result<HashMap<String, PlanReport>> {
    let request = Request {
        today,
        output: Output::Text,
        brief: None,
        changes: Some(0),
        strict: false,
        has_colour: false,
        root: root.to_owned(),
    };
    let mut held = Vec::with_capacity(targets.len());
    ordered(
        targets,
        jobs,
        |target| (target, look(env, &request, target)),
        |(target, looked)| {
            if let Looked::Plan(found) = looked {
                held.push(Held { target, found });
            }
            Ok(())
        },
    )?;
    workspace::beside(env, &request, &mut held);
    let reports = held.into_iter().map(|it| it.found.examined.report);
    Ok(reports
        .map(|report| (report.path.clone(), report))
        .collect())
}

/// Looks at all plans, and prints what was found.
fn report(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    request: &Request,
    targets: &[Target],
    sum: &mut Sum,
) -> anyhow::Result<()> {
    let jobs = plans::job_count(matches);
    let mut held = Vec::with_capacity(targets.len());
    let env: &Env = cx.env;
    ordered(
        targets,
        jobs,
        |target| (target, look(env, request, target)),
        |(target, looked)| match looked {
            Looked::Failed(error) => {
                sum.has_failed = true;
                told(cx, error)
            }
            Looked::Passed(reason) => say_passed(cx, target, reason),
            Looked::Plan(found) => {
                held.push(Held { target, found });
                Ok(())
            }
        },
    )?;
    workspace::beside(cx.env, request, &mut held);
    if let Output::Report(format) = request.output {
        cx.shell.document((format.head)(RULES).as_bytes())?;
    }
    let mut between = "";
    ordered(
        &held,
        jobs,
        |it| printed(request, &it.found),
        |printed| match sum.add(printed) {
            Piece::Text(Some(text)) => cx.shell.print_words(text),
            Piece::Bytes(bytes) if !bytes.is_empty() => {
                let bytes = format!("{between}{bytes}");
                if let Output::Report(format) = request.output {
                    between = format.between;
                }
                cx.shell.document(bytes.as_bytes())
            }
            _ => Ok(()),
        },
    )?;
    sum.totals.score = shares(&sum.score);
    if let Output::Report(format) = request.output {
        cx.shell.document((format.tail)(&sum.totals).as_bytes())?;
    }
    if sum.totals.plans == 0 {
        // Of a file that is no plan it has been said; a folder without one is not what was meant.
        if !sum.has_failed && targets.iter().all(|target| !target.is_named) {
            return Err(plans::none("check").into());
        }
        return Ok(());
    }
    match request.output {
        Output::Text => end(cx, matches, sum),
        Output::Report(format) if format.name == "concise" => {
            cx.shell.note(text::summary(&sum.totals))
        }
        Output::Report(_) => Ok(()),
    }
}

/// Prints what stands below the findings of a text.
fn end(cx: &mut Context<'_>, matches: &ArgMatches, sum: &Sum) -> anyhow::Result<()> {
    let totals = &sum.totals;
    cx.shell.print(text::summary(totals))?;
    if totals.findings() == 0 {
        return Ok(());
    }
    if let Some(score) = text::score(&totals.score) {
        cx.shell.print(score)?;
    }
    let paths = matches.get_many::<PathBuf>("path").into_iter().flatten();
    let paths = paths.fold(String::new(), |line, path| {
        line + " " + &quoted(&path.display().to_string())
    });
    let step = if totals.fixable > 0 {
        format!("okr check --fix{paths}")
    } else if let Some(answer) = &sum.answer {
        answer.clone()
    } else if totals.suggested > 0 {
        format!("okr check --diff --unsafe{paths}")
    } else if let Some(rule) = &sum.first {
        format!("okr explain {rule}")
    } else {
        return Ok(());
    };
    let mut next = Text::new();
    next.styled(style::HELP, "next").push(": ").push(&step);
    cx.shell.note(next)
}

impl Sum {
    /// Adds what was found in a plan, and returns what is to be printed of it.
    fn add(&mut self, found: Printed) -> Piece {
        self.totals.add(&found.totals);
        self.score.add(&found.score);
        self.answer = self.answer.take().or(found.answer);
        self.first = self.first.take().or(found.first);
        found.piece
    }
}

fn look(env: &Env, request: &Request, target: &Target) -> Looked {
    match env.read_text(&target.path, MAX_PLAN) {
        Ok(text) => look_at(env, request, target, text, None),
        Err(error) => Looked::Failed(error),
    }
}

fn look_at(
    env: &Env,
    request: &Request,
    target: &Target,
    text: String,
    beside: Option<&Beside>,
) -> Looked {
    let parsed = okr_core::parse(text);
    if let Some(reason) = reason(Kind::of(&parsed)) {
        return Looked::Passed(reason);
    }
    let (settings, today) = (&*target.settings, Some(request.today));
    let (found, extract) = match (beside, workspace::place(env, &request.root, target)) {
        (Some(beside), _) => (audit_beside(&parsed.plan, settings, today, beside), None),
        (None, Some(place)) => {
            let (found, extract) = audit_and_extract(&place, &parsed, settings, today);
            (found, Some(extract))
        }
        (None, None) => (audit(&parsed.plan, settings, today), None),
    };
    let examined = examine(&target.name(), &parsed, settings, &found, request.changes);
    Looked::Plan(Box::new(Found {
        examined,
        text: parsed.document.text().to_owned(),
        extract,
    }))
}

/// Returns what was found in a plan as it is printed.
fn printed(request: &Request, found: &Found) -> Printed {
    let report = &found.examined.report;
    let mut totals = Totals {
        plans: 1,
        ..Totals::default()
    };
    for entry in &report.entries {
        totals.count(entry);
    }
    Printed {
        piece: piece(request, report, &found.text),
        totals,
        score: found.examined.score,
        answer: text::answer(report),
        first: first_rule(report),
    }
}

fn piece(request: &Request, report: &PlanReport, text: &str) -> Piece {
    match request.output {
        Output::Text => Piece::Text(text::findings(
            report,
            text,
            request.brief,
            request.has_colour,
        )),
        Output::Report(format) => Piece::Bytes((format.plan)(RULES, report)),
    }
}

/// Returns the rule of the first finding that an explanation exists for.
fn first_rule(report: &PlanReport) -> Option<String> {
    let mut rules = report.counting().filter(|entry| entry.axis.is_some());
    rules.next().map(|entry| entry.rule.clone())
}

/// Returns why a file is not looked at.
pub(super) fn reason(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Plan => None,
        Kind::Template => Some("is a role template, which is no plan yet"),
        Kind::Other => Some("is no plan: it has no objective"),
    }
}

fn status(request: &Request, sum: &Sum) -> ExitStatus {
    let totals = &sum.totals;
    if sum.has_failed {
        ExitStatus::Failure
    } else if totals.errors > 0 || (request.strict && totals.warnings > 0) {
        ExitStatus::Findings
    } else {
        ExitStatus::Success
    }
}
