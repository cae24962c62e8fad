//! `too-many-key-results`: an objective with more key results than prove it.

use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "too-many-key-results",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Focus,
    rank: 21,
    since: "0.1.0",
    docs: include_str!("too_many_key_results.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let limits = &cx.settings.limits;
    for objective in &cx.objectives {
        let count = objective.key_results.len();
        if count <= limits.key_results {
            continue;
        }
        let most = limits.key_results;
        let finding = findings
            .report(
                &RULE,
                objective.id,
                format!("objective has {count} key results, more than {most}"),
            )
            .help(format!(
                "keep the {most} that prove it; work among the others belongs to the initiatives"
            ));
        if count > limits.key_results_at_all {
            finding.level(Level::Error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, plan};

    #[test]
    fn four_are_fine_and_more_than_seven_an_error() {
        check(&RULE, &plan(&[4, 4]), &[]);
        check(
            &RULE,
            &plan(&[5, 7, 8]),
            &[
                "error 3: objective has 8 key results, more than 4",
                "warning 1: objective has 5 key results, more than 4",
                "warning 2: objective has 7 key results, more than 4",
            ],
        );
    }
}
