//! Finds deadline phrases and the days that they name.
//!
//! Quarters, halves and years are those of the calendar, unless the period is counted in fiscal years.
//! Without a year, a phrase means the first such day on or after the first day of the period.

mod counted;
mod date;
mod doubt;
mod link;
mod named;
mod time;

use jiff::civil::Date;

use self::link::{Link, Part};
use self::time::{Stretch, Time, TimeKind};
use super::lexicon::Lexicon;
use super::token::Token;
use super::words::Words;
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
pub(super) fn phrases(
    tokens: &[Token<'_>],
    period: Option<Period>,
    lexicon: &Lexicon,
) -> Vec<Phrase> {
    let reader = Reader {
        tokens,
        period,
        lexicon,
    };
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
pub(super) fn is_time(words: &Words<'_, '_>, first: usize, end: usize) -> bool {
    let reader = Reader {
        tokens: words.tokens,
        period: None,
        lexicon: words.lexicon,
    };
    reader.time(first).is_some_and(|time| time.end == end)
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
    lexicon: &'r Lexicon,
}

impl Reader<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &*token.lower)
    }

    fn starts(&self, at: usize, words: &[&str]) -> bool {
        let mut words = words.iter().enumerate();
        words.all(|(ahead, word)| self.word(at + ahead) == *word)
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
                lexicon: self.lexicon,
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
}

/// Returns the last day of the first month of a longer stretch.
fn early(stretch: Stretch) -> Option<Date> {
    let month = Period::containing(stretch.start, PeriodKind::Month, None)?;
    Some(month.end().min(stretch.end))
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
