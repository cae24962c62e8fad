//! What is said after a check-in.

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
        if !matches!(self.deed, Deed::Removed | Deed::Unchanged) {
            parts.extend(way(&self.standing, self.shape, self.expected.as_ref()));
            parts.extend(self.statuses(is_ascii));
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
        cx.shell.note(line)?;
        if let Some(notice) = &self.notice {
            let mut text = Text::new();
            text.styled(style::WARNING, "notice")
                .push(&format!(": {notice}"));
            cx.shell.note(text)?;
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
            Deed::Corrected => text.push(&format!("{number} on {date} corrected: ")),
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

    fn shown(&self, value: &Quantity) -> String {
        shown(value, self.is_milestone)
    }

    /// Returns who says which status.
    fn statuses(&self, is_ascii: bool) -> Option<Text> {
        let computed = self.standing.status;
        let computed = computed.filter(|status| *status != Status::NotStarted);
        let status = |status| show::status::status(status, is_ascii);
        let mut text = Text::new();
        match (self.row.status, self.row.confidence, computed) {
            (Some(said), _, Some(computed)) if said == computed => {
                text.push("you and the numbers say ").append(&status(said));
            }
            (Some(said), _, _) => drop(text.push("you say ").append(&status(said))),
            (None, Some(confidence), _) => {
                let stands_for = self.status?;
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
        false => value.to_string(),
    }
}

/// Returns how much of the way it is, and how much is expected; nothing where that is not known.
pub(super) fn way(standing: &Standing, shape: Shape, expected: Option<&Quantity>) -> Option<Text> {
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
        words = format!("{words}, expected {part}%{value}");
    }
    Some(Text::from(words))
}
