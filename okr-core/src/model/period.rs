//! Periods of whole days, by the calendar or by a fiscal year.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

/// Reads a date written `YYYY-MM-DD`; every other spelling is refused.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    // The library's parser also takes `20260930` and date-times.
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |number, digit| {
            digit
                .is_ascii_digit()
                .then(|| number * 10 + i16::from(digit - b'0'))
        })
    };
    let year = number(&[y1, y2, y3, y4]).filter(|year| *year >= 1000)?;
    let part = |digits| i8::try_from(number(digits)?).ok();
    Date::new(year, part(&[m1, m2])?, part(&[d1, d2])?).ok()
}

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

/// When a fiscal year begins, and which calendar year gives it its number.
///
/// The default is the calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FiscalYear {
    start_month: i8,
    label: YearLabel,
}

/// Which calendar year names a fiscal year that lies in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum YearLabel {
    /// The year in which it ends.
    #[default]
    End,
    /// The year in which it starts.
    Start,
}

impl Default for FiscalYear {
    fn default() -> Self {
        Self {
            start_month: 1,
            label: YearLabel::End,
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl FiscalYear {
    /// Returns the fiscal year that begins on the first day of `start_month`, 1 to 12.
    ///
    /// Returns nothing for another number.
    #[must_use]
    pub fn new(start_month: i8, label: YearLabel) -> Option<Self> {
        (1..=12)
            .contains(&start_month)
            .then_some(Self { start_month, label })
    }

    /// Returns the month in which it begins, 1 to 12.
    #[must_use]
    pub const fn start_month(self) -> i8 {
        self.start_month
    }

    /// Returns the English name of the month in which it begins.
    #[must_use]
    pub fn start_month_name(self) -> &'static str {
        MONTHS[usize::from(self.start_month.unsigned_abs()) - 1]
    }

    /// Returns which calendar year names it.
    #[must_use]
    pub const fn label(self) -> YearLabel {
        self.label
    }

    /// Reads the name of a month, whole or its first three letters, or its number.
    #[must_use]
    pub fn parse_month(text: &str) -> Option<i8> {
        let text = text.trim();
        if let Ok(number) = text.parse::<i8>() {
            return (1..=12).contains(&number).then_some(number);
        }
        let named = |name: &&str| {
            name.eq_ignore_ascii_case(text)
                || (text.len() == 3 && name[..3].eq_ignore_ascii_case(text))
        };
        let at = MONTHS.iter().position(named)?;
        i8::try_from(at + 1).ok()
    }

    /// Returns the calendar year in which fiscal year `year` begins.
    const fn first_calendar_year(self, year: i16) -> i16 {
        match self.label {
            YearLabel::End if self.start_month > 1 => year - 1,
            YearLabel::End | YearLabel::Start => year,
        }
    }

    /// Returns the number of the fiscal year in which `date` lies.
    fn year_of(self, date: Date) -> i16 {
        let began = if date.month() >= self.start_month {
            date.year()
        } else {
            date.year() - 1
        };
        match self.label {
            YearLabel::End if self.start_month > 1 => began + 1,
            YearLabel::End | YearLabel::Start => began,
        }
    }
}

/// Why a text is no period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodError {
    reason: String,
    /// Whether the text has no form that is known, so that examples help.
    is_unknown_form: bool,
}

impl PeriodError {
    /// Returns what is wrong, without examples of what is right.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        if self.is_unknown_form {
            f.write_str(
                " like 2026-Q4, 2026-H2, 2026, 2026-11, FY2027-Q1 or 2026-10-01..2026-12-31",
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for PeriodError {}

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
                let months_in = (date.month() - fiscal.start_month).rem_euclid(12);
                (fiscal.year_of(date), months_in / kind.months() + 1)
            }
            None => (date.year(), (date.month() - 1) / kind.months() + 1),
        };
        Self::named(year, kind, index, fiscal)
    }

    /// Reads a period as people write it.
    ///
    /// `2026`, `2026-H2`, `2026-T1`, `2026-Q4`, `2026-11`, `FY2027-Q1` and
    /// `2026-10-01..2026-12-31` are the forms that a plan holds; `Q4 2026`, `2026Q4`, `FY27 Q1` and
    /// `2026-10-01 to 2026-12-31` are understood as well.
    /// `fiscal` says when a year written with `FY` begins.
    ///
    /// # Errors
    ///
    /// The message says which part could not be read.
    pub fn parse(text: &str, fiscal: FiscalYear) -> Result<Self, PeriodError> {
        let text = text.trim();
        let error = |reason: String| PeriodError {
            reason,
            is_unknown_form: false,
        };
        for separator in ["..", " to ", " – ", " - "] {
            if let Some((start, end)) = text.split_once(separator) {
                let date = |part: &str| {
                    parse_date(part.trim()).ok_or_else(|| {
                        error(format!("`{}` is no date like 2026-10-01", part.trim()))
                    })
                };
                let (start, end) = (date(start)?, date(end)?);
                return Self::custom(start, end)
                    .ok_or_else(|| error(format!("`{text}` ends before it starts")));
            }
        }
        Self::parse_named(&text.to_ascii_uppercase(), fiscal).ok_or_else(|| PeriodError {
            reason: format!("`{text}` is no period"),
            is_unknown_form: true,
        })
    }

    fn parse_named(text: &str, fiscal: FiscalYear) -> Option<Self> {
        let mut year = None;
        let mut part = None;
        let mut is_fiscal = false;
        let mut rest = text;
        while !rest.is_empty() {
            let (letters, after) =
                rest.split_at(rest.bytes().take_while(u8::is_ascii_alphabetic).count());
            let after = after
                .strip_prefix([' ', '-'])
                .filter(|_| letters == "FY")
                .unwrap_or(after);
            let (digits, after) =
                after.split_at(after.bytes().take_while(u8::is_ascii_digit).count());
            let number: i16 = digits.parse().ok()?;
            match (letters, digits.len()) {
                ("FY", 2 | 4) if year.is_none() => {
                    is_fiscal = true;
                    year = Some(if digits.len() == 2 {
                        2000 + number
                    } else {
                        number
                    });
                }
                ("", 4) if year.is_none() => year = Some(number),
                ("", 2) if year.is_some() && part.is_none() => {
                    part = Some((PeriodKind::Month, number));
                }
                ("Q", 1) if part.is_none() => part = Some((PeriodKind::Quarter, number)),
                ("H", 1) if part.is_none() => part = Some((PeriodKind::Half, number)),
                ("T", 1) if part.is_none() => part = Some((PeriodKind::Trimester, number)),
                _ => return None,
            }
            rest = after.strip_prefix([' ', '-', '/']).unwrap_or(after);
        }
        let (kind, index) = part.unwrap_or((PeriodKind::Year, 1));
        if is_fiscal && kind == PeriodKind::Month {
            return None;
        }
        Self::named(
            year?,
            kind,
            i8::try_from(index).ok()?,
            is_fiscal.then_some(fiscal),
        )
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
                let months = fiscal.start_month - 1 + kind.months() * (index - 1);
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

impl fmt::Display for Period {
    /// Writes the form that a plan holds; [`Period::parse`] reads it back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label {
            Label::Custom { start, end } => write!(f, "{start}..{end}"),
            Label::Named {
                year,
                kind,
                index,
                fiscal,
            } => {
                let prefix = if fiscal.is_some() { "FY" } else { "" };
                write!(f, "{prefix}{year}")?;
                match kind {
                    PeriodKind::Year => Ok(()),
                    PeriodKind::Half => write!(f, "-H{index}"),
                    PeriodKind::Trimester => write!(f, "-T{index}"),
                    PeriodKind::Quarter => write!(f, "-Q{index}"),
                    PeriodKind::Month => write!(f, "-{index:02}"),
                }
            }
        }
    }
}

/// Returns a date in words: `31 December 2026`.
#[must_use]
pub fn date_in_words(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{} {month} {}", date.day(), date.year())
}

fn day_month_year(date: Date) -> String {
    let month = &MONTHS[usize::from(date.month().unsigned_abs()) - 1][..3];
    format!("{} {month} {}", date.day(), date.year())
}

/// Returns the last day of the `months` months that begin with the month of `start`.
fn last_of_months(start: Date, months: i8) -> Date {
    let month = start.month() - 1 + months - 1;
    Date::constant(start.year() + i16::from(month / 12), month % 12 + 1, 1).last_of_month()
}

/// Returns how many days `end` is after `start`, negative when it is before.
pub(crate) fn days_between(start: Date, end: Date) -> i32 {
    start.until(end).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn loose_spellings_are_understood() {
        for text in ["Q4 2026", "2026Q4", "2026 q4", "2026-Q4"] {
            let period = Period::parse(text, FiscalYear::default()).unwrap();
            assert_eq!(period.to_string(), "2026-Q4");
        }
        assert_eq!(
            Period::parse("FY27 Q1", fiscal(4)).unwrap().to_string(),
            "FY2027-Q1"
        );
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "2026-Q5",
            "2026-Q0",
            "2026-13",
            "26-Q1",
            "next",
            "2026-Q4-Q1",
            "2026-W20",
            "0026",
        ] {
            assert!(
                Period::parse(text, FiscalYear::default()).is_err(),
                "{text:?}"
            );
        }
        let error = Period::parse("2026-12-31..2026-10-01", FiscalYear::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`2026-12-31..2026-10-01` ends before it starts"
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

    #[test]
    fn dates_have_one_spelling() {
        assert!(parse_date("2026-09-30").is_some());
        for text in [
            "20260930",
            "2026-9-30",
            "2026-02-30",
            "2026-09-30T00:00:00",
            " 2026-09-30",
        ] {
            assert_eq!(parse_date(text), None, "{text:?}");
        }
    }
}
