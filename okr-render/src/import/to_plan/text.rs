//! The Markdown of a draft, made and printed in two halves where it is long.

use std::thread;

use jiff::civil::Date;
use okr_core::Printer;
use okr_core::diagnostic::Diagnostic;

use super::Maker;
use crate::import::{Draft, DraftObjective};

impl Draft {
    /// Returns the Markdown of [`Draft::plan`].
    pub(super) fn into_text(mut self, today: Date) -> (String, Vec<Diagnostic>) {
        if self.as_of_line.is_some() {
            // Only the whole plan shows whether the line has to stand above it.
            let (plan, diagnostics) = self.plan(today);
            return (okr_core::print(&plan), diagnostics);
        }
        let day = self.as_of.unwrap_or(today);
        let mut first = std::mem::take(&mut self.objectives);
        let second = first.split_off(middle(&first));
        let count = first.len();
        let head = self.head();
        let ((mut printer, mut maker), (rest, other)) = if second.is_empty() {
            let first = printed(Printer::new(&head), day, first);
            (first, (Printer::behind(count), Maker::new(day)))
        } else {
            thread::scope(|scope| {
                let rest = scope.spawn(|| printed(Printer::behind(count), day, second));
                let first = printed(Printer::new(&head), day, first);
                let rest = rest
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                (first, rest)
            })
        };
        printer.append(&rest);
        maker.add(other);
        (printer.finish(), maker.diagnostics(self.as_of.is_some()))
    }
}

/// The fewest key results that are worth a second thread.
const MANY: usize = 4000;

/// Returns where the objectives are cut in two with about as many key results each; their number for a few.
fn middle(objectives: &[DraftObjective]) -> usize {
    let count = |objectives: &[DraftObjective]| -> usize {
        objectives.iter().map(|one| one.key_results.len()).sum()
    };
    let all = count(objectives);
    if all < MANY {
        return objectives.len();
    }
    let mut before = 0;
    let first = objectives.iter().take_while(|objective| {
        before += objective.key_results.len();
        before * 2 <= all
    });
    first.count()
}

/// Adds objectives to what is printed, each given up as soon as it is there.
fn printed(mut printer: Printer, day: Date, objectives: Vec<DraftObjective>) -> (Printer, Maker) {
    let mut maker = Maker::new(day);
    for objective in objectives {
        printer.objective(&maker.objective(objective));
    }
    (printer, maker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::DraftKeyResult;

    #[test]
    fn two_halves_are_the_whole() {
        let key_result = |number: usize| DraftKeyResult {
            title: format!("Key result {number}"),
            current: okr_core::model::Quantity::parse("5%").ok(),
            cell: format!("B{number}"),
            ..DraftKeyResult::default()
        };
        let objective = |number: usize, key_results| DraftObjective {
            title: format!("Objective {number}"),
            key_results: (0..key_results).map(key_result).collect(),
            ..DraftObjective::default()
        };
        let draft = Draft {
            title: Some("Accounts".to_owned()),
            objectives: vec![
                objective(1, 1),
                objective(2, MANY),
                objective(3, 2),
                objective(4, 0),
            ],
            ..Draft::default()
        };
        assert_eq!(middle(&draft.objectives), 1);
        let today = Date::constant(2026, 11, 22);
        let (plan, said) = draft.plan(today);
        let (text, also) = draft.into_text(today);
        assert!(text == okr_core::print(&plan), "the texts differ");
        assert_eq!(also, said);
        assert_eq!(middle(&[objective(1, 3), objective(2, 3)]), 2);
    }
}
