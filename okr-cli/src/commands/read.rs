//! `okr read`: shows what a statement says, as far as it was understood.

mod json;
mod picture;

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches};
use okr_core::model::{FiscalYear, Period, PeriodKind};
use okr_core::statement::{Lexicon, read, read_objective};

use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::error::Failure;

pub(crate) static COMMAND: Command = Command {
    name: "read",
    about: "Show what was understood of a goal's wording",
    docs: include_str!("read.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("statement")
                .value_name("STATEMENT")
                .num_args(0..)
                .help("A key result in words; several words need no quotation marks"),
        )
        .arg(
            Arg::new("period").long("period").value_name("PERIOD").help(
                "What deadline phrases are counted in, such as 2026-Q4 [default: this quarter]",
            ),
        )
        .arg(
            Arg::new("objective")
                .long("objective")
                .action(ArgAction::SetTrue)
                .help("Read an objective, and name what is wrong with its wording"),
        )
        .arg(
            Arg::new("jsonl")
                .long("jsonl")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["statement", "json"])
                .help("Read lines of JSON with `text` and `period`, and write one for each"),
        )
        .arg(args::json())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let config = cx.config()?;
    let fiscal = config.fiscal_year.unwrap_or_default();
    let period = match matches.get_one::<String>("period") {
        Some(text) => Some(parse(text, fiscal)?),
        None => Period::containing(cx.today(), PeriodKind::Quarter, config.fiscal_year),
    };
    let lexicon = &config.audit.lexicon;
    if matches.get_flag("jsonl") {
        let is_objective = matches.get_flag("objective");
        return lines(cx, period, fiscal, lexicon, is_objective);
    }
    let words: Vec<&String> = matches
        .get_many("statement")
        .into_iter()
        .flatten()
        .collect();
    let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    let text = words.join(" ");
    let text = text.trim();
    if text.is_empty() {
        let failure = Failure::new("there is no statement to read");
        return Err(failure
            .help("write it behind the command: okr read \"Cut DSO from 52 to 44 days by mid-Q2\"")
            .into());
    }
    if matches.get_flag("objective") {
        let reading = read_objective(text, lexicon);
        if matches.get_flag("json") {
            cx.shell
                .document(json::objective(text, &reading)?.as_bytes())?;
        } else {
            cx.shell.print(picture::draw_objective(text, &reading))?;
        }
        return Ok(ExitStatus::Success);
    }
    let reading = read(text, period, lexicon);
    if matches.get_flag("json") {
        cx.shell
            .document(json::document(text, period, &reading)?.as_bytes())?;
    } else {
        let width = cx.shell.width();
        cx.shell
            .print(picture::draw(text, period, &reading, width))?;
    }
    Ok(ExitStatus::Success)
}

fn parse(text: &str, fiscal: FiscalYear) -> anyhow::Result<Period> {
    Period::parse(text, fiscal).map_err(|error| {
        Failure::new(error.reason().to_owned())
            .help("write a period such as 2026-Q4, 2026-H2 or 2026")
            .into()
    })
}

/// Reads standard input line by line; a line that cannot be read gives a line that says why.
fn lines(
    cx: &mut Context<'_>,
    period: Option<Period>,
    fiscal: FiscalYear,
    lexicon: &Lexicon,
    is_objective: bool,
) -> anyhow::Result<ExitStatus> {
    let input = cx.env.read_text(Path::new("-"), MAX_PLAN)?;
    let mut out = String::with_capacity(input.len() * 2);
    let mut wrong = 0;
    for (number, line) in input.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let read_line = json::Line::parse(line).and_then(|asked| {
            if is_objective {
                return json::objective_line(&asked.text, &read_objective(&asked.text, lexicon));
            }
            let period = match &asked.period {
                Some(text) => {
                    Some(Period::parse(text, fiscal).map_err(|error| error.reason().to_owned())?)
                }
                None => period,
            };
            let reading = read(&asked.text, period, lexicon);
            json::line(&asked.text, period, &reading)
        });
        match read_line {
            Ok(line) => out.push_str(&line),
            Err(message) => {
                wrong += 1;
                let message = format!("line {}: {message}", number + 1);
                cx.shell.warn(
                    &message,
                    Some("write {\"text\": \"…\", \"period\": \"2026-Q4\"}"),
                )?;
                out.push_str(&json::failure(&message)?);
            }
        }
        out.push('\n');
    }
    cx.shell.document(out.as_bytes())?;
    Ok(if wrong == 0 {
        ExitStatus::Success
    } else {
        ExitStatus::Failure
    })
}
