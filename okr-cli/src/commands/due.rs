//! `okr due`: lists what is owed, and by whom.

mod digest;
mod ics;
mod items;
mod json;
mod text;

use clap::{Arg, ArgMatches, value_parser};

use self::items::Item;
use super::plans::{self, Day, look};
use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::error::Failure;
use crate::shell::Text;

pub(crate) static COMMAND: Command = Command {
    name: "due",
    about: "List what is owed and by whom; as a calendar, or as a digest of the week",
    docs: include_str!("due.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(plans::paths())
        .arg(
            Arg::new("owner")
                .long("owner")
                .value_name("NAME")
                .help("What this person owes alone; a first name is enough"),
        )
        .arg(
            Arg::new("ahead")
                .long("ahead")
                .value_name("DAYS")
                .value_parser(value_parser!(u16))
                .default_value("1")
                .hide_default_value(true)
                .help("List what falls due within so many days, too [default: 1]"),
        )
        .args(args::formats(
            &["text", "table", "json", "ics", "md"],
            "How to tell it: text, table, json, ics (a calendar) or md (a digest of the week) [default: text at a terminal, else table]",
        ))
        .arg(plans::jobs())
}

/// What is told of one plan.
struct Found {
    items: Vec<Item>,
    events: Vec<ics::Event>,
    digest: Option<digest::Part>,
    has_owner: bool,
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let day = Day {
        today: cx.today(),
        is_past: false,
    };
    let only = matches.get_one::<String>("owner").map(String::as_str);
    let ahead = matches.get_one::<u16>("ahead").copied().unwrap_or(1);
    let format = match args::format(matches) {
        Some(format) => format,
        None if cx.shell.is_exact() => "table",
        None => "text",
    };
    let mut items = Vec::new();
    let mut events = Vec::new();
    let mut parts = Vec::new();
    let mut has_owner = false;
    let seen = look(
        cx,
        matches,
        day,
        |path, overview, settings| Found {
            items: items::of(path, overview, i32::from(ahead), only),
            events: if format == "ics" {
                ics::events(path, overview, only)
            } else {
                Vec::new()
            },
            digest: (format == "md")
                .then(|| digest::part(overview, settings.limits.yellows_in_a_row, only)),
            has_owner: only.is_some_and(|name| items::has_owner(overview, name)),
        },
        |_, found| {
            items.extend(found.items);
            events.extend(found.events);
            parts.extend(found.digest);
            has_owner |= found.has_owner;
            Ok(())
        },
    )?;
    if seen.plans == 0 {
        if !seen.has_failed && !seen.has_passed {
            return Err(plans::none("due").into());
        }
        return Ok(status(seen.has_failed));
    }
    if let (Some(name), false) = (only, has_owner) {
        let failure = Failure::new(format!("nothing belongs to {name} in these plans"));
        return Err(failure
            .help("`okr status --by owner` shows who owns what")
            .into());
    }
    items::sort(&mut items);
    match format {
        "json" => cx
            .shell
            .document(json::document(&items, day.today)?.as_bytes())?,
        "table" => cx.shell.document(text::table(&items).as_bytes())?,
        "md" => {
            let digest = digest::document(&parts, &items, day.today);
            cx.shell.document(digest.as_bytes())?;
        }
        "ics" if events.is_empty() => {
            let failure = Failure::new("no plan says for which period it is, so it has no days");
            return Err(failure
                .help("write one, such as: okr set PLAN plan period 2026-Q4")
                .into());
        }
        "ics" => cx
            .shell
            .document(ics::calendar(events, day.today).as_bytes())?,
        _ => print(cx, &items, seen.plans > 1)?,
    }
    Ok(status(seen.has_failed))
}

const fn status(has_failed: bool) -> ExitStatus {
    if has_failed {
        ExitStatus::Failure
    } else {
        ExitStatus::Success
    }
}

fn print(cx: &mut Context<'_>, items: &[Item], has_plans: bool) -> anyhow::Result<()> {
    if items.is_empty() {
        return cx.shell.print(Text::from("nothing is owed"));
    }
    let today = cx.today();
    let is_ascii = cx.shell.is_ascii() || cx.env.is_dumb;
    let drawn = text::draw(items, today, has_plans, cx.shell.width(), is_ascii);
    cx.shell.print(drawn)?;
    cx.shell.note(Text::from(text::summary(items)))
}
