//! `moved-goalposts`: a baseline or a target that was changed after the first third of the time.

use jiff::civil::Date;

use crate::audit::{Axis, Context, Findings, KeyResultCase, Level, Place, Rule, Tier};
use crate::fields::{BASELINE_CHANGED, TARGET_CHANGED, is_same_field};
use crate::model::{KeyResult, parse_date};
use crate::progress::Timeline;

pub(super) static RULE: Rule = Rule {
    id: "moved-goalposts",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Tracked,
    rank: 45,
    since: "0.1.0",
    docs: include_str!("moved_goalposts.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        let Some(timeline) = track.timeline() else {
            continue;
        };
        for (field, place, word) in [
            (BASELINE_CHANGED, "baseline changed", "baseline"),
            (TARGET_CHANGED, "target changed", "target"),
        ] {
            let moved = changes(key_result, field)
                .into_iter()
                .filter(|(date, _)| *date <= track.today() && is_late(*date, timeline));
            let Some((date, before)) = moved.max_by_key(|(date, _)| *date) else {
                continue;
            };
            let day = timeline.day_number(date);
            let days = timeline.days();
            findings
                .report(
                    &RULE,
                    key_result.id,
                    format!("{word} was {before} until {date}, day {day} of {days}"),
                )
                .at(Place::Field(place))
                .label("changed after the first third")
                .help("grade it against both, and say in a check-in why it was moved");
        }
    }
}

/// Returns whether a day lies after the first third; the last day of the third is still in it.
fn is_late(date: Date, timeline: Timeline) -> bool {
    timeline.day_number(date).saturating_mul(3) > timeline.days()
}

/// Returns the changes that a field records, like `2026-11-10 from 85%`, parted by semicolons.
fn changes(key_result: &KeyResultCase<'_>, name: &str) -> Vec<(Date, String)> {
    let fields = &key_result.key_result.fields;
    let Some((_, value)) = fields
        .iter()
        .find(|(other, _)| is_same_field::<KeyResult>(other, name))
    else {
        return Vec::new();
    };
    let words = value.plain();
    let change = |part: &str| {
        let (date, before) = part.trim().split_once(' ')?;
        let before = before.trim().strip_prefix("from ")?.trim();
        Some((parse_date(date)?, before.to_owned()))
    };
    words.split(';').filter_map(change).collect()
}
