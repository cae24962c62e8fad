//! `task-as-key-result`: work where a result should stand.

use crate::audit::work::{Work, propose, turn_round, work};
use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Question, Rule, Tier};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "task-as-key-result",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Outcome,
    rank: 30,
    since: "0.1.0",
    docs: include_str!("task_as_key_result.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        let verb = case.reading.parts.verb;
        let (message, help, words, fix) = match work(cx, case) {
            Some(Work::Task) => {
                let fix = propose(cx, case);
                let help = if fix.is_some() {
                    "keep the work as an initiative, and measure what it should change"
                } else {
                    "make it an initiative of the number that it should change"
                };
                ("key result is work, not a result", help, verb, fix)
            }
            Some(Work::TaskFor(purpose)) => (
                "key result is work, and names its result last",
                "let the result be the key result, and the work an initiative",
                Some(task_words(case, purpose)),
                turn_round(cx, case, purpose),
            ),
            _ => continue,
        };
        let is_open = fix.is_none();
        let finding = findings
            .report(&RULE, case.id, message)
            .at_words(words)
            .label("a task")
            .help(help);
        finding.fix = fix;
        if is_open {
            finding.ask(Question {
                text: "Which number will be different once this is done?".to_owned(),
                element: case.id,
                field: None,
                offer: None,
            });
        }
    }
}

/// Returns where the work stands before what it is for.
fn task_words(case: &KeyResultCase<'_>, purpose: Span) -> Span {
    let start = case.reading.parts.label.map_or(0, Span::end);
    let words = Span::new(start, purpose.start()).of(&case.text);
    let start = start + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{check_fix, check_wording};
    use crate::audit::{Library, Settings};

    #[test]
    fn work_is_told_from_results() {
        check_wording(
            &RULE,
            &[
                "Install dunning software",
                "Implement a double-check system for all invoices before dispatch by mid-Q4.",
                "Launch the supplier portal",
            ],
            &[
                "Cut DSO to 44 days",
                "Obtain ISO 14001 certification by 31 December",
                "Document the refund process",
                "Train 40 supervisors",
                "Implement a 25% increase in debt recovery",
                "Better follow-up on late payers",
                "Support audits with timely data",
            ],
        );
    }

    #[test]
    fn a_result_behind_the_work_takes_its_place() {
        check_fix(
            &RULE,
            Settings::default(),
            "Implement an automated reminder system to increase on-time payments by 15%",
            "### Key result: Increase on-time payments by 15%\n\n\
             - [ ] Implement an automated reminder system\n",
        );
    }

    #[test]
    fn the_library_proposes_a_result_that_the_work_serves() {
        let settings = || Settings {
            library: Library::new(|| {
                let plan = crate::parse(
                    "## Objective: Right bills\n\n\
                     ### Key result: Raise the catch rate before dispatch to 90% by week 6\n\n\
                     - Measure: errors caught before dispatch\n\
                     - Baseline question: How many are caught today?\n\
                     - [ ] Introduce a double-check of all invoices before dispatch\n",
                );
                let key_results = plan.plan.key_results();
                key_results
                    .map(|(_, key_result)| key_result.clone())
                    .collect()
            }),
            ..Settings::default()
        };
        check_fix(
            &RULE,
            settings(),
            "Implement a double-check system for all invoices before dispatch by mid-Q4.",
            "### Key result: Raise the catch rate before dispatch to 90%\n\n\
             - Measure: errors caught before dispatch\n\
             - Baseline question: How many are caught today?\n\
             - [ ] Implement a double-check system for all invoices before dispatch (due 2026-11-15)\n",
        );
    }
}
