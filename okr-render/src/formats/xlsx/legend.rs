//! What the words of a workbook mean, below the overview.

use okr_core::fields::{GUARDRAIL, WEIGHT};

use super::book::Book;
use super::key_results::status_rules;
use super::paper::Paper;
use super::style::Look;
use crate::error::Error;

/// The most bytes of a line.
const MOST_LETTERS: usize = 150;

/// What the words mean; a word, and what it says.
const LEGEND: [(&str, &str); 11] = [
    (
        "Progress",
        "The part of the way from Start to Target that the current value has come; of a milestone in steps, the part of its steps that is done. Percents are cut, and 100% means that the target is met. An objective has the mean of its key results, each counted from 0% to 100%, and as 0% without a value; what is cancelled takes no part.",
    ),
    (
        "Expected",
        "The part of the days that is over on the day in As of; 70% of it where the objective is aspirational, and that of a value in Commit where one is stated. Of steps with dates, those that are due. Where nothing is expected of a key result, its objective counts what it has.",
    ),
    (
        "Reporting",
        "How many key results have a check-in, or a step that is done.",
    ),
    ("on track", "Green: will be met."),
    ("at risk", "Yellow: may be missed."),
    ("off track", "Red: will be missed unless something changes."),
    ("achieved", "Blue: the target is met."),
    ("other", "Grey: not started, paused or cancelled."),
    (
        "Key results",
        "The plan itself. Titles, owners, numbers, dates and texts may be changed there, and rows added; more columns are folded away to the right.",
    ),
    (
        "Check-in",
        "The sheet to fill in: yellow cells are for new values, statuses, confidence and notes.",
    ),
    ("History", "Every check-in so far."),
];

/// What the words mean that only some plans have.
const OF_WEIGHT: (&str, &str) = (
    WEIGHT,
    "How much a key result counts in its objective, and an objective in the plan: 1 unless it says so; 0 leaves it out. Where all weights are 0, all count the same.",
);
const OF_GUARDRAIL: (&str, &str) = (
    GUARDRAIL,
    "What must not get worse: it earns no progress, but while it is broken nothing shows 100%.",
);

/// Writes the legend from a row on, with what only this plan has.
pub(super) fn write(paper: &mut Paper<'_>, book: &Book<'_>, first: u32) -> Result<(), Error> {
    paper.text(first, 0, "What the words mean", &Look::Subtitle.format())?;
    let has = |name: &str| {
        let mut headings = book.columns.headings.iter();
        headings.any(|heading| heading.eq_ignore_ascii_case(name))
    };
    let further = [OF_WEIGHT, OF_GUARDRAIL].into_iter();
    let further = further.filter(|(word, _)| has(word));
    let mut row = first;
    for (word, words) in LEGEND.into_iter().chain(further) {
        paper.text(row + 1, 0, word, &Look::Plain.format())?;
        for line in broken(words) {
            row += 1;
            paper.text(row, 1, &line, &Look::Quiet.format())?;
        }
    }
    status_rules(paper.sheet, first + 1, row, 0)
}

/// Breaks words into lines that reach no further than the table above them, so that the sheet prints as wide as that.
fn broken(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < MOST_LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
