//! From a plan to JSON.

use std::borrow::Cow;
use std::fmt::Display;

use jiff::civil::Date;
use okr_core::model::{
    Cadence, CheckIn, Commitment, Direction, ElementId, Fields, FiscalYear, Initiative, Inline,
    KeyResult, Link, Measure, Objective, Period, Plan, Quantity, Section, Status, Target, Unit,
    YearLabel,
};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::SCHEMA;
use crate::error::{Error, ErrorKind};
use crate::format::WriteOptions;
use crate::formats::latest;

pub(crate) fn plan(plan: &Plan, _options: &WriteOptions) -> Result<Vec<u8>, Error> {
    to_text(plan).map(String::into_bytes)
}

/// Returns the plan as JSON: two blanks to a level, a line end at the end.
pub(crate) fn to_text(plan: &Plan) -> Result<String, Error> {
    // Keys are strings and no number is a float, so that nothing is known to fail here.
    let mut text = serde_json::to_string_pretty(&PlanView::new(plan))
        .map_err(|error| ErrorKind::Write(format!("it cannot be written as JSON: {error}")))?;
    text.push('\n');
    Ok(text)
}

/// Returns the plan as JSON on one line, without a line end.
pub(crate) fn to_line(plan: &Plan) -> Result<String, Error> {
    serde_json::to_string(&PlanView::new(plan))
        .map_err(|error| ErrorKind::Write(format!("it cannot be written as JSON: {error}")).into())
}

/// A plan as it stands in JSON.
///
/// Lists, maps and free texts are always there; everything else is left out where the plan does not
/// state it. The comments name what is derived, and so passed over on reading.
#[derive(Serialize)]
struct PlanView<'p> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<PeriodView>,
    fiscal_year: FiscalYearView,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cadence: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<&'p str>,
    front_matter: Map<String, Value>,
    text: &'p str,
    objectives: Vec<ObjectiveView<'p>>,
    sections: Vec<SectionView<'p>>,
}

impl<'p> PlanView<'p> {
    fn new(plan: &'p Plan) -> Self {
        let front_matter = plan
            .front_matter
            .iter()
            .map(|(key, value)| (key.clone(), Value::from(&**value)));
        let objectives = plan.objectives.iter().enumerate();
        Self {
            schema: SCHEMA,
            name: plan.name.as_deref(),
            title: plan.title.as_ref().map(Inline::as_markdown),
            period: plan.period.map(PeriodView::new),
            fiscal_year: FiscalYearView::new(plan.fiscal_year),
            team: plan.team.as_deref(),
            owner: plan.owner.as_deref(),
            cadence: plan.cadence.map(Cadence::word),
            template: plan.template.as_deref(),
            front_matter: front_matter.collect(),
            text: &plan.text,
            objectives: objectives
                .map(|(o, objective)| ObjectiveView::new(o, objective))
                .collect(),
            sections: plan.sections.iter().map(SectionView::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct PeriodView {
    label: String,
    // Derived: what to call it, and its first and last day.
    name: String,
    start: String,
    end: String,
}

impl PeriodView {
    fn new(period: Period) -> Self {
        Self {
            label: period.to_string(),
            name: period.name(),
            start: period.start().to_string(),
            end: period.end().to_string(),
        }
    }
}

#[derive(Serialize)]
struct FiscalYearView {
    start_month: i8,
    named_after: &'static str,
}

impl FiscalYearView {
    fn new(fiscal_year: FiscalYear) -> Self {
        let named_after = match fiscal_year.label() {
            YearLabel::End => "end",
            YearLabel::Start => "start",
        };
        Self {
            start_month: fiscal_year.start_month(),
            named_after,
        }
    }
}

#[derive(Serialize)]
struct ObjectiveView<'p> {
    // Derived: the position.
    number: Shown<ElementId>,
    title: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commitment: Option<&'static str>,
    supports: Vec<LinkView<'p>>,
    fields: Map<String, Value>,
    initiatives: Vec<InitiativeView<'p>>,
    text: &'p str,
    key_results: Vec<KeyResultView<'p>>,
}

impl<'p> ObjectiveView<'p> {
    fn new(o: usize, objective: &'p Objective) -> Self {
        let initiatives = objective.initiatives.iter().enumerate();
        let key_results = objective.key_results.iter().enumerate();
        Self {
            number: Shown(ElementId::Objective(o)),
            title: objective.title.as_markdown(),
            id: objective.id.as_deref(),
            owner: objective.owner.as_deref(),
            commitment: objective.commitment.map(Commitment::word),
            supports: objective.supports.iter().map(LinkView::new).collect(),
            fields: fields(&objective.fields),
            initiatives: initiatives
                .map(|(i, initiative)| {
                    InitiativeView::new(ElementId::ObjectiveInitiative(o, i), initiative)
                })
                .collect(),
            text: &objective.text,
            key_results: key_results
                .map(|(k, key_result)| KeyResultView::new(o, k, key_result))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct LinkView<'p> {
    text: &'p str,
    target: &'p str,
}

impl<'p> LinkView<'p> {
    fn new(link: &'p Link) -> Self {
        Self {
            text: &link.text,
            target: &link.target,
        }
    }
}

#[derive(Serialize)]
struct KeyResultView<'p> {
    // Derived: the position.
    number: Shown<ElementId>,
    title: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'p str>,
    measure: MeasureView<'p>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Shown<Date>>,
    fields: Map<String, Value>,
    initiatives: Vec<InitiativeView<'p>>,
    text: &'p str,
    check_ins: Vec<CheckInView<'p>>,
    // Derived as a whole.
    derived: DerivedView<'p>,
}

impl<'p> KeyResultView<'p> {
    fn new(o: usize, k: usize, key_result: &'p KeyResult) -> Self {
        let initiatives = key_result.initiatives.iter().enumerate();
        Self {
            number: Shown(ElementId::KeyResult(o, k)),
            title: key_result.title.as_markdown(),
            id: key_result.id.as_deref(),
            owner: key_result.owner.as_deref(),
            measure: MeasureView::new(&key_result.measure),
            due: key_result.due.map(Shown),
            fields: fields(&key_result.fields),
            initiatives: initiatives
                .map(|(i, initiative)| {
                    InitiativeView::new(ElementId::Initiative(o, k, i), initiative)
                })
                .collect(),
            text: &key_result.text,
            check_ins: key_result.check_ins.iter().map(CheckInView::new).collect(),
            derived: DerivedView::new(key_result),
        }
    }
}

#[derive(Serialize)]
struct MeasureView<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<QuantityView<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetView<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'p str>,
}

impl<'p> MeasureView<'p> {
    fn new(measure: &'p Measure) -> Self {
        Self {
            name: measure.name.as_ref().map(Inline::as_markdown),
            unit: measure.unit.as_ref().map(Unit::word),
            direction: measure.direction.map(Direction::word),
            start: measure.start.as_ref().map(QuantityView::new),
            question: measure.question.as_ref().map(Inline::as_markdown),
            target: measure
                .target
                .as_ref()
                .map(|target| TargetView::new(target, measure.start.as_ref())),
            source: measure.source.as_ref().map(Inline::as_markdown),
        }
    }
}

/// A value that is written as it shows itself.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[derive(Serialize)]
struct QuantityView<'p> {
    value: Shown<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Cow<'p, str>>,
}

impl<'p> QuantityView<'p> {
    fn new(quantity: &'p Quantity) -> Self {
        let unit = Some(quantity.unit.word()).filter(|word| !word.is_empty());
        Self {
            value: Shown(quantity.value),
            unit: unit.map(Cow::Borrowed),
        }
    }

    fn owned(quantity: &Quantity) -> QuantityView<'static> {
        let unit = Some(quantity.unit.word()).filter(|word| !word.is_empty());
        QuantityView {
            value: Shown(quantity.value),
            unit: unit.map(|word| Cow::Owned(word.to_owned())),
        }
    }
}

#[derive(Serialize)]
struct TargetView<'p> {
    #[serde(flatten)]
    kind: TargetKind<'p>,
    // Derived: the target as a plan says it, with what a change comes to.
    text: String,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum TargetKind<'p> {
    Value {
        bound: &'static str,
        value: QuantityView<'p>,
    },
    Between {
        low: QuantityView<'p>,
        high: QuantityView<'p>,
    },
    Relative {
        percent: String,
    },
    Change {
        change: QuantityView<'p>,
    },
    Done,
    FirstValue,
}

impl<'p> TargetView<'p> {
    fn new(target: &'p Target, start: Option<&Quantity>) -> Self {
        let kind = match target {
            Target::Value { bound, value } => TargetKind::Value {
                bound: super::read::bound_word(*bound),
                value: QuantityView::new(value),
            },
            Target::Between { low, high } => TargetKind::Between {
                low: QuantityView::new(low),
                high: QuantityView::new(high),
            },
            Target::Relative(percent) => TargetKind::Relative {
                percent: percent.to_string(),
            },
            Target::Change(change) => TargetKind::Change {
                change: QuantityView::new(change),
            },
            Target::FirstValue => TargetKind::FirstValue,
            _ => TargetKind::Done,
        };
        Self {
            kind,
            text: target.with_start(start),
        }
    }
}

#[derive(Serialize)]
struct InitiativeView<'p> {
    // Derived: the position.
    number: Shown<ElementId>,
    title: &'p str,
    done: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Shown<Date>>,
    text: &'p str,
}

impl<'p> InitiativeView<'p> {
    fn new(id: ElementId, initiative: &'p Initiative) -> Self {
        Self {
            number: Shown(id),
            title: initiative.title.as_markdown(),
            done: initiative.done,
            owner: initiative.owner.as_deref(),
            due: initiative.due.map(Shown),
            text: &initiative.text,
        }
    }
}

#[derive(Serialize)]
struct CheckInView<'p> {
    date: Shown<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<QuantityView<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'p str>,
    fields: Map<String, Value>,
}

impl<'p> CheckInView<'p> {
    fn new(check_in: &'p CheckIn) -> Self {
        Self {
            date: Shown(check_in.date),
            value: check_in.value.as_ref().map(QuantityView::new),
            status: check_in.status.map(Status::word),
            confidence: check_in.confidence,
            note: check_in.note.as_ref().map(Inline::as_markdown),
            fields: fields(&check_in.fields),
        }
    }
}

/// What a reader would otherwise have to work out; all of it follows from the rest.
#[derive(Serialize)]
struct DerivedView<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<QuantityView<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<QuantityView<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<u8>,
}

impl<'p> DerivedView<'p> {
    fn new(key_result: &'p KeyResult) -> Self {
        let measure = &key_result.measure;
        let check_ins = &key_result.check_ins;
        Self {
            unit: measure
                .unit()
                .map(Unit::word)
                .filter(|word| !word.is_empty()),
            direction: measure.direction().map(Direction::word),
            target: measure.target_value().as_ref().map(QuantityView::owned),
            current: latest(check_ins, |check_in| check_in.value.as_ref()).map(QuantityView::new),
            status: latest(check_ins, |check_in| check_in.status).map(Status::word),
            confidence: latest(check_ins, |check_in| check_in.confidence),
        }
    }
}

#[derive(Serialize)]
struct SectionView<'p> {
    title: &'p str,
    position: usize,
    text: &'p str,
}

impl<'p> SectionView<'p> {
    fn new(section: &'p Section) -> Self {
        Self {
            title: section.title.as_markdown(),
            position: section.position,
            text: &section.text,
        }
    }
}

fn fields(fields: &Fields) -> Map<String, Value> {
    fields
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value.as_markdown())))
        .collect()
}
