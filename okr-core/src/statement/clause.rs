//! Finds the clauses of a statement: its main clauses, how it is to be done, and what for.

mod asks;
mod governing;
mod links;

use self::asks::verb_class;
use self::links::purpose_link;
use super::VerbClass;
use super::value::{Value, value_at, values_in};
use super::words::{VerbAt, Words};

pub(super) use self::asks::verb_factor;
pub(super) use self::links::means_link;

/// A verb and the words that it governs, as positions of tokens: `first` is inside, `end` is not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause<'w> {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) verb: Option<VerbAt<'w>>,
}

/// The clauses of a statement.
#[derive(Clone, Debug)]
pub(super) struct Clauses<'w> {
    /// The main clauses; there is at least one.
    pub(super) main: Vec<Clause<'w>>,
    /// The clause that says how, with its link.
    pub(super) means: Option<(usize, Clause<'w>)>,
    /// The clause that says what for, with its link.
    pub(super) purpose: Option<(usize, Clause<'w>)>,
}

/// Finds the clauses; `first` is where the statement begins behind its label.
pub(super) fn clauses<'w>(words: &Words<'w, '_>, values: &[Value], first: usize) -> Clauses<'w> {
    let mut found = find_clauses(words, values, first);
    let means = found
        .means
        .iter_mut()
        .chain(&mut found.purpose)
        .map(|(_, clause)| clause);
    for verb in found
        .main
        .iter_mut()
        .chain(means)
        .filter_map(|clause| clause.verb.as_mut())
    {
        verb.class = verb_class(words, values, verb);
    }
    found
}

fn find_clauses<'w>(words: &Words<'w, '_>, values: &[Value], first: usize) -> Clauses<'w> {
    let end = words.tokens.len();
    let mut main_first = skip_population(words, values, first);
    let mut means = None;
    // A means may stand in front: `By calling every week, cut …`.
    let opening = words.skip_opening(main_first, end);
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
            let stop = (link_end..end)
                .find(|at| starts_second_clause(words, *at))
                .unwrap_or(end);
            // `Increase renewals via SEPA by 10%`: a noun as means ends where the change is told.
            let is_noun = words.verb(link_end).is_none();
            let told = (link_end + 1..stop).find(|at| {
                matches!(words.word(*at), "by" | "to" | "from")
                    && value_at(values, at + 1).is_some_and(|value| value.first == at + 1)
            });
            let told = told.filter(|_| is_noun && values_in(values, main_first, at).is_empty());
            if let Some(told) = told {
                means = Some((at, clause(words, link_end, told)));
                let mut main = split(words, main_first, at);
                let verb = main.last().and_then(|clause| clause.verb);
                main.push(Clause {
                    first: told,
                    end: stop,
                    verb,
                });
                return Clauses {
                    purpose: None,
                    main,
                    means,
                };
            }
            means = Some((at, clause(words, link_end, stop)));
            main_end = at;
            // What is joined on behind the means belongs to the main clause again.
            if stop < end {
                let second = clause(words, stop, end);
                let mut main = split(words, main_first, main_end);
                main.push(second);
                return Clauses {
                    purpose: None,
                    main,
                    means,
                };
            }
        }
    }
    let mut purpose = None;
    let verb = words.governing(main_first, main_end);
    let from = verb.as_ref().map_or(main_first, |verb| verb.end);
    let found = (from + 1..main_end.max(from + 1))
        .filter(|at| !words.is_taken.get(*at).copied().unwrap_or(true))
        .find_map(|at| Some((at, purpose_link(words, at, main_end)?)));
    // `the time to publish results` is what is measured: a purpose follows work, or a number.
    let follows = |at: usize| {
        let is_work = verb.as_ref().is_some_and(|verb| {
            matches!(
                verb_class(words, values, verb),
                VerbClass::Work | VerbClass::Activity
            )
        });
        let has_number = |first: usize, end: usize| !values_in(values, first, end).is_empty();
        // `Improve the process to shorten payments by 20%`: a verb of change with the only number.
        let improves = || {
            let is_improve = verb.is_some_and(|verb| verb.class == VerbClass::Improve);
            let changes = words.verb(at + 1).is_some_and(|verb| {
                matches!(verb.class, VerbClass::Increase | VerbClass::Decrease)
            });
            is_improve && changes && has_number(at, main_end)
        };
        is_work || has_number(main_first, at) || improves()
    };
    if let Some((at, link_end)) = found.filter(|(at, _)| follows(*at)) {
        purpose = Some((at, clause(words, link_end, main_end)));
        main_end = at;
    }
    Clauses {
        main: split(words, main_first, main_end),
        means,
        purpose,
    }
}

/// Returns where a statement begins behind a population that stands in front: `Across 12 regions, raise …`.
fn skip_population(words: &Words<'_, '_>, values: &[Value], first: usize) -> usize {
    let opens = matches!(
        words.word(first),
        "across"
            | "in"
            | "for"
            | "at"
            | "among"
            | "within"
            | "over"
            | "on"
            | "of"
            | "with"
            | "throughout"
    );
    if !opens {
        return first;
    }
    let comma =
        (first..words.tokens.len()).find(|at| words.word(*at) == "," && !in_number(values, *at));
    comma.map_or(first, |comma| {
        if words.governing(comma + 1, words.tokens.len()).is_some() {
            comma + 1
        } else {
            first
        }
    })
}

fn in_number(values: &[Value], at: usize) -> bool {
    value_at(values, at).is_some()
}

fn clause<'w>(words: &Words<'w, '_>, first: usize, end: usize) -> Clause<'w> {
    Clause {
        first,
        end,
        verb: words.governing(first, end),
    }
}

/// Splits main clauses where a link is followed by a verb of its own.
fn split<'w>(words: &Words<'w, '_>, first: usize, end: usize) -> Vec<Clause<'w>> {
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
    while matches!(
        words.word(next),
        "and" | "also" | "then" | "to" | "at" | "the" | "same" | "time" | "simultaneously"
    ) || words.is_adverb(next)
    {
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
    let has_object = words
        .tokens
        .get(verb.end)
        .is_some_and(|token| !token.is_stop())
        && !matches!(
            words.word(verb.end),
            "times" | "time" | "rate" | "rates" | "costs" | "cost" | "and" | "or" | "of"
        );
    let was_verb = at.checked_sub(1).is_some_and(|before| {
        // `complete and document`: two verbs for one object.
        words.is_base(before)
            && words.word(at) == "and"
            && !words.tokens[before].is_glued
            && before
                .checked_sub(1)
                .is_none_or(|before| words.is_adverb(before) || words.word(before) == ",")
    });
    has_object
        && !was_verb
        && (is_base || is_gerund && matches!(words.word(at), "while" | "as" | "plus"))
}
