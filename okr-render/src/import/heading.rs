//! The words of one heading: the field that they name, the number of a key result, a time.

use super::layout::Field;
use super::reduced;
use super::values::{date, period};
use super::words::{self, Candidate, Plainness};

/// The heading of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heading {
    /// Its words, on one line.
    pub(crate) words: String,
    /// The words of the group above it; empty where there is none.
    pub(crate) group: String,
    /// The day, where the heading is one.
    pub(crate) day: Option<jiff::civil::Date>,
}

impl Heading {
    /// Returns both rows of it, as they are told to people.
    pub(crate) fn full(&self) -> String {
        match (self.group.is_empty(), self.words.is_empty()) {
            (true, _) => self.words.clone(),
            (false, true) => self.group.clone(),
            (false, false) if self.group == self.words => self.words.clone(),
            (false, false) => format!("{} / {}", self.group, self.words),
        }
    }

    /// Returns the words without what stands in brackets, in their normal form.
    pub(crate) fn normal(&self) -> String {
        normal_heading(&self.words)
    }

    /// Returns whether it is its group that names a time.
    pub(crate) fn is_timed_by_group(&self) -> bool {
        time_in(&self.normal()).is_none() && day_in(&self.words).is_none() && self.timed().is_some()
    }

    /// Returns the time that it names, and what it says beside: `Q1 target`, or `Target` in the group `Q1`.
    pub(crate) fn timed(&self) -> Option<(String, String)> {
        time_in(&self.normal())
            .or_else(|| day_in(&self.words))
            .or_else(|| {
                let (time, rest) = time_in(&normal_heading(&self.group))?;
                (rest.is_empty() && !self.words.is_empty()).then(|| (time, self.normal()))
            })
    }
}

/// Reads `main`, `l1`, `level 2`, `title 3`, `ebene 1` as a level; `main` is the first, `l1` the second.
fn level(normal: &str) -> Option<u8> {
    if normal == "main" {
        return Some(1);
    }
    let digits = normal.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = normal[..normal.len() - digits.len()].trim();
    let number: u8 = (digits.len() <= 2).then(|| digits.parse().ok())??;
    match word {
        "l" => number.checked_add(1),
        "level" | "title" | "ebene" | "niveau" | "nivel" | "livello" | "stufe" if number > 0 => {
            Some(number)
        }
        _ => None,
    }
}

/// Reads `key result 1 title` or `kr2 start` as the number of a key result and what is said of it.
pub(crate) fn numbered(normal: &str) -> Option<(u16, String)> {
    let tokens: Vec<&str> = normal.split(' ').collect();
    for (at, token) in tokens.iter().enumerate() {
        // `kr1`, and `kr n° 1`
        let letters = token.trim_end_matches(|c: char| c.is_ascii_digit());
        let (begin, digits) = if letters.is_empty() {
            let end = at - usize::from(at > 0 && matches!(tokens[at - 1], "n" | "no" | "nr"));
            let name = (0..end).find(|from| is_key_result(&tokens[*from..end].join(" ")));
            match name {
                Some(from) => (from, *token),
                None => continue,
            }
        } else if letters.len() < token.len() && is_key_result(letters) {
            (at, &token[letters.len()..])
        } else {
            continue;
        };
        let number: u16 = (digits.len() <= 2).then(|| digits.parse().ok())??;
        let mut rest: Vec<&str> = tokens[..begin].to_vec();
        rest.extend(&tokens[at + 1..]);
        return Some((number, rest.join(" ")));
    }
    None
}

pub(super) fn is_key_result(normal: &str) -> bool {
    words::heading(normal).first().is_some_and(|candidate| {
        candidate.field == Field::KeyResult && candidate.plainness != Plainness::Contained
    })
}

/// Returns the number of the key result that a group heading names: `Key result 2`, `KR B`,
/// `Second key result`.
pub(crate) fn group_number(group: &str) -> Option<u16> {
    let normal = normal_heading(group);
    if let Some((number, rest)) = numbered(&normal) {
        return rest.is_empty().then_some(number);
    }
    // Only a heading that says nothing else is counted by letters and words.
    let (one, two) = (normal.rsplit_once(' '), normal.split_once(' '));
    let behind = one.filter(|(name, _)| is_key_result(name));
    let before = two.filter(|(_, name)| is_key_result(name));
    behind
        .and_then(|(_, mark)| counted(mark))
        .or_else(|| before.and_then(|(mark, _)| counted(mark)))
}

/// Returns the number that a letter, a Roman numeral or a word for an ordinal stands for.
fn counted(mark: &str) -> Option<u16> {
    if let Some(number) = period::ordinal(mark) {
        return u16::try_from(number).ok();
    }
    let number = match mark {
        "iii" => 3,
        "v" => 5,
        "vi" => 6,
        _ => match mark.as_bytes() {
            [letter @ b'a'..=b'h'] => u16::from(letter - b'a') + 1,
            _ => return None,
        },
    };
    Some(number)
}

/// Returns a heading without words such as `week commencing` or `w/e` before a day.
pub(crate) fn without_week(text: &str) -> &str {
    let normal = words::normal(text);
    let Some(length) = words::begins("week-of", &normal) else {
        return text;
    };
    let behind = normal[length..].trim_start();
    text.char_indices()
        .map(|(at, _)| &text[at..])
        .find(|rest| !behind.is_empty() && words::normal(rest) == behind)
        .map_or(text, |rest| {
            rest.trim_start_matches(|c: char| !c.is_alphanumeric())
        })
}

/// Returns whether a text is a day without a year, as headings of weeks have it: `5 Oct`, `05.10.`
fn is_day_of_year(text: &str) -> bool {
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let normal = words::normal(text);
    let names_month = normal
        .split(' ')
        .any(|token| token.len() > 2 && words::month(token).is_some());
    let is_figures = text.trim().ends_with('.') && date::Numbers::read(text).is_some();
    has_digit
        && (names_month || is_figures)
        && date::read(text, &date::Context::default()) == date::Said::NoYear
}

/// Returns whether a heading names a week, a month or a day, so that values of that time stand under it.
pub(crate) fn is_time(text: &str) -> bool {
    let text = without_week(text);
    let normal = words::normal(text);
    let tokens: Vec<&str> = normal.split(' ').collect();
    if tokens.is_empty() || tokens.len() > 4 || normal.is_empty() {
        return false;
    }
    let is_week = date::week_at(&tokens, 0).is_some_and(|(_, length)| {
        tokens[length..]
            .iter()
            .all(|token| period::year(token).is_some())
    });
    let is_month = words::month(tokens[0]).is_some_and(|_| {
        tokens[1..]
            .iter()
            .all(|token| token.bytes().all(|b| b.is_ascii_digit()))
    }) && (tokens[0].len() > 2);
    is_week
        || is_month
        || is_day_of_year(text)
        || matches!(
            date::read(text, &date::Context::default()),
            date::Said::Day(_, date::How::Plain) | date::Said::Either(..)
        )
}

/// Parts a heading into the time that it names and what it says beside: `Q1 target`, `Actual Jan`.
///
/// Quarters and halves count as times here, which they do not where they stand alone in a title.
pub(crate) fn time_in(normal: &str) -> Option<(String, String)> {
    let tokens: Vec<&str> = normal.split(' ').collect();
    if tokens.len() > 6 {
        return None;
    }
    let is_part = |text: &str| {
        let tokens: Vec<&str> = text.split(' ').collect();
        // `Q1 2026` and `2026 Q1`
        let first = usize::from(tokens.len() > 1 && period::year(tokens[0]).is_some());
        period::part_at(&tokens, first).is_some_and(|(_, length)| {
            tokens[first + length..]
                .iter()
                .all(|token| period::year(token).is_some() || period::short_year(token).is_some())
        })
    };
    let is_year = |text: &str| {
        let fiscal = text.strip_prefix("fy").map(str::trim_start);
        period::year(text).is_some()
            || fiscal.is_some_and(|year| {
                period::year(year).is_some() || period::short_year(year).is_some()
            })
    };
    // The longest run of words that is a time.
    for length in (1..=tokens.len()).rev() {
        for from in 0..=tokens.len() - length {
            let time = tokens[from..from + length].join(" ");
            if is_part(&time) || is_year(&time) || is_time(&time) {
                let mut rest = tokens[..from].to_vec();
                rest.extend(&tokens[from + length..]);
                return Some((time, rest.join(" ")));
            }
        }
    }
    None
}

/// Parts a heading into the day that it names in figures or words, as they stand there, and what it says beside:
/// `Stand 30.09.`, `Actual (5 Oct)`.
pub(crate) fn day_in(words: &str) -> Option<(String, String)> {
    if !words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || "()[]".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    (1..=parts.len().min(4)).rev().find_map(|length| {
        let is_day = |from: &usize| {
            let run = parts[*from..from + length].join(" ");
            is_day(run.trim_end_matches([':', ',']))
        };
        let from = (0..=parts.len() - length).find(is_day)?;
        let day = parts[from..from + length].join(" ");
        let rest = [&parts[..from], &parts[from + length..]].concat().join(" ");
        Some((
            day.trim_end_matches([':', ',']).to_owned(),
            words::normal(&rest),
        ))
    })
}

/// Returns whether a text is a day, with or without its year.
fn is_day(text: &str) -> bool {
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    has_digit
        && (is_day_of_year(text)
            || matches!(
                date::read(text, &date::Context::default()),
                date::Said::Day(_, date::How::Plain) | date::Said::Either(..)
            ))
}

/// Returns a heading without what stands in brackets, in its normal form.
pub(crate) fn normal_heading(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let normal = words::normal(&bare);
    if !normal.is_empty() {
        return normal;
    }
    let whole = words::normal(text);
    if whole.is_empty() {
        // Signs alone can be a heading.
        match text.trim() {
            "#" | "№" => "no".to_owned(),
            "%" => "percent".to_owned(),
            "→" => "from to".to_owned(),
            _ => String::new(),
        }
    } else {
        whole
    }
}

/// Returns the fields that a heading may name, the plainest first.
pub(crate) fn candidates(heading: &Heading) -> Vec<Candidate> {
    let normal = heading.normal();
    if normal.is_empty() {
        return Vec::new();
    }
    if let Some(level) = level(&normal) {
        return vec![Candidate {
            field: Field::Level(level),
            plainness: Plainness::Whole,
        }];
    }
    if let Some((_, rest)) = numbered(&normal) {
        if rest.is_empty() {
            return vec![Candidate {
                field: Field::KeyResult,
                plainness: Plainness::Whole,
            }];
        }
        return words::heading(&rest);
    }
    let mut found = words::heading(&normal);
    if says_all(&found) {
        first_by_sign(&heading.words, &mut found);
        return found;
    }
    let others = reduced::candidates(&heading.words, &normal);
    if !others.is_empty() {
        found = others;
    }
    first_by_sign(&heading.words, &mut found);
    found
}

/// Puts first what a sign of the heading says: `% achieved` is about progress, and `KR #` about numbers.
fn first_by_sign(words: &str, found: &mut [Candidate]) {
    let bare = words.split(['(', '[']).next().unwrap_or_default();
    for (sign, field) in [('%', Field::Progress), ('#', Field::Reference)] {
        if bare.contains(sign)
            && let Some(at) = found.iter().position(|one| one.field == field)
        {
            found[..=at].rotate_right(1);
        }
    }
}

/// Returns whether what was found is what the whole heading says.
fn says_all(found: &[Candidate]) -> bool {
    let first = found.first();
    first.is_some_and(|candidate| candidate.plainness != Plainness::Contained)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_results_may_be_numbered() {
        assert_eq!(
            numbered("key result 1 title"),
            Some((1, "title".to_owned()))
        );
        assert_eq!(numbered("kr2 start"), Some((2, "start".to_owned())));
        assert_eq!(numbered("start kr 2"), Some((2, "start".to_owned())));
        assert_eq!(numbered("weight 2"), None);
        assert_eq!(group_number("Key result 2"), Some(2));
        assert_eq!(group_number("Résultat clé n° 2"), Some(2));
        assert_eq!(group_number("KR B"), Some(2));
        assert_eq!(group_number("Third key result"), Some(3));
        assert_eq!(group_number("Key result"), None);
    }

    #[test]
    fn a_heading_may_be_a_time() {
        for text in [
            "KW 41",
            "Week 3",
            "Oct 2026",
            "5 Oct",
            "05.10.",
            "w/c 5 Oct",
            "Woche vom 5.10.",
            "week ending 9 October",
        ] {
            assert!(is_time(text), "{text}");
        }
        for text in ["Owner", "Target", "What", "1.2", "5 sites", "of the week"] {
            assert!(!is_time(text), "{text}");
        }
    }
}
