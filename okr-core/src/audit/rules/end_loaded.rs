//! `end-loaded`: a plan in which everything is due on the last day.

use jiff::civil::Date;

use crate::audit::figures::DayInFigures;
use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Rule, Tier};
use crate::fields::is_same_field;
use crate::model::{ElementId, KeyResult};

pub(super) static RULE: Rule = Rule {
    id: "end-loaded",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Dated,
    rank: 63,
    since: "0.1.0",
    docs: include_str!("end_loaded.md"),
    check,
};

/// A period of so many days has no room for steps of its own.
const SHORT: i32 = 31;

/// So many key results may well fall together.
const FEW: usize = 3;

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let Some(period) = cx.plan.period.filter(|period| period.days() > SHORT) else {
        return;
    };
    let end = period.end();
    let count = cx.key_results().count();
    // Without a day of its own a key result is due when the period ends.
    let is_last = |case: &KeyResultCase<'_>| {
        case.due
            .map_or_else(|| !has_unread_day(case), |due| due == end)
    };
    if count < FEW || !cx.key_results().all(is_last) || has_step(cx, end) {
        return;
    }
    findings
        .report(
            &RULE,
            ElementId::Plan,
            format!(
                "all {count} key results are due on the last day, {end}, with no dated step before"
            ),
        )
        .help("give a key result an earlier day, or an initiative the day by which it is done");
}

/// Returns whether a key result has a day that could not be read; it may well be an earlier one.
fn has_unread_day(case: &KeyResultCase<'_>) -> bool {
    let mut names = case.key_result.fields.keys();
    names.any(|name| is_same_field::<KeyResult>(name, "Due"))
        || DayInFigures::of(&case.text).is_some()
}

/// Returns whether anything in the plan is to happen before the last day.
fn has_step(cx: &Context<'_>, end: Date) -> bool {
    let is_milestone = |name: &String| name.to_lowercase().starts_with("milestone");
    cx.objectives.iter().any(|case| {
        let objective = case.objective;
        let key_results = &objective.key_results;
        let initiatives = objective.initiatives.iter().chain(
            key_results
                .iter()
                .flat_map(|key_result| &key_result.initiatives),
        );
        let mut days = initiatives.filter_map(|initiative| initiative.due);
        days.any(|due| due < end)
            || objective.fields.keys().any(is_milestone)
            || key_results
                .iter()
                .any(|key_result| key_result.fields.keys().any(is_milestone))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, plan};

    #[test]
    fn three_that_end_together_without_a_step_are_reported() {
        check(&RULE, &plan(&[2]), &[]);
        check(
            &RULE,
            &plan(&[2, 1]),
            &[
                "info plan: all 3 key results are due on the last day, 2026-12-31, with no dated step before",
            ],
        );
    }

    #[test]
    fn one_earlier_day_is_enough() {
        let text = plan(&[3]);
        check(&RULE, &format!("{text}\n- Due: 2026-11-15\n"), &[]);
        check(&RULE, &format!("{text}\n- Due: 15.11.2026\n"), &[]);
        check(&RULE, &format!("{} by 15/11\n", text.trim_end()), &[]);
        check(
            &RULE,
            &format!("{text}\n- [ ] Call (due 2026-10-16)\n"),
            &[],
        );
        check(
            &RULE,
            &format!("{text}\n- Milestones: half of it by 13 November\n"),
            &[],
        );
    }

    #[test]
    fn a_month_is_too_short_for_steps() {
        check(&RULE, &plan(&[3]).replace("2026-Q4", "2026-12"), &[]);
    }
}
