//! Reads an objective: whether it names a number, a project or a routine, and whether it is one.

mod second;
mod work;

use super::clause::clauses;
use super::deadline;
use super::lexicon::{Class, Lexicon};
use super::resolve::label;
use super::start::is_marked;
use super::target::candidate;
use super::token::{Token, tokens};
use super::value::{Form, Value, values};
use super::words::Words;
use crate::text::Span;

/// What an objective's words say.
///
/// Spans are in bytes of its text, as in [`super::Parts`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectiveReading {
    /// A value to reach, which belongs to a key result.
    pub metric: Option<Span>,
    /// Whether nothing specific is named.
    pub is_vague: bool,
    /// The words that ask for an existing duty to go on.
    pub routine: Option<Span>,
    /// The words that name a deliverable or project.
    pub project: Option<Span>,
    /// How many words it has, without its label.
    pub words: usize,
    /// The link that joins a second result, with its verb.
    pub second: Option<Span>,
    /// A phrase that names a day.
    pub deadline: Option<Span>,
}

/// The most words of an objective that is not too long to be remembered.
const MAX_WORDS: usize = 20;

impl ObjectiveReading {
    /// Returns the names of what is wrong with the objective, in a fixed order: `contains-metric`, `vague`,
    /// `business-as-usual`, `task-like`, `too-long` (more than 20 words) and `multiple-objectives`.
    #[must_use]
    pub fn issues(&self) -> Vec<&'static str> {
        let all = [
            ("contains-metric", self.metric.is_some()),
            ("vague", self.is_vague),
            ("business-as-usual", self.routine.is_some()),
            ("task-like", self.project.is_some()),
            ("too-long", self.words > MAX_WORDS),
            ("multiple-objectives", self.second.is_some()),
        ];
        let found = all.into_iter().filter(|(_, is_found)| *is_found);
        found.map(|(name, _)| name).collect()
    }
}

/// Reads an objective.
#[must_use]
pub fn read_objective(text: &str, lexicon: &Lexicon) -> ObjectiveReading {
    let tokens = tokens(text);
    let first = label(&tokens);
    let any_period = crate::model::Period::parse("2026", crate::model::FiscalYear::default()).ok();
    let phrases = deadline::phrases(&tokens, any_period, lexicon);
    let mut is_taken = vec![false; tokens.len()];
    is_taken[..first].fill(true);
    for phrase in &phrases {
        is_taken[phrase.first.max(first)..phrase.end.max(first)].fill(true);
    }
    let words = Words::new(&tokens, &is_taken, lexicon);
    let reader = Reader {
        values: values(&words, &|_| false),
        words,
        first,
    };
    let start = tokens
        .get(first)
        .map_or(text.len(), |token| token.span.start());
    let routine = reader.routine();
    ObjectiveReading {
        metric: reader.metric(),
        is_vague: reader.is_vague(),
        project: if routine.is_some() {
            None
        } else {
            reader.project()
        },
        routine,
        words: text[start..].split_whitespace().count(),
        second: reader.second(),
        deadline: phrases
            .iter()
            .find(|phrase| phrase.date.is_some())
            .map(|phrase| tokens[phrase.first].span.cover(tokens[phrase.end - 1].span)),
    }
}

struct Reader<'r, 't> {
    words: Words<'r, 't>,
    values: Vec<Value>,
    first: usize,
}

impl Reader<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.words.word(at)
    }

    fn token(&self, at: usize) -> Option<&Token<'_>> {
        self.words.tokens.get(at)
    }

    fn end(&self) -> usize {
        self.words.tokens.len()
    }

    fn span(&self, first: usize, end: usize) -> Span {
        let tokens = self.words.tokens;
        let last = end.clamp(first + 1, tokens.len().max(first + 1)) - 1;
        match (tokens.get(first), tokens.get(last)) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// Returns the first value that is one to reach.
    fn metric(&self) -> Option<Span> {
        let clauses = clauses(&self.words, &self.values, self.first);
        let others = [&clauses.means, &clauses.purpose];
        // The clause that a token stands in; main clauses stand in the order of their tokens.
        let clause_at = |at: usize| {
            let behind = clauses.main.partition_point(|clause| clause.first <= at);
            let main = clauses.main[..behind].last();
            let others = others.into_iter().flatten().map(|(_, clause)| clause);
            main.into_iter()
                .chain(others)
                .find(|clause| (clause.first..clause.end).contains(&at))
        };
        let value = self.values.iter().enumerate().find(|(index, value)| {
            // `one team`, `a second chance`, `half of what …` are words.
            let is_word = !value.is_digits
                && value.unit.is_none()
                && (value.amount <= rust_decimal::Decimal::ONE && !value.amount.is_zero()
                    || value.form == Form::Fraction
                        && self.word(value.first) == "half"
                        && self.word(value.first.saturating_sub(1)) == "first");
            let clause = clause_at(value.first);
            !is_word
                && clause.is_some_and(|clause| {
                    is_marked(&self.words, &self.values, *index)
                        || candidate(&self.words, &self.values, *index, clause).is_some()
                })
        });
        if let Some((_, value)) = value {
            return Some(self.span(value.first, value.end));
        }
        // Factors and zeros in words.
        let at = (self.first..self.end()).find(|at| {
            let word = self.word(*at);
            let opens = *at == self.first
                || self.words.verb(*at).is_some() && *at <= self.first + 1
                || matches!(self.word(*at - 1), "and" | "to" | "," | "while" | "by");
            matches!(
                word,
                "double"
                    | "doubling"
                    | "halve"
                    | "halving"
                    | "triple"
                    | "tripling"
                    | "treble"
                    | "quadruple"
            ) && opens
                || matches!(
                    word,
                    "twofold" | "threefold" | "tenfold" | "fourfold" | "fivefold"
                )
                || word == "zero" && !self.token(*at + 1).is_some_and(|next| next.is("-"))
                || word == "in" && self.word(*at + 1) == "half"
                || word == "twice" && matches!(self.word(*at + 1), "as" | "the")
        })?;
        Some(self.span(at, at + 1))
    }

    /// Returns whether nothing is left without verbs, generic words and words that join others.
    fn is_vague(&self) -> bool {
        let lexicon = self.words.lexicon;
        let is_specific = |at: usize| {
            let token = &self.words.tokens[at];
            if !token.is_word() || self.words.is_taken[at] {
                return false;
            }
            let word = &*token.lower;
            let is_empty = |word: &str| {
                lexicon.is(Class::Function, word)
                    || lexicon.is(Class::Generic, word)
                    || lexicon.is(Class::Praise, word)
            };
            let parts_are_empty = || {
                word.split('-')
                    .all(|part| part.is_empty() || is_empty(part))
            };
            let is_adverb = word.len() > 4
                && word.ends_with("ly")
                && !matches!(
                    word,
                    "family" | "supply" | "reply" | "assembly" | "monthly" | "weekly" | "daily"
                );
            let is_verb = self.is_verb_here(at);
            !(is_empty(word) || parts_are_empty() || is_adverb || is_verb)
        };
        let has_word = (self.first..self.end()).any(|at| self.words.tokens[at].is_word());
        has_word && !(self.first..self.end()).any(is_specific)
    }

    /// Returns whether a word stands where a verb does: at the opening, behind a link, or a plain verb.
    fn is_verb_here(&self, at: usize) -> bool {
        let word = self.word(at);
        let is_act = self.act(at).is_some();
        let opens = at == self.first
            || matches!(
                self.word(at - 1),
                "and" | "," | "to" | "while" | ";" | "we" | "or" | "by" | "can" | "plus"
            );
        let particle = at > self.first && matches!(word, "up" | "on" | "off" | "out");
        is_act && (opens || !self.words.is(Class::LowerIsBetter, at))
            || opens && self.words.verb(at).is_some()
            || particle
    }

    /// Returns the base of a plain verb in any of its forms.
    fn act(&self, at: usize) -> Option<()> {
        let word = self.word(at);
        let is = |word: &str| self.words.lexicon.is(Class::Act, word);
        let stem = word.strip_suffix("ing").filter(|stem| stem.len() > 1);
        let doubled = stem.and_then(|stem| stem.get(..stem.len() - 1));
        (is(word)
            || stem.is_some_and(|stem| is(stem) || is(&format!("{stem}e")))
            || doubled.is_some_and(is))
        .then_some(())
    }
}
