//! Milestones in steps: how much of them is done, and how much should be.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::KeyResult;

/// The steps of a milestone, by their weights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    total: Decimal,
    done: Decimal,
    /// The days on which steps are due, with their weights.
    due: Vec<(Date, Decimal)>,
}

impl Steps {
    /// Puts the steps of a key result together; nothing where it has none.
    #[must_use]
    pub fn of(key_result: &KeyResult) -> Option<Self> {
        let mut steps = Self::default();
        for (initiative, step) in key_result.steps() {
            steps.total = steps.total.saturating_add(step.weight);
            if initiative.done {
                steps.done = steps.done.saturating_add(step.weight);
            }
            steps
                .due
                .extend(initiative.due.map(|due| (due, step.weight)));
        }
        (!steps.total.is_zero()).then_some(steps)
    }

    /// Returns the weight of the steps that are ticked by the weight of all, from 0 to 1.
    ///
    /// Oboard's formula for milestones with weights.
    #[must_use]
    pub fn done(&self) -> Decimal {
        self.done / self.total
    }

    /// Returns the weight of the steps that were due on `day` or before by the weight of all, from 0 to 1; nothing where
    /// no step has a date.
    #[must_use]
    pub fn due(&self, day: Date) -> Option<Decimal> {
        if self.due.is_empty() {
            return None;
        }
        let due = self.due.iter().filter(|(due, _)| *due <= day);
        let due = due.fold(Decimal::ZERO, |sum, (_, weight)| {
            sum.saturating_add(*weight)
        });
        Some(due / self.total)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn steps(items: &str) -> Option<Steps> {
        let text = format!("## Objective: o\n\n### Key result: k\n\n{items}");
        Steps::of(&crate::parse(text).plan.objectives[0].key_results[0])
    }

    #[test]
    fn weights_of_ticked_steps_count() {
        let steps = steps(
            "- [x] Step: Contract signed (due 2026-10-31)\n- [ ] Step (weight 3): First run (@kim, due 2026-11-30)\n\
             - [x] Tell the team\n",
        )
        .unwrap();
        assert_eq!(steps.done(), Decimal::new(25, 2));
        assert_eq!(steps.due(date(2026, 10, 30)), Some(Decimal::ZERO));
        assert_eq!(steps.due(date(2026, 10, 31)), Some(Decimal::new(25, 2)));
        assert_eq!(steps.due(date(2026, 11, 30)), Some(Decimal::ONE));
    }

    #[test]
    fn without_dates_nothing_is_due_before_the_end() {
        assert_eq!(
            steps("- [ ] Step: a\n").unwrap().due(date(2026, 10, 31)),
            None
        );
        assert_eq!(steps("- [ ] Tell the team\n"), None);
    }
}
