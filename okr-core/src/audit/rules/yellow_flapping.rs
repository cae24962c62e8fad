//! `yellow-flapping`: two runs of yellow that a single green without progress parts.

use crate::audit::tracking::is_silent;
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};
use crate::progress::Reporting;

pub(super) static RULE: Rule = Rule {
    id: "yellow-flapping",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Tracked,
    rank: 47,
    since: "0.1.0",
    docs: include_str!("yellow_flapping.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        let is_over = track.reporting() == Some(Reporting::Over);
        let Some(run) = track.flapping().filter(|run| run.is_open) else {
            continue;
        };
        if is_over || is_silent(track) || cx.yellow_run(track).is_some() {
            continue;
        }
        let first = track
            .slots()
            .get(run.first)
            .and_then(|slot| track.entry_of(slot));
        let Some(first) = first else { continue };
        findings
            .report(
                &RULE,
                key_result.id,
                format!(
                    "at risk again on {}, after a single on track without progress",
                    first.check_in.date
                ),
            )
            .at(Place::CheckIn(first.index))
            .help("call it off track and get help, or show what has moved");
    }
}
