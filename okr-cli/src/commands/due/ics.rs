//! A calendar of the days that a plan has, after RFC 5545.
//!
//! Written by hand, since it is a few lines; `docs/decisions.md` says more.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use okr_core::model::ElementId;
use okr_core::progress::Overview;
use okr_core::text::anchor;

use super::items::is_same;
use okr_render::words::{Words as _, plan_name};

/// The most octets of a line, its end not counted.
const MOST: usize = 75;

/// The most key results that an event lists.
const MOST_LINES: usize = 40;

/// A day that a plan has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    day: Date,
    kind: Kind,
    /// The anchor of the plan with its period: what the name of the event begins with.
    plan: String,
    summary: String,
    description: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    CheckIn,
    Middle,
    Close,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Middle => "mid-period",
            Self::Close => "close",
        }
    }
}

/// Returns the days of a plan: each on which check-ins are due, the middle and the last one; with a name, the
/// check-ins of that owner alone. A plan without a period has none.
pub(super) fn events(path: &str, overview: &Overview<'_>, only: Option<&str>) -> Vec<Event> {
    let Some(period) = overview.plan.period else {
        return Vec::new();
    };
    let name = plan_name(overview);
    let plan = format!(
        "{}-{}",
        anchor(&overview.plan.display_name()),
        anchor(&period.to_string())
    );
    let mut slots: BTreeMap<Date, Vec<String>> = BTreeMap::new();
    for it in overview.key_results() {
        let is_theirs = only.is_none_or(|name| it.owner.is_some_and(|owner| is_same(owner, name)));
        let Some(schedule) = it.track.schedule().filter(|_| is_theirs) else {
            continue;
        };
        // What is given up, put aside or reached owes nothing any more.
        let rest = it
            .track
            .latest_status()
            .filter(|(_, status)| status.is_last_word());
        let rest = rest.map(|(entry, _)| entry.check_in.date);
        let owner = it
            .owner
            .map_or(String::new(), |owner| format!(" ({owner})"));
        for slot in schedule.slots() {
            if rest.is_none_or(|rest| slot.opens <= rest) {
                let line = format!("{} {}{owner}", it.id, it.title());
                slots.entry(slot.due).or_default().push(line);
            }
        }
    }
    let mut events: Vec<_> = slots
        .into_iter()
        .map(|(day, lines)| Event {
            day,
            kind: Kind::CheckIn,
            plan: plan.clone(),
            summary: format!("Check-in: {name}"),
            description: listed(&lines, path),
        })
        .collect();
    if only.is_some() && events.is_empty() {
        return events;
    }
    let objectives = overview.objectives.iter().map(|it| {
        let ElementId::Objective(position) = it.id else {
            return String::new();
        };
        format!("{} {}", position + 1, it.objective.title.plain())
    });
    let objectives: Vec<String> = objectives.collect();
    let whole = |day, kind, summary: String| Event {
        day,
        kind,
        plan: plan.clone(),
        summary,
        description: listed(&objectives, path),
    };
    let middle = format!("Mid-period review: {name}");
    events.push(whole(period.middle(), Kind::Middle, middle));
    let close = format!("Close and grade: {name}");
    events.push(whole(period.end(), Kind::Close, close));
    events
}

/// Returns what an event is about: a line each, of many the first, and the plan.
fn listed(lines: &[String], path: &str) -> String {
    let shown = lines.len().min(MOST_LINES);
    let mut text = lines[..shown].join("\n");
    if lines.len() > shown {
        // Writing to a string does not fail.
        let _ = write!(text, "\nand {} more", lines.len() - shown);
    }
    text + "\n\n" + path
}

/// Returns the calendar of events, of which there must be one; `today` stands for the time at which it was made.
///
/// The name of an event is that of the plan with its period, the day and what the day is; so the same day has the
/// same name each time. Where two plans have the same name and period, those of the second have a number.
pub(super) fn calendar(mut events: Vec<Event>, today: Date) -> String {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let named: Vec<String> = events
        .iter()
        .map(|event| {
            let (plan, day, kind) = (&event.plan, event.day, event.kind.name());
            let uid = format!("{plan}-{day}-{kind}");
            let before = taken.entry(uid.clone()).or_insert(0);
            *before += 1;
            match *before {
                1 => format!("{uid}@okr"),
                number => format!("{uid}-{number}@okr"),
            }
        })
        .collect();
    let mut sorted: Vec<_> = events.drain(..).zip(named).collect();
    sorted.sort_by_key(|(event, _)| (event.day, event.kind));
    let mut out = String::new();
    for words in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//okr//okr due//EN",
        "CALSCALE:GREGORIAN",
    ] {
        line(&mut out, words);
    }
    for (event, uid) in sorted {
        let next = event.day.saturating_add(1.day());
        line(&mut out, "BEGIN:VEVENT");
        property(&mut out, "UID", &uid);
        line(&mut out, &format!("DTSTAMP:{}T000000Z", basic(today)));
        line(
            &mut out,
            &format!("DTSTART;VALUE=DATE:{}", basic(event.day)),
        );
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", basic(next)));
        property(&mut out, "SUMMARY", &event.summary);
        property(&mut out, "DESCRIPTION", &event.description);
        property(&mut out, "CATEGORIES", "OKR");
        // A day on which something is due is no day on which its owner is away.
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn basic(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Adds a property whose value is text.
fn property(out: &mut String, name: &str, value: &str) {
    line(out, &format!("{name}:{}", escaped(value)));
}

/// Returns text as a value: line feeds and the signs that part values are escaped, other control characters are blanks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, folded where it has more than 75 octets; no character is cut in two.
fn line(out: &mut String, words: &str) {
    let mut used = 0;
    for c in words.chars() {
        if used + c.len_utf8() > MOST {
            out.push_str("\r\n ");
            used = 1;
        }
        // Writing to a string does not fail.
        let _ = write!(out, "{c}");
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            escaped("a,b;c\\d\ne\r\u{1b}f: \"g\""),
            "a\\,b\\;c\\\\d\\ne  f: \"g\""
        );
    }

    proptest! {
        #[test]
        fn lines_are_short_and_unfold_to_what_they_were(words in "[ -~äß€😀]{0,300}") {
            let mut out = String::new();
            line(&mut out, &words);
            let unended = out.strip_suffix("\r\n").unwrap();
            for part in unended.split("\r\n") {
                prop_assert!(part.len() <= MOST, "{part:?}");
            }
            prop_assert_eq!(unended.replace("\r\n ", ""), words);
        }
    }
}
