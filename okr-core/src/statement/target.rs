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

const BOUNDS: &[(&[&str], Bound)] = &[
    (&["at", "least"], Bound::Lower),
    (&["at", "or", "above"], Bound::Lower),
    (&["above"], Bound::Lower),
    (&["over"], Bound::Lower),
    (&["more", "than"], Bound::Lower),
    (&["higher", "than"], Bound::Lower),
    (&["greater", "than"], Bound::Lower),
    (&["better", "than"], Bound::Lower),
    (&["exceeding"], Bound::Lower),
    (&["exceed"], Bound::Lower),
    (&["exceeds"], Bound::Lower),
    (&["surpass"], Bound::Lower),
    (&["surpasses"], Bound::Lower),
    (&["surpassing"], Bound::Lower),
    (&["upwards", "of"], Bound::Lower),
    (&["upward", "of"], Bound::Lower),
    (&["a", "minimum", "of"], Bound::Lower),
    (&["minimum", "of"], Bound::Lower),
    (&["minimum"], Bound::Lower),
    (&["no", "fewer", "than"], Bound::Lower),
    (&["not", "fewer", "than"], Bound::Lower),
    (&["no", "less", "than"], Bound::Lower),
    (&["not", "less", "than"], Bound::Lower),
    (&["no", "lower", "than"], Bound::Lower),
    (&["not", "lower", "than"], Bound::Lower),
    (&["not", "below"], Bound::Lower),
    (&["never", "below"], Bound::Lower),
    (&[">"], Bound::Lower),
    (&["≥"], Bound::Lower),
    (&[">="], Bound::Lower),
    (&["at", "or", "below"], Bound::Upper),
    (&["at", "or", "under"], Bound::Upper),
    (&["below"], Bound::Upper),
    (&["under"], Bound::Upper),
    (&["beneath"], Bound::Upper),
    (&["less", "than"], Bound::Upper),
    (&["fewer", "than"], Bound::Upper),
    (&["lower", "than"], Bound::Upper),
    (&["at", "most"], Bound::Upper),
    (&["no", "more", "than"], Bound::Upper),
    (&["not", "more", "than"], Bound::Upper),
    (&["never", "more", "than"], Bound::Upper),
    (&["no", "longer", "than"], Bound::Upper),
    (&["not", "longer", "than"], Bound::Upper),
    (&["no", "greater", "than"], Bound::Upper),
    (&["a", "maximum", "of"], Bound::Upper),
    (&["maximum", "of"], Bound::Upper),
    (&["a", "max", "of"], Bound::Upper),
    (&["max"], Bound::Upper),
    (&["max", "."], Bound::Upper),
    (&["min", "."], Bound::Lower),
    (&["unter"], Bound::Upper),
    (&["über"], Bound::Lower),
    (&["mindestens"], Bound::Lower),
    (&["höchstens"], Bound::Upper),
    (&["maximal"], Bound::Upper),
    (&["maximum"], Bound::Upper),
    (&["not", "above"], Bound::Upper),
    (&["never", "above"], Bound::Upper),
    (&["not", "over"], Bound::Upper),
    (&["not", "exceeding"], Bound::Upper),
    (&["not", "exceed"], Bound::Upper),
    (&["never", "exceed"], Bound::Upper),
    (&["no", "higher", "than"], Bound::Upper),
    (&["not", "higher", "than"], Bound::Upper),
    (&["<"], Bound::Upper),
    (&["≤"], Bound::Upper),
    (&["<="], Bound::Upper),
    (&["faster", "than"], Bound::Upper),
    (&["shorter", "than"], Bound::Upper),
    (&["inside"], Bound::Upper),
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
    let mut at = value.first;
    // Words that say about how much.
    let skip_small = |mut at: usize| {
        while at > clause.first
            && matches!(
                words.word(at - 1),
                "about"
                    | "roughly"
                    | "around"
                    | "approximately"
                    | "approx"
                    | "circa"
                    | "some"
                    | "nearly"
                    | "almost"
                    | "~"
                    | "≈"
                    | "another"
                    | "an"
                    | "a"
                    | "the"
                    | "just"
                    | "only"
                    | "exactly"
                    | "total"
                    | "additional"
                    | "extra"
                    | "further"
                    | "new"
                    | "overall"
                    | "average"
                    | "our"
                    | "median"
                    | "well"
                    | "consistently"
                    | "still"
                    | "or"
                    | "average-of"
                    | "full"
            )
        {
            // `or` only within `at or below`, which is read as one.
            if words.word(at - 1) == "or" {
                break;
            }
            at -= 1;
        }
        at
    };
    let mut comparative = None;
    at = skip_small(at);
    for between in at..value.first {
        if words.word(between) == "additional"
            || words.word(between) == "extra"
            || words.word(between) == "further"
        {
            comparative = Some(Way::Up);
        }
    }
    let mut bound = None;
    let mut bound_at = None;
    if let Some((from, found)) = bound_before(words, at, clause.first) {
        (bound, bound_at) = (Some(found), Some((from, at)));
        at = skip_small(from);
    }
    let is_range_word = at > clause.first && words.word(at - 1) == "between";
    if is_range_word {
        at -= 1;
    }
    if at > clause.first + 1 && words.word(at - 1) == "to" && words.word(at - 2) == "up" {
        // `by up to 15%` is a change; `up to 78%` alone is a value to arrive at.
        let is_change = at >= 3 && words.word(at - 3) == "by";
        at = skip_small(at - usize::from(is_change) * 2);
    }
    // `Error rate down to 1%`, `On-time payments up 20%`.
    let heading = heading(words, at, clause);
    let after = tail(words, value, &mut bound, &mut bound_at);
    let previous = if at > clause.first {
        words.word(at - 1)
    } else {
        ""
    };
    if matches!(previous, "by") {
        at = skip_small(at);
    }
    let mut way = comparative.or(heading.filter(|_| previous != "to"));
    // `six months after surgery` says when something is looked at.
    let next = words.word(after);
    if value.is_time()
        && !words.is_taken.get(after).copied().unwrap_or(true)
        && matches!(
            next,
            "after" | "following" | "before" | "prior" | "ago" | "earlier"
        )
    {
        return None;
    }
    let (change_way, is_today) = beside(words, values, value, after, clause.end);
    way = way.or(change_way);
    if previous == "of" {
        way = way.or_else(|| named_change(words, at - 1, clause));
    }
    let opens = at == clause.first
        || words.is_taken[at - 1]
        || matches!(previous, "," | "and" | ";" | ":" | "(" | "then" | "—" | "–")
        || matches!(previous, "we" | "will");
    let verb_end = clause.verb.as_ref().map(|verb| (verb.at, verb.end));
    let behind_verb =
        verb_end.is_some_and(|(_, end)| end == at || end + 1 == at && words.word(end) == "up");
    let is_verb_class = |classes: &[VerbClass]| {
        clause
            .verb
            .as_ref()
            .is_some_and(|verb| classes.contains(&verb.class))
    };
    let changes = is_verb_class(&[VerbClass::Increase, VerbClass::Decrease, VerbClass::Improve]);
    let behind_keep = is_verb_class(&[VerbClass::Keep]);
    let has_population = words.word(after) == "of"
        && !is_today
        && matches!(value.form, Form::Plain | Form::Fraction)
        && (value.has_unit("%") || value.form == Form::Fraction)
        || value.form == Form::Share;
    let is_compound = value.form == Form::Compound;
    if is_compound && way.is_none() {
        // `a 4-day close` can be a target, `90-day balances` cannot.
        let has_article =
            value.first > clause.first && matches!(words.word(value.first - 1), "a" | "an");
        let is_level = is_verb_class(&[VerbClass::Reach, VerbClass::Keep, VerbClass::Move]);
        if !(has_article && is_level && value.unit.is_some()) {
            return None;
        }
    }
    let plain_follows_noun = value.unit.is_none()
        && value.form == Form::Plain
        && words.tokens.get(after).is_some_and(|token| {
            token.is_word() && !is_link(&token.lower) && !words.is_taken[after]
        });
    let population = |role: Role| (!plain_follows_noun || bound.is_some()).then_some(role);
    let role = if value.sign.is_some()
        && !matches!(previous, "to" | "from" | "at" | "→" | "of")
        && value.form != Form::Compound
    {
        if value.sign == Some(Sign::Plus) {
            way = way.or(Some(Way::Up));
        } else {
            way = way.or(Some(Way::Down));
        }
        Role::Change
    } else if is_change_word(previous) {
        // `by 25%`; but `divided by 4` and the like do not occur.
        Role::Change
    } else if way.is_some()
        && (behind_verb
            || opens
            || matches!(previous, "a" | "an" | "of" | "to" | "in" | "for")
            || at > clause.first)
        && !matches!(previous, "than" | "per" | "every")
    {
        Role::Change
    } else {
        match previous {
            // `Close the year at 1,800 members`: the link belongs to the verb.
            "at" | "with" | "to" | "in" | "on"
                if clause
                    .verb
                    .as_ref()
                    .is_some_and(|verb| verb.end == at && verb.end > verb.at + 1) =>
            {
                Role::Object
            }
            "to" | "→" | "into" | "towards" | "toward" | "auf" | "à" => Role::To,
            // In the means of a change: `by a third`.
            "from" => return None,
            // `First 5 paying customers` counts them.
            "first" if at == clause.first + 1 && plain_follows_noun => Role::Object,
            // `Migrate all 42 services` counts the work.
            "all"
                if verb_end.is_some_and(|(_, end)| end + 1 == at)
                    && is_verb_class(&[VerbClass::Work]) =>
            {
                Role::Object
            }
            // `after 30 days instead of 60`.
            "after" if matches!(next, "instead" | "rather") => Role::Value,
            "per" | "every" | "each" | "than" | "last" | "past" | "previous" | "trailing"
            | "rolling" | "net" | "top" | "first" | "next" | "largest" | "biggest" | "other"
            | "these" | "those" | "aged" | "older" | "until" | "after" | "since" | "before"
            | "no" | "/" | "remaining" | "existing" | "current" | "named" | "key" | "all"
            | "both" | "most" => {
                if bound.is_none() {
                    return None;
                }
                Role::Value
            }
            // `for 75% of open invoices` says how far work is to reach.
            "across" | "for" | "among" | "in" | "on" | "at" | "with" if has_population => Role::Of,
            "at" if behind_keep || !plain_follows_noun => Role::Value,
            "at" => return None,
            "within" | "in" | "inside" | "under" if value.is_time() => Role::Window,
            "in" if bound == Some(Bound::Upper) && value.is_time() => Role::Window,
            "within" if value.has_unit("%") => {
                bound = Some(Bound::Upper);
                Role::Value
            }
            "with"
                if bound.is_some()
                    && is_verb_class(&[
                        VerbClass::Process,
                        VerbClass::Work,
                        VerbClass::Obtain,
                        VerbClass::Reach,
                    ]) =>
            {
                Role::Of
            }
            "with" | "at the" => {
                let is_close = clause
                    .verb
                    .as_ref()
                    .is_some_and(|verb| verb.class == VerbClass::Reach);
                if !is_close {
                    return None;
                }
                Role::Value
            }
            "in" if value.form == Form::Fraction && words.word(value.end) != "of"
                || words.word(value.first) == "two"
                    && clause
                        .verb
                        .as_ref()
                        .is_some_and(|verb| verb.class == VerbClass::Decrease) =>
            {
                Role::Change
            }
            "across" | "for" | "among" | "amongst" | "over" | "on" | "in" | "within"
            | "against" | "versus" | "vs" | "around" | "without" | "covering" | "serving"
            | "with the" | "between" | "as" => {
                // A limit of what is measured.
                return None;
            }
            "of" => {
                if bound.is_none() && plain_follows_noun {
                    let before = at.checked_sub(2).map_or("", |before| words.word(before));
                    let is_group = matches!(
                        before,
                        "survey"
                            | "sample"
                            | "panel"
                            | "group"
                            | "team"
                            | "pool"
                            | "list"
                            | "set"
                            | "series"
                            | "batch"
                            | "network"
                            | "population"
                            | "cohort"
                            | "out"
                            | "one"
                            | "each"
                            | "any"
                            | "most"
                            | "all"
                            | "each-of"
                            | "backlog"
                            | "portfolio"
                            | "base"
                            | "fleet"
                            | "store"
                            | "orders"
                            | "groups"
                            | "teams"
                    );
                    if is_group {
                        return None;
                    }
                    Role::Of
                } else {
                    Role::Value
                }
            }
            _ if behind_verb || previous_is_verb(words, at, clause) => {
                if changes && bound.is_none() && !has_population {
                    Role::Change
                } else {
                    Role::Object
                }
            }
            // `Absence (below 90%) halved`: what is in parentheses explains the noun, unless nothing else
            // bears a number.
            _ if previous == "(" && at > clause.first + 1 => Role::Value,
            _ if opens => Role::Object,
            _ if bound.is_some() => {
                // A bound behind a noun can limit that noun: `accounts with more than 50 seats`.
                Role::Value
            }
            // `Grow turnover 15%`, `NPS 50`.
            _ => {
                if changes
                    && (value.unit.is_some()
                        || value.form == Form::Factor
                        || value.form == Form::Fraction)
                    && !has_population
                {
                    Role::Change
                } else {
                    // A bare number behind a noun may only name it.
                    let is_weak = value.unit.is_none()
                        && value.form == Form::Plain
                        && value.sign.is_none()
                        && !words.is(Class::Metric, at.saturating_sub(1));
                    population(if is_weak { Role::Of } else { Role::Value })?
                }
            }
        }
    };
    // A change by a bounded amount has no bound.
    if role == Role::Change {
        (bound, bound_at) = (None, None);
    }
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
        bound,
        bound_at,
        way: match role {
            Role::Change => way,
            Role::To => heading,
            _ => None,
        },
        has_population,
        is_of_today: is_today,
    })
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

fn is_change_word(previous: &str) -> bool {
    previous == "by"
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
    let fits = BOUNDS.iter().filter_map(|(phrase, bound)| {
        let from = end
            .checked_sub(phrase.len())
            .filter(|from| *from >= first)?;
        let mut phrase_words = phrase.iter().enumerate();
        let same = phrase_words.all(|(ahead, word)| words.word(from + ahead) == *word);
        (same && !words.is_taken[from]).then_some((from, *bound))
    });
    let (mut from, bound) = fits.min_by_key(|(from, _)| *from)?;
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
fn tail(
    words: &Words<'_, '_>,
    value: &Value,
    bound: &mut Option<Bound>,
    bound_at: &mut Option<(usize, usize)>,
) -> usize {
    let mut after = value.end;
    if words.word(after) == "+" && words.tokens[after].is_glued {
        *bound = Some(Bound::Lower);
        *bound_at = Some((after, after + 1));
        return after + 1;
    }
    if words.word(after) == "plus"
        && words
            .tokens
            .get(after + 1)
            .is_none_or(|token| token.is_stop())
    {
        *bound = Some(Bound::Lower);
        return after + 1;
    }
    for ahead in 0..=3 {
        let at = value.end + ahead;
        if words.word(at) == "or" {
            if let Some(found) = tail_bound(words.word(at + 1)) {
                *bound = Some(found);
                *bound_at = Some((at, at + 2));
                if ahead == 0 {
                    after = at + 2;
                }
            }
            break;
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
        let counts = head.is_none_or(|at| words.is(Class::Quantity, at)) && words.word(stop) != "";
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
    if words.is(Class::ClassNoun, before)
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
