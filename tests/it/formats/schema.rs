//! The JSON of a plan is as its schema says, and the schema knows what a plan is.

use std::fs;

use okr_core::model::Plan;
use okr_core::parse;
use serde_json::Value;

use super::{named, written};
use crate::support::root;

fn schema() -> Value {
    let text = fs::read_to_string(root().join("docs/plan.schema.json")).expect("is there");
    serde_json::from_str(&text).expect("is JSON")
}

pub(super) fn validator() -> &'static jsonschema::Validator {
    static VALIDATOR: std::sync::LazyLock<jsonschema::Validator> =
        std::sync::LazyLock::new(|| jsonschema::validator_for(&schema()).expect("is a schema"));
    &VALIDATOR
}

#[test]
fn the_schema_is_one() {
    assert!(jsonschema::meta::is_valid(&schema()));
    assert!(named("json").docs.contains("docs/plan.schema.json"));
}

/// Plans in which everything occurs.
pub(crate) fn full_plan() -> Plan {
    parse(
        "---\nplan: A\nperiod: FY2027-Q1\nteam: F\nowner: D\ncadence: weekly\ntemplate: accounts-team\nfiscal-year-start: April\nfiscal-year-label: start\ncolour: blue\n---\n\n# A\n\ntext\n\n\
         ## Objective: a\n\n- Id: o\n- Owner: D\n- Type: committed\n- Supports: [b](c.md#d)\n- Colour: red\n- [x] e (@kim, due 2026-11-15)\n\ntext\n\n\
         ### Key result: f\n\n- Id: k\n- Owner: S\n- Measure: g\n- Unit: %\n- Direction: increase\n- Baseline: 68%\n- Baseline question: How?\n- Target: +25%\n- Due: 2026-12-31\n- Source: h\n- Colour: red\n- [ ] i\n  text\n\ntext\n\n\
         | Date | Value | Status | Confidence | Note | Mood |\n| - | - | - | - | - | - |\n| 2026-10-09 | 70% | on track | 7 | j | k |\n\n## Notes\n\ntext\n",
    )
    .plan
}

#[test]
fn the_schema_knows_everything_that_a_plan_can_hold() {
    let json: Value =
        serde_json::from_slice(&written(named("json"), &full_plan())).expect("is JSON");
    assert!(validator().is_valid(&json), "{json:#}");
    // Every key that is written is named by the schema: with a key more, it is refused.
    let mut refused = 0;
    for_each_object(&json, &mut Vec::new(), &mut |path| {
        let mut changed = json.clone();
        let object = path.iter().fold(&mut changed, |value, step| match step {
            Step::Key(key) => &mut value[key.as_str()],
            Step::Index(index) => &mut value[*index],
        });
        object["no-such-key"] = Value::Null;
        refused += usize::from(!validator().is_valid(&changed));
    });
    assert!(
        refused >= 10,
        "unknown keys are refused nearly everywhere: {refused}"
    );
}

#[derive(Clone)]
enum Step {
    Key(String),
    Index(usize),
}

fn for_each_object(value: &Value, path: &mut Vec<Step>, visit: &mut impl FnMut(&[Step])) {
    let children: Vec<(Step, &Value)> = match value {
        Value::Object(object) => {
            visit(path);
            object
                .iter()
                .map(|(key, value)| (Step::Key(key.clone()), value))
                .collect()
        }
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(index, value)| (Step::Index(index), value))
            .collect(),
        _ => return,
    };
    for (step, value) in children {
        path.push(step);
        for_each_object(value, path, visit);
        path.pop();
    }
}

#[test]
fn the_schema_refuses_what_is_no_plan() {
    let valid = serde_json::json!({ "schema": "okr-plan/1", "title": "A", "objectives": [{ "title": "a", "key_results": [{ "title": "b" }] }] });
    assert!(
        validator().is_valid(&valid),
        "{:?}",
        validator()
            .iter_errors(&valid)
            .map(|error| error.to_string())
            .collect::<Vec<_>>()
    );
    #[track_caller]
    fn check(valid: &Value, change: impl FnOnce(&mut Value)) {
        let mut wrong = valid.clone();
        change(&mut wrong);
        assert!(!validator().is_valid(&wrong), "{wrong:#}");
    }
    check(&valid, |plan| plan["schema"] = "okr-plan/2".into());
    check(&valid, |plan| {
        drop(plan.as_object_mut().expect("an object").remove("schema"))
    });
    check(&valid, |plan| plan["title"] = 5.into());
    check(&valid, |plan| plan["period"] = "2026-Q4".into());
    check(&valid, |plan| plan["objectives"] = "none".into());
    check(&valid, |plan| plan["objectives"][0]["titel"] = "a".into());
    check(&valid, |plan| plan["objectives"][0]["type"] = 1.into());
    check(&valid, |plan| {
        plan["objectives"][0]["key_results"][0]["due"] = "soon".into()
    });
    check(&valid, |plan| {
        plan["objectives"][0]["key_results"][0]["measure"] =
            serde_json::json!({ "start": { "value": 68.5, "unit": "%" } })
    });
}
