//! Times that are counted from the first day of the period: `week 6`, `the first two months`.

use jiff::ToSpan as _;
use jiff::civil::{ISOWeekDate, Weekday};

use super::Reader;
use super::time::{Stretch, Time, TimeKind};
use crate::model::PeriodKind;

impl Reader<'_, '_> {
    /// `week 6`, `month 2`, `day 45`, `the first two months`, `4 weeks`, `the first month`.
    pub(super) fn counted(&self, at: usize, has_article: bool) -> Option<Time> {
        if let Some(time) = self.calendar_week(at) {
            return Some(time);
        }
        if matches!(self.word(at), "week" | "month" | "day" | "wk") {
            let number = self.number(at + 1)?;
            let stretch = self.nth(self.word(at), number);
            return Some(Self::time_of(TimeKind::Counted, stretch, at + 2, false));
        }
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

    /// `W20`, `KW 20`, `CW20`, `calendar week 20`, `ISO week 20`: a week of the calendar after ISO 8601, which ends on
    /// its Sunday; the first such week that does not end before the period.
    fn calendar_week(&self, at: usize) -> Option<Time> {
        let word = self.word(at);
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = &word[..word.len() - digits.len()];
        let (number, end) = match (letters, digits) {
            ("w" | "kw" | "cw", number) if !number.is_empty() => (number.parse().ok()?, at + 1),
            ("kw" | "cw", "") => (self.number(at + 1)?, at + 2),
            ("calendar" | "iso", "") if self.word(at + 1) == "week" => {
                (self.number(at + 2)?, at + 3)
            }
            _ => return None,
        };
        let week = i8::try_from(number)
            .ok()
            .filter(|week| (1..=53).contains(week))?;
        let stretch = self.period.and_then(|period| {
            let year = period.start().iso_week_date().year();
            let sundays = [year, year.checked_add(1)?].into_iter().filter_map(|year| {
                let sunday = ISOWeekDate::new(year, week, Weekday::Sunday).ok()?;
                Some(sunday.date())
            });
            let mut sundays = sundays.filter(|sunday| *sunday >= period.start());
            let end = sundays.next()?;
            Some(Stretch {
                start: end.checked_sub(6.days()).ok()?,
                end,
                middle: end,
            })
        });
        Some(Self::time_of(TimeKind::Counted, stretch, end, false))
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

    fn nth(&self, unit: &str, number: i32) -> Option<Stretch> {
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
