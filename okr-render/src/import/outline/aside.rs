//! Who answers for an element and until when, in brackets behind its words: `Late invoices (Ann, 31/12/2026)`.

use crate::import::values::date::{self, Context, Said};
use crate::import::words;

/// What stands in the brackets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Aside<'t> {
    /// The words before the brackets.
    pub(super) title: &'t str,
    pub(super) owner: Option<&'t str>,
    pub(super) due: Option<&'t str>,
}

/// Reads brackets at the end of a title that name a day, a person behind a word such as `owner`, or both, and nothing
/// else.
///
/// A name alone may be that of a place or a system, and stays where it is.
pub(super) fn read(title: &str) -> Option<Aside<'_>> {
    let body = title.trim_end().strip_suffix(')')?;
    let (before, inner) = body.rsplit_once('(')?;
    let before = before.trim_end();
    if before.is_empty() {
        return None;
    }
    let mut aside = Aside {
        title: before,
        owner: None,
        due: None,
    };
    let mut is_sure = false;
    for part in inner.split([',', ';']).map(str::trim) {
        if let Some(day) = day(part) {
            if aside.due.replace(day).is_some() {
                return None;
            }
            is_sure = true;
        } else if let Some(owner) = labelled(part) {
            if aside.owner.replace(owner).is_some() {
                return None;
            }
            is_sure = true;
        } else if !is_name(part) || aside.owner.replace(part).is_some() {
            return None;
        }
    }
    is_sure.then_some(aside)
}

/// Reads labels with values behind a title: `Pay on time; owner: Ann; due: 31 Dec 2026`.
///
/// Returns the title, and each label with its value; nothing where anything else stands behind it.
pub(super) fn labels(title: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let (before, behind) = title.split_once([';', '|'])?;
    let parts = behind.split([';', '|']).map(str::trim);
    let labels: Option<Vec<(&str, &str)>> = parts.map(super::field).collect();
    let before = before.trim_end();
    labels
        .filter(|_| !before.is_empty())
        .map(|labels| (before, labels))
}

/// Returns the day that a part names: `31/12/2026`, `due 30 Nov`.
fn day(part: &str) -> Option<&str> {
    const WORDS: [&str; 6] = ["due ", "by ", "until ", "bis ", "pour le ", "para "];
    let lower = part.to_lowercase();
    let word = WORDS.iter().find(|word| lower.starts_with(**word));
    let day = word.map_or(part, |word| part[word.len()..].trim_start());
    let has_digit = day.contains(|c: char| c.is_ascii_digit());
    let is_number = day.chars().all(|c| c.is_ascii_digit());
    let is_day = !matches!(date::read(day, &Context::default()), Said::Nothing);
    (has_digit && !is_number && is_day).then_some(day)
}

/// Returns the name behind a word that says that it is one: `owner: Bob`, `resp. Ann Lee`, `@ann`.
fn labelled(part: &str) -> Option<&str> {
    if let Some(name) = part.strip_prefix('@') {
        return Some(name).filter(|name| is_name(name) || !name.contains(' '));
    }
    let (label, name) = part.split_once([':', ' '])?;
    let normal = words::normal(label);
    let is_label = words::is("label-owner", &normal) || matches!(&*normal, "resp" | "verantw");
    (is_label && is_name(name.trim())).then(|| name.trim())
}

/// Returns whether words may be the name of a person: at most three, each with a capital.
fn is_name(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let is_part = |part: &str| {
        part.starts_with(char::is_uppercase)
            && part
                .chars()
                .all(|c| c.is_alphabetic() || "-'’.".contains(c))
    };
    (1..=3).contains(&parts.clone().count()) && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: Option<(&str, &str, &str)>) {
        let found = read(title);
        let found = found.map(|it| (it.title, it.owner.unwrap_or(""), it.due.unwrap_or("")));
        assert_eq!(found, expected, "{title}");
    }

    #[test]
    fn names_and_days_are_known() {
        check(
            "Late invoices (Ann Lee, 31/12/2026)",
            Some(("Late invoices", "Ann Lee", "31/12/2026")),
        );
        check(
            "Days to pay (owner: Bob, due 30 Nov 2026)",
            Some(("Days to pay", "Bob", "30 Nov 2026")),
        );
        check(
            "Encaisser (resp. Claire Petit)",
            Some(("Encaisser", "Claire Petit", "")),
        );
        check(
            "Call them (2026-11-30)",
            Some(("Call them", "", "2026-11-30")),
        );
        check("Call them (@ann)", Some(("Call them", "ann", "")));
    }

    #[test]
    fn labels_stand_behind_titles() {
        assert_eq!(
            labels("Pay on time; OWNER: Ann; due: 31 Dec 2026"),
            Some((
                "Pay on time",
                vec![("OWNER", "Ann"), ("due", "31 Dec 2026")]
            ))
        );
        assert_eq!(labels("Write; call; owner: Ann"), None);
        assert_eq!(labels("Pay on time"), None);
    }

    #[test]
    fn what_else_stands_in_brackets_stays() {
        for title in [
            "Open shops (Germany)",
            "Days to pay (DSO)",
            "Error rate (%)",
            "Cut it (from 9 to 4)",
            "Late invoices (Ann, Bob, 31/12/2026)",
            "(Ann, 31/12/2026)",
            "Phase (2)",
            "Reports (Q3 2026 and later)",
        ] {
            check(title, None);
        }
    }
}
