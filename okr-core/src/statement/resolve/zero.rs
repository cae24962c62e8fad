//! Targets of exactly nothing: `to zero`, `no …`, `eliminate …`.

use rust_decimal::Decimal;

use super::{Chosen, Statement, at_before};
use crate::statement::clause::Clause;
use crate::statement::reading::{Direction, Kind, Reading, VerbClass};
use crate::statement::target::Role;

/// Why a target is zero, and where it says so.
pub(super) struct Zero<'c> {
    at: (usize, usize),
    value: Option<usize>,
    clause: Option<&'c Clause<'c>>,
}

impl Statement<'_, '_> {
    /// Finds a target of exactly zero: `to zero`, `zero …`, `no …`, `eliminate …`.
    pub(super) fn zero(&self, chosen: Option<&Chosen<'_>>) -> Option<Zero<'_>> {
        if let Some(chosen) = chosen {
            let value = &self.values[chosen.candidate.index];
            // `by 0%` is a change of nothing.
            let is_change = chosen.candidate.role == Role::Change
                && (value.has_unit("%") || at_before(&self.words, value, "by"));
            if value.amount.is_zero() && value.high.is_none() && !is_change {
                let clause = self
                    .clauses
                    .main
                    .iter()
                    .find(|clause| clause.first == chosen.clause.first);
                return Some(Zero {
                    at: (value.first, value.end),
                    value: Some(chosen.candidate.index),
                    clause,
                });
            }
            if chosen.candidate.role > Role::Window {
                return None;
            }
        }
        for clause in &self.clauses.main {
            let opening = clause.verb.as_ref().map_or(clause.first, |verb| verb.end);
            // `No …`, `have no …`, `with no …`, but not `no more than`.
            for at in [clause.first, opening]
                .into_iter()
                .chain((clause.first..clause.end).filter(|at| {
                    at.checked_sub(1).is_some_and(|before| {
                        matches!(
                            self.word(before),
                            "with" | "to" | "at" | "has" | "have" | "see"
                        )
                    })
                }))
            {
                let is_no = matches!(self.word(at), "no" | "zero" | "none")
                    && !self.words.is_taken.get(at).copied().unwrap_or(true);
                let bounds = matches!(
                    self.word(at + 1),
                    "more"
                        | "fewer"
                        | "less"
                        | "later"
                        | "longer"
                        | "higher"
                        | "greater"
                        | "lower"
                        | "matter"
                        | "one"
                        | "only"
                );
                if is_no && !bounds && at < clause.end {
                    return Some(Zero {
                        at: (at, at + 1),
                        value: None,
                        clause: Some(clause),
                    });
                }
            }
            if let Some(verb) = &clause.verb {
                let ends_it = matches!(
                    verb.base,
                    "eliminate" | "eradicate" | "wipe" | "stop" | "prevent" | "avoid" | "end"
                ) && verb.class == VerbClass::Decrease
                    || verb.base == "get" && self.word(verb.at + 1) == "rid";
                let has_number = chosen.is_some_and(|chosen| chosen.candidate.role > Role::Window);
                if ends_it
                    && !has_number
                    && self.placeholder.is_none()
                    && !matches!(self.word(verb.end), "")
                {
                    return Some(Zero {
                        at: (verb.at, verb.end),
                        value: None,
                        clause: Some(clause),
                    });
                }
            }
        }
        None
    }

    pub(super) fn read_zero(&self, reading: &mut Reading, zero: &Zero<'_>) {
        reading.kind = Kind::Zero;
        reading.target = Some(Decimal::ZERO);
        reading.parts.target = Some(self.span(zero.at.0, zero.at.1));
        let value = zero.value.map(|index| &self.values[index]);
        reading.unit = value
            .filter(|value| value.has_unit("%") || value.is_money())
            .and_then(|value| value.unit.clone());
        let class = zero
            .clause
            .and_then(|clause| clause.verb.as_ref())
            .map(|verb| verb.class);
        self.read_start(reading, zero.value, zero.at, Some(Decimal::ZERO));
        reading.direction = match class {
            _ if reading.start.is_some_and(|start| start > Decimal::ZERO) => Direction::Decrease,
            Some(VerbClass::Move) => Direction::Decrease,
            Some(class) => self.direction_of(class, zero.clause),
            None => Direction::Reach,
        };
        reading.is_outcome = !matches!(class, Some(VerbClass::Work | VerbClass::Activity));
    }
}
