//! Quantities as a person says them.

use rust_decimal::Decimal;

use super::{Quantity, Unit};

/// Words between the thing that is counted and what says more of it: `invoices over 60 days`.
const BEHIND: [&str; 12] = [
    "above", "at", "by", "for", "from", "in", "of", "on", "over", "per", "to", "without",
];

impl Quantity {
    /// Returns the quantity as it stands in a plan, except that one thing is one: `1 invoice` where a plan has
    /// `1 invoices`.
    ///
    /// It is for reading: the plan keeps one spelling of a unit, whatever the number.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.unit {
            Unit::Word(word) if self.value.abs() == Decimal::ONE => {
                let unit = Unit::Word(singular(word));
                Self::new(self.value, unit).to_string()
            }
            _ => self.to_string(),
        }
    }
}

/// Returns an English unit in the singular; one that does not look like a plural stays as it is.
fn singular(unit: &str) -> String {
    let mut words: Vec<String> = unit.split(' ').map(str::to_owned).collect();
    let end = words.iter().position(|word| BEHIND.contains(&&**word));
    let end = end.unwrap_or(words.len());
    if let Some(noun) = words[..end].last_mut() {
        *noun = singular_word(noun);
    }
    words.join(" ")
}

fn singular_word(word: &str) -> String {
    let is_plain = word.chars().all(char::is_alphabetic) && word.chars().count() > 3;
    if !is_plain
        || ["ss", "us", "is", "series", "news"]
            .iter()
            .any(|end| word.ends_with(end))
    {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let is_long = ["sses", "shes", "ches", "xes"]
        .iter()
        .any(|end| word.ends_with(end));
    let end = if is_long { "es" } else { "s" };
    word.strip_suffix(end).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_one() {
        for (text, expected) in [
            ("1 invoices", "1 invoice"),
            ("-1 accounts", "-1 account"),
            ("2 invoices", "2 invoices"),
            ("1 invoices on hold", "1 invoice on hold"),
            ("1 open entries", "1 open entry"),
            ("1 boxes", "1 box"),
            ("1 FTEs", "1 FTE"),
            ("1 days", "1 day"),
            ("1 process", "1 process"),
            ("1 bonus", "1 bonus"),
            ("1 Tage", "1 Tage"),
            ("1/5", "1/5"),
            ("1%", "1%"),
            ("EUR 1", "EUR 1"),
        ] {
            assert_eq!(Quantity::parse(text).unwrap().in_words(), expected);
        }
    }
}
