//! Words that ledgers use, in all languages that are known; they stand in `words.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use okr_core::ledger::Column;

use crate::import::words::normal;

/// The classes of words, each word with its place among those of its class.
static WORDS: LazyLock<HashMap<&'static str, HashMap<String, usize>>> = LazyLock::new(|| {
    let mut classes: HashMap<&'static str, HashMap<String, usize>> = HashMap::new();
    for line in include_str!("words.txt").lines() {
        let Some((class, list)) = line
            .split_once(": ")
            .filter(|(class, _)| !class.starts_with('#'))
        else {
            continue;
        };
        let words = classes.entry(class).or_default();
        for word in list.split(", ") {
            let rank = words.len();
            words.entry(normal(word)).or_insert(rank);
        }
    }
    classes
});

/// Which of two kinds of files a heading stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Invoices,
    Payments,
}

impl Kind {
    /// Returns the word for such a file in messages.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Invoices => "invoices",
            Self::Payments => "payments",
        }
    }
}

/// Returns how plainly a heading in its normal form names a column, 0 for most plainly.
pub(super) fn rank(kind: Kind, column: Column, normal: &str) -> Option<usize> {
    let of_payments = match (kind, column) {
        (Kind::Payments, Column::Paid) => Some("payment-paid"),
        (Kind::Payments, Column::Amount) => Some("payment-amount"),
        (Kind::Payments, Column::Number) => Some("payment-number"),
        _ => None,
    };
    WORDS
        .get(of_payments.unwrap_or(column.name()))?
        .get(normal)
        .copied()
}

/// Returns whether a cell says one of the words of a class.
pub(super) fn says(class: &str, text: &str) -> bool {
    WORDS
        .get(class)
        .is_some_and(|words| words.contains_key(&normal(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_words_and_every_class_a_use() {
        let mut known: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        known.extend([
            "payment-paid",
            "payment-amount",
            "payment-number",
            "credit-note",
            "void",
            "no",
        ]);
        for class in &known {
            assert!(WORDS.contains_key(class), "{class}");
        }
        for class in WORDS.keys() {
            assert!(known.contains(class), "{class}");
        }
    }

    #[test]
    fn a_heading_names_one_column_of_a_file() {
        // Two columns may share a guess, such as `received`, but no word that says plainly what it means.
        for one in Column::ALL {
            for other in Column::ALL {
                let words = WORDS[one.name()].iter().filter(|(_, rank)| **rank < 3);
                for (word, _) in words {
                    let again = rank(Kind::Invoices, other, word);
                    assert!(one == other || again.is_none_or(|rank| rank >= 3), "{word}");
                }
            }
        }
    }
}
