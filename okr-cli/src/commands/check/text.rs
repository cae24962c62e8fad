//! What a person reads.

use std::collections::HashMap;

use okr_render::report::{Entry, PlanReport, Shares, Totals};

use crate::commands::args::count;
use crate::shell::{Text, quoted, style};
use crate::show;

/// How many findings of one rule are drawn when not all of them are to be.
pub(super) const BRIEF: usize = 3;

/// Which findings are drawn: of each rule the first few that say something of their own.
#[derive(Debug)]
pub(super) struct Brief<'r> {
    most: Option<usize>,
    drawn: HashMap<&'r str, Vec<&'r str>>,
}

impl<'r> Brief<'r> {
    /// Draws at most so many of a rule, or all.
    pub(super) fn new(most: Option<usize>) -> Self {
        Self {
            most,
            drawn: HashMap::new(),
        }
    }

    /// Returns whether the next finding is drawn.
    pub(super) fn draws(&mut self, rule: &'r str, message: &'r str) -> bool {
        let Some(most) = self.most else {
            return true;
        };
        let drawn = self.drawn.entry(rule).or_default();
        let is_drawn = drawn.len() < most && !drawn.contains(&message);
        if is_drawn {
            drawn.push(message);
        }
        is_drawn
    }
}

/// The most positions that a line names.
const MAX_POSITIONS: usize = 12;

/// Draws what was found in a plan, most helpful first; of each rule the first `brief` findings that do
/// not say the same.
pub(super) fn findings(
    report: &PlanReport,
    text: &str,
    brief: Option<usize>,
    has_colour: bool,
) -> Option<Text> {
    let mut choice = Brief::new(brief);
    let drawn: Vec<(&Entry, bool)> = report
        .counting()
        .map(|entry| (entry, choice.draws(&entry.rule, &entry.message)))
        .collect();
    // The findings that are not drawn are named behind the last one of their rule that is.
    let mut last: HashMap<&str, usize> = HashMap::new();
    let mut left: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for (at, (entry, is_drawn)) in drawn.iter().enumerate() {
        if *is_drawn {
            last.insert(&entry.rule, at);
        } else {
            left.entry(&entry.rule).or_default().push(entry);
        }
    }
    let mut out = String::new();
    for (at, (entry, is_drawn)) in drawn.iter().enumerate() {
        if !is_drawn {
            continue;
        }
        out.push_str(show::entry(entry, &report.path, text, has_colour).ansi());
        out.push_str("\n\n");
        if last.get(&*entry.rule) == Some(&at)
            && let Some(left) = left.get(&*entry.rule)
        {
            let others = others(&entry.rule, left);
            if has_colour {
                out.push_str(others.ansi());
            } else {
                out.push_str(&others.plain());
            }
            out.push_str("\n\n");
        }
    }
    let end = out.trim_end_matches('\n').len();
    out.truncate(end);
    (!out.is_empty()).then(|| Text::drawn(out + "\n"))
}

/// Names the positions of findings that are not drawn.
fn others(rule: &str, entries: &[&Entry]) -> Text {
    let position = |entry: &&Entry| match (&entry.element, &entry.region) {
        (Some(element), _) => element.clone(),
        (None, Some(region)) => format!("line {}", region.start.line),
        (None, None) => "the file".to_owned(),
    };
    let named: Vec<String> = entries.iter().take(MAX_POSITIONS).map(position).collect();
    let more = if entries.len() > MAX_POSITIONS {
        ", …"
    } else {
        ""
    };
    let mut text = Text::new();
    text.push("and ")
        .styled(style::BOLD, &format!("{} more of {rule}", entries.len()))
        .push(&format!(": {}{more} ", named.join(", ")))
        .styled(style::DIM, "(--all shows each)");
    text
}

/// Returns what was found in all, in one line.
pub(super) fn summary(totals: &Totals) -> Text {
    let plans = count(totals.plans, "plan");
    let mut text = Text::new();
    let levels = [
        (totals.errors, "error", style::ERROR),
        (totals.warnings, "warning", style::WARNING),
        (totals.infos, "info", style::BOLD),
    ];
    let mut has_any = false;
    for (number, word, style) in levels {
        if number == 0 {
            continue;
        }
        if has_any {
            text.push(", ");
        }
        has_any = true;
        text.styled(style, &count(number, word));
    }
    if has_any {
        text.push(&format!(" in {plans}"));
    } else {
        text.styled(style::GOOD, "nothing to report")
            .push(&format!(" in {plans}"));
    }
    for (number, what) in [
        (totals.dismissed, "dismissed"),
        (totals.fixable, "can be fixed with --fix"),
        (totals.suggested, "with a suggestion"),
    ] {
        if number > 0 {
            text.push(&format!("; {number} {what}"));
        }
    }
    text
}

/// Returns the score in one line, where there is anything to score; `–` stands for nothing to judge.
pub(super) fn score(shares: &Shares) -> Option<Text> {
    let mut text = Text::new();
    text.push("score ");
    for (axis, percent) in shares {
        let style = match percent {
            Some(100) => style::GOOD,
            Some(_) => style::BOLD,
            None => style::DIM,
        };
        let shown = percent.map_or_else(|| "–".to_owned(), |percent| percent.to_string());
        text.push(&format!(" {} ", axis.name()))
            .styled(style, &shown)
            .push(" ");
    }
    let has_any = shares.iter().any(|(_, percent)| percent.is_some());
    has_any.then(|| Text::drawn(text.ansi().trim_end().to_owned()))
}

/// Returns the command that answers the first question of a plan.
pub(super) fn answer(report: &PlanReport) -> Option<String> {
    report.counting().find_map(|entry| {
        let question = entry.question.as_ref()?;
        let field = question.field.as_deref().unwrap_or("title");
        let offer = question.offer.as_deref().map(quoted);
        Some(format!(
            "okr set {} {} {} {}",
            quoted(&report.path),
            question.element,
            quoted(field),
            offer.as_deref().unwrap_or("\"…\"")
        ))
    })
}
