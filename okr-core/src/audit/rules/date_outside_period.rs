//! `date-outside-period`: a date that lies before or after the plan's period.

use jiff::civil::Date;

use crate::audit::shared::set_due;
use crate::audit::words::words;
use crate::audit::{
    Applicability, Axis, Context, Findings, Fix, KeyResultCase, Level, Place, Rule, Tier,
};
use crate::edit::Change;
use crate::model::{ElementId, Initiative, Period};

pub(super) static RULE: Rule = Rule {
    id: "date-outside-period",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Dated,
    rank: 15,
    since: "0.1.0",
    docs: include_str!("date_outside_period.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let Some(period) = cx.plan.period else {
        return;
    };
    for objective in &cx.objectives {
        for (i, initiative) in objective.objective.initiatives.iter().enumerate() {
            if let ElementId::Objective(o) = objective.id {
                look_at(
                    initiative,
                    ElementId::ObjectiveInitiative(o, i),
                    period,
                    findings,
                );
            }
        }
        for case in &objective.key_results {
            let is_outside = |due: &Date| !period.contains(*due) && !is_last_month(case, period);
            if let Some(due) = case.due.filter(is_outside) {
                let is_stated = case.key_result.due.is_some();
                let day = suggested(due, period);
                let finding = findings
                    .report(&RULE, case.id, message(due, period))
                    .label(side(due, period))
                    .help("choose a day in the period, or a target for its end and carry the rest over")
                    .fix(Fix {
                        title: format!("set the due date to {day}"),
                        changes: vec![set_due(case.id, day)],
                        applicability: Applicability::Unsafe,
                    });
                if is_stated {
                    finding.at(Place::Field("due"));
                } else {
                    finding.at_words(case.reading.parts.deadline);
                }
            }
            for (i, initiative) in case.key_result.initiatives.iter().enumerate() {
                if let ElementId::KeyResult(o, k) = case.id {
                    look_at(initiative, ElementId::Initiative(o, k, i), period, findings);
                }
            }
        }
    }
}

/// Returns whether the statement names no day, only the month in which the period ends.
fn is_last_month(case: &KeyResultCase<'_>, period: Period) -> bool {
    let Some(phrase) = case.reading.parts.deadline else {
        return false;
    };
    let names_day = words(phrase.of(&case.text))
        .any(|(_, word)| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() < 4);
    let month = |date: Date| (date.year(), date.month());
    let due = case.reading.deadline.map(month);
    case.key_result.due.is_none() && !names_day && due == Some(month(period.end()))
}

fn look_at(initiative: &Initiative, id: ElementId, period: Period, findings: &mut Findings) {
    // What is done may well have been done beforehand.
    let due = initiative.due.filter(|_| !initiative.done);
    let Some(due) = due.filter(|due| !period.contains(*due)) else {
        return;
    };
    let day = suggested(due, period);
    let finding = findings
        .report(&RULE, id, format!("initiative is {}", message(due, period)))
        .at(Place::Field("due"))
        .label(side(due, period))
        .help("choose a day in the period, or leave it to another plan")
        .fix(Fix {
            title: format!("set its date to {day}"),
            changes: vec![Change::SetInitiativeDue {
                initiative: id,
                due: Some(day),
            }],
            applicability: Applicability::Unsafe,
        });
    // Preparations may begin before the period does.
    if due < period.start() {
        finding.level(Level::Warning);
    }
}

fn message(due: Date, period: Period) -> String {
    if due < period.start() {
        format!(
            "due on {due}, before the period begins on {}",
            period.start()
        )
    } else {
        format!("due on {due}, after the period ends on {}", period.end())
    }
}

fn side(due: Date, period: Period) -> &'static str {
    if due < period.start() {
        "before the period"
    } else {
        "after the period"
    }
}

/// Returns the same day of the period's year, as years are often mistaken, else the period's last day.
fn suggested(due: Date, period: Period) -> Date {
    [period.start().year(), period.end().year()]
        .into_iter()
        .filter_map(|year| Date::new(year, due.month(), due.day()).ok())
        .find(|day| period.contains(*day))
        .unwrap_or(period.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check, findings};

    fn plan(rest: &str) -> String {
        format!(
            "---\nperiod: 2026-Q2\n---\n\n## Objective: Get paid sooner\n\n### Key result: Cut DSO to 44 days\n\n{rest}"
        )
    }

    #[test]
    fn both_ends_of_the_period_are_inside() {
        check(&RULE, &plan("- Due: 2026-04-01\n"), &[]);
        check(&RULE, &plan("- Due: 2026-06-30\n"), &[]);
        check(
            &RULE,
            &plan("- Due: 2026-03-31\n"),
            &["error 1.1: due on 2026-03-31, before the period begins on 2026-04-01"],
        );
        check(
            &RULE,
            &plan("- Due: 2026-07-01\n"),
            &["error 1.1: due on 2026-07-01, after the period ends on 2026-06-30"],
        );
    }

    #[test]
    fn the_month_in_which_the_period_ends_is_inside() {
        let plan = |words: &str| {
            format!(
                "---\nperiod: 2026-09-01..2027-07-16\n---\n\n## Objective: a\n\n### Key result: Cut DSO to 44 days by {words}\n"
            )
        };
        check(&RULE, &plan("July 2027"), &[]);
        check(&RULE, &plan("the end of July 2027"), &[]);
        check(
            &RULE,
            &plan("30 July 2027"),
            &["error 1.1: due on 2027-07-30, after the period ends on 2027-07-16"],
        );
        check(
            &RULE,
            &plan("August 2027"),
            &["error 1.1: due on 2027-08-31, after the period ends on 2027-07-16"],
        );
    }

    #[test]
    fn initiatives_are_looked_at_unless_they_are_done() {
        check(
            &RULE,
            &plan(
                "- [ ] Call (due 2026-07-15)\n- [x] Write (due 2026-03-15)\n- [ ] Ask (due 2026-03-15)\n",
            ),
            &[
                "error 1.1.1: initiative is due on 2026-07-15, after the period ends on 2026-06-30",
                "warning 1.1.3: initiative is due on 2026-03-15, before the period begins on 2026-04-01",
            ],
        );
    }

    #[test]
    fn a_plan_without_a_period_has_no_outside() {
        check(
            &RULE,
            "## Objective: Get paid\n\n### Key result: Cut DSO\n\n- Due: 2026-03-31\n",
            &[],
        );
    }

    #[test]
    fn a_mistaken_year_is_put_right() {
        let title = |text: &str| {
            let found = findings(&plan(text))
                .into_iter()
                .find(|finding| finding.rule == &RULE);
            found.and_then(|finding| finding.fix).map(|fix| fix.title)
        };
        assert_eq!(
            title("- Due: 2025-05-15\n").as_deref(),
            Some("set the due date to 2026-05-15")
        );
        assert_eq!(
            title("- Due: 2026-07-15\n").as_deref(),
            Some("set the due date to 2026-06-30")
        );
    }
}
