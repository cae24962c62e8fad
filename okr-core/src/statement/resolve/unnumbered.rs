//! What a statement without a number says: a state that is there or not, or nothing to check.

use super::Statement;
use crate::statement::lexicon::Class;
use crate::statement::reading::{Direction, Kind, Reading, VerbClass};
use crate::statement::words::VerbAt;

impl Statement<'_, '_> {
    pub(super) fn read_without_number(&self, reading: &mut Reading) {
        let clause = self
            .clauses
            .main
            .iter()
            .find(|clause| clause.verb.is_some())
            .or(self.clauses.main.first());
        let verb = clause.and_then(|clause| clause.verb.as_ref());
        let class = verb.map(|verb| verb.class);
        let (first, end) = clause.map_or((self.first, self.words.tokens.len()), |clause| {
            (verb.map_or(clause.first, |verb| verb.end), clause.end)
        });
        let praises = (first..end).any(|at| !self.words.is_taken[at] && self.words.praises(at));
        let is_granted = {
            let stop = self.measure_end(first, end);
            (first..stop).any(|at| self.words.is(Class::Granted, at))
        };
        let is_vague = (first.saturating_sub(1)..end)
            .any(|at| !self.words.is_taken[at] && self.words.is(Class::Vague, at))
            || self.placeholder.is_some();
        let is_gap = self.placeholder.is_some();
        let names_one = (first..end.min(first + 1)).any(|at| {
            matches!(
                self.word(at),
                "the" | "a" | "an" | "our" | "all" | "every" | "each" | "both"
            )
        }) || self
            .words
            .tokens
            .get(first)
            .is_some_and(|token| token.is_capitalised());
        let (kind, is_outcome) = match class {
            _ if is_gap => (
                Kind::None,
                !matches!(class, Some(VerbClass::Work | VerbClass::Activity)),
            ),
            Some(VerbClass::Work) if praises => (Kind::None, false),
            Some(VerbClass::Work) if first >= end => (Kind::None, false),
            Some(VerbClass::Work) => (Kind::Milestone, false),
            Some(VerbClass::Activity) => (Kind::None, false),
            Some(VerbClass::Obtain) if !is_vague && (is_granted || names_one) => {
                (Kind::Milestone, true)
            }
            Some(VerbClass::Reach | VerbClass::Move | VerbClass::Keep | VerbClass::Process)
                if is_granted && !is_vague && self.grants(verb, first, end) =>
            {
                (Kind::Milestone, true)
            }
            _ => (Kind::None, true),
        };
        reading.kind = kind;
        reading.is_outcome = is_outcome;
        reading.direction = match (kind, class) {
            (Kind::Milestone, _) => Direction::Complete,
            // `Make approvals faster`.
            (_, Some(VerbClass::Move) | None) => self.comparative(first, end),
            (_, Some(class)) => self.direction_of(class, clause),
        };
        // A noun of work at the head is work too: `Rollout of …`.
        if class.is_none() && self.words.is(Class::WorkNoun, self.first) {
            (reading.is_outcome, reading.direction) = (false, Direction::Complete);
        }
    }

    /// Returns whether a verb together with what is granted is an end state: `be certified`, `achieve … certification`.
    pub(super) fn grants(&self, verb: Option<&VerbAt<'_>>, first: usize, end: usize) -> bool {
        let Some(verb) = verb else { return false };
        let stop = self.measure_end(first, end);
        match verb.class {
            // `keep the certification` is no new state.
            VerbClass::Keep | VerbClass::Process => false,
            _ if matches!(verb.base, "be" | "get" | "become") => {
                (first..stop.min(first + 3)).any(|at| self.words.is(Class::Granted, at))
            }
            _ => {
                (first..stop)
                    .rev()
                    .take(2)
                    .any(|at| self.words.is(Class::Granted, at))
                    || (first..stop).any(|at| {
                        matches!(
                            self.word(at),
                            "certification"
                                | "accreditation"
                                | "licence"
                                | "license"
                                | "certificate"
                                | "recertification"
                                | "approval"
                                | "compliance"
                                | "status"
                        )
                    })
            }
        }
    }

    pub(super) fn comparative(&self, first: usize, end: usize) -> Direction {
        let first = first.min(self.first);
        for at in first..end {
            if self.words.is(Class::More, at) {
                return Direction::Increase;
            }
            if self.words.is(Class::Fewer, at) {
                return Direction::Decrease;
            }
        }
        Direction::Reach
    }
}
