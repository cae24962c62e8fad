//! Check-ins that turned out wrong: which one is meant, and what stays to be seen of it.

use jiff::civil::Date;
use okr_core::model::{CheckIn, ElementId, Inline, Note, Quantity};

use crate::error::Failure;

/// The most days that a message lists.
const MAX_LISTED: usize = 6;

/// Returns the position of the check-in that is meant: that of `date`, else of today, else the last one. Of
/// several on one day it is the one that counts.
///
/// # Errors
///
/// There is none of that day, or none at all.
pub(super) fn position(
    check_ins: &[CheckIn],
    id: ElementId,
    date: Option<Date>,
    today: Date,
) -> Result<usize, Failure> {
    let last = check_ins.iter().map(|row| row.date).max();
    let Some(last) = last else {
        let failure = Failure::new(format!("key result {id} has no check-in"));
        return Err(failure.help("record one first, without --correct and --remove"));
    };
    let wanted = date.unwrap_or_else(|| {
        let has_today = check_ins.iter().any(|row| row.date == today);
        if has_today { today } else { last }
    });
    let is_wanted = |row: &CheckIn| row.date == wanted;
    // In a table with the newest on top, the upper one of a day is the later one.
    let is_newest_first = matches!(check_ins, [first, .., end] if first.date > end.date);
    let found = if is_newest_first {
        check_ins.iter().position(is_wanted)
    } else {
        check_ins.iter().rposition(is_wanted)
    };
    found.ok_or_else(|| {
        let mut days: Vec<Date> = check_ins.iter().map(|row| row.date).collect();
        days.sort_unstable();
        days.dedup();
        let days = &days[days.len().saturating_sub(MAX_LISTED)..];
        let days: Vec<String> = days.iter().map(ToString::to_string).collect();
        let failure = Failure::new(format!("key result {id} has no check-in of {wanted}"));
        failure.help(format!("the last ones are of {}", days.join(", ")))
    })
}

/// Returns a check-in with what is new in it, and a trace of what stood there before in its note. What is not
/// given stays; where nothing is new, it is as it was.
///
/// The note of `given` is not looked at: `words` are those of a person, which empty ones take away, and `source` tells
/// where the value comes from.
pub(super) fn corrected(
    old: &CheckIn,
    given: CheckIn,
    (words, source): (Option<&str>, Option<&str>),
    today: Date,
) -> CheckIn {
    let mut row = old.clone();
    let mut note = Note::of(old.note.as_ref());
    let mut was = Vec::new();
    if given.value.is_some() && given.value != old.value {
        was.push(match (&old.value, note.source()) {
            (Some(value), Some(source)) => format!("{value} (source: {})", source.plain()),
            (Some(value), None) => value.to_string(),
            (None, _) => "no value".to_owned(),
        });
        row.value = given.value;
        note.come_from(source);
    }
    if given.status.is_some() && given.status != old.status {
        was.push(match old.status {
            Some(status) => status.to_string(),
            None => "no status".to_owned(),
        });
        row.status = given.status;
    }
    if given.confidence.is_some() && given.confidence != old.confidence {
        was.push(match old.confidence {
            Some(confidence) => format!("confidence {confidence}"),
            None => "no confidence".to_owned(),
        });
        row.confidence = given.confidence;
    }
    if let Some(words) = words {
        let said = note.words();
        let said = said.as_ref().map(Inline::plain).unwrap_or_default();
        if said != Inline::from_plain(words).plain() {
            was.push(match &*said {
                "" => "no note".to_owned(),
                said => format!("\"{said}\""),
            });
            note.say(words);
        }
    }
    if was.is_empty() {
        return row;
    }
    note.correct(today, &was.join(", "));
    row.note = note.into_inline();
    row
}

/// Returns what a correction has changed, as a phrase: `72% → 74%, confidence 5 → 6, another note`. What a value is
/// called tells `shown`.
pub(super) fn changes(old: &CheckIn, new: &CheckIn, shown: impl Fn(&Quantity) -> String) -> String {
    let mut parts = Vec::new();
    if let Some(value) = new.value.as_ref().filter(|_| new.value != old.value) {
        let before = old
            .value
            .as_ref()
            .map(|value| format!("{} → ", shown(value)));
        parts.push(format!("{}{}", before.unwrap_or_default(), shown(value)));
    }
    if let Some(status) = new.status.filter(|_| new.status != old.status) {
        let before = old.status.map(|status| format!("{status} → "));
        parts.push(format!("{}{status}", before.unwrap_or_default()));
    }
    if let Some(confidence) = new.confidence.filter(|_| new.confidence != old.confidence) {
        let before = old.confidence.map(|confidence| format!("{confidence} → "));
        parts.push(format!(
            "confidence {}{confidence}",
            before.unwrap_or_default()
        ));
    }
    match (old.words(), new.words()) {
        (before, after) if before == after => {}
        (None, _) => parts.push("a note".to_owned()),
        (Some(_), None) => parts.push("no note any more".to_owned()),
        (Some(_), Some(_)) => parts.push("another note".to_owned()),
    }
    parts.join(", ")
}

/// Returns what a check-in says, as a phrase: `70%, on track, confidence 7, "First reminder run out"`.
pub(super) fn words(row: &CheckIn) -> String {
    let mut parts = Vec::new();
    parts.extend(row.value.as_ref().map(ToString::to_string));
    parts.extend(row.status.map(|status| status.to_string()));
    parts.extend(
        row.confidence
            .map(|confidence| format!("confidence {confidence}")),
    );
    parts.extend(
        row.note
            .as_ref()
            .map(|note| format!("\"{}\"", note.plain())),
    );
    if parts.is_empty() {
        return "nothing".to_owned();
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use okr_core::model::{Quantity, Status};

    use super::*;

    fn row(day: i8, value: &str) -> CheckIn {
        CheckIn {
            value: Quantity::parse(value).ok(),
            ..CheckIn::new(date(2026, 11, day))
        }
    }

    const TODAY: Date = date(2026, 11, 22);

    #[track_caller]
    fn check(days: &[i8], wanted: Option<i8>, expected: Result<usize, &str>) {
        let rows: Vec<_> = days.iter().map(|day| row(*day, "1")).collect();
        let wanted = wanted.map(|day| date(2026, 11, day));
        let found = position(&rows, ElementId::KeyResult(0, 0), wanted, TODAY);
        assert_eq!(
            found.map_err(|failure| failure.in_full()),
            expected.map_err(str::to_owned),
            "{days:?}"
        );
    }

    #[test]
    fn the_one_of_today_is_meant_or_the_last() {
        check(&[6, 13, 20], None, Ok(2));
        check(&[20, 13, 6], None, Ok(0));
        check(&[6, 22, 27], None, Ok(1));
        check(&[6, 13, 20], Some(13), Ok(1));
    }

    #[test]
    fn of_several_on_a_day_the_later_one_is_meant() {
        check(&[6, 20, 20], None, Ok(2));
        check(&[20, 20, 6], None, Ok(0));
    }

    #[test]
    fn what_is_not_there_is_said() {
        check(
            &[6, 13],
            Some(7),
            Err("key result 1.1 has no check-in of 2026-11-07; \
                 the last ones are of 2026-11-06, 2026-11-13"),
        );
        check(
            &[],
            None,
            Err("key result 1.1 has no check-in; \
                 record one first, without --correct and --remove"),
        );
    }

    #[test]
    fn what_was_there_stays_to_be_seen() {
        let old = CheckIn {
            status: Some(Status::OnTrack),
            note: Some(Inline::parse("First *reminder*")),
            ..row(20, "70%")
        };
        let given = CheckIn {
            status: Some(Status::OnTrack),
            ..row(22, "72%")
        };
        let new = corrected(&old, given, (None, None), TODAY);
        assert_eq!(
            words(&new),
            "72%, on track, \"First reminder (corrected 2026-11-22: was 70%)\""
        );
        assert_eq!(new.date, old.date);
        assert_eq!(new.words(), old.note);
        let given = CheckIn {
            confidence: Some(6),
            ..CheckIn::new(TODAY)
        };
        let said = (Some("Second * reminder"), None);
        assert_eq!(
            words(&corrected(&old, given, said, TODAY)),
            "70%, on track, confidence 6, \"Second * reminder (corrected 2026-11-22: \
             was no confidence, \"First reminder\")\""
        );
        assert_eq!(corrected(&old, row(22, "70%"), (None, None), TODAY), old);
    }

    /// Corrects a row one time after the other, and checks its note and what was said of the last time.
    #[track_caller]
    fn check_note(note: &str, times: &[(&str, Option<&str>)], expected: &str, said: &str) {
        let mut old = CheckIn {
            note: Some(Inline::parse(note)),
            ..row(20, "70%")
        };
        let mut last = String::new();
        for (value, words) in times {
            let given = row(22, value);
            let new = corrected(&old, given, (*words, None), TODAY);
            last = changes(&old, &new, ToString::to_string);
            old = new;
        }
        let note = old.note.map(|note| note.plain().into_owned());
        assert_eq!(note.as_deref().unwrap_or_default(), expected);
        assert_eq!(last, said);
    }

    #[test]
    fn a_trace_is_left_once_and_quotes_no_other() {
        let once = "Bank file (corrected 2026-11-22: was 70%)";
        check_note("Bank file", &[("72%", None)], once, "70% → 72%");
        let again = [("72%", None), ("72%", Some("Bank file"))];
        check_note("Bank file", &again, once, "");
        check_note(
            "Bank file",
            &[("72%", None), ("70%", Some("It came"))],
            "It came (corrected 2026-11-22: was 70%, then 72%, \"Bank file\")",
            "72% → 70%, another note",
        );
        check_note(
            "Bank file",
            &[("72%", None), ("", Some(""))],
            "(corrected 2026-11-22: was 70%, then \"Bank file\")",
            "no note any more",
        );
    }

    #[test]
    fn a_value_that_is_typed_has_no_source_any_more() {
        check_note(
            "Two payers (source: log.csv, 2026-11-20)",
            &[("72%", None)],
            "Two payers (corrected 2026-11-22: was 70% (source: log.csv, 2026-11-20))",
            "70% → 72%",
        );
    }
}
