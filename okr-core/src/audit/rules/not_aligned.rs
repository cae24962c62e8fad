//! `not-aligned`: an objective that serves none of a higher plan, though there are some.

use crate::audit::{Axis, Context, Findings, Level, ObjectiveCase, Question, Rule, Tier};
use crate::model::PlanLevel;

pub(super) static RULE: Rule = Rule {
    id: "not-aligned",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Focus,
    rank: 64,
    since: "0.1.0",
    docs: include_str!("not_aligned.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    // Nothing is above the company, though some goals of its plan may be parts of others there.
    if cx.plan.level() == Some(PlanLevel::Company) {
        return;
    }
    // Where one objective has a link, there is a higher plan.
    let links = |objective: &ObjectiveCase<'_>| !objective.objective.supports.is_empty();
    if !cx.settings.has_parents && !cx.objectives.iter().any(links) {
        return;
    }
    for objective in &cx.objectives {
        if objective.objective.supports.is_empty() {
            findings
                .report(
                    &RULE,
                    objective.id,
                    "objective supports none of a higher plan",
                )
                .help("link what it serves: `- Supports: [Grow](company.md#objective-1-grow)`")
                .ask(Question {
                    text: "Which objective of a higher plan does it serve?".to_owned(),
                    element: objective.id,
                    field: Some("supports"),
                    offer: None,
                });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Settings;
    use crate::audit::testing::{check, check_with};

    const TEXT: &str = "## Objective: Get paid sooner\n\n\
                        ## Objective: Close in peace\n\n- Supports: [Grow](company.md#grow)\n";

    #[test]
    fn links_are_asked_for_only_where_there_is_something_to_link() {
        let alone = TEXT.replace("- Supports: [Grow](company.md#grow)\n", "");
        check(&RULE, &alone, &[]);
        check(
            &RULE,
            TEXT,
            &["info 1: objective supports none of a higher plan"],
        );
        check(&RULE, &format!("---\nlevel: company\n---\n\n{TEXT}"), &[]);
        let settings = Settings {
            has_parents: true,
            ..Settings::default()
        };
        check_with(
            &RULE,
            settings,
            &alone,
            &[
                "info 1: objective supports none of a higher plan",
                "info 2: objective supports none of a higher plan",
            ],
        );
    }
}
