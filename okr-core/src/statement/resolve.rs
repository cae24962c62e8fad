//! Decides what the parts of a statement say together.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::clause::{Clause, Clauses, VerbAt, Words, clauses, verb_factor};
use super::deadline::{self, Phrase};
use super::lexicon::{Class, Lexicon};
use super::reading::{Direction, Kind, Reading, VerbClass};
use super::start::{Start, find_start};
use super::target::{Bound, Candidate, Role, Way, candidate, is_lower_better};
use super::token::{Token, TokenKind, tokens};
use super::value::{Form, Value, as_factor, convert, is_link, value_at, values};
use crate::model::{self, Period};
use crate::text::Span;

/// Reads the statement of a key result.
pub(super) fn read(text: &str, period: Option<Period>, lexicon: &Lexicon) -> Reading {
    let tokens = tokens(text);
    let first = label(&tokens);
    let phrases = deadline::phrases(&tokens, period);
    let mut is_taken = vec![false; tokens.len()];
    is_taken[..first].fill(true);
    for phrase in &phrases {
        is_taken[phrase.first.max(first)..phrase.end.max(first)].fill(true);
    }
    let words = Words::new(&tokens, &is_taken, lexicon);
    let is_verb = |at: usize| {
        words
            .verb(at)
            .is_some_and(|verb| verb.base == words.word(at))
    };
    let values = values(&tokens, &is_taken, &is_verb);
    let clauses = clauses(&words, &values, first);
    let mut statement = Statement {
        words,
        values,
        phrases,
        clauses,
        first,
        placeholder: None,
    };
    statement.placeholder = statement.find_placeholder();
    statement.read()
}

/// Returns how many tokens a label such as `KR2.1:` or a bullet has.
pub(super) fn label(tokens: &[Token<'_>]) -> usize {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is(word));
    let is_number = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| matches!(token.kind, TokenKind::Number(_)))
    };
    let mut at = 0;
    while ["-", "*", "•", "–", "—", "·", "‣", "▪", "●"]
        .iter()
        .any(|bullet| is(at, bullet))
        && tokens.get(at + 1).is_some_and(|next| !next.is_glued)
    {
        at += 1;
    }
    // A check box.
    if is(at, "[") && (is(at + 1, "]") || is(at + 2, "]")) {
        at += if is(at + 1, "]") { 2 } else { 3 };
    }
    let start = at;
    let name = tokens.get(at).map_or("", |token| &*token.lower);
    let mut is_named = false;
    if matches!(name, "key") && is(at + 1, "result") {
        (at, is_named) = (at + 2, true);
    } else if name == "objective" {
        (at, is_named) = (at + 1, true);
    } else if let Some(rest) = name.strip_prefix("kr").or_else(|| name.strip_prefix('o')) {
        let is_label = rest.chars().all(|c| c.is_ascii_digit() || c == '.');
        if is_label && (!rest.is_empty() || name == "kr" || is(at + 1, ":")) {
            (at, is_named) = (at + 1, true);
        }
    }
    if is(at, "#") {
        at += 1;
        is_named = true;
    }
    // Its number, in one piece or in several: `2.1`, `1.2.3`, `3)`.
    while is_number(at) && at < start + 6 {
        let ends = [":", ")", "-", "–", "—", "."]
            .iter()
            .any(|end| is(at + 1, end));
        let is_decimal = tokens[at].text.contains('.');
        if !(is_named || ends || is_decimal) {
            break;
        }
        // `-` between numbers is a range.
        let is_range = ["-", "–", "—"].iter().any(|end| is(at + 1, end))
            && tokens[at + 1].is_glued
            && is_number(at + 2);
        if is_range && !is_named {
            break;
        }
        if !is_named && !ends && tokens.get(at + 1).is_none_or(|next| !next.is_capitalised()) {
            break;
        }
        at += 1;
        is_named = true;
        if is(at, ".") && is_number(at + 1) {
            at += 1;
            continue;
        }
        break;
    }
    if at == start {
        return start;
    }
    if is_named {
        let ends = [":", ")", ".", "-", "–", "—", "|"];
        if ends.iter().any(|end| is(at, end)) {
            return at + 1;
        }
        // `KR1 Reduce …`, `#4 Reduce …` bear no sign.
        let follows = tokens.get(at).is_some_and(|token| token.is_word());
        return if follows { at } else { start };
    }
    start
}

/// A statement with what was found in it.
pub(super) struct Statement<'s, 't> {
    pub(super) words: Words<'s, 't>,
    pub(super) values: Vec<Value>,
    pub(super) phrases: Vec<Phrase>,
    pub(super) clauses: Clauses<'s>,
    /// The token that it begins with, behind its label.
    pub(super) first: usize,
    /// Where a letter or `TBD` stands in place of a number.
    placeholder: Option<usize>,
}

/// So many numbers behind the first one are looked at for a later stage, or for a second target.
const STAGES: usize = 8;

/// So many words lie at most between two targets of one verb.
const SECOND_REACH: usize = 60;

/// The target as it was found, with the clause that it stands in.
struct Chosen<'c> {
    candidate: Candidate,
    clause: &'c Clause<'c>,
    /// The value that a relative one beside it makes definite.
    is_means: bool,
}

impl Statement<'_, '_> {
    fn read(&self) -> Reading {
        let mut reading = Reading::default();
        let governing = self
            .clauses
            .main
            .iter()
            .find_map(|clause| clause.verb.as_ref());
        let factor = governing.and_then(|verb| Some((verb_factor(verb.base)?, verb.at)));
        let chosen = self.choose();
        let zero = self.zero(chosen.as_ref());
        let placeholder = self.placeholder;
        self.describe(
            &mut reading.parts,
            chosen
                .as_ref()
                .map_or_else(|| self.clauses.main.first(), |chosen| Some(chosen.clause)),
        );
        reading.parts.vague = reading
            .parts
            .vague
            .or(placeholder.map(|at| self.span(at, at + 1)));
        if let Some(zero) = zero {
            self.read_zero(&mut reading, &zero);
        } else if let Some(chosen) = chosen.as_ref().filter(|chosen| {
            placeholder.is_none_or(|at| {
                self.values[chosen.candidate.index].first < at
                    && chosen.candidate.role >= Role::Object
            })
        }) {
            if let Some((amount, at)) = factor.filter(|_| {
                chosen.candidate.role < Role::Object || chosen.candidate.role == Role::Change
            }) {
                self.read_factor(&mut reading, amount, at);
            } else {
                self.read_target(&mut reading, chosen);
            }
        } else if let Some((amount, at)) = factor.filter(|_| placeholder.is_none()) {
            self.read_factor(&mut reading, amount, at);
        } else {
            self.read_without_number(&mut reading);
        }
        reading.deadline = self.deadline(&mut reading, chosen.as_ref());
        reading
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.word(at)
    }

    /// Returns the place of the tokens from `first` up to but not including `end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        let tokens = self.words.tokens;
        let end = end.clamp(first + 1, tokens.len().max(first + 1));
        match (tokens.get(first), tokens.get(end - 1)) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// Finds the target: in the first main clause that has one, but in a purpose before work, and in a
    /// means only when nothing else has one.
    fn choose(&self) -> Option<Chosen<'_>> {
        let main = self.clauses.main.iter();
        let verb = self
            .clauses
            .main
            .iter()
            .find_map(|clause| clause.verb.as_ref());
        let is_work =
            verb.is_some_and(|verb| matches!(verb.class, VerbClass::Work | VerbClass::Activity));
        let purpose = self
            .clauses
            .purpose
            .as_ref()
            .and_then(|(_, clause)| self.choose_in(clause, false));
        let found = main
            .clone()
            .find_map(|clause| self.choose_in(clause, false));
        let purpose_wins = purpose
            .as_ref()
            .is_some_and(|purpose| purpose.candidate.role >= Role::Value);
        if is_work && purpose_wins {
            return purpose;
        }
        // `Improve the process to shorten payments by 20%`: only the purpose says how much of what.
        let verb_of = |chosen: &Chosen<'_>| chosen.clause.verb.map(|verb| verb.class);
        let purpose_changes = purpose
            .as_ref()
            .and_then(verb_of)
            .is_some_and(|class| matches!(class, VerbClass::Increase | VerbClass::Decrease));
        if found.is_none() && purpose_wins && purpose_changes {
            return purpose;
        }
        let strong = |chosen: &Chosen<'_>| chosen.candidate.role > Role::Window;
        let means = || {
            let (_, clause) = self.clauses.means.as_ref()?;
            // A verb that bears its own number needs none from the means.
            if self.placeholder.is_some()
                || verb.is_some_and(|verb| verb_factor(verb.base).is_some())
            {
                return None;
            }
            self.choose_in(clause, true)
        };
        match found {
            Some(found) if strong(&found) => Some(found),
            Some(found) => purpose.filter(strong).or(Some(found)),
            None => purpose.or_else(means),
        }
    }

    fn choose_in<'c>(&self, clause: &'c Clause<'c>, is_means: bool) -> Option<Chosen<'c>> {
        let mut found: Vec<Candidate> = Vec::new();
        let from = self
            .values
            .partition_point(|value| value.first < clause.first);
        let of_clause = self.values[from..]
            .iter()
            .take_while(|value| value.first < clause.end);
        for index in (from..).zip(of_clause).map(|(index, _)| index) {
            if !self.is_start(index) {
                found.extend(candidate(&self.words, &self.values, index, clause));
            }
        }
        let mut best = *found.iter().max_by(|a, b| {
            // Of equals the first counts.
            a.role.cmp(&b.role).then(b.index.cmp(&a.index))
        })?;
        // A window beside nothing else is the target of something that is dealt with.
        if best.role == Role::Window && !self.window_counts(clause, &best) {
            return None;
        }
        // An object beats a change only as an absolute value of the same measure: `25% to €5M`.
        if best.role == Role::Change {
            let to = found.iter().find(|other| other.role == Role::To);
            best = to.copied().unwrap_or(best);
        }
        // A later stage of the same measure counts: `3,000 by July and 5,000 by September`.
        let stage = found
            .iter()
            .rev()
            .filter(|later| later.index > best.index && later.index <= best.index + STAGES)
            .find(|later| self.is_later_stage(&best, later));
        if let Some(stage) = stage {
            let role = best.role;
            best = Candidate { role, ..*stage };
        }
        Some(Chosen {
            candidate: best,
            clause,
            is_means,
        })
    }

    fn window_counts(&self, clause: &Clause<'_>, window: &Candidate) -> bool {
        let value = &self.values[window.index];
        let short = matches!(
            value.unit.as_deref(),
            Some("ms" | "seconds" | "minutes" | "hours" | "days" | "weeks")
        );
        let class = clause.verb.as_ref().map(|verb| verb.class);
        short && !matches!(class, Some(VerbClass::Activity))
    }

    fn is_later_stage(&self, first: &Candidate, later: &Candidate) -> bool {
        let (a, b) = (&self.values[first.index], &self.values[later.index]);
        let dated = |from: usize, to: usize| {
            self.phrases
                .iter()
                .any(|phrase| phrase.first >= from && phrase.first < to && phrase.date.is_some())
        };
        let follows = matches!(
            self.word(b.first.saturating_sub(1)),
            "and" | "then" | "to" | "," | "at" | "least"
        );
        let between = (a.end..b.first).filter(|at| !self.words.is_taken[*at]);
        let only_small = between
            .filter(|at| {
                self.words.verb(*at).is_some_and(|verb| {
                    verb.class != VerbClass::Reach && verb.base == self.word(*at)
                })
            })
            .count()
            == 0;
        let same_unit = a.unit == b.unit || b.unit.is_none();
        follows
            && same_unit
            && only_small
            && b.high.is_none()
            && first.role != Role::Change
            && dated(a.end, b.first)
            && dated(b.end, self.words.tokens.len())
    }

    /// Returns whether a value is a start: `from A`, `(currently A)`.
    fn is_start(&self, index: usize) -> bool {
        super::start::is_marked(&self.words, &self.values, index)
    }

    /// Returns a placeholder in a main clause: `X%`, `N`, `TBD`.
    fn find_placeholder(&self) -> Option<usize> {
        let tokens = self.words.tokens;
        (self.first..tokens.len())
            .filter(|at| !self.words.is_taken[*at])
            .find(|at| {
                let token = &tokens[*at];
                let in_means = self
                    .clauses
                    .means
                    .as_ref()
                    .is_some_and(|(link, clause)| (*link..clause.end).contains(at));
                if in_means {
                    return false;
                }
                let before = at.checked_sub(1).map_or("", |before| self.word(before));
                let after = self.word(at + 1);
                let is_letters = token.is_word()
                    && matches!(
                        token.text,
                        "X" | "XX" | "XXX" | "N" | "Y" | "x" | "xx" | "n" | "NN" | "YY"
                    );
                let stands_for_number = matches!(
                    after,
                    "%" | "percent" | "per" | "pp" | "points" | "days" | "hours" | "new"
                ) || matches!(
                    before,
                    "by" | "to" | "from" | "$" | "€" | "£" | "than" | "least" | "of" | "at"
                );
                is_letters && stands_for_number
                    || token.is_word()
                        && matches!(&*token.lower, "tbd" | "tbc" | "tba" | "xx" | "xxx")
                    || token.is("?")
                        && (after == "%" || tokens.get(at + 1).is_some_and(|next| next.is("?")))
                    || token.is("_") && tokens.get(at + 1).is_some_and(|next| next.is("_"))
            })
    }
}

/// Why a target is zero, and where it says so.
struct Zero<'c> {
    at: (usize, usize),
    value: Option<usize>,
    clause: Option<&'c Clause<'c>>,
}

impl Statement<'_, '_> {
    /// Finds a target of exactly zero: `to zero`, `zero …`, `no …`, `eliminate …`.
    fn zero(&self, chosen: Option<&Chosen<'_>>) -> Option<Zero<'_>> {
        if let Some(chosen) = chosen {
            let value = &self.values[chosen.candidate.index];
            // `by 0%` is a change of nothing.
            let is_change = chosen.candidate.role == Role::Change
                && (value.has_unit("%") || at_before(&self.words, value, "by"));
            if value.amount.is_zero() && value.high.is_none() && !is_change {
                let clause = self
                    .clauses
                    .main
                    .iter()
                    .find(|clause| clause.first == chosen.clause.first);
                return Some(Zero {
                    at: (value.first, value.end),
                    value: Some(chosen.candidate.index),
                    clause,
                });
            }
            if chosen.candidate.role > Role::Window {
                return None;
            }
        }
        for clause in &self.clauses.main {
            let opening = clause.verb.as_ref().map_or(clause.first, |verb| verb.end);
            // `No …`, `have no …`, `with no …`, but not `no more than`.
            for at in [clause.first, opening]
                .into_iter()
                .chain((clause.first..clause.end).filter(|at| {
                    at.checked_sub(1).is_some_and(|before| {
                        matches!(
                            self.word(before),
                            "with" | "to" | "at" | "has" | "have" | "see"
                        )
                    })
                }))
            {
                let is_no = matches!(self.word(at), "no" | "zero" | "none")
                    && !self.words.is_taken.get(at).copied().unwrap_or(true);
                let bounds = matches!(
                    self.word(at + 1),
                    "more"
                        | "fewer"
                        | "less"
                        | "later"
                        | "longer"
                        | "higher"
                        | "greater"
                        | "lower"
                        | "matter"
                        | "one"
                        | "only"
                );
                if is_no && !bounds && at < clause.end {
                    return Some(Zero {
                        at: (at, at + 1),
                        value: None,
                        clause: Some(clause),
                    });
                }
            }
            if let Some(verb) = &clause.verb {
                let ends_it = matches!(
                    verb.base,
                    "eliminate" | "eradicate" | "wipe" | "stop" | "prevent" | "avoid" | "end"
                ) && verb.class == VerbClass::Decrease
                    || verb.base == "get" && self.word(verb.at + 1) == "rid";
                let has_number = chosen.is_some_and(|chosen| chosen.candidate.role > Role::Window);
                if ends_it
                    && !has_number
                    && self.placeholder.is_none()
                    && !matches!(self.word(verb.end), "")
                {
                    return Some(Zero {
                        at: (verb.at, verb.end),
                        value: None,
                        clause: Some(clause),
                    });
                }
            }
        }
        None
    }

    fn read_zero(&self, reading: &mut Reading, zero: &Zero<'_>) {
        reading.kind = Kind::Zero;
        reading.target = Some(Decimal::ZERO);
        reading.parts.target = Some(self.span(zero.at.0, zero.at.1));
        let value = zero.value.map(|index| &self.values[index]);
        reading.unit = value
            .filter(|value| value.has_unit("%") || value.is_money())
            .and_then(|value| value.unit.clone());
        let class = zero
            .clause
            .and_then(|clause| clause.verb.as_ref())
            .map(|verb| verb.class);
        self.read_start(reading, zero.value, zero.at, Some(Decimal::ZERO));
        reading.direction = match class {
            _ if reading.start.is_some_and(|start| start > Decimal::ZERO) => Direction::Decrease,
            Some(VerbClass::Move) => Direction::Decrease,
            Some(class) => self.direction_of(class, zero.clause),
            None => Direction::Reach,
        };
        reading.is_outcome = !matches!(class, Some(VerbClass::Work | VerbClass::Activity));
    }

    fn read_factor(&self, reading: &mut Reading, factor: Decimal, at: usize) {
        reading.kind = Kind::RelativeChange;
        reading.target = Some(factor);
        reading.unit = Some(Cow::Borrowed("x"));
        reading.direction = if factor < Decimal::ONE {
            Direction::Decrease
        } else {
            Direction::Increase
        };
        reading.is_outcome = true;
        reading.parts.target = Some(self.span(at, at + 1));
        self.read_start(reading, None, (at, at + 1), None);
    }

    fn direction_of(&self, class: VerbClass, clause: Option<&Clause<'_>>) -> Direction {
        match class {
            VerbClass::Increase => Direction::Increase,
            VerbClass::Decrease => Direction::Decrease,
            VerbClass::Improve => {
                let (first, end) = clause.map_or((0, self.words.tokens.len()), |clause| {
                    let first = clause.verb.as_ref().map_or(clause.first, |verb| verb.end);
                    (first, clause.end)
                });
                if is_lower_better(&self.words, first, self.measure_end(first, end)) {
                    Direction::Decrease
                } else {
                    Direction::Increase
                }
            }
            VerbClass::Keep => Direction::Keep,
            VerbClass::Reach | VerbClass::Move | VerbClass::Obtain | VerbClass::Process => {
                Direction::Reach
            }
            VerbClass::Work | VerbClass::Activity => Direction::Complete,
        }
    }

    /// Returns where the words for the measure end: before the first link to a number or another phrase.
    fn measure_end(&self, first: usize, end: usize) -> usize {
        (first..end)
            .find(|at| {
                *at > first
                    && (self.words.is_taken[*at]
                        || matches!(
                            self.word(*at),
                            "by" | "to"
                                | "from"
                                | "for"
                                | "at"
                                | "through"
                                | "via"
                                | "across"
                                | "among"
                                | "within"
                                | "with"
                                | ","
                                | "("
                                | ";"
                                | ":"
                                | "until"
                                | "without"
                                | "over"
                                | "above"
                                | "below"
                                | "under"
                                | "than"
                                | "so"
                        )
                        || value_at(&self.values, *at).is_some_and(|value| value.first == *at))
            })
            .unwrap_or(end)
    }

    fn read_target(&self, reading: &mut Reading, chosen: &Chosen<'_>) {
        let candidate = &chosen.candidate;
        let value = &self.values[candidate.index];
        let verb = chosen.clause.verb.as_ref();
        let class = verb.map(|verb| verb.class);
        let is_change = candidate.role == Role::Change;
        let bound = if candidate.role == Role::Window {
            Some(Bound::Upper)
        } else {
            candidate.bound
        };
        let bound = bound.or_else(|| Self::verb_bound(verb, candidate));
        let is_in_half = self.is_in_half(value);
        let relative = is_change
            && (value.has_unit("%") || matches!(value.form, Form::Factor | Form::Fraction))
            || candidate.is_of_today
            || is_in_half
            || Self::is_to_fraction(candidate, value);
        let (amount, unit) = self.amount(chosen, relative, is_in_half);
        // The start shares its unit, or lends its own.
        let way = candidate.way;
        reading.target = Some(amount);
        reading.unit = unit;
        self.read_start(
            reading,
            Some(candidate.index),
            (value.first, value.end),
            (!is_change && !relative).then_some(amount),
        );
        // What was raised last year is no start of what is raised anew: `Raise £60,000 (last year £38,000)`.
        let has_start = reading.start.is_some() && !self.starts_anew(reading, class);
        reading.kind = if relative {
            Kind::RelativeChange
        } else if is_change {
            Kind::AbsoluteChange
        } else if bound == Some(Bound::Upper) {
            Kind::Ceiling
        } else if bound == Some(Bound::Lower) {
            Kind::Floor
        } else if has_start && candidate.role != Role::Object && value.form != Form::Share {
            Kind::Level
        } else if candidate.has_population {
            Kind::Ratio
        } else if !has_start && self.is_count(candidate, value, class, reading.unit.as_deref()) {
            Kind::Count
        } else {
            Kind::Level
        };
        reading.direction = self.read_direction(reading, chosen, class, way, bound);
        if let Some(high) = value.high {
            let takes_high = !is_change && !relative && reading.direction == Direction::Decrease;
            reading.target = Some(if takes_high { high } else { amount });
            reading.upper = (reading.direction == Direction::Keep).then_some(high);
        }
        reading.bound = self.strict_bound(candidate, bound);
        if is_change || relative && !candidate.is_of_today {
            reading.target = reading.target.map(|target| target.abs());
        }
        reading.is_outcome = self.is_outcome(reading, chosen, class, way);
        self.describe_target(reading, chosen);
        self.find_second_target(reading, chosen);
    }

    /// Returns the amount and the unit that a change or a level is told in.
    fn amount(
        &self,
        chosen: &Chosen<'_>,
        is_relative: bool,
        is_in_half: bool,
    ) -> (Decimal, Option<Cow<'static, str>>) {
        let candidate = &chosen.candidate;
        let value = &self.values[candidate.index];
        let factor = || Some(Cow::Borrowed("x"));
        let by = at_before(&self.words, value, "by");
        let (amount, unit) = match value.form {
            Form::Factor => (value.amount, factor()),
            Form::Fraction
                if is_in_half
                    || candidate.is_of_today
                    || is_relative && !by && candidate.way.is_none() =>
            {
                (as_factor(value.amount), factor())
            }
            Form::Fraction => (value.amount, Some(Cow::Borrowed("%"))),
            Form::Plain if is_in_half => (Decimal::new(5, 1), factor()),
            _ if candidate.is_of_today && value.has_unit("%") => {
                (as_factor(value.amount), factor())
            }
            _ => (value.amount, value.unit.clone()),
        };
        if self.counts_events(chosen) {
            return (amount, None);
        }
        let unit = unit.or_else(|| self.promoter_unit(chosen));
        (amount, unit)
    }

    /// Returns whether a time is what is held: `run three training days`.
    fn counts_events(&self, chosen: &Chosen<'_>) -> bool {
        let value = &self.values[chosen.candidate.index];
        let holds = chosen.clause.verb.is_some_and(|verb| {
            verb.class == VerbClass::Work
                && matches!(
                    verb.base,
                    "hold" | "host" | "run" | "organise" | "organize" | "conduct"
                )
        });
        let is_far = value.unit_at.is_some_and(|(_, end)| end > value.first + 2);
        value.is_time() && holds && is_far
    }

    /// Notes where the target stands, with its bound, its unit and its population.
    fn describe_target(&self, reading: &mut Reading, chosen: &Chosen<'_>) {
        let candidate = &chosen.candidate;
        let value = &self.values[candidate.index];
        let (first, end) = candidate
            .bound_at
            .map_or((value.first, value.end), |(first, end)| {
                (first.min(value.first), end.max(value.end))
            });
        reading.parts.target = Some(self.span(first, end));
        reading.parts.bound = candidate.bound_at.map(|(first, end)| self.span(first, end));
        reading.parts.unit = value.unit_at.map(|(first, end)| self.span(first, end));
        if candidate.has_population {
            let first = value.end + usize::from(self.word(value.end) == "of");
            let end = (first..chosen.clause.end)
                .find(|at| {
                    self.words.is_taken[*at]
                        || *at > first
                            && (is_link(self.word(*at)) || self.words.tokens[*at].is_stop())
                })
                .unwrap_or(chosen.clause.end);
            reading.parts.population = (end > first).then(|| self.span(first, end));
        }
    }

    /// Returns the bound that a verb puts on its number: `exceed 120`, `limit … to 3`.
    fn verb_bound(verb: Option<&VerbAt<'_>>, candidate: &Candidate) -> Option<Bound> {
        if candidate.role == Role::Change {
            return None;
        }
        match verb?.base {
            "exceed" | "surpass" | "beat" | "top" | "outperform" => Some(Bound::Lower),
            "limit" | "cap" => Some(Bound::Upper),
            _ => None,
        }
    }

    /// Returns the bound with what its words say of the number itself: `below 5` leaves 5 out.
    fn strict_bound(&self, candidate: &Candidate, bound: Option<Bound>) -> Option<model::Bound> {
        let strict = candidate.bound_at.is_some_and(|(first, end)| {
            let negated = matches!(
                self.word(first),
                "no" | "not"
                    | "never"
                    | "at"
                    | "or"
                    | "a"
                    | "minimum"
                    | "maximum"
                    | "max"
                    | "+"
                    | "≥"
                    | "≤"
                    | ">="
                    | "<="
                    | "inside"
            );
            !negated && end > first
        });
        Some(match (bound?, strict) {
            (Bound::Upper, true) => model::Bound::Below,
            (Bound::Upper, false) => model::Bound::AtMost,
            (Bound::Lower, true) => model::Bound::Above,
            (Bound::Lower, false) => model::Bound::AtLeast,
        })
    }

    /// Returns whether a half is what something is cut in.
    fn is_in_half(&self, value: &Value) -> bool {
        let before = value
            .first
            .checked_sub(1)
            .map_or("", |before| self.word(before));
        before == "in"
            && (value.form == Form::Fraction && self.word(value.end) != "of"
                || self.word(value.first) == "two")
    }

    /// Returns whether a fraction of itself is what something is brought to: `to a third`.
    fn is_to_fraction(candidate: &Candidate, value: &Value) -> bool {
        value.form == Form::Fraction && candidate.role == Role::To && !candidate.has_population
    }

    /// A promoter score is counted in points, with or without the word.
    fn promoter_unit(&self, chosen: &Chosen<'_>) -> Option<Cow<'static, str>> {
        let value = &self.values[chosen.candidate.index];
        let (first, end) = (chosen.clause.first, chosen.clause.end);
        let names_score = (first..end).any(|at| {
            matches!(self.word(at), "nps" | "enps" | "e-nps")
                || self.word(at) == "net" && self.word(at + 1) == "promoter"
                || self.word(at) == "promoter" && self.word(at + 1) == "score"
        });
        // Things that are counted keep their nature: `20 promoters by NPS`.
        let counts = self.words.tokens.get(value.end).is_some_and(|token| {
            token.is_word()
                && !is_link(&token.lower)
                && !matches!(
                    &*token.lower,
                    "nps" | "enps" | "net" | "points" | "employee" | "net-promoter" | "promoter"
                )
                && !self.words.is_taken[value.end]
        });
        (names_score && !counts && value.unit.is_none()).then_some(Cow::Borrowed("points"))
    }

    fn is_count(
        &self,
        candidate: &Candidate,
        value: &Value,
        class: Option<VerbClass>,
        unit: Option<&str>,
    ) -> bool {
        let builds_up = matches!(
            class,
            Some(VerbClass::Obtain | VerbClass::Work | VerbClass::Process | VerbClass::Activity)
        );
        // `First 5 paying customers`.
        let is_first = class.is_none()
            && candidate.role == Role::Object
            && value.first == self.first + 1
            && self.word(self.first) == "first";
        let builds_up = builds_up || is_first;
        let is_amount = value.is_amount() && !matches!(unit, Some("%" | "x" | "points"));
        builds_up
            && is_amount
            && matches!(
                candidate.role,
                Role::Object | Role::Of | Role::Value | Role::Compound | Role::To
            )
            && (candidate.role != Role::Value || self.word(value.first.saturating_sub(1)) != "of")
            && (candidate.role != Role::To || class == Some(VerbClass::Work))
    }

    fn read_direction(
        &self,
        reading: &Reading,
        chosen: &Chosen<'_>,
        class: Option<VerbClass>,
        way: Option<Way>,
        bound: Option<Bound>,
    ) -> Direction {
        let is_change = matches!(reading.kind, Kind::RelativeChange | Kind::AbsoluteChange);
        if let (Some(start), Some(target), false) = (reading.start, reading.target, is_change) {
            let end = self.values[chosen.candidate.index]
                .high
                .filter(|_| start > target)
                .unwrap_or(target);
            if start != end {
                return if start < end {
                    Direction::Increase
                } else {
                    Direction::Decrease
                };
            }
        }
        if is_change
            && reading.unit.as_deref() == Some("x")
            && (chosen.candidate.is_of_today || reading.target < Some(Decimal::ONE))
        {
            return if reading.target < Some(Decimal::ONE) {
                Direction::Decrease
            } else {
                Direction::Increase
            };
        }
        match way {
            Some(Way::Up) => return Direction::Increase,
            Some(Way::Down) => return Direction::Decrease,
            None => {}
        }
        match class {
            Some(VerbClass::Move) => match bound {
                Some(Bound::Upper) => Direction::Decrease,
                Some(Bound::Lower) => Direction::Increase,
                None if is_change => Direction::Increase,
                None => Direction::Reach,
            },
            Some(class) => {
                let direction = self.direction_of(class, Some(chosen.clause));
                // A change goes one way or the other.
                if is_change
                    && matches!(
                        direction,
                        Direction::Reach | Direction::Keep | Direction::Complete
                    )
                {
                    return if is_lower_better(&self.words, chosen.clause.first, chosen.clause.end) {
                        Direction::Decrease
                    } else {
                        Direction::Increase
                    };
                }
                direction
            }
            None if is_change && reading.unit.as_deref() == Some("x") => Direction::Increase,
            None => Direction::Reach,
        }
    }

    /// Returns whether the target measures a result rather than work.
    fn is_outcome(
        &self,
        reading: &Reading,
        chosen: &Chosen<'_>,
        class: Option<VerbClass>,
        way: Option<Way>,
    ) -> bool {
        if reading.kind == Kind::RelativeChange
            && (way.is_some() || !matches!(class, Some(VerbClass::Work | VerbClass::Activity)))
        {
            return true;
        }
        let value = &self.values[chosen.candidate.index];
        match class {
            Some(VerbClass::Work | VerbClass::Activity) => way.is_some(),
            Some(VerbClass::Process) => {
                reading.kind != Kind::Count
                    && !(reading.kind == Kind::Floor && value.is_amount() && !value.is_time())
            }
            Some(VerbClass::Reach | VerbClass::Improve) | None => !self.measures_work(chosen),
            _ => true,
        }
    }

    /// Returns whether the noun that is measured is one of work: `70% account migration`.
    fn measures_work(&self, chosen: &Chosen<'_>) -> bool {
        // `no more than 2 failed deployments` counts what went wrong.
        if chosen.candidate.bound == Some(Bound::Upper) {
            return false;
        }
        let value = &self.values[chosen.candidate.index];
        let head_of = |first: usize, end: usize| {
            let mut head = None;
            for at in first..end.min(self.words.tokens.len()) {
                let token = &self.words.tokens[at];
                if !token.is_word() || self.words.is_taken[at] || is_link(&token.lower) {
                    break;
                }
                head = Some(at);
            }
            head
        };
        let is_work =
            |head: Option<usize>| head.is_some_and(|at| self.words.is(Class::WorkNoun, at));
        // `70% migration of …`, `an 80% rollout rate` has another head.
        if let Some(head) = head_of(value.end, chosen.clause.end) {
            return is_work(Some(head));
        }
        let verb_end = chosen
            .clause
            .verb
            .as_ref()
            .map_or(chosen.clause.first, |verb| verb.end);
        let mut first = verb_end;
        while matches!(self.word(first), "the" | "a" | "an" | "our") {
            first += 1;
        }
        if first < value.first && is_work(head_of(first, value.first)) {
            return true;
        }
        // `80% of the migration`.
        self.word(value.end) == "of" && {
            let mut first = value.end + 1;
            while matches!(self.word(first), "the" | "a" | "an" | "our") {
                first += 1;
            }
            is_work(head_of(first, chosen.clause.end))
        }
    }

    fn find_second_target(&self, reading: &mut Reading, chosen: &Chosen<'_>) {
        let second = self
            .clauses
            .main
            .iter()
            .filter(|clause| clause.first > chosen.clause.first)
            .find_map(|clause| self.choose_in(clause, false));
        let second = second.map(|second| second.candidate.index).or_else(|| {
            // `Cut DSO to 45 and bad debt to 1%`: the same verb, another measure.
            let value = &self.values[chosen.candidate.index];
            let behind = chosen.candidate.index + 1..self.values.len();
            behind.take(STAGES).find(|index| {
                let other = &self.values[*index];
                if other.first > value.end + SECOND_REACH {
                    return false;
                }
                let links = (value.end..other.first).any(|at| {
                    matches!(self.word(at), "and" | "plus" | "," | ";" | "while")
                        && !self.words.is_taken[at]
                });
                let named = (value.end..other.first)
                    .filter(|at| {
                        let token = &self.words.tokens[*at];
                        token.is_word() && !is_link(&token.lower) && !self.words.is_taken[*at]
                    })
                    .count()
                    > 0;
                links
                    && named
                    && other.first < chosen.clause.end
                    && !self.is_start(*index)
                    && candidate(&self.words, &self.values, *index, chosen.clause).is_some_and(
                        |other| {
                            other.role >= Role::Change
                                || other.role == chosen.candidate.role
                                    && chosen.candidate.role > Role::Of
                        },
                    )
            })
        });
        reading.parts.second_target = second.map(|index| {
            let value = &self.values[index];
            self.span(value.first, value.end)
        });
    }

    fn read_start(
        &self,
        reading: &mut Reading,
        target: Option<usize>,
        at: (usize, usize),
        amount: Option<Decimal>,
    ) {
        let target = target.map(|index| &self.values[index]);
        let Some(Start { value: start, .. }) = find_start(
            &self.words,
            &self.values,
            at,
            self.clauses
                .means
                .as_ref()
                .map(|(link, clause)| (*link, clause.end)),
        ) else {
            return;
        };
        let mut value = start.amount;
        // A level: both are on one scale.
        if let Some(target_amount) = amount {
            // A multiplier written once belongs to both, where that brings them nearer.
            let target_scale = target.and_then(|target| target.scale);
            match (start.scale, target_scale) {
                (None, Some(scale)) => {
                    if let Some(scaled) = value
                        .checked_mul(scale)
                        .filter(|scaled| is_nearer(*scaled, value, target_amount))
                    {
                        value = scaled.normalize();
                    }
                }
                (Some(scale), None) => {
                    let scaled = target_amount.checked_mul(scale);
                    if let Some(scaled) =
                        scaled.filter(|scaled| is_nearer(*scaled, target_amount, value))
                    {
                        reading.target = Some(scaled.normalize());
                    }
                }
                _ => {}
            }
            match (start.unit.as_deref(), reading.unit.as_deref()) {
                (Some(own), Some(unit)) if own != unit => match convert(value, own, unit) {
                    Some(converted) => value = converted,
                    // A start in another unit is the start of something else.
                    None => return,
                },
                (Some(_), None) if !target_amount.is_zero() => reading.unit.clone_from(&start.unit),
                _ => {}
            }
        }
        // `1 of 18 (last year 5)`: both are parts of one whole.
        if let Some(target) = target.filter(|target| target.form == Form::Share)
            && start.unit.is_none()
            && start.form == Form::Plain
        {
            let Some(share) = self.share_of_whole(target, value) else {
                return;
            };
            value = share;
        }
        reading.start = Some(value);
        reading.parts.start = Some(self.span(start.first, start.end));
    }

    /// Returns whether the stated start is the total of an earlier period, of something that is won anew.
    fn starts_anew(&self, reading: &Reading, class: Option<VerbClass>) -> bool {
        let Some(start) = reading.parts.start else {
            return false;
        };
        let first = self
            .words
            .tokens
            .partition_point(|token| token.span.start() < start.start());
        class == Some(VerbClass::Obtain) && super::start::is_of_earlier_period(&self.words, first)
    }

    /// Returns what share of a target's whole an amount is, in percent.
    fn share_of_whole(&self, target: &Value, amount: Decimal) -> Option<Decimal> {
        let TokenKind::Number(whole) = self.words.tokens[target.end - 1].kind else {
            return None;
        };
        let percent = amount
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(whole)?;
        (percent <= Decimal::ONE_HUNDRED).then(|| percent.round_dp(2).normalize())
    }

    fn read_without_number(&self, reading: &mut Reading) {
        let clause = self
            .clauses
            .main
            .iter()
            .find(|clause| clause.verb.is_some())
            .or(self.clauses.main.first());
        let verb = clause.and_then(|clause| clause.verb.as_ref());
        let class = verb.map(|verb| verb.class);
        let (first, end) = clause.map_or((self.first, self.words.tokens.len()), |clause| {
            (verb.map_or(clause.first, |verb| verb.end), clause.end)
        });
        let praises = (first..end).any(|at| !self.words.is_taken[at] && self.words.praises(at));
        let is_granted = {
            let stop = self.measure_end(first, end);
            (first..stop).any(|at| self.words.is(Class::Granted, at))
        };
        let is_vague = (first.saturating_sub(1)..end)
            .any(|at| !self.words.is_taken[at] && self.words.is(Class::Vague, at))
            || self.placeholder.is_some();
        let is_gap = self.placeholder.is_some();
        let names_one = (first..end.min(first + 1)).any(|at| {
            matches!(
                self.word(at),
                "the" | "a" | "an" | "our" | "all" | "every" | "each" | "both"
            )
        }) || self
            .words
            .tokens
            .get(first)
            .is_some_and(|token| token.is_capitalised());
        let (kind, is_outcome) = match class {
            _ if is_gap => (
                Kind::None,
                !matches!(class, Some(VerbClass::Work | VerbClass::Activity)),
            ),
            Some(VerbClass::Work) if praises => (Kind::None, false),
            Some(VerbClass::Work) if first >= end => (Kind::None, false),
            Some(VerbClass::Work) => (Kind::Milestone, false),
            Some(VerbClass::Activity) => (Kind::None, false),
            Some(VerbClass::Obtain) if !is_vague && (is_granted || names_one) => {
                (Kind::Milestone, true)
            }
            Some(VerbClass::Reach | VerbClass::Move | VerbClass::Keep | VerbClass::Process)
                if is_granted && !is_vague && self.grants(verb, first, end) =>
            {
                (Kind::Milestone, true)
            }
            _ => (Kind::None, true),
        };
        reading.kind = kind;
        reading.is_outcome = is_outcome;
        reading.direction = match (kind, class) {
            (Kind::Milestone, _) => Direction::Complete,
            // `Make approvals faster`.
            (_, Some(VerbClass::Move) | None) => self.comparative(first, end),
            (_, Some(class)) => self.direction_of(class, clause),
        };
        // A noun of work at the head is work too: `Rollout of …`.
        if class.is_none() && self.words.is(Class::WorkNoun, self.first) {
            (reading.is_outcome, reading.direction) = (false, Direction::Complete);
        }
    }

    /// Returns whether a verb together with what is granted is an end state: `be certified`, `achieve … certification`.
    fn grants(&self, verb: Option<&VerbAt<'_>>, first: usize, end: usize) -> bool {
        let Some(verb) = verb else { return false };
        let stop = self.measure_end(first, end);
        match verb.class {
            // `keep the certification` is no new state.
            VerbClass::Keep | VerbClass::Process => false,
            _ if matches!(verb.base, "be" | "get" | "become") => {
                (first..stop.min(first + 3)).any(|at| self.words.is(Class::Granted, at))
            }
            _ => {
                (first..stop)
                    .rev()
                    .take(2)
                    .any(|at| self.words.is(Class::Granted, at))
                    || (first..stop).any(|at| {
                        matches!(
                            self.word(at),
                            "certification"
                                | "accreditation"
                                | "licence"
                                | "license"
                                | "certificate"
                                | "recertification"
                                | "approval"
                                | "compliance"
                                | "status"
                        )
                    })
            }
        }
    }

    fn comparative(&self, first: usize, end: usize) -> Direction {
        let first = first.min(self.first);
        for at in first..end {
            if self.words.is(Class::More, at) {
                return Direction::Increase;
            }
            if self.words.is(Class::Fewer, at) {
                return Direction::Decrease;
            }
        }
        Direction::Reach
    }

    /// Returns the deadline that belongs to the target: the first one behind it, else the last before it.
    fn deadline(
        &self,
        reading: &mut Reading,
        chosen: Option<&Chosen<'_>>,
    ) -> Option<jiff::civil::Date> {
        let dated = || {
            self.phrases
                .iter()
                .filter(|phrase| phrase.date.is_some() && !self.is_in_start(phrase))
        };
        let end = chosen.map_or(0, |chosen| {
            let value = &self.values[chosen.candidate.index];
            if chosen.is_means { 0 } else { value.end }
        });
        let open = || {
            let mut phrases = self.phrases.iter();
            phrases.find(|phrase| phrase.date.is_none() && phrase.is_ambiguous)
        };
        let phrase = dated()
            .find(|phrase| phrase.first >= end)
            .or_else(|| dated().next_back())
            .or_else(open)?;
        reading.parts.deadline = Some(self.span(phrase.first, phrase.end));
        reading.is_deadline_ambiguous = phrase.is_ambiguous;
        phrase.date
    }

    /// Returns whether a phrase says when the start was measured: `(64% in Q1)`, `versus 64% in Q1`.
    fn is_in_start(&self, phrase: &Phrase) -> bool {
        super::start::is_dated_start(&self.words, &self.values, phrase.first)
    }
}

/// Returns whether a word stands right before a value, with nothing but small words between.
fn at_before(words: &Words<'_, '_>, value: &Value, word: &str) -> bool {
    (value.first.saturating_sub(4)..value.first).any(|at| words.word(at) == word)
}

/// Returns whether `a` is nearer to `target` than `b` is, by their ratio.
fn is_nearer(a: Decimal, b: Decimal, target: Decimal) -> bool {
    let ratio = |x: Decimal| {
        let (low, high) = if x.abs() < target.abs() {
            (x.abs(), target.abs())
        } else {
            (target.abs(), x.abs())
        };
        high.checked_div(low)
    };
    match (ratio(a), ratio(b)) {
        (Some(a), Some(b)) => a < b,
        _ => false,
    }
}
