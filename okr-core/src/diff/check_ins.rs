//! The differences between the check-ins of a key result.

use std::collections::HashMap;

use super::What;
use crate::model::{CheckIn, Fields, Inline};

/// Returns what is different in the order of the days, each with whether the changes have it.
///
/// A check-in is known by its day; of several on one day, those that say the same go together first.
pub(super) fn check_ins(olds: &[CheckIn], news: &[CheckIn]) -> Vec<(What, bool)> {
    let mut left: HashMap<_, Vec<usize>> = HashMap::new();
    for (position, check_in) in olds.iter().enumerate().rev() {
        left.entry(check_in.date).or_default().push(position);
    }
    let is_same = |old: usize, new: &CheckIn| is_same_check_in(&olds[old], new);
    // Rows that say the same go together first, so that the others of a day are those that changed.
    let mut pairs: Vec<Option<usize>> = Vec::new();
    for new in news {
        let same = left.get_mut(&new.date).and_then(|positions| {
            let at = positions.iter().rposition(|old| is_same(*old, new))?;
            Some(positions.remove(at))
        });
        pairs.push(same);
    }
    for (new, pair) in news.iter().zip(&mut pairs) {
        if pair.is_none() {
            *pair = left.get_mut(&new.date).and_then(Vec::pop);
        }
    }
    let mut found: Vec<(What, bool)> = Vec::new();
    for position in left.into_values().flatten() {
        let check_in = Box::new(olds[position].clone());
        found.push((What::CheckInRemoved { position, check_in }, true));
    }
    for (n, (new, pair)) in news.iter().zip(&pairs).enumerate() {
        let new_check_in = Box::new(new.clone());
        match *pair {
            Some(old) if is_same(old, new) => {}
            Some(position) => {
                let what = What::CheckInChanged {
                    position,
                    old: Box::new(olds[position].clone()),
                    new: new_check_in,
                };
                found.push((what, true));
            }
            None => {
                let is_other = |(m, other): (usize, &CheckIn)| m == n || other != new;
                // Rows are looked through for a new one only, of which there are few.
                let is_single = news.iter().enumerate().all(is_other);
                let what = What::CheckInAdded {
                    check_in: new_check_in,
                };
                found.push((what, is_single));
            }
        }
    }
    found.sort_by_key(|(what, _)| match what {
        What::CheckInRemoved { position, check_in } => (check_in.date, 0, *position),
        What::CheckInChanged { position, new, .. } => (new.date, 1, *position),
        What::CheckInAdded { check_in } => (check_in.date, 2, 0),
        _ => (jiff::civil::Date::MAX, 0, 0),
    });
    found
}

/// Returns whether two rows say the same; headings of columns may differ in upper and lower case.
fn is_same_check_in(old: &CheckIn, new: &CheckIn) -> bool {
    let lower = |fields: &Fields| -> HashMap<String, Inline> {
        let filled = fields.iter().filter(|(_, value)| !value.is_empty());
        filled
            .map(|(name, value)| (name.to_lowercase(), value.clone()))
            .collect()
    };
    (old.date, &old.value, old.status, old.confidence, &old.note)
        == (new.date, &new.value, new.status, new.confidence, &new.note)
        && (old.fields == new.fields || lower(&old.fields) == lower(&new.fields))
}
