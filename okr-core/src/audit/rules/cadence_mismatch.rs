//! `cadence-mismatch`: a plan that is checked less often than its length asks for.

use crate::audit::{Applicability, Axis, Context, Findings, Fix, Level, Place, Rule, Tier};
use crate::edit::Change;
use crate::model::{Cadence, ElementId, Inline};
use crate::progress::default_cadence;

pub(super) static RULE: Rule = Rule {
    id: "cadence-mismatch",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Tracked,
    rank: 35,
    since: "0.1.0",
    docs: include_str!("cadence_mismatch.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let (Some(period), Some(cadence)) = (cx.plan.period, cx.plan.cadence) else {
        return;
    };
    let days = period.days();
    let wanted = default_cadence(days);
    if rarity(cadence) <= rarity(wanted) {
        return;
    }
    findings
        .report(
            &RULE,
            ElementId::Plan,
            format!("plan of {days} days is checked {cadence}, which is too seldom to steer by"),
        )
        .at(Place::Field("cadence"))
        .label(format!("{wanted} would do"))
        .help(format!("check it {wanted}"))
        .fix(Fix {
            title: format!("set the cadence to {wanted}"),
            changes: vec![Change::SetField {
                element: ElementId::Plan,
                field: "cadence".to_owned(),
                value: Inline::from_plain(wanted.word()),
            }],
            applicability: Applicability::Safe,
        });
}

/// Returns a number that is greater the more time lies between two check-ins.
fn rarity(cadence: Cadence) -> Option<usize> {
    Cadence::ALL.iter().position(|other| *other == cadence)
}
