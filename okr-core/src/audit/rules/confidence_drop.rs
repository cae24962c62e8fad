//! `confidence-drop`: a confidence that falls far from one check-in to the next.

use crate::audit::tracking::{is_at_rest, is_past_due, is_silent};
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};

pub(super) static RULE: Rule = Rule {
    id: "confidence-drop",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Tracked,
    rank: 42,
    since: "0.1.0",
    docs: include_str!("confidence_drop.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        if is_silent(track) || is_at_rest(track) || is_past_due(track) {
            continue;
        }
        let entries = track.entries().iter().rev();
        let mut sure = entries.filter_map(|entry| Some((entry, entry.check_in.confidence?)));
        let (Some((last, now)), Some((before, then))) = (sure.next(), sure.next()) else {
            continue;
        };
        if then.saturating_sub(now) <= cx.settings.limits.confidence_drop {
            continue;
        }
        findings
            .report(
                &RULE,
                key_result.id,
                format!(
                    "confidence fell from {then} to {now} since {}",
                    before.check_in.date
                ),
            )
            .at(Place::CheckIn(last.index))
            .help("ask what happened, and whether the status still fits");
    }
}
