//! What a person reads.

use std::collections::HashMap;

use okr_render::report::{Entry, PlanReport, Shares, Totals};

use crate::commands::args::count;
use crate::shell::{Text, quoted, style};
use crate::show;

/// How many findings of one rule are drawn when not all of them are to be.
pub(super) const BRIEF: usize = 3;
/// The most positions that a line names.
const MAX_POSITIONS: usize = 12;

/// Draws what was found in a plan, most helpful first; of each rule the first `brief` findings.
pub(super) fn findings(report: &PlanReport, text: &str, brief: Option<usize>) -> Option<Text> {
    let entries = report.counting();
    let mut of_rule: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in entries.clone() {
        of_rule.entry(&entry.rule).or_default().push(entry);
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut out = String::new();
    for entry in entries {
        let before = seen.entry(&entry.rule).or_default();
        *before += 1;
        if brief.is_some_and(|brief| *before > brief) {
            continue;
        }
        out.push_str(show::entry(entry, &report.path, text).ansi());
        out.push_str("\n\n");
        let all = &of_rule[&*entry.rule];
        if brief == Some(*before) && all.len() > *before {
            out.push_str(others(&entry.rule, &all[*before..]).ansi());
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

/// Returns the score in one line, where there is anything to score.
pub(super) fn score(shares: &Shares) -> Option<Text> {
    let mut text = Text::new();
    text.push("score ");
    let mut has_any = false;
    for (axis, percent) in shares {
        let Some(percent) = percent else { continue };
        has_any = true;
        let style = if *percent == 100 {
            style::GOOD
        } else {
            style::BOLD
        };
        text.push(&format!(" {} ", axis.name()))
            .styled(style, &percent.to_string())
            .push(" ");
    }
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
