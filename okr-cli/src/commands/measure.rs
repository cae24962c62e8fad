//! `okr measure`: the value of a finance measure from an export of invoices.

mod account;
mod json;
mod sources;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use jiff::ToSpan as _;
use jiff::civil::Date;
use okr_core::fields::nearest;
use okr_core::ledger::{Column, LEDGER_MEASURES, LedgerMeasure, Terms, Window};
use okr_core::model::{Period, Unit, parse_date};
use okr_render::import::{DateOrder, Decimals};
use okr_render::ledger::{LedgerOptions, Measured, measure};

use super::{Command, args};
use crate::ExitStatus;
use crate::context::Context;
use crate::error::Failure;
use crate::evidence::Asking;

pub(crate) use self::account::rounded;

pub(crate) static COMMAND: Command = Command {
    name: "measure",
    about: "Compute a finance measure, such as DSO, from an export of invoices",
    docs: include_str!("measure.md"),
    cli,
    exec,
};

/// How many rows that cannot be read are shown to people; others count only.
const SHOWN_FAULTS: usize = 10;
/// How many of them JSON has.
const LISTED_FAULTS: usize = 10_000;

fn cli(command: clap::Command) -> clap::Command {
    let file = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help(help)
    };
    let day = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("DATE")
            .value_parser(date)
            .help(help)
    };
    command
        .arg(
            Arg::new("name")
                .value_name("NAME|PLAN")
                .help("The measure, such as dso, or a plan whose sources are read; without, all measures are listed"),
        )
        .arg(
            file("invoices", "The export with a row for each invoice; - is standard input")
                .short('i')
                .requires("name"),
        )
        .arg(file("payments", "An export with a row for each payment").requires("invoices"))
        .arg(
            Arg::new("period")
                .long("period")
                .value_name("PERIOD")
                .conflicts_with_all(["from", "to", "at"])
                .help("The days that count, such as 2026-Q4; up to today while it runs"),
        )
        .arg(day("from", "The first day that counts").conflicts_with("at"))
        .arg(day("to", "The last day that counts [default: today]").conflicts_with("at"))
        .arg(day("at", "The last day of the usual stretch of days [default: today]"))
        .arg(
            Arg::new("map")
                .long("map")
                .value_name("COLUMN=WHAT")
                .action(ArgAction::Append)
                .help("Say what a column holds, by its heading or letters; may be given again"),
        )
        .arg(
            Arg::new("currency")
                .long("currency")
                .value_name("CODE")
                .help("Count amounts in this currency only, such as EUR"),
        )
        .arg(
            Arg::new("terms")
                .long("terms")
                .value_name("DAYS")
                .value_parser(value_parser!(u16).range(0..=3650))
                .help("In how many days an invoice without a due date is due, such as 30"),
        )
        .arg(
            Arg::new("working-days")
                .long("working-days")
                .action(ArgAction::SetTrue)
                .help("Count Monday to Friday only in lengths of time"),
        )
        .arg(
            Arg::new("dates")
                .long("dates")
                .value_name("ORDER")
                .value_parser(["day-first", "month-first"])
                .help("Which comes first in dates such as 03/04/2026"),
        )
        .arg(
            Arg::new("decimals")
                .long("decimals")
                .value_name("SIGN")
                .value_parser(["dot", "comma"])
                .help("Which sign stands before decimals in amounts such as 1.234"),
        )
        .arg(
            Arg::new("sheet")
                .long("sheet")
                .value_name("NAME")
                .help("Read this sheet of a workbook, also a hidden one"),
        )
        .arg(args::allow_commands().requires("name"))
        .arg(args::json())
}

fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "write a date like 2026-11-22".to_owned())
}

fn exec(cx: &mut Context<'_>, matches: &ArgMatches) -> anyhow::Result<ExitStatus> {
    let is_json = matches.get_flag("json");
    let Some(name) = matches.get_one::<String>("name") else {
        if is_json {
            cx.shell.document(json::list()?.as_bytes())?;
        } else {
            let width = cx.shell.width();
            cx.shell.print(account::list(width))?;
        }
        return Ok(ExitStatus::Success);
    };
    let is_plan = is_plan(name);
    if is_plan && matches.contains_id("invoices") {
        let message = format!("{name} is a plan and no measure");
        return Err(Failure::new(message)
            .help("`okr measure` lists the measures")
            .into());
    }
    if is_plan {
        let asking = Asking {
            plan: Path::new(name),
            day: cx.today(),
            is_past: false,
            allows_commands: matches.get_flag("allow-commands"),
        };
        return sources::exec(cx, asking, is_json);
    }
    let wanted = named(name)?;
    let Some(path) = matches.get_one::<PathBuf>("invoices") else {
        if is_json {
            cx.shell.document(json::one(wanted)?.as_bytes())?;
        } else {
            let width = cx.shell.width();
            cx.shell.print(account::whole(wanted, width))?;
        }
        return Ok(ExitStatus::Success);
    };
    let window = window(cx, matches, wanted)?;
    let options = LedgerOptions {
        measure: wanted,
        terms: Terms {
            window,
            working_days: matches.get_flag("working-days"),
        },
        maps: matches
            .get_many("map")
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
        dates: matches
            .get_one::<String>("dates")
            .map(|order| match order.as_str() {
                "day-first" => DateOrder::DayFirst,
                _ => DateOrder::MonthFirst,
            }),
        decimals: matches
            .get_one::<String>("decimals")
            .map(|sign| match sign.as_str() {
                "comma" => Decimals::Comma,
                _ => Decimals::Dot,
            }),
        currency: currency(matches)?,
        payment_days: matches.get_one("terms").copied(),
        sheet: matches.get_one("sheet").cloned(),
        most_faults: if is_json { LISTED_FAULTS } else { SHOWN_FAULTS },
    };
    let payments = matches.get_one::<PathBuf>("payments");
    let measured = of_files(cx, path, payments.map(PathBuf::as_path), &options)?;
    if is_json {
        let document = json::measured(&measured, &options)?;
        cx.shell.document(document.as_bytes())?;
    } else {
        let width = cx.shell.width();
        cx.shell
            .print(account::measured(&measured, &options, width))?;
        account::say_faults(cx, &measured)?;
    }
    let is_sure = measured.faulty == 0 && measured.doubts.is_empty();
    Ok(if is_sure && measured.value.is_some() {
        ExitStatus::Success
    } else {
        ExitStatus::Findings
    })
}

/// Computes a measure from files of the command line.
///
/// # Errors
///
/// A file cannot be read, or is not what the measure needs; the message names it.
fn of_files(
    cx: &Context<'_>,
    invoices: &Path,
    payments: Option<&Path>,
    options: &LedgerOptions,
) -> anyhow::Result<Measured> {
    let file = cx.env.stream(invoices)?;
    let paid = match payments {
        Some(_) if !options.measure.takes.contains(&Column::Paid) => {
            let message = format!("{} does not ask what was paid", options.measure.name);
            return Err(Failure::new(message).help("leave out --payments").into());
        }
        Some(path) if args::is_standard(path) && args::is_standard(invoices) => {
            let message = "invoices and payments cannot both come from standard input";
            return Err(Failure::new(message)
                .help("name a file for one of them")
                .into());
        }
        Some(path) => Some(cx.env.stream(path)?),
        None => None,
    };
    let names = match payments {
        Some(payments) => format!("{} with {}", invoices.display(), payments.display()),
        None if args::is_standard(invoices) => "standard input".to_owned(),
        None => invoices.display().to_string(),
    };
    let paid = paid
        .as_ref()
        .map(|paid| paid as &dyn okr_render::ledger::LedgerFile);
    measure(&file, paid, options)
        .map_err(|error| Failure::new(format!("cannot measure {names}: {error}")).into())
}

/// Returns whether a word names a plan: no measure has an ending or a folder.
fn is_plan(name: &str) -> bool {
    name == "-" || name.contains(['.', '/', '\\'])
}

fn named(name: &str) -> anyhow::Result<&'static LedgerMeasure> {
    LedgerMeasure::named(name).ok_or_else(|| {
        let near = nearest(name, LEDGER_MEASURES.iter().map(|measure| measure.name));
        let help = near.map_or("`okr measure` lists them".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
        Failure::new(format!("there is no measure `{name}`"))
            .help(help)
            .into()
    })
}

fn currency(matches: &ArgMatches) -> anyhow::Result<Option<String>> {
    let Some(text) = matches.get_one::<String>("currency") else {
        return Ok(None);
    };
    match Unit::parse(&text.to_uppercase()) {
        Some(Unit::Currency(code)) => Ok(Some(code.to_owned())),
        _ => Err(Failure::new(format!("`{text}` is no currency"))
            .help("write its code, such as EUR")
            .into()),
    }
}

/// Returns the days that count, as the options say.
fn window(
    cx: &Context<'_>,
    matches: &ArgMatches,
    measure: &LedgerMeasure,
) -> anyhow::Result<Window> {
    let today = cx.today();
    if let Some(text) = matches.get_one::<String>("period") {
        let fiscal = cx.config()?.fiscal_year.unwrap_or_default();
        let period = Period::parse(text, fiscal).map_err(|error| {
            Failure::new(error.reason().to_owned())
                .help("write a period such as 2026-Q4, 2026-H2 or 2026")
        })?;
        // What is still to come has no rows, and its days would count as days without sales.
        let window = Window::new(period.start(), period.end().min(today));
        return window.ok_or_else(|| {
            let message = format!("{} begins after today, {today}", period.name());
            Failure::new(message).help("name an earlier period").into()
        });
    }
    let day = |name: &str| matches.get_one::<Date>(name).copied();
    let to = day("to").or(day("at")).unwrap_or(today);
    match day("from") {
        Some(from) => Window::new(from, to).ok_or_else(|| {
            let message = format!("the first day, {from}, is after the last, {to}");
            Failure::new(message)
                .help("give --from the earlier one")
                .into()
        }),
        None => Ok(usual(measure, to)),
    }
}

/// Returns the days up to `to` that a measure counts where nobody says which.
pub(crate) fn usual(measure: &LedgerMeasure, to: Date) -> Window {
    let before = i32::from(measure.days) - 1;
    let from = to.saturating_sub(before.days());
    // The first day is never after the last.
    Window::new(from.min(to), to).unwrap_or_else(|| unreachable!("both are in order"))
}
