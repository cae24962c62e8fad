//! Finds where verb, measure, means, purpose and vague words stand in a statement.

use super::clause::Clause;
use super::lexicon::Class;
use super::reading::{Parts, VerbClass};
use super::resolve::Statement;
use super::target::is_name;
use super::value::{Form, starts_value, value_at};
use crate::text::Span;

/// A verb so many words behind the opening of its clause still has its object behind it.
const SUBJECT_REACH: usize = 4;

impl Statement<'_, '_> {
    /// Notes where verb, measure, means, purpose and vague words stand.
    pub(super) fn describe(&self, parts: &mut Parts, clause: Option<&Clause<'_>>) {
        if self.first > 0 {
            parts.label = Some(self.span(0, self.first));
        }
        if let Some(clause) = clause {
            if let Some(verb) = &clause.verb {
                parts.verb = Some(self.span(verb.at, verb.end));
                parts.verb_class = Some(verb.class);
            }
            parts.measure = self.measure(clause);
            let vague = (clause.first..clause.end).find(|at| self.is_vague(*at));
            parts.vague = vague.map(|at| self.span(at, at + 1));
        }
        let tail = |(link, clause): &(usize, Clause<'_>)| self.trimmed(*link, clause.end);
        parts.means = self.clauses.means.as_ref().map(tail);
        parts.purpose = self.clauses.purpose.as_ref().map(tail);
    }

    /// Returns the noun phrase that names what is measured or worked on: behind the verb, else before it.
    fn measure(&self, clause: &Clause<'_>) -> Option<Span> {
        let verb = clause.verb.as_ref();
        let object = verb.filter(|verb| verb.at <= clause.first + SUBJECT_REACH);
        let behind = self.noun_phrase(
            object.map_or(clause.first, |verb| verb.end),
            clause,
            clause.end,
        );
        let before = || {
            let verb = verb.filter(|verb| verb.at > clause.first)?;
            self.noun_phrase(clause.first, clause, verb.at)
        };
        let (first, end) = behind.or_else(before)?;
        Some(self.span(first, end))
    }

    /// Returns the tokens of the first noun phrase between two tokens.
    fn noun_phrase(&self, first: usize, clause: &Clause<'_>, end: usize) -> Option<(usize, usize)> {
        let mut first = self.skip_to_noun(first, clause, end);
        if let Some(behind) = self.behind_change(first, end) {
            first = self.skip_to_noun(behind, clause, end);
        }
        if let Some(behind) = self.behind_help(first, clause, end) {
            first = self.skip_to_noun(behind, clause, end);
        }
        let stop = (first..end).find(|at| self.ends_noun(*at)).unwrap_or(end);
        let last = (first..stop).rev().find(|at| !self.trails(*at, first))?;
        Some((first, last + 1))
    }

    /// Returns where a noun phrase begins: behind articles, numbers, bounds and a second verb.
    fn skip_to_noun(&self, mut at: usize, clause: &Clause<'_>, end: usize) -> usize {
        while at < end {
            let word = self.word(at);
            let number = value_at(&self.values, at).filter(|value| !is_name(&self.words, value));
            if let Some(number) = number {
                at = number.end.max(at + 1);
                continue;
            }
            // `Simplify and speed up billing`: two verbs for one object.
            if word == "and"
                && let Some(verb) = self.words.verb(at + 1)
            {
                at = verb.end.max(at + 2);
                continue;
            }
            let counts = starts_value(&self.words, at + 1);
            let is_opening = self.words.is_taken[at]
                || matches!(word, "the" | "a" | "an" | "our" | "," | ":" | "and" | "of")
                || matches!(word, "all" | "first" | "another") && counts
                || self.words.is_adverb(at)
                || self.is_bound_word(at, clause);
            if !is_opening {
                break;
            }
            at += 1;
        }
        at.min(end)
    }

    /// Returns whether a word before a number only bounds or links it.
    fn is_bound_word(&self, at: usize, clause: &Clause<'_>) -> bool {
        let links = matches!(
            self.word(at),
            "at" | "least"
                | "most"
                | "more"
                | "than"
                | "no"
                | "fewer"
                | "less"
                | "to"
                | "by"
                | "from"
                | "in"
                | "under"
                | "below"
                | "over"
                | "above"
        );
        links
            && at < clause.first + 8
            && (at == self.first || !self.words.tokens[at].is_capitalised())
            && (at..at + 4).any(|at| value_at(&self.values, at).is_some())
    }

    /// Returns where the words behind a noun of change begin: `steady growth in sales`.
    fn behind_change(&self, first: usize, end: usize) -> Option<usize> {
        let noun = (first..end.min(first + 3)).find(|at| {
            [Class::Rise, Class::Fall, Class::Gain]
                .into_iter()
                .any(|class| self.words.is(class, *at))
        })?;
        let is_linked = matches!(self.word(noun + 1), "in" | "of");
        (is_linked && noun + 2 < end && !starts_value(&self.words, noun + 2)).then_some(noun + 2)
    }

    /// Returns where the words behind the verb of those who are helped begin: `Help customers cut churn`.
    fn behind_help(&self, first: usize, clause: &Clause<'_>, end: usize) -> Option<usize> {
        let helps = clause
            .verb
            .is_some_and(|verb| verb.class == VerbClass::Activity);
        let verb = (first + 1..end.min(first + SUBJECT_REACH)).find_map(|at| {
            let verb = self.words.verb(at)?;
            let changes = matches!(
                verb.class,
                VerbClass::Increase | VerbClass::Decrease | VerbClass::Improve
            );
            (changes && verb.base == self.word(at)).then_some(verb)
        });
        verb.filter(|verb| helps && verb.end < end)
            .map(|verb| verb.end)
    }

    /// Returns whether a noun phrase ends before a token.
    fn ends_noun(&self, at: usize) -> bool {
        let is_number = value_at(&self.values, at).is_some_and(|value| {
            value.first == at
                && !matches!(value.form, Form::Compound | Form::Name)
                && !is_name(&self.words, value)
        });
        let word = self.word(at);
        let counts = || starts_value(&self.words, at + 1);
        is_number
            || self.words.is_taken[at]
            || self.words.tokens[at].is_stop()
            || match word {
                // `time to fill a vacancy` goes on.
                "to" => {
                    at == 0 || !matches!(self.word(at - 1), "time" | "cost" | "ability") || counts()
                }
                "by" | "from" | "through" | "via" | "below" | "under" | "above" | "at" | "≥"
                | "≤" | ">=" | "<=" | ">" | "<" | "→" | "within" | "stays" | "falls" | "is"
                | "are" => true,
                "von" | "auf" | "um" | "de" | "à" | "max" | "min" => {
                    counts() || self.word(at + 1) == "."
                }
                "more" | "less" | "fewer" | "no" => {
                    self.word(at + 1) == "than" || self.word(at + 2) == "than"
                }
                _ => false,
            }
    }

    /// Returns whether a token at the end of a noun phrase is no part of it.
    fn trails(&self, at: usize, first: usize) -> bool {
        matches!(
            self.word(at),
            "of" | "and"
                | "a"
                | "an"
                | "the"
                | "in"
                | "for"
                | "more"
                | "less"
                | "fewer"
                | "no"
                | "at"
                | "not"
                | "down"
                | "up"
                | "off"
                | "over"
                | "back"
                | "after"
                | "with"
        ) || self.words.is_adverb(at)
            || at > first && (self.words.is(Class::More, at) || self.words.is(Class::Fewer, at))
    }

    /// Returns whether a word is a vague amount or praise in place of a number.
    fn is_vague(&self, at: usize) -> bool {
        if self.words.is_taken[at] {
            return false;
        }
        if !self.words.is(Class::Vague, at) {
            return self.words.praises(at);
        }
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        // The words of a bound, and what a number is compared by: `at most 5`, `25% faster`.
        let bounds = self.word(at + 1) == "than"
            || matches!(before, "at" | "or" | "no" | "not") && self.is_near_number(at)
            || at > 0 && value_at(&self.values, at - 1).is_some();
        !bounds
    }

    fn is_near_number(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at + 3).any(|at| value_at(&self.values, at).is_some())
    }

    /// Returns the span without a deadline phrase or stop at its end.
    fn trimmed(&self, first: usize, mut end: usize) -> Span {
        while end > first + 1
            && (self.words.is_taken[end - 1]
                || self.words.tokens[end - 1].is_stop()
                || matches!(self.word(end - 1), "and" | "while"))
        {
            end -= 1;
        }
        self.span(first, end)
    }
}

#[cfg(test)]
mod tests {
    use crate::statement::{Lexicon, Parts, read};

    fn parts(text: &str) -> Parts {
        read(text, None, &Lexicon::default()).parts
    }

    #[track_caller]
    fn check_measure(text: &str, expected: &str) {
        let found = parts(text).measure.map_or("", |span| span.of(text));
        assert_eq!(found, expected, "{text}");
    }

    #[track_caller]
    fn check_vague(text: &str, expected: &str) {
        let found = parts(text).vague.map_or("", |span| span.of(text));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_measure_is_a_noun_phrase() {
        check_measure("Obtain ISO 14001 certification", "ISO 14001 certification");
        check_measure("Ship Onboarding 2.0", "Onboarding 2.0");
        check_measure("Help customers cut churn by 5%", "churn");
        check_measure("Begin and finish 10 reconciliations", "reconciliations");
        check_measure("Simplify and speed up billing", "billing");
        check_measure(
            "Achieve a 12% reduction in overdue invoices",
            "overdue invoices",
        );
        check_measure("Deliver steady growth in sales of 5%", "sales");
        check_measure("Resolve tickets 25% faster", "tickets");
        check_measure("Make approvals faster", "approvals");
        check_measure("Reduce churn significantly", "churn");
        check_measure("Answer 90% of calls", "calls");
        check_measure("Keep errors less than 5%", "errors");
        check_measure("Error rate cut by half", "Error rate");
        check_measure("Weekly active users doubled", "Weekly active users");
        check_measure("Migrate all 42 services", "services");
        check_measure(
            "Time to fill a vacancy 62 days to 45 days",
            "Time to fill a vacancy",
        );
        check_measure("Liefertreue von 87 % auf 96 % steigern", "Liefertreue");
        check_measure(
            "At most 2 classes without a teacher",
            "classes without a teacher",
        );
        check_measure("Pay suppliers after 30 days instead of 60", "suppliers");
    }

    #[test]
    fn words_of_a_bound_are_not_vague() {
        check_vague("Keep churn at no more than 5%", "");
        check_vague("Keep errors less than 5%", "");
        check_vague("Send at most 5 reminders", "");
        check_vague("Resolve tickets 25% faster", "");
        check_vague("Reduce outstanding invoices to 5", "");
        check_vague("Cut outstanding supplier payments by 10%", "");
        check_vague("Deliver an outstanding onboarding", "outstanding");
        check_vague("Reduce churn significantly", "significantly");
        check_vague("Win more customers", "more");
    }
}
