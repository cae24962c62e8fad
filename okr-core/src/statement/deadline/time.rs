//! The times that phrases name: dates, months, quarters, `the year`, `week 6`, `the first two months`.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Reader;
use crate::model::{Period, PeriodKind};
use crate::statement::token::TokenKind;

/// A stretch of days; both ends are inside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) start: Date,
    pub(super) end: Date,
    pub(super) middle: Date,
}

impl Stretch {
    pub(super) fn day(date: Date) -> Self {
        Self {
            start: date,
            end: date,
            middle: date,
        }
    }

    pub(super) fn of(period: Period) -> Self {
        Self {
            start: period.start(),
            end: period.end(),
            middle: period.middle(),
        }
    }
}

/// A time that was read: its stretch where it could be resolved, and where its words end.
pub(super) struct Time {
    pub(super) stretch: Option<Stretch>,
    pub(super) end: usize,
    pub(super) kind: TimeKind,
    /// Whether its year was written.
    pub(super) has_year: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeKind {
    Date,
    /// A date in digits of which the day and the month cannot be told apart.
    Either,
    Month,
    /// A quarter, a half or a year by name, such as `Q3`.
    Named,
    /// `the quarter`, `the year`.
    Own,
    /// `week 6`, `day 45`, `the first two months`.
    Counted,
}

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

    /// Reads the time that starts at a token.
    pub(super) fn time(&self, first: usize) -> Option<Time> {
        let mut at = first;
        let mut has_article = matches!(self.word(at), "the" | "this" | "our" | "its" | "that");
        let mut next = 0;
        if has_article {
            at += 1;
        }
        // `by end of year` needs no article.
        has_article |= first >= 2
            && self.word(first - 1) == "of"
            && matches!(
                self.word(first - 2),
                "end" | "close" | "start" | "beginning" | "middle"
            );
        match self.word(at) {
            "next" | "following" | "coming" => (next, at) = (1, at + 1),
            "current" | "whole" | "entire" | "full" | "planning" | "plan" if has_article => at += 1,
            "calendar" | "fiscal" | "financial" if has_article => {}
            _ => {}
        }
        if next == 1
            && let Some(time) = self.counted_next(at)
        {
            return Some(time);
        }
        self.date(at)
            .or_else(|| self.own(at, next, has_article || next > 0))
            .or_else(|| self.named(at))
            .or_else(|| self.counted(at, has_article))
            .or_else(|| self.weekday_of_month(at))
    }

    pub(super) fn time_of(
        kind: TimeKind,
        stretch: Option<Stretch>,
        end: usize,
        has_year: bool,
    ) -> Time {
        Time {
            stretch,
            end,
            kind,
            has_year,
        }
    }

    pub(super) fn number(&self, at: usize) -> Option<i32> {
        use rust_decimal::prelude::ToPrimitive as _;
        match self.tokens.get(at)?.kind {
            TokenKind::Number(value) if value.scale() == 0 => value.to_i32(),
            TokenKind::Word => {
                const WORDS: [&str; 13] = [
                    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                    "ten", "eleven", "twelve",
                ];
                let word = self.word(at);
                let number = WORDS.iter().position(|name| *name == word)?;
                i32::try_from(number).ok().filter(|number| *number > 0)
            }
            _ => None,
        }
    }

    pub(super) fn year(&self, at: usize) -> Option<i16> {
        let token = self.tokens.get(at)?;
        let number = i16::try_from(self.number(at)?).ok()?;
        (token.text.len() == 4 && (1990..=2100).contains(&number)).then_some(number)
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

    pub(super) fn with_year(&self, month: i32, day: i32, end: usize) -> Time {
        let comma = usize::from(self.word(end) == ",");
        if let Some(year) = self.year(end + comma) {
            let date = date_of(year, month, day);
            let stretch = date.map(Stretch::day);
            return Self::time_of(TimeKind::Date, stretch, end + comma + 1, true);
        }
        self.in_period(month, day, end)
    }

    /// Returns the first such day on or after the first day of the period.
    pub(super) fn in_period(&self, month: i32, day: i32, end: usize) -> Time {
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

    /// `the quarter`, `next year`, `quarter end`, `year-end`, `EOQ`.
    pub(super) fn own(&self, at: usize, next: i8, has_article: bool) -> Option<Time> {
        let mut at = at;
        let word = self.word(at);
        let abbreviated = match word {
            "eoq" | "quarter-end" => Some(PeriodKind::Quarter),
            "eoh" | "half-end" | "half-year-end" => Some(PeriodKind::Half),
            "eoy" | "ye" | "fye" | "year-end" | "yearend" => Some(PeriodKind::Year),
            "eom" | "month-end" => Some(PeriodKind::Month),
            _ => None,
        };
        if let Some(kind) = abbreviated {
            return Some(self.own_of(Some(kind), next, at + 1, false));
        }
        let middle = match word {
            "mid-quarter" => Some(Some(PeriodKind::Quarter)),
            "mid-half" => Some(Some(PeriodKind::Half)),
            "mid-year" | "midyear" => Some(Some(PeriodKind::Year)),
            "mid-month" => Some(Some(PeriodKind::Month)),
            "mid-period" => Some(None),
            _ => None,
        };
        if let Some(kind) = middle {
            return Some(self.own_of(kind, next, at + 1, true));
        }
        if matches!(
            word,
            "calendar" | "fiscal" | "financial" | "planning" | "plan"
        ) {
            at += 1;
        }
        let kind = match self.word(at) {
            "quarter" | "quarter's" => Some(PeriodKind::Quarter),
            "half" | "half-year" | "halfyear" | "semester" | "half's" => Some(PeriodKind::Half),
            "trimester" => Some(PeriodKind::Trimester),
            "year" | "year's" => Some(PeriodKind::Year),
            "month" if has_article => Some(PeriodKind::Month),
            "period" | "cycle" => None,
            _ => return None,
        };
        let mut end = at + 1;
        // `the half year`.
        let mut kind = kind;
        if kind == Some(PeriodKind::Half) && self.word(end) == "year" {
            end += 1;
        }
        if kind == Some(PeriodKind::Half) && self.word(at) == "half" && self.word(end) == "of" {
            return None;
        }
        if self.word(end) == "-" && self.word(end + 1) == "end" {
            end += 2;
        } else if matches!(self.word(end), "end" | "close") && !self.is_noun_after(end + 1) {
            end += 1;
        } else if !has_article && next == 0 {
            return None;
        }
        if kind == Some(PeriodKind::Month) && next == 0 && !has_article {
            kind = None;
        }
        Some(self.own_of(kind, next, end, false))
    }

    pub(super) fn is_noun_after(&self, at: usize) -> bool {
        // `quarter close process` is no time.
        self.tokens.get(at).is_some_and(|token| {
            token.is_word() && matches!(&*token.lower, "process" | "cycle" | "tasks" | "checklist")
        })
    }

    /// The period itself where it is of that kind, else the first of that kind that ends on or after its
    /// first day; `next` says how many later.
    pub(super) fn own_of(
        &self,
        kind: Option<PeriodKind>,
        next: i8,
        end: usize,
        is_middle: bool,
    ) -> Time {
        let found = self.period.and_then(|period| {
            let own = match kind {
                None => period,
                Some(kind) if period.kind() == Some(kind) => period,
                Some(kind) => Period::containing(period.start(), kind, period.fiscal_year())?,
            };
            if next > 0 { own.next() } else { Some(own) }
        });
        let stretch = found.map(|period| {
            let mut stretch = Stretch::of(period);
            if is_middle {
                stretch.end = stretch.middle;
            }
            stretch
        });
        Self::time_of(TimeKind::Own, stretch, end, false)
    }

    /// `Q3`, `Q3 2026`, `H1`, `FY26`, `2026`, `May`, `May 2026`, `mid-Q2`, `mid-May`, `the third quarter`.
    pub(super) fn named(&self, at: usize) -> Option<Time> {
        let token = self.tokens.get(at)?;
        if let Some(rest) = token.lower.strip_prefix("mid-") {
            let mut time = self.named_word(rest, at, token.is_capitalised() || rest.len() > 3)?;
            if let Some(stretch) = &mut time.stretch {
                stretch.end = stretch.middle;
            }
            return Some(time);
        }
        let ordinal = match &*token.lower {
            "first" => Some(1),
            "second" => Some(2),
            "third" => Some(3),
            "fourth" | "final" | "last" => Some(4),
            _ => None,
        };
        if let Some(index) = ordinal {
            let kind = match self.word(at + 1) {
                "quarter" => PeriodKind::Quarter,
                "half" if index <= 2 => PeriodKind::Half,
                _ => return None,
            };
            let mut end = at + 2;
            let of_year = self.starts(end, &["of", "the", "year"]);
            end += if of_year { 3 } else { 0 };
            let of = usize::from(self.word(end) == "of");
            let year = self.year(end + of);
            end += if year.is_some() { 1 + of } else { 0 };
            let stretch = self.resolve(kind, index, year).map(Stretch::of);
            return Some(Self::time_of(TimeKind::Named, stretch, end, year.is_some()));
        }
        self.named_word(&token.lower, at, token.is_capitalised())
    }

    pub(super) fn named_word(&self, word: &str, at: usize, is_capitalised: bool) -> Option<Time> {
        let mut end = at + 1;
        // A year alone, or with `FY` before it.
        if let Some(year) = self.year(at) {
            // `2026-Q3` and `2026 Q3`.
            let dash = usize::from(self.word(end) == "-");
            if let Some((kind, index)) = part_name(self.word(end + dash)) {
                let stretch = self.resolve(kind, index, Some(year)).map(Stretch::of);
                return Some(Self::time_of(
                    TimeKind::Named,
                    stretch,
                    end + dash + 1,
                    true,
                ));
            }
            let stretch = self
                .resolve(PeriodKind::Year, 1, Some(year))
                .map(Stretch::of);
            return Some(Self::time_of(TimeKind::Named, stretch, end, true));
        }
        if let Some((kind, index)) = part_name(word) {
            let mut year = None;
            let link = usize::from(matches!(self.word(end), "of" | "/" | "-" | "," | "'" | "’"));
            let written = self
                .year(end + link)
                .or_else(|| fiscal_year(self.word(end + link)));
            let short = (link == 1 && matches!(self.word(end), "'" | "’" | "/"))
                .then(|| self.number(end + 1))
                .flatten()
                .filter(|year| (20..=60).contains(year));
            if written.is_some() {
                (year, end) = (written, end + link + 1);
            } else if let Some(short) = short {
                (year, end) = (i16::try_from(2000 + short).ok(), end + 2);
            } else if self.word(end) == "fy" {
                let short = self.number(end + 1).filter(|year| (20..=60).contains(year));
                if let Some(short) = short {
                    (year, end) = (i16::try_from(2000 + short).ok(), end + 2);
                }
            }
            let stretch = self.resolve(kind, index, year).map(Stretch::of);
            return Some(Self::time_of(TimeKind::Named, stretch, end, year.is_some()));
        }
        let fiscal = fiscal_year(word).or_else(|| {
            let is_fiscal = matches!(word, "fy" | "fiscal" | "calendar");
            let skip = usize::from(self.word(end) == "year");
            let year = is_fiscal.then(|| {
                self.year(end + skip).or_else(|| {
                    let short = self
                        .number(end + skip)
                        .filter(|year| (20..=60).contains(year))?;
                    i16::try_from(2000 + short).ok()
                })
            })??;
            end += skip + 1;
            Some(year)
        });
        if let Some(year) = fiscal {
            let stretch = self
                .resolve(PeriodKind::Year, 1, Some(year))
                .map(Stretch::of);
            return Some(Self::time_of(TimeKind::Named, stretch, end, true));
        }
        let month = if word == self.word(at) {
            self.month_name(at)?
        } else {
            if !is_capitalised && word.len() < 4 && word != "may" {
                return None;
            }
            month_by_prefix(word)?
        };
        let link = usize::from(matches!(self.word(end), "of" | ","));
        let year = self.year(end + link);
        end += if year.is_some() { link + 1 } else { 0 };
        let index = i8::try_from(month).ok()?;
        let stretch = self
            .resolve(PeriodKind::Month, index, year)
            .map(Stretch::of);
        Some(Self::time_of(TimeKind::Month, stretch, end, year.is_some()))
    }

    /// Returns the part of that year, or without a year the first that ends on or after the period's
    /// first day.
    pub(super) fn resolve(&self, kind: PeriodKind, index: i8, year: Option<i16>) -> Option<Period> {
        let period = self.period?;
        let fiscal = period.fiscal_year();
        let of_year = |year: i16| {
            let first = Period::containing(date_of(year, 6, 15)?, PeriodKind::Year, None)?;
            let of_calendar = || {
                let month = i32::from(kind.months()) * i32::from(index - 1) + 1;
                Period::containing(date_of(first.start().year(), month, 1)?, kind, None)
            };
            match fiscal.filter(|_| kind != PeriodKind::Month) {
                None => of_calendar(),
                Some(fiscal) => {
                    let text = match kind {
                        PeriodKind::Quarter => format!("FY{year}-Q{index}"),
                        PeriodKind::Half => format!("FY{year}-H{index}"),
                        PeriodKind::Trimester => format!("FY{year}-T{index}"),
                        _ => format!("FY{year}"),
                    };
                    Period::parse(&text, fiscal).ok()
                }
            }
        };
        if let Some(year) = year {
            return of_year(year);
        }
        let start = period.start();
        (start.year() - 1..=start.year() + 2)
            .filter_map(of_year)
            .find(|found| found.end() >= start)
    }

    /// `week 6`, `month 2`, `day 45`, `the first two months`, `4 weeks`, `the first month`.
    pub(super) fn counted(&self, at: usize, has_article: bool) -> Option<Time> {
        if matches!(self.word(at), "week" | "month" | "day" | "wk") {
            let number = self.number(at + 1)?;
            let stretch = self.nth(self.word(at), number);
            return Some(Self::time_of(TimeKind::Counted, stretch, at + 2, false));
        }
        // `W6` counts weeks too, as plans write it.
        let is_first = self.word(at) == "first";
        let mut number_at = at + usize::from(is_first);
        if is_first && matches!(self.word(number_at), "full" | "whole") {
            number_at += 1;
        }
        let number = self.number(number_at);
        let unit_at = number_at + usize::from(number.is_some());
        let number = match number {
            Some(number) => number,
            None if is_first => 1,
            None => {
                let ordinal = [
                    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
                    "tenth",
                ];
                let index = ordinal.iter().position(|word| *word == self.word(at))?;
                let number = i32::try_from(index + 2).ok()?;
                let unit = self.word(at + 1);
                if !has_article || !matches!(unit, "week" | "month") {
                    return None;
                }
                // `the second week of May` is read elsewhere.
                if self.word(at + 2) == "of" && self.month_name(at + 3).is_some() {
                    return None;
                }
                return Some(Self::time_of(
                    TimeKind::Counted,
                    self.nth(unit, number),
                    at + 2,
                    false,
                ));
            }
        };
        let unit = self.word(unit_at);
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        // Days alone are a service level; weeks and months are a time of the plan.
        let fits = match unit {
            "week" | "month" => true,
            "day" => is_first,
            _ => false,
        };
        if !fits {
            return None;
        }
        // `the first week of May` is read elsewhere.
        if is_first && self.word(unit_at + 1) == "of" && self.month_name(unit_at + 2).is_some() {
            return None;
        }
        Some(Self::time_of(
            TimeKind::Counted,
            self.nth(unit, number),
            unit_at + 1,
            false,
        ))
    }

    /// `the next 4 weeks`, `the next two months`.
    pub(super) fn counted_next(&self, at: usize) -> Option<Time> {
        let number = self.number(at)?;
        let unit = self.word(at + 1);
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        if !matches!(unit, "week" | "month" | "day") {
            return None;
        }
        Some(Self::time_of(
            TimeKind::Counted,
            self.nth(unit, number),
            at + 2,
            false,
        ))
    }

    pub(super) fn nth(&self, unit: &str, number: i32) -> Option<Stretch> {
        let period = self.period?;
        let first = period.start();
        let number = i64::from(number).clamp(0, 4000);
        let end = match unit {
            "week" | "wk" => first.checked_add((7 * number - 1).days()).ok()?,
            "day" => first.checked_add((number - 1).days()).ok()?,
            _ => first.checked_add(number.months()).ok()?.yesterday().ok()?,
        };
        let start = match unit {
            "week" | "wk" => first.checked_add((7 * (number - 1)).days()).ok()?,
            "day" => end,
            _ => first.checked_add((number - 1).months()).ok()?,
        };
        (number > 0).then_some(Stretch {
            start,
            end,
            middle: end,
        })
    }

    /// `the second week of May`.
    pub(super) fn weekday_of_month(&self, at: usize) -> Option<Time> {
        let index = match self.word(at) {
            "first" => 1,
            "second" => 2,
            "third" => 3,
            "fourth" => 4,
            _ => return None,
        };
        if !self.starts(at + 1, &["week", "of"]) {
            return None;
        }
        let month = self.month_name(at + 3)?;
        let year = self.year(at + 4);
        let index_of_month = i8::try_from(month).ok()?;
        let month = self.resolve(PeriodKind::Month, index_of_month, year);
        let stretch = month.and_then(|month| {
            let date = month
                .start()
                .checked_add((7 * i64::from(index) - 1).days())
                .ok()?;
            Some(Stretch::day(date))
        });
        let end = at + 4 + usize::from(year.is_some());
        Some(Self::time_of(
            TimeKind::Counted,
            stretch,
            end,
            year.is_some(),
        ))
    }
}

/// Reads `q3` and `h1`, in lower case.
fn part_name(word: &str) -> Option<(PeriodKind, i8)> {
    let (kind, most) = match word.as_bytes() {
        [b'q', _] => (PeriodKind::Quarter, 4),
        [b'h', _] => (PeriodKind::Half, 2),
        _ => return None,
    };
    let index = word[1..].parse().ok()?;
    (1..=most).contains(&index).then_some((kind, index))
}

/// Reads `fy26` and `fy2026`, in lower case.
fn fiscal_year(word: &str) -> Option<i16> {
    let digits = word.strip_prefix("fy")?.trim_start_matches('-');
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
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

fn month_by_prefix(word: &str) -> Option<i32> {
    let found = MONTHS
        .iter()
        .position(|name| *name == word || word.len() >= 3 && name[..3] == *word)?;
    i32::try_from(found + 1).ok()
}

fn date_of(year: i16, month: i32, day: i32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
