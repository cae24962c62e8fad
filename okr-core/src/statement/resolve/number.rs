//! What a target in numbers says: its kind, unit and direction.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::at_before;
use super::choose::STAGES;
use super::{Chosen, Statement};
use crate::model;
use crate::statement::lexicon::Class;
use crate::statement::reading::{Direction, Kind, Reading, VerbClass};
use crate::statement::target::{Bound, Candidate, Role, Way, candidate, is_lower_better};
use crate::statement::value::{Form, Value, as_factor};
use crate::statement::words::VerbAt;

/// So many words lie at most between two targets of one verb.
const SECOND_REACH: usize = 60;

impl Statement<'_, '_> {
    pub(super) fn read_target(&self, reading: &mut Reading, chosen: &Chosen<'_>) {
        let candidate = &chosen.candidate;
        let value = &self.values[candidate.index];
        let verb = chosen.clause.verb.as_ref();
        let class = verb.map(|verb| verb.class);
        let is_change = candidate.role == Role::Change;
        let bound = if candidate.role == Role::Window {
            Some(Bound::Upper)
        } else {
            candidate.bound
        };
        let bound = bound.or_else(|| Self::verb_bound(verb, candidate));
        let is_in_half = self.is_in_half(value);
        let relative = is_change
            && (value.has_unit("%") || matches!(value.form, Form::Factor | Form::Fraction))
            || candidate.is_of_today
            || is_in_half
            || Self::is_to_fraction(candidate, value);
        let (amount, unit) = self.amount(chosen, relative, is_in_half);
        // The start shares its unit, or lends its own.
        let way = candidate.way;
        reading.target = Some(amount);
        reading.unit = unit;
        self.read_start(
            reading,
            Some(candidate.index),
            (value.first, value.end),
            (!is_change && !relative).then_some(amount),
        );
        // What was raised last year is no start of what is raised anew: `Raise £60,000 (last year £38,000)`.
        let has_start = reading.start.is_some() && !self.starts_anew(reading, class);
        reading.kind = if relative {
            Kind::RelativeChange
        } else if is_change {
            Kind::AbsoluteChange
        } else if bound == Some(Bound::Upper) {
            Kind::Ceiling
        } else if bound == Some(Bound::Lower) {
            Kind::Floor
        } else if has_start && candidate.role != Role::Object && value.form != Form::Share {
            Kind::Level
        } else if candidate.has_population {
            Kind::Ratio
        } else if !has_start && self.is_count(candidate, value, class, reading.unit.as_deref()) {
            Kind::Count
        } else {
            Kind::Level
        };
        reading.direction = self.read_direction(reading, chosen, class, way, bound);
        if let Some(high) = value.high {
            let takes_high = !is_change && !relative && reading.direction == Direction::Decrease;
            reading.target = Some(if takes_high { high } else { amount });
            // Who brings a value to between two ends wants both, unless another number says from which side.
            let is_to_both = reading.direction == Direction::Reach
                && class == Some(VerbClass::Move)
                && !is_change
                && !relative;
            let has_both = is_to_both || reading.direction == Direction::Keep;
            reading.upper = has_both.then_some(high);
        }
        reading.bound = self.strict_bound(candidate, bound);
        if is_change || relative && !candidate.is_of_today {
            reading.target = reading.target.map(|target| target.abs());
        }
        reading.is_outcome = self.is_outcome(reading, chosen, class, way);
        self.describe_target(reading, chosen);
        self.find_second_target(reading, chosen);
    }

    /// Returns the amount and the unit that a change or a level is told in.
    pub(super) fn amount(
        &self,
        chosen: &Chosen<'_>,
        is_relative: bool,
        is_in_half: bool,
    ) -> (Decimal, Option<Cow<'static, str>>) {
        let candidate = &chosen.candidate;
        let value = &self.values[candidate.index];
        let factor = || Some(Cow::Borrowed("x"));
        let by = at_before(&self.words, value, "by");
        let (amount, unit) = match value.form {
            Form::Factor => (value.amount, factor()),
            Form::Fraction
                if is_in_half
                    || candidate.is_of_today
                    || is_relative && !by && candidate.way.is_none() =>
            {
                (as_factor(value.amount), factor())
            }
            Form::Fraction => (value.amount, Some(Cow::Borrowed("%"))),
            Form::Plain if is_in_half => (Decimal::new(5, 1), factor()),
            _ if candidate.is_of_today && value.has_unit("%") => {
                (as_factor(value.amount), factor())
            }
            _ => (value.amount, value.unit.clone()),
        };
        if self.counts_events(chosen) {
            return (amount, None);
        }
        let unit = unit.or_else(|| self.promoter_unit(chosen));
        (amount, unit)
    }

    /// Returns whether a time is what is held: `run three training days`.
    pub(super) fn counts_events(&self, chosen: &Chosen<'_>) -> bool {
        let value = &self.values[chosen.candidate.index];
        let holds = chosen.clause.verb.is_some_and(|verb| {
            verb.class == VerbClass::Work
                && matches!(
                    verb.base,
                    "hold" | "host" | "run" | "organise" | "organize" | "conduct"
                )
        });
        let is_far = value.unit_at.is_some_and(|(_, end)| end > value.first + 2);
        value.is_time() && holds && is_far
    }

    /// Notes where the target stands, with its bound, its unit and its population.
    pub(super) fn describe_target(&self, reading: &mut Reading, chosen: &Chosen<'_>) {
        let candidate = &chosen.candidate;
        let value = &self.values[candidate.index];
        let (first, end) = candidate
            .bound_at
            .map_or((value.first, value.end), |(first, end)| {
                (first.min(value.first), end.max(value.end))
            });
        reading.parts.target = Some(self.span(first, end));
        reading.parts.bound = candidate.bound_at.map(|(first, end)| self.span(first, end));
        reading.parts.unit = value.unit_at.map(|(first, end)| self.span(first, end));
        if candidate.has_population {
            let first = value.end + usize::from(self.word(value.end) == "of");
            let end = (first..chosen.clause.end)
                .find(|at| {
                    self.words.is_taken[*at]
                        || *at > first
                            && (self.words.is_link(*at) || self.words.tokens[*at].is_stop())
                })
                .unwrap_or(chosen.clause.end);
            reading.parts.population = (end > first).then(|| self.span(first, end));
        }
    }

    /// Returns the bound that a verb puts on its number: `exceed 120`, `limit … to 3`.
    pub(super) fn verb_bound(verb: Option<&VerbAt<'_>>, candidate: &Candidate) -> Option<Bound> {
        if candidate.role == Role::Change {
            return None;
        }
        match verb?.base {
            "exceed" | "surpass" | "beat" | "top" | "outperform" => Some(Bound::Lower),
            "limit" | "cap" => Some(Bound::Upper),
            _ => None,
        }
    }

    /// Returns the bound with what its words say of the number itself: `below 5` leaves 5 out.
    pub(super) fn strict_bound(
        &self,
        candidate: &Candidate,
        bound: Option<Bound>,
    ) -> Option<model::Bound> {
        let strict = candidate.bound_at.is_some_and(|(first, end)| {
            let negated = matches!(
                self.word(first),
                "no" | "not"
                    | "never"
                    | "at"
                    | "or"
                    | "a"
                    | "minimum"
                    | "maximum"
                    | "max"
                    | "+"
                    | "≥"
                    | "≤"
                    | ">="
                    | "<="
                    | "inside"
            );
            !negated && end > first
        });
        Some(match (bound?, strict) {
            (Bound::Upper, true) => model::Bound::Below,
            (Bound::Upper, false) => model::Bound::AtMost,
            (Bound::Lower, true) => model::Bound::Above,
            (Bound::Lower, false) => model::Bound::AtLeast,
        })
    }

    /// Returns whether a half is what something is cut in.
    pub(super) fn is_in_half(&self, value: &Value) -> bool {
        let before = value
            .first
            .checked_sub(1)
            .map_or("", |before| self.word(before));
        before == "in"
            && (value.form == Form::Fraction && self.word(value.end) != "of"
                || self.word(value.first) == "two")
    }

    /// Returns whether a fraction of itself is what something is brought to: `to a third`.
    pub(super) fn is_to_fraction(candidate: &Candidate, value: &Value) -> bool {
        value.form == Form::Fraction && candidate.role == Role::To && !candidate.has_population
    }

    /// A promoter score is counted in points, with or without the word.
    pub(super) fn promoter_unit(&self, chosen: &Chosen<'_>) -> Option<Cow<'static, str>> {
        let value = &self.values[chosen.candidate.index];
        let (first, end) = (chosen.clause.first, chosen.clause.end);
        let names_score = (first..end).any(|at| {
            matches!(self.word(at), "nps" | "enps" | "e-nps")
                || self.word(at) == "net" && self.word(at + 1) == "promoter"
                || self.word(at) == "promoter" && self.word(at + 1) == "score"
        });
        // Things that are counted keep their nature: `20 promoters by NPS`.
        let counts = self.words.tokens.get(value.end).is_some_and(|token| {
            token.is_word()
                && !self.words.is_link(value.end)
                && !matches!(
                    &*token.lower,
                    "nps" | "enps" | "net" | "points" | "employee" | "net-promoter" | "promoter"
                )
                && !self.words.is_taken[value.end]
        });
        (names_score && !counts && value.unit.is_none()).then_some(Cow::Borrowed("points"))
    }

    pub(super) fn is_count(
        &self,
        candidate: &Candidate,
        value: &Value,
        class: Option<VerbClass>,
        unit: Option<&str>,
    ) -> bool {
        let builds_up = matches!(
            class,
            Some(VerbClass::Obtain | VerbClass::Work | VerbClass::Process | VerbClass::Activity)
        );
        // `First 5 paying customers`.
        let is_first = class.is_none()
            && candidate.role == Role::Object
            && value.first == self.first + 1
            && self.word(self.first) == "first";
        let builds_up = builds_up || is_first;
        let is_amount = value.is_amount() && !matches!(unit, Some("%" | "x" | "points"));
        builds_up
            && is_amount
            && matches!(
                candidate.role,
                Role::Object | Role::Of | Role::Value | Role::Compound | Role::To
            )
            && (candidate.role != Role::Value || self.word(value.first.saturating_sub(1)) != "of")
            && (candidate.role != Role::To || class == Some(VerbClass::Work))
    }

    pub(super) fn read_direction(
        &self,
        reading: &Reading,
        chosen: &Chosen<'_>,
        class: Option<VerbClass>,
        way: Option<Way>,
        bound: Option<Bound>,
    ) -> Direction {
        let is_change = matches!(reading.kind, Kind::RelativeChange | Kind::AbsoluteChange);
        if let (Some(start), Some(target), false) = (reading.start, reading.target, is_change) {
            let end = self.values[chosen.candidate.index]
                .high
                .filter(|_| start > target)
                .unwrap_or(target);
            if start != end {
                return if start < end {
                    Direction::Increase
                } else {
                    Direction::Decrease
                };
            }
        }
        if is_change
            && reading.unit.as_deref() == Some("x")
            && (chosen.candidate.is_of_today || reading.target < Some(Decimal::ONE))
        {
            return if reading.target < Some(Decimal::ONE) {
                Direction::Decrease
            } else {
                Direction::Increase
            };
        }
        match way {
            Some(Way::Up) => return Direction::Increase,
            Some(Way::Down) => return Direction::Decrease,
            None => {}
        }
        match class {
            Some(VerbClass::Move) => match bound {
                Some(Bound::Upper) => Direction::Decrease,
                Some(Bound::Lower) => Direction::Increase,
                None if is_change => Direction::Increase,
                None => Direction::Reach,
            },
            Some(class) => {
                let direction = self.direction_of(class, Some(chosen.clause));
                // A change goes one way or the other.
                if is_change
                    && matches!(
                        direction,
                        Direction::Reach | Direction::Keep | Direction::Complete
                    )
                {
                    return if is_lower_better(&self.words, chosen.clause.first, chosen.clause.end) {
                        Direction::Decrease
                    } else {
                        Direction::Increase
                    };
                }
                direction
            }
            None if is_change && reading.unit.as_deref() == Some("x") => Direction::Increase,
            None => Direction::Reach,
        }
    }

    /// Returns whether the target measures a result rather than work.
    pub(super) fn is_outcome(
        &self,
        reading: &Reading,
        chosen: &Chosen<'_>,
        class: Option<VerbClass>,
        way: Option<Way>,
    ) -> bool {
        if reading.kind == Kind::RelativeChange
            && (way.is_some() || !matches!(class, Some(VerbClass::Work | VerbClass::Activity)))
        {
            return true;
        }
        let value = &self.values[chosen.candidate.index];
        match class {
            Some(VerbClass::Work | VerbClass::Activity) => way.is_some(),
            Some(VerbClass::Process) => {
                reading.kind != Kind::Count
                    && !(reading.kind == Kind::Floor && value.is_amount() && !value.is_time())
            }
            Some(VerbClass::Reach | VerbClass::Improve) | None => !self.measures_work(chosen),
            _ => true,
        }
    }

    /// Returns whether the noun that is measured is one of work: `70% account migration`.
    pub(super) fn measures_work(&self, chosen: &Chosen<'_>) -> bool {
        // `no more than 2 failed deployments` counts what went wrong.
        if chosen.candidate.bound == Some(Bound::Upper) {
            return false;
        }
        let value = &self.values[chosen.candidate.index];
        let head_of = |first: usize, end: usize| {
            let mut head = None;
            for at in first..end.min(self.words.tokens.len()) {
                if !self.words.can_be_noun(at) {
                    break;
                }
                head = Some(at);
            }
            head
        };
        let is_work =
            |head: Option<usize>| head.is_some_and(|at| self.words.is(Class::WorkNoun, at));
        // `70% migration of …`, `an 80% rollout rate` has another head.
        if let Some(head) = head_of(value.end, chosen.clause.end) {
            return is_work(Some(head));
        }
        let verb_end = chosen
            .clause
            .verb
            .as_ref()
            .map_or(chosen.clause.first, |verb| verb.end);
        let mut first = verb_end;
        while matches!(self.word(first), "the" | "a" | "an" | "our") {
            first += 1;
        }
        if first < value.first && is_work(head_of(first, value.first)) {
            return true;
        }
        // `80% of the migration`.
        self.word(value.end) == "of" && {
            let mut first = value.end + 1;
            while matches!(self.word(first), "the" | "a" | "an" | "our") {
                first += 1;
            }
            is_work(head_of(first, chosen.clause.end))
        }
    }

    pub(super) fn find_second_target(&self, reading: &mut Reading, chosen: &Chosen<'_>) {
        let second = self
            .clauses
            .main
            .iter()
            .filter(|clause| clause.first > chosen.clause.first)
            .find_map(|clause| self.choose_in(clause, false));
        let second = second.map(|second| second.candidate.index).or_else(|| {
            // `Cut DSO to 45 and bad debt to 1%`: the same verb, another measure.
            let value = &self.values[chosen.candidate.index];
            let behind = chosen.candidate.index + 1..self.values.len();
            behind.take(STAGES).find(|index| {
                let other = &self.values[*index];
                if other.first > value.end + SECOND_REACH {
                    return false;
                }
                let links = (value.end..other.first).any(|at| {
                    matches!(self.word(at), "and" | "plus" | "," | ";" | "while")
                        && !self.words.is_taken[at]
                });
                let named = (value.end..other.first)
                    .filter(|at| self.words.can_be_noun(*at))
                    .count()
                    > 0;
                links
                    && named
                    && other.first < chosen.clause.end
                    && !self.is_start(*index)
                    && candidate(&self.words, &self.values, *index, chosen.clause).is_some_and(
                        |other| {
                            other.role >= Role::Change
                                || other.role == chosen.candidate.role
                                    && chosen.candidate.role > Role::Of
                        },
                    )
            })
        });
        reading.parts.second_target = second.map(|index| {
            let value = &self.values[index];
            self.span(value.first, value.end)
        });
    }
}
