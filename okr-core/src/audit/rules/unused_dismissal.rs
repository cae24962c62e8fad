//! `unused-dismissal`: a dismissal that silences nothing.

use super::{RULES, is_about_dismissals};
use crate::audit::{Axis, Context, Findings, Level, Rule, Standing, Tier};
use crate::fields::nearest;

pub(super) static RULE: Rule = Rule {
    id: "unused-dismissal",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 200,
    since: "0.1.0",
    docs: include_str!("unused_dismissal.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in &cx.dismissals {
        let name = &case.dismissal.rule;
        let (message, help) = match (case.rule, case.standing) {
            (None, _) if is_about_dismissals(name) => (
                format!("`{name}` cannot be dismissed"),
                "mend the dismissal that it is about".to_owned(),
            ),
            (None, _) => {
                let rules = RULES.iter().filter(|rule| rule.can_be_dismissed());
                let help = match nearest(name, rules.map(|rule| rule.id)) {
                    Some(rule) => format!("did you mean `{rule}`?"),
                    None => "take the comment away".to_owned(),
                };
                (format!("no rule is called `{name}`"), help)
            }
            (_, Standing::Repeated) => (
                format!("`{name}` is dismissed here a second time"),
                "keep one of the two comments; the first one counts".to_owned(),
            ),
            (_, Standing::NoReason) => (
                format!("dismissal of `{name}` gives no reason, so that it does not hold"),
                format!("write why: `<!-- okr: allow {name}: … -->`"),
            ),
            _ if case.found == Some(false) => (
                format!("`{name}` is dismissed, but finds nothing here"),
                "take the comment away".to_owned(),
            ),
            _ => continue,
        };
        findings.report(&RULE, case.element, message).help(help);
    }
}
