//! What stands in a cell only because the platform wants something in each.

use super::{Column, Dialect, Form, RowKind};
use crate::import::SaidStatus;
use crate::import::layout::Field;

/// Returns the worst of the statuses of key results, which is that of their objective.
pub(super) fn worst(statuses: &[SaidStatus]) -> Option<SaidStatus> {
    let mut order = [
        SaidStatus::OffTrack,
        SaidStatus::AtRisk,
        SaidStatus::OnTrack,
        SaidStatus::NotStarted,
    ]
    .into_iter();
    order.find(|status| statuses.contains(status))
}

impl Form {
    fn filled(&self, field: Field) -> Option<&'static Column> {
        let mut columns = self.columns.iter();
        columns.find(|column| column.field == field && column.is_required)
    }

    /// Returns whether the row of each objective has a status.
    pub(super) fn fills_statuses(&self) -> bool {
        let column = self.filled(Field::Status);
        column.is_some_and(|column| column.serves(RowKind::Objective))
    }

    /// Returns whether each row has a current value, be it the start.
    pub(super) fn fills_current(&self) -> bool {
        self.filled(Field::Current).is_some()
    }
}

impl Dialect {
    /// Returns the status in rows for which nobody gave one.
    pub(super) fn status_of_nobody(&self, form: &Form) -> Option<SaidStatus> {
        let filler = form.filled(Field::Status)?.filler;
        let mut words = self.statuses.iter();
        words.find(|(word, _)| *word == filler)?.1
    }

    /// Returns the status in the row of an objective that has none of its own, by those in the rows of its key
    /// results.
    pub(super) fn status_by_key_results(
        &self,
        form: &Form,
        statuses: &[SaidStatus],
    ) -> Option<SaidStatus> {
        let by_key_results = form.fills_statuses().then(|| worst(statuses))?;
        by_key_results.or_else(|| self.status_of_nobody(form))
    }
}
