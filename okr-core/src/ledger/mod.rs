//! What the rows of an invoice ledger come to: days of sales outstanding, shares paid on time, balances by age.
//!
//! Each [`LedgerMeasure`] is a static with an [`Accumulator`] that takes row after row and keeps sums alone,
//! so that a ledger of any length takes no memory. Rows come as values; whoever reads them from a file says
//! what could not be read. `docs/measures.md` has the formulas with their public sources.
//!
//! ```
//! use jiff::civil::date;
//! use okr_core::ledger::{Entry, LedgerMeasure, Payment, Terms, Window};
//!
//! let window = Window::new(date(2026, 10, 1), date(2026, 10, 31)).unwrap();
//! let dso = LedgerMeasure::named("dso").unwrap();
//! let mut sums = (dso.start)(Terms { window, working_days: false });
//! // Of 1000 invoiced in the period, 400 are still open at its end.
//! let paid = [Payment { on: Some(date(2026, 10, 20)), amount: 600.into() }];
//! let entry = Entry { amount: 1000.into(), issued: Some(date(2026, 10, 5)), payments: &paid, ..Entry::default() };
//! sums.add(&entry).unwrap();
//! // 400 / 1000 × 31 days
//! assert_eq!(sums.tally().value(), Some("12.4".parse().unwrap()));
//! ```

mod ageing;
mod billing_accuracy;
mod collection_rate;
mod days_outstanding;
mod dispute_time;
mod entry;
mod invoice_cycle_time;
mod overdue;
mod overdue_share;
mod paid_on_time;
mod sums;

pub use entry::{Entry, Payment, Window};
pub use sums::{Left, Tally, Terms};

use crate::model::Unit;

/// Every measure, by name.
pub static LEDGER_MEASURES: &[&LedgerMeasure] = &[
    &billing_accuracy::MEASURE,
    &collection_rate::MEASURE,
    &dispute_time::MEASURE,
    &days_outstanding::DPO,
    &days_outstanding::DSO,
    &invoice_cycle_time::MEASURE,
    &ageing::OVER_30,
    &ageing::OVER_60,
    &ageing::OVER_90,
    &overdue::MEASURE,
    &overdue_share::MEASURE,
    &paid_on_time::MEASURE,
];

/// A measure that is computed from the rows of a ledger.
#[derive(Debug)]
pub struct LedgerMeasure {
    /// The name on the command line, such as `dso`.
    pub name: &'static str,
    /// What it is, in a phrase.
    pub title: &'static str,
    /// How it is computed, in a sentence.
    pub formula: &'static str,
    /// What is counted above the line.
    pub numerator: &'static str,
    /// What it is divided by; nothing where the number above the line is the value.
    pub denominator: Option<&'static str>,
    /// What the value is counted in.
    pub unit: MeasureUnit,
    /// A public page that defines it so.
    pub source: &'static str,
    /// The columns without which it cannot be computed.
    pub needs: &'static [Column],
    /// The columns that it takes where they are there.
    pub takes: &'static [Column],
    /// How many days up to the last one count where no period is named; a balance has no first day.
    pub days: u16,
    /// Whether it asks on which day money came, so that a payment without a day is of no use to it.
    pub dates_payments: bool,
    /// Makes the sums, all at nothing.
    pub start: fn(Terms) -> Box<dyn Accumulator>,
}

/// What a measure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MeasureUnit {
    /// Days, to one decimal.
    Days,
    /// Percent, to one decimal.
    Percent,
    /// The money of the ledger, to two decimals.
    Money,
}

/// What a column of a ledger may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Column {
    /// The number by which payments and credit notes name an invoice.
    Number,
    /// Whether it is an invoice or a credit note.
    Kind,
    /// The day on which the invoice was sent.
    Issued,
    /// The day by which it is to be paid.
    Due,
    /// The day on which it was paid.
    Paid,
    /// What it comes to, with tax or without, but always alike.
    Amount,
    /// How much of it has been paid.
    PaidAmount,
    /// How much of it is still open.
    Balance,
    /// In which money.
    Currency,
    /// The day on which what is billed was delivered, or a supplier's invoice came in.
    Begun,
    /// The day on which a dispute about it was logged.
    Disputed,
    /// The day on which the dispute was settled.
    Settled,
    /// Whether it had to be corrected.
    Corrected,
    /// The number of the invoice that a credit note or a new issue corrects.
    Corrects,
    /// Whether it is void, cancelled or a draft.
    Status,
}

/// The sums of one measure; rows may come in any order.
pub trait Accumulator {
    /// Takes a row, or says why it does not count.
    ///
    /// Returns nothing when a sum grows beyond what an exact decimal holds (28 digits).
    fn add(&mut self, entry: &Entry<'_>) -> Option<Result<(), Left>>;

    /// Returns what the rows so far come to.
    fn tally(&self) -> Tally;
}

impl Column {
    /// Every column, in the order in which they are listed.
    pub const ALL: [Self; 15] = [
        Self::Number,
        Self::Kind,
        Self::Issued,
        Self::Due,
        Self::Paid,
        Self::Amount,
        Self::PaidAmount,
        Self::Balance,
        Self::Currency,
        Self::Begun,
        Self::Disputed,
        Self::Settled,
        Self::Corrected,
        Self::Corrects,
        Self::Status,
    ];

    /// Returns the name by which people say what a column holds, such as `paid-amount`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Kind => "kind",
            Self::Issued => "issued",
            Self::Due => "due",
            Self::Paid => "paid",
            Self::Amount => "amount",
            Self::PaidAmount => "paid-amount",
            Self::Balance => "balance",
            Self::Currency => "currency",
            Self::Begun => "begun",
            Self::Disputed => "disputed",
            Self::Settled => "settled",
            Self::Corrected => "corrected",
            Self::Corrects => "corrects",
            Self::Status => "status",
        }
    }

    /// Returns the column of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }
}

impl LedgerMeasure {
    /// Returns the measure of that name; upper and lower case do not count.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        LEDGER_MEASURES
            .iter()
            .copied()
            .find(|measure| measure.name.eq_ignore_ascii_case(name))
    }

    /// Returns whether it adds up money, so that all rows must be in one currency.
    #[must_use]
    pub fn adds_money(&self) -> bool {
        self.needs.contains(&Column::Amount) && self.takes.contains(&Column::Currency)
    }

    /// Returns the unit of the value, given the money of the ledger where it is known.
    #[must_use]
    pub fn unit_in(&self, money: Option<&str>) -> Unit {
        match self.unit {
            MeasureUnit::Days => Unit::Word("days".to_owned()),
            MeasureUnit::Percent => Unit::Percent,
            MeasureUnit::Money => money.and_then(Unit::parse).unwrap_or(Unit::None),
        }
    }

    /// Returns the value as it goes into a check-in: half and more rounds away from zero, to one decimal,
    /// money to two.
    #[must_use]
    pub fn rounded(&self, value: rust_decimal::Decimal) -> rust_decimal::Decimal {
        let places = match self.unit {
            MeasureUnit::Days | MeasureUnit::Percent => 1,
            MeasureUnit::Money => 2,
        };
        value
            .round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            .normalize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_sorted_and_told_of() {
        assert!(LEDGER_MEASURES.is_sorted_by_key(|measure| measure.name));
        for measure in LEDGER_MEASURES {
            assert!(measure.source.starts_with("http"), "{}", measure.name);
            assert!(measure.formula.ends_with('.'), "{}", measure.name);
            let twice = measure
                .needs
                .iter()
                .find(|column| measure.takes.contains(column));
            assert_eq!(twice, None, "{}", measure.name);
        }
        for column in Column::ALL {
            assert_eq!(Column::named(column.name()), Some(column));
        }
    }
}
