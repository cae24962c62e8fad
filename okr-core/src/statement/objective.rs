//! Reads an objective: whether it names a number, a project or a routine, and whether it is one.

use super::clause::{Words, clauses, means_link};
use super::deadline;
use super::lexicon::{Class, Lexicon};
use super::reading::VerbClass;
use super::resolve::label;
use super::start::is_marked;
use super::target::candidate;
use super::token::{Token, tokens};
use super::value::{Form, Value, value_at, values};
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
    let phrases = deadline::phrases(&tokens, any_period);
    let mut is_taken = vec![false; tokens.len()];
    is_taken[..first].fill(true);
    for phrase in &phrases {
        is_taken[phrase.first.max(first)..phrase.end.max(first)].fill(true);
    }
    let words = Words::new(&tokens, &is_taken, lexicon);
    let reader = Reader {
        values: values(&tokens, &is_taken, &|_| false),
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

/// So many words behind `who` or `that` are looked at for the verb.
const RELATIVE_REACH: usize = 12;

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

    fn opening(&self) -> usize {
        let mut at = self.first;
        while matches!(
            self.word(at),
            "we" | "will" | "to" | "the" | "team" | "please" | "simply" | "also"
        ) && at + 1 < self.end()
        {
            at += 1;
        }
        at
    }

    /// Returns the words that ask for an existing duty to go on as before.
    fn routine(&self) -> Option<Span> {
        let at = self.opening();
        let next = self.word(at + 1);
        let len = match self.word(at) {
            "continue" | "keep" | "maintain" | "sustain" | "continuing" | "keeping"
            | "maintaining" | "sustaining" => 1 + usize::from(next == "up"),
            "carry" | "go" | "carrying" | "going" if next == "on" => 2,
            "process" | "handle" | "run" | "operate" | "answer" | "perform" | "pay" | "prepare" => {
                let recurs = (at + 1..self.end()).find(|at| {
                    let word = self.word(*at);
                    match word {
                        "time" => self.word(*at - 1) == "on",
                        "usual" => self.word(*at - 1) == "as",
                        _ => {
                            self.words.is(Class::Routine, *at)
                                || matches!(self.word(*at - 1), "every" | "each")
                                    && matches!(
                                        word,
                                        "day"
                                            | "week"
                                            | "month"
                                            | "quarter"
                                            | "morning"
                                            | "friday"
                                            | "night"
                                    )
                        }
                    }
                })?;
                // The duty ends where its routine is named.
                let _ = recurs;
                1
            }
            _ => return None,
        };
        Some(self.span(at, at + len))
    }

    /// Returns the words with which an objective opens as a project.
    fn project(&self) -> Option<Span> {
        let at = self.opening();
        if let Some(verb) = self.words.verb(at) {
            let is_core = self.words.lexicon.is_project_verb(verb.base, verb.class);
            let clauses = clauses(&self.words, &self.values, self.first);
            let class = clauses
                .main
                .first()
                .and_then(|clause| clause.verb.as_ref())
                .filter(|found| found.at == at)
                .map(|verb| verb.class);
            let is_delivery = verb.base == "deliver"
                && !(at + 1..(at + 6).min(self.end())).any(|at| {
                    matches!(
                        self.word(at),
                        "project"
                            | "projects"
                            | "system"
                            | "platform"
                            | "portal"
                            | "programme"
                            | "program"
                            | "rollout"
                            | "app"
                            | "tool"
                            | "module"
                            | "phase"
                            | "release"
                            | "migration"
                            | "website"
                            | "site"
                            | "course"
                            | "courses"
                            | "training"
                            | "workshops"
                            | "report"
                            | "reports"
                    )
                });
            let is_form = self.word(at) == verb.base || self.word(at).ends_with("ing");
            if is_core && is_form && class == Some(VerbClass::Work) && !is_delivery {
                return Some(self.span(at, verb.end));
            }
        }
        // `Successful migration of …`, `Rollout of …`.
        let noun =
            (at..(at + 4).min(self.end())).find(|at| self.words.is(Class::ProjectNoun, *at))?;
        let adjectives = (at..noun).all(|at| {
            let token = &self.words.tokens[at];
            token.is_word()
                && self
                    .words
                    .verb(at)
                    .is_none_or(|_| token.lower.ends_with("ful"))
                && self.act(at).is_none()
        });
        (adjectives && self.word(noun + 1) == "of").then(|| self.span(at, noun + 1))
    }

    /// Returns the link and the verb of a second result, with an object of its own.
    fn second(&self) -> Option<Span> {
        let first = self.opening();
        let mut has_object = false;
        let mut relative: Option<usize> = None;
        let mut at = first + 1;
        while at < self.end() {
            let word = self.word(at);
            if self.words.is_taken[at] {
                at += 1;
                continue;
            }
            // What follows a purpose or a means belongs to it.
            let is_purpose = word == "to" && self.is_base_verb(at + 1)
                || matches!(
                    (word, self.word(at + 1)),
                    ("so" | "such", "that") | ("so", "as") | ("in", "order")
                )
                || word == "so" && self.word(at - 1) == ",";
            if is_purpose || means_link(&self.words, at).is_some() {
                return None;
            }
            if matches!(
                word,
                "who" | "which" | "that" | "where" | "whom" | "whose" | "when" | "what"
            ) {
                relative = Some(at);
            }
            let link = match word {
                "and" | "while" | "plus" | ";" | "," => 1,
                "as" if self.word(at + 1) == "well" && self.word(at + 2) == "as" => 3,
                _ => 0,
            };
            if link == 0 {
                let token = &self.words.tokens[at];
                has_object |= token.is_word()
                    && !self.words.lexicon.is(Class::Function, &token.lower)
                    || value_at(&self.values, at).is_some_and(|value| value.first == at);
                at += 1;
                continue;
            }
            let mut next = at + link;
            while matches!(
                self.word(next),
                "and" | "also" | "then" | "at" | "the" | "same" | "time"
            ) || self.word(next).ends_with("ly")
            {
                next += 1;
                if next > at + 6 {
                    break;
                }
            }
            let gerund =
                self.word(next).ends_with("ing") && (matches!(word, "while" | "plus" | "as"));
            let opens_anew = word == ";" && self.act(next).is_some();
            let is_verb = opens_anew
                || self.is_base_verb(next)
                || gerund && (self.words.verb(next).is_some() || self.act(next).is_some());
            let is_inside = relative.is_some_and(|relative| self.is_relative_plural(relative, at));
            if is_verb && has_object && !is_inside && self.has_object(next) {
                return Some(self.span(at, next + 1));
            }
            at += link;
        }
        None
    }

    /// Returns whether a word is a verb in its base form that is not more likely a noun or an adjective.
    fn is_base_verb(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.is_word()) else {
            return false;
        };
        let word = &*token.lower;
        let known = self.words.verb(at).is_some_and(|verb| verb.base == word)
            || self.words.lexicon.is(Class::Act, word);
        let is_plain = !super::clause::is_noun_like(word)
            && !matches!(
                word,
                "open"
                    | "clean"
                    | "better"
                    | "lower"
                    | "complete"
                    | "secure"
                    | "clear"
                    | "direct"
                    | "smooth"
                    | "live"
                    | "present"
                    | "close"
                    | "calm"
                    | "own"
                    | "work"
                    | "care"
                    | "trust"
                    | "respect"
                    | "love"
                    | "change"
                    | "lead"
                    | "cost"
                    | "spend"
                    | "waste"
                    | "power"
                    | "fuel"
                    | "link"
                    | "use"
                    | "average"
                    | "equip"
                    | "set"
                    | "act"
                    | "cash"
                    | "water"
                    | "face"
                    | "guard"
            );
        let next = self.word(at + 1);
        let determined = matches!(
            next,
            "the"
                | "our"
                | "a"
                | "an"
                | "every"
                | "all"
                | "each"
                | "their"
                | "its"
                | "new"
                | "more"
                | "them"
                | "it"
                | "us"
                | "how"
                | "what"
                | "no"
        );
        // Of a word that nobody told of, an object with its article tells that it is a verb.
        let has_article = matches!(next, "the" | "our" | "a" | "an" | "every" | "their" | "its");
        let is_free = !self.words.lexicon.is(Class::Function, word)
            && !self.words.lexicon.is(Class::Generic, word)
            && !word.ends_with('s')
            && !matches!(word, "all" | "that" | "across");
        known && (is_plain || determined) || has_article && is_free
    }

    /// Returns whether the verb of a relative clause is plural, so that a base form can go on with it.
    fn is_relative_plural(&self, relative: usize, link: usize) -> bool {
        let verb = (relative + 1..link.min(relative + RELATIVE_REACH)).find(|at| {
            self.words.verb(*at).is_some()
                || self.act(*at).is_some()
                || matches!(self.word(*at), "is" | "has" | "does" | "makes")
        });
        !verb.is_some_and(|at| self.word(at).ends_with('s') || self.word(at).ends_with("ed"))
    }

    fn has_object(&self, verb: usize) -> bool {
        let mut at = verb + 1;
        let found = self.words.verb(verb).map_or(verb + 1, |verb| verb.end);
        at = at.max(found);
        self.token(at).is_some_and(|token| {
            !token.is_stop()
                && !matches!(
                    &*token.lower,
                    "and"
                        | "or"
                        | "for"
                        | "in"
                        | "on"
                        | "with"
                        | "to"
                        | "by"
                        | "of"
                        | "from"
                        | "as"
                        | "at"
                        | "while"
                        | "so"
                        | "together"
                        | "better"
                        | "faster"
                        | "more"
                )
        })
    }
}
