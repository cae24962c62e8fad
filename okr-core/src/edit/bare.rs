//! A plan without its check-ins: what most changes need of it, and much less to copy.

use crate::model::{KeyResult, Objective, Plan};

/// Returns a copy of the plan whose key results have no check-ins.
pub(super) fn plan(plan: &Plan) -> Plan {
    let Plan {
        name,
        title,
        period,
        team,
        owner,
        cadence,
        template,
        fiscal_year,
        front_matter,
        text,
        objectives,
        sections,
    } = plan;
    Plan {
        name: name.clone(),
        title: title.clone(),
        period: *period,
        team: team.clone(),
        owner: owner.clone(),
        cadence: *cadence,
        template: template.clone(),
        fiscal_year: *fiscal_year,
        front_matter: front_matter.clone(),
        text: text.clone(),
        objectives: objectives.iter().map(objective).collect(),
        sections: sections.clone(),
    }
}

fn objective(objective: &Objective) -> Objective {
    let Objective {
        title,
        id,
        owner,
        commitment,
        supports,
        fields,
        initiatives,
        text,
        key_results,
    } = objective;
    Objective {
        title: title.clone(),
        id: id.clone(),
        owner: owner.clone(),
        commitment: *commitment,
        supports: supports.clone(),
        fields: fields.clone(),
        initiatives: initiatives.clone(),
        text: text.clone(),
        key_results: key_results.iter().map(key_result).collect(),
    }
}

fn key_result(key_result: &KeyResult) -> KeyResult {
    let KeyResult {
        title,
        id,
        owner,
        measure,
        due,
        fields,
        initiatives,
        text,
        check_ins: _,
    } = key_result;
    KeyResult {
        title: title.clone(),
        id: id.clone(),
        owner: owner.clone(),
        measure: measure.clone(),
        due: *due,
        fields: fields.clone(),
        initiatives: initiatives.clone(),
        text: text.clone(),
        check_ins: Vec::new(),
    }
}
