//! `flat-line`: a value that does not move from one check-in to the next.

use crate::audit::tracking::{is_at_rest, is_past_due, is_silent};
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};
use crate::progress::{Entry, Track};

pub(super) static RULE: Rule = Rule {
    id: "flat-line",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Tracked,
    rank: 43,
    since: "0.1.0",
    docs: include_str!("flat_line.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        // What is to be kept, and what is there, may stand still.
        let may_rest = track
            .scale()
            .is_some_and(|scale| scale.is_kept() || scale.is_milestone())
            || track.standing().is_met == Some(true);
        if may_rest || is_silent(track) || is_at_rest(track) || is_past_due(track) {
            continue;
        }
        let mut equal = values(track).peekable();
        let Some(last) = equal.peek().copied() else {
            continue;
        };
        let (mut count, mut first) = (0, last);
        for entry in equal.take_while(|entry| entry.check_in.value == last.check_in.value) {
            (count, first) = (count + 1, entry);
        }
        let Some(value) = last.check_in.value.as_ref() else {
            continue;
        };
        // Steps that were ticked since have moved.
        if track.ticked().is_some_and(|ticked| ticked != value) {
            continue;
        }
        if count <= cx.settings.limits.equal_values {
            continue;
        }
        let since = first.check_in.date;
        findings
            .report(
                &RULE,
                key_result.id,
                format!("{value} at {count} check-ins in a row, since {since}"),
            )
            .at(Place::CheckIn(last.index))
            .help("see whether the source still works; if it does, change the work under it");
    }
}

/// Returns the check-ins with a value of their own, the latest first: the last one of each slot, or all
/// without a schedule.
fn values<'t>(track: &'t Track<'_>) -> impl Iterator<Item = &'t Entry<'t>> {
    let mut slot = None;
    let entries = track.entries().iter().rev();
    entries
        .filter(|entry| entry.check_in.value.is_some())
        .filter(move |entry| {
            let position = track
                .schedule()
                .map(|schedule| schedule.position(entry.check_in.date));
            let is_new = position.is_none() || slot != position;
            slot = position;
            is_new
        })
}
