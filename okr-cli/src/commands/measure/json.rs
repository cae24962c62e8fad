//! The JSON of `okr measure --json` (`okr-measures/1`), `okr measure NAME --json` (`okr-measure-about/1`) and
//! `okr measure NAME --invoices FILE --json` (`okr-measure/1`); `docs/measure.schema.json` documents them.
//!
//! Numbers are exact, and so stand in quotation marks. Keys are only ever added; a change of one that is there
//! counts the number in the schema up.

use okr_core::ledger::{Column, LEDGER_MEASURES, LedgerMeasure};
use okr_render::ledger::{Fault, LedgerOptions, Measured, TakenColumn};
use serde::Serialize;

use super::account::value;

#[derive(Serialize)]
struct List {
    schema: &'static str,
    measures: Vec<About>,
}

#[derive(Serialize)]
struct One {
    schema: &'static str,
    #[serde(flatten)]
    measure: About,
}

#[derive(Serialize)]
struct About {
    name: &'static str,
    title: &'static str,
    formula: &'static str,
    source: &'static str,
    needs: Vec<&'static str>,
    takes: Vec<&'static str>,
    days: u16,
}

impl About {
    fn new(measure: &'static LedgerMeasure) -> Self {
        let names = |columns: &[Column]| columns.iter().map(|column| column.name()).collect();
        Self {
            name: measure.name,
            title: measure.title,
            formula: measure.formula,
            source: measure.source,
            needs: names(measure.needs),
            takes: names(measure.takes),
            days: measure.days,
        }
    }
}

#[derive(Serialize)]
struct Whole<'m> {
    schema: &'static str,
    measure: &'static str,
    /// As it goes into a check-in.
    value: Option<String>,
    /// Not rounded.
    exact: Option<String>,
    numerator: Part,
    denominator: Option<Part>,
    times: String,
    from: String,
    to: String,
    counted: u64,
    rows: u64,
    left_out: Vec<LeftOut>,
    faulty: u64,
    faults: Vec<FaultView<'m>>,
    columns: Vec<ColumnView<'m>>,
    payment_columns: Vec<ColumnView<'m>>,
    unmatched_payments: u64,
    sheet: Option<&'m str>,
    guesses: &'m [String],
}

#[derive(Serialize)]
struct Part {
    what: &'static str,
    value: String,
}

#[derive(Serialize)]
struct LeftOut {
    why: &'static str,
    rows: u64,
}

#[derive(Serialize)]
struct FaultView<'m> {
    file: &'static str,
    line: u64,
    place: &'m str,
    message: &'m str,
}

#[derive(Serialize)]
struct ColumnView<'m> {
    column: &'static str,
    heading: &'m str,
    letters: &'m str,
    mapped: bool,
}

fn column_view(taken: &TakenColumn) -> ColumnView<'_> {
    ColumnView {
        column: taken.column.name(),
        heading: &taken.heading,
        letters: &taken.letters,
        mapped: taken.is_mapped,
    }
}

fn fault_view(fault: &Fault) -> FaultView<'_> {
    FaultView {
        file: fault.file,
        line: fault.line,
        place: &fault.place,
        message: &fault.message,
    }
}

pub(super) fn list() -> anyhow::Result<String> {
    print(&List {
        schema: "okr-measures/1",
        measures: LEDGER_MEASURES.iter().copied().map(About::new).collect(),
    })
}

pub(super) fn one(measure: &'static LedgerMeasure) -> anyhow::Result<String> {
    print(&One {
        schema: "okr-measure-about/1",
        measure: About::new(measure),
    })
}

pub(super) fn measured(measured: &Measured, options: &LedgerOptions) -> anyhow::Result<String> {
    let measure = options.measure;
    let tally = &measured.tally;
    print(&Whole {
        schema: "okr-measure/1",
        measure: measure.name,
        value: value(measured, measure).map(|value| value.to_string()),
        exact: measured.value.as_ref().map(|exact| exact.value.to_string()),
        numerator: Part {
            what: measure.numerator,
            value: tally.numerator.to_string(),
        },
        denominator: tally
            .denominator
            .zip(measure.denominator)
            .map(|(value, what)| Part {
                what,
                value: value.to_string(),
            }),
        times: tally.times.to_string(),
        from: options.terms.window.from().to_string(),
        to: options.terms.window.to().to_string(),
        counted: measured.counted,
        rows: measured.rows,
        left_out: measured
            .left_out
            .iter()
            .map(|(why, rows)| LeftOut { why, rows: *rows })
            .collect(),
        faulty: measured.faulty,
        faults: measured.faults.iter().map(fault_view).collect(),
        columns: measured.columns.iter().map(column_view).collect(),
        payment_columns: measured.payment_columns.iter().map(column_view).collect(),
        unmatched_payments: measured.unmatched_payments,
        sheet: measured.sheet.as_deref(),
        guesses: &measured.guesses,
    })
}

fn print(value: &impl Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
