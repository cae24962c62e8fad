//! What kinds of values stand in each column, seen from its first rows.

use std::collections::HashSet;

use super::headings::Headings;
use super::legend::{self, Legend};
use super::values::mark::Marked;
use super::values::text::{is_no_value, is_unit, kind_of_mark, kind_of_word, unmark};
use super::values::{date, number, pair, status};
use super::words;
use crate::table::{Table, Value};

/// Rows beyond these are like them.
const SEEN_ROWS: usize = 300;
/// So many rows show how the numbers of columns lie to each other.
const SAMPLE: usize = 40;

/// What stands in a column; each a number of cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// Cells with something in them that is a value.
    pub(crate) filled: usize,
    /// Numbers, with or without units.
    pub(crate) numbers: usize,
    /// Numbers from 0 to 1 and no others count here.
    pub(crate) fractions: usize,
    /// Days.
    pub(crate) dates: usize,
    /// Words for a status.
    pub(crate) statuses: usize,
    /// Statuses of more than two letters, or in signs that stand for one.
    pub(crate) worded: usize,
    /// What a legend of the table explains.
    pub(crate) explained: usize,
    /// Words for the kind of a row.
    pub(crate) kinds: usize,
    /// Marks of rows: `O1`, `KR1.1`.
    pub(crate) marks: usize,
    /// Numbers with dots between them: `1.2`, `1.2.3`.
    pub(crate) dotted: usize,
    /// Numbers from 1 to 99 without a dot between them: `2`.
    pub(crate) whole: usize,
    /// Start and target in one.
    pub(crate) pairs: usize,
    /// Names of units.
    pub(crate) units: usize,
    /// Texts of more than two words.
    pub(crate) phrases: usize,
    /// Texts that begin with blanks.
    pub(crate) indented: usize,
    /// The greatest number.
    pub(crate) greatest: Option<rust_decimal::Decimal>,
    /// Names of people, or their addresses.
    pub(crate) names: usize,
    /// Single words that may be first names.
    pub(crate) first_names: usize,
    /// Texts of two words or more that are no names.
    pub(crate) worded_texts: usize,
    /// Codes of rows: `A1`, `KR2`, `1.3`.
    pub(crate) codes: usize,
    /// Letters for colours: R, A or Y, G.
    pub(crate) letters: usize,
    /// Texts of one to three letters and nothing else.
    pub(crate) short: usize,
    /// Lists: several lines, or bullets.
    pub(crate) lists: usize,
    /// Which of the first rows have something in them, a bit to a row.
    pub(crate) rows: u64,
    /// Texts that stand in a row above as well.
    pub(crate) repeats: usize,
    /// The numbers of the first rows; nothing for a row that has none here.
    pub(crate) sample: Vec<Option<rust_decimal::Decimal>>,
}

impl Profile {
    /// Returns whether at least `tenths` tenths of what stands there are such values.
    pub(crate) const fn mostly(&self, count: usize, tenths: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * tenths
    }
}

/// Looks at the columns below the headings.
pub(crate) fn of(table: &Table, headings: &Headings) -> Vec<Profile> {
    with_legend(table, headings, &legend::of(table))
}

/// Looks at the columns below the headings, where a legend says what stands in one of statuses.
pub(crate) fn with_legend(table: &Table, headings: &Headings, legend: &Legend) -> Vec<Profile> {
    let rows = table
        .rows
        .iter()
        .skip(headings.last + 1)
        .filter(|row| !row.is_empty())
        .take(SEEN_ROWS);
    let width = table
        .rows
        .iter()
        .skip(headings.first)
        .take(SEEN_ROWS)
        .map(Vec::len)
        .max()
        .unwrap_or(0);
    let mut profiles = vec![Profile::default(); width];
    let mut known: Vec<HashSet<&str>> = vec![HashSet::new(); width];
    for (position, row) in rows.enumerate() {
        for (column, cell) in row.iter().enumerate().take(width) {
            let heading = headings
                .columns
                .get(column)
                .map_or("", |heading| &heading.words);
            let profile = &mut profiles[column];
            look(profile, &cell.value, cell, heading);
            if let Value::Text(text) = &cell.value
                && !text.trim().is_empty()
                && !known[column].insert(text.trim())
            {
                profile.repeats += 1;
            }
            if position < 64 && !cell.is_blank() {
                profile.rows |= 1 << position;
            }
            if position < SAMPLE
                && let Some(number) = number::of_cell(cell, number::Decimals::Dot)
            {
                profile.sample.resize(position, None);
                profile.sample.push(Some(number.value));
            }
            if !legend.is_empty() {
                profile.explained += usize::from(legend::explains(legend, &cell.value));
            }
        }
    }
    profiles
}

fn look(profile: &mut Profile, value: &Value, cell: &crate::table::Cell, heading: &str) {
    match value {
        Value::Empty | Value::Error(_) => return,
        Value::Text(text) => {
            let text = text.as_str();
            // A repeated heading is no value.
            if text.trim().is_empty() || is_no_value(text) || text.trim() == heading {
                return;
            }
            let trimmed = text.trim();
            let normal = words::normal(trimmed);
            profile.indented += usize::from(text.starts_with([' ', '\t', '\u{a0}']));
            profile.kinds +=
                usize::from(kind_of_word(&normal).is_some() || words::is("type-level", &normal));
            profile.marks += usize::from(kind_of_mark(trimmed).is_some());
            profile.dotted += usize::from(is_dotted(trimmed));
            let number: Option<u8> = trimmed.trim_end_matches('.').parse().ok();
            profile.whole += usize::from(number.is_some_and(|number| (1..100).contains(&number)));
            profile.units += usize::from(is_unit(trimmed));
            profile.phrases += usize::from(trimmed.split_whitespace().count() > 2);
            let is_name = is_name(trimmed);
            profile.names += usize::from(is_name);
            profile.first_names += usize::from(is_first_name(trimmed, &normal));
            profile.worded_texts += usize::from(!is_name && normal.contains(' '));
            profile.letters += usize::from(matches!(&*normal, "r" | "a" | "y" | "g"));
            profile.codes += usize::from(is_code(trimmed));
            let is_short = trimmed.chars().nth(3).is_none();
            profile.short += usize::from(is_short && trimmed.chars().all(char::is_alphabetic));
            profile.lists += usize::from(trimmed.contains(['\n', '•']));
            profile.pairs += usize::from(pair::read(trimmed, number::Decimals::Dot).is_some());
            if matches!(status::read(trimmed, &[]), status::Said::Status(..)) {
                profile.statuses += 1;
                profile.worded += usize::from(trimmed.len() > 2);
            }
            let is_date = !matches!(
                date::read(trimmed, &date::Context::default()),
                date::Said::Nothing
            );
            profile.dates += usize::from(is_date);
            // `1.1 Days to pay` is a title with its number.
            let is_title =
                |marked: Marked<'_>| !marked.reference.is_empty() && marked.rest.contains(' ');
            if let Some(number) = number::read(trimmed, number::Decimals::Dot)
                && !is_title(unmark(trimmed))
            {
                profile.numbers += 1;
                add(profile, number.value);
            }
        }
        Value::Number(_) => {
            profile.numbers += 1;
            if let Some(number) = number::of_cell(cell, number::Decimals::Dot) {
                add(profile, number.value);
                let is_dotted = number.value.scale() > 0;
                profile.dotted += usize::from(is_dotted);
                let is_small = number.value >= rust_decimal::Decimal::ONE
                    && number.value < rust_decimal::Decimal::ONE_HUNDRED;
                profile.whole += usize::from(is_small && !is_dotted);
            }
        }
        Value::Date(_) => profile.dates += 1,
        Value::Bool(_) => {}
    }
    profile.filled += 1;
}

fn add(profile: &mut Profile, number: rust_decimal::Decimal) {
    use rust_decimal::Decimal;
    profile.fractions += usize::from(number >= Decimal::ZERO && number <= Decimal::ONE);
    profile.greatest = Some(
        profile
            .greatest
            .map_or(number, |greatest| greatest.max(number)),
    );
}

/// Returns whether a text looks like the name of a person: several words that begin with capitals, an initial
/// among them or not, or an address.
fn is_name(text: &str) -> bool {
    if text.len() > 60 || text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut words = text.split_whitespace();
    if text.contains('@') {
        return words.count() == 1;
    }
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let is_particle = |word: &str| word.len() <= 3 && word.chars().all(char::is_lowercase);
    let is_plain = |word: &str| {
        word.chars()
            .all(|c| c.is_alphabetic() || "-'’.,".contains(c))
    };
    let capitals = words.clone().filter(|word| is_capital(word)).count();
    (2..=4).contains(&capitals)
        && words.clone().count() <= 5
        && is_capital(text)
        && words.all(|word| {
            is_plain(word)
                && (is_capital(word) || is_particle(word))
                && !words::is("department", &words::normal(word))
        })
}

/// Returns whether a text is a short number of a row, with letters or dots.
fn is_code(text: &str) -> bool {
    text.len() <= 8
        && text.contains(|c: char| c.is_ascii_digit())
        && text.contains(|c: char| c.is_ascii_alphabetic() || c == '.')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}

/// Returns whether a text is one word that begins with a capital and means nothing else that is known.
fn is_first_name(text: &str, normal: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase)
        && (3..=12).contains(&text.chars().count())
        && letters.all(|c| c.is_lowercase() || c == '-')
        && kind_of_word(normal).is_none()
        && words::status(normal).is_none()
        && words::month(normal).is_none()
        && !is_unit(text)
        && [
            "department",
            "sure-high",
            "sure-middle",
            "sure-low",
            "type-level",
        ]
        .iter()
        .all(|class| !words::is(class, normal))
}

/// Returns whether a text is numbers with dots between them, at least two.
pub(crate) fn is_dotted(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    text.contains('.')
        && text.split('.').all(|part| {
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_told_from_those_of_teams() {
        for text in [
            "Ada Reyes",
            "J. Okoye",
            "Jan van der Berg",
            "a.reyes@x.example",
            "Inés Peña-Ruiz",
        ] {
            assert!(is_name(text), "{text}");
        }
        for text in [
            "Ada",
            "Customer Success",
            "Pay suppliers on time",
            "Q3 2026",
            "52 days",
            "Team Nord",
        ] {
            assert!(!is_name(text), "{text}");
        }
    }
}
