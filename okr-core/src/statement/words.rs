//! The words of a statement, with what the lexicon says of each.

use super::VerbClass;
use super::lexicon::{Class, Classes, Lexicon};
use super::token::Token;

/// What the reader knows of a statement before its clauses.
pub(super) struct Words<'w, 't> {
    pub(super) tokens: &'w [Token<'t>],
    /// Whether a token belongs to a label or to a phrase about time.
    pub(super) is_taken: &'w [bool],
    pub(super) lexicon: &'w Lexicon,
    /// What the lexicon says of each token, looked up once.
    known: Vec<Known<'w>>,
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

/// What the lexicon says of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Known<'w> {
    classes: Classes,
    verb: Option<VerbAt<'w>>,
}

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

    /// Returns whether a word links phrases, so that it is no noun.
    pub(super) fn is_link(&self, at: usize) -> bool {
        self.is(Class::Link, at) || self.is(Class::LooseLink, at)
    }

    /// Returns whether a word can be a noun: it links nothing, and belongs to no label or phrase about time.
    pub(super) fn can_be_noun(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_some_and(|token| token.is_word()) && !self.is_link(at) && !self.is_taken[at]
    }

    /// Returns whether a word is a verb in its base form.
    pub(super) fn is_base(&self, at: usize) -> bool {
        self.verb(at).is_some_and(|verb| verb.base == self.word(at))
    }

    pub(super) fn is_adverb(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 3 && word.ends_with("ly") && !self.is(Class::NoAdverb, at)
            || self.is(Class::Adverb, at)
    }
}

/// A particle stands at most so many words behind its verb: `roll the new portal … out`.
const PARTICLE_REACH: usize = 9;

/// Returns the verb that starts at a token.
pub(super) fn find_verb<'w>(
    tokens: &'w [Token<'_>],
    at: usize,
    lexicon: &'w Lexicon,
) -> Option<VerbAt<'w>> {
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
