//! Decides which number of a statement is its target, and which its start.

mod before;
mod beside;
mod better;
mod bound;
mod name;
mod place;

use self::before::{Before, named_change};
use self::bound::tail;
use self::place::Place;
use super::clause::Clause;
use super::value::{Form, Sign, Value, looks_like_year};
use super::words::Words;

pub(super) use self::better::is_lower_better;
pub(super) use self::name::is_name;

/// What a number says where it stands; the later, the stronger its claim to be the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A time within which something is to be done.
    Window,
    /// A number that joins a noun: `a 4-day close`.
    Compound,
    /// Behind `of` and before a noun: `a community of 500 members`.
    Of,
    /// A bound behind a noun, or a value behind `at`, `:` or a bare noun.
    Value,
    /// What a verb is about, or what opens a clause.
    Object,
    /// A change: behind `by`, beside `more` or `reduction`, with a sign.
    Change,
    /// Behind `to` or an arrow.
    To,
}

/// Which way a bound points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Lower,
    Upper,
}

/// A number that can be the target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its position among the values.
    pub(super) index: usize,
    pub(super) role: Role,
    pub(super) bound: Option<Bound>,
    /// Where the words of the bound stand, as positions of tokens.
    pub(super) bound_at: Option<(usize, usize)>,
    /// Which way words beside the number say that it goes.
    pub(super) way: Option<Way>,
    /// Whether a population follows `of` right behind it.
    pub(super) has_population: bool,
    /// Whether it is a part of today's level.
    pub(super) is_of_today: bool,
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// Returns the candidate that a value is within a clause, or nothing where it only names or limits
/// something.
pub(super) fn candidate(
    words: &Words<'_, '_>,
    values: &[Value],
    index: usize,
    clause: &Clause<'_>,
) -> Option<Candidate> {
    let value = &values[index];
    if value.form == Form::Name || is_name(words, value) {
        return None;
    }
    let before = Before::of(words, value, clause);
    let mut bound = before.bound;
    let after = tail(words, value, &mut bound);
    let place = Place::new(words, values, value, clause, &before, after);
    if place.is_looked_at() {
        return None;
    }
    let mut way = before.comparative;
    way = way.or(before.heading.filter(|_| place.previous != "to"));
    way = way.or(place.way);
    if place.previous == "of" {
        way = way.or_else(|| named_change(words, before.at - 1, clause));
    }
    if value.form == Form::Compound && way.is_none() && !place.is_compound_level() {
        return None;
    }
    let is_signed = value.sign.is_some()
        && !matches!(place.previous, "to" | "from" | "at" | "→" | "of")
        && value.form != Form::Compound;
    if is_signed {
        way = way.or(Some(if value.sign == Some(Sign::Plus) {
            Way::Up
        } else {
            Way::Down
        }));
    }
    let changes = is_signed
        || place.previous == "by"
        || way.is_some()
            && at_noun(&place, &before)
            && !matches!(place.previous, "than" | "per" | "every");
    let role = if changes {
        Role::Change
    } else {
        place.role(bound.map(|(bound, _)| bound))?
    };
    // `within 5%` of something is a bound.
    if role == Role::Value && place.previous == "within" && value.has_unit("%") {
        bound = bound.or(Some((Bound::Upper, None)));
    }
    // A change by a bounded amount has no bound.
    if role == Role::Change {
        bound = None;
    }
    let is_compound = value.form == Form::Compound;
    if role == Role::Of && bound.is_none() && is_compound {
        return None;
    }
    let role = if is_compound && role != Role::Change {
        Role::Compound
    } else {
        role
    };
    if looks_like_year(value) && !matches!(role, Role::To | Role::Object | Role::Change) {
        return None;
    }
    Some(Candidate {
        index,
        role,
        bound: bound.map(|(bound, _)| bound),
        bound_at: bound.and_then(|(_, at)| at),
        way: match role {
            Role::Change => way,
            Role::To => before.heading,
            _ => None,
        },
        has_population: place.has_population,
        is_of_today: place.is_of_today,
    })
}

/// Returns whether a comparative beside a number can be about it where it stands.
fn at_noun(place: &Place<'_, '_, '_>, before: &Before) -> bool {
    place.is_behind_verb
        || place.opens
        || matches!(place.previous, "a" | "an" | "of" | "to" | "in" | "for")
        || before.at > place.clause.first
}

/// So many words at most belong to one noun phrase.
const NOUN_REACH: usize = 24;

#[cfg(test)]
mod tests {
    use crate::statement::{Kind, Lexicon, read};

    #[track_caller]
    fn check(text: &str, kind: Kind, target: &str) {
        let reading = read(text, None, &Lexicon::default());
        let found = reading.target.map(|target| target.normalize().to_string());
        assert_eq!(
            (reading.kind, found.as_deref().unwrap_or_default()),
            (kind, target),
            "{text}"
        );
    }

    #[test]
    fn words_beside_a_number_give_its_role() {
        check("Error rate down to 1%", Kind::Level, "1");
        check("Energy costs down 5%", Kind::RelativeChange, "5");
        check("Absence (below 90%) halved", Kind::RelativeChange, "0.5");
        check("First 5 paying customers", Kind::Count, "5");
        check("Migrate all 42 services off k8s 1.27", Kind::Count, "42");
        check("Ship Onboarding 2.0", Kind::Milestone, "");
        check("Launch a 360° campaign", Kind::Milestone, "");
        check("Cut errors by 0%", Kind::RelativeChange, "0");
        check("Keep churn at no more than 5%", Kind::Ceiling, "5");
        check("Answer time max. 2 days", Kind::Ceiling, "2");
    }
}
