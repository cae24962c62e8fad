//! Weights, and the days and statuses of objectives, where the platform has columns for them; and the period.

use jiff::civil::Date;
use okr_core::model::{Objective, Period, Plan};
use rust_decimal::Decimal;

use super::items::Item;
use super::rows::period_word;
use crate::dialects::{Dialect, Form, RowKind};
use crate::import::SaidStatus;
use crate::import::layout::Field;
use crate::import::values::period::{of_plan_row, of_rows};
use crate::import::when::read_period;

impl Form {
    /// Returns a weight where a column holds it; a column says nothing of what counts nothing.
    pub(in crate::dialects) fn weight(
        &self,
        kind: RowKind,
        weight: Option<Decimal>,
    ) -> Option<Decimal> {
        weight.filter(|weight| self.holds(kind, Field::Weight) && *weight > Decimal::ZERO)
    }

    /// Returns the last day that an objective names, where a column holds it.
    pub(in crate::dialects) fn due(&self, objective: &Objective) -> Option<Date> {
        let due = objective.due()?;
        self.holds(RowKind::Objective, Field::Due).then_some(due)
    }

    /// Returns whether the first and the last days of rows tell the period.
    fn dates_periods(&self, kind: RowKind) -> bool {
        self.holds(kind, Field::StartDate) && self.holds(kind, Field::Due)
    }

    /// Returns whether a table of this form tells the period of its plan.
    pub(in crate::dialects) fn tells_periods(&self) -> bool {
        self.holds(RowKind::Objective, Field::Period)
            || self.dates_periods(RowKind::Objective)
            || self.dates_periods(RowKind::Plan)
    }
}

impl Dialect {
    /// Returns the status that an objective names, where a column holds it and the platform has a word for it.
    pub(in crate::dialects) fn status(
        &self,
        form: &Form,
        objective: &Objective,
    ) -> Option<SaidStatus> {
        let status = SaidStatus::parse(&objective.status()?)?;
        let is_held = form.holds(RowKind::Objective, Field::Status);
        (is_held && self.word_of(status).is_some()).then_some(status)
    }

    /// Returns the period that is read from the rows of a plan.
    pub(super) fn period_told(&self, form: &Form, plan: &Plan, items: &[Item]) -> Option<Period> {
        if form.holds(RowKind::Objective, Field::Period) {
            let said = read_period(&period_word(self, plan)?);
            return said.period.or(said.weak);
        }
        let days = |item: &Item| {
            let first = item
                .start_date
                .filter(|_| form.holds(item.kind, Field::StartDate));
            (
                first,
                item.due.filter(|_| form.holds(item.kind, Field::Due)),
            )
        };
        if let Some(item) = items.iter().find(|item| item.kind == RowKind::Plan) {
            let told = of_plan_row(days(item), &item.title, true);
            if told.is_some() {
                return told;
            }
        }
        let objectives = items.iter().filter(|item| item.kind == RowKind::Objective);
        let objectives: Vec<_> = objectives.map(days).collect();
        let first = items.iter().filter_map(|item| days(item).0).min();
        let last = items.iter().filter_map(|item| days(item).1).max();
        of_rows(&objectives, (first, last))
    }
}
