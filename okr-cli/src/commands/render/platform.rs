//! A plan as the table of a platform: `--dialect`.

use std::path::Path;

use clap::ArgMatches;
use okr_core::fields::nearest;
use okr_render::{DIALECTS, Dialect, ExportNote, NoteKind};

use super::{args, named};
use crate::context::Context;
use crate::error::Failure;
use crate::shell::{Text, style};

/// Returns the platform whose table is to be written, where one is asked for.
pub(super) fn dialect(
    matches: &ArgMatches,
    target: Option<&Path>,
) -> anyhow::Result<Option<&'static Dialect>> {
    let Some(name) = matches.get_one::<String>("dialect") else {
        return Ok(None);
    };
    let dialect = by_name(name)?;
    if !dialect.is_written() {
        let failure = Failure::new(format!(
            "okr reads tables of {} and writes none",
            dialect.title
        ));
        let help = format!("okr dialects {} tells why", dialect.name);
        return Err(failure.help(help).into());
    }
    let format = matches.get_one::<String>("to");
    if let Some(format) = format.filter(|format| named(format).map_or(true, |to| to.name != "csv"))
    {
        let failure = Failure::new(format!(
            "`{}` is a table, and `{format}` is none",
            dialect.name
        ));
        return Err(failure.help("write --to csv, or leave it out").into());
    }
    let target = target.filter(|target| !args::is_standard(target));
    let ending = target.and_then(Path::extension);
    if let Some(ending) = ending.filter(|ending| !ending.eq_ignore_ascii_case("csv"))
        && format.is_none()
    {
        let ending = ending.to_string_lossy();
        let failure = Failure::new(format!(
            "`{}` is a CSV table, and no .{ending}",
            dialect.name
        ));
        return Err(failure.help("let the file end in .csv").into());
    }
    Ok(Some(dialect))
}

/// Returns the dialect of that name.
pub(in crate::commands) fn by_name(name: &str) -> anyhow::Result<&'static Dialect> {
    Dialect::named(name).map_err(|error| {
        let names = DIALECTS.iter().map(|dialect| dialect.name);
        let help = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
        Failure::new(error.to_string()).maybe_help(help).into()
    })
}

/// Says what a table for a platform does not hold, and what to look at in it.
pub(super) fn say(cx: &mut Context<'_>, notes: &[ExportNote]) -> anyhow::Result<()> {
    for note in notes {
        let mut text = Text::new();
        let style = match note.kind {
            kind if kind.is_loss() => style::WARNING,
            NoteKind::Doubtful | NoteKind::Guarded => style::WARNING,
            _ => style::DIM,
        };
        text.styled(style, note.kind.word())
            .push(": ")
            .push(&note.message);
        if !note.help.is_empty() {
            text.push("; ").push(&note.help);
        }
        cx.shell.note(text)?;
    }
    Ok(())
}
