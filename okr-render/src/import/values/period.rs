//! Periods in titles and cells: `2. Quartal 2026`, `Q3 FY26`, `July to September 2026`.

use std::fmt;

use jiff::civil::{Date, date};
use okr_core::model::{FiscalYear, Period};

use crate::import::words;

/// What a text says about the period of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The quarter or half year, or the span of months.
    pub(crate) period: Option<Period>,
    /// The year, or a single month with its year.
    pub(crate) weak: Option<Period>,
    /// The year that stands there, with or without anything else.
    pub(crate) year: Option<i16>,
    /// Whether it speaks of a fiscal year, of which nobody knows when it begins.
    pub(crate) is_fiscal: bool,
}

/// A part of a year without the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A half, 1 or 2.
    Half(i8),
}

impl Part {
    /// Returns the period that it is of a year.
    pub(crate) fn of(self, year: i16) -> Option<Period> {
        let text = match self {
            Self::Quarter(index) => format!("{year}-Q{index}"),
            Self::Half(index) => format!("{year}-H{index}"),
        };
        Period::parse(&text, FiscalYear::default()).ok()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter(index) => write!(f, "Q{index}"),
            Self::Half(index) => write!(f, "H{index}"),
        }
    }
}

/// Reads a part of a year with nothing beside it: `Q4`, `2. Halbjahr`.
pub(crate) fn part(text: &str) -> Option<Part> {
    let normal = words::normal(text);
    let tokens: Vec<&str> = normal.split(' ').collect();
    let (part, length) = part_at(&tokens, 0)?;
    (length == tokens.len()).then_some(part)
}

/// Reads what a text says about a period.
pub(crate) fn read(text: &str) -> Said {
    let normal = words::normal(text);
    let tokens: Vec<&str> = normal.split(' ').collect();
    let mut said = Said::default();
    let mut part = None;
    let mut months: Vec<(usize, i8)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        if let Some((found, length)) = part_at(&tokens, at) {
            part = part.or(Some((found, at, length)));
            at += length;
            continue;
        }
        if let Some(rest) = token
            .strip_prefix("fy")
            .or_else(|| token.strip_prefix("gj"))
            && (rest.is_empty() || rest.bytes().all(|b| b.is_ascii_digit()))
        {
            said.is_fiscal = true;
        } else if words::is("fiscal", token) {
            said.is_fiscal = true;
        } else if let Some(first) = year(token)
            && names_next_year(text, first, tokens.get(at + 1))
        {
            said.is_fiscal = true;
            said.year = said.year.or(Some(first));
        } else if let Some(year) = year(token) {
            said.year = said.year.or(Some(year));
        } else if let Some(month) = words::month(token)
            && token.len() > 2
        {
            months.push((at, month));
        }
        at += 1;
    }
    if said.is_fiscal {
        return said;
    }
    if let Some((part, at, length)) = part {
        // A year of two digits counts only right beside the quarter: `Q3 26`.
        let beside = tokens.get(at + length).and_then(|token| short_year(token));
        let year = said.year.or(beside);
        said.year = year;
        said.period = year.and_then(|year| part.of(year));
        return said;
    }
    let Some(year) = said.year else {
        return said;
    };
    match months[..] {
        [(one, first), (two, last)] if first < last && two - one <= 3 => {
            said.period = span(year, first, last);
        }
        [(_, month)] => {
            said.weak = Period::parse(&format!("{year}-{month:02}"), FiscalYear::default()).ok();
        }
        _ => {
            said.weak = Period::parse(&year.to_string(), FiscalYear::default()).ok();
        }
    }
    said
}

/// Returns whether the next year stands right behind a year: `2026/27`, `2026-2027`.
fn names_next_year(text: &str, first: i16, next: Option<&&str>) -> bool {
    let is_next = |token: &&&str| {
        let year = year(token).or_else(|| short_year(token));
        year == Some(first + 1)
    };
    next.filter(is_next).is_some_and(|next| {
        ['/', '-', '–']
            .iter()
            .any(|sign| text.contains(&format!("{first}{sign}{next}")))
    })
}

/// Returns the part of a fiscal year that a text names, as plans write it: `FY2026-H1`.
pub(crate) fn fiscal(text: &str) -> Option<String> {
    let normal = words::normal(text);
    let tokens: Vec<&str> = normal.split(' ').collect();
    let year = tokens.iter().enumerate().find_map(|(at, token)| {
        let digits = match token
            .strip_prefix("fy")
            .or_else(|| token.strip_prefix("gj"))
        {
            Some("") => tokens.get(at + 1)?,
            Some(digits) => digits,
            None => return None,
        };
        year(digits).or_else(|| short_year(digits))
    })?;
    let part = (0..tokens.len()).find_map(|at| part_at(&tokens, at));
    Some(match part {
        Some((Part::Quarter(index), _)) => format!("FY{year}-Q{index}"),
        Some((Part::Half(index), _)) => format!("FY{year}-H{index}"),
        None => format!("FY{year}"),
    })
}

/// Returns the whole months of a year as a quarter, a half, a year, or a span of days.
fn span(year: i16, first: i8, last: i8) -> Option<Period> {
    let start = date(year, 1, 1).with().month(first).build().ok()?;
    let end = date(year, 1, 1)
        .with()
        .month(last)
        .build()
        .ok()?
        .last_of_month();
    of_days(start, end)
}

/// The first and the last day of something.
pub(crate) type Days = (Option<Date>, Option<Date>);

/// Returns the period that the row of the plan itself shows, by its days or else by its title.
///
/// Days that are no quarter, trimester, half, year or month count in tables of platforms alone, and less than a
/// quarter in the title.
pub(crate) fn of_plan_row((first, last): Days, title: &str, is_stated: bool) -> Option<Period> {
    let days = first
        .zip(last)
        .and_then(|(first, last)| of_days(first, last));
    let is_named = |days: &Period| days.kind().is_some();
    let said = read(title);
    days.filter(is_named)
        .or(said.period)
        .or(days.filter(|_| is_stated))
        .or(said.weak)
}

/// Returns the period that the days of rows show.
///
/// It is the longest quarter, trimester, half, year or month of an objective where all objectives begin together, so
/// that one of them may end before, and else the one from the first to the last day of all rows.
pub(crate) fn of_rows(objectives: &[Days], all: Days) -> Option<Period> {
    let named = |(first, last): Days| of_days(first?, last?).filter(|days| days.kind().is_some());
    let first = objectives.iter().find_map(|(first, _)| *first);
    let is_shared = |day: &Days| day.0.is_none() || day.0 == first;
    let longest = objectives
        .iter()
        .filter_map(|(_, last)| named((first, *last)));
    let longest = longest
        .filter(|_| objectives.iter().all(is_shared))
        .max_by_key(|period| period.end());
    longest.or_else(|| named(all))
}

/// Returns the period from one day to another, by its name where it has one.
pub(crate) fn of_days(start: Date, end: Date) -> Option<Period> {
    use okr_core::model::PeriodKind;
    [
        PeriodKind::Quarter,
        PeriodKind::Trimester,
        PeriodKind::Half,
        PeriodKind::Year,
        PeriodKind::Month,
    ]
    .into_iter()
    .filter_map(|kind| Period::containing(start, kind, None))
    .find(|period| period.start() == start && period.end() == end)
    .or_else(|| Period::custom(start, end))
}

/// Returns a part of a year that stands at a word, and how many words it takes.
pub(crate) fn part_at(tokens: &[&str], at: usize) -> Option<(Part, usize)> {
    let token = tokens[at];
    let next = tokens.get(at + 1).copied().unwrap_or_default();
    let of = |kind: Kind, index: i8| -> Option<Part> {
        match kind {
            Kind::Quarter => (1..=4).contains(&index).then_some(Part::Quarter(index)),
            Kind::Half => (1..=2).contains(&index).then_some(Part::Half(index)),
        }
    };
    // `q3`, `t3`, `h2`, `s1`, `hj1`, and with the year behind, `q32026`.
    for (letters, kind) in [
        ("q", Kind::Quarter),
        ("t", Kind::Quarter),
        ("h", Kind::Half),
        ("s", Kind::Half),
        ("hj", Kind::Half),
        ("hy", Kind::Half),
    ] {
        if let Some(rest) = token.strip_prefix(letters)
            && rest.len() == 1
            && let Some(part) = rest.parse().ok().and_then(|index| of(kind, index))
        {
            return Some((part, 1));
        }
        // `3q`, `1h`
        if let Some(rest) = token.strip_suffix(letters)
            && rest.len() == 1
            && let Some(part) = rest.parse().ok().and_then(|index| of(kind, index))
        {
            return Some((part, 1));
        }
    }
    let kind_of = |word: &str| {
        if words::is("quarter", word) {
            Some(Kind::Quarter)
        } else if words::is("half", word) {
            Some(Kind::Half)
        } else {
            None
        }
    };
    // `3 quartal`, `second half`, `4 o trimestre`, `erstes Halbjahr`
    if let Some(index) = ordinal(token) {
        let (word, length) = if matches!(
            next,
            "o" | "a" | "e" | "er" | "eme" | "th" | "nd" | "rd" | "st"
        ) {
            (tokens.get(at + 2).copied().unwrap_or_default(), 3)
        } else {
            (next, 2)
        };
        // `II kw. 2027`, though `kw 12` is a week.
        let behind = || words::is("quarter-behind", word).then_some(Kind::Quarter);
        if let Some(kind) = kind_of(word).or_else(behind).filter(|_| word.len() > 1) {
            return of(kind, index).map(|part| (part, length));
        }
    }
    // `quartal 3`, `q 3`
    if let Some(kind) = kind_of(token)
        && next.len() == 1
        && let Some(index) = next.parse().ok()
    {
        return of(kind, index).map(|part| (part, 2));
    }
    None
}

#[derive(Clone, Copy)]
enum Kind {
    Quarter,
    Half,
}

/// Returns the number of an ordinal, 1 to 4: `3`, `3rd`, `1er`, `second`.
pub(crate) fn ordinal(token: &str) -> Option<i8> {
    for (class, index) in [("first", 1), ("second", 2), ("third", 3), ("fourth", 4)] {
        if words::is(class, token) {
            return Some(index);
        }
    }
    let digits = token.bytes().take_while(u8::is_ascii_digit).count();
    let index: i8 = token[..digits].parse().ok()?;
    let is_tail = matches!(
        &token[digits..],
        "" | "o"
            | "a"
            | "e"
            | "er"
            | "ere"
            | "eme"
            | "th"
            | "nd"
            | "rd"
            | "st"
            | "te"
            | "ter"
            | "tes"
            | "ste"
    );
    (is_tail && (1..=4).contains(&index)).then_some(index)
}

/// Returns a year of four digits in our times.
pub(crate) fn year(token: &str) -> Option<i16> {
    let year: i16 = (token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit()))
        .then(|| token.parse().ok())??;
    (1990..=2099).contains(&year).then_some(year)
}

/// Returns a year of two digits in our times.
pub(crate) fn short_year(token: &str) -> Option<i16> {
    let year: i16 = (token.len() == 2 && token.bytes().all(|b| b.is_ascii_digit()))
        .then(|| token.parse().ok())??;
    (15..=60).contains(&year).then_some(2000 + year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let said = read(text);
        let shown = match (said.is_fiscal, said.period, said.weak) {
            (true, ..) => "fiscal".to_owned(),
            (_, Some(period), _) => period.to_string(),
            (_, None, Some(weak)) => format!("perhaps {weak}"),
            _ => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn periods_are_found_in_titles() {
        check("Accounts Receivable – OKRs Q1 2026", "2026-Q1");
        check("OKR Fakturierung - 2. Quartal 2026", "2026-Q2");
        check("Fournils - OKR T3 2026", "2026-Q3");
        check("OKR 4.º trimestre de 2026", "2026-Q4");
        check("OKR eerste helft 2027", "2027-H1");
        check("second half of 2026", "2026-H2");
        check("2026 Q3, weekly sheet", "2026-Q3");
        check("OKRs July to September 2026", "2026-Q3");
        check("Q3/26", "2026-Q3");
        check("Q3 Y2026", "nothing");
        check("FY26 first half", "fiscal");
        check("Team plan 2026", "perhaps 2026");
        check("last edited 12 Jan 2026", "perhaps 2026-01");
        check("Collections team OKRs", "nothing");
    }
}
