//! How what is known of a key result is said, wherever it is shown: at a terminal, on a page, in a feed.
//!
//! Words only, without markup; whoever shows them escapes them.

use jiff::civil::Date;
use okr_core::model::{Status, Target, Unit};
use okr_core::progress::{
    Change, Decision, Form, KeyResultOverview, Movement, Overview, Reporting, percent_shown, worst,
};
use rust_decimal::Decimal;

/// Returns a number of things, with the ending of the plural where they are not one: `1 day`, `2 days`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// Returns how many days `end` is after `start`, below 0 when it is before.
#[must_use]
pub fn days_between(start: Date, end: Date) -> i32 {
    start.until(end).map_or(0, |span| span.get_days())
}

/// Returns a number with the ending of its order: `1st`, `2nd`, `3rd`, `11th`.
#[must_use]
pub fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Returns when a day to come is, seen from today, with its date where it is not near.
#[must_use]
pub fn ahead(day: Date, today: Date) -> String {
    match days_between(today, day) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days @ 2..=6 => format!("in {days} days"),
        _ => day.to_string(),
    }
}

/// Returns percents as people read them: `62%`.
#[must_use]
pub fn percent(percent: Decimal) -> String {
    let sign = if percent < Decimal::ZERO {
        "\u{2212}"
    } else {
        ""
    };
    format!("{sign}{}%", percent.abs().normalize())
}

/// Returns whether a status asks for help: at risk or off track.
#[must_use]
pub const fn is_trouble(status: Status) -> bool {
    matches!(status, Status::AtRisk | Status::OffTrack)
}

/// Returns whether a terminal might obey the character instead of showing it, or whether it changes how the words
/// after it are shown.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // Marks, embeddings, overrides and isolates that change the direction of the words after them,
        // separators that some terminals take for line ends, and characters that hide tags.
        '\u{061c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

/// Returns what to call a plan: its name, with its period where the name does not have it.
#[must_use]
pub fn plan_name(overview: &Overview<'_>) -> String {
    let name = overview.plan.display_name();
    let Some(period) = overview.plan.period else {
        return name;
    };
    let (label, words) = (period.to_string(), period.name());
    if name.contains(&label) || name.contains(&words) {
        name
    } else {
        format!("{name}, {words}")
    }
}

/// What of a key result is shown beside its status and its progress.
pub trait Words {
    /// Returns its statement without formatting.
    fn title(&self) -> String;
    /// Returns whether its target is a state that is there or not.
    fn is_milestone(&self) -> bool;
    /// Returns the last value; that of a milestone is its progress.
    fn value(&self) -> Option<String>;
    /// Returns the target, a change as what it comes to.
    fn target(&self) -> Option<String>;
    /// Returns whether what is to be kept is inside its target.
    fn inside(&self) -> Option<bool>;
    /// Returns by how much the value has changed, with a sign, as values are written.
    fn amount(&self, change: &Change<'_>) -> Option<String>;
    /// Returns how many check-ins in a row are at risk; nothing when the last one is not.
    fn yellows(&self) -> Option<usize>;
    /// Returns when its next check-in is due, or how late it is; nothing when none is to come.
    fn next(&self) -> Option<String>;
    /// Returns for how many days a check-in has been owed; nothing when none is late.
    fn days_late(&self) -> Option<i32>;
    /// Returns why somebody has to decide.
    fn reason(&self, decision: Decision) -> String;
    /// Returns what the last values do, where that is news.
    fn movement(&self) -> Option<Movement>;
    /// Returns what its numbers come to: how much is done and expected, or whether it is where it is to be kept;
    /// nothing where they say nothing.
    fn numbers(&self) -> Option<String>;
    /// Returns why it is shown as at risk or off track, with the worse of what its owner and its numbers say; nothing
    /// where neither says so, and of what nobody works on any more.
    fn trouble(&self) -> Option<(Status, String)>;
    /// Returns what its owner and what its numbers say, in a sentence, where the two differ.
    fn two_statuses(&self) -> Option<String>;
}

impl Words for KeyResultOverview<'_> {
    fn title(&self) -> String {
        self.key_result.title.plain().into_owned()
    }

    fn is_milestone(&self) -> bool {
        self.track.scale().is_some_and(|scale| scale.is_milestone())
    }

    fn value(&self) -> Option<String> {
        let value = self.track.value()?;
        let is_done_or_not = self.key_result.measure.target == Some(Target::Done);
        (!is_done_or_not).then(|| value.in_words())
    }

    fn target(&self) -> Option<String> {
        let measure = &self.key_result.measure;
        let target = measure.target.as_ref()?;
        let reached = measure.target_value().filter(|_| target.is_change());
        Some(match reached {
            Some(value) => value.to_string(),
            None => target.to_string(),
        })
    }

    fn inside(&self) -> Option<bool> {
        let is_kept = self.track.scale().is_some_and(|scale| scale.is_kept());
        self.standing.is_met.filter(|_| is_kept)
    }

    fn amount(&self, change: &Change<'_>) -> Option<String> {
        let mut amount = change.amount()?;
        if amount.value.is_zero() {
            return Some(amount.number());
        }
        // Two percentages are points apart.
        if amount.unit == Unit::Percent {
            amount.unit = Unit::Points;
        }
        Some(Target::Change(amount).to_string())
    }

    fn yellows(&self) -> Option<usize> {
        let run = self.track.yellow_runs().pop()?;
        run.is_open.then_some(run.length)
    }

    fn next(&self) -> Option<String> {
        let next = self.next_check_in()?;
        let today = self.track.today();
        Some(match (self.reporting, self.days_late()) {
            (Some(Reporting::NeverStarted), _) => "never checked in".to_owned(),
            (_, Some(days)) => {
                let days = usize::try_from(days).unwrap_or(0);
                format!("check-in {} late", count(days, "day"))
            }
            _ => format!("check-in {}", ahead(next, today)),
        })
    }

    fn days_late(&self) -> Option<i32> {
        let since = self.owed_since()?;
        Some(days_between(since, self.track.today())).filter(|days| *days > 0)
    }

    fn reason(&self, decision: Decision) -> String {
        match decision {
            Decision::OffTrack => "off track".to_owned(),
            Decision::YellowRun(length) => {
                format!("{} check-in in a row at risk", ordinal(length))
            }
            Decision::Disagreement => {
                let word = |status: Option<okr_core::model::Status>| {
                    status.map_or("nothing", |status| status.word())
                };
                format!(
                    "said to be {}, {} by the numbers",
                    word(self.counting.status),
                    word(self.standing.status)
                )
            }
            Decision::Silent => match self.track.latest() {
                Some(entry) => format!("no check-in since {}", entry.check_in.date),
                None => "never checked in".to_owned(),
            },
            Decision::NoLastWord => match self.track.due() {
                Some(due) => {
                    format!("ended on {due} and is neither achieved, cancelled nor paused")
                }
                None => "ended and is neither achieved, cancelled nor paused".to_owned(),
            },
            _ => decision.name().to_owned(),
        }
    }

    fn movement(&self) -> Option<Movement> {
        let is_way = matches!(
            self.track.scale().map(|scale| scale.form()),
            Some(Form::Way { .. })
        );
        self.track
            .movement()
            .filter(|_| is_way && !self.track.is_at_rest())
    }

    fn numbers(&self) -> Option<String> {
        if let Some(is_inside) = self.inside() {
            let side = if is_inside { "inside" } else { "outside" };
            let value = self.value()?;
            return Some(format!("{value} is {side} its target"));
        }
        let done = percent(self.percent_shown()?);
        Some(match self.standing.expected {
            Some(part) => {
                let expected = percent(percent_shown(part, true));
                format!("{done} done, {expected} expected")
            }
            None => format!("{done} done"),
        })
    }

    fn trouble(&self) -> Option<(Status, String)> {
        if self.is_closed || self.track.is_at_rest() {
            return None;
        }
        let counting = self.counting.status?;
        let other = self.other_status();
        let status = worst([counting].into_iter().chain(other))?;
        let word = counting.word();
        let words = match other {
            _ if !is_trouble(status) => return None,
            Some(other) => format!("said to be {word}, {} by the numbers", other.word()),
            None if self.counting.is_auto => format!("{word} by the numbers"),
            None => word.to_owned(),
        };
        Some((status, with_reason(words, self.numbers())))
    }

    fn two_statuses(&self) -> Option<String> {
        let numbers = self.other_status()?.word();
        let said = self.counting.status?.word();
        let numbers = with_reason(format!("The numbers say {numbers}"), self.numbers());
        let owner = self.owner.unwrap_or("its owner").trim_start_matches('@');
        Some(format!(
            "{numbers}. What counts is what {owner} says: {said}."
        ))
    }
}

fn with_reason(words: String, reason: Option<String>) -> String {
    match reason {
        Some(reason) => format!("{words}: {reason}"),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_have_their_endings() {
        let shown = [1, 2, 3, 4, 11, 12, 13, 21, 22, 111].map(ordinal);
        assert_eq!(
            shown.join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 111th"
        );
    }

    #[test]
    fn near_days_have_names() {
        let today = okr_core::model::parse_date("2026-11-22").unwrap();
        let shown = |day: &str| ahead(okr_core::model::parse_date(day).unwrap(), today);
        assert_eq!(shown("2026-11-22"), "today");
        assert_eq!(shown("2026-11-23"), "tomorrow");
        assert_eq!(shown("2026-11-28"), "in 6 days");
        assert_eq!(shown("2026-11-29"), "2026-11-29");
    }
}
