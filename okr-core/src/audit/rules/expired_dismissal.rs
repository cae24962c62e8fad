//! `expired-dismissal`: a dismissal of words that have changed since.

use crate::audit::{Applicability, Axis, Context, Findings, Fix, Level, Rule, Standing, Tier};
use crate::edit::Change;

pub(super) static RULE: Rule = Rule {
    id: "expired-dismissal",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 200,
    since: "0.1.0",
    docs: include_str!("expired_dismissal.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in &cx.dismissals {
        // One whose rule is silent is not missed.
        if case.standing != Standing::Expired || case.rule.is_none() || case.found == Some(false) {
            continue;
        }
        let rule = &case.dismissal.rule;
        findings
            .report(
                &RULE,
                case.element,
                format!("words have changed since `{rule}` was dismissed"),
            )
            .help("read it again: dismiss it anew, or take the comment away")
            .fix(Fix {
                title: "dismiss it for the words as they are now".to_owned(),
                changes: vec![Change::Dismiss {
                    element: case.element,
                    rule: rule.clone(),
                    reason: case.dismissal.reason.clone(),
                }],
                applicability: Applicability::Unsafe,
            });
    }
}
