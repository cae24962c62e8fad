//! `too-few-key-results`: an objective that hangs on a single number.

use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "too-few-key-results",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Measurable,
    rank: 25,
    since: "0.1.0",
    docs: include_str!("too_few_key_results.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let least = cx.settings.limits.key_results_at_least;
    for objective in &cx.objectives {
        let count = objective.key_results.len();
        // None at all is `empty-plan`.
        if count == 0 || count >= least {
            continue;
        }
        let message = if count == 1 {
            "objective has only one key result".to_owned()
        } else {
            format!("objective has only {count} key results, less than {least}")
        };
        findings
            .report(&RULE, objective.id, message)
            .help("add a number that would get worse if this one were reached at any price");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, check_with, plan};
    use crate::audit::{Limits, Settings};

    #[test]
    fn two_are_enough_and_none_is_another_matter() {
        check(
            &RULE,
            &plan(&[0, 1, 2]),
            &["warning 2: objective has only one key result"],
        );
    }

    #[test]
    fn the_least_can_be_set() {
        let settings = Settings {
            limits: Limits {
                key_results_at_least: 3,
                ..Limits::default()
            },
            ..Settings::default()
        };
        check_with(
            &RULE,
            settings,
            &plan(&[2, 3]),
            &["warning 1: objective has only 2 key results, less than 3"],
        );
    }
}
