//! `okr set`: changes one thing in a plan and leaves every other byte as it is.

pub(super) mod field;
mod moved;
mod unit;

use clap::{Arg, ArgAction, ArgMatches};
use jiff::civil::Date;
use okr_core::Parsed;
use okr_core::completion::Completed;
use okr_core::edit::{Change, edit};
use okr_core::fields::TO_BE_MEASURED;
use okr_core::model::{ElementId, Measure, Plan, parse_date};
use okr_core::statement::Lexicon;

use super::{Command, args, baseline, dates};
use crate::ExitStatus;
use crate::context::Context;
use crate::elements;
use crate::env::MAX_PLAN;
use crate::error::Failure;
use crate::shell::{Text, style};

pub(crate) static COMMAND: Command = Command {
    name: "set",
    about: "Change one thing in a plan: a baseline, an owner, a date",
    docs: include_str!("set.md"),
    cli,
    exec,
};

fn cli(command: clap::Command) -> clap::Command {
    command
        .arg(args::plan().help("The plan to change, a Markdown file; - is standard input"))
        .arg(
            Arg::new("element")
                .value_name("ELEMENT")
                .required(true)
                .help("What to change: plan, a number such as 1.2, or a few letters of a title"),
        )
        .arg(
            Arg::new("field")
                .value_name("FIELD")
                .required(true)
                .help("Which part of it, such as baseline, owner or due"),
        )
        .arg(
            Arg::new("value")
                .value_name("VALUE")
                .required(true)
                .allow_hyphen_values(true)
                .help("What it is to be; '' takes it out"),
        )
        .arg(
            Arg::new("custom")
                .long("custom")
                .action(ArgAction::SetTrue)
                .help("Allow a field of your own that okr does not know"),
        )
        .arg(args::dry_run())
}

/// What a change comes to.
struct Outcome {
    before: String,
    after: Option<String>,
    report: Report,
}

/// What is said of a change.
struct Report {
    said: Text,
    warnings: Vec<String>,
    /// How many places of the plan are not understood.
    faults: usize,
}

impl Report {
    fn say(self, cx: &mut Context<'_>, name: &str) -> anyhow::Result<()> {
        cx.shell.tell(self.said)?;
        for warning in self.warnings {
            cx.shell.warn(&warning, None)?;
        }
        args::say_faults(cx, self.faults, name)
    }
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let plan = args::path(matches, "plan");
    let name = plan.display().to_string();
    args::check_is_markdown(&name)?;
    let lexicon = cx.config_for(plan)?.audit.lexicon.clone();
    let today = cx.today();
    let change = |text: &str| outcome(text, matches, &name, &lexicon, today);
    if args::is_standard(plan) || matches.get_flag("dry-run") {
        let outcome = change(&cx.env.read_text(plan, MAX_PLAN)?)?;
        let after = outcome.after.as_ref().unwrap_or(&outcome.before);
        if matches.get_flag("dry-run") {
            crate::diff::print(cx, &name, Some(outcome.before.as_bytes()), after.as_bytes())?;
        } else {
            cx.shell.document(after.as_bytes())?;
        }
        outcome.report.say(cx, &name)?;
        return Ok(ExitStatus::Success);
    }
    let report = cx.env.update(plan, |text| {
        let outcome = change(text)?;
        Ok((outcome.after, outcome.report))
    })?;
    report.say(cx, &name)?;
    Ok(ExitStatus::Success)
}

fn outcome(
    text: &str,
    matches: &ArgMatches,
    name: &str,
    lexicon: &Lexicon,
    today: Date,
) -> anyhow::Result<Outcome> {
    let parsed = okr_core::parse(text);
    let element = elements::find(&parsed, args::string(matches, "element"))?;
    let wanted = args::string(matches, "field");
    let wanted = field::named(&parsed.plan, element, wanted, matches.get_flag("custom"))?;
    let mut warnings = Vec::new();
    let value = args::string(matches, "value");
    let (change, doubt) = change(&parsed.plan, element, &wanted, value, lexicon)?;
    warnings.extend(doubt);
    let patch = edit(&parsed, &change).map_err(|error| field::refused(&error))?;
    let mut said = Text::new();
    let old = wanted.value(&parsed.plan, element);
    if patch.is_empty() {
        let name = if name == "-" { "the plan" } else { name };
        let old = if old.is_empty() { "empty" } else { &*old };
        said.push(&format!(
            "{} is {old} already; {name} is as it was",
            title(element, &wanted.name)
        ));
        return Ok(Outcome {
            before: text.to_owned(),
            after: None,
            report: Report {
                said,
                warnings: Vec::new(),
                faults: args::slips(&parsed.diagnostics),
            },
        });
    }
    let mut after = patch.apply(text);
    let mut meant = parsed.plan.clone();
    change
        .apply(&mut meant)
        .map_err(|error| field::refused(&error))?;
    let record = moved::record(&parsed.plan, &meant, element, today, lexicon);
    if let Some(record) = &record {
        let with_value = okr_core::parse(after);
        after = edit(&with_value, record)
            .map_err(|error| field::refused(&error))?
            .apply(with_value.document.text());
        record
            .apply(&mut meant)
            .map_err(|error| field::refused(&error))?;
    }
    let read = okr_core::parse(after.clone());
    if read.plan != meant {
        let failure = Failure::new(format!(
            "the plan would not read back with this value of {}",
            wanted.name
        ));
        return Err(failure
            .help("write simpler words, or edit the file itself; nothing was changed")
            .into());
    }
    let new = wanted.value(&read.plan, element);
    let part = |words: &str| {
        if words.is_empty() {
            "(empty)".to_owned()
        } else {
            words.to_owned()
        }
    };
    if name != "-" {
        said.push(&format!("{name}: "));
    }
    let of = |parsed: &Parsed| completed(parsed, element, lexicon);
    let (was, is) = (of(&parsed), of(&read));
    // Where no field says it, the words of the key result may.
    let in_words = was.as_ref().filter(|_| old.is_empty());
    let in_words = in_words.and_then(|was| moved::of_field(was, &wanted.name));
    said.push(&format!(
        "{}: {} → ",
        title(element, &wanted.name),
        in_words.map_or_else(|| part(&old), |words| format!("{words} in its words"))
    ))
    .styled(style::GOOD, &part(&new));
    if let Some(target) = new_target(was.as_ref(), is.as_ref()) {
        said.push(&format!(" (the target is {target} now)"));
    }
    if record.is_some() {
        said.push("; the plan keeps a record of what it was");
    }
    warnings.extend(doubts(&parsed, &read, element, is.as_ref(), &wanted));
    Ok(Outcome {
        before: text.to_owned(),
        after: Some(after),
        report: Report {
            said,
            warnings,
            faults: args::slips(&read.diagnostics),
        },
    })
}

/// Returns the change that gives a part of an element its new value, and what else may have been meant. A number of a
/// measure without a unit takes the one that is known.
///
/// # Errors
///
/// The value is none that the part can have.
pub(super) fn change(
    plan: &Plan,
    element: ElementId,
    part: &field::Part,
    value: &str,
    lexicon: &Lexicon,
) -> Result<(Change, Option<String>), Failure> {
    let with_unit = unit::added(plan, element, part, value, lexicon);
    let doubt = with_unit.as_deref().and_then(baseline::doubt_of_fraction);
    let value = with_unit.as_deref().unwrap_or(value);
    let is_number = part.is_baseline() && !value.trim().is_empty();
    let key_result = plan.key_result(element).filter(|_| is_number);
    let Some(key_result) = key_result else {
        return Ok((part.change(element, value)?, doubt));
    };
    Ok(match baseline::read(&key_result.measure, value)? {
        Some(baseline) => {
            let value = unit::of_baseline(plan, key_result, baseline.value, lexicon)
                .map_err(|refusal| refusal.of(element))?
                .to_string();
            (part.change(element, &value)?, baseline.doubt.or(doubt))
        }
        None => (part.change(element, TO_BE_MEASURED)?, None),
    })
}

/// Returns what cannot well be true of the plan after the change.
fn doubts(
    before: &Parsed,
    after: &Parsed,
    element: ElementId,
    measure: Option<&Measure>,
    changed: &field::Part,
) -> Vec<String> {
    let plan = &after.plan;
    let mut doubts = Vec::new();
    if let Some(measure) = measure.filter(|_| changed.is_of_measure()) {
        doubts.extend(baseline::doubt(measure));
    }
    let Some(period) = plan.period else {
        return doubts;
    };
    if before.plan.period != plan.period {
        doubts.extend(dates::outside(plan, period));
    }
    if changed.is_due()
        && let Some(due) = parse_date(&changed.value(plan, element))
        && !period.contains(due)
    {
        let name = period.name();
        doubts.push(format!("{due} lies outside {name}, the period of the plan"));
    }
    doubts
}

fn title(element: ElementId, field: &str) -> String {
    format!("{element} {}", field.to_lowercase())
}

/// Returns what a key result counts, with what its fields leave open read from its statement.
fn completed(parsed: &Parsed, element: ElementId, lexicon: &Lexicon) -> Option<Measure> {
    let plan = &parsed.plan;
    let key_result = plan.key_result(element)?;
    Some(Completed::new(key_result, plan.period, lexicon).measure)
}

/// Returns the number that a target by a change comes to, when it is a different one from before.
fn new_target(before: Option<&Measure>, after: Option<&Measure>) -> Option<String> {
    let of = |measure: Option<&Measure>| {
        let measure = measure?;
        measure
            .target
            .as_ref()
            .filter(|target| target.is_change())?;
        measure.target_value()
    };
    let target = of(after)?;
    (of(before).as_ref() != Some(&target)).then(|| target.to_string())
}
