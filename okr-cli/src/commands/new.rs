//! `okr new`: a starter plan from a role template.

mod ask;
mod carried;
mod closing;
mod from;
mod neighbours;
mod request;

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};
use okr_core::edit::{Change, edit};
use okr_core::model::{Cadence, ElementId, Inline, Period, Plan};
use okr_render::{Format, WriteOptions};
use okr_templates::{Filled, Template};

use self::request::Answers;
use super::foreign::Foreign;
use super::{Command, args, baseline, dates, render};
use crate::ExitStatus;
use crate::config::Config;
use crate::context::Context;
use crate::env::{Existing, Output};
use crate::error::Failure;
use crate::shelf::{Shelf, failure};

pub(crate) static COMMAND: Command = Command {
    name: "new",
    about: "Make a starter plan for a role, or the next plan of what is left of one",
    docs: include_str!("new.md"),
    cli,
    exec,
};

/// The most roles that an error lists.
const MAX_LISTED: usize = 20;

fn cli(command: clap::Command) -> clap::Command {
    let option =
        |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    command
        .arg(
            Arg::new("role")
                .value_name("ROLE")
                .help("The role; `okr templates` lists them, and okr asks when none is given"),
        )
        // What is given in place of one word is told better than "unexpected argument".
        .arg(Arg::new("rest").num_args(0..).hide(true))
        .arg(args::output(
            "Where to write the plan, such as plan.md; - is standard output",
        ))
        .arg(
            option("period", "PERIOD")
                .help("The time that it is for, such as 2026-Q4, 2026-H2 or FY2027-Q1; without it, this quarter or the next"),
        )
        .arg(
            option("from", "PLAN")
                .value_parser(clap::value_parser!(PathBuf))
                .conflicts_with_all(["role", "team", "owner", "baseline", "input", "also", "templates"])
                .help("Carry over what is left of this plan, in place of a role"),
        )
        .arg(
            option("key-results", "NUMBERS")
                .requires("from")
                .conflicts_with_all(["all", "objectives"])
                .help("Which key results to carry over, such as 1.1,2.3; without it, those not met"),
        )
        .arg(option("team", "TEAM").help("The team that it belongs to"))
        .arg(option("owner", "NAME").help("The person who answers for it"))
        .arg(
            option("objectives", "NUMBERS").conflicts_with("all").help(
                "Which objectives to take, such as 1,3-5; without it, a good few to start with",
            ),
        )
        .arg(
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .help("Take all objectives"),
        )
        .arg(
            option("baseline", "NUMBER=VALUE")
                .action(ArgAction::Append)
                .help("Where a key result stands today, such as 1.1=68%; may be given again"),
        )
        .arg(
            option("input", "NAME=VALUE")
                .action(ArgAction::Append)
                .help("What else the template asks for; may be given again"),
        )
        .arg(
            option("also", "FORMATS")
                .action(ArgAction::Append)
                .value_delimiter(',')
                .help("Write it in these formats as well, beside the plan: html, xlsx, csv, json"),
        )
        .arg(args::templates())
        .arg(
            Arg::new("no-input")
                .long("no-input")
                .action(ArgAction::SetTrue)
                .help("Ask nothing, even at a terminal"),
        )
        .arg(args::force())
        .arg(args::dry_run())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    if let Some(plan) = matches.get_one::<PathBuf>("from") {
        return from::exec(cx, matches, plan);
    }
    let output = matches.get_one::<PathBuf>("output");
    let config = match output {
        Some(output) => cx.config_for(output)?,
        None => cx.config()?,
    };
    let shelf = Shelf::open(cx, &config, &args::template_folders(matches))?;
    let also = also(cx, matches)?;
    let asks = cx.env.can_ask() && !matches.get_flag("no-input");
    let template = template(cx, matches, &shelf, asks)?;
    // Filling a template takes longer than everything else, so it is done twice only where something
    // must be looked up in the whole of it.
    let looks_up = asks || matches.contains_id("objectives") || matches.contains_id("baseline");
    let outline = if looks_up {
        template.outline().map_err(failure)?
    } else {
        Plan::default()
    };
    let mut answers = Answers::given(matches, template, &outline, &config)?;
    if asks {
        ask::about_plan(cx, template, &mut answers)?;
    }
    let period = answers.period(cx.today())?;
    // A file in the way is better told before a dozen questions than after them.
    let paths = paths(matches, template, period, &also);
    let existing = if matches.get_flag("force") {
        Existing::Replace
    } else {
        Existing::Keep
    };
    for path in &paths {
        cx.env.check_target(path, existing)?;
    }
    if asks {
        ask::about_objectives(cx, template, &outline, &mut answers)?;
    }
    if looks_up {
        answers.check(template, &outline)?;
    }
    for doubt in &answers.doubts {
        cx.shell.warn(doubt, None)?;
    }
    let filled = template.fill(&answers.request(period)).map_err(failure)?;
    let filled = with_cadence(filled, answers.cadence)?;
    for warning in baseline::warnings(&filled.plan) {
        cx.shell.warn(&warning, None)?;
    }
    if let Some(warning) = dates::passed(&filled.plan, cx.today()) {
        cx.shell.warn(&warning, None)?;
    }
    let Some((path, others)) = paths.split_first() else {
        if matches.get_flag("dry-run") {
            crate::diff::print(cx, "plan.md", None, filled.text.as_bytes())?;
        } else {
            cx.shell.document(filled.text.as_bytes())?;
        }
        closing::say(cx, &filled, &[])?;
        return Ok(ExitStatus::Success);
    };
    let outputs = outputs(&filled, path, &also, others, &config)?;
    if args::write(cx, matches, &outputs)? {
        closing::say(cx, &filled, &paths)?;
    }
    Ok(ExitStatus::Success)
}

/// Returns the template of the role that is named, or else chosen at the terminal.
fn template<'s>(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    shelf: &'s Shelf,
    asks: bool,
) -> anyhow::Result<&'s Template> {
    let Some(role) = matches.get_one::<String>("role") else {
        return if asks {
            ask::role(cx, shelf)
        } else {
            Err(no_role(shelf).into())
        };
    };
    let rest: Vec<&str> = matches
        .get_many::<String>("rest")
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let Some(first) = rest.first() else {
        return shelf.get(role);
    };
    let words = format!("{role} {}", rest.join(" "));
    let (message, help) = if let Ok(template) = shelf.library.get(&words) {
        (
            format!("the role is one word, not `{words}`"),
            format!("did you mean `{}`?", template.name),
        )
    } else if shelf.library.get(role).is_err() {
        return shelf.get(&words);
    } else if Format::of_file_name(first).is_ok() {
        (
            format!("`{first}` is one word too many"),
            format!(
                "name the plan's file with -o {}",
                crate::shell::quoted(first)
            ),
        )
    } else {
        (
            format!("`{first}` is one word too many"),
            "a plan is made for one role; `okr new --help` tells what else may be given".to_owned(),
        )
    };
    Err(Failure::new(message).help(help).into())
}

/// Returns that no role is named, with those that there are.
fn no_role(shelf: &Shelf) -> Failure {
    let templates = shelf.library.templates();
    let width = templates.iter().map(|template| template.name.len()).max();
    let width = width.unwrap_or_default();
    let mut listed = String::new();
    for template in templates.iter().take(MAX_LISTED) {
        // Writing to a string does not fail.
        let _ = write!(listed, "\n  {:width$}  {}", template.name, template.title);
    }
    let more = templates.len().saturating_sub(MAX_LISTED);
    let more = if more > 0 {
        format!("\n  and {more} more, which `okr templates` lists")
    } else {
        String::new()
    };
    let first = templates.first().map_or("ROLE", |template| &template.name);
    Failure::new("it is not said for which role")
        .help(format!("name one, as in okr new {first}:{listed}{more}"))
}

/// Returns the plan and its other formats as files to write.
fn outputs(
    filled: &Filled,
    path: &Path,
    also: &[&'static Format],
    others: &[PathBuf],
    config: &Config,
) -> anyhow::Result<Vec<Output>> {
    let mut outputs = vec![Output {
        path: path.to_owned(),
        bytes: filled.text.clone().into_bytes(),
    }];
    let mut options = WriteOptions::default();
    options.byte_order_mark = true;
    options.lexicon = config.audit.lexicon.clone();
    options.check_in_day = config.audit.check_in_day;
    options.yellows = Some(config.audit.limits.yellows_in_a_row);
    for (format, path) in also.iter().zip(others) {
        let bytes = (format.write)(&filled.plan, &options)
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))?;
        outputs.push(Output {
            path: path.clone(),
            bytes,
        });
    }
    Ok(outputs)
}

/// Returns the formats of `--also`, each once; the plan itself is Markdown anyway.
fn also(cx: &Context<'_>, matches: &ArgMatches) -> anyhow::Result<Vec<&'static Format>> {
    let output = matches.get_one::<PathBuf>("output");
    let mut formats: Vec<&'static Format> = Vec::new();
    for name in matches.get_many::<String>("also").into_iter().flatten() {
        if let Some(foreign) = Foreign::named(name.trim()) {
            let advice = foreign.advice(output.map_or(Path::new("plan.md"), PathBuf::as_path));
            let failure = Failure::new(foreign.refusal());
            return Err(failure
                .help(format!("with --also {}, {advice}", foreign.format()))
                .into());
        }
        let format = render::named(name.trim())?;
        if format.name != "markdown" && !formats.iter().any(|other| other.name == format.name) {
            formats.push(format);
        }
    }
    match output {
        Some(output) if args::is_standard(output) => {
            let failure = Failure::new("--also needs a file beside which to write");
            let failure = failure.help("name the plan's file, as in -o plan.md");
            return if formats.is_empty() {
                Ok(formats)
            } else {
                Err(failure.into())
            };
        }
        // That a folder or a device is no file is told later.
        Some(output) if !cx.env.is_no_file(output) => check_is_markdown(output)?,
        _ => {}
    }
    Ok(formats)
}

/// Finds out whether a file is to be Markdown, by its name.
fn check_is_markdown(output: &Path) -> Result<(), Failure> {
    let name = output.display().to_string();
    let format = Format::of_file_name(&name);
    if format
        .as_ref()
        .is_ok_and(|format| format.name == "markdown")
    {
        return Ok(());
    }
    // Something like `plan-1.2` has no ending that could give way.
    let is_ending = |ending: &OsStr| {
        let ending = ending.to_string_lossy();
        ending.starts_with(|c: char| c.is_ascii_alphabetic()) && ending.len() < 9
    };
    let plan = if output.extension().is_some_and(is_ending) {
        output.with_extension("md")
    } else {
        PathBuf::from(format!("{name}.md"))
    };
    let file = crate::shell::quoted(&plan.display().to_string());
    Err(match (format, Foreign::of(output)) {
        (Ok(format), _) => {
            Failure::new(format!("the plan itself is Markdown, not {}", format.name)).help(format!(
                "write both with -o {file} --also {}",
                format.extensions[0]
            ))
        }
        (_, Some(foreign)) => Failure::new(format!(
            "the plan itself is Markdown, and {}",
            foreign.refusal()
        ))
        .help(format!(
            "with -o {file} --also {}, {}",
            foreign.format(),
            foreign.advice(&plan)
        )),
        _ => Failure::new(format!(
            "the plan is written as Markdown, and {name} does not end in .md"
        ))
        .help(format!("write it with -o {file}")),
    })
}

/// Returns the files to write, the plan first; none for standard output.
fn paths(
    matches: &ArgMatches,
    template: &Template,
    period: Period,
    also: &[&'static Format],
) -> Vec<PathBuf> {
    let plan = match matches.get_one::<PathBuf>("output") {
        Some(output) if args::is_standard(output) => return Vec::new(),
        Some(output) => output.clone(),
        None => PathBuf::from(file_name(&template.name, &period.to_string())),
    };
    let others: Vec<PathBuf> = also
        .iter()
        .map(|format| with_ending(&plan, format.extensions[0]))
        .collect();
    std::iter::once(plan).chain(others).collect()
}

fn with_ending(plan: &Path, ending: &str) -> PathBuf {
    plan.with_extension(ending)
}

/// Returns the usual name of a new plan's file, of letters, digits, `-` and `.` alone.
fn file_name(role: &str, period: &str) -> String {
    let period = period.replace("..", "-to-");
    let kept = |c: char| {
        if c.is_alphanumeric() || c == '-' {
            c
        } else {
            '-'
        }
    };
    format!(
        "{}.md",
        format!("{role}-{period}")
            .chars()
            .map(kept)
            .collect::<String>()
    )
}

/// Puts the cadence of `okr.toml` in place of the template's.
fn with_cadence(filled: Filled, cadence: Option<Cadence>) -> anyhow::Result<Filled> {
    let Some(cadence) = cadence else {
        return Ok(filled);
    };
    let parsed = okr_core::parse(&*filled.text);
    let value = Inline::from_plain(cadence.word());
    let change = Change::SetField {
        element: ElementId::Plan,
        field: "cadence".to_owned(),
        value,
    };
    let patch = edit(&parsed, &change)?;
    let parsed = okr_core::parse(patch.apply(parsed.document.text()));
    let text = parsed.document.text().to_owned();
    Ok(Filled {
        text,
        plan: parsed.plan,
        unmeasured: filled.unmeasured,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_lead_nowhere_else() {
        assert_eq!(
            file_name("accounts-team", "2026-Q4"),
            "accounts-team-2026-Q4.md"
        );
        assert_eq!(
            file_name("a", "2026-10-01..2026-12-31"),
            "a-2026-10-01-to-2026-12-31.md"
        );
        assert_eq!(file_name("../../etc", "/x\u{1b}"), "------etc--x-.md");
    }
}
