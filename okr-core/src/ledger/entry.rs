//! A row of a ledger, and the days that count.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// The days that count: whole ones, the first and the last both inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    from: Date,
    to: Date,
}

impl Window {
    /// Returns the days from `from` to `to`, both inside, or nothing when `to` comes first.
    #[must_use]
    pub fn new(from: Date, to: Date) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// Returns the first day.
    #[must_use]
    pub const fn from(self) -> Date {
        self.from
    }

    /// Returns the last day.
    #[must_use]
    pub const fn to(self) -> Date {
        self.to
    }

    /// Returns how many days there are, at least one.
    #[must_use]
    pub fn days(self) -> i32 {
        days_between(self.from, self.to) + 1
    }

    /// Returns whether a day is one of them.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// Money that came in for an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// When; nothing where that is not known.
    pub on: Option<Date>,
    /// How much; of a credit note, how much less than nothing.
    pub amount: Decimal,
}

/// A row of a ledger: an invoice or a credit note.
///
/// The days that a measure needs are there; what is absent is not known or has not happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry<'p> {
    /// Whether it takes back what was billed.
    pub is_credit: bool,
    /// What it comes to: less than nothing for a credit note.
    pub amount: Decimal,
    /// When it was sent.
    pub issued: Option<Date>,
    /// By when it is to be paid.
    pub due: Option<Date>,
    /// What came in for it, in any order.
    pub payments: &'p [Payment],
    /// When what is billed was delivered, or when a supplier's invoice came in.
    pub begun: Option<Date>,
    /// When a dispute about it was logged.
    pub disputed: Option<Date>,
    /// When the dispute was settled.
    pub settled: Option<Date>,
    /// Whether it had to be corrected.
    pub is_corrected: bool,
}

impl Entry<'_> {
    /// Returns what came in for it up to the end of a day; a payment without a day counts.
    ///
    /// Returns nothing when the sum is beyond 28 digits.
    #[must_use]
    pub fn received(&self, by: Date) -> Option<Decimal> {
        match self.payments {
            [] => Some(Decimal::ZERO),
            [one] => Some(if one.on.is_none_or(|on| on <= by) {
                one.amount
            } else {
                Decimal::ZERO
            }),
            many => many
                .iter()
                .filter(|payment| payment.on.is_none_or(|on| on <= by))
                .try_fold(Decimal::ZERO, |sum, payment| {
                    sum.checked_add(payment.amount)
                }),
        }
    }

    /// Returns what is open of it at the end of a day: less than nothing for an open credit note, and for an
    /// invoice that was paid twice.
    #[must_use]
    pub fn open(&self, at: Date) -> Option<Decimal> {
        self.amount.checked_sub(self.received(at)?)
    }

    /// Returns what is past due of an invoice at the end of a day, never less than nothing; nothing of a credit
    /// note, whatever its day, as what one customer is owed makes no other pay.
    #[must_use]
    pub(super) fn owed(&self, at: Date) -> Option<Decimal> {
        if self.is_credit {
            return Some(Decimal::ZERO);
        }
        Some(self.open(at)?.max(Decimal::ZERO))
    }
}

/// Returns how many days `end` is after `start`, negative when it is before.
pub(super) fn days_between(start: Date, end: Date) -> i32 {
    start.until(end).map_or(0, |span| span.get_days())
}

/// Returns how many of the days after `start` up to `end` are Monday to Friday; holidays count, as nobody here
/// knows them. Negative when `end` is before `start`.
pub(super) fn working_days_between(start: Date, end: Date) -> i32 {
    if end < start {
        return -working_days_between(end, start);
    }
    let days = days_between(start, end);
    let (weeks, rest) = (days / 7, days % 7);
    let first = i32::from(start.weekday().to_monday_zero_offset());
    let in_rest = (1..=rest).filter(|day| (first + day) % 7 < 5).count();
    weeks * 5 + i32::try_from(in_rest).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_window_has_both_its_ends() {
        let window = Window::new(date(2026, 10, 1), date(2026, 12, 31)).unwrap();
        assert_eq!(window.days(), 92);
        assert!(window.contains(window.from()) && window.contains(window.to()));
        assert!(!window.contains(date(2027, 1, 1)));
        assert_eq!(Window::new(date(2026, 10, 2), date(2026, 10, 1)), None);
    }

    #[test]
    fn working_days_are_those_that_a_calendar_shows() {
        // From any day over any stretch: as many as counting one by one finds.
        for first in 1..=14 {
            let start = date(2026, 11, first);
            let mut counted = 0;
            for length in 0..40 {
                let end = start.saturating_add(jiff::Span::new().days(length));
                if length > 0 {
                    counted += i32::from(end.weekday().to_monday_zero_offset() < 5);
                }
                assert_eq!(working_days_between(start, end), counted, "{start} {end}");
                assert_eq!(working_days_between(end, start), -counted, "{end} {start}");
            }
        }
    }

    #[test]
    fn what_is_paid_later_is_open_before() {
        let payments = [
            Payment {
                on: Some(date(2026, 10, 10)),
                amount: 30.into(),
            },
            Payment {
                on: Some(date(2026, 11, 10)),
                amount: 80.into(),
            },
        ];
        let entry = Entry {
            amount: 100.into(),
            payments: &payments,
            ..Entry::default()
        };
        let open = |day| entry.open(day).unwrap();
        assert_eq!(open(date(2026, 10, 9)), 100.into());
        assert_eq!(open(date(2026, 10, 10)), 70.into());
        assert_eq!(open(date(2026, 11, 10)), (-10).into());
        assert_eq!(entry.owed(date(2026, 11, 10)), Some(0.into()));
    }
}
