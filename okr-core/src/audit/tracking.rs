//! What the rules about check-ins share.

use jiff::civil::Date;

use super::{Context, Finding, KeyResultCase, Limits, Place};
use crate::model::{Commitment, ElementId, Status, days_between};
use crate::progress::{Entry, Facts, Reporting, Standing, Track, YellowRun, percent_shown};

impl<'a> Context<'a> {
    /// Returns where a key result stands today; nothing when the audit speaks for no day, or when the plan
    /// has no check-in yet: it is new, or is followed elsewhere.
    #[must_use]
    pub fn track<'c>(&self, key_result: &'c KeyResultCase<'a>) -> Option<&'c Track<'a>> {
        let today = self.today.filter(|_| self.is_tracked)?;
        Some(key_result.track.get_or_init(|| {
            let facts = Facts {
                key_result: key_result.key_result,
                measure: &key_result.measure,
                commitment: self.commitment(key_result),
                period: self.plan.period,
                due: key_result.due,
                cadence: self.plan.cadence,
            };
            Track::among(&facts, today, &self.schedules)
        }))
    }

    /// Returns the type of the objective of a key result.
    pub(super) fn commitment(&self, key_result: &KeyResultCase<'_>) -> Option<Commitment> {
        let ElementId::KeyResult(objective, _) = key_result.id else {
            return None;
        };
        self.plan.objectives.get(objective)?.commitment
    }

    /// Returns each key result with where it stands; none where [`Context::track`] tells nothing.
    pub(super) fn tracks(&self) -> impl Iterator<Item = (&KeyResultCase<'a>, &Track<'a>)> {
        self.key_results()
            .filter_map(|key_result| Some((key_result, self.track(key_result)?)))
    }

    /// Returns the run of yellows that is too long and that nobody has closed.
    pub(super) fn yellow_run(&self, track: &Track<'_>) -> Option<YellowRun> {
        if is_silent(track) || track.reporting() == Some(Reporting::Over) {
            return None;
        }
        let run = track.yellow_runs().pop()?;
        (run.is_open && run.length > self.settings.limits.yellows_in_a_row).then_some(run)
    }
}

/// Returns whether check-ins have failed to come for so long that what the last one says is old.
pub(super) fn is_silent(track: &Track<'_>) -> bool {
    track.is_silent()
}

/// Returns whether a check-in is owed, of which other rules speak; numbers may be old then.
pub(super) fn is_owed(track: &Track<'_>) -> bool {
    is_silent(track) || track.reporting() == Some(Reporting::Late)
}

/// Returns whether its owner has put it aside or closed it, so that its numbers are no news.
pub(super) fn is_at_rest(track: &Track<'_>) -> bool {
    track.is_at_rest()
}

/// Returns whether its last day is over, so that a last word is owed rather than an update.
pub(super) fn is_past_due(track: &Track<'_>) -> bool {
    track.due().is_some_and(|due| track.today() > due)
}

/// A status that the numbers of its day contradict.
pub(super) struct Contradiction {
    /// The position of the check-in.
    pub(super) index: usize,
    /// What its owner says.
    pub(super) said: Status,
    /// The confidence that says so, where no status does.
    pub(super) confidence: Option<u8>,
    /// What the numbers say.
    pub(super) computed: Status,
    /// The numbers.
    pub(super) standing: Standing,
    /// Whether a note stands beside it, which explains it no more after so many.
    pub(super) has_note: bool,
}

/// Returns the last word of its owner, a status or a confidence, when the numbers of its day say the opposite and no
/// note says why, or when notes have said so for more check-ins in a row than `limits` allow.
pub(super) fn contradiction(limits: &Limits, track: &Track<'_>) -> Option<Contradiction> {
    let (entry, _) = track.last_word()?;
    let has_numbers = track.scale().is_some_and(|scale| !scale.is_milestone());
    if !has_numbers || is_silent(track) {
        return None;
    }
    let (said, standing, computed) = opposite(track, entry)?;
    let has_note = entry.check_in.words().is_some();
    if has_note {
        let rows = track.entries().iter().rev();
        // The first of them is known already.
        let before = rows
            .filter(|row| track.said(row).is_some())
            .skip(1)
            .take(limits.explained_in_a_row)
            .take_while(|row| opposite(track, row).is_some());
        if before.count() < limits.explained_in_a_row {
            return None;
        }
    }
    Some(Contradiction {
        index: entry.index,
        said,
        confidence: entry
            .check_in
            .confidence
            .filter(|_| entry.check_in.status.is_none()),
        computed,
        standing,
        has_note,
    })
}

/// Returns what its owner says in a row, with the numbers of its day and what they say, when that is the opposite.
fn opposite(track: &Track<'_>, row: &Entry<'_>) -> Option<(Status, Standing, Status)> {
    let said = track.said(row)?;
    row.value?;
    let standing = track.standing_on(row.check_in.date);
    let computed = standing.status?;
    let is_opposite = match said {
        // After the last day it is the missing last word that counts.
        Status::OnTrack => computed == Status::OffTrack && !is_past_due(track),
        Status::Achieved => matches!(computed, Status::AtRisk | Status::OffTrack),
        Status::OffTrack => matches!(computed, Status::OnTrack | Status::Achieved),
        _ => false,
    };
    is_opposite.then_some((said, standing, computed))
}

/// Returns what the numbers of a day say, as a phrase: `20% is done where 57% is expected`.
pub(super) fn in_words(standing: &Standing) -> Option<String> {
    let shown = |progress, is_met| percent_shown(progress, is_met).normalize();
    if standing.is_met == Some(true) {
        return Some("the target is met".to_owned());
    }
    let Some(expected) = standing.expected else {
        return standing
            .is_met
            .map(|_| "the value is outside the target".to_owned());
    };
    let progress = shown(standing.progress?, false);
    let expected = shown(expected, true);
    Some(format!("{progress}% is done where {expected}% is expected"))
}

/// Returns how long ago a day was: `today`, `1 day ago`, `23 days ago`.
pub(super) fn ago(day: Date, today: Date) -> String {
    match days_between(day, today) {
        0 => "today".to_owned(),
        1 => "1 day ago".to_owned(),
        days => format!("{days} days ago"),
    }
}

/// Puts a finding at the last check-in, when there is one.
pub(super) fn at_latest<'f>(finding: &'f mut Finding, track: &Track<'_>) -> &'f mut Finding {
    match track.latest() {
        Some(entry) => finding.at(Place::CheckIn(entry.index)),
        None => finding,
    }
}
