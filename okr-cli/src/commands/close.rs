//! `okr close`: grades a plan, and writes down what it came to.

mod ask;
mod history;
mod picture;

use std::fmt::Write as _;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches};
use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::closing::{Closing, Said, section};
use okr_core::edit::{Change, edit};
use okr_core::fields::CLOSED;
use okr_core::model::{ElementId, Inline, Plan};
use okr_core::progress::Schedules;
use okr_core::statement::Lexicon;

use self::history::History;
use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::error::Failure;
use crate::shell::{Text, quoted, style};

pub(crate) static COMMAND: Command = Command {
    name: "close",
    about: "Grade a plan at the end of its period, and write down what was learned",
    docs: include_str!("close.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(args::plan().help("The plan to close, a Markdown file; - is standard input"))
        .arg(
            Arg::new("reason")
                .long("reason")
                .value_name("NUMBER=TEXT")
                .action(ArgAction::Append)
                .help("Why a key result was not met, such as 1.1=\"bank file blocked\"; may be given again"),
        )
        .arg(
            Arg::new("learned")
                .long("learned")
                .value_name("TEXT")
                .action(ArgAction::Append)
                .help("What was learned; may be given again"),
        )
        .arg(
            Arg::new("no-git")
                .long("no-git")
                .action(ArgAction::SetTrue)
                .help("Do not look for moved targets in the history of a Git repository"),
        )
        .arg(
            Arg::new("no-input")
                .long("no-input")
                .action(ArgAction::SetTrue)
                .help("Ask nothing, even at a terminal"),
        )
        .arg(args::force().help("Close it before its period ends"))
        .arg(args::dry_run())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let path = args::path(matches, "plan");
    let name = path.display().to_string();
    args::check_is_markdown(&name)?;
    let text = cx.env.read_text(path, MAX_PLAN)?;
    let parsed = okr_core::parse(&*text);
    check_is_open(&parsed.plan, &name)?;
    let today = cx.today();
    let asks = cx.env.can_ask() && !matches.get_flag("no-input") && !args::is_standard(path);
    check_is_over(cx, matches, &parsed.plan, path, asks)?;
    let settings = &cx.config_for(path)?.audit;
    let schedules = settings.schedules();
    let history = if matches.get_flag("no-git") || args::is_standard(path) {
        History::default()
    } else {
        History::of(&cx.env.path(path), &parsed.plan, today)
    };
    let whole = cx.env.path(path);
    let mut folders = whole.ancestors().skip(1);
    if history.is_unknown && folders.any(|folder| cx.env.exists(&folder.join(".git"))) {
        cx.shell.warn(
            &format!(
                "cannot read the history of {name}: only what the plan records counts as moved"
            ),
            Some("see what `git log` says there, or leave Git out with --no-git"),
        )?;
    }
    let closing = Closing::of(
        &history.told(&parsed.plan),
        today,
        &settings.lexicon,
        &schedules,
    );
    picture::print(cx, &closing)?;
    let mut said = given(matches, &parsed, &closing)?;
    let is_dry = matches.get_flag("dry-run");
    if asks {
        if !is_dry {
            // Better now than after the last answer.
            cx.env.check_update(path)?;
        }
        if let Err(error) = ask::about(cx, &closing, &mut said) {
            say_kept(cx, &name, &said)?;
            return Err(error);
        }
    }
    let close = Close {
        said,
        history,
        today,
        lexicon: settings.lexicon.clone(),
        schedules,
    };
    if args::is_standard(path) || is_dry {
        let after = close.text(&text)?;
        if is_dry {
            crate::diff::print(cx, &name, Some(text.as_bytes()), after.as_bytes())?;
        } else {
            cx.shell.document(after.as_bytes())?;
        }
        return Ok(ExitStatus::Success);
    }
    let written = cx.env.update(path, |text| {
        check_is_open(&okr_core::parse(text).plan, &name)?;
        Ok((Some(close.text(text)?), ()))
    });
    if let Err(error) = written {
        if asks {
            say_kept(cx, &name, &close.said)?;
        }
        return Err(error);
    }
    let mut done = Text::new();
    done.styled(style::GOOD, "closed")
        .push(&format!(" {name}\nnext: okr new --from {}", quoted(&name)));
    cx.shell.note(done)?;
    Ok(ExitStatus::Success)
}

/// Says how to go on with the answers that were given, where nothing came of them.
fn say_kept(cx: &mut Context<'_>, name: &str, said: &Said) -> anyhow::Result<()> {
    let reasons = said.reasons.iter();
    let reasons = reasons.map(|(element, reason)| ("reason", format!("{element}={reason}")));
    let learned = said.learned.iter().map(|words| ("learned", words.clone()));
    let options: Vec<String> = reasons
        .chain(learned)
        .map(|(option, words)| format!(" --{option} {}", quoted(&words)))
        .collect();
    if options.is_empty() {
        return Ok(());
    }
    let mut text = Text::new();
    // A command that is to be copied is not broken into lines.
    text.styled(style::HELP, "next").push(&format!(
        ": to go on with what was answered\n  okr close {}{}",
        quoted(name),
        options.concat()
    ));
    cx.shell.note(text)
}

/// The most key results that a message lists.
const MOST_LISTED: usize = 12;

/// What it takes to close a plan.
struct Close {
    said: Said,
    history: History,
    today: Date,
    lexicon: Lexicon,
    schedules: Schedules,
}

impl Close {
    /// Returns the text of a plan with its closing.
    fn text(&self, text: &str) -> anyhow::Result<String> {
        let parsed = okr_core::parse(text);
        let told = self.history.told(&parsed.plan);
        let closing = Closing::of(&told, self.today, &self.lexicon, &self.schedules);
        check_reasons(&closing, &self.said)?;
        let closed = Change::SetField {
            element: ElementId::Plan,
            field: CLOSED.to_owned(),
            value: Inline::from_plain(&self.today.to_string()),
        };
        let with_day = edit(&parsed, &closed)?.apply(text);
        let parsed = okr_core::parse(with_day);
        let section = Change::AddSection {
            section: Box::new(section(&closing, &self.said)),
        };
        Ok(edit(&parsed, &section)?.apply(parsed.document.text()))
    }
}

fn check_is_open(plan: &Plan, name: &str) -> Result<(), Failure> {
    let Some(closed) = plan.closed() else {
        return Ok(());
    };
    Err(
        Failure::new(format!("{name} was closed on {closed}")).help(format!(
            "to close it anew, take its section `{}` and the key `{CLOSED}` out of it first",
            okr_core::closing::TITLE
        )),
    )
}

/// Finds out whether the period is over, or the plan is to be closed before.
fn check_is_over(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    plan: &Plan,
    path: &Path,
    asks: bool,
) -> anyhow::Result<()> {
    let today = cx.today();
    let Some(period) = plan.period.filter(|period| today < period.end()) else {
        return Ok(());
    };
    if matches.get_flag("force") {
        return Ok(());
    }
    let (name, end) = (period.name(), period.end());
    if asks {
        return ask::whether_before_the_end(cx, &name, end);
    }
    let path = path.display();
    Err(
        Failure::new(format!("{path} is for {name}, which ends on {end}"))
            .help("close it then, or add --force to close it as of today")
            .into(),
    )
}

/// Returns what the command line says of reasons and of what was learned.
fn given(matches: &ArgMatches, parsed: &Parsed, closing: &Closing) -> anyhow::Result<Said> {
    let words = |name| matches.get_many::<String>(name).into_iter().flatten();
    let mut said = Said::default();
    for given in words("reason") {
        let Some((element, reason)) = given.split_once('=') else {
            let failure = Failure::new(format!("`{given}` does not say which key result"));
            return Err(failure
                .help("write its number and the reason, such as --reason 1.1=\"bank file blocked\"")
                .into());
        };
        let element = crate::elements::find(parsed, element.trim())?;
        let mut key_results = closing.key_results();
        let Some(graded) = key_results.find(|key_result| key_result.element == element) else {
            return Err(Failure::new(format!("{element} is no key result"))
                .help("give reasons for key results, such as 1.1")
                .into());
        };
        if graded.outturn.is_met {
            return Err(
                Failure::new(format!("{element} was met, and so needs no reason"))
                    .help("say with --learned what is worth remembering")
                    .into(),
            );
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Failure::new(format!("the reason for {element} is empty"))
                .help("say what kept it from being met")
                .into());
        }
        said.reasons.push((element, reason.to_owned()));
    }
    let learned = words("learned").map(|words| words.trim().to_owned());
    said.learned = learned.filter(|words| !words.is_empty()).collect();
    Ok(said)
}

/// Finds out whether every reason that is owed is there.
fn check_reasons(closing: &Closing, said: &Said) -> Result<(), Failure> {
    let has_reason = |element: ElementId| said.reasons.iter().any(|(other, _)| *other == element);
    let missing: Vec<String> = closing
        .in_want_of_a_reason()
        .filter(|key_result| !has_reason(key_result.element))
        .map(|key_result| key_result.element.to_string())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut options: Vec<String> = missing
        .iter()
        .take(MOST_LISTED)
        .map(|element| format!("--reason {element}=\"…\""))
        .collect();
    let more = missing.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        options.push("…".to_owned());
    }
    let mut named = missing[..missing.len() - more].join(", ");
    if more > 0 {
        // Writing to a string does not fail.
        let _ = write!(named, " and {more} more");
    }
    let (was, needs) = if missing.len() == 1 {
        ("was", "needs")
    } else {
        ("were", "need")
    };
    Err(Failure::new(format!(
        "{named} {was} committed and not met, and {needs} a reason"
    ))
    .help(format!(
        "say what kept it from being met: {}",
        options.join(" ")
    )))
}
