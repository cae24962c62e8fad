//! `never-started`: a key result without any check-in, a week or more after the first was due.

use crate::audit::tracking::ago;
use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};
use crate::progress::Reporting;

pub(super) static RULE: Rule = Rule {
    id: "never-started",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Tracked,
    rank: 32,
    since: "0.1.0",
    docs: include_str!("never_started.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        let first = track.slots().first();
        let (Some(Reporting::NeverStarted), Some(first)) = (track.reporting(), first) else {
            continue;
        };
        let due = first.slot.due;
        let ago = ago(due, track.today());
        findings
            .report(
                &RULE,
                key_result.id,
                format!("no check-in at all; the first was due on {due}, {ago}"),
            )
            .label("never checked")
            .help("record where it stands today, or take it out of the plan");
    }
}
