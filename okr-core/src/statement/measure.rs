//! From what a statement says to what a key result counts.

use rust_decimal::Decimal;

use super::reading::{Direction, Kind, Reading};
use crate::model::{self, Bound, Inline, Measure, Quantity, Target, Unit};

impl Reading {
    /// Returns the measure with what it does not state taken from the statement, whose words are `text`.
    ///
    /// What is stated stays as it is. A count starts at nothing, so its start is 0; any other start that
    /// neither says is absent.
    #[must_use]
    pub fn complete(&self, measure: &Measure, text: &str) -> Measure {
        let mut measure = measure.clone();
        let unit = self.model_unit();
        let quantity = |value: Decimal| Quantity::new(value, unit.clone());
        if measure.name.is_none() {
            let words = self.parts.measure.map(|span| span.of(text));
            measure.name = words
                .filter(|words| !words.is_empty())
                .map(Inline::from_plain);
        }
        let had_target = measure.target.is_some();
        if !had_target {
            measure.target = self.model_target(&quantity);
        }
        if measure.start.is_none() {
            let start = self.start.map(|start| {
                // Beside a change the unit is that of the change, not of what it starts from.
                let is_change = matches!(self.kind, Kind::RelativeChange);
                Quantity::new(start, if is_change { Unit::None } else { unit.clone() })
            });
            let from_nothing = self.kind == Kind::Count
                || self.kind == Kind::Ratio && self.direction == Direction::Complete;
            // A stated start of what begins at nothing is what it was in an earlier period.
            let start = start.filter(|_| self.kind != Kind::Count);
            let start = start.or_else(|| from_nothing.then(|| quantity(Decimal::ZERO)));
            // A start in another unit than the stated target is of something else.
            let fits = |start: &Quantity| match &measure.target {
                Some(Target::Value { value, .. }) => value.is_like(start),
                _ => true,
            };
            measure.start = start.filter(fits);
        }
        if measure.direction.is_none() {
            measure.direction = match self.direction {
                Direction::Increase => Some(model::Direction::Increase),
                Direction::Decrease => Some(model::Direction::Decrease),
                Direction::Keep => Some(model::Direction::Keep),
                Direction::Reach | Direction::Complete => None,
            }
            // Stated numbers say more than the words.
            .filter(|_| !had_target || measure.direction().is_none());
        }
        measure
    }

    fn model_unit(&self) -> Unit {
        let unit = self.unit.as_deref().unwrap_or_default();
        Unit::parse(unit).unwrap_or(Unit::None)
    }

    fn model_target(&self, quantity: &impl Fn(Decimal) -> Quantity) -> Option<Target> {
        let sign = if self.direction == Direction::Decrease {
            Decimal::NEGATIVE_ONE
        } else {
            Decimal::ONE
        };
        Some(match self.kind {
            Kind::None => return None,
            Kind::Milestone => Target::Done,
            Kind::RelativeChange if self.unit.as_deref() == Some("x") => {
                let change = self.target?.checked_sub(Decimal::ONE)?;
                Target::Relative(change.checked_mul(Decimal::ONE_HUNDRED)?.normalize())
            }
            Kind::RelativeChange => Target::Relative(self.target?.checked_mul(sign)?),
            Kind::AbsoluteChange => Target::Change(quantity(self.target?.checked_mul(sign)?)),
            Kind::Zero | Kind::Ceiling | Kind::Floor | Kind::Ratio | Kind::Count | Kind::Level => {
                let value = quantity(self.target?);
                match self.upper {
                    Some(upper) if upper >= value.value => Target::Between {
                        low: value,
                        high: quantity(upper),
                    },
                    _ => Target::Value {
                        bound: self.bound.unwrap_or(Bound::Reach),
                        value,
                    },
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::{Lexicon, read};

    #[track_caller]
    fn check(text: &str, start: &str, target: &str) {
        let measure = read(text, None, &Lexicon::default()).complete(&Measure::default(), text);
        let shown =
            |quantity: Option<Quantity>| quantity.map_or(String::new(), |start| start.to_string());
        let found = measure
            .target
            .map_or(String::new(), |target| target.to_string());
        assert_eq!(
            (shown(measure.start), found),
            (start.to_owned(), target.to_owned()),
            "{text}"
        );
    }

    #[test]
    fn a_statement_gives_start_and_target() {
        check("Cut DSO from 52 to 44 days", "52 days", "44 days");
        check("Increase collection rates by 25%", "", "+25%");
        check("Reduce overdue receivables by 20%", "", "-20%");
        check("Double weekly orders", "", "+100%");
        check("Halve the backlog", "", "-50%");
        check("Bring DSO down by 6 days", "", "-6 days");
        check("Keep churn below 5%", "", "below 5%");
        check("Keep churn at or below 5%", "", "at most 5%");
        check("Sign 20 new accounts", "0", "20");
        check(
            "Raise £60,000 from local businesses (last winter: £38,000)",
            "GBP 0",
            "GBP 60,000",
        );
        check(
            "Hold utilisation between 80% and 88%",
            "",
            "between 80 and 88%",
        );
        check(
            "Bring DSO to between 20 and 30 days",
            "",
            "between 20 and 30 days",
        );
        // From one side the nearer end is enough.
        check(
            "Bring DSO from 52 to between 20 and 30 days",
            "52 days",
            "30 days",
        );
        check("Launch the portal", "", "done");
        check("Improve customer satisfaction", "", "");
        check("Have no overdue payments", "", "0");
    }

    #[test]
    fn what_is_stated_stays() {
        let text = "Raise on-time payments from 60% by 15%";
        let stated = Measure {
            target: Target::parse("69%").ok(),
            ..Measure::default()
        };
        let measure = read(text, None, &Lexicon::default()).complete(&stated, text);
        assert_eq!(measure.target, stated.target);
        assert_eq!(measure.name.unwrap().plain(), "on-time payments");
    }
}
