//! Where a number stands, and the role that it has there.

use super::before::Before;
use super::beside::beside;
use super::{Bound, NOUN_REACH, Role, Way};
use crate::statement::VerbClass;
use crate::statement::clause::Clause;
use crate::statement::lexicon::Class;
use crate::statement::value::{Form, Value};
use crate::statement::words::Words;

/// Where a number stands, as far as that decides what it is for.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and none rules out another"
)]
pub(super) struct Place<'p, 'w, 't> {
    words: &'p Words<'w, 't>,
    value: &'p Value,
    pub(super) clause: &'p Clause<'p>,
    /// Where the words that belong to the number begin.
    at: usize,
    /// Where they end.
    after: usize,
    /// The word before them, within the clause.
    pub(super) previous: &'p str,
    /// Whether they open the clause or a part of it.
    pub(super) opens: bool,
    pub(super) is_behind_verb: bool,
    /// Whether a population follows `of`.
    pub(super) has_population: bool,
    /// Whether it is a part of today's level.
    pub(super) is_of_today: bool,
    /// Whether it counts the noun behind it.
    counts_noun: bool,
    /// Which way words behind it say that it goes.
    pub(super) way: Option<Way>,
}

impl<'p, 'w, 't> Place<'p, 'w, 't> {
    pub(super) fn new(
        words: &'p Words<'w, 't>,
        values: &[Value],
        value: &'p Value,
        clause: &'p Clause<'p>,
        before: &Before,
        after: usize,
    ) -> Self {
        let at = before.at;
        let previous = if at > clause.first {
            words.word(at - 1)
        } else {
            ""
        };
        let (way, is_of_today) = beside(words, values, value, after, clause.end);
        let opens = at == clause.first
            || words.is_taken[at - 1]
            || matches!(
                previous,
                "," | "and" | ";" | ":" | "(" | "then" | "—" | "–" | "we" | "will"
            );
        let is_share = matches!(value.form, Form::Plain | Form::Fraction)
            && (value.has_unit("%") || value.form == Form::Fraction);
        Self {
            is_behind_verb: clause.verb.is_some_and(|verb| {
                verb.end == at || verb.end + 1 == at && words.word(verb.end) == "up"
            }),
            has_population: words.word(after) == "of" && !is_of_today && is_share
                || value.form == Form::Share,
            counts_noun: value.unit.is_none()
                && value.form == Form::Plain
                && words.can_be_noun(after),
            words,
            value,
            clause,
            at,
            after,
            previous,
            opens,
            is_of_today,
            way,
        }
    }

    fn verb_is(&self, classes: &[VerbClass]) -> bool {
        let verb = self.clause.verb.as_ref();
        verb.is_some_and(|verb| classes.contains(&verb.class))
    }

    /// Returns whether it says when something is looked at: `six months after surgery`.
    pub(super) fn is_looked_at(&self) -> bool {
        self.value.is_time()
            && !self.words.is_taken.get(self.after).copied().unwrap_or(true)
            && matches!(
                self.words.word(self.after),
                "after" | "following" | "before" | "prior" | "ago" | "earlier"
            )
    }

    /// Returns whether a number that is joined to a noun is a level: `a 4-day close`, not `90-day balances`.
    pub(super) fn is_compound_level(&self) -> bool {
        let first = self.value.first;
        let has_article =
            first > self.clause.first && matches!(self.words.word(first - 1), "a" | "an");
        has_article
            && self.verb_is(&[VerbClass::Reach, VerbClass::Keep, VerbClass::Move])
            && self.value.unit.is_some()
    }

    /// Returns the role of a number that words beside it do not make a change.
    pub(super) fn role(&self, bound: Option<Bound>) -> Option<Role> {
        if self.words.is(Class::Limiter, self.at.wrapping_sub(1)) && !self.previous.is_empty() {
            return self.role_behind_limiter(bound);
        }
        let value = self.value;
        let is_bounded = bound.is_some();
        match self.previous {
            // `Close the year at 1,800 members`: the link belongs to the verb.
            "at" | "with" | "to" | "in" | "on" if self.is_link_of_verb() => Some(Role::Object),
            "to" | "→" | "into" | "towards" | "toward" | "auf" | "à" => Some(Role::To),
            "from" => None,
            // `for 75% of open invoices` says how far work is to reach.
            "across" | "for" | "among" | "in" | "on" | "at" | "with" if self.has_population => {
                Some(Role::Of)
            }
            "at" => (self.verb_is(&[VerbClass::Keep]) || !self.counts_noun).then_some(Role::Value),
            "within" | "in" | "inside" | "under" if value.is_time() => Some(Role::Window),
            "within" if value.has_unit("%") => Some(Role::Value),
            "with" => self.role_behind_with(is_bounded),
            "in" if self.is_cut_in() => Some(Role::Change),
            "of" if is_bounded || !self.counts_noun => Some(Role::Value),
            "of" => self.role_behind_of(),
            _ if self.words.is(Class::Scope, self.at.wrapping_sub(1))
                && !self.previous.is_empty() =>
            {
                // A limit of what is measured.
                None
            }
            _ => self.role_of_rest(is_bounded),
        }
    }

    /// Returns whether the link before the number ends the verb's own phrase.
    fn is_link_of_verb(&self) -> bool {
        let verb = self.clause.verb.as_ref();
        verb.is_some_and(|verb| verb.end == self.at && verb.end > verb.at + 1)
    }

    /// Returns whether something is cut in half, or in two.
    fn is_cut_in(&self) -> bool {
        let value = self.value;
        value.form == Form::Fraction && self.words.word(value.end) != "of"
            || self.words.word(value.first) == "two" && self.verb_is(&[VerbClass::Decrease])
    }

    /// Behind words such as `per`, `last` or `top` a number only limits, unless it bears a bound.
    fn role_behind_limiter(&self, bound: Option<Bound>) -> Option<Role> {
        let verb = self.clause.verb.as_ref();
        match self.previous {
            // `First 5 paying customers` counts them.
            "first" if self.at == self.clause.first + 1 && self.counts_noun => Some(Role::Object),
            // `Migrate all 42 services` counts the work.
            "all"
                if verb.is_some_and(|verb| verb.end + 1 == self.at)
                    && self.verb_is(&[VerbClass::Work]) =>
            {
                Some(Role::Object)
            }
            // `after 30 days instead of 60`.
            "after" if matches!(self.words.word(self.after), "instead" | "rather") => {
                Some(Role::Value)
            }
            _ => bound.map(|_| Role::Value),
        }
    }

    fn role_behind_with(&self, is_bounded: bool) -> Option<Role> {
        let does = [
            VerbClass::Process,
            VerbClass::Work,
            VerbClass::Obtain,
            VerbClass::Reach,
        ];
        if is_bounded && self.verb_is(&does) {
            return Some(Role::Of);
        }
        self.verb_is(&[VerbClass::Reach]).then_some(Role::Value)
    }

    /// Behind `of` stands the size of something, unless that is only a group: `a survey of 400 families`.
    fn role_behind_of(&self) -> Option<Role> {
        let is_group = self
            .at
            .checked_sub(2)
            .is_some_and(|before| self.words.is(Class::GroupNoun, before));
        (!is_group).then_some(Role::Of)
    }

    fn role_of_rest(&self, is_bounded: bool) -> Option<Role> {
        let value = self.value;
        let changes = self.verb_is(&[VerbClass::Increase, VerbClass::Decrease, VerbClass::Improve]);
        if self.is_behind_verb || previous_is_verb(self.words, self.at, self.clause) {
            let is_change = changes && !is_bounded && !self.has_population;
            return Some(if is_change {
                Role::Change
            } else {
                Role::Object
            });
        }
        // `Absence (below 90%) halved`: what is in parentheses explains the noun, unless nothing else
        // bears a number.
        if self.previous == "(" && self.at > self.clause.first + 1 {
            return Some(Role::Value);
        }
        if self.opens {
            return Some(Role::Object);
        }
        // A bound behind a noun can limit that noun: `accounts with more than 50 seats`.
        if is_bounded {
            return Some(Role::Value);
        }
        // `Grow turnover 15%`, `NPS 50`.
        let is_share = value.unit.is_some() || matches!(value.form, Form::Factor | Form::Fraction);
        if changes && is_share && !self.has_population {
            return Some(Role::Change);
        }
        // A bare number behind a noun may only name it.
        let is_weak = value.unit.is_none()
            && value.form == Form::Plain
            && value.sign.is_none()
            && !self.words.is(Class::Metric, self.at.saturating_sub(1));
        let role = if is_weak { Role::Of } else { Role::Value };
        (!self.counts_noun).then_some(role)
    }
}

/// Returns whether only words such as `a total of` stand between the verb and the value.
fn previous_is_verb(words: &Words<'_, '_>, at: usize, clause: &Clause<'_>) -> bool {
    let Some(verb) = &clause.verb else {
        return false;
    };
    if at <= verb.end || at > verb.end + NOUN_REACH {
        return at == verb.end;
    }
    (verb.end..at).all(|at| {
        let word = words.word(at);
        matches!(
            word,
            "back"
                | "up"
                | "off"
                | "a"
                | "an"
                | "the"
                | "total"
                | "of"
                | "out"
                | "around"
                | "away"
                | "overall"
                | "combined"
        ) || words.is_taken[at]
    })
}
