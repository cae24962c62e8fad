//! `status-contradicts-numbers`: a status whose numbers say the opposite, without a note.

use crate::audit::tracking::{contradiction, in_words};
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "status-contradicts-numbers",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Tracked,
    rank: 33,
    since: "0.2.0",
    docs: include_str!("status_contradicts_numbers.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        let Some(found) = contradiction(track) else {
            continue;
        };
        let Some(numbers) = in_words(&found.standing) else {
            continue;
        };
        findings
            .report(
                &RULE,
                key_result.id,
                format!("status says {}, but {numbers}", found.said),
            )
            .at(Place::CheckIn(found.index))
            .label(format!("the numbers say {}", found.computed))
            .help(format!(
                "say {}, or say in the note what the numbers do not show",
                found.computed
            ));
    }
}
