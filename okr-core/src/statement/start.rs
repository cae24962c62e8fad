//! Finds the stated value at the start: `from A`, `(currently A)`, `up from A`, `versus A in Q1`.

use super::value::{Form, Value, looks_like_year, values_in};
use super::words::Words;
use super::{VerbClass, deadline};

/// The stated start.
pub(super) struct Start<'v> {
    pub(super) value: &'v Value,
}

/// Words that say of the number behind them that it is the one at the start, by their last word, the
/// longer first.
const MARKERS: &[&[&str]] = &[
    &["vs", "."],
    &["as", "is", ":"],
    &["last", "quarter", ":"],
    &["last", "year", ":"],
    &["baseline", ":"],
    &["current", ":"],
    &["currently", ":"],
    &["heute", ":"],
    &["now", ":"],
    &["start", ":"],
    &["today", ":"],
    &["baseline", "="],
    &["from", "about"],
    &["actuellement"],
    &["as", "against"],
    &["against"],
    &["aktuell"],
    &["from", "around"],
    &["we", "are", "at"],
    &["currently", "at"],
    &["now", "at"],
    &["standing", "at"],
    &["stands", "at"],
    &["starting", "at"],
    &["today", "at"],
    &["was", "at"],
    &["aujourd'hui"],
    &["baseline"],
    &["from", "a", "current"],
    &["from", "our", "current"],
    &["from", "the", "current"],
    &["current"],
    &["from", "currently"],
    &["currently"],
    &["derzeit"],
    &["formerly"],
    &["starting", "from"],
    &["from"],
    &["heute"],
    &["baseline", "is"],
    &["it", "is"],
    &["current", "level"],
    &["from", "nearly"],
    &["now"],
    &["from", "a", "starting", "point", "of"],
    &["from", "a", "base", "of"],
    &["from", "a", "baseline", "of"],
    &["from", "a", "high", "of"],
    &["from", "a", "level", "of"],
    &["from", "a", "low", "of"],
    &["from", "an", "average", "of"],
    &["from", "the", "baseline", "of"],
    &["baseline", "of"],
    &["instead", "of"],
    &["up", "on"],
    &["from", "over"],
    &["at", "present"],
    &["presently"],
    &["previously"],
    &["from", "roughly"],
    &["start"],
    &["from", "more", "than"],
    &["rather", "than"],
    &["compared", "to"],
    &["today"],
    &["from", "today's"],
    &["from", "under"],
    &["v"],
    &["current", "value"],
    &["versus"],
    &["vs"],
    &["was"],
    &["were"],
    &["compared", "with"],
    &["from", "~"],
];

/// Returns the marker that ends right before a value, as the position of its first token.
fn marker(words: &Words<'_, '_>, first: usize) -> Option<(usize, &'static [&'static str])> {
    let mut end = first;
    // `against a 2025 figure of 40`, `from about 40`.
    while end > 0
        && matches!(
            words.word(end - 1),
            "a" | "an"
                | "the"
                | "about"
                | "roughly"
                | "around"
                | "~"
                | "some"
                | "nearly"
                | "just"
                | "only"
                | "almost"
                | "at"
                | "over"
                | "under"
                | "still"
                | "our"
                | "average"
        )
    {
        end -= 1;
    }
    let found = [first, end]
        .into_iter()
        .find_map(|end| marker_at(words, end));
    if found.is_some() {
        return found;
    }
    // `against a 2025 figure of A`, `versus the Q1 average of A`.
    if first > 0 && words.word(first - 1) == "of" {
        let from = first.saturating_sub(9);
        let at = (from..first).rev().find(|at| {
            matches!(
                words.word(*at),
                "against" | "versus" | "vs" | "compared" | "from"
            )
        })?;
        let is_figure = (at..first).any(|at| {
            matches!(
                words.word(at),
                "figure"
                    | "average"
                    | "value"
                    | "level"
                    | "baseline"
                    | "result"
                    | "score"
                    | "rate"
                    | "total"
                    | "median"
                    | "mean"
                    | "number"
                    | "count"
                    | "reading"
                    | "base"
                    | "mark"
                    | "low"
                    | "high"
                    | "peak"
            )
        });
        return is_figure.then_some((at, &["against"] as &'static [&'static str]));
    }
    None
}

/// Returns the marker that ends right before a token.
fn marker_at(words: &Words<'_, '_>, end: usize) -> Option<(usize, &'static [&'static str])> {
    let last = words.word(end.checked_sub(1)?);
    let from = MARKERS.partition_point(|marker| marker.last().is_some_and(|word| *word < last));
    let mut same_last = MARKERS[from..]
        .iter()
        .take_while(|marker| marker.last() == Some(&last));
    same_last.find_map(|marker| {
        let from = end.checked_sub(marker.len())?;
        let mut marker_words = marker.iter().enumerate();
        let same = marker_words.all(|(ahead, word)| words.word(from + ahead) == *word);
        same.then_some((from, *marker))
    })
}

/// Returns whether a value is marked as one at the start.
pub(super) fn is_marked(words: &Words<'_, '_>, values: &[Value], index: usize) -> bool {
    let value = &values[index];
    if value.form == Form::Name {
        return false;
    }
    if let Some((_, marker)) = marker(words, value.first) {
        // `against 2025` and `versus a 2025 figure` name a year.
        if looks_like_year(value) && marker[0] != "from" {
            return false;
        }
        // `from 12 regions` names a population; a start has a target elsewhere.
        if marker[0] == "from" {
            return is_from_start(words, values, index);
        }
        if matches!(marker[0], "was" | "were" | "now" | "start") {
            // Only in parentheses or behind a comma.
            return in_parentheses(words, value.first)
                || value
                    .first
                    .checked_sub(2)
                    .is_some_and(|at| words.word(at) == ",");
        }
        return true;
    }
    // `von 87 % auf 96 %`, `de 320 k€ à 150 k€`.
    let before = value.first.checked_sub(1).map_or("", |at| words.word(at));
    if matches!(before, "von" | "de") && matches!(words.word(value.end), "auf" | "à") {
        return true;
    }
    // `28% → 40%`.
    if words.word(value.end) == "→" {
        return true;
    }
    if is_pair(words, values, index) || is_labelled(words, value) {
        return true;
    }
    // `91% last year`, `(64% today)`, `250 at present`.
    is_followed_by_then(words, value)
}

fn is_followed_by_then(words: &Words<'_, '_>, value: &Value) -> bool {
    let within = in_parentheses(words, value.first)
        || value
            .first
            .checked_sub(1)
            .is_some_and(|at| matches!(words.word(at), "," | "—" | "–" | ";"));
    if !within {
        return false;
    }
    let mut at = value.end;
    while matches!(words.word(at), "in" | "at" | "during") {
        at += 1;
    }
    match words.word(at) {
        "last" | "previous" => is_stretch(words.word(at + 1)),
        "today" | "now" | "currently" | "present" | "presently" => true,
        "at" => words.word(at + 1) == "present",
        _ => {
            // `(64% in Q1)`, `(12 in 2025)`: a time that is not a deadline.
            in_parentheses(words, value.first)
                && at > value.end
                && words.is_taken.get(value.end).copied().unwrap_or(false)
                && words.word(value.end) == "in"
        }
    }
}

/// Returns whether a value leads to the next one: `62 days to 45 days`, `NPS 32 to 45`, `14 a week to 0`.
fn is_pair(words: &Words<'_, '_>, values: &[Value], index: usize) -> bool {
    let (value, Some(next)) = (&values[index], values.get(index + 1)) else {
        return false;
    };
    // What the first is counted by may stand between: `14 a week to 0`.
    let mut link = value.end;
    if matches!(
        words.word(link),
        "a" | "an" | "per" | "each" | "every" | "/"
    ) {
        link += 2;
    }
    let leads = words.word(link) == "to" && next.first == link + 1;
    if !leads || value.high.is_some() || next.high.is_some() {
        return false;
    }
    let is_plain = |value: &Value| value.form == Form::Plain && value.sign.is_none();
    let fits = value.unit.is_none() || next.unit == value.unit || next.amount.is_zero();
    let before = value.first.checked_sub(1).map_or("", |at| words.word(at));
    // A rising pair behind a verb is a range: `Serve 4 to 6 tables`, `Raise revenue 10 to 15%`.
    let falls = next.amount < value.amount;
    let behind_noun = value.first > 0
        && !words.is_link(value.first - 1)
        && !matches!(
            before,
            "aged" | "ages" | "age" | "between" | "least" | "most" | "of" | "~"
        );
    let is_range = !falls
        && (words
            .verb(value.first.saturating_sub(1))
            .is_some_and(|verb| verb.base == before)
            || next.has_unit("%") && opens_with_change(words, value.first));
    is_plain(value) && is_plain(next) && fits && behind_noun && !is_range
}

/// Returns whether the words before a token hold a verb that asks for a change.
fn opens_with_change(words: &Words<'_, '_>, before: usize) -> bool {
    (before.saturating_sub(PAIR_REACH)..before).any(|at| {
        words.verb(at).is_some_and(|verb| {
            verb.base == words.word(at)
                && matches!(
                    verb.class,
                    VerbClass::Increase | VerbClass::Decrease | VerbClass::Improve
                )
        })
    })
}

/// So many words before a pair of numbers are looked at for its verb.
const PAIR_REACH: usize = 8;

/// Returns whether parentheses say when a value was measured: `(July 2026: 71%)`, `(last year 5)`.
fn is_labelled(words: &Words<'_, '_>, value: &Value) -> bool {
    let closes = matches!(words.word(value.end), ")" | "]");
    let opening = value.first.saturating_sub(6)..value.first;
    let opening = opening
        .rev()
        .find(|at| matches!(words.word(*at), "(" | "["));
    let Some(first) = opening.filter(|_| closes).map(|at| at + 1) else {
        return false;
    };
    let sign = value.first - 1;
    let end = if matches!(words.word(sign), ":" | "=") {
        sign
    } else {
        value.first
    };
    if first >= end {
        return false;
    }
    let is_past = is_earlier_period(words, first) && first + 2 == end;
    is_past || deadline::is_time(words, first, end)
}

/// Returns whether `last year` and the like stand at a token.
fn is_earlier_period(words: &Words<'_, '_>, at: usize) -> bool {
    matches!(words.word(at), "last" | "previous" | "prior") && is_stretch(words.word(at + 1))
}

/// Returns whether the value that begins at a token is labelled as that of an earlier period:
/// `(last winter: £38,000)`.
pub(super) fn is_of_earlier_period(words: &Words<'_, '_>, first: usize) -> bool {
    let colon = usize::from(first > 0 && words.word(first - 1) == ":");
    first
        .checked_sub(2 + colon)
        .is_some_and(|at| is_earlier_period(words, at))
}

/// Returns whether a word names a stretch of the calendar.
fn is_stretch(word: &str) -> bool {
    matches!(
        word,
        "year"
            | "quarter"
            | "half"
            | "month"
            | "week"
            | "season"
            | "period"
            | "spring"
            | "autumn"
            | "winter"
            | "summer"
    )
}

/// Returns whether `from A` has a `to B`, or another number that it is the start of.
fn is_from_start(words: &Words<'_, '_>, values: &[Value], index: usize) -> bool {
    let value = &values[index];
    // Things that come from so many places: `from 12 countries`.
    let counts_things =
        value.unit.is_none() && value.form == Form::Plain && words.can_be_noun(value.end);
    if !counts_things {
        return true;
    }
    // `from 9 incidents to 4`, but not `leads from 12 fairs to 40`.
    let leads_on = values_in(values, value.end + 1, value.end + 8)
        .iter()
        .any(|other| {
            (value.end..other.first).any(|at| matches!(words.word(at), "to" | "→" | "down"))
        });
    leads_on
        || values_in(values, value.first.saturating_sub(FROM_REACH), value.first)
            .iter()
            .any(|other| {
                other.end + 6 >= value.first
                    && other.unit.is_none()
                    && other.form == Form::Plain
                    && other.first > 0
                    && words.word(other.first - 1) == "to"
            })
}

/// So many words before `from A` are looked at for the number that it belongs to.
const FROM_REACH: usize = 16;

fn in_parentheses(words: &Words<'_, '_>, at: usize) -> bool {
    let opened = (0..at)
        .rev()
        .take(8)
        .find(|at| matches!(words.word(*at), "(" | ")" | "[" | "]"));
    opened.is_some_and(|at| matches!(words.word(at), "(" | "["))
}

/// Finds the start that belongs to a target, which stands at these tokens; `means` is passed over.
pub(super) fn find_start<'v>(
    words: &Words<'_, '_>,
    values: &'v [Value],
    target: (usize, usize),
    means: Option<(usize, usize)>,
) -> Option<Start<'v>> {
    let mut marked = values.iter().enumerate().filter(|(index, value)| {
        let in_means = means.is_some_and(|(first, end)| value.first >= first && value.first < end);
        !in_means && is_marked(words, values, *index) && value.first != target.0
    });
    // The nearest before the target, as in `from A to B`, else the first behind it.
    let mut before = None;
    let mut after = None;
    for (_, value) in &mut marked {
        if value.end <= target.0 {
            before = Some(value);
        } else if after.is_none() {
            after = Some(value);
        }
    }
    let is_near = |value: &&Value| !(value.end..target.0).any(|at| matches!(words.word(at), ";"));
    before
        .filter(is_near)
        .or(after)
        .map(|value| Start { value })
}

/// Returns whether a phrase about time that starts at a token says when the start was measured.
pub(super) fn is_dated_start(words: &Words<'_, '_>, values: &[Value], at: usize) -> bool {
    // A value that ends there is the last that begins before it.
    let behind = values.partition_point(|value| value.first < at);
    let Some(index) = behind.checked_sub(1) else {
        return false;
    };
    let value = &values[index];
    // `from 5 to 3 in Q2`: only the start itself is dated, and only by `in` or nothing.
    let is_in = matches!(words.word(at), "in" | "at" | "during");
    let by_compare = || marker(words, value.first).is_some_and(|(_, marker)| marker[0] != "from");
    value.end == at
        && is_in
        && is_marked(words, values, index)
        && (in_parentheses(words, value.first) || by_compare())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::{Lexicon, read};

    #[track_caller]
    fn check(text: &str, start: Option<&str>) {
        let reading = read(text, None, &Lexicon::default());
        let found = reading.start.map(|start| start.normalize().to_string());
        assert_eq!(found.as_deref(), start, "{text}");
    }

    #[test]
    fn markers_stand_in_the_order_of_their_last_words() {
        let key =
            |marker: &&[&'static str]| (marker.last().copied(), std::cmp::Reverse(marker.len()));
        assert!(MARKERS.is_sorted_by_key(key));
    }

    #[test]
    fn a_pair_goes_from_one_to_the_other() {
        check("Time to hire 62 days to 45 days", Some("62"));
        check("Bed falls 2.9 to 1.5 per 1,000 bed days", Some("2.9"));
        check("NPS 32 to 45", Some("32"));
        check("Misrouted parcels: 14 a week to 0", Some("14"));
        check("Conversion rate 1.8% ➜ 2.6%", Some("1.8"));
        check("Orders 1.2k -> 2k/month", Some("1200"));
        check("Increase revenue by 10 to 15%", None);
        check("Serve 4 to 6 tables", None);
    }

    #[test]
    fn a_value_in_parentheses_is_dated() {
        check("Raise resolution to 80% (July 2026: 71%)", Some("71"));
        check("Uptime 99.95% (Q3: 99.87%)", Some("99.87"));
        check("Cut costs to £30,000 (last winter: £38,000)", Some("38000"));
        check("Reduce complaints to 2 (last year 5)", Some("5"));
        check("Antwortzeit max. 2 Tage (heute 5)", Some("5"));
        check("Liefertreue von 87 % auf 96 % steigern", Some("87"));
        check("Pay suppliers after 30 days instead of 60", Some("60"));
    }
}
