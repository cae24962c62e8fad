//! Whether an objective asks for a second result beside the first.

use super::Reader;
use crate::statement::clause::means_link;
use crate::statement::lexicon::Class;
use crate::statement::value::value_at;
use crate::text::Span;

/// So many words behind `who` or `that` are looked at for the verb.
const RELATIVE_REACH: usize = 12;

impl Reader<'_, '_> {
    /// Returns the link and the verb of a second result, with an object of its own.
    pub(super) fn second(&self) -> Option<Span> {
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
        let is_plain = !self.words.is(Class::NounVerb, at) && !self.words.is(Class::PlainNoun, at);
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
