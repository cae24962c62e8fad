//! `coverage-as-outcome`: a number that counts work done and not what came of it.

use crate::audit::work::{Work, propose, work};
use crate::audit::{Axis, Context, Findings, Level, Question, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "coverage-as-outcome",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Outcome,
    rank: 58,
    since: "0.1.0",
    docs: include_str!("coverage_as_outcome.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for case in cx.key_results() {
        if work(cx, case) != Some(Work::Counted) {
            continue;
        }
        let fix = propose(cx, case);
        let is_open = fix.is_none();
        let finding = findings
            .report(
                &RULE,
                case.id,
                "key result counts work, not what comes of it",
            )
            .at_words(case.reading.parts.target)
            .label("how much work")
            .help("measure what the work should change, and keep it as an initiative");
        finding.fix = fix;
        if is_open {
            finding.ask(Question {
                text: "What will be better once this is done, and by how much?".to_owned(),
                element: case.id,
                field: None,
                offer: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check_wording;

    #[test]
    fn counts_of_work_are_told_from_results() {
        check_wording(
            &RULE,
            &[
                "Train 100% of billing team members on new software tools and processes.",
                "Automate invoice generation for 80% of recurring clients by the end of Q4.",
                "Implement automation tools in 80% of payable systems",
                "Publish 12 articles",
                "Achieve 70% accounts migration within the first month of the quarter",
            ],
            &[
                "Sign 20 new accounts",
                "Pay 98% of invoices on time",
                "Train 40 supervisors to cut scrap by 12%",
                "Install dunning software",
                "Raise the share of e-invoices to 70%",
            ],
        );
    }
}
