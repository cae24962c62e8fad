//! Days of a month, in figures and in words: `31/10`, `March 31st, 2026`, `2026-03-31`.

use jiff::civil::Date;

use super::Reader;
use super::time::{Stretch, Time, TimeKind};
use crate::statement::token::TokenKind;

impl Reader<'_, '_> {
    /// Reads a date of two or three numbers: `31/10`, `31.10.2026`, `4/12/2026`.
    ///
    /// With dots the day stands first; with slashes either may, so a date that can be read both ways names
    /// no day.
    pub(super) fn numeric_date(&self, at: usize) -> Option<Time> {
        let mut parts = [""; 3];
        let mut found = 0;
        let mut end = at;
        let mut mark = "";
        // A dot may have been read as a decimal point: `31.10` and `.` and `2026`.
        loop {
            let token = self.tokens.get(end)?;
            if !matches!(token.kind, TokenKind::Number(_)) || end > at && !token.is_glued {
                return None;
            }
            for part in token.text.split('.') {
                *parts.get_mut(found)? = part;
                found += 1;
            }
            if token.text.contains('.') {
                mark = ".";
            }
            end += 1;
            let next = self.tokens.get(end).filter(|next| next.is_glued);
            let goes_on = self
                .tokens
                .get(end + 1)
                .is_some_and(|next| next.is_glued && matches!(next.kind, TokenKind::Number(_)));
            match next {
                Some(next) if (next.is("/") || next.is(".")) && goes_on && found < 3 => {
                    mark = &*next.lower;
                    end += 1;
                }
                _ => break,
            }
        }
        let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() <= 2);
        let (first, second) = (number(parts[0])?, number(parts[1])?);
        let year = match parts[2].len() {
            0 => None,
            2 => Some(2000 + parts[2].parse::<i16>().ok()?),
            4 => Some(parts[2].parse().ok()?),
            _ => return None,
        };
        if mark == "." {
            // Without its year it ends in a dot, or it is a decimal number.
            let is_closed = self
                .tokens
                .get(end)
                .is_some_and(|next| next.is(".") && next.is_glued);
            if year.is_none() {
                if !is_closed || parts[1].len() != 2 {
                    return None;
                }
                end += 1;
            }
        }
        // `by 2/3` is a fraction.
        if mark == "/" && year.is_none() && first < second && second <= 5 {
            return None;
        }
        let fits = |day: i32, month: i32| (1..=31).contains(&day) && (1..=12).contains(&month);
        let (day, month) = match (fits(first, second), mark == "." || !fits(second, first)) {
            (true, true) => (first, second),
            (true, false) if first == second => (first, second),
            (true, false) => return Some(Self::time_of(TimeKind::Either, None, end, false)),
            (false, _) if mark == "/" && fits(second, first) => (second, first),
            _ => return None,
        };
        let Some(year) = year else {
            return Some(self.in_period(month, day, end));
        };
        let stretch = date_of(year, month, day).map(Stretch::day);
        Some(Self::time_of(TimeKind::Date, stretch, end, true))
    }

    /// `31 March`, `March 31st, 2026`, `2026-03-31`, `31.3.2026`, `31 Mar`.
    pub(super) fn date(&self, at: usize) -> Option<Time> {
        let done = |date: Option<Date>, end, has_year| {
            Some(Self::time_of(
                TimeKind::Date,
                date.map(Stretch::day),
                end,
                has_year,
            ))
        };
        // 2026-03-31
        if let Some(year) = self.year(at)
            && self.word(at + 1) == "-"
            && self.word(at + 3) == "-"
            && self.tokens.get(at + 1)?.is_glued
        {
            let (month, day) = (self.number(at + 2)?, self.number(at + 4)?);
            return done(date_of(year, month, day), at + 5, true);
        }
        // 31 March; 31st of March
        if let Some(day) = self.number(at).filter(|day| (1..=31).contains(day)) {
            let mut end = at + 1;
            let is_ordinal = matches!(self.word(end), "st" | "nd" | "rd" | "th");
            end += usize::from(is_ordinal);
            end += usize::from(self.word(end) == "of" && is_ordinal);
            if let Some(month) = self.month_name(end) {
                end += 1 + usize::from(self.word(end + 1) == "." && self.word(end).len() <= 4);
                return Some(self.with_year(month, day, end));
            }
        }
        // March 31
        if let Some(month) = self.month_name(at) {
            let day_at = at + 1 + usize::from(self.word(at + 1) == "the");
            let day = self.number(day_at).filter(|day| (1..=31).contains(day));
            if let Some(day) = day.filter(|_| self.tokens[day_at].text.len() <= 2) {
                let mut end = day_at + 1;
                end += usize::from(matches!(self.word(end), "st" | "nd" | "rd" | "th"));
                return Some(self.with_year(month, day, end));
            }
        }
        None
    }

    fn with_year(&self, month: i32, day: i32, end: usize) -> Time {
        let comma = usize::from(self.word(end) == ",");
        if let Some(year) = self.year(end + comma) {
            let date = date_of(year, month, day);
            let stretch = date.map(Stretch::day);
            return Self::time_of(TimeKind::Date, stretch, end + comma + 1, true);
        }
        self.in_period(month, day, end)
    }

    /// Returns the first such day on or after the first day of the period.
    fn in_period(&self, month: i32, day: i32, end: usize) -> Time {
        let date = self.period.and_then(|period| {
            let year = period.start().year();
            let in_year = |year| date_of(year, month, day).filter(|date| *date >= period.start());
            in_year(year).or_else(|| in_year(year + 1))
        });
        Self::time_of(TimeKind::Date, date.map(Stretch::day), end, false)
    }

    pub(super) fn month_name(&self, at: usize) -> Option<i32> {
        let token = self.tokens.get(at)?;
        let word = token.lower.trim_end_matches('.');
        // `may` and `march` are words as well; a month is written with a capital.
        let is_word = matches!(word, "may" | "march" | "mar" | "sun" | "dec");
        if is_word && !token.is_capitalised() {
            return None;
        }
        let short = |name: &&str| {
            *name == word
                || word.len() >= 3 && *word == name[..3]
                || word == "sept" && name.starts_with("sep")
        };
        let found = MONTHS.iter().position(short)?;
        i32::try_from(found + 1).ok()
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(super) fn month_by_prefix(word: &str) -> Option<i32> {
    let found = MONTHS
        .iter()
        .position(|name| *name == word || word.len() >= 3 && name[..3] == *word)?;
    i32::try_from(found + 1).ok()
}

pub(super) fn date_of(year: i16, month: i32, day: i32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
