//! How many stand how, each status under its own name.

use okr_core::model::Status;
use serde::Serialize;

use super::Member;
use super::member::KeyResultSummary;
use crate::formats::html::view::StatusView;
use crate::formats::html::view::verdict::OutcomeView;

/// How many have a mark and a word.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Tally {
    slug: &'static str,
    word: &'static str,
    count: usize,
}

/// All statuses, the worst first.
const ORDER: [Status; 7] = [
    Status::OffTrack,
    Status::AtRisk,
    Status::OnTrack,
    Status::Achieved,
    Status::NotStarted,
    Status::Paused,
    Status::Cancelled,
];
/// What something may have come to, the worst last; what was given up stands behind it.
const OUTCOMES: [&str; 4] = ["met", "came close", "missed", "cancelled"];

/// Counts statuses; the worst comes first.
pub(super) fn of_statuses(statuses: impl Iterator<Item = Status>) -> Vec<Tally> {
    let all: Vec<Status> = statuses.collect();
    let views = ORDER
        .iter()
        .map(|status| (status, StatusView::new(*status)));
    let tallies = views.map(|(status, view)| Tally {
        slug: view.slug(),
        word: status.word(),
        count: all.iter().filter(|one| *one == status).count(),
    });
    tallies.filter(|tally| tally.count > 0).collect()
}

/// Counts what key results of closed plans came to, and how the others stand.
pub(super) fn of_key_results<'m>(all: impl Iterator<Item = &'m KeyResultSummary>) -> Vec<Tally> {
    let all: Vec<_> = all.collect();
    let outcomes: Vec<&OutcomeView> = all.iter().filter_map(|it| it.outcome.as_ref()).collect();
    let open = all.iter().filter(|it| it.outcome.is_none());
    let mut tallies = of_statuses(open.filter_map(|it| it.status));
    for word in OUTCOMES {
        let mut these = outcomes.iter().filter(|it| it.word == word);
        if let Some(first) = these.next() {
            tallies.push(Tally {
                // What was missed by more or by less counts as one.
                slug: if word == "missed" {
                    "off-track"
                } else {
                    first.slug
                },
                word,
                count: these.count() + 1,
            });
        }
    }
    tallies
}

/// Returns how many key results were said by their owners to stand how, in words, with those of which nothing was said.
pub(super) fn said<'m>(members: impl Iterator<Item = &'m Member>) -> String {
    let key_results: Vec<_> = members.flat_map(|member| &member.key_results).collect();
    let said = key_results.iter().filter(|it| it.is_said);
    let tallies = of_statuses(said.filter_map(|it| it.status));
    let silent = key_results.len() - tallies.iter().map(|tally| tally.count).sum::<usize>();
    let words = tallies
        .iter()
        .map(|tally| format!("{} {}", tally.count, tally.word));
    let mut words: Vec<String> = words.collect();
    if silent > 0 {
        words.push(format!("{silent} without a word"));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_counted_under_its_own_name() {
        let all = [
            Status::OnTrack,
            Status::Achieved,
            Status::Paused,
            Status::OffTrack,
            Status::OnTrack,
        ];
        let shown: Vec<String> = of_statuses(all.into_iter())
            .iter()
            .map(|tally| format!("{} {}", tally.count, tally.word))
            .collect();
        assert_eq!(
            shown.join(", "),
            "1 off track, 2 on track, 1 achieved, 1 paused"
        );
    }
}
