//! `yellow-run`: more than two check-ins in a row that are at risk.

use crate::audit::tracking::in_words;
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    id: "yellow-run",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Tracked,
    rank: 31,
    since: "0.1.0",
    docs: include_str!("yellow_run.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        let Some(run) = cx.yellow_run(track) else {
            continue;
        };
        let entry_at = |slot: usize| track.entry_of(track.slots().get(slot)?);
        let (Some(first), Some(last)) = (entry_at(run.first), entry_at(run.last)) else {
            continue;
        };
        let standing = track.standing();
        let call = match standing.status {
            Some(Status::OnTrack | Status::Achieved) => "call it on track",
            Some(_) => "call it off track, and say what blocks and who helps",
            None => "call it on track, or off track with who helps",
        };
        let help = match in_words(&standing) {
            Some(numbers) => format!("{call}: {numbers}"),
            None => call.to_owned(),
        };
        findings
            .report(
                &RULE,
                key_result.id,
                format!(
                    "at risk for {} check-ins in a row, since {}",
                    run.length, first.check_in.date
                ),
            )
            .at(Place::CheckIn(last.index))
            .label("time to decide")
            .help(help);
    }
}
