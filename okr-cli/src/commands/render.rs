//! `okr render`: a plan in another format.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, value_parser};
use indexmap::IndexMap;
use okr_core::diagnostic::{Diagnostic, Severity};
use okr_core::fields::nearest;
use okr_core::model::Plan;
use okr_render::{FORMATS, Format, ReadOptions, WriteOptions};

use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::{MAX_PLAN, Output};
use crate::error::Failure;
use crate::shell::{Text, quoted, style};

pub(crate) static COMMAND: Command = Command {
    name: "render",
    about: "Write a plan as a web page, a table or JSON, or read it back",
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
                .help("The format to write: md, html, csv or json"),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("FORMAT")
                .help("The format to read, where no ending tells it"),
        )
        .arg(
            Arg::new("theme")
                .long("theme")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("Take page templates and styles from this folder"),
        )
        .arg(args::force())
        .arg(args::dry_run())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let source = args::path(matches, "plan");
    let target = matches.get_one::<PathBuf>("output").map(PathBuf::as_path);
    let to = format_to_write(matches, source, target)?;
    let from = format_to_read(matches, source)?;
    let (plan, status) = read(cx, source, from)?;
    let path = target.filter(|target| !args::is_standard(target));
    let mut options = WriteOptions::default();
    options.byte_order_mark = path.is_some();
    if let Some(folder) = matches.get_one::<PathBuf>("theme") {
        options.theme = theme(cx, folder)?;
    }
    let bytes = (to.write)(&plan, &options).map_err(|error| {
        Failure::new(format!(
            "cannot write {} as {}: {error}",
            name_of(source),
            to.name
        ))
    })?;
    let Some(path) = path else {
        if matches.get_flag("dry-run") {
            return Ok(status);
        }
        cx.shell.document(&bytes)?;
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
    Ok(status)
}

fn format_to_write(
    matches: &ArgMatches,
    source: &Path,
    target: Option<&Path>,
) -> anyhow::Result<&'static Format> {
    if let Some(name) = matches.get_one::<String>("to") {
        return named(name);
    }
    match target {
        Some(target) if !args::is_standard(target) => {
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

/// Reads a plan in any format and shows what could not be understood of it.
fn read(
    cx: &mut Context<'_>,
    source: &Path,
    format: &'static Format,
) -> anyhow::Result<(Plan, ExitStatus)> {
    let path = if args::is_standard(source) {
        "<stdin>".to_owned()
    } else {
        source.display().to_string()
    };
    let (plan, diagnostics, text): (Plan, Vec<Diagnostic>, Option<String>) =
        if format.name == "markdown" {
            let parsed = okr_core::parse(cx.env.read_text(source, MAX_PLAN)?);
            let text = parsed.document.text().to_owned();
            (parsed.plan, parsed.diagnostics, Some(text))
        } else {
            let bytes = cx.env.read(source, MAX_PLAN)?;
            let imported = (format.read)(&bytes, &ReadOptions::default()).map_err(|error| {
                Failure::new(format!("cannot read {path} as {}: {error}", format.name))
            })?;
            (
                imported.plan,
                imported.diagnostics,
                String::from_utf8(bytes).ok(),
            )
        };
    let mut status = ExitStatus::Success;
    if diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
    {
        status = ExitStatus::Findings;
    }
    for diagnostic in diagnostics.iter().take(MAX_SHOWN) {
        cx.shell
            .note(crate::show::diagnostic(diagnostic, &path, text.as_deref()))?;
    }
    if diagnostics.len() > MAX_SHOWN {
        cx.shell.note(Text::from(format!(
            "and {} more in {path}",
            diagnostics.len() - MAX_SHOWN
        )))?;
    }
    Ok((plan, status))
}

fn theme(cx: &Context<'_>, folder: &Path) -> anyhow::Result<IndexMap<String, String>> {
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
    let named = files.into_iter().filter_map(|(path, text)| {
        let name = path.file_name()?.to_str()?.to_owned();
        Some((name, text))
    });
    Ok(named.collect())
}

fn name_of(source: &Path) -> String {
    if args::is_standard(source) {
        "the plan".to_owned()
    } else {
        source.display().to_string()
    }
}
