//! The verb that governs the words of a clause: the one that opens them, or the finite one behind a subject.

use super::asks::verb_factor;
use crate::statement::VerbClass;
use crate::statement::lexicon::Class;
use crate::statement::token::TokenKind;
use crate::statement::value::{ends_value, starts_value};
use crate::statement::words::{VerbAt, Words};

impl<'w> Words<'w, '_> {
    /// Returns where the words of a clause begin, behind what introduces it.
    pub(super) fn skip_opening(&self, mut at: usize, end: usize) -> usize {
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
    pub(super) fn governing(&self, first: usize, end: usize) -> Option<VerbAt<'w>> {
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
                    && starts_value(self, second.end)
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
        let determines = starts_value(self, verb.end)
            || matches!(
                next,
                "a" | "an" | "the" | "our" | "all" | "every" | "each" | "at" | "no" | "new"
            );
        if determines {
            return false;
        }
        if verb.base == "better" {
            // `Better follow-up` is no demand, `Better absence by 1 pp` is one.
            return !(verb.end..end).any(|at| starts_value(self, at));
        }
        let does = matches!(
            verb.class,
            VerbClass::Work | VerbClass::Process | VerbClass::Obtain
        );
        if does && verb.end == verb.at + 1 && self.is(Class::Scale, verb.end) {
            return true;
        }
        if !self.lexicon.is(Class::NounVerb, verb.base) {
            return false;
        }
        // It is a noun where no object follows but a verb, a colon or a bound does.
        let ends_far = |at: usize| {
            matches!(self.word(at), ":" | "=" | "→" | "up" | "down")
                && (starts_value(self, at + 1) || self.word(at + 1) == "to")
        };
        // `Refund guide published`: a singular noun without an article can be no object.
        let ends_compound = |at: usize| {
            let is_participle = self.word(at).ends_with("ed")
                && self.verb(at).is_some_and(|verb| verb.base != self.word(at));
            is_participle
                && at > verb.end
                && !self.word(at - 1).ends_with('s')
                && !self.is_link(at - 1)
        };
        let ends_subject = |at: usize| match self.word(at) {
            ":" | "=" | "≥" | "≤" | ">=" | "<=" | ">" | "<" | "→" | "is" | "are" | "stays"
            | "falls" | "rises" | "reaches" | "below" | "above" => true,
            "of" => at == verb.end || starts_value(self, at + 1),
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
            return is_last || self.is_link(verb.end);
        }
        // A German infinitive closes its sentence.
        if is_last && verb.base == word && (word.ends_with("en") || word.ends_with("ern")) {
            return ends_value(self, verb.at);
        }
        let by_how_much =
            matches!(self.word(verb.end), "by" | "to" | "from") && starts_value(self, verb.end + 1);
        by_how_much && (is_participle || word == "cut") && !self.is_link(verb.at - 1)
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
