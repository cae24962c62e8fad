//! Finds the clauses of a statement: its main clauses, how it is to be done, and what for.

use rust_decimal::Decimal;

use super::VerbClass;
use super::lexicon::{Class, Classes, Lexicon};
use super::token::{Token, TokenKind};
use super::value::{Form, Value, is_link, value_at, values_in};

/// A verb and the words that it governs, as positions of tokens: `first` is inside, `end` is not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause<'w> {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) verb: Option<VerbAt<'w>>,
}

/// A verb where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct VerbAt<'w> {
    /// The position of its first token.
    pub(super) at: usize,
    /// The position behind it and the particle that follows at once.
    pub(super) end: usize,
    pub(super) base: &'w str,
    pub(super) class: VerbClass,
}

/// The clauses of a statement.
#[derive(Clone, Debug)]
pub(super) struct Clauses<'w> {
    /// The main clauses; there is at least one.
    pub(super) main: Vec<Clause<'w>>,
    /// The clause that says how, with its link.
    pub(super) means: Option<(usize, Clause<'w>)>,
    /// The clause that says what for, with its link.
    pub(super) purpose: Option<(usize, Clause<'w>)>,
}

/// What the reader knows of a statement before its clauses.
pub(super) struct Words<'w, 't> {
    pub(super) tokens: &'w [Token<'t>],
    /// Whether a token belongs to a label or to a phrase about time.
    pub(super) is_taken: &'w [bool],
    pub(super) lexicon: &'w Lexicon,
    /// What the lexicon says of each token, looked up once.
    known: Vec<Known<'w>>,
}

/// What the lexicon says of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Known<'w> {
    classes: Classes,
    verb: Option<VerbAt<'w>>,
}

/// A particle stands at most so many words behind its verb: `roll the new portal … out`.
const PARTICLE_REACH: usize = 9;

impl<'w, 't> Words<'w, 't> {
    pub(super) fn new(tokens: &'w [Token<'t>], is_taken: &'w [bool], lexicon: &'w Lexicon) -> Self {
        let known = (0..tokens.len()).map(|at| {
            let classes = lexicon.classes_of(&tokens[at].lower);
            let verb = tokens[at].is_word().then(|| find_verb(tokens, at, lexicon));
            Known {
                classes,
                verb: verb.flatten(),
            }
        });
        Self {
            known: known.collect(),
            tokens,
            is_taken,
            lexicon,
        }
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &*token.lower)
    }

    pub(super) fn is(&self, class: Class, at: usize) -> bool {
        self.known
            .get(at)
            .is_some_and(|known| known.classes.has(class))
    }

    /// Returns the verb that starts at a token, in any form.
    pub(super) fn verb(&self, at: usize) -> Option<VerbAt<'w>> {
        self.known.get(at)?.verb
    }

    /// Returns whether a word only praises; `outstanding` says of what is owed that it is not paid yet.
    pub(super) fn praises(&self, at: usize) -> bool {
        self.is(Class::Praise, at)
            && !(self.word(at) == "outstanding"
                && (at + 1..at + 3).any(|at| self.is(Class::Owed, at)))
    }

    fn is_base(&self, at: usize) -> bool {
        self.verb(at).is_some_and(|verb| verb.base == self.word(at))
    }

    pub(super) fn is_adverb(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 3
            && word.ends_with("ly")
            && !matches!(
                word,
                "reply"
                    | "supply"
                    | "apply"
                    | "monthly"
                    | "weekly"
                    | "daily"
                    | "early"
                    | "quarterly"
                    | "yearly"
                    | "family"
                    | "assembly"
                    | "only"
            )
            || matches!(
                word,
                "also" | "then" | "further" | "always" | "even" | "again" | "still" | "just"
            )
    }

    /// Returns where the words of a clause begin, behind what introduces it.
    fn skip_opening(&self, mut at: usize, end: usize) -> usize {
        loop {
            let skipped = match (self.word(at), self.word(at + 1), self.word(at + 2)) {
                (
                    "we",
                    "will" | "shall" | "must" | "should" | "want" | "aim" | "plan" | "can",
                    following,
                ) => 2 + usize::from(following == "to"),
                ("our" | "the" | "my", "goal" | "aim" | "target" | "ambition", "is") => {
                    3 + usize::from(self.word(at + 3) == "to")
                }
                ("the", "team", "will") => 3,
                ("to" | "and" | "please" | "then" | ",", ..) => 1,
                ("aim" | "plan" | "want" | "need", "to", _) => 2,
                _ if at < self.is_taken.len() && self.is_taken[at] => 1,
                _ if self.is_adverb(at) => 1,
                _ => return at,
            };
            if at + skipped >= end {
                return at;
            }
            at += skipped;
        }
    }

    /// Returns the verb that governs the words from `first` to `end`: the one that opens them, or the
    /// finite one behind a subject.
    fn governing(&self, first: usize, end: usize) -> Option<VerbAt<'w>> {
        let at = self.skip_opening(first, end);
        let finite = || {
            (at..end)
                .filter(|at| !self.is_taken[*at])
                .find_map(|at| self.finite(at, first, end))
        };
        let Some(verb) = self.verb(at).filter(|verb| verb.at < end) else {
            return finite();
        };
        if self.is_base(at) && !self.reads_as_noun(&verb, end) {
            // `Begin and finish 10 …`: of two kinds of work on one thing the last one ends it.
            let second = self.verb(verb.end + 1).filter(|second| {
                self.word(verb.end) == "and"
                    && second.end < end
                    && second.class == VerbClass::Work
                    && verb.class == VerbClass::Work
                    && super::value::starts_value(self.tokens, second.end)
                    && self.is_base(verb.end + 1)
            });
            return Some(second.unwrap_or(verb));
        }
        // `Reducing churn …` asks; `Building permits are …` and `Onboarding 2.0` name.
        let is_versioned = self.tokens.get(at + 1).is_some_and(|next| {
            matches!(next.kind, TokenKind::Number(_)) && next.text.ends_with(".0")
        });
        let is_gerund = self.word(at).ends_with("ing") && !is_versioned;
        finite().or(Some(verb).filter(|_| is_gerund))
    }

    /// Returns whether a word that opens a clause names something rather than asks for it:
    /// `Test coverage of 80%`, `Order fill rate: 96%`, `Fill rate stays at 98%`.
    fn reads_as_noun(&self, verb: &VerbAt<'_>, end: usize) -> bool {
        if matches!(verb.base, "average" | "lead" | "fall" | "index" | "label") {
            return true;
        }
        let next = self.word(verb.end);
        let determines = super::value::starts_value(self.tokens, verb.end)
            || matches!(
                next,
                "a" | "an" | "the" | "our" | "all" | "every" | "each" | "at" | "no" | "new"
            );
        if determines {
            return false;
        }
        if verb.base == "better" {
            // `Better follow-up` is no demand, `Better absence by 1 pp` is one.
            return !(verb.end..end).any(|at| super::value::starts_value(self.tokens, at));
        }
        let does = matches!(
            verb.class,
            VerbClass::Work | VerbClass::Process | VerbClass::Obtain
        );
        if does && verb.end == verb.at + 1 && is_scale(next) {
            return true;
        }
        if !is_noun_like(verb.base) {
            return false;
        }
        // It is a noun where no object follows but a verb, a colon or a bound does.
        let ends_far = |at: usize| {
            matches!(self.word(at), ":" | "=" | "→" | "up" | "down")
                && (super::value::starts_value(self.tokens, at + 1) || self.word(at + 1) == "to")
        };
        // `Refund guide published`: a singular noun without an article can be no object.
        let ends_compound = |at: usize| {
            let is_participle = self.word(at).ends_with("ed")
                && self.verb(at).is_some_and(|verb| verb.base != self.word(at));
            is_participle
                && at > verb.end
                && !self.word(at - 1).ends_with('s')
                && !is_link(self.word(at - 1))
        };
        let ends_subject = |at: usize| match self.word(at) {
            ":" | "=" | "≥" | "≤" | ">=" | "<=" | ">" | "<" | "→" | "is" | "are" | "stays"
            | "falls" | "rises" | "reaches" | "below" | "above" => true,
            "of" => at == verb.end || super::value::starts_value(self.tokens, at + 1),
            _ => false,
        };
        (verb.end..end.min(verb.end + 4)).any(|at| ends_subject(at) || ends_compound(at))
            || (verb.end..end.min(verb.end + 9)).any(ends_far)
    }

    /// Returns whether a verb says behind its measure what becomes of it: `absence halved`, `costs cut by
    /// half`, `Liefertreue auf 96 % steigern`.
    fn is_trailing(&self, verb: &VerbAt<'_>, first: usize, end: usize) -> bool {
        let changes = matches!(verb.class, VerbClass::Increase | VerbClass::Decrease);
        if verb.at <= first || !changes {
            return false;
        }
        let word = self.word(verb.at);
        let is_last = verb.end >= end || self.is_taken[verb.end] || self.tokens[verb.end].is_stop();
        let is_participle = verb.base != word && word.ends_with("ed");
        if verb_factor(verb.base).is_some() && is_participle {
            return is_last || is_link(self.word(verb.end));
        }
        // A German infinitive closes its sentence.
        if is_last && verb.base == word && (word.ends_with("en") || word.ends_with("ern")) {
            return super::value::ends_value(self.tokens, verb.at);
        }
        let by_how_much = matches!(self.word(verb.end), "by" | "to" | "from")
            && super::value::starts_value(self.tokens, verb.end + 1);
        by_how_much && (is_participle || word == "cut") && !is_link(self.word(verb.at - 1))
    }

    /// Returns the verb at a token that is finite there: `stays`, `is reduced`, `will win`.
    fn finite(&self, at: usize, first: usize, end: usize) -> Option<VerbAt<'w>> {
        // `Zero patient falls`, `No drops in …` name what is counted.
        if matches!(self.word(first), "zero" | "no") && at <= first + 3 {
            return None;
        }
        let verb = self.verb(at)?;
        let word = self.word(at);
        if self.is_trailing(&verb, first, end) {
            return Some(verb);
        }
        let before = at
            .checked_sub(1)
            .filter(|before| *before >= first)
            .map_or("", |before| self.word(before));
        let is_auxiliary = matches!(
            word,
            "is" | "are"
                | "be"
                | "been"
                | "was"
                | "were"
                | "has"
                | "have"
                | "being"
                | "gets"
                | "get"
        );
        if is_auxiliary {
            // The participle behind it is what counts: `is reduced`, `are paid on time`.
            let mut next = at + 1;
            while next < end
                && (self.is_adverb(next)
                    || matches!(self.word(next), "been" | "being" | "to" | "be"))
            {
                next += 1;
            }
            let participle = self.verb(next).filter(|found| {
                next < end
                    && (found.base != self.word(next)
                        || matches!(found.base, "cut" | "hit" | "set" | "put"))
            });
            return participle.or(Some(VerbAt {
                class: VerbClass::Reach,
                ..verb
            }));
        }
        let is_modal = matches!(
            before,
            "will" | "shall" | "must" | "should" | "can" | "could" | "would"
        );
        if is_modal {
            return Some(verb);
        }
        // `Costs fall to …`: the base form behind a plural, with a link to its number behind it.
        let follows_plural = before.ends_with('s')
            && before.len() > 3
            && !before.ends_with("ss")
            && matches!(
                self.word(verb.end),
                "to" | "by" | "below" | "above" | "under" | "at" | "from" | "within"
            );
        let is_third_person =
            word.ends_with('s') && verb.base != word || verb.base == word && follows_plural;
        let tells_state = matches!(
            verb.class,
            VerbClass::Increase
                | VerbClass::Decrease
                | VerbClass::Keep
                | VerbClass::Reach
                | VerbClass::Improve
        );
        let is_noun = matches!(
            before,
            "of" | "the" | "a" | "an" | "in" | "for" | "and" | "per" | "," | "our"
        );
        let can_be_noun = matches!(
            verb.base,
            "test"
                | "cut"
                | "score"
                | "record"
                | "post"
                | "log"
                | "top"
                | "limit"
                | "cap"
                | "guard"
                | "show"
                | "match"
                | "cross"
                | "end"
                | "stop"
                | "return"
        );
        (is_third_person && tells_state && !is_noun && at > first && !can_be_noun).then_some(verb)
    }
}

/// Returns the factor that a verb names by itself: `double`, `halve`.
pub(super) fn verb_factor(base: &str) -> Option<Decimal> {
    Some(match base {
        "double" => Decimal::TWO,
        "triple" | "treble" => Decimal::from(3),
        "quadruple" => Decimal::from(4),
        "halve" | "halbieren" => Decimal::new(5, 1),
        _ => return None,
    })
}

/// Returns the verb that starts at a token.
fn find_verb<'w>(tokens: &'w [Token<'_>], at: usize, lexicon: &'w Lexicon) -> Option<VerbAt<'w>> {
    let word = &*tokens[at].lower;
    let following = |ahead: usize| tokens.get(at + 1 + ahead).map(|token| &*token.lower);
    let verb = lexicon.verb(word, following).or_else(|| {
        if !lexicon.has_phrases(word) {
            return None;
        }
        // Some are verbs only with their particle, which may stand behind the object: `roll … out`.
        let mut behind = tokens[at + 1..].iter().take(PARTICLE_REACH);
        let particle = behind.find(|token| is_particle(&token.lower))?;
        lexicon.with_particle(word, &particle.lower)
    })?;
    Some(VerbAt {
        at,
        end: at + 1 + verb.particles,
        base: verb.base,
        class: verb.class,
    })
}

fn is_particle(word: &str) -> bool {
    matches!(word, "up" | "down" | "out" | "back" | "off")
}

/// Finds the clauses; `first` is where the statement begins behind its label.
pub(super) fn clauses<'w>(words: &Words<'w, '_>, values: &[Value], first: usize) -> Clauses<'w> {
    let mut found = find_clauses(words, values, first);
    let means = found
        .means
        .iter_mut()
        .chain(&mut found.purpose)
        .map(|(_, clause)| clause);
    for verb in found
        .main
        .iter_mut()
        .chain(means)
        .filter_map(|clause| clause.verb.as_mut())
    {
        verb.class = verb_class(words, values, verb);
    }
    found
}

fn find_clauses<'w>(words: &Words<'w, '_>, values: &[Value], first: usize) -> Clauses<'w> {
    let end = words.tokens.len();
    let mut main_first = skip_population(words, values, first);
    let mut means = None;
    // A means may stand in front: `By calling every week, cut …`.
    let opening = words.skip_opening(main_first, end);
    if let Some(link_end) = means_link(words, opening) {
        let comma = (link_end..end).find(|at| words.word(*at) == "," && !in_number(values, *at));
        if let Some(comma) = comma {
            means = Some((opening, clause(words, link_end, comma)));
            main_first = comma + 1;
        }
    }
    let mut main_end = end;
    if means.is_none() {
        let found = (main_first + 1..end)
            .filter(|at| !words.is_taken[*at])
            .find_map(|at| Some((at, means_link(words, at)?)));
        if let Some((at, link_end)) = found {
            let stop = (link_end..end)
                .find(|at| starts_second_clause(words, *at))
                .unwrap_or(end);
            // `Increase renewals via SEPA by 10%`: a noun as means ends where the change is told.
            let is_noun = words.verb(link_end).is_none();
            let told = (link_end + 1..stop).find(|at| {
                matches!(words.word(*at), "by" | "to" | "from")
                    && value_at(values, at + 1).is_some_and(|value| value.first == at + 1)
            });
            let told = told.filter(|_| is_noun && values_in(values, main_first, at).is_empty());
            if let Some(told) = told {
                means = Some((at, clause(words, link_end, told)));
                let mut main = split(words, main_first, at);
                let verb = main.last().and_then(|clause| clause.verb);
                main.push(Clause {
                    first: told,
                    end: stop,
                    verb,
                });
                return Clauses {
                    purpose: None,
                    main,
                    means,
                };
            }
            means = Some((at, clause(words, link_end, stop)));
            main_end = at;
            // What is joined on behind the means belongs to the main clause again.
            if stop < end {
                let second = clause(words, stop, end);
                let mut main = split(words, main_first, main_end);
                main.push(second);
                return Clauses {
                    purpose: None,
                    main,
                    means,
                };
            }
        }
    }
    let mut purpose = None;
    let verb = words.governing(main_first, main_end);
    let from = verb.as_ref().map_or(main_first, |verb| verb.end);
    let found = (from + 1..main_end.max(from + 1))
        .filter(|at| !words.is_taken.get(*at).copied().unwrap_or(true))
        .find_map(|at| Some((at, purpose_link(words, at, main_end)?)));
    // `the time to publish results` is what is measured: a purpose follows work, or a number.
    let follows = |at: usize| {
        let is_work = verb.as_ref().is_some_and(|verb| {
            matches!(
                verb_class(words, values, verb),
                VerbClass::Work | VerbClass::Activity
            )
        });
        let has_number = |first: usize, end: usize| !values_in(values, first, end).is_empty();
        // `Improve the process to shorten payments by 20%`: a verb of change with the only number.
        let improves = || {
            let is_improve = verb.is_some_and(|verb| verb.class == VerbClass::Improve);
            let changes = words.verb(at + 1).is_some_and(|verb| {
                matches!(verb.class, VerbClass::Increase | VerbClass::Decrease)
            });
            is_improve && changes && has_number(at, main_end)
        };
        is_work || has_number(main_first, at) || improves()
    };
    if let Some((at, link_end)) = found.filter(|(at, _)| follows(*at)) {
        purpose = Some((at, clause(words, link_end, main_end)));
        main_end = at;
    }
    Clauses {
        main: split(words, main_first, main_end),
        means,
        purpose,
    }
}

/// Returns where a statement begins behind a population that stands in front: `Across 12 regions, raise …`.
fn skip_population(words: &Words<'_, '_>, values: &[Value], first: usize) -> usize {
    let opens = matches!(
        words.word(first),
        "across"
            | "in"
            | "for"
            | "at"
            | "among"
            | "within"
            | "over"
            | "on"
            | "of"
            | "with"
            | "throughout"
    );
    if !opens {
        return first;
    }
    let comma =
        (first..words.tokens.len()).find(|at| words.word(*at) == "," && !in_number(values, *at));
    comma.map_or(first, |comma| {
        if words.governing(comma + 1, words.tokens.len()).is_some() {
            comma + 1
        } else {
            first
        }
    })
}

fn in_number(values: &[Value], at: usize) -> bool {
    value_at(values, at).is_some()
}

fn clause<'w>(words: &Words<'w, '_>, first: usize, end: usize) -> Clause<'w> {
    Clause {
        first,
        end,
        verb: words.governing(first, end),
    }
}

/// Splits main clauses where a link is followed by a verb of its own.
fn split<'w>(words: &Words<'w, '_>, first: usize, end: usize) -> Vec<Clause<'w>> {
    let mut clauses = Vec::new();
    let mut from = first;
    for at in first + 1..end {
        if at > from + 1 && starts_second_clause(words, at) {
            clauses.push(clause(words, from, at));
            from = at;
        }
    }
    clauses.push(clause(words, from, end));
    clauses
}

/// Returns whether a link such as `and` stands at a token, with a verb in its base form behind it.
fn starts_second_clause(words: &Words<'_, '_>, at: usize) -> bool {
    let link = match words.word(at) {
        "and" | "while" | "plus" | ";" | "," | "then" | "but" => 1,
        "as" if words.word(at + 1) == "well" && words.word(at + 2) == "as" => 3,
        _ => return false,
    };
    let mut next = at + link;
    while matches!(
        words.word(next),
        "and" | "also" | "then" | "to" | "at" | "the" | "same" | "time" | "simultaneously"
    ) || words.is_adverb(next)
    {
        next += 1;
        if next > at + 8 {
            return false;
        }
    }
    let Some(verb) = words.verb(next) else {
        return false;
    };
    let is_base = verb.base == words.word(next);
    let is_gerund = words.word(next).ends_with("ing");
    // Two nouns, or two adjectives, can look like verbs: `load and process times`.
    let has_object = words
        .tokens
        .get(verb.end)
        .is_some_and(|token| !token.is_stop())
        && !matches!(
            words.word(verb.end),
            "times" | "time" | "rate" | "rates" | "costs" | "cost" | "and" | "or" | "of"
        );
    let was_verb = at.checked_sub(1).is_some_and(|before| {
        // `complete and document`: two verbs for one object.
        words.is_base(before)
            && words.word(at) == "and"
            && !words.tokens[before].is_glued
            && before
                .checked_sub(1)
                .is_none_or(|before| words.is_adverb(before) || words.word(before) == ",")
    });
    has_object
        && !was_verb
        && (is_base || is_gerund && matches!(words.word(at), "while" | "as" | "plus"))
}

/// Returns the end of a link that opens a means, if one starts at a token.
pub(super) fn means_link(words: &Words<'_, '_>, at: usize) -> Option<usize> {
    let next = |ahead: usize| words.word(at + ahead);
    let link = match (next(0), next(1), next(2), next(3)) {
        ("with", "the", "help" | "aid", "of") => 4,
        ("with", "help", "from", _) | ("by", "means" | "way" | "use", "of", _) => 3,
        ("thanks", "to", ..) => 2,
        ("through" | "via" | "using" | "leveraging" | "utilising" | "utilizing", ..) => 1,
        _ => 0,
    };
    if link > 0 {
        return Some(at + link);
    }
    if words.word(at) == "by" {
        // `by adding a second check`, `by regularly cleaning`.
        let next = at + 1 + usize::from(words.is_adverb(at + 1));
        let word = words.word(next);
        let is_gerund = word.len() > 4
            && word.ends_with("ing")
            && !matches!(
                word,
                "spring"
                    | "evening"
                    | "morning"
                    | "during"
                    | "string"
                    | "nothing"
                    | "something"
                    | "everything"
                    | "closing"
                    | "beginning"
            );
        return is_gerund.then_some(at + 1);
    }
    None
}

/// Returns the end of a link that opens a purpose, if one starts at a token.
fn purpose_link(words: &Words<'_, '_>, at: usize, end: usize) -> Option<usize> {
    match (words.word(at), words.word(at + 1), words.word(at + 2)) {
        ("in", "order", "to") | ("so", "as", "to") => Some(at + 3),
        ("so" | "such", "that", _) => Some(at + 2),
        ("to", ..) if at + 2 < end => {
            let next = at + 1 + usize::from(words.is_adverb(at + 1));
            let verb = words
                .verb(next)
                .filter(|verb| verb.base == words.word(next))?;
            let is_article = matches!(
                verb.base,
                "average" | "no" | "top" | "post" | "market" | "lead" | "record"
            );
            // `time to publish`, `members to log in` say what is measured; whether that is so is for the
            // one who asks to decide.
            (!is_article).then_some(at + 1)
        }
        _ => None,
    }
}

/// So many words behind `move` are looked at for the value to move to.
const DESTINATION_REACH: usize = 40;

/// Returns what a verb asks for where its word alone does not tell.
fn verb_class(words: &Words<'_, '_>, values: &[Value], verb: &VerbAt<'_>) -> VerbClass {
    // The particle may stand behind the object: `push … up`, `bring … down`.
    if let Some(class) = split_particle(words, verb) {
        return class;
    }
    let object = Object::of(words, values, verb);
    let next = words.word(verb.end);
    let has_particle = verb.end > verb.at + 1;
    match verb.base {
        "raise" if object.is_money() => VerbClass::Obtain,
        "raise" if object.value.is_none() && next == "awareness" => VerbClass::Increase,
        "raise" if object.value.is_none() && object.is(Class::Funds, 1) => VerbClass::Obtain,
        "hold" if !has_particle && object.is_held() => VerbClass::Work,
        "hold" if !has_particle => VerbClass::Keep,
        // A level has a number behind `to`; a destination is named.
        "move" | "shift" | "transfer"
            if verb.class == VerbClass::Move
                && object.is(Class::Movable, 8)
                && !object.is_moved_to_value() =>
        {
            VerbClass::Work
        }
        "close" if object.is_money() || object.is(Class::Deal, 6) => VerbClass::Obtain,
        "close" if !has_particle => VerbClass::Process,
        "deliver" if has_particle => verb.class,
        "deliver" if object.is_money() || object.is(Class::Proceeds, 4) => VerbClass::Obtain,
        "deliver" if object.is(Class::Goods, 6) => VerbClass::Process,
        "deliver" => VerbClass::Work,
        "add" if object.is_change() => VerbClass::Increase,
        "add" => VerbClass::Obtain,
        "drive" if verb.class == VerbClass::Move => {
            let has_number = values.last().is_some_and(|value| value.first > verb.end);
            if has_number {
                VerbClass::Move
            } else {
                VerbClass::Activity
            }
        }
        "do" if object.direct().is_none() => VerbClass::Activity,
        "save" if object.direct().is_none() => VerbClass::Obtain,
        "average" | "run" if verb.class == VerbClass::Reach && next != "at" => VerbClass::Work,
        "turn" if next == "around" => VerbClass::Process,
        _ => verb.class,
    }
}

/// What stands behind a verb.
struct Object<'o, 'w, 't> {
    words: &'o Words<'w, 't>,
    values: &'o [Value],
    /// Where it begins.
    first: usize,
    /// The number that it begins with.
    value: Option<&'o Value>,
}

impl<'o, 'w, 't> Object<'o, 'w, 't> {
    fn of(words: &'o Words<'w, 't>, values: &'o [Value], verb: &VerbAt<'_>) -> Self {
        let first = verb.end;
        let mut near = values_in(values, first, first + 4).iter();
        Self {
            value: near
                .find(|value| (first..value.first).all(|at| words.is(Class::BeforeNumber, at))),
            words,
            values,
            first,
        }
    }

    /// Returns the number that it begins with, unless a link parts it from the verb.
    fn direct(&self) -> Option<&'o Value> {
        self.value.filter(|value| {
            !(self.first..value.first).any(|at| matches!(self.words.word(at), "to" | "in"))
        })
    }

    fn is_money(&self) -> bool {
        self.direct().is_some_and(Value::is_money)
    }

    /// Returns whether one of its first words, up to a link, belongs to a class.
    fn is(&self, class: Class, reach: usize) -> bool {
        // What an event is of follows it; of other things it says what they are.
        let ends = |at: usize| {
            matches!(
                self.words.word(at),
                "to" | "by" | "within" | "in" | "for" | "with" | "from" | "at" | "per"
            ) || class == Class::Event && self.words.word(at) == "of"
        };
        let end = self.words.tokens.len();
        (self.first..(self.first + reach).min(end))
            .take_while(|at| !ends(*at) || *at == self.first)
            .any(|at| self.words.is(class, at))
    }

    /// Returns whether it is something that is held as an event, rather than kept as a level.
    fn is_held(&self) -> bool {
        let counts = self.direct().is_some_and(|value| {
            value.unit.is_none()
                && value.form == Form::Plain
                && self.words.tokens.get(value.end).is_some_and(|token| {
                    token.is_word() && !is_link(&token.lower) && !self.words.is_taken[value.end]
                })
        });
        let is_one = matches!(
            self.words.word(self.first),
            "a" | "an" | "the" | "regular" | "weekly" | "monthly" | "quarterly"
        );
        counts
            || self.direct().is_some() && self.is(Class::Event, 6)
            || is_one && self.is(Class::Event, 4)
    }

    fn is_moved_to_value(&self) -> bool {
        let behind = values_in(self.values, self.first + 1, self.first + DESTINATION_REACH);
        behind.iter().any(|value| {
            matches!(
                self.words.word(value.first - 1),
                "to" | "below" | "under" | "from"
            )
        })
    }

    /// Returns whether it is added to a measure: `5 points`, `2 days to the …`.
    fn is_change(&self) -> bool {
        self.direct().is_some_and(|value| {
            !value.is_amount() || value.is_time() && self.words.word(value.end) == "to"
        })
    }
}

/// Returns what a verb is together with a particle behind its object.
fn split_particle(words: &Words<'_, '_>, verb: &VerbAt<'_>) -> Option<VerbClass> {
    let splits = matches!(
        verb.class,
        VerbClass::Move
            | VerbClass::Work
            | VerbClass::Obtain
            | VerbClass::Increase
            | VerbClass::Decrease
            | VerbClass::Keep
    );
    if !splits || verb.end > verb.at + 1 {
        return None;
    }
    let particle = (verb.end..words.tokens.len().min(verb.end + 12))
        .take_while(|at| !matches!(words.word(*at), "," | ";" | "and" | "by"))
        .find(|at| {
            matches!(words.word(*at), "up" | "down" | "back" | "out" | "off")
                && !(words.word(*at) == "up"
                    && words.word(at + 1) == "to"
                    && verb.class == VerbClass::Work)
        })?;
    words
        .lexicon
        .with_particle(verb.base, words.word(particle))
        .map(|verb| verb.class)
}

/// Returns whether a verb in its base form is as often a noun.
pub(super) fn is_noun_like(word: &str) -> bool {
    matches!(
        word,
        "test"
            | "review"
            | "process"
            | "order"
            | "release"
            | "support"
            | "design"
            | "book"
            | "issue"
            | "answer"
            | "response"
            | "audit"
            | "survey"
            | "drop"
            | "return"
            | "refund"
            | "record"
            | "score"
            | "place"
            | "show"
            | "staff"
            | "plan"
            | "model"
            | "report"
            | "repair"
            | "credit"
            | "load"
            | "post"
            | "program"
            | "label"
            | "purchase"
            | "pilot"
            | "update"
            | "scale"
            | "cap"
            | "limit"
            | "print"
            | "patch"
            | "code"
            | "bill"
            | "invoice"
            | "log"
            | "top"
            | "start"
            | "end"
            | "launch"
            | "upgrade"
            | "visit"
            | "map"
            | "document"
            | "train"
            | "schedule"
            | "research"
            | "gain"
            | "rise"
            | "claim"
            | "draw"
            | "match"
            | "coach"
            | "film"
            | "stage"
            | "port"
    )
}

/// Returns whether a noun names a scale, so that a verb before it is part of its name: `fill rate`.
fn is_scale(word: &str) -> bool {
    matches!(
        word,
        "rate"
            | "rates"
            | "time"
            | "times"
            | "level"
            | "levels"
            | "cost"
            | "costs"
            | "score"
            | "scores"
            | "share"
            | "ratio"
            | "coverage"
            | "volume"
            | "accuracy"
            | "quality"
            | "speed"
            | "turnaround"
            | "backlog"
            | "capacity"
            | "margin"
            | "yield"
    )
}
