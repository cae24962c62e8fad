//! `stale-key-result`: a key result of which nobody has heard for two check-ins or more.

use crate::audit::tracking::{ago, at_latest};
use crate::audit::{Axis, Context, Findings, Level, Rule, Tier};
use crate::progress::Reporting;

pub(super) static RULE: Rule = Rule {
    id: "stale-key-result",
    tier: Tier::Basic,
    level: Level::Error,
    axis: Axis::Tracked,
    rank: 30,
    since: "0.1.0",
    docs: include_str!("stale_key_result.md"),
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (key_result, track) in cx.tracks() {
        let help = match track.reporting() {
            Some(Reporting::Stale) => {
                "add a row with today's value and a note, or close it with the status cancelled"
            }
            Some(Reporting::Abandoned) => {
                "close it with the status cancelled, unless somebody checks in today"
            }
            _ => continue,
        };
        let missed = track.missed();
        let message = match track.latest() {
            Some(entry) => {
                let date = entry.check_in.date;
                let ago = ago(date, track.today());
                format!("no check-in since {date}, {ago}; {missed} missed in a row")
            }
            None => format!("no check-in yet; {missed} missed in a row"),
        };
        let finding = findings.report(&RULE, key_result.id, message);
        at_latest(finding, track).help(help);
    }
}
