//! Times by their names: `Q3 2026`, `the third quarter`, `May`, and the plan's own: `the quarter`, `year-end`.

use super::Reader;
use super::date::{date_of, month_by_prefix};
use super::time::{Stretch, Time, TimeKind};
use crate::model::{Period, PeriodKind};

impl Reader<'_, '_> {
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

    fn is_noun_after(&self, at: usize) -> bool {
        // `quarter close process` is no time.
        self.tokens.get(at).is_some_and(|token| {
            token.is_word() && matches!(&*token.lower, "process" | "cycle" | "tasks" | "checklist")
        })
    }

    /// The period itself where it is of that kind, else the first of that kind that ends on or after its
    /// first day; `next` says how many later.
    fn own_of(&self, kind: Option<PeriodKind>, next: i8, end: usize, is_middle: bool) -> Time {
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

    fn named_word(&self, word: &str, at: usize, is_capitalised: bool) -> Option<Time> {
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
