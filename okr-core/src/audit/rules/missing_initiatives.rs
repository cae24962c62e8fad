//! `missing-initiatives`: a key result for which no work is planned.

use crate::audit::shared::last_status;
use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};
use crate::model::Status;
use crate::statement::Direction;

pub(super) static RULE: Rule = Rule {
    id: "missing-initiatives",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Outcome,
    rank: 60,
    since: "0.1.0",
    docs: include_str!("missing_initiatives.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        // What serves the objective as a whole serves each of its key results.
        if !objective.objective.initiatives.is_empty() {
            continue;
        }
        for case in &objective.key_results {
            let status = last_status(case.key_result);
            let is_closed = matches!(status, Some(Status::Achieved | Status::Cancelled));
            // What is to stay as it is may need no work of its own.
            let is_kept = case.reading.direction == Direction::Keep;
            // The work stands in the words, of which another rule speaks.
            let names_work =
                case.reading.parts.means.is_some() || case.reading.direction == Direction::Complete;
            let is_bare = case.key_result.initiatives.is_empty();
            if is_bare && !is_closed && !is_kept && !names_work {
                findings
                    .report(&RULE, case.id, "key result has no initiative")
                    .help("add the one or two pieces of work that should move it: `- [ ] …`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::check;

    #[test]
    fn each_key_result_needs_its_own_unless_the_objective_has_some() {
        let text = "## Objective: Get paid sooner\n\n\
                    ### Key result: Cut DSO to 44 days\n\n\
                    ### Key result: Cut disputes to 10\n\n- [ ] Agree on terms\n";
        check(&RULE, text, &["info 1.1: key result has no initiative"]);
        let text = "## Objective: Get paid sooner\n\n- [ ] Agree on terms\n\n\
                    ### Key result: Cut DSO to 44 days\n";
        check(&RULE, text, &[]);
    }

    #[test]
    fn work_in_the_words_is_not_missing() {
        let text = "## Objective: Get paid sooner\n\n\
                    ### Key result: Cut DSO to 44 days through weekly calls\n\n\
                    ### Key result: Install dunning software\n";
        check(&RULE, text, &[]);
    }

    #[test]
    fn what_is_to_stay_as_it_is_needs_no_work_of_its_own() {
        let text = "## Objective: Get paid sooner\n\n\
                    ### Key result: Keep credit notes below 2% of billings\n";
        check(&RULE, text, &[]);
    }

    #[test]
    fn what_is_achieved_needs_no_more_work() {
        let text = "## Objective: Get paid sooner\n\n\
                    ### Key result: Cut DSO to 44 days\n\n\
                    | Date | Value | Status |\n|---|---|---|\n\
                    | 2026-11-06 | 47 days | on track |\n| 2026-11-20 | 43 days | achieved |\n";
        check(&RULE, text, &[]);
    }
}
