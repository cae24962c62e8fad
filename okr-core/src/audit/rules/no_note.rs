//! `no-note`: a yellow or red check-in without a word about it.

use crate::audit::tracking::{contradiction, is_past_due, is_silent};
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    id: "no-note",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Tracked,
    rank: 44,
    since: "0.1.0",
    docs: include_str!("no_note.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        let Some((entry, status)) = track.latest_status() else {
            continue;
        };
        // Where a value comes from does not say what is in the way.
        let has_note = entry.check_in.words().is_some();
        if has_note || !matches!(status, Status::AtRisk | Status::OffTrack) {
            continue;
        }
        // A row that other rules ask about needs no second question.
        let is_asked = is_silent(track)
            || (status == Status::AtRisk && is_past_due(track))
            || contradiction(&cx.settings.limits, track).is_some()
            || cx.yellow_run(track).is_some();
        if is_asked {
            continue;
        }
        findings
            .report(
                &RULE,
                key_result.id,
                format!("{status} on {} without a note", entry.check_in.date),
            )
            .at(Place::CheckIn(entry.index))
            .help("say what blocks, what is next and who helps");
    }
}
