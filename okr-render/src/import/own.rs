//! Files that are no tables: okr's own formats, and outlines.

use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::model::{Initiative, KeyResult, Objective, Plan, Status};
use okr_core::text::LineIndex;

use super::outline::{self, Lined};
use super::{
    Account, Draft, DraftInitiative, DraftKeyResult, DraftObjective, Import, ImportOptions,
    SaidStatus,
};
use crate::carries::Carries;
use crate::dialects::tidy;
use crate::error::{Error, ErrorKind};
use crate::format::{Format, Imported, ReadOptions};
use crate::formats::xlsx;
use crate::table::Workbook;

/// What a text is, when it is no table.
pub(super) enum Text {
    /// A plan in a format of okr.
    Plan(Box<Import>),
    /// An outline of whatever kind.
    Outline(Lined),
}

/// Reads a text that is a plan of okr's own or an outline; nothing where it may be a table.
///
/// # Errors
///
/// The text is YAML or JSON with objectives in it, and a part of it cannot be read.
pub(super) fn read(bytes: &[u8], options: &ImportOptions) -> Result<Option<Text>, Error> {
    let Ok(text) = crate::formats::text_of(bytes) else {
        return Ok(None);
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.trim_start();
    if first.starts_with('<') {
        return Ok(by_format("html", bytes, options).map(plan));
    }
    if first.starts_with(['{', '[']) {
        if let Some(imported) = by_format("json", bytes, options) {
            return Ok(Some(plan(imported)));
        }
        if is_json(first) {
            return match outline::data(text)? {
                Some(lined) => Ok(Some(Text::Outline(lined))),
                None => Err(ErrorKind::Unreadable("it names no objectives".to_owned()).into()),
            };
        }
    }
    if outline::looks_like_markdown(text) {
        let mut parsed = okr_core::parse(text);
        if parsed.plan.key_results().next().is_some() {
            // The plan is written anew, with headings of the right level.
            parsed
                .diagnostics
                .retain(|diagnostic| diagnostic.code != "heading-level");
            let index = LineIndex::new(text);
            for Diagnostic { location, .. } in &mut parsed.diagnostics {
                if let Location::Span(span) = location {
                    let line = index.line_column(text, span.start()).line;
                    *location = Location::Cell(format!("line {line}"));
                }
            }
            return Ok(Some(plan(Imported {
                plan: parsed.plan,
                diagnostics: parsed.diagnostics,
            })));
        }
    }
    // What is wrong with YAML is told only when the text is nothing else.
    let mut fault = None;
    if outline::looks_like_data(text) {
        match outline::data(text) {
            Ok(Some(lined)) => return Ok(Some(Text::Outline(lined))),
            Ok(None) => {}
            // Only YAML that is sound gets that far.
            Err(error) if error.is_too_large() => return Err(error),
            Err(error) => fault = Some(error),
        }
    }
    if outline::looks_like_markdown(text)
        && let Some(lined) = outline::markdown(text)
    {
        return Ok(Some(Text::Outline(lined)));
    }
    fault.map_or(Ok(None), Err)
}

/// Returns whether a text that begins with a bracket goes on as JSON does.
fn is_json(text: &str) -> bool {
    let rest = text[1..].trim_start();
    rest.starts_with(['{', '[', '"', '}', ']']) || rest.is_empty()
}

/// Reads a workbook or table that okr wrote and people may have changed; nothing where it is another's.
///
/// It says more than any reading of it by its headings could.
pub(super) fn table(workbook: &Workbook, bytes: &[u8], options: &ImportOptions) -> Option<Import> {
    let is_chosen = options.dialect.is_some() || !options.map.is_empty() || options.sheet.is_some();
    if is_chosen || !workbook.tables.iter().any(tidy::is_ours) {
        return None;
    }
    let name = if bytes.starts_with(b"PK") {
        "xlsx"
    } else {
        "csv"
    };
    let format = Format::named(name).ok()?;
    let mut import = import(by_format(name, bytes, options)?, format.carries);
    import.base = xlsx::read_base(workbook, bytes);
    Some(import)
}

/// Reads a format of okr; nothing where the bytes are not of it.
fn by_format(name: &str, bytes: &[u8], options: &ImportOptions) -> Option<Imported> {
    let format = Format::named(name).ok()?;
    let options = ReadOptions {
        today: Some(options.today),
    };
    (format.read)(bytes, &options).ok()
}

fn plan(imported: Imported) -> Text {
    // Markdown, JSON and pages carry all of a plan.
    Text::Plan(Box::new(import(imported, Carries::ALL)))
}

/// Returns what was read in a format of okr as an import.
fn import(imported: Imported, carries: Carries) -> Import {
    let Imported {
        plan,
        mut diagnostics,
    } = imported;
    diagnostics.retain(|diagnostic: &Diagnostic| diagnostic.severity > Severity::Info);
    Import {
        draft: Draft::of(&plan),
        account: Account {
            dialect: Some("okr"),
            ..Account::default()
        },
        diagnostics,
        plan: Some(plan),
        base: None,
        carries: Some(carries),
    }
}

impl Draft {
    /// Returns what a plan says, as if it had been read from a sheet.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self {
            title: plan
                .title
                .as_ref()
                .map(|title| title.plain().into_owned())
                .or_else(|| plan.name.clone()),
            period: plan.period,
            team: plan.team.clone(),
            objectives: plan.objectives.iter().map(objective).collect(),
            ..Self::default()
        }
    }
}

fn objective(objective: &Objective) -> DraftObjective {
    let mut initiatives: Vec<_> = objective
        .initiatives
        .iter()
        .map(|one| initiative(one, None))
        .collect();
    for (position, key_result) in objective.key_results.iter().enumerate() {
        let own = key_result.initiatives.iter();
        initiatives.extend(own.map(|one| initiative(one, Some(position))));
    }
    DraftObjective {
        title: objective.title.plain().into_owned(),
        reference: objective.id.clone(),
        owner: objective.owner.clone(),
        parent: objective.supports.first().map(|link| link.text.clone()),
        description: (!objective.text.is_empty()).then(|| objective.text.clone()),
        key_results: objective.key_results.iter().map(key_result).collect(),
        initiatives,
        ..DraftObjective::default()
    }
}

fn key_result(key_result: &KeyResult) -> DraftKeyResult {
    let measure = &key_result.measure;
    let latest = key_result
        .check_ins
        .iter()
        .max_by_key(|check_in| check_in.date);
    let value = key_result
        .check_ins
        .iter()
        .filter(|check_in| check_in.value.is_some())
        .max_by_key(|check_in| check_in.date);
    DraftKeyResult {
        title: key_result.title.plain().into_owned(),
        reference: key_result.id.clone(),
        owner: key_result.owner.clone(),
        start: measure.start.clone(),
        target: measure.target.clone(),
        current: value.and_then(|check_in| check_in.value.clone()),
        direction: measure.direction,
        due: key_result.due,
        status: latest.and_then(|check_in| check_in.status).and_then(said),
        confidence: latest.and_then(|check_in| check_in.confidence),
        source: measure
            .source
            .as_ref()
            .map(|source| source.plain().into_owned()),
        description: (!key_result.text.is_empty()).then(|| key_result.text.clone()),
        check_ins: key_result.check_ins.clone(),
        ..DraftKeyResult::default()
    }
}

fn initiative(initiative: &Initiative, key_result: Option<usize>) -> DraftInitiative {
    DraftInitiative {
        title: initiative.title.plain().into_owned(),
        key_result,
        owner: initiative.owner.clone(),
        due: initiative.due,
        status: initiative.done.then_some(SaidStatus::Done),
        ..DraftInitiative::default()
    }
}

fn said(status: Status) -> Option<SaidStatus> {
    SaidStatus::ALL
        .into_iter()
        .find(|said| said.status() == (status, false))
}
