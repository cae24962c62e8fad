//! `off-pace`: a key result that is far behind what is to be expected of the day.

use rust_decimal::Decimal;

use crate::audit::tracking::{
    at_latest, contradiction, in_words, is_at_rest, is_owed, is_past_due,
};
use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    id: "off-pace",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Tracked,
    rank: 40,
    since: "0.1.0",
    docs: include_str!("off_pace.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let most = Decimal::new(i64::from(cx.settings.limits.behind_percent), 2);
    for (key_result, track) in cx.tracks() {
        let standing = track.standing();
        let is_behind = standing.is_behind_by_more_than(most);
        let is_open = standing.is_met == Some(false);
        if !is_behind || !is_open || is_past_due(track) || is_owed(track) || is_at_rest(track) {
            continue;
        }
        // Whoever says off track knows, and other rules say the same of a row with more weight.
        let status = track.latest_status().map(|(_, status)| status);
        let is_said = status == Some(Status::OffTrack);
        if is_said
            || contradiction(&cx.settings.limits, track).is_some()
            || cx.yellow_run(track).is_some()
        {
            continue;
        }
        let Some(numbers) = in_words(&standing) else {
            continue;
        };
        let finding = findings.report(&RULE, key_result.id, numbers);
        at_latest(finding, track)
            .help("call it off track and get help, or change the work under it");
    }
}
