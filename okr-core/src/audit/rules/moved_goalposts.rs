//! `moved-goalposts`: a baseline or a target that was changed after the first third of the time.

use jiff::civil::Date;

use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};
use crate::fields::{BASELINE_CHANGED, TARGET_CHANGED};
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
            let moved = key_result.key_result.moved(field).into_iter();
            let late =
                moved.filter(|moved| moved.date <= track.today() && is_late(moved.date, timeline));
            let Some(last) = late.max_by_key(|moved| moved.date) else {
                continue;
            };
            let (date, before) = (last.date, last.before);
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
