//! Whether an objective asks for a project, or for an existing duty to go on.

use super::Reader;
use crate::statement::clause::clauses;
use crate::statement::lexicon::Class;
use crate::statement::reading::VerbClass;
use crate::text::Span;

impl Reader<'_, '_> {
    pub(super) fn opening(&self) -> usize {
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
    pub(super) fn routine(&self) -> Option<Span> {
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
    pub(super) fn project(&self) -> Option<Span> {
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
                && !(at + 1..(at + 6).min(self.end()))
                    .any(|at| self.words.is(Class::Deliverable, at));
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
}
