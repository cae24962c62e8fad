//! Finds deadline phrases and the days that they name.
//!
//! Quarters, halves and years are those of the calendar, unless the period is counted in fiscal years.
//! Without a year, a phrase means the first such day on or after the first day of the period.

mod time;

use jiff::civil::Date;

use self::time::{Stretch, Time, TimeKind};
use super::token::Token;
use crate::model::{Period, PeriodKind};

/// A phrase about time, as positions of tokens: `first` is inside, `end` is not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) first: usize,
    pub(super) end: usize,
    /// The day, where the phrase is a deadline that the calendar knows.
    pub(super) date: Option<Date>,
    /// Whether the phrase leaves open which day it means, such as `by June` or `early Q2`; of `by 4/12` it
    /// leaves so much open that it names no day.
    pub(super) is_ambiguous: bool,
}

/// Finds the phrases about time, from left to right; none overlaps another.
pub(super) fn phrases(tokens: &[Token<'_>], period: Option<Period>) -> Vec<Phrase> {
    let reader = Reader { tokens, period };
    let mut phrases = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.phrase(at) {
            Some(phrase) => {
                at = phrase.end.max(at + 1);
                phrases.push(phrase);
            }
            None => at += 1,
        }
    }
    phrases
}

/// Returns whether the tokens from `first` up to but not including `end` name a time, such as `July 2026`.
pub(super) fn is_time(tokens: &[Token<'_>], first: usize, end: usize) -> bool {
    let reader = Reader {
        tokens,
        period: None,
    };
    reader.time(first).is_some_and(|time| time.end == end)
}

/// How a phrase relates to the time that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// `by`, `until`, `no later than`: its last day.
    By,
    /// `in`, `within`, `during`: its last day too, but it can also say when something happened.
    In,
    /// `before`, `ahead of`: the day before it begins.
    Before,
    /// `from`, `since`, `starting in`: no deadline.
    Since,
    /// `on`: only before a date.
    On,
    /// `this`: part of the name.
    This,
    /// Nothing stands before it.
    Bare,
}

/// The words of links, by their first word, the longer first.
const LINKS: &[(&[&str], Link)] = &[
    (&["across"], Link::In),
    (&["after"], Link::Since),
    (&["ahead", "of"], Link::Before),
    (&["as", "from"], Link::Since),
    (&["as", "of"], Link::Since),
    (&["at", "the", "latest", "by"], Link::By),
    (&["at", "latest", "by"], Link::By),
    (&["at"], Link::By),
    (&["before"], Link::Before),
    (&["beginning", "in"], Link::Since),
    (&["beginning"], Link::Since),
    (&["bis", "ende"], Link::By),
    (&["bis", "zum"], Link::By),
    (&["bis"], Link::By),
    (&["by"], Link::By),
    (&["come"], Link::By),
    (&["due", "by"], Link::By),
    (&["due", "on"], Link::By),
    (&["due"], Link::By),
    (&["during"], Link::In),
    (&["effective"], Link::Since),
    (&["for"], Link::In),
    (&["from"], Link::Since),
    (&["in", "the", "course", "of"], Link::In),
    (&["in"], Link::In),
    (&["inside"], Link::In),
    (&["no", "later", "than"], Link::By),
    (&["not", "later", "than"], Link::By),
    (&["on", "or", "before"], Link::By),
    (&["on"], Link::On),
    (&["over", "the", "course", "of"], Link::In),
    (&["over"], Link::In),
    (&["prior", "to"], Link::Before),
    (&["since"], Link::Since),
    (&["starting", "from"], Link::Since),
    (&["starting", "in"], Link::Since),
    (&["starting", "on"], Link::Since),
    (&["starting"], Link::Since),
    (&["this"], Link::This),
    (&["through", "to"], Link::By),
    (&["through"], Link::By),
    (&["throughout"], Link::In),
    (&["till"], Link::By),
    (&["until"], Link::By),
    (&["up", "to", "and", "including"], Link::By),
    (&["within"], Link::In),
];

/// Which part of a time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    End,
    Middle,
    Start,
}

/// The parts of a phrase about time, as they stand.
struct Found {
    first: usize,
    link: Link,
    part: Part,
    /// Whether the part is written.
    has_part: bool,
    /// `early` or `late` in it.
    third: Option<Part>,
    /// Where the time begins.
    at: usize,
    time: Time,
    end: usize,
}

struct Reader<'r, 't> {
    tokens: &'r [Token<'t>],
    period: Option<Period>,
}

impl Reader<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &*token.lower)
    }

    fn starts(&self, at: usize, words: &[&str]) -> bool {
        let mut words = words.iter().enumerate();
        words.all(|(ahead, word)| self.word(at + ahead) == *word)
    }

    /// Reads the link that starts at a token, and returns where it ends.
    fn link(&self, at: usize) -> (Link, usize) {
        let first = self.word(at);
        let from = LINKS.partition_point(|(words, _)| words[0] < first);
        let mut found = LINKS[from..]
            .iter()
            .take_while(|(words, _)| words[0] == first);
        match found.find(|(words, _)| self.starts(at, words)) {
            // `this` belongs to what it names.
            Some((_, Link::This)) => (Link::This, at),
            Some((words, link)) => (*link, at + words.len()),
            None => (Link::Bare, at),
        }
    }

    fn phrase(&self, first: usize) -> Option<Phrase> {
        let (link, at) = self.link(first);
        // `halfway through the quarter` and `midway through Q3` name the middle.
        if matches!(self.word(at), "halfway" | "midway" | "half-way" | "mid-way")
            && matches!(self.word(at + 1), "through" | "into")
        {
            let time = self.time(at + 2)?;
            let date = time.stretch.map(|stretch| stretch.middle);
            return Some(self.done(first, time.end, date, false));
        }
        let found = self.found(first, link, at)?;
        if found.time.kind == TimeKind::Either {
            return Some(Phrase {
                first,
                end: found.end,
                date: None,
                is_ambiguous: found.link != Link::Since,
            });
        }
        if self.is_no_phrase(&found) {
            return None;
        }
        if found.link == Link::Since || self.is_measured(&found) {
            return Some(self.done(first, found.end, None, false));
        }
        let found = self.counted_from_its_start(found);
        let date = Self::day(&found);
        // An explicit year before the period is no deadline.
        let is_past = found.time.has_year
            && date
                .zip(self.period)
                .is_some_and(|(date, period)| date < period.start());
        let is_bare_month = found.link == Link::By
            && found.time.kind == TimeKind::Month
            && !found.has_part
            && self.word(first) == "by";
        let is_ambiguous = found.third.is_some() || is_bare_month;
        Some(self.done(first, found.end, date.filter(|_| !is_past), is_ambiguous))
    }

    /// Reads the parts of a phrase of which the link ends at a token.
    fn found(&self, first: usize, link: Link, at: usize) -> Option<Found> {
        let (part, after) = self.part(at);
        let has_part = after != at;
        let mut at = after;
        let third = match self.word(at) {
            "early" => Some(Part::Start),
            "late" => Some(Part::End),
            _ => None,
        };
        if third.is_some() {
            at += 1 + usize::from(matches!(self.word(at + 1), "in" | "the"));
        }
        let is_linked = matches!(link, Link::By | Link::Before | Link::Since | Link::On);
        let numeric = || self.numeric_date(at).filter(|_| is_linked);
        let time = numeric().or_else(|| self.time(at))?;
        let (mut link, mut end) = (link, time.end);
        if self.starts(end, &["at", "the", "latest"]) {
            (link, end) = (Link::By, end + 3);
        } else if self.starts(end, &["at", "latest"]) {
            (link, end) = (Link::By, end + 2);
        } else if self.word(end) == "or" && matches!(self.word(end + 1), "sooner" | "earlier") {
            end += 2;
        }
        Some(Found {
            first,
            link,
            part,
            has_part,
            third,
            at,
            time,
            end,
        })
    }

    /// Returns whether the words are no phrase about time after all: `by a quarter` is a fraction, `for the
    /// year` says how long, `at` needs an end.
    fn is_no_phrase(&self, found: &Found) -> bool {
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
    fn is_measured(&self, found: &Found) -> bool {
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

    /// Returns what was found with `the first month of the quarter` counted from the first day of that.
    fn counted_from_its_start(&self, mut found: Found) -> Found {
        if found.time.kind != TimeKind::Counted || self.word(found.end) != "of" {
            return found;
        }
        if let Some(whole) = self.time(found.end + 1) {
            let month =
                |stretch: Stretch| Period::containing(stretch.start, PeriodKind::Month, None);
            let from_its_start = Reader {
                tokens: self.tokens,
                period: whole.stretch.and_then(month),
            };
            let time = from_its_start.time(found.at);
            found.time.stretch = time.and_then(|time| time.stretch);
            found.end = whole.end;
        }
        found
    }

    /// Returns the day that a phrase names.
    fn day(found: &Found) -> Option<Date> {
        let stretch = found.time.stretch?;
        match (found.link, found.part, found.third) {
            // Of a half or a year, the early part is its first third; of a quarter, its first month.
            (_, _, Some(Part::Start)) => early(stretch),
            (Link::Before, Part::End, _) if found.has_part => Some(stretch.end),
            (Link::Before, _, _) => stretch.start.yesterday().ok(),
            (_, Part::Middle, _) => Some(stretch.middle),
            (_, Part::Start, _) if found.has_part => Some(stretch.start),
            _ => Some(stretch.end),
        }
    }

    fn done(&self, first: usize, end: usize, date: Option<Date>, is_ambiguous: bool) -> Phrase {
        Phrase {
            first,
            end: end.min(self.tokens.len()),
            date,
            is_ambiguous: is_ambiguous && date.is_some(),
        }
    }

    /// Reads `the end of`, `mid-`, `the start of` and the like; returns where the time begins.
    fn part(&self, at: usize) -> (Part, usize) {
        let mut after = at;
        if matches!(self.word(after), "the" | "about" | "around") {
            after += 1;
        }
        // `by the very end of`.
        after += usize::from(self.word(after) == "very");
        let part = match self.word(after) {
            "end" | "close" | "ending" | "eoq" | "conclusion" | "finish" => Part::End,
            "middle" | "mid" | "midpoint" | "mid-point" => Part::Middle,
            "start" | "beginning" | "outset" | "opening" => Part::Start,
            _ => return (Part::End, at),
        };
        if self.word(after) == "eoq" {
            return (Part::End, at);
        }
        after += 1;
        let is_mid = self.word(after - 1) == "mid";
        if is_mid && self.word(after) == "-" {
            after += 1;
        }
        if self.word(after) == "of" {
            return (part, after + 1);
        }
        // `by end Q2`, `by mid May`.
        let names_time = self.time(after).is_some();
        if (is_mid || self.word(after - 1) == "end" || self.word(after - 1) == "start")
            && names_time
        {
            return (part, after);
        }
        (Part::End, at)
    }

    /// Returns whether an `in` phrase says when the thing measured happened, not when the goal is due.
    fn belongs_to_what_is_measured(&self, first: usize) -> bool {
        let Some(before) = first.checked_sub(1).map(|before| self.word(before)) else {
            return false;
        };
        let irregular = matches!(
            before,
            "sold"
                | "bought"
                | "made"
                | "won"
                | "built"
                | "sent"
                | "born"
                | "lost"
                | "held"
                | "written"
                | "begun"
                | "founded"
                | "paid"
                | "taken"
                | "given"
                | "shipped"
                | "hired"
        );
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
        let is_noun = matches!(
            next,
            "cohort"
                | "cohorts"
                | "budget"
                | "budgets"
                | "launches"
                | "launch"
                | "baseline"
                | "figure"
                | "level"
                | "levels"
                | "target"
                | "targets"
                | "intake"
                | "season"
                | "campaign"
                | "close"
                | "results"
                | "plan"
                | "edition"
                | "vintage"
                | "average"
                | "value"
                | "sales"
                | "revenue"
                | "closing"
                | "statement"
                | "statements"
                | "accounts"
                | "invoices"
                | "orders"
                | "contracts"
        );
        is_noun && (link == Link::In || link == Link::By && time.kind != TimeKind::Date)
    }
}

/// Returns the last day of the first month of a longer stretch.
fn early(stretch: Stretch) -> Option<Date> {
    let month = Period::containing(stretch.start, PeriodKind::Month, None)?;
    Some(month.end().min(stretch.end))
}

/// Returns whether a word names the end of a stretch by itself.
fn is_end_word(word: &str) -> bool {
    matches!(word, "eoq" | "eoh" | "eoy" | "eom")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FiscalYear;
    use crate::statement::{Lexicon, read};

    #[track_caller]
    fn check(text: &str, phrase: &str, day: &str) {
        let period = Period::parse("2026-Q3", FiscalYear::default()).ok();
        let reading = read(text, period, &Lexicon::default());
        let found = reading.parts.deadline.map_or("", |span| span.of(text));
        let date = reading.deadline.map(|date| date.to_string());
        assert_eq!(
            (found, date.as_deref().unwrap_or_default()),
            (phrase, day),
            "{text}"
        );
    }

    #[test]
    fn links_stand_in_the_order_of_their_first_words() {
        let key = |(words, _): &(&[&'static str], Link)| (words[0], std::cmp::Reverse(words.len()));
        assert!(LINKS.is_sorted_by_key(key));
    }

    #[test]
    fn dates_in_figures_are_days_where_they_can_be_only_one() {
        check("Open by 31/10", "by 31/10", "2026-10-31");
        check("Open by 10/31/2026", "by 10/31/2026", "2026-10-31");
        check("Open by 9/9", "by 9/9", "2026-09-09");
        check("Open by 4/12/2026", "by 4/12/2026", "");
        check("Open by 31.10.", "by 31.10.", "2026-10-31");
        check("Open bis 31.10.2026", "bis 31.10.2026", "2026-10-31");
        check("Open by 31.10.26", "by 31.10.26", "2026-10-31");
        check("Cut costs by 1/3", "", "");
        check("Cut costs by 2.5", "", "");
    }

    #[test]
    fn a_phrase_covers_its_tail() {
        check(
            "Sign 5 clients within the first month of the quarter",
            "within the first month of the quarter",
            "2026-07-31",
        );
        check(
            "Sign 5 clients by the end of the first month of Q4",
            "by the end of the first month of Q4",
            "2026-10-31",
        );
        check(
            "Training taken by end of year: 80%",
            "by end of year",
            "2026-12-31",
        );
        check(
            "Answer 90% of calls through to 31 December",
            "through to 31 December",
            "2026-12-31",
        );
    }
}
