//! Which key results of a plan a check-in is due of.

use jiff::civil::Date;
use okr_core::model::Plan;
use okr_core::progress::Reporting;

use super::case::{Case, Rules, Shape};
use super::said::{shown, way};
use crate::commands::args::count;
use crate::context::Context;
use crate::shell::{Text, flow, quoted, style, wrap};
use crate::show;

/// How many signs a bar has.
const BAR: usize = 12;

/// A key result of which a check-in is due.
pub(super) struct Due<'p> {
    pub(super) case: Case<'p>,
    /// How late it is; nothing where no day is known on which it would be.
    pub(super) reporting: Option<Reporting>,
    /// Its last day, where that is over and nobody has said what became of it.
    pub(super) last_word: Option<Date>,
}

/// Returns the key results whose check-in or last word is owed, or whose check-in may come now, in the order of the
/// plan; of a plan that is closed, none.
///
/// Without a period there are no such days: then it is each one that is open and has no check-in of today.
pub(super) fn of<'p>(plan: &'p Plan, rules: &Rules) -> Vec<Due<'p>> {
    let is_open = |case: &Case<'_>| {
        let latest = case.track.latest();
        !case.track.is_closed() && latest.is_none_or(|entry| entry.check_in.date < rules.today)
    };
    let is_closed = plan.closed().is_some_and(|closed| closed <= rules.today);
    let cases = plan
        .key_results()
        .filter(|_| !is_closed)
        .filter_map(|(id, _)| Case::new(plan, id, rules, rules.today));
    cases
        .filter_map(|case| {
            let is_open = is_open(&case);
            let due = Due::new(case);
            let is_due = match due.case.track.reporting() {
                _ if due.last_word.is_some() => true,
                Some(_) => due.reporting.is_some(),
                None => is_open,
            };
            is_due.then_some(due)
        })
        .collect()
}

/// Returns the first day on which one of these check-ins is due; nothing where one is due already, and where no day is
/// known.
pub(super) fn none_before(due: &[Due<'_>]) -> Option<Date> {
    let is_early = |due: &Due<'_>| !due.is_due();
    let first = due.iter().map(|due| due.case.next_due()).min().flatten();
    first.filter(|_| due.iter().all(is_early))
}

impl<'p> Due<'p> {
    /// Looks at what is owed of a key result.
    pub(super) fn new(case: Case<'p>) -> Self {
        let last_word = case.owes_last_word();
        Self {
            reporting: last_word.map_or_else(|| case.owed(), |_| Some(Reporting::Over)),
            last_word,
            case,
        }
    }

    /// Returns the day on which it is or was due; nothing where none is known.
    pub(super) fn day(&self) -> Option<Date> {
        self.last_word.or_else(|| self.case.next_due())
    }
}

impl Due<'_> {
    /// Returns whether its day has come or is tomorrow, rather than that a check-in may come already.
    pub(super) fn is_due(&self) -> bool {
        self.reporting != Some(Reporting::Upcoming)
    }

    /// Returns when it is or was due, in words; nothing where no day is known.
    pub(super) fn when(&self, today: Date) -> Option<Text> {
        if let Some(day) = self.last_word {
            let words = format!("ended {day}, what became of it? achieved, cancelled or paused");
            let mut text = Text::new();
            text.styled(style::ERROR, &words);
            return Some(text);
        }
        let reporting = self.reporting?;
        let missed = self.case.track.missed();
        let day = self.case.next_due();
        let due = day.map_or(String::new(), |day| {
            let was = if day < today { "was " } else { "" };
            format!("{was}due {day}")
        });
        let missed = match (reporting, missed) {
            (Reporting::NeverStarted, _) => "never started, ".to_owned(),
            (Reporting::Abandoned, missed) => {
                format!("{missed} missed, is it to be closed? ")
            }
            (_, 0) => String::new(),
            (_, missed) => format!("{missed} missed, "),
        };
        let look = match reporting {
            Reporting::Upcoming => style::DIM,
            Reporting::Due => style::BOLD,
            Reporting::Late => style::WARNING,
            _ => style::ERROR,
        };
        let mut text = Text::new();
        text.styled(look, &format!("{missed}{due}"));
        Some(text)
    }

    /// Returns what is known so far: the last value, what is expected, the trend, and a bar of progress.
    pub(super) fn state(&self, today: Date, is_ascii: bool) -> Vec<Text> {
        let case = &self.case;
        let mut parts = Vec::new();
        parts.extend(self.when(today));
        if let Some(entry) = case.measured() {
            let value = entry.value.map(|value| shown(value, case.is_milestone()));
            let value = value.unwrap_or_default();
            let date = entry.check_in.date;
            let ticked = case.ticked().filter(|ticked| entry.value != Some(*ticked));
            let ticked = ticked.map(|ticked| format!(", and {ticked} is ticked by now"));
            let ticked = ticked.unwrap_or_default();
            parts.push(Text::from(format!("last {value} on {date}{ticked}")));
        } else if let Some(ticked) = case.ticked() {
            parts.push(Text::from(format!("no check-in yet, {ticked} is ticked")));
        } else {
            let start = case.measure.start.as_ref();
            parts.push(Text::from(match start {
                _ if case.is_milestone() => "a milestone, done or not done".to_owned(),
                Some(start) => format!("no value yet, baseline {start}"),
                None => "no value yet".to_owned(),
            }));
        }
        if let Some(status) = case.status() {
            parts.push(show::status::status(status, is_ascii));
        }
        let trend = case.trend();
        if trend.len() > 1 {
            parts.push(Text::from(show::spark::spark(&trend, is_ascii)));
        }
        let standing = case.standing();
        match (standing.progress, standing.expected) {
            (Some(progress), Some(expected)) if case.shape() == Shape::Way => {
                let bar = show::bar::bar(progress, Some(expected), BAR, is_ascii);
                let mut text = Text::from(bar);
                let words = way(&standing, case.shape(), case.expected().as_ref(), false);
                let words = words.map(|words| format!(" {}", words.plain()));
                text.push(&words.unwrap_or_default());
                parts.push(text);
            }
            _ => parts.extend(way(&standing, case.shape(), None, false)),
        }
        if standing.progress.is_none() {
            let expected = case.expected();
            let expected = expected.map(|value| format!("expected {value} by today"));
            parts.extend(expected.map(Text::from));
        }
        parts
    }
}

/// Prints what is due, and for each what to type.
pub(super) fn print(
    cx: &mut Context<'_>,
    due: &[Due<'_>],
    name: &str,
    today: Date,
) -> anyhow::Result<()> {
    let is_ascii = cx.shell.is_ascii();
    let width = cx.shell.width();
    let are = if due.len() == 1 { "is" } else { "are" };
    cx.shell.print(Text::from(format!(
        "{} {are} due in {name}",
        count(due.len(), "check-in")
    )))?;
    for due in due {
        let case = &due.case;
        let number = format!("{}  ", case.id);
        let title = case.key_result.title.plain();
        let mut text = Text::from("\n");
        for (index, line) in wrap(&title, width.saturating_sub(number.len()))
            .iter()
            .enumerate()
        {
            if index == 0 {
                text.styled(style::BOLD, &number);
            } else {
                text.push("\n").push(&" ".repeat(number.len()));
            }
            text.styled(style::BOLD, line);
        }
        cx.shell.print(text)?;
        let mut text = Text::from("  ");
        let parts = due.state(today, is_ascii);
        text.append(&flow(&parts, "; ", width.saturating_sub(2)));
        cx.shell.print(text)?;
        let mut text = Text::from("  ");
        let status = due.last_word.map_or("", |_| " --status achieved");
        text.styled(
            style::HELP,
            &format!("okr checkin {} {} VALUE{status}", quoted(name), case.id),
        );
        cx.shell.print(text)?;
    }
    Ok(())
}
