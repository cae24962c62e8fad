//! `okr status`: shows where plans stand.

mod json;
mod picture;
mod table;
mod totals;

use clap::{Arg, ArgMatches};
use okr_core::audit::Settings;

use self::picture::Layout;
use self::totals::Totals;
use super::plans::{self, Day, Seen, look};
use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::shell::{Text, quoted, style};

pub(crate) static COMMAND: Command = Command {
    name: "status",
    about: "Show where plans stand: progress, status, forecast, what is to be decided",
    docs: include_str!("status.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(plans::paths())
        .arg(
            Arg::new("by")
                .long("by")
                .value_name("GROUP")
                .value_parser(["objective", "owner", "plan"])
                .hide_possible_values(true)
                .help("Put key results under their objective or owner, or show a line for each plan [default: objective for one plan, else plan]"),
        )
        .arg(
            Arg::new("at")
                .long("at")
                .value_name("DATE")
                .value_parser(crate::cli::date)
                .help("Show the state as of a day; later check-ins do not count"),
        )
        .args(args::formats(
            &["text", "table", "json"],
            "How to show it: text, table or json [default: text at a terminal, else table]",
        ))
        .arg(plans::jobs())
}

/// What key results are put under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Objective,
    Owner,
    Plan,
}

/// Where one plan stands, ready to be printed.
struct Piece {
    path: String,
    summary: Text,
    details: Option<Text>,
    totals: Totals,
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let at = matches.get_one::<jiff::civil::Date>("at").copied();
    let day = Day {
        today: at.unwrap_or_else(|| cx.today()),
        is_past: at.is_some_and(|at| at < cx.today()),
    };
    let by = matches.get_one::<String>("by").map(|by| match &**by {
        "owner" => By::Owner,
        "plan" => By::Plan,
        _ => By::Objective,
    });
    let seen = match args::format(matches) {
        Some("json") => json(cx, matches, day)?,
        Some("table") => table(cx, matches, day, by)?,
        None if cx.shell.is_exact() => table(cx, matches, day, by)?,
        _ => {
            let layout = Layout::new(
                cx.env.columns(),
                cx.shell.is_ascii() || cx.env.is_dumb,
                Settings::default().limits.yellows_in_a_row,
                at.is_some(),
            );
            match by {
                Some(By::Owner) => by_owner(cx, matches, day, layout)?,
                _ => text(cx, matches, day, layout, by)?,
            }
        }
    };
    if seen.plans == 0 && !seen.has_failed && !seen.has_passed {
        return Err(plans::none("status").into());
    }
    Ok(if seen.has_failed {
        ExitStatus::Failure
    } else {
        ExitStatus::Success
    })
}

fn json(cx: &mut Context<'_>, matches: &ArgMatches, day: Day) -> anyhow::Result<Seen> {
    cx.shell.document(json::head(day.today).as_bytes())?;
    let mut totals = Totals::default();
    let mut between = "";
    let seen = look(
        cx,
        matches,
        day,
        |path, overview, settings| {
            let yellows = settings.limits.yellows_in_a_row;
            let plan = json::plan(path, overview, yellows)?;
            anyhow::Ok((plan, Totals::of(overview, yellows)))
        },
        |cx, piece| {
            let (plan, counted) = piece?;
            totals.add(&counted);
            let bytes = format!("{between}{plan}");
            between = ",";
            cx.shell.document(bytes.as_bytes())
        },
    )?;
    cx.shell.document(json::tail(&totals)?.as_bytes())?;
    Ok(seen)
}

/// Prints a line with tabs for each plan, objective and key result, or for each plan alone.
fn table(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    day: Day,
    by: Option<By>,
) -> anyhow::Result<Seen> {
    cx.shell.document(table::head().as_bytes())?;
    let mut held: Option<table::Rows> = None;
    let mut all = Vec::new();
    let mut is_several = false;
    let seen = look(
        cx,
        matches,
        day,
        |path, overview, settings| table::rows(path, overview, settings.limits.yellows_in_a_row),
        |cx, rows| {
            match by {
                Some(By::Objective) => cx.shell.document(rows.all().as_bytes())?,
                Some(By::Plan) => cx.shell.document(rows.plan.as_bytes())?,
                Some(By::Owner) => all.extend(rows.key_results),
                None if is_several => cx.shell.document(rows.plan.as_bytes())?,
                None => match held.take() {
                    None => held = Some(rows),
                    Some(first) => {
                        is_several = true;
                        let lines = first.plan + &rows.plan;
                        cx.shell.document(lines.as_bytes())?;
                    }
                },
            }
            Ok(())
        },
    )?;
    if let Some(only) = held {
        cx.shell.document(only.all().as_bytes())?;
    }
    all.sort_by_cached_key(|row| (row.owner.is_empty(), row.owner.to_lowercase()));
    for row in all {
        cx.shell.document(row.line.as_bytes())?;
    }
    Ok(seen)
}

/// Draws plans: one in full, of several a line each, or all in full where that is asked for.
fn text(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    day: Day,
    layout: Layout,
    by: Option<By>,
) -> anyhow::Result<Seen> {
    let mut totals = Totals::default();
    let mut held: Option<Piece> = None;
    // Whether there is but one plan is known at the end; its details are drawn beforehand, and of no other.
    let is_first = std::sync::atomic::AtomicBool::new(true);
    let seen = look(
        cx,
        matches,
        day,
        |path, overview, settings| {
            let layout = layout.under(settings);
            let is_first = is_first.swap(false, std::sync::atomic::Ordering::Relaxed);
            let in_full = by == Some(By::Objective) || (by.is_none() && is_first);
            Piece {
                path: path.to_owned(),
                summary: picture::summary(overview, layout),
                details: in_full.then(|| picture::plan(overview, layout)),
                totals: Totals::of(overview, layout.yellows),
            }
        },
        |cx, piece| {
            let is_several = totals.plans > 0;
            totals.add(&piece.totals);
            match by {
                Some(By::Objective) => {
                    if is_several {
                        cx.shell.print(Text::new())?;
                    }
                    cx.shell.print(piece.details.unwrap_or_default())?;
                    held = None;
                }
                None if !is_several => held = Some(piece),
                _ => {
                    if let Some(first) = held.take() {
                        cx.shell.print(first.summary)?;
                    }
                    cx.shell.print(piece.summary)?;
                }
            }
            Ok(())
        },
    )?;
    if let Some(only) = held {
        cx.shell.print(only.details.unwrap_or(only.summary))?;
        if totals.owed > 0 && only.path != "-" {
            next(cx, &format!("okr checkin {}", quoted(&only.path)))?;
        }
    } else if totals.plans > 1 {
        cx.shell.print(Text::new())?;
        cx.shell.print(picture::totals(&totals, layout))?;
    }
    Ok(seen)
}

/// Draws key results under their owners, in the order of the alphabet; those without one come last.
fn by_owner(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    day: Day,
    layout: Layout,
) -> anyhow::Result<Seen> {
    let mut owners: std::collections::BTreeMap<(bool, String), (String, Vec<Text>)> =
        std::collections::BTreeMap::new();
    let seen = look(
        cx,
        matches,
        day,
        |_, overview, settings| {
            let layout = layout.under(settings);
            let name = okr_render::words::plan_name(overview);
            picture::owned(overview, &name, layout)
        },
        |_, pieces| {
            for (owner, piece) in pieces {
                let key = (owner.is_empty(), owner.to_lowercase());
                let entry = owners.entry(key).or_insert_with(|| (owner, Vec::new()));
                entry.1.push(piece);
            }
            Ok(())
        },
    )?;
    for (index, (owner, pieces)) in owners.into_values().enumerate() {
        let mut text = Text::new();
        if index > 0 {
            text.push("\n");
        }
        let owner = if owner.is_empty() {
            "without an owner"
        } else {
            &*owner
        };
        let key_results = args::count(pieces.len(), "key result");
        text.styled(style::BOLD, owner)
            .push("  ")
            .styled(style::DIM, &key_results);
        for piece in pieces {
            text.push("\n").append(&piece);
        }
        cx.shell.print(text)?;
    }
    Ok(seen)
}

/// Says what to type next.
fn next(cx: &mut Context<'_>, command: &str) -> anyhow::Result<()> {
    let mut text = Text::new();
    text.styled(style::HELP, "next").push(": ").push(command);
    cx.shell.note(text)
}
