//! `okr explain`: what the rules of the audit mean.

mod json;

use clap::{Arg, ArgMatches};
use okr_core::audit::{Axis, RULES, Rule, Sight, Tier};
use okr_core::diagnostic::CODES;

use super::{Command, args, page};
use crate::ExitStatus;
use crate::config;
use crate::context::Context;
use crate::error::Failure;
use crate::shell::{Text, style, wrap};

pub(crate) static COMMAND: Command = Command {
    name: "explain",
    about: "Say what the rules of `okr check` mean, and why",
    docs: include_str!("explain.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("rule")
                .value_name("RULE")
                .help("The rule, such as no-number; without one, all are listed"),
        )
        .arg(args::json())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let is_json = matches.get_flag("json");
    match matches.get_one::<String>("rule") {
        Some(name) => {
            let rule = named(name)?;
            if is_json {
                cx.shell.document(json::rule(rule)?.as_bytes())?;
            } else {
                cx.shell.print(whole(rule, cx.shell.width()))?;
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

fn named(name: &str) -> anyhow::Result<&'static Rule> {
    if let Some(rule) = Rule::named(name) {
        return Ok(rule);
    }
    if CODES.contains(&name) {
        let message = format!("`{name}` is no rule: it says that a line could not be read");
        let help =
            "docs/plan-format.md says what is read; okr.toml may set its level as that of a rule";
        return Err(Failure::new(message).help(help).into());
    }
    let help = config::rule_named(name).err();
    Err(Failure::new(format!("there is no rule `{name}`"))
        .maybe_help(help)
        .into())
}

/// Returns all rules, side by side of a plan.
fn list(width: usize) -> Text {
    let names = RULES.iter().map(|rule| rule.id.len());
    let indent = names.max().unwrap_or(0) + 4;
    let mut text = Text::new();
    for axis in Axis::ALL {
        let mut rules = RULES.iter().filter(|rule| rule.axis == axis).peekable();
        if rules.peek().is_none() {
            continue;
        }
        text.styled(style::BOLD, axis.name()).push("\n");
        for rule in rules {
            text.push("  ")
                .styled(style::HELP, rule.id)
                .push(&" ".repeat(indent - 2 - rule.id.len()))
                .styled(style::DIM, &facts(rule))
                .push("\n");
            for line in wrap(rule.summary(), width.saturating_sub(indent).max(20)) {
                text.push(&" ".repeat(indent)).push(&line).push("\n");
            }
        }
        text.push("\n");
    }
    text.styled(style::DIM, "okr explain RULE tells more");
    text
}

/// Returns the level of a rule, when it runs, what it looks at beside each plan, and what its findings bring.
fn facts(rule: &Rule) -> String {
    let tier = match rule.tier {
        Tier::Basic => "",
        Tier::Strict => ", with --strict",
    };
    let sight = match rule.sight() {
        None => "",
        Some(Sight::Links) => ", of links",
        Some(Sight::Several) => ", of several plans",
        Some(Sight::Folder) => ", of a folder",
    };
    format!("{}{tier}{sight}, {}", rule.level, rule.action().name())
}

fn whole(rule: &Rule, width: usize) -> Text {
    let mut text = Text::new();
    text.styled(style::HELP, rule.id).styled(
        style::DIM,
        &format!(
            "  {}; lowers the score {}; since {}",
            facts(rule),
            rule.axis.name(),
            rule.since
        ),
    );
    text.push("\n\n");
    page::add(&mut text, rule.docs, width);
    Text::drawn(text.ansi().trim_end().to_owned())
}
