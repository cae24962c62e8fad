//! A digest of the week in GitHub's Markdown, to be put into a chat or an issue.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use okr_core::model::{Status, date_in_words};
use okr_core::progress::{Form, KeyResultOverview, Overview, OwedKind, Scale, percent_shown};
use rust_decimal::Decimal;

use super::items::{Item, is_same};
use crate::commands::args::count;
use okr_render::github;
use okr_render::words::{Words as _, plan_name};

/// The most entries of a list; of more it is said how many.
const MOST: usize = 30;

/// How many days a digest looks back.
const DAYS: i64 = 7;

/// What a digest says of one plan.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Where the plan stands, in one line.
    plan: String,
    /// What it is called, as Markdown.
    name: String,
    moved: Vec<Entry>,
    decisions: Vec<Entry>,
}

/// A key result, and what is said of it, both as Markdown.
#[derive(Clone, Debug)]
struct Entry {
    lead: String,
    words: String,
}

/// Looks at a plan; with a name, at the key results of that owner alone.
pub(super) fn part(overview: &Overview<'_>, yellows: usize, only: Option<&str>) -> Part {
    let since = overview.today.saturating_sub(DAYS.days());
    let name = plan_name(overview);
    let mut part = Part {
        plan: state(overview, &name),
        name: github::text(&name),
        moved: Vec::new(),
        decisions: Vec::new(),
    };
    let theirs = overview
        .key_results()
        .filter(|it| only.is_none_or(|name| it.owner.is_some_and(|owner| is_same(owner, name))));
    for it in theirs {
        let lead = format!("**{}** {}", it.id, github::text(&it.title()));
        if let Some(words) = moved(it, since) {
            let lead = lead.clone();
            part.moved.push(Entry { lead, words });
        }
        let reasons: Vec<String> = it
            .decisions(yellows)
            .into_iter()
            .map(|decision| it.reason(decision))
            .collect();
        if !reasons.is_empty() {
            let mut words = reasons.join("; ");
            if let Some(owner) = it.owner {
                let _ = write!(words, "; {}", github::text(owner));
            }
            let said = it.track.latest().and_then(|entry| entry.check_in.words());
            if let Some(said) = said {
                let _ = write!(words, ": “{}”", github::text(&said.plain()));
            }
            part.decisions.push(Entry { lead, words });
        }
    }
    part
}

/// Returns where a plan stands, in one line.
fn state(overview: &Overview<'_>, name: &str) -> String {
    let mut line = format!("**{}**", github::text(name));
    let roll_up = &overview.roll_up;
    line.push_str(": ");
    line.push_str(roll_up.status.map_or("no status", Status::word));
    if let Some(percent) = roll_up.percent_shown() {
        let _ = write!(line, ", {}% done", percent.normalize());
    }
    if let Some(expected) = overview.expected {
        let percent = percent_shown(expected, true).normalize();
        let _ = write!(line, " where {percent}% is expected");
    }
    if let Some(score) = overview.confidence.score() {
        let sign = if score > Decimal::ZERO { "+" } else { "" };
        let counted = overview.confidence;
        let _ = write!(
            line,
            "; net confidence {sign}{}: {} green, {} yellow, {} red, {} silent",
            score.normalize(),
            counted.green,
            counted.yellow,
            counted.red,
            counted.silent
        );
    }
    line
}

/// Returns how a value has moved since a day; nothing where none was measured, or where it is the same.
fn moved(it: &KeyResultOverview<'_>, since: Date) -> Option<String> {
    let change = it.track.change_after(since)?;
    let is_same = |from: &okr_core::model::Quantity| from == change.to;
    if change.from.is_some_and(is_same) {
        return None;
    }
    if it.track.scale().map(Scale::form) == Some(Form::Milestone) {
        return (it.standing.is_met == Some(true)).then(|| "done".to_owned());
    }
    let to = github::text(&change.to.in_words());
    let mut words = match change.from {
        Some(from) => format!("{} → {to}", github::text(&from.in_words())),
        None => format!("{to}, the first value"),
    };
    if it.is_milestone() {
        return Some(words);
    }
    match (it.inside(), it.percent_shown(), it.standing.expected) {
        (Some(true), ..) => words.push_str(", inside the target"),
        (Some(false), ..) => words.push_str(", outside the target"),
        (_, Some(percent), expected) => {
            let _ = write!(words, ", {}% done", percent.normalize());
            if let Some(expected) = expected {
                let percent = percent_shown(expected, true).normalize();
                let _ = write!(words, " where {percent}% is expected");
            }
        }
        _ => {}
    }
    Some(words)
}

/// Returns the digest of plans; `items` is what is owed of them.
pub(super) fn document(parts: &[Part], items: &[Item], today: Date) -> String {
    let mut out = format!("## OKRs, week to {}\n\n", date_in_words(today));
    let plans: Vec<String> = parts.iter().map(|part| part.plan.clone()).collect();
    list(&mut out, &plans, "No plan.");
    let section = |out: &mut String, heading: &str, lines: &[String], none: &str| {
        let _ = write!(out, "\n### {heading}\n\n");
        list(out, lines, none);
    };
    // Where there is but one plan, its name need not stand in each line.
    let of_plan = |name: &str| match parts {
        [_] => String::new(),
        _ => format!(" ({name})"),
    };
    let lines = |of: fn(&Part) -> &[Entry]| -> Vec<String> {
        let entries = parts
            .iter()
            .flat_map(|part| of(part).iter().map(move |it| (part, it)));
        entries
            .map(|(part, it)| format!("{}{}: {}", it.lead, of_plan(&part.name), it.words))
            .collect()
    };
    let moved = lines(|part| &part.moved);
    section(&mut out, "What moved", &moved, "No value has moved.");
    let decisions = lines(|part| &part.decisions);
    section(&mut out, "What needs a decision", &decisions, "Nothing.");
    let late: Vec<String> = items
        .iter()
        .filter(|item| item.days_late > 0)
        .map(|item| {
            let owner = item.owner.as_deref().unwrap_or("nobody");
            let days = count(usize::try_from(item.days_late).unwrap_or(0), "day");
            let (kind, element) = (item.kind.words(), item.element);
            let what = match item.kind {
                OwedKind::CheckIn => format!("{kind} of {element}"),
                OwedKind::LastWord => {
                    format!("{kind} (achieved, cancelled or paused) of {element}")
                }
                OwedKind::Work => format!("{kind} {element}"),
            };
            format!(
                "**{}**: {what} {}{}, {days} late",
                github::text(owner),
                github::text(&item.title),
                of_plan(&github::text(&item.plan))
            )
        })
        .collect();
    section(&mut out, "What is late", &late, "Nothing.");
    out
}

/// Adds a list, of which there is a line for each entry.
fn list(out: &mut String, lines: &[String], none: &str) {
    if lines.is_empty() {
        out.push_str(none);
        out.push('\n');
    }
    for line in &lines[..lines.len().min(MOST)] {
        let _ = writeln!(out, "- {line}");
    }
    if lines.len() > MOST {
        let _ = writeln!(out, "- and {} more", lines.len() - MOST);
    }
}
