//! Which element of the old plan became which of the new one.

use std::collections::HashMap;
use std::hash::Hash;

use crate::model::{ElementId, Initiative, Inline, Plan};
use crate::text::anchor;

/// How alike titles under the same parent must be to be taken for the same, in percent.
///
/// Sentences about different things in one plan share words such as "the" and "by 25%", and come to about 45.
pub const SIMILAR: u8 = 60;

/// How alike titles of key results under different objectives must be to be taken for the same, in percent.
pub const SIMILAR_ELSEWHERE: u8 = 75;

/// Titles longer than this many bytes are compared by their pairs of letters alone, which takes less time.
const LONG: usize = 256;

/// With more pairs of titles than this, only titles that share a rare word are compared.
const MANY: usize = 4096;

/// A word that more titles than this have in them is not rare.
const RARE: usize = 32;

/// Two elements that are the same one, in the old plan and in the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The element in the old plan.
    pub old: ElementId,
    /// The element in the new plan.
    pub new: ElementId,
    /// What tells that they are the same.
    pub matched: Matched,
}

/// What tells that two elements are the same; of several that do, the first in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Matched {
    /// The `Id:` field, which no other element of its kind has.
    Id,
    /// The anchor of the title, without the number before it; no other element of its kind has the same one
    /// in either plan, so that a key result is found under another objective as well.
    Anchor,
    /// The same words under the same parent; where several have them, in their order.
    Title,
    /// For an objective: the most of its key results that are in both plans.
    KeyResults,
    /// Similar words: at least [`SIMILAR`], for a key result under another objective
    /// [`SIMILAR_ELSEWHERE`].
    Words(
        /// How alike they are, in percent.
        u8,
    ),
}

impl Matched {
    /// Returns whether nobody need be asked: names and words are the same.
    #[must_use]
    pub const fn is_sure(self) -> bool {
        matches!(self, Self::Id | Self::Anchor | Self::Title)
    }
}

/// An element as far as it is matched.
struct Item<'p> {
    element: ElementId,
    id: Option<&'p str>,
    title: &'p Inline,
    /// Where it stands in the new plan: the position of the objective, if that is known.
    home: Option<usize>,
}

/// Pairs of the elements of two lists.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    /// For each of the old ones, its position among the new ones.
    pub(super) new_of: Vec<Option<(usize, Matched)>>,
    /// For each of the new ones, its position among the old ones.
    pub(super) old_of: Vec<Option<usize>>,
}

impl Pairs {
    fn none(old: usize, new: usize) -> Self {
        Self {
            new_of: vec![None; old],
            old_of: vec![None; new],
        }
    }

    fn pair(&mut self, old: usize, new: usize, matched: Matched) {
        self.new_of[old] = Some((new, matched));
        self.old_of[new] = Some(old);
    }

    /// Pairs those that have a key which no other element of either list has.
    fn by_key<'p, K: Hash + Eq>(
        &mut self,
        olds: &[Item<'p>],
        news: &[Item<'p>],
        key: impl Fn(&Item<'p>) -> Option<K>,
        matched: Matched,
    ) {
        let index = |items: &[Item<'p>]| {
            let mut positions: HashMap<K, Option<usize>> = HashMap::new();
            for (position, item) in items.iter().enumerate() {
                if let Some(key) = key(item) {
                    positions
                        .entry(key)
                        .and_modify(|first| *first = None)
                        .or_insert(Some(position));
                }
            }
            positions
        };
        let there = index(news);
        for (key, old) in index(olds) {
            if let Some(old) = old.filter(|old| self.new_of[*old].is_none())
                && let Some(new) = there.get(&key).copied().flatten()
                && self.old_of[new].is_none()
            {
                self.pair(old, new, matched);
            }
        }
    }

    /// Pairs those of the same words under the same parent, in their order.
    fn by_title(&mut self, olds: &[Item<'_>], news: &[Item<'_>]) {
        let mut waiting: HashMap<(usize, &Inline), Vec<usize>> = HashMap::new();
        for (new, item) in news.iter().enumerate().rev() {
            if let Some(home) = item.home.filter(|_| self.old_of[new].is_none()) {
                waiting.entry((home, item.title)).or_default().push(new);
            }
        }
        for (old, item) in olds.iter().enumerate() {
            if self.new_of[old].is_none()
                && let Some(home) = item.home
                && let Some(new) = waiting.get_mut(&(home, item.title)).and_then(Vec::pop)
            {
                self.pair(old, new, Matched::Title);
            }
        }
    }

    /// Pairs those of similar words, those that are most alike first.
    fn by_words(
        &mut self,
        olds: &[Item<'_>],
        news: &[Item<'_>],
        accepts: &impl Fn(&Match) -> bool,
    ) {
        let left = |items: &[Item<'_>], is_free: &dyn Fn(usize) -> bool| -> Vec<(usize, String)> {
            let items = items.iter().enumerate();
            items
                .filter(|(position, _)| is_free(*position))
                .map(|(position, item)| (position, item.title.plain().to_lowercase()))
                .collect()
        };
        let left_olds = left(olds, &|old| self.new_of[old].is_none());
        let left_news = left(news, &|new| self.old_of[new].is_none());
        let mut found = Vec::new();
        for (one, other) in candidates(&left_olds, &left_news) {
            let ((old, old_words), (new, new_words)) = (&left_olds[one], &left_news[other]);
            let is_at_home = olds[*old].home.is_some() && olds[*old].home == news[*new].home;
            let likeness = likeness(old_words, new_words);
            let least = if is_at_home {
                SIMILAR
            } else {
                SIMILAR_ELSEWHERE
            };
            if likeness >= least {
                // Where two are about as alike, the one under the same parent comes first.
                let rank = likeness + if is_at_home { 10 } else { 0 };
                found.push((std::cmp::Reverse(rank), *old, *new, likeness));
            }
        }
        found.sort_unstable();
        for (_, old, new, likeness) in found {
            let is_free = self.new_of[old].is_none() && self.old_of[new].is_none();
            let one = Match {
                old: olds[old].element,
                new: news[new].element,
                matched: Matched::Words(likeness),
            };
            if is_free && accepts(&one) {
                self.pair(old, new, one.matched);
            }
        }
    }
}

/// Returns the pairs of texts that are worth comparing, by their positions.
fn candidates(olds: &[(usize, String)], news: &[(usize, String)]) -> Vec<(usize, usize)> {
    if olds.len().saturating_mul(news.len()) <= MANY {
        let all = (0..olds.len()).flat_map(|old| (0..news.len()).map(move |new| (old, new)));
        return all.collect();
    }
    let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
    for (new, (_, words)) in news.iter().enumerate() {
        for word in words.split(|c: char| !c.is_alphanumeric()) {
            let positions = having.entry(word).or_default();
            if positions.len() <= RARE && positions.last() != Some(&new) {
                positions.push(new);
            }
        }
    }
    let mut pairs = Vec::new();
    for (old, (_, words)) in olds.iter().enumerate() {
        let words = words.split(|c: char| !c.is_alphanumeric());
        let rare = words
            .filter_map(|word| having.get(word))
            .filter(|positions| positions.len() <= RARE);
        let mut others: Vec<usize> = rare.flatten().copied().collect();
        others.sort_unstable();
        others.dedup();
        pairs.extend(others.into_iter().map(|new| (old, new)));
    }
    pairs
}

/// Returns how alike two texts in lower case are, in percent: by the letters that differ, or by the pairs
/// of letters that they share, which words in another order share as well.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a likeness is from 0 to 1"
)]
fn likeness(one: &str, other: &str) -> u8 {
    let pairs = strsim::sorensen_dice(one, other);
    let letters = if one.len().max(other.len()) > LONG {
        0.0
    } else {
        strsim::normalized_damerau_levenshtein(one, other)
    };
    (pairs.max(letters) * 100.0) as u8
}

/// Which objectives and key results of two plans are the same.
#[derive(Debug)]
pub(super) struct Matching {
    pub(super) objectives: Pairs,
    /// Of all key results, in the order of the plans.
    pub(super) key_results: Pairs,
    pub(super) old_key_results: Vec<(usize, usize)>,
    pub(super) new_key_results: Vec<(usize, usize)>,
}

impl Matching {
    pub(super) fn new(old: &Plan, new: &Plan, accepts: &impl Fn(&Match) -> bool) -> Self {
        let (olds, news) = (objectives(old), objectives(new));
        let mut pairs = Pairs::none(olds.len(), news.len());
        pairs.by_key(&olds, &news, |item| item.id, Matched::Id);
        pairs.by_key(&olds, &news, anchor_of, Matched::Anchor);
        pairs.by_title(&olds, &news);

        let (mut old_items, new_items) = (key_results(old), key_results(new));
        let mut own = Pairs::none(old_items.len(), new_items.len());
        own.by_key(&old_items, &new_items, |item| item.id, Matched::Id);
        own.by_key(&old_items, &new_items, anchor_of, Matched::Anchor);
        by_key_results(&mut pairs, &own, (&old_items, &new_items), accepts);
        pairs.by_words(&olds, &news, accepts);

        for item in &mut old_items {
            let objective = item.home.and_then(|home| pairs.new_of[home]);
            item.home = objective.map(|(new, _)| new);
        }
        own.by_title(&old_items, &new_items);
        own.by_words(&old_items, &new_items, accepts);
        let positions = |items: &[Item<'_>]| items.iter().filter_map(position).collect();
        Self {
            objectives: pairs,
            key_results: own,
            old_key_results: positions(&old_items),
            new_key_results: positions(&new_items),
        }
    }
}

/// Pairs objectives that share the most of their key results.
fn by_key_results(
    objectives: &mut Pairs,
    key_results: &Pairs,
    (olds, news): (&[Item<'_>], &[Item<'_>]),
    accepts: &impl Fn(&Match) -> bool,
) {
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    let mut matched: HashMap<usize, usize> = HashMap::new();
    for (old, pair) in key_results.new_of.iter().enumerate() {
        if let Some((new, _)) = pair
            && let (Some(from), Some(to)) = (olds[old].home, news[*new].home)
        {
            *shared.entry((from, to)).or_default() += 1;
            *matched.entry(from).or_default() += 1;
        }
    }
    let mut shared: Vec<_> = shared.into_iter().collect();
    shared.sort_unstable_by_key(|((old, new), count)| (std::cmp::Reverse(*count), *old, *new));
    for ((old, new), count) in shared {
        let is_free = objectives.new_of[old].is_none() && objectives.old_of[new].is_none();
        let is_most = count * 2 > matched.get(&old).copied().unwrap_or_default();
        let one = Match {
            old: ElementId::Objective(old),
            new: ElementId::Objective(new),
            matched: Matched::KeyResults,
        };
        if is_free && is_most && accepts(&one) {
            objectives.pair(old, new, one.matched);
        }
    }
}

/// Returns which initiatives of two goals that are the same are the same.
pub(super) fn initiatives(
    (old, olds): (ElementId, &[Initiative]),
    (new, news): (ElementId, &[Initiative]),
    accepts: &impl Fn(&Match) -> bool,
) -> Pairs {
    let (olds, news) = (initiative_items(old, olds), initiative_items(new, news));
    let mut pairs = Pairs::none(olds.len(), news.len());
    pairs.by_title(&olds, &news);
    pairs.by_words(&olds, &news, accepts);
    pairs
}

fn initiative_items(goal: ElementId, initiatives: &[Initiative]) -> Vec<Item<'_>> {
    let initiatives = initiatives.iter().enumerate();
    initiatives
        .map(|(position, initiative)| Item {
            element: initiative_of(goal, position),
            id: None,
            title: &initiative.title,
            home: Some(0),
        })
        .collect()
}

/// Returns the initiative of a goal at that position.
pub(super) const fn initiative_of(goal: ElementId, position: usize) -> ElementId {
    match goal {
        ElementId::KeyResult(o, k) => ElementId::Initiative(o, k, position),
        ElementId::Objective(o) => ElementId::ObjectiveInitiative(o, position),
        other => other,
    }
}

fn objectives(plan: &Plan) -> Vec<Item<'_>> {
    let objectives = plan.objectives.iter().enumerate();
    objectives
        .map(|(o, objective)| Item {
            element: ElementId::Objective(o),
            id: objective.id.as_deref(),
            title: &objective.title,
            home: Some(0),
        })
        .collect()
}

fn key_results(plan: &Plan) -> Vec<Item<'_>> {
    plan.key_results()
        .map(|(element, key_result)| Item {
            element,
            id: key_result.id.as_deref(),
            title: &key_result.title,
            home: match element {
                ElementId::KeyResult(o, _) => Some(o),
                _ => None,
            },
        })
        .collect()
}

fn anchor_of(item: &Item<'_>) -> Option<String> {
    let anchor = anchor(&item.title.plain());
    (!anchor.is_empty()).then_some(anchor)
}

fn position(item: &Item<'_>) -> Option<(usize, usize)> {
    match item.element {
        ElementId::KeyResult(o, k) => Some((o, k)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_were_reworded_are_alike_and_others_are_not() {
        let alike = |one: &str, other: &str| likeness(&one.to_lowercase(), &other.to_lowercase());
        for (one, other) in [
            (
                "Raise the collection rate by 25%",
                "Raise the collection rate from 68% to 85%",
            ),
            (
                "Cut DSO from 52 to 44 days by mid-Q2",
                "DSO is cut from 52 to 40 days",
            ),
            (
                "Train the team on collection calls",
                "Train the whole team on calls for collection",
            ),
        ] {
            assert!(alike(one, other) >= SIMILAR, "{one}: {}", alike(one, other));
        }
        for (one, other) in [
            (
                "Raise the collection rate by 25%",
                "Cut the number of disputes by 10%",
            ),
            ("Get paid sooner", "Close the books in three days"),
            (
                "Bring in collection software",
                "Print the terms on the invoice",
            ),
            (
                "Cut DSO from 52 to 44 days by mid-Q2",
                "Raise on-time payments from 60% to 75%",
            ),
        ] {
            assert!(alike(one, other) < SIMILAR, "{one}: {}", alike(one, other));
        }
    }

    #[test]
    fn of_many_titles_those_that_share_a_rare_word_are_compared() {
        let titles = |lead: &str| -> Vec<(usize, String)> {
            let titles = (0..200).map(|n| (n, format!("{lead} the rate of team{n}")));
            titles.collect()
        };
        let pairs = candidates(&titles("raise"), &titles("lift"));
        assert_eq!(pairs, (0..200).map(|n| (n, n)).collect::<Vec<_>>());
    }
}
