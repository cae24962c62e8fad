//! Decides what the parts of a statement say together.

mod choose;
mod label;
mod number;
mod origin;
mod unnumbered;
mod zero;

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::clause::{Clause, Clauses, clauses, verb_factor};
use super::deadline::{self, Phrase};
use super::lexicon::Lexicon;
use super::reading::{Direction, Kind, Reading, VerbClass};
use super::target::{Candidate, Role, is_lower_better};
use super::token::tokens;
use super::value::{Value, value_at, values};
use super::words::Words;
use crate::model::Period;
use crate::text::Span;

/// Reads the statement of a key result.
pub(super) fn read(text: &str, period: Option<Period>, lexicon: &Lexicon) -> Reading {
    let tokens = tokens(text);
    let first = label(&tokens);
    let phrases = deadline::phrases(&tokens, period, lexicon);
    let mut is_taken = vec![false; tokens.len()];
    is_taken[..first].fill(true);
    for phrase in &phrases {
        is_taken[phrase.first.max(first)..phrase.end.max(first)].fill(true);
    }
    let words = Words::new(&tokens, &is_taken, lexicon);
    let values = values(&words, &|at| words.is_base(at));
    let clauses = clauses(&words, &values, first);
    let mut statement = Statement {
        words,
        values,
        phrases,
        clauses,
        first,
        placeholder: None,
    };
    statement.placeholder = statement.find_placeholder();
    statement.read()
}
pub(super) use label::label;

/// A statement with what was found in it.
pub(super) struct Statement<'s, 't> {
    pub(super) words: Words<'s, 't>,
    pub(super) values: Vec<Value>,
    pub(super) phrases: Vec<Phrase>,
    pub(super) clauses: Clauses<'s>,
    /// The token that it begins with, behind its label.
    pub(super) first: usize,
    /// Where a letter or `TBD` stands in place of a number.
    placeholder: Option<usize>,
}

/// The target as it was found, with the clause that it stands in.
struct Chosen<'c> {
    candidate: Candidate,
    clause: &'c Clause<'c>,
    /// The value that a relative one beside it makes definite.
    is_means: bool,
}

impl Statement<'_, '_> {
    fn read(&self) -> Reading {
        let mut reading = Reading::default();
        let governing = self
            .clauses
            .main
            .iter()
            .find_map(|clause| clause.verb.as_ref());
        let factor = governing.and_then(|verb| Some((verb_factor(verb.base)?, verb.at)));
        let chosen = self.choose();
        let zero = self.zero(chosen.as_ref());
        let placeholder = self.placeholder;
        self.describe(
            &mut reading.parts,
            chosen
                .as_ref()
                .map_or_else(|| self.clauses.main.first(), |chosen| Some(chosen.clause)),
        );
        reading.parts.vague = reading
            .parts
            .vague
            .or(placeholder.map(|at| self.span(at, at + 1)));
        if let Some(zero) = zero {
            self.read_zero(&mut reading, &zero);
        } else if let Some(chosen) = chosen.as_ref().filter(|chosen| {
            placeholder.is_none_or(|at| {
                self.values[chosen.candidate.index].first < at
                    && chosen.candidate.role >= Role::Object
            })
        }) {
            if let Some((amount, at)) = factor.filter(|_| {
                chosen.candidate.role < Role::Object || chosen.candidate.role == Role::Change
            }) {
                self.read_factor(&mut reading, amount, at);
            } else {
                self.read_target(&mut reading, chosen);
            }
        } else if let Some((amount, at)) = factor.filter(|_| placeholder.is_none()) {
            self.read_factor(&mut reading, amount, at);
        } else {
            self.read_without_number(&mut reading);
        }
        reading.deadline = self.deadline(&mut reading, chosen.as_ref());
        reading
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.word(at)
    }

    /// Returns the place of the tokens from `first` up to but not including `end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        let tokens = self.words.tokens;
        let end = end.clamp(first + 1, tokens.len().max(first + 1));
        match (tokens.get(first), tokens.get(end - 1)) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    fn read_factor(&self, reading: &mut Reading, factor: Decimal, at: usize) {
        reading.kind = Kind::RelativeChange;
        reading.target = Some(factor);
        reading.unit = Some(Cow::Borrowed("x"));
        reading.direction = if factor < Decimal::ONE {
            Direction::Decrease
        } else {
            Direction::Increase
        };
        reading.is_outcome = true;
        reading.parts.target = Some(self.span(at, at + 1));
        self.read_start(reading, None, (at, at + 1), None);
    }

    fn direction_of(&self, class: VerbClass, clause: Option<&Clause<'_>>) -> Direction {
        match class {
            VerbClass::Increase => Direction::Increase,
            VerbClass::Decrease => Direction::Decrease,
            VerbClass::Improve => {
                let (first, end) = clause.map_or((0, self.words.tokens.len()), |clause| {
                    let first = clause.verb.as_ref().map_or(clause.first, |verb| verb.end);
                    (first, clause.end)
                });
                if is_lower_better(&self.words, first, self.measure_end(first, end)) {
                    Direction::Decrease
                } else {
                    Direction::Increase
                }
            }
            VerbClass::Keep => Direction::Keep,
            VerbClass::Reach | VerbClass::Move | VerbClass::Obtain | VerbClass::Process => {
                Direction::Reach
            }
            VerbClass::Work | VerbClass::Activity => Direction::Complete,
        }
    }

    /// Returns where the words for the measure end: before the first link to a number or another phrase.
    fn measure_end(&self, first: usize, end: usize) -> usize {
        (first..end)
            .find(|at| {
                *at > first
                    && (self.words.is_taken[*at]
                        || matches!(
                            self.word(*at),
                            "by" | "to"
                                | "from"
                                | "for"
                                | "at"
                                | "through"
                                | "via"
                                | "across"
                                | "among"
                                | "within"
                                | "with"
                                | ","
                                | "("
                                | ";"
                                | ":"
                                | "until"
                                | "without"
                                | "over"
                                | "above"
                                | "below"
                                | "under"
                                | "than"
                                | "so"
                        )
                        || value_at(&self.values, *at).is_some_and(|value| value.first == *at))
            })
            .unwrap_or(end)
    }

    /// Returns the deadline that belongs to the target: the first one behind it, else the last before it.
    fn deadline(
        &self,
        reading: &mut Reading,
        chosen: Option<&Chosen<'_>>,
    ) -> Option<jiff::civil::Date> {
        let dated = || {
            self.phrases
                .iter()
                .filter(|phrase| phrase.date.is_some() && !self.is_in_start(phrase))
        };
        let end = chosen.map_or(0, |chosen| {
            let value = &self.values[chosen.candidate.index];
            if chosen.is_means { 0 } else { value.end }
        });
        let open = || {
            let mut phrases = self.phrases.iter();
            phrases.find(|phrase| phrase.date.is_none() && phrase.is_ambiguous)
        };
        let phrase = dated()
            .find(|phrase| phrase.first >= end)
            .or_else(|| dated().next_back())
            .or_else(open)?;
        reading.parts.deadline = Some(self.span(phrase.first, phrase.end));
        reading.is_deadline_ambiguous = phrase.is_ambiguous;
        phrase.date
    }

    /// Returns whether a phrase says when the start was measured: `(64% in Q1)`, `versus 64% in Q1`.
    fn is_in_start(&self, phrase: &Phrase) -> bool {
        super::start::is_dated_start(&self.words, &self.values, phrase.first)
    }
}

/// Returns whether a word stands right before a value, with nothing but small words between.
fn at_before(words: &Words<'_, '_>, value: &Value, word: &str) -> bool {
    (value.first.saturating_sub(4)..value.first).any(|at| words.word(at) == word)
}
