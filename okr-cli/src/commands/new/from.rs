//! `okr new --from`: the plan of the next period, made of what is left of another.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use clap::ArgMatches;
use inquire::MultiSelect;
use inquire::list_option::ListOption;
use okr_core::carry::{Next, carry_over, open_key_results};
use okr_core::model::{ElementId, Period, Plan};

use super::ask::brief;
use super::carried;
use super::neighbours::Workspace;
use crate::ExitStatus;
use crate::commands::args;
use crate::commands::prompt::{answered, look};
use crate::context::Context;
use crate::env::{MAX_PLAN, Output, while_asking};
use crate::error::Failure;
use crate::shell::shown;

/// What stands for the period after the one of the old plan.
const NEXT: &str = "next";

/// Makes the plan and writes it.
pub(super) fn exec(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    from: &Path,
) -> anyhow::Result<ExitStatus> {
    let name = from.display().to_string();
    if args::is_standard(from) {
        // The new plan says where the old one is.
        return Err(Failure::new("a plan to carry on is a file")
            .help("save it, and name the file after --from")
            .into());
    }
    args::check_is_markdown(&name)?;
    let parsed = okr_core::parse(cx.env.read_text(from, MAX_PLAN)?);
    let plan = &parsed.plan;
    let config = cx.config_for(from)?;
    let (lexicon, schedules) = (&config.audit.lexicon, &config.audit.schedules());
    let period = period(plan, matches, &name)?;
    check_comes_later(plan, period, &name)?;
    let path = match matches.get_one::<PathBuf>("output") {
        Some(output) => output.clone(),
        None => from.with_file_name(file_name(from, plan.period, period)),
    };
    let is_standard = args::is_standard(&path);
    if !is_standard && cx.env.path(&path) == cx.env.path(from) {
        return Err(Failure::new(format!("{name} would replace itself"))
            .help("name another file with -o")
            .into());
    }
    let open = open_key_results(plan, cx.today(), lexicon, schedules);
    let asks = cx.env.can_ask() && !matches.get_flag("no-input");
    let chosen = match chosen(plan, matches)? {
        Some(chosen) => chosen,
        None if matches.get_flag("all") => all_of(plan, |_| true),
        None if asks => ask(cx, plan, &open)?,
        None => open,
    };
    if chosen.is_empty() {
        return Err(
            Failure::new(format!("nothing of {name} is left to carry over"))
                .help("choose with --key-results 1.1,2.3, or take everything with --all")
                .into(),
        );
    }
    let target = if is_standard {
        Path::new("plan.md")
    } else {
        &path
    };
    let origin = origin(&cx.env.path(from), &cx.env.path(target));
    let workspace = Workspace::of(cx, &config);
    let neighbours = workspace.neighbours(cx, plan, from, period);
    let carried = carry_over(
        &parsed,
        &Next {
            period,
            origin: &origin,
            path: &workspace.path(cx, target),
            neighbours: &neighbours,
            chosen: &chosen,
            day: cx.today(),
            lexicon,
            schedules,
        },
    );
    let text = okr_core::print(&carried.plan);
    if is_standard {
        if matches.get_flag("dry-run") {
            crate::diff::print(cx, "plan.md", None, text.as_bytes())?;
        } else {
            cx.shell.document(text.as_bytes())?;
        }
    } else {
        let output = Output {
            path: path.clone(),
            bytes: text.into_bytes(),
        };
        if !args::write(cx, matches, &[output])? {
            return Ok(ExitStatus::Success);
        }
    }
    carried::say(cx, &carried, &path, &name)?;
    Ok(ExitStatus::Success)
}

/// Returns the period of the new plan: the one that is named, else the one after that of the old plan.
fn period(plan: &Plan, matches: &ArgMatches, name: &str) -> anyhow::Result<Period> {
    let wanted = matches.get_one::<String>("period").map(String::as_str);
    match wanted {
        Some(text) if !text.trim().eq_ignore_ascii_case(NEXT) => {
            Period::parse(text, plan.fiscal_year).map_err(|error| {
                Failure::new(format!("`{text}` is no period: {}", error.reason()))
                    .help("write one like 2026-Q4, 2026-H2 or FY2027-Q1, or next")
                    .into()
            })
        }
        _ => plan.period.and_then(Period::next).ok_or_else(|| {
            Failure::new(format!("{name} has no period that another could follow"))
                .help("say which one the new plan is for, such as --period 2027-Q1")
                .into()
        }),
    }
}

/// Finds out whether a period comes after that of the old plan.
fn check_comes_later(plan: &Plan, period: Period, name: &str) -> Result<(), Failure> {
    let Some(old) = plan.period.filter(|old| period.end() <= old.end()) else {
        return Ok(());
    };
    let (old, new) = (old.name(), period.name());
    Err(Failure::new(format!(
        "{name} is for {old}, and {new} does not end after that"
    ))
    .help("name a later period, or leave --period out to take the next one"))
}

/// Returns the key results that the command line names, if it names any.
fn chosen(plan: &Plan, matches: &ArgMatches) -> anyhow::Result<Option<Vec<ElementId>>> {
    let words = |name: &str| {
        let given = matches.get_one::<String>(name)?;
        Some(
            given
                .split(',')
                .map(|part| part.trim().to_owned())
                .collect::<Vec<_>>(),
        )
    };
    let no_such = |text: &str, such: &str| {
        Failure::new(format!("the plan has no {such} `{text}`"))
            .help("`okr status` shows the numbers")
    };
    if let Some(numbers) = words("key-results") {
        let mut chosen = Vec::new();
        for number in numbers {
            let id = ElementId::parse(&number)
                .filter(|id| plan.key_result(*id).is_some())
                .ok_or_else(|| no_such(&number, "key result"))?;
            chosen.push(id);
        }
        return Ok(Some(chosen));
    }
    let Some(numbers) = words("objectives") else {
        return Ok(None);
    };
    let mut objectives = Vec::new();
    for number in numbers {
        let (first, last) = number.split_once('-').unwrap_or((&number, &number));
        let ends: Option<(usize, usize)> = first.trim().parse().ok().zip(last.trim().parse().ok());
        let ends = ends
            .filter(|(first, last)| *first >= 1 && first <= last && *last <= plan.objectives.len());
        let (first, last) = ends.ok_or_else(|| no_such(&number, "objective"))?;
        objectives.extend(first - 1..last);
    }
    Ok(Some(all_of(plan, |o| objectives.contains(&o))))
}

/// Returns the objectives that are wanted, and their key results.
fn all_of(plan: &Plan, is_wanted: impl Fn(usize) -> bool) -> Vec<ElementId> {
    let wanted = (0..plan.objectives.len()).filter(|o| is_wanted(*o));
    let of_one = |o: usize| {
        let key_results = 0..plan.objectives[o].key_results.len();
        let key_results = key_results.map(move |k| ElementId::KeyResult(o, k));
        std::iter::once(ElementId::Objective(o)).chain(key_results)
    };
    wanted.flat_map(of_one).collect()
}

/// Asks which key results go on; those that are open are chosen at first.
fn ask(cx: &mut Context<'_>, plan: &Plan, open: &[ElementId]) -> anyhow::Result<Vec<ElementId>> {
    let all: Vec<ElementId> = plan.key_results().map(|(id, _)| id).collect();
    // The mark and the box stand before each.
    let room = cx.shell.width().saturating_sub(9);
    let options: Vec<String> = plan
        .key_results()
        .map(|(id, key_result)| {
            let number = id.to_string();
            let room = room.saturating_sub(number.len() + 2);
            format!(
                "{number}  {}",
                brief(&shown(&key_result.title.plain()), room)
            )
        })
        .collect();
    let preselected: Vec<usize> = (0..all.len())
        .filter(|at| open.contains(&all[*at]))
        .collect();
    let named = |taken: &[ListOption<&String>]| {
        let ids: Vec<ElementId> = taken.iter().map(|option| all[option.index]).collect();
        carried::listed(&ids)
    };
    let question = MultiSelect::new("Which key results go on?", options)
        .with_default(&preselected)
        .with_page_size(15)
        .with_help_message("space takes or leaves one, Enter goes on")
        .with_formatter(&named)
        .with_render_config(look(cx));
    let taken = answered(while_asking(|| question.raw_prompt()))?;
    Ok(taken.into_iter().map(|option| all[option.index]).collect())
}

/// Returns the usual name of the new plan's file: that of the old one with the new period.
fn file_name(from: &Path, old: Option<Period>, new: Period) -> PathBuf {
    let stem = from.file_stem().unwrap_or(OsStr::new("plan"));
    let stem = stem.to_string_lossy();
    let new = new.to_string().replace("..", "-to-");
    let old = old.map(|old| old.to_string().replace("..", "-to-"));
    let name = match old.filter(|old| stem.contains(&**old)) {
        Some(old) => stem.replacen(&old, &new, 1),
        None => format!("{stem}-{new}"),
    };
    PathBuf::from(format!("{name}.md"))
}

/// Returns the way from one file to another, with `/` between folders; both as they stand below the current folder.
pub(super) fn origin(from: &Path, to: &Path) -> String {
    let (there, here) = (folders(from), folders(to));
    let same = there
        .iter()
        .zip(&here)
        .take_while(|(one, other)| one == other)
        .count();
    let up = here[same..].iter().map(|_| "..".to_owned());
    let name = from.file_name().unwrap_or_default().to_string_lossy();
    let parts: Vec<String> = up
        .chain(there[same..].iter().cloned())
        .chain([name.into_owned()])
        .collect();
    parts.join("/")
}

/// Returns the folders that a whole path names, without `.` and `..`.
fn folders(path: &Path) -> Vec<String> {
    let mut folders = Vec::new();
    for part in path.parent().into_iter().flat_map(Path::components) {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                folders.pop();
            }
            part => folders.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    folders
}

#[cfg(test)]
mod tests {
    use okr_core::model::FiscalYear;

    use super::*;

    fn period(text: &str) -> Period {
        Period::parse(text, FiscalYear::default()).unwrap()
    }

    #[test]
    fn the_file_is_named_after_the_period() {
        let name = |from: &str| {
            let named = file_name(Path::new(from), Some(period("2026-Q4")), period("2027-Q1"));
            named.display().to_string()
        };
        assert_eq!(name("plans/accounts-2026-Q4.md"), "accounts-2027-Q1.md");
        assert_eq!(name("accounts.md"), "accounts-2027-Q1.md");
    }

    #[test]
    fn the_way_back_is_relative() {
        let here = Path::new("/plans/here");
        let way = |from: &str, to: &str| origin(&here.join(from), &here.join(to));
        assert_eq!(way("a.md", "b.md"), "a.md");
        assert_eq!(way("q4/a.md", "q1/b.md"), "../q4/a.md");
        assert_eq!(way("./q4/a.md", "b.md"), "q4/a.md");
        assert_eq!(way("a.md", "2027/q1/b.md"), "../../a.md");
        assert_eq!(way("../q4/a.md", "b.md"), "../q4/a.md");
        assert_eq!(way("a.md", "../q1/b.md"), "../here/a.md");
        assert_eq!(way("/plans/here/a.md", "q1/b.md"), "../a.md");
        assert_eq!(way("a.md", "/b.md"), "plans/here/a.md");
    }
}
