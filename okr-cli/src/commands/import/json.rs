//! What `okr import` says to programs, `okr-import/1`; `docs/import.schema.json` documents it.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::model::{Target, Unit};
use okr_render::import::{
    Account, ColumnRead, Draft, DraftInitiative, DraftKeyResult, DraftObjective, Import, RowRead,
    SaidStatus,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;
use serde_json::Number;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    plan: Head<'a>,
    objectives: Vec<Objective<'a>>,
    notes: &'a [String],
    account: AccountEntry<'a>,
    messages: Vec<Remark<'a>>,
}

#[derive(Serialize)]
struct Head<'a> {
    title: Option<&'a str>,
    period: Option<String>,
    team: Option<&'a str>,
    as_of: Option<String>,
}

#[derive(Serialize)]
struct Objective<'a> {
    title: &'a str,
    cell: &'a str,
    reference: Option<&'a str>,
    owner: Option<&'a str>,
    start_date: Option<String>,
    due: Option<String>,
    weight: Option<Number>,
    status: Option<&'static str>,
    parent: Option<&'a str>,
    description: Option<&'a str>,
    notes: &'a [String],
    key_results: Vec<KeyResult<'a>>,
    initiatives: Vec<Initiative<'a>>,
}

#[derive(Serialize)]
struct KeyResult<'a> {
    title: &'a str,
    cell: &'a str,
    reference: Option<&'a str>,
    owner: Option<&'a str>,
    start: Option<Number>,
    target: Option<Number>,
    /// The target as it would stand in a plan, where it is more than a number.
    target_rule: Option<String>,
    current: Option<Number>,
    unit: Option<String>,
    start_date: Option<String>,
    due: Option<String>,
    weight: Option<Number>,
    status: Option<&'static str>,
    confidence: Option<u8>,
    source: Option<&'a str>,
    description: Option<&'a str>,
    notes: &'a [String],
    check_ins: Vec<CheckInEntry>,
}

#[derive(Serialize)]
struct CheckInEntry {
    date: String,
    value: Option<Number>,
    status: Option<&'static str>,
    confidence: Option<u8>,
    note: Option<String>,
}

#[derive(Serialize)]
struct Initiative<'a> {
    title: &'a str,
    cell: &'a str,
    /// The title of the key result that it serves.
    key_result: Option<&'a str>,
    owner: Option<&'a str>,
    start_date: Option<String>,
    due: Option<String>,
    status: Option<&'static str>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct AccountEntry<'a> {
    sheet: &'a str,
    sideways: bool,
    dialect: Option<&'static str>,
    bytes: Vec<Fact<'a>>,
    columns: Vec<Column<'a>>,
    rows: Vec<Row>,
    further: Vec<SheetEntry<'a>>,
    left_out: Vec<LeftOut<'a>>,
}

/// The sheet of a further objective.
#[derive(Serialize)]
struct SheetEntry<'a> {
    sheet: &'a str,
    columns: Vec<Column<'a>>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Fact<'a> {
    name: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct Column<'a> {
    letters: &'a str,
    heading: &'a str,
    field: Option<&'static str>,
    certainty: &'static str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Row {
    number: usize,
    became: String,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    place: &'a str,
    text: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Remark<'a> {
    code: &'static str,
    severity: &'static str,
    cell: Option<&'a str>,
    #[serde(rename = "message")]
    words: &'a str,
    help: &'a str,
}

/// Returns the whole answer, with a line feed at its end.
pub(super) fn document(import: &Import, messages: &[Diagnostic]) -> anyhow::Result<String> {
    let draft = &import.draft;
    let document = Document {
        schema: "okr-import/1",
        plan: head(draft),
        objectives: draft.objectives.iter().map(objective).collect(),
        notes: &draft.notes,
        account: account(&import.account),
        messages: messages.iter().map(message).collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn head(draft: &Draft) -> Head<'_> {
    Head {
        title: draft.title.as_deref(),
        period: draft.period.map(|period| period.to_string()),
        team: draft.team.as_deref(),
        as_of: draft.as_of.map(|date| date.to_string()),
    }
}

fn objective(objective: &DraftObjective) -> Objective<'_> {
    Objective {
        title: &objective.title,
        cell: &objective.cell,
        reference: objective.reference.as_deref(),
        owner: objective.owner.as_deref(),
        start_date: objective.start_date.map(|date| date.to_string()),
        due: objective.due.map(|date| date.to_string()),
        weight: objective.weight.and_then(number),
        status: objective.status.map(SaidStatus::word),
        parent: objective.parent.as_deref(),
        description: objective.description.as_deref(),
        notes: &objective.notes,
        key_results: objective.key_results.iter().map(key_result).collect(),
        initiatives: objective
            .initiatives
            .iter()
            .map(|of| initiative(objective, of))
            .collect(),
    }
}

fn key_result(key_result: &DraftKeyResult) -> KeyResult<'_> {
    let target = key_result.target.as_ref();
    let start = key_result.start.as_ref();
    let value = target.and_then(|target| target.value(start));
    // A number that the sheet gave needs no second wording.
    let rule = target.filter(|target| {
        !matches!(target, Target::Value { value: plain, .. } if target.to_string() == plain.to_string())
    });
    let measured = [start, value.as_ref(), key_result.current.as_ref()];
    let unit = key_result.unit.clone().or_else(|| {
        let mut units = measured
            .into_iter()
            .flatten()
            .map(|quantity| &quantity.unit);
        units.find(|unit| **unit != Unit::None).map(Unit::to_string)
    });
    KeyResult {
        title: &key_result.title,
        cell: &key_result.cell,
        reference: key_result.reference.as_deref(),
        owner: key_result.owner.as_deref(),
        start: start.and_then(|start| number(start.value)),
        target: value.and_then(|value| number(value.value)),
        target_rule: rule.map(ToString::to_string),
        current: key_result
            .current
            .as_ref()
            .and_then(|current| number(current.value)),
        unit,
        start_date: key_result.start_date.map(|date| date.to_string()),
        due: key_result.due.map(|date| date.to_string()),
        weight: key_result.weight.and_then(number),
        status: key_result.status.map(SaidStatus::word),
        confidence: key_result.confidence,
        source: key_result.source.as_deref(),
        description: key_result.description.as_deref(),
        notes: &key_result.notes,
        check_ins: key_result
            .check_ins
            .iter()
            .map(|check_in| CheckInEntry {
                date: check_in.date.to_string(),
                value: check_in
                    .value
                    .as_ref()
                    .and_then(|value| number(value.value)),
                status: check_in.status.map(okr_core::model::Status::word),
                confidence: check_in.confidence,
                note: check_in.note.as_ref().map(|note| note.plain().into_owned()),
            })
            .collect(),
    }
}

fn initiative<'a>(
    objective: &'a DraftObjective,
    initiative: &'a DraftInitiative,
) -> Initiative<'a> {
    Initiative {
        title: &initiative.title,
        cell: &initiative.cell,
        key_result: initiative
            .key_result
            .and_then(|position| objective.key_results.get(position))
            .map(|key_result| &*key_result.title),
        owner: initiative.owner.as_deref(),
        start_date: initiative.start_date.map(|date| date.to_string()),
        due: initiative.due.map(|date| date.to_string()),
        status: initiative.status.map(SaidStatus::word),
        notes: &initiative.notes,
    }
}

fn account(account: &Account) -> AccountEntry<'_> {
    AccountEntry {
        sheet: &account.sheet,
        sideways: account.is_sideways,
        dialect: account.dialect,
        bytes: account
            .bytes
            .iter()
            .map(|(name, value)| Fact { name, value })
            .collect(),
        columns: columns(&account.columns),
        rows: rows(&account.rows),
        further: account
            .further
            .iter()
            .map(|further| SheetEntry {
                sheet: &further.sheet,
                columns: columns(&further.columns),
                rows: rows(&further.rows),
            })
            .collect(),
        left_out: account
            .left_out
            .iter()
            .map(|left| LeftOut {
                place: &left.place,
                text: &left.text,
                reason: &left.reason,
            })
            .collect(),
    }
}

fn columns(columns: &[ColumnRead]) -> Vec<Column<'_>> {
    columns
        .iter()
        .map(|column| Column {
            letters: &column.letters,
            heading: &column.heading,
            field: column.field,
            certainty: column.certainty.word(),
            reason: &column.reason,
        })
        .collect()
}

fn rows(rows: &[RowRead]) -> Vec<Row> {
    let row = |row: &RowRead| Row {
        number: row.number,
        became: row.became.to_string(),
    };
    rows.iter().map(row).collect()
}

fn message(diagnostic: &Diagnostic) -> Remark<'_> {
    Remark {
        code: diagnostic.code,
        severity: match diagnostic.severity {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        cell: match &diagnostic.location {
            Location::Cell(cell) => Some(cell),
            _ => None,
        },
        words: &diagnostic.message,
        help: &diagnostic.help,
    }
}

fn number(value: Decimal) -> Option<Number> {
    let value = value.normalize();
    match value.to_i64().filter(|_| value.scale() == 0) {
        Some(whole) => Some(whole.into()),
        None => Number::from_f64(value.to_f64()?),
    }
}
