//! `status-contradicts-numbers`: a status whose numbers say the opposite, without a note.

use crate::audit::tracking::{contradiction, in_words};
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "status-contradicts-numbers",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Tracked,
    rank: 33,
    since: "0.1.0",
    docs: include_str!("status_contradicts_numbers.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        let Some(found) = contradiction(&cx.settings.limits, track) else {
            continue;
        };
        let Some(numbers) = in_words(&found.standing) else {
            continue;
        };
        let said = match found.confidence {
            Some(confidence) => format!("confidence {confidence} stands for {}", found.said),
            None => format!("status says {}", found.said),
        };
        findings
            .report(&RULE, key_result.id, format!("{said}, but {numbers}"))
            .at(Place::CheckIn(found.index))
            .label(format!("the numbers say {}", found.computed))
            .help(if found.has_note {
                format!(
                    "say {}: notes have explained it for more than {} check-ins in a row",
                    found.computed, cx.settings.limits.explained_in_a_row
                )
            } else {
                format!(
                    "say {}, or say in the note what the numbers do not show",
                    found.computed
                )
            });
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::audit::testing::check;

    #[test]
    fn a_newer_confidence_takes_the_place_of_a_status() {
        let head = "---\nperiod: 2026-Q4\ncadence: weekly\n---\n\n## Objective: Get paid sooner\n\n\
                    ### Key result: Raise the share of invoices that are paid on time\n\n\
                    - Baseline: 60%\n- Target: 80%\n\n\
                    | Date | Value | Status | Confidence |\n|---|---|---|---|\n\
                    | 2026-11-13 | 60% | on track | |\n";
        let with = |row: &str| format!("{head}| {row} |\n");
        let before = "warning 1.1: status says on track, but 0% is done where 47% is expected";
        check(&RULE, head, &[before]);
        check(&RULE, &with("2026-11-20 | 61% | | 2"), &[]);
        let sure =
            "warning 1.1: confidence 9 stands for on track, but 5% is done where 55% is expected";
        check(&RULE, &with("2026-11-20 | 61% | | 9"), &[sure]);
    }

    fn plan(rows: &[&str]) -> String {
        let mut text =
            "---\nperiod: 2026-Q4\ncadence: weekly\n---\n\n## Objective: Get paid sooner\n\n\
                        ### Key result: Raise the share of invoices that are paid on time\n\n\
                        - Baseline: 60%\n- Target: 80%\n\n\
                        | Date | Value | Status | Note |\n|---|---|---|---|\n"
                .to_owned();
        for row in rows {
            let _ = writeln!(text, "| {row} |");
        }
        text
    }

    #[test]
    fn a_note_explains_two_check_ins_and_no_third() {
        let rows = [
            "2026-11-06 | 60% | on track | soon",
            "2026-11-13 | 60% | on track | very soon",
            "2026-11-20 | 61% | on track | December will be strong",
        ];
        let third = "warning 1.1: status says on track, but 5% is done where 55% is expected";
        check(&RULE, &plan(&rows[1..]), &[]);
        check(&RULE, &plan(&rows), &[third]);
        // A check-in that the numbers bear out begins a new row.
        let mut broken = rows;
        broken[1] = "2026-11-13 | 60% | off track | we know";
        check(&RULE, &plan(&broken), &[]);
        broken[2] = "2026-11-20 | 61% | on track |";
        check(&RULE, &plan(&broken), &[third]);
    }
}
