//! The reading of a plan: what okr understands of a text, one line for each thing that is there.
//!
//! The specification and the fixtures show it next to the plan that it was made of.

use std::fmt::Write as _;

use okr_core::completion::complete;
use okr_core::diagnostic::{Diagnostic, Location, Severity};
use okr_core::fields::HasFields;
use okr_core::model::{
    CheckIn, ElementId, Fields, Initiative, KeyResult, Measure, Objective, Plan, Section, Target,
};
use okr_core::statement::Lexicon;
use okr_core::{Parsed, parse};

/// Returns what okr understands of a text, and then what it says about it.
///
/// What is not there has no line and no part of a line.
/// Words stand as normal Markdown in double quotes, free text with a stroke before each line.
/// Equal plans with equal diagnostics have equal readings.
pub(crate) fn reading(text: &str) -> String {
    let parsed = parse(text);
    let mut out = Reading::default();
    out.plan(&parsed.plan);
    for diagnostic in &parsed.diagnostics {
        out.line(0, &said(&parsed, diagnostic));
    }
    out.text
}

/// Returns what okr shows of a text: its plan, with what that does not state read from its statements.
pub(crate) fn completed_reading(text: &str) -> String {
    let mut out = Reading::default();
    out.plan(&complete(parse(text).plan, &Lexicon::default()));
    out.text
}

/// Returns only what okr says about a text, a line for each diagnostic.
pub(crate) fn diagnostics(text: &str) -> String {
    let parsed = parse(text);
    let mut out = Reading::default();
    for diagnostic in &parsed.diagnostics {
        out.line(0, &said(&parsed, diagnostic));
    }
    out.text
}

/// Returns a diagnostic with its place as line and column, both counted from 1.
fn said(parsed: &Parsed, diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = match &diagnostic.location {
        Location::Span(span) => {
            let place = parsed.document.line_column(span.start());
            format!("{}:{}", place.line, place.column)
        }
        Location::Cell(cell) => cell.clone(),
        _ => "file".to_owned(),
    };
    let mut said = format!(
        "{severity}[{}] {place} {}",
        diagnostic.code, diagnostic.message
    );
    if !diagnostic.help.is_empty() {
        let _ = write!(said, "; {}", diagnostic.help);
    }
    said
}

#[derive(Default)]
struct Reading {
    text: String,
}

impl Reading {
    fn line(&mut self, indent: usize, line: &str) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds a line of the parts that are there, if any is.
    fn parts(&mut self, indent: usize, parts: &[Option<String>]) {
        let parts: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
        if !parts.is_empty() {
            self.line(indent, &parts.join(", "));
        }
    }

    fn free_text(&mut self, indent: usize, text: &str) {
        for line in text.lines() {
            self.line(indent, format!("| {line}").trim_end());
        }
    }

    fn plan(&mut self, plan: &Plan) {
        let mut head = "plan".to_owned();
        if let Some(name) = &plan.name {
            let _ = write!(head, " \"{name}\"");
        }
        if let Some(period) = plan.period {
            let _ = write!(
                head,
                " for {period} ({} to {})",
                period.start(),
                period.end()
            );
        }
        self.parts(
            0,
            &[
                Some(head),
                named("team", plan.team.as_ref()),
                named("owner", plan.owner.as_ref()),
                named("cadence", plan.cadence.as_ref()),
                named("template", plan.template.as_ref()),
            ],
        );
        if plan.fiscal_year != okr_core::model::FiscalYear::default() {
            let label = match plan.fiscal_year.label() {
                okr_core::model::YearLabel::End => "ends",
                okr_core::model::YearLabel::Start => "starts",
            };
            let month = plan.fiscal_year.start_month_name();
            self.line(
                2,
                &format!("fiscal year from {month}, named by the year in which it {label}"),
            );
        }
        for (key, value) in &plan.front_matter {
            let other = if is_kept::<Plan>(key) {
                ""
            } else {
                "other key "
            };
            self.line(2, &format!("{other}{key} \"{value}\""));
        }
        if let Some(title) = &plan.title {
            self.line(2, &format!("title \"{}\"", title.as_markdown()));
        }
        self.free_text(2, &plan.text);
        for (o, objective) in plan.objectives.iter().enumerate() {
            self.sections(&plan.sections, o);
            self.objective(o, objective);
        }
        self.sections(&plan.sections, plan.objectives.len());
    }

    fn sections(&mut self, sections: &[Section], position: usize) {
        for section in sections
            .iter()
            .filter(|section| section.position == position)
        {
            let place = match position {
                0 => String::new(),
                _ => format!(" after objective {position}"),
            };
            self.line(
                0,
                &format!("section \"{}\"{place}", section.title.as_markdown()),
            );
            self.free_text(2, &section.text);
        }
    }

    fn objective(&mut self, o: usize, objective: &Objective) {
        let id = ElementId::Objective(o);
        let head = format!("objective {id} \"{}\"", objective.title.as_markdown());
        self.parts(
            0,
            &[
                Some(head),
                objective
                    .commitment
                    .map(|commitment| commitment.word().to_owned()),
                named("owner", objective.owner.as_ref()),
                named("id", objective.id.as_ref()),
            ],
        );
        for link in &objective.supports {
            let target = match &*link.target {
                "" => String::new(),
                target => format!(" at {target}"),
            };
            self.line(2, &format!("supports \"{}\"{target}", link.text));
        }
        self.fields::<Objective>(2, &objective.fields);
        for (i, initiative) in objective.initiatives.iter().enumerate() {
            self.initiative(2, ElementId::ObjectiveInitiative(o, i), initiative);
        }
        self.free_text(2, &objective.text);
        for (k, key_result) in objective.key_results.iter().enumerate() {
            self.key_result(o, k, key_result);
        }
    }

    fn key_result(&mut self, o: usize, k: usize, key_result: &KeyResult) {
        let id = ElementId::KeyResult(o, k);
        let head = format!("key result {id} \"{}\"", key_result.title.as_markdown());
        self.parts(
            2,
            &[
                Some(head),
                named("owner", key_result.owner.as_ref()),
                named("id", key_result.id.as_ref()),
            ],
        );
        let measure = &key_result.measure;
        if let Some(name) = &measure.name {
            self.line(4, &format!("measure \"{}\"", name.as_markdown()));
        }
        self.parts(
            4,
            &[
                named("unit", measure.unit.as_ref()),
                named("baseline", measure.start.as_ref()),
                measure.target.as_ref().map(|target| goal(target, measure)),
                // What the target says of the direction is shown as well as what the field says.
                named("direction", measure.direction()),
                named("due", key_result.due),
            ],
        );
        if let Some(question) = &measure.question {
            self.line(
                4,
                &format!("baseline question \"{}\"", question.as_markdown()),
            );
        }
        if let Some(source) = &measure.source {
            self.line(4, &format!("source \"{}\"", source.as_markdown()));
        }
        self.fields::<KeyResult>(4, &key_result.fields);
        for (i, initiative) in key_result.initiatives.iter().enumerate() {
            self.initiative(4, ElementId::Initiative(o, k, i), initiative);
        }
        for check_in in &key_result.check_ins {
            self.check_in(check_in);
        }
        self.free_text(4, &key_result.text);
    }

    fn fields<E: HasFields>(&mut self, indent: usize, fields: &Fields) {
        for (name, value) in fields {
            let (other, name) = if is_kept::<E>(name) {
                ("", name.to_lowercase())
            } else {
                ("other field ", name.clone())
            };
            self.line(
                indent,
                &format!("{other}{name} \"{}\"", value.as_markdown()),
            );
        }
    }

    fn initiative(&mut self, indent: usize, id: ElementId, initiative: &Initiative) {
        let mark = if initiative.done { 'x' } else { ' ' };
        let mut line = format!(
            "initiative {id} [{mark}] \"{}\"",
            initiative.title.as_markdown()
        );
        if let Some(owner) = &initiative.owner {
            let _ = write!(line, " @{owner}");
        }
        if let Some(due) = initiative.due {
            let _ = write!(line, " due {due}");
        }
        if let Some(step) = initiative.step() {
            let _ = write!(line, ", a step of weight {}", step.weight);
        }
        self.line(indent, &line);
        self.free_text(indent + 2, &initiative.text);
    }

    fn check_in(&mut self, check_in: &CheckIn) {
        let mut head = format!("check-in {}", check_in.date);
        if let Some(value) = &check_in.value {
            let _ = write!(head, " {value}");
        }
        if let Some(status) = check_in.status {
            let _ = write!(head, " {status}");
        }
        let note = check_in
            .note
            .as_ref()
            .map(|note| format!("\"{}\"", note.as_markdown()));
        let confidence = named("confidence", check_in.confidence);
        let mut parts = vec![Some(head), confidence, note];
        let others = check_in.fields.iter();
        parts.extend(
            others.map(|(name, value)| Some(format!("{name} \"{}\"", value.as_markdown()))),
        );
        self.parts(4, &parts);
    }
}

fn named(name: &str, value: Option<impl std::fmt::Display>) -> Option<String> {
    value.map(|value| format!("{name} {value}"))
}

/// Returns a target, with the value that a change comes to.
fn goal(target: &Target, measure: &Measure) -> String {
    match measure.target_value() {
        Some(value) if target.is_change() => format!("target {target} ({value})"),
        _ => format!("target {target}"),
    }
}

fn is_kept<E: HasFields>(name: &str) -> bool {
    E::KEPT
        .iter()
        .any(|kept| kept.name.eq_ignore_ascii_case(name))
}
