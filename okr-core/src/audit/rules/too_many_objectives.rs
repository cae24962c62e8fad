//! `too-many-objectives`: more objectives than a team can keep in mind.

use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};
use crate::model::ElementId;

pub(super) static RULE: Rule = Rule {
    id: "too-many-objectives",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Focus,
    rank: 20,
    since: "0.1.0",
    docs: include_str!("too_many_objectives.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let count = cx.objectives.len();
    let limits = &cx.settings.limits;
    if count <= limits.objectives {
        return;
    }
    let most = limits.objectives;
    let finding = findings
        .report(
            &RULE,
            ElementId::Plan,
            format!("plan has {count} objectives, more than {most}"),
        )
        .help(format!(
            "keep the {most} that matter most, and park the others for the next plan"
        ));
    if count > limits.objectives_at_all {
        finding.level(Level::Error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, plan};

    #[test]
    fn four_are_fine_and_more_than_seven_an_error() {
        check(&RULE, &plan(&[2; 4]), &[]);
        check(
            &RULE,
            &plan(&[2; 5]),
            &["warning plan: plan has 5 objectives, more than 4"],
        );
        check(
            &RULE,
            &plan(&[2; 7]),
            &["warning plan: plan has 7 objectives, more than 4"],
        );
        check(
            &RULE,
            &plan(&[2; 8]),
            &["error plan: plan has 8 objectives, more than 4"],
        );
    }
}
