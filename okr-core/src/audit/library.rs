//! Key results that can be proposed in the place of work.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

use super::words::{stem, words};
use crate::model::KeyResult;

/// Key results that rules may propose; they are loaded when the first is needed.
///
/// The default has none.
///
/// ```
/// use okr_core::audit::Library;
///
/// let library = Library::new(|| {
///     let plan = okr_core::parse(
///         "## Objective: Get paid\n\n### Key result: Cut late payments to 5%\n\n- [ ] Send reminders\n",
///     )
///     .plan;
///     plan.key_results().map(|(_, key_result)| key_result.clone()).collect()
/// });
/// let found = library.nearest("Install software that sends reminders", |_| true);
/// assert_eq!(found.map(|found| found.title.to_string()).as_deref(), Some("Cut late payments to 5%"));
/// assert!(library.nearest("Paint the bridge", |_| true).is_none());
/// ```
#[derive(Clone)]
pub struct Library {
    index: Arc<LazyLock<Index, Box<dyn FnOnce() -> Index + Send>>>,
}

impl Default for Library {
    fn default() -> Self {
        Self::new(Vec::new)
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").finish_non_exhaustive()
    }
}

/// The key results with their words.
struct Index {
    entries: Vec<Entry>,
    /// In how many key results a word occurs.
    counts: HashMap<String, u16>,
}

struct Entry {
    key_result: KeyResult,
    /// The words of its title and its measure.
    outcome: HashSet<String>,
    /// The words of each initiative.
    initiatives: Vec<HashSet<String>>,
}

/// A proposal that is less alike than this would be far from the matter.
const LEAST: f64 = 0.34;

impl Library {
    /// Returns a library of what `load` gives when it is first asked for.
    pub fn new(load: impl FnOnce() -> Vec<KeyResult> + Send + 'static) -> Self {
        let load: Box<dyn FnOnce() -> Index + Send> = Box::new(|| Index::new(load()));
        Self {
            index: Arc::new(LazyLock::new(load)),
        }
    }

    /// Returns the key result that some work most likely serves, of those that are `wanted`.
    ///
    /// The words of the work are compared with those of titles, measures and initiatives; words that few
    /// key results have weigh more.
    /// Nothing comes back when none is alike.
    #[must_use]
    pub fn nearest(&self, work: &str, wanted: impl Fn(&KeyResult) -> bool) -> Option<&KeyResult> {
        let words = content(work);
        let index = &**self.index;
        let candidates = index.entries.iter();
        let mut best: Option<(f64, &Entry)> = None;
        for entry in candidates.filter(|entry| wanted(&entry.key_result)) {
            let likeness = index.likeness(&words, entry);
            // Of equals the first is taken.
            if likeness >= LEAST && best.is_none_or(|(most, _)| likeness > most) {
                best = Some((likeness, entry));
            }
        }
        best.map(|(_, entry)| &entry.key_result)
    }
}

impl Index {
    fn new(key_results: Vec<KeyResult>) -> Self {
        let mut counts = HashMap::new();
        let entries: Vec<_> = key_results
            .into_iter()
            .map(|key_result| {
                let mut outcome = content(&key_result.title.plain());
                if let Some(name) = &key_result.measure.name {
                    outcome.extend(content(&name.plain()));
                }
                let initiatives = key_result.initiatives.iter();
                let initiatives: Vec<_> = initiatives
                    .map(|initiative| content(&initiative.title.plain()))
                    .collect();
                let all: HashSet<_> = outcome.iter().chain(initiatives.iter().flatten()).collect();
                for word in all {
                    *counts.entry(word.clone()).or_default() += 1;
                }
                Entry {
                    key_result,
                    outcome,
                    initiatives,
                }
            })
            .collect();
        Self { entries, counts }
    }

    /// Returns how alike some words and a key result are, from 0 to 1.
    fn likeness(&self, words: &HashSet<String>, entry: &Entry) -> f64 {
        let shared = |other: &HashSet<String>| -> f64 {
            words
                .iter()
                .filter(|word| other.contains(*word))
                .map(|word| self.weight(word))
                .sum()
        };
        let all = |words: &HashSet<String>| -> f64 {
            words.iter().map(|word| self.weight(word)).sum::<f64>()
        };
        let own = all(words);
        let cosine = |other: &HashSet<String>| {
            let both = (own * all(other)).sqrt();
            // One word in common may be chance.
            let is_chance = words.intersection(other).count() < 2 && words.len() > 2;
            if both > 0.0 && !is_chance {
                shared(other) / both
            } else {
                0.0
            }
        };
        let initiatives = entry.initiatives.iter().map(cosine);
        let initiative = initiatives.fold(0.0, f64::max);
        let outcome = cosine(&entry.outcome);
        let (more, less) = if initiative > outcome {
            (initiative, outcome)
        } else {
            (outcome, initiative)
        };
        more + (1.0 - more) * 0.25 * less
    }

    fn weight(&self, word: &str) -> f64 {
        let all = f64::from(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        let count = f64::from(self.counts.get(word).copied().unwrap_or_default());
        ((all + 1.0) / (count + 0.5)).ln().max(0.1)
    }
}

/// Returns the stems of the words that carry meaning, each cut so that forms of one word are the same.
fn content(text: &str) -> HashSet<String> {
    words(text)
        .map(|(_, word)| stem(word))
        .filter(|word| !EMPTY.contains(&&**word) && !word.bytes().all(|b| b.is_ascii_digit()))
        .map(|word| {
            let same = SAME.iter().find(|(one, _)| *one == word);
            let word = same.map_or(&*word, |(_, other)| other);
            word.chars().take(LENGTH).collect()
        })
        .collect()
}

/// Stems that mean the same in a plan, each with the one that stands for both.
const SAME: &[(&str, &str)] = &[
    ("vendor", "supplier"),
    ("ageing", "aging"),
    ("aged", "aging"),
    ("client", "customer"),
    ("debtor", "customer"),
    ("bill", "invoice"),
    ("employee", "staff"),
];

/// How much of a word tells it from others: `automate` and `automation` are the same.
const LENGTH: usize = 6;

/// Stems of words that say nothing of what some work is about.
const EMPTY: &[&str] = &[
    "a",
    "achieve",
    "all",
    "an",
    "and",
    "as",
    "at",
    "average",
    "be",
    "before",
    "build",
    "by",
    "complete",
    "create",
    "cut",
    "day",
    "deploy",
    "design",
    "develop",
    "each",
    "end",
    "ensure",
    "first",
    "for",
    "from",
    "half",
    "implement",
    "in",
    "increase",
    "install",
    "introduce",
    "is",
    "it",
    "its",
    "last",
    "launch",
    "many",
    "mid",
    "month",
    "new",
    "of",
    "on",
    "one",
    "or",
    "our",
    "out",
    "over",
    "per",
    "percent",
    "q1",
    "q2",
    "q3",
    "q4",
    "quarter",
    "raise",
    "reduce",
    "roll",
    "select",
    "set",
    "share",
    "system",
    "than",
    "that",
    "the",
    "their",
    "this",
    "to",
    "two",
    "up",
    "use",
    "via",
    "we",
    "week",
    "with",
    "within",
    "year",
];
