//! When a fiscal year begins, and what it is called.

use jiff::civil::Date;

use super::date::MONTHS;

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
    pub(super) const fn first_calendar_year(self, year: i16) -> i16 {
        match self.label {
            YearLabel::End if self.start_month > 1 => year - 1,
            YearLabel::End | YearLabel::Start => year,
        }
    }

    /// Returns the number of the fiscal year in which `date` lies.
    pub(super) fn year_of(self, date: Date) -> i16 {
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
