//! `okr checkin`: records where key results stand, one by name, all that are due, or all that sources tell of.

mod case;
mod correct;
mod due;
mod json;
mod line;
mod person;
mod record;
mod said;
mod source;
#[cfg(test)]
mod tests;
mod value;
mod walk;
mod warn;

use std::cell::OnceCell;
use std::path::Path;
use std::rc::Rc;

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, value_parser};
use jiff::civil::Date;
use okr_core::model::{CheckIn, Status, parse_date};

use self::case::Rules;
use self::due::Due;
use self::person::{AtTerminal, Decision, Line, Person as _, Reply};
use self::record::{Call, Made, Report, Wanted};
use self::walk::Walk;
use super::check::{self, examine};
use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::elements;
use crate::env::MAX_PLAN;
use crate::error::{Cancelled, Failure};
use crate::shell::{Text, quoted, style};

pub(crate) static COMMAND: Command = Command {
    name: "checkin",
    about: "Record where key results stand: a value, a status, a note",
    docs: include_str!("checkin.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .requires("element")
            .help(help)
    };
    command
        .arg(args::plan().help("The plan, a Markdown file; - is standard input"))
        .arg(
            Arg::new("element")
                .value_name("ELEMENT")
                .help("The key result: a number such as 1.2, or a few letters of its title"),
        )
        .arg(
            Arg::new("value")
                .value_name("VALUE")
                .allow_hyphen_values(true)
                .help("The value, such as 72%, +3, -2, done; - for none"),
        )
        .arg(
            Arg::new("words")
                .value_name("NOTE")
                .help("What happened, what is in the way, what is next"),
        )
        .arg(
            Arg::new("status")
                .long("status")
                .short('s')
                .value_name("STATUS")
                .requires("element")
                .value_parser(status)
                .help("How you see it: on track, at risk, off track, or green, yellow, red"),
        )
        .arg(
            Arg::new("confidence")
                .long("confidence")
                .short('c')
                .value_name("NUMBER")
                .requires("element")
                .value_parser(value_parser!(u8).range(0..=10))
                .help("How sure you are that the target will be met, from 0 to 10"),
        )
        .arg(
            Arg::new("note")
                .long("note")
                .short('m')
                .value_name("NOTE")
                .requires("which")
                .conflicts_with("words")
                .help("The same as NOTE, where there is no value"),
        )
        .arg(
            Arg::new("date")
                .long("date")
                .short('d')
                .value_name("DATE")
                .requires("which")
                .value_parser(date)
                .help("The day for which it speaks, such as 2026-11-20; otherwise today"),
        )
        .arg(from_source())
        .arg(args::allow_commands())
        .group(
            ArgGroup::new("which")
                .args(["element", "from-source"])
                .multiple(true),
        )
        .arg(flag(
            "correct",
            "Put it in the place of the check-in of that day, else of today, else the last one",
        ))
        .arg(
            flag(
                "remove",
                "Take the check-in of that day, else of today, else the last one away",
            )
            .conflicts_with_all(["value", "status", "confidence", "note", "correct"]),
        )
        .arg(
            Arg::new("yes")
                .long("yes")
                .short('y')
                .action(ArgAction::SetTrue)
                .requires("remove")
                .help("Remove without a question"),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .short('f')
                .action(ArgAction::SetTrue)
                .requires("element")
                .help("Record one yellow too many, or a day to come, as it is"),
        )
        .arg(args::dry_run())
        .arg(args::json())
}

fn from_source() -> Arg {
    Arg::new("from-source")
        .long("from-source")
        .action(ArgAction::SetTrue)
        .conflicts_with_all(["value", "remove"])
        .help("Take the value from the Source of the key result; without ELEMENT, of all that have one")
}

fn status(text: &str) -> Result<Status, String> {
    line::parse(text).ok_or_else(|| {
        "write green, yellow or red; on-track, at-risk, off-track, achieved, paused or cancelled"
            .to_owned()
    })
}

fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "write a date like 2026-11-22".to_owned())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let path = args::path(matches, "plan");
    let name = path.display().to_string();
    let is_markdown =
        okr_render::Format::of_file_name(&name).map_or(true, |format| format.name == "markdown");
    if !is_markdown {
        let failure = Failure::new(format!(
            "{name} is no Markdown file, and check-ins go into Markdown plans only"
        ));
        return Err(failure
            .help("name the .md file; `okr import` brings check-ins from a workbook")
            .into());
    }
    let settings = &cx.config_for(path)?.audit;
    let rules = Rules {
        schedules: settings.schedules(),
        lexicon: settings.lexicon.clone(),
        yellows: settings.limits.yellows_in_a_row,
        today: cx.today(),
    };
    let one = One {
        path,
        name: &name,
        rules: &rules,
        matches,
        input: OnceCell::new(),
    };
    if matches.get_one::<String>("element").is_some() {
        return one.exec(cx);
    }
    if matches.get_flag("from-source") {
        return one.all_from_sources(cx);
    }
    let text = cx.env.read_text(path, MAX_PLAN)?;
    let parsed = okr_core::parse(text);
    if let Some(reason) = check::reason(examine::Kind::of(&parsed)) {
        return Err(Failure::new(format!("{name} {reason}")).into());
    }
    let due = due::of(&parsed.plan, &rules);
    let is_walk = one.can_ask(cx) && !args::is_standard(path);
    if !due.is_empty() && is_walk {
        // Better now than after the first answer.
        cx.env.check_update(path)?;
        let walk = Walk {
            path,
            rules: &rules,
            allows_commands: matches.get_flag("allow-commands"),
        };
        return walk.run(cx, &mut AtTerminal::new(cx), None);
    }
    let due: Vec<_> = due
        .into_iter()
        .filter(|due| due.reporting.is_some())
        .collect();
    let early = due::none_before(&due);
    let is_due = early.is_none() && !due.is_empty();
    if matches.get_flag("json") {
        cx.shell
            .document(json::due(&due, &name, rules.today)?.as_bytes())?;
    } else if !is_due {
        let mut text = Text::new();
        text.styled(style::GOOD, "no check-in is due")
            .push(&format!(" in {name}"));
        let closed = parsed.plan.closed().filter(|closed| *closed <= rules.today);
        if let Some(day) = early {
            text.push(&format!(" before {day}"));
        } else if let Some(day) = closed {
            text.push(&format!(": it was closed on {day}"));
        } else if parsed.plan.period.is_none() {
            text.push(": it has no period, which would tell the days");
        }
        cx.shell.print(text)?;
    } else {
        let due: Vec<_> = due.into_iter().filter(Due::is_due).collect();
        due::print(cx, &due, &name, rules.today)?;
    }
    Ok(if is_due {
        ExitStatus::Findings
    } else {
        ExitStatus::Success
    })
}

/// One check-in, as the command line says it.
struct One<'a> {
    path: &'a Path,
    name: &'a str,
    rules: &'a Rules,
    matches: &'a ArgMatches,
    /// What came through standard input, once it was read.
    input: OnceCell<String>,
}

impl One<'_> {
    fn exec(&self, cx: &mut Context<'_>) -> anyhow::Result<ExitStatus> {
        let matches = self.matches;
        self.check_output()?;
        if matches.get_flag("remove") {
            return self.remove(cx);
        }
        let string = |name: &str| matches.get_one::<String>(name).cloned();
        let mut value = string("value");
        let mut words = string("words");
        let mut status = matches.get_one::<Status>("status").copied();
        if let Some(unit) = words.take_if(|words| value::is_unit(words)) {
            // `12 days`, of which the shell makes two.
            value = value.map(|value| format!("{value} {unit}"));
        }
        if let (None, Some(said)) = (status, value.as_deref().and_then(line::colour)) {
            // A status in the place of the value, as a line of the walk may begin.
            (value, status) = (None, Some(said));
        }
        let note = words.or_else(|| string("note"));
        let confidence = matches.get_one::<u8>("confidence").copied();
        let is_from_source = matches.get_flag("from-source");
        let is_bare = value.is_none() && note.is_none() && status.is_none() && confidence.is_none();
        if is_bare && !is_from_source && self.can_ask(cx) && !matches.get_flag("correct") {
            return self.walk(cx);
        }
        let mut wanted = Wanted {
            value: value.unwrap_or_default(),
            status,
            confidence,
            note,
            source: None,
            date: matches.get_one::<Date>("date").copied(),
            corrects: matches.get_flag("correct"),
            force: matches.get_flag("force"),
        };
        self.ask_for_note(cx, &mut wanted)?;
        if is_from_source {
            self.take_from_source(cx, &mut wanted)?;
        }
        loop {
            match self.run(cx, &wanted)? {
                Made::Recorded(_, report) => return self.say(cx, &report),
                Made::Call(call) if self.can_ask(cx) => self.decide(cx, call, &mut wanted)?,
                Made::Call(call) => return Err(refused(call).into()),
            }
        }
    }

    /// # Errors
    ///
    /// The plan and JSON would both go to standard output.
    fn check_output(&self) -> anyhow::Result<()> {
        let is_dry = self.matches.get_flag("dry-run");
        if self.matches.get_flag("json") && args::is_standard(self.path) && !is_dry {
            let failure = Failure::new("standard output cannot take both the plan and JSON");
            return Err(failure.help("name a file, or add --dry-run").into());
        }
        Ok(())
    }

    /// Returns whether a person is there who can be asked, and whose answer would be written.
    fn can_ask(&self, cx: &Context<'_>) -> bool {
        cx.env.can_ask() && !self.matches.get_flag("json") && !self.matches.get_flag("dry-run")
    }

    /// Asks for the one key result that is named.
    fn walk(&self, cx: &mut Context<'_>) -> anyhow::Result<ExitStatus> {
        let parsed = okr_core::parse(cx.env.read_text(self.path, MAX_PLAN)?);
        let id = elements::find_key_result(&parsed, args::string(self.matches, "element"))?;
        cx.env.check_update(self.path)?;
        let walk = Walk {
            path: self.path,
            rules: self.rules,
            allows_commands: self.matches.get_flag("allow-commands"),
        };
        walk.run(cx, &mut AtTerminal::new(cx), Some(id))
    }

    fn ask_for_note(&self, cx: &Context<'_>, wanted: &mut Wanted) -> anyhow::Result<()> {
        let Some(status @ (Status::AtRisk | Status::OffTrack)) = wanted.status else {
            return Ok(());
        };
        if wanted.note.is_some() || wanted.corrects || !self.can_ask(cx) {
            return Ok(());
        }
        match person::note(&mut AtTerminal::new(cx), status)? {
            Reply::Given(note) => wanted.note = note,
            Reply::Back | Reply::Stop => return Err(Cancelled.into()),
        }
        Ok(())
    }

    fn decide(&self, cx: &mut Context<'_>, call: Call, wanted: &mut Wanted) -> anyhow::Result<()> {
        let words = format!("{}: time to decide; {}", call.words(), call.numbers());
        let width = cx.shell.width();
        super::prompt::say(cx, "", &words, width, style::WARNING)?;
        match person::call(&mut AtTerminal::new(cx), call)? {
            Reply::Given(Decision::Status(status)) => wanted.status = Some(status),
            Reply::Given(Decision::StillYellow) => {
                wanted.status = Some(Status::AtRisk);
                wanted.force = true;
            }
            Reply::Back | Reply::Stop => return Err(Cancelled.into()),
        }
        self.ask_for_note(cx, wanted)
    }

    /// Records what is wanted, or finds that a call is needed.
    fn run(&self, cx: &mut Context<'_>, wanted: &Wanted) -> anyhow::Result<Made> {
        let file = quoted(self.name);
        let element = args::string(self.matches, "element");
        self.update(cx, |text| {
            let parsed = okr_core::parse(text);
            let id = elements::find_key_result(&parsed, element)?;
            Ok(
                match record::record(&parsed, id, wanted, self.rules, &file)? {
                    Made::Recorded(after, report) => (after, Made::Recorded(None, report)),
                    call @ Made::Call(_) => (None, call),
                },
            )
        })
    }

    /// Changes the plan, or shows with `--dry-run` what would change.
    fn update<T>(
        &self,
        cx: &mut Context<'_>,
        mut change: impl FnMut(&str) -> anyhow::Result<(Option<String>, T)>,
    ) -> anyhow::Result<T> {
        let is_dry = self.matches.get_flag("dry-run");
        if !is_dry && !args::is_standard(self.path) {
            return cx.env.update(self.path, change);
        }
        let before = self.read(cx)?;
        let (after, result) = change(&before)?;
        let after = after.as_ref().unwrap_or(&before);
        if !is_dry {
            cx.shell.document(after.as_bytes())?;
        } else if !self.matches.get_flag("json") {
            crate::diff::print(cx, self.name, Some(before.as_bytes()), after.as_bytes())?;
        }
        Ok(result)
    }

    /// Returns the text of the plan; standard input, which can be read once only, is kept.
    fn read(&self, cx: &Context<'_>) -> anyhow::Result<String> {
        if let Some(text) = self.input.get() {
            return Ok(text.clone());
        }
        let text = cx.env.read_text(self.path, MAX_PLAN)?;
        if args::is_standard(self.path) {
            return Ok(self.input.get_or_init(|| text).clone());
        }
        Ok(text)
    }

    fn say(&self, cx: &mut Context<'_>, report: &Report) -> anyhow::Result<ExitStatus> {
        if self.matches.get_flag("json") {
            let document = json::report(report, self.name, self.is_written(report))?;
            cx.shell.document(document.as_bytes())?;
        } else {
            report.say(cx, &self.lead(), self.name)?;
        }
        Ok(if report.says_little() {
            ExitStatus::Findings
        } else {
            ExitStatus::Success
        })
    }

    /// Returns what a line about the plan begins with.
    fn lead(&self) -> String {
        match self.name {
            "-" => String::new(),
            name => format!("{name}: "),
        }
    }

    /// Returns whether the file has changed by what a report tells of.
    fn is_written(&self, report: &Report) -> bool {
        !self.matches.get_flag("dry-run") && report.deed != record::Deed::Unchanged
    }

    fn remove(&self, cx: &mut Context<'_>) -> anyhow::Result<ExitStatus> {
        let element = args::string(self.matches, "element");
        let date = self.matches.get_one::<Date>("date").copied();
        let is_sure = self.matches.get_flag("yes") || self.matches.get_flag("dry-run");
        let mut shown: Option<CheckIn> = None;
        if !is_sure {
            if !self.can_ask(cx) || args::is_standard(self.path) {
                let failure = Failure::new("nobody is at a terminal to agree to the removal");
                return Err(failure
                    .help("add --yes to remove it, or --dry-run to see it")
                    .into());
            }
            let parsed = okr_core::parse(cx.env.read_text(self.path, MAX_PLAN)?);
            let id = elements::find_key_result(&parsed, element)?;
            let (_, report) = record::remove(&parsed, id, date, self.rules)?;
            let words = format!(
                "{id} on {}: {}",
                report.row.date,
                correct::words(&report.row)
            );
            cx.shell.note(Text::from(words))?;
            agree(cx)?;
            shown = Some(report.row);
        }
        let report = self.update(cx, |text| {
            let parsed = okr_core::parse(text);
            let id = elements::find_key_result(&parsed, element)?;
            let (after, report) = record::remove(&parsed, id, date, self.rules)?;
            if shown.as_ref().is_some_and(|shown| *shown != report.row) {
                let failure = Failure::new("someone else has changed the check-ins meanwhile");
                return Err(failure.help("nothing was removed; try again").into());
            }
            Ok((Some(after), report))
        })?;
        self.say(cx, &report)
    }
}

/// Returns why nothing was written, and what to write, where nobody can be asked.
fn refused(call: Call) -> Failure {
    let (first, second) = match call.proposed() {
        Status::OnTrack => ("green", "red"),
        _ => ("red", "green"),
    };
    let failure = Failure::new(format!("{}; nothing was written", call.words()));
    failure.help(format!(
        "decide: --status {first} ({}) or --status {second}, with a note on what blocks and who helps; --force records yellow all the same",
        call.numbers()
    ))
}

/// Asks whether a check-in is to be removed.
fn agree(cx: &Context<'_>) -> anyhow::Result<()> {
    let line = Line {
        name: "Remove it? (y/N)".to_owned(),
        start: String::new(),
        check: Rc::new(|answer| match &*answer.trim().to_lowercase() {
            "" | "y" | "yes" | "n" | "no" => Ok(()),
            _ => Err("write y or n".to_owned()),
        }),
    };
    match AtTerminal::new(cx).write(&line, "")? {
        Reply::Given(answer) if answer.trim().to_lowercase().starts_with('y') => Ok(()),
        _ => Err(Cancelled.into()),
    }
}
