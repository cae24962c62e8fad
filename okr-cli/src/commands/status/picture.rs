//! Where a plan stands, as a person at a terminal sees it.
//!
//! A line has the same things in the same columns as far as the width allows; what does not fit goes on below, and
//! nothing is cut.

mod layout;

use jiff::civil::Date;
use okr_core::model::{Status, Target, date_in_words};
use okr_core::progress::{
    Counting, KeyResultOverview, Method, NetConfidence, ObjectiveOverview, Outlook, Overview,
    RollUp, percent_shown,
};
use rust_decimal::Decimal;

pub(super) use self::layout::Layout;
use self::layout::VALUES;
use super::totals::Totals;
use crate::commands::args::count;
use crate::shell::{Text, columns, flow_below, style, wrap};
use crate::show::bar::bar;
use crate::show::spark::spark;
use crate::show::status::{colour, sign, status};
use okr_render::words::{Words as _, days_between, ordinal, plan_name};

/// The columns of the longest status: `○ not started auto`.
const STATUS: usize = 18;

/// Draws a plan in full.
pub(super) fn plan(overview: &Overview<'_>, layout: Layout) -> Text {
    let mut text = heading(overview, layout);
    let longest = overview
        .key_results()
        .map(|it| it.id.to_string().len())
        .max();
    let numbers = longest.unwrap_or(1);
    let layout = with_cells(overview, layout, numbers + 4);
    for objective in &overview.objectives {
        text.push("\n\n")
            .append(&self::objective(objective, layout));
        for it in &objective.key_results {
            let is_own = it.owner != objective.owner;
            let owner = it.owner.filter(|_| is_own);
            text.push("\n")
                .append(&key_result(it, numbers, layout, owner));
        }
    }
    let decisions = decisions(overview, numbers, layout);
    if let Some(decisions) = decisions {
        text.push("\n\n").append(&decisions);
    }
    text
}

/// Draws the key results of a plan, each with its owner, to be put under them.
pub(super) fn owned(overview: &Overview<'_>, name: &str, layout: Layout) -> Vec<(String, Text)> {
    let longest = overview
        .key_results()
        .map(|it| it.id.to_string().len())
        .max();
    let numbers = longest.unwrap_or(1);
    let layout = with_cells(overview, layout, numbers + 4);
    let piece = |it: &KeyResultOverview<'_>| {
        let owner = it.owner.unwrap_or_default().trim().to_owned();
        (owner, key_result(it, numbers, layout, Some(name)))
    };
    overview.key_results().map(piece).collect()
}

/// Draws a plan in one line, which goes on below where the facts do not fit.
pub(super) fn summary(overview: &Overview<'_>, layout: Layout) -> Text {
    let totals = Totals::of(overview, layout.yellows);
    let mut text = Text::new();
    let mut indent = 0;
    let roll_up = &overview.roll_up;
    if layout.is_wide() {
        // No status of a whole is computed for want of another, so none says so.
        let width = STATUS - " auto".len();
        let shown = whole_status(roll_up, layout);
        text.append(&shown)
            .push(&" ".repeat(width.saturating_sub(shown.columns()) + 2));
        indent = width + 2;
    }
    let progress = progress(roll_up, overview.expected, layout);
    indent += progress.columns() + 2;
    text.append(&progress).push("  ");
    let mut parts = Vec::new();
    let mut name = Text::new();
    name.styled(style::BOLD, &plan_name(overview));
    parts.push(name);
    if !layout.is_wide() {
        parts.push(whole_status(roll_up, layout));
    }
    if roll_up.reporting < roll_up.parts {
        parts.push(reporting(roll_up));
    }
    parts.extend(open_ends(&totals));
    // On a narrow line the facts stand below the bar.
    if !layout.is_wide() {
        text.push("\n  ");
        indent = 2;
    }
    text.append(&flow_below(
        &parts,
        layout.between(),
        layout.width,
        indent,
        indent,
    ));
    text
}

/// Draws what all plans come to.
pub(super) fn totals(totals: &Totals, layout: Layout) -> Text {
    let mut parts = vec![Text::from(count(totals.plans, "plan"))];
    for (one, number) in Status::ALL.into_iter().zip(totals.statuses) {
        if number > 0 {
            let mut text = Text::new();
            let words = format!("{} {number} {one}", sign(one, layout.is_ascii));
            text.styled(colour(one), &words);
            parts.push(text);
        }
    }
    parts.push(Text::from(count(totals.key_results, "key result")));
    parts.extend(confidence(&totals.confidence));
    parts.extend(discipline(totals.discipline.kept, totals.discipline.closed));
    parts.extend(open_ends(totals));
    flow_below(&parts, layout.between(), layout.width, 0, 2)
}

fn heading(overview: &Overview<'_>, layout: Layout) -> Text {
    let roll_up = &overview.roll_up;
    let shown = whole_status(roll_up, layout);
    let mut text = titled(
        &plan_name(overview),
        style::BOLD,
        "",
        0,
        roll_up.status.map(|_| &shown),
        layout,
    );
    text.push("\n");
    let mut parts = Vec::new();
    if let Some(expected) = expected(overview.expected) {
        parts.push(Text::from(expected));
    }
    parts.extend(day(overview));
    parts.push(reporting(roll_up));
    parts.extend(confidence(&overview.confidence));
    parts.extend(discipline(
        overview.discipline.kept,
        overview.discipline.closed,
    ));
    if let Some(closed) = overview.plan.closed() {
        parts.push(Text::from(format!("closed on {closed}")));
    }
    let progress = progress(roll_up, overview.expected, layout);
    let used = progress.columns() + 2;
    text.append(&progress).push("  ").append(&flow_below(
        &parts,
        layout.between(),
        layout.width,
        used,
        used.min(layout.width / 2),
    ));
    if layout.is_at {
        let words = format!(
            "as of {}; later check-ins do not count",
            date_in_words(overview.today)
        );
        text.push("\n").styled(style::DIM, &words);
    }
    text
}

fn objective(it: &ObjectiveOverview<'_>, layout: Layout) -> Text {
    let indent = it.id.to_string().len() + 2;
    let shown = whole_status(&it.roll_up, layout);
    let mut text = titled(
        &it.objective.title.plain(),
        style::BOLD,
        &it.id.to_string(),
        indent,
        it.roll_up.status.map(|_| &shown),
        layout,
    );
    let blanks = " ".repeat(indent);
    text.push("\n").push(&blanks);
    let mut parts = Vec::new();
    parts.extend(expected(it.expected).map(Text::from));
    let whole = if it.roll_up.parts == 0 {
        Text::from("no key results")
    } else {
        reporting(&it.roll_up)
    };
    parts.push(whole);
    parts.extend(it.objective.commitment.map(|one| Text::from(one.word())));
    parts.extend(it.owner.map(Text::from));
    let progress = progress(&it.roll_up, it.expected, layout);
    let used = indent + progress.columns() + 2;
    text.append(&progress).push("  ").append(&flow_below(
        &parts,
        layout.between(),
        layout.width,
        used,
        indent + 2,
    ));
    text
}

/// Draws a key result; `more` is what is said of it at the end.
fn key_result(
    it: &KeyResultOverview<'_>,
    numbers: usize,
    layout: Layout,
    more: Option<&str>,
) -> Text {
    let indent = numbers + 4;
    let number = format!("  {}", it.id);
    let shown = counting(it.counting, layout);
    let title = it.title();
    let mut text = titled(
        &title,
        anstyle::Style::new(),
        &number,
        indent,
        Some(&shown),
        layout,
    );
    text.push("\n").push(&" ".repeat(indent));
    let part = it.standing.progress;
    // What is there or not is expected of no place on the way.
    let mark = it.standing.expected.filter(|_| !it.is_milestone());
    let bar = bar(
        part.unwrap_or_default(),
        mark,
        layout.bar(),
        layout.is_ascii,
    );
    let percent = match (it.inside(), it.percent_shown()) {
        (Some(_), _) | (None, None) => " ".repeat(5),
        (None, Some(percent)) => format!("{:>4}%", percent.normalize().to_string()),
    };
    let look = it.counting.status.map_or(style::DIM, colour);
    // Colour of the status, but without its weight: a bar is heavy enough.
    text.styled(anstyle::Style::new().fg_color(look.get_fg_color()), &bar)
        .push(&percent);
    let words = asked_for(it);
    let values = spark(&values(it), layout.is_ascii);
    let value = value(it);
    let mut facts = facts(it, layout, more);
    if layout.is_wide() {
        // In columns, so that the eye can go down; where the last one is too narrow, all values stand below.
        let mut cells = vec![(words, layout.expected), (Some(values), VALUES)];
        match value {
            Some(value) if layout.has_values_below => facts.insert(0, Text::from(value)),
            value => cells.push((value, 0)),
        }
        let mut blanks = 2;
        for (words, width) in cells {
            let words = words.unwrap_or_default();
            let taken = columns(&words);
            if taken > 0 {
                text.push(&" ".repeat(blanks)).push(&words);
                blanks = 0;
            }
            blanks += width.saturating_sub(taken) + 2;
        }
    } else {
        let parts = [words, Some(values), value].into_iter().flatten();
        let parts: Vec<Text> = parts
            .filter(|words| !words.is_empty())
            .map(Text::from)
            .collect();
        let mut used = indent + layout.bar() + 5;
        if !parts.is_empty() {
            used += 2;
            text.push("  ");
        }
        text.append(&flow_below(
            &parts,
            layout.between(),
            layout.width,
            used,
            indent,
        ));
    }
    if !facts.is_empty() {
        text.push("\n")
            .push(&" ".repeat(indent))
            .append(&flow_below(
                &facts,
                layout.between(),
                layout.width,
                indent,
                indent,
            ));
    }
    text
}

/// Returns the layout in which the cells of all key results stand below each other.
fn with_cells(overview: &Overview<'_>, layout: Layout, indent: usize) -> Layout {
    let expected = overview.key_results().filter_map(asked_for);
    layout.with_cells(expected, overview.key_results().filter_map(value), indent)
}

/// Returns what is expected of a key result, or how it is where nothing is.
fn asked_for(it: &KeyResultOverview<'_>) -> Option<String> {
    match it.inside() {
        Some(true) => Some("inside".to_owned()),
        Some(false) => Some("outside".to_owned()),
        None if it.is_milestone() => Some("milestone".to_owned()),
        None => expected(it.standing.expected),
    }
}

/// Returns the last value and the target; nothing of what is done or not, and of steps, whose percents stand behind
/// the bar already.
fn value(it: &KeyResultOverview<'_>) -> Option<String> {
    if it.track.steps().is_some() {
        return None;
    }
    let target = it
        .target()
        .filter(|_| it.key_result.measure.target != Some(Target::Done));
    match (it.value(), target) {
        (Some(value), Some(target)) => Some(format!("{value}, target {target}")),
        (None, Some(target)) => Some(format!("target {target}")),
        (value, None) => value,
    }
}

/// Returns what else is known of a key result, what matters most first.
fn facts(it: &KeyResultOverview<'_>, layout: Layout, more: Option<&str>) -> Vec<Text> {
    let dim = |words: &str| {
        let mut text = Text::new();
        text.styled(style::DIM, words);
        text
    };
    let mut facts = Vec::new();
    if let Some(other) = it.other_status() {
        let mut text = Text::from("numbers say ");
        text.append(&status(other, layout.is_ascii));
        facts.push(text);
    }
    let has_way = !it.is_milestone() && it.track.steps().is_none();
    if has_way && it.standing.progress.is_none() && it.value().is_some() && it.target().is_some() {
        let mut text = Text::new();
        text.styled(style::WARNING, "no baseline to count from");
        facts.push(text);
    }
    if let (true, Some((date, said))) = (it.counting.is_auto, it.said()) {
        facts.push(dim(&format!("said {said} on {date}")));
    }
    if let Some(length) = it.yellows().filter(|length| *length > 1) {
        let mut text = Text::new();
        let words = format!("{} at risk in a row", ordinal(length));
        let look = if length > layout.yellows {
            style::ERROR
        } else {
            style::WARNING
        };
        text.styled(look, &words);
        facts.push(text);
    }
    if let Some(forecast) = it.track.forecast() {
        let mut text = Text::new();
        text.styled(
            style::DIM,
            &format!("forecast {}", it.forecast_value(&forecast)),
        );
        if let Some(outlook) = forecast.outlook {
            let look = match outlook {
                Outlook::Hit => style::GOOD,
                Outlook::Close => style::WARNING,
                Outlook::Miss => style::ERROR,
            };
            text.push(": ")
                .styled(look.effects(anstyle::Effects::new()), outlook.word());
        }
        if forecast.method == Method::TwoPoints {
            text.styled(style::DIM, " (2 values)");
        }
        facts.push(text);
    }
    facts.extend(it.movement().map(|movement| dim(movement.word())));
    let change = it.track.last_change();
    let change = change.and_then(|change| Some((it.amount(&change)?, change.since?)));
    facts.extend(change.map(|(amount, since)| match &*amount {
        "0" => dim(&format!("unchanged since {since}")),
        _ => dim(&format!("{amount} since {since}")),
    }));
    if let Some(next) = it.next() {
        facts.push(match it.days_late() {
            Some(_) => {
                let mut text = Text::new();
                let look = if it.track.is_silent() {
                    style::ERROR
                } else {
                    style::WARNING
                };
                text.styled(look, &next);
                text
            }
            None => dim(&next),
        });
    }
    if it.key_result.is_guardrail() {
        facts.push(dim("guardrail"));
    }
    facts.extend(more.map(dim));
    facts
}

fn decisions(overview: &Overview<'_>, numbers: usize, layout: Layout) -> Option<Text> {
    let mut lines = Vec::new();
    for it in overview.key_results() {
        let reasons = it.decisions(layout.yellows);
        let reasons: Vec<String> = reasons.iter().map(|one| it.reason(*one)).collect();
        if reasons.is_empty() {
            continue;
        }
        let indent = numbers + 4;
        let number = it.id.to_string();
        let mut text = Text::from(format!("\n  {number:<numbers$}  "));
        let room = layout.width.saturating_sub(indent).max(10);
        let wrapped = wrap(&reasons.join("; "), room);
        text.push(&wrapped.join(&format!("\n{}", " ".repeat(indent))));
        lines.push(text);
    }
    if lines.is_empty() {
        return None;
    }
    let mut text = Text::new();
    text.styled(style::BOLD, "To decide");
    for line in lines {
        text.append(&line);
    }
    Some(text)
}

/// Sets a title behind what leads it, with a status at its right, or below it on a narrow line.
fn titled(
    title: &str,
    look: anstyle::Style,
    lead: &str,
    indent: usize,
    shown: Option<&Text>,
    layout: Layout,
) -> Text {
    let right = if layout.is_wide() { STATUS + 2 } else { 0 };
    let room = layout.titles().saturating_sub(indent + right).max(10);
    let mut lines = wrap(title, room);
    if lines.is_empty() {
        lines.push("(no title)".to_owned());
    }
    let mut text = Text::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push("\n").push(&" ".repeat(indent));
        } else {
            let blanks = indent.saturating_sub(columns(lead));
            text.styled(style::DIM, lead).push(&" ".repeat(blanks));
        }
        text.styled(look, line);
        if let (0, true, Some(shown)) = (index, layout.is_wide(), shown) {
            let blanks = room.saturating_sub(columns(line)) + 2;
            text.push(&" ".repeat(blanks)).append(shown);
        }
    }
    if let (false, Some(shown)) = (layout.is_wide(), shown) {
        text.push("\n").push(&" ".repeat(indent)).append(shown);
    }
    text
}

/// Draws a bar with its percents, as those of plans and objectives.
fn progress(roll_up: &RollUp, expected: Option<Decimal>, layout: Layout) -> Text {
    let part = roll_up.progress.unwrap_or_default();
    let bar = bar(part, expected, layout.bar(), layout.is_ascii);
    let percent = roll_up.percent_shown();
    let percent = percent.map_or_else(
        || "-".to_owned(),
        |percent| format!("{}%", percent.normalize()),
    );
    let look = roll_up.status.map_or(style::DIM, colour);
    let mut text = Text::new();
    text.styled(anstyle::Style::new().fg_color(look.get_fg_color()), &bar)
        .styled(style::BOLD, &format!("{percent:>5}"));
    text
}

fn whole_status(roll_up: &RollUp, layout: Layout) -> Text {
    roll_up.status.map_or_else(
        || Text::from("no status"),
        |one| status(one, layout.is_ascii),
    )
}

/// Returns the status that counts; behind one that only the numbers speak for stands `auto`.
fn counting(counting: Counting, layout: Layout) -> Text {
    let Some(one) = counting.status else {
        let mut text = Text::new();
        text.styled(style::DIM, "no status");
        return text;
    };
    let mut text = status(one, layout.is_ascii);
    if counting.is_auto && counting.status != Some(Status::NotStarted) {
        text.styled(style::DIM, " auto");
    }
    text
}

fn expected(part: Option<Decimal>) -> Option<String> {
    let percent = percent_shown(part?, true).normalize();
    Some(format!("expected {percent}%"))
}

fn reporting(roll_up: &RollUp) -> Text {
    let words = format!("{} of {} reporting", roll_up.reporting, roll_up.parts);
    let mut text = Text::new();
    let is_all = roll_up.reporting == roll_up.parts;
    text.styled(
        if is_all {
            style::DIM
        } else {
            anstyle::Style::new()
        },
        &words,
    );
    text
}

/// Returns which day of its period a plan is in.
fn day(overview: &Overview<'_>) -> Option<Text> {
    let timeline = overview.timeline?;
    let today = overview.today;
    let (start, due) = (timeline.start(), timeline.due());
    let ended = |day: Date| format!("ended on {day}");
    Some(Text::from(if today < start {
        format!("begins on {start}")
    } else if today > due {
        ended(due)
    } else {
        format!(
            "day {} of {}",
            days_between(start, today).saturating_add(1),
            timeline.days()
        )
    }))
}

/// Returns the net confidence; nothing where no key result has a colour.
fn confidence(counted: &NetConfidence) -> Option<Text> {
    let score = counted.score()?.normalize();
    let sign = if score > Decimal::ZERO { "+" } else { "" };
    let mut text = Text::from(format!("net confidence {sign}{score}"));
    if counted.silent > 0 {
        text.push(&format!(" ({} silent)", counted.silent));
    }
    Some(text)
}

fn discipline(kept: usize, closed: usize) -> Option<Text> {
    (closed > 0).then(|| Text::from(format!("{kept} of {closed} check-ins came")))
}

/// Returns what is late and what is to be decided, where something is.
fn open_ends(totals: &Totals) -> Vec<Text> {
    let mut parts = Vec::new();
    let mut add = |number: usize, words: String| {
        if number > 0 {
            let mut text = Text::new();
            text.styled(style::WARNING, &words);
            parts.push(text);
        }
    };
    add(
        totals.owed,
        format!("{} late", count(totals.owed, "check-in")),
    );
    add(totals.decisions, format!("{} to decide", totals.decisions));
    parts
}

/// Returns the last values, the newest at the end.
fn values(it: &KeyResultOverview<'_>) -> Vec<Decimal> {
    let values = it.track.values().into_iter();
    let values: Vec<Decimal> = values.map(|one| one.value.value).collect();
    if it.is_milestone() || values.len() < 2 {
        return Vec::new();
    }
    values[values.len().saturating_sub(VALUES)..].to_vec()
}
