//! `okr import`: a spreadsheet or an outline as a plan.

mod account;
mod json;
mod update;

use std::convert::Infallible;
use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use jiff::civil::Date;
use okr_core::diagnostic::{Diagnostic, Severity};
use okr_core::model::parse_date;
use okr_render::import::{DateOrder, Draft, Import, ImportOptions, read};

use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::MAX_FORMATTED;
use crate::error::Failure;
use crate::shell::{Text, quoted, style};

pub(crate) static COMMAND: Command = Command {
    name: "import",
    about: "Make a plan of a spreadsheet that a team keeps, or of another tool's export",
    docs: include_str!("import.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The spreadsheet or outline; - is standard input"),
        )
        .arg(args::output(
            "Where to write the plan [default: the name of the file with .md]; - prints it",
        ))
        .arg(
            Arg::new("dialect")
                .long("dialect")
                .value_name("NAME")
                .help("Read the columns of this platform; `okr dialects` lists them"),
        )
        .arg(
            Arg::new("sheet")
                .long("sheet")
                .value_name("NAME")
                .help("Read this sheet of the file, also a hidden one"),
        )
        .arg(
            Arg::new("map")
                .long("map")
                .value_name("COLUMN=FIELD")
                .action(ArgAction::Append)
                .help("Say what a column holds, by its heading or letters; may be given again"),
        )
        .arg(
            Arg::new("dates")
                .long("dates")
                .value_name("ORDER")
                .value_parser(["day-first", "month-first"])
                .help("Which comes first in dates such as 03/04/2026"),
        )
        .arg(
            Arg::new("date")
                .long("date")
                .value_name("DATE")
                .help("The day for which values and statuses without a day speak [default: today]"),
        )
        .arg(
            Arg::new("update")
                .long("update")
                .value_name("PLAN")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["output", "json"])
                .help("Compare with this plan, and change it after a question"),
        )
        .arg(
            Arg::new("yes")
                .long("yes")
                .short('y')
                .action(ArgAction::SetTrue)
                .requires("update")
                .help("Change the plan without a question, where nothing is in doubt"),
        )
        .arg(
            Arg::new("same")
                .long("same")
                .value_name("ELEMENT")
                .action(ArgAction::Append)
                .requires("update")
                .help("Say that this element of the plan is in the file under other words; or all; may be given again"),
        )
        .arg(args::force())
        .arg(args::dry_run())
        .arg(args::json())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let target = matches.get_one::<PathBuf>("output").map(PathBuf::as_path);
    if matches.get_flag("json") && target.is_some_and(args::is_standard) {
        let failure = Failure::new("the plan and the JSON cannot both go to standard output");
        return Err(failure.help("leave out --json or `-o -`").into());
    }
    let file = args::path(matches, "file");
    let name = name_of(file);
    let bytes = cx.env.read(file, MAX_FORMATTED)?;
    let options = options(cx, matches)?;
    let import = read(&bytes, &options)
        .map_err(|error| Failure::new(format!("cannot read {name}: {error}")))?;
    drop(bytes);
    if let Some(old) = matches.get_one::<PathBuf>("update") {
        let (plan, more) = import.plan(options.today);
        let messages = all_messages(&import, more);
        say_faults(cx, &import, &name, &messages)?;
        let done = update::exec(cx, matches, &import, plan, old)?;
        return Ok(if done == ExitStatus::Success {
            status_of(&messages)
        } else {
            done
        });
    }
    let is_dry = matches.get_flag("dry-run");
    let is_json = matches.get_flag("json");
    if is_json {
        // The draft is for the JSON, too.
        let (plan, more) = import.plan(options.today);
        let messages = all_messages(&import, more);
        cx.shell
            .document(json::document(&import, &messages)?.as_bytes())?;
        if target.is_some() && !is_dry {
            let path = target.map_or_else(|| beside(file), Path::to_owned);
            let counts = counts(&import.draft);
            write_plan(cx, matches, &path, |out| {
                out.write_all(okr_core::print(&plan).as_bytes())
            })?;
            say(cx, &import, &name, &messages)?;
            close(cx, &counts, &path)?;
        }
        return Ok(status_of(&messages));
    }
    let counts = counts(&import.draft);
    // The process ends soon, and giving back the memory of a large sheet piece by piece takes a while.
    let mut import = ManuallyDrop::new(import);
    if is_dry || target.is_some_and(args::is_standard) {
        let mut text = String::new();
        let more = import.print_to(options.today, |piece| {
            text.push_str(piece);
            Ok::<_, Infallible>(())
        });
        let messages = all_messages(&import, more.unwrap_or_else(|never| match never {}));
        say(cx, &import, &name, &messages)?;
        if is_dry {
            cx.shell.note(Text::new())?;
        }
        cx.shell.document(text.as_bytes())?;
        return Ok(status_of(&messages));
    }
    let path = target.map_or_else(|| beside(file), Path::to_owned);
    let more = write_plan(cx, matches, &path, |out| {
        import.print_to(options.today, |piece| out.write_all(piece.as_bytes()))
    })?;
    let messages = all_messages(&import, more);
    say(cx, &import, &name, &messages)?;
    close(cx, &counts, &path)?;
    Ok(status_of(&messages))
}

/// Writes the plan as `make` does, and returns what else it returns.
fn write_plan<T>(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    path: &Path,
    make: impl FnOnce(&mut dyn io::Write) -> io::Result<T>,
) -> anyhow::Result<T> {
    let (result, folders) = cx.env.write_with(path, args::existing(matches), make)?;
    args::say_made(cx, &folders)?;
    Ok(result)
}

/// Returns what is to be said of a file and of the plan that was made of it.
fn all_messages(import: &Import, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut messages = import.diagnostics.clone();
    messages.extend(more);
    messages
}

fn status_of(messages: &[Diagnostic]) -> ExitStatus {
    let is_fault = |message: &Diagnostic| message.severity == Severity::Error;
    if messages.iter().any(is_fault) {
        ExitStatus::Findings
    } else {
        ExitStatus::Success
    }
}

/// Returns how many objectives and key results were read.
fn counts(draft: &Draft) -> String {
    let key_results = draft.objectives.iter();
    let key_results = key_results
        .map(|objective| objective.key_results.len())
        .sum();
    format!(
        "{}, {}",
        args::count(draft.objectives.len(), "objective"),
        args::count(key_results, "key result")
    )
}

fn say(
    cx: &mut Context<'_>,
    import: &Import,
    name: &str,
    messages: &[Diagnostic],
) -> anyhow::Result<()> {
    let width = cx.shell.width();
    cx.shell
        .note(account::account(import, name, messages, width))
}

/// Says what was not understood; what was is shown as changes of the plan.
fn say_faults(
    cx: &mut Context<'_>,
    import: &Import,
    name: &str,
    messages: &[Diagnostic],
) -> anyhow::Result<()> {
    if messages.is_empty() && import.plan.is_some() {
        return Ok(());
    }
    say(cx, import, name, messages)?;
    cx.shell.note(Text::new())
}

/// Says what was written and what is best done next.
fn close(cx: &mut Context<'_>, counts: &str, path: &Path) -> anyhow::Result<()> {
    let shown = path.display().to_string();
    let mut text = Text::from("\n");
    text.styled(style::GOOD, "wrote")
        .push(&format!(" {shown}: {counts}"));
    cx.shell.note(text)?;
    let mut next = Text::new();
    next.styled(style::HELP, "next")
        .push(&format!(": okr check {}", quoted(&shown)));
    cx.shell.note(next)
}

fn options(cx: &Context<'_>, matches: &ArgMatches) -> anyhow::Result<ImportOptions> {
    let mut options = ImportOptions::new(day(cx, matches)?);
    options.dialect = matches.get_one::<String>("dialect").cloned();
    options.sheet = matches.get_one::<String>("sheet").cloned();
    options.dates = matches
        .get_one::<String>("dates")
        .map(|order| match order.as_str() {
            "day-first" => DateOrder::DayFirst,
            _ => DateOrder::MonthFirst,
        });
    // The plan that comes of it tells; without one it lies in the current folder.
    let plan = matches.get_one::<PathBuf>("update");
    let config = match plan.or_else(|| matches.get_one("output")) {
        Some(plan) => cx.config_for(plan)?,
        None => cx.config()?,
    };
    options.fiscal_year = config.fiscal_year.unwrap_or_default();
    options.lexicon = config.audit.lexicon.clone();
    for pair in matches.get_many::<String>("map").into_iter().flatten() {
        let parts = pair.rsplit_once('=');
        let Some((column, field)) = parts.filter(|(column, _)| !column.trim().is_empty()) else {
            let failure = Failure::new(format!("`{pair}` does not say what the column holds"));
            return Err(failure
                .help("write the column, `=` and the field, as in --map \"Aim=objective\"")
                .into());
        };
        options
            .map
            .push((column.trim().to_owned(), field.trim().to_owned()));
    }
    Ok(options)
}

fn day(cx: &Context<'_>, matches: &ArgMatches) -> anyhow::Result<Date> {
    match matches.get_one::<String>("date") {
        None => Ok(cx.today()),
        Some(text) => parse_date(text.trim()).ok_or_else(|| {
            Failure::new(format!("`{text}` is no date"))
                .help("write a date like 2026-12-31")
                .into()
        }),
    }
}

/// Returns the name of the plan that a file becomes: in the folder where one works, and never its own.
fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().filter(|_| !args::is_standard(file));
    let Some(stem) = stem else {
        return PathBuf::from("plan.md");
    };
    let is_markdown = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    let mut name = stem.to_owned();
    name.push(if is_markdown { "-plan.md" } else { ".md" });
    PathBuf::from(name)
}

fn name_of(file: &Path) -> String {
    if args::is_standard(file) {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    }
}
