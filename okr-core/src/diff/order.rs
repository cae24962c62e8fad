//! What is gone, what stands elsewhere, and what can be put beside what.

use std::collections::HashSet;

use super::matching::Pairs;
use crate::model::Inline;

/// Returns the titles that more than one of them has.
pub(super) fn repeated<'p>(titles: impl Iterator<Item = &'p Inline>) -> HashSet<&'p Inline> {
    let mut seen = HashSet::new();
    titles.filter(|title| !seen.insert(*title)).collect()
}

/// Returns whether an edit adds an element of that title beside the others.
pub(super) fn can_be_added(title: &Inline, repeated: &HashSet<&Inline>) -> bool {
    !title.is_empty() && !repeated.contains(title)
}

/// Returns the old ones that are in no pair, in their order.
pub(super) fn gone(pairs: &Pairs) -> Vec<usize> {
    let olds = pairs.new_of.iter().enumerate();
    olds.filter(|(_, pair)| pair.is_none())
        .map(|(old, _)| old)
        .collect()
}

/// Returns the new ones that stand elsewhere among the others: as few as can be, so that the rest keeps
/// its order.
pub(super) fn moved(pairs: &Pairs) -> HashSet<usize> {
    let olds: Vec<(usize, usize)> = pairs
        .old_of
        .iter()
        .enumerate()
        .filter_map(|(new, old)| Some((new, (*old)?)))
        .collect();
    // The longest run of rising positions stays: for each length, the least last one of such a run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(olds.len());
    for (at, (_, old)) in olds.iter().enumerate() {
        let length = ends.partition_point(|end| olds[*end].1 < *old);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut moved: HashSet<usize> = olds.iter().map(|(new, _)| *new).collect();
    let mut last = ends.last().copied();
    while let Some(at) = last {
        moved.remove(&olds[at].0);
        last = before[at];
    }
    moved
}
