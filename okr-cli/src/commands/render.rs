//! `okr render`: a plan in another format, or as the table of a platform.

mod edition;
mod platform;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use indexmap::IndexMap;
use okr_core::diagnostic::{Diagnostic, Severity};
use okr_core::fields::nearest;
use okr_core::model::{Inline, KeyResult, Plan};
use okr_render::{FORMATS, Format, Part, ReadOptions, WriteOptions};

use super::edition::{arg as edition_arg, is_external};
use super::{Command, args, foreign::Foreign};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::{MAX_FORMATTED, MAX_PLAN, Output};
use crate::error::Failure;
use crate::shell::{Text, quoted, style};

pub(super) use platform::by_name;

pub(crate) static COMMAND: Command = Command {
    name: "render",
    about: "Write a plan as a web page, a workbook, a table or JSON, or read it back",
    docs: include_str!("render.md"),
    cli,
    exec,
};

/// The most faults of a plan that are shown at once: after so many, one mends those first.
const MAX_SHOWN: usize = 20;

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(args::plan().help("The plan, in any format; - is standard input"))
        .arg(args::output(
            "Where to write; the ending tells the format, - is standard output",
        ))
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("FORMAT")
                .help("The format to write: md, html, xlsx, csv or json"),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("FORMAT")
                .help("The format to read, where no ending tells it"),
        )
        .arg(edition_arg())
        .arg(
            Arg::new("dialect")
                .long("dialect")
                .value_name("NAME")
                .help("Write the CSV table of a platform; okr dialects lists them"),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .requires("dialect")
                .help("Fail where the platform cannot hold something of the plan"),
        )
        .arg(
            Arg::new("theme")
                .long("theme")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("Take page templates and styles from this folder"),
        )
        .arg(
            Arg::new("plain")
                .long("plain")
                .action(ArgAction::SetTrue)
                .help("Write a workbook as one sheet without ornament, for other programs"),
        )
        .arg(
            Arg::new("slides")
                .long("slides")
                .action(ArgAction::SetTrue)
                .help("Write a page as slides, one objective each, to be presented or printed"),
        )
        .arg(args::force())
        .arg(args::dry_run())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let source = args::path(matches, "plan");
    let target = matches.get_one::<PathBuf>("output").map(PathBuf::as_path);
    let dialect = platform::dialect(matches, target)?;
    let to = match dialect {
        Some(_) => named("csv")?,
        None => format_to_write(matches, source, target)?,
    };
    let from = format_to_read(matches, source)?;
    let path = target.filter(|target| !args::is_standard(target));
    refuse_oddities(cx, matches, to, path)?;
    if is_external(matches) {
        edition::refuse_itself(cx, source, path)?;
    }
    let Reading {
        mut plan,
        diagnostics,
        text,
    } = read(cx, source, from)?;
    if is_external(matches) {
        // What was read from another format is what its Markdown says.
        let parsed = okr_core::parse(text.unwrap_or_else(|| okr_core::print(&plan)));
        plan = edition::external(cx, source, &parsed)?;
    }
    if let Some(path) = path.filter(|_| to.name == "markdown") {
        refuse_loss(cx, path, from, &plan)?;
    }
    let mut status = if diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
    {
        ExitStatus::Findings
    } else {
        ExitStatus::Success
    };
    let mut options = WriteOptions::default();
    options.byte_order_mark = path.is_some();
    options.plain = matches.get_flag("plain");
    options.slides = matches.get_flag("slides");
    if let Some(folder) = matches.get_one::<PathBuf>("theme") {
        options.theme = theme(cx, folder)?;
    }
    if matches!(to.name, "html" | "xlsx") || dialect.is_some() {
        let settings = &cx.config_for(source)?.audit;
        options.lexicon = settings.lexicon.clone();
        options.check_in_day = settings.check_in_day;
        options.yellows = Some(settings.limits.yellows_in_a_row);
    }
    let failed = |error: okr_render::Error| {
        Failure::new(format!(
            "cannot write {} as {}: {error}",
            name_of(source),
            dialect.map_or(to.name, |dialect| dialect.name)
        ))
    };
    let (bytes, notes) = match dialect {
        Some(dialect) => {
            let exported = dialect.write(&plan, &options).map_err(failed)?;
            if matches.get_flag("strict") && exported.is_lossy() {
                status = ExitStatus::Findings;
            }
            (exported.bytes, exported.notes)
        }
        None => ((to.write)(&plan, &options).map_err(failed)?, Vec::new()),
    };
    let Some(path) = path else {
        if !matches.get_flag("dry-run") {
            cx.shell.document(&bytes)?;
        }
        platform::say(cx, &notes)?;
        say_faults(cx, &diagnostics, source)?;
        return Ok(status);
    };
    let outputs = [Output {
        path: path.to_owned(),
        bytes,
    }];
    if args::write(cx, matches, &outputs)? {
        let mut text = Text::new();
        text.styled(style::GOOD, "wrote")
            .push(&format!(" {}", path.display()));
        cx.shell.note(text)?;
    }
    platform::say(cx, &notes)?;
    say_faults(cx, &diagnostics, source)?;
    Ok(status)
}

/// Refuses what was asked for and makes no sense of a workbook or of another format.
fn refuse_oddities(
    cx: &Context<'_>,
    matches: &ArgMatches,
    to: &Format,
    path: Option<&Path>,
) -> anyhow::Result<()> {
    let is_workbook = to.name == "xlsx";
    if matches.get_flag("plain") && !is_workbook {
        let failure = Failure::new(format!("--plain is of workbooks, not of {}", to.name));
        return Err(failure
            .help("leave it out, or write a workbook with --to xlsx")
            .into());
    }
    if matches.get_flag("slides") && to.name != "html" {
        let failure = Failure::new(format!("--slides is of pages, not of {}", to.name));
        return Err(failure
            .help("leave it out, or write a page with --to html")
            .into());
    }
    if is_workbook && path.is_none() && cx.env.stdout_is_terminal {
        let failure = Failure::new("a workbook is no text that a terminal could show");
        return Err(failure.help("name a file, as in -o plan.xlsx").into());
    }
    Ok(())
}

/// Refuses to put what was read from `from` in the place of a Markdown plan that holds more than such
/// a file can carry: what is only in the plan would be lost, and nobody could tell.
fn refuse_loss(cx: &Context<'_>, path: &Path, from: &Format, read: &Plan) -> anyhow::Result<()> {
    if from.carries.missing().next().is_none() || !cx.env.exists(path) {
        return Ok(());
    }
    let check_ins = |plan: &Plan| -> usize {
        let all = plan.key_results();
        all.map(|(_, key_result): (_, &KeyResult)| key_result.check_ins.len())
            .sum()
    };
    // A file that could hold check-ins may be one that never did, such as a plain workbook.
    let carries =
        |part: Part| from.carries.contains(part) && (part != Part::CheckIns || check_ins(read) > 0);
    // What cannot be read is no plan; whether it may be replaced is asked later.
    let Ok(text) = cx.env.read_text(path, MAX_PLAN) else {
        return Ok(());
    };
    let plan = okr_core::parse(text).plan;
    // Where a unit is written, and an empty field, say nothing that would be missed.
    let count = |part: Part| match part {
        Part::CheckIns => (check_ins(&plan), "check-in"),
        _ => (formatted_lines(&plan), "line with links or emphasis"),
    };
    let lost: Vec<_> = [Part::CheckIns, Part::Formatting]
        .into_iter()
        .filter(|part| !carries(*part))
        .map(count)
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| match (number, what.split_once(' ')) {
            (2.., Some((noun, rest))) => format!("{number} {noun}s {rest}"),
            _ => args::count(number, what),
        })
        .collect();
    if lost.is_empty() {
        return Ok(());
    }
    let name = path.display();
    let failure = Failure::new(format!(
        "{name} holds {}, which {} cannot carry: they would be lost",
        lost.join(" and "),
        from.name.to_uppercase()
    ));
    let other = path.file_stem().unwrap_or_default().to_string_lossy();
    let other = path.with_file_name(format!("{other}-from-{}.md", from.name));
    let other = quoted(&other.display().to_string());
    Err(failure
        .help(format!("write to another file, as in -o {other}"))
        .into())
}

/// Returns how many lines of a plan have formatting in them.
fn formatted_lines(plan: &Plan) -> usize {
    let mut lines: Vec<&Inline> = Vec::new();
    lines.extend(&plan.title);
    for objective in &plan.objectives {
        lines.push(&objective.title);
        lines.extend(objective.fields.values());
        lines.extend(
            objective
                .initiatives
                .iter()
                .map(|initiative| &initiative.title),
        );
        for key_result in &objective.key_results {
            let measure = &key_result.measure;
            lines.push(&key_result.title);
            lines.extend(
                [&measure.name, &measure.question, &measure.source]
                    .into_iter()
                    .flatten(),
            );
            lines.extend(key_result.fields.values());
            lines.extend(
                key_result
                    .initiatives
                    .iter()
                    .map(|initiative| &initiative.title),
            );
        }
    }
    lines.extend(plan.sections.iter().map(|section| &section.title));
    let is_formatted = |line: &&&Inline| ***line != Inline::from_plain(&line.plain());
    lines.iter().filter(is_formatted).count()
}

/// Says at the end how much of the plan was not understood, where something was not.
fn say_faults(
    cx: &mut Context<'_>,
    diagnostics: &[Diagnostic],
    source: &Path,
) -> anyhow::Result<()> {
    let name = name_of(source);
    let shown = if diagnostics.len() > MAX_SHOWN {
        format!("the first {MAX_SHOWN} are shown above")
    } else if diagnostics.len() == 1 {
        "it is shown above".to_owned()
    } else {
        "they are shown above".to_owned()
    };
    let said = match args::faults(diagnostics) {
        0 => return Ok(()),
        1 => format!("1 place in {name} was not understood; {shown}"),
        faults => format!("{faults} places in {name} were not understood; {shown}"),
    };
    cx.shell.note(Text::from(said))
}

fn format_to_write(
    matches: &ArgMatches,
    source: &Path,
    target: Option<&Path>,
) -> anyhow::Result<&'static Format> {
    if let Some(name) = matches.get_one::<String>("to") {
        if let Some(foreign) = Foreign::named(name) {
            let page = target.unwrap_or(source);
            let page = if args::is_standard(page) {
                Path::new("plan.md")
            } else {
                page
            };
            let failure = Failure::new(foreign.refusal());
            return Err(failure.help(foreign.advice(page)).into());
        }
        return named(name);
    }
    match target {
        Some(target) if !args::is_standard(target) => {
            if let Some(foreign) = Foreign::of(target) {
                let failure = Failure::new(foreign.refusal());
                return Err(failure.help(foreign.advice(target)).into());
            }
            Format::of_file_name(&target.display().to_string()).map_err(|error| {
                Failure::new(error.to_string())
                    .help("say which format it is to be, as in --to html")
                    .into()
            })
        }
        _ => {
            let page = source.with_extension("html");
            let page = if args::is_standard(source) {
                Path::new("plan.html")
            } else {
                &page
            };
            let failure = Failure::new("it is not said what to write");
            let page = quoted(&page.display().to_string());
            Err(failure
                .help(format!(
                    "name a file, as in -o {page}, or a format, as in --to html"
                ))
                .into())
        }
    }
}

fn format_to_read(matches: &ArgMatches, source: &Path) -> anyhow::Result<&'static Format> {
    if let Some(name) = matches.get_one::<String>("from") {
        return named(name);
    }
    if args::is_standard(source) {
        return named("markdown");
    }
    Format::of_file_name(&source.display().to_string()).map_err(|error| {
        Failure::new(error.to_string())
            .help("say which format it is, as in --from markdown")
            .into()
    })
}

/// Returns the format of that name.
pub(super) fn named(name: &str) -> anyhow::Result<&'static Format> {
    Format::named(name).map_err(|error| {
        let names = FORMATS.iter().flat_map(|format| {
            std::iter::once(format.name).chain(format.extensions.iter().copied())
        });
        let help = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
        Failure::new(error.to_string()).maybe_help(help).into()
    })
}

/// A plan as it was read.
struct Reading {
    plan: Plan,
    diagnostics: Vec<Diagnostic>,
    /// The text of a Markdown plan.
    text: Option<String>,
}

/// Reads a plan in any format and shows what could not be understood of it, the first of it where it
/// is much.
fn read(cx: &mut Context<'_>, source: &Path, format: &'static Format) -> anyhow::Result<Reading> {
    let path = if args::is_standard(source) {
        "<stdin>".to_owned()
    } else {
        source.display().to_string()
    };
    let is_markdown = format.name == "markdown";
    let (plan, diagnostics, text): (Plan, Vec<Diagnostic>, Option<String>) = if is_markdown {
        let parsed = okr_core::parse(cx.env.read_text(source, MAX_PLAN)?);
        let text = parsed.document.text().to_owned();
        (parsed.plan, parsed.diagnostics, Some(text))
    } else {
        let bytes = cx.env.read(source, MAX_FORMATTED)?;
        let mut options = ReadOptions::default();
        options.today = Some(cx.today());
        let imported = (format.read)(&bytes, &options).map_err(|error| {
            Failure::new(format!("cannot read {path} as {}: {error}", format.name))
        })?;
        (
            imported.plan,
            imported.diagnostics,
            String::from_utf8(bytes).ok(),
        )
    };
    for diagnostic in diagnostics.iter().take(MAX_SHOWN) {
        cx.shell
            .note(crate::show::diagnostic(diagnostic, &path, text.as_deref()))?;
    }
    Ok(Reading {
        plan,
        diagnostics,
        text: text.filter(|_| is_markdown),
    })
}

/// Reads the files of a theme.
///
/// # Errors
///
/// The folder or one of its files cannot be read.
pub(super) fn theme(cx: &Context<'_>, folder: &Path) -> anyhow::Result<IndexMap<String, String>> {
    // Notes and pictures may lie in the folder as well; a slip in the name of a page or style is told.
    let is_theme = |name: &str| {
        [".html", ".css", ".js"]
            .iter()
            .any(|ending| name.ends_with(ending))
    };
    let files = cx
        .env
        .read_folder(folder, is_theme)
        .context("cannot read the theme")?;
    // Half a theme would be neither the theme nor the page that okr writes by itself.
    let named = files.into_iter().filter_map(|(path, text)| {
        let name = path.file_name()?.to_str()?.to_owned();
        Some(text.map(|text| (name, text)))
    });
    named
        .collect::<anyhow::Result<_>>()
        .context("cannot read the theme")
}

fn name_of(source: &Path) -> String {
    if args::is_standard(source) {
        "the plan".to_owned()
    } else {
        source.display().to_string()
    }
}
