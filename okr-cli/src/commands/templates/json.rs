//! The JSON of `okr templates --json` (`okr-templates/1`) and `okr templates show --json`
//! (`okr-template/1`); `templates.md` documents both.
//!
//! Keys are only ever added; a change of one that is there counts the number in the schema up.

use okr_core::model::{KeyResult, Plan};
use okr_templates::Template;
use serde::Serialize;

#[derive(Serialize)]
struct List<'a> {
    schema: &'static str,
    templates: Vec<Summary<'a>>,
}

#[derive(Serialize)]
struct Whole<'a> {
    schema: &'static str,
    #[serde(flatten)]
    summary: Summary<'a>,
    inputs: Vec<InputView<'a>>,
    content: Vec<ObjectiveView>,
    sections: Vec<String>,
}

#[derive(Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the fields are named as in the front matter of a template"
)]
struct Summary<'a> {
    name: &'a str,
    title: &'a str,
    summary: &'a str,
    keywords: &'a [String],
    path: &'a str,
    objectives: usize,
    key_results: usize,
    initiatives: usize,
    start_with: Vec<usize>,
}

#[derive(Serialize)]
struct InputView<'a> {
    name: &'a str,
    question: &'a str,
    default: Option<&'a str>,
}

#[derive(Serialize)]
struct ObjectiveView {
    number: String,
    title: String,
    start: bool,
    key_results: Vec<KeyResultView>,
}

#[derive(Serialize)]
struct KeyResultView {
    number: String,
    title: String,
    measure: Option<String>,
    target: Option<String>,
    question: Option<String>,
    source: Option<String>,
    initiatives: Vec<String>,
}

pub(super) fn list(found: &[(&Template, Plan)]) -> anyhow::Result<String> {
    let templates = found
        .iter()
        .map(|(template, plan)| summary(template, plan))
        .collect();
    print(&List {
        schema: "okr-templates/1",
        templates,
    })
}

pub(super) fn show(template: &Template, plan: &Plan) -> anyhow::Result<String> {
    let inputs = template.inputs.iter().map(|input| InputView {
        name: &input.name,
        question: &input.question,
        default: input.default.as_deref(),
    });
    let content = plan
        .objectives
        .iter()
        .enumerate()
        .map(|(o, objective)| ObjectiveView {
            number: (o + 1).to_string(),
            title: objective.title.to_string(),
            start: super::is_start(template, o),
            key_results: objective
                .key_results
                .iter()
                .enumerate()
                .map(|(k, one)| key_result(o, k, one))
                .collect(),
        });
    print(&Whole {
        schema: "okr-template/1",
        summary: summary(template, plan),
        inputs: inputs.collect(),
        content: content.collect(),
        sections: plan
            .sections
            .iter()
            .map(|section| section.title.to_string())
            .collect(),
    })
}

fn summary<'a>(template: &'a Template, plan: &Plan) -> Summary<'a> {
    let under_objectives: usize = plan
        .objectives
        .iter()
        .map(|objective| objective.initiatives.len())
        .sum();
    let initiatives: usize = plan
        .key_results()
        .map(|(_, key_result)| key_result.initiatives.len())
        .sum();
    Summary {
        name: &template.name,
        title: &template.title,
        summary: &template.summary,
        keywords: &template.keywords,
        path: &template.path,
        objectives: plan.objectives.len(),
        key_results: plan.key_results().count(),
        initiatives: under_objectives + initiatives,
        start_with: (0..plan.objectives.len())
            .filter(|o| super::is_start(template, *o))
            .map(|o| o + 1)
            .collect(),
    }
}

fn key_result(o: usize, k: usize, key_result: &KeyResult) -> KeyResultView {
    let measure = &key_result.measure;
    let words = |line: &Option<okr_core::model::Inline>| line.as_ref().map(ToString::to_string);
    KeyResultView {
        number: format!("{}.{}", o + 1, k + 1),
        title: key_result.title.to_string(),
        measure: words(&measure.name),
        target: measure.target.as_ref().map(ToString::to_string),
        question: words(&measure.question),
        source: words(&measure.source),
        initiatives: key_result
            .initiatives
            .iter()
            .map(|initiative| initiative.title.to_string())
            .collect(),
    }
}

fn print(value: &impl Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
