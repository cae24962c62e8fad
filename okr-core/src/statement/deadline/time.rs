//! The time that a phrase names, of whichever kind it is.

use jiff::civil::Date;

use super::Reader;
use crate::model::Period;
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
}
