//! `past-due-open`: a key result whose time is over, and of which nobody has said how it ended.

use crate::audit::tracking::{ago, is_owed};
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};
use crate::model::{Commitment, Status};
use crate::progress::Track;

pub(super) static RULE: Rule = Rule {
    id: "past-due-open",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Tracked,
    rank: 41,
    since: "0.1.0",
    docs: include_str!("past_due_open.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    // A closing says how each of them ended.
    if cx.plan.closed().is_some() {
        return;
    }
    for (key_result, track) in cx.tracks() {
        let Some(due) = track.due().filter(|due| track.today() > *due) else {
            continue;
        };
        let commitment = cx.commitment(key_result);
        // In the days of grace a check-in is late, and a run of yellows asks for the same word.
        if is_owed(track) || has_ended(track, commitment) || cx.yellow_run(track).is_some() {
            continue;
        }
        let finding = findings.report(
            &RULE,
            key_result.id,
            format!(
                "was due on {due}, {}, and is still open",
                ago(due, track.today())
            ),
        );
        if key_result.key_result.due.is_some() {
            finding.at(Place::Field("due"));
        }
        finding.help("record the last value, and say achieved, off track or cancelled");
    }
}

/// Returns whether its owner has said how it ended, or the numbers do.
fn has_ended(track: &Track<'_>, commitment: Option<Commitment>) -> bool {
    if track.is_closed() || track.standing().is_met == Some(true) {
        return true;
    }
    let Some((entry, status)) = track.latest_status() else {
        return false;
    };
    let date = entry.check_in.date;
    let last_slot = track
        .schedule()
        .and_then(|schedule| schedule.slots().last());
    let is_last_word = track.due().is_some_and(|due| date >= due)
        || last_slot.is_some_and(|slot| date >= slot.opens);
    // A stretch that ends on track is a good result, although its target is not met.
    let is_verdict = status == Status::OffTrack
        || (status == Status::OnTrack && commitment == Some(Commitment::Aspirational));
    is_last_word && is_verdict
}
