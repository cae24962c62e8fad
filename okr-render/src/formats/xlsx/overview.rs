//! The first sheet: what the plan is, where its objectives stand, and what the words mean.

use jiff::civil::Date;
use okr_core::model::{Period, Status};
use okr_core::progress::{CHECK_IN_DAY, Schedule, Slot, Timeline, default_cadence};
use rust_xlsxwriter::{
    Color, ConditionalFormatDataBar, ConditionalFormatDataBarDirection, ConditionalFormatType,
    Format, FormatAlign, Workbook, Worksheet,
};

use super::book::{Book, Entry};
use super::key_results::mean_formula;
use super::paper::{Outcome, Paper, done, failed, lines, serial};
use super::style::{BAR, DATE, Look, PART, to_the_right};
use super::{OVERVIEW, check_in, history, page, sums};
use crate::dialects::tidy::Column;
use crate::error::Error;

/// The headings over the objectives, with their widths.
const HEADINGS: [(&str, f64); 15] = [
    ("Ref", 9.0),
    ("Objective", 44.0),
    ("Owner", 16.0),
    ("Key results", 9.0),
    ("Reporting", 10.0),
    ("Progress", 13.0),
    ("Expected", 10.0),
    ("On track", 8.0),
    ("At risk", 8.0),
    ("Off track", 8.0),
    ("Achieved", 9.5),
    ("Other", 8.0),
    ("No status", 8.0),
    ("Last check-in", 11.5),
    ("Next check-in", 11.5),
];

const KEY_RESULTS: u16 = 3;
const REPORTING: u16 = 4;
const PROGRESS: u16 = 5;
const EXPECTED: u16 = 6;
/// The first of the columns with counts.
const COUNTS: u16 = 7;
const LAST: u16 = 13;
const NEXT: u16 = 14;

/// The statuses that are counted in a column of their own; all others are counted together.
const COUNTED: [Status; 4] = [
    Status::OnTrack,
    Status::AtRisk,
    Status::OffTrack,
    Status::Achieved,
];

/// Rows of the facts about the plan.
const FROM: u32 = 6;
const TO: u32 = 7;
const AS_OF: u32 = 8;
const HEADING_ROW: u32 = 10;

/// What the words mean; a word, and what it says.
const LEGEND: [(&str, &str); 11] = [
    (
        "Progress",
        "The part of the way from Start to Target that the current value has come. An objective has the mean of its key results, each counted from 0% to 100%, and as 0% without a value.",
    ),
    (
        "Expected",
        "The part of the days that is over on the day in As of; 70% of it where the objective is aspirational.",
    ),
    ("Reporting", "How many key results have a value."),
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

/// Gives the cells that formulas need a name.
pub(super) fn name_cells(workbook: &mut Workbook) -> Result<(), Error> {
    for (name, row) in [("PlanStart", FROM), ("PlanEnd", TO), ("AsOf", AS_OF)] {
        let place = format!("={OVERVIEW}!$B${}", row + 1);
        workbook
            .define_name(name, &place)
            .map_err(|error| failed(&error))?;
    }
    Ok(())
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), Error> {
    let mut paper = Paper::new(sheet, OVERVIEW)?;
    paper.widths(&HEADINGS.map(|(_, width)| width))?;
    facts(&mut paper, book)?;
    let heading = Look::Heading.format();
    let right = to_the_right(heading.clone());
    for (column, (words, _)) in (0..).zip(HEADINGS) {
        let is_number = (KEY_RESULTS..LAST).contains(&column);
        let format = if is_number { &right } else { &heading };
        paper.text(HEADING_ROW, column, words, format)?;
    }
    done(paper.sheet.set_row_height(HEADING_ROW, 28))?;
    let first = HEADING_ROW + 1;
    let mut row = first;
    for objective in 0..book.plan.objectives.len() {
        line(&mut paper, book, row, objective)?;
        row += 1;
    }
    if row > first {
        total(&mut paper, book, first, row)?;
        bars(&mut paper, first, row)?;
        row += 1;
    }
    legend(&mut paper, row + 1)?;
    page::set_up(paper.sheet, &book.plan.display_name(), HEADING_ROW)?;
    paper.sheet.protect_with_options(&check_in::protection());
    paper.sheet.set_active(true);
    Ok(())
}

fn facts(paper: &mut Paper<'_>, book: &Book<'_>) -> Result<(), Error> {
    let plan = book.plan;
    paper.text(0, 0, &plan.display_name(), &Look::Title.format())?;
    done(paper.sheet.set_row_height(0, 24))?;
    // The heading of the document says more than the name, where there are both.
    let title = plan.title.as_ref().map(|title| title.plain());
    let title = title.filter(|title| **title != *plan.display_name());
    paper.text(1, 0, &title.unwrap_or_default(), &Look::Quiet.format())?;
    let (label, value) = (Look::Label.format(), Look::Plain.format());
    let period = plan.period.map(|period| period.to_string());
    for (row, (name, words)) in (3..).zip([
        ("Team", plan.team.as_deref()),
        ("Owner", plan.owner.as_deref()),
        ("Period", period.as_deref()),
    ]) {
        paper.text(row, 0, name, &label)?;
        let words = words.unwrap_or("not stated");
        paper.text(row, 1, words, &value)?;
    }
    let day = value
        .clone()
        .set_num_format(DATE)
        .set_align(FormatAlign::Left);
    for (row, name, column, day_now) in [
        (
            FROM,
            "From",
            Column::StartDate,
            plan.period.map(Period::start),
        ),
        (TO, "To", Column::DueDate, plan.period.map(Period::end)),
    ] {
        paper.text(row, 0, name, &label)?;
        let days = book.range(book.columns.tidy(column));
        let types = book.range(book.columns.tidy(Column::Type));
        let found = format!("INDEX({days},MATCH(\"Plan\",{types},0))");
        let formula = format!("=IFERROR(IF({found}>0,{found},\"\"),\"\")");
        paper.formula(row, 1, &formula, &of_day(day_now), &day)?;
    }
    paper.text(AS_OF, 0, "As of", &label)?;
    let newest = format!("MAX({},{})", history::dates(book), check_in::date_cell());
    let formula = format!("=IF({newest}>0,{newest},PlanStart)");
    let input = Look::Input
        .format()
        .set_num_format(DATE)
        .set_align(FormatAlign::Left);
    paper.formula(AS_OF, 1, &formula, &of_day(book.as_of), &input)?;
    let hint = "← the last check-in; another day may be written here";
    paper.text(AS_OF, 2, hint, &Look::Quiet.format())
}

fn of_day(day: Option<Date>) -> Outcome {
    match day.map(|day| (day, serial(day))) {
        Some((_, Some(number))) => Outcome::Number(number),
        Some((day, None)) => Outcome::Text(day.to_string()),
        None => Outcome::Nothing,
    }
}

fn line(paper: &mut Paper<'_>, book: &Book<'_>, row: u32, at: usize) -> Result<(), Error> {
    let Some(objective) = book.plan.objectives.get(at) else {
        return Ok(());
    };
    let format = Look::Row.format();
    let reference = format!("O{}", at + 1);
    paper.text(row, 0, &reference, &format)?;
    let title = objective.title.plain();
    paper.text(row, 1, &title, &format.clone().set_text_wrap())?;
    let owner = objective.owner.as_deref().unwrap_or_default();
    let needed = lines(&title, HEADINGS[1].1).max(lines(owner, HEADINGS[2].1));
    paper.height(row, needed)?;
    match objective.owner.as_deref().filter(|owner| !owner.is_empty()) {
        Some(owner) => paper.text(row, 2, owner, &format.clone().set_text_wrap())?,
        None => paper.blank(row, 2, &format)?,
    }
    let own = format!("$A{}", row + 1);
    let entries = book.of(at);
    let columns = &book.columns;
    let parent = book.range(columns.tidy(Column::Parent));
    let is_own = format!(
        "{parent},{own},{},\"Key result\"",
        book.range(columns.tidy(Column::Type))
    );
    let figure = to_the_right(format.clone()).set_num_format("0");
    let part = figure.clone().set_num_format(PART);
    let all = count(entries, |_| true);
    paper.formula(
        row,
        KEY_RESULTS,
        &format!("=COUNTIFS({is_own})"),
        &all,
        &figure,
    )?;
    let progress: Vec<_> = entries
        .iter()
        .map(|entry| sums::counted_now(entry.sum.progress_now(&entry.values)))
        .collect();
    let counted = book.range(columns.counted());
    let reporting = u32::try_from(progress.iter().flatten().count()).unwrap_or(u32::MAX);
    let formula = format!("=COUNTIFS({is_own},{counted},\">=0\")");
    paper.formula(
        row,
        REPORTING,
        &formula,
        &Outcome::Number(f64::from(reporting)),
        &figure,
    )?;
    paper.formula(
        row,
        PROGRESS,
        &mean_formula(book, &own),
        &sums::mean(&progress),
        &part,
    )?;
    let expected: Vec<f64> = entries
        .iter()
        .filter_map(|entry| entry.sum.expected_now(&entry.values, entry.commitment))
        .collect();
    let expected_range = book.range(columns.expected);
    let formula = format!("=IFERROR(AVERAGEIFS({expected_range},{is_own}),\"\")");
    paper.formula(row, EXPECTED, &formula, &average(&expected), &part)?;
    counts(paper, book, row, entries, &is_own, &figure)?;
    days(paper, book, row, entries, &format)
}

fn count(entries: &[Entry<'_>], is_counted: impl Fn(&Entry<'_>) -> bool) -> Outcome {
    let count = entries.iter().filter(|entry| is_counted(entry)).count();
    Outcome::Number(f64::from(u32::try_from(count).unwrap_or(u32::MAX)))
}

fn average(numbers: &[f64]) -> Outcome {
    if numbers.is_empty() {
        return Outcome::Nothing;
    }
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    Outcome::Number(numbers.iter().sum::<f64>() / f64::from(count))
}

fn counts(
    paper: &mut Paper<'_>,
    book: &Book<'_>,
    row: u32,
    entries: &[Entry<'_>],
    is_own: &str,
    format: &Format,
) -> Result<(), Error> {
    let statuses = book.range(book.columns.tidy(Column::Status));
    for (column, status) in (COUNTS..).zip(COUNTED) {
        let formula = format!("=COUNTIFS({is_own},{statuses},\"{}\")", status.word());
        let outcome = count(entries, |entry| entry.status() == Some(status));
        paper.formula(row, column, &formula, &outcome, format)?;
    }
    let others = Status::ALL
        .into_iter()
        .filter(|status| !COUNTED.contains(status))
        .map(|status| format!("COUNTIFS({is_own},{statuses},\"{}\")", status.word()));
    let formula = format!("={}", others.collect::<Vec<_>>().join("+"));
    let outcome = count(entries, |entry| {
        entry
            .status()
            .is_some_and(|status| !COUNTED.contains(&status))
    });
    let other = COUNTS + 4;
    paper.formula(row, other, &formula, &outcome, format)?;
    let rest = format!("=D{0}-SUM(H{0}:L{0})", row + 1);
    let outcome = count(entries, |entry| entry.status().is_none());
    paper.formula(row, other + 1, &rest, &outcome, format)
}

/// Writes the day of the last check-in and the one on which the next is due.
fn days(
    paper: &mut Paper<'_>,
    book: &Book<'_>,
    row: u32,
    entries: &[Entry<'_>],
    format: &Format,
) -> Result<(), Error> {
    let format = format.clone().set_align(FormatAlign::Left).set_indent(1);
    let last = entries.iter().filter_map(|entry| entry.last_date).max();
    let next = entries.iter().filter_map(|entry| next(book, entry)).min();
    for (column, day) in [(LAST, last), (NEXT, next)] {
        match day {
            Some(day) => paper.date(row, column, day, &format)?,
            None => paper.blank(row, column, &format)?,
        }
    }
    Ok(())
}

/// Returns the day on which the next check-in of a key result is due, after the last one that was made.
fn next(book: &Book<'_>, entry: &Entry<'_>) -> Option<Date> {
    let period = book.plan.period?;
    if matches!(
        entry.status(),
        Some(Status::Achieved | Status::Cancelled | Status::Paused)
    ) {
        return None;
    }
    let due = entry.key_result.due.unwrap_or(period.end());
    let timeline = Timeline::new(period.start(), due)?;
    let cadence = book.plan.cadence.unwrap_or(default_cadence(period.days()));
    let schedule = Schedule::new(timeline, cadence, CHECK_IN_DAY);
    let after = match entry.last_date {
        Some(day) if day < period.start() => 0,
        Some(day) => schedule.position(day)? + 1,
        None => 0,
    };
    // What was missed is not due any more.
    let mut slots = schedule.slots().iter().skip(after);
    let is_open = |slot: &&Slot| book.as_of.is_none_or(|day| day <= slot.closes);
    Some(slots.find(is_open)?.due)
}

/// Writes the sums of all objectives.
fn total(paper: &mut Paper<'_>, book: &Book<'_>, first: u32, row: u32) -> Result<(), Error> {
    let format = Look::Total.format();
    let figure = to_the_right(format.clone()).set_num_format("0");
    let part = figure.clone().set_num_format(PART);
    for column in [0, 2, EXPECTED, LAST, NEXT] {
        paper.blank(row, column, &format)?;
    }
    paper.text(row, 1, "All objectives", &format)?;
    let range = |letter: &str| format!("{letter}{}:{letter}{row}", first + 1);
    let every = &book.key_results[..];
    let counted = |entry: &Entry<'_>| entry.sum.progress_now(&entry.values).is_some();
    let sum = |letter: &str| format!("=SUM({})", range(letter));
    paper.formula(
        row,
        KEY_RESULTS,
        &sum("D"),
        &count(every, |_| true),
        &figure,
    )?;
    paper.formula(row, REPORTING, &sum("E"), &count(every, counted), &figure)?;
    let progress: Vec<f64> = (0..book.plan.objectives.len())
        .filter_map(|at| {
            let entries = book.of(at).iter();
            let parts: Vec<_> = entries
                .map(|entry| sums::counted_now(entry.sum.progress_now(&entry.values)))
                .collect();
            match sums::mean(&parts) {
                Outcome::Number(number) => Some(number),
                _ => None,
            }
        })
        .collect();
    let formula = format!("=IFERROR(AVERAGE({}),\"\")", range("F"));
    paper.formula(row, PROGRESS, &formula, &average(&progress), &part)?;
    for (column, letter) in (COUNTS..).zip(["H", "I", "J", "K", "L", "M"]) {
        let outcome = count(every, |entry| {
            let place = entry
                .status()
                .map(|status| COUNTED.iter().position(|other| *other == status));
            let place = match place {
                Some(Some(place)) => place,
                Some(None) => 4,
                None => 5,
            };
            usize::from(column - COUNTS) == place
        });
        paper.formula(row, column, &sum(letter), &outcome, &figure)?;
    }
    Ok(())
}

fn bars(paper: &mut Paper<'_>, first: u32, last: u32) -> Result<(), Error> {
    let bar = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_fill_color(Color::RGB(BAR))
        .set_solid_fill(true)
        .set_border_off(true)
        .set_direction(ConditionalFormatDataBarDirection::LeftToRight);
    done(
        paper
            .sheet
            .add_conditional_format(first, PROGRESS, last, PROGRESS, &bar),
    )
}

fn legend(paper: &mut Paper<'_>, first: u32) -> Result<(), Error> {
    paper.text(first, 0, "What the words mean", &Look::Subtitle.format())?;
    for (row, (word, words)) in (first + 1..).zip(LEGEND) {
        paper.text(row, 0, word, &Look::Plain.format())?;
        paper.text(row, 1, words, &Look::Quiet.format())?;
    }
    let last = first + u32::try_from(LEGEND.len()).unwrap_or_default();
    super::key_results::status_rules(paper.sheet, first + 1, last, 0)
}
