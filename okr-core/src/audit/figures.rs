//! Days in figures, such as `by 4/12/2026`, which not every reader takes for the same day.

use jiff::civil::Date;

use crate::model::Period;
use crate::text::Span;

/// A day in figures that a statement is to be met by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DayInFigures {
    /// Where it stands, with the word before it.
    pub(super) phrase: Span,
    first: i8,
    second: i8,
    year: Option<i16>,
}

/// Words that a day may follow.
const LINKS: [&str; 6] = ["by", "before", "until", "till", "on", "due"];

impl DayInFigures {
    /// Returns the day in figures that a statement names, if there is one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace().peekable();
        while let Some(link) = words.next() {
            let is_link = LINKS.iter().any(|known| link.eq_ignore_ascii_case(known));
            let next = words.peek().filter(|_| is_link);
            let word = next.map(|word| word.trim_end_matches([',', ';', ':', '.', ')', '!']));
            let Some((word, (first, second, year))) =
                word.and_then(|word| Some((word, numbers(word)?)))
            else {
                continue;
            };
            let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
            return Some(Self {
                phrase: Span::new(offset(link), offset(word) + word.len()),
                first,
                second,
                year,
            });
        }
        None
    }

    /// Returns the one day within a period that it can mean, if it can mean one only.
    pub(super) fn only_day_in(&self, period: Period) -> Option<Date> {
        let years = match self.year {
            Some(year) => vec![year],
            None => vec![period.start().year(), period.end().year()],
        };
        let orders = [(self.first, self.second), (self.second, self.first)];
        let mut days: Vec<Date> = years
            .into_iter()
            .flat_map(|year| orders.map(|(day, month)| Date::new(year, month, day)))
            .filter_map(Result::ok)
            .filter(|day| period.contains(*day))
            .collect();
        days.sort_unstable();
        days.dedup();
        match days[..] {
            [day] => Some(day),
            _ => None,
        }
    }
}

/// Returns day and month, in either order, and the year when it is there.
fn numbers(word: &str) -> Option<(i8, i8, Option<i16>)> {
    let sign = ['/', '.', '-']
        .into_iter()
        .find(|sign| word.contains(*sign))?;
    let parts: Vec<&str> = word.split(sign).collect();
    let is_number = |part: &&str| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !parts.iter().all(is_number) {
        return None;
    }
    let number = |part: &str| part.parse::<i8>().ok();
    let (first, second) = (number(parts.first()?)?, number(parts.get(1)?)?);
    // One of both is the month, the other a day of it.
    let can_be = (1..=12).contains(&first.min(second)) && first.max(second) <= 31;
    let year = match parts[2..] {
        // `by 1/3` is a fraction, `by 31/10` none.
        [] => (sign == '/' && first.max(second) > 12).then_some(None),
        [year] if year.len() == 4 => Some(year.parse().ok()),
        [year] if year.len() == 2 => Some(year.parse::<i16>().ok().map(|year| 2000 + year)),
        _ => None,
    };
    can_be.then_some((first, second, year?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FiscalYear;

    #[track_caller]
    fn check(text: &str, phrase: &str, day: Option<&str>) {
        let found = DayInFigures::of(text).unwrap_or_else(|| panic!("{text}: no day"));
        assert_eq!(found.phrase.of(text), phrase);
        let period = Period::parse("2026-Q4", FiscalYear::default()).expect("is a period");
        let found = found.only_day_in(period).map(|day| day.to_string());
        assert_eq!(found.as_deref(), day, "{text}");
    }

    #[test]
    fn a_day_is_offered_when_it_is_the_only_one_in_the_period() {
        check("All staff trained by 31/10", "by 31/10", Some("2026-10-31"));
        check("Done on 12/15, at last", "on 12/15", Some("2026-12-15"));
        check("Ready by 4/12/2026.", "by 4/12/2026", Some("2026-12-04"));
        check(
            "Ready before 24.12.26",
            "before 24.12.26",
            Some("2026-12-24"),
        );
        check("Ready By 11/12/2026", "By 11/12/2026", None);
        check("Ready by 4-5-2026", "by 4-5-2026", None);
    }

    #[test]
    fn other_figures_are_no_days() {
        for text in [
            "Cut cost by 1/3",
            "Cut cost by 2.5",
            "Cut cost by 10-15",
            "Cut cost by 40/100",
            "Score 31/10",
            "Raise it by 4.5/5",
            "Be on 1.2.3",
            "by",
            "Cut it by 1/",
            "Ready by 0/31",
            "Ready by 31/31",
            "Ready by 2026-12-01",
            "größer bis 31/10",
        ] {
            assert_eq!(DayInFigures::of(text), None, "{text}");
        }
    }
}
