//! What a measure comes to, and of what, for people.

use std::fmt::Write as _;

use okr_core::ledger::{LEDGER_MEASURES, LedgerMeasure, MeasureUnit};
use okr_core::model::{Quantity, Unit};
use okr_render::ledger::{LedgerOptions, Measured, TakenColumn};
use rust_decimal::Decimal;

use crate::commands::args::count;
use crate::context::Context;
use crate::shell::{Text, style, wrap};

/// Returns all measures.
pub(super) fn list(width: usize) -> Text {
    let mut text = Text::new();
    for measure in LEDGER_MEASURES {
        text.styled(style::HELP, measure.name)
            .push(&format!("  {}\n", measure.title));
        lines(&mut text, measure.formula, 4, width);
    }
    text.push("\n")
        .styled(style::DIM, "okr measure NAME --invoices FILE computes one");
    text
}

/// Returns all that is to be said of a measure.
pub(super) fn whole(measure: &LedgerMeasure, width: usize) -> Text {
    let mut text = Text::new();
    text.styled(style::HELP, measure.name)
        .push(&format!("  {}\n\n", measure.title));
    lines(&mut text, measure.formula, 0, width);
    let names = |columns: &[okr_core::ledger::Column]| {
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        names.join(", ")
    };
    text.push("\n");
    lines(
        &mut text,
        &format!("Columns that it needs: {}", names(measure.needs)),
        0,
        width,
    );
    lines(
        &mut text,
        &format!("Columns that it takes: {}", names(measure.takes)),
        0,
        width,
    );
    let days = if measure.days == 1 {
        "The state at the end of the last day".to_owned()
    } else {
        format!("Without a period, the last {} days count", measure.days)
    };
    lines(&mut text, &days, 0, width);
    text.styled(style::DIM, measure.source);
    text
}

fn lines(text: &mut Text, words: &str, indent: usize, width: usize) {
    let before = " ".repeat(indent);
    for line in wrap(words, width.saturating_sub(indent).max(20)) {
        text.push(&before).push(&line).push("\n");
    }
}

/// Returns the value as it goes into a check-in.
pub(super) fn value(measured: &Measured, measure: &LedgerMeasure) -> Option<Quantity> {
    let value = measured.value.as_ref()?;
    Some(rounded(value, measure))
}

/// Returns a value of a measure as it goes into a check-in: money with its cents, where it has any.
pub(crate) fn rounded(value: &Quantity, measure: &LedgerMeasure) -> Quantity {
    let mut number = measure.rounded(value.value);
    if measure.unit == MeasureUnit::Money && number.scale() == 1 {
        number.rescale(2);
    }
    Quantity::new(number, value.unit.clone())
}

/// Returns the value and what it is made of.
pub(super) fn measured(measured: &Measured, options: &LedgerOptions, width: usize) -> Text {
    let measure = options.measure;
    let mut text = Text::new();
    match value(measured, measure) {
        Some(value) => text.styled(style::BOLD, &value.to_string()),
        None => text.styled(style::WARNING, "no value"),
    };
    text.push("\n");
    let tally = &measured.tally;
    let number = |number: Decimal| Quantity::new(number.normalize(), Unit::None).number();
    let mut of = format!("{} {}", number(tally.numerator), measure.numerator);
    if let (Some(denominator), Some(words)) = (tally.denominator, measure.denominator) {
        // Writing to a string does not fail.
        let _ = write!(of, " / {} {words}", number(denominator));
    }
    match measure.unit {
        MeasureUnit::Days if tally.times != Decimal::ONE => {
            let _ = write!(of, " × {} days", tally.times);
        }
        MeasureUnit::Percent => of.push_str(" × 100"),
        _ => {}
    }
    lines(&mut text, &of, 2, width);
    let window = options.terms.window;
    let days = if measure.days == 1 {
        format!("at the end of {}", window.to())
    } else {
        format!(
            "{} to {}, {}",
            window.from(),
            window.to(),
            count(usize::try_from(window.days()).unwrap_or_default(), "day")
        )
    };
    let mut counts = format!(
        "{days}; {} of {} rows count",
        measured.counted, measured.rows
    );
    if let Some(sheet) = &measured.sheet {
        let _ = write!(counts, "; sheet {sheet}");
    }
    lines(&mut text, &counts, 2, width);
    let left: Vec<String> = measured
        .left_out
        .iter()
        .map(|(why, count)| format!("{count} {why}"))
        .collect();
    if !left.is_empty() {
        lines(
            &mut text,
            &format!("left out: {}", left.join(", ")),
            2,
            width,
        );
    }
    lines(&mut text, &columns("columns", &measured.columns), 2, width);
    if !measured.payment_columns.is_empty() {
        let payments = columns("columns of the payments", &measured.payment_columns);
        lines(&mut text, &payments, 2, width);
    }
    Text::drawn(text.ansi().trim_end().to_owned())
}

fn columns(what: &str, taken: &[TakenColumn]) -> String {
    let taken: Vec<String> = taken
        .iter()
        .map(|taken| {
            let heading = if taken.heading.is_empty() {
                format!("column {}", taken.letters)
            } else {
                taken.heading.clone()
            };
            format!("{heading} = {}", taken.column.name())
        })
        .collect();
    format!("{what}: {}", taken.join(", "))
}

/// Says which rows cannot be read, and which payments are for no invoice.
pub(super) fn say_faults(cx: &mut Context<'_>, measured: &Measured) -> anyhow::Result<()> {
    if measured.unmatched_payments > 0 {
        let unmatched = usize::try_from(measured.unmatched_payments).unwrap_or(usize::MAX);
        let message = format!(
            "{} of no invoice that was read",
            count(unmatched, "payment")
        );
        cx.shell.warn(&message, None)?;
    }
    if measured.value.is_none() {
        cx.shell.warn(
            "there is nothing to divide by, so there is no value",
            Some("check the period and the columns"),
        )?;
    }
    if measured.faulty == 0 {
        return Ok(());
    }
    let faulty = usize::try_from(measured.faulty).unwrap_or(usize::MAX);
    let does = if faulty == 1 { "does" } else { "do" };
    let message = format!(
        "{} cannot be read and {does} not count",
        count(faulty, "row")
    );
    cx.shell.warn(&message, None)?;
    let mut text = Text::new();
    for fault in &measured.faults {
        let file = if measured.payment_columns.is_empty() {
            String::new()
        } else {
            format!("{}, ", fault.file)
        };
        text.push(&format!("  {file}{}: {}\n", fault.place, fault.message));
    }
    let more = faulty.saturating_sub(measured.faults.len());
    if more > 0 {
        text.push(&format!("  and {more} more; --json has them\n"));
    }
    cx.shell
        .note(Text::drawn(text.ansi().trim_end().to_owned()))
}
