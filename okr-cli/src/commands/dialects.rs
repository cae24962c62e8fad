//! `okr dialects`: the platforms whose tables are written and read.

mod json;

use clap::{Arg, ArgMatches};
use okr_render::{DIALECTS, Dialect};

use super::render::by_name;
use super::{Command, args, page};
use crate::ExitStatus;
use crate::context::Context;
use crate::shell::{Text, style, wrap};

pub(crate) static COMMAND: Command = Command {
    name: "dialects",
    about: "List the platforms whose tables okr writes and reads",
    docs: include_str!("dialects.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .help("The platform, such as gitlab; without one, all are listed"),
        )
        .arg(args::json())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let is_json = matches.get_flag("json");
    match matches.get_one::<String>("name") {
        Some(name) => {
            let dialect = by_name(name)?;
            if is_json {
                cx.shell.document(json::dialect(dialect)?.as_bytes())?;
            } else {
                cx.shell.print(whole(dialect, cx.shell.width()))?;
            }
        }
        None if is_json => cx.shell.document(json::list()?.as_bytes())?,
        None => {
            let width = cx.shell.width();
            cx.shell.print(list(width))?;
        }
    }
    Ok(ExitStatus::Success)
}

/// Returns what is done with the tables of a platform.
pub(super) const fn directions(dialect: &Dialect) -> &'static str {
    match (dialect.is_written(), dialect.is_read()) {
        (true, true) => "written and read",
        (true, false) => "written",
        (false, _) => "read",
    }
}

fn list(width: usize) -> Text {
    const INDENT: usize = 4;
    let mut text = Text::new();
    for dialect in DIALECTS {
        text.styled(style::HELP, dialect.name)
            .push(&format!("  {}", dialect.title))
            .styled(style::DIM, &format!("  {}", directions(dialect)))
            .push("\n");
        facts(&mut text, dialect, width, INDENT);
    }
    text.push("\n")
        .styled(style::DIM, "okr dialects NAME tells more");
    text
}

/// Adds how surely the columns are known, and from where.
fn facts(text: &mut Text, dialect: &Dialect, width: usize, indent: usize) {
    let before = " ".repeat(indent);
    for line in wrap(dialect.known, width.saturating_sub(indent).max(20)) {
        text.push(&before).push(&line).push("\n");
    }
    text.push(&before)
        .styled(style::DIM, dialect.source)
        .push("\n");
}

fn whole(dialect: &Dialect, width: usize) -> Text {
    let mut text = Text::new();
    text.styled(style::HELP, dialect.name)
        .styled(style::DIM, &format!("  {}", directions(dialect)))
        .push("\n");
    facts(&mut text, dialect, width, 0);
    text.push("\n");
    let body = dialect.docs.split_once("\n\n").map_or("", |(_, body)| body);
    page::add(&mut text, body, width);
    let missing: Vec<_> = dialect.not_carried().collect();
    if !missing.is_empty() {
        text.push("\n");
        let items: Vec<_> = missing.iter().map(|what| format!("- {what}\n")).collect();
        let list = format!(
            "What does not come back from a table that okr wrote:\n\n{}",
            items.concat()
        );
        page::add(&mut text, &list, width);
    }
    Text::drawn(text.ansi().trim_end().to_owned())
}
