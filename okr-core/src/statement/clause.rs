//! Finds the clauses of a statement: its main clauses, how it is to be done, and what for.

use super::VerbClass;
use super::lexicon::{Class, Lexicon};
use super::token::Token;
use super::value::Value;

/// A verb and the words that it governs, as positions of tokens: `first` is inside, `end` is not.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) verb: Option<VerbAt>,
}

/// A verb where it stands.
#[derive(Clone, Debug)]
pub(super) struct VerbAt {
    /// The position of its first token.
    pub(super) at: usize,
    /// The position behind it and the particle that follows at once.
    pub(super) end: usize,
    pub(super) base: String,
    pub(super) class: VerbClass,
}

/// The clauses of a statement.
#[derive(Clone, Debug)]
pub(super) struct Clauses {
    /// The main clauses; there is at least one.
    pub(super) main: Vec<Clause>,
    /// The clause that says how, with its link.
    pub(super) means: Option<(usize, Clause)>,
    /// The clause that says what for, with its link.
    pub(super) purpose: Option<(usize, Clause)>,
}

/// What the reader knows of a statement before its clauses.
pub(super) struct Words<'w, 't> {
    pub(super) tokens: &'w [Token<'t>],
    /// Whether a token belongs to a label or to a phrase about time.
    pub(super) is_taken: &'w [bool],
    pub(super) lexicon: &'w Lexicon,
}

impl Words<'_, '_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &*token.lower)
    }

    pub(super) fn is(&self, class: Class, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_word() && self.lexicon.is(class, &token.lower))
    }

    /// Returns the verb that starts at a token, in any form.
    pub(super) fn verb(&self, at: usize) -> Option<VerbAt> {
        let token = self.tokens.get(at).filter(|token| token.is_word())?;
        let following = |ahead: usize| {
            self.tokens.get(at + 1 + ahead).map(|token| &*token.lower)
        };
        let verb = self.lexicon.verb(&token.lower, following)?;
        Some(VerbAt {
            at,
            end: at + 1 + verb.particles,
            base: verb.base,
            class: verb.class,
        })
    }

    fn is_base(&self, at: usize) -> bool {
        self.verb(at).is_some_and(|verb| verb.base == self.word(at))
    }

    fn is_adverb(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 3 && word.ends_with("ly") && !matches!(word, "reply" | "supply" | "apply" | "monthly" | "weekly" | "daily" | "early" | "quarterly" | "yearly" | "family" | "assembly" | "only")
            || matches!(word, "also" | "then" | "further" | "always" | "even" | "again" | "still" | "just")
    }

    /// Returns where the words of a clause begin, behind what introduces it.
    fn skip_opening(&self, mut at: usize, end: usize) -> usize {
        loop {
            let skipped = match (self.word(at), self.word(at + 1), self.word(at + 2)) {
                ("we", "will" | "shall" | "must" | "should" | "want" | "aim" | "plan" | "can", following) => {
                    2 + usize::from(following == "to")
                }
                ("our" | "the" | "my", "goal" | "aim" | "target" | "ambition", "is") => {
                    3 + usize::from(self.word(at + 3) == "to")
                }
                ("the", "team", "will") => 3,
                ("to" | "and" | "please" | "then", ..) => 1,
                ("aim" | "plan" | "want" | "need", "to", _) => 2,
                (",", ..) => 1,
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
    fn governing(&self, first: usize, end: usize) -> Option<VerbAt> {
        let at = self.skip_opening(first, end);
        if let Some(verb) = self.verb(at).filter(|verb| verb.at < end) {
            // A noun of change or an adjective can look like a verb: `Better follow-up`, `Time to …`.
            let is_imperative = self.is_base(at) && !self.reads_as_noun(&verb, end)
                || self.word(at).ends_with("ing");
            if is_imperative {
                return Some(verb);
            }
        }
        (at..end).filter(|at| !self.is_taken[*at]).find_map(|at| self.finite(at, first, end))
    }

    /// Returns whether a word that opens a clause names something rather than asks for it:
    /// `Test coverage of 80%`, `Order fill rate: 96%`.
    fn reads_as_noun(&self, verb: &VerbAt, end: usize) -> bool {
        if matches!(&*verb.base, "average" | "better" | "lead" | "fall" | "index" | "label") {
            return true;
        }
        if !matches!(
            &*verb.base,
            "test" | "review" | "process" | "order" | "release" | "support" | "design" | "book" | "issue"
                | "answer" | "response" | "audit" | "survey" | "drop" | "return" | "refund" | "record"
                | "score" | "place" | "show" | "staff" | "plan" | "model" | "report" | "repair" | "credit"
                | "load" | "post" | "program" | "label" | "purchase" | "pilot" | "update" | "scale" | "cap"
                | "limit" | "print" | "patch" | "code" | "bill" | "invoice" | "log" | "top" | "start" | "end"
                | "launch" | "upgrade" | "visit" | "map" | "document" | "train" | "schedule" | "research"
                | "gain" | "rise" | "claim" | "draw" | "match" | "coach" | "film" | "stage" | "port"
        ) {
            return false;
        }
        // It is a noun where no object follows but a verb, a colon or a bound does.
        let mut after = verb.end..end.min(verb.end + 4);
        let next = self.word(verb.end);
        let determines = matches!(next, "a" | "an" | "the" | "our" | "all" | "every" | "each" | "at" | "no" | "new");
        !determines
            && after.any(|at| {
                matches!(self.word(at), ":" | "=" | "≥" | "≤" | ">=" | "<=" | ">" | "<" | "→" | "->" | "of" | "is" | "are" | "stays" | "falls" | "rises" | "reaches" | "below" | "above")
            })
    }

    /// Returns the verb at a token that is finite there: `stays`, `is reduced`, `will win`.
    fn finite(&self, at: usize, first: usize, end: usize) -> Option<VerbAt> {
        let verb = self.verb(at)?;
        let word = self.word(at);
        let before = at.checked_sub(1).filter(|before| *before >= first).map_or("", |before| self.word(before));
        let is_auxiliary = matches!(word, "is" | "are" | "be" | "been" | "was" | "were" | "has" | "have" | "being" | "gets" | "get");
        if is_auxiliary {
            // The participle behind it is what counts: `is reduced`, `are paid on time`.
            let mut next = at + 1;
            while next < end && (self.is_adverb(next) || matches!(self.word(next), "been" | "being" | "to" | "be")) {
                next += 1;
            }
            let participle = self.verb(next).filter(|found| {
                next < end && (found.base != self.word(next) || matches!(&*found.base, "cut" | "hit" | "set" | "put"))
            });
            return participle.or(Some(VerbAt { class: VerbClass::Reach, ..verb }));
        }
        let is_modal = matches!(before, "will" | "shall" | "must" | "should" | "can" | "could" | "would");
        if is_modal {
            return Some(verb);
        }
        let is_third_person = word.ends_with('s') && verb.base != word;
        let tells_state = matches!(
            verb.class,
            VerbClass::Increase | VerbClass::Decrease | VerbClass::Keep | VerbClass::Reach | VerbClass::Improve
        );
        let is_noun = matches!(before, "of" | "the" | "a" | "an" | "in" | "for" | "and" | "per" | "," | "our");
        let can_be_noun = matches!(&*verb.base, "test" | "cut" | "score" | "record" | "post" | "log" | "top" | "limit" | "cap" | "guard" | "show" | "match" | "cross" | "end" | "stop" | "return");
        (is_third_person && tells_state && !is_noun && at > first && !can_be_noun).then_some(verb)
    }
}

/// Finds the clauses; `first` is where the statement begins behind its label.
pub(super) fn clauses(words: &Words<'_, '_>, values: &[Value], first: usize) -> Clauses {
    let end = words.tokens.len();
    let mut main_first = first;
    let mut means = None;
    // A means may stand in front: `By calling every week, cut …`.
    let opening = words.skip_opening(first, end);
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
            let stop = (link_end..end).find(|at| starts_second_clause(words, *at)).unwrap_or(end);
            means = Some((at, clause(words, link_end, stop)));
            main_end = at;
            // What is joined on behind the means belongs to the main clause again.
            if stop < end {
                let second = clause(words, stop, end);
                let mut main = split(words, main_first, main_end);
                main.push(second);
                return Clauses { purpose: None, main, means };
            }
        }
    }
    let mut purpose = None;
    let verb = words.governing(main_first, main_end);
    let from = verb.as_ref().map_or(main_first, |verb| verb.end);
    let found = (from + 1..main_end.max(from + 1))
        .filter(|at| !words.is_taken.get(*at).copied().unwrap_or(true))
        .find_map(|at| Some((at, purpose_link(words, at, main_end)?)));
    if let Some((at, link_end)) = found {
        purpose = Some((at, clause(words, link_end, main_end)));
        main_end = at;
    }
    Clauses {
        main: split(words, main_first, main_end),
        means,
        purpose,
    }
}

fn in_number(values: &[Value], at: usize) -> bool {
    values.iter().any(|value| value.first <= at && at < value.end)
}

fn clause(words: &Words<'_, '_>, first: usize, end: usize) -> Clause {
    Clause {
        first,
        end,
        verb: words.governing(first, end),
    }
}

/// Splits main clauses where a link is followed by a verb of its own.
fn split(words: &Words<'_, '_>, first: usize, end: usize) -> Vec<Clause> {
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
    while matches!(words.word(next), "and" | "also" | "then" | "to" | "at" | "the" | "same" | "time" | "simultaneously") || words.is_adverb(next) {
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
    let has_object = words.tokens.get(verb.end).is_some_and(|token| !token.is_stop())
        && !matches!(words.word(verb.end), "times" | "time" | "rate" | "rates" | "costs" | "cost" | "and" | "or" | "of");
    let was_verb = at.checked_sub(1).is_some_and(|before| {
        // `complete and document`: two verbs for one object.
        words.is_base(before) && words.word(at) == "and" && !words.tokens[before].is_glued
            && before.checked_sub(1).is_none_or(|before| words.is_adverb(before) || words.word(before) == ",")
    });
    has_object && !was_verb && (is_base || is_gerund && matches!(words.word(at), "while" | "as" | "plus"))
}

/// Returns the end of a link that opens a means, if one starts at a token.
pub(super) fn means_link(words: &Words<'_, '_>, at: usize) -> Option<usize> {
    let starts = |phrase: &[&str]| {
        let mut phrase = phrase.iter().enumerate();
        phrase.all(|(ahead, word)| words.word(at + ahead) == *word)
    };
    const LINKS: &[&[&str]] = &[
        &["with", "the", "help", "of"],
        &["with", "the", "aid", "of"],
        &["with", "help", "from"],
        &["thanks", "to"],
        &["by", "means", "of"],
        &["by", "way", "of"],
        &["by", "use", "of"],
        &["through"],
        &["via"],
        &["using"],
        &["leveraging"],
        &["utilising"],
        &["utilizing"],
    ];
    if let Some(link) = LINKS.iter().find(|link| starts(link)) {
        return Some(at + link.len());
    }
    if words.word(at) == "by" {
        // `by adding a second check`, `by regularly cleaning`.
        let next = at + 1 + usize::from(words.is_adverb(at + 1));
        let word = words.word(next);
        let is_gerund = word.len() > 4 && word.ends_with("ing")
            && !matches!(word, "spring" | "evening" | "morning" | "during" | "string" | "nothing" | "something" | "everything" | "closing" | "beginning");
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
            let verb = words.verb(next).filter(|verb| verb.base == words.word(next))?;
            let is_article = matches!(&*verb.base, "average" | "no" | "top" | "post" | "market" | "lead" | "record");
            // `time to publish`, `members to log in` say what is measured; whether that is so is for the
            // one who asks to decide.
            (!is_article).then_some(at + 1)
        }
        ("for", ..) => None,
        _ => None,
    }
}
