//! `okr measure PLAN`: every source of a plan that can be read, next to the last check-in.

use std::path::Path;

use okr_core::model::{CheckIn, ElementId, KeyResult};
use serde::Serialize;

use crate::ExitStatus;
use crate::commands::args;
use crate::context::Context;
use crate::env::MAX_PLAN;
use crate::error;
use crate::evidence::{Evidence, evidence, readable};
use crate::shell::{Text, style};

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    key_results: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    key_result: String,
    title: String,
    source: String,
    readable: bool,
    value: Option<String>,
    date: Option<String>,
    note: Option<String>,
    error: Option<String>,
    last_value: Option<String>,
    last_date: Option<String>,
}

/// Reads all sources of a plan and shows what they say.
///
/// # Errors
///
/// The plan cannot be read; a source that cannot is told of, and the others go on.
pub(super) fn exec(cx: &mut Context<'_>, plan: &Path, is_json: bool) -> anyhow::Result<ExitStatus> {
    let text = cx.env.read_text(plan, MAX_PLAN)?;
    let parsed = okr_core::parse(text);
    let mut lines = Vec::new();
    let mut without = 0;
    for (id, key_result) in parsed.plan.key_results() {
        match &key_result.measure.source {
            Some(source) => {
                let source = source.plain().into_owned();
                lines.push(line(cx, plan, id, key_result, source));
            }
            None => without += 1,
        }
    }
    let failed = lines.iter().filter(|line| line.error.is_some()).count();
    if is_json {
        let document = Document {
            schema: "okr-sources/1",
            key_results: lines,
        };
        let mut text = serde_json::to_string_pretty(&document)?;
        text.push('\n');
        cx.shell.document(text.as_bytes())?;
    } else {
        cx.shell.print(shown(&lines))?;
        if without > 0 {
            let has = if without == 1 { "has" } else { "have" };
            let message = format!("{} {has} no source", args::count(without, "key result"));
            cx.shell.note(Text::from(message))?;
        }
    }
    Ok(if failed == 0 {
        ExitStatus::Success
    } else {
        ExitStatus::Findings
    })
}

fn line(
    cx: &Context<'_>,
    plan: &Path,
    id: ElementId,
    key_result: &KeyResult,
    source: String,
) -> Line {
    let is_readable = readable(key_result).is_some();
    let found = is_readable.then(|| evidence(cx, plan, key_result, cx.today()));
    let (found, error) = match found {
        Some(Ok(found)) => (Some(found), None),
        Some(Err(error)) => {
            let help = error::help(&error).map(|help| format!("; {help}"));
            (None, Some(format!("{error:#}{}", help.unwrap_or_default())))
        }
        None => (None, None),
    };
    let last = last(key_result);
    let value_of = |found: &Evidence| found.value.to_string();
    Line {
        key_result: id.to_string(),
        title: key_result.title.plain().into_owned(),
        source,
        readable: is_readable,
        value: found.as_ref().map(value_of),
        date: found.as_ref().map(|found| found.date.to_string()),
        note: found.map(|found| found.note),
        error,
        last_value: last.and_then(|last| Some(last.value.as_ref()?.to_string())),
        last_date: last.map(|last| last.date.to_string()),
    }
}

/// Returns the latest check-in with a value.
fn last(key_result: &KeyResult) -> Option<&CheckIn> {
    let valued = key_result
        .check_ins
        .iter()
        .filter(|one| one.value.is_some());
    valued.max_by_key(|one| one.date)
}

fn shown(lines: &[Line]) -> Text {
    let mut text = Text::new();
    for line in lines {
        text.styled(style::HELP, &line.key_result)
            .push(&format!("  {}\n", line.title));
        match (&line.value, &line.date, &line.note, &line.error) {
            (Some(value), Some(date), Some(note), _) => {
                text.push("     ")
                    .styled(style::BOLD, value)
                    .push(&format!(" on {date}, from {note}\n"));
            }
            (.., Some(error)) => {
                text.push("     ")
                    .styled(style::WARNING, "not read")
                    .push(&format!(": {error}\n"));
            }
            _ => {
                text.push("     ")
                    .styled(style::DIM, &format!("for people to read: {}", line.source))
                    .push("\n");
            }
        }
        if let (Some(value), Some(date)) = (&line.last_value, &line.last_date) {
            text.push(&format!("     last check-in: {value} on {date}\n"));
        }
    }
    if lines.is_empty() {
        text.push("no key result of the plan has a source\n");
    }
    Text::drawn(text.ansi().trim_end().to_owned())
}
