//! What is said after a check-in.

use jiff::civil::Date;
use okr_core::model::{Quantity, Status};
use okr_core::progress::{Standing, percent_shown};
use rust_decimal::Decimal;

use super::case::Shape;
use super::correct;
use super::record::{Deed, Report};
use crate::commands::args;
use crate::context::Context;
use crate::shell::{Text, flow, style};
use crate::show;

impl Report {
    /// Says what was done, where it leaves the key result, and what the rules ask.
    ///
    /// `lead` is what the line begins with, `name` what the plan is called.
    pub(super) fn say(&self, cx: &mut Context<'_>, lead: &str, name: &str) -> anyhow::Result<()> {
        let is_ascii = cx.shell.is_ascii();
        let mut parts = vec![self.deed(lead, name, cx.today() == self.row.date)];
        parts.extend(self.kept());
        if !matches!(self.deed, Deed::Removed | Deed::Unchanged) {
            parts.extend(self.stands(is_ascii, cx.today()));
        }
        if self.deed != Deed::Unchanged {
            let next = self.next.map(|next| {
                if next < cx.today() {
                    format!("a check-in was due {next}")
                } else {
                    format!("next check-in by {next}")
                }
            });
            parts.extend(next.map(Text::from));
        }
        let line = flow(&parts, "; ", cx.shell.width());
        cx.shell.tell(line)?;
        if let Some(notice) = &self.notice {
            let mut text = Text::new();
            text.styled(style::WARNING, "notice")
                .push(&format!(": {notice}"));
            cx.shell.tell(text)?;
        }
        for warning in &self.warnings {
            cx.shell.warn(&warning.message, warning.help.as_deref())?;
        }
        args::say_faults(cx, self.faults, name)
    }

    fn deed(&self, lead: &str, name: &str, is_today: bool) -> Text {
        let number = &self.number;
        let date = self.row.date;
        let mut text = Text::from(lead);
        match self.deed {
            Deed::Unchanged => {
                let name = if name == "-" { "the plan" } else { name };
                let row = correct::words(&self.row);
                text.push(&format!(
                    "{number} says so already on {date}: {row}; {name} is as it was"
                ));
                return text;
            }
            Deed::Removed => {
                let row = correct::words(&self.row);
                text.push(&format!("{number} check-in of {date} removed: {row}"));
                if let Some(after) = &self.after {
                    text.push(&format!("; the last value is {}", self.shown(after)));
                }
                return text;
            }
            Deed::Corrected => {
                text.push(&format!("{number} on {date} corrected: "));
                let shown = |value: &Quantity| self.shown(value);
                let old = self.old.as_ref();
                let changes = old.map(|old| correct::changes(old, &self.row, shown));
                text.styled(style::GOOD, &changes.unwrap_or_default());
                return text;
            }
            Deed::Added if is_today => text.push(&format!("{number} ")),
            Deed::Added => text.push(&format!("{number} on {date}: ")),
        };
        let value = self.row.value.as_ref();
        let is_same = value.is_none() || value == self.before.as_ref();
        let before = self.before.as_ref().map(|before| self.shown(before));
        match (value, before) {
            (_, Some(before)) if is_same => drop(text.push(&format!("{before} as before"))),
            (Some(value), before) => {
                let before = before.map_or(String::new(), |before| format!("{before} → "));
                text.push(&before).styled(style::GOOD, &self.shown(value));
            }
            (None, _) => drop(text.push("no value yet")),
        }
        text
    }

    /// Returns the value, where something else was corrected.
    fn kept(&self) -> Option<Text> {
        let old = self.old.as_ref().filter(|_| self.deed == Deed::Corrected)?;
        let value = self.row.value.as_ref()?;
        let is_kept = self.row.value == old.value;
        is_kept.then(|| Text::from(format!("{} stays", self.shown(value))))
    }

    /// Returns where the numbers stand and who says which status; of a day that later check-ins have followed, where
    /// they stood then, and what counts today.
    fn stands(&self, is_ascii: bool, today: Date) -> Vec<Text> {
        let now = |is_dated| way(&self.standing, self.shape, self.expected.as_ref(), is_dated);
        let Some(then) = &self.then else {
            let mut parts: Vec<Text> = now(self.row.date < today).into_iter().collect();
            parts.extend(
                self.has_no_start()
                    .then(|| Text::from("no baseline to count from")),
            );
            parts.extend(self.statuses(self.standing.status, is_ascii));
            return parts;
        };
        let mut parts = Vec::new();
        if let Some(way) = way(&then.standing, self.shape, then.expected.as_ref(), false) {
            let mut text = Text::from("on that day ");
            text.append(&way);
            parts.push(text);
        }
        parts.extend(self.statuses(then.standing.status, is_ascii));
        let mut text = Text::from("today ");
        let last = then.last.as_ref();
        let last = last.map(|(value, day)| format!("{} of {day}", self.shown(value)));
        let has_last = last.is_some();
        text.push(&last.unwrap_or_default());
        let way = now(false);
        if let Some(way) = &way {
            text.push(if has_last { ", " } else { "" }).append(way);
        }
        if has_last || way.is_some() {
            parts.push(text);
        }
        parts
    }

    /// Returns whether a value is known that is no part of a way, as nobody has said where that starts; where it is
    /// warned of, nothing more is to be said.
    fn has_no_start(&self) -> bool {
        let Standing {
            progress, expected, ..
        } = &self.standing;
        let is_way = self.shape == Shape::Way && expected.is_some();
        is_way && progress.is_none() && self.row.value.is_some() && !self.lacks_baseline
    }

    fn shown(&self, value: &Quantity) -> String {
        shown(value, self.is_milestone)
    }

    /// Returns who says which status; `computed` is what the numbers say.
    fn statuses(&self, computed: Option<Status>, is_ascii: bool) -> Option<Text> {
        let computed = computed.filter(|status| *status != Status::NotStarted);
        let status = |status| show::status::status(status, is_ascii);
        let mut text = Text::new();
        match (self.row.status, self.row.confidence, computed) {
            (Some(said), _, Some(computed)) if said == computed => {
                text.push("you and the numbers say ").append(&status(said));
            }
            (Some(said), _, _) => drop(text.push("you say ").append(&status(said))),
            (None, Some(confidence), _) => {
                let stands_for = self.stands_for?;
                text.push(&format!("confidence {confidence} stands for "))
                    .append(&status(stands_for));
            }
            (None, None, _) => {}
        }
        if let Some(computed) = computed.filter(|computed| self.row.status != Some(*computed)) {
            if !text.plain().is_empty() {
                text.push(", ");
            }
            text.push("the numbers say ").append(&status(computed));
        }
        (!text.plain().is_empty()).then_some(text)
    }
}

/// Returns a value as a person would say it: that of a milestone is done or not.
pub(super) fn shown(value: &Quantity, is_milestone: bool) -> String {
    match is_milestone {
        true if value.value >= Decimal::ONE => "done".to_owned(),
        true => "not done".to_owned(),
        false => value.in_words(),
    }
}

/// Returns how much of the way it is, and how much is expected; nothing where that is not known. `is_dated` is whether
/// it needs to be said that today is meant.
pub(super) fn way(
    standing: &Standing,
    shape: Shape,
    expected: Option<&Quantity>,
    is_dated: bool,
) -> Option<Text> {
    let progress = standing.progress?;
    // Without a value nothing is known to be met.
    let is_met = standing.is_met.unwrap_or(false);
    match shape {
        Shape::State => return None,
        Shape::Kept if is_met => return Some(Text::from("inside the target")),
        Shape::Kept => return Some(Text::from("outside the target")),
        Shape::Way => {}
    }
    let percent = percent_shown(progress, is_met).normalize();
    let met = if is_met { "target met, " } else { "" };
    let mut words = format!("{met}{percent}% of the way");
    if let Some(part) = standing.expected {
        let part = percent_shown(part, true).normalize();
        let value = expected.map_or(String::new(), |value| format!(" ({value})"));
        let by = if is_dated { " by today" } else { "" };
        words = format!("{words}, expected {part}%{value}{by}");
    }
    Some(Text::from(words))
}
