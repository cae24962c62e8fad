//! Whether words about time are a deadline, or say something else: `by a quarter`, `contracts signed in March`.

use super::link::Link;
use super::time::{Time, TimeKind};
use super::{Found, Reader};
use crate::statement::lexicon::Class;

impl Reader<'_, '_> {
    /// Returns whether the words are no phrase about time after all: `by a quarter` is a fraction, `for the
    /// year` says how long, `at` needs an end.
    pub(super) fn is_no_phrase(&self, found: &Found) -> bool {
        let kind = found.time.kind;
        let word = self.word(found.first);
        let by_link = match found.link {
            // `from 3 weeks to 10 days` is a start.
            Link::Since => return kind == TimeKind::Counted && self.number(found.at).is_some(),
            // A time alone is a deadline only when it names its end: `end of June`.
            Link::Bare => {
                !found.has_part && !is_end_word(self.word(found.at))
                    || kind == TimeKind::Own && word != "end" && !is_end_word(word)
            }
            Link::On => kind != TimeKind::Date,
            Link::This => kind != TimeKind::Own || found.has_part,
            _ => false,
        };
        let by_word = match word {
            "for" => kind == TimeKind::Counted || !found.has_part && kind != TimeKind::Own,
            "at" => !found.has_part && !is_end_word(self.word(found.at)),
            "across" => {
                !found.has_part && kind != TimeKind::Own && !is_end_word(self.word(found.at))
            }
            "over" => !matches!(kind, TimeKind::Own | TimeKind::Counted),
            _ => false,
        };
        by_link || by_word
    }

    /// Returns whether a phrase says what is measured, or what it is compared with: `contracts signed in
    /// March`, `compared with the first month`.
    pub(super) fn is_measured(&self, found: &Found) -> bool {
        let word = self.word(found.first);
        let can_date_a_thing = !matches!(found.time.kind, TimeKind::Own | TimeKind::Counted)
            && !matches!(word, "within" | "over" | "throughout");
        let dates_a_thing = found.link == Link::In
            && can_date_a_thing
            && self.belongs_to_what_is_measured(found.first);
        let before = found.first.checked_sub(1).map_or("", |at| self.word(at));
        let compares = matches!(before, "than" | "versus" | "vs" | "with" | "against");
        !found.has_part && (dates_a_thing || compares)
            || self.is_measured_time(&found.time, found.end, found.link)
    }

    /// Returns whether an `in` phrase says when the thing measured happened, not when the goal is due.
    fn belongs_to_what_is_measured(&self, first: usize) -> bool {
        let Some(before) = first.checked_sub(1).map(|before| self.word(before)) else {
            return false;
        };
        let irregular = self.lexicon.is(Class::Participle, before);
        let is_participle =
            irregular || before.len() > 4 && before.ends_with("ed") && before != "need";
        let auxiliary = first.checked_sub(2).map_or("", |before| self.word(before));
        let is_passive = matches!(
            auxiliary,
            "is" | "are"
                | "be"
                | "been"
                | "being"
                | "was"
                | "were"
                | "and"
                | "to"
                | "gets"
                | "fully"
        );
        // A goal that opens with the participle's verb has no noun before it.
        is_participle && !is_passive && first >= 2
    }

    /// Returns whether the words after a time show that it names what is measured.
    fn is_measured_time(&self, time: &Time, end: usize, link: Link) -> bool {
        let next = self.word(end);
        // `within 3 weeks of`, `in 2 months after`, `by the end of the quarter close`.
        if time.kind == TimeKind::Counted
            && matches!(
                next,
                "of" | "after" | "from" | "following" | "before" | "prior"
            )
        {
            // `the first month of the quarter` is the period's own; of anything else it is not.
            let own = self
                .time(end + 1)
                .is_some_and(|time| time.kind == TimeKind::Own || time.kind == TimeKind::Named);
            return !(next == "of" && own);
        }
        let is_noun = self.lexicon.is(Class::Dated, next);
        is_noun && (link == Link::In || link == Link::By && time.kind != TimeKind::Date)
    }
}

/// Returns whether a word names the end of a stretch by itself.
fn is_end_word(word: &str) -> bool {
    matches!(word, "eoq" | "eoh" | "eoy" | "eom")
}
