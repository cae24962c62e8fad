//! `unpinned-dismissal`: a dismissal that would outlive the words that it is about.

use crate::audit::{Applicability, Axis, Context, Findings, Fix, Level, Rule, Standing, Tier};
use crate::edit::Change;

pub(super) static RULE: Rule = Rule {
    id: "unpinned-dismissal",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 200,
    since: "0.1.0",
    docs: include_str!("unpinned_dismissal.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in &cx.dismissals {
        let is_pinned = case.dismissal.pin.is_some();
        // One that has no effect is not worth pinning.
        if is_pinned
            || case.standing != Standing::Holds
            || case.rule.is_none()
            || case.found == Some(false)
        {
            continue;
        }
        let rule = &case.dismissal.rule;
        findings
            .report(
                &RULE,
                case.element,
                format!("dismissal of `{rule}` holds for any words"),
            )
            .help("pin it to the words as they are now")
            .fix(Fix {
                title: "pin the dismissal to the words as they are now".to_owned(),
                changes: vec![Change::Dismiss {
                    element: case.element,
                    rule: rule.clone(),
                    reason: case.dismissal.reason.clone(),
                }],
                applicability: Applicability::Safe,
            });
    }
}
