//! `target-too-easy`: a target that is met, or nearly, with much of the time left.

use rust_decimal::Decimal;

use crate::audit::tracking::at_latest;
use crate::audit::{Axis, Context, Findings, Level, Place, Rule, Tier};
use crate::model::{Commitment, Status};
use crate::progress::{Track, percent_shown};

pub(super) static RULE: Rule = Rule {
    id: "target-too-easy",
    tier: Tier::Basic,
    level: Level::Info,
    axis: Axis::Tracked,
    rank: 46,
    since: "0.1.0",
    docs: include_str!("target_too_easy.md"),
    check,
};

/// The confidence from 0 to 10 at which a stretch is none.
const NEARLY_SURE: u8 = 9;

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for objective in &cx.objectives {
        for key_result in &objective.key_results {
            let Some(track) = cx.track(key_result) else {
                continue;
            };
            let status = track.latest_status().map(|(_, status)| status);
            if matches!(status, Some(Status::Cancelled | Status::Paused)) {
                continue;
            }
            let help = "raise the target while there is time, or aim higher in the next plan";
            if let Some(message) = early(track, cx.settings.limits.early_percent) {
                let finding = findings.report(&RULE, key_result.id, message);
                at_latest(finding, track).help(help);
            } else if objective.objective.commitment == Some(Commitment::Aspirational)
                && let Some(opening) = track.entries().first()
                && let Some(confidence) = opening.check_in.confidence
                && confidence >= NEARLY_SURE
            {
                let message =
                    format!("opens with a confidence of {confidence}, although it is a stretch");
                findings
                    .report(&RULE, key_result.id, message)
                    .at(Place::CheckIn(opening.index))
                    .help(help);
            }
        }
    }
}

/// Returns what is wrong when a target is met, or nearly, with a third of the time left or more.
fn early(track: &Track<'_>, most_percent: u8) -> Option<String> {
    let timeline = track.timeline()?;
    let scale = track.scale()?;
    let left = timeline.days() - timeline.day_number(track.today());
    let has_third = left.saturating_mul(3) >= timeline.days();
    if !has_third || scale.is_kept() || scale.is_milestone() {
        return None;
    }
    let standing = track.standing();
    let left = if left == 1 {
        "1 day".to_owned()
    } else {
        format!("{left} days")
    };
    if standing.is_met == Some(true) {
        return Some(format!("target is met with {left} left"));
    }
    let most = Decimal::new(i64::from(most_percent), 2);
    let progress = standing.progress.filter(|progress| *progress > most)?;
    let percent = percent_shown(progress, false).normalize();
    Some(format!("{percent}% is done with {left} left"))
}
