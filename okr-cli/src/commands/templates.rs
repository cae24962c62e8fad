//! `okr templates`: lists, searches and shows role templates.

mod json;

use clap::{Arg, ArgMatches};
use okr_core::model::{KeyResult, Plan};
use okr_templates::Template;

use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::error::Failure;
use crate::shelf::{Shelf, failure};
use crate::shell::{Text, style, wrap};

pub(crate) static COMMAND: Command = Command {
    name: "templates",
    about: "List, search and read the roles that there are starter plans for",
    docs: include_str!("templates.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("query")
                .value_name("QUERY")
                .num_args(0..)
                .help("Words that must occur in a template"),
        )
        .arg(args::templates().global(true))
        .arg(args::json().global(true))
        .subcommand(
            clap::Command::new("show")
                .about("Show what is in a role template")
                .arg(
                    Arg::new("role")
                        .value_name("ROLE")
                        .required(true)
                        .help("The template, such as accounts-team"),
                ),
        )
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    match matches.subcommand() {
        Some(_) if matches.contains_id("query") => {
            let failure = Failure::new("templates are either searched or shown");
            Err(failure
                .help("write `okr templates show ROLE`, or leave `show` out")
                .into())
        }
        Some((_, matches)) => show(cx, matches),
        None => list(cx, matches),
    }
}

fn list(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let config = cx.config()?;
    let shelf = Shelf::open(cx, &config, &args::template_folders(matches))?;
    let mut status = if shelf.has_broken() {
        ExitStatus::Findings
    } else {
        ExitStatus::Success
    };
    let words: Vec<&String> = matches.get_many("query").into_iter().flatten().collect();
    let query = words
        .iter()
        .map(|word| word.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let mut found = Vec::new();
    for template in shelf.library.search(&query) {
        match template.outline() {
            Ok(plan) => found.push((template, plan)),
            Err(error) => {
                cx.shell.error(&failure(error))?;
                status = ExitStatus::Findings;
            }
        }
    }
    if matches.get_flag("json") {
        cx.shell.document(json::list(&found)?.as_bytes())?;
        return Ok(status);
    }
    if found.is_empty() && !query.is_empty() {
        let names: Vec<_> = shelf
            .library
            .templates()
            .iter()
            .map(|template| &*template.name)
            .collect();
        let failure = Failure::new(format!("no role template has `{query}` in it"));
        return Err(failure
            .help(format!("there are {}", names.join(", ")))
            .into());
    }
    let width = cx.shell.width();
    for (template, plan) in &found {
        cx.shell.print(entry(template, plan, width))?;
    }
    if let Some((template, _)) = found.first() {
        let name = &template.name;
        hint(
            cx,
            &format!("okr templates show {name} tells more; okr new {name} makes a plan"),
        )?;
    }
    Ok(status)
}

fn entry(template: &Template, plan: &Plan, width: usize) -> Text {
    let mut text = Text::new();
    text.styled(style::BOLD, &template.name)
        .push(&format!("  {}\n", template.title));
    for line in wrap(&template.summary, width.saturating_sub(4)) {
        text.push(&format!("    {line}\n"));
    }
    for line in wrap(&counts(plan), width.saturating_sub(4)) {
        text.push("    ").styled(style::DIM, &line).push("\n");
    }
    text
}

/// Returns how much there is of everything in a plan.
pub(super) fn counts(plan: &Plan) -> String {
    let key_results = plan.key_results().count();
    let under_objectives: usize = plan
        .objectives
        .iter()
        .map(|objective| objective.initiatives.len())
        .sum();
    let initiatives: usize = plan
        .key_results()
        .map(|(_, key_result)| key_result.initiatives.len())
        .sum();
    let mut parts = vec![
        args::count(plan.objectives.len(), "objective"),
        args::count(key_results, "key result"),
    ];
    if under_objectives + initiatives > 0 {
        parts.push(args::count(under_objectives + initiatives, "initiative"));
    }
    parts.join(", ")
}

fn show(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let config = cx.config()?;
    let shelf = Shelf::open(cx, &config, &args::template_folders(matches))?;
    let template = shelf.get(args::string(matches, "role"))?;
    let plan = template.outline().map_err(failure)?;
    if matches.get_flag("json") {
        cx.shell.document(json::show(template, &plan)?.as_bytes())?;
        return Ok(ExitStatus::Success);
    }
    let width = cx.shell.width();
    let mut text = entry(template, &plan, width);
    for (o, objective) in plan.objectives.iter().enumerate() {
        let mark = if is_start(template, o) { "*" } else { " " };
        text.push("\n");
        let number = format!("{}", o + 1);
        let lead = format!("{mark} {number:>2}  ");
        hanging(
            &mut text,
            &lead,
            &objective.title.to_string(),
            width,
            style::BOLD,
        );
        for (k, key_result) in objective.key_results.iter().enumerate() {
            let lead = format!("     {number}.{}  ", k + 1);
            let words = format!("{} ({})", key_result.title, goal(key_result));
            hanging(&mut text, &lead, &words, width, anstyle::Style::new());
        }
    }
    let sections: Vec<_> = plan
        .sections
        .iter()
        .map(|section| section.title.to_string())
        .collect();
    if !sections.is_empty() {
        text.push("\n");
        hanging(
            &mut text,
            "Also in it: ",
            &sections.join(", "),
            width,
            anstyle::Style::new(),
        );
    }
    if !template.inputs.is_empty() {
        text.push("\nIt asks:\n");
        for input in &template.inputs {
            let default = input
                .default
                .as_ref()
                .map(|default| format!(" [{default}]"))
                .unwrap_or_default();
            hanging(
                &mut text,
                &format!("  {}  ", input.name),
                &format!("{}{default}", input.question),
                width,
                style::DIM,
            );
        }
    }
    cx.shell.print(text)?;
    let name = &template.name;
    let start = if template.start_with.is_empty() {
        "all of it"
    } else {
        "the objectives marked *"
    };
    hint(
        cx,
        &format!("okr new {name} takes {start}; choose others with --objectives 1,3-5 or --all"),
    )?;
    Ok(ExitStatus::Success)
}

/// Says what may be done next, to a person; a program that reads the list knows.
fn hint(cx: &mut Context<'_>, words: &str) -> anyhow::Result<()> {
    if !cx.env.stdout_is_terminal {
        return Ok(());
    }
    for line in wrap(words, cx.shell.width()) {
        let mut text = Text::new();
        text.styled(style::DIM, &line);
        cx.shell.note(text)?;
    }
    Ok(())
}

/// Returns whether objective `o`, from 0, is among those that a new plan starts with.
fn is_start(template: &Template, o: usize) -> bool {
    template.start_with.is_empty() || template.start_with.contains(&(o + 1))
}

/// Returns the target and the number of initiatives of a key result.
fn goal(key_result: &KeyResult) -> String {
    let initiatives = args::count(key_result.initiatives.len(), "initiative");
    match &key_result.measure.target {
        Some(target) => format!("target {target}; {initiatives}"),
        None => initiatives,
    }
}

/// Adds words behind a lead, with the lines after the first as far in as the words of the first.
fn hanging(text: &mut Text, lead: &str, words: &str, width: usize, style: anstyle::Style) {
    let indent = lead.chars().count().min(width / 2);
    for (index, line) in wrap(words, width.saturating_sub(indent).max(12))
        .into_iter()
        .enumerate()
    {
        if index == 0 {
            text.push(lead);
        } else {
            text.push(&" ".repeat(indent));
        }
        text.styled(style, &line).push("\n");
    }
}
