//! Which number is the target: the strongest of the first clause that has one.

use super::{Chosen, Statement};
use crate::statement::clause::{Clause, verb_factor};
use crate::statement::placeholder;
use crate::statement::reading::VerbClass;
use crate::statement::target::{Candidate, Role, candidate};

/// So many numbers behind the first one are looked at for a later stage, or for a second target.
pub(super) const STAGES: usize = 8;

impl Statement<'_, '_> {
    /// Finds the target: in the first main clause that has one, but in a purpose before work, and in a
    /// means only when nothing else has one.
    pub(super) fn choose(&self) -> Option<Chosen<'_>> {
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

    pub(super) fn choose_in<'c>(
        &self,
        clause: &'c Clause<'c>,
        is_means: bool,
    ) -> Option<Chosen<'c>> {
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

    pub(super) fn window_counts(&self, clause: &Clause<'_>, window: &Candidate) -> bool {
        let value = &self.values[window.index];
        let short = matches!(
            value.unit.as_deref(),
            Some("ms" | "seconds" | "minutes" | "hours" | "days" | "weeks")
        );
        let class = clause.verb.as_ref().map(|verb| verb.class);
        short && !matches!(class, Some(VerbClass::Activity))
    }

    pub(super) fn is_later_stage(&self, first: &Candidate, later: &Candidate) -> bool {
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
    pub(super) fn is_start(&self, index: usize) -> bool {
        crate::statement::start::is_marked(&self.words, &self.values, index)
    }

    /// Returns a placeholder in a main clause: `X%`, `N`, `TBD`.
    pub(super) fn find_placeholder(&self) -> Option<usize> {
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
                let is_letters = token.is_word() && placeholder::can_stand_for_number(token.text);
                let stands_for_number = matches!(
                    after,
                    "%" | "percent" | "per" | "pp" | "points" | "days" | "hours" | "new"
                ) || matches!(
                    before,
                    "by" | "to" | "from" | "$" | "€" | "£" | "than" | "least" | "of" | "at"
                );
                is_letters && stands_for_number
                    || token.is_word() && placeholder::is_announced(&token.lower)
                    || token.is("?")
                        && (after == "%" || tokens.get(at + 1).is_some_and(|next| next.is("?")))
                    || token.is("_") && tokens.get(at + 1).is_some_and(|next| next.is("_"))
            })
    }
}
