//! Arguments that several commands take, and what they share in handling them.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use okr_core::audit::Settings;
use okr_core::diagnostic::{Diagnostic, Severity};
pub(crate) use okr_render::words::count;

use crate::config::{self, Config};
use crate::context::Context;
use crate::env::{Existing, Output};
use crate::error::Failure;
use crate::shell::Text;

/// A plan to read.
pub(crate) fn plan() -> Arg {
    Arg::new("plan")
        .value_name("PLAN")
        .required(true)
        .value_parser(value_parser!(PathBuf))
}

/// `--dry-run`.
pub(crate) fn dry_run() -> Arg {
    Arg::new("dry-run")
        .long("dry-run")
        .short('n')
        .action(ArgAction::SetTrue)
        .help("Show as a diff what would be written, and write nothing")
}

/// `--force`.
pub(crate) fn force() -> Arg {
    Arg::new("force")
        .long("force")
        .short('f')
        .action(ArgAction::SetTrue)
        .help("Replace files that exist already")
}

/// `--output`.
pub(crate) fn output(help: &'static str) -> Arg {
    Arg::new("output")
        .long("output")
        .short('o')
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help(help)
}

/// `--allow-commands`.
pub(crate) fn allow_commands() -> Arg {
    Arg::new("allow-commands")
        .long("allow-commands")
        .action(ArgAction::SetTrue)
        .help("Run the commands of okr.toml that sources name")
}

/// `--json`.
pub(crate) fn json() -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Print JSON for other programs")
}

/// `--format`, and `--json` for the JSON among its formats.
pub(crate) fn formats(names: &[&'static str], help: &'static str) -> [Arg; 2] {
    [
        Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .value_parser(PossibleValuesParser::new(names.iter().copied()))
            .hide_possible_values(true)
            .help(help),
        json().conflicts_with("format"),
    ]
}

/// Returns the name of the format that `--format` or `--json` asks for.
pub(crate) fn format(matches: &ArgMatches) -> Option<&str> {
    if matches.get_flag("json") {
        return Some("json");
    }
    matches.get_one::<String>("format").map(String::as_str)
}

/// `--templates`.
pub(crate) fn templates() -> Arg {
    Arg::new("templates")
        .long("templates")
        .value_name("DIR")
        .action(ArgAction::Append)
        .value_parser(value_parser!(PathBuf))
        .help("Take the role templates in this folder as well; may be given again")
}

/// Returns the folders of `--templates`.
pub(crate) fn template_folders(matches: &ArgMatches) -> Vec<PathBuf> {
    matches
        .get_many("templates")
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

/// `--strict`, `--select` and `--ignore`: what an audit looks for.
pub(crate) fn audit() -> [Arg; 3] {
    let names = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("RULE")
            .value_delimiter(',')
            .action(ArgAction::Append)
            .help(help)
    };
    [
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help("Look for more, and fail on warnings too"),
        names("select", "Look for these rules only; may be given again"),
        names("ignore", "Pass over these rules; may be given again"),
    ]
}

/// Returns what an audit looks for, as its `okr.toml` and the options of [`audit`] say.
pub(crate) fn audit_settings(config: &Config, matches: &ArgMatches) -> anyhow::Result<Settings> {
    let mut settings = config.audit.clone();
    settings.strict = matches.get_flag("strict");
    settings.select = rules(matches, "select")?;
    settings.ignore = rules(matches, "ignore")?;
    Ok(settings)
}

/// Returns the rules that an option names.
fn rules(matches: &ArgMatches, option: &str) -> anyhow::Result<Vec<&'static str>> {
    let names = matches.get_many::<String>(option).into_iter().flatten();
    names
        .map(|name| {
            let name = name.trim();
            config::rule_named(name).map_err(|help| {
                Failure::new(format!("there is no rule `{name}`"))
                    .help(help)
                    .into()
            })
        })
        .collect()
}

/// Finds out whether a plan is Markdown, by its name, and so can be edited.
pub(crate) fn check_is_markdown(name: &str) -> Result<(), Failure> {
    let is_markdown =
        okr_render::Format::of_file_name(name).map_or(true, |format| format.name == "markdown");
    if is_markdown {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{name} is no Markdown file, and only Markdown plans can be edited"
    ))
    .help("change the .md file, then make this one anew with `okr render`"))
}

/// Returns a path argument that the command line cannot be without.
pub(crate) fn path<'m>(matches: &'m ArgMatches, name: &str) -> &'m Path {
    matches
        .get_one::<PathBuf>(name)
        .map_or(Path::new(""), PathBuf::as_path)
}

/// Returns an argument that the command line cannot be without.
pub(crate) fn string<'m>(matches: &'m ArgMatches, name: &str) -> &'m str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}

/// Returns whether the path stands for standard input or output.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns what `--force` says about a file that is there already.
pub(crate) fn existing(matches: &ArgMatches) -> Existing {
    if matches.get_flag("force") {
        Existing::Replace
    } else {
        Existing::Keep
    }
}

/// Writes files, or shows with `--dry-run` what would be written.
///
/// Returns whether they were written.
pub(crate) fn write(
    cx: &mut Context<'_>,
    matches: &ArgMatches,
    outputs: &[Output],
) -> anyhow::Result<bool> {
    let existing = existing(matches);
    if !matches.get_flag("dry-run") {
        let folders = cx.env.write(outputs, existing)?;
        say_made(cx, &folders)?;
        return Ok(true);
    }
    for output in outputs {
        cx.env.check_target(&output.path, existing)?;
    }
    for output in outputs {
        let old = if cx.env.exists(&output.path) {
            Some(cx.env.read(&output.path, crate::env::MAX_PLAN)?)
        } else {
            None
        };
        crate::diff::print(
            cx,
            &output.path.display().to_string(),
            old.as_deref(),
            &output.bytes,
        )?;
    }
    Ok(false)
}

/// Says which folders were made for what was written.
pub(crate) fn say_made(cx: &mut Context<'_>, folders: &[PathBuf]) -> anyhow::Result<()> {
    for folder in folders {
        let said = format!("made the folder {}", folder.display());
        cx.shell.tell(Text::from(said))?;
    }
    Ok(())
}

/// Returns how many places of a plan were not understood.
pub(crate) fn faults(diagnostics: &[Diagnostic]) -> usize {
    let is_fault = |diagnostic: &&Diagnostic| diagnostic.severity >= Severity::Warning;
    diagnostics.iter().filter(is_fault).count()
}

/// Returns how many places of a plan were not understood, without the fields of the user's own, of which
/// a command that shows no places need not remind.
pub(crate) fn slips(diagnostics: &[Diagnostic]) -> usize {
    let is_own = |diagnostic: &&Diagnostic| {
        diagnostic.code == "unknown-field" && !diagnostic.help.starts_with("did you mean")
    };
    faults(diagnostics).saturating_sub(diagnostics.iter().filter(is_own).count())
}

/// Says how many places of a plan are not understood, where some are not.
pub(crate) fn say_faults(cx: &mut Context<'_>, faults: usize, name: &str) -> anyhow::Result<()> {
    if faults == 0 {
        return Ok(());
    }
    let name = if name == "-" { "the plan" } else { name };
    let (are, them) = if faults == 1 {
        ("is", "it")
    } else {
        ("are", "them")
    };
    cx.shell.tell(Text::from(format!(
        "{} in {name} {are} not understood; okr render shows {them}",
        count(faults, "place")
    )))
}
