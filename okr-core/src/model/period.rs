//! Periods of whole days, by the calendar or by a fiscal year.

mod written;

use jiff::ToSpan;
use jiff::civil::Date;

use super::date::{MONTHS, day_month_year, days_between, last_of_months};
use super::fiscal_year::FiscalYear;

pub use written::PeriodError;

/// The time that a plan is for: whole days, the first and the last both inside.
///
/// Its end is never before its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    label: Label,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Label {
    /// A named part of a year; `fiscal` says that the year is a fiscal one.
    Named {
        year: i16,
        kind: PeriodKind,
        index: i8,
        fiscal: Option<FiscalYear>,
    },
    /// Two dates.
    Custom { start: Date, end: Date },
}

/// How a year is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PeriodKind {
    /// Twelve months.
    Year,
    /// Six months.
    Half,
    /// Four months.
    Trimester,
    /// Three months.
    Quarter,
    /// One calendar month.
    Month,
}

impl PeriodKind {
    /// Returns how many of them make a year.
    #[must_use]
    pub const fn per_year(self) -> i8 {
        match self {
            Self::Year => 1,
            Self::Half => 2,
            Self::Trimester => 3,
            Self::Quarter => 4,
            Self::Month => 12,
        }
    }

    /// Returns how many months long it is.
    #[must_use]
    pub const fn months(self) -> i8 {
        12 / self.per_year()
    }
}

impl Period {
    /// Returns the period from `start` to `end`, both inside, or nothing when `end` comes first.
    #[must_use]
    pub fn custom(start: Date, end: Date) -> Option<Self> {
        (start <= end).then_some(Self {
            label: Label::Custom { start, end },
        })
    }

    /// Returns the period of that kind in which `date` lies, of the fiscal year when one is given.
    ///
    /// A month is always a calendar month.
    /// Returns nothing within a year of the ends of the calendar (the years 1000 and 9999).
    #[must_use]
    pub fn containing(date: Date, kind: PeriodKind, fiscal: Option<FiscalYear>) -> Option<Self> {
        let fiscal = fiscal.filter(|_| kind != PeriodKind::Month);
        let (year, index) = match fiscal {
            Some(fiscal) => {
                let months_in = (date.month() - fiscal.start_month()).rem_euclid(12);
                (fiscal.year_of(date), months_in / kind.months() + 1)
            }
            None => (date.year(), (date.month() - 1) / kind.months() + 1),
        };
        Self::named(year, kind, index, fiscal)
    }

    fn named(year: i16, kind: PeriodKind, index: i8, fiscal: Option<FiscalYear>) -> Option<Self> {
        // A year of room at both ends keeps every date of the period inside the calendar.
        let fits = (1001..=9998).contains(&year) && (1..=kind.per_year()).contains(&index);
        fits.then_some(Self {
            label: Label::Named {
                year,
                kind,
                index,
                fiscal,
            },
        })
    }

    /// Returns the first day, which is inside.
    #[must_use]
    pub fn start(self) -> Date {
        match self.label {
            Label::Custom { start, .. } => start,
            Label::Named {
                year,
                kind,
                index,
                fiscal,
            } => {
                let fiscal = fiscal.unwrap_or_default();
                let months = fiscal.start_month() - 1 + kind.months() * (index - 1);
                let year = fiscal.first_calendar_year(year) + i16::from(months / 12);
                Date::constant(year, months % 12 + 1, 1)
            }
        }
    }

    /// Returns the last day, which is inside.
    #[must_use]
    pub fn end(self) -> Date {
        match self.label {
            Label::Custom { end, .. } => end,
            Label::Named { kind, .. } => last_of_months(self.start(), kind.months()),
        }
    }

    /// Returns the number of days, at least 1.
    #[must_use]
    pub fn days(self) -> i32 {
        days_between(self.start(), self.end()) + 1
    }

    /// Returns whether `date` lies in the period; both ends are inside.
    #[must_use]
    pub fn contains(self, date: Date) -> bool {
        self.start() <= date && date <= self.end()
    }

    /// Returns how the period divides a year, or nothing for a pair of dates.
    #[must_use]
    pub const fn kind(self) -> Option<PeriodKind> {
        match self.label {
            Label::Named { kind, .. } => Some(kind),
            Label::Custom { .. } => None,
        }
    }

    /// Returns the fiscal year that it belongs to, or nothing when it is counted by calendar years.
    #[must_use]
    pub const fn fiscal_year(self) -> Option<FiscalYear> {
        match self.label {
            Label::Named { fiscal, .. } => fiscal,
            Label::Custom { .. } => None,
        }
    }

    /// Returns the period after this one: of the same kind, or of the same number of days.
    ///
    /// Returns nothing at the end of the calendar.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.shift(1)
    }

    /// Returns the period before this one: of the same kind, or of the same number of days.
    ///
    /// Returns nothing at the beginning of the calendar.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.shift(-1)
    }

    fn shift(self, by: i8) -> Option<Self> {
        match self.label {
            Label::Named {
                year,
                kind,
                index,
                fiscal,
            } => {
                let per_year = i32::from(kind.per_year());
                let ordinal = i32::from(year) * per_year + i32::from(index - 1) + i32::from(by);
                let year = i16::try_from(ordinal.div_euclid(per_year)).ok()?;
                let index = i8::try_from(ordinal.rem_euclid(per_year)).ok()? + 1;
                Self::named(year, kind, index, fiscal)
            }
            Label::Custom { start, end } => {
                let days = i64::from(self.days()) * i64::from(by);
                let move_by = |date: Date| date.checked_add(days.days()).ok();
                Self::custom(move_by(start)?, move_by(end)?)
                    .filter(|period| period.start().year() >= 1000)
            }
        }
    }

    /// Returns the middle: the 15th of the middle month for an odd number of months, the last day of
    /// the first half for an even one, and the middle day of a pair of dates.
    #[must_use]
    pub fn middle(self) -> Date {
        let start = self.start();
        match self.label {
            Label::Named { kind, .. } if kind.months() % 2 == 0 => {
                last_of_months(start, kind.months() / 2)
            }
            Label::Named { kind, .. } => {
                let middle = last_of_months(start, kind.months() / 2 + 1);
                Date::constant(middle.year(), middle.month(), 15)
            }
            Label::Custom { .. } => self.day((self.days() + 1) / 2),
        }
    }

    /// Returns the last day of the `number`th week, counted from the period's first day as week 1.
    ///
    /// The last week may be short; a week after it, or one before the first, gives nothing.
    #[must_use]
    pub fn week_end(self, number: i32) -> Option<Date> {
        let last = (self.days() + 6) / 7;
        (1..=last).contains(&number).then(|| self.day(7 * number))
    }

    /// Returns the last day of the `number`th month, counted from the period's first day as month 1.
    ///
    /// A month that ends after the period is cut to its end; one that begins after it gives nothing.
    #[must_use]
    pub fn month_end(self, number: i32) -> Option<Date> {
        let number = i8::try_from(number)
            .ok()
            .filter(|number| (1..=120).contains(number))?;
        let begins = self
            .start()
            .checked_add(i64::from(number - 1).months())
            .ok()?;
        if begins > self.end() {
            return None;
        }
        let end = self
            .start()
            .checked_add(i64::from(number).months())
            .ok()?
            .yesterday()
            .ok()?;
        Some(end.min(self.end()))
    }

    /// Returns the `number`th day, the first being 1, kept within the period.
    fn day(self, number: i32) -> Date {
        let number = number.clamp(1, self.days());
        self.start()
            .checked_add(i64::from(number - 1).days())
            .unwrap_or(self.end())
    }

    /// Returns how people say it: `Q4 2026`, `H1 FY2027`, `November 2026`, `1 Oct 2026 – 31 Dec 2026`.
    #[must_use]
    pub fn name(self) -> String {
        match self.label {
            Label::Custom { start, end } => {
                format!("{} – {}", day_month_year(start), day_month_year(end))
            }
            Label::Named {
                year,
                kind,
                index,
                fiscal,
            } => {
                let year = if fiscal.is_some() {
                    format!("FY{year}")
                } else {
                    year.to_string()
                };
                match kind {
                    PeriodKind::Year => year,
                    PeriodKind::Half => format!("H{index} {year}"),
                    PeriodKind::Trimester => format!("T{index} {year}"),
                    PeriodKind::Quarter => format!("Q{index} {year}"),
                    PeriodKind::Month => {
                        format!("{} {year}", MONTHS[usize::from(index.unsigned_abs()) - 1])
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::YearLabel;

    fn fiscal(month: i8) -> FiscalYear {
        FiscalYear::new(month, YearLabel::End).unwrap()
    }

    #[track_caller]
    fn check(label: &str, start_month: i8, start: &str, end: &str) {
        let period = Period::parse(label, fiscal(start_month)).unwrap();
        assert_eq!(
            (period.start().to_string(), period.end().to_string()),
            (start.into(), end.into())
        );
        assert_eq!(period.to_string(), label);
    }

    #[test]
    fn labels_name_whole_months() {
        check("2026", 1, "2026-01-01", "2026-12-31");
        check("2026-H2", 1, "2026-07-01", "2026-12-31");
        check("2026-T3", 1, "2026-09-01", "2026-12-31");
        check("2026-Q2", 1, "2026-04-01", "2026-06-30");
        check("2028-02", 1, "2028-02-01", "2028-02-29");
        check("2026-10-05..2026-12-18", 1, "2026-10-05", "2026-12-18");
    }

    #[test]
    fn fiscal_years_are_named_after_the_year_they_end_in() {
        check("FY2027-Q1", 4, "2026-04-01", "2026-06-30");
        check("FY2026-Q1", 2, "2025-02-01", "2025-04-30");
        check("FY2027-Q4", 4, "2027-01-01", "2027-03-31");
        check("FY2027", 10, "2026-10-01", "2027-09-30");
        check("2027-Q1", 4, "2027-01-01", "2027-03-31");
    }

    #[test]
    fn fiscal_years_may_be_named_after_the_year_they_start_in() {
        let year = FiscalYear::new(4, YearLabel::Start).unwrap();
        let period = Period::parse("FY2026-Q4", year).unwrap();
        assert_eq!(period.start().to_string(), "2027-01-01");
        assert_eq!(
            Period::containing(period.end(), PeriodKind::Quarter, Some(year)),
            Some(period)
        );
    }

    #[test]
    fn the_next_period_follows_without_a_gap() {
        let parse = |label| Period::parse(label, fiscal(4)).unwrap();
        assert_eq!(parse("2026-Q4").next(), Some(parse("2027-Q1")));
        assert_eq!(parse("2026-T1").previous(), Some(parse("2025-T3")));
        let mut period = parse("FY2020-T1");
        for _ in 0..12 {
            let next = period.next().unwrap();
            assert_eq!(period.end().tomorrow().unwrap(), next.start());
            assert_eq!(next.previous(), Some(period));
            period = next;
        }
    }

    #[test]
    fn the_middle_depends_on_the_number_of_months() {
        let middle = |label| {
            Period::parse(label, FiscalYear::default())
                .unwrap()
                .middle()
                .to_string()
        };
        assert_eq!(middle("2026-Q2"), "2026-05-15");
        assert_eq!(middle("2026-H1"), "2026-03-31");
        assert_eq!(middle("2026-T2"), "2026-06-30");
        assert_eq!(middle("2026"), "2026-06-30");
        assert_eq!(middle("2026-11"), "2026-11-15");
    }

    #[test]
    fn weeks_and_months_are_counted_from_the_first_day() {
        let quarter = Period::parse("2026-Q2", FiscalYear::default()).unwrap();
        let week = |number| quarter.week_end(number).map(|date| date.to_string());
        assert_eq!(week(6).as_deref(), Some("2026-05-12"));
        assert_eq!(week(4).as_deref(), Some("2026-04-28"));
        assert_eq!(week(13).as_deref(), Some("2026-06-30"));
        assert_eq!(week(14), None);
        assert_eq!(week(0), None);
        assert_eq!(quarter.month_end(1).unwrap().to_string(), "2026-04-30");
        assert_eq!(quarter.month_end(4), None);
    }
}
