//! Days as people write them.

use jiff::civil::{Date, ISOWeekDate, Weekday, date};
use okr_core::model::{Period, parse_date};

use super::period;
use crate::import::words;

/// Which part of `03/04/2026` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateOrder {
    /// The third of April.
    DayFirst,
    /// The fourth of March.
    MonthFirst,
}

/// What is known before a date is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context {
    /// The order of day and month, where the file or the user says it.
    pub(crate) order: Option<DateOrder>,
    /// The period of the plan, which decides between two readings and gives a missing year.
    pub(crate) period: Option<Period>,
    /// The year for dates without one, where there is no period.
    pub(crate) year: Option<i16>,
}

/// How a date was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// It can be read in one way only.
    Plain,
    /// Day and month could change places, and what is known of the file decided.
    ByOrder,
    /// Day and month could change places, and only one reading lies in the plan's period.
    ByPeriod,
    /// It names no year, and the period of the plan gave it.
    YearTaken,
    /// It names a month, quarter or year, whose last day was taken.
    LastDay,
}

/// What a text says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// A day.
    Day(Date, How),
    /// One of two days.
    Either(Date, Date),
    /// Something like a day for which the year is not known.
    NoYear,
    /// No day.
    Nothing,
}

/// Reads a day.
pub(crate) fn read(text: &str, context: &Context) -> Said {
    let text = text.trim();
    if let Some(day) = parse_date(text) {
        return Said::Day(day, How::Plain);
    }
    if text.is_empty()
        || text.len() > 60
        || text.is_ascii() && text.bytes().all(|b| !b.is_ascii_alphanumeric())
    {
        return Said::Nothing;
    }
    if let Some(said) = numeric(text, context) {
        return said;
    }
    in_words(without_time(text), context)
}

/// Returns a text without the time of day behind it: `31/Mar/27 12:00 AM`.
fn without_time(text: &str) -> &str {
    let is_half = |word: &str| matches!(&*words::normal(word), "am" | "pm" | "a m" | "p m");
    let day = match text.rsplit_once(' ') {
        Some((rest, half)) if is_half(half) => rest.trim_end(),
        _ => text,
    };
    match day.rsplit_once([' ', 'T']) {
        Some((rest, time))
            if time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            rest.trim_end_matches([' ', ','])
        }
        _ => text,
    }
}

/// The three numbers of a date such as `30/09/2026`, and what parts them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers {
    first: i8,
    second: i8,
    year: Option<i16>,
    sign: char,
}

impl Numbers {
    /// Reads two numbers with a year behind them, or without; a time of day may follow.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text =
            text.split_once([' ', 'T']).map_or(
                text,
                |(day, time)| {
                    if time.contains(':') { day } else { text }
                },
            );
        let sign = text.chars().find(|c| !c.is_ascii_digit())?;
        if !matches!(sign, '/' | '.' | '-') {
            return None;
        }
        let body = text
            .strip_suffix(sign)
            .filter(|_| sign == '.')
            .unwrap_or(text);
        let parts: Vec<&str> = body.split(sign).map(str::trim).collect();
        let small = |part: &str| -> Option<i8> {
            let number: i8 = (part.len() <= 2).then(|| part.parse().ok())??;
            (1..=31).contains(&number).then_some(number)
        };
        let (first, second, year) = match parts[..] {
            [first, second, year] => {
                let year = period::year(year).or_else(|| period::short_year(year))?;
                (small(first)?, small(second)?, Some(year))
            }
            [first, second] if sign != '-' && (sign == '/' || text.ends_with('.')) => {
                (small(first)?, small(second)?, None)
            }
            _ => return None,
        };
        Some(Self {
            first,
            second,
            year,
            sign,
        })
    }

    /// Returns the order that the numbers show, where only one is possible.
    pub(crate) const fn order(self) -> Option<DateOrder> {
        if self.sign == '.' || self.first > 12 {
            Some(DateOrder::DayFirst)
        } else if self.second > 12 {
            Some(DateOrder::MonthFirst)
        } else {
            None
        }
    }
}

fn numeric(text: &str, context: &Context) -> Option<Said> {
    // Years in front, with other signs than the usual one, or a time behind: `2026/07/31`.
    let head: String = text.chars().take(10).collect();
    if let Some(day) = parse_date(&head.replace(['/', '.'], "-"))
        && (text.chars().count() == 10 || text.contains(':'))
    {
        return Some(Said::Day(day, How::Plain));
    }
    if text.len() == 8 && text.starts_with("20") && text.bytes().all(|b| b.is_ascii_digit()) {
        let day = parse_date(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))?;
        return Some(Said::Day(day, How::Plain));
    }
    let numbers = Numbers::read(text)?;
    let day = |order, year| {
        let (day, month) = match order {
            DateOrder::DayFirst => (numbers.first, numbers.second),
            DateOrder::MonthFirst => (numbers.second, numbers.first),
        };
        Date::new(year, month, day).ok()
    };
    let Some(year) = numbers.year else {
        let order = numbers.order().or(context.order)?;
        let (day, month) = match order {
            DateOrder::DayFirst => (numbers.first, numbers.second),
            DateOrder::MonthFirst => (numbers.second, numbers.first),
        };
        return Some(without_year(month, Some(day), context));
    };
    if let Some(order) = numbers.order() {
        return day(order, year).map(|day| Said::Day(day, How::Plain));
    }
    let (one, two) = (
        day(DateOrder::DayFirst, year)?,
        day(DateOrder::MonthFirst, year)?,
    );
    if one == two {
        return Some(Said::Day(one, How::Plain));
    }
    if let Some(order) = context.order {
        return Some(Said::Day(day(order, year)?, How::ByOrder));
    }
    if let Some(period) = context.period {
        match (period.contains(one), period.contains(two)) {
            (true, false) => return Some(Said::Day(one, How::ByPeriod)),
            (false, true) => return Some(Said::Day(two, How::ByPeriod)),
            _ => {}
        }
    }
    Some(Said::Either(one, two))
}

/// Which day of a month is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Last,
    Middle,
}

fn in_words(text: &str, context: &Context) -> Said {
    let normal = words::normal(text);
    let tokens: Vec<&str> = normal.split(' ').collect();
    if tokens.len() > 8 {
        return Said::Nothing;
    }
    for (class, is_period) in [("year-end", false), ("period-end", true)] {
        if words::is(class, &normal) {
            return match (context.period, context.year) {
                (Some(period), _) if is_period => Said::Day(period.end(), How::YearTaken),
                (Some(period), _) => Said::Day(date(period.start().year(), 12, 31), How::YearTaken),
                (None, Some(year)) if !is_period => Said::Day(date(year, 12, 31), How::YearTaken),
                _ => Said::NoYear,
            };
        }
    }
    let (mut day, mut month, mut year, mut part, mut week) = (None, None, None, None, None);
    let mut within = Within::Last;
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        let rest = tokens[at..].join(" ");
        if part.is_none()
            && let Some((found, length)) = period::part_at(&tokens, at)
        {
            part = Some(found);
            at += length;
            continue;
        }
        if let Some(number) = week_at(&tokens, at) {
            week = Some(number.0);
            at += number.1;
            continue;
        }
        if let Some(found) = words::month_in_date(token).filter(|_| month.is_none()) {
            month = Some(found);
        } else if let Some(found) = period::year(token) {
            year = Some(found);
        } else if let Some(found) = period::year(token.strip_prefix('y').unwrap_or("")) {
            year = Some(found);
        } else if let Some(found) = day_number(token).filter(|_| day.is_none()) {
            day = Some(found);
        } else if let Some(found) =
            period::short_year(token).filter(|_| month.is_some() || part.is_some())
        {
            year = Some(found);
        } else if let Some(length) = words::begins("end-of", &rest) {
            at += rest[..length].matches(' ').count();
        } else if let Some(length) = words::begins("middle-of", &rest) {
            within = Within::Middle;
            at += rest[..length].matches(' ').count();
        } else if words::is("weekday", token) || words::is("date-filler", token) {
            // These say nothing more.
        } else if let Some((number, name)) = glued(token) {
            day = Some(number);
            month = Some(name);
        } else {
            return Said::Nothing;
        }
        at += 1;
    }
    if let Some(number) = week {
        let (year, how) = match (year, context.period, context.year) {
            (Some(year), ..) => (year, How::LastDay),
            (None, Some(period), _) => (period.start().year(), How::YearTaken),
            (None, None, Some(year)) => (year, How::YearTaken),
            _ => return Said::NoYear,
        };
        return ISOWeekDate::new(year, number, Weekday::Friday)
            .map_or(Said::Nothing, |week| Said::Day(week.date(), how));
    }
    if let Some(part) = part {
        let (year, how) = match (year, context.period, context.year) {
            (Some(year), ..) => (year, How::LastDay),
            (None, Some(period), _) => (period.end().year(), How::YearTaken),
            (None, None, Some(year)) => (year, How::YearTaken),
            _ => return Said::NoYear,
        };
        return part
            .of(year)
            .map_or(Said::Nothing, |period| Said::Day(period.end(), how));
    }
    let Some(month) = month else {
        return match (year, day) {
            (Some(year), None) if tokens.len() == 1 || within == Within::Last => {
                Said::Day(date(year, 12, 31), How::LastDay)
            }
            _ => Said::Nothing,
        };
    };
    if within == Within::Middle {
        day = Some(15);
    }
    match (day, year) {
        (Some(day), Some(year)) => {
            Date::new(year, month, day).map_or(Said::Nothing, |day| Said::Day(day, How::Plain))
        }
        (None, Some(year)) => Date::new(year, month, 1).map_or(Said::Nothing, |first| {
            Said::Day(first.last_of_month(), How::LastDay)
        }),
        (day, None) => without_year(month, day, context),
    }
}

/// Returns the day of a month that lies in the period, or in its first year.
fn without_year(month: i8, day: Option<i8>, context: &Context) -> Said {
    let in_year = |year: i16| match day {
        Some(day) => Date::new(year, month, day).ok(),
        None => Date::new(year, month, 1).ok().map(Date::last_of_month),
    };
    let years = match (context.period, context.year) {
        (Some(period), _) => [Some(period.start().year()), Some(period.end().year())],
        (None, year) => [year, None],
    };
    let days: Vec<Date> = years.into_iter().flatten().filter_map(in_year).collect();
    let inside = days
        .iter()
        .find(|day| context.period.is_none_or(|period| period.contains(**day)));
    match inside.or(days.first()) {
        Some(day) => Said::Day(*day, How::YearTaken),
        None => Said::NoYear,
    }
}

/// Reads `31`, `1er`, `2nd`, as the day of a month.
fn day_number(token: &str) -> Option<i8> {
    let digits = token.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let is_tail = matches!(
        &token[digits..],
        "" | "st" | "nd" | "rd" | "th" | "er" | "o" | "e" | "ste"
    );
    let day: i8 = token[..digits].parse().ok()?;
    (is_tail && (1..=31).contains(&day)).then_some(day)
}

/// Reads `31jul`.
fn glued(token: &str) -> Option<(i8, i8)> {
    let digits = token.bytes().take_while(u8::is_ascii_digit).count();
    let day: i8 = (1..=2)
        .contains(&digits)
        .then(|| token[..digits].parse().ok())??;
    let month = words::month_in_date(&token[digits..])?;
    (1..=31).contains(&day).then_some((day, month))
}

/// Reads a week of the calendar, `kw 27`, `w27`, and returns how many words it takes.
pub(crate) fn week_at(tokens: &[&str], at: usize) -> Option<(i8, usize)> {
    let token = tokens[at];
    let number = |text: &str| -> Option<i8> {
        let week: i8 = (text.len() <= 2).then(|| text.parse().ok())??;
        (1..=53).contains(&week).then_some(week)
    };
    if words::is("week", token) {
        return number(tokens.get(at + 1)?).map(|week| (week, 2));
    }
    let letters = token.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > 0 && words::is("week", &token[..letters]) {
        return number(&token[letters..]).map(|week| (week, 1));
    }
    None
}

/// Returns the day of a number that counts days, as sheets store dates, within 1982 to 2064.
pub(crate) fn of_serial(number: rust_decimal::Decimal) -> Option<Date> {
    use rust_decimal::prelude::ToPrimitive;
    let days = number.trunc().to_i64()?;
    (30_000..=60_000).contains(&days).then(|| {
        date(1899, 12, 30)
            .checked_add(jiff::Span::new().days(days))
            .ok()
    })?
}

#[cfg(test)]
mod tests {
    use super::*;
    use okr_core::model::FiscalYear;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let period = Period::parse("2026-Q3", FiscalYear::default()).ok();
        let context = Context {
            period,
            ..Context::default()
        };
        let shown = match read(text, &context) {
            Said::Day(day, How::Plain) => day.to_string(),
            Said::Day(day, how) => format!("{day} {how:?}"),
            Said::Either(one, two) => format!("{one} or {two}"),
            Said::NoYear => "no year".to_owned(),
            Said::Nothing => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn days_are_written_in_many_ways() {
        check("2026-09-30", "2026-09-30");
        check("2026-09-30 08:15:00", "2026-09-30");
        check("2026/09/30", "2026-09-30");
        check("30/09/2026", "2026-09-30");
        check("9/30/2026", "2026-09-30");
        check("30.09.2026", "2026-09-30");
        check("30.9.26", "2026-09-30");
        check("05.06.2026", "2026-06-05");
        check("31 Jul 2026", "2026-07-31");
        check("31-Jul-26", "2026-07-31");
        check("Sept 30, 2026", "2026-09-30");
        check("September 30th, 2026", "2026-09-30");
        check("Fri 31 July 2026", "2026-07-31");
        check("1er août 2026", "2026-08-01");
        check("5 de octubre de 2026", "2026-10-05");
        check("31. Juli 2026", "2026-07-31");
    }

    #[test]
    fn months_and_quarters_end_on_their_last_day() {
        check("Q3 2026", "2026-09-30 LastDay");
        check("T3 2026", "2026-09-30 LastDay");
        check("Sept 2026", "2026-09-30 LastDay");
        check("Ende September 2026", "2026-09-30 LastDay");
        check("end of Sept", "2026-09-30 YearTaken");
        check("Q3", "2026-09-30 YearTaken");
        check("31 August", "2026-08-31 YearTaken");
        check("mid-July", "2026-07-15 YearTaken");
        check("KW 36", "2026-09-04 YearTaken");
        check("end of quarter", "2026-09-30 YearTaken");
    }

    #[test]
    fn what_can_be_two_days_is_said_to_be() {
        check("05/06/2026", "2026-06-05 or 2026-05-06");
        check("07/07/2026", "2026-07-07");
        check("08/12/2026", "2026-08-12 ByPeriod");
        for text in ["soon", "TBD", "1.2", "12", "phase 2", "—"] {
            check(text, "nothing");
        }
        assert_eq!(read("31 August", &Context::default()), Said::NoYear);
    }
}
