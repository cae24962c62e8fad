//! Decides which number of a statement is its target, and which its start.

use super::VerbClass;
use super::clause::{Clause, Words};
use super::lexicon::Class;
use super::value::{Form, Sign, Value, is_link, looks_like_year, value_at};

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

/// Phrases of a bound, by their last word, the longer first.
const BOUNDS: &[(&[&str], Bound)] = &[
    (&["max", "."], Bound::Upper),
    (&["min", "."], Bound::Lower),
    (&["<"], Bound::Upper),
    (&["<="], Bound::Upper),
    (&[">"], Bound::Lower),
    (&[">="], Bound::Lower),
    (&["at", "or", "above"], Bound::Lower),
    (&["never", "above"], Bound::Upper),
    (&["not", "above"], Bound::Upper),
    (&["above"], Bound::Lower),
    (&["at", "or", "below"], Bound::Upper),
    (&["never", "below"], Bound::Lower),
    (&["not", "below"], Bound::Lower),
    (&["below"], Bound::Upper),
    (&["beneath"], Bound::Upper),
    (&["never", "exceed"], Bound::Upper),
    (&["not", "exceed"], Bound::Upper),
    (&["exceed"], Bound::Lower),
    (&["not", "exceeding"], Bound::Upper),
    (&["exceeding"], Bound::Lower),
    (&["exceeds"], Bound::Lower),
    (&["höchstens"], Bound::Upper),
    (&["inside"], Bound::Upper),
    (&["at", "least"], Bound::Lower),
    (&["max"], Bound::Upper),
    (&["maximal"], Bound::Upper),
    (&["maximum"], Bound::Upper),
    (&["mindestens"], Bound::Lower),
    (&["minimum"], Bound::Lower),
    (&["at", "most"], Bound::Upper),
    (&["a", "max", "of"], Bound::Upper),
    (&["a", "maximum", "of"], Bound::Upper),
    (&["a", "minimum", "of"], Bound::Lower),
    (&["maximum", "of"], Bound::Upper),
    (&["minimum", "of"], Bound::Lower),
    (&["upward", "of"], Bound::Lower),
    (&["upwards", "of"], Bound::Lower),
    (&["not", "over"], Bound::Upper),
    (&["over"], Bound::Lower),
    (&["surpass"], Bound::Lower),
    (&["surpasses"], Bound::Lower),
    (&["surpassing"], Bound::Lower),
    (&["never", "more", "than"], Bound::Upper),
    (&["no", "fewer", "than"], Bound::Lower),
    (&["no", "greater", "than"], Bound::Upper),
    (&["no", "higher", "than"], Bound::Upper),
    (&["no", "less", "than"], Bound::Lower),
    (&["no", "longer", "than"], Bound::Upper),
    (&["no", "lower", "than"], Bound::Lower),
    (&["no", "more", "than"], Bound::Upper),
    (&["not", "fewer", "than"], Bound::Lower),
    (&["not", "higher", "than"], Bound::Upper),
    (&["not", "less", "than"], Bound::Lower),
    (&["not", "longer", "than"], Bound::Upper),
    (&["not", "lower", "than"], Bound::Lower),
    (&["not", "more", "than"], Bound::Upper),
    (&["better", "than"], Bound::Lower),
    (&["faster", "than"], Bound::Upper),
    (&["fewer", "than"], Bound::Upper),
    (&["greater", "than"], Bound::Lower),
    (&["higher", "than"], Bound::Lower),
    (&["less", "than"], Bound::Upper),
    (&["lower", "than"], Bound::Upper),
    (&["more", "than"], Bound::Lower),
    (&["shorter", "than"], Bound::Upper),
    (&["at", "or", "under"], Bound::Upper),
    (&["under"], Bound::Upper),
    (&["unter"], Bound::Upper),
    (&["über"], Bound::Lower),
    (&["≤"], Bound::Upper),
    (&["≥"], Bound::Lower),
];

/// Words behind `or` that put a bound on the number before it.
fn tail_bound(word: &str) -> Option<Bound> {
    Some(match word {
        "more" | "higher" | "better" | "above" | "over" | "greater" | "longer" | "up" => {
            Bound::Lower
        }
        "less" | "fewer" | "lower" | "below" | "under" | "faster" | "shorter" | "sooner"
        | "cheaper" | "quicker" => Bound::Upper,
        _ => return None,
    })
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

/// A bound with the place of its words, as positions of tokens.
type BoundAt = (Bound, Option<(usize, usize)>);

/// What stands before a number and belongs to it.
struct Before {
    /// Where the words that belong to the number begin.
    at: usize,
    bound: Option<BoundAt>,
    /// Which way words such as `additional` say that it goes.
    comparative: Option<Way>,
    /// Which way `up` or `down` behind the measure says that it goes.
    heading: Option<Way>,
}

impl Before {
    fn of(words: &Words<'_, '_>, value: &Value, clause: &Clause<'_>) -> Self {
        // Words that say about how much; `or` only within `at or below`, which is read as one.
        let skip_small = |mut at: usize| {
            while at > clause.first && words.is(Class::Approximate, at - 1) {
                at -= 1;
            }
            at
        };
        let mut at = skip_small(value.first);
        let is_more = |at: usize| matches!(words.word(at), "additional" | "extra" | "further");
        let comparative = (at..value.first).any(is_more).then_some(Way::Up);
        let bound = bound_before(words, at, clause.first);
        let bound = bound.map(|(from, bound)| {
            let end = at;
            at = skip_small(from);
            (bound, Some((from, end)))
        });
        if at > clause.first && words.word(at - 1) == "between" {
            at -= 1;
        }
        if at > clause.first + 1 && words.word(at - 1) == "to" && words.word(at - 2) == "up" {
            // `by up to 15%` is a change; `up to 78%` alone is a value to arrive at.
            let is_change = at >= 3 && words.word(at - 3) == "by";
            at = skip_small(at - usize::from(is_change) * 2);
        }
        Self {
            at,
            bound,
            comparative,
            // `Error rate down to 1%`, `On-time payments up 20%`.
            heading: heading(words, at, clause),
        }
    }
}

/// Where a number stands, as far as that decides what it is for.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and none rules out another"
)]
struct Place<'p, 'w, 't> {
    words: &'p Words<'w, 't>,
    value: &'p Value,
    clause: &'p Clause<'p>,
    /// Where the words that belong to the number begin.
    at: usize,
    /// Where they end.
    after: usize,
    /// The word before them, within the clause.
    previous: &'p str,
    /// Whether they open the clause or a part of it.
    opens: bool,
    is_behind_verb: bool,
    /// Whether a population follows `of`.
    has_population: bool,
    /// Whether it is a part of today's level.
    is_of_today: bool,
    /// Whether it counts the noun behind it.
    counts_noun: bool,
    /// Which way words behind it say that it goes.
    way: Option<Way>,
}

impl<'p, 'w, 't> Place<'p, 'w, 't> {
    fn new(
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
                && words.tokens.get(after).is_some_and(|token| {
                    token.is_word() && !is_link(&token.lower) && !words.is_taken[after]
                }),
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
    fn is_looked_at(&self) -> bool {
        self.value.is_time()
            && !self.words.is_taken.get(self.after).copied().unwrap_or(true)
            && matches!(
                self.words.word(self.after),
                "after" | "following" | "before" | "prior" | "ago" | "earlier"
            )
    }

    /// Returns whether a number that is joined to a noun is a level: `a 4-day close`, not `90-day balances`.
    fn is_compound_level(&self) -> bool {
        let first = self.value.first;
        let has_article =
            first > self.clause.first && matches!(self.words.word(first - 1), "a" | "an");
        has_article
            && self.verb_is(&[VerbClass::Reach, VerbClass::Keep, VerbClass::Move])
            && self.value.unit.is_some()
    }

    /// Returns the role of a number that words beside it do not make a change.
    fn role(&self, bound: Option<Bound>) -> Option<Role> {
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

/// Returns which way `up` or `down` behind a measure says that a number goes, which begins at a token or
/// behind a `to` there.
fn heading(words: &Words<'_, '_>, at: usize, clause: &Clause<'_>) -> Option<Way> {
    let link = at.checked_sub(1)?;
    let is_to = words.word(link) == "to";
    let at = link.checked_sub(usize::from(is_to))?;
    let way = match words.word(at) {
        "up" => Way::Up,
        "down" => Way::Down,
        _ => return None,
    };
    // A verb before it makes it a particle: `push churn down`, `follow up`.
    let is_free = clause.verb.as_ref().is_none_or(|verb| verb.at > at) && at > clause.first;
    let behind_noun = is_free
        && at < words.tokens.len()
        && words.tokens[at - 1].is_word()
        && !is_link(words.word(at - 1));
    behind_noun.then_some(way)
}

/// Returns which way a noun of change goes that a number behind `of` belongs to: `a drop of 10%`,
/// `an improvement in accuracy of 5 pp`.
fn named_change(words: &Words<'_, '_>, of: usize, clause: &Clause<'_>) -> Option<Way> {
    let from = clause.first.max(of.saturating_sub(8));
    let noun = (from..of).rev().find(|at| {
        words.is(Class::Rise, *at) || words.is(Class::Fall, *at) || words.is(Class::Gain, *at)
    })?;
    // It names the change itself: right before `of`, or with `in` behind it and an article before it.
    let is_head = noun + 1 == of || matches!(words.word(noun + 1), "in" | "of" | "to");
    let before = noun.checked_sub(1).map_or("", |before| words.word(before));
    let is_verb = clause.verb.as_ref().is_some_and(|verb| verb.at == noun);
    if !is_head
        || is_verb && noun + 1 != of
        || !matches!(before, "a" | "an" | "the" | "" | "further")
            && noun + 1 != of
            && noun != clause.first
    {
        return None;
    }
    if words.is(Class::Gain, noun) {
        let lower = is_lower_better(words, noun + 1, of);
        return Some(if lower { Way::Down } else { Way::Up });
    }
    Some(if words.is(Class::Rise, noun) {
        Way::Up
    } else {
        Way::Down
    })
}

/// So many words at most belong to one noun phrase.
const NOUN_REACH: usize = 24;

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

/// Returns where a bound begins that ends at a token.
fn bound_before(words: &Words<'_, '_>, end: usize, first: usize) -> Option<(usize, Bound)> {
    let last = words.word(end.checked_sub(1).filter(|last| *last >= first)?);
    let from = BOUNDS.partition_point(|(phrase, _)| phrase.last().is_some_and(|word| *word < last));
    let same_last = BOUNDS[from..]
        .iter()
        .take_while(|(phrase, _)| phrase.last() == Some(&last));
    let (mut from, bound) = same_last.into_iter().find_map(|(phrase, bound)| {
        let from = end
            .checked_sub(phrase.len())
            .filter(|from| *from >= first)?;
        let mut phrase_words = phrase.iter().enumerate();
        let same = phrase_words.all(|(ahead, word)| words.word(from + ahead) == *word);
        (same && !words.is_taken[from]).then_some((from, *bound))
    })?;
    // `a minimum`, `the maximum`.
    if from > first
        && matches!(words.word(from), "minimum" | "maximum" | "max")
        && matches!(words.word(from - 1), "a" | "the")
    {
        from -= 1;
    }
    // `over the last 18 months` is no bound.
    Some((from, bound))
}

/// Reads `+`, `or more` and `6 callers or fewer` behind a value; returns where the rest begins.
fn tail(words: &Words<'_, '_>, value: &Value, bound: &mut Option<BoundAt>) -> usize {
    let after = value.end;
    if words.word(after) == "+" && words.tokens[after].is_glued {
        *bound = Some((Bound::Lower, Some((after, after + 1))));
        return after + 1;
    }
    let ends = |at: usize| words.tokens.get(at).is_none_or(|token| token.is_stop());
    if words.word(after) == "plus" && ends(after + 1) {
        *bound = Some((Bound::Lower, bound.and_then(|(_, at)| at)));
        return after + 1;
    }
    for at in after..=after + 3 {
        if words.word(at) == "or" {
            let Some(found) = tail_bound(words.word(at + 1)) else {
                break;
            };
            *bound = Some((found, Some((at, at + 2))));
            return if at == after { at + 2 } else { after };
        }
        let is_plain = words
            .tokens
            .get(at)
            .is_some_and(|token| token.is_word() && !words.is_taken[at]);
        if !is_plain || is_link(words.word(at)) {
            break;
        }
    }
    after
}

/// Reads what stands beside a number: which way it goes, and whether it is a part of today's level.
fn beside(
    words: &Words<'_, '_>,
    values: &[Value],
    value: &Value,
    after: usize,
    end: usize,
) -> (Option<Way>, bool) {
    let next = words.word(after);
    // `60% of today's level`, `a third of its 2025 level`.
    if next == "of" {
        let owner = words.word(after + 1);
        let is_today = owner.starts_with("today")
            || owner.starts_with("yesterday")
            || (after + 1..(after + 6).min(words.tokens.len())).any(|at| {
                matches!(
                    words.word(at),
                    "level"
                        | "levels"
                        | "value"
                        | "baseline"
                        | "figure"
                        | "volume"
                        | "size"
                        | "total"
                )
            }) && (matches!(
                owner,
                "the"
                    | "its"
                    | "their"
                    | "our"
                    | "last"
                    | "this"
                    | "current"
                    | "what"
                    | "present"
                    | "baseline"
                    | "previous"
                    | "original"
                    | "prior"
                    | "a"
            ) || owner.chars().all(|c| c.is_ascii_digit()))
            || matches!(
                (owner, words.word(after + 2)),
                (
                    "the" | "its" | "our" | "their",
                    "current" | "present" | "original" | "existing" | "baseline" | "previous"
                )
            )
            || matches!(owner, "last" | "current" | "present")
                && words.word(after + 2).ends_with("'s")
            || matches!((owner, words.word(after + 2)), ("what", "it"));
        return (None, is_today);
    }
    // `25% more`, `10 days faster`.
    if words.is(Class::More, after) && !is_tail_than(words, after) {
        return (Some(Way::Up), false);
    }
    if words.is(Class::Fewer, after) && !is_tail_than(words, after) {
        return (Some(Way::Down), false);
    }
    if matches!(next, "up" | "above" | "better")
        && value.unit.is_some()
        && words.word(after + 1) != "to"
        && words.word(after + 1) != "from"
    {
        let compares =
            words.word(after + 1) == "on" || words.word(after + 1) == "last" || next == "better";
        if compares {
            return (Some(Way::Up), false);
        }
    }
    // The noun at the end of the phrase: `12% cost reduction`, `a 10% uplift`.
    let mut head = None;
    let mut at = after;
    while at < end && at < after + 5 {
        let token = &words.tokens[at];
        let is_value = value_at(values, at).is_some_and(|value| value.first == at);
        if !token.is_word() || words.is_taken[at] || is_link(&token.lower) || is_value {
            break;
        }
        head = Some(at);
        at += 1;
    }
    let Some(head) = head else {
        return (None, false);
    };
    let takes_change = value.unit.is_some() || matches!(value.form, Form::Factor | Form::Fraction);
    let way = if !takes_change {
        None
    } else if words.is(Class::Rise, head) {
        Some(Way::Up)
    } else if words.is(Class::Fall, head) {
        Some(Way::Down)
    } else if words.is(Class::Gain, head) {
        // An improvement goes the way that is better for what it is of.
        Some(
            if is_lower_better(words, head + 2, end.min(head + 2 + NOUN_REACH)) {
                Way::Down
            } else {
                Way::Up
            },
        )
    } else {
        None
    };
    // `growth rate` and `growth in` differ: the noun of change must end the phrase.
    (way, false)
}

/// Returns whether a comparative belongs to a bound: `more than`.
fn is_tail_than(words: &Words<'_, '_>, at: usize) -> bool {
    words.word(at + 1) == "than"
        && words
            .tokens
            .get(at + 2)
            .is_some_and(|token| matches!(token.kind, super::token::TokenKind::Number(_)))
}

/// Returns whether the words name a measure of which less is better.
///
/// The head of the phrase decides: `response quality` and `trust in complaints` are better higher,
/// `number of complaints` is better lower.
pub(super) fn is_lower_better(words: &Words<'_, '_>, first: usize, end: usize) -> bool {
    let mut from = first;
    let end = end.min(words.tokens.len());
    loop {
        let stop = (from..end)
            .find(|at| {
                words.is_taken[*at]
                    || matches!(
                        words.word(*at),
                        "of" | "in"
                            | "for"
                            | "on"
                            | "to"
                            | "with"
                            | "among"
                            | "across"
                            | "at"
                            | "from"
                            | "by"
                            | "through"
                            | "between"
                            | "during"
                            | "per"
                            | "within"
                    )
            })
            .unwrap_or(end);
        let phrase = || from..stop;
        let head = phrase().rev().find(|at| words.tokens[*at].is_word());
        if head.is_some_and(|at| words.is(Class::HigherIsBetter, at)) {
            return false;
        }
        if phrase().any(|at| lower_is_better(words, at)) {
            return true;
        }
        // `number of …`, `share of …` say nothing by themselves.
        let counts =
            head.is_none_or(|at| words.is(Class::Quantity, at)) && !words.word(stop).is_empty();
        if !counts || stop + 1 >= end {
            return false;
        }
        from = stop + 1;
    }
}

fn lower_is_better(words: &Words<'_, '_>, at: usize) -> bool {
    let token = &words.tokens[at];
    if !token.is_word() || words.is_taken[at] {
        return false;
    }
    words.lexicon.is(Class::LowerIsBetter, &token.lower)
        || token.lower.split('-').any(|part| {
            part.len() > 3
                && words.lexicon.is(Class::LowerIsBetter, part)
                && !matches!(part, "time" | "response" | "cycle")
        })
}

/// Returns whether a number names one of several things: `ISO 27001`, `phase 2`, `top 10`, `#4`.
pub(super) fn is_name(words: &Words<'_, '_>, value: &Value) -> bool {
    if value.form != Form::Plain
        || value.unit.is_some()
        || value.scale.is_some()
        || value.sign.is_some()
    {
        return false;
    }
    let Some(before) = value.first.checked_sub(1) else {
        return false;
    };
    let token = &words.tokens[before];
    if token.is("top") || token.is("#") || token.is("no") && words.word(value.first) == "." {
        return true;
    }
    if !value.is_digits || !token.is_word() || words.is_taken[before] {
        return false;
    }
    if words.is(Class::NamedNoun, before)
        && !words.is(Class::Metric, before)
        && words.word(before) != "no"
    {
        return true;
    }
    // The first word is capital anyhow, and so may be a verb; metrics bear their value.
    let is_first = before == 0
        || words.is_taken[before - 1]
        || words.tokens[before - 1].is(":")
        || words.tokens[before - 1].is(".");
    // `Onboarding 2.0`, `k8s 1.27`: a decimal behind a name is its version.
    let text = words.tokens[value.first].text;
    let is_decimal = text.matches('.').count() == 1;
    let has_digit = token.text.contains(|c: char| c.is_ascii_digit());
    let is_version = is_decimal
        && !words.is(Class::Metric, before)
        && (has_digit
            || token.is_capitalised()
                && (text.ends_with(".0") || !is_first && token.lower.ends_with("ing")));
    is_version
        || token.is_capitalised()
            && !is_first
            && !words.is(Class::Metric, before)
            && words.verb(before).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn bounds_stand_in_the_order_of_their_last_words() {
        let key = |(phrase, _): &(&[&'static str], Bound)| {
            (phrase.last().copied(), std::cmp::Reverse(phrase.len()))
        };
        assert!(BOUNDS.is_sorted_by_key(key));
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
