//! What is said at the end of a review: what was done, what is left, and what it did for the score.

use anstyle::Style;
use okr_core::audit::{Axis, Score};

use super::session::Tally;
use crate::commands::args::count;
use crate::commands::prompt::say;
use crate::context::Context;
use crate::shell::{Text, quoted, style};

/// How a review ended.
pub(super) struct Ending<'a> {
    pub(super) name: &'a str,
    pub(super) tally: &'a Tally,
    /// The findings that are left, those that were skipped among them.
    pub(super) left: usize,
    /// The places that are not understood.
    pub(super) unread: usize,
    pub(super) before: &'a Score,
    pub(super) after: &'a Score,
}

impl Ending<'_> {
    pub(super) fn say(&self, cx: &mut Context<'_>) -> anyhow::Result<()> {
        let mut text = Text::new();
        text.styled(style::BOLD, self.name).push(": ");
        let tally = self.tally;
        let done = [
            (tally.accepted, "accepted"),
            (tally.answered, "answered"),
            (tally.reworded, "reworded"),
            (tally.dismissed, "dismissed"),
            (tally.skipped.len(), "skipped"),
        ];
        let done: Vec<String> = done
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        if done.is_empty() {
            text.push("nothing changed");
        } else {
            text.push(&done.join(", "));
        }
        text.push("; ");
        if self.left == 0 {
            text.styled(style::GOOD, "nothing left");
        } else {
            text.push(&format!("{} left", count(self.left, "finding")));
        }
        cx.shell.print(text)?;
        self.score(cx)?;
        unread(cx, self.unread, self.name)?;
        if self.left > 0 {
            let mut next = Text::new();
            next.styled(style::HELP, "next")
                .push(&format!(": okr review {}", quoted(self.name)));
            cx.shell.note(next)?;
        }
        Ok(())
    }

    /// Prints the score, with what it was where that was something else.
    fn score(&self, cx: &mut Context<'_>) -> anyhow::Result<()> {
        let mut line = Text::from("score");
        let mut used = "score".len();
        for axis in Axis::ALL {
            let Some(after) = self.after.percent(axis) else {
                continue;
            };
            let before = self.before.percent(axis).filter(|before| *before != after);
            let before = before.map_or(String::new(), |before| format!("{before} → "));
            let after = after.to_string();
            let name = axis.name();
            let columns = 3 + name.len() + before.chars().count() + after.len();
            if used + columns > cx.shell.width() {
                cx.shell.print(std::mem::take(&mut line))?;
                line.push("     ");
                used = "score".len();
            }
            used += columns;
            let look = match (&*before, &*after) {
                ("", "100") => style::GOOD,
                ("", _) => style::BOLD,
                _ => style::GOOD,
            };
            line.push(&format!("  {name} {before}"))
                .styled(look, &after);
        }
        if used > "score".len() {
            cx.shell.print(line)?;
        }
        Ok(())
    }
}

/// Says how many places of a plan are not understood, where some are not.
pub(super) fn unread(cx: &mut Context<'_>, places: usize, name: &str) -> anyhow::Result<()> {
    if places == 0 {
        return Ok(());
    }
    let (are, them) = if places == 1 {
        ("is", "it")
    } else {
        ("are", "them")
    };
    let places = count(places, "place");
    let name = quoted(name);
    let words = format!("{places} in the file {are} not understood; okr check {name} shows {them}");
    let width = cx.shell.width();
    say(cx, "", &words, width, Style::new())
}
