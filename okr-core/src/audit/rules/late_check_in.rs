//! `late-check-in`: a check-in that is due and is not there.

use crate::audit::tracking::{ago, at_latest};
use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};
use crate::progress::Reporting;

pub(super) static RULE: Rule = Rule {
    id: "late-check-in",
    tier: Tier::Basic,
    level: Level::Warning,
    axis: Axis::Tracked,
    rank: 34,
    since: "0.1.0",
    docs: include_str!("late_check_in.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        if track.reporting() != Some(Reporting::Late) {
            continue;
        }
        let message = match (track.latest(), track.slots().first()) {
            (Some(entry), _) => {
                let date = entry.check_in.date;
                format!("no check-in since {date}, {}", ago(date, track.today()))
            }
            (None, Some(first)) => {
                let due = first.slot.due;
                format!(
                    "no check-in yet; the first was due on {due}, {}",
                    ago(due, track.today())
                )
            }
            (None, None) => continue,
        };
        let finding = findings.report(&RULE, key_result.id, message);
        at_latest(finding, track).help("add a row with the date, the value and the status");
    }
}
