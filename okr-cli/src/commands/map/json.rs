//! The JSON of `okr map --json`, `okr-map/1`; `docs/map.schema.json` documents it.

use okr_core::model::{PlanLevel, Status};
use okr_core::progress::RollUp;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use super::Map;

#[derive(Serialize)]
struct Document<'m> {
    schema: &'static str,
    objectives: Vec<Objective<'m>>,
    links: Vec<Link>,
    broken: Vec<Broken<'m>>,
    circles: &'m [Vec<usize>],
}

#[derive(Serialize)]
struct Objective<'m> {
    path: &'m str,
    plan: &'m str,
    element: &'m str,
    title: &'m str,
    owner: Option<&'m str>,
    layer: usize,
    level: Option<&'static str>,
    status: Option<&'static str>,
    percent: Option<i64>,
    through: Option<Through>,
    weakest: Option<usize>,
}

/// What an objective comes to through those that serve it.
#[derive(Serialize)]
struct Through {
    status: Option<&'static str>,
    percent: Option<i64>,
    reporting: usize,
    parts: usize,
}

#[derive(Serialize)]
struct Link {
    from: usize,
    to: usize,
    key_result: Option<usize>,
}

#[derive(Serialize)]
struct Broken<'m> {
    from: usize,
    text: &'m str,
    target: &'m str,
}

/// Returns the document, with a line end behind it.
pub(super) fn document(map: &Map) -> anyhow::Result<String> {
    let alignment = &map.alignment;
    let objectives = map.goals.iter().zip(&alignment.objectives).enumerate();
    let document = Document {
        schema: "okr-map/1",
        objectives: objectives
            .map(|(at, (goal, aligned))| Objective {
                path: &goal.path,
                plan: &goal.plan,
                element: &goal.element,
                title: &goal.title,
                owner: goal.owner.as_deref(),
                layer: aligned.layer,
                level: goal.level.map(PlanLevel::word),
                status: goal.own.status.map(Status::word),
                percent: percent(&goal.own),
                through: goal.through.map(|through| Through {
                    status: through.status.map(Status::word),
                    percent: percent(&through),
                    reporting: through.reporting,
                    parts: through.parts,
                }),
                weakest: map.weakest(at),
            })
            .collect(),
        links: alignment
            .bonds
            .iter()
            .map(|bond| Link {
                from: bond.child,
                to: bond.parent,
                key_result: bond.key_result.map(|at| at + 1),
            })
            .collect(),
        broken: alignment
            .broken
            .iter()
            .map(|broken| Broken {
                from: broken.child,
                text: &broken.link.text,
                target: &broken.link.target,
            })
            .collect(),
        circles: &alignment.circles,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn percent(roll_up: &RollUp) -> Option<i64> {
    roll_up.percent_shown()?.to_i64()
}
