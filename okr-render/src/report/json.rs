//! JSON, `okr-check/1`; `docs/check.schema.json` documents it.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use okr_core::audit::Axis;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Entry, FixEntry, PlanReport, Region, ReportFormat, Shares, Totals};

pub(super) static REPORT: ReportFormat = ReportFormat {
    name: "json",
    head: |_| "{\n  \"schema\": \"okr-check/1\",\n  \"plans\": [".to_owned(),
    plan: |_, plan| format!("\n    {}", pretty(&PlanView::new(plan), 4)),
    tells_changes: true,
    between: ",",
    tail,
};

fn tail(totals: &Totals) -> String {
    let before = if totals.plans > 0 { "\n  " } else { "" };
    let summary = SummaryView {
        plans: totals.plans,
        errors: totals.errors,
        warnings: totals.warnings,
        infos: totals.infos,
        dismissed: totals.dismissed,
        fixable: totals.fixable,
        suggested: totals.suggested,
        score: score(&totals.score),
    };
    format!("{before}],\n  \"summary\": {}\n}}\n", pretty(&summary, 2))
}

/// Returns a value as JSON whose lines after the first are that far in.
pub(super) fn pretty(value: &impl Serialize, indent: usize) -> String {
    // Keys are strings and no number is a float, so that nothing is known to fail here.
    let text = serde_json::to_string_pretty(value).unwrap_or_else(|_| "null".to_owned());
    text.replace('\n', &format!("\n{}", " ".repeat(indent)))
}

#[derive(Serialize)]
struct PlanView<'r> {
    path: &'r str,
    findings: Vec<EntryView<'r>>,
    dismissed: Vec<EntryView<'r>>,
    score: Map<String, Value>,
}

impl<'r> PlanView<'r> {
    fn new(plan: &'r PlanReport) -> Self {
        let (dismissed, findings): (Vec<_>, Vec<_>) = plan
            .entries
            .iter()
            .partition(|entry| entry.dismissed.is_some());
        Self {
            path: &plan.path,
            findings: findings.into_iter().map(EntryView::new).collect(),
            dismissed: dismissed.into_iter().map(EntryView::new).collect(),
            score: score(&plan.score),
        }
    }
}

#[derive(Serialize)]
struct EntryView<'r> {
    rule: &'r str,
    level: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    axis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<&'r str>,
    message: &'r str,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'r str,
    #[serde(skip_serializing_if = "str::is_empty")]
    help: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<RegionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixView<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<QuestionView<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'r str>,
}

impl<'r> EntryView<'r> {
    fn new(entry: &'r Entry) -> Self {
        let question = entry.question.as_ref();
        Self {
            rule: &entry.rule,
            level: entry.level.name(),
            axis: entry.axis.map(Axis::name),
            element: entry.element.as_deref(),
            message: &entry.message,
            label: &entry.label,
            help: &entry.help,
            location: entry.region.map(RegionView::new),
            fix: entry.fix.as_ref().map(FixView::new),
            question: question.map(|question| QuestionView {
                text: &question.text,
                element: &question.element,
                field: question.field.as_deref(),
                offer: question.offer.as_deref(),
            }),
            reason: entry.dismissed.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct RegionView {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
}

impl RegionView {
    const fn new(region: Region) -> Self {
        Self {
            line: region.start.line,
            column: region.start.column,
            end_line: region.end.line,
            end_column: region.end.column,
            start_byte: region.span.start(),
            end_byte: region.span.end(),
        }
    }
}

#[derive(Serialize)]
struct FixView<'r> {
    title: &'r str,
    applicability: &'static str,
    replacements: Vec<ReplacementView<'r>>,
}

#[derive(Serialize)]
struct ReplacementView<'r> {
    location: RegionView,
    text: &'r str,
}

impl<'r> FixView<'r> {
    fn new(fix: &'r FixEntry) -> Self {
        let replacements = fix.replacements.iter();
        Self {
            title: &fix.title,
            applicability: fix.applicability.name(),
            replacements: replacements
                .map(|(region, replacement)| ReplacementView {
                    location: RegionView::new(*region),
                    text: &replacement.text,
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct QuestionView<'r> {
    text: &'r str,
    element: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<&'r str>,
}

#[derive(Serialize)]
struct SummaryView {
    plans: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    dismissed: usize,
    fixable: usize,
    suggested: usize,
    score: Map<String, Value>,
}

fn score(shares: &Shares) -> Map<String, Value> {
    let shares = shares.iter();
    shares
        .map(|(axis, percent)| (axis.name().to_owned(), Value::from(*percent)))
        .collect()
}
