//! The number that the source of a key result names: read from a file, or printed by a command of the user's.
//!
//! A plan may come from anyone, and so its sources lead to nothing but files below its own folder and below the
//! folders that `okr.toml` allows. Which programs there are to run, `okr.toml` alone says, and as that may come from
//! anyone too, none runs unless the user allows it on the command line.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use okr_core::fields::nearest;
use okr_core::ledger::{Column, LedgerMeasure, Terms};
use okr_core::model::{KeyResult, Quantity, QuantityError, Unit, parse_date};
use okr_core::source::{Dated, Source, Take};
use okr_render::evidence::AsOf;
use okr_render::ledger::{LedgerFile, LedgerOptions, measure};

use crate::commands::args::count;
use crate::commands::baseline;
use crate::commands::measure::{rounded, usual};
use crate::config::{self, Config};
use crate::context::Context;
use crate::env::{MAX_FORMATTED, Stream};
use crate::error::Failure;

/// How the sources of a plan are asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking<'a> {
    /// The plan, from whose folder paths count.
    pub(crate) plan: &'a Path,
    /// The last day that counts.
    pub(crate) day: Date,
    /// Whether that is a day of the past, so that rows of later days are left out.
    pub(crate) is_past: bool,
    /// Whether the user allows that commands of `okr.toml` run.
    pub(crate) allows_commands: bool,
}

/// A number for a check-in, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The number, in the unit of the key result.
    pub(crate) value: Quantity,
    /// The day for which it speaks, never after the last one that counts: the one that the source names, else the last.
    pub(crate) date: Date,
    /// Where it comes from, in a phrase: `ageing.csv, cell B7`.
    pub(crate) note: String,
}

/// Returns the source of a key result, where it names a number that can be read.
pub(crate) fn readable(key_result: &KeyResult) -> Option<Source> {
    Source::parse(&key_result.measure.source.as_ref()?.plain())
}

/// Returns the number that the source of a key result names.
///
/// # Errors
///
/// The source is none that can be read, which [`readable`] tells beforehand; what it names is not there, not allowed
/// or no number; the number does not fit the key result, or its day is after the last one that counts.
pub(crate) fn evidence(
    cx: &Context<'_>,
    asking: Asking<'_>,
    key_result: &KeyResult,
) -> anyhow::Result<Evidence> {
    let Asking {
        plan, day, is_past, ..
    } = asking;
    let Some(source) = readable(key_result) else {
        return Err(Failure::new("its source is nothing that okr can read")
            .help("docs/measures.md tells how a source is written")
            .into());
    };
    let config = cx.config_for(plan)?;
    let (value, date, note) = match &source {
        Source::Command(name) => of_command(cx, &config, name, asking.allows_commands)?,
        Source::Measure {
            measure,
            file,
            payments,
            currency,
        } => {
            let files = Files::new(plan, &config);
            let paid = payments.as_deref();
            of_ledger(cx, &files, measure, file, paid, currency.as_deref(), day)?
        }
        Source::Table {
            file,
            sheet,
            take,
            dated,
        } => {
            let files = Files::new(plan, &config);
            of_table(
                cx,
                &files,
                file,
                sheet.as_deref(),
                take,
                dated.as_ref(),
                AsOf { day, is_past },
            )?
        }
    };
    let date = date.unwrap_or(day);
    if date > day {
        let message = format!("the day of {value} is {date}, which is after {day}");
        return Err(Failure::new(message)
            .help(if is_past {
                "it tells nothing of a day before its own; write the value itself"
            } else {
                "look at where the source says its day stands"
            })
            .into());
    }
    Ok(Evidence {
        value: fitted(key_result, &value)?,
        date,
        note,
    })
}

/// Returns the first file that the source of a key result names, which is there and which its plan may not read, since
/// it lies elsewhere; `plan` is where that lies.
pub(crate) fn outside(
    cx: &Context<'_>,
    plan: &Path,
    key_result: &KeyResult,
) -> anyhow::Result<Option<String>> {
    let named = match readable(key_result) {
        Some(Source::Table { file, .. }) => vec![file],
        Some(Source::Measure { file, payments, .. }) => {
            [file].into_iter().chain(payments).collect()
        }
        Some(Source::Command(_)) | None => Vec::new(),
    };
    let config = cx.config_for(plan)?;
    let files = Files::new(plan, &config);
    let is_barred =
        |name: &String| cx.env.exists(&files.base.join(name)) && files.find(cx, name).is_err();
    Ok(named.into_iter().find(is_barred))
}

/// Returns a number in the unit of a key result.
fn fitted(key_result: &KeyResult, value: &Quantity) -> anyhow::Result<Quantity> {
    let read = baseline::read(&key_result.measure, &value.to_string()).map_err(Failure::from)?;
    Ok(read.map_or_else(|| value.clone(), |read| read.value))
}

type Read = (Quantity, Option<Date>, String);

/// Where files of a plan may lie.
struct Files {
    base: PathBuf,
    allowed: Vec<PathBuf>,
}

impl Files {
    fn new(plan_path: &Path, config: &Config) -> Self {
        // A plan that comes through a pipe lies where it is read.
        let base = match plan_path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut allowed = vec![base.clone()];
        allowed.extend(config.sources.iter().cloned());
        Self { base, allowed }
    }

    fn find(&self, cx: &Context<'_>, name: &str) -> anyhow::Result<PathBuf> {
        cx.env.inside(&self.base.join(name), &self.allowed)
    }
}

fn of_table(
    cx: &Context<'_>,
    files: &Files,
    file: &str,
    sheet: Option<&str>,
    take: &Take,
    dated: Option<&Dated>,
    as_of: AsOf,
) -> anyhow::Result<Read> {
    let path = files.find(cx, file)?;
    let bytes = cx.env.read(&path, MAX_FORMATTED)?;
    let found = okr_render::evidence::evidence(&bytes, sheet, take, dated, as_of)
        .map_err(|error| Failure::new(format!("cannot take it from {file}: {error}")))?;
    Ok((found.value, found.date, format!("{file}, {}", found.note)))
}

fn of_ledger(
    cx: &Context<'_>,
    files: &Files,
    wanted: &'static LedgerMeasure,
    file: &str,
    payments: Option<&str>,
    currency: Option<&str>,
    today: Date,
) -> anyhow::Result<Read> {
    let invoices = Stream::File(files.find(cx, file)?);
    let paid = match payments {
        Some(_) if !wanted.takes.contains(&Column::Paid) => {
            let message = format!("{} does not ask what was paid", wanted.name);
            return Err(Failure::new(message).help("leave out the payments").into());
        }
        Some(payments) => Some(Stream::File(files.find(cx, payments)?)),
        None => None,
    };
    let currency = match currency.map(|text| (text, Unit::parse(&text.to_uppercase()))) {
        Some((_, Some(Unit::Currency(code)))) => Some(code.to_owned()),
        Some((text, _)) => return Err(Failure::new(format!("`{text}` is no currency")).into()),
        None => None,
    };
    let options = LedgerOptions {
        measure: wanted,
        terms: Terms {
            window: usual(wanted, today),
            working_days: false,
        },
        maps: Vec::new(),
        dates: None,
        decimals: None,
        currency,
        payment_days: None,
        sheet: None,
        most_faults: 1,
    };
    let paid = paid.as_ref().map(|paid| paid as &dyn LedgerFile);
    let measured = measure(&invoices, paid, &options)
        .map_err(|error| Failure::new(format!("cannot measure {file}: {error}")))?;
    let help = format!("okr measure {} --invoices tells more", wanted.name);
    if let Some(fault) = measured.faults.first() {
        // A value that leaves rows out is another value.
        let message = format!(
            "{file} has rows that cannot be read: {}: {}",
            fault.place, fault.message
        );
        return Err(Failure::new(message).help(help).into());
    }
    if let Some(doubt) = measured.doubts.first() {
        return Err(Failure::new(format!("{file}: {doubt}")).help(help).into());
    }
    let Some(value) = &measured.value else {
        let message = format!(
            "{file} has nothing to divide by, so there is no {}",
            wanted.name
        );
        return Err(Failure::new(message).help(help).into());
    };
    let rows = usize::try_from(measured.counted).unwrap_or(usize::MAX);
    let note = format!("{} from {file}, {}", wanted.name, count(rows, "row"));
    Ok((rounded(value, wanted), Some(today), note))
}

/// Runs a command, and reads its first line as a number and its second, where there is one, as a day.
fn of_command(
    cx: &Context<'_>,
    config: &Config,
    name: &str,
    is_allowed: bool,
) -> anyhow::Result<Read> {
    let Some((program, args)) = config
        .commands
        .get(name)
        .and_then(|words| words.split_first())
    else {
        let near = nearest(name, config.commands.keys().map(String::as_str));
        let help = near.map_or_else(
            || {
                format!(
                    "set it up in okr.toml: [commands], then {name} = [\"program\", \"argument\"]"
                )
            },
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Failure::new(format!("there is no command `{name}`"))
            .help(help)
            .into());
    };
    if !is_allowed {
        let words: Vec<&str> = std::iter::once(program)
            .chain(args)
            .map(String::as_str)
            .collect();
        let file = config.folder.join(config::FILE_NAME);
        let message = format!(
            "command {name} was not run, which is `{}` in {}",
            words.join(" "),
            file.display()
        );
        return Err(Failure::new(message)
            .help("if that is what you want to run, add --allow-commands")
            .into());
    }
    let printed = cx.env.run(&config.folder, program, args)?;
    let (value, date) = printed_number(&printed)
        .map_err(|message| Failure::new(format!("command {name}: {message}")))?;
    Ok((value, date, format!("command {name}")))
}

fn printed_number(printed: &str) -> Result<(Quantity, Option<Date>), String> {
    let is_steering = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if printed.contains(is_steering) {
        return Err("it prints control characters, such as those for colours".to_owned());
    }
    let lines: Vec<&str> = printed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let (number, day) = match lines[..] {
        [number] => (number, None),
        [number, day] => (number, Some(day)),
        [] => return Err("it prints nothing".to_owned()),
        _ => return Err("it prints more than a number and a day".to_owned()),
    };
    let value = Quantity::parse(number)
        .map_err(|error: QuantityError| format!("`{number}` is no number: {error}"))?;
    let date = match day {
        Some(day) => {
            Some(parse_date(day).ok_or_else(|| format!("`{day}` is no date like 2026-11-22"))?)
        }
        None => None,
    };
    Ok((value, date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_prints_a_number_and_perhaps_a_day() {
        let shown = |printed: &str| match printed_number(printed) {
            Ok((value, Some(date))) => format!("{value} on {date}"),
            Ok((value, None)) => value.to_string(),
            Err(message) => message,
        };
        assert_eq!(shown("46.2 days\n"), "46.2 days");
        assert_eq!(shown("€1,200\r\n2026-11-20\r\n"), "EUR 1200 on 2026-11-20");
        assert_eq!(shown("\n"), "it prints nothing");
        assert_eq!(shown("1\n2\n3\n"), "it prints more than a number and a day");
        assert_eq!(shown("1\nsoon"), "`soon` is no date like 2026-11-22");
        assert_eq!(shown("many"), "`many` is no number: it has no number");
        assert_eq!(
            shown("\u{1b}[1m5\u{1b}[0m"),
            "it prints control characters, such as those for colours"
        );
    }
}
